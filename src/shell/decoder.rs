//! Decodes bytes from the terminal into events: keys, pastes, the mouse, answers to queries.
//!
//! crossterm's decoder cannot do this: it has no event for the answer to a query, and reads an OSC
//! 11 reply as keys (crossterm#1104); it takes an `ESC [ A` that arrives in two parts for three
//! keys (crossterm#993); and it spins when the terminal is gone (crossterm#793). When these are
//! fixed, this file should go.
//!
//! Sources: xterm's control sequences document; the kitty keyboard protocol; mode 2031 of Contour.

use std::time::Duration;

use super::event::Event;
use super::graphics::GraphicsAnswer;
use super::terminal::UNDERLINE_STYLES;
use crate::reader::{CellSize, Code, Key, Message, Mouse, MouseKind};
use crate::view::Background;

/// How long to wait after an escape, which is the Escape key or the start of a sequence.
const ESCAPE_TIMEOUT: Duration = Duration::from_millis(50);
/// How long to wait for the rest of a sequence.
const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(500);
/// How long to wait for the rest of a paste.
const PASTE_TIMEOUT: Duration = Duration::from_secs(2);
/// The longest paste, in bytes; the rest is dropped.
const MOST_PASTE: usize = 1 << 20;
/// The longest sequence that is not a paste, in bytes.
const MOST_SEQUENCE: usize = 4096;

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into [`Event`]s, in whatever pieces they arrive.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// The bytes of what is unfinished.
    buffer: Vec<u8>,
}

/// A number of bytes at the start of the buffer, and their meaning if they have one; None if they
/// are a part of something longer.
type Decoded = Option<(usize, Option<Event>)>;

impl Decoder {
    /// Takes more bytes, and passes on the events that they complete.
    pub(super) fn feed(&mut self, bytes: &[u8], on_event: &mut impl FnMut(Event)) {
        self.buffer.extend_from_slice(bytes);
        while let Some((length, event)) = decode(&self.buffer) {
            self.buffer.drain(..length);
            if let Some(event) = event {
                on_event(event);
            }
        }
        let (length, most) = (self.buffer.len(), PASTE_START.len() + MOST_PASTE);
        if !self.buffer.starts_with(PASTE_START) {
            if length > MOST_SEQUENCE {
                self.buffer.clear();
            }
        } else if length > most + PASTE_END.len() {
            // The end may have arrived in part.
            self.buffer.drain(most..=length - PASTE_END.len());
        }
    }

    /// How long to wait before [`Decoder::pause`]; None if nothing is unfinished.
    pub(super) fn timeout(&self) -> Option<Duration> {
        match &*self.buffer {
            [] => None,
            [0x1b] | [0x1b, b'[' | b'O'] => Some(ESCAPE_TIMEOUT),
            buffer if buffer.starts_with(PASTE_START) => Some(PASTE_TIMEOUT),
            _ => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Ends what is unfinished after the timeout: it is decoded as it is, or dropped.
    pub(super) fn pause(&mut self, on_event: &mut impl FnMut(Event)) {
        let rest = std::mem::take(&mut self.buffer);
        match *rest {
            [0x1b] => on_event(key_event(Key::plain(Code::Esc))),
            [0x1b, c @ (b'[' | b'O')] => on_event(key_event(alt(char::from(c)))),
            _ => {
                if let Some(text) = rest.strip_prefix(PASTE_START) {
                    on_event(pasted(text));
                }
            }
        }
    }
}

fn decode(bytes: &[u8]) -> Decoded {
    match *bytes {
        [] | [0x1b] | [0x1b, b'O'] => None,
        // Escape and then Ctrl-C, which is no Alt-Ctrl-C: it quits however quickly it is typed.
        [0x1b, 0x1b | 0x03, ..] => Some(key(1, Key::plain(Code::Esc))),
        [0x1b, b'[', ..] => control_sequence(bytes),
        [0x1b, b'O', 0x1b, ..] => Some(key(2, alt('O'))),
        [0x1b, b'O', last, ..] => {
            let code = cursor_key(last);
            Some((3, code.map(|code| key_event(Key::plain(code)))))
        }
        [0x1b, b']', ..] => string(bytes, colour_answer),
        [0x1b, b'P', ..] => string(bytes, device_answer),
        [0x1b, b'_', ..] => string(bytes, kitty_answer),
        [0x1b, b'^' | b'X', ..] => string(bytes, |_| None),
        [0x1b, ..] => match decode(&bytes[1..])? {
            (length, Some(Event::Message(Message::Key(pressed)))) => {
                let alt = true;
                Some(key(length + 1, Key { alt, ..pressed }))
            }
            (length, _) => Some((length + 1, None)),
        },
        [first, ..] if first < 0x20 || first == 0x7f => Some(key(1, control_key(first))),
        _ => character(bytes),
    }
}

const fn key_event(key: Key) -> Event {
    Event::Message(Message::Key(key))
}

const fn key(length: usize, key: Key) -> (usize, Option<Event>) {
    (length, Some(key_event(key)))
}

const fn alt(c: char) -> Key {
    Key {
        alt: true,
        ..Key::char(c)
    }
}

fn pasted(bytes: &[u8]) -> Event {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST_PASTE)]);
    Event::Message(Message::Paste(text.into_owned()))
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

