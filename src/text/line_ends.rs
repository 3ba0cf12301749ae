//! Where the lines of a text end, found many bytes at a time.

use super::lanes::{LANES, Lanes, places};

/// A walk over the line endings of a text: LF, CRLF or a lone CR.
#[derive(Clone, Debug, Default)]
pub struct LineEnds {
    /// Where the bytes begin that were not looked at yet.
    ahead: usize,
    /// The line feeds and carriage returns among the [`LANES`] bytes before that which are still to come, a bit each.
    bits: u64,
}

impl LineEnds {
    /// Where the line at an offset ends, without its line ending and with it; the last one ends with the text. No later call may ask for an
    /// earlier line.
    pub fn next(&mut self, text: &str, start: usize) -> (usize, usize) {
        let end = self.sign_from(text, start);
        (end, end + ending_length(text, end))
    }

    /// The offset of the first line feed or carriage return at or after an offset, or the end of the text.
    fn sign_from(&mut self, text: &str, offset: usize) -> usize {
        loop {
            while let Some(place) = places(self.bits).next() {
                self.bits &= self.bits - 1;
                let at = self.ahead - LANES + place;
                // The LF of a CRLF ends no line of its own.
                if at >= offset {
                    return at;
                }
            }
            if self.ahead >= text.len() {
                return text.len();
            }
            self.bits = Lanes::at(text.as_bytes(), self.ahead).any_of([b'\n', b'\r']).bits();
            self.ahead += LANES;
        }
    }
}

/// The length of the line ending at an offset; none at the end of the text.
pub(in crate::text) fn ending_length(text: &str, at: usize) -> usize {
    match text.as_bytes()[at..] {
        [] => 0,
        [b'\r', b'\n', ..] => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_where_their_signs_are(text in "([a中]{0,70}(\r?\n|\r)?){0,9}", skip in 1..4_usize) {
            let (mut ends, mut start) = (LineEnds::default(), 0);
            while start <= text.len() {
                let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
                let whole = ["\r\n", "\r", "\n", ""].into_iter().find(|ending| text[end..].starts_with(ending)).unwrap();
                prop_assert_eq!(ends.next(&text, start), (end, end + whole.len()));
                start = end + skip;
                while start < text.len() && !text.is_char_boundary(start) {
                    start += 1;
                }
            }
        }
    }
}
