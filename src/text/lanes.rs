//! Many bytes of a text looked at together: which of them are of a kind, a bit for each.
//!
//! What is told of [`LANES`] bytes is worked out with the widest registers that the processor has. So what is to be told is written once,
//! as a [`Look`], and is compiled for each kind of processor; only that, and not what is made of it, since it would be compiled as often.

use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

pub use fearless_simd::Simd;
use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, mask8x64, u8x64};

/// How many bytes are looked at together.
pub const LANES: usize = 64;

/// How often that many are looked at before what is told of them is handed on.
const AT_ONCE: usize = 8;

/// How many bytes behind a byte may have to do with what is told of it.
const REACH: usize = 3;

/// What is told of [`LANES`] bytes.
pub trait Look {
    /// What is told.
    type Told: Copy + Default;

    /// Looks at the bytes at a place. It and all that it calls for its work must be `#[inline(always)]`, which [`array::map`] is not, and should
    /// be without branches: compilers take long ways to carry bits from one to the other.
    fn at<S: Simd>(place: Place<'_, S>) -> Self::Told;
}

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a, S> {
    simd: S,
    /// The bytes there, and as many more as are in reach.
    window: &'a [u8],
}

impl<S: Simd> Place<'_, S> {
    /// The bytes there.
    #[inline(always)]
    pub fn lanes(self) -> Lanes<S> {
        self.after(0)
    }

    /// The bytes a few further on, at most three, in the lanes of those before which they stand; behind the last of the text come spaces.
    #[inline(always)]
    pub fn after(self, few: usize) -> Lanes<S> {
        Lanes(u8x64::from_slice(self.simd, &self.window[few..][..LANES]))
    }
}

/// Looks at a text as a [`Look`] does, [`LANES`] bytes at a time: says where they begin, and what is told of them. The end of the text has
/// its place among them, if need be behind its last byte.
pub fn each_look<L: Look>(bytes: &[u8], mut tell: impl FnMut(usize, &L::Told)) {
    let (mut start, mut told) = (0, Default::default());
    while start <= bytes.len() {
        for told in look::<L>(Level::new(), &bytes[start..], &mut told) {
            tell(start, told);
            start += LANES;
        }
    }
}

/// The same for whoever goes on when it needs more.
#[derive(Clone, Debug)]
pub struct Looks<'a, L: Look> {
    bytes: &'a [u8],
    /// Where the bytes begin that come next.
    next: usize,
    told: [L::Told; AT_ONCE],
}

/// Looks at a text as a [`Look`] does, a little at a time.
pub fn looks<L: Look>(bytes: &[u8]) -> Looks<'_, L> {
    Looks { bytes, next: 0, told: Default::default() }
}

impl<L: Look> Iterator for Looks<'_, L> {
    type Item = (usize, L::Told);

    #[inline]
    fn next(&mut self) -> Option<(usize, L::Told)> {
        let start = self.next;
        if start > self.bytes.len() {
            return None;
        }
        let index = start / LANES % AT_ONCE;
        if index == 0 {
            look::<L>(Level::new(), &self.bytes[start..], &mut self.told);
        }
        self.next += LANES;
        Some((start, self.told[index]))
    }
}

/// The offsets of the bytes of a text that a [`Look`] tells by bits, from the first to the last.
#[derive(Clone, Debug)]
pub struct Positions<'a, L> {
    bytes: &'a [u8],
    /// Where the bytes begin that were not looked at yet.
    next: usize,
    /// The bits that are still to come of those before.
    masks: [u64; AT_ONCE],
    /// Which of the masks are not empty, a bit for each: no processor foretells in which the next bit is.
    left: u32,
    look: PhantomData<L>,
}

/// Tells where the bytes are for which a [`Look`] has bits.
pub fn positions<L: Look<Told = u64>>(bytes: &[u8]) -> Positions<'_, L> {
    Positions { bytes, next: 0, masks: [0; AT_ONCE], left: 0, look: PhantomData }
}

impl<L: Look<Told = u64>> Iterator for Positions<'_, L> {
    type Item = usize;

    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.look_on()?;
        }
        let index = self.left.trailing_zeros() as usize % AT_ONCE;
        let mask = self.masks[index];
        let rest = mask & (mask - 1);
        self.masks[index] = rest;
        self.left &= !(u32::from(rest == 0) << index);
        Some(self.next + index * LANES + mask.trailing_zeros() as usize - AT_ONCE * LANES)
    }
}

impl<L: Look<Told = u64>> Positions<'_, L> {
    /// Looks at the next bytes; none at the end of the text.
    fn look_on(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.next..).filter(|rest| !rest.is_empty())?;
        look::<L>(Level::new(), rest, &mut self.masks);
        self.next += AT_ONCE * LANES;
        let bits = self.masks.iter().enumerate().map(|(index, &mask)| u32::from(mask != 0) << index);
        self.left = bits.fold(0, |all, bit| all | bit);
        Some(())
    }
}

