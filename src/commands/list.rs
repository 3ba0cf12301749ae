//! Lists the articles of a library, newest first.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::{Answer, open, search, tell};
use crate::catalog::{DefaultField, Entries, Entry, EntryId, Order};
use crate::cli::ListArgs;
use crate::digest::Moment;
use crate::error::Error;
use crate::text::{Language, clean_line};

/// Prints the list; with a query, of what satisfies it.
///
/// # Errors
/// Where the query has a mistake, the folder cannot be read or the list not printed.
pub(super) fn run(arguments: &ListArgs) -> Result<Answer, Error> {
    let query = arguments.query.as_deref().map(|query| search::parse(query, DefaultField::Word)).transpose()?;
    let library = open::library(arguments.folder.as_deref())?.with_pairing(!arguments.pairing.no_pairing);
    let batch = library.batch(&mut |line| tell(line));
    let order = match &query {
        Some(query) => batch.matching(query),
        None => batch.entries.sorted(Order::Date, arguments.lang.into()),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    print(&batch.entries, &order, arguments, &mut out).and_then(|()| out.flush()).map_err(Error::Output)?;
    Ok(if query.is_some() && order.is_empty() { Answer::No } else { Answer::Yes })
}

fn print(entries: &Entries, order: &[EntryId], arguments: &ListArgs, out: &mut impl Write) -> io::Result<()> {
    for id in order {
        let Some(entry) = entries.get(*id) else { continue };
        if arguments.json {
            serde_json::to_writer(&mut *out, &Line::new(&entry))?;
            out.write_all(b"\n")?;
        } else {
            let day = entries.day(*id).map_or_else(|| "----------".into(), |day| day.to_string());
            print_plain(&entry, &day, arguments.lang.into(), out)?;
        }
    }
    Ok(())
}

fn print_plain(entry: &Entry, day: &str, language: Language, out: &mut impl Write) -> io::Result<()> {
    let sign = |side: Language| if entry.languages[side as usize] { side.sign() } else { "--" };
    let mark = if entry.problems > 0 { '!' } else { ' ' };
    let [chinese, english] = Language::BOTH.map(sign);
    write!(out, "{day}  {chinese} {english} {mark} {}", entry.titles.in_language(language))?;
    let path = shown(&entry.path);
    let mate = entry.mate.as_deref().map(shown);
    for part in [entry.source.as_deref(), Some(&*path), mate.as_deref()].into_iter().flatten() {
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
    path_en: Option<String>,
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
            path_en: entry.mate.as_deref().map(shown),
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
