//! The classes of characters for cleaning. The sets follow Unicode 16's
//! `Default_Ignorable_Code_Point`, `Bidi_Control` and `Noncharacter_Code_Point`; widths come from
//! the `unicode-width` crate.

use unicode_width::UnicodeWidthChar;

use super::language::is_han;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharClass {
    /// Ends a line: line feed, CR, VT, FF, U+0085, U+2028, U+2029.
    Break,
    Tab,
    /// Any other C0 or C1 control, or DEL.
    Control,
    /// Overrides, embeddings and isolates of the bidirectional algorithm, which reorder what
    /// follows.
    BidiOverride,
    /// Marks of the bidirectional algorithm, which act as one letter of a direction.
    BidiMark,
    /// Takes no room and shows nothing.
    Invisible,
    /// The zero-width joiner, which has a use between emoji.
    Joiner,
    /// A variation selector, which has a use after some bases.
    Selector,
    /// A combining mark, which takes no room of its own.
    Mark,
    /// A code point that Unicode never assigns to a character.
    Noncharacter,
    Plain,
}

impl CharClass {
    pub(super) fn of(c: char) -> Self {
        match c {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Self::Break,
            '\t' => Self::Tab,
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Self::Control,
            ' '..='~' => Self::Plain,
            '\u{61C}' | '\u{200E}' | '\u{200F}' => Self::BidiMark,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => Self::BidiOverride,
            '\u{200D}' => Self::Joiner,
            '\u{FE00}'..='\u{FE0F}'
            | '\u{E0100}'..='\u{E01EF}'
            | '\u{180B}'..='\u{180D}'
            | '\u{180F}' => Self::Selector,
            _ if is_invisible(c) => Self::Invisible,
            '\u{FDD0}'..='\u{FDEF}' => Self::Noncharacter,
            _ if u32::from(c) & 0xFFFE == 0xFFFE => Self::Noncharacter,
            _ if c.width() == Some(0) => Self::Mark,
            _ => Self::Plain,
        }
    }

    /// True if characters of the class are never seen, so that two together have no honest use.
    pub(super) const fn is_unseen(self) -> bool {
        matches!(self, Self::BidiMark | Self::Invisible | Self::Joiner)
    }
}

/// True if a character is surely [`CharClass::Plain`], or a line feed or tab where the text may
/// have several lines. This covers nearly all of real text without looking up widths.
pub(super) const fn is_surely_clean(c: char, one_line: bool) -> bool {
    match c {
        '\n' | '\t' => !one_line,
        ' '..='~'
        | '\u{4000}'..='\u{9FFF}'
        | '\u{A1}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{380}'..='\u{47F}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{203F}'
        | '\u{2080}'..='\u{20BF}'
        | '\u{2100}'..='\u{2CBF}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3040}'..='\u{307F}'
        | '\u{309B}'..='\u{313F}'
        | '\u{3180}'..='\u{3FFF}'
        | '\u{B000}'..='\u{CFFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF7F}'
        | '\u{1F000}'..='\u{1FFBF}'
        | '\u{20000}'..='\u{2EFFF}' => true,
        _ => false,
    }
}

/// True if a character shows nothing and takes no room in any context.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}' | '\u{200C}' | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// True if a variation selector has a meaning after a base: text or emoji style after what has
/// both, the standard and ideographic variants of Han, the shapes of Mongolian letters.
pub(super) fn takes_selector(base: char, selector: char, next: Option<char>) -> bool {
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => {
            is_emoji(base) || (matches!(base, '0'..='9' | '#' | '*') && next == Some('\u{20E3}'))
        }
        '\u{FE00}'..='\u{FE02}' | '\u{E0100}'..='\u{E01EF}' => is_han(base),
        '\u{180B}'..='\u{180D}' | '\u{180F}' => matches!(base, '\u{1820}'..='\u{18AA}'),
        _ => false,
    }
}

/// True if a character can be an emoji or part of an emoji sequence. The blocks are taken whole:
/// the symbols in them that are no emoji do no harm with a selector or joiner.
pub(super) const fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21AA}'
        | '\u{231A}'..='\u{23FF}' | '\u{24C2}' | '\u{25AA}'..='\u{25FE}' | '\u{2600}'..='\u{27BF}'
        | '\u{2934}' | '\u{2935}' | '\u{2B05}'..='\u{2B55}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{1F000}'..='\u{1FAFF}')
}
