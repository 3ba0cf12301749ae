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

use entries::{HeaderEntries, ParseFailure};
use find::{FrontMatterKind, FrontMatterRegion, find};

use crate::text::{Problem, ProblemKind, clean_line, line_breaks};

/// What the top of a file says.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) fields: Fields,
    /// Where the body begins, in bytes.
    pub(super) body: usize,
    /// The line of the file on which the body begins, counted from 1.
    pub(super) first_line: u32,
    pub(super) problems: Vec<Problem>,
}

/// Reads the header of a text. A text without one, or whose first lines only look like one, is all
/// body.
pub(super) fn read(text: &str) -> Header {
    read_found(text).unwrap_or(Header {
        first_line: 1,
        ..Header::default()
    })
}

/// Reads the header at the top of a text, if there is one.
fn read_found(text: &str) -> Option<Header> {
    let region = find(text)?;
    // What closes a header may be the rule between two languages, far below: then the header ends
    // where its keys do.
    read_region(text, &region).or_else(|| read_region(text, &region.unclosed(text)?))
}

fn read_region(text: &str, region: &FrontMatterRegion) -> Option<Header> {
    let inner = &text[region.inner.clone()];
    let mut problems = Vec::new();
    let entries = match region.kind {
        FrontMatterKind::Yaml => read_yaml(inner, region, &mut problems)?,
        FrontMatterKind::Toml => read_toml(inner, region, &mut problems)?,
        FrontMatterKind::Lctt => lines::lctt_entries(inner),
        FrontMatterKind::Unopened => {
            problems.push(problem(
                region.first_line,
                "the front matter lacks its opening ---",
            ));
            read_yaml(inner, region, &mut problems)?
        }
        FrontMatterKind::Unclosed => {
            problems.push(problem(
                region.first_line,
                "the front matter is never closed; it was taken to end here",
            ));
            lines::read_lines(inner, ':').entries
        }
    };
    if region.is_late {
        if !entries.iter().any(|(key, _)| entries::is_usual(key)) {
            return None;
        }
        problems.insert(
            0,
            problem(1, "there are blank lines before the front matter"),
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

/// Reads YAML (or JSON) in ever more forgiving ways. None if it is no header.
fn read_yaml(
    inner: &str,
    region: &FrontMatterRegion,
    problems: &mut Vec<Problem>,
) -> Option<HeaderEntries> {
    if let Some(entries) = parse::read_plain_yaml(inner) {
        return Some(entries);
    }
    if inner.trim_start().starts_with('{')
        && let Some(entries) = parse::read_json(inner)
    {
        return Some(entries);
    }
    let failure = match parse::read_yaml(inner) {
        Ok(entries) => return entries,
        Err(failure) => failure,
    };
    if let Some(first) = inner.find(is_refused_by_yaml)
        && let Ok(Some(entries)) = parse::read_yaml(&repaired(inner))
    {
        let reason =
            "the YAML holds tabs or control characters where it may not; they were read as spaces";
        problems.push(problem(
            region.first_line + line_breaks(&inner[..first]),
            reason,
        ));
        return Some(entries);
    }
    read_by_line(inner, region, &failure, problems)
}

/// Reads TOML, or at least its lines. None if it is no header.
fn read_toml(
    inner: &str,
    region: &FrontMatterRegion,
    problems: &mut Vec<Problem>,
) -> Option<HeaderEntries> {
    match parse::read_toml(inner) {
        Ok(entries) => Some(entries),
        Err(failure) => read_by_line(inner, region, &failure, problems),
    }
}

/// True for tabs and control characters, which the parser refuses in many places.
fn is_refused_by_yaml(c: char) -> bool {
    c == '\t' || (c.is_control() && c != '\n' && c != '\r')
}

/// YAML with tabs as spaces and without control characters.
fn repaired(inner: &str) -> String {
    inner.replace('\t', "  ").replace(is_refused_by_yaml, "")
}

/// Reads a header line by line that its parser refused. None if it is no header.
fn read_by_line(
    inner: &str,
    region: &FrontMatterRegion,
    failure: &ParseFailure,
    problems: &mut Vec<Problem>,
) -> Option<HeaderEntries> {
    let (format, separator) = if region.kind == FrontMatterKind::Toml {
        ("TOML", '=')
    } else {
        ("YAML", ':')
    };
    let fallback = lines::read_lines(inner, separator);
    if region.is_late || !fallback.is_header() {
        return None;
    }
    let reason = format!(
        "the {format} is broken ({}); it was read line by line",
        failure.reason
    );
    problems.push(problem(
        region.first_line + failure.line.unwrap_or(0),
        &reason,
    ));
    if let Some(first) = fallback.first_unread {
        let reason = match fallback.unread {
            1 => "a line of the front matter could not be read and was left out".to_owned(),
            count => {
                format!("{count} lines of the front matter could not be read and were left out")
            }
        };
        problems.push(problem(region.first_line + first, &reason));
    }
    Some(fallback.entries)
}

/// A problem of the front matter, cleaned, and cut short if the parser quotes too much.
fn problem(line: u32, reason: &str) -> Problem {
    let reason: String = clean_line(reason).chars().take(300).collect();
    Problem::new(ProblemKind::FrontMatter, Some(line), reason)
}

#[cfg(test)]
mod tests;