/// Looks at the first of some bytes, with registers of a level; what lies wholly behind their end it leaves as it is, and does not give.
fn look<'a, L: Look>(level: Level, bytes: &[u8], told: &'a mut [L::Told; AT_ONCE]) -> &'a [L::Told] {
    let some = AT_ONCE.min(bytes.len() / LANES + 1);
    dispatch!(level, simd => look_with::<L, _>(simd, bytes, told));
    &told[..some]
}

#[inline(always)]
fn look_with<L: Look, S: Simd>(simd: S, bytes: &[u8], told: &mut [L::Told; AT_ONCE]) {
    // Of most bytes all is there, which is looked at without any branch.
    if let Some(all) = bytes.first_chunk::<{ AT_ONCE * LANES + REACH }>() {
        for (told, offset) in told.iter_mut().zip((0..).step_by(LANES)) {
            *told = L::at(Place { simd, window: &all[offset..][..LANES + REACH] });
        }
        return;
    }
    for (told, offset) in told.iter_mut().zip((0..=bytes.len()).step_by(LANES)) {
        let last;
        let window = if let Some(window) = bytes.get(offset..offset + LANES + REACH) {
            window
        } else {
            last = padded(&bytes[offset..]);
            &last
        };
        *told = L::at(Place { simd, window });
    }
}

/// Some bytes of a text, [`LANES`] of them.
#[derive(Clone, Copy, Debug)]
pub struct Lanes<S: Simd>(u8x64<S>);

/// Which of some bytes are of a kind. Kinds are joined before they are told, since joining bits is what takes compilers long ways.
#[derive(Clone, Copy, Debug)]
pub struct Kind<S: Simd>(mask8x64<S>);

impl<S: Simd> Lanes<S> {
    /// Those that are a byte.
    #[inline(always)]
    pub fn are(self, byte: u8) -> Kind<S> {
        Kind(self.0.simd_eq(byte))
    }

    /// Those that are one of a few bytes.
    #[inline(always)]
    pub fn any_of<const N: usize>(self, kinds: [u8; N]) -> Kind<S> {
        let mut found = mask8x64::splat(self.0.token(), false);
        for kind in kinds {
            found |= self.0.simd_eq(kind);
        }
        Kind(found)
    }

    /// Those from a first byte up to a last one, both included.
    #[inline(always)]
    pub fn between(self, first: u8, last: u8) -> Kind<S> {
        Self(self.0 - first).up_to(last - first)
    }

    /// Those up to a last byte, which is included.
    #[inline(always)]
    pub fn up_to(self, last: u8) -> Kind<S> {
        Kind(self.0.simd_le(last))
    }

    /// Those of ASCII that stand in their column of 32 characters (controls, signs, capitals, small letters) at a place or behind it,
    /// counted from 0: from 27 on the signs behind the digits and behind the letters.
    #[inline(always)]
    pub fn late_in_column(self, place: u8) -> Kind<S> {
        Self(self.0 | 0x60).between(0x60 | place, 0x7F)
    }

    /// The letters of ASCII.
    #[inline(always)]
    pub fn letters(self) -> Kind<S> {
        // A bit tells the two cases apart.
        Self(self.0 | 0x20).between(b'a', b'z')
    }

    /// All bytes, the capital letters of ASCII made small; and which these were.
    #[inline(always)]
    pub fn small(self) -> ([u8; LANES], Kind<S>) {
        let capitals = self.between(b'A', b'Z');
        let simd = self.0.token();
        let case = capitals.0.select(u8x64::splat(simd, 0x20), u8x64::splat(simd, 0));
        ((self.0 | case).into(), capitals)
    }

    /// Those beyond ASCII.
    #[inline(always)]
    pub fn beyond_ascii(self) -> Kind<S> {
        Kind(self.0.simd_ge(0x80))
    }
}

impl<S: Simd> Kind<S> {
    /// A bit for each byte, the first one's the lowest.
    #[inline(always)]
    pub fn bits(self) -> u64 {
        self.0.to_bitmask()
    }

    /// Whether there is none.
    #[inline(always)]
    pub fn is_none(self) -> bool {
        !self.0.any_true()
    }
}

