//! Bytes from the terminal to keys, pastes, mouse events and answers.
//!
//! A decoder of our own, since the one at hand has no way to receive the answer to a question (an OSC 11 reply would
//! be typed into the reader as keys), takes an `ESC [ A` that arrives in two parts for three keys, and spins when the
//! terminal is gone. The sequences are those of xterm's control sequences document and of the kitty keyboard protocol.

use std::time::Duration;

use crate::reader::{Code, Key, Mouse, MouseKind};
use crate::view::Background;

/// What came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, not cleaned.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The answer to the question for the background's colour.
    Background(Background),
    /// The terminal told what it is: every question before this one has its answer, or never will.
    Attributes,
}

/// How long to wait for the rest of what may be the Escape key or the start of a sequence.
const ESCAPE_PATIENCE: Duration = Duration::from_millis(50);
/// How long to wait for the rest of a sequence that has clearly begun.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(500);
/// How long to wait for the rest of a paste.
const PASTE_PATIENCE: Duration = Duration::from_secs(2);
/// The most that is kept of a paste, and of any other sequence, in bytes.
const MOST_PASTE: usize = 1 << 20;
const MOST_SEQUENCE: usize = 4096;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into [`Input`]s, whatever the pieces they arrive in.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    buffer: Vec<u8>,
    paste: Option<Vec<u8>>,
}

/// What the start of the buffer is.
enum Step {
    /// The beginning of something longer.
    Unfinished,
    /// So many bytes, and what they mean, if anything.
    Took(usize, Option<Input>),
    /// So many bytes that open a paste.
    PasteBegins(usize),
}

impl Decoder {
    /// Takes more bytes and tells what they complete.
    pub(super) fn feed(&mut self, bytes: &[u8], tell: &mut impl FnMut(Input)) {
        self.buffer.extend_from_slice(bytes);
        loop {
            if self.paste.is_some() {
                match self.paste_on() {
                    Some(text) => tell(Input::Paste(text)),
                    None => return,
                }
            }
            if self.buffer.is_empty() {
                return;
            }
            match step(&self.buffer) {
                Step::Unfinished if self.buffer.len() > MOST_SEQUENCE => self.buffer.clear(),
                Step::Unfinished => return,
                Step::PasteBegins(length) => {
                    self.buffer.drain(..length);
                    self.paste = Some(Vec::new());
                }
                Step::Took(length, input) => {
                    self.buffer.drain(..length);
                    if let Some(input) = input {
                        tell(input);
                    }
                }
            }
        }
    }

    /// How long to wait before [`Decoder::pause`]; none when nothing is unfinished.
    pub(super) fn patience(&self) -> Option<Duration> {
        match (&self.paste, &*self.buffer) {
            (Some(_), _) => Some(PASTE_PATIENCE),
            (None, []) => None,
            (None, [0x1b] | [0x1b, b'[' | b'O']) => Some(ESCAPE_PATIENCE),
            (None, _) => Some(SEQUENCE_PATIENCE),
        }
    }

    /// Nothing more came: what is unfinished is taken for what it is, or dropped.
    pub(super) fn pause(&mut self, tell: &mut impl FnMut(Input)) {
        let rest = std::mem::take(&mut self.buffer);
        if let Some(mut paste) = self.paste.take() {
            paste.extend_from_slice(&rest);
            return tell(Input::Paste(String::from_utf8_lossy(&paste).into_owned()));
        }
        match *rest {
            [0x1b] => tell(Input::Key(Key::plain(Code::Esc))),
            [0x1b, c @ (b'[' | b'O')] => tell(Input::Key(Key { alt: true, ..Key::char(char::from(c)) })),
            _ => {}
        }
    }

    /// Moves what belongs to the open paste out of the buffer; its text when it is complete.
    fn paste_on(&mut self) -> Option<String> {
        let paste = self.paste.as_mut()?;
        let end = memchr::memmem::find(&self.buffer, PASTE_END);
        // An end mark may have arrived in part: as much as it could be stays.
        let take = end.unwrap_or_else(|| self.buffer.len().saturating_sub(PASTE_END.len() - 1));
        let room = MOST_PASTE.saturating_sub(paste.len());
        paste.extend_from_slice(&self.buffer[..take.min(room)]);
        self.buffer.drain(..take);
        end?;
        self.buffer.drain(..PASTE_END.len());
        let paste = self.paste.take()?;
        Some(String::from_utf8_lossy(&paste).into_owned())
    }
}

fn step(bytes: &[u8]) -> Step {
    match *bytes {
        [0x1b] | [0x1b, b'O'] => Step::Unfinished,
        [0x1b, 0x1b, ..] => Step::Took(1, Some(Input::Key(Key::plain(Code::Esc)))),
        [0x1b, b'[', ..] => control_sequence(bytes),
        [0x1b, b'O', 0x1b, ..] => Step::Took(2, Some(Input::Key(Key { alt: true, ..Key::char('O') }))),
        [0x1b, b'O', last, ..] => Step::Took(3, cursor_key(last).map(|code| Input::Key(Key::plain(code)))),
        [0x1b, b']', ..] => string(bytes, true),
        [0x1b, b'P' | b'_' | b'^' | b'X', ..] => string(bytes, false),
        [0x1b, ..] => match step(&bytes[1..]) {
            Step::Took(length, Some(Input::Key(key))) => {
                Step::Took(length + 1, Some(Input::Key(Key { alt: true, ..key })))
            }
            Step::Took(length, _) => Step::Took(length + 1, None),
            other => other,
        },
        [first, ..] if first < 0x20 || first == 0x7f => Step::Took(1, Some(Input::Key(control_key(first)))),
        _ => character(bytes),
    }
}

