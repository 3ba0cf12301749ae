//! Where a line may be broken: the rules for two neighbouring characters, by their classes.
//!
//! After UAX #14 (Unicode Line Breaking Algorithm), tailored by W3C's Requirements for Chinese Text
//! Layout, section 3.1.7 (prohibition rules for line start and line end): a closing mark, a dash,
//! an ellipsis or an interpunct begins no line, an opening mark or a sign of currency ends none.
//! Unlike plain UAX #14, a closing quotation mark after Chinese may be separated from what
//! follows it, a solidus between letters is only a last resort, and one before Chinese keeps both
//! its neighbours (GB/T 15834, section 5.1.9).

use BreakClass::{
    Close, Dash, Digit, Dots, EnDash, Exclamation, Feed, Glue, Hangul, Hyphen, Ideograph,
    Interpunct, Letter, Minus, NonStarter, Open, Postfix, Prefix, Quote, QuoteClose, QuoteOpen,
    Sign, Slash, Space, Start, Stop, WideClose, WideOpen, WideQuoteClose, WideQuoteOpen, ZeroSpace,
};

/// The line breaking class of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BreakClass {
    /// No character: the start of a line.
    Start,
    /// A letter, or another character that behaves like one.
    Letter,
    Digit,
    /// A sign within words and addresses: `&`, `=`, `_` …
    Sign,
    /// An ideograph, kana, emoji: free on both sides.
    Ideograph,
    /// A Hangul syllable: Korean is broken at its blanks.
    Hangul,
    /// An opening bracket.
    Open,
    /// An opening bracket or mark, full width.
    WideOpen,
    /// A closing bracket.
    Close,
    /// A closing bracket or mark, full width.
    WideClose,
    /// May not begin a line: small kana, iteration marks, ～ …
    NonStarter,
    /// A dash: — ―.
    Dash,
    /// An ellipsis: … ‥.
    Dots,
    /// A short dash: –.
    EnDash,
    /// An interpunct: ·.
    Interpunct,
    /// ! and ?.
    Exclamation,
    /// A point, comma, colon or semicolon.
    Stop,
    /// A solidus.
    Slash,
    /// A hyphen inside a word, after which the word may be broken.
    Hyphen,
    /// A minus, the dash before an option, a hyphen in an address.
    Minus,
    /// A sign before a figure: $ ￥ №.
    Prefix,
    /// A sign after a figure: % ℃.
    Postfix,
    /// An opening quotation mark.
    QuoteOpen,
    /// An opening quotation mark before a wide character.
    WideQuoteOpen,
    /// A closing quotation mark.
    QuoteClose,
    /// A closing quotation mark after a wide character.
    WideQuoteClose,
    /// A quotation mark of unknown direction.
    Quote,
    /// Holds its neighbours together: a word joiner, a no-break hyphen.
    Glue,
    /// A zero-width space: a place for a break.
    ZeroSpace,
    Space,
    /// A line feed: the line ends.
    Feed,
}

impl BreakClass {
    /// Whether the character is a full-width one: quotation marks beside it are Chinese.
    pub(super) const fn is_wide(self) -> bool {
        matches!(
            self,
            Ideograph | WideOpen | WideClose | NonStarter | WideQuoteOpen | WideQuoteClose
        )
    }

    /// Whether the character may not be separated from what it opens.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, Open | WideOpen | QuoteOpen | WideQuoteOpen | Prefix)
    }

    /// Whether the character may not begin a line.
    pub(super) const fn is_never_first(self) -> bool {
        matches!(
            self,
            Close
                | WideClose
                | NonStarter
                | Dash
                | Dots
                | EnDash
                | Interpunct
                | Exclamation
                | Stop
                | Slash
                | Hyphen
                | Minus
                | Postfix
                | QuoteClose
                | WideQuoteClose
        )
    }

    /// Whether a digit's or a letter's neighbour of this class is part of the same word.
    pub(super) const fn is_word(self) -> bool {
        matches!(self, Letter | Digit | Sign | Hangul)
    }
}

