//! A piece of source made ready for the parser, and how what the parser gives back is shown.
//!
//! Some things must be known before parsing: which dollar is money, which underscore belongs to a bare URL, where
//! emphasis beside Chinese marks needs help, how deep a line nests. They are said to the parser by *stand-ins*: rare
//! punctuation marks that the text itself does not hold, put in before parsing and taken out after it.

use std::borrow::Cow;

use super::{emphasis, math, nesting, url};
use crate::text::clean;

/// The characters a stand-in may be: punctuation to `CommonMark`, three bytes each, of scripts that no digest is written in.
pub(super) const STAND_INS: [char; 16] = [
    '\u{1CC0}', '\u{1CC1}', '\u{1CC2}', '\u{1CC3}', '\u{1CC4}', '\u{1CC5}', '\u{1CC6}', '\u{1CC7}', '\u{1A1E}',
    '\u{1A1F}', '\u{1944}', '\u{1945}', '\u{1735}', '\u{1736}', '\u{166E}', '\u{1400}',
];

/// The first byte of every stand-in.
const LEAD: u8 = 0xE1;

/// A change to a source before it is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The byte offset at which it is made.
    pub(super) at: usize,
    /// What is put there.
    kind: EditKind,
}

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EditKind {
    /// A stand-in goes in; after parsing it is dropped.
    Seam,
    /// A dollar becomes its stand-in.
    Dollar,
    /// An underscore becomes its stand-in.
    Underscore,
}

impl Edit {
    /// A stand-in that goes in before a byte, and is dropped after parsing.
    pub(super) const fn seam(at: usize) -> Self {
        Self { at, kind: EditKind::Seam }
    }

    /// A dollar that means no mathematics.
    pub(super) const fn dollar(at: usize) -> Self {
        Self { at, kind: EditKind::Dollar }
    }

    /// An underscore that means no emphasis.
    pub(super) const fn underscore(at: usize) -> Self {
        Self { at, kind: EditKind::Underscore }
    }
}

/// The stand-ins of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StandIns {
    seam: char,
    dollar: char,
    underscore: char,
}

/// A source ready for the parser.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// What is parsed: lines end in LF, stand-ins are in place, definitions stand at the end.
    pub(super) text: Cow<'a, str>,
    /// Where the piece itself ends in it and the definitions begin.
    pub(super) own: usize,
    /// The line of the file on which it starts, counted from 1.
    pub(super) line: u32,
    /// Whether mathematics was found in it.
    pub(super) math: bool,
    /// Whether its text can be shown as it stands.
    plain: bool,
    stand_ins: Option<StandIns>,
}

impl<'a> Source<'a> {
    /// Makes a piece of Markdown ready; `definitions` go behind it so that its references resolve.
    pub(super) fn new(piece: &'a str, definitions: &str, line: u32) -> Self {
        let mut text = with_line_feeds(piece);
        let mut own = text.len();
        if !definitions.is_empty() {
            let mut joined = text.into_owned();
            joined.reserve(definitions.len() + 2);
            joined.push_str("\n\n");
            joined.push_str(&with_line_feeds(definitions));
            text = Cow::Owned(joined);
        }
        let mut edits = Vec::new();
        emphasis::seams(&text, &mut edits);
        nesting::bounds(&text, &mut edits);
        url::underscores(&text, &mut edits);
        let math = math::dollars(&text, &mut edits);
        let mut stand_ins = None;
        if !edits.is_empty() {
            edits.sort_unstable_by_key(|edit| edit.at);
            let chosen = StandIns::absent_from(&text);
            let (edited, end) = chosen.apply(&text, &edits, own);
            (text, own) = (Cow::Owned(edited), end);
            stand_ins = Some(chosen);
        }
        let plain = stand_ins.is_none()
            && memchr::memchr(b'\t', text.as_bytes()).is_none()
            && matches!(clean(&text), Cow::Borrowed(_));
        Self { text, own, line, math, plain, stand_ins }
    }

