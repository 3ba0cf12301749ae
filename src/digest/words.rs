//! The words by which headings, labels and links are known, in lower case: `words.tsv` has one list
//! a line, its name, a tab, and its words separated by `|`.

use std::collections::HashMap;
use std::sync::LazyLock;

static LISTS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lists = include_str!("words.tsv").lines();
    let list = |line: &'static str| line.split_once('\t');
    lists
        .filter_map(list)
        .map(|(name, words)| (name, words.split('|').collect()))
        .collect()
});

pub(super) fn words(list: &str) -> &'static [&'static str] {
    LISTS.get(list).map_or(&[], Vec::as_slice)
}
