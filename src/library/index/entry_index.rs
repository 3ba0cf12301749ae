//! The snapshot: all entries of a library, mapped.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::super::path_hash::path_hash;
use super::container::SectionFile;
use super::directory::IndexDirectory;
use super::entry_record::{FileStamp, Row, TextRef, path_of};
use super::text_store::Segment;
use crate::catalog::{Entry, Facts, Order, Shelf, Words, WordsEnd};
use crate::digest::Moment;
use crate::text::Language;

pub(super) const KIND: u32 = 1;
/// Chunks of 16 KiB: the first screen needs few of them.
pub(super) const CHUNK_BITS: u32 = 14;
pub(super) const FILE: &str = "snapshot";

pub(super) const ROWS: usize = 0;
pub(super) const STRINGS: usize = 1;
pub(super) const WORDS: usize = 2;
pub(super) const WORDS_ENDS: usize = 3;
/// A bit for each place, set where an entry stands.
pub(super) const HELD: usize = 4;
/// Slots by hash of the path: some bits of the hash, and the place counted from 1.
pub(super) const PATHS: usize = 5;
/// The identity of the time zone, then the names of the segments, each ended by `\n`.
pub(super) const NAMES: usize = 6;
/// By date, title in Chinese, title in English, source.
pub(super) const ORDERS: usize = 7;
/// By the time of writing, latest first.
pub(super) const LATEST: usize = 11;
pub(super) const SECTIONS: usize = 12;

/// A slot of the table of paths.
pub(super) type Slot = [u32; 2];

/// A mapped snapshot: the entries of a library and what belongs to them, under the numbers that they had when it was written.
#[derive(Debug)]
pub(in crate::library) struct EntryIndex {
    sheet: SectionFile,
    zone: String,
    segments: Vec<Arc<Segment>>,
}

impl EntryIndex {
    /// The index of a library; none where there is none, or nothing that can be trusted.
    pub(in crate::library) fn open(cache: &IndexDirectory) -> Option<Arc<Self>> {
        // A snapshot may be replaced, and its segments removed, between the opening of the two.
        (0..3).find_map(|_| {
            let file = File::open(cache.path(FILE)?).ok()?;
            Self::of(SectionFile::open(&file, KIND)?, |name| Segment::open(cache, name).map(Arc::new))
        })
    }

    /// The index in a sheet, with its segments by name.
    pub(super) fn of(sheet: SectionFile, mut segment: impl FnMut(&str) -> Option<Arc<Segment>>) -> Option<Arc<Self>> {
        let names = String::from_utf8(sheet.whole(NAMES)?.to_vec()).ok()?;
        let mut names = names.lines();
        let zone = names.next()?.to_owned();
        let segments = names.map(&mut segment).collect::<Option<_>>()?;
        Some(Arc::new(Self { sheet, zone, segments }))
    }

    /// The place of an article by its path, of two files by the first.
    pub(in crate::library) fn find(&self, path: &Path) -> Option<u32> {
        self.find_by(path_hash(path), |found| found.as_os_str() == path.as_os_str())
    }

    /// The place of an article by the hash of that path.
    pub(in crate::library) fn find_hash(&self, hash: u64) -> Option<u32> {
        self.find_by(hash, |found| path_hash(found) == hash)
    }

    fn find_by(&self, hash: u64, is_it: impl Fn(&Path) -> bool) -> Option<u32> {
        let slots = self.sheet.length(PATHS) / size_of::<Slot>();
        let mut slot = hash as usize & slots.checked_sub(1)?;
        for _ in 0..slots {
            let [bits, place]: Slot = self.sheet.value(PATHS, slot)?;
            let at = place.checked_sub(1)?;
            if bits == (hash >> 32) as u32 && path_of(self.strings(&self.row(at)?)?).is_some_and(&is_it) {
                return Some(at);
            }
            slot = (slot + 1) & (slots - 1);
        }
        None
    }

    /// The path of an article, of two files the first; quicker than its entry.
    pub(in crate::library) fn path(&self, at: u32) -> Option<&Path> {
        path_of(self.strings(&self.row(at)?)?)
    }

    /// The stamps of an article's files, when they were read.
    pub(in crate::library) fn stamps(&self, at: u32) -> [Option<FileStamp>; 2] {
        self.row(at).map(|row| row.stamps()).unwrap_or_default()
    }

