//! What is looked for: an exact text, whatever its case.

use std::ops::Range;

use memchr::memmem::Finder;

/// Folds the case of a text and keeps its length in bytes, so that places in the folded text are places in the text. A line break
/// becomes a space: what is written on two lines of a file can be found as one phrase.
pub fn fold_text(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn fold(c: char) -> char {
    if c.is_ascii() {
        return if c == '\n' { ' ' } else { c.to_ascii_lowercase() };
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        // The few letters whose small form has another length stay as they are.
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

/// An exact text to look for, whatever its case.
#[derive(Clone, Debug)]
pub struct Needle(Finder<'static>);

impl Needle {
    /// A needle of a text as it was typed; none of an empty one.
    pub fn new(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(Finder::new(fold_text(text).as_bytes()).into_owned()))
    }

    /// Where it stands in a folded text, from left to right, none over another.
    pub fn find_in<'a>(&'a self, folded: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
        let length = self.0.needle().len();
        self.0.find_iter(folded).map(move |start| start..start + length)
    }

    /// Whether it stands in a folded text.
    pub fn is_in(&self, folded: &[u8]) -> bool {
        self.0.find(folded).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_lengths_and_breaks_no_phrase() {
        let text = "İstanbul ÀÉ\nGPT 英伟达 ẞ";
        assert_eq!(fold_text(text).len(), text.len());
        assert_eq!(fold_text("New\nYork ÀÉ"), "new york àé");
    }

    #[test]
    fn a_needle_has_no_case_and_its_finds_do_not_overlap() {
        let needle = Needle::new("aA").expect("it is not empty");
        let found: Vec<_> = needle.find_in(b"aaaaa").collect();
        assert_eq!(found, [0..2, 2..4]);
        assert!(needle.is_in(b"xaa") && !needle.is_in(b"axa"));
        assert!(Needle::new("").is_none());
    }
}
