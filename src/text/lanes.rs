//! Many bytes of a text looked at together: which of them are of a kind, a bit for each.

use std::array;
use std::ops::{BitAnd, BitOr, Not};

use wide::{i8x16, u8x16};

/// How many bytes are looked at together.
pub const LANES: usize = 64;

/// The bytes of a register that every processor has.
const WIDTH: usize = 16;

/// Some bytes of a text, [`LANES`] of them.
#[derive(Clone, Copy, Debug)]
pub struct Lanes([u8x16; LANES / WIDTH]);

/// Which of some bytes are of a kind. Kinds are joined before they are told, since joining bits is what takes compilers long ways.
#[derive(Clone, Copy, Debug)]
pub struct Kind([u8x16; LANES / WIDTH]);

impl Lanes {
    /// The bytes that begin at an offset; after the last of the text come spaces.
    #[inline]
    pub fn at(bytes: &[u8], offset: usize) -> Self {
        let [here] = Self::beside(bytes, offset);
        here
    }

    /// The bytes that begin at an offset, those that begin one byte further, and so on: of a character of several bytes what follows the first.
    #[inline]
    pub fn beside<const N: usize>(bytes: &[u8], offset: usize) -> [Self; N] {
        let rest = bytes.get(offset..).unwrap_or_default();
        if let Some(whole) = rest.get(..LANES + N - 1) {
            return array::from_fn(|further| Self::of(&whole[further..]));
        }
        // Room for as many further bytes as a register has.
        let mut padded = [b' '; LANES + WIDTH];
        let length = rest.len().min(padded.len());
        padded[..length].copy_from_slice(&rest[..length]);
        array::from_fn(|further| Self::of(&padded[further..]))
    }

    /// The first bytes of some.
    #[inline]
    fn of(bytes: &[u8]) -> Self {
        let register = |at: usize| bytes[at * WIDTH..].first_chunk().copied().map(u8x16::new).unwrap_or_default();
        Self(array::from_fn(register))
    }

    /// Those that are one of a few bytes.
    #[inline]
    pub fn any_of<const N: usize>(self, kinds: [u8; N]) -> Kind {
        let is_one = |register: u8x16| {
            kinds.into_iter().fold(u8x16::ZERO, |found, kind| found | register.simd_eq(u8x16::splat(kind)))
        };
        Kind(self.0.map(is_one))
    }

    /// Those from a first byte up to a last one, both included.
    #[inline]
    pub fn between(self, first: u8, last: u8) -> Kind {
        let is_between = |register: u8x16| {
            let from_first = register - u8x16::splat(first);
            from_first.min(u8x16::splat(last - first)).simd_eq(from_first)
        };
        Kind(self.0.map(is_between))
    }

    /// Those up to a last byte, which is included.
    #[inline]
    pub fn up_to(self, last: u8) -> Kind {
        Kind(self.0.map(|register| register.min(u8x16::splat(last)).simd_eq(register)))
    }

    /// Whether all are of ASCII.
    #[inline]
    pub fn are_ascii(self) -> bool {
        !self.0.into_iter().fold(u8x16::ZERO, BitOr::bitor).any()
    }

    /// Those of ASCII that stand in their column of 32 characters (controls, signs, capitals, small letters) at a place or behind it,
    /// counted from 0: from 27 on the signs behind the digits and behind the letters.
    #[inline]
    pub fn late_in_column(self, place: u8) -> Kind {
        // As numbers with a sign those beyond ASCII are below zero.
        let is_late = |register: u8x16| {
            let in_last_column: i8x16 = bytemuck::cast(register | u8x16::splat(0x60));
            bytemuck::cast(in_last_column.simd_gt(i8x16::splat((0x60 | place) as i8 - 1)))
        };
        Kind(self.0.map(is_late))
    }

    /// The letters of ASCII.
    #[inline]
    pub fn letters(self) -> Kind {
        // A bit tells the two cases apart.
        Self(self.0.map(|register| register | u8x16::splat(0x20))).between(b'a', b'z')
    }

    /// Those beyond ASCII.
    #[inline]
    pub fn beyond_ascii(self) -> Kind {
        Kind(self.0)
    }
}

impl Kind {
    /// A bit for each byte, the first one's the lowest.
    #[inline]
    pub fn bits(self) -> u64 {
        self.0.iter().rev().fold(0, |bits, register| bits << WIDTH | u64::from(register.to_bitmask()))
    }
}

impl BitOr for Kind {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(array::from_fn(|at| self.0[at] | other.0[at]))
    }
}

impl BitAnd for Kind {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(array::from_fn(|at| self.0[at] & other.0[at]))
    }
}

impl Not for Kind {
    type Output = Self;

    #[inline]
    fn not(self) -> Self {
        Self(self.0.map(|register| !register))
    }
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
    use super::*;

    #[test]
    fn each_byte_has_its_bit() {
        for byte in 0..=u8::MAX {
            for at in [0, 1, 31, 63] {
                let mut bytes = [b' '; LANES];
                bytes[at] = byte;
                let lanes = Lanes::at(&bytes, 0);
                let alone = |is: bool| u64::from(is) << at;
                let spaces = if byte == b' ' { u64::MAX } else { !(1 << at) };
                assert_eq!(lanes.letters().bits(), alone(byte.is_ascii_alphabetic()));
                assert_eq!(lanes.beyond_ascii().bits(), alone(!byte.is_ascii()));
                assert_eq!(lanes.any_of([b'a', 0xFF, 0]).bits(), alone([b'a', 0xFF, 0].contains(&byte)));
                assert_eq!(lanes.between(0xE4, 0xE9).bits(), alone((0xE4..=0xE9).contains(&byte)));
                assert_eq!(lanes.between(b' ', b' ').bits(), spaces);
                assert_eq!((!lanes.between(b' ', b' ')).bits(), !spaces);
                assert_eq!(
                    (lanes.between(b' ', 0xFF) & lanes.any_of([byte])).bits(),
                    alone(byte > b' ') | (spaces * u64::from(byte == b' '))
                );
                assert_eq!(lanes.are_ascii(), byte.is_ascii());
                assert_eq!(lanes.up_to(b'\r').bits(), alone(byte <= b'\r'));
                assert_eq!(lanes.late_in_column(27).bits(), alone(byte.is_ascii() && byte % 32 >= 27));
                assert_eq!(
                    (lanes.letters() | lanes.beyond_ascii()).bits(),
                    alone(byte.is_ascii_alphabetic() || !byte.is_ascii())
                );
            }
        }
    }

    #[test]
    fn beyond_the_end_stand_spaces() {
        assert_eq!(Lanes::at(b"abc", 1).any_of([b' ']).bits(), u64::MAX << 2);
        assert_eq!(Lanes::at(b"abc", 7).any_of([b' ']).bits(), u64::MAX);
        assert_eq!(Lanes::beside::<3>(b"abcd", 1).map(|lanes| lanes.letters().bits()), [0b111, 0b11, 0b1]);
        assert_eq!(Lanes::beside::<2>(&[b'a'; 66], 1).map(|lanes| lanes.letters().bits()), [u64::MAX; 2]);
        assert_eq!(Lanes::beside::<2>(&[b'a'; 65], 1).map(|lanes| lanes.letters().bits()), [u64::MAX, u64::MAX >> 1]);
        assert_eq!(places(0b1000_0101).collect::<Vec<_>>(), [0, 2, 7]);
    }
}
