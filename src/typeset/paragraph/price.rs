//! What a break costs, as the square of the columns that the row may be short instead.

/// After a hyphen inside a word.
pub(super) const HYPHEN: u32 = 6;
/// At a no-break space.
pub(super) const NO_BREAK_SPACE: u32 = 12;
/// Within a word, with a hyphen.
pub(super) const HYPHENATION: u32 = 16;
/// At the best points of an address: after `/ ? & = #`.
pub(super) const ADDRESS: u32 = 20;
/// Before `-` and after `_` in an address.
pub(super) const ADDRESS_WORD: u32 = 30;
/// Within a figure in Chinese numerals.
pub(super) const NUMERAL: u32 = 36;
/// Between a magnitude and its unit: 亿⏎美元.
pub(super) const MAGNITUDE: u32 = 40;
/// After a solidus between letters, before `%` in an address.
pub(super) const SOLIDUS: u32 = 100;
/// After a sign within a long word, after the `//` of an address.
pub(super) const POINT: u32 = 400;
/// Between a figure and its unit or label, within a range.
pub(super) const HELD: u32 = 2_500;
/// Between a space and a mark that should stay with what is on its other side.
pub(super) const MARK: u32 = 10_000;
/// In the middle of what is wider than a line.
pub(super) const SPLIT: u32 = 100_000;
/// The same where a mark is separated from what it belongs to.
pub(super) const FORCED: u32 = 10_000_000;
