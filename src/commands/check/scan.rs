//! Checks all articles, each by itself and then against the others.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::levels::{Level, Levels};
use crate::check::{
    Finding, Glossary, Identity, Inspection, LinkedFile, NamePair, Rule, Suppressions,
    disagreeing_names, first_line_with, identities, inspect,
};
use crate::commands::output::shown;
use crate::commands::parallel_map::parallel_map;
use crate::library::{Files, Library};
use crate::text::{Language, clean_line};

/// A folder or a file named on the command line.
#[derive(Debug)]
pub(super) struct CheckRoot {
    pub path: PathBuf,
    pub library: Library,
}

#[derive(Debug)]
pub(super) struct ArticleToCheck {
    /// The index of its root.
    pub root: usize,
    /// Its files as the library names them.
    pub files: Files,
    /// Its files as printed.
    pub shown: Files,
}

/// A finding to print.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub article: &'a ArticleToCheck,
    pub finding: Finding,
    pub level: Level,
}

impl Report<'_> {
    /// The file with it, as printed.
    pub(super) fn file(&self) -> &Path {
        self.article.shown.of(self.finding.side)
    }

    /// The line of the paragraph in the other language, with its file as printed.
    pub(super) fn related(&self) -> Option<(&Path, u32)> {
        let other = self.finding.side.map(Language::other);
        let line = self.finding.related_line?;
        Some((self.article.shown.of(other), line))
    }

    /// The text of the file with it; empty if that cannot be read.
    pub(super) fn source(&self, roots: &[CheckRoot]) -> String {
        let file = self.article.files.of(self.finding.side);
        roots[self.article.root].library.source(file)
    }
}

/// A title or link that an earlier article has too.
struct Duplicate {
    article: usize,
    first: usize,
    identity: Identity,
}

/// Checks every article. The findings come in the order of paths and lines.
pub(super) fn scan<'a>(
    roots: &[CheckRoot],
    articles: &'a [ArticleToCheck],
    levels: &Levels,
    glossary: &Glossary,
) -> Vec<Report<'a>> {
    let Findings {
        of_articles: mut findings,
        mut duplicates,
        names,
    } = check_each(roots, articles, levels, glossary);
    findings.extend(disagreeing_names(&names, glossary));
    duplicates.retain(|duplicate| levels.is_on(duplicate.identity.rule));
    // These files are read again, for the line of the title or link. There are few as a rule.
    let work = |duplicate: &Duplicate| duplicate_finding(duplicate, articles, roots);
    for (duplicate, finding) in parallel_map(&duplicates, work) {
        findings.extend(finding.map(|finding| (duplicate.article, finding)));
    }
    findings.retain(|(_, finding)| levels.is_on(finding.rule));
    findings.sort_by_key(|(article, finding)| {
        let is_second = is_in_second_file(&articles[*article], finding);
        (*article, is_second, finding.line, finding.rule)
    });
    drop_suppressed(&mut findings, articles, roots);
    let report = |(article, finding): (usize, Finding)| Report {
        article: &articles[article],
        level: levels.of(finding.rule),
        finding,
    };
    findings.into_iter().map(report).collect()
}

/// Leaves out what comments in the files silence. Findings come in the order of articles.
fn drop_suppressed(
    findings: &mut Vec<(usize, Finding)>,
    articles: &[ArticleToCheck],
    roots: &[CheckRoot],
) {
    let mut found: Vec<usize> = findings.iter().map(|(article, _)| *article).collect();
    found.sort_unstable();
    found.dedup();
    let read = |article: &usize| {
        let ArticleToCheck { root, files, .. } = &articles[*article];
        let library = &roots[*root].library;
        Suppressions::new(files.paths().map(|path| library.source(path)))
    };
    let comments: HashMap<usize, Suppressions> = parallel_map(&found, read)
        .filter_map(|(article, comments)| Some((*article, comments?)))
        .collect();
    findings.retain(|(article, finding)| {
        let comments = comments.get(article);
        !comments.is_some_and(|comments| comments.cover(finding))
    });
}

/// Whether a finding is in the second file of an article.
fn is_in_second_file(article: &ArticleToCheck, finding: &Finding) -> bool {
    article.files.mate.is_some() && finding.side == Some(Language::English)
}

/// The findings in all articles, with their indices.
#[derive(Default)]
struct Findings {
    /// In each article by itself.
    of_articles: Vec<(usize, Finding)>,
    /// The titles and links that two articles have.
    duplicates: Vec<Duplicate>,
    /// The foreign names.
    names: Vec<(usize, NamePair)>,
}

