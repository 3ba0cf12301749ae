//! A segment of the text store: the folded texts of some articles, one block a line.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::cache::Cache;
use super::sheet::Sheet;
use super::sheet_maker::Frame;
use super::varint::{read_varint, unzigzag};
use crate::text::Language;

pub(super) const KIND: u32 = 2;
/// Chunks of 64 KiB.
pub(super) const CHUNK_BITS: u32 = 16;
pub(super) const TEXT: usize = 0;
pub(super) const ARTICLES: usize = 1;
pub(super) const PATCHES: usize = 2;
pub(super) const LINES: usize = 3;

/// Begins a patch that is more than one letter's case.
pub(super) const LONG_PATCH: u8 = 0xFF;

/// Where what is kept of an article begins, in bytes of each section; it ends where that of the next one begins.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(in crate::library) struct Start {
    pub(super) text: u64,
    pub(super) patches: u64,
    pub(super) lines: u64,
    /// How many bytes and blocks of it are Chinese.
    pub(super) chinese: u32,
    pub(super) chinese_blocks: u32,
}

impl Start {
    /// Where its lines begin in [`Segment::text`].
    pub(in crate::library) const fn text(&self) -> usize {
        self.text as usize
    }
}

/// The folded texts of some articles, never changed: mapped, or in memory.
#[derive(Debug)]
pub(in crate::library) struct Segment {
    sheet: Sheet,
    name: String,
}

impl Segment {
    pub(super) fn of(sheet: Sheet) -> Self {
        let name = format!("{:016x}.text", sheet.name);
        Self { sheet, name }
    }

    /// The segment of a name; none if it is not there, or its head is not right.
    pub(super) fn open(cache: &Cache, name: &str) -> Option<Self> {
        let file = std::fs::File::open(cache.path(name)?).ok()?;
        Some(Self::of(Sheet::open(&file, KIND)?)).filter(|segment| segment.name == name)
    }

    /// Writes it where it is looked for by name, if it is not there.
    pub(super) fn publish(&self, cache: &Cache) -> std::io::Result<()> {
        if cache.path(&self.name).is_some_and(|path| path.exists()) {
            return Ok(());
        }
        let damaged = || std::io::Error::from(std::io::ErrorKind::InvalidData);
        let sections: Option<Vec<&[u8]>> = (0..4).map(|section| self.sheet.whole(section)).collect();
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

    /// All folded lines, article after article; nothing where they are damaged. The first call verifies them all.
    pub(in crate::library) fn text(&self) -> &[u8] {
        self.sheet.whole(TEXT).unwrap_or_default()
    }

    /// Where the lines of each article begin in the text, and after the last of them where it ends; nothing where that is damaged.
    pub(in crate::library) fn starts(&self) -> &[Start] {
        self.sheet.values(ARTICLES).unwrap_or_default()
    }

    /// An article by its number; none where it is not there or damaged.
    pub(in crate::library) fn article(&self, at: u32) -> Option<ArticleText<'_>> {
        if at >= self.len() {
            return None;
        }
        let [start, end]: [Start; 2] = [0, 1]
            .map(|next| self.sheet.value(ARTICLES, at as usize + next))
            .into_iter()
            .collect::<Option<Vec<_>>>()?
            .try_into()
            .ok()?;
        let part = |section, start: u64, end: u64| {
            self.sheet.bytes(section, usize::try_from(start).ok()?..usize::try_from(end).ok()?)
        };
        let lines = part(TEXT, start.text, end.text)?;
        Some(ArticleText {
            lines,
            chinese: (start.chinese as usize).min(lines.len()),
            chinese_blocks: start.chinese_blocks,
            patches: part(PATCHES, start.patches, end.patches)?,
            file_lines: part(LINES, start.lines, end.lines)?,
        })
    }

    /// Whether nothing wrong was found so far.
    pub(in crate::library) fn is_sound(&self) -> bool {
        self.sheet.is_sound()
    }

    /// Verifies everything; for a background thread.
    pub(in crate::library) fn verify(&self) -> bool {
        self.sheet.verify_all()
    }
}

/// The text of one article: lines ended by `\n`, one a block, the Chinese ones first. Offsets are in bytes from its first line.
#[derive(Clone, Copy, Debug)]
pub(in crate::library) struct ArticleText<'a> {
    lines: &'a [u8],
    chinese: usize,
    chinese_blocks: u32,
    patches: &'a [u8],
    file_lines: &'a [u8],
}

impl<'a> ArticleText<'a> {
    /// The lines of a side; none where the article has not that language.
    pub(in crate::library) fn lines(&self, side: Language) -> &'a [u8] {
        &self.lines[self.side(side)]
    }

    /// Where a block lies in the article, without the end of its line; nothing where there is no such block.
    pub(in crate::library) fn block(&self, side: Language, block: u32) -> Range<usize> {
        let range = self.side(side);
        let lines = &self.lines[range.clone()];
        let mut ends = memchr::memchr_iter(b'\n', lines);
        let start = match block.checked_sub(1) {
            None => Some(0),
            Some(before) => ends.nth(before as usize).map(|at| at + 1),
        };
        match (start, ends.next()) {
            (Some(start), Some(end)) => range.start + start..range.start + end,
            _ => range.end..range.end,
        }
    }

    /// What stood in a range before it was folded, line breaks inside of blocks included: exactly the document's text.
    pub(in crate::library) fn original(&self, range: Range<usize>) -> String {
        let mut text = self.lines.get(range.clone()).unwrap_or_default().to_vec();
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

    fn side(&self, side: Language) -> Range<usize> {
        match side {
            Language::Chinese => 0..self.chinese,
            Language::English => self.chinese..self.lines.len(),
        }
    }
}
