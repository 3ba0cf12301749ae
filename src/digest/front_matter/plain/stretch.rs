//! What stands in the lines of a header: found, and judged, many bytes at a time.

use super::super::value::Value;
use crate::text::{LANES, Look, Looks, Place, Simd, looks, places};

/// A part of a line, without spaces at its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Whether it may hold what ends a plain scalar: a colon before a space or the line's end, or a `#` after a space.
    pub(super) is_marked: bool,
    /// Whether it is surely its own line of text: clean, no two spaces together, and no `&` that may begin an entity.
    is_tidy: bool,
}

impl<'a> Stretch<'a> {
    /// A part of it, without the spaces at its ends. What is said of the whole is said of the part.
    pub(super) fn part(self, text: &'a str) -> Self {
        Self { text: trimmed(text), ..self }
    }

    /// It as a value.
    pub(super) fn value(self) -> Value<'a> {
        if self.is_tidy { Value::Line(self.text) } else { Value::from(self.text) }
    }
}

/// A text without the spaces at its ends.
fn trimmed(text: &str) -> &str {
    let text = if text.as_bytes().first() == Some(&b' ') { &text[1..] } else { text };
    if let [first, .., last] = text.as_bytes()
        && *first != b' '
        && *last != b' '
    {
        return text;
    }
    text.trim_matches(' ')
}

/// The walk over the lines of a header, from the first to the last.
#[derive(Debug)]
pub(super) struct Stretches<'a> {
    text: &'a str,
    looks: Looks<'a, Signs>,
    /// The first byte that was not looked at.
    ahead: usize,
    /// What was seen at the [`LANES`] bytes before that.
    seen: Seen,
}

/// What was seen at some bytes, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The line feeds.
    feeds: u64,
    /// The signs that end a plain scalar.
    marks: u64,
    /// The bytes at which a text is not tidy.
    untidy: u64,
    /// Whether the last is a space: 1 or 0. All their bits kept here would make compilers take long ways.
    ends_with_space: u64,
}

impl<'a> Stretches<'a> {
    /// Begins at the start of a text.
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, looks: looks(text.as_bytes()), ahead: 0, seen: Seen::default() }
    }

    /// What stands from an offset on to the end of its line, and where the next line starts. The offset is not before that of the call before.
    ///
    /// Nothing if there is a character that YAML does not allow, a lone CR, or a tab, which are left to the parser.
    #[inline]
    pub(super) fn line_from(&mut self, from: usize) -> Option<(Stretch<'a>, usize)> {
        let (mut marks, mut untidy) = (0, 0);
        let mut left = self.left(from);
        while left.feeds == 0 && self.ahead < self.text.len() {
            marks |= left.marks;
            untidy |= left.untidy;
            self.look()?;
            left = self.left(from);
        }
        let (end, next) = if left.feeds == 0 {
            (self.text.len(), self.text.len())
        } else {
            let end = self.ahead - LANES + left.feeds.trailing_zeros() as usize;
            let is_crlf = end > from && self.text.as_bytes()[end - 1] == b'\r';
            (end - usize::from(is_crlf), self.text.len().min(end + 1))
        };
        // What stands before the first of the line feeds.
        let within = left.feeds.wrapping_sub(1) & !left.feeds;
        let is_marked = (marks | left.marks & within) != 0;
        let is_tidy = (untidy | left.untidy & within) == 0;
        Some((Stretch { text: trimmed(&self.text[from..end]), is_marked, is_tidy }, next))
    }

    /// What was seen from an offset on.
    fn left(&self, from: usize) -> Seen {
        if from >= self.ahead {
            return Seen::default();
        }
        let left = u64::MAX << (from + LANES).saturating_sub(self.ahead);
        let Seen { feeds, marks, untidy, .. } = self.seen;
        Seen { feeds: feeds & left, marks: marks & left, untidy: untidy & left, ..self.seen }
    }

    /// Looks at the next bytes; nothing if there is what the parser must judge.
    fn look(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        let (start, Signs { feeds, spaces, colons, unsure }) = self.looks.next()?;
        let after_space = spaces << 1 | self.seen.ends_with_space;
        let (mut hashes, mut returns, mut untidy) = (0, 0, spaces & after_space);
        for place in places(unsure) {
            let (rest, bit) = (&bytes[start + place..], 1 << place);
            match rest[0] {
                _ if !is_allowed(rest) => return None,
                b'#' => hashes |= bit,
                b'\r' => returns |= bit,
                _ if is_tidy(rest) => {}
                _ => untidy |= bit,
            }
        }
        let ends_after = u64::from(matches!(bytes.get(start + LANES), None | Some(b' ' | b'\r' | b'\n')));
        let before_end = spaces >> 1 | feeds >> 1 | returns >> 1 | ends_after << (LANES - 1);
        let marks = colons & before_end | hashes & after_space;
        // The end of the text ends its line too.
        let end = 1_u64.checked_shl((bytes.len() - start) as u32).unwrap_or(0);
        self.seen = Seen { feeds: feeds | end, marks, untidy, ends_with_space: spaces >> (LANES - 1) };
        self.ahead = start + LANES;
        Some(())
    }
}

