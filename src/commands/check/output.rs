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
use super::scan::{ArticleToCheck, CheckRoot, Report};
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
    for Report {
        article,
        finding,
        level,
    } in reports
    {
        let rule = finding.rule.info();
        let (level, tone) = if *level == Level::Error {
            (tr!("error"), Tone::Warning)
        } else {
            (tr!("note"), Tone::Quiet)
        };
        let place = format!("{}:{}: ", shown(&article.shown), finding.line);
        write_toned(out, theme, &place, Tone::Title)?;
        write_toned(out, theme, &format!("{level} {} ", rule.code), tone)?;
        writeln!(out, "{}", headline(finding))?;
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
    let touched: HashSet<_> = reports.iter().map(|report| &report.article.shown).collect();
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
    related_line: Option<u32>,
}

pub(super) fn print_json(reports: &[Report<'_>], out: &mut impl Write) -> io::Result<()> {
    for Report {
        article,
        finding,
        level,
    } in reports
    {
        let rule = finding.rule.info();
        let record = FindingRecord {
            path: PathRecord::new(&article.shown),
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
            sarif_result(
                report,
                &sarif_location(report.article, roots, &here, &mut bases),
            )
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

fn sarif_result(report: &Report<'_>, location: &Value) -> Value {
    let finding = &report.finding;
    let rule = finding.rule.info();
    let at = |line: u32| json!({ "physicalLocation": { "artifactLocation": location, "region": { "startLine": line.max(1) } } });
    let mut result = json!({
        "ruleId": rule.code,
        "ruleIndex": finding.rule as usize,
        "level": if report.level == Level::Error { "error" } else { "note" },
        "message": { "text": tr!("{what}. {help}", what = headline(finding), help = translated(rule.help)) },
        "locations": [at(finding.line)],
    });
    if let Some(line) = finding.related_line {
        let mut related = at(line);
        related["id"] = 1.into();
        related["message"] = json!({ "text": tr!("the paragraph in the other language") });
        result["relatedLocations"] = json!([related]);
    }
    result
}

/// The location of an article: relative to the current folder, as code hosts want it, or else to
/// the root named on the command line, which is then added to `bases`.
fn sarif_location(
    article: &ArticleToCheck,
    roots: &[CheckRoot],
    here: &Path,
    bases: &mut Map<String, Value>,
) -> Value {
    let below = article.shown.strip_prefix(here).unwrap_or(&article.shown);
    if below
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return json!({ "uri": uri(below) });
    }
    let root = &roots[article.root].path;
    let folder = if root.is_dir() {
        root
    } else {
        root.parent().unwrap_or(root)
    };
    let name = format!("ROOT{}", article.root);
    let rest = article.shown.strip_prefix(folder).unwrap_or(&article.shown);
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
