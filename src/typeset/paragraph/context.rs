//! What the classes of two characters do not tell: quotation marks, hyphens, figures and addresses.

use super::super::class::{Class, class_of};
use super::super::line_break::Chance;
use super::super::unit::unit_length;
use super::Scan;

impl Scan<'_> {
    /// The class of a character that depends on its neighbours.
    #[cold]
    pub(super) fn context(&mut self, class: Class, end: usize) -> Class {
        let next = self.text[end..].chars().next();
        let after = next.map_or(Class::Feed, class_of);
        match class {
            Class::Minus => {
                let bytes = self.text.as_bytes();
                let long = self.here.at >= 2 && !bytes[self.here.at - 2].is_ascii_whitespace();
                let word = long && self.class.is_word() && !self.blank;
                if word && after == Class::Letter && !self.in_address { Class::Hyphen } else { Class::Minus }
            }
            Class::Stop => {
                self.in_address |= self.text.as_bytes()[self.here.at] == b':' && self.text[end..].starts_with("//");
                Class::Stop
            }
            quote => self.quote(quote, after),
        }
    }

    /// The direction of a quotation mark, and whether it stands in Chinese.
    fn quote(&mut self, quote: Class, after: Class) -> Class {
        let opens = self.class == Class::Start || self.blank || self.class.is_open();
        let closes = matches!(after, Class::Space | Class::Feed) || after.is_never_first();
        let character = self.text[self.here.at..].chars().next().unwrap_or_default();
        let open = match quote {
            Class::QuoteOpen => opens || !closes,
            Class::QuoteClose => false,
            _ if opens != closes => opens,
            _ if character == '"' && (self.class.is_wide() || after.is_wide()) => !self.in_quotes,
            _ => return Class::Quote,
        };
        if character == '"' {
            self.in_quotes = open;
        }
        match (open, self.class.is_wide() && !self.blank, after.is_wide()) {
            (true, _, true) => Class::WideQuoteOpen,
            (true, _, false) => Class::QuoteOpen,
            (false, true, _) if character != '’' => Class::WideQuoteClose,
            (false, ..) => Class::QuoteClose,
        }
    }

    /// What the two classes alone do not tell.
    #[cold]
    pub(super) fn ask(&mut self, class: Class, end: usize) -> Chance {
        let held = if self.blank { Chance::Point } else { Chance::Split };
        match class {
            Class::Digit => {
                if self.text[..self.here.shown].ends_with('第') {
                    held
                } else {
                    Chance::Break
                }
            }
            Class::Letter | Class::Ideograph => {
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
