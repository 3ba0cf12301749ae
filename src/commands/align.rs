//! Prints which block of an article answers which.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::{Answer, open, tell};
use crate::bilingual::Alignment;
use crate::cli::AlignArgs;
use crate::error::Error;
use crate::markdown::Document;
use crate::text::{Language, clean_line};

/// Prints the alignment, by the lines of the file on which blocks start. Of an article in two files, both paths come first in a line of comment: the left lines count in the first, the right ones in the second.
///
/// # Errors
/// Where the article cannot be read or the alignment not printed.
pub(super) fn run(arguments: &AlignArgs) -> Result<Answer, Error> {
    let (text, paths) = open::text(&arguments.file)?;
    let sides = (text.document(Language::Chinese), text.document(Language::English));
    let (Some(chinese), Some(english), Some(alignment)) = (sides.0, sides.1, text.alignment()) else {
        let path = arguments.file.to_string_lossy();
        tell(format_args!("{} is not bilingual: {}", clean_line(&path), open::why_not_bilingual(&text)));
        return Ok(Answer::No);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let print = if arguments.json { json } else { tsv };
    let names = if paths.len() > 1 && !arguments.json { headline(&paths) } else { String::new() };
    let printed = out.write_all(names.as_bytes()).and_then(|()| print(alignment, chinese, english, &mut out));
    printed.and_then(|()| out.flush()).map_err(Error::Output)?;
    Ok(Answer::Yes)
}

/// The line of comment that names the two files of an article, the Chinese one first.
fn headline(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|path| clean_line(&path.to_string_lossy()).into_owned()).collect();
    format!("# {}\n", names.join("\t"))
}

type Out<'a> = BufWriter<io::StdoutLock<'a>>;

fn tsv(alignment: &Alignment, chinese: &Document, english: &Document, out: &mut Out<'_>) -> io::Result<()> {
    let cell = |line: Option<u32>| line.map_or_else(|| "-".into(), |line| line.to_string());
    for (left, right) in alignment.line_pairs(chinese, english) {
        writeln!(out, "{}\t{}", cell(left), cell(right))?;
    }
    Ok(())
}

/// One bead in JSON. The names of the fields are promised in `jianbao align --help` and the README.
#[derive(Serialize)]
struct Line {
    zh_lines: Vec<u32>,
    en_lines: Vec<u32>,
    confidence: f64,
}

fn json(alignment: &Alignment, chinese: &Document, english: &Document, out: &mut Out<'_>) -> io::Result<()> {
    for bead in &alignment.beads {
        let line = Line {
            zh_lines: bead.lines(Language::Chinese, chinese),
            en_lines: bead.lines(Language::English, english),
            confidence: open::rounded(bead.confidence),
        };
        // A bead of labels and rules alone has no lines that are printed.
        if !(line.zh_lines.is_empty() && line.en_lines.is_empty()) {
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}
