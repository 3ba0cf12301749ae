//! Asks the terminal what it can do, for `jianbao doctor`.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::environment::is_dumb;
use crate::platform;
use crate::text::clean_line;

/// How long all answers may take.
const DEADLINE: Duration = Duration::from_millis(300);
/// The most bytes that are read: what else comes is no answer.
const MOST_BYTES: usize = 4096;
/// The most characters of an answer.
const MOST_SHOWN: usize = 60;

/// The questions: its background, two modes, its version, underlines in styles (`Smulx`), pictures, and the columns after an ambiguous character and
/// after a blank at twice its size; last
/// the attributes that every terminal answers. Then the line is emptied.
const QUESTIONS: &str = "\x1b]11;?\x1b\\\x1b[?2031$p\x1b[?2026$p\x1b[>q\x1bP+q536D756C78\x1b\\\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\r“\x1b[6n\r\x1b]66;s=2; \x1b\\\x1b[6n\x1b[c\r\x1b[K";

/// What a terminal answered; None is no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalAnswers {
    /// Its name and version.
    pub version: Option<String>,
    /// The colour of the background, as it says it.
    pub background: Option<String>,
    /// Whether it reports when it turns dark or light (mode 2031).
    pub colour_reports: Option<bool>,
    /// Whether it draws a frame at once (mode 2026).
    pub synchronised: Option<bool>,
    /// Whether it says that it has underlines in styles.
    pub underline_styles: bool,
    /// How it shows pictures: `kitty`, `sixel`, or `none`.
    pub pictures: Option<&'static str>,
    /// The columns of an ambiguous character.
    pub ambiguous: Option<u16>,
    /// Whether it shows text at twice its size.
    pub large_text: Option<bool>,
}

/// Asks the terminal. None if standard input and output are none.
pub fn ask_terminal() -> Option<TerminalAnswers> {
    if !io::stdin().is_terminal()
        || !io::stdout().is_terminal()
        || is_dumb()
        || enable_raw_mode().is_err()
    {
        return None;
    }
    let mut out = io::stdout();
    let asked = out
        .write_all(QUESTIONS.as_bytes())
        .and_then(|()| out.flush());
    let bytes = asked.map(|()| read()).unwrap_or_default();
    // What is left would be typed into the shell. A terminal that is gone needs no mode.
    platform::forget_input();
    let _ = disable_raw_mode();
    Some(answers(&String::from_utf8_lossy(&bytes)))
}

/// What comes until the last answer or the deadline.
fn read() -> Vec<u8> {
    let end = Instant::now() + DEADLINE;
    let mut bytes = Vec::new();
    let mut buffer = [0; 1024];
    while bytes.len() < MOST_BYTES && attributes(&String::from_utf8_lossy(&bytes)).is_none() {
        let left = end.saturating_duration_since(Instant::now());
        let stdin = io::stdin();
        match platform::readable([&stdin], Some(left)) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted && !left.is_zero() => {}
            Ok([true]) => match platform::read(&stdin, &mut buffer) {
                Ok(length) if length > 0 => bytes.extend_from_slice(&buffer[..length]),
                _ => break,
            },
            _ => break,
        }
    }
    bytes
}

fn answers(text: &str) -> TerminalAnswers {
    let after = |begin: &str| text.split_once(begin).map(|(_, rest)| rest);
    let string = |begin: &str| {
        let answer = after(begin)?.split(['\x1b', '\x07']).next()?;
        if answer.is_empty() {
            return None;
        }
        Some(
            clean_line(answer)
                .chars()
                .take(MOST_SHOWN)
                .collect::<String>(),
        )
    };
    // 1 and 2 are on and off; the others cannot be changed, or are unknown.
    let mode = |begin: &str| Some(after(begin)?.starts_with(['1', '2']));
    let attributes = attributes(text);
    let pictures = attributes.map(|attributes| match attributes {
        _ if text.contains("\x1b_Gi=31;OK") => "kitty",
        attributes if attributes.split(';').any(|attribute| attribute == "4") => "sixel",
        _ => "none",
    });
    let mut columns = text.split("\x1b[").filter_map(|part| {
        let (row, column) = part.split_once('R')?.0.split_once(';')?;
        row.parse::<u16>().ok()?;
        column.parse::<u16>().ok()
    });
    TerminalAnswers {
        version: string("\x1bP>|"),
        background: string("\x1b]11;"),
        colour_reports: mode("\x1b[?2031;"),
        synchronised: mode("\x1b[?2026;"),
        underline_styles: after("\x1bP1+r").is_some(),
        pictures,
        ambiguous: { columns.next() }
            .and_then(|column| column.checked_sub(1))
            .filter(|columns| matches!(columns, 1 | 2)),
        large_text: columns.next().map(|column| column == 3),
    }
}

/// The primary attributes, which every terminal has.
fn attributes(text: &str) -> Option<&str> {
    text.split("\x1b[?").skip(1).find_map(|part| {
        let (attributes, _) = part.split_once('c')?;
        attributes
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b';')
            .then_some(attributes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_of_a_terminal_are_read() {
        let found = answers(
            "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?2031;2$y\x1b[?2026;0$y\x1bP>|kitty(0.40)\x1b\\\x1bP1+r536d756c78=1b\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[5;3R\x1b[5;3R\x1b[?62;4c",
        );
        let expected = TerminalAnswers {
            version: Some("kitty(0.40)".into()),
            background: Some("rgb:1e1e/1e1e/2e2e".into()),
            colour_reports: Some(true),
            synchronised: Some(false),
            underline_styles: true,
            pictures: Some("kitty"),
            ambiguous: Some(2),
            large_text: Some(true),
        };
        assert_eq!(found, expected);
        assert_eq!(answers("\x1b[9;2R\x1b[?62;4c").pictures, Some("sixel"));
        assert_eq!(answers("\x1b[?6c").pictures, Some("none"));
    }

    #[test]
    fn nonsense_is_no_answer() {
        for text in [
            "",
            "\x1b[",
            "jjj\x1b[?c2031;R",
            "\x1b[1;99999R\x1b[x;2R\x1b[5;1R",
            "\x1b[?12;y",
        ] {
            let found = answers(text);
            assert_eq!(
                (found.version, found.ambiguous, found.synchronised),
                (None, None, None),
                "{text:?}"
            );
        }
    }
}
