//! Writing the entry index: all places are put together from an older index and newer batches, sorted, and written at once.

use std::cmp::Reverse;
use std::io;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::container::{SectionFile, SectionWriter};
use super::directory::{ENTRY_INDEX, IndexDirectory, TempFile};
use super::entry_index::{EntryIndex, KIND, PathKey};
use super::entry_record::{EntryRef, EntryRow, TextRef};
use super::text_store::Segment;
use crate::catalog::{FilterText, FilterTextEnd, Order, Sortable, sorted_places, sorting_time};
use crate::text::Language;

/// What an entry index has to contain.
pub(in crate::library) struct IndexContent<'a> {
    /// By id. None for an empty place.
    pub(in crate::library) places: Vec<Option<IndexedEntry<'a>>>,
    /// The texts, as the entries refer to them. None if one is still being made: entries with their text in it are left out.
    pub(in crate::library) segments: &'a [Option<Arc<Segment>>],
    /// The time zone in which days are counted.
    pub(in crate::library) zone: &'a TimeZone,
    /// The fingerprint of the code that read the entries.
    pub(in crate::library) fingerprint: u64,
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

/// Writes the entry index of a library, and opens it. Segments that no entry refers to are left out, and the others get new numbers.
///
/// It is published only by the program that holds the lock; for others, and if there is no room on the disk, it is an index of their own.
///
/// # Errors
/// If it cannot even be made in memory.
pub(in crate::library) fn write_entry_index(
    directory: &IndexDirectory,
    content: IndexContent<'_>,
) -> io::Result<Arc<EntryIndex>> {
    let draft = IndexDraft::new(content);
    let file =
        publish(directory, &draft).or_else(|_| draft.write(SectionWriter::new(None, KIND)).map(|(file, _)| file))?;
    let segment = |name: &str| draft.segments.iter().find(|segment| segment.name() == name).cloned();
    EntryIndex::new(file, segment).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Writes the index and the segments that are not on the disk yet.
fn publish(directory: &IndexDirectory, draft: &IndexDraft<'_>) -> io::Result<SectionFile> {
    let temp = directory.create_temp()?;
    let (file, temp) = draft.write(SectionWriter::new(Some(temp), KIND))?;
    if directory.is_writer() {
        draft.segments.iter().try_for_each(|segment| segment.publish(directory))?;
    }
    if let Some(temp) = temp {
        temp.publish(ENTRY_INDEX)?;
    }
    directory.remove_unused(|file| draft.segments.iter().any(|segment| segment.name() == file));
    Ok(file)
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
        let IndexContent { mut places, segments, zone, fingerprint } = content;
        let numbers = number_segments(&mut places, segments);
        let used = segments.iter().zip(&numbers).filter(|(_, number)| number.is_some());
        let segments: Vec<Arc<Segment>> = used.filter_map(|(segment, _)| segment.clone()).collect();
        let mut rows = vec![EntryRow::default(); places.len()];
        let mut words_ends = vec![FilterTextEnd::default(); places.len()];
        let mut occupied = vec![0; places.len().div_ceil(8)];
        let mut sortables = Vec::with_capacity(places.len());
        let mut fields_start = 0;
        // Beyond 4 GiB of words nothing is found; no list gets there.
        let mut words_end = 0_u32;
        for (at, place) in places.iter().enumerate() {
            words_ends[at] = FilterTextEnd { titles: words_end, all: words_end };
            let Some(IndexedEntry { entry, words, at: among }) = *place else { continue };
            let among = among as usize;
            let text = entry.text();
            let segment = numbers.get(text.segment as usize).copied().flatten().unwrap_or(u32::MAX);
            rows[at] = entry.row.moved_to(fields_start, TextRef { segment, ..text });
            fields_start += entry.fields.len() as u64;
            words_ends[at].titles = words_end.saturating_add(words.titles(among).len() as u32);
            words_end = words_end.saturating_add(words.all(among).len() as u32);
            words_ends[at].all = words_end;
            occupied[at / 8] |= 1 << (at % 8);
            let time = sorting_time(entry.row.moment(), zone);
            sortables.push(Sortable { at: at as u32, time, fields: entry.sort_fields() });
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
        writer.section(entries().map(|indexed| indexed.words.all(indexed.at as usize).as_bytes()))?;
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

/// The new number of each segment. None for those that are not used any more. Entries with their text in a segment that is still being
/// made are taken out.
fn number_segments(places: &mut [Option<IndexedEntry<'_>>], segments: &[Option<Arc<Segment>>]) -> Vec<Option<u32>> {
    let mut is_used = vec![false; segments.len()];
    for place in places {
        let Some(IndexedEntry { entry, .. }) = place else { continue };
        let number = entry.text().segment as usize;
        match segments.get(number) {
            Some(Some(_)) => is_used[number] = true,
            None if number == u32::MAX as usize => {}
            _ => *place = None,
        }
    }
    let mut next = 0..;
    is_used.into_iter().map(|is_used| if is_used { next.next() } else { None }).collect()
}

/// The places that hold an entry, by the hash of their path.
fn by_path(rows: &[EntryRow]) -> Vec<PathKey> {
    let mut keys: Vec<PathKey> =
        rows.iter().zip(0..).filter(|(row, _)| !row.is_empty()).map(|(row, at)| [row.path_hash(), at]).collect();
    keys.sort_unstable();
    keys
}

/// The orders by date, by title in Chinese, by title in English, and by source.
fn orders(sortables: &[Sortable<'_>]) -> [Vec<u32>; 4] {
    let sorted = |order, language| sorted_places(sortables, order, language);
    let ((date, source), (chinese, english)) = rayon::join(
        || (sorted(Order::Date, Language::Chinese), sorted(Order::Source, Language::Chinese)),
        || (sorted(Order::Title, Language::Chinese), sorted(Order::Title, Language::English)),
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
