//! The header of a file: YAML, TOML, JSON, LCTT, or what can be salvaged of it.
//!
//! [`read`] finds the header's region ([`region`]), reads it by its kind, and picks the fields that an article has
//! ([`fields`]). YAML goes three ways: the plain headers of most files by a reader of our own ([`plain`]), all others
//! by `serde_yaml` within bounds ([`yaml`]), and broken ones line by line ([`salvage`]).

mod fields;
mod keys;
mod lctt;
mod plain;
mod region;
mod salvage;
mod toml;
mod value;
mod yaml;

pub(super) use fields::Fields;
pub(super) use region::line_breaks;

use region::{Kind, Region};
use salvage::Salvage;
use value::Entries;

use crate::text::{Problem, ProblemKind, clean_line};

/// The longest header that is given to a parser, in bytes: longer ones are read line by line. The longest met in the wild has 43 KB.
const LONGEST: usize = 64 * 1024;

/// What the top of a file says.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    /// The fields of the article.
    pub(super) fields: Fields<'a>,
    /// Where the body begins, in bytes.
    pub(super) body: usize,
    /// The line of the file on which the body begins, counted from 1.
    pub(super) first_line: u32,
    /// What had to be mended.
    pub(super) problems: Vec<Problem>,
}

/// Why a header could not be read as what it claims to be.
#[derive(Debug)]
struct Failure {
    /// The line within the header, counted from 0.
    line: Option<u32>,
    /// What the parser says.
    reason: String,
}

/// Reads the header of a text. A text without one, or whose first lines only look like one, is all body.
pub(super) fn read(text: &str) -> Header<'_> {
    read_region(text).unwrap_or(Header { first_line: 1, ..Header::default() })
}

/// Reads the region at the top of a text, if there is one and it holds a header.
fn read_region(text: &str) -> Option<Header<'_>> {
    let region = region::find(text)?;
    // What closes a header may be the rule between two languages, far below: then the header ends where its keys do.
    read_in(text, &region).or_else(|| read_in(text, &region.unclosed(text)?))
}

/// Reads the header that stands in a region, if one does.
fn read_in<'a>(text: &'a str, region: &Region) -> Option<Header<'a>> {
    let inner = &text[region.inner.clone()];
    let mut problems = Vec::new();
    let entries = match region.kind {
        Kind::Yaml => read_yaml(inner, region, &mut problems)?,
        Kind::Toml => read_toml(inner, region, &mut problems)?,
        Kind::Lctt => lctt::entries(inner),
        Kind::Unopened => {
            problems.push(problem(Some(region.first_line), "the front matter lacks its opening ---"));
            read_yaml(inner, region, &mut problems)?
        }
        Kind::Unclosed => {
            problems
                .push(problem(Some(region.first_line), "the front matter is never closed; it was taken to end here"));
            salvage::read(inner, ':').entries
        }
    };
    if region.is_late && !entries.iter().any(|(key, _)| keys::is_usual(key)) {
        return None;
    }
    if region.is_late {
        problems.insert(0, problem(Some(1), "there are blank lines before the front matter"));
    }
    let fields = Fields::pick(&entries, inner, region.first_line);
    let first_line = region.first_line + line_breaks(&text[region.inner.start..region.body]);
    Some(Header { fields, body: region.body, first_line, problems })
}

/// Reads YAML (or JSON) in ever more forgiving ways. Nothing if it is no header.
fn read_yaml<'a>(inner: &'a str, region: &Region, problems: &mut Vec<Problem>) -> Option<Entries<'a>> {
    if let Some(entries) = plain::read(inner) {
        return Some(entries);
    }
    let is_json = inner.trim_start().starts_with('{');
    if let Some(entries) = is_json.then(|| yaml::read_json(inner)).flatten() {
        return Some(entries);
    }
    let failure = match yaml::read(inner) {
        Ok(entries) => return entries,
        Err(failure) => failure,
    };
    let line = |offset: Option<u32>| Some(region.first_line + offset.unwrap_or(0));
    let (mended, first) = mend(inner);
    if let (Some(first), Ok(Some(entries))) = (first, yaml::read(&mended)) {
        let reason = "the YAML holds tabs or control characters where it may not; they were read as spaces";
        problems.push(problem(line(Some(first)), reason));
        return Some(entries);
    }
    let salvaged = salvage::read(inner, ':');
    let entries = accept(&salvaged, region)?;
    let reason = format!("the YAML is broken ({}); it was read line by line", failure.reason);
    problems.push(problem(line(failure.line), &reason));
    report_unread(&salvaged, region, problems);
    Some(entries)
}

/// Reads TOML, or at least its lines. Nothing if it is no header.
fn read_toml<'a>(inner: &'a str, region: &Region, problems: &mut Vec<Problem>) -> Option<Entries<'a>> {
    let failure = match toml::read(inner) {
        Ok(entries) => return Some(entries),
        Err(failure) => failure,
    };
    let salvaged = salvage::read(inner, '=');
    let entries = accept(&salvaged, region)?;
    let reason = format!("the TOML is broken ({}); it was read line by line", failure.reason);
    problems.push(problem(Some(region.first_line + failure.line.unwrap_or(0)), &reason));
    report_unread(&salvaged, region, problems);
    Some(entries)
}

/// Turns tabs into spaces and takes out control characters; says on which line the first was, if any.
fn mend(inner: &str) -> (String, Option<u32>) {
    let is_bad = |c: char| c == '\t' || (c.is_control() && c != '\n' && c != '\r');
    let first = inner.find(is_bad).map(|at| line_breaks(&inner[..at]));
    let mut mended = String::with_capacity(inner.len() + 16);
    for c in inner.chars() {
        match c {
            '\t' => mended.push_str("  "),
            _ if is_bad(c) => {}
            _ => mended.push(c),
        }
    }
    (mended, first)
}

/// What was salvaged, if it is a header at all: it has a usual key, and most of its lines are of a header's kind.
///
/// Else the text merely begins with a thematic break, and taking its first part for a header would hide it.
fn accept<'a>(salvaged: &Salvage<'a>, region: &Region) -> Option<Entries<'a>> {
    let is_header = salvaged.entries.iter().any(|(key, _)| keys::is_usual(key))
        && (salvaged.unread <= 1 || salvaged.unread * 4 <= salvaged.lines)
        && !region.is_late;
    is_header.then(|| salvaged.entries.clone())
}

/// Says which lines gave nothing.
fn report_unread(salvaged: &Salvage<'_>, region: &Region, problems: &mut Vec<Problem>) {
    if let Some(first) = salvaged.first_unread {
        let reason = match salvaged.unread {
            1 => "a line of the front matter could not be read and was left out".to_owned(),
            count => format!("{count} lines of the front matter could not be read and were left out"),
        };
        problems.push(problem(Some(region.first_line + first), &reason));
    }
}

/// A problem of the front matter, cleaned, and of bearable length whatever the parser quotes.
fn problem(line: Option<u32>, reason: &str) -> Problem {
    let reason: String = clean_line(reason).chars().take(300).collect();
    Problem::new(ProblemKind::FrontMatter, line, reason)
}

#[cfg(test)]
mod tests;
