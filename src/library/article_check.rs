//! The thread that finds which of the articles on the screen have languages that disagree on a figure, how long
//! they are, and what a check notes about them.

use std::time::{Duration, Instant};

use super::shared::Shared;
use super::source::shown;
use crate::bilingual::Text;
use crate::catalog::{ArticleCheck, EntryId, Update};
use crate::check::{Finding, Glossary, Suppressions, inspect};
use crate::locale::translated;
use crate::text::Language;

/// Articles are checked once the request has not changed for this long, so that scrolling past them
/// costs nothing.
const QUIET: Duration = Duration::from_millis(150);
/// How often results are sent.
const BATCH: Duration = Duration::from_millis(100);

/// Checks the requested articles until the mailbox is closed; a newer request replaces the last
/// one. Long texts are not checked and count as agreeing.
pub(super) fn run(shared: &Shared, on_update: &impl Fn(Update)) {
    let requests = &shared.figures;
    let is_replaced = || requests.is_closed() || requests.with(|newer| newer.is_some());
    while let Some(ids) = requests.take(Option::take) {
        requests.wait_until(QUIET, Option::is_some);
        let mut results = Vec::new();
        let mut sent_at = Instant::now();
        for id in ids {
            if is_replaced() {
                break;
            }
            if let Some(text) = shared.text(id) {
                results.push(ArticleCheck {
                    id,
                    disagrees: disagrees(shared, id, &text),
                    minutes: Language::BOTH.map(|side| text.minutes(side)),
                    notes: notes(shared, id, &text),
                });
            }
            if sent_at.elapsed() >= BATCH {
                on_update(Update::ArticlesChecked(std::mem::take(&mut results)));
                sent_at = Instant::now();
            }
        }
        if !results.is_empty() {
            on_update(Update::ArticlesChecked(results));
        }
    }
}

/// Whether any figures of a text disagree that the reader did not accept.
fn disagrees(shared: &Shared, id: EntryId, text: &Text) -> bool {
    if !text.is_quick() || text.disagreements().is_empty() {
        return false;
    }
    let remembered = shared
        .files(id)
        .and_then(|files| shared.store.article(&files.path));
    let accepted = remembered.unwrap_or_default().accepted;
    let is_open = |one| !accepted.contains(&text.disagreement_key(one));
    text.disagreements().iter().any(is_open)
}

/// What a check notes about an article: its findings that are no errors and no problems of reading, unless a comment
/// silences them. None for a long text.
fn notes(shared: &Shared, id: EntryId, text: &Text) -> Vec<String> {
    if !text.is_quick() {
        return Vec::new();
    }
    let mut findings = inspect(text, &Glossary::default()).findings;
    findings.retain(|finding| !finding.rule.info().is_error && !finding.rule.is_of_problem());
    let Some(files) = shared.files(id).filter(|_| !findings.is_empty()) else {
        return Vec::new();
    };
    let sources = files.paths().map(|path| shared.library.source(path));
    let comments = Suppressions::new(sources);
    findings.retain(|finding| !comments.cover(finding));
    let line = |finding: Finding| {
        let title = translated(finding.rule.info().title);
        let line = tr!("line {line}: {reason}", line = finding.line, reason = title);
        let line = format!("{line}: {}", finding.message);
        match (&files.mate, finding.side) {
            (Some(mate), Some(Language::English)) => {
                tr!("in {file}: {reason}", file = shown(mate), reason = line)
            }
            _ => line,
        }
    };
    findings.into_iter().map(line).collect()
}
