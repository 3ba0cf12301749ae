//! Checks one article.

use jiff::tz::TimeZone;

use super::finding::{Finding, quoted};
use super::glossary::Glossary;
use super::machine_text::inspect_section;
use super::renderings::{NamePair, inspect_names};
use super::rule::Rule;
use super::weekdays::inspect_weekdays;
use crate::bilingual::{Alignment, Disagreement, Figure, FigureKind, Rational, Text};
use crate::digest::{Sections, names_structure};
use crate::markdown::{BlockKind, Document, relative_path};
use crate::text::{Language, Problem, ProblemKind, ScriptCounts};

/// The most findings of one rule in one article; the last one says how many more there are.
const MOST: usize = 100;

/// A link to a file, or an image, in the article's own folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedFile {
    /// The path, relative to the folder of the file that has it. As hostile as the text: never open it.
    pub path: String,
    /// Whether it is an image.
    pub image: bool,
    /// The line of the file on which its block starts, counted from 1.
    pub line: u32,
    /// The language of the text with it.
    pub side: Language,
}

/// What one article shows by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// What is wrong, in the order of lines.
    pub findings: Vec<Finding>,
    /// The files that must exist, each once in a language.
    pub linked_files: Vec<LinkedFile>,
    /// The foreign names, which other articles should render alike.
    pub names: Vec<NamePair>,
}

/// Checks an article by itself, with the renderings of a glossary.
pub fn inspect(text: &Text, glossary: &Glossary) -> Inspection {
    let mut findings = problems(text);
    // An empty or unreadable file breaks nearly every other rule too, which nobody needs to know.
    if text
        .article
        .problems
        .iter()
        .any(|problem| problem.kind == ProblemKind::Unreadable)
    {
        return Inspection {
            findings,
            ..Inspection::default()
        };
    }
    findings.extend(missing_section(text));
    let mut names = Vec::new();
    if let (Some(chinese), Some(english), Some(alignment)) = (
        text.document(Language::Chinese),
        text.document(Language::English),
        text.alignment(),
    ) {
        findings.extend(capped(untranslated(alignment, chinese, english)));
        let figures = text
            .disagreements()
            .iter()
            .map(|found| different_figures(found, chinese, english));
        findings.extend(capped(figures.collect()));
        findings.extend(two_stories(text));
        let (found, of_article) = inspect_names(alignment, [chinese, english], glossary);
        findings.extend(capped(found));
        names = of_article;
    }
    let day = text.article.date.day(&TimeZone::UTC);
    for side in Language::BOTH {
        let Some(document) = text.document(side) else {
            continue;
        };
        let found = inspect_section(side, document, text.is_bilingual());
        findings.extend(capped(found));
        let found = inspect_weekdays(document, day).into_iter();
        let found = found.map(|finding| finding.on(side)).collect();
        findings.extend(capped(found));
    }
    let cut_ends = findings
        .iter()
        .filter(|finding| finding.rule == Rule::CutEnd);
    if cut_ends.count() > 1 {
        // Both languages end without a full stop on purpose.
        findings.retain(|finding| finding.rule != Rule::CutEnd);
    }
    findings.sort_by_key(|finding| (finding.line, finding.rule));
    Inspection {
        findings,
        linked_files: linked_files(text),
        names,
    }
}

/// What was wrong with reading the article.
fn problems(text: &Text) -> Vec<Finding> {
    let of_article = text.article.problems.iter().map(|it| (it.side, it));
    let of_documents = Language::BOTH.into_iter().flat_map(|side| {
        let problems = text.document(side).map(|document| &document.problems);
        problems
            .into_iter()
            .flatten()
            .map(move |it| (Some(side), it))
    });
    let finding = |(side, problem): (_, &Problem)| Finding {
        side,
        ..Finding::new(
            Rule::of_problem(problem.kind),
            problem.line.unwrap_or(1),
            problem.reason.clone(),
        )
    };
    of_article.chain(of_documents).map(finding).collect()
}

/// The finding that the sections have less in common than a text and its translation.
fn two_stories(text: &Text) -> Option<Finding> {
    let (some, all) = text.different_stories()?;
    let message = tr!(
        "{words} of {all} English words translate a Chinese one",
        words = some,
        all = all
    );
    let english = text.document(Language::English)?.blocks.first()?.line;
    Some(Finding {
        related_line: Some(english),
        ..Finding::new(Rule::TwoStories, 1, message)
    })
}

fn missing_section(text: &Text) -> Option<Finding> {
    let Sections::Whole {
        section,
        language,
        mixed,
    } = &text.article.sections
    else {
        return None;
    };
    let counts = ScriptCounts::of_markdown(&section.body);
    if language.is_none() && counts.is_japanese() && counts.kana > counts.latin {
        // A translation into a third language, which nobody expects in two.
        return None;
    }
    let message = match (mixed, language) {
        (true, _) => tr!("both languages are mixed and could not be split into sections"),
        (_, Some(Language::Chinese)) => tr!("there is no English section"),
        (_, Some(Language::English)) => tr!("there is no Chinese section"),
        (_, None) => tr!("there is neither a Chinese nor an English section"),
    };
    let line = section.parts.first().map_or(1, |part| part.line);
    Some(Finding::new(Rule::MissingSection, line, message.into()))
}

