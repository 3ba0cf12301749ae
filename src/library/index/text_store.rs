//! The text store: segments with the folded texts of some hundred or thousand articles, in which a
//! search counts.
//!
//! Texts with ideographs ("cjk") lie apart from those without ("latin"), so that a search for
//! Chinese need not read English. Snippets are cut from the article's file.

use std::io;
use std::ops::Range;

use tempfile::NamedTempFile;

use super::container::{SectionFile, SectionWriter};
use super::directory::{IndexDirectory, TEXT_SUFFIX};
use crate::markdown::BlockTexts;

/// The first section of each script holds the texts, the second where the texts of each article
/// end.
const SECTIONS_PER_SCRIPT: usize = 2;
/// Segments of fewer bytes stay in memory, and are written with the entry index, if ever: most are
/// only a few changes.
const MIN_FILE: usize = 512 << 10;
/// Which texts: those without ideographs, or those with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) enum TextScript {
    /// No character from U+3000 on.
    Latin,
    /// At least one of them.
    Cjk,
}

impl TextScript {
    /// Both, those first in which most patterns occur only if they occur there.
    pub(in crate::library) const BOTH: [Self; 2] = [Self::Latin, Self::Cjk];

    /// The script of a folded text. A cjk text never occurs in a latin one.
    pub(in crate::library) fn of(folded: &[u8]) -> Self {
        // Ideographs begin with a byte of at least this; no byte of a character before them is as
        // high. Vectorised by the compiler.
        let highest = folded.iter().fold(0, |highest, &byte| highest.max(byte));
        if highest >= 0xE3 {
            Self::Cjk
        } else {
            Self::Latin
        }
    }

    const fn text_section(self) -> usize {
        self as usize * SECTIONS_PER_SCRIPT
    }

    const fn ends_section(self) -> usize {
        self as usize * SECTIONS_PER_SCRIPT + 1
    }
}

/// The texts of some neighbouring articles of a segment in one script.
#[derive(Debug)]
pub(in crate::library) struct TextSlice<'a> {
    /// The texts, one after the other; each line is a block of the article.
    pub(in crate::library) text: &'a [u8],
    /// Where it begins in the section.
    offset: u64,
    first: usize,
    /// Where the text of each article ends in the section.
    ends: &'a [u64],
}

impl TextSlice<'_> {
    /// The texts that are not empty, in order: the number of the article, and its range in
    /// [`Self::text`].
    pub(in crate::library) fn texts(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        let mut start = 0;
        let ranges = (self.first..).zip(self.ends).map(move |(article, &end)| {
            let range = start..end.saturating_sub(self.offset) as usize;
            start = range.end;
            (article, range)
        });
        ranges.filter(|(_, range)| !range.is_empty())
    }
}

/// A segment: the folded texts of some articles, mapped or in memory. It never changes.
#[derive(Debug)]
pub(in crate::library) struct Segment {
    file: SectionFile,
    name: String,
}

impl Segment {
    fn new(file: SectionFile) -> Self {
        let name = file_name(&file);
        Self { file, name }
    }

    /// Opens the segment of a name. None if it is not there, or not valid.
    pub(super) fn open(directory: &IndexDirectory, name: &str) -> Option<Self> {
        let file = directory.open(name)?;
        Some(Self::new(SectionFile::open(&file)?)).filter(|segment| segment.name == name)
    }

    /// Writes it to its file, unless it is mapped from there.
    pub(super) fn publish(&self, directory: &IndexDirectory) -> io::Result<()> {
        if self.is_mapped() && directory.path(&self.name).is_some_and(|path| path.exists()) {
            return Ok(());
        }
        let mut writer = SectionWriter::new(Some(directory.create_temp()?));
        for section in 0..TextScript::BOTH.len() * SECTIONS_PER_SCRIPT {
            writer.section([self.file.whole(section).ok_or(io::ErrorKind::InvalidData)?])?;
        }
        finish(writer).map(drop)
    }

    pub(super) const fn is_mapped(&self) -> bool {
        self.file.is_mapped
    }

