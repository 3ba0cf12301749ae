//! Searches the texts of a library, newest article first.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::{Answer, open, tell};
use crate::catalog::{DefaultField, Entry, Query, Snippet};
use crate::cli::SearchArgs;
use crate::error::Error;
use crate::text::{Language, clean_line};

/// The hits of so many articles are cut and printed at a time.
const STEP: u32 = 256;

/// Prints every hit.
///
/// # Errors
/// Where the query has a mistake, the folder cannot be read or the hits not printed.
pub(super) fn run(arguments: &SearchArgs) -> Result<Answer, Error> {
    let query = parse(&arguments.query, DefaultField::Text)?;
    let library = open::library(arguments.folder.as_deref())?.with_pairing(!arguments.pairing.no_pairing);
    let batch = library.batch(&mut |line| tell(line));
    let count = batch.search(&query, &mut |_| {}).articles.len() as u32;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut article: Option<Entry> = None;
    let mut last = None;
    for from in (0..count).step_by(STEP as usize) {
        for hit in batch.snippets(from, STEP, u32::MAX) {
            if last != Some(hit.id) {
                article = batch.entries.get(hit.id);
                last = Some(hit.id);
            }
            if let Some(article) = &article {
                print(article, &hit, arguments.json, &mut out).map_err(Error::Output)?;
            }
        }
    }
    out.flush().map_err(Error::Output)?;
    Ok(if count == 0 { Answer::No } else { Answer::Yes })
}

/// Understands a query of the command line.
///
/// # Errors
/// [`Error::Usage`] with the query and a caret under what is wrong.
pub(super) fn parse(query: &str, default_field: DefaultField) -> Result<Query, Error> {
    Query::parse(query, default_field).map_err(|mistake| {
        let columns = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let before = columns(query.get(..mistake.at.start).unwrap_or(query));
        let wrong = columns(query.get(mistake.at).unwrap_or_default()).max(1);
        let carets = "^".repeat(wrong);
        Error::Usage(format!("{}\n  {}\n  {:before$}{carets}", clean_line(&mistake.reason), clean_line(query), ""))
    })
}

/// One hit in JSON. The names of the fields are promised in `jianbao search --help`.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    line: u32,
    lang: &'static str,
    snippet: &'a str,
    hits: Vec<[usize; 2]>,
    title: &'a str,
    date: Option<&'a str>,
}

fn print(entry: &Entry, hit: &Snippet, as_json: bool, out: &mut impl Write) -> io::Result<()> {
    let mate = entry.mate.as_deref().filter(|_| hit.place.side == Language::English);
    let path = shown(mate.unwrap_or(&entry.path));
    if !as_json {
        return writeln!(out, "{path}:{}: {}: {}", hit.line, hit.place.side.sign(), hit.text);
    }
    let record = Record {
        path: &path,
        line: hit.line,
        lang: hit.place.side.code(),
        snippet: &hit.text,
        hits: std::iter::once(&hit.lit).chain(&hit.others).map(|lit| [lit.start, lit.end]).collect(),
        title: entry.titles.in_language(hit.place.side),
        date: Some(entry.date.written.as_str()).filter(|written| !written.is_empty()),
    };
    serde_json::to_writer(&mut *out, &record)?;
    out.write_all(b"\n")
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}
