//! `jianbao align`: shows which paragraphs of an article correspond.

use std::io::{self, Write};

use serde::Serialize;

use super::open;
use super::output::{self, Out, Outcome, rounded, shown, warn, write_json};
use crate::bilingual::{Alignment, Text};
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
        if arguments.json {
            return print_json(alignment, chinese, english, out);
        }
        if let [first, second] = &paths[..] {
            writeln!(out, "# {}\t{}", shown(first), shown(second))?;
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