/// The class of an ASCII character. The caller distinguishes the uses of hyphens and straight
/// quotation marks.
#[inline]
pub(super) const fn ascii_class(byte: u8) -> BreakClass {
    ASCII[byte as usize & 0x7F]
}

/// The class of any character.
pub(super) const fn class_of(c: char) -> BreakClass {
    match c {
        '\0'..='\x7F' => ascii_class(c as u8),
        '\u{2060}' | '\u{FEFF}' | '\u{180E}' | '\u{2011}' => Glue,
        '\u{200B}' => ZeroSpace,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Space,
        '“' | '‘' | '«' | '‹' | '„' | '‚' | '‟' | '‛' => QuoteOpen,
        '”' | '’' | '»' | '›' => QuoteClose,
        '—' | '―' | '⸺' | '⸻' | '﹘' | '︱' => Dash,
        '…' | '‥' | '⋯' | '︙' => Dots,
        '–' | '‐' | '‒' | '\u{AD}' => EnDash,
        '·' | '‧' => Interpunct,
        '£' | '¥' | '€' | '₩' | '₽' | '₹' | '¤' | '±' | '№' | '＄' | '￡' | '￥' | '￦' | '﹩' => {
            Prefix
        }
        '°' | '¢' | '‰' | '‱' | '′' | '″' | '‴' | '℃' | '℉' | '％' | '￠' | '﹪' => Postfix,
        '、' | '。' | '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛' | '〞' | '〟' | '！' | '）' | '，' | '．' | '：' | '；' | '？' | '］' | '｝' | '｠' | '｡' | '｣' | '､' | '﹐' | '﹑' | '﹒' | '﹔' | '﹕' | '﹖' | '﹗' | '﹚' | '﹜' | '﹞' | '︐' | '︑' | '︒' | '︓' | '︔' | '︕' | '︖' => WideClose,
        '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' | '（' | '［' | '｛' | '｟' | '｢'
        | '﹙' | '﹛' | '﹝' => WideOpen,
        '々' | '〻' | '〜' | '゠' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | '゛' | '゜' | 'ゝ' | 'ゞ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | '・' | 'ー' | 'ヽ' | 'ヾ' | 'ㇰ' | 'ㇱ' | 'ㇲ' | 'ㇳ' | 'ㇴ' | 'ㇵ' | 'ㇶ' | 'ㇷ' | 'ㇸ' | 'ㇹ' | 'ㇺ' | 'ㇻ' | 'ㇼ' | 'ㇽ' | 'ㇾ' | 'ㇿ' | '･' | 'ｧ' | 'ｨ' | 'ｩ' | 'ｪ' | 'ｫ' | 'ｬ' | 'ｭ' | 'ｮ' | 'ｯ' | 'ｰ' | 'ﾞ' | 'ﾟ' | '～' | '／' | '－' | '‼' | '⁇' | '⁈' | '⁉' => NonStarter,
        '０'..='９' => Digit,
        '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7FB}' => Hangul,
        '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}'
        | '\u{FF66}'..='\u{FF9D}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFF}'
        // Emoji and symbols that behave like ideographs.
        | '①'..='⓿' | '\u{2600}'..='\u{27BF}' | '⌚' | '⌛' | '⏩'..='⏳' | '\u{1F000}'..='\u{1FAFF}' => Ideograph,
        _ => Letter,
    }
}

const ASCII: [BreakClass; 128] = {
    let mut table = [Letter; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' => Digit,
            b' ' | b'\t' | b'\r' => Space,
            b'\n' => Feed,
            b'(' | b'[' | b'{' => Open,
            b')' | b']' | b'}' => Close,
            b'!' | b'?' => Exclamation,
            b'.' | b',' | b':' | b';' => Stop,
            b'/' => Slash,
            b'-' => Minus,
            b'$' => Prefix,
            b'%' => Postfix,
            b'"' | b'\'' => Quote,
            b'&' | b'=' | b'_' | b'#' | b'~' | b'@' | b'\\' | b'|' | b'+' | b'*' | b'<' | b'>'
            | b'^' | b'`' => Sign,
            _ => Letter,
        };
        byte += 1;
    }
    table
};

/// Whether a space keeps what is on both sides on one line, if it can.
pub(super) const fn is_no_break_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

