//! `jianbao align`: shows which paragraphs of an article correspond.

use std::io::{self, Write};

use serde::Serialize;

use super::open;
use super::output::{self, Out, Outcome, rounded, shown, warn, write_json};
use crate::bilingual::{Alignment, Sentences, Text};
use crate::cli::AlignArgs;
use crate::digest::Sections;
use crate::error::Error;
use crate::markdown::Document;
use crate::text::Language;

/// Prints the alignment by the lines of the file on which paragraphs start. For an article in two
/// files, a comment names both first: the left lines are those of the first file, the right ones
/// those of the second.
pub(super) fn run(arguments: &AlignArgs) -> Result<Outcome, Error> {
    let (text, paths) = open::text(&arguments.file)?;
    let (Some(chinese), Some(english), Some(alignment)) = (
        text.document(Language::Chinese),
        text.document(Language::English),
        text.alignment(),
    ) else {
        warn(tr!(
            "{file} is not bilingual: {reason}",
            file = shown(&arguments.file),
            reason = why_not_bilingual(&text)
        ));
        return Ok(Outcome::No);
    };
    output::print(|out| {
        if arguments.json && !arguments.sentences {
            return print_json(alignment, chinese, english, out);
        }
        if let ([first, second], false) = (&paths[..], arguments.json) {
            writeln!(out, "# {}\t{}", shown(first), shown(second))?;
        }
        if arguments.sentences {
            let sentences = Sentences::new(&text, Some(alignment));
            return print_sentences(&sentences, [chinese, english], arguments.json, out);
        }
        let cell = |line: Option<u32>| line.map_or_else(|| "-".into(), |line| line.to_string());
        alignment
            .line_pairs(chinese, english)
            .into_iter()
            .try_for_each(|(left, right)| writeln!(out, "{}\t{}", cell(left), cell(right)))
    })?;
    Ok(Outcome::Yes)
}

fn why_not_bilingual(text: &Text) -> &'static str {
    match &text.article.sections {
        Sections::Pair { .. } => tr!("one of its sections is empty"),
        Sections::Whole { mixed: true, .. } => {
            tr!("it mixes both languages and cannot be split into sections")
        }
        Sections::Whole {
            language: Some(Language::Chinese),
            ..
        } => tr!("it has no English section"),
        Sections::Whole {
            language: Some(Language::English),
            ..
        } => tr!("it has no Chinese section"),
        Sections::Whole { language: None, .. } => tr!("it has neither Chinese nor English text"),
    }
}

/// A bead in JSON. `jianbao align --help` documents the fields.
#[derive(Serialize)]
struct BeadRecord {
    zh_lines: Vec<u32>,
    en_lines: Vec<u32>,
    confidence: f64,
}

fn print_json(
    alignment: &Alignment,
    chinese: &Document,
    english: &Document,
    out: &mut Out,
) -> io::Result<()> {
    for bead in &alignment.beads {
        let [zh_lines, en_lines] = bead.both_lines(chinese, english);
        let record = BeadRecord {
            zh_lines,
            en_lines,
            confidence: rounded(bead.confidence),
        };
        // A bead of labels and rules has no lines.
        if !record.zh_lines.is_empty() || !record.en_lines.is_empty() {
            write_json(&record, out)?;
        }
    }
    Ok(())
}

/// A bead of sentences in JSON.
#[derive(Serialize)]
struct SentenceRecord {
    zh: Vec<String>,
    en: Vec<String>,
    confidence: f64,
}

/// Prints where sentences begin that correspond: the line of the file on which their paragraph starts, and the
/// characters of its text before them.
fn print_sentences(
    sentences: &Sentences,
    documents: [&Document; 2],
    is_json: bool,
    out: &mut Out,
) -> io::Result<()> {
    let place = |document: &Document, at: u32| {
        let block = &document.blocks[document.block_at(at).unwrap_or(0)];
        let before = document.text_of(&(block.range.start..at));
        format!("{}:{}", block.line, before.chars().count())
    };
    for (ranges, confidence) in sentences.beads() {
        let places = |side: Language| -> Vec<String> {
            let starts = ranges[side as usize].iter().map(|range| range.start);
            starts
                .map(|at| place(documents[side as usize], at))
                .collect()
        };
        let (zh, en) = (places(Language::Chinese), places(Language::English));
        if is_json {
            let confidence = rounded(confidence);
            write_json(&SentenceRecord { zh, en, confidence }, out)?;
            continue;
        }
        let or_none = |places: Vec<String>| {
            if places.is_empty() {
                vec!["-".to_owned()]
            } else {
                places
            }
        };
        let (zh, en) = (or_none(zh), or_none(en));
        for left in &zh {
            for right in &en {
                writeln!(out, "{left}\t{right}")?;
            }
        }
    }
    Ok(())
}
