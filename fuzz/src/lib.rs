//! What several targets share.

use std::path::PathBuf;

use jianbao::catalog::Entry;
use jianbao::digest::{self, Article};
use jianbao::library::SAMPLES;

/// Panics if a text holds what must never reach a terminal. `allowed` are the control characters
/// that may be in it.
///
/// A list of its own, so that a gap in the program's is found.
pub fn assert_clean(text: &str, allowed: &[char]) {
    let found = text
        .chars()
        .find(|&c| is_hostile(c) && !allowed.contains(&c));
    assert!(found.is_none(), "{found:?} in {text:?}");
}

fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{ad}' | '\u{3164}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}' if !('\u{e0100}'..='\u{e01ef}').contains(&c))
}

/// The samples of the program.
pub fn samples() -> Vec<(&'static str, Article)> {
    SAMPLES
        .iter()
        .map(|(name, bytes)| (*name, digest::read(bytes, name)))
        .collect()
}

/// The entry of an article.
pub fn entry(name: &str, article: &Article) -> Entry {
    Entry::new(PathBuf::from(name), article)
}
