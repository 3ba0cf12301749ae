//! Prints the figures of an article with their values.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::Number;

use super::open;
use crate::bilingual::{Figure, Text, Unit, figures, prose};
use crate::cli::FiguresArgs;
use crate::error::Error;
use crate::text::{Language, ScriptCounts, clean, clean_line};

/// A figure with the line of the file on which it stands, counted from 1, and the words that say it.
#[derive(Debug)]
struct Found {
    line: usize,
    words: String,
    figure: Figure,
}

/// Prints the figures in the order of the text.
///
/// # Errors
/// Where the article cannot be read or the figures not printed.
pub(super) fn run(arguments: &FiguresArgs) -> Result<(), Error> {
    let (library, name) = open::article(&arguments.file)?;
    let found = match arguments.lang {
        Some(language) => in_file(&library.source(&name), language.into()),
        None => in_sections(&Text::new(library.article(&name))),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let print = if arguments.json { json } else { table };
    print(&found, &mut out).and_then(|()| out.flush()).map_err(Error::Output)
}

/// The figures of a whole file, taken as one language paragraph by paragraph, with its markup and its front matter.
fn in_file(source: &str, language: Language) -> Vec<Found> {
    let source = clean(source);
    let mut found = Vec::new();
    let (mut paragraph, mut first) = (0..0, 1);
    let mut line = 1;
    let mut at = 0;
    for text in source.split_inclusive('\n') {
        let is_blank = text.trim().is_empty();
        if is_blank {
            found.extend(in_paragraph(&source[paragraph.clone()], first, language));
        }
        at += text.len();
        line += 1;
        if is_blank {
            (paragraph, first) = (at..at, line);
        } else {
            paragraph.end = at;
        }
    }
    found.extend(in_paragraph(&source[paragraph], first, language));
    found
}

fn in_paragraph(text: &str, first: usize, language: Language) -> impl Iterator<Item = Found> {
    let (mut line, mut at) = (first, 0);
    figures(text, language).into_iter().map(move |figure| {
        // Figures come in the order of their beginnings, so every line break is counted once.
        let start = figure.range.start.max(at);
        line += text[at..start].matches('\n').count();
        at = start;
        Found { line, words: clean_line(&text[figure.range.clone()]).into_owned(), figure }
    })
}

/// The figures of each section in its own language; those of a text that mixes both, block by block.
fn in_sections(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    for side in Language::BOTH {
        let Some(document) = text.document(side) else { continue };
        for (index, block) in document.blocks.iter().enumerate() {
            let words = prose(document, &(index as u32..index as u32 + 1));
            let language = if text.is_bilingual() { side } else { ScriptCounts::of(&words).language().unwrap_or(side) };
            found.extend(figures(&words, language).into_iter().map(|figure| Found {
                line: block.line as usize,
                words: clean_line(&words[figure.range.clone()]).into_owned(),
                figure,
            }));
        }
    }
    found.sort_by_key(|found| found.line);
    found
}

type Out<'a> = BufWriter<io::StdoutLock<'a>>;

/// One figure in JSON. The names of the fields are promised in `jianbao figures --help` and the README.
#[derive(Serialize)]
struct Record<'a> {
    line: usize,
    text: &'a str,
    value: Option<Number>,
    unit: Option<&'static str>,
    kind: &'static str,
}

fn json(found: &[Found], out: &mut Out<'_>) -> io::Result<()> {
    for Found { line, words, figure } in found {
        let record = Record {
            line: *line,
            text: words,
            value: number(&figure.value.to_decimal()),
            unit: figure.unit.map(Unit::name),
            kind: figure.kind.name(),
        };
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A decimal of 15 digits as a number of JSON: whole where it is, and otherwise a double, which keeps 15 digits.
fn number(decimal: &str) -> Option<Number> {
    decimal.parse().map_or_else(|_| Number::from_f64(decimal.parse().ok()?), |whole: i64| Some(whole.into()))
}

fn table(found: &[Found], out: &mut Out<'_>) -> io::Result<()> {
    let cells = |found: &Found| {
        let unit = found.figure.unit.map_or("", |unit| unit.name());
        [found.line.to_string(), found.figure.kind.name().into(), found.figure.value.to_decimal(), unit.into()]
    };
    let head = ["line", "kind", "value", "unit"].map(String::from);
    let mut widths = head.clone().map(|cell| cell.len());
    for row in found.iter().map(cells) {
        for (width, cell) in widths.iter_mut().zip(&row) {
            *width = (*width).max(cell.len());
        }
    }
    let [line, kind, value, unit] = widths;
    let mut row = |[a, b, c, d]: [String; 4], words: &str| {
        writeln!(out, "{a:>line$}  {b:kind$}  {c:>value$}  {d:unit$}  {words}")
    };
    row(head, "text")?;
    found.iter().try_for_each(|one| row(cells(one), &one.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str, language: Language) -> Vec<(usize, String, String)> {
        let found = in_file(source, language);
        found.into_iter().map(|one| (one.line, one.words, one.figure.value.to_decimal())).collect()
    }

    #[test]
    fn a_figure_of_a_file_has_its_own_line() {
        let found = lines("\n3 cats\nand 4 dogs,\n\n\n5 birds\r\n6 fish", Language::English);
        let lines: Vec<(usize, &str)> = found.iter().map(|(line, _, value)| (*line, value.as_str())).collect();
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
