//! The one place where hostile characters are made harmless.
//!
//! The policy, character by character:
//!
//! | characters | become |
//! |---|---|
//! | line feed, tab | themselves; one space in [`clean_line`] |
//! | CR LF, CR, VT, FF, U+0085, U+2028, U+2029 | a line feed; one space in [`clean_line`] |
//! | other C0 controls and DEL | their control picture: `␛`, `␇`, `␡` |
//! | other C1 controls | their number between marks: `‹9B›` |
//! | bidirectional overrides, embeddings, isolates and marks | nothing |
//! | invisible characters: zero-width spaces and joiners, soft hyphens, fillers, invisible operators, tags, annotation | nothing |
//! | ZWJ between emoji, a variation selector after a base that takes it | themselves |
//! | combining marks | themselves, at most [`MARKS_PER_BASE`] on one base |
//! | noncharacters | U+FFFD |
//! | private use | themselves: icon fonts use them, and they are one column wide |
//!
//! Cleaning is idempotent, and text with nothing to clean is borrowed.

use std::borrow::Cow;
use std::fmt::Write;

use super::char_class::{CharClass, is_emoji, is_surely_clean, takes_selector};

/// How many combining marks and other characters without a width one base may carry; the rest is
/// dropped.
///
/// Real text stays below: Vietnamese and Hebrew need three, Tibetan stacks about six.
const MARKS_PER_BASE: usize = 8;

/// Cleans running text: keeps line feeds and tabs, makes every other control, bidirectional or
/// invisible character visible or drops it.
pub fn clean(text: &str) -> Cow<'_, str> {
    cleaned(text, false)
}

/// Cleans text that must stay on one line (titles, tags, links, file names): as [`clean`], with
/// line breaks and tabs turned into spaces.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    cleaned(text, true)
}

/// Whether a character may be printed as it is: no control, no break, nothing invisible or
/// bidirectional. Selectors and joiners of emoji may.
pub fn is_harmless(c: char) -> bool {
    is_surely_clean(c, true)
        || matches!(
            CharClass::of(c),
            CharClass::Plain | CharClass::Mark | CharClass::Selector | CharClass::Joiner
        )
}

/// Finds the first character that only an attack, an accident or a hidden message puts into a text:
/// its byte offset.
///
/// These are controls (except tab and every line break), bidirectional overrides, embeddings and
/// isolates, and the second of two adjacent invisible characters. One zero-width space, soft hyphen
/// or direction mark alone is ordinary typing.
pub fn first_hostile(text: &str) -> Option<usize> {
    let mut before = CharClass::Plain;
    let mut end = 0;
    while let Some(at) = fast_find_suspect(text, end, false) {
        let c = text[at..].chars().next()?;
        let class = CharClass::of(c);
        if at > end {
            before = CharClass::Plain;
        }
        let is_hostile = match class {
            CharClass::Control | CharClass::BidiOverride => true,
            CharClass::BidiMark | CharClass::Invisible | CharClass::Joiner => before.is_unseen(),
            CharClass::Selector => before == CharClass::Selector,
            _ => false,
        };
        if is_hostile {
            return Some(at);
        }
        before = class;
        end = at + c.len_utf8();
    }
    None
}

/// Finds the first character, from an offset on, that is not surely clean. Passes over chunks of
/// ASCII, and over common ideographs and their punctuation by their first bytes: every text is
/// looked at in full when a library is read.
fn fast_find_suspect(text: &str, from: usize, one_line: bool) -> Option<usize> {
    const CHUNK: usize = 16;
    let is_clean_ascii =
        |byte: u8| matches!(byte, b' '..=b'~') | (!one_line & matches!(byte, b'\n' | b'\t'));
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at..] {
            // U+4000 to U+9FFF, U+3000 to U+3029, U+FF00 to U+FF3F.
            [0xE4..=0xE9, ..] | [0xE3, 0x80, 0x80..=0xA9, ..] | [0xEF, 0xBC, ..] => at += 3,
            [byte, ..] if is_clean_ascii(byte) => {
                let chunk = &bytes[at..bytes.len().min(at + CHUNK)];
                let is_clean = chunk
                    .iter()
                    .fold(true, |is_clean, &byte| is_clean & is_clean_ascii(byte));
                let clean = chunk.iter().take_while(|&&byte| is_clean_ascii(byte));
                at += if is_clean { chunk.len() } else { clean.count() };
            }
            _ => {
                let c = text[at..].chars().next()?;
                if !is_surely_clean(c, one_line) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
    }
    None
}

/// Cleans a text; line breaks and tabs become spaces if it must be `one_line`.
fn cleaned(text: &str, one_line: bool) -> Cow<'_, str> {
    let Some(start) = fast_find_suspect(text, 0, one_line) else {
        return Cow::Borrowed(text);
    };
    let mut cleaned = String::with_capacity(text.len());
    cleaned.push_str(&text[..start]);
    // How many characters without a width the last base carries.
    let mut marks = 0;
    let mut chars = text[start..].chars().peekable();
    while let Some(c) = chars.next() {
        let last = cleaned.chars().next_back();
        let next = chars.peek().copied();
        let class = CharClass::of(c);
        let is_kept_mark = marks < MARKS_PER_BASE
            && match class {
                CharClass::Mark => true,
                CharClass::Selector => last.is_some_and(|base| takes_selector(base, c, next)),
                CharClass::Joiner => {
                    last.is_some_and(|last| is_emoji(last) || last == '\u{FE0F}')
                        && next.is_some_and(is_emoji)
                }
                _ => false,
            };
        match class {
            CharClass::Break => {
                if c == '\r' && next == Some('\n') {
                    chars.next();
                }
                cleaned.push(if one_line { ' ' } else { '\n' });
            }
            CharClass::Tab => cleaned.push(if one_line { ' ' } else { '\t' }),
            CharClass::Control => push_visible(c, &mut cleaned),
            CharClass::Noncharacter => cleaned.push(char::REPLACEMENT_CHARACTER),
            CharClass::Plain => cleaned.push(c),
            _ if is_kept_mark => {
                cleaned.push(c);
                marks += 1;
                // An emoji after a joiner belongs to the same base.
                if class == CharClass::Joiner {
                    cleaned.extend(chars.next());
                }
                continue;
            }
            _ => continue,
        }
        marks = 0;
    }
    if cleaned == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(cleaned)
    }
}

/// Appends a visible form of a control character.
fn push_visible(c: char, cleaned: &mut String) {
    let code = u32::from(c);
    let picture = match code {
        0..=0x1F => char::from_u32(0x2400 + code),
        0x7F => Some('␡'),
        _ => None,
    };
    match picture {
        Some(picture) => cleaned.push(picture),
        None => _ = write!(cleaned, "‹{code:02X}›"),
    }
}

/// The most characters of a name or value in a message.
const MOST_SHOWN: usize = 40;

/// The beginning of a name or value that somebody wrote, cleaned, in one line, as a message shows it.
pub fn clean_short(text: &str) -> String {
    let line = clean_line(text.trim());
    match line.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_owned(),
    }
}

#[cfg(test)]
#[path = "clean_tests.rs"]
mod tests;
