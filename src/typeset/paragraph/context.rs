//! What a break costs, and the class of a character, where more than two neighbours count: figures and
//! their units, addresses, hyphens, quotation marks.

use super::super::line_break::{BreakClass, class_of};
use super::super::unit::{begins_numeral, ends_figure, is_label, numeral_length, unit};
use super::price;
use super::scanner::{BreakScanner, Held};

impl BreakScanner<'_> {
    /// What a break costs within what must stay together.
    pub(super) fn held_price(&self) -> u32 {
        if self.at == self.held.magnitude {
            price::MAGNITUDE
        } else {
            self.held.price
        }
    }

    /// Holds a figure in Chinese numerals together with its unit, if one begins here.
    pub(super) fn hold_numeral(&mut self) {
        if self.text[self.at..].starts_with(begins_numeral) {
            self.held = Held {
                end: self.at + numeral_length(&self.text[self.at..]),
                magnitude: 0,
                price: price::NUMERAL,
            };
        }
    }

    /// What a break in an address costs. None if only what is wider than a line is broken there.
    pub(super) fn price_in_address(&self) -> Option<u32> {
        let bytes = self.text.as_bytes();
        let (last, next) = (bytes[self.at - 1], bytes[self.at]);
        match (last, next) {
            (b'/', _) if next.is_ascii_alphanumeric() && self.text[..self.at].ends_with("://") => {
                Some(price::POINT)
            }
            (b'/' | b'?' | b'&' | b'=' | b'#', _) if next.is_ascii_alphanumeric() => {
                Some(price::ADDRESS)
            }
            (_, b'-') if last.is_ascii_alphanumeric() => Some(price::ADDRESS_WORD),
            (b'_', _) if next.is_ascii_alphanumeric() => Some(price::ADDRESS_WORD),
            (_, b'%') if last.is_ascii_alphanumeric() => Some(price::SOLIDUS),
            (b'.', _) if next.is_ascii_alphabetic() => Some(price::POINT),
            _ => None,
        }
    }

    /// What a break before the next character costs, where this depends on more than two classes.
    pub(super) fn price_in_context(&mut self, class: BreakClass, end: usize) -> u32 {
        let free = if self.is_no_break {
            price::NO_BREAK_SPACE
        } else {
            0
        };
        let before = &self.text[..self.shown];
        let ahead = &self.text[self.at..];
        let is_held = match class {
            BreakClass::Digit => match self.class {
                BreakClass::Digit => is_group(before, ahead),
                BreakClass::Ideograph => before.ends_with(is_label),
                // A range.
                connector => {
                    let left = before.trim_end_matches(|c| class_of(c) == connector);
                    left.chars().count() + 1 == before.chars().count()
                        && left.ends_with(ends_figure)
                }
            },
            BreakClass::Letter | BreakClass::Ideograph => {
                let unit = unit(ahead);
                self.held = Held {
                    end: self.at + unit.length,
                    magnitude: self.at + unit.magnitude,
                    price: price::HELD,
                };
                unit.length > 0
            }
            // After a space a sign begins something or ends what is before it.
            _ => {
                let begins = begins_word(
                    &self.text.as_bytes()[self.at..end],
                    &self.text.as_bytes()[end..],
                );
                return if begins { free } else { price::MARK };
            }
        };
        if is_held { price::HELD } else { free }
    }

    /// The class of the next character, if need be by its neighbours.
    #[inline]
    pub(super) fn class_in_context(&mut self, class: BreakClass, end: usize) -> BreakClass {
        match class {
            BreakClass::Minus => {
                let bytes = self.text.as_bytes();
                let is_long = self.at >= 2 && !bytes[self.at - 2].is_ascii_whitespace();
                let is_after_word = is_long && self.class.is_word() && !self.is_after_space;
                let is_hyphen = is_after_word
                    && self.class_at(end) == BreakClass::Letter
                    && !self.is_in_address
                    && !self.is_in_option();
                // An option right after Chinese.
                let is_option = self.class.is_wide() && bytes[end..].starts_with(b"-");
                if is_hyphen {
                    BreakClass::Hyphen
                } else if is_option {
                    BreakClass::Letter
                } else {
                    BreakClass::Minus
                }
            }
            BreakClass::Stop => {
                self.is_in_address |=
                    self.text.as_bytes()[self.at] == b':' && self.text[end..].starts_with("//");
                BreakClass::Stop
            }
            // The one that ends a formula: `$x$`.
            BreakClass::Prefix
                if self.text.as_bytes()[self.at] == b'$'
                    && !self.is_after_space
                    && (self.class.is_word() || self.class == BreakClass::Close)
                    && self.class_at(end) != BreakClass::Digit =>
            {
                BreakClass::Postfix
            }
            BreakClass::Quote | BreakClass::QuoteOpen | BreakClass::QuoteClose => {
                self.quote(class, self.class_at(end))
            }
            _ => class,
        }
    }

    /// Whether the word here is an option of a command: `--all-features`.
    fn is_in_option(&self) -> bool {
        const LONGEST: usize = 64;
        let before = self.text.as_bytes()[..self.at].iter().rev().take(LONGEST);
        before.take_while(|byte| byte.is_ascii_graphic()).last() == Some(&b'-')
    }

    /// The class of the character at an offset; a line feed at the end of the text.
    fn class_at(&self, at: usize) -> BreakClass {
        self.text[at..]
            .chars()
            .next()
            .map_or(BreakClass::Feed, class_of)
    }

    /// The class of a quotation mark: its direction, and whether it is in Chinese.
    fn quote(&mut self, quote: BreakClass, after: BreakClass) -> BreakClass {
        let opens = self.class == BreakClass::Start || self.is_after_space || self.class.is_open();
        let closes =
            matches!(after, BreakClass::Space | BreakClass::Feed) || after.is_never_first();
        let character = self.text[self.at..].chars().next().unwrap_or_default();
        let is_open = match quote {
            // A German one closes: „so“.
            BreakClass::QuoteOpen => opens || self.class.is_wide() || !closes,
            BreakClass::QuoteClose => false,
            _ if opens != closes => opens,
            _ if character == '"' && (self.class.is_wide() || after.is_wide()) => {
                !self.is_in_quotes
            }
            _ => return BreakClass::Quote,
        };
        if character == '"' {
            self.is_in_quotes = is_open;
        }
        match (
            is_open,
            self.class.is_wide() && !self.is_after_space,
            after.is_wide(),
        ) {
            (true, _, true) => BreakClass::WideQuoteOpen,
            (true, _, false) => BreakClass::QuoteOpen,
            (false, true, _) if character != '’' => BreakClass::WideQuoteClose,
            (false, ..) => BreakClass::QuoteClose,
        }
    }
}

/// Whether a stop, solidus or dash after a space begins something: `.5`, `/etc`, `-5`, `--all`, `::before`,
/// `-[Foo bar]`, `/.../file`, a leader of dots.
fn begins_word(sign: &[u8], ahead: &[u8]) -> bool {
    match ahead.first() {
        Some(b'-') => true,
        Some(b':') => sign == b":" && ahead.get(1).is_some_and(u8::is_ascii_alphanumeric),
        Some(b'.') => sign == b"/" || ahead.starts_with(b"...."),
        Some(next) => next.is_ascii_graphic() && !b",;!?)]}\"'".contains(next),
        None => false,
    }
}

/// Whether a figure goes on after a space: 1 400 000.
fn is_group(before: &str, ahead: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let last = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    digits(ahead) == 3 && last <= 3
}
