//! A segment of the text store: the folded texts of some articles, one block a line.
//!
//! The texts of two or three hundred articles lie together as a run: first the narrow ones of them, then the wide. So who looks for Chinese
//! need not pass over English. Nearly all English texts are narrow, and nearly all Chinese ones wide; but each is put where it belongs by what
//! stands in it.

use std::ops::Range;
use std::sync::OnceLock;

use bytemuck::{Pod, Zeroable};

use super::container::SectionFile;
use super::directory::IndexDirectory;
use super::pairs::Pairs;
use super::sheet_maker::Frame;
use super::varint::{read_varint, unzigzag};
use crate::text::Language;

pub(super) const KIND: u32 = 2;
/// Chunks of 64 KiB.
pub(super) const CHUNK_BITS: u32 = 16;
pub(super) const TEXT: usize = 0;
pub(super) const ARTICLES: usize = 1;
pub(super) const RUNS: usize = 2;
pub(super) const PATCHES: usize = 3;
pub(super) const LINES: usize = 4;
pub(super) const SECTIONS: usize = 5;

/// Begins a patch that is more than one letter's case.
pub(super) const LONG_PATCH: u8 = 0xFF;

/// Where the text of one side of an article lies, in bytes of the text, and how many blocks it has.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Side {
    pub(super) start: u64,
    pub(super) length: u32,
    pub(super) blocks: u32,
}

impl Side {
    fn range(self) -> Range<usize> {
        self.start as usize..(self.start as usize).saturating_add(self.length as usize)
    }
}

/// Where what is kept of an article begins, in bytes of each section. Its patches and lines end where those of the next one begin.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Start {
    pub(super) sides: [Side; 2],
    pub(super) patches: u64,
    pub(super) lines: u64,
}

/// Where a run of articles begins: its first article, and in bytes of the text its narrow texts and its wide ones. It ends where the next one
/// begins.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Run {
    pub(super) article: u64,
    pub(super) narrow: u64,
    pub(super) wide: u64,
}

/// Whether a folded text is wide: it holds a character from U+3000 on, as every ideograph is. A wide text stands in no narrow one.
pub(in crate::library) fn is_wide(folded: &[u8]) -> bool {
    // No byte of a character before it is as high. Compiled to vector instructions.
    let (steps, rest) = folded.as_chunks::<128>();
    let is_high = |bytes: &[u8]| bytes.iter().fold(0, |high, &byte| high.max(byte)) >= 0xE3;
    steps.iter().any(|step| is_high(step)) || is_high(rest)
}

/// Texts that lie side by side: of the articles of a run the narrow ones, or the wide.
#[derive(Debug)]
pub(in crate::library) struct Stretch<'a> {
    /// All of them.
    pub(in crate::library) text: &'a [u8],
    /// Where in the text of the segment it begins.
    offset: usize,
    /// The first article of the run, and where the texts of each begin.
    first: usize,
    starts: &'a [Start],
}

impl Stretch<'_> {
    /// Each text that is not empty, in order: the number of its article, and where in [`Self::text`] it lies.
    pub(in crate::library) fn texts(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        let within = self.offset..self.offset + self.text.len();
        let sides = (self.first..).zip(self.starts).flat_map(|(at, start)| start.sides.map(|side| (at, side.range())));
        let here = sides.filter(move |(_, range)| !range.is_empty() && within.contains(&range.start));
        here.map(|(at, range)| (at, range.start - self.offset..range.end - self.offset))
    }
}

/// The folded texts of some articles, never changed: mapped, or in memory.
#[derive(Debug)]
pub(in crate::library) struct Segment {
    sheet: SectionFile,
    name: String,
    /// Of each run the pairs of letters in its wide texts, in order; worked out when first asked for.
    pairs: Vec<OnceLock<Box<[Pairs]>>>,
}

impl Segment {
    pub(super) fn of(sheet: SectionFile) -> Self {
        let name = format!("{:016x}.text", sheet.name);
        let runs = (sheet.length(RUNS) / size_of::<Run>()).saturating_sub(1);
        Self { sheet, name, pairs: (0..runs).map(|_| OnceLock::new()).collect() }
    }

    /// The segment of a name; none if it is not there, or its head is not right.
    pub(super) fn open(cache: &IndexDirectory, name: &str) -> Option<Self> {
        let file = std::fs::File::open(cache.path(name)?).ok()?;
        Some(Self::of(SectionFile::open(&file, KIND)?)).filter(|segment| segment.name == name)
    }

    /// Writes it where it is looked for by name, if it is not there.
    pub(super) fn publish(&self, cache: &IndexDirectory) -> std::io::Result<()> {
        if cache.path(&self.name).is_some_and(|path| path.exists()) {
            return Ok(());
        }
        let damaged = || std::io::Error::from(std::io::ErrorKind::InvalidData);
        let sections: Option<Vec<&[u8]>> = (0..SECTIONS).map(|section| self.sheet.whole(section)).collect();
        let sections = sections.ok_or_else(damaged)?;
        cache.write(&self.name, &Frame::of(KIND, CHUNK_BITS, &sections).around(&sections)).map(drop)
    }

    /// The name of its file, made of what it holds.
    pub(in crate::library) fn name(&self) -> &str {
        &self.name
    }

    /// How many articles it holds.
    pub(in crate::library) fn len(&self) -> u32 {
        (self.sheet.length(ARTICLES) / size_of::<Start>()).saturating_sub(1) as u32
    }

