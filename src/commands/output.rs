//! What the commands share: their outcome, and how they print.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use crate::error::Error;
use crate::library::Imported;
use crate::markdown::{BlockKind, Document, LeafKind};
use crate::settings::WhenSetting;
use crate::shell::{SettingsFile, background, colour_depth, styled};
use crate::text::{clean_line, is_harmless};
use crate::typeset::{self, LayoutSettings};
use crate::view::{ColourDepth, Theme, Tone};

/// The answer of a command that succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Yes,
    /// Done, with a negative answer: nothing matches, or there are errors.
    No,
}

impl From<bool> for Outcome {
    fn from(is_yes: bool) -> Self {
        if is_yes { Self::Yes } else { Self::No }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Yes => Self::SUCCESS,
            Outcome::No => Self::from(1),
        }
    }
}

/// Buffered standard output.
pub(super) type Out = BufWriter<StdoutLock<'static>>;

/// Prints to standard output.
pub(super) fn print(write: impl FnOnce(&mut Out) -> io::Result<()>) -> Result<(), Error> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(Error::Output)
}

/// Writes one line of JSON Lines, in which characters that could confuse a terminal are escaped.
pub(super) fn write_json(
    record: &impl Serialize,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    write_json_line(&serde_json::to_string(record)?, out)
}

/// Says how many lines were imported, or why none was.
pub(super) fn print_imported(imported: Result<Imported, String>) -> Result<(), Error> {
    let imported = imported
        .map_err(|reason| Error::Usage(tr!("nothing was imported: {reason}", reason = reason)))?;
    print(|out| {
        let line = tr!(
            "{count} imported, {kept} skipped (already as new)",
            count = imported.taken,
            kept = imported.kept
        );
        writeln!(out, "{line}")
    })
}

/// Writes a line of JSON in the same way.
pub(super) fn write_json_line(json: &str, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    // Outside of strings JSON has no character that could be hostile.
    let mut rest = json;
    while let Some((at, c)) = rest.char_indices().find(|&(_, c)| !is_harmless(c)) {
        out.write_all(&rest.as_bytes()[..at])?;
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        rest = &rest[at + c.len_utf8()..];
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\n")
}

/// A path in JSON: the name that opens the file.
#[derive(Debug, Serialize)]
pub(super) struct PathRecord {
    path: String,
    /// The bytes of a name that is not UTF-8, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
}

impl PathRecord {
    pub(super) fn new(path: &Path) -> Self {
        let hexadecimal = || {
            let bytes = path.as_os_str().as_encoded_bytes().iter();
            bytes.fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
        };
        Self {
            path: path.to_string_lossy().into_owned(),
            path_bytes: path.to_str().is_none().then(hexadecimal),
        }
    }
}

/// The theme to print with; `None` for plain text.
pub(super) fn theme(file: &SettingsFile) -> Option<Theme> {
    let depth = match file.settings().color {
        WhenSetting::Never => return None,
        WhenSetting::Auto if !io::stdout().is_terminal() => return None,
        WhenSetting::Auto => colour_depth(),
        // An explicit option counts more than a pipe or NO_COLOR.
        WhenSetting::Always => colour_depth().max(ColourDepth::Ansi16),
    };
    let palette = file.palette(background().unwrap_or_default());
    Some(file.theme(palette, depth, false))
}

/// Writes a text in a tone, or plain without a theme.
pub(super) fn write_toned(
    out: &mut impl Write,
    theme: Option<Theme>,
    text: &str,
    tone: Tone,
) -> io::Result<()> {
    match theme {
        Some(theme) => write!(out, "{}", styled(text, theme.tone(tone))),
        None => out.write_all(text.as_bytes()),
    }
}

/// A paragraph as lines of a width.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut document = Document::default();
    document.push(BlockKind::Paragraph, LeafKind::Paragraph, text);
    let settings = LayoutSettings::new(columns as u16);
    let rows = typeset::set(&document, &settings);
    (0..rows.rows.len())
        .map(|row| rows.plain(row, &document))
        .collect()
}

/// Prints a line on standard error. If that is closed, nothing can be done.
pub(super) fn warn(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "jianbao: {line}");
}

/// A path as it is printed.
pub(super) fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

/// A confidence with three decimal places.
pub(super) fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}
