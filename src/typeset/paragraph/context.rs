//! What depends on more than the classes of two characters: quotation marks, hyphens, figures and addresses.

use super::super::class::{BreakClass, class_of};
use super::super::line_break::Chance;
use super::super::unit::unit_length;
use super::LineFiller;

impl LineFiller<'_> {
    /// The class of the next character, if need be by its neighbours.
    pub(super) fn class_in_context(&mut self, class: BreakClass, end: usize) -> BreakClass {
        match class {
            BreakClass::Minus => {
                let bytes = self.text.as_bytes();
                let is_long = self.here.at >= 2 && !bytes[self.here.at - 2].is_ascii_whitespace();
                let is_after_word = is_long && self.class.is_word() && !self.is_after_space;
                let is_hyphen = is_after_word && self.class_at(end) == BreakClass::Letter && !self.is_in_address;
                if is_hyphen { BreakClass::Hyphen } else { BreakClass::Minus }
            }
            BreakClass::Stop => {
                self.is_in_address |= self.text.as_bytes()[self.here.at] == b':' && self.text[end..].starts_with("//");
                BreakClass::Stop
            }
            BreakClass::Quote | BreakClass::QuoteOpen | BreakClass::QuoteClose => self.quote(class, self.class_at(end)),
            _ => class,
        }
    }

    /// The class of the character at an offset; a line feed at the end of the text.
    fn class_at(&self, at: usize) -> BreakClass {
        self.text[at..].chars().next().map_or(BreakClass::Feed, class_of)
    }

    /// The class of a quotation mark: its direction, and whether it is in Chinese.
    fn quote(&mut self, quote: BreakClass, after: BreakClass) -> BreakClass {
        let opens = self.class == BreakClass::Start || self.is_after_space || self.class.is_open();
        let closes = matches!(after, BreakClass::Space | BreakClass::Feed) || after.is_never_first();
        let character = self.text[self.here.at..].chars().next().unwrap_or_default();
        let is_open = match quote {
            BreakClass::QuoteOpen => opens || !closes,
            BreakClass::QuoteClose => false,
            _ if opens != closes => opens,
            _ if character == '"' && (self.class.is_wide() || after.is_wide()) => !self.is_in_quotes,
            _ => return BreakClass::Quote,
        };
        if character == '"' {
            self.is_in_quotes = is_open;
        }
        match (is_open, self.class.is_wide() && !self.is_after_space, after.is_wide()) {
            (true, _, true) => BreakClass::WideQuoteOpen,
            (true, _, false) => BreakClass::QuoteOpen,
            (false, true, _) if character != '’' => BreakClass::WideQuoteClose,
            (false, ..) => BreakClass::QuoteClose,
        }
    }

    /// Whether the line may be broken before the next character, where this depends on more than two classes.
    pub(super) fn chance_in_context(&mut self, class: BreakClass, end: usize) -> Chance {
        let held = if self.is_after_space { Chance::Point } else { Chance::Split };
        match class {
            BreakClass::Digit if self.text[..self.here.shown].ends_with('第') => held,
            BreakClass::Digit => Chance::Break,
            BreakClass::Letter | BreakClass::Ideograph => {
                let unit = unit_length(&self.text[self.here.at..]);
                self.glued_until = self.here.at + unit;
                if unit > 0 { held } else { Chance::Break }
            }
            // After a space: `.5`, `/etc`, `-5`, `--all` and a leader of dots begin something, others end it.
            _ => {
                let ahead = &self.text.as_bytes()[end..];
                let next = ahead.first().copied().unwrap_or(b' ');
                let begins = next.is_ascii_alphanumeric() || next == b'-' || ahead.starts_with(b"....");
                if begins { Chance::Break } else { Chance::Point }
            }
        }
    }
}
