//! Where a line may be broken: the rules for two neighbouring characters, by their classes.
//!
//! After UAX #14 (Unicode Line Breaking Algorithm), tailored by W3C's Requirements for Chinese Text Layout, section 3.1.7
//! (prohibition rules for line start and line end): a closing mark, a dash, an ellipsis or an interpunct begins no line, an
//! opening mark or a sign of currency ends none. Unlike plain UAX #14, a closing quotation mark after Chinese may be separated from what
//! follows it, and a solidus between letters is only a last resort.

use super::class::BreakClass;
use super::class::BreakClass::{
    Close, Dash, Digit, Dots, EnDash, Exclamation, Glue, Hangul, Hyphen, Ideograph, Letter, Minus, NonStarter, Open,
    Prefix, Quote, QuoteClose, QuoteOpen, Sign, Slash, Start, Stop, WideClose, WideOpen, WideQuoteClose, WideQuoteOpen,
    ZeroSpace,
};

/// Whether a line may be broken between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Chance {
    /// Not as long as there is any other place.
    Never,
    /// In the middle of a word, if the word is wider than its line.
    Split,
    /// At a good point within what is wider than its line.
    Point,
    /// Yes.
    Break,
    /// It depends on more than the two classes.
    Depends,
}

/// The rule for two characters side by side.
#[expect(clippy::match_same_arms, reason = "one rule an arm")]
pub(super) const fn beside(before: BreakClass, after: BreakClass) -> Chance {
    match (before, after) {
        (Start | Glue, _) | (_, Start | Glue | ZeroSpace) => Chance::Never,
        (ZeroSpace, _) => Chance::Break,
        // Line end, then line start.
        (before, _) if before.is_open() => Chance::Never,
        (_, after) if after.is_never_first() => Chance::Never,
        (Quote, _) | (_, Quote) => Chance::Split,
        // Figures: it depends on 第 before a digit, on a unit after one.
        (Ideograph, Digit) | (Digit, Ideograph) => Chance::Depends,
        // What is free on one side.
        (Ideograph | WideClose | NonStarter | Dash | Dots | WideQuoteClose, _) => Chance::Break,
        (_, Ideograph | WideOpen | WideQuoteOpen) => Chance::Break,
        (EnDash | Hyphen, Letter | Hangul) | (Stop | Exclamation | Close | QuoteClose, QuoteOpen) => Chance::Break,
        // Long words, paths and addresses.
        (Sign | Stop | Exclamation | Slash, Letter | Digit | Hangul | Open) => Chance::Point,
        (Letter | Digit | Close, Open) => Chance::Point,
        _ => Chance::Split,
    }
}

/// The rule for two characters with spaces between.
pub(super) const fn spaced(before: BreakClass, after: BreakClass) -> Chance {
    match (before, after) {
        (Start, _) => Chance::Never,
        (Open | WideOpen | QuoteOpen | WideQuoteOpen, _) | (Prefix, Digit) => Chance::Point,
        (_, Stop | Slash | Minus | Hyphen) => Chance::Depends,
        (_, after) if after.is_never_first() => Chance::Point,
        (Digit, Letter | Ideograph) | (Ideograph, Digit) => Chance::Depends,
        _ => Chance::Break,
    }
}

#[cfg(test)]
#[path = "line_break_tests.rs"]
mod tests;
