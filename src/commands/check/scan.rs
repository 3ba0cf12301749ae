//! Checks all articles, each by itself and then against the others.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::levels::{Level, Levels};
use crate::check::{
    Duplicates, Finding, Inspection, LinkedFile, Rule, TitleAndLink, first_line_with, inspect,
};
use crate::commands::parallel_map::parallel_map;
use crate::library::{Files, Library};
use crate::text::clean_line;

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
    /// Its path as printed.
    pub shown: PathBuf,
}

/// A finding to print.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub article: &'a ArticleToCheck,
    pub finding: Finding,
    pub level: Level,
}

/// The findings in one article by itself.
struct ArticleReport {
    findings: Vec<Finding>,
    title_and_link: TitleAndLink,
}

/// A title or link that an earlier article has too.
struct Duplicate {
    article: usize,
    rule: Rule,
    words: String,
    first: usize,
}

/// Checks every article. The findings come in the order of paths and lines.
pub(super) fn scan<'a>(
    roots: &[CheckRoot],
    articles: &'a [ArticleToCheck],
    levels: &Levels,
) -> Vec<Report<'a>> {
    let (mut findings, mut duplicates) = check_each(roots, articles, levels);
    duplicates.retain(|duplicate| levels.is_on(duplicate.rule));
    // These files are read again, for the line of the title or link. There are few as a rule.
    let work = |duplicate: &Duplicate| duplicate_finding(duplicate, articles, roots);
    for (duplicate, finding) in parallel_map(&duplicates, work) {
        findings.extend(finding.map(|finding| (duplicate.article, finding)));
    }
    findings.retain(|(_, finding)| levels.is_on(finding.rule));
    findings.sort_by_key(|(article, finding)| (*article, finding.line, finding.rule));
    let report = |(article, finding): (usize, Finding)| Report {
        article: &articles[article],
        level: levels.of(finding.rule),
        finding,
    };
    findings.into_iter().map(report).collect()
}

/// The findings in each article by itself, with its index, and the titles and links that two
/// articles have.
fn check_each(
    roots: &[CheckRoot],
    articles: &[ArticleToCheck],
    levels: &Levels,
) -> (Vec<(usize, Finding)>, Vec<Duplicate>) {
    let mut progress = ProgressBar::new(articles.len());
    let mut known = Duplicates::default();
    let mut findings = Vec::new();
    let mut duplicates = Vec::new();
    let indices: Vec<usize> = (0..articles.len()).collect();
    let work = |&index: &usize| check_one(&roots[articles[index].root], &articles[index], levels);
    for (&index, report) in parallel_map(&indices, work) {
        if let Some(report) = report {
            findings.extend(report.findings.into_iter().map(|finding| (index, finding)));
            for (rule, first) in known.add(index, &report.title_and_link) {
                let TitleAndLink { title, link } = &report.title_and_link;
                let words = if rule == Rule::DuplicateTitle {
                    title
                } else {
                    link
                };
                duplicates.push(Duplicate {
                    article: index,
                    rule,
                    words: words.clone().unwrap_or_default(),
                    first,
                });
            }
        } else {
            let message = "jianbao failed on this file; please report it";
            findings.push((index, Finding::new(Rule::UnreadableFile, 1, message.into())));
        }
        progress.show(index + 1);
    }
    (findings, duplicates)
}

fn check_one(root: &CheckRoot, article: &ArticleToCheck, levels: &Levels) -> ArticleReport {
    let text = root.library.text(&article.files);
    let Inspection {
        mut findings,
        linked_files,
    } = inspect(&text);
    if let Some(path) = root.library.on_disk(&article.files.path) {
        let folder = path.parent().unwrap_or(Path::new(""));
        findings.extend(
            linked_files
                .iter()
                .filter_map(|file| missing_file(folder, file, levels)),
        );
    }
    let stem = article
        .files
        .path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    ArticleReport {
        findings,
        title_and_link: TitleAndLink::new(&text.article, &stem),
    }
}

/// The finding of a linked file that does not exist. The file is never opened.
fn missing_file(folder: &Path, file: &LinkedFile, levels: &Levels) -> Option<Finding> {
    let rule = if file.image {
        Rule::DeadImage
    } else {
        Rule::DeadLink
    };
    if !levels.is_on(rule) {
        return None;
    }
    let error = fs::metadata(folder.join(&file.path)).err()?;
    let message = format!("{} does not exist", clean_line(&file.path));
    is_missing(&error).then(|| Finding::new(rule, file.line, message))
}

/// Whether an error says that a file does not exist, and not that looking for it is forbidden.
fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound
            | ErrorKind::NotADirectory
            | ErrorKind::InvalidInput
            | ErrorKind::InvalidFilename
    )
}

fn duplicate_finding(
    duplicate: &Duplicate,
    articles: &[ArticleToCheck],
    roots: &[CheckRoot],
) -> Finding {
    let Duplicate {
        article,
        rule,
        words,
        first,
    } = duplicate;
    let article = &articles[*article];
    let line = first_line_with(
        &roots[article.root].library.source(&article.files.path),
        words,
    );
    let what = if *rule == Rule::DuplicateTitle {
        "title"
    } else {
        "link"
    };
    let first = articles[*first].shown.to_string_lossy();
    Finding::new(
        *rule,
        line,
        format!("{} also has the {what} “{words}”", clean_line(&first)),
    )
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
    format!(
        "checking {}{} {done} of {total} articles",
        "━".repeat(full),
        "─".repeat(BAR_WIDTH - full)
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
