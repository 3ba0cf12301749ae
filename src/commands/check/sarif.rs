//! Findings in SARIF 2.1.0 (OASIS, 2020), which code hosts and editors show beside the text.

use std::env;
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

use serde_json::{Map, Value, json};

use super::{Item, Level, Root, Told};
use crate::check::{Finding, Rule};

/// Where the schema of the format lies.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn print(told: &[Told<'_>], roots: &[Root], out: &mut impl Write) -> io::Result<()> {
    let here = env::current_dir().and_then(|path| path.canonicalize()).unwrap_or_default();
    let mut bases = Map::new();
    let results: Vec<Value> = told
        .iter()
        .map(|told| result(&told.finding, told.level, &location(told.item, roots, &here, &mut bases)))
        .collect();
    let mut run = json!({
        "tool": { "driver": {
            "name": "jianbao",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": Rule::ALL.map(rule),
        } },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    if !bases.is_empty() {
        run["originalUriBaseIds"] = bases.into();
    }
    serde_json::to_writer_pretty(&mut *out, &json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))?;
    out.write_all(b"\n")
}

fn rule(rule: Rule) -> Value {
    json!({
        "id": rule.code(),
        "name": rule.name(),
        "shortDescription": { "text": rule.title() },
        "fullDescription": { "text": rule.explanation() },
        "help": { "text": rule.help() },
        "defaultConfiguration": { "level": level(if rule.is_denied() { Level::Denied } else { Level::Note }) },
    })
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Denied => "error",
        Level::Note => "note",
        Level::Allowed => "none",
    }
}

fn result(finding: &Finding, of: Level, location: &Value) -> Value {
    let at = |line: u32| json!({ "physicalLocation": { "artifactLocation": location, "region": { "startLine": line.max(1) } } });
    let mut result = json!({
        "ruleId": finding.rule.code(),
        "ruleIndex": finding.rule as usize,
        "level": level(of),
        "message": { "text": format!("{}: {}. {}", finding.rule.title(), finding.message, finding.rule.help()) },
        "locations": [at(finding.line)],
    });
    if let Some(line) = finding.related_line {
        let mut related = at(line);
        related["id"] = 1.into();
        related["message"] = json!({ "text": "the block of the other language" });
        result["relatedLocations"] = json!([related]);
    }
    result
}

/// Where an article lies: relative to the folder one is in, as code hosts want it, or else to the root that was named, which is then told of in `bases`.
fn location(item: &Item, roots: &[Root], here: &Path, bases: &mut Map<String, Value>) -> Value {
    let below = item.shown.strip_prefix(here).unwrap_or(&item.shown);
    if below.components().all(|part| matches!(part, Component::Normal(_))) {
        return json!({ "uri": uri(below) });
    }
    let root = &roots[item.root].path;
    let folder = if root.is_dir() { root } else { root.parent().unwrap_or(root) };
    let (name, rest) = (format!("ROOT{}", item.root), item.shown.strip_prefix(folder).unwrap_or(&item.shown));
    if !bases.contains_key(&name) {
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        bases.insert(name.clone(), json!({ "uri": format!("file://{}/", uri(&whole).trim_end_matches('/')) }));
    }
    json!({ "uri": uri(rest), "uriBaseId": name })
}

/// A path as a URI reference: every byte but the unreserved ones and slashes escaped (RFC 3986, 2.3).
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(*byte)),
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                uri.extend(['%', DIGITS[usize::from(byte >> 4)].into(), DIGITS[usize::from(byte & 15)].into()]);
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_escaped_byte_by_byte() {
        assert_eq!(uri(Path::new("图/a b:#?%.md")), "%E5%9B%BE/a%20b%3A%23%3F%25.md");
    }
}
