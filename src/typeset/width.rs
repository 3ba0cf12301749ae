//! The one measure of text: how many terminal columns it takes.
//!
//! Text is measured grapheme cluster by grapheme cluster (UAX #29), each of 0, 1 or 2 columns: a
//! terminal draws a cluster in one cell or two, whatever the sum over its characters. ASCII and the
//! common Chinese blocks are recognised by their bytes and skip the segmentation, which is many
//! times slower.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How wide the terminal draws characters of ambiguous width (“ ” … — ·), which Chinese-configured
/// terminals draw in two columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One column, as most terminals do.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

/// A grapheme cluster, found and measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// The byte offset just after it.
    pub(super) end: usize,
    /// Its columns: 0, 1 or 2.
    pub(super) columns: u8,
    /// Its first character.
    pub(super) lead: char,
}

/// The columns that one grapheme cluster takes: 0, 1 or 2; control characters take none.
pub fn grapheme_columns(grapheme: &str, ambiguous: Ambiguous) -> usize {
    let mut chars = grapheme.chars();
    let Some(first) = chars.next() else { return 0 };
    if chars.next().is_none() {
        return char_columns(first, ambiguous);
    }
    if first.is_control() {
        return 0;
    }
    match ambiguous {
        Ambiguous::Narrow => grapheme.width().min(2),
        Ambiguous::Wide => grapheme.width_cjk().min(2),
    }
}

/// The columns that a text of one line takes, grapheme by grapheme.
pub fn columns(text: &str, ambiguous: Ambiguous) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut sum) = (0, 0);
    while at < bytes.len() {
        if bytes[at] < 0x80 && bytes.get(at + 1).is_none_or(u8::is_ascii) {
            sum += usize::from(ascii_columns(bytes[at]));
            at += 1;
        } else {
            let cluster = cluster(text, at, ambiguous);
            sum += usize::from(cluster.columns);
            at = cluster.end;
        }
    }
    sum
}

/// Cuts a text of one line to a number of columns, at a grapheme boundary, and appends `…` if
/// something was cut.
///
/// If not even the `…` fits, the text is cut without it.
pub fn cut(text: &str, most: usize, ambiguous: Ambiguous) -> Cow<'_, str> {
    let dots = columns("…", ambiguous);
    let room = most.checked_sub(dots);
    let (mut at, mut sum, mut kept) = (0, 0, 0);
    while at < text.len() {
        let cluster = cluster(text, at, ambiguous);
        sum += usize::from(cluster.columns);
        if sum > most {
            let kept = &text[..kept];
            return if room.is_some() {
                Cow::Owned(format!("{kept}…"))
            } else {
                Cow::Borrowed(kept)
            };
        }
        at = cluster.end;
        if room.is_none_or(|room| sum <= room) {
            kept = at;
        }
    }
    Cow::Borrowed(text)
}

/// Cuts the beginning of a text of one line, at a grapheme boundary, and puts `…` in its place.
pub fn cut_start(text: &str, most: usize, ambiguous: Ambiguous) -> Cow<'_, str> {
    if columns(text, ambiguous) <= most {
        return Cow::Borrowed(text);
    }
    let room = most.saturating_sub(columns("…", ambiguous));
    let mut ends = text.grapheme_indices(true).map(|(at, _)| &text[at..]);
    let end = ends.find(|end| columns(end, ambiguous) <= room);
    Cow::Owned(format!("…{}", end.unwrap_or_default()))
}

/// The grapheme cluster that begins at a byte offset, which must be a cluster's boundary before the
/// text's end.
#[inline]
pub(super) fn cluster(text: &str, at: usize, ambiguous: Ambiguous) -> Cluster {
    let bytes = text.as_bytes();
    let lead = bytes[at];
    if lead < 0x80 {
        if starts_cluster(bytes, at + 1) {
            return Cluster {
                end: at + 1,
                columns: ascii_columns(lead),
                lead: char::from(lead),
            };
        }
    } else if is_simple(bytes, at) {
        let end = at + if lead < 0xE0 { 2 } else { 3 };
        if starts_cluster(bytes, end) {
            let lead = text[at..end].chars().next().unwrap_or_default();
            return Cluster {
                end,
                columns: char_columns(lead, ambiguous) as u8,
                lead,
            };
        }
    }
    segmented(text, at, ambiguous)
}

/// Whether a common Han ideograph (U+4E00 to U+9FFF, two columns) that is a cluster by itself
/// begins at a byte offset.
#[inline]
pub(super) fn is_lone_han(bytes: &[u8], at: usize) -> bool {
    let lead = bytes[at];
    (0xE4..=0xE9).contains(&lead)
        && (lead > 0xE4 || bytes[at + 1] >= 0xB8)
        && (matches!(bytes.get(at + 3), Some(0xE4..=0xE9)) || starts_cluster(bytes, at + 3))
}

