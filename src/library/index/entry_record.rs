//! What the index keeps of an article, and how that is encoded: a row of fixed size, and fields of
//! variable length.

use std::path::{Path, PathBuf};

use bytemuck::{Pod, Zeroable};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use twox_hash::XxHash3_64;

use super::super::article_files::{FileStamp, path_hash};
use crate::catalog::{
    Entry, EntryStore, EntryTimes, FilterFields, FilterText, FilterTextBuf, Order, SortFields, Tags,
};
use crate::digest::{Date, Moment, Titles};
use crate::platform;
use crate::text::Language;

/// The place of an article's text in the text store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::library) struct TextRef {
    pub(in crate::library) segment: u32,
    pub(in crate::library) article: u32,
}

/// What the index keeps of an article.
#[derive(Clone, Debug)]
pub(in crate::library) struct EntryRecord {
    pub(in crate::library) entry: Entry,
    pub(in crate::library) stamps: [Option<FileStamp>; 2],
    /// A hash of the bytes of its files.
    pub(in crate::library) content: u64,
    pub(in crate::library) text: TextRef,
}

/// The fixed part of an encoded record: 160 bytes. All zeroes for an empty place.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(super) struct EntryRow {
    /// Where its fields begin.
    pub(super) fields: u64,
    /// Where each field ends, counted from there.
    ends: [u32; FIELDS],
    problems: u32,
    nanoseconds: i32,
    text: [u32; 2],
    pub(super) path_hash: u64,
    content: u64,
    link_hash: u64,
    modified: i64,
    /// Seconds since 1970, or year, month, day, hour, minute and second.
    seconds: i64,
    moment_kind: u8,
    has_modified: u8,
    /// A bit for each field that the entry has, [`DATE_FROM_PATH`], and [`BROKEN`].
    present: u16,
    /// 0 for a language that it lacks; 1, or 2 if it mixes both.
    languages: [u8; 2],
    has_stamp: [u8; 2],
    stamps: [FileStamp; 2],
}

const INSTANT: u8 = 1;
const CIVIL: u8 = 2;
const DAY: u8 = 3;

const FIELDS: usize = 10;
/// The bit of a date that is the day in the path.
const DATE_FROM_PATH: u16 = 1 << 15;
/// The bit of an entry whose file has an error.
const BROKEN: u16 = 1 << 14;

/// The fields of variable length, in their order.
#[derive(Clone, Copy)]
enum EntryField {
    Path,
    Mate,
    GivenTitle,
    WrittenDate,
    ChineseTitle,
    EnglishTitle,
    Source,
    Description,
    Link,
    /// Each tag followed by a line break, which a cleaned line does not contain.
    Tags,
}

impl EntryRow {
    fn encode(record: &EntryRecord, fields: &mut Vec<u8>) -> Self {
        let EntryRecord {
            entry,
            stamps,
            content,
            text,
        } = record;
        let mut row = Self {
            fields: fields.len() as u64,
            problems: entry.problems,
            text: [text.segment, text.article],
            path_hash: path_hash(&entry.path),
            content: *content,
            link_hash: link_hash(entry.link.as_deref()),
            modified: entry.modified.unwrap_or(0),
            has_modified: entry.modified.is_some().into(),
            present: (u16::from(entry.date.is_from_path) * DATE_FROM_PATH)
                | (u16::from(entry.is_broken) * BROKEN),
            languages: (entry.languages).map(|has| u8::from(has) << u8::from(entry.is_mixed)),
            has_stamp: stamps.map(|stamp| stamp.is_some().into()),
            stamps: stamps.map(Option::unwrap_or_default),
            ..Self::default()
        };
        if let Some(moment) = entry.date.moment {
            row.set_moment(moment);
        }
        let titles = &entry.titles;
        let tags: String = entry.tags.iter().flat_map(|tag| [tag, "\n"]).collect();
        // In the order of [`EntryField`].
        let values: [Option<&[u8]>; FIELDS] = [
            Some(entry.path.as_os_str().as_encoded_bytes()),
            entry
                .mate
                .as_ref()
                .map(|mate| mate.as_os_str().as_encoded_bytes()),
            Some(titles.given.as_bytes()),
            Some(entry.date.written.as_bytes()),
            titles.chinese.as_ref().map(String::as_bytes),
            titles.english.as_ref().map(String::as_bytes),
            entry.source.as_ref().map(String::as_bytes),
            entry.description.as_ref().map(String::as_bytes),
            entry.link.as_ref().map(String::as_bytes),
            Some(tags.as_bytes()),
        ];
        for (at, value) in values.into_iter().enumerate() {
            if let Some(value) = value {
                row.present |= 1 << at;
                fields.extend_from_slice(value);
            }
            row.ends[at] = (fields.len() - row.fields as usize) as u32;
        }
        row
    }

