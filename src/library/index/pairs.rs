//! Which pairs of English letters stand in a text: so few in Chinese ones that nearly all of them are passed over when a word is looked for.

use crate::text::{Look, Place, Simd, positions};

/// The pairs of neighbouring English letters of a text, small letters only: a bit for each of 64 kinds of pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::library) struct Pairs(u64);

impl Pairs {
    /// Those of a folded text.
    pub(in crate::library) fn of(folded: &[u8]) -> Self {
        Self(positions::<FirstOfTwo>(folded).fold(0, |pairs, at| pairs | kind([folded[at], folded[at + 1]])))
    }

    /// Whether all others are among them.
    pub(in crate::library) const fn hold(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Whether there are none.
    pub(in crate::library) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The small letters before others.
struct FirstOfTwo;

impl Look for FirstOfTwo {
    type Told = u64;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> u64 {
        (place.lanes().between(b'a', b'z') & place.after(1).between(b'a', b'z')).bits()
    }
}

/// The bit of a pair. Its kind is the high bits of a product, so that pairs which often stand together fall apart.
fn kind(pair: [u8; 2]) -> u64 {
    1 << (u16::from_le_bytes(pair).wrapping_mul(0x9E37) >> 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::LANES;

    #[test]
    fn a_pair_may_stand_anywhere() {
        assert!(Pairs::of("一a b，c1d9".as_bytes()).is_empty());
        for before in 0..2 * LANES {
            let text = format!("{}ab", " ".repeat(before));
            assert_eq!(Pairs::of(text.as_bytes()), Pairs::of(b"ab"), "{before}");
        }
        assert!(!Pairs::of("英伟达 nvidia".as_bytes()).hold(Pairs::of(b"lanstone")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_text_holds_the_pairs_of_what_stands_in_it(text in "([a-z]{0,9}|[一二， 1]){0,40}", from in 0..99_usize, to in 0..99_usize) {
            let whole: Vec<char> = text.chars().collect();
            let [from, to] = [from.min(to), from.max(to)].map(|at| at.min(whole.len()));
            let part: String = whole[from..to].iter().collect();
            prop_assert!(Pairs::of(text.as_bytes()).hold(Pairs::of(part.as_bytes())));
        }
    }
}
