//! The sentences of a text, and which translate which.

use std::ops::Range;
use std::sync::Arc;

use super::align::{AlignedSentences, align_sentences};
use super::alignment::{Alignment, Bead};
use super::prose::sentences;
use super::text::Text;
use crate::digest::names_structure;
use crate::markdown::{BlockKind, Document};
use crate::text::{Language, clean_line};

/// The confidence from which on a pair of sentences is shown as each other's translation. In the texts with a truth
/// (`docs/accuracy.md`) 6 of 1,375 pairs are below it.
const CERTAIN: f32 = 0.95;

/// The sentences of both sides of a text and their alignment. Code, rules and the labels that every
/// digest has are no sentences; each other line of a table is one.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// Byte ranges of each side's [`Document::text`], without space around them: in order, none empty,
    /// each in one block.
    sides: [Vec<Range<u32>>; 2],
    /// Beads of sentences, over every sentence of both sides; none before they are aligned.
    alignment: Alignment,
    is_aligned: bool,
}

/// A text whose sentences are to be aligned.
#[derive(Clone, Debug)]
pub struct SentenceJob {
    /// The text.
    pub text: Arc<Text>,
    /// The alignment of its blocks: its own, or as a reader edited it.
    pub alignment: Arc<Alignment>,
}

impl SentenceJob {
    /// The sentences and their alignment.
    pub fn run(&self) -> Sentences {
        Sentences::new(&self.text, Some(&self.alignment))
    }
}

impl PartialEq for SentenceJob {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) && Arc::ptr_eq(&self.alignment, &other.alignment)
    }
}

/// Sentences that translate each other, as byte ranges of the documents' texts.
#[derive(Clone, Debug, PartialEq)]
pub struct SentencePair {
    /// The Chinese sentences.
    pub chinese: Range<u32>,
    /// The English ones.
    pub english: Range<u32>,
    /// The confidence in the pair, from 0 to 1.
    pub confidence: f32,
}

/// The sentence about a word, on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordContext {
    /// The sentence.
    pub sentence: String,
    /// The bytes of the word in it.
    pub word: [u32; 2],
    /// The sentences that translate it; empty if that is not certain.
    pub translation: String,
}

impl SentencePair {
    /// The sentences of one side.
    pub const fn side(&self, side: Language) -> &Range<u32> {
        match side {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        }
    }

    /// Whether the pair can be shown without a doubt.
    pub fn is_certain(&self) -> bool {
        self.confidence >= CERTAIN
    }
}

impl Sentences {
    /// The sentences of a text; with an alignment of its blocks, aligned inside of that, which takes about as long as
    /// aligning the blocks.
    pub fn new(text: &Text, alignment: Option<&Alignment>) -> Self {
        let documents = Language::BOTH.map(|side| text.document(side));
        let regions = match (alignment, documents) {
            (Some(alignment), [Some(chinese), Some(english)]) => {
                return Self::aligned(chinese, english, &alignment.regions());
            }
            _ => documents.map(|document| document.map_or(0, |document| document.blocks.len())),
        };
        let mut all = Self::default();
        for (side, blocks) in Language::BOTH.into_iter().zip(regions) {
            if let Some(document) = documents[side as usize] {
                let region = Region::new(document, &(0..blocks as u32));
                all.push(side, &region, sentences(&region.text, side));
            }
        }
        all
    }

    fn aligned(chinese: &Document, english: &Document, regions: &[Bead]) -> Self {
        let region = |bead: &Bead| {
            [
                Region::new(chinese, &bead.chinese),
                Region::new(english, &bead.english),
            ]
        };
        let regions: Vec<[Region; 2]> = regions.iter().map(region).collect();
        let is_pair = |[zh, en]: &&[Region; 2]| !zh.is_blank() && !en.is_blank();
        let pairs = regions.iter().filter(is_pair);
        let aligned = align_sentences(pairs.map(|[zh, en]| (&*zh.text, &*en.text)));
        let mut aligned = aligned.into_iter();
        let mut all = Self {
            is_aligned: true,
            ..Self::default()
        };
        for region in &regions {
            let found = Some(region).filter(is_pair).and_then(|_| aligned.next());
            all.push_region(region, found);
        }
        all
    }

    /// Adds the sentences of a region, which are alone if they were not aligned.
    fn push_region(&mut self, [chinese, english]: &[Region; 2], aligned: Option<AlignedSentences>) {
        let first = self.sides.each_ref().map(|side| side.len() as u32);
        let Some(aligned) = aligned else {
            for (side, region) in Language::BOTH.into_iter().zip([chinese, english]) {
                if !region.is_blank() {
                    self.push(side, region, sentences(&region.text, side));
                }
            }
            let [left, right] = self.sides.each_ref().map(|side| side.len() as u32);
            if (left, right) != (first[0], first[1]) {
                self.alignment.beads.push(Bead {
                    chinese: first[0]..left,
                    english: first[1]..right,
                    confidence: 0.0,
                });
            }
            return;
        };
        self.push(Language::Chinese, chinese, aligned.chinese);
        self.push(Language::English, english, aligned.english);
        let moved = |range: Range<u32>, by: u32| range.start + by..range.end + by;
        let beads = aligned.beads.into_iter().map(|bead| Bead {
            chinese: moved(bead.chinese, first[0]),
            english: moved(bead.english, first[1]),
            ..bead
        });
        self.alignment.beads.extend(beads);
    }