fn character(bytes: &[u8]) -> Decoded {
    let bytes = &bytes[..bytes.len().min(4)];
    if let Some(c) = bytes.utf8_chunks().next()?.valid().chars().next() {
        return Some(key(c.len_utf8(), Key::char(c)));
    }
    // Bytes that are no character are dropped; the end of one may still come.
    let length = std::str::from_utf8(bytes).err()?.error_len()?;
    Some((length, None))
}

/// A string that ends with ST, an OSC with BEL too, and what it means.
fn string(bytes: &[u8], meaning: impl Fn(&[u8]) -> Option<Event>) -> Decoded {
    for (at, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            0x07 if bytes[1] == b']' => return Some((at + 1, meaning(&bytes[2..at]))),
            0x1b => match bytes.get(at + 1) {
                None => return None,
                Some(b'\\') => return Some((at + 2, meaning(&bytes[2..at]))),
                // The string was broken off, and something new begins here.
                Some(_) => return Some((at, None)),
            },
            _ => {}
        }
    }
    None
}

fn colour_answer(text: &[u8]) -> Option<Event> {
    let text = std::str::from_utf8(text).ok()?.strip_prefix("11;")?;
    let channels = text
        .strip_prefix("rgb:")
        .or_else(|| text.strip_prefix("rgba:"))?;
    let mut parts = channels.split('/').map(|hex| {
        let most = (1_u32 << (4 * hex.len().clamp(1, 4))) - 1;
        u32::from_str_radix(hex, 16)
            .ok()
            .map(|value| f64::from(value) / f64::from(most))
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    // Rec. 601 luma: how light a colour looks, from 0 to 1.
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(Event::Background(if luma > 0.5 {
        Background::Light
    } else {
        Background::Dark
    }))
}

/// The answer to XTVERSION, the name of the terminal; or to XTGETTCAP: `1` and the name of the capability that it has.
fn device_answer(text: &[u8]) -> Option<Event> {
    if let Some(name) = text.strip_prefix(b">|") {
        let name = String::from_utf8_lossy(name).into_owned();
        return Some(Event::Graphics(GraphicsAnswer::Name(name)));
    }
    let name = text.strip_prefix(b"1+r")?.get(..UNDERLINE_STYLES.len())?;
    let is_known = name.eq_ignore_ascii_case(UNDERLINE_STYLES.as_bytes());
    is_known.then_some(Event::UnderlineStyles)
}

/// The answer to a query of kitty's protocol.
fn kitty_answer(text: &[u8]) -> Option<Event> {
    match text {
        b"Gi=31;OK" => Some(Event::Graphics(GraphicsAnswer::Kitty)),
        b"Gi=32;OK" => Some(Event::Graphics(GraphicsAnswer::KittyZlib)),
        _ => None,
    }
}

/// The report of the size of a cell: `6`, its height, its width.
fn cell_size(parameters: &str) -> Option<Event> {
    let (height, width) = parameters.strip_prefix("6;")?.split_once(';')?;
    let (width, height) = (width.parse().ok()?, height.parse().ok()?);
    let cell = CellSize { width, height };
    let is_sound = width > 0 && height > 0;
    is_sound.then_some(Event::Graphics(GraphicsAnswer::Cell(cell)))
}

/// The report of the cursor's place: its row and column. F3 with Shift and the like come in the same form, and no question
/// before them.
fn cursor_column(parameters: &str) -> Option<Event> {
    let (row, column) = parameters.split_once(';')?;
    row.parse::<u16>().ok()?;
    Some(Event::CursorColumn(column.parse().ok()?))
}

/// The report of mode 2031.
fn colour_scheme(parameters: &str) -> Option<Event> {
    match parameters {
        "?997;1" => Some(Event::ColourScheme(Background::Dark)),
        "?997;2" => Some(Event::ColourScheme(Background::Light)),
        _ => None,
    }
}

/// `ESC [`, parameters, a final byte.
fn control_sequence(bytes: &[u8]) -> Decoded {
    let body = &bytes[2..];
    let length = body.iter().position(|byte| !matches!(byte, 0x20..=0x3f))?;
    let (parameters, last, took) = (&body[..length], body[length], length + 3);
    let parameters = std::str::from_utf8(parameters).unwrap_or_default();
    match last {
        // The old mouse report carries three bytes after its final one.
        b'M' if parameters.is_empty() => {
            if bytes.len() < 6 {
                None
            } else {
                Some((6, None))
            }
        }
        b'M' | b'm' => Some((took, mouse(parameters, last))),
        b'~' if parameters == "200" => {
            let end = took + memchr::memmem::find(&bytes[took..], PASTE_END)?;
            Some((end + PASTE_END.len(), Some(pasted(&bytes[took..end]))))
        }
        b'c' if parameters.starts_with('?') => {
            let is_sixel = parameters.split(';').skip(1).any(|it| it == "4");
            Some((took, Some(Event::Attributes { is_sixel })))
        }
        b't' => Some((took, cell_size(parameters))),
        b'R' => Some((took, cursor_column(parameters))),
        b'n' if parameters.starts_with("?997;") => Some((took, colour_scheme(parameters))),
        0x40..=0x7e => Some((took, sequence_key(parameters, last).map(key_event))),
        // Not a final byte: the sequence was broken off here.
        _ => Some((length + 2, None)),
    }
}

fn mouse(parameters: &str, last: u8) -> Option<Event> {
    let mut numbers = parameters
        .strip_prefix('<')?
        .split(';')
        .map(|number| number.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    // Alt and Control do not matter here, and Shift only in a press.
    let kind = match (button & !0b1_1100, last) {
        (0, b'M') if button & 4 != 0 => MouseKind::ShiftPress,
        (0, b'M') => MouseKind::Press,
        (32, b'M') => MouseKind::Drag,
        (0, b'm') => MouseKind::Release,
        (64, b'M') => MouseKind::WheelUp,
        (65, b'M') => MouseKind::WheelDown,
        _ => return None,
    };
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Event::Message(Message::Mouse(Mouse { kind, column, row })))
}

fn sequence_key(parameters: &str, last: u8) -> Option<Key> {
    let mut fields = parameters.split(';');
    let first = fields.next().unwrap_or_default();
    let mut second = fields.next().unwrap_or_default().split(':');
    let number = first
        .split(':')
        .next()
        .and_then(|number| number.parse::<u32>().ok());
    let modifiers = second
        .next()
        .and_then(|bits| bits.parse::<u32>().ok())
        .unwrap_or(1)
        .saturating_sub(1);
    // Event 3 of the kitty protocol is a release.
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
        (b'A', _) if shift => Code::ShiftUp,
        (b'B', _) if shift => Code::ShiftDown,
        _ => cursor_key(last)?,
    };
    Some(Key { code, ctrl, alt })
}

/// A key by its code point.
fn coded_key(number: u32, shift: bool) -> Option<Code> {
    Some(match char::from_u32(number)? {
        '\t' if shift => Code::BackTab,
        '\t' => Code::Tab,
        '\r' => Code::Enter,
        '\u{1b}' => Code::Esc,
        '\u{8}' | '\u{7f}' => Code::Backspace,
        // The kitty protocol puts keys without a character into the private use area.
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
