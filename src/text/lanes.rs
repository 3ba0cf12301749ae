//! Many bytes of a text looked at together: which of them are of a kind, a bit for each.

use std::ops::{BitAnd, BitOr, Not};

use wide::{i8x16, u8x16};

/// How many bytes are looked at together.
pub const LANES: usize = 64;

/// Registers of the size that every processor has.
type Registers = [u8x16; 4];

/// Some bytes of a text, [`LANES`] of them.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(Registers);

/// Which of some bytes are of a kind. Kinds are joined before they are told, since joining bits is what takes compilers long ways.
#[derive(Clone, Copy, Debug)]
pub struct Kind(Registers);

/// What is made of each register; by hand, since compilers do not always see through [`array::map`].
#[inline]
fn each(registers: Registers, make: impl Fn(u8x16) -> u8x16) -> Registers {
    let [first, second, third, fourth] = registers;
    [make(first), make(second), make(third), make(fourth)]
}

/// What is made of each two registers.
#[inline]
fn each_two(ones: Registers, others: Registers, make: impl Fn(u8x16, u8x16) -> u8x16) -> Registers {
    [make(ones[0], others[0]), make(ones[1], others[1]), make(ones[2], others[2]), make(ones[3], others[3])]
}

impl Lanes {
    /// The bytes that begin at an offset; after the last of the text come spaces.
    #[inline]
    pub fn at(bytes: &[u8], offset: usize) -> Self {
        match bytes.get(offset..).and_then(<[u8]>::first_chunk) {
            Some(whole) => Self::of(whole),
            None => Self::of(&padded(bytes.get(offset..).unwrap_or_default())),
        }
    }

    #[inline]
    fn of(bytes: &[u8; LANES]) -> Self {
        Self(bytemuck::cast(*bytes))
    }

    /// Those that are one of a few bytes.
    #[inline]
    pub fn any_of<const N: usize>(self, kinds: [u8; N]) -> Kind {
        let mut found = [u8x16::ZERO; 4];
        for kind in kinds {
            found = each_two(found, self.0, |found, register| found | register.simd_eq(u8x16::splat(kind)));
        }
        Kind(found)
    }

    /// Those from a first byte up to a last one, both included.
    #[inline]
    pub fn between(self, first: u8, last: u8) -> Kind {
        let is_between = |register: u8x16| {
            let from_first = register - u8x16::splat(first);
            from_first.min(u8x16::splat(last - first)).simd_eq(from_first)
        };
        Kind(each(self.0, is_between))
    }

    /// Those up to a last byte, which is included.
    #[inline]
    pub fn up_to(self, last: u8) -> Kind {
        Kind(each(self.0, |register| register.min(u8x16::splat(last)).simd_eq(register)))
    }

    /// Whether all are of ASCII.
    #[inline]
    pub fn are_ascii(self) -> bool {
        let [first, second, third, fourth] = self.0;
        !(first | second | third | fourth).any()
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
        Kind(each(self.0, is_late))
    }

    /// The letters of ASCII.
    #[inline]
    pub fn letters(self) -> Kind {
        // A bit tells the two cases apart.
        Self(each(self.0, |register| register | u8x16::splat(0x20))).between(b'a', b'z')
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
        let [first, second, third, fourth] = self.0;
        let bits = |register: u8x16| u64::from(register.to_bitmask());
        bits(first) | bits(second) << 16 | bits(third) << 32 | bits(fourth) << 48
    }
}

impl BitOr for Kind {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(each_two(self.0, other.0, |one, other| one | other))
    }
}

impl BitAnd for Kind {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(each_two(self.0, other.0, |one, other| one & other))
    }
}

impl Not for Kind {
    type Output = Self;

    #[inline]
    fn not(self) -> Self {
        Self(each(self.0, |register| !register))
    }
}

/// The last bytes of a text, and spaces after them.
#[cold]
fn padded(rest: &[u8]) -> [u8; LANES] {
    let mut padded = [b' '; LANES];
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
        assert_eq!(places(0b1000_0101).collect::<Vec<_>>(), [0, 2, 7]);
    }
}