fn check_each(
    roots: &[CheckRoot],
    articles: &[ArticleToCheck],
    levels: &Levels,
    glossary: &Glossary,
) -> Findings {
    let mut progress = ProgressBar::new(articles.len());
    let mut known: HashMap<(Rule, String), usize> = HashMap::new();
    let mut all = Findings::default();
    let work =
        |article: &ArticleToCheck| check_one(&roots[article.root], article, levels, glossary);
    for (article, (_, report)) in parallel_map(articles, work).enumerate() {
        let (found, identities, names) = report.unwrap_or_else(|| {
            let message = tr!("jianbao failed on this file; please report it");
            let finding = Finding::new(Rule::UnreadableFile, 1, message.into());
            (vec![finding], Vec::new(), Vec::new())
        });
        let of_article = |finding| (article, finding);
        all.of_articles.extend(found.into_iter().map(of_article));
        all.names
            .extend(names.into_iter().map(|name| (article, name)));
        for identity in identities {
            let key = (identity.rule, identity.key.clone());
            let first = *known.entry(key).or_insert(article);
            if first != article {
                all.duplicates.push(Duplicate {
                    article,
                    first,
                    identity,
                });
            }
        }
        progress.show(article + 1);
    }
    all
}

/// The findings in an article by itself, what no other article should have, and the names that others should render
/// alike.
fn check_one(
    root: &CheckRoot,
    article: &ArticleToCheck,
    levels: &Levels,
    glossary: &Glossary,
) -> (Vec<Finding>, Vec<Identity>, Vec<NamePair>) {
    let text = root.library.text(&article.files);
    let Inspection {
        mut findings,
        linked_files,
        names,
    } = inspect(&text, glossary);
    let mut known = HashSet::new();
    for file in &linked_files {
        let path = root.library.on_disk(article.files.of(Some(file.side)));
        let Some(path) = path.filter(|_| levels.is_on(rule_of_missing(file))) else {
            continue;
        };
        let target = path.parent().unwrap_or(Path::new("")).join(&file.path);
        if known.insert((target.clone(), file.image)) {
            findings.extend(missing_file(&target, file));
        }
    }
    let path = &article.files.path;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    (findings, identities(&text.article, &stem), names)
}

const fn rule_of_missing(file: &LinkedFile) -> Rule {
    if file.image {
        Rule::DeadImage
    } else {
        Rule::DeadLink
    }
}

/// The finding of a linked file whose target does not exist. The file is never opened.
fn missing_file(target: &Path, file: &LinkedFile) -> Option<Finding> {
    let error = fs::metadata(target).err()?;
    // Not if looking for it is forbidden.
    let is_missing = matches!(
        error.kind(),
        ErrorKind::NotFound
            | ErrorKind::NotADirectory
            | ErrorKind::InvalidInput
            | ErrorKind::InvalidFilename
    );
    let message = tr!("{file} does not exist", file = clean_line(&file.path));
    is_missing.then(|| Finding {
        side: Some(file.side),
        ..Finding::new(rule_of_missing(file), file.line, message)
    })
}

fn duplicate_finding(
    duplicate: &Duplicate,
    articles: &[ArticleToCheck],
    roots: &[CheckRoot],
) -> Finding {
    let article = &articles[duplicate.article];
    let Identity { rule, words, .. } = &duplicate.identity;
    let source = roots[article.root].library.source(&article.files.path);
    let file = shown(&articles[duplicate.first].shown.path);
    let message = if *rule == Rule::DuplicateTitle {
        tr!(
            "{file} also has the title “{words}”",
            file = file,
            words = words
        )
    } else {
        tr!(
            "{file} also has the link “{words}”",
            file = file,
            words = words
        )
    };
    Finding::new(*rule, first_line_with(&source, words), message)
}

/// A shorter check shows no bar.
const BAR_DELAY: Duration = Duration::from_millis(300);
/// The time between two drawings.
const BAR_PERIOD: Duration = Duration::from_millis(100);
const BAR_WIDTH: usize = 24;

/// A bar on standard error, if that is a terminal. It is erased when dropped.
#[derive(Debug)]
struct ProgressBar {
    total: usize,
    next: Option<Instant>,
    is_shown: bool,
}

impl ProgressBar {
    fn new(total: usize) -> Self {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let next = (io::stderr().is_terminal() && !is_dumb).then(|| Instant::now() + BAR_DELAY);
        Self {
            total,
            next,
            is_shown: false,
        }
    }

    /// Draws the bar if it is time.
    fn show(&mut self, done: usize) {
        let Some(next) = self.next else { return };
        let now = Instant::now();
        if now >= next {
            self.next = Some(now + BAR_PERIOD);
            self.is_shown = true;
            // The check goes on without the bar.
            let _ = write!(io::stderr(), "\r{}\x1b[K", bar(done, self.total));
        }
    }
}

impl Drop for ProgressBar {
    fn drop(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn bar(done: usize, total: usize) -> String {
    let full = (done * BAR_WIDTH)
        .checked_div(total)
        .unwrap_or(0)
        .min(BAR_WIDTH);
    tr!(
        "checking {bar} {count} of {total} articles",
        bar = "━".repeat(full) + &"─".repeat(BAR_WIDTH - full),
        count = done,
        total = total
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills() {
        assert_eq!(
            bar(1, 2),
            format!(
                "checking {}{} 1 of 2 articles",
                "━".repeat(12),
                "─".repeat(12)
            )
        );
        assert!(bar(0, 0).contains(&"─".repeat(24)) && bar(9, 9).contains(&"━".repeat(24)));
    }
}