/// The character of three bytes at an offset.
#[inline]
pub(super) fn han_at(bytes: &[u8], at: usize) -> char {
    let [lead, second, last] = [at, at + 1, at + 2].map(|at| u32::from(bytes[at]));
    char::from_u32((lead & 0xF) << 12 | (second & 0x3F) << 6 | last & 0x3F).unwrap_or_default()
}

/// Whether a printable ASCII character or blank that is a cluster by itself is at a byte offset.
#[inline]
pub(super) fn is_lone_ascii(bytes: &[u8], at: usize) -> bool {
    (0x20..0x7F).contains(&bytes[at]) && starts_cluster(bytes, at + 1)
}

#[inline]
const fn ascii_columns(byte: u8) -> u8 {
    (byte >= 0x20 && byte != 0x7F) as u8
}

fn char_columns(c: char, ambiguous: Ambiguous) -> usize {
    let columns = match ambiguous {
        // Most marks of Chinese; looking them up is slower.
        _ if matches!(c, '\u{3001}'..='\u{3029}' | '\u{FF01}'..='\u{FF60}') => Some(2),
        Ambiguous::Narrow => c.width(),
        Ambiguous::Wide if is_wide_letter(c) => Some(2),
        Ambiguous::Wide => c.width_cjk(),
    };
    columns.unwrap_or(0).min(2)
}

/// Whether a letter is ambiguous (UAX #11) and drawn like a Chinese character where these are: Greek
/// and Cyrillic letters of the Chinese character sets.
const fn is_wide_letter(c: char) -> bool {
    matches!(c, 'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ρ' | 'σ'..='ω' | 'Ё' | 'А'..='я' | 'ё')
}

#[cold]
fn segmented(text: &str, at: usize, ambiguous: Ambiguous) -> Cluster {
    let grapheme = text[at..].graphemes(true).next().unwrap_or_default();
    let lead = grapheme.chars().next().unwrap_or_default();
    Cluster {
        end: at + grapheme.len().max(1),
        columns: grapheme_columns(grapheme, ambiguous) as u8,
        lead,
    }
}

/// Whether the character at an offset has the property `Grapheme_Cluster_Break=Other` (or is a
/// Hangul syllable), as far as its bytes show: between two such characters there is always a
/// boundary (UAX #29, GB999). Two or three bytes long.
#[inline]
fn is_simple(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], 0xC2..=0xCB | 0xCE..=0xD1 | 0xE3..=0xE9 | 0xEB | 0xEC)
        || matches!((bytes[at], bytes[at + 1]), (0xE2, 0x80) if bytes[at + 2] >= 0x90)
        || matches!(
            (bytes[at], bytes[at + 1]),
            (0xE2, 0x84..=0xB2) | (0xEF, 0xA4..=0xAB | 0xBC | 0xBD)
        )
}

/// Whether a cluster certainly begins at an offset, after a simple character. False only means that
/// the text must be segmented.
#[inline]
fn starts_cluster(bytes: &[u8], at: usize) -> bool {
    // The most common ones first.
    bytes.get(at).is_none_or(u8::is_ascii) || is_base(bytes, at)
}

/// The same for a character that is there.
fn is_base(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        // ASCII, Latin up to U+02FF, Greek and Cyrillic up to U+047F, Han from U+4000, Hangul
        // syllables.
        0x00..=0x7F | 0xC2..=0xCB | 0xCE..=0xD1 | 0xE4..=0xE9 | 0xEB | 0xEC => true,
        // General punctuation but for the joiners; symbols but for the combining ones from U+20C0.
        0xE2 => match bytes[at + 1] {
            0x80 => bytes[at + 2] >= 0x90,
            second => matches!(second, 0x81 | 0x82 | 0x84..=0xB2),
        },
        // CJK symbols and kana but for the tone marks U+302A to U+302F and the voicing marks U+3099
        // and U+309A.
        0xE3 => match bytes[at + 1] {
            0x80 => !matches!(bytes[at + 2], 0xAA..=0xAF),
            0x82 => !matches!(bytes[at + 2], 0x99 | 0x9A),
            _ => true,
        },
        0xEA => bytes[at + 1] >= 0xB0,
        0xED => bytes[at + 1] <= 0x9D,
        // Compatibility ideographs and full-width forms; variation selectors are U+FE00 to U+FE0F.
        0xEF => matches!(bytes[at + 1], 0xA4..=0xAB | 0xBC | 0xBD),
        // Emoji but for the skin tones (in U+1F3C0 to U+1F3FF), and the supplementary ideographs.
        0xF0 => {
            matches!((bytes[at + 1], bytes[at + 2]), (0x9F, 0x80..=0x8E | 0x90..) | (0xA0.., _))
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "width_tests.rs"]
mod tests;
