//! The words around a find.

use std::ops::Range;

/// How many columns are shown before a find, and after it.
const BEFORE: usize = 60;
const AFTER: usize = 120;

/// The words around a find, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The words.
    pub text: String,
    /// The bytes of them that were found.
    pub lit: Range<usize>,
}

/// The words around a find in a block's text: about 60 columns before it and 120 after, with an ellipsis where something is left out.
/// The find is a range of bytes in the text, between characters.
pub fn around(text: &str, found: Range<usize>) -> Cut {
    let (before, rest) = text.split_at(found.start);
    let (lit, after) = rest.split_at(found.len());
    let start = before.char_indices().rev().scan(0, within(BEFORE)).last().unwrap_or(before.len());
    let end = after.char_indices().scan(0, within(AFTER)).last().map_or(0, |at| after.ceil_char_boundary(at + 1));
    let mut line = String::from(if start > 0 { "…" } else { "" });
    line.push_str(&before[start..]);
    let from = line.len();
    line.push_str(lit);
    let lit = from..line.len();
    line.push_str(&after[..end]);
    if end < after.len() {
        line.push('…');
    }
    Cut { text: line.replace('\n', " "), lit }
}

/// The places of characters as long as they fit; what is not ASCII counts two columns, as Chinese does.
fn within(columns: usize) -> impl FnMut(&mut usize, (usize, char)) -> Option<usize> {
    move |used, (at, c)| {
        *used += if c.is_ascii() { 1 } else { 2 };
        (*used <= columns).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_block_is_shown_whole_and_in_one_line() {
        assert_eq!(around("New\nYork 的", 4..8), Cut { text: "New York 的".into(), lit: 4..8 });
        assert_eq!(around("的", 0..3), Cut { text: "的".into(), lit: 0..3 });
    }

    #[test]
    fn a_long_block_is_cut_between_characters() {
        let text = format!("{}X{}", "前".repeat(50), "后".repeat(100));
        let cut = around(&text, 150..151);
        assert_eq!(cut.text, format!("…{}X{}…", "前".repeat(30), "后".repeat(60)));
        assert_eq!(&cut.text[cut.lit], "X");
    }
}
