//! The look at all articles, on two threads, and what only shows between them.

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

/// Looks at every article; the findings come in the order of paths and lines.
pub(super) fn look<'a>(roots: &[Root], items: &'a [Item], levels: Levels) -> Vec<Told<'a>> {
    let mut progress = Progress::new(items.len());
    let mut duplicates = Duplicates::default();
    let mut told = Vec::new();
    let mut index = 0;
    let indices: Vec<usize> = (0..items.len()).collect();
    let work = |index: &usize| one(&roots[items[*index].root], &items[*index], levels);
    let done: Result<(), std::convert::Infallible> = each(&indices, work, |at, looked| {
        let item = &items[*at];
        let mut findings = Vec::new();
        match looked {
            Some(Looked { findings: own, named }) => {
                findings = own;
                for (rule, first) in duplicates.add(*at, &named) {
                    if levels.is_told(rule) {
                        findings.push(duplicate(rule, &named, item, &items[first], roots));
                    }
                }
                findings.sort_by_key(|finding| (finding.line, finding.rule));
            }
            None => findings.push(Finding::new(
                Rule::UnreadableFile,
                1,
                "the program failed on this file, which is a flaw of the program: please report it".into(),
            )),
        }
        findings.retain(|finding| levels.is_told(finding.rule));
        told.extend(findings.into_iter().map(|finding| Told { item, level: levels.of(finding.rule), finding }));
        index += 1;
        progress.show(index);
        Ok(())
    });
    let Ok(()) = done;
    told
}

fn one(root: &Root, item: &Item, levels: Levels) -> Looked {
    let text = root.library.text_at(&item.path);
    let Inspection { mut findings, targets } = inspect(&text);
    if let Some(path) = root.library.on_disk(&item.path) {
        let folder = path.parent().unwrap_or(Path::new(""));
        findings.extend(targets.iter().filter_map(|target| dead(folder, target, levels)));
    }
    let stem = item.path.file_stem().unwrap_or_default().to_string_lossy();
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

fn duplicate(rule: Rule, named: &Named, item: &Item, first: &Item, roots: &[Root]) -> Finding {
    let (what, words) = match rule {
        Rule::DuplicateTitle => ("title", named.title.as_deref()),
        _ => ("link", named.link.as_deref()),
    };
    let words = words.unwrap_or_default();
    let line = first_line_with(&roots[item.root].library.source(&item.path), words);
    let first = first.shown.to_string_lossy();
    Finding::new(rule, line, format!("the {what} “{words}” is that of {} as well", clean_line(&first)))
}
