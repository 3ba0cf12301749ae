//! Writing a snapshot: rows of an older one copied as they lie, new ones between them, and everything sorted once.

use std::cmp::Reverse;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use jiff::tz::TimeZone;

use super::super::path_hash::path_hash;
use super::container::SectionFile;
use super::directory::IndexDirectory;
use super::entry_index::{self, CHUNK_BITS, EntryIndex, FILE, KIND, SECTIONS, Slot, zone_name};
use super::entry_record::{Row, path_of, sortable};
use super::pieces::Pieces;
use super::rows::EntryRef;
use super::sheet_maker::Frame;
use super::sheet_writer::SheetWriter;
use super::text_store::Segment;
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
    cache: &IndexDirectory,
    base: Option<&EntryIndex>,
    records: impl Iterator<Item = (u32, Option<EntryRef<'a>>)>,
    segments: &[Arc<Segment>],
    zone: &TimeZone,
) -> io::Result<Arc<EntryIndex>> {
    let damaged = || io::Error::from(io::ErrorKind::InvalidData);
    let draft = Draft::of(&places(base, records), base, segments).ok_or_else(damaged)?;
    let mut sections: [Pieces<'_>; SECTIONS] = Default::default();
    sections[entry_index::ROWS] = Pieces::of(bytemuck::cast_slice(&draft.rows));
    sections[entry_index::STRINGS] = draft.strings.clone();
    sections[entry_index::WORDS] = draft.words.clone();
    sections[entry_index::WORDS_ENDS] = Pieces::of(bytemuck::cast_slice(&draft.ends));
    sections[entry_index::HELD] = Pieces::of(&draft.held);
    // What is there already is written while the rest is sorted.
    let (written, sorted) = thread::scope(|scope| {
        let writing = scope.spawn(|| (begin(cache, &sections[..FIRST]), draft.latest()));
        let sorted = draft.sort(zone);
        (writing.join(), sorted)
    });
    let (orders, paths) = sorted.ok_or_else(damaged)?;
    let (sheet, latest) = written.unwrap_or_else(|_| (Err(io::ErrorKind::Other.into()), draft.latest()));
    let names: Vec<String> =
        std::iter::once(zone_name(zone)).chain(segments.iter().map(|one| one.name().to_owned())).collect();
    let names = names.join("\n");
    sections[entry_index::PATHS] = Pieces::of(bytemuck::cast_slice(&paths));
    sections[entry_index::NAMES] = Pieces::of(names.as_bytes());
    for (at, order) in orders.iter().enumerate() {
        sections[entry_index::ORDERS + at] = Pieces::of(bytemuck::cast_slice(order));
    }
    sections[entry_index::LATEST] = Pieces::of(bytemuck::cast_slice(&latest));
    publish(cache, sheet, &sections, segments).ok_or_else(damaged)
}

/// How many sections are there before anything is sorted: the rows, their strings, the words and where they end, and what is held.
const FIRST: usize = entry_index::HELD + 1;

/// Begins the file of a snapshot with its first sections.
fn begin(cache: &IndexDirectory, sections: &[Pieces<'_>]) -> io::Result<SheetWriter> {
    let mut sheet = SheetWriter::begin(cache, KIND, CHUNK_BITS, SECTIONS)?;
    add(&mut sheet, sections)?;
    Ok(sheet)
}

fn add(sheet: &mut SheetWriter, sections: &[Pieces<'_>]) -> io::Result<()> {
    sections.iter().try_for_each(|section| {
        sheet.section()?;
        sheet.add_all(section)
    })
}

/// Writes the other sections to the file and maps it, or keeps all in memory where they cannot be written.
fn publish(
    cache: &IndexDirectory,
    sheet: io::Result<SheetWriter>,
    sections: &[Pieces<'_>],
    segments: &[Arc<Segment>],
) -> Option<Arc<EntryIndex>> {
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
    let in_memory = || {
        let sections: Vec<Vec<u8>> = sections.iter().map(Pieces::joined).collect();
        let sections: Vec<&[u8]> = sections.iter().map(Vec::as_slice).collect();
        SectionFile::in_memory(&Frame::of(KIND, CHUNK_BITS, &sections).around(&sections), KIND)
    };
    let sheet = mapped.or_else(in_memory)?;
    EntryIndex::of(sheet, |name| segments.iter().find(|segment| segment.name() == name).cloned())
}

/// What comes to stand at a place.
#[derive(Clone, Copy)]
enum Place<'a> {
    Empty,
    /// What the older snapshot has there.
    Old(u32),
    New(EntryRef<'a>),
}

/// What comes to stand at each place, where records replace those of an older snapshot or follow after them.
fn places<'a>(base: Option<&EntryIndex>, records: impl Iterator<Item = (u32, Option<EntryRef<'a>>)>) -> Vec<Place<'a>> {
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

/// A snapshot in the making. Strings and words stay where they are until they are written.
#[derive(Default)]
struct Draft<'a> {
    rows: Vec<Row>,
    /// The strings of each row,
    texts: Vec<&'a [u8]>,
    /// and those of all.
    strings: Pieces<'a>,
    words: Pieces<'a>,
    ends: Vec<WordsEnd>,
    held: Vec<u8>,
    /// The hash of each path.
    hashes: Vec<u64>,
}

/// What is written of an article, where it lies.
struct Source<'a> {
    row: Row,
    /// The strings of many, and where its own lie.
    strings: (&'a [u8], Range<usize>),
    /// The words of many, and its place among them.
    words: (Words<'a>, usize),
    path_hash: u64,
}

impl<'a> From<EntryRef<'a>> for Source<'a> {
    fn from(packed: EntryRef<'a>) -> Self {
        let (strings, words) = (packed.strings_among(), packed.words_among());
        Self { row: packed.row(), strings, words, path_hash: packed.path_hash() }
    }
}

impl<'a> Draft<'a> {
    /// The draft of what stands at all places; none if the older snapshot is damaged.
    fn of(places: &[Place<'a>], base: Option<&'a EntryIndex>, segments: &[Arc<Segment>]) -> Option<Self> {
        let named = |segment: &Arc<Segment>| segments.iter().position(|other| other.name() == segment.name());
        let old_segments = base.map_or(&[][..], EntryIndex::segments).iter();
        let numbers: Vec<u32> = old_segments.map(|one| named(one).map_or(u32::MAX, |at| at as u32)).collect();
        let old_words = base.map_or(Some(Words::default()), Shelf::words)?;
        let old_strings = base.map_or(Some(&[][..]), EntryIndex::all_strings)?;
        let old = |at: u32| {
            let mut row = base?.row(at)?;
            row.text[0] = numbers.get(row.text[0] as usize).copied().unwrap_or(u32::MAX);
            let start = usize::try_from(row.strings).ok()?;
            let own = start..start.checked_add(row.length as usize)?;
            let path_hash = path_hash(path_of(old_strings.get(own.clone())?)?);
            Some(Source { row, strings: (old_strings, own), words: (old_words, at as usize), path_hash })
        };
        let mut draft = Self::with_room(places.len());
        for place in places {
            draft.push(match *place {
                Place::Empty => None,
                Place::New(packed) => Some(Source::from(packed)),
                Place::Old(at) => Some(old(at)?),
            });
        }
        base.is_none_or(EntryIndex::is_valid).then_some(draft)
    }

    fn with_room(places: usize) -> Self {
        Self {
            rows: Vec::with_capacity(places),
            texts: Vec::with_capacity(places),
            ends: Vec::with_capacity(places),
            held: vec![0; places.div_ceil(8)],
            hashes: Vec::with_capacity(places),
            ..Self::default()
        }
    }

    /// Fills the next place; none leaves it empty.
    fn push(&mut self, source: Option<Source<'a>>) {
        let all = |pieces: &Pieces<'_>| u32::try_from(pieces.len()).unwrap_or(u32::MAX);
        let Some(Source { row, strings: (strings, own), words: (words, which), path_hash }) = source else {
            self.rows.push(Row::default());
            self.texts.push(&[]);
            self.hashes.push(0);
            return self.ends.push(WordsEnd { titles: all(&self.words), all: all(&self.words) });
        };
        let at = self.rows.len();
        self.held[at / 8] |= 1 << (at % 8);
        self.rows.push(row.with_strings_at(self.strings.len() as u64));
        self.texts.push(&strings[own.clone()]);
        self.hashes.push(path_hash);
        self.strings.push(strings, own);
        let titles = all(&self.words).saturating_add(words.titles(which).len() as u32);
        if !words.all(which).is_empty() {
            self.words.push(words.text, words.range(which));
        }
        self.ends.push(WordsEnd { titles, all: all(&self.words) });
    }

    /// All orders, and the table of paths; on two threads.
    fn sort(&self, zone: &TimeZone) -> Option<([Vec<u32>; 4], Vec<Slot>)> {
        let half = self.rows.len() / 2;
        let all = thread::scope(|scope| {
            let rest = scope.spawn(|| self.sortables(half..self.rows.len(), zone));
            let mut all = self.sortables(0..half, zone)?;
            all.extend(rest.join().ok()??);
            Some(all)
        })?;
        let sorted = |order, language| sorted_places(&all, order, language);
        thread::scope(|scope| {
            let chinese = scope.spawn(|| [Order::Title, Order::Source].map(|order| sorted(order, Language::Chinese)));
            let (english, date) = (sorted(Order::Title, Language::English), sorted(Order::Date, Language::English));
            let paths = self.table(all.len());
            let [chinese, source] = chinese.join().ok()?;
            Some(([date, chinese, english, source], paths))
        })
    }

    fn sortables(&self, places: Range<usize>, zone: &TimeZone) -> Option<Vec<Sortable<'a>>> {
        // Room for all of them: it is these that the others are put behind.
        let mut sortables = Vec::with_capacity(if places.start == 0 { self.rows.len() } else { places.len() });
        for at in places.filter(|&at| !self.rows[at].is_empty()) {
            sortables.push(sortable(at as u32, &self.rows[at], self.texts[at], zone)?);
        }
        Some(sortables)
    }

    /// The table of so many paths: twice as many slots as there are paths, a power of two.
    fn table(&self, count: usize) -> Vec<Slot> {
        let mut slots: Vec<Slot> = vec![[0; 2]; (count * 2).next_power_of_two()];
        let mask = slots.len() - 1;
        let held = (1..).zip(&self.rows).zip(&self.hashes).filter(|((_, row), _)| !row.is_empty());
        for ((number, _), &hash) in held {
            let mut slot = hash as usize & mask;
            while slots[slot][1] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = [(hash >> 32) as u32, number];
        }
        slots
    }

    /// All places that hold an article, those whose files were written last first.
    fn latest(&self) -> Vec<u32> {
        let held = self.rows.iter().zip(0..).filter(|(row, _)| !row.is_empty());
        let mut latest: Vec<(Reverse<Option<i64>>, u32)> =
            held.map(|(row, at)| (Reverse(row.modified()), at)).collect();
        latest.sort_unstable();
        latest.into_iter().map(|(_, at)| at).collect()
    }
}