    /// A copy with other places of its fields and its text.
    pub(super) const fn moved_to(&self, fields: u64, text: TextRef) -> Self {
        Self {
            fields,
            text: [text.segment, text.article],
            ..*self
        }
    }

    /// How many bytes its fields take; none for an empty place.
    pub(super) const fn length(&self) -> usize {
        self.ends[FIELDS - 1] as usize
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.length() == 0
    }

    pub(super) const fn text(&self) -> TextRef {
        let [segment, article] = self.text;
        TextRef { segment, article }
    }

    pub(super) fn modified(&self) -> Option<i64> {
        (self.has_modified != 0).then_some(self.modified)
    }

    fn languages(&self) -> [bool; 2] {
        self.languages.map(|language| language != 0)
    }

    fn is_mixed(&self) -> bool {
        self.languages == [2, 2]
    }

    fn set_moment(&mut self, moment: Moment) {
        let packed = |of: civil::DateTime| {
            let rest = [of.month(), of.day(), of.hour(), of.minute(), of.second()];
            rest.into_iter()
                .fold(i64::from(of.year()), |packed, field| {
                    packed << 8 | i64::from(field)
                })
        };
        (self.moment_kind, self.seconds, self.nanoseconds) = match moment {
            Moment::Instant(instant) => (INSTANT, instant.as_second(), instant.subsec_nanosecond()),
            Moment::Civil(civil) => (CIVIL, packed(civil), civil.subsec_nanosecond()),
            Moment::Day(day) => (DAY, packed(day.to_datetime(civil::Time::midnight())), 0),
        };
    }

    pub(super) fn times(&self) -> EntryTimes {
        EntryTimes {
            published: self.moment(),
            modified: self.modified(),
        }
    }

    pub(super) fn moment(&self) -> Option<Moment> {
        let civil = || {
            let [second, minute, hour, day, month] =
                [0, 8, 16, 24, 32].map(|shift| (self.seconds >> shift) as i8);
            let year = (self.seconds >> 40) as i16;
            civil::DateTime::new(year, month, day, hour, minute, second, self.nanoseconds).ok()
        };
        match self.moment_kind {
            INSTANT => Timestamp::new(self.seconds, self.nanoseconds)
                .ok()
                .map(Moment::Instant),
            CIVIL => civil().map(Moment::Civil),
            DAY => civil().map(|civil| Moment::Day(civil.date())),
            _ => None,
        }
    }
}

/// An encoded record. What cannot be decoded is left out.
#[derive(Clone, Copy, Debug)]
pub(in crate::library) struct EntryRef<'a> {
    pub(super) row: &'a EntryRow,
    pub(super) fields: &'a [u8],
}

