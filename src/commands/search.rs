//! `jianbao search`: searches titles and texts of a library, the best article first.

use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::open;
use super::output::{self, Outcome, PathRecord, shown, theme, warn, write_json, write_toned};
use crate::bilingual::Text;
use crate::catalog::{Entry, Query, Snippet, SnippetPart, Term};
use crate::cli::SearchArgs;
use crate::error::Error;
use crate::library::{Files, Library};
use crate::shell::SettingsFile;
use crate::text::Language;
use crate::view::{Theme, Tone};

/// How many articles are searched for snippets at a time.
const STEP: u32 = 256;

pub(super) fn run(arguments: &SearchArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let settings = file.settings();
    let mut query = open::query(&arguments.query)?;
    if arguments.word_regexp {
        query.match_whole_words();
    }
    if query.terms().is_empty() {
        return Err(Error::Usage(
            tr!("no words to search for; to list articles by their fields, use `jianbao list --query`")
                .into(),
        ));
    }
    let library = open::library(&arguments.folder)?.with_pairing(settings.pairing);
    let batch = library.batch(&mut |line| warn(line));
    let count = batch.search(&query, &mut |_| {}).articles.len() as u32;
    let case = exact_case(&query, arguments);
    let mut is_any = false;
    output::print(|out| {
        let mut printer = SearchPrinter {
            out,
            arguments,
            library: &library,
            theme: theme(file),
        };
        for from in (0..count).step_by(STEP as usize) {
            let snippets: Vec<Snippet> = batch
                .snippets(from, STEP, u32::MAX)
                .into_iter()
                .filter_map(|snippet| match &case {
                    Some(terms) => in_case(snippet, terms),
                    None => Some(snippet),
                })
                .collect();
            for snippets in snippets.chunk_by(|one, other| one.id == other.id) {
                if let Some(entry) = batch.entries.get(snippets[0].id) {
                    is_any = true;
                    printer.article(&entry, snippets)?;
                }
            }
        }
        Ok(())
    })?;
    if batch.has_failed() {
        return Err(Error::Failed);
    }
    Ok(Outcome::from(is_any))
}

/// The terms whose case has to match: with an option, or because the query has upper case. None if
/// case does not matter.
fn exact_case<'a>(query: &'a Query, arguments: &SearchArgs) -> Option<Vec<&'a Term>> {
    let terms = query.terms();
    let has_upper_case = || {
        terms
            .iter()
            .any(|term| term.text.contains(char::is_uppercase))
    };
    let is_exact = arguments.case_sensitive || !arguments.ignore_case && has_upper_case();
    is_exact.then_some(terms)
}

/// A snippet with only the matches that have the case of a term; none if there is no such match.
fn in_case(mut snippet: Snippet, terms: &[&Term]) -> Option<Snippet> {
    let is_cased = |c: char| c.is_uppercase() || c.is_lowercase();
    let has_case = |range: &Range<usize>| {
        let found = &snippet.text[range.clone()];
        terms.iter().any(|term| {
            found.chars().count() == term.text.chars().count()
                && found
                    .chars()
                    .zip(term.text.chars())
                    .all(|(one, other)| one == other || !is_cased(one))
        })
    };
    let mut matches = std::iter::once(&snippet.lit)
        .chain(&snippet.others)
        .filter(|range| !range.is_empty() && has_case(range))
        .cloned()
        .collect::<Vec<_>>()
        .into_iter();
    snippet.lit = matches.next()?;
    snippet.others = matches.collect();
    Some(snippet)
}

struct SearchPrinter<'a, W> {
    out: &'a mut W,
    arguments: &'a SearchArgs,
    library: &'a Library,
    /// None for plain text.
    theme: Option<Theme>,
}

