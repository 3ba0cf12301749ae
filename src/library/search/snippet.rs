//! Snippets: matches with the words around them, cut from an article as it is now.

use std::ops::Range;

use super::pattern::Pattern;
use crate::bilingual::{Place, Text, fingerprint};
use crate::catalog::{EntryId, Snippet};
use crate::library::index::fold_text;
use crate::markdown::Document;
use crate::text::Language;

/// How many columns are shown before a match, and after it.
const BEFORE: usize = 60;
const AFTER: usize = 120;

/// How many matches are looked for in one block for each snippet, so that a huge block of what
/// occurs everywhere takes no time.
const MAX_MATCHES: usize = 64;

/// The first matches in an article with the words around them. A match among the words around
/// another one is no snippet of its own.
pub(super) fn snippets(
    id: EntryId,
    text: &Text,
    patterns: &[Pattern],
    most: usize,
) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    for side in Language::BOTH {
        let Some(document) = text.document(side) else {
            continue;
        };
        for block in 0..document.blocks.len() {
            let left = most - snippets.len();
            snippets.extend(cut_block(id, side, document, block, patterns, left));
        }
    }
    snippets
}

/// The snippets of a block.
fn cut_block(
    id: EntryId,
    side: Language,
    document: &Document,
    block: usize,
    patterns: &[Pattern],
    most: usize,
) -> Vec<Snippet> {
    let mut snippets: Vec<Snippet> = Vec::new();
    if most == 0 {
        return snippets;
    }
    let text = document.block_text(block);
    let folded = fold_text(text);
    let max_matches = most.saturating_mul(MAX_MATCHES);
    let mut matches: Vec<Range<usize>> = patterns
        .iter()
        .flat_map(|pattern| pattern.find_in(folded.as_bytes()).take(max_matches))
        .collect();
    matches.sort_unstable_by_key(|range| (range.start, range.end));
    matches.dedup();
    // Where the words of the last snippet end in the block.
    let mut shown_end = 0;
    for found in matches {
        if found.end <= shown_end
            && let Some(snippet) = snippets.last_mut()
        {
            let start = snippet.lit.start + (found.start - snippet.place.offset as usize);
            snippet.others.push(start..start + found.len());
            continue;
        }
        if snippets.len() >= most {
            break;
        }
        if text.get(found.clone()).is_none() {
            continue;
        }
        let place = Place {
            side,
            block: block as u32,
            offset: found.start as u32,
            fingerprint: fingerprint(text),
        };
        let length = found.len() as u32;
        let (words, lit, end) = around(text, found);
        snippets.push(Snippet {
            id,
            place,
            length,
            line: document.blocks[block].line,
            text: words,
            lit,
            others: Vec::new(),
        });
        shown_end = end;
    }
    snippets
}

/// The words around a match in a block's text, in one line, with an ellipsis where something is left
/// out; the bytes of them that match, and where in the block they end.
fn around(text: &str, found: Range<usize>) -> (String, Range<usize>, usize) {
    let (before, rest) = text.split_at(found.start);
    let (lit, after) = rest.split_at(found.len());
    let start = before
        .char_indices()
        .rev()
        .scan(0, within(BEFORE))
        .last()
        .unwrap_or(before.len());
    let end = after
        .char_indices()
        .scan(0, within(AFTER))
        .last()
        .map_or(0, |at| after.ceil_char_boundary(at + 1));
    let mut line = String::from(if start > 0 { "…" } else { "" });
    line.push_str(&before[start..]);
    let from = line.len();
    line.push_str(lit);
    let lit = from..line.len();
    line.push_str(&after[..end]);
    if end < after.len() {
        line.push('…');
    }
    (line.replace('\n', " "), lit, found.end + end)
}

/// The offsets of characters as long as they fit; what is not ASCII counts two columns, as Chinese
/// does.
fn within(columns: usize) -> impl FnMut(&mut usize, (usize, char)) -> Option<usize> {
    move |used, (at, c)| {
        *used += if c.is_ascii() { 1 } else { 2 };
        (*used <= columns).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;

    fn found(chinese: &str, english: &str, words: &[&str], most: usize) -> Vec<String> {
        let article = digest::read(
            format!("## 中文\n\n{chinese}\n\n## English\n\n{english}\n").as_bytes(),
            "a.md",
        );
        let text = Text::new(article);
        let patterns: Vec<Pattern> = words.iter().filter_map(|word| Pattern::new(word)).collect();
        let shown = |snippet: Snippet| {
            let Place {
                side,
                block,
                offset,
                ..
            } = snippet.place;
            let others: Vec<&str> = snippet
                .others
                .iter()
                .map(|other| &snippet.text[other.clone()])
                .collect();
            format!(
                "{side:?} {block}:{offset} {} [{}] {others:?}",
                snippet.text,
                &snippet.text[snippet.lit.clone()]
            )
        };
        snippets(EntryId(0), &text, &patterns, most)
            .into_iter()
            .map(shown)
            .collect()
    }

    #[test]
    fn a_short_block_is_shown_whole_and_in_one_line() {
        assert_eq!(
            around("New\nYork 的", 4..8),
            ("New York 的".into(), 4..8, 12)
        );
        assert_eq!(around("的", 0..3), ("的".into(), 0..3, 3));
    }

    #[test]
    fn a_long_block_is_cut_between_characters() {
        let text = format!("{}X{}", "前".repeat(50), "后".repeat(100));
        let (words, lit, _) = around(&text, 150..151);
        assert_eq!(words, format!("…{}X{}…", "前".repeat(30), "后".repeat(60)));
        assert_eq!(&words[lit], "X");
    }

    #[test]
    fn matches_among_the_same_words_are_one_snippet() {
        let chinese = "水的声音。\n\n的的，Tea 的。";
        assert_eq!(
            found(chinese, "Tea, TEA\\\nand water.", &["的", "tea"], 9),
            [
                "Chinese 0:3 水的声音。 [的] []",
                r#"Chinese 1:0 的的，Tea 的。 [的] ["的", "Tea", "的"]"#,
                r#"English 0:0 Tea, TEA and water. [Tea] ["TEA"]"#,
            ]
        );
        assert_eq!(found(chinese, "Tea", &["的", "tea"], 2).len(), 2);
        let far = format!("茶{}茶", "水".repeat(100));
        assert_eq!(
            found(&far, "", &["茶"], 9).len(),
            2,
            "each has words of its own around it"
        );
    }
}