impl<S: Simd> BitOr for Kind<S> {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl<S: Simd> BitAnd for Kind<S> {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl<S: Simd> Not for Kind<S> {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// The last bytes of a text, and spaces after them.
fn padded(rest: &[u8]) -> [u8; LANES + REACH] {
    let mut padded = [b' '; LANES + REACH];
    padded[..rest.len()].copy_from_slice(rest);
    padded
}

/// The places of the bits of a mask, from the lowest up.
#[inline]
pub fn places(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (mask != 0).then_some(mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All kinds there are, told at once.
    struct All;

    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    struct Told {
        letters: u64,
        beyond_ascii: u64,
        some: u64,
        one: u64,
        between: u64,
        up_to: u64,
        late: u64,
        joined: u64,
        no_space: u64,
        after: u64,
        is_ascii: bool,
        capitals: u64,
        small: [u64; LANES / 8],
    }

    impl Look for All {
        type Told = Told;

        #[inline(always)]
        fn at<S: Simd>(place: Place<'_, S>) -> Told {
            let lanes = place.lanes();
            let (small, capitals) = lanes.small();
            Told {
                letters: lanes.letters().bits(),
                beyond_ascii: lanes.beyond_ascii().bits(),
                some: lanes.any_of([b'a', 0xFF, 0]).bits(),
                one: lanes.are(b'!').bits(),
                between: lanes.between(0xE4, 0xE9).bits(),
                up_to: lanes.up_to(b'\r').bits(),
                late: lanes.late_in_column(27).bits(),
                joined: (lanes.letters() | lanes.beyond_ascii() & lanes.between(0x90, 0xFF)).bits(),
                no_space: (!lanes.are(b' ')).bits(),
                after: place.after(2).any_of([b'b']).bits(),
                is_ascii: lanes.beyond_ascii().is_none(),
                capitals: capitals.bits(),
                small: bytemuck::cast(small),
            }
        }
    }

    /// What is told of some bytes, found one by one.
    fn slowly(bytes: &[u8], offset: usize) -> Told {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
        let bits =
            |is: &dyn Fn(u8) -> bool| (0..LANES).fold(0, |bits, at| bits | u64::from(is(byte(offset + at))) << at);
        Told {
            letters: bits(&|byte| byte.is_ascii_alphabetic()),
            beyond_ascii: bits(&|byte| !byte.is_ascii()),
            some: bits(&|byte| [b'a', 0xFF, 0].contains(&byte)),
            one: bits(&|byte| byte == b'!'),
            between: bits(&|byte| (0xE4..=0xE9).contains(&byte)),
            up_to: bits(&|byte| byte <= b'\r'),
            late: bits(&|byte| byte.is_ascii() && byte % 32 >= 27),
            joined: bits(&|byte| byte.is_ascii_alphabetic() || byte >= 0x90),
            no_space: bits(&|byte| byte != b' '),
            after: (0..LANES).fold(0, |bits, at| bits | u64::from(byte(offset + at + 2) == b'b') << at),
            is_ascii: (0..LANES).all(|at| byte(offset + at).is_ascii()),
            capitals: bits(&|byte| byte.is_ascii_uppercase()),
            small: bytemuck::cast(std::array::from_fn::<u8, LANES, _>(|at| byte(offset + at).to_ascii_lowercase())),
        }
    }

    /// The levels that this processor has.
    fn levels() -> Vec<Level> {
        let level = Level::new();
        #[cfg(target_arch = "x86_64")]
        let others =
            [level.as_sse2().map(Simd::level), level.as_sse4_2().map(Simd::level), level.as_avx2().map(Simd::level)];
        #[cfg(not(target_arch = "x86_64"))]
        let others = [None];
        others.into_iter().flatten().chain([level]).collect()
    }

    #[test]
    fn each_byte_has_its_bit_whatever_the_registers() {
        let all: Vec<u8> = (0..=u8::MAX).rev().chain([b'b'; 90]).chain(0..=u8::MAX).chain([b'a'; 2]).collect();
        for length in [0, 1, 63, 64, 65, 400, 511, 512, all.len()] {
            let bytes = &all[..length];
            let expected: Vec<_> = (0..=length).step_by(LANES).map(|offset| (offset, slowly(bytes, offset))).collect();
            assert_eq!(looks::<All>(bytes).collect::<Vec<_>>(), expected);
            for level in levels() {
                let mut told = [Told::default(); AT_ONCE];
                look::<All>(level, bytes, &mut told);
                let expected = expected.iter().map(|(_, told)| *told).chain(std::iter::repeat(Told::default()));
                assert_eq!(told.to_vec(), expected.take(AT_ONCE).collect::<Vec<_>>(), "{level:?} {length}");
            }
        }
        for byte in 0..=u8::MAX {
            for level in levels() {
                let mut told = [Told::default(); AT_ONCE];
                look::<All>(level, &[byte; 100], &mut told);
                assert_eq!(told[0], slowly(&[byte; 100], 0), "{level:?} {byte}");
            }
        }
    }

    /// Small letters with a digit behind them.
    struct Digits;

    impl Look for Digits {
        type Told = u64;

        #[inline(always)]
        fn at<S: Simd>(place: Place<'_, S>) -> u64 {
            (place.lanes().between(b'a', b'z') & place.after(1).between(b'0', b'9')).bits()
        }
    }

    proptest! {
        #[test]
        fn positions_are_where_the_bits_are(text in "([a-z ]{0,99}[0-9]|[ A]{0,700}){0,9}") {
            let is_one = |&at: &usize| matches!(text.as_bytes()[at..], [b'a'..=b'z', b'0'..=b'9', ..]);
            prop_assert_eq!(positions::<Digits>(text.as_bytes()).collect::<Vec<_>>(), (0..text.len()).filter(is_one).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_places_of_bits_go_up() {
        assert_eq!(places(0b1000_0101).collect::<Vec<_>>(), [0, 2, 7]);
        assert_eq!(places(0).next(), None);
    }
}
