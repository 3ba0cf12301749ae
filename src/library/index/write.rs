//! Writing a snapshot: rows of an older one copied as they lie, new ones between them, and everything sorted once.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;

use super::cache::Cache;
use super::record::{Record, Row, sortable};
use super::segment::Segment;
use super::sheet::Sheet;
use super::sheet_maker::Frame;
use super::sheet_writer::SheetWriter;
use super::snapshot::{self, CHUNK_BITS, FILE, Index, KIND, SECTIONS, Slot, zone_name};
use crate::catalog::{Order, Shelf, Sortable, Words, WordsBuf, WordsEnd, sorted_places};
use crate::text::Language;

/// Writes the snapshot of a library, and opens it: the places of an older one, with the records that replace them (none where an
/// article is gone) or follow after them. The text references of records count in the segments given here; those of older
/// places are followed by name.
///
/// Only who holds the cache's lock publishes it; for others, and where there is no room on the disk, it is a snapshot of their own.
///
/// # Errors
/// That the older snapshot is damaged.
pub(in crate::library) fn write_snapshot<R: Borrow<Record> + Sync>(
    cache: &Cache,
    base: Option<&Index>,
    records: impl Iterator<Item = (u32, Option<R>)>,
    segments: &[Arc<Segment>],
    zone: &TimeZone,
) -> io::Result<Arc<Index>> {
    let damaged = || io::Error::from(io::ErrorKind::InvalidData);
    let mut draft = Draft::default();
    // What comes later about the same article counts.
    let mut records: Vec<(u32, Option<R>)> = records.collect();
    records.sort_by_key(|(at, _)| *at);
    let staged = draft.stage(&records);
    drop(records);
    draft.fill(base, staged, segments).ok_or_else(damaged)?;
    let Draft { rows, strings, words, ends, held, .. } = &draft;
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

/// A snapshot in the making.
#[derive(Default)]
struct Draft {
    rows: Vec<Row>,
    strings: Vec<u8>,
    words: Vec<u8>,
    ends: Vec<WordsEnd>,
    held: Vec<u8>,
    /// Words of new records, in the order in which they came.
    fresh: WordsBuf,
}

/// The numbers of records in their order, with the rows of those whose strings are written. Their words are the fresh ones, one after
/// the other.
type Staged = Vec<(u32, Option<Row>)>;

impl Draft {
    /// Writes the strings and the words of records, on two threads.
    fn stage(&mut self, records: &[(u32, Option<impl Borrow<Record> + Sync>)]) -> Staged {
        let (strings, fresh) = (&mut self.strings, &mut self.fresh);
        let held = || records.iter().filter_map(|(_, record)| record.as_ref().map(Borrow::borrow));
        thread::scope(|scope| {
            scope.spawn(|| held().for_each(|record| fresh.push(Some(&record.entry))));
            let mut row = |record: &Record| Row::write(record, strings);
            records.iter().map(|(at, record)| (*at, record.as_ref().map(Borrow::borrow).map(&mut row))).collect()
        })
    }

    /// Fills place after place; none if the older snapshot is damaged.
    fn fill(&mut self, base: Option<&Index>, staged: Staged, segments: &[Arc<Segment>]) -> Option<()> {
        let old = base.map_or(0, Shelf::len);
        let count = staged.last().map_or(0, |(at, _)| at + 1).max(old);
        let old_words = base.map_or(Some(Words::default()), Shelf::words)?;
        let named = |segment: &Arc<Segment>| segments.iter().position(|other| other.name() == segment.name());
        let numbers: Vec<u32> = base
            .map_or(&[][..], Index::segments)
            .iter()
            .map(|one| named(one).map_or(u32::MAX, |at| at as u32))
            .collect();
        let fresh = std::mem::take(&mut self.fresh);
        if base.is_none() && staged.iter().zip(0..).all(|((at, row), place)| *at == place && row.is_some()) {
            self.fill_with(staged, fresh);
            return Some(());
        }
        self.held = vec![0; (count as usize).div_ceil(8)];
        self.rows.reserve(count as usize);
        self.ends.reserve(count as usize);
        self.words.reserve(old_words.text.len() + fresh.words().text.len());
        let (mut staged, mut words) = (staged.into_iter().peekable(), 0..);
        for at in 0..count {
            let mut given = None;
            while let Some((_, row)) = staged.next_if(|(next, _)| *next == at) {
                given = Some(row.and_then(|row| Some((row, words.next()?))));
            }
            match (given, base) {
                (Some(Some((row, words))), _) => self.push(at, row, fresh.words(), words),
                (None, Some(base)) if base.holds(at) => {
                    let mut row = base.row(at)?;
                    let strings = base.strings(&row)?;
                    row.strings = self.strings.len() as u64;
                    row.text[0] = numbers.get(row.text[0] as usize).copied().unwrap_or(u32::MAX);
                    self.strings.extend_from_slice(strings);
                    self.push(at, row, old_words, at as usize);
                }
                _ => {
                    self.rows.push(Row::default());
                    let all = self.words.len() as u32;
                    self.ends.push(WordsEnd { titles: all, all });
                }
            }
        }
        base.is_none_or(Index::is_sound).then_some(())
    }

    /// Fills all places with records that came in their order: nothing need be copied.
    fn fill_with(&mut self, staged: Staged, fresh: WordsBuf) {
        self.rows = staged.into_iter().filter_map(|(_, row)| row).collect();
        (self.words, self.ends) = fresh.into_bytes();
        let places = self.rows.len();
        self.held = vec![0xFF; places.div_ceil(8)];
        if let Some(last) = self.held.last_mut().filter(|_| !places.is_multiple_of(8)) {
            *last = (1 << (places % 8)) - 1;
        }
    }

    fn push(&mut self, at: u32, row: Row, words: Words<'_>, which: usize) {
        self.rows.push(row);
        self.held[at as usize / 8] |= 1 << (at % 8);
        let titles = self.words.len() + words.titles(which).len();
        self.words.extend_from_slice(words.all(which));
        let end = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        self.ends.push(WordsEnd { titles: end(titles), all: end(self.words.len()) });
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
