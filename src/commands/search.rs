//! Searches the texts of a library, newest article first.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use jiff::ZonedDateTime;
use serde::Serialize;

use super::each::each;
use super::{Answer, list, open};
use crate::bilingual::Text;
use crate::catalog::{Bare, Condition, Context, Entries, Entry, EntryId, Marks, Order, Query, Tier, evaluate};
use crate::cli::SearchArgs;
use crate::error::Error;
use crate::library::{Cut, Files, Library, Needle, around, fold_text};
use crate::text::{Language, clean_line};

/// Prints every hit.
///
/// # Errors
/// Where the query has a mistake, the folder cannot be read or the hits not printed.
pub(super) fn run(arguments: &SearchArgs) -> Result<Answer, Error> {
    let query = parse(&arguments.query, Bare::Text)?;
    let library = open::library(arguments.folder.as_deref())?.with_pairing(!arguments.pairing.no_pairing);
    let mut entries = list::gather(library.clone());
    let found = matching(&query, &library, &mut entries);
    let needles: Vec<Needle> = query.texts().into_iter().filter_map(Needle::new).collect();
    let articles: Vec<Entry> = found.into_iter().filter_map(|id| entries.get(id)).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let print = |entry: &Entry, hits: Option<Vec<Hit>>| {
        hits.into_iter().flatten().try_for_each(|hit| print(entry, &hit, arguments.json, &mut out))
    };
    each(&articles, |entry| hits(&library.text(&files(entry)), &needles), print).map_err(Error::Output)?;
    out.flush().map_err(Error::Output)?;
    Ok(if articles.is_empty() { Answer::No } else { Answer::Yes })
}

/// Understands a query of the command line.
///
/// # Errors
/// [`Error::Usage`] with the query and a caret under what is wrong.
pub(super) fn parse(query: &str, bare: Bare) -> Result<Query, Error> {
    Query::parse(query, bare).map_err(|mistake| {
        let columns = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let before = columns(query.get(..mistake.at.start).unwrap_or(query));
        let wrong = columns(query.get(mistake.at).unwrap_or_default()).max(1);
        let carets = "^".repeat(wrong);
        Error::Usage(format!("{}\n  {}\n  {:before$}{carets}", clean_line(&mistake.reason), clean_line(query), ""))
    })
}

/// The entries that satisfy a query, newest first. The articles are read where the query asks for their texts.
pub(super) fn matching(query: &Query, library: &Library, entries: &mut Entries) -> Vec<EntryId> {
    let mut order = entries.sorted(Order::Date, Language::Chinese);
    let mut texts = Vec::new();
    query.condition.iter().for_each(|condition| collect(condition, &mut texts));
    let holding = holding(&texts, library, entries, &order);
    let marks = Marks::default();
    let context = Context { marks: &marks, today: ZonedDateTime::now().date(), last_visit: None, with_pinyin: true };
    let tiers = evaluate(query, entries, &context, &mut |text| holding.get(text).cloned().unwrap_or_default());
    order.retain(|id| tiers.get(id.0 as usize).is_some_and(|&tier| tier != Tier::None));
    order
}

/// The texts of a condition, wanted or forbidden.
fn collect<'a>(condition: &'a Condition, texts: &mut Vec<&'a str>) {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|one| collect(one, texts)),
        Condition::Not(one) => collect(one, texts),
        Condition::Text(text) => texts.push(text),
        _ => {}
    }
}

/// Which entries hold each text, by number; each article is read once.
fn holding<'a>(
    texts: &[&'a str],
    library: &Library,
    entries: &Entries,
    ids: &[EntryId],
) -> HashMap<&'a str, Vec<bool>> {
    if texts.is_empty() {
        return HashMap::new();
    }
    let needles: Vec<Option<Needle>> = texts.iter().map(|text| Needle::new(text)).collect();
    let mut holding = vec![vec![false; entries.bound() as usize]; texts.len()];
    let look = |id: &EntryId| {
        let blocks = blocks(&library.text(&files(&entries.get(*id)?)));
        let holds = |needle: &Option<Needle>| {
            needle.as_ref().is_none_or(|needle| blocks.iter().any(|block| needle.is_in(block.as_bytes())))
        };
        Some(needles.iter().map(holds).collect::<Vec<bool>>())
    };
    let taken: Result<(), ()> = each(ids, look, |id, held| {
        for (all, holds) in holding.iter_mut().zip(held.flatten().unwrap_or_default()) {
            all[id.0 as usize] = holds;
        }
        Ok(())
    });
    debug_assert!(taken.is_ok());
    texts.iter().copied().zip(holding).collect()
}

/// The folded texts of all blocks.
fn blocks(text: &Text) -> Vec<String> {
    let documents = Language::BOTH.into_iter().filter_map(|side| text.document(side));
    documents.flat_map(|one| (0..one.blocks.len()).map(|block| fold_text(one.block_text(block)))).collect()
}

fn files(entry: &Entry) -> Files {
    Files { path: entry.path.clone(), mate: entry.mate.clone().map(Into::into) }
}

/// A hit: the line of the file on which its block begins, counted from 1, its language, and the words around it.
#[derive(Debug)]
struct Hit {
    line: u32,
    side: Language,
    cut: Cut,
}

/// All hits in an article, in the order of its text.
fn hits(text: &Text, needles: &[Needle]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for side in Language::BOTH {
        let Some(document) = text.document(side) else { continue };
        for (index, block) in document.blocks.iter().enumerate() {
            let words = document.block_text(index);
            let folded = fold_text(words);
            let mut found: Vec<_> = needles.iter().flat_map(|needle| needle.find_in(folded.as_bytes())).collect();
            found.sort_by_key(|range| (range.start, range.end));
            found.dedup();
            hits.extend(found.into_iter().map(|range| Hit { line: block.line, side, cut: around(words, range) }));
        }
    }
    hits
}

/// One hit in JSON. The names of the fields are promised in `jianbao search --help`.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    line: u32,
    lang: &'static str,
    snippet: &'a str,
    start: usize,
    end: usize,
    title: &'a str,
    date: Option<&'a str>,
}

fn print(entry: &Entry, hit: &Hit, as_json: bool, out: &mut impl Write) -> io::Result<()> {
    let mate = entry.mate.as_deref().filter(|_| hit.side == Language::English);
    let path = shown(mate.unwrap_or(&entry.path));
    if !as_json {
        return writeln!(out, "{path}:{}: {}: {}", hit.line, hit.side.sign(), hit.cut.text);
    }
    let record = Record {
        path: &path,
        line: hit.line,
        lang: hit.side.code(),
        snippet: &hit.cut.text,
        start: hit.cut.lit.start,
        end: hit.cut.lit.end,
        title: entry.titles.in_language(hit.side),
        date: Some(entry.date.written.as_str()).filter(|written| !written.is_empty()),
    };
    serde_json::to_writer(&mut *out, &record)?;
    out.write_all(b"\n")
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}
