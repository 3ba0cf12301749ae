//! `jianbao figures`: prints the figures of an article with their values.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Number;

use super::open;
use super::output::{self, Out, write_json};
use crate::bilingual::{Figure, Text, Unit, figures, prose};
use crate::cli::FiguresArgs;
use crate::error::Error;
use crate::text::{Language, ScriptCounts, clean, clean_line};

/// A figure with the line of the file on which it is, counted from 1, and its words.
#[derive(Debug)]
struct LocatedFigure {
    line: usize,
    words: String,
    figure: Figure,
}

/// Prints the figures in the order of the text.
pub(super) fn run(arguments: &FiguresArgs) -> Result<(), Error> {
    let (library, name) = open::article(&arguments.file)?;
    let figures = match arguments.lang.map(Language::from) {
        Some(language) => in_file(&library.source(&name), language),
        None => in_sections(&library.text(&library.files_of(&name))),
    };
    output::print(|out| {
        if arguments.json {
            print_json(&figures, out)
        } else {
            print_table(&figures, out)
        }
    })
}

/// The figures of a whole file in one language, paragraph by paragraph, including markup and front
/// matter.
fn in_file(source: &str, language: Language) -> Vec<LocatedFigure> {
    let source = clean(source);
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut located = Vec::new();
    let mut line = 1;
    for paragraph in lines.split(|line| line.trim().is_empty()) {
        located.extend(in_paragraph(&paragraph.concat(), line, language));
        line += paragraph.len() + 1;
    }
    located
}

fn in_paragraph(text: &str, first_line: usize, language: Language) -> Vec<LocatedFigure> {
    let locate = |figure: Figure| LocatedFigure {
        line: first_line + text[..figure.range.start].matches('\n').count(),
        words: clean_line(&text[figure.range.clone()]).into_owned(),
        figure,
    };
    figures(text, language).into_iter().map(locate).collect()
}

/// The figures of each section in its language; if a text mixes both, each block has its own.
fn in_sections(text: &Text) -> Vec<LocatedFigure> {
    let mut located = Vec::new();
    for side in Language::BOTH {
        let Some(document) = text.document(side) else {
            continue;
        };
        for (index, block) in document.blocks.iter().enumerate() {
            let words = prose(document, &(index as u32..index as u32 + 1));
            let language = if text.is_bilingual() {
                side
            } else {
                ScriptCounts::of(&words).language().unwrap_or(side)
            };
            located.extend(
                figures(&words, language)
                    .into_iter()
                    .map(|figure| LocatedFigure {
                        line: block.line as usize,
                        words: clean_line(&words[figure.range.clone()]).into_owned(),
                        figure,
                    }),
            );
        }
    }
    located.sort_by_key(|located| located.line);
    located
}

/// A decimal of 15 digits as a JSON number: an integer if possible, else a double, which keeps 15
/// digits.
fn number(decimal: &str) -> Option<Number> {
    decimal.parse().map_or_else(
        |_| Number::from_f64(decimal.parse().ok()?),
        |whole: i64| Some(whole.into()),
    )
}

/// `jianbao figures --help` documents the fields.
fn print_json(located: &[LocatedFigure], out: &mut Out) -> io::Result<()> {
    #[derive(Serialize)]
    struct FigureRecord<'a> {
        line: usize,
        text: &'a str,
        value: Option<Number>,
        unit: Option<&'static str>,
        kind: &'static str,
    }
    located.iter().try_for_each(|one| {
        let record = FigureRecord {
            line: one.line,
            text: &one.words,
            value: number(&one.figure.value.to_decimal()),
            unit: one.figure.unit.map(Unit::name),
            kind: one.figure.kind.name(),
        };
        write_json(&record, out)
    })
}

fn print_table(located: &[LocatedFigure], out: &mut Out) -> io::Result<()> {
    let mut rows = vec![["line", "kind", "value", "unit", "text"].map(String::from)];
    rows.extend(located.iter().map(
        |LocatedFigure {
             line,
             words,
             figure,
         }| {
            [
                line.to_string(),
                figure.kind.name().into(),
                figure.value.to_decimal(),
                figure.unit.map_or("", Unit::name).into(),
                words.clone(),
            ]
        },
    ));
    let widest = |column: usize| rows.iter().map(|row| row[column].len()).max();
    let [a, b, c, d] = [0, 1, 2, 3].map(|column| widest(column).unwrap_or_default());
    for [line, kind, value, unit, text] in &rows {
        writeln!(out, "{line:>a$}  {kind:b$}  {value:>c$}  {unit:d$}  {text}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str, language: Language) -> Vec<(usize, String, String)> {
        let found = in_file(source, language);
        found
            .into_iter()
            .map(|one| (one.line, one.words, one.figure.value.to_decimal()))
            .collect()
    }

    #[test]
    fn a_figure_of_a_file_has_its_own_line() {
        let found = lines(
            "\n3 cats\nand 4 dogs,\n\n\n5 birds\r\n6 fish",
            Language::English,
        );
        let lines: Vec<(usize, &str)> = found
            .iter()
            .map(|(line, _, value)| (*line, value.as_str()))
            .collect();
        assert_eq!(lines, [(2, "3"), (3, "4"), (6, "5"), (7, "6")]);
    }

    #[test]
    fn values_are_numbers_of_json() {
        for (decimal, json) in [
            ("8600000000", "8600000000"),
            ("0.333333333333333", "0.333333333333333"),
            ("-25", "-25"),
            ("1.5E-07", "1.5e-7"),
            ("1E+400", "null"),
        ] {
            assert_eq!(serde_json::to_string(&number(decimal)).unwrap(), json);
        }
    }
}
