//! The entry index: all entries of a library in one mapped file, with their orders and the words to
//! filter by.
//!
//! It is written as a whole: the places of an older index and newer batches are put together and
//! sorted.

use std::cmp::Reverse;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::super::article_files::path_hash;
use super::container::{SectionFile, SectionWriter};
use super::directory::{ENTRY_INDEX, IndexDirectory, TempFile};
use super::entry_record::{EntryRef, EntryRow, TextRef};
use super::text_store::Segment;
use crate::catalog::{
    Entry, EntryStore, EntryTimes, FilterFields, FilterText, FilterTextEnd, Order, SortFields,
    Sortable, sorted_places, sorting_time,
};
use crate::text::Language;

const KIND: u32 = 1;

/// In lines: the fingerprint of the reading code, the time zone, the names of the segments.
const META: usize = 0;
/// The fixed parts of all places, empty ones among them.
const ROWS: usize = 1;
/// The fields of all rows.
const FIELDS: usize = 2;
const WORDS: usize = 3;
const WORDS_ENDS: usize = 4;
/// A bit for each place, set if it holds an entry.
const OCCUPIED: usize = 5;
/// The places by the hash of their path.
const PATHS: usize = 6;
/// The places by date, by title in Chinese, by title in English, by source: four sections.
const ORDERS: usize = 7;
/// The places by the time of writing, latest first.
const BY_MTIME: usize = 11;

/// The hash of a path, and the place of its entry; sorted.
type PathKey = [u64; 2];

/// A mapped index: the entries of a library under the numbers that they had when it was written.
#[derive(Debug)]
pub(in crate::library) struct EntryIndex {
    file: SectionFile,
    fingerprint: String,
    zone: String,
    segments: Vec<Arc<Segment>>,
}

impl EntryIndex {
    /// Opens the index of a library. None if there is none, or it is not valid.
    pub(in crate::library) fn open(directory: &IndexDirectory) -> Option<Arc<Self>> {
        // It may be replaced, and its segments removed, after it was opened and before they are.
        (0..3).find_map(|_| {
            let file = File::open(directory.path(ENTRY_INDEX)?).ok()?;
            Self::new(SectionFile::open(&file, KIND)?, |name| {
                Segment::open(directory, name).map(Arc::new)
            })
        })
    }

    /// The index in a file, with its segments by name.
    fn new(
        file: SectionFile,
        segment: impl FnMut(&str) -> Option<Arc<Segment>>,
    ) -> Option<Arc<Self>> {
        let meta = str::from_utf8(file.whole(META)?).ok()?.to_owned();
        let mut lines = meta.lines();
        let fingerprint = lines.next()?.to_owned();
        let zone = lines.next()?.to_owned();
        let segments = lines.map(segment).collect::<Option<_>>()?;
        Some(Arc::new(Self {
            file,
            fingerprint,
            zone,
            segments,
        }))
    }

    /// The text of [`META`].
    fn meta(fingerprint: &str, zone: &TimeZone, segments: &[Arc<Segment>]) -> String {
        let head = [fingerprint.to_owned(), zone_name(zone)];
        let names = segments.iter().map(|segment| segment.name().to_owned());
        head.into_iter().chain(names).collect::<Vec<_>>().join("\n")
    }

