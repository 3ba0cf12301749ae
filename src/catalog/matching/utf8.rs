//! Characters out of bytes that may be cut anywhere.

/// The first character and its length; none at the end, or where the bytes are none.
#[inline]
pub(super) fn decoded(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    let length = match first {
        ..0x80 => return Some((char::from(first), 1)),
        0xc0..0xe0 => 2,
        0xe0..0xf0 => return three(*bytes.first_chunk()?).map(|c| (c, 3)),
        _ => 4,
    };
    Some((str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?, length))
}

/// The character of three bytes, the first of which says that it is one: nearly every Chinese one.
const fn three([one, two, three]: [u8; 3]) -> Option<char> {
    let code = (one as u32 & 0xf) << 12 | (two as u32 & 0x3f) << 6 | three as u32 & 0x3f;
    if two & 0xc0 == 0x80 && three & 0xc0 == 0x80 && code >= 0x800 { char::from_u32(code) } else { None }
}

/// The last character; none at the start, or where the bytes are none.
pub(super) fn last(bytes: &[u8]) -> Option<char> {
    let byte = *bytes.last()?;
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    let start = bytes.iter().rposition(|&byte| !matches!(byte, 0x80..0xc0))?;
    Some(decoded(&bytes[start..])?.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn characters_are_those_of_the_text(text in "\\PC{1,40}") {
            let mut at = 0;
            for c in text.chars() {
                prop_assert_eq!(decoded(&text.as_bytes()[at..]), Some((c, c.len_utf8())));
                at += c.len_utf8();
                prop_assert_eq!(last(&text.as_bytes()[..at]), Some(c));
            }
        }

        #[test]
        fn bytes_are_a_character_where_they_are_one_to_others(bytes in proptest::collection::vec(prop_oneof![0xe0..=0xef_u8, 0x7e..=0xc1_u8, any::<u8>()], 0..5)) {
            let expected = (1..=bytes.len()).find_map(|length| str::from_utf8(&bytes[..length]).ok()?.chars().next());
            prop_assert_eq!(decoded(&bytes).map(|(c, _)| c), expected);
        }
    }
}
