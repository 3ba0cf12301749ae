//! What the words beside two figures say of whether they count the same.

use super::super::lexicon::{answers, stems};
use super::figure::Figure;

/// So many characters of Chinese, and words of English, beside a figure may name what it counts.
const CHINESE: usize = 8;
const ENGLISH: usize = 3;

/// Whether a dictionary has a word behind the English figure for one beside the Chinese one, in the same part of its
/// sentence: 1.1 万名工人 and 11,000 workers.
pub(super) fn same_noun(texts: [&str; 2], chinese: &Figure, english: &Figure) -> bool {
    let [zh, en] = texts;
    let is_inside = |c: &char| !"，。；：！？、,;:!?\n".contains(*c);
    let after: String = zh[chinese.range.end..]
        .chars()
        .take_while(is_inside)
        .take(CHINESE)
        .collect();
    let before = zh[..chinese.range.start]
        .chars()
        .rev()
        .take_while(is_inside)
        .take(CHINESE);
    let before: Vec<char> = before.collect();
    let before: String = before.into_iter().rev().collect();
    let words: Vec<&str> = en[english.range.end..]
        .trim_start_matches('+')
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'' && c != ' ')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .take(ENGLISH)
        .collect();
    let said = stems(&words.join(" "));
    // The same Latin word names it in both, 700 stars.
    let latin = after.split(|c: char| !c.is_ascii_alphanumeric());
    let mut latin = latin.filter(|word| word.len() > 2);
    if latin.any(|name| words.iter().any(|word| word.eq_ignore_ascii_case(name))) {
        return true;
    }
    if said.is_empty() {
        return false;
    }
    let answers = answers(&format!("{after}，{before}"));
    said.iter().any(|stem| answers.binary_search(stem).is_ok())
}