    /// The name of its file, made of its content.
    pub(in crate::library) fn name(&self) -> &str {
        &self.name
    }

    pub(in crate::library) fn len(&self) -> usize {
        self.file.length(TextScript::Latin.ends_section()) / size_of::<u64>()
    }

    /// The texts of some articles in a script. None if they are damaged.
    pub(in crate::library) fn texts(
        &self,
        script: TextScript,
        articles: Range<usize>,
    ) -> Option<TextSlice<'_>> {
        let all: &[u64] = self.file.values(script.ends_section())?;
        let ends = all.get(articles.clone())?;
        let offset = articles
            .start
            .checked_sub(1)
            .map_or(0, |before| all[before]);
        let end = ends.last().copied().unwrap_or(offset);
        let text = self
            .file
            .bytes(script.text_section(), offset as usize..end as usize)?;
        Some(TextSlice {
            text,
            offset,
            first: articles.start,
            ends,
        })
    }

    /// The texts of an article by script. None if they are damaged.
    pub(in crate::library) fn article(&self, article: u32) -> Option<[&[u8]; 2]> {
        let article = article as usize;
        let text = |script| {
            self.texts(script, article..article + 1)
                .map(|slice| slice.text)
        };
        Some([text(TextScript::Latin)?, text(TextScript::Cjk)?])
    }

    pub(in crate::library) fn is_valid(&self) -> bool {
        self.file.is_valid()
    }

    pub(in crate::library) fn verify(&self) -> bool {
        self.file.verify_all()
    }
}

/// A segment that is being made.
#[derive(Debug)]
pub(in crate::library) struct SegmentWriter {
    directory: IndexDirectory,
    texts: [Vec<u8>; 2],
    /// Where the texts of each article end, by script.
    ends: [Vec<u64>; 2],
}

impl SegmentWriter {
    /// A segment of no articles yet, whose file belongs into a directory.
    pub(in crate::library) fn new(directory: &IndexDirectory) -> Self {
        Self {
            directory: directory.clone(),
            texts: Default::default(),
            ends: Default::default(),
        }
    }

    /// Appends the texts of an article, its Chinese and its English blocks. Returns its number in
    /// the segment.
    pub(in crate::library) fn push(&mut self, sides: [Option<&BlockTexts>; 2]) -> u32 {
        let [latin, cjk] = &mut self.texts;
        for blocks in sides.into_iter().flatten() {
            let start = latin.len();
            fold_onto(&blocks.text, latin);
            for line_break in blocks.breaks() {
                latin[start + line_break] = b' ';
            }
            if TextScript::of(&latin[start..]) == TextScript::Cjk {
                cjk.extend_from_slice(&latin[start..]);
                latin.truncate(start);
            }
        }
        for (ends, text) in self.ends.iter_mut().zip(&self.texts) {
            ends.push(text.len() as u64);
        }
        self.ends[0].len() as u32 - 1
    }

    pub(in crate::library) fn last(&self) -> [&[u8]; 2] {
        [0, 1].map(|script| &self.texts[script][self.last_start(script)..])
    }

    pub(in crate::library) fn remove_last(&mut self) {
        for script in 0..2 {
            let start = self.last_start(script);
            self.texts[script].truncate(start);
            self.ends[script].pop();
        }
    }

    fn last_start(&self, script: usize) -> usize {
        let before = self.ends[script].len().checked_sub(2);
        before.map_or(0, |before| self.ends[script][before] as usize)
    }

    pub(in crate::library) fn bytes(&self) -> usize {
        let ends = self.ends.iter().map(|ends| size_of_val(&ends[..]));
        self.texts.iter().map(Vec::len).chain(ends).sum()
    }

