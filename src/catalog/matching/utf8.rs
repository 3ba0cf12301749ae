//! Characters out of bytes that may be cut anywhere.

/// The first character and its length; none at the end, or where the bytes are none.
pub(super) fn decoded(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    let length = match first {
        ..0x80 => return Some((char::from(first), 1)),
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    Some((str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?, length))
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
