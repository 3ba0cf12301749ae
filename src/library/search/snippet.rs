//! Snippets: matches with the words around them, cut from an article as it is now.

use std::ops::Range;

use super::pattern::Pattern;
use crate::bilingual::{Place, Text, fingerprint};
use crate::catalog::{Entry, EntryId, Query, Snippet, SnippetPart, Term, find_term};
use crate::library::index::fold_text;
use crate::markdown::{Block, BlockKind, Document};
use crate::text::{Language, ScriptCounts};

/// How many columns are shown before a match, and after it.
const BEFORE: usize = 60;
const AFTER: usize = 120;

/// How many matches are looked for in one block for each snippet, so that a huge block of what
/// occurs everywhere takes no time.
const MAX_MATCHES: usize = 64;

/// The first matches in an article with the words around them, at most `most`: in the fields that
/// the list shows, then in the order of the text. A match among the words around another one is no
/// snippet of its own. An article without a literal match is shown by its title.
pub(super) fn snippets(
    id: EntryId,
    entry: &Entry,
    text: &Text,
    query: &Query,
    most: usize,
) -> Vec<Snippet> {
    let patterns: Vec<Pattern> = query.terms().into_iter().filter_map(Pattern::new).collect();
    let terms = query.head_terms();
    let mut in_text = text_snippets(id, text, &patterns, most);
    let mut snippets = head_snippets(id, entry, &terms);
    // A title may be the first sentence of the text.
    snippets.retain(|head| {
        !in_text
            .iter()
            .any(|other| other.text.starts_with(&head.text))
    });
    snippets.append(&mut in_text);
    snippets.truncate(most);
    if snippets.is_empty() && !terms.is_empty() {
        let title = &entry.titles.given;
        snippets.push(head_snippet(
            id,
            SnippetPart::Title,
            title,
            0..0,
            Vec::new(),
        ));
    }
    snippets
}

/// The matches in the fields that the list shows, each field whole.
fn head_snippets(id: EntryId, entry: &Entry, terms: &[&Term]) -> Vec<Snippet> {
    let titles = &entry.titles;
    let mut fields = vec![(SnippetPart::Title, &titles.given)];
    fields.extend(
        [&titles.chinese, &titles.english]
            .into_iter()
            .flatten()
            .filter(|title| **title != titles.given)
            .map(|title| (SnippetPart::Title, title)),
    );
    fields.extend(
        entry
            .description
            .iter()
            .filter(|description| Some(*description) != titles.english.as_ref())
            .map(|description| (SnippetPart::Description, description)),
    );
    fields.extend(
        entry
            .source
            .iter()
            .map(|source| (SnippetPart::Source, source)),
    );
    fields.extend(entry.tags.iter().map(|tag| (SnippetPart::Tag, tag)));
    fields
        .into_iter()
        .filter_map(|(part, text)| {
            let mut found: Vec<Range<usize>> = terms
                .iter()
                .flat_map(|term| find_term(text, term))
                .collect();
            found.sort_unstable_by_key(|range| (range.start, range.end));
            found.dedup();
            let others = found.split_off(found.len().min(1));
            Some(head_snippet(id, part, text, found.pop()?, others))
        })
        .collect()
}

/// The snippet of a field with its matches.
fn head_snippet(
    id: EntryId,
    part: SnippetPart,
    text: &str,
    lit: Range<usize>,
    others: Vec<Range<usize>>,
) -> Snippet {
    let side = ScriptCounts::of(text)
        .language()
        .unwrap_or(Language::Chinese);
    Snippet {
        id,
        part,
        place: Place {
            side,
            block: 0,
            offset: 0,
            fingerprint: 0,
        },
        length: 0,
        line: 1,
        text: text.to_owned(),
        lit,
        others,
    }
}

/// The matches in the text.
fn text_snippets(id: EntryId, text: &Text, patterns: &[Pattern], most: usize) -> Vec<Snippet> {
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
        .filter(|found| text.get(found.clone()).is_some())
        .collect();
    matches.sort_unstable_by_key(|range| (range.start, range.end));
    matches.dedup();
    if matches.is_empty() {
        return snippets;
    }
    let Block { kind, line, .. } = document.blocks[block];
    let fingerprint = fingerprint(text);
    let mut last: Option<Words<'_>> = None;
    for found in matches {
        if let Some(words) = last.as_ref().filter(|words| found.end <= words.range.end)
            && let Some(snippet) = snippets.last_mut()
        {
            snippet.others.push(words.place(&found));
            continue;
        }
        if snippets.len() >= most {
            break;
        }
        let words = Words::around(text, &found, kind == BlockKind::Table);
        snippets.push(Snippet {
            id,
            part: SnippetPart::Text,
            place: Place {
                side,
                block: block as u32,
                offset: found.start as u32,
                fingerprint,
            },
            length: found.len() as u32,
            line,
            text: words.line(),
            lit: words.place(&found),
            others: Vec::new(),
        });
        last = Some(words);
    }
    snippets
}

