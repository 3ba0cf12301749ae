//! The words around a find.

use std::ops::Range;

use memchr::{memchr_iter, memrchr};

use super::pattern::Pattern;
use crate::bilingual::{Place, fingerprint};
use crate::catalog::{EntryId, Snippet};
use crate::library::index::ArticleText;
use crate::text::Language;

/// How many columns are shown before a find, and after it.
const BEFORE: usize = 60;
const AFTER: usize = 120;

/// So many finds at most are looked at for a snippet: what lies among its words, and not more of what stands everywhere.
const MOST_IN_ONE: usize = 64;

/// The first finds in the text of an article with the words around them, at most so many, in the order of the text. What stands among the
/// words around another find is no snippet of its own.
pub(super) fn snippets(id: EntryId, text: &ArticleText<'_>, needles: &[Pattern], most: usize) -> Vec<Snippet> {
    let mut snippets: Vec<Snippet> = Vec::new();
    for side in Language::BOTH {
        let lines = text.lines(side);
        let room = (most - snippets.len().min(most)).saturating_mul(MOST_IN_ONE);
        let mut found: Vec<Range<usize>> = needles.iter().flat_map(|needle| needle.find_in(lines).take(room)).collect();
        found.sort_unstable_by_key(|range| (range.start, range.end));
        found.dedup();
        let mut open: Option<Open> = None;
        let mut cursor = Cursor::default();
        for range in found {
            cursor.go(lines, range.start);
            let (block, offset) = (cursor.block, (range.start - cursor.start) as u32);
            let within = offset as usize..offset as usize + range.len();
            if let (Some(open), Some(snippet)) = (&open, snippets.last_mut())
                && open.block == block
                && within.end <= open.end
            {
                let start = snippet.lit.start + (within.start - snippet.place.offset as usize);
                snippet.others.push(start..start + range.len());
                continue;
            }
            if snippets.len() >= most {
                break;
            }
            let block_text = match open.take().filter(|open| open.block == block) {
                Some(open) => open.text,
                None => text.original(side, text.block(side, block)),
            };
            if block_text.get(within.clone()).is_none() {
                continue;
            }
            let Cut { text: words, lit, end } = around(&block_text, within);
            let place = Place { side, block, offset, fingerprint: fingerprint(&block_text) };
            let (length, line) = (range.len() as u32, text.line(side, block));
            snippets.push(Snippet { id, place, length, line, text: words, lit, others: Vec::new() });
            open = Some(Open { block, text: block_text, end });
        }
    }
    snippets
}

/// Where a walk through the lines of a side has come.
#[derive(Default)]
struct Cursor {
    block: u32,
    /// Where the line of the block begins.
    start: usize,
}

impl Cursor {
    /// Goes on to the line in which a byte lies.
    fn go(&mut self, lines: &[u8], byte: usize) {
        let ahead = lines.get(self.start..byte).unwrap_or_default();
        if let Some(last) = memrchr(b'\n', ahead) {
            self.block += memchr_iter(b'\n', ahead).count() as u32;
            self.start += last + 1;
        }
    }
}

/// The block of the last snippet, its text, and where in it the words of the snippet end.
struct Open {
    block: u32,
    text: String,
    end: usize,
}

/// The words around a find, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cut {
    /// The words.
    text: String,
    /// The bytes of them that were found.
    lit: Range<usize>,
    /// Where in the block they end.
    end: usize,
}

/// The words around a find in a block's text: about 60 columns before it and 120 after, with an ellipsis where something is left out.
/// The find is a range of bytes in the text, between characters.
fn around(text: &str, found: Range<usize>) -> Cut {
    let (before, rest) = text.split_at(found.start);
    let (lit, after) = rest.split_at(found.len());
    let start = before.char_indices().rev().scan(0, within(BEFORE)).last().unwrap_or(before.len());
    let end = after.char_indices().scan(0, within(AFTER)).last().map_or(0, |at| after.ceil_char_boundary(at + 1));
    let mut line = String::from(if start > 0 { "…" } else { "" });
    line.push_str(&before[start..]);
    let from = line.len();
    line.push_str(lit);
    let lit = from..line.len();
    line.push_str(&after[..end]);
    if end < after.len() {
        line.push('…');
    }
    Cut { text: line.replace('\n', " "), lit, end: found.end + end }
}

/// The places of characters as long as they fit; what is not ASCII counts two columns, as Chinese does.
fn within(columns: usize) -> impl FnMut(&mut usize, (usize, char)) -> Option<usize> {
    move |used, (at, c)| {
        *used += if c.is_ascii() { 1 } else { 2 };
        (*used <= columns).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::index::{IndexDirectory, SegmentWriter};
    use crate::markdown::{BlockTexts, Piece, PieceKind, parse};

    fn found(chinese: &str, english: &str, words: &[&str], most: usize) -> Vec<String> {
        let [chinese, english] = [chinese, english]
            .map(|source| BlockTexts::from(&parse(&[Piece { kind: PieceKind::Markdown, source, line: 1 }], "")));
        let mut writer = SegmentWriter::new(&IndexDirectory::none());
        writer.push([Some(&chinese), Some(&english)]);
        let segment = writer.seal();
        let needles: Vec<Pattern> = words.iter().filter_map(|word| Pattern::new(word)).collect();
        let shown = |snippet: Snippet| {
            let Place { side, block, offset, .. } = snippet.place;
            let others: Vec<&str> = snippet.others.iter().map(|other| &snippet.text[other.clone()]).collect();
            format!("{side:?} {block}:{offset} {} [{}] {others:?}", snippet.text, &snippet.text[snippet.lit.clone()])
        };
        snippets(EntryId(0), &segment.article(0).unwrap(), &needles, most).into_iter().map(shown).collect()
    }
    #[test]
    fn a_short_block_is_shown_whole_and_in_one_line() {
        assert_eq!(around("New\nYork 的", 4..8), Cut { text: "New York 的".into(), lit: 4..8, end: 12 });
        assert_eq!(around("的", 0..3), Cut { text: "的".into(), lit: 0..3, end: 3 });
    }

    #[test]
    fn a_long_block_is_cut_between_characters() {
        let text = format!("{}X{}", "前".repeat(50), "后".repeat(100));
        let cut = around(&text, 150..151);
        assert_eq!(cut.text, format!("…{}X{}…", "前".repeat(30), "后".repeat(60)));
        assert_eq!(&cut.text[cut.lit], "X");
    }

    #[test]
    fn finds_among_the_same_words_are_one_snippet() {
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
        assert_eq!(found(&far, "", &["茶"], 9).len(), 2, "each has words of its own around it");
    }
}
