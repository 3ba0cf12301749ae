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
//! Cleaning is idempotent, and text with nothing to clean is borrowed: one pass over the bytes, most of it many bytes at a time.

mod class;
mod scrub;

use std::borrow::Cow;

use class::{Class, is_surely_clean};
use scrub::{Breaks, Scrubber};

pub use scrub::MARKS_PER_BASE;

/// Cleans running text: keeps line feeds and tabs, makes every other control, bidirectional or invisible character visible or drops it.
pub fn clean(text: &str) -> Cow<'_, str> {
    cleaned(text, Breaks::Kept)
}

/// Cleans text that must stay on one line (titles, tags, links, file names): as [`clean`], with line breaks and tabs turned into spaces.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    cleaned(text, Breaks::Spaces)
}

/// Whether every character of a text is surely clean: then [`clean`] changes nothing in it or in any part of it, and nothing is hostile.
pub fn is_plain(text: &str) -> bool {
    first_suspect(text, false).is_none()
}

/// Finds the first character of a text that only an attack, an accident or a hidden message puts there: the byte offset of it.
///
/// Such are controls (but tab and every line break), bidirectional overrides, embeddings and isolates, and the second of two
/// invisible characters that stand together. One zero-width space, soft hyphen or direction mark alone is ordinary typing.
pub fn first_hostile(text: &str) -> Option<usize> {
    let mut at = 0;
    // The class of the last character looked at, and where it ended.
    let mut before = (Class::Plain, usize::MAX);
    while let Some(found) = first_suspect(&text[at..], false) {
        let start = at + found;
        let c = text[start..].chars().next()?;
        let class = Class::of(c);
        let together = before.1 == start;
        match class {
            Class::Control | Class::BidiOverride => return Some(start),
            Class::BidiMark | Class::Invisible | Class::Joiner if together && before.0.is_unseen() => {
                return Some(start);
            }
            Class::Selector if together && before.0 == Class::Selector => return Some(start),
            _ => {}
        }
        at = start + c.len_utf8();
        before = (class, at);
    }
    None
}

/// The byte offset of the first character that may need cleaning.
fn first_suspect(text: &str, one_line: bool) -> Option<usize> {
    text.char_indices().find(|&(_, c)| !is_surely_clean(c, one_line)).map(|(at, _)| at)
}

/// Cleans a text, with line breaks kept or turned into spaces.
fn cleaned(text: &str, breaks: Breaks) -> Cow<'_, str> {
    let one_line = breaks == Breaks::Spaces;
    let mut next = first_suspect(text, one_line);
    if next.is_none() {
        return Cow::Borrowed(text);
    }
    let mut scrubber = Scrubber::new(text, breaks);
    let mut at = 0;
    while let Some(found) = next {
        scrubber.plain(at, at + found);
        at = scrubber.suspects(at + found);
        next = first_suspect(&text[at..], one_line);
    }
    scrubber.plain(at, text.len());
    scrubber.finish()
}

#[cfg(test)]
#[path = "clean_tests.rs"]
mod tests;