impl<'a> EntryRef<'a> {
    fn field(self, field: EntryField) -> Option<&'a [u8]> {
        let at = field as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.row.ends[before]);
        let bytes = self
            .fields
            .get(start as usize..self.row.ends[at] as usize)?;
        (self.row.present & (1 << at) != 0).then_some(bytes)
    }

    fn text_field(self, field: EntryField) -> Option<&'a str> {
        str::from_utf8(self.field(field)?).ok()
    }

    fn tags(self) -> Tags<'a> {
        Tags::Lines(self.text_field(EntryField::Tags).unwrap_or_default())
    }

    pub(in crate::library) fn path(self) -> &'a Path {
        platform::path_of_bytes(self.field(EntryField::Path).unwrap_or_default())
    }

    pub(in crate::library) const fn path_hash(self) -> u64 {
        self.row.path_hash
    }

    pub(in crate::library) fn mate(self) -> Option<&'a Path> {
        self.field(EntryField::Mate).map(platform::path_of_bytes)
    }

    pub(in crate::library) fn stamps(self) -> [Option<FileStamp>; 2] {
        [0, 1].map(|side| Some(self.row.stamps[side]).filter(|_| self.row.has_stamp[side] != 0))
    }

    /// The hash of the bytes of its files.
    pub(in crate::library) const fn content(self) -> u64 {
        self.row.content
    }

    /// The hash of the link to its original; 0 for none.
    pub(in crate::library) const fn link(self) -> u64 {
        self.row.link_hash
    }

    pub(in crate::library) const fn text(self) -> TextRef {
        self.row.text()
    }

    /// The entry. None if a field is not valid.
    pub(in crate::library) fn entry(self) -> Option<Entry> {
        str::from_utf8(
            self.fields
                .get(self.row.ends[EntryField::Mate as usize] as usize..)?,
        )
        .ok()?;
        let text = |field| self.text_field(field).map(str::to_owned);
        Some(Entry {
            path: self.path().to_owned(),
            mate: self.mate().map(PathBuf::from),
            titles: Titles {
                given: text(EntryField::GivenTitle)?,
                chinese: text(EntryField::ChineseTitle),
                english: text(EntryField::EnglishTitle),
            },
            date: Date {
                written: text(EntryField::WrittenDate)?,
                moment: self.row.moment(),
                is_from_path: self.row.present & DATE_FROM_PATH != 0,
            },
            description: text(EntryField::Description),
            link: text(EntryField::Link),
            modified: self.row.modified(),
            source: text(EntryField::Source),
            tags: self.tags().iter().map(str::to_owned).collect(),
            languages: self.row.languages(),
            is_mixed: self.row.is_mixed(),
            problems: self.row.problems,
            is_broken: self.row.present & BROKEN != 0,
        })
    }

    pub(in crate::library) fn record(self) -> Option<EntryRecord> {
        Some(EntryRecord {
            entry: self.entry()?,
            stamps: self.stamps(),
            content: self.content(),
            text: self.text(),
        })
    }

    /// Whether a record is the same, apart from the place of its text.
    pub(in crate::library) fn is_same(self, record: &EntryRecord) -> bool {
        let mut fields = Vec::new();
        let row = EntryRow::encode(record, &mut fields);
        let bare = |row: &EntryRow| row.moved_to(0, record.text);
        bytemuck::bytes_of(&bare(&row)) == bytemuck::bytes_of(&bare(self.row))
            && fields == self.fields
    }

    pub(super) fn filter_fields(self) -> FilterFields<'a> {
        FilterFields {
            source: self.text_field(EntryField::Source),
            tags: self.tags(),
            languages: self.row.languages(),
            is_mixed: self.row.is_mixed(),
            problems: self.row.problems,
        }
    }

    pub(super) fn sort_fields(self) -> SortFields<'a> {
        let given = || self.text_field(EntryField::GivenTitle).unwrap_or_default();
        let title = |field| self.text_field(field).unwrap_or_else(given);
        SortFields {
            titles: [
                title(EntryField::ChineseTitle),
                title(EntryField::EnglishTitle),
            ],
            source: self.text_field(EntryField::Source).unwrap_or_default(),
            path: self.path().as_os_str(),
        }
    }
}

/// The hash of the link to an original; 0 for none.
fn link_hash(link: Option<&str>) -> u64 {
    link.map_or(0, |link| XxHash3_64::oneshot(link.as_bytes()))
}

/// Encoded records in memory, counted from 0. They are copied into an entry index as they are.
#[derive(Debug, Default)]
pub(in crate::library) struct EntryBatch {
    rows: Vec<EntryRow>,
    fields: Vec<u8>,
    words: FilterTextBuf,
}

impl EntryBatch {
    pub(in crate::library) fn push(&mut self, record: &EntryRecord) {
        self.rows.push(EntryRow::encode(record, &mut self.fields));
        self.words.push(Some(&record.entry));
    }

    pub(in crate::library) fn get(&self, at: u32) -> Option<EntryRef<'_>> {
        let row = self.rows.get(at as usize)?;
        let start = row.fields as usize;
        Some(EntryRef {
            row,
            fields: &self.fields[start..start + row.length()],
        })
    }
}

impl<'a> FromIterator<&'a EntryRecord> for EntryBatch {
    fn from_iter<I: IntoIterator<Item = &'a EntryRecord>>(records: I) -> Self {
        let mut batch = Self::default();
        records.into_iter().for_each(|record| batch.push(record));
        batch
    }
}

impl EntryStore for EntryBatch {
    fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        self.get(at)?.entry()
    }

    fn contains(&self, at: u32) -> bool {
        (at as usize) < self.rows.len()
    }

    fn times(&self, at: u32) -> EntryTimes {
        self.rows
            .get(at as usize)
            .map(EntryRow::times)
            .unwrap_or_default()
    }

    fn filter_fields(&self, at: u32) -> Option<FilterFields<'_>> {
        self.get(at).map(EntryRef::filter_fields)
    }

    fn sort_fields(&self, at: u32) -> Option<SortFields<'_>> {
        self.get(at).map(EntryRef::sort_fields)
    }

    fn filter_text(&self) -> Option<FilterText<'_>> {
        Some(self.words.as_text())
    }

    fn order(&self, _: Order, _: Language, _: &TimeZone) -> Option<&[u32]> {
        None
    }

    fn latest(&self) -> Option<&[u32]> {
        None
    }
}
