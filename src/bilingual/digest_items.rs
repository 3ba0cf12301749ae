//! The items of an article of many, each under a heading, in both languages.

use std::collections::HashMap;

use super::alignment::Alignment;
use super::text::{Text, fingerprint};
use crate::digest::names_structure;
use crate::markdown::{BlockKind, Document};
use crate::text::Language;

/// Fewer headings of a level are the parts of one text.
const FEWEST: usize = 3;

/// More headings than these are items, whether each has both languages or not.
const SURELY_MANY: usize = 8;

/// An item of an article of many: its headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DigestItem {
    /// The block of its heading in Chinese and in English, where it has one.
    pub blocks: [Option<u32>; 2],
    keys: [Option<u64>; 2],
}

impl DigestItem {
    /// What it is remembered by: for each of its headings a fingerprint of the words and of how many headings with the
    /// same words stand before it. So it is known while one of them stays.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.keys.into_iter().flatten()
    }

    /// Whether one of its keys is among some.
    pub fn is_among(&self, keys: &[u64]) -> bool {
        self.keys().any(|key| keys.contains(&key))
    }
}

/// The items of a text under an alignment, in reading order; none if it is not an article of many: there must be three
/// headings of a level that all have a translation, or more than eight.
pub fn digest_items(text: &Text, alignment: Option<&Alignment>) -> Vec<DigestItem> {
    let [chinese, english] = Language::BOTH.map(|side| {
        let document = text.document(side);
        document.map_or_else(Vec::new, |document| headings(document, side))
    });
    let mut items: Vec<DigestItem> = Vec::with_capacity(chinese.len().max(english.len()));
    let mut taken = 0;
    for (block, key) in chinese {
        let translation = alignment
            .and_then(|pairs| pairs.translation(Language::Chinese, block))
            .filter(|(_, is_own)| *is_own)
            .map_or(0..0, |(blocks, _)| blocks);
        let before = taken + english[taken..].partition_point(|(at, _)| *at < translation.start);
        let partner = english.get(before);
        let partner = partner.filter(|(at, _)| translation.contains(at));
        // English headings before it that have no Chinese one.
        items.extend(english[taken..before].iter().map(only_english));
        taken = before + usize::from(partner.is_some());
        items.push(DigestItem {
            blocks: [Some(block), partner.map(|(at, _)| *at)],
            keys: [Some(key), partner.map(|(_, key)| *key)],
        });
    }
    items.extend(english[taken..].iter().map(only_english));
    let is_paired = |item: &DigestItem| item.blocks.iter().all(Option::is_some);
    let is_many = items.len() > SURELY_MANY || items.len() >= FEWEST && items.iter().all(is_paired);
    if is_many { items } else { Vec::new() }
}

const fn only_english(&(block, key): &(u32, u64)) -> DigestItem {
    DigestItem {
        blocks: [None, Some(block)],
        keys: [None, Some(key)],
    }
}

/// The headings of the uppermost level that has several, with their keys. Those that name a part of the digest are none.
fn headings(document: &Document, side: Language) -> Vec<(u32, u64)> {
    let mut levels: [Vec<u32>; 7] = Default::default();
    for (at, block) in document.blocks.iter().enumerate() {
        if let BlockKind::Heading(level) = block.kind
            && let Some(of_level) = levels.get_mut(usize::from(level))
            && !names_structure(document.block_text(at))
        {
            of_level.push(at as u32);
        }
    }
    let blocks = levels.into_iter().find(|of_level| of_level.len() >= FEWEST);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let keyed = |block: u32| {
        let words = document.block_text(block as usize);
        let nth = seen.entry(words).or_default();
        *nth += 1;
        let key = fingerprint(&format!("{words}\0{nth}\0{}", side as usize));
        (block, key)
    };
    blocks.unwrap_or_default().into_iter().map(keyed).collect()
}

#[cfg(test)]
mod tests {
    use super::{DigestItem, digest_items};
    use crate::bilingual::Text;
    use crate::digest;

    fn text(items: &[[&str; 2]]) -> Text {
        let side = |at: usize| -> String {
            let item = |item: &[&str; 2]| match (item[at], at) {
                ("", _) => String::new(),
                (heading, 0) => format!("## {heading}\n\n这是一段关于{heading}的中文正文。\n\n"),
                (heading, _) => {
                    format!("## {heading}\n\nThis is the English text on {heading}.\n\n")
                }
            };
            items.iter().map(item).collect()
        };
        let article = format!("---\ntitle: 早报\n---\n{}---\n\n{}", side(0), side(1));
        Text::new(digest::read(article.as_bytes(), "a.md"))
    }

    fn items(text: &Text) -> Vec<DigestItem> {
        digest_items(text, text.alignment().map(|it| &**it))
    }

    const THREE: [[&str; 2]; 3] = [["茶", "Tea"], ["米", "Rice"], ["茶", "Tea"]];

    #[test]
    fn headings_that_translate_each_other_are_one_item() {
        let text = text(&THREE);
        let blocks: Vec<_> = items(&text).iter().map(|item| item.blocks).collect();
        assert_eq!(blocks, [0, 2, 4].map(|block| [Some(block); 2]));
        assert_eq!(items(&self::text(&THREE[..2])), [], "two are not many");
    }

    #[test]
    fn equal_headings_are_items_of_their_own_and_an_edit_of_one_language_keeps_the_item() {
        let before = items(&text(&THREE));
        let keys: Vec<u64> = before[2].keys().collect();
        let ticked: Vec<bool> = before.iter().map(|item| item.is_among(&keys)).collect();
        assert_eq!(ticked, [false, false, true]);
        let edited = items(&text(&[["茶", "Tea"], ["米", "Rice"], ["茶", "Green tea"]]));
        assert!(edited[2].is_among(&keys) && !edited[0].is_among(&keys));
    }

    #[test]
    fn without_a_translation_more_than_eight_are_items() {
        let names = ["茶", "米", "鹤", "河", "山", "桥", "船", "树", "云"];
        let chinese = |count: usize| -> Text {
            let item = |name: &&str| format!("## {name}\n\n这是一段关于{name}的正文。");
            let body = names[..count]
                .iter()
                .map(item)
                .collect::<Vec<_>>()
                .join("\n\n");
            Text::new(digest::read(body.as_bytes(), "a.md"))
        };
        assert_eq!([8, 9].map(|count| items(&chinese(count)).len()), [0, 9]);
    }
}
