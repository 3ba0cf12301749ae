//! Prints which block of an article answers which.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::{Answer, open, tell};
use crate::bilingual::{self, Alignment};
use crate::cli::AlignArgs;
use crate::error::Error;
use crate::markdown::Document;
use crate::text::{Language, clean_line};

/// Prints the alignment, by the lines of the file on which blocks start. One file holds both languages, so no path stands before the pairs.
///
/// # Errors
/// Where the article cannot be read or the alignment not printed.
pub(super) fn run(arguments: &AlignArgs) -> Result<Answer, Error> {
    let text = open::text(&arguments.file)?;
    let (Some(chinese), Some(english)) = (text.document(Language::Chinese), text.document(Language::English)) else {
        let path = arguments.file.to_string_lossy();
        tell(format_args!("{} is not bilingual: {}", clean_line(&path), open::why_not_bilingual(&text)));
        return Ok(Answer::No);
    };
    let alignment = bilingual::align(chinese, english);
    let mut out = BufWriter::new(io::stdout().lock());
    let print = if arguments.json { json } else { tsv };
    print(&alignment, chinese, english, &mut out).and_then(|()| out.flush()).map_err(Error::Output)?;
    Ok(Answer::Yes)
}

type Out<'a> = BufWriter<io::StdoutLock<'a>>;

fn tsv(alignment: &Alignment, chinese: &Document, english: &Document, out: &mut Out<'_>) -> io::Result<()> {
    let cell = |line: Option<u32>| line.map_or_else(|| "-".into(), |line| line.to_string());
    for (left, right) in alignment.line_pairs(chinese, english) {
        writeln!(out, "{}\t{}", cell(left), cell(right))?;
    }
    Ok(())
}

/// One group in JSON. The names of the fields are promised in `jianbao align --help` and the README.
#[derive(Serialize)]
struct Line {
    zh_lines: Vec<u32>,
    en_lines: Vec<u32>,
    confidence: f64,
}

fn json(alignment: &Alignment, chinese: &Document, english: &Document, out: &mut Out<'_>) -> io::Result<()> {
    for group in &alignment.groups {
        let line = Line {
            zh_lines: group.lines(Language::Chinese, chinese),
            en_lines: group.lines(Language::English, english),
            confidence: open::rounded(group.confidence),
        };
        // A group of labels and rules alone has no lines that are printed.
        if !(line.zh_lines.is_empty() && line.en_lines.is_empty()) {
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}