    /// The fingerprint of the code that read the entries.
    pub(in crate::library) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The record at a place. None if it is empty or damaged.
    pub(in crate::library) fn get(&self, at: u32) -> Option<EntryRef<'_>> {
        let row = self.row(at)?;
        let start = usize::try_from(row.fields).ok()?;
        let fields = self
            .file
            .bytes(FIELDS, start..start.checked_add(row.length())?)?;
        Some(EntryRef { row, fields })
    }

    /// The place of an article by the path of its first file.
    pub(in crate::library) fn find(&self, path: &Path) -> Option<u32> {
        self.find_by(path_hash(path), |found| {
            found.path().as_os_str() == path.as_os_str()
        })
    }

    /// The place of an article by the hash of that path.
    pub(in crate::library) fn find_hash(&self, hash: u64) -> Option<u32> {
        self.find_by(hash, |found| found.path_hash() == hash)
    }

    fn find_by(&self, hash: u64, is_it: impl Fn(EntryRef<'_>) -> bool) -> Option<u32> {
        let keys: &[PathKey] = self.file.values(PATHS)?;
        let same = keys[keys.partition_point(|key| key[0] < hash)..]
            .iter()
            .take_while(|key| key[0] == hash);
        same.map(|key| key[1] as u32)
            .find(|&at| self.get(at).is_some_and(&is_it))
    }

    /// The place of an article's text, if it has one.
    pub(in crate::library) fn text_ref(&self, at: u32) -> Option<TextRef> {
        Some(self.row(at)?.text()).filter(|text| (text.segment as usize) < self.segments.len())
    }

    /// The segments of the text store.
    pub(in crate::library) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Whether no damage was found so far in the entries.
    pub(in crate::library) fn is_valid(&self) -> bool {
        self.file.is_valid()
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
        self.file
            .value(ROWS, at as usize)
            .filter(|row: &&EntryRow| !row.is_empty())
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

    /// A damaged place counts as occupied unless it is surely empty, so that a later change that
    /// removes its entry takes effect.
    fn contains(&self, at: u32) -> bool {
        at < self.len()
            && match self.file.value::<u8>(OCCUPIED, at as usize / 8) {
                Some(byte) => byte & (1 << (at % 8)) != 0,
                None => self
                    .file
                    .value(ROWS, at as usize)
                    .is_none_or(|row: &EntryRow| !row.is_empty()),
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
        Some(FilterText {
            text: self.file.whole(WORDS)?,
            ends: self.file.values::<FilterTextEnd>(WORDS_ENDS)?,
        })
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
    zone.iana_name()
        .map_or_else(|| format!("{zone:?}").replace('\n', " "), str::to_owned)
}

/// What an entry index has to contain.
pub(super) struct IndexContent<'a> {
    /// By id. None for an empty place.
    pub(super) places: Vec<Option<IndexedEntry<'a>>>,
    /// The texts, as the entries refer to them. None if one is still being made: entries with
    /// their text in it are left out.
    pub(super) segments: &'a [Option<Arc<Segment>>],
    /// The time zone in which days are counted.
    pub(super) zone: &'a TimeZone,
    /// The fingerprint of the code that read the entries.
    pub(super) fingerprint: &'a str,
}

/// An entry, and the words that it is filtered by.
#[derive(Clone, Copy, Debug)]
pub(in crate::library) struct IndexedEntry<'a> {
    /// The encoded record.
    pub(in crate::library) entry: EntryRef<'a>,
    /// The words of many entries.
    pub(in crate::library) words: FilterText<'a>,
    /// The place of its words among them.
    pub(in crate::library) at: u32,
}

/// Writes the entry index of a library with the segments that are not on the disk yet, and opens
/// it. Segments that no entry refers to are left out, and the others get new numbers. Only the
/// program that holds the lock may do this.
pub(super) fn write_entry_index(
    directory: &IndexDirectory,
    content: IndexContent<'_>,
) -> io::Result<Arc<EntryIndex>> {
    let draft = IndexDraft::new(content);
    let (file, temp) = draft.write(SectionWriter::new(Some(directory.create_temp()?), KIND))?;
    let mut segments = draft.segments.iter();
    segments.try_for_each(|segment| segment.publish(directory))?;
    if let Some(temp) = temp {
        temp.publish(ENTRY_INDEX)?;
    }
    let named = |name: &str| draft.segments.iter().find(|segment| segment.name() == name);
    directory.remove_unused(|file| file.to_str().is_some_and(|name| named(name).is_some()));
    let segment = |name: &str| match named(name) {
        Some(segment) if segment.is_mapped() => Some(Arc::clone(segment)),
        _ => Segment::open(directory, name).map(Arc::new),
    };
    EntryIndex::new(file, segment).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// All that is written.
struct IndexDraft<'a> {
    places: Vec<Option<IndexedEntry<'a>>>,
    meta: String,
    rows: Vec<EntryRow>,
    words_ends: Vec<FilterTextEnd>,
    occupied: Vec<u8>,
    paths: Vec<PathKey>,
    orders: [Vec<u32>; 4],
    by_mtime: Vec<u32>,
    segments: Vec<Arc<Segment>>,
}

impl<'a> IndexDraft<'a> {
    fn new(content: IndexContent<'a>) -> Self {
        let IndexContent {
            mut places,
            segments,
            zone,
            fingerprint,
        } = content;
        let numbers = number_segments(&mut places, segments);
        let used = segments
            .iter()
            .zip(&numbers)
            .filter(|(_, number)| number.is_some());
        let segments: Vec<Arc<Segment>> = used.filter_map(|(segment, _)| segment.clone()).collect();
        let mut rows = vec![EntryRow::default(); places.len()];
        let mut words_ends = vec![FilterTextEnd::default(); places.len()];
        let mut occupied = vec![0; places.len().div_ceil(8)];
        let mut sortables = Vec::with_capacity(places.len());
        let mut fields_start = 0;
        // Beyond 4 GiB of words nothing is found; no list gets there.
        let mut words_end = 0_u32;
        for (at, place) in places.iter().enumerate() {
            words_ends[at] = FilterTextEnd {
                titles: words_end,
                all: words_end,
            };
            let Some(IndexedEntry {
                entry,
                words,
                at: among,
            }) = *place
            else {
                continue;
            };
            let among = among as usize;
            let text = entry.text();
            let segment = numbers
                .get(text.segment as usize)
                .copied()
                .flatten()
                .unwrap_or(u32::MAX);
            rows[at] = entry
                .row
                .moved_to(fields_start, TextRef { segment, ..text });
            fields_start += entry.fields.len() as u64;
            words_ends[at].titles = words_end.saturating_add(words.titles(among).len() as u32);
            words_end = words_end.saturating_add(words.all(among).len() as u32);
            words_ends[at].all = words_end;
            occupied[at / 8] |= 1 << (at % 8);
            let time = sorting_time(entry.row.moment(), zone);
            sortables.push(Sortable {
                at: at as u32,
                time,
                fields: entry.sort_fields(),
            });
        }
        Self {
            meta: EntryIndex::meta(fingerprint, zone, &segments),
            paths: by_path(&rows),
            orders: orders(&sortables),
            by_mtime: by_mtime(&rows),
            places,
            rows,
            words_ends,
            occupied,
            segments,
        }
    }

    /// Writes all sections in their order.
    fn write(&self, mut writer: SectionWriter) -> io::Result<(SectionFile, Option<TempFile>)> {
        let entries = || self.places.iter().flatten();
        writer.section([self.meta.as_bytes()])?;
        writer.section([bytemuck::cast_slice(&self.rows)])?;
        writer.section(entries().map(|indexed| indexed.entry.fields))?;
        writer
            .section(entries().map(|indexed| indexed.words.all(indexed.at as usize).as_bytes()))?;
        writer.section([bytemuck::cast_slice(&self.words_ends)])?;
        writer.section([&self.occupied[..]])?;
        writer.section([bytemuck::cast_slice(&self.paths)])?;
        for order in &self.orders {
            writer.section([bytemuck::cast_slice(order)])?;
        }
        writer.section([bytemuck::cast_slice(&self.by_mtime)])?;
        writer.finish()
    }
}

/// The new number of each segment. None for those that are not used any more. Entries with their
/// text in a segment that is still being made are taken out.
fn number_segments(
    places: &mut [Option<IndexedEntry<'_>>],
    segments: &[Option<Arc<Segment>>],
) -> Vec<Option<u32>> {
    let mut is_used = vec![false; segments.len()];
    for place in places {
        let Some(IndexedEntry { entry, .. }) = place else {
            continue;
        };
        let number = entry.text().segment as usize;
        match segments.get(number) {
            Some(Some(_)) => is_used[number] = true,
            None if number == u32::MAX as usize => {}
            _ => *place = None,
        }
    }
    let mut next = 0..;
    is_used
        .into_iter()
        .map(|is_used| if is_used { next.next() } else { None })
        .collect()
}

/// The places that hold an entry, by the hash of their path.
fn by_path(rows: &[EntryRow]) -> Vec<PathKey> {
    let mut keys: Vec<PathKey> = rows
        .iter()
        .zip(0..)
        .filter(|(row, _)| !row.is_empty())
        .map(|(row, at)| [row.path_hash(), at])
        .collect();
    keys.sort_unstable();
    keys
}

/// The orders by date, by title in Chinese, by title in English, and by source.
fn orders(sortables: &[Sortable<'_>]) -> [Vec<u32>; 4] {
    let sorted = |order, language| sorted_places(sortables, order, language);
    let ((date, source), (chinese, english)) = rayon::join(
        || {
            (
                sorted(Order::Date, Language::Chinese),
                sorted(Order::Source, Language::Chinese),
            )
        },
        || {
            (
                sorted(Order::Title, Language::Chinese),
                sorted(Order::Title, Language::English),
            )
        },
    );
    [date, chinese, english, source]
}

/// The places that hold an entry, by the time of the last write, latest first.
fn by_mtime(rows: &[EntryRow]) -> Vec<u32> {
    let mut places: Vec<(Reverse<Option<i64>>, u32)> = rows
        .iter()
        .zip(0..)
        .filter(|(row, _)| !row.is_empty())
        .map(|(row, at)| (Reverse(row.modified()), at))
        .collect();
    places.sort_unstable();
    places.into_iter().map(|(_, at)| at).collect()
}
