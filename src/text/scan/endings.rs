//! Where the lines of a text end, found many bytes at a time.

use crate::text::lanes::{LANES, Lanes, places};

/// A walk over the line feeds and carriage returns of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Endings {
    /// Where the bytes begin that were not looked at yet.
    next: usize,
    /// Those of the bytes before that are still to come, a bit each.
    bits: u64,
}

impl Endings {
    /// The offset of the first at or after an offset, or the end of the text. No later call may ask for what comes before.
    pub(super) fn from(&mut self, text: &str, offset: usize) -> usize {
        loop {
            while let Some(place) = places(self.bits).next() {
                self.bits &= self.bits - 1;
                let at = self.next - LANES + place;
                if at >= offset {
                    return at;
                }
            }
            if self.next >= text.len() {
                return text.len();
            }
            self.bits = Lanes::at(text.as_bytes(), self.next).any_of([b'\n', b'\r']).bits();
            self.next += LANES;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_where_their_signs_are(text in "([a中]{0,70}\r?\n?){0,9}", skip in 1..4_usize) {
            let (mut endings, mut from) = (Endings::default(), 0);
            while from <= text.len() {
                let next = text[from..].find(['\n', '\r']).map_or(text.len(), |length| from + length);
                prop_assert_eq!(endings.from(&text, from), next);
                from = next + skip;
                while from < text.len() && !text.is_char_boundary(from) {
                    from += 1;
                }
            }
        }
    }
}
