//! Prints findings: as text for people, JSON Lines for scripts, and SARIF 2.1.0 (OASIS, 2020) for
//! code hosts and editors.

use std::collections::HashSet;
use std::env;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Component, Path};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::levels::Level;
use super::scan::{CheckRoot, Report};
use crate::check::{Finding, RULES, RuleInfo};
use crate::commands::output::{PathRecord, shown, theme, write_json, write_toned};
use crate::locale::translated;
use crate::reader::many;
use crate::shell::SettingsFile;
use crate::view::Tone;

/// Prints a line for each finding, below the first one of a rule what to do, and a line that counts
/// them.
pub(super) fn print_text(
    reports: &[Report<'_>],
    articles: usize,
    file: &SettingsFile,
    out: &mut impl Write,
) -> io::Result<()> {
    let theme = theme(file);
    let mut explained = HashSet::new();
    for report in reports {
        let Report { finding, level, .. } = report;
        let rule = finding.rule.info();
        let (level, tone) = if *level == Level::Error {
            (tr!("error"), Tone::Warning)
        } else {
            (tr!("note"), Tone::Quiet)
        };
        let place = format!("{}:{}: ", shown(report.file()), finding.line);
        write_toned(out, theme, &place, Tone::Title)?;
        write_toned(out, theme, &format!("{level} {} ", rule.code), tone)?;
        let what = headline(finding);
        let what = match report.related() {
            None => what,
            Some((file, line)) if file == report.file() => {
                tr!(
                    "{what} (translation: line {line})",
                    what = what,
                    line = line
                )
            }
            Some((file, line)) => tr!(
                "{what} (translation: {file}:{line})",
                what = what,
                file = shown(file),
                line = line
            ),
        };
        writeln!(out, "{what}")?;
        if explained.insert(rule.code) {
            write_toned(
                out,
                theme,
                &format!("    {}", translated(rule.help)),
                Tone::Quiet,
            )?;
            out.write_all(b"\n")?;
        }
    }
    let errors = reports
        .iter()
        .filter(|report| report.level == Level::Error)
        .count();
    let touched: HashSet<_> = reports
        .iter()
        .map(|report| &report.article.shown.path)
        .collect();
    let summary = if reports.is_empty() {
        tr!(
            "no problems found in {articles}",
            articles = many(articles, "article")
        )
    } else {
        tr!(
            "{errors}, {notes} ({count} of {articles})",
            errors = many(errors, "error"),
            notes = many(reports.len() - errors, "note"),
            count = touched.len(),
            articles = many(articles, "article")
        )
    };
    let tone = if errors > 0 {
        Tone::Warning
    } else {
        Tone::Plain
    };
    write_toned(out, theme, &summary, tone)?;
    out.write_all(b"\n")
}

/// What is wrong, in one line.
fn headline(finding: &Finding) -> String {
    tr!(
        "{title}: {message}",
        title = translated(finding.rule.info().title),
        message = finding.message
    )
}

/// One finding. `jianbao check --help` and the docs promise the names of the fields and the values
/// of `level`.
#[derive(Serialize)]
struct FindingRecord<'a> {
    #[serde(flatten)]
    path: PathRecord,
    line: u32,
    code: &'static str,
    rule: &'static str,
    level: &'static str,
    message: &'a str,
    help: &'static str,
    /// The path of the other file of two; absent for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    related_path: Option<String>,
    related_line: Option<u32>,
}

pub(super) fn print_json(reports: &[Report<'_>], out: &mut impl Write) -> io::Result<()> {
    for report in reports {
        let Report { finding, level, .. } = report;
        let rule = finding.rule.info();
        let related = report.related().filter(|(file, _)| *file != report.file());
        let record = FindingRecord {
            path: PathRecord::new(report.file()),
            line: finding.line,
            code: rule.code,
            rule: rule.name,
            level: if *level == Level::Error {
                "denied"
            } else {
                "note"
            },
            message: &finding.message,
            help: translated(rule.help),
            related_path: related.map(|(file, _)| file.to_string_lossy().into_owned()),
            related_line: finding.related_line,
        };
        write_json(&record, out)?;
    }
    Ok(())
}

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn print_sarif(
    reports: &[Report<'_>],
    roots: &[CheckRoot],
    out: &mut impl Write,
) -> io::Result<()> {
    let here = env::current_dir()
        .and_then(|path| path.canonicalize())
        .unwrap_or_default();
    let mut bases = Map::new();
    let results: Vec<Value> = reports
        .iter()
        .map(|report| {
            let root = report.article.root;
            let mut at = |file: &Path, line| {
                let location = sarif_location(file, root, roots, &here, &mut bases);
                physical_location(&location, line)
            };
            let place = at(report.file(), report.finding.line);
            let related = report.related().map(|(file, line)| at(file, line));
            sarif_result(report, &place, related)
        })
        .collect();
    let mut run = json!({
        "tool": { "driver": {
            "name": "jianbao",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(sarif_rule).collect::<Vec<_>>(),
        } },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    if !bases.is_empty() {
        run["originalUriBaseIds"] = bases.into();
    }
    serde_json::to_writer_pretty(
        &mut *out,
        &json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }),
    )?;
    out.write_all(b"\n")
}

fn sarif_rule(rule: &RuleInfo) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": translated(rule.title) },
        "fullDescription": { "text": translated(rule.explanation) },
        "help": { "text": translated(rule.help) },
        "defaultConfiguration": { "level": if rule.is_error { "error" } else { "note" } },
    })
}

fn physical_location(location: &Value, line: u32) -> Value {
    json!({ "physicalLocation": { "artifactLocation": location, "region": { "startLine": line.max(1) } } })
}

fn sarif_result(report: &Report<'_>, place: &Value, related: Option<Value>) -> Value {
    let finding = &report.finding;
    let rule = finding.rule.info();
    let mut result = json!({
        "ruleId": rule.code,
        "ruleIndex": finding.rule as usize,
        "level": if report.level == Level::Error { "error" } else { "note" },
        "message": { "text": tr!("{what}. {help}", what = headline(finding), help = translated(rule.help)) },
        "locations": [place],
    });
    if let Some(mut related) = related {
        related["id"] = 1.into();
        related["message"] = json!({ "text": tr!("the paragraph in the other language") });
        result["relatedLocations"] = json!([related]);
    }
    result
}

/// The location of a file of a root: relative to the current folder, as code hosts want it, or else to
/// the root named on the command line, which is then added to `bases`.
fn sarif_location(
    file: &Path,
    root: usize,
    roots: &[CheckRoot],
    here: &Path,
    bases: &mut Map<String, Value>,
) -> Value {
    let below = file.strip_prefix(here).unwrap_or(file);
    if below
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return json!({ "uri": uri(below) });
    }
    let base = &roots[root].path;
    let folder = if base.is_dir() {
        base
    } else {
        base.parent().unwrap_or(base)
    };
    let name = format!("ROOT{root}");
    let rest = file.strip_prefix(folder).unwrap_or(file);
    if !bases.contains_key(&name) {
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        bases.insert(
            name.clone(),
            json!({ "uri": format!("file://{}/", uri(&whole).trim_end_matches('/')) }),
        );
    }
    json!({ "uri": uri(rest), "uriBaseId": name })
}

/// A path as a URI reference: all bytes escaped except slashes and unreserved ones (RFC 3986, 2.3).
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(byte.into());
        } else {
            // Writing to a string never fails.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_escaped_byte_by_byte() {
        assert_eq!(
            uri(Path::new("图/a b:#?%.md")),
            "%E5%9B%BE/a%20b%3A%23%3F%25.md"
        );
    }
}