/// Whether a line may be broken between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chance {
    /// Not as long as there is any other place.
    Never,
    /// In the middle of a word, if the word is wider than its line.
    Split,
    /// Between a space and a mark that should stay with what is on its other side.
    Held,
    /// At a good point within a long word.
    Point,
    /// After a solidus between letters.
    Solidus,
    /// After a hyphen.
    Hyphen,
    /// Yes.
    Break,
    /// It depends on more than the two classes.
    Depends,
}

/// All classes, in the order of their declaration.
const CLASSES: [BreakClass; 31] = [
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

/// The rules for all pairs of classes, worked out when the program is compiled.
type PairTable = [[Chance; CLASSES.len()]; CLASSES.len()];

static BESIDE: PairTable = pair_table(false);
static SPACED: PairTable = pair_table(true);

const fn pair_table(is_spaced: bool) -> PairTable {
    let mut table = [[Chance::Never; CLASSES.len()]; CLASSES.len()];
    let mut pair = 0;
    while pair < CLASSES.len() * CLASSES.len() {
        let (before, after) = (CLASSES[pair / CLASSES.len()], CLASSES[pair % CLASSES.len()]);
        table[before as usize][after as usize] = if is_spaced {
            rule_spaced(before, after)
        } else {
            rule_beside(before, after)
        };
        pair += 1;
    }
    table
}

/// Whether a line may be broken between two characters side by side.
#[inline]
pub(super) fn beside(before: BreakClass, after: BreakClass) -> Chance {
    BESIDE[before as usize][after as usize]
}

/// Whether a line may be broken between two characters with spaces between.
#[inline]
pub(super) fn spaced(before: BreakClass, after: BreakClass) -> Chance {
    SPACED[before as usize][after as usize]
}

/// The rule for two characters side by side.
#[expect(clippy::match_same_arms, reason = "one rule an arm")]
const fn rule_beside(before: BreakClass, after: BreakClass) -> Chance {
    match (before, after) {
        (Start | Glue, _) | (_, Start | Glue | ZeroSpace) => Chance::Never,
        (ZeroSpace, _) => Chance::Break,
        // Line end, then line start.
        (before, _) if before.is_open() => Chance::Never,
        (_, after) if after.is_never_first() => Chance::Never,
        (Quote, _) | (_, Quote) => Chance::Split,
        // Figures: it depends on 第 before a digit, on a unit after one, on what a dash joins.
        (Ideograph | NonStarter | Dash, Digit) | (Digit, Ideograph) => Chance::Depends,
        // A solidus keeps Chinese on both sides.
        (Slash, Ideograph | WideOpen | WideQuoteOpen) => Chance::Split,
        // What is free on one side.
        (Ideograph | WideClose | NonStarter | Dash | Dots | WideQuoteClose, _) => Chance::Break,
        (_, Ideograph | WideOpen | WideQuoteOpen) => Chance::Break,
        (EnDash | Hyphen, Letter | Hangul) => Chance::Hyphen,
        (Stop | Exclamation | Close | QuoteClose, QuoteOpen) => Chance::Break,
        // Long words and paths.
        (Slash, Letter | Digit | Hangul | Open) => Chance::Solidus,
        (Sign | Stop | Exclamation, Letter | Hangul | Open) | (Sign, Digit) => Chance::Point,
        (Letter | Digit | Close, Open) => Chance::Point,
        _ => Chance::Split,
    }
}

/// The rule for two characters with spaces between.
const fn rule_spaced(before: BreakClass, after: BreakClass) -> Chance {
    match (before, after) {
        (Start, _) => Chance::Never,
        (Open | WideOpen | QuoteOpen | WideQuoteOpen, _) | (Prefix, Digit) => Chance::Held,
        (_, Stop | Slash | Minus | Hyphen) => Chance::Depends,
        (_, after) if after.is_never_first() => Chance::Held,
        (Digit, Letter | Ideograph | Digit) | (Ideograph, Digit) => Chance::Depends,
        _ => Chance::Break,
    }
}

#[cfg(test)]
#[path = "line_break_tests.rs"]
mod tests;
