//! The date in a file's name, for articles that give none themselves.

use super::Date;

/// Finds a whole date at the start or the end of a file name without its extension: `2014-08-08-notes`, `20220923 How to …`,
/// `summary_2025-12-11`. Years from 1970 to 2100 only, so that other numbers are not taken for dates.
pub(in crate::digest) fn in_file_name(stem: &str) -> Option<Date> {
    let stem = stem.trim();
    let lengths = || [10, 8].into_iter();
    let at_start = lengths().filter_map(|length| Some((stem.get(..length)?, stem.get(length..)?.chars().next())));
    let at_end = lengths().filter_map(|length| {
        let start = stem.len().checked_sub(length)?;
        Some((stem.get(start..)?, stem.get(..start)?.chars().next_back()))
    });
    at_start.chain(at_end).find_map(|(text, beside)| {
        let alone = !beside.is_some_and(|c| c.is_ascii_digit());
        (alone && is_date(text.as_bytes())).then(|| Date::parse(text)).filter(|date| date.moment.is_some())
    })
}

/// Says whether a text is `YYYY-MM-DD` (or with `_` or `.`) or `YYYYMMDD`, of a year that an article may have.
fn is_date(text: &[u8]) -> bool {
    let shape = match text {
        [_, _, _, _, a, _, _, b, _, _] => a == b && matches!(a, b'-' | b'_' | b'.'),
        [_, _, _, _, _, _, _, _] => text.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    shape && (&b"1970"[..]..=&b"2100"[..]).contains(&&text[..4])
}
