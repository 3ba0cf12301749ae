//! The header of a file: YAML, TOML, JSON, LCTT, or what can be read of a broken one.
//!
//! [`read`] finds the header ([`find`]), reads it by its kind, and picks the fields of an article
//! ([`fields`]). YAML is read by `serde_yaml` within bounds ([`parse`]), plain YAML faster, and
//! broken YAML or TOML line by line ([`lines`]).

mod entries;
mod fields;
mod find;
mod lines;
mod parse;

pub(super) use fields::Fields;

use entries::HeaderEntries;
use find::{FrontMatterKind, FrontMatterRegion, find, find_unclosed};

use crate::text::{Problem, ProblemKind, clean_line, line_breaks};

/// What the top of a file says.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) fields: Fields,
    pub(super) body: usize,
    /// The line of the file on which the body begins, counted from 1.
    pub(super) first_line: u32,
    pub(super) problems: Vec<Problem>,
}

/// Reads the header of a text. A text without one, or whose first lines only look like one, is all
/// body.
pub(super) fn read(text: &str) -> Header {
    let read = |region| read_region(text, &region);
    // What closes a header may be the rule between two languages, far below: then the header ends
    // where its keys do.
    let header = find(text)
        .and_then(read)
        .or_else(|| find_unclosed(text).and_then(read));
    header.unwrap_or(Header {
        first_line: 1,
        ..Header::default()
    })
}

fn read_region(text: &str, region: &FrontMatterRegion) -> Option<Header> {
    let inner = &text[region.inner.clone()];
    let mut problems = Vec::new();
    let mut add = |reason| problems.push(problem(region.first_line, reason));
    let entries = match region.kind {
        FrontMatterKind::Lctt => lines::lctt_entries(inner),
        FrontMatterKind::Unclosed => {
            add(tr!(
                "the front matter is never closed; it was taken to end here"
            ));
            lines::read_lines(inner, ':').entries
        }
        kind => {
            if kind == FrontMatterKind::Unopened {
                add(tr!("the front matter lacks its opening ---"));
            }
            read_entries(inner, region, &mut problems)?
        }
    };
    if region.is_late {
        if !entries.iter().any(|(key, _)| entries::is_usual(key)) {
            return None;
        }
        problems.insert(
            0,
            problem(1, tr!("there are blank lines before the front matter")),
        );
    }
    let fields = Fields::pick(&entries, inner, region.first_line);
    let first_line = region.first_line + line_breaks(&text[region.inner.start..region.body]);
    Some(Header {
        fields,
        body: region.body,
        first_line,
        problems,
    })
}

/// Reads YAML (or JSON) or TOML in ever more forgiving ways. None if it is no header.
fn read_entries(
    inner: &str,
    region: &FrontMatterRegion,
    problems: &mut Vec<Problem>,
) -> Option<HeaderEntries> {
    let is_toml = region.kind == FrontMatterKind::Toml;
    if !is_toml
        && let Some(entries) = parse::read_plain_yaml(inner).or_else(|| parse::read_json(inner))
    {
        return Some(entries);
    }
    let read = if is_toml {
        parse::read_toml
    } else {
        parse::read_yaml
    };
    let failure = match read(inner) {
        Ok(entries) => return entries,
        Err(failure) => failure,
    };
    if !is_toml
        && let Some(first) = inner.find(is_refused_by_yaml)
        && let Ok(Some(entries)) = parse::read_yaml(&repaired(inner))
    {
        let reason = tr!(
            "the YAML holds tabs or control characters where it may not; they were read as spaces"
        );
        problems.push(problem(
            region.first_line + line_breaks(&inner[..first]),
            reason,
        ));
        return Some(entries);
    }
    let (format, separator) = if is_toml {
        ("TOML", '=')
    } else {
        ("YAML", ':')
    };
    let fallback = lines::read_lines(inner, separator);
    if region.is_late || !fallback.is_header() {
        return None;
    }
    let reason = tr!(
        "the {format} is broken ({reason}); it was read line by line",
        format = format,
        reason = failure.reason
    );
    problems.push(problem(
        region.first_line + failure.line.unwrap_or(0),
        &reason,
    ));
    if let Some(first) = fallback.first_unread {
        let reason = match fallback.unread {
            1 => tr!("a line of the front matter could not be read and was left out").to_owned(),
            count => tr!(
                "{count} lines of the front matter could not be read and were left out",
                count = count
            ),
        };
        problems.push(problem(region.first_line + first, &reason));
    }
    Some(fallback.entries)
}

/// True for tabs and control characters, which the parser refuses in many places.
fn is_refused_by_yaml(c: char) -> bool {
    c == '\t' || (c.is_control() && c != '\n' && c != '\r')
}

/// YAML with tabs as spaces and without control characters.
fn repaired(inner: &str) -> String {
    inner.replace('\t', "  ").replace(is_refused_by_yaml, "")
}

/// A problem of the front matter, cleaned, and cut short if the parser quotes too much.
fn problem(line: u32, reason: &str) -> Problem {
    let reason: String = clean_line(reason).chars().take(300).collect();
    Problem::new(ProblemKind::FrontMatter, Some(line), reason)
}

#[cfg(test)]
mod tests;
