//! Writing a snapshot: rows of an older one copied as they lie, new ones between them, and everything sorted once.

use std::cmp::Reverse;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;

use super::cache::Cache;
use super::record::{Row, sortable};
use super::rows::Packed;
use super::segment::Segment;
use super::sheet::Sheet;
use super::sheet_maker::Frame;
use super::sheet_writer::SheetWriter;
use super::snapshot::{self, CHUNK_BITS, FILE, Index, KIND, SECTIONS, Slot, zone_name};
use crate::catalog::{Order, Shelf, Sortable, Words, WordsEnd, sorted_places};
use crate::text::Language;

/// Writes the snapshot of a library, and opens it: the places of an older one, with the records that replace them (none where an
/// article is gone) or follow after them. The text references of records count in the segments given here; those of older
/// places are followed by name.
///
/// Only who holds the cache's lock publishes it; for others, and where there is no room on the disk, it is a snapshot of their own.
///
/// # Errors
/// That the older snapshot is damaged.
pub(in crate::library) fn write_snapshot<'a>(
    cache: &Cache,
    base: Option<&Index>,
    records: impl Iterator<Item = (u32, Option<Packed<'a>>)>,
    segments: &[Arc<Segment>],
    zone: &TimeZone,
) -> io::Result<Arc<Index>> {
    let damaged = || io::Error::from(io::ErrorKind::InvalidData);
    let places = places(base, records);
    let draft = Draft::of(&places, base, segments).ok_or_else(damaged)?;
    drop(places);
    let Draft { rows, strings, words, ends, held } = &draft;
    let first: [&[u8]; FIRST] = [bytemuck::cast_slice(rows), strings, words, bytemuck::cast_slice(ends), held];
    // What is there already is written while the rest is sorted.
    let (sheet, sorted) = thread::scope(|scope| {
        let writing = scope.spawn(|| begin(cache, &first));
        let sorted = draft.sort(zone);
        (writing.join(), sorted)
    });
    let (orders, paths) = sorted.ok_or_else(damaged)?;
    let names: Vec<String> =
        std::iter::once(zone_name(zone)).chain(segments.iter().map(|one| one.name().to_owned())).collect();
    let (names, latest) = (names.join("\n"), draft.latest());
    let mut sections: [&[u8]; SECTIONS] = [&[]; SECTIONS];
    sections[..FIRST].copy_from_slice(&first);
    sections[snapshot::PATHS] = bytemuck::cast_slice(&paths);
    sections[snapshot::NAMES] = names.as_bytes();
    for (at, order) in orders.iter().enumerate() {
        sections[snapshot::ORDERS + at] = bytemuck::cast_slice(order);
    }
    sections[snapshot::LATEST] = bytemuck::cast_slice(&latest);
    let sheet = sheet.unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
    publish(cache, sheet, &sections, segments).ok_or_else(damaged)
}

/// How many sections are there before anything is sorted: the rows, their strings, the words and where they end, and what is held.
const FIRST: usize = snapshot::HELD + 1;

/// Begins the file of a snapshot with its first sections.
fn begin(cache: &Cache, sections: &[&[u8]]) -> io::Result<SheetWriter> {
    let mut sheet = SheetWriter::begin(cache, KIND, CHUNK_BITS, SECTIONS)?;
    add(&mut sheet, sections)?;
    Ok(sheet)
}

fn add(sheet: &mut SheetWriter, sections: &[&[u8]]) -> io::Result<()> {
    sections.iter().try_for_each(|section| {
        sheet.section()?;
        sheet.add(section)
    })
}

/// Writes the other sections to the file and maps it, or keeps all in memory where they cannot be written.
fn publish(
    cache: &Cache,
    sheet: io::Result<SheetWriter>,
    sections: &[&[u8]],
    segments: &[Arc<Segment>],
) -> Option<Arc<Index>> {
    let published = || {
        let mut writer = sheet?;
        add(&mut writer, &sections[FIRST..])?;
        let (sheet, _) = writer.end()?;
        if cache.is_writer() {
            segments.iter().try_for_each(|segment| segment.publish(cache))?;
        }
        writer.publish(FILE)?;
        io::Result::Ok(sheet)
    };
    let mapped = published().ok();
    if mapped.is_some() {
        cache.sweep(|file| segments.iter().any(|segment| segment.name() == file));
    }
    let in_memory = || Sheet::in_memory(&Frame::of(KIND, CHUNK_BITS, sections).around(sections), KIND);
    let sheet = mapped.or_else(in_memory)?;
    Index::of(sheet, |name| segments.iter().find(|segment| segment.name() == name).cloned())
}

/// What comes to stand at a place.
#[derive(Clone, Copy)]
enum Place<'a> {
    Empty,
    /// What the older snapshot has there.
    Old(u32),
    New(Packed<'a>),
}

/// What comes to stand at each place, where records replace those of an older snapshot or follow after them.
fn places<'a>(base: Option<&Index>, records: impl Iterator<Item = (u32, Option<Packed<'a>>)>) -> Vec<Place<'a>> {
    let old = |at| if base.is_some_and(|base| base.holds(at)) { Place::Old(at) } else { Place::Empty };
    let mut places: Vec<Place<'_>> = (0..base.map_or(0, Shelf::len)).map(old).collect();
    for (at, record) in records {
        let at = at as usize;
        if at >= places.len() {
            places.resize(at + 1, Place::Empty);
        }
        // What comes later about the same article counts.
        places[at] = record.map_or(Place::Empty, Place::New);
    }
    places
}

