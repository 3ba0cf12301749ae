//! Findings in JSON Lines, for scripts.

use std::io::{self, Write};

use serde::Serialize;

use super::Told;
use crate::text::clean_line;

/// One finding. The names of the fields are promised in `jianbao check --help` and the README.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    line: u32,
    code: &'static str,
    rule: &'static str,
    level: &'static str,
    message: &'a str,
    help: &'static str,
    related_line: Option<u32>,
}

pub(super) fn print(told: &[Told<'_>], out: &mut impl Write) -> io::Result<()> {
    for Told { item, finding, level } in told {
        let path = item.shown.to_string_lossy();
        let record = Record {
            path: &clean_line(&path),
            line: finding.line,
            code: finding.rule.code(),
            rule: finding.rule.name(),
            level: level.name(),
            message: &finding.message,
            help: finding.rule.help(),
            related_line: finding.related_line,
        };
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