/// The paragraphs without a translation, apart from what every digest has.
fn untranslated(alignment: &Alignment, chinese: &Document, english: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for bead in alignment.beads.iter().filter(|bead| !bead.is_pair()) {
        for (side, document) in [(Language::Chinese, chinese), (Language::English, english)] {
            for index in bead.side(side).clone().map(|block| block as usize) {
                let block = &document.blocks[index];
                let words = document.block_text(index);
                if needs_translation(block.kind, index, words) {
                    let words = quoted(words);
                    let message = match side {
                        Language::Chinese => {
                            tr!("no English for this Chinese text: {words}", words = words)
                        }
                        Language::English => {
                            tr!("no Chinese for this English text: {words}", words = words)
                        }
                    };
                    let finding = Finding::new(Rule::Untranslated, block.line, message);
                    findings.push(finding.on(side));
                }
            }
        }
    }
    findings
}

fn needs_translation(kind: BlockKind, index: usize, words: &str) -> bool {
    match kind {
        BlockKind::Break => false,
        // The headline: many digests have it in one language here and in the other in the header.
        BlockKind::Heading(_) if index == 0 => false,
        BlockKind::Label | BlockKind::Heading(_) => !names_structure(words),
        _ => !words.trim().is_empty(),
    }
}

fn different_figures(found: &Disagreement, chinese: &Document, english: &Document) -> Finding {
    let line_of =
        |document: &Document, figure: &Figure| document.line_at(figure.range.start as u32);
    let is_date = found.chinese.kind == FigureKind::Date;
    let shown = |document: &Document, figure: &Figure| {
        if is_date {
            quoted(written(document, figure))
        } else {
            with_value(document, figure)
        }
    };
    let one = shown(chinese, &found.chinese);
    let other = shown(english, &found.english);
    let message = match found.times() {
        None => tr!("{one} but {other}", one = one, other = other),
        Some(times) if found.factor.abs() < Rational::ONE => tr!(
            "{one} but {other}; the English figure is {times} times the Chinese one",
            one = one,
            other = other,
            times = times
        ),
        Some(times) => tr!(
            "{one} but {other}; the Chinese figure is {times} times the English one",
            one = one,
            other = other,
            times = times
        ),
    };
    Finding {
        rule: Rule::FiguresDisagree,
        line: line_of(chinese, &found.chinese),
        side: Some(Language::Chinese),
        related_line: Some(line_of(english, &found.english)),
        message,
    }
}

/// A figure as written and its value: `“86 亿美元” (8600000000 USD)`.
fn with_value(document: &Document, figure: &Figure) -> String {
    let written = written(document, figure);
    let sign = if figure.kind == FigureKind::Percentage {
        " %"
    } else {
        ""
    };
    let unit = figure
        .unit
        .map_or(String::new(), |unit| format!(" {}", unit.name()));
    format!(
        "{} ({}{sign}{unit})",
        quoted(written),
        figure.value.to_decimal()
    )
}

fn written<'d>(document: &'d Document, figure: &Figure) -> &'d str {
    document.text.get(figure.range.clone()).unwrap_or_default()
}

/// The first findings of one rule; the last one says how many more there are.
fn capped(mut findings: Vec<Finding>) -> Vec<Finding> {
    let more = findings.len().saturating_sub(MOST);
    findings.truncate(MOST);
    if more > 0
        && let Some(last) = findings.last_mut()
    {
        last.message = tr!(
            "{message} (and {count} more in this file)",
            message = last.message,
            count = more
        );
    }
    findings
}

/// The links and images that lead to files, each path once in a language.
fn linked_files(text: &Text) -> Vec<LinkedFile> {
    let mut files: Vec<LinkedFile> = Vec::new();
    for (side, document) in Language::BOTH
        .into_iter()
        .filter_map(|side| Some((side, text.document(side)?)))
    {
        for run in &document.runs {
            let Some(link) = run.link.map(|index| &document.links[index as usize]) else {
                continue;
            };
            if link.footnote.is_some() {
                continue;
            }
            let Some(path) = relative_path(&link.target) else {
                continue;
            };
            let line = document.line_at(run.range.start);
            files.push(LinkedFile {
                path,
                image: link.image,
                line,
                side,
            });
        }
    }
    files.sort_by(|a, b| (&a.path, a.image, a.line).cmp(&(&b.path, b.image, b.line)));
    files.dedup_by(|a, b| a.path == b.path && a.image == b.image && a.side == b.side);
    files
}

#[cfg(test)]
#[path = "inspect_tests.rs"]
mod tests;