    /// The hash of the bytes of an article's files; 0 for an empty place.
    pub(in crate::library) fn content(&self, at: u32) -> u64 {
        self.row(at).map_or(0, |row| row.content)
    }

    /// The xxh3 hash of the link to an article's original; 0 for none.
    pub(in crate::library) fn link(&self, at: u32) -> u64 {
        self.row(at).map_or(0, |row| row.link)
    }

    /// Where the text of an article lies; none where it has none.
    pub(in crate::library) fn text_ref(&self, at: u32) -> Option<TextRef> {
        let [segment, article] = self.row(at)?.text;
        Some(TextRef { segment, article }).filter(|text| (text.segment as usize) < self.segments.len())
    }

    /// The segments of the text store.
    pub(in crate::library) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Whether nothing wrong was found so far, in the snapshot or its segments. One that is not sound is to be made anew.
    pub(in crate::library) fn is_valid(&self) -> bool {
        self.sheet.is_valid() && self.segments.iter().all(|segment| segment.is_valid())
    }

    /// Verifies everything; for a background thread.
    pub(in crate::library) fn verify(&self) -> bool {
        self.sheet.verify_all() && self.segments.iter().all(|segment| segment.verify())
    }

    /// The row of a place that is not empty.
    pub(super) fn row(&self, at: u32) -> Option<Row> {
        if at >= self.len() {
            return None;
        }
        self.sheet.value(ROWS, at as usize).filter(|row: &Row| !row.is_empty())
    }

    /// The strings of all rows, one after the other.
    pub(super) fn all_strings(&self) -> Option<&[u8]> {
        self.sheet.whole(STRINGS)
    }

    /// The strings of a row.
    pub(super) fn strings(&self, row: &Row) -> Option<&[u8]> {
        let start = usize::try_from(row.strings).ok()?;
        self.sheet.bytes(STRINGS, start..start.checked_add(row.length as usize)?)
    }
}

impl Shelf for EntryIndex {
    fn len(&self) -> u32 {
        (self.sheet.length(ROWS) / size_of::<Row>()) as u32
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        let row = self.row(at)?;
        let entry = row.entry(self.strings(&row)?);
        if entry.is_none() {
            self.sheet.mark_corrupt();
        }
        entry
    }

    /// Where that is damaged, a place counts as held unless it is surely empty, so that what is told to be gone of it is believed.
    fn holds(&self, at: u32) -> bool {
        at < self.len()
            && match self.sheet.value::<u8>(HELD, at as usize / 8) {
                Some(byte) => byte & (1 << (at % 8)) != 0,
                None => self.sheet.value(ROWS, at as usize).is_none_or(|row: Row| !row.is_empty()),
            }
    }

    fn moment(&self, at: u32) -> Option<Moment> {
        self.row(at)?.moment()
    }

    fn modified(&self, at: u32) -> Option<i64> {
        self.row(at)?.modified()
    }

    fn sorting_path(&self, at: u32) -> Option<Cow<'_, OsStr>> {
        self.path(at).map(|path| path.as_os_str().into())
    }

    fn facts(&self, at: u32, tell: &mut dyn FnMut(&Facts<'_>)) {
        let Some(row) = self.row(at) else { return };
        if self.strings(&row).and_then(|strings| row.facts(strings, tell)).is_none() {
            self.sheet.mark_corrupt();
        }
    }

    fn words(&self) -> Option<Words<'_>> {
        Some(Words { text: self.sheet.whole(WORDS)?, ends: self.sheet.values::<WordsEnd>(WORDS_ENDS)? })
    }

    fn order(&self, order: Order, language: Language, zone: &TimeZone) -> Option<&[u32]> {
        let which = match order {
            Order::Date => 0,
            Order::Title => 1 + language as usize,
            Order::Source => 3,
        };
        if self.zone != zone_name(zone) {
            return None;
        }
        self.sheet.values(ORDERS + which)
    }

    fn latest(&self) -> Option<&[u32]> {
        self.sheet.values(LATEST)
    }

    fn count(&self) -> u32 {
        (self.sheet.length(LATEST) / size_of::<u32>()) as u32
    }
}

/// What tells a time zone from others, in one line.
pub(super) fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().map_or_else(|| format!("{zone:?}").replace('\n', " "), str::to_owned)
}