    /// Ends the segment: mapped from its file if it is large and can be written, else in memory.
    /// What is pushed from now on belongs to another one.
    pub(in crate::library) fn seal(&mut self) -> Segment {
        let is_large = self.directory.is_writer() && self.bytes() >= MIN_FILE;
        let temp = is_large.then(|| self.directory.create_temp());
        let file = self
            .write_sections(temp.and_then(Result::ok))
            .or_else(|_| self.write_sections(None))
            .expect("invariant: writing to memory does not fail");
        self.texts.iter_mut().for_each(Vec::clear);
        self.ends.iter_mut().for_each(Vec::clear);
        Segment::new(file)
    }

    fn write_sections(&self, temp: Option<NamedTempFile>) -> io::Result<SectionFile> {
        let mut writer = SectionWriter::new(temp);
        for (text, ends) in self.texts.iter().zip(&self.ends) {
            writer.section([&text[..]])?;
            writer.section([bytemuck::cast_slice(ends)])?;
        }
        finish(writer)
    }
}

/// Ends a segment's file, and publishes it under the name that its content gives it.
fn finish(writer: SectionWriter) -> io::Result<SectionFile> {
    let (file, temp) = writer.finish()?;
    if let Some(temp) = temp {
        IndexDirectory::publish(temp, &file_name(&file))?;
    }
    Ok(file)
}

fn file_name(file: &SectionFile) -> String {
    format!("{:016x}{TEXT_SUFFIX}", file.checksum)
}

/// Folds a text as the store does: letters to one case if that takes as many bytes; line breaks
/// become spaces.
pub(in crate::library) fn fold_text(text: &str) -> String {
    let mut folded = Vec::new();
    fold_onto(text, &mut folded);
    String::from_utf8(folded)
        .unwrap_or_default()
        .replace('\n', " ")
}

/// Appends the folded text; its line breaks stay. No byte is added or left out.
fn fold_onto(text: &str, folded: &mut Vec<u8>) {
    let start = folded.len();
    folded.extend_from_slice(text.as_bytes());
    folded[start..].make_ascii_lowercase();
    if text.is_ascii() {
        return;
    }
    // Ideographs are passed over by their first bytes.
    for (at, _) in text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, 0xC3..=0xE2 | 0xEA..))
    {
        if let Some(c) = text[at..].chars().next().filter(|&c| may_have_case(c)) {
            fold_char(c).encode_utf8(&mut folded[start + at..start + at + c.len_utf8()]);
        }
    }
}

/// Whether a character beyond ASCII may have case. No ideograph has, nor have the most frequent
/// marks.
const fn may_have_case(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{1fff}' | '\u{2100}'..='\u{2fff}' | '\u{a000}'..='\u{abff}' | '\u{fb00}'..='\u{ff00}' | '\u{ff21}'..)
}

/// The lower case of a letter's upper case, so that ς and σ are one, if all three take as many
/// bytes.
fn fold_char(c: char) -> char {
    let same_length = |other: &char| other.len_utf8() == c.len_utf8();
    let upper = single(c.to_uppercase()).filter(same_length).unwrap_or(c);
    let lower = single(upper.to_lowercase()).filter(same_length);
    lower
        .or_else(|| single(c.to_lowercase()).filter(same_length))
        .unwrap_or(c)
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_character_keeps_its_length_and_is_folded_once_for_all() {
        for c in '\0'..=char::MAX {
            let one = fold_text(c.encode_utf8(&mut [0; 4]));
            assert_eq!(one.len(), c.len_utf8(), "{c:?}");
            assert_eq!(fold_text(&one), one, "{c:?}");
        }
        assert_eq!(
            fold_text("NVIDIA 英伟达，ÉΣς Ｎｖ\nИ"),
            "nvidia 英伟达，éσσ ｎｖ и"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn long_texts_are_folded_as_single_characters_are(
            text in "(([a-z ]{0,40}|[A-Za-z]{1,12}|[一-龥，。“—：（]{1,20}|[ÉΣςＡＺａ＠［@\\[`{ИⅣⒶ𐐀ꙀÀ]){0,40})"
        ) {
            let right: String = text.chars().map(|c| fold_text(c.encode_utf8(&mut [0; 4]))).collect();
            prop_assert_eq!(fold_text(&text), right);
        }
    }
}
