//! Prints a patch of what is mechanical, for `git apply`. Nothing is written.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use similar::TextDiff;

use super::scan::{CheckRoot, Report};
use crate::check::{Finding, mended};
use crate::text::clean;

/// Files up to this size are mended: what is read of an article.
const MOST_BYTES: u64 = 16 << 20;

/// Prints the patch of all files with findings that are mechanical. Those not in UTF-8 are left out.
pub(super) fn print(
    reports: &[Report<'_>],
    roots: &[CheckRoot],
    out: &mut impl Write,
) -> io::Result<()> {
    // The lines that are removed are hostile, and a terminal draws them.
    let is_terminal = io::stdout().is_terminal();
    for reports in reports.chunk_by(|one, other| one.file() == other.file()) {
        let Report {
            article, finding, ..
        } = &reports[0];
        let path = article.files.of(finding.side);
        let path = roots[article.root].library.on_disk(path);
        let Some(source) = path.and_then(|path| read(&path)) else {
            continue;
        };
        let findings: Vec<&Finding> = reports.iter().map(|report| &report.finding).collect();
        let mended = mended(&source, &findings);
        if mended == source {
            continue;
        }
        let [old, new] = ["a/", "b/"].map(|side| name(side, reports[0].file()));
        let diff = TextDiff::from_lines(&source, &mended);
        let patch = diff.unified_diff().header(&old, &new).to_string();
        let shown = if is_terminal {
            clean(&patch)
        } else {
            patch.as_str().into()
        };
        out.write_all(shown.as_bytes())?;
    }
    Ok(())
}

fn read(path: &Path) -> Option<String> {
    let file = fs::metadata(path).ok()?;
    let is_read = file.is_file() && file.len() <= MOST_BYTES;
    String::from_utf8(fs::read(path).ok().filter(|_| is_read)?).ok()
}

/// A path as git writes it: in quotation marks, if it has characters that would end or change the line.
fn name(side: &str, path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = path.trim_start_matches('/');
    if !path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return format!("{side}{path}");
    }
    let mut quoted = format!("\"{side}");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let mut bytes = [0; 4];
                let octal = |byte: &u8| format!("\\{byte:03o}");
                quoted.extend(c.encode_utf8(&mut bytes).as_bytes().iter().map(octal));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_as_git_does() {
        assert_eq!(name("a/", Path::new("茶 a.md")), "a/茶 a.md");
        assert_eq!(
            name("b/", Path::new("x\"\n\u{85}.md")),
            "\"b/x\\\"\\012\\302\\205.md\""
        );
    }
}