fn control_key(byte: u8) -> Key {
    match byte {
        b'\t' => Key::plain(Code::Tab),
        b'\r' | b'\n' => Key::plain(Code::Enter),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0 => Key::ctrl(' '),
        1..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
        _ => Key::ctrl(char::from(byte + 0x40)),
    }
}

fn character(bytes: &[u8]) -> Step {
    let most = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(most) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => std::str::from_utf8(&most[..error.valid_up_to()]).unwrap_or_default(),
        Err(error) => {
            return error.error_len().map_or(Step::Unfinished, |length| Step::Took(length, None));
        }
    };
    let key = valid.chars().next().map(|c| (c.len_utf8(), Input::Key(Key::char(c))));
    key.map_or(Step::Took(1, None), |(length, input)| Step::Took(length, Some(input)))
}

/// A string that ends with ST, or with BEL where that is allowed. Of all of them only the answer to OSC 11 means something.
fn string(bytes: &[u8], bell_ends: bool) -> Step {
    for (at, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            0x07 if bell_ends => return Step::Took(at + 1, colour_answer(&bytes[2..at])),
            0x1b => match bytes.get(at + 1) {
                None => return Step::Unfinished,
                Some(b'\\') => return Step::Took(at + 2, colour_answer(&bytes[2..at]).filter(|_| bell_ends)),
                // Not an end: the string was broken off, and something new begins here.
                Some(_) => return Step::Took(at, None),
            },
            _ => {}
        }
    }
    Step::Unfinished
}

fn colour_answer(text: &[u8]) -> Option<Input> {
    let text = std::str::from_utf8(text).ok()?.strip_prefix("11;")?;
    let channels = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?;
    let mut parts = channels.split('/').map(|hex| {
        let most = (1_u32 << (4 * hex.len().clamp(1, 4))) - 1;
        u32::from_str_radix(hex, 16).ok().map(|value| f64::from(value) / f64::from(most))
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    // Rec. 601 luma: how light a colour looks, from 0 to 1.
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(Input::Background(if luma > 0.5 { Background::Light } else { Background::Dark }))
}

/// `ESC [`, parameters, a final byte.
fn control_sequence(bytes: &[u8]) -> Step {
    let body = &bytes[2..];
    let Some(length) = body.iter().position(|byte| !matches!(byte, 0x20..=0x3f)) else { return Step::Unfinished };
    let (parameters, last, took) = (&body[..length], body[length], length + 3);
    let parameters = std::str::from_utf8(parameters).unwrap_or_default();
    match last {
        // The old mouse report carries three bytes after its final one.
        b'M' if parameters.is_empty() => {
            if bytes.len() < 6 {
                Step::Unfinished
            } else {
                Step::Took(6, None)
            }
        }
        b'M' | b'm' => Step::Took(took, mouse(parameters, last)),
        b'~' if parameters == "200" => Step::PasteBegins(took),
        b'c' if parameters.starts_with('?') => Step::Took(took, Some(Input::Attributes)),
        0x40..=0x7e => Step::Took(took, sequence_key(parameters, last).map(Input::Key)),
        // Not a final byte: the sequence was broken off here.
        _ => Step::Took(length + 2, None),
    }
}

fn mouse(parameters: &str, last: u8) -> Option<Input> {
    let mut numbers = parameters.strip_prefix('<')?.split(';').map(|number| number.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    // Shift, Alt and Control are of no matter here.
    let kind = match (button & !0b1_1100, last) {
        (0, b'M') => MouseKind::Press,
        (64, b'M') => MouseKind::WheelUp,
        (65, b'M') => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Input::Mouse(Mouse { kind, column: column.checked_sub(1)?, row: row.checked_sub(1)? }))
}

fn sequence_key(parameters: &str, last: u8) -> Option<Key> {
    let mut fields = parameters.split(';');
    let first = fields.next().unwrap_or_default();
    let mut second = fields.next().unwrap_or_default().split(':');
    let number = first.split(':').next().and_then(|number| number.parse::<u32>().ok());
    let modifiers = second.next().and_then(|bits| bits.parse::<u32>().ok()).unwrap_or(1).saturating_sub(1);
    // The kitty protocol tells of releases as event 3.
    if second.next() == Some("3") {
        return None;
    }
    let (shift, alt, ctrl) = (modifiers & 1 != 0, modifiers & 2 != 0, modifiers & 4 != 0);
    let code = match (last, number) {
        (b'Z', _) => Code::BackTab,
        (b'~', Some(27)) => coded_key(fields.next()?.parse().ok()?, shift)?,
        (b'~', Some(number)) => match number {
            1 | 7 => Code::Home,
            4 | 8 => Code::End,
            3 => Code::Delete,
            5 => Code::PageUp,
            6 => Code::PageDown,
            _ => return None,
        },
        (b'u', Some(number)) => coded_key(number, shift)?,
        _ => cursor_key(last)?,
    };
    Some(Key { code, ctrl, alt })
}

/// A key told by its code point.
fn coded_key(number: u32, shift: bool) -> Option<Code> {
    Some(match char::from_u32(number)? {
        '\t' if shift => Code::BackTab,
        '\t' => Code::Tab,
        '\r' => Code::Enter,
        '\u{1b}' => Code::Esc,
        '\u{8}' | '\u{7f}' => Code::Backspace,
        // The private use area holds keys that the reader does not know.
        '\0'..' ' | '\u{e000}'..='\u{f8ff}' => return None,
        c if shift => Code::Char(c.to_uppercase().next().unwrap_or(c)),
        c => Code::Char(c),
    })
}

const fn cursor_key(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'M' => Code::Enter,
        _ => return None,
    })
}

#[cfg(test)]
#[path = "decoder_tests.rs"]
mod tests;
