//! Checks digests for the people whose scripts write them.

mod baseline;
mod levels;
mod output;
mod patch;
mod scan;

use std::collections::HashSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::open;
use super::output::{Outcome, print, warn, wrapped};
use crate::check::{Glossary, Rule};
use crate::cli::{CheckArgs, CheckFormat};
use crate::error::Error;
use crate::library::Files;
use crate::locale::translated;
use crate::shell::SettingsFile;
use baseline::Baseline;
use levels::{Level, Levels};
use scan::{ArticleToCheck, CheckRoot};

/// How wide an explanation is printed, in columns.
const WIDTH: usize = 78;

/// Checks articles and prints what is wrong.
pub(super) fn run(arguments: &CheckArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    if let Some(code) = &arguments.explain {
        return explain(levels::rule(code)?);
    }
    // The command line wins over the settings.
    let settings = file.settings();
    let levels = Levels::new()
        .with(&settings.check_deny, &settings.check_allow)?
        .with(&arguments.deny, &arguments.allow)?;
    let roots = roots(&arguments.paths)?;
    let articles = articles(&roots);
    let path = arguments.baseline.as_deref();
    let known = path
        .filter(|_| !arguments.write_baseline)
        .map(Baseline::read)
        .transpose()?;
    let glossary = arguments.glossary.as_deref().map(glossary).transpose()?;
    let glossary = glossary.unwrap_or_default();
    let mut reports = scan::scan(&roots, &articles, &levels, &glossary);
    if let Some(path) = path.filter(|_| arguments.write_baseline) {
        baseline::write(path, &reports, &roots)?;
        reports.clear();
    }
    if let Some(known) = known {
        known.apply(&mut reports, &roots);
    }
    let outcome = Outcome::from(reports.iter().all(|report| report.level != Level::Error));
    let format = if arguments.json {
        CheckFormat::Json
    } else {
        arguments.format
    };
    let printed = print(|out| match format {
        _ if arguments.diff => patch::print(&reports, &roots, out),
        CheckFormat::Text => output::print_text(&reports, articles.len(), file, out),
        CheckFormat::Json => output::print_json(&reports, out),
        CheckFormat::Sarif => output::print_sarif(&reports, &roots, out),
    });
    match printed {
        // After `| head` the exit code still says what was found, for scripts with `set -o
        // pipefail`.
        Err(error) if error.is_closed_pipe() => Ok(outcome),
        printed => printed.map(|()| outcome),
    }
}

/// Reads a glossary.
fn glossary(path: &Path) -> Result<Glossary, Error> {
    let error = |reason: String| Error::Path {
        path: path.to_owned(),
        reason,
    };
    let text = fs::read_to_string(path).map_err(|reason| match reason.kind() {
        ErrorKind::InvalidData => error(tr!("this is not UTF-8").into()),
        _ => error(crate::library::reason(&reason)),
    })?;
    Glossary::new(&text).map_err(|line| {
        error(tr!(
            "line {number} has no term, tab and rendering",
            number = line
        ))
    })
}

/// Opens the paths named on the command line, or else the current folder.
fn roots(paths: &[PathBuf]) -> Result<Vec<CheckRoot>, Error> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    paths
        .iter()
        .map(|path| {
            Ok(CheckRoot {
                path: path.clone(),
                library: open::library(path)?,
            })
        })
        .collect()
}

/// The articles in the order of their paths, each once.
fn articles(roots: &[CheckRoot]) -> Vec<ArticleToCheck> {
    let mut articles = Vec::new();
    for (index, root) in roots.iter().enumerate() {
        for files in root.library.files(&mut |line| warn(line)) {
            let shown = |path: &Path| {
                let path = root.library.on_disk(path).unwrap_or_else(|| path.into());
                // Findings should be for `a.md`, not `./a.md`.
                path.strip_prefix(".").map(PathBuf::from).unwrap_or(path)
            };
            let shown = Files {
                path: shown(&files.path),
                mate: files.mate.as_deref().map(|mate| shown(mate).into()),
            };
            articles.push(ArticleToCheck {
                root: index,
                files,
                shown,
            });
        }
    }
    articles.sort_by(|a, b| a.shown.path.cmp(&b.shown.path));
    if roots.len() > 1 {
        let mut seen = HashSet::new();
        articles.retain(|article| {
            let path = &article.shown.path;
            seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))
        });
    }
    articles
}

/// Prints what a rule means.
fn explain(rule: Rule) -> Result<Outcome, Error> {
    let rule = rule.info();
    let level = if rule.is_error {
        tr!("error by default")
    } else {
        tr!("note by default")
    };
    let title = tr!(
        "{code} {name}: {title}",
        code = rule.code,
        name = rule.name,
        title = translated(rule.title)
    );
    print(|out| {
        writeln!(out, "{title}\n{level}")?;
        [rule.explanation, rule.help]
            .into_iter()
            .try_for_each(|paragraph| {
                writeln!(
                    out,
                    "\n{}",
                    wrapped(translated(paragraph), WIDTH).join("\n")
                )
            })
    })?;
    Ok(Outcome::Yes)
}
