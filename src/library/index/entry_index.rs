//! The entry index: all entries of a library in one mapped file, with their orders and the words to filter by.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::super::article_files::path_hash;
use super::container::SectionFile;
use super::directory::{ENTRY_INDEX, IndexDirectory};
use super::entry_record::{EntryRef, EntryRow, TextRef};
use super::text_store::Segment;
use crate::catalog::{Entry, EntryStore, EntryTimes, FilterFields, FilterText, FilterTextEnd, Order, SortFields};
use crate::text::Language;

pub(super) const KIND: u32 = 1;

/// In lines: the fingerprint of the reading code, the time zone, the names of the segments.
pub(super) const META: usize = 0;
/// The fixed parts of all places, empty ones among them.
pub(super) const ROWS: usize = 1;
/// The fields of all rows.
pub(super) const FIELDS: usize = 2;
pub(super) const WORDS: usize = 3;
pub(super) const WORDS_ENDS: usize = 4;
/// A bit for each place, set if it holds an entry.
pub(super) const OCCUPIED: usize = 5;
/// The places by the hash of their path.
pub(super) const PATHS: usize = 6;
/// The places by date, by title in Chinese, by title in English, by source: four sections.
pub(super) const ORDERS: usize = 7;
/// The places by the time of writing, latest first.
pub(super) const BY_MTIME: usize = 11;

/// The hash of a path, and the place of its entry; sorted.
pub(super) type PathKey = [u64; 2];

/// A mapped index: the entries of a library under the numbers that they had when it was written.
#[derive(Debug)]
pub(in crate::library) struct EntryIndex {
    file: SectionFile,
    fingerprint: u64,
    zone: String,
    segments: Vec<Arc<Segment>>,
}

impl EntryIndex {
    /// Opens the index of a library. None if there is none, or it is not valid.
    pub(in crate::library) fn open(directory: &IndexDirectory) -> Option<Arc<Self>> {
        // It may be replaced, and its segments removed, after it was opened and before they are.
        (0..3).find_map(|_| {
            let file = File::open(directory.path(ENTRY_INDEX)?).ok()?;
            Self::new(SectionFile::open(&file, KIND)?, |name| Segment::open(directory, name).map(Arc::new))
        })
    }

    /// The index in a file, with its segments by name.
    pub(super) fn new(file: SectionFile, segment: impl FnMut(&str) -> Option<Arc<Segment>>) -> Option<Arc<Self>> {
        let meta = str::from_utf8(file.whole(META)?).ok()?.to_owned();
        let mut lines = meta.lines();
        let fingerprint = u64::from_str_radix(lines.next()?, 16).ok()?;
        let zone = lines.next()?.to_owned();
        let segments = lines.map(segment).collect::<Option<_>>()?;
        Some(Arc::new(Self { file, fingerprint, zone, segments }))
    }

    /// The text of [`META`].
    pub(super) fn meta(fingerprint: u64, zone: &TimeZone, segments: &[Arc<Segment>]) -> String {
        let head = [format!("{fingerprint:016x}"), zone_name(zone)];
        let names = segments.iter().map(|segment| segment.name().to_owned());
        head.into_iter().chain(names).collect::<Vec<_>>().join("\n")
    }

    /// The fingerprint of the code that read the entries.
    pub(in crate::library) const fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The record at a place. None if it is empty or damaged.
    pub(in crate::library) fn get(&self, at: u32) -> Option<EntryRef<'_>> {
        let row = self.row(at)?;
        let start = usize::try_from(row.fields).ok()?;
        let fields = self.file.bytes(FIELDS, start..start.checked_add(row.length())?)?;
        Some(EntryRef { row, fields })
    }

    /// The place of an article by the path of its first file.
    pub(in crate::library) fn find(&self, path: &Path) -> Option<u32> {
        self.find_by(path_hash(path), |found| found.path().as_os_str() == path.as_os_str())
    }

    /// The place of an article by the hash of that path.
    pub(in crate::library) fn find_hash(&self, hash: u64) -> Option<u32> {
        self.find_by(hash, |found| found.path_hash() == hash)
    }

    fn find_by(&self, hash: u64, is_it: impl Fn(EntryRef<'_>) -> bool) -> Option<u32> {
        let keys: &[PathKey] = self.file.values(PATHS)?;
        let same = keys[keys.partition_point(|key| key[0] < hash)..].iter().take_while(|key| key[0] == hash);
        same.map(|key| key[1] as u32).find(|&at| self.get(at).is_some_and(&is_it))
    }

    /// The place of an article's text, if it has one.
    pub(in crate::library) fn text_ref(&self, at: u32) -> Option<TextRef> {
        Some(self.row(at)?.text()).filter(|text| (text.segment as usize) < self.segments.len())
    }

    /// The segments of the text store.
    pub(in crate::library) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Whether it is a mapped file; else it is kept in memory only.
    pub(super) const fn is_mapped(&self) -> bool {
        self.file.is_mapped()
    }

    /// Whether no damage was found so far, in the entries or the texts.
    pub(in crate::library) fn is_valid(&self) -> bool {
        self.file.is_valid() && self.segments.iter().all(|segment| segment.is_valid())
    }

    /// Checks everything; for a background thread.
    pub(in crate::library) fn verify(&self) -> bool {
        self.file.verify_all() && self.segments.iter().all(|segment| segment.verify())
    }

    /// The row of a place that is not empty.
    fn row(&self, at: u32) -> Option<&EntryRow> {
        if at >= self.len() {
            return None;
        }
        self.file.value(ROWS, at as usize).filter(|row: &&EntryRow| !row.is_empty())
    }
}

impl EntryStore for EntryIndex {
    fn len(&self) -> u32 {
        (self.file.length(ROWS) / size_of::<EntryRow>()) as u32
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        let entry = self.get(at)?.entry();
        if entry.is_none() {
            self.file.mark_corrupt();
        }
        entry
    }

    /// A damaged place counts as occupied unless it is surely empty, so that a later change that removes its entry takes effect.
    fn contains(&self, at: u32) -> bool {
        at < self.len()
            && match self.file.value::<u8>(OCCUPIED, at as usize / 8) {
                Some(byte) => byte & (1 << (at % 8)) != 0,
                None => self.file.value(ROWS, at as usize).is_none_or(|row: &EntryRow| !row.is_empty()),
            }
    }

    fn times(&self, at: u32) -> EntryTimes {
        self.row(at).map(EntryRow::times).unwrap_or_default()
    }

    fn filter_fields(&self, at: u32) -> Option<FilterFields<'_>> {
        self.get(at).map(EntryRef::filter_fields)
    }

    fn sort_fields(&self, at: u32) -> Option<SortFields<'_>> {
        self.get(at).map(EntryRef::sort_fields)
    }

    fn filter_text(&self) -> Option<FilterText<'_>> {
        Some(FilterText { text: self.file.whole(WORDS)?, ends: self.file.values::<FilterTextEnd>(WORDS_ENDS)? })
    }

    fn order(&self, order: Order, language: Language, zone: &TimeZone) -> Option<&[u32]> {
        if self.zone != zone_name(zone) {
            return None;
        }
        let which = match order {
            Order::Date => 0,
            Order::Title => 1 + language as usize,
            Order::Source => 3,
        };
        self.file.values(ORDERS + which)
    }

    fn latest(&self) -> Option<&[u32]> {
        self.file.values(BY_MTIME)
    }
}

/// What distinguishes a time zone from others, in one line.
fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().map_or_else(|| format!("{zone:?}").replace('\n', " "), str::to_owned)
}