/// A snapshot in the making.
#[derive(Default)]
struct Draft {
    rows: Vec<Row>,
    strings: Vec<u8>,
    words: Vec<u8>,
    ends: Vec<WordsEnd>,
    held: Vec<u8>,
}

impl Draft {
    /// The draft of what stands at all places, made on two threads; none if the older snapshot is damaged.
    fn of(places: &[Place<'_>], base: Option<&Index>, segments: &[Arc<Segment>]) -> Option<Self> {
        let old_words = base.map_or(Some(Words::default()), Shelf::words)?;
        let mut draft = thread::scope(|scope| {
            let words = scope.spawn(|| words(places, old_words));
            let draft = Self::of_rows(places, base, segments)?;
            let (words, ends) = words.join().ok()?;
            Some(Self { words, ends, ..draft })
        })?;
        draft.held = vec![0; places.len().div_ceil(8)];
        for (at, _) in draft.rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            draft.held[at / 8] |= 1 << (at % 8);
        }
        base.is_none_or(Index::is_sound).then_some(draft)
    }

    /// The rows and their strings.
    fn of_rows(places: &[Place<'_>], base: Option<&Index>, segments: &[Arc<Segment>]) -> Option<Self> {
        let named = |segment: &Arc<Segment>| segments.iter().position(|other| other.name() == segment.name());
        let old_segments = base.map_or(&[][..], Index::segments).iter();
        let numbers: Vec<u32> = old_segments.map(|one| named(one).map_or(u32::MAX, |at| at as u32)).collect();
        let mut draft = Self { rows: Vec::with_capacity(places.len()), ..Self::default() };
        for place in places {
            let (mut row, strings) = match (place, base) {
                (Place::New(packed), _) => (packed.row(), packed.strings()),
                (Place::Old(at), Some(base)) => {
                    let mut row = base.row(*at)?;
                    row.text[0] = numbers.get(row.text[0] as usize).copied().unwrap_or(u32::MAX);
                    (row, base.strings(&row)?)
                }
                _ => (Row::default(), &[][..]),
            };
            if !row.is_empty() {
                row.strings = draft.strings.len() as u64;
            }
            draft.strings.extend_from_slice(strings);
            draft.rows.push(row);
        }
        Some(draft)
    }

    /// All orders, and the table of paths; on two threads.
    fn sort(&self, zone: &TimeZone) -> Option<([Vec<u32>; 4], Vec<Slot>)> {
        let held = self.rows.iter().enumerate().filter(|(_, row)| !row.is_empty());
        let all: Vec<Sortable<'_>> =
            held.map(|(at, row)| sortable(at as u32, row, self.strings(row)?, zone)).collect::<Option<_>>()?;
        let sorted = |order, language| sorted_places(&all, order, language);
        thread::scope(|scope| {
            let chinese = scope.spawn(|| [Order::Title, Order::Source].map(|order| sorted(order, Language::Chinese)));
            let (english, date) = (sorted(Order::Title, Language::English), sorted(Order::Date, Language::English));
            let paths = table(&all);
            let [chinese, source] = chinese.join().ok()?;
            Some(([date, chinese, english, source], paths))
        })
    }

    /// All places that hold an article, those whose files were written last first.
    fn latest(&self) -> Vec<u32> {
        let held = self.rows.iter().zip(0..).filter(|(row, _)| !row.is_empty());
        let mut latest: Vec<(Reverse<Option<i64>>, u32)> =
            held.map(|(row, at)| (Reverse(row.modified()), at)).collect();
        latest.sort_unstable();
        latest.into_iter().map(|(_, at)| at).collect()
    }

    fn strings(&self, row: &Row) -> Option<&[u8]> {
        let range: Range<usize> = row.strings as usize..row.strings as usize + row.length as usize;
        self.strings.get(range)
    }
}

/// The words of what stands at all places, and where they end.
fn words(places: &[Place<'_>], old: Words<'_>) -> (Vec<u8>, Vec<WordsEnd>) {
    let (mut words, mut ends) = (Vec::with_capacity(old.text.len()), Vec::with_capacity(places.len()));
    for place in places {
        let [titles, all] = match place {
            Place::Empty => [&[][..]; 2],
            Place::Old(at) => [old.titles(*at as usize), old.all(*at as usize)],
            Place::New(packed) => packed.words(),
        };
        let end = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let titles = end(words.len() + titles.len());
        words.extend_from_slice(all);
        ends.push(WordsEnd { titles, all: end(words.len()) });
    }
    (words, ends)
}

/// The table of paths: twice as many slots as there are paths, a power of two.
fn table(all: &[Sortable<'_>]) -> Vec<Slot> {
    let mut slots: Vec<Slot> = vec![[0; 2]; (all.len() * 2).next_power_of_two()];
    let mask = slots.len() - 1;
    for article in all {
        let hash = xxh3_64(article.path);
        let mut slot = hash as usize & mask;
        while slots[slot][1] != 0 {
            slot = (slot + 1) & mask;
        }
        slots[slot] = [(hash >> 32) as u32, article.at + 1];
    }
    slots
}