impl<W: Write> SearchPrinter<'_, W> {
    /// Prints what was found in an article.
    fn article(&mut self, entry: &Entry, snippets: &[Snippet]) -> io::Result<()> {
        let most = self
            .arguments
            .max_count
            .map_or(usize::MAX, |most| most as usize);
        let snippets = &snippets[..snippets.len().min(most)];
        if self.arguments.files_with_matches || self.arguments.count {
            return self.files(entry, snippets);
        }
        let context = (self.arguments.context > 0).then(|| {
            self.library.text(&Files {
                path: entry.path.clone(),
                mate: entry.mate.clone().map(PathBuf::into_boxed_path),
            })
        });
        let mut printed = None;
        for (at, snippet) in snippets.iter().enumerate() {
            let path = self.path(entry, snippet.place.side);
            if self.arguments.json {
                self.json(entry, snippet, &path)?;
                continue;
            }
            let blocks = match (&context, snippet.part) {
                (Some(text), SnippetPart::Text) => Some((text, self.around(text, snippet))),
                _ => None,
            };
            let Some((text, blocks)) = blocks else {
                self.snippet(&path, snippet)?;
                continue;
            };
            // Blocks between two matches are printed once.
            let side = snippet.place.side;
            let block = snippet.place.block as usize;
            let from = match printed {
                Some((last, end)) if last == side && end >= blocks.start => end,
                Some(_) => {
                    writeln!(self.out, "--")?;
                    blocks.start
                }
                None => blocks.start,
            };
            self.blocks(&path, text, side, from..block)?;
            self.snippet(&path, snippet)?;
            let next = snippets[at..]
                .iter()
                .filter(|other| other.part == SnippetPart::Text && other.place.side == side)
                .map(|other| other.place.block as usize)
                .find(|&other| other > block)
                .unwrap_or(usize::MAX);
            let end = blocks.end.min(next);
            self.blocks(&path, text, side, block + 1..end)?;
            printed = Some((side, end.max(from)));
        }
        Ok(())
    }

    /// Prints the names of the files with matches, with their number if it is asked for.
    fn files(&mut self, entry: &Entry, snippets: &[Snippet]) -> io::Result<()> {
        let mut files: Vec<(PathBuf, usize)> = Vec::new();
        for snippet in snippets {
            let path = self.path(entry, snippet.place.side);
            let matches = 1 + snippet.others.len();
            match files.iter_mut().find(|(other, _)| *other == path) {
                Some((_, count)) => *count += matches,
                None => files.push((path, matches)),
            }
        }
        for (path, count) in files {
            write_toned(self.out, self.theme, &shown(&path), Tone::Accent)?;
            if self.arguments.count {
                write!(self.out, ":{count}")?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// The file with the text of a side, as it can be opened from the current folder.
    fn path(&self, entry: &Entry, side: Language) -> PathBuf {
        let mate = entry.mate.as_deref().filter(|_| side == Language::English);
        open::root(self.library).join(mate.unwrap_or(&entry.path))
    }

    /// The blocks around a match.
    fn around(&self, text: &Text, snippet: &Snippet) -> Range<usize> {
        let context = self.arguments.context as usize;
        let block = snippet.place.block as usize;
        let blocks = text
            .document(snippet.place.side)
            .map_or(0, |document| document.blocks.len());
        block.saturating_sub(context)..(block + 1 + context).min(blocks)
    }

    /// Prints the beginnings of blocks around a match.
    fn blocks(
        &mut self,
        path: &Path,
        text: &Text,
        side: Language,
        blocks: Range<usize>,
    ) -> io::Result<()> {
        let Some(document) = text.document(side) else {
            return Ok(());
        };
        for block in blocks {
            let line = document.blocks[block].line;
            let words = document.block_text(block).replace(['\n', '\t'], " ");
            write_toned(self.out, self.theme, &shown(path), Tone::Accent)?;
            writeln!(self.out, "-{line}- {}- {words}", side.sign())?;
        }
        Ok(())
    }

    /// Prints a snippet with its matches highlighted.
    fn snippet(&mut self, path: &Path, snippet: &Snippet) -> io::Result<()> {
        let sign = match snippet.part {
            SnippetPart::Text => snippet.place.side.sign(),
            field => field.name(),
        };
        write_toned(self.out, self.theme, &shown(path), Tone::Accent)?;
        write!(self.out, ":{}: {sign}: ", snippet.line)?;
        let mut from = 0;
        for range in std::iter::once(&snippet.lit).chain(&snippet.others) {
            // Two matches may overlap.
            let start = range.start.max(from);
            if start < range.end {
                write!(self.out, "{}", &snippet.text[from..start])?;
                let found = &snippet.text[start..range.end];
                write_toned(self.out, self.theme, found, Tone::Match)?;
                from = range.end;
            }
        }
        writeln!(self.out, "{}", &snippet.text[from..])
    }

    fn json(&mut self, entry: &Entry, snippet: &Snippet, path: &Path) -> io::Result<()> {
        let side = snippet.place.side;
        let record = SnippetRecord {
            path: PathRecord::new(path),
            line: snippet.line,
            lang: side.code(),
            part: snippet.part.name(),
            snippet: &snippet.text,
            hits: std::iter::once(&snippet.lit)
                .chain(&snippet.others)
                .filter(|range| !range.is_empty())
                .map(|range| [range.start, range.end])
                .collect(),
            title: entry.titles.in_language(side),
            date: Some(entry.date.written.as_str()).filter(|written| !written.is_empty()),
        };
        write_json(&record, self.out)
    }
}

/// A snippet in JSON. `jianbao search --help` documents the fields.
#[derive(Serialize)]
struct SnippetRecord<'a> {
    #[serde(flatten)]
    path: PathRecord,
    line: u32,
    lang: &'static str,
    #[serde(rename = "in")]
    part: &'static str,
    snippet: &'a str,
    hits: Vec<[usize; 2]>,
    title: &'a str,
    date: Option<&'a str>,
}
