//! What is kept of an article, and how it is written: a row of fixed size, and its strings one after the other.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use bytemuck::{Pod, Zeroable};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use twox_hash::XxHash3_64;

use super::varint::{push_varint, read_varint};
use crate::catalog::{Entry, Facts, Sortable, sorting_time};
use crate::digest::{Date, Moment, Titles};

/// What tells that a file changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) struct FileStamp {
    /// Its size in bytes.
    pub(in crate::library) size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub(in crate::library) modified: i64,
    /// The number of its inode.
    pub(in crate::library) inode: u64,
}

impl FileStamp {
    /// Stands for the stamp of a regular file that was seen but not asked about: it is taken when the file is read.
    pub(in crate::library) const LATER: Self = Self { size: u64::MAX, modified: i64::MIN, inode: 0 };

    /// The stamp of a file.
    pub(in crate::library) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.mtime().saturating_mul(1_000_000_000).saturating_add(metadata.mtime_nsec());
        Self { size: metadata.size(), modified, inode: metadata.ino() }
    }
}

/// Where the text of an article lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) struct TextRef {
    /// The segment, counted from 0 in those of the index; `u32::MAX` for no text.
    pub(in crate::library) segment: u32,
    /// The number of the article in it.
    pub(in crate::library) article: u32,
}

/// All that is kept of an article.
#[derive(Clone, Debug)]
pub(in crate::library) struct EntryRecord<S = String> {
    /// What the list shows.
    pub(in crate::library) entry: Entry<S>,
    /// The stamps of its files.
    pub(in crate::library) stamps: [Option<FileStamp>; 2],
    /// A hash of the bytes of its files.
    pub(in crate::library) content: u64,
    /// Where its text lies.
    pub(in crate::library) text: TextRef,
}

impl EntryRecord<Cow<'_, str>> {
    /// The same with strings of its own.
    pub(in crate::library) fn owned(self) -> EntryRecord {
        let Self { entry, stamps, content, text } = self;
        EntryRecord { entry: entry.owned(), stamps, content, text }
    }
}

/// The row of an article: 112 bytes. One of no strings is an empty place.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Row {
    pub(super) strings: u64,
    pub(super) length: u32,
    problems: u32,
    pub(super) text: [u32; 2],
    pub(super) content: u64,
    pub(super) link: u64,
    modified: i64,
    /// Seconds since 1970, or year, month, day, hour, minute and second.
    seconds: i64,
    nanoseconds: i32,
    flags: u32,
    stamps: [[u64; 3]; 2],
}

const HAS_MODIFIED: u32 = 1;
const LANGUAGES: [u32; 2] = [2, 4];
const STAMPS: [u32; 2] = [8, 16];
const INSTANT: u32 = 32;
const CIVIL: u32 = 64;
const DAY: u32 = 96;
const MOMENT: u32 = 96;

impl Row {
    /// Writes a record; its strings are appended.
    pub(super) fn write<S: AsRef<str>>(record: &EntryRecord<S>, strings: &mut Vec<u8>) -> Self {
        let (entry, start) = (&record.entry, strings.len());
        let titles = &entry.titles;
        let mut put = |field: Option<&[u8]>| {
            push_varint(field.map_or(0, |field| field.len() as u64 + 1), strings);
            strings.extend_from_slice(field.unwrap_or_default());
        };
        put(Some(entry.path.as_os_str().as_bytes()));
        put(entry.mate.as_ref().map(|mate| mate.as_os_str().as_bytes()));
        put(Some(titles.given.as_ref().as_bytes()));
        put(Some(entry.date.written.as_ref().as_bytes()));
        for field in [&titles.chinese, &titles.english, &entry.source, &entry.description, &entry.link] {
            put(field.as_ref().map(|field| field.as_ref().as_bytes()));
        }
        entry.tags.iter().for_each(|tag| put(Some(tag.as_ref().as_bytes())));
        let (kind, seconds, nanoseconds) = entry.date.moment.map_or((0, 0, 0), pack);
        let mut flags = kind | if entry.modified.is_some() { HAS_MODIFIED } else { 0 };
        let mut stamps = [[0; 3]; 2];
        for side in 0..2 {
            flags |= if entry.languages[side] { LANGUAGES[side] } else { 0 };
            if let Some(stamp) = record.stamps[side] {
                flags |= STAMPS[side];
                stamps[side] = [stamp.size, stamp.modified.cast_unsigned(), stamp.inode];
            }
        }
        Self {
            strings: start as u64,
            length: (strings.len() - start) as u32,
            problems: entry.problems,
            text: [record.text.segment, record.text.article],
            content: record.content,
            link: entry.link.as_ref().map_or(0, |link| XxHash3_64::oneshot(link.as_ref().as_bytes())),
            modified: entry.modified.unwrap_or(0),
            seconds,
            nanoseconds,
            flags,
            stamps,
        }
    }

