//! Records side by side in the form in which a snapshot holds them: packed while they are at hand, and later copied as they are.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::super::path_hash::path_hash;
use super::entry_record::{EntryRecord, FileStamp, Row, TextRef, mate_of, path_of, sorting_strings};
use crate::catalog::{Entry, Facts, Order, Shelf, Words, WordsBuf};
use crate::digest::Moment;
use crate::text::Language;

/// The most bytes for which there is room before they are needed.
const MOST_ROOM: usize = 8 << 20;

/// EntryRef records, under places counted from 0.
#[derive(Debug, Default)]
pub(in crate::library) struct EntryBatch {
    fixed: Vec<Row>,
    strings: Vec<u8>,
    words: WordsBuf,
    /// The hashes of the paths.
    hashes: Vec<u64>,
    texts: Vec<TextRun>,
}

/// Records side by side whose texts lie side by side in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) struct TextRun {
    /// Where the text of the first one lies.
    pub(in crate::library) text: TextRef,
    /// The number of the first one: its place here, and elsewhere that of its entry.
    pub(in crate::library) first: u32,
    /// How many there are.
    pub(in crate::library) count: u32,
}

impl TextRun {
    /// The text of one record.
    pub(in crate::library) const fn one(first: u32, text: TextRef) -> Self {
        Self { text, first, count: 1 }
    }

    /// The next place in the segment.
    const fn end(&self) -> TextRef {
        TextRef { article: self.text.article + self.count, ..self.text }
    }
}

impl EntryBatch {
    /// Packs a record behind all others.
    pub(in crate::library) fn push<S: AsRef<str>>(&mut self, record: &EntryRecord<S>) {
        match self.texts.last_mut() {
            Some(run) if run.end() == record.text => run.count += 1,
            _ => self.texts.push(TextRun::one(self.len(), record.text)),
        }
        self.fixed.push(Row::write(record, &mut self.strings));
        self.words.push(Some(&record.entry));
        self.hashes.push(path_hash(&record.entry.path));
    }

    /// No records, and room for so many that are about as long as these. What is never filled takes no memory; what has to grow is moved.
    pub(in crate::library) fn room_for(&self, count: usize) -> Self {
        let room = |bytes: usize| (bytes / self.fixed.len().max(1) * count * 5 / 4).min(MOST_ROOM);
        let words = WordsBuf::with_capacity(count, room(self.words.words().text.len()));
        let (fixed, hashes) = (Vec::with_capacity(count), Vec::with_capacity(count));
        Self { fixed, strings: Vec::with_capacity(room(self.strings.len())), words, hashes, texts: Vec::new() }
    }

    /// The xxh3 hashes of the paths, by place.
    pub(in crate::library) fn path_hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Where the texts lie of all records, in their order.
    pub(in crate::library) fn texts(&self) -> &[TextRun] {
        &self.texts
    }

    /// All records with their places.
    pub(in crate::library) fn all(&self) -> impl Iterator<Item = (u32, EntryRef<'_>)> {
        (0..).zip(&self.fixed).map(|(at, row)| (at, EntryRef { rows: self, row, at }))
    }

    /// The record at a place.
    pub(in crate::library) fn get(&self, at: u32) -> Option<EntryRef<'_>> {
        Some(EntryRef { rows: self, row: self.fixed.get(at as usize)?, at })
    }
}

impl<'a> FromIterator<&'a EntryRecord> for EntryBatch {
    fn from_iter<I: IntoIterator<Item = &'a EntryRecord>>(records: I) -> Self {
        let mut rows = Self::default();
        records.into_iter().for_each(|record| rows.push(record));
        rows
    }
}

/// A packed record.
#[derive(Clone, Copy, Debug)]
pub(in crate::library) struct EntryRef<'a> {
    rows: &'a EntryBatch,
    row: &'a Row,
    at: u32,
}

