//! Looks for what is wrong in digests, for the one whose script makes them.

mod json;
mod levels;
mod look;
mod plain;
mod progress;
mod sarif;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::{Answer, open, tell};
use crate::check::{Finding, Rule};
use crate::cli::{CheckArgs, CheckFormat};
use crate::error::Error;
use crate::library::{Files, Library};
use levels::{Level, Levels};

/// Somewhere to look: a folder or a file as named on the command line.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    library: Library,
}

/// An article to look at.
#[derive(Debug)]
struct Item {
    /// Which root it belongs to.
    root: usize,
    /// Its files as the library takes them.
    files: Files,
    /// Its path as it is told.
    shown: PathBuf,
}

/// Something found in an article, with how bad it is taken to be.
#[derive(Debug)]
struct Told<'a> {
    item: &'a Item,
    finding: Finding,
    level: Level,
}

/// Looks, and tells what was found.
///
/// # Errors
/// Where a path cannot be looked at, a code is unknown, or the findings cannot be printed.
pub(super) fn run(arguments: &CheckArgs) -> Result<Answer, Error> {
    if let Some(code) = &arguments.explain {
        return explain(levels::rule(code)?);
    }
    let levels = Levels::new(&arguments.deny, &arguments.allow)?;
    let roots = roots(&arguments.paths)?;
    let items = items(&roots);
    let told = look::look(&roots, &items, levels);
    let answer = if told.iter().any(|told| told.level == Level::Denied) { Answer::No } else { Answer::Yes };
    match print(arguments, &roots, &items, &told) {
        // Nobody reads on, but the answer stands, for the sake of a script's `set -o pipefail`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(answer),
        outcome => outcome.map(|()| answer).map_err(Error::Output),
    }
}

fn print(arguments: &CheckArgs, roots: &[Root], items: &[Item], told: &[Told<'_>]) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match if arguments.json { CheckFormat::Json } else { arguments.format } {
        CheckFormat::Text => plain::print(told, items.len(), arguments.color, &mut out)?,
        CheckFormat::Json => json::print(told, &mut out)?,
        CheckFormat::Sarif => sarif::print(told, roots, &mut out)?,
    }
    out.flush()
}

/// Opens what is named on the command line, else the folder one is in.
fn roots(paths: &[PathBuf]) -> Result<Vec<Root>, Error> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    paths.iter().map(|path| Ok(Root { path: path.clone(), library: open::library(Some(path))? })).collect()
}

/// The articles in the order of their paths; one that is named twice is looked at once.
fn items(roots: &[Root]) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, root) in roots.iter().enumerate() {
        for files in root.library.files(&mut |line| tell(line)) {
            let shown = root.library.on_disk(&files.path).unwrap_or_else(|| files.path.clone());
            // `./a.md` is `a.md` to everyone but a command line.
            let shown = shown.strip_prefix(".").map(PathBuf::from).unwrap_or(shown);
            items.push(Item { root: index, files, shown });
        }
    }
    items.sort_by(|a, b| a.shown.cmp(&b.shown));
    if roots.len() > 1 {
        let mut met = std::collections::HashSet::new();
        items.retain(|item| met.insert(item.shown.canonicalize().unwrap_or_else(|_| item.shown.clone())));
    }
    items
}

/// Prints what a code means.
fn explain(rule: Rule) -> Result<Answer, Error> {
    let level = if rule.is_denied() { "denied, unless allowed" } else { "a note, unless denied" };
    let mut text = format!("{} {}: {}\n{level}\n\n", rule.code(), rule.name(), rule.title());
    for paragraph in [rule.explanation(), rule.help()] {
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if column > 0 {
                let fits = column + 1 + length <= 78;
                text.push(if fits { ' ' } else { '\n' });
                column = if fits { column + 1 } else { 0 };
            }
            text.push_str(word);
            column += length;
        }
        text.push_str("\n\n");
    }
    io::stdout()
        .lock()
        .write_all(text.trim_end().as_bytes())
        .and_then(|()| io::stdout().write_all(b"\n"))
        .map_err(Error::Output)?;
    Ok(Answer::Yes)
}
