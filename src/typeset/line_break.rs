//! Where a line may be broken: the classes of characters and what may happen between two of them.
//!
//! After UAX #14 (Unicode Line Breaking Algorithm), tailored by W3C's Requirements for Chinese Text Layout, section 3.1.7
//! (prohibition rules for line start and line end): a closing mark, a dash, an ellipsis or an interpunct begins no line, an
//! opening mark or a sign of currency ends none. Unlike plain UAX #14, a closing quotation mark after Chinese lets go of what
//! follows it, and a solidus between letters is only a last resort.

use super::class::Class;
use super::class::Class::{
    Close, Dash, Digit, Dots, EnDash, Exclamation, Feed, Glue, Hangul, Hyphen, Ideograph, Interpunct, Letter, Minus,
    NonStarter, Open, Postfix, Prefix, Quote, QuoteClose, QuoteOpen, Sign, Slash, Space, Start, Stop, WideClose,
    WideOpen, WideQuoteClose, WideQuoteOpen, ZeroSpace,
};

const CLASSES: usize = Feed as usize + 1;

/// What may happen between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Chance {
    /// No break, whatever happens, as long as there is any other place.
    Never,
    /// A break in the middle of a word, when a single word is wider than its line.
    Split,
    /// A good point for breaking what is wider than its line.
    Point,
    /// A break.
    Break,
    /// It depends on more than the two classes.
    Ask,
}

/// What may happen between two characters that stand side by side.
#[inline]
pub(super) const fn beside(before: Class, after: Class) -> Chance {
    BESIDE[before as usize][after as usize]
}

/// What may happen after the spaces that part two characters.
#[inline]
pub(super) const fn spaced(before: Class, after: Class) -> Chance {
    SPACED[before as usize][after as usize]
}

/// All classes in the order of their numbers.
const ALL: [Class; CLASSES] = [
    Start,
    Letter,
    Digit,
    Sign,
    Ideograph,
    Hangul,
    Open,
    WideOpen,
    Close,
    WideClose,
    NonStarter,
    Dash,
    Dots,
    EnDash,
    Interpunct,
    Exclamation,
    Stop,
    Slash,
    Hyphen,
    Minus,
    Prefix,
    Postfix,
    QuoteOpen,
    WideQuoteOpen,
    QuoteClose,
    WideQuoteClose,
    Quote,
    Glue,
    ZeroSpace,
    Space,
    Feed,
];

const BESIDE: [[Chance; CLASSES]; CLASSES] = table(false);
const SPACED: [[Chance; CLASSES]; CLASSES] = table(true);

const fn table(spaced: bool) -> [[Chance; CLASSES]; CLASSES] {
    let mut table = [[Chance::Never; CLASSES]; CLASSES];
    let mut before = 0;
    while before < CLASSES {
        let mut after = 0;
        while after < CLASSES {
            table[before][after] =
                if spaced { spaced_rule(ALL[before], ALL[after]) } else { beside_rule(ALL[before], ALL[after]) };
            after += 1;
        }
        before += 1;
    }
    table
}

#[expect(clippy::match_same_arms, reason = "one rule an arm")]
const fn beside_rule(before: Class, after: Class) -> Chance {
    match (before, after) {
        (Start | Glue, _) | (_, Start | Glue | ZeroSpace) => Chance::Never,
        (ZeroSpace, _) => Chance::Break,
        // Line end, then line start.
        (before, _) if before.is_open() => Chance::Never,
        (_, after) if after.is_never_first() => Chance::Never,
        (Quote, _) | (_, Quote) => Chance::Split,
        // Figures: 第 1 is asked for before a digit, a unit after one.
        (Ideograph, Digit) | (Digit, Ideograph) => Chance::Ask,
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

const fn spaced_rule(before: Class, after: Class) -> Chance {
    match (before, after) {
        (Start, _) => Chance::Never,
        (Open | WideOpen | QuoteOpen | WideQuoteOpen, _) | (Prefix, Digit) => Chance::Point,
        (_, Stop | Slash | Minus | Hyphen) => Chance::Ask,
        (_, after) if after.is_never_first() => Chance::Point,
        (Digit, Letter | Ideograph) | (Ideograph, Digit) => Chance::Ask,
        _ => Chance::Break,
    }
}

#[cfg(test)]
#[path = "line_break_tests.rs"]
mod tests;