    fn push(&mut self, side: Language, region: &Region, ranges: Vec<Range<usize>>) {
        let trimmed = ranges.into_iter().map(|range| {
            let text = &region.text[range.clone()];
            let start = range.start + text.len() - text.trim_start().len();
            let end = start + text.trim().len();
            region.start + start as u32..region.start + end as u32
        });
        self.sides[side as usize].extend(trimmed);
    }

    /// Whether they were aligned, and not only found.
    pub const fn is_aligned(&self) -> bool {
        self.is_aligned
    }

    /// The sentences of a side in order, as byte ranges of its document's text.
    pub fn of(&self, side: Language) -> &[Range<u32>] {
        &self.sides[side as usize]
    }

    /// The number of the sentence of a side at a byte of its text; between two sentences that of the
    /// one after it, at the end that of the last. None if there are no sentences.
    pub fn number_at(&self, side: Language, at: u32) -> Option<usize> {
        let sentences = self.of(side);
        let number = sentences.partition_point(|sentence| sentence.end <= at);
        Some(number.min(sentences.len().checked_sub(1)?))
    }

    /// The sentences of a side that overlap a range, together where they are translated together: each
    /// with the number of its bead.
    pub fn groups(
        &self,
        side: Language,
        range: Range<u32>,
    ) -> impl Iterator<Item = (usize, Range<u32>)> {
        let first = self.of(side).partition_point(|it| it.end <= range.start) as u32;
        let last = self.of(side).partition_point(|it| it.start < range.end) as u32;
        let beads = &self.alignment.beads;
        let from = beads.partition_point(|bead| bead.side(side).end <= first);
        let inside = (from..).zip(&beads[from..]);
        inside
            .take_while(move |(_, bead)| bead.side(side).start < last)
            .filter_map(move |(number, bead)| Some((number, self.span(side, bead)?)))
    }

    /// The text of the sentences of a side that overlap a range, without what is between them but is no
    /// sentence. Those of different blocks are on lines of their own.
    pub fn text(&self, side: Language, document: &Document, range: &Range<u32>) -> String {
        let mut text = String::new();
        let mut end = range.start;
        let first = self.of(side).partition_point(|it| it.end <= range.start);
        let inside = self.of(side)[first..].iter();
        for sentence in inside.take_while(|it| it.start < range.end) {
            let between = document.text_of(&(end.min(sentence.start)..sentence.start));
            if !text.is_empty() {
                let is_space = between.chars().all(|c| c.is_whitespace() && c != '\n');
                text += if is_space { between } else { "\n" };
            }
            text += document.text_of(sentence);
            end = sentence.end;
        }
        text
    }

    /// What translates the sentences that overlap a range of a side: None if nothing does.
    pub fn pair(&self, side: Language, range: &Range<u32>) -> Option<SentencePair> {
        let sentences = self.of(side);
        let first = sentences.partition_point(|sentence| sentence.end <= range.start);
        let last = sentences.partition_point(|sentence| sentence.start < range.end);
        let bead = self.alignment.bead_of(side, first as u32)?;
        let end = self
            .alignment
            .bead_of(side, last.checked_sub(1)?.max(first) as u32)?;
        let beads = &self.alignment.beads[bead..=end];
        let pairs: Option<Vec<SentencePair>> = beads.iter().map(|it| self.pair_of(it)).collect();
        pairs?.into_iter().reduce(|one, next| SentencePair {
            chinese: one.chinese.start..next.chinese.end,
            english: one.english.start..next.english.end,
            confidence: one.confidence.min(next.confidence),
        })
    }

    /// The sentence about a word of a side, with its translation if that is certain; None if the word is in no sentence.
    pub fn about(&self, text: &Text, side: Language, word: &Range<u32>) -> Option<WordContext> {
        let document = text.document(side)?;
        let own = self.of(side).get(self.number_at(side, word.start)?)?;
        let on_one_line = |part: Range<u32>| clean_line(document.text_of(&part)).into_owned();
        let before = on_one_line(own.start.min(word.start)..word.start);
        let written = on_one_line(word.clone());
        let after = on_one_line(word.end..own.end.max(word.end));
        let place = [before.len(), before.len() + written.len()].map(|at| at as u32);
        let pair = self.pair(side, word).filter(SentencePair::is_certain);
        let translation = pair.and_then(|pair| {
            let other = side.other();
            Some(self.text(other, text.document(other)?, pair.side(other)))
        });
        Some(WordContext {
            sentence: before + &written + after.trim_end(),
            word: place,
            translation: translation.map_or_else(String::new, |it| clean_line(&it).into_owned()),
        })
    }

    /// All beads in order, also those without a pair: the sentences of each side, Chinese first, and the
    /// confidence.
    pub fn beads(&self) -> impl Iterator<Item = ([&[Range<u32>]; 2], f32)> {
        self.alignment.beads.iter().map(|bead| {
            let inside = |side: Language| {
                let range = bead.side(side);
                &self.of(side)[range.start as usize..range.end as usize]
            };
            (Language::BOTH.map(inside), bead.confidence)
        })
    }

