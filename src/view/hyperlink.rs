//! Links that the terminal opens itself (OSC 8). A cell carries the number of its link as the colour
//! of its underline, which no theme sets, so that a changed link is a changed cell.

use ratatui::style::Color;
use twox_hash::XxHash3_64;

use crate::markdown::can_open;
use crate::reader::{Model, Page};

/// The longest target, in bytes; terminals drop longer ones.
const MOST_BYTES: usize = 2_000;

/// The number of a link, as the cells of its text carry it; None if it is not opened outside.
pub(super) fn number(target: &str) -> Option<Color> {
    let hash = XxHash3_64::oneshot(target.as_bytes());
    can_open(target).then(|| Color::from_u32(hash as u32 & 0x00ff_ffff))
}

/// The links on the screen: their numbers, and their targets without anything but the characters
/// of a URL.
pub fn hyperlinks(model: &Model) -> Vec<(Color, String)> {
    let mut found = Vec::new();
    let pages = [model.page(), model.search.preview()];
    for row in pages.into_iter().flatten().flat_map(Page::visible_rows) {
        for piece in row.rows.pieces_of(row.row) {
            let link = piece
                .link
                .and_then(|link| row.document.links.get(link as usize));
            let Some(target) = link
                .map(|link| &*link.target)
                .filter(|it| it.len() <= MOST_BYTES)
            else {
                continue;
            };
            match number(target) {
                Some(number) if found.iter().all(|(other, _)| *other != number) => {
                    found.push((number, escaped(target)));
                }
                _ => {}
            }
        }
    }
    found
}

/// A target with all but the characters of a URL percent-encoded.
fn escaped(target: &str) -> String {
    let escape = |byte: u8| match byte {
        b'!' | b'#'..=b';' | b'=' | b'?'..=b'_' | b'a'..=b'z' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    target.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_targets_are_links_and_only_in_the_characters_of_a_url() {
        assert_eq!(
            escaped("https://例.cn/a b?c=%20&d#e"),
            "https://%E4%BE%8B.cn/a%20b?c=%20&d#e"
        );
        assert_eq!(
            escaped("https://a\u{1b}\\\u{7}<>\"{}|`"),
            "https://a%1B\\%07%3C%3E%22%7B%7D%7C%60"
        );
        for target in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://a\u{7}",
            "",
            "#x",
        ] {
            assert_eq!(number(target), None, "{target}");
        }
        assert_eq!(number("https://a.example"), number("https://a.example"));
        assert_ne!(number("https://a.example"), number("https://b.example"));
    }
}
