//! The look at one article.

use super::rule::Rule;
use super::target;
use crate::bilingual::{self, Alignment, Disagreement, Figure, Text};
use crate::digest::{Sections, names_structure};
use crate::markdown::{BlockKind, Document};
use crate::text::{Language, ProblemKind};

/// How many findings of one rule are told of one article; the rest is counted.
const MOST: usize = 100;

/// How much of a text is quoted, in characters.
const QUOTE: usize = 30;

/// Something that is wrong, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// The line of the file, counted from 1; 1 where it is the file as a whole.
    pub line: u32,
    /// The line of the other language's block, where there is one.
    pub related_line: Option<u32>,
    /// What is wrong: one line without a full stop, cleaned.
    pub message: String,
}

impl Finding {
    /// A finding at a line.
    pub const fn new(rule: Rule, line: u32, message: String) -> Self {
        Self { rule, line, related_line: None, message }
    }
}

/// A link or an image that leads to a file beside the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The path, relative to the article's folder. Not to be opened: it is as hostile as the text.
    pub path: String,
    /// Whether it is an image.
    pub image: bool,
    /// The line of the file on which its block starts, counted from 1.
    pub line: u32,
}

/// What an article shows by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// What is wrong, in the order of lines.
    pub findings: Vec<Finding>,
    /// What is wrong if it is not there, each path once.
    pub targets: Vec<Target>,
}

/// Looks at an article.
pub fn inspect(text: &Text) -> Inspection {
    let mut findings: Vec<Finding> = text
        .problems()
        .map(|problem| Finding::new(Rule::of_problem(problem.kind), problem.line.unwrap_or(1), problem.reason.clone()))
        .collect();
    // Of a file that is not there or empty nothing else is worth telling.
    if text.article.problems.iter().any(|problem| problem.kind == ProblemKind::Unreadable) {
        return Inspection { findings, targets: Vec::new() };
    }
    findings.extend(missing(text));
    let sides = (text.document(Language::Chinese), text.document(Language::English));
    if let (Some(chinese), Some(english), Some(alignment)) = (sides.0, sides.1, text.alignment()) {
        findings.extend(capped(unanswered(alignment, chinese, english)));
        let disagreements = text.disagreements();
        findings.extend(capped(disagreements.iter().map(|one| disagreement(one, chinese, english)).collect()));
    }
    findings.sort_by_key(|finding| (finding.line, finding.rule));
    Inspection { findings, targets: targets(text) }
}

/// The finding of a section that is not there.
fn missing(text: &Text) -> Option<Finding> {
    let Sections::Whole { section, language, mixed } = &text.article.sections else { return None };
    let message = match (mixed, language) {
        (true, _) => "both languages are there, but not in sections that can be told apart",
        (_, Some(Language::Chinese)) => "there is no English section",
        (_, Some(Language::English)) => "there is no Chinese section",
        (_, None) => "there is neither a Chinese nor an English section",
    };
    let line = section.parts.first().map_or(1, |part| part.line);
    Some(Finding::new(Rule::MissingSection, line, message.into()))
}

/// The findings of blocks that nothing answers, but for what every digest has.
fn unanswered(alignment: &Alignment, chinese: &Document, english: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for bead in alignment.beads.iter().filter(|bead| !bead.is_pair()) {
        for (side, document) in [(Language::Chinese, chinese), (Language::English, english)] {
            for index in bead.side(side).clone().map(|block| block as usize) {
                let (block, words) = (&document.blocks[index], document.block_text(index));
                let usual = match block.kind {
                    BlockKind::Break => true,
                    // The headline: many digests give it in one language, and in the header in the other.
                    BlockKind::Heading(_) if index == 0 => true,
                    BlockKind::Label | BlockKind::Heading(_) => names_structure(words),
                    _ => words.trim().is_empty(),
                };
                if !usual {
                    let (one, other) = match side {
                        Language::Chinese => ("Chinese", "English"),
                        Language::English => ("English", "Chinese"),
                    };
                    let message = format!("no {other} block answers this {one} one: {}", quoted(words));
                    findings.push(Finding::new(Rule::NoAnswer, block.line, message));
                }
            }
        }
    }
    findings
}

/// The finding of two figures.
fn disagreement(found: &Disagreement, chinese: &Document, english: &Document) -> Finding {
    let line = |document: &Document, figure: &Figure| {
        document.block_at(figure.range.start as u32).map_or(1, |block| document.blocks[block].line)
    };
    let said = |document: &Document, figure: &Figure| {
        let unit = figure.unit.map_or(String::new(), |unit| format!(" {}", unit.name()));
        let sign = if figure.kind == bilingual::FigureKind::Percentage { " %" } else { "" };
        let words = document.text.get(figure.range.clone()).unwrap_or_default();
        format!("{} ({}{sign}{unit})", quoted(words), figure.value.to_decimal())
    };
    let factor = found.factor.abs();
    let (factor, side) = match bilingual::Rational::ONE.over(factor) {
        Some(inverse) if factor < bilingual::Rational::ONE => (inverse, "English"),
        _ => (factor, "Chinese"),
    };
    let times = format!("the {side} is {} times as much", shortened(factor.to_f64()));
    let related = line(english, &found.english);
    Finding {
        rule: Rule::FiguresDisagree,
        line: line(chinese, &found.chinese),
        related_line: Some(related),
        message: format!(
            "{} against {} on line {related}: {times}",
            said(chinese, &found.chinese),
            said(english, &found.english)
        ),
    }
}

/// A factor in three digits or so.
fn shortened(factor: f64) -> String {
    let text = if factor < 100.0 { format!("{factor:.2}") } else { format!("{factor:.0}") };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// The beginning of a text on one line.
fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quote: String = line.chars().take(QUOTE).collect();
    if quote.len() < line.len() {
        quote.push('…');
    }
    format!("“{quote}”")
}

/// The first findings of one rule; where there are too many, the last one kept says how many more there are.
fn capped(mut findings: Vec<Finding>) -> Vec<Finding> {
    let more = findings.len().saturating_sub(MOST);
    findings.truncate(MOST);
    if let (1.., Some(last)) = (more, findings.last_mut()) {
        last.message = format!("{} (and {more} more of the kind in this file)", last.message);
    }
    findings
}

/// The links and images that lead to files.
fn targets(text: &Text) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for document in Language::BOTH.into_iter().filter_map(|side| text.document(side)) {
        let mut is_met = vec![false; document.links.len()];
        for run in &document.runs {
            let Some(index) = run.link.map(|link| link as usize) else { continue };
            if std::mem::replace(&mut is_met[index], true) || document.links[index].footnote.is_some() {
                continue;
            }
            let Some(path) = target::relative(&document.links[index].target) else { continue };
            let line = document.block_at(run.range.start).map_or(1, |block| document.blocks[block].line);
            targets.push(Target { path, image: document.links[index].image, line });
        }
    }
    // The text of an article without links is looked at a hundred thousand times; the sort costs nothing there.
    targets.sort_by(|a, b| (&a.path, a.image, a.line).cmp(&(&b.path, b.image, b.line)));
    targets.dedup_by(|a, b| a.path == b.path && a.image == b.image);
    targets
}

#[cfg(test)]
#[path = "inspect_tests.rs"]
mod tests;
