//! Lists the articles of a library, newest first.

use std::cmp::Ordering;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::mpsc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::open;
use crate::catalog::Entry;
use crate::cli::ListArgs;
use crate::digest::Moment;
use crate::error::Error;
use crate::library::{Librarian, Library, News};
use crate::text::{Language, clean_line};

/// Prints the list.
///
/// # Errors
/// Where the folder cannot be read or the list not printed.
pub(super) fn run(arguments: &ListArgs) -> Result<(), Error> {
    let library = open::library(arguments.folder.as_deref())?;
    let mut entries = gather(library);
    let zone = TimeZone::system();
    entries.sort_by_cached_key(|entry| Newest(instant(entry, &zone), entry.path.clone()));
    let mut out = BufWriter::new(io::stdout().lock());
    print(&entries, arguments, &zone, &mut out).and_then(|()| out.flush()).map_err(Error::Output)
}

fn print(entries: &[Entry], arguments: &ListArgs, zone: &TimeZone, out: &mut impl Write) -> io::Result<()> {
    for entry in entries {
        if arguments.json {
            serde_json::to_writer(&mut *out, &Line::new(entry))?;
            out.write_all(b"\n")?;
        } else {
            print_plain(entry, arguments.lang.into(), zone, out)?;
        }
    }
    Ok(())
}

/// Waits for the walk to end. What could not be looked into is told on standard error; the rest is listed all the same.
fn gather(library: Library) -> Vec<Entry> {
    let (sender, receiver) = mpsc::channel();
    let _librarian = Librarian::start(library, move |news| drop(sender.send(news)));
    let mut entries = Vec::new();
    for news in receiver {
        match news {
            News::Entries(batch) => entries.extend(batch),
            News::Notice(line) => drop(writeln!(io::stderr(), "jianbao: {line}")),
            News::Progress { finished: true, .. } => break,
            News::Progress { .. } | News::Loaded { .. } => {}
        }
    }
    entries
}

/// The order of the list: newest first, undated last, then by path.
#[derive(PartialEq, Eq)]
struct Newest(Option<Timestamp>, std::path::PathBuf);

impl Ord for Newest {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.cmp(&self.0).then_with(|| self.1.cmp(&other.1))
    }
}

impl PartialOrd for Newest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn instant(entry: &Entry, zone: &TimeZone) -> Option<Timestamp> {
    match entry.date.moment? {
        Moment::Instant(instant) => Some(instant),
        _ => Some(zone.to_ambiguous_zoned_datetime(entry.date.civil(zone)?).compatible().ok()?.timestamp()),
    }
}

fn print_plain(entry: &Entry, language: Language, zone: &TimeZone, out: &mut impl Write) -> io::Result<()> {
    let day = entry.date.day(zone).map_or_else(|| "----------".into(), |day| day.to_string());
    let sign = |side: Language| if entry.languages[side as usize] { side.sign() } else { "--" };
    let mark = if entry.problems > 0 { '!' } else { ' ' };
    let [chinese, english] = Language::BOTH.map(sign);
    write!(out, "{day}  {chinese} {english} {mark} {}", entry.titles.in_language(language))?;
    let path = shown(&entry.path);
    for part in [entry.source.as_deref(), Some(&*path)].into_iter().flatten() {
        write!(out, " · {part}")?;
    }
    out.write_all(b"\n")
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

/// One article in JSON. The names of the fields are promised in `jianbao list --help` and the README.
#[derive(Serialize)]
struct Line<'a> {
    path: String,
    title: &'a str,
    title_zh: Option<&'a str>,
    title_en: Option<&'a str>,
    date: Option<&'a str>,
    moment: Option<String>,
    source: Option<&'a str>,
    tags: &'a [String],
    languages: Vec<&'static str>,
    problems: u32,
}

impl<'a> Line<'a> {
    fn new(entry: &'a Entry) -> Self {
        let moment = entry.date.moment.map(|moment| match moment {
            Moment::Instant(instant) => instant.to_string(),
            Moment::Civil(datetime) => datetime.to_string(),
            Moment::Day(day) => day.to_string(),
        });
        let languages = Language::BOTH.into_iter().filter(|side| entry.languages[*side as usize]);
        Self {
            path: shown(&entry.path),
            title: &entry.titles.given,
            title_zh: entry.titles.chinese.as_deref(),
            title_en: entry.titles.english.as_deref(),
            date: Some(entry.date.written.as_str()).filter(|written| !written.is_empty()),
            moment,
            source: entry.source.as_deref(),
            tags: &entry.tags,
            languages: languages.map(Language::code).collect(),
            problems: entry.problems,
        }
    }
}
