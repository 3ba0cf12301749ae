//! Where the lines of a text end, found many bytes at a time.

use super::lanes::{Look, Place, Positions, Simd, positions};

/// A walk over the line endings of a text: LF, CRLF or a lone CR.
#[derive(Clone, Debug)]
pub struct LineEnds<'a> {
    text: &'a str,
    /// The line feeds and carriage returns that are still to come.
    signs: Positions<'a, Ends>,
}

impl<'a> LineEnds<'a> {
    /// Begins at the start of a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, signs: positions(text.as_bytes()) }
    }

    /// Where the line at an offset ends, without its line ending and with it; the last one ends with the text. No later call may ask for an
    /// earlier line.
    pub fn next(&mut self, start: usize) -> (usize, usize) {
        // The LF of a CRLF ends no line of its own.
        let end = self.signs.find(|&at| at >= start).unwrap_or(self.text.len());
        (end, end + ending_length(self.text, end))
    }
}

/// The line feeds and carriage returns.
#[derive(Clone, Debug)]
struct Ends;

impl Look for Ends {
    type Told = u64;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> u64 {
        place.lanes().any_of(*b"\n\r").bits()
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
            let (mut ends, mut start) = (LineEnds::of(&text), 0);
            while start <= text.len() {
                let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
                let whole = ["\r\n", "\r", "\n", ""].into_iter().find(|ending| text[end..].starts_with(ending)).unwrap();
                prop_assert_eq!(ends.next(start), (end, end + whole.len()));
                start = end + skip;
                while start < text.len() && !text.is_char_boundary(start) {
                    start += 1;
                }
            }
        }
    }
}
