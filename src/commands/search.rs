//! `jianbao search`: searches the texts of a library, newest article first.

use std::io::{self, Write};

use serde::Serialize;

use super::open;
use super::output::{self, Outcome, shown, warn, write_json};
use crate::catalog::{DefaultField, Entry, Snippet};
use crate::cli::SearchArgs;
use crate::error::Error;
use crate::text::Language;

/// How many articles are searched for snippets at a time.
const STEP: u32 = 256;

pub(super) fn run(arguments: &SearchArgs) -> Result<Outcome, Error> {
    let query = open::query(&arguments.query, DefaultField::Text)?;
    let library =
        open::library(arguments.folder.as_deref())?.with_pairing(!arguments.pairing.no_pairing);
    let batch = library.batch(&mut |line| warn(line));
    let count = batch.search(&query, &mut |_| {}).articles.len() as u32;
    output::print(|out| {
        for from in (0..count).step_by(STEP as usize) {
            for snippets in batch
                .snippets(from, STEP, u32::MAX)
                .chunk_by(|one, other| one.id == other.id)
            {
                let Some(entry) = batch.entries.get(snippets[0].id) else {
                    continue;
                };
                snippets
                    .iter()
                    .try_for_each(|snippet| print_snippet(&entry, snippet, arguments.json, out))?;
            }
        }
        Ok(())
    })?;
    Ok(Outcome::from(count > 0))
}

/// A snippet in JSON. `jianbao search --help` documents the fields.
#[derive(Serialize)]
struct SnippetRecord<'a> {
    path: &'a str,
    line: u32,
    lang: &'static str,
    snippet: &'a str,
    hits: Vec<[usize; 2]>,
    title: &'a str,
    date: Option<&'a str>,
}

fn print_snippet(
    entry: &Entry,
    snippet: &Snippet,
    as_json: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let side = snippet.place.side;
    let mate = entry.mate.as_deref().filter(|_| side == Language::English);
    let path = shown(mate.unwrap_or(&entry.path));
    if !as_json {
        return writeln!(
            out,
            "{path}:{}: {}: {}",
            snippet.line,
            side.sign(),
            snippet.text
        );
    }
    let record = SnippetRecord {
        path: &path,
        line: snippet.line,
        lang: side.code(),
        snippet: &snippet.text,
        hits: std::iter::once(&snippet.lit)
            .chain(&snippet.others)
            .map(|lit| [lit.start, lit.end])
            .collect(),
        title: entry.titles.in_language(side),
        date: Some(entry.date.written.as_str()).filter(|written| !written.is_empty()),
    };
    write_json(&record, out)
}