    /// The text of a parser's event as it is shown: stand-ins taken out, hostile characters cleaned.
    ///
    /// `start` is the event's byte offset; text that does not stand there in the source came of a character reference.
    pub(super) fn shown<'t>(&self, text: &'t str, start: usize) -> Cow<'t, str> {
        let written = self.text.as_bytes().get(start) == text.as_bytes().first();
        if !written {
            return clean(text);
        }
        if self.plain { Cow::Borrowed(text) } else { self.shown_any(text) }
    }

    /// As [`Source::shown`], for text that holds no character references: code, mathematics.
    pub(super) fn shown_code<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.plain { Cow::Borrowed(text) } else { self.shown_any(text) }
    }

    /// As [`Source::shown`], for text of which it is not known how it stands in the source.
    pub(super) fn shown_any<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.restored(text) {
            Cow::Borrowed(text) => clean(text),
            Cow::Owned(text) => match clean(&text) {
                Cow::Borrowed(_) => Cow::Owned(text),
                Cow::Owned(cleaned) => Cow::Owned(cleaned),
            },
        }
    }

    /// A text with its stand-ins taken out, not cleaned.
    pub(super) fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.stand_ins.map_or(Cow::Borrowed(text), |stand_ins| stand_ins.restore(text))
    }
}

impl StandIns {
    /// Chooses stand-ins that a text does not hold. A text that holds them nearly all loses some: no writing does.
    fn absent_from(text: &str) -> Self {
        let mut held = [false; STAND_INS.len()];
        for at in memchr::memchr_iter(LEAD, text.as_bytes()) {
            let found = text[at..].chars().next();
            if let Some(index) = STAND_INS.iter().position(|&stand_in| Some(stand_in) == found) {
                held[index] = true;
            }
        }
        let mut free = STAND_INS.iter().zip(held).filter(|(_, held)| !held).map(|(&stand_in, _)| stand_in);
        let mut next = |index: usize| free.next().unwrap_or(STAND_INS[index]);
        Self { seam: next(0), dollar: next(1), underscore: next(2) }
    }

    /// Makes the edits, which are in order; also says where the byte offset `own` came to lie.
    fn apply(self, text: &str, edits: &[Edit], own: usize) -> (String, usize) {
        let mut edited = String::with_capacity(text.len() + 3 * edits.len());
        let (mut done, mut end) = (0, own);
        for edit in edits {
            edited.push_str(&text[done..edit.at]);
            let (stand_in, replaced) = match edit.kind {
                EditKind::Seam => (self.seam, 0),
                EditKind::Dollar => (self.dollar, 1),
                EditKind::Underscore => (self.underscore, 1),
            };
            edited.push(stand_in);
            done = edit.at + replaced;
            if edit.at < own {
                end += stand_in.len_utf8() - replaced;
            }
        }
        edited.push_str(&text[done..]);
        (edited, end)
    }

    /// Takes the stand-ins out of a text.
    fn restore(self, text: &str) -> Cow<'_, str> {
        let mut restored = String::new();
        let mut done = 0;
        for at in memchr::memchr_iter(LEAD, text.as_bytes()) {
            let Some(found) = text[at..].chars().next() else { break };
            let original = match found {
                _ if found == self.seam => "",
                _ if found == self.dollar => "$",
                _ if found == self.underscore => "_",
                _ => continue,
            };
            restored.push_str(&text[done..at]);
            restored.push_str(original);
            done = at + found.len_utf8();
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        restored.push_str(&text[done..]);
        Cow::Owned(restored)
    }
}

/// A text whose lines all end in LF; the parser takes a lone CR for no end of a fence's line.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut lines = String::with_capacity(text.len());
    let mut done = 0;
    for at in memchr::memchr_iter(b'\r', text.as_bytes()) {
        lines.push_str(&text[done..at]);
        if text.as_bytes().get(at + 1) != Some(&b'\n') {
            lines.push('\n');
        }
        done = at + 1;
    }
    lines.push_str(&text[done..]);
    Cow::Owned(lines)
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