    /// The same with its strings elsewhere.
    pub(super) const fn with_strings_at(self, strings: u64) -> Self {
        Self { strings, ..self }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(super) fn modified(&self) -> Option<i64> {
        (self.flags & HAS_MODIFIED != 0).then_some(self.modified)
    }

    pub(super) fn moment(&self) -> Option<Moment> {
        unpack(self.flags & MOMENT, self.seconds, self.nanoseconds)
    }

    pub(super) fn stamps(&self) -> [Option<FileStamp>; 2] {
        [0, 1].map(|side| {
            let [size, modified, inode] = self.stamps[side];
            (self.flags & STAMPS[side] != 0).then_some(FileStamp { size, modified: modified.cast_signed(), inode })
        })
    }

    /// The entry, of its strings; none where they are no such thing.
    pub(super) fn entry(&self, mut strings: &[u8]) -> Option<Entry> {
        let path = |bytes: &[u8]| PathBuf::from(OsStr::from_bytes(bytes));
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let mut field = || take(&mut strings);
        let (file, mate, given, written) = (path(field()??), field()?.map(path), text(field()??)?, text(field()??)?);
        let mut optional = || field()?.map_or(Some(None), |bytes| text(bytes).map(Some));
        let [chinese, english, source, description, link] =
            [optional()?, optional()?, optional()?, optional()?, optional()?];
        let mut tags = Vec::new();
        while !strings.is_empty() {
            tags.push(text(take(&mut strings)??)?);
        }
        Some(Entry {
            path: file,
            mate,
            titles: Titles { given, chinese, english },
            date: Date { written, moment: self.moment() },
            description,
            link,
            modified: self.modified(),
            source,
            tags,
            languages: self.languages(),
            problems: self.problems,
        })
    }

    /// Tells what an entry of these strings is filtered by; none where they are no such thing. Nothing is copied.
    pub(super) fn facts(&self, mut strings: &[u8], tell: &mut dyn FnMut(&Facts<'_>)) -> Option<()> {
        // Its paths, titles and written date.
        for _ in 0..6 {
            take(&mut strings)?;
        }
        let source = take(&mut strings)?.map(str::from_utf8).transpose().ok()?;
        // The description and the link.
        for _ in 0..2 {
            take(&mut strings)?;
        }
        let (mut few, mut count, mut many) = ([""; 16], 0, Vec::new());
        while !strings.is_empty() {
            let tag = str::from_utf8(take(&mut strings)??).ok()?;
            match few.get_mut(count) {
                Some(place) => *place = tag,
                None => many.push(tag),
            }
            count += 1;
        }
        let tags = if many.is_empty() { &few[..count] } else { &[&few[..], &many].concat() };
        tell(&Facts { source, tags, languages: self.languages(), problems: self.problems });
        Some(())
    }

    fn languages(&self) -> [bool; 2] {
        LANGUAGES.map(|flag| self.flags & flag != 0)
    }
}

/// The path among the strings of a row.
pub(super) fn path_of(mut strings: &[u8]) -> Option<&Path> {
    take(&mut strings)?.map(|path| Path::new(OsStr::from_bytes(path)))
}

/// The path of the second file among the strings of a row.
pub(super) fn mate_of(mut strings: &[u8]) -> Option<&[u8]> {
    take(&mut strings)?;
    take(&mut strings)?
}

/// Takes a field off the front: none within if it was left out, none at all where the bytes are no field.
#[expect(clippy::option_option, reason = "a field may be left out, and it may not be one")]
fn take<'a>(strings: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    let Some(length) = read_varint(strings)?.checked_sub(1) else { return Some(None) };
    let (field, rest) = strings.split_at_checked(usize::try_from(length).ok()?)?;
    *strings = rest;
    Some(Some(field))
}

fn pack(moment: Moment) -> (u32, i64, i32) {
    let fields = |of: civil::DateTime| {
        let rest = [of.month(), of.day(), of.hour(), of.minute(), of.second()];
        rest.into_iter().fold(i64::from(of.year()), |packed, field| packed << 8 | i64::from(field))
    };
    match moment {
        Moment::Instant(instant) => (INSTANT, instant.as_second(), instant.subsec_nanosecond()),
        Moment::Civil(civil) => (CIVIL, fields(civil), civil.subsec_nanosecond()),
        Moment::Day(day) => (DAY, fields(day.to_datetime(civil::Time::midnight())), 0),
    }
}

fn unpack(kind: u32, seconds: i64, nanoseconds: i32) -> Option<Moment> {
    let civil = || {
        let [second, minute, hour, day, month] = [0, 8, 16, 24, 32].map(|shift| (seconds >> shift) as i8);
        civil::DateTime::new((seconds >> 40) as i16, month, day, hour, minute, second, nanoseconds).ok()
    };
    match kind {
        INSTANT => Timestamp::new(seconds, nanoseconds).ok().map(Moment::Instant),
        CIVIL => civil().map(Moment::Civil),
        DAY => civil().map(|civil| Moment::Day(civil.date())),
        _ => None,
    }
}

/// What an article is sorted by, of its row and strings.
pub(super) fn sortable<'a>(at: u32, row: &Row, strings: &'a [u8], zone: &TimeZone) -> Option<Sortable<'a>> {
    let (path, titles, source) = sorting_strings(strings)?;
    Some(Sortable { at, time: sorting_time(row.moment(), zone), titles, source, path })
}

/// The path of an article, its titles as they are shown to readers of each language, and its source, empty for none: of its strings.
pub(super) fn sorting_strings(mut strings: &[u8]) -> Option<(&[u8], [&str; 2], &str)> {
    let mut field = || take(&mut strings);
    let (path, _mate, given, _written, chinese, english, source) =
        (field()??, field()?, field()??, field()?, field()?, field()?, field()?);
    let text = |bytes| str::from_utf8(bytes).ok();
    let titles = [text(chinese.unwrap_or(given))?, text(english.unwrap_or(given))?];
    Some((path, titles, text(source.unwrap_or_default())?))
}
