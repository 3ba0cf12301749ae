//! The entry index: all entries of a library in one mapped file, with their orders and the words to
//! filter by.

use std::cmp::Reverse;
use std::ffi::OsStr;
use std::io;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::container::{SectionFile, SectionWriter};
use super::directory::{ENTRY_INDEX, IndexDirectory};
use super::entry_record::{EntryRef, EntryRow, TextRef};
use super::text_store::Segment;
use crate::catalog::{
    Entry, EntryStore, EntryTimes, FilterFields, FilterText, FilterTextEnd, Order, SortFields,
    Sortable, sorted_places, sorting_time,
};
use crate::text::Language;

/// In lines: the fingerprint of the reading code, the time zone, the names of the segments.
const META: usize = 0;
/// The fixed parts of all places, empty ones among them.
const ROWS: usize = 1;
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
            let file = directory.open(ENTRY_INDEX)?;
            Self::new(SectionFile::open(&file)?, |name| {
                Segment::open(directory, name).map(Arc::new)
            })
        })
    }

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

    fn meta(fingerprint: &str, zone: &TimeZone, segments: &[Arc<Segment>]) -> String {
        let head = [fingerprint.to_owned(), zone_name(zone)];
        let names = segments.iter().map(|segment| segment.name().to_owned());
        head.into_iter().chain(names).collect::<Vec<_>>().join("\n")
    }

    /// The fingerprint of the code that read the entries.
    pub(in crate::library) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    pub(in crate::library) fn get(&self, at: u32) -> Option<EntryRef<'_>> {
        let row = self.row(at)?;
        let start = usize::try_from(row.fields).ok()?;
        let fields = self
            .file
            .bytes(FIELDS, start..start.checked_add(row.length())?)?;
        Some(EntryRef { row, fields })
    }

    /// The place of an entry by the hash of the path of its first file.
    pub(in crate::library) fn find(
        &self,
        hash: u64,
        is_it: impl Fn(EntryRef<'_>) -> bool,
    ) -> Option<u32> {
        let keys: &[PathKey] = self.file.values(PATHS)?;
        let same = keys[keys.partition_point(|key| key[0] < hash)..]
            .iter()
            .take_while(|key| key[0] == hash);
        same.map(|key| key[1] as u32)
            .find(|&at| self.get(at).is_some_and(&is_it))
    }

    pub(in crate::library) fn text_ref(&self, at: u32) -> Option<TextRef> {
        self.row(at).map(EntryRow::text)
    }

    pub(in crate::library) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Whether no damage was found so far in the entries.
    pub(in crate::library) fn is_valid(&self) -> bool {
        self.file.is_valid()
    }

    /// Checks all but the texts.
    pub(super) fn verify_entries(&self) -> bool {
        self.file.verify_all()
    }

    pub(in crate::library) fn verify(&self) -> bool {
        self.verify_entries() && self.segments.iter().all(|segment| segment.verify())
    }

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

/// An entry, and the words that it is filtered by.
#[derive(Clone, Copy, Debug)]
pub(in crate::library) struct IndexedEntry<'a> {
    pub(in crate::library) entry: EntryRef<'a>,
    pub(in crate::library) words: FilterText<'a>,
    /// The place of its words among them.
    pub(in crate::library) at: u32,
}