impl<'a> EntryRef<'a> {
    /// The path of its file, of two files of the first.
    pub(in crate::library) fn path(self) -> &'a Path {
        path_of(self.strings()).unwrap_or(Path::new(""))
    }

    /// The xxh3 hash of that path.
    pub(in crate::library) fn path_hash(self) -> u64 {
        self.rows.hashes[self.at as usize]
    }

    /// The path of its second file, if there are two.
    pub(in crate::library) fn mate(self) -> Option<&'a Path> {
        mate_of(self.strings()).map(|path| Path::new(OsStr::from_bytes(path)))
    }

    /// Its entry.
    pub(in crate::library) fn entry(self) -> Option<Entry> {
        self.row.entry(self.strings())
    }

    /// The record as it was before it was packed.
    pub(in crate::library) fn unpacked(self) -> Option<EntryRecord> {
        let (entry, stamps, content) = (self.entry()?, self.stamps(), self.content());
        Some(EntryRecord { entry, stamps, content, text: self.text() })
    }

    /// The stamps of its files.
    pub(in crate::library) fn stamps(self) -> [Option<FileStamp>; 2] {
        self.row.stamps()
    }

    /// The hash of the bytes of its files.
    pub(in crate::library) const fn content(self) -> u64 {
        self.row.content
    }

    /// The hash of the link to its original; 0 for none.
    pub(in crate::library) const fn link(self) -> u64 {
        self.row.link
    }

    /// Where its text lies.
    pub(in crate::library) const fn text(self) -> TextRef {
        let [segment, article] = self.row.text;
        TextRef { segment, article }
    }

    /// Its row; where its strings begin is nobody else's business.
    pub(super) const fn row(self) -> Row {
        *self.row
    }

    /// Its strings.
    pub(super) fn strings(self) -> &'a [u8] {
        let (all, own) = self.strings_among();
        &all[own]
    }

    /// The strings of all records beside it, and where its own lie.
    pub(super) fn strings_among(self) -> (&'a [u8], Range<usize>) {
        let start = self.row.strings as usize;
        (&self.rows.strings, start..start + self.row.length as usize)
    }

    /// The words of all records beside it, and its place among them.
    pub(super) fn words_among(self) -> (Words<'a>, usize) {
        (self.rows.words.words(), self.at as usize)
    }
}

impl Shelf for EntryBatch {
    fn len(&self) -> u32 {
        self.fixed.len() as u32
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        self.get(at)?.entry()
    }

    fn holds(&self, at: u32) -> bool {
        (at as usize) < self.fixed.len()
    }

    fn moment(&self, at: u32) -> Option<Moment> {
        self.fixed.get(at as usize)?.moment()
    }

    fn modified(&self, at: u32) -> Option<i64> {
        self.fixed.get(at as usize)?.modified()
    }

    fn sorted_by(&self, at: u32, order: Order, language: Language) -> Option<Cow<'_, str>> {
        let (_, titles, source) = sorting_strings(self.get(at)?.strings())?;
        Some(Cow::Borrowed(match order {
            Order::Title => titles[language as usize],
            Order::Source => source,
            Order::Date => "",
        }))
    }

    fn sorting_path(&self, at: u32) -> Option<Cow<'_, OsStr>> {
        Some(self.get(at)?.path().as_os_str().into())
    }

    fn facts(&self, at: u32, tell: &mut dyn FnMut(&Facts<'_>)) {
        if let Some(packed) = self.get(at) {
            packed.row.facts(packed.strings(), tell);
        }
    }

    fn words(&self) -> Option<Words<'_>> {
        Some(self.words.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;

    #[test]
    fn texts_that_lie_side_by_side_are_told_as_one() {
        let text = |(segment, article)| TextRef { segment, article };
        let entry = Entry::new("a.md".into(), &digest::read(b"# A title", "a.md"));
        let record = |at| EntryRecord { entry: entry.clone(), stamps: [None; 2], content: 0, text: text(at) };
        let records = [(0, 5), (0, 6), (0, 8), (1, 9), (1, 10), (1, 11), (u32::MAX, 0), (u32::MAX, 0)].map(record);
        let rows: EntryBatch = records.iter().collect();
        let told: Vec<_> =
            rows.texts().iter().map(|run| (run.first, run.text.segment, run.text.article, run.count)).collect();
        assert_eq!(told, [(0, 0, 5, 2), (2, 0, 8, 1), (3, 1, 9, 3), (6, u32::MAX, 0, 1), (7, u32::MAX, 0, 1)]);
    }
}