    /// How many runs of articles it holds.
    pub(in crate::library) fn runs(&self) -> usize {
        self.pairs.len()
    }

    /// The pairs of letters in each of the wide texts of a run, of which the stretch is given.
    pub(in crate::library) fn pairs(&self, run: usize, wide: &Stretch<'_>) -> &[Pairs] {
        let pairs = || wide.texts().map(|(_, range)| Pairs::of(wide.text.get(range).unwrap_or_default())).collect();
        self.pairs.get(run).map_or(&[], |known| known.get_or_init(pairs))
    }

    /// The narrow or the wide texts of a run; none where they are not there or damaged.
    pub(in crate::library) fn stretch(&self, run: usize, is_wide: bool) -> Option<Stretch<'_>> {
        let [run, next]: &[Run; 2] = self.sheet.values(RUNS)?.get(run..)?.first_chunk()?;
        let [start, end] = if is_wide { [run.wide, next.narrow] } else { [run.narrow, run.wide] };
        let text = self.sheet.bytes(TEXT, start as usize..end as usize)?;
        let first = run.article as usize;
        let starts = self.sheet.values(ARTICLES)?.get(first..next.article as usize)?;
        Some(Stretch { text, offset: start as usize, first, starts })
    }

    /// An article by its number; none where it is not there or damaged.
    pub(in crate::library) fn article(&self, at: u32) -> Option<ArticleText<'_>> {
        if at >= self.len() {
            return None;
        }
        let start = |at| self.sheet.value::<Start>(ARTICLES, at);
        let (start, next) = (start(at as usize)?, start(at as usize + 1)?);
        let part = |section, start: u64, end: u64| self.sheet.bytes(section, start as usize..end as usize);
        let [chinese, english] = start.sides.map(|side| self.sheet.bytes(TEXT, side.range()));
        Some(ArticleText {
            sides: [chinese?, english?],
            chinese_blocks: start.sides[0].blocks,
            patches: part(PATCHES, start.patches, next.patches)?,
            file_lines: part(LINES, start.lines, next.lines)?,
        })
    }

    /// Whether nothing wrong was found so far.
    pub(in crate::library) fn is_valid(&self) -> bool {
        self.sheet.is_valid()
    }

    /// Verifies everything; for a background thread.
    pub(in crate::library) fn verify(&self) -> bool {
        self.sheet.verify_all()
    }
}

/// The text of one article: lines ended by `\n`, one a block. Offsets are in bytes from the first line of a side.
#[derive(Clone, Copy, Debug)]
pub(in crate::library) struct ArticleText<'a> {
    sides: [&'a [u8]; 2],
    chinese_blocks: u32,
    /// In order, those of the Chinese side first; in bytes as though the English side followed upon it.
    patches: &'a [u8],
    file_lines: &'a [u8],
}

impl<'a> ArticleText<'a> {
    /// The lines of a side; none where the article has not that language.
    pub(in crate::library) fn lines(&self, side: Language) -> &'a [u8] {
        self.sides[side as usize]
    }

    /// Where a block lies in its side, without the end of its line; nothing where there is no such block.
    pub(in crate::library) fn block(&self, side: Language, block: u32) -> Range<usize> {
        let lines = self.lines(side);
        let mut ends = memchr::memchr_iter(b'\n', lines);
        let start = match block.checked_sub(1) {
            None => Some(0),
            Some(before) => ends.nth(before as usize).map(|at| at + 1),
        };
        match (start, ends.next()) {
            (Some(start), Some(end)) => start..end,
            _ => lines.len()..lines.len(),
        }
    }

    /// What stood in a range of a side before it was folded, line breaks inside of blocks included: exactly the document's text.
    pub(in crate::library) fn original(&self, side: Language, range: Range<usize>) -> String {
        let mut text = self.lines(side).get(range.clone()).unwrap_or_default().to_vec();
        let before = if side == Language::Chinese { 0 } else { self.sides[0].len() };
        let range = before + range.start..before + range.end;
        let (mut patches, mut at) = (self.patches, 0);
        while let Some((&first, rest)) = patches.split_first() {
            patches = rest;
            if first == LONG_PATCH {
                let (Some(gap), Some((&length, rest))) = (read_varint(&mut patches), patches.split_first()) else {
                    break;
                };
                let Some((bytes, rest)) = rest.split_at_checked(usize::from(length)) else { break };
                patches = rest;
                at += gap as usize;
                let place = at.checked_sub(range.start).and_then(|at| text.get_mut(at..at + bytes.len()));
                if let Some(place) = place {
                    place.copy_from_slice(bytes);
                }
            } else {
                at += usize::from(first);
                if let Some(byte) = at.checked_sub(range.start).and_then(|at| text.get_mut(at)) {
                    *byte ^= 0x20;
                }
            }
            if at >= range.end {
                break;
            }
        }
        String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// The line of the file on which a block starts, counted from 1; 0 where there is no such block.
    pub(in crate::library) fn line(&self, side: Language, block: u32) -> u32 {
        let mut rest = self.file_lines;
        let before = if side == Language::Chinese { 0 } else { self.chinese_blocks };
        if side == Language::Chinese && block >= self.chinese_blocks {
            return 0;
        }
        let mut line = 0_i64;
        for _ in 0..=u64::from(before) + u64::from(block) {
            let Some(step) = read_varint(&mut rest) else { return 0 };
            line = line.wrapping_add(unzigzag(step));
        }
        u32::try_from(line).unwrap_or(0)
    }
}
