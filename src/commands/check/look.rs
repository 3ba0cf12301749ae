//! The look at all articles, on two threads, and what only shows between them.

use std::convert::Infallible;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::levels::Levels;
use super::progress::Progress;
use super::{Item, Root, Told};
use crate::check::{Duplicates, Finding, Inspection, Named, Rule, Target, first_line_with, inspect};
use crate::commands::each::each;
use crate::text::clean_line;

/// What was found in one article.
struct Looked {
    findings: Vec<Finding>,
    named: Named,
}

/// A title or link of an article that was met before.
struct Again {
    at: usize,
    rule: Rule,
    words: String,
    first: usize,
}

/// Looks at every article; the findings come in the order of paths and lines.
pub(super) fn look<'a>(roots: &[Root], items: &'a [Item], levels: Levels) -> Vec<Told<'a>> {
    let (mut found, again) = look_at_each(roots, items, levels);
    // Few articles need a second look as a rule, for the line on which the title or link stands.
    let second = |again: &Again| duplicate(again, items, roots);
    let Ok(()) = each(&again, second, |again, finding| {
        found.extend(finding.map(|finding| (again.at, finding)));
        Ok::<(), Infallible>(())
    });
    found.retain(|(_, finding)| levels.is_told(finding.rule));
    found.sort_by_key(|(at, finding)| (*at, finding.line, finding.rule));
    let told = |(at, finding): (usize, Finding)| Told { item: &items[at], level: levels.of(finding.rule), finding };
    found.into_iter().map(told).collect()
}

/// What each article shows by itself, and what shows between them.
fn look_at_each(roots: &[Root], items: &[Item], levels: Levels) -> (Vec<(usize, Finding)>, Vec<Again>) {
    let mut progress = Progress::new(items.len());
    let mut duplicates = Duplicates::default();
    let (mut found, mut again) = (Vec::new(), Vec::new());
    let indices: Vec<usize> = (0..items.len()).collect();
    let work = |index: &usize| one(&roots[items[*index].root], &items[*index], levels);
    let Ok(()) = each(&indices, work, |&at, looked| {
        if let Some(Looked { findings, named }) = looked {
            found.extend(findings.into_iter().map(|finding| (at, finding)));
            for (rule, first) in duplicates.add(at, &named) {
                let words = if rule == Rule::DuplicateTitle { &named.title } else { &named.link };
                again.push(Again { at, rule, words: words.clone().unwrap_or_default(), first });
            }
        } else {
            let message = "the program failed on this file, which is a flaw of the program: please report it";
            found.push((at, Finding::new(Rule::UnreadableFile, 1, message.into())));
        }
        progress.show(at + 1);
        Ok::<(), Infallible>(())
    });
    again.retain(|again| levels.is_told(again.rule));
    (found, again)
}

fn one(root: &Root, item: &Item, levels: Levels) -> Looked {
    let text = root.library.text(&item.files);
    let Inspection { mut findings, targets } = inspect(&text);
    if let Some(path) = root.library.on_disk(&item.files.path) {
        let folder = path.parent().unwrap_or(Path::new(""));
        findings.extend(targets.iter().filter_map(|target| dead(folder, target, levels)));
    }
    let stem = item.files.path.file_stem().unwrap_or_default().to_string_lossy();
    Looked { findings, named: Named::new(&text.article, &stem) }
}

/// The finding of a target that is not there. It is asked after, never opened.
fn dead(folder: &Path, target: &Target, levels: Levels) -> Option<Finding> {
    let (rule, what) = if target.image { (Rule::DeadImage, "image") } else { (Rule::DeadLink, "file") };
    if !levels.is_told(rule) {
        return None;
    }
    let is_dead = match fs::metadata(folder.join(&target.path)) {
        Ok(_) => false,
        Err(error) => is_absent(&error),
    };
    let path = clean_line(&target.path);
    is_dead.then(|| Finding::new(rule, target.line, format!("there is no {what} {path} beside the article")))
}

/// Whether an error says that there is no such file, and not that one may not look.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput | ErrorKind::InvalidFilename
    )
}

fn duplicate(again: &Again, items: &[Item], roots: &[Root]) -> Finding {
    let Again { at, rule, words, first } = again;
    let item = &items[*at];
    let line = first_line_with(&roots[item.root].library.source(&item.files.path), words);
    let what = if *rule == Rule::DuplicateTitle { "title" } else { "link" };
    let first = items[*first].shown.to_string_lossy();
    Finding::new(*rule, line, format!("the {what} “{words}” is that of {} as well", clean_line(&first)))
}