/// The words around a match: about 60 columns before it and 120 after.
struct Words<'a> {
    /// The text of the whole block.
    text: &'a str,
    /// The bytes of it that are shown.
    range: Range<usize>,
    is_table: bool,
}

impl<'a> Words<'a> {
    /// The words around a range of bytes in the text of a block, which is between characters.
    fn around(text: &'a str, found: &Range<usize>, is_table: bool) -> Self {
        let (before, after) = (&text[..found.start], &text[found.end..]);
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
        Self {
            text,
            range: start..found.end + end,
            is_table,
        }
    }

    /// In one line, with an ellipsis where something is left out.
    fn line(&self) -> String {
        let end = if self.range.end < self.text.len() {
            "…"
        } else {
            ""
        };
        self.line_to(self.range.end) + end
    }

    /// The line up to an offset of the block. The cells of a table are separated by bars, its rows by
    /// pilcrows.
    fn line_to(&self, end: usize) -> String {
        let mut line = String::from(if self.range.start > 0 { "…" } else { "" });
        for c in self.text[self.range.start..end].chars() {
            match c {
                '\t' if self.is_table => line.push_str(" │ "),
                '\n' if self.is_table => line.push_str(" ¶ "),
                '\t' | '\n' => line.push(' '),
                c => line.push(c),
            }
        }
        line
    }

    /// Where a range of bytes of the block is in the line.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.line_to(range.start).len()..self.line_to(range.end).len()
    }
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
        let entry = Entry::new("a.md".into(), &text.article);
        let query = Query::parse(&words.join(" ")).unwrap();
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
        snippets(EntryId(0), &entry, &text, &query, most)
            .into_iter()
            .filter(|snippet| snippet.part == SnippetPart::Text)
            .map(shown)
            .collect()
    }

    fn line(text: &str, found: Range<usize>, is_table: bool) -> (String, Range<usize>) {
        let words = Words::around(text, &found, is_table);
        (words.line(), words.place(&found))
    }

    #[test]
    fn a_short_block_is_shown_whole_and_in_one_line() {
        let whole = line("New\nYork\t的", 4..8, false);
        assert_eq!(whole, ("New York 的".into(), 4..8));
        assert_eq!(line("的", 0..3, false), ("的".into(), 0..3));
        let (table, lit) = line("线路\t时长\nN1\t15 分钟", 14..16, true);
        assert_eq!(table, "线路 │ 时长 ¶ N1 │ 15 分钟");
        assert_eq!(&table[lit], "N1");
    }

    #[test]
    fn a_long_block_is_cut_between_characters() {
        let text = format!("{}X{}", "前".repeat(50), "后".repeat(100));
        let (cut, lit) = line(&text, 150..151, false);
        assert_eq!(cut, format!("…{}X{}…", "前".repeat(30), "后".repeat(60)));
        assert_eq!(&cut[lit], "X");
    }

    #[test]
    fn the_fields_of_the_list_come_first() {
        let source = "---\ntitle: 潮汐电站\ntags: [tide, 潮汐]\nauthor: 潮汐报\n---\n\n舊潮汐。\n";
        let text = Text::new(digest::read(source.as_bytes(), "a.md"));
        let entry = Entry::new("a.md".into(), &text.article);
        let found = |word: &str| -> Vec<(SnippetPart, String, Range<usize>)> {
            snippets(EntryId(0), &entry, &text, &Query::parse(word).unwrap(), 9)
                .into_iter()
                .map(|snippet| (snippet.part, snippet.text, snippet.lit))
                .collect()
        };
        assert_eq!(
            found("潮汐"),
            [
                (SnippetPart::Title, "潮汐电站".into(), 0..6),
                (SnippetPart::Source, "潮汐报".into(), 0..6),
                (SnippetPart::Tag, "潮汐".into(), 0..6),
                (SnippetPart::Text, "舊潮汐。".into(), 3..9),
            ]
        );
        assert_eq!(
            found("chaoxi"),
            [(SnippetPart::Title, "潮汐电站".into(), 0..0)],
            "matched by its sound"
        );
        assert_eq!(found("電站")[0].2, 6..12, "in the other script");
        assert_eq!(found("text:潮汐").len(), 1);
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