    /// All pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = SentencePair> {
        self.alignment
            .beads
            .iter()
            .filter_map(|bead| self.pair_of(bead))
    }

    fn pair_of(&self, bead: &Bead) -> Option<SentencePair> {
        Some(SentencePair {
            chinese: self.span(Language::Chinese, bead)?,
            english: self.span(Language::English, bead)?,
            confidence: bead.confidence,
        })
    }

    /// From the first sentence of a side of a bead to the last.
    fn span(&self, side: Language, bead: &Bead) -> Option<Range<u32>> {
        let range = bead.side(side);
        let inside = &self.of(side)[range.start as usize..range.end as usize];
        Some(inside.first()?.start..inside.last()?.end)
    }
}

/// The text of neighbouring blocks, with spaces in place of what is no sentence: every byte keeps its
/// distance from the first.
struct Region {
    text: String,
    /// Where it begins in the document's text.
    start: u32,
}

impl Region {
    fn new(document: &Document, blocks: &Range<u32>) -> Self {
        let inside = &document.blocks[blocks.start as usize..blocks.end as usize];
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
            let (text, start) = (String::new(), 0);
            return Self { text, start };
        };
        let start = first.range.start;
        let mut text = String::with_capacity((last.range.end - start) as usize);
        for (index, block) in blocks.clone().zip(inside) {
            let words = document.block_text(index as usize);
            let is_said = match block.kind {
                BlockKind::Code | BlockKind::Break => false,
                BlockKind::Label | BlockKind::Heading(_) if names_structure(words) => false,
                _ => !words.trim().is_empty(),
            };
            if is_said {
                text += words;
            } else {
                text.extend(std::iter::repeat_n(' ', words.len()));
            }
            if block.range.end < last.range.end {
                text.push(if is_said { '\n' } else { ' ' });
            }
        }
        let space = text.len() - text.trim_start().len();
        text.replace_range(..space, &" ".repeat(space));
        Self { text, start }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;

    const DIGEST: &str = "# 茶

茶园减产。绿茶贵了两成！

```
let x = 1;
```

- 茶商说：“没有办法”
- 每公斤 80 元。

---

# Summary

\"Tea\" is scarce.

Tea gardens produced less. Green tea costs a fifth more!

- There is \"nothing to be done\", traders say.
- A kilogram costs 80 yuan.
";

    fn text(source: &str) -> Text {
        Text::new(digest::read(source.as_bytes(), "a.md"))
    }

    fn of(text: &Text, side: Language) -> Vec<&str> {
        let sentences = Sentences::new(text, text.alignment().map(|it| &**it));
        let document = text.shown(side);
        let ranges = sentences.of(side).iter();
        ranges.map(|range| document.text_of(range)).collect()
    }

    #[test]
    fn sentences_stay_in_their_blocks_and_code_and_labels_are_none() {
        let text = text(DIGEST);
        assert_eq!(
            of(&text, Language::Chinese),
            [
                "茶",
                "茶园减产。",
                "绿茶贵了两成！",
                "茶商说：“没有办法”",
                "每公斤 80 元。"
            ]
        );
        assert_eq!(
            of(&text, Language::English)[..3],
            [
                "\"Tea\" is scarce.",
                "Tea gardens produced less.",
                "Green tea costs a fifth more!"
            ]
        );
    }

    #[test]
    fn a_range_has_the_pairs_that_it_overlaps() {
        let text = text(DIGEST);
        let sentences = Sentences::new(&text, text.alignment().map(|it| &**it));
        let (zh, en) = (text.shown(Language::Chinese), text.shown(Language::English));
        let at = |part: &str| zh.text.find(part).unwrap() as u32;
        let pair = |range| sentences.pair(Language::Chinese, &range).unwrap();
        let one = pair(at("绿茶")..at("绿茶") + 1);
        assert_eq!(zh.text_of(&one.chinese), "绿茶贵了两成！");
        assert_eq!(en.text_of(&one.english), "Green tea costs a fifth more!");
        let two = pair(at("茶园")..at("贵了"));
        assert_eq!(
            en.text_of(&two.english),
            "Tea gardens produced less. Green tea costs a fifth more!"
        );
        let english = sentences.pair(Language::English, &one.english).unwrap();
        assert_eq!(english, one);
    }

    #[test]
    fn a_text_in_one_language_has_sentences_without_pairs() {
        let text = text("茶园减产。绿茶贵了。\n\n后来呢？\n");
        let sentences = Sentences::new(&text, None);
        assert_eq!(
            of(&text, Language::Chinese),
            ["茶园减产。", "绿茶贵了。", "后来呢？"]
        );
        assert_eq!(sentences.pairs().count(), 0);
        assert_eq!(sentences.pair(Language::Chinese, &(0..3)), None);
        assert_eq!(sentences.number_at(Language::Chinese, 999), Some(2));
        assert_eq!(sentences.number_at(Language::English, 0), None);
    }
}