/// Writes the entry index of a library with the segments that are not on the disk yet, and opens
/// it. Only the program that holds the lock may do this.
///
/// `segments` are the texts, as the entries refer to them; None if one is still being made. Days are
/// counted in the time zone.
pub(super) fn write_entry_index(
    directory: &IndexDirectory,
    places: &[Option<IndexedEntry<'_>>],
    segments: &[Option<Arc<Segment>>],
    zone: &TimeZone,
    fingerprint: &str,
) -> io::Result<Arc<EntryIndex>> {
    let columns = Columns::new(places, segments);
    let sortables = columns.entries.iter().map(|(at, indexed)| Sortable {
        at: *at,
        time: sorting_time(indexed.entry.row.moment(), zone),
        fields: indexed.entry.sort_fields(),
    });
    let orders = orders(&sortables.collect::<Vec<_>>());
    let entries = || columns.entries.iter().map(|(_, indexed)| indexed);
    let mut writer = SectionWriter::new(Some(directory.create_temp()?));
    writer.section([EntryIndex::meta(fingerprint, zone, &columns.segments).as_bytes()])?;
    writer.section([bytemuck::cast_slice(&columns.rows)])?;
    writer.section(entries().map(|indexed| indexed.entry.fields))?;
    writer.section(entries().map(|indexed| indexed.words.all(indexed.at as usize).as_bytes()))?;
    writer.section([bytemuck::cast_slice(&columns.words_ends)])?;
    writer.section([&columns.occupied[..]])?;
    writer.section([bytemuck::cast_slice(&by_path(&columns.rows))])?;
    for order in &orders {
        writer.section([bytemuck::cast_slice(order)])?;
    }
    writer.section([bytemuck::cast_slice(&by_mtime(&columns.rows))])?;
    let (file, temp) = writer.finish()?;
    let mut segments = columns.segments.iter();
    segments.try_for_each(|segment| segment.publish(directory))?;
    if let Some(temp) = temp {
        IndexDirectory::publish(temp, ENTRY_INDEX)?;
    }
    let named = |name: &OsStr| {
        let mut segments = columns.segments.iter();
        segments.find(|segment| segment.name() == name)
    };
    directory.remove_unused(|file| named(file).is_some());
    let segment = |name: &str| match named(name.as_ref()) {
        Some(segment) if segment.is_mapped() => Some(Arc::clone(segment)),
        _ => Segment::open(directory, name).map(Arc::new),
    };
    EntryIndex::new(file, segment).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// What is written of the entries, by place.
#[derive(Default)]
struct Columns<'a> {
    /// The entries that are written, each with its place.
    entries: Vec<(u32, IndexedEntry<'a>)>,
    rows: Vec<EntryRow>,
    words_ends: Vec<FilterTextEnd>,
    occupied: Vec<u8>,
    /// The segments to which they refer, under new numbers.
    segments: Vec<Arc<Segment>>,
}

impl<'a> Columns<'a> {
    fn new(places: &[Option<IndexedEntry<'a>>], segments: &[Option<Arc<Segment>>]) -> Self {
        let mut columns = Self {
            occupied: vec![0; places.len().div_ceil(8)],
            ..Self::default()
        };
        let mut numbers: Vec<Option<u32>> = vec![None; segments.len()];
        let mut fields = 0;
        let mut words_end = FilterTextEnd::default();
        for (place, at) in places.iter().zip(0..) {
            let mut row = EntryRow::default();
            words_end.titles = words_end.all;
            if let Some(indexed) = place
                && let Some(text) = columns.renumbered(indexed.entry.text(), segments, &mut numbers)
            {
                let words = |all: &str| all.len() as u32;
                let among = indexed.at as usize;
                row = indexed.entry.row.moved_to(fields, text);
                fields += indexed.entry.fields.len() as u64;
                // Beyond 4 GiB of words nothing is found; no list gets there.
                let titles = words(indexed.words.titles(among));
                words_end.titles = words_end.all.saturating_add(titles);
                let all = words(indexed.words.all(among));
                words_end.all = words_end.all.saturating_add(all);
                columns.occupied[at as usize / 8] |= 1 << (at % 8);
                columns.entries.push((at, *indexed));
            }
            columns.rows.push(row);
            columns.words_ends.push(words_end);
        }
        columns
    }

    /// The place of a text with the new number of its segment. None if that is still being made.
    fn renumbered(
        &mut self,
        text: TextRef,
        segments: &[Option<Arc<Segment>>],
        numbers: &mut [Option<u32>],
    ) -> Option<TextRef> {
        let segment = segments.get(text.segment as usize)?.as_ref()?;
        let number = numbers[text.segment as usize].get_or_insert_with(|| {
            self.segments.push(Arc::clone(segment));
            self.segments.len() as u32 - 1
        });
        Some(TextRef {
            segment: *number,
            ..text
        })
    }
}

fn by_path(rows: &[EntryRow]) -> Vec<PathKey> {
    let mut keys: Vec<PathKey> = rows
        .iter()
        .zip(0..)
        .filter(|(row, _)| !row.is_empty())
        .map(|(row, at)| [row.path_hash, at])
        .collect();
    keys.sort_unstable();
    keys
}

fn orders(sortables: &[Sortable<'_>]) -> Vec<Vec<u32>> {
    let all = [
        (Order::Date, Language::Chinese),
        (Order::Title, Language::Chinese),
        (Order::Title, Language::English),
        (Order::Source, Language::Chinese),
    ];
    all.into_par_iter()
        .map(|(order, language)| sorted_places(sortables, order, language))
        .collect()
}

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
