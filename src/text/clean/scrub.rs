//! The slow path: characters that need a closer look, one by one.

use std::borrow::Cow;
use std::fmt::Write;

use super::class::{Class, is_emoji, takes_selector};

/// How many combining marks and other characters without a width one base may carry; what follows is dropped.
///
/// Real text stays below: Vietnamese and Hebrew need three, Tibetan stacks about six.
pub const MARKS_PER_BASE: usize = 8;

/// What becomes of line breaks and tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// Line breaks become line feeds, tabs stay.
    Kept,
    /// Each becomes one space.
    Spaces,
}

/// Collects the cleaned text. As long as nothing had to change it holds no copy.
pub(super) struct Scrubber<'a> {
    text: &'a str,
    breaks: Breaks,
    /// The cleaned text, once it differs from the text read.
    changed: Option<String>,
    /// The last character kept.
    last: Option<char>,
    /// How many characters without a width the last base carries.
    marks: usize,
}

impl<'a> Scrubber<'a> {
    /// Begins to clean a text.
    pub(super) fn new(text: &'a str, breaks: Breaks) -> Self {
        Self { text, breaks, changed: None, last: None, marks: 0 }
    }

    /// Takes over a stretch that is surely clean.
    pub(super) fn plain(&mut self, start: usize, end: usize) {
        let stretch = &self.text[start..end];
        if let Some(last) = stretch.chars().next_back() {
            self.last = Some(last);
            self.marks = 0;
            if let Some(changed) = &mut self.changed {
                changed.push_str(stretch);
            }
        }
    }

    /// Takes over characters one by one from `start`, as long as they need a look; returns where it stopped.
    pub(super) fn suspects(&mut self, start: usize) -> usize {
        let text = self.text;
        let mut at = start;
        while let Some(c) = text[at..].chars().next() {
            let class = Class::of(c);
            if at > start && class == Class::Plain {
                break;
            }
            let end = at + c.len_utf8();
            let next = text[end..].chars().next();
            at = self.one(at, c, class, next);
        }
        at
    }

    /// Takes over, changes or drops the character at `at`; returns where the next begins.
    fn one(&mut self, at: usize, c: char, class: Class, next: Option<char>) -> usize {
        let end = at + c.len_utf8();
        match class {
            Class::Break => {
                let end = if c == '\r' && next == Some('\n') { end + 1 } else { end };
                self.put(at, end, if self.breaks == Breaks::Kept { '\n' } else { ' ' });
                return end;
            }
            Class::Tab => self.put(at, end, if self.breaks == Breaks::Kept { c } else { ' ' }),
            Class::Control => self.control(at, c),
            Class::BidiOverride | Class::BidiMark | Class::Invisible => self.drop(at),
            Class::Noncharacter => self.put(at, end, char::REPLACEMENT_CHARACTER),
            Class::Plain => self.put(at, end, c),
            Class::Mark => self.keep_if(self.marks < MARKS_PER_BASE, at, c),
            Class::Selector => {
                let wanted = self.last.is_some_and(|base| takes_selector(base, c, next)) && self.marks < MARKS_PER_BASE;
                self.keep_if(wanted, at, c);
            }
            Class::Joiner => {
                let wanted = self.joins() && next.is_some_and(is_emoji) && self.marks < MARKS_PER_BASE;
                self.keep_if(wanted, at, c);
                if wanted {
                    return self.joined(end, next);
                }
            }
        }
        end
    }

    /// Says whether the last character kept ends an emoji, so that a joiner may follow.
    fn joins(&self) -> bool {
        self.last.is_some_and(|last| is_emoji(last) || last == '\u{FE0F}')
    }

    /// Takes over the emoji after a joiner: it belongs to the base before, so it does not begin a new count.
    fn joined(&mut self, at: usize, emoji: Option<char>) -> usize {
        let Some(emoji) = emoji else { return at };
        let marks = self.marks;
        let end = at + emoji.len_utf8();
        self.put(at, end, emoji);
        self.marks = marks;
        end
    }

    /// Keeps a character without a width, or drops it.
    fn keep_if(&mut self, wanted: bool, at: usize, c: char) {
        if wanted {
            let marks = self.marks + 1;
            self.put(at, at + c.len_utf8(), c);
            self.marks = marks;
        } else {
            self.drop(at);
        }
    }

    /// Puts a character where the text has the range `start..end`, copying the text read so far if that is a change.
    fn put(&mut self, start: usize, end: usize, c: char) {
        if self.changed.is_none() && !is_just(&self.text[start..end], c) {
            self.drop(start);
        }
        if let Some(changed) = &mut self.changed {
            changed.push(c);
        }
        self.last = Some(c);
        self.marks = 0;
    }

    /// Makes a control character visible.
    fn control(&mut self, at: usize, c: char) {
        self.drop(at);
        let Some(changed) = &mut self.changed else { return };
        let code = u32::from(c);
        let shown = match code {
            0..=0x1F => char::from_u32(0x2400 + code),
            0x7F => Some('␡'),
            _ => None,
        };
        match shown {
            Some(picture) => changed.push(picture),
            None => _ = write!(changed, "‹{code:02X}›"),
        }
        self.last = changed.chars().next_back();
        self.marks = 0;
    }

    /// Leaves out what stands at `at`: from here on the cleaned text is a copy.
    fn drop(&mut self, at: usize) {
        if self.changed.is_none() {
            let mut copy = String::with_capacity(self.text.len());
            copy.push_str(&self.text[..at]);
            self.changed = Some(copy);
        }
    }

    /// The cleaned text.
    pub(super) fn finish(self) -> Cow<'a, str> {
        self.changed.map_or(Cow::Borrowed(self.text), Cow::Owned)
    }
}

/// Says whether a text is the one character.
fn is_just(text: &str, c: char) -> bool {
    let mut buffer = [0; 4];
    *text == *c.encode_utf8(&mut buffer)
}