/// What is told of bytes at a first look, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    feeds: u64,
    spaces: u64,
    colons: u64,
    /// All but most that is ASCII or Chinese.
    unsure: u64,
}

impl Look for Signs {
    type Told = Self;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> Self {
        let lanes = place.lanes();
        let feeds = lanes.are(b'\n');
        // Of ASCII all but `#` to `&`.
        let ascii = lanes.between(b' ', b'"') | lanes.between(b'\'', b'~');
        let sure = ascii | lanes.between(0x80, 0xBF) | lanes.between(0xE4, 0xE9) | feeds;
        let (spaces, colons) = (lanes.are(b' '), lanes.are(b':'));
        Self { feeds: feeds.bits(), spaces: spaces.bits(), colons: colons.bits(), unsure: (!sure).bits() }
    }
}

/// Says whether the character at the start of the bytes may stand in a line of YAML; so may a CR, before a line feed.
fn is_allowed(bytes: &[u8]) -> bool {
    match *bytes {
        [] | [b'\r', b'\n', ..] => true,
        // U+0080 to U+009F; U+2028 and U+2029; U+FEFF, U+FFFE and U+FFFF.
        [0xC2, second, ..] => second >= 0xA0,
        [0xE2, second, third, ..] => second != 0x80 || !matches!(third, 0xA8 | 0xA9),
        [0xEF, second, third, ..] => !matches!((second, third), (0xBB, 0xBF) | (0xBF, 0xBE | 0xBF)),
        [first, ..] => first > 0x1F && first != 0x7F,
    }
}

/// Says whether the character at the start of the bytes is surely clean and no white space: a Latin letter, or of the signs of Chinese
/// and English.
fn is_tidy(bytes: &[u8]) -> bool {
    matches!(
        *bytes,
        [b'$' | b'%' | 0xC3..=0xCB, ..]
            | [0xE2, 0x80, 0x90..=0xA7 | 0xB0..=0xBF, ..]
            | [0xE3, 0x80, 0x81..=0xA9, ..]
            | [0xEF, 0xBC | 0xBD, ..]
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::digest::markup::one_line;

    /// Says whether YAML allows a character within a line, but for the tab.
    fn is_allowed_by_characters(c: char) -> bool {
        !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
    }

    #[test]
    fn every_character_is_allowed_or_not_as_yaml_says_and_tidy_only_if_it_is_clean() {
        for c in ('\0'..=char::MAX).filter(|&c| c != '\n') {
            let text = String::from(c);
            let found = Stretches::of(&text).line_from(0);
            assert_eq!(found.is_some(), is_allowed_by_characters(c), "{c:?}");
            if found.is_some_and(|(stretch, _)| stretch.is_tidy && !stretch.text.is_empty()) {
                assert_eq!(one_line(&text), text, "{c:?}");
            }
        }
        assert!(Stretches::of("中 é，。“”—、").line_from(0).is_some_and(|(stretch, _)| stretch.is_tidy));
    }

    proptest! {
        #[test]
        fn lines_are_found_and_judged_as_by_characters(
            lines in prop::collection::vec("[a-z:# ，中]{0,9}[a-z$%中]{0,30}[a-z:# &]{0,20}", 0..9),
            ending in "\r?\n",
            from in 0_usize..4,
        ) {
            let text = lines.join(&ending);
            let mut stretches = Stretches::of(&text);
            let mut start = 0;
            for line in text.lines() {
                let from = (0..=from.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
                let (stretch, next) = stretches.line_from(start + from).expect("nothing in it is odd");
                let rest = line[from..].trim_matches(' ');
                let is_after_space = line[..from].ends_with(' ') || line[from..].starts_with(' ');
                let is_marked = rest.contains(": ") || rest.ends_with(':') || rest.contains(" #")
                    || (rest.starts_with('#') && is_after_space);
                prop_assert_eq!((stretch.text, stretch.is_marked), (rest, is_marked), "{:?} {}", line, from);
                prop_assert!(!stretch.is_tidy || !rest.contains("  ") && !rest.contains('&'));
                let inside = &line[from..];
                prop_assert!(stretch.is_tidy || inside.contains("  ") || is_after_space || rest.contains('&'));
                start = next;
            }
        }
    }
}
