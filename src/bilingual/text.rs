//! The text of an article: a document for each language it has, and the figures on which they
//! disagree.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::alignment::Alignment;
use super::figures::{Comparison, Figure, FigureKind, Rational, compare, compare_tables, figures};
use super::lexicon::shared_words;
use super::pictures::Picture;
use super::prose::prose;
use super::{align, interleaved};
use crate::digest::{Article, Section, Sections};
use crate::markdown::{self, BlockKind, BlockTexts, Document, LeafKind, Table};
use crate::text::{Language, Problem, is_han};

/// The most blocks of a side that are aligned in the thread that draws: about 5 ms of work.
const QUICK: usize = 400;

/// How many Chinese characters and how many words are read in a minute: in Chinese about as much text as
/// 238 English words (Brysbaert, “How many words do we read per minute?”, Journal of Memory and Language 109, 2019).
const HAN_A_MINUTE: usize = 400;
const WORDS_A_MINUTE: usize = 238;

/// Of fewer content words in English it says nothing how many are translated.
const FEW_WORDS: usize = 6;

/// A position in a text that survives a resize, a change of language, an edit and a restart: of the
/// reader, a mark, a match.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The side of the text.
    pub side: Language,
    /// The block, as an index into the side's document.
    pub block: u32,
    /// The byte offset in the block's cleaned text.
    pub offset: u32,
    /// The [`fingerprint`] of the block's text, by which it is found again after an edit; 0 if
    /// there is no such block.
    pub fingerprint: u64,
}

/// An article with its documents: at least one, and two if it is bilingual.
#[derive(Clone, Debug)]
pub struct Text {
    /// The article.
    pub article: Article,
    documents: [Option<Document>; 2],
    alignment: OnceLock<AlignedText>,
    disagreements: OnceLock<Vec<Disagreement>>,
    /// Of each side, in the order of their links.
    pictures: [Vec<Picture>; 2],
}

/// How the sections of a text translate each other.
#[derive(Clone, Debug)]
struct AlignedText {
    alignment: Arc<Alignment>,
    /// If they tell different stories: how many of how many English words are translated.
    different_stories: Option<(usize, usize)>,
}

impl Text {
    /// Parses the sections of an article. A whole text of no clear language counts as Chinese.
    pub fn new(article: Article) -> Self {
        let documents = sides(&article.sections).map(|section| {
            section.map(|section| markdown::parse(&section.sources(), &section.definitions))
        });
        Self {
            article,
            documents,
            alignment: OnceLock::new(),
            disagreements: OnceLock::new(),
            pictures: [Vec::new(), Vec::new()],
        }
    }

    /// The text with what is known of its pictures, on each side in the order of their links.
    #[must_use]
    pub fn with_pictures(self, pictures: [Vec<Picture>; 2]) -> Self {
        Self { pictures, ..self }
    }

    /// The pictures of a side, in the order of their links.
    pub fn pictures(&self, side: Language) -> &[Picture] {
        &self.pictures[side as usize]
    }

    /// The picture of a link of a side, if it is a file of the library.
    pub fn picture(&self, side: Language, link: u32) -> Option<&Picture> {
        let pictures = self.pictures(side);
        let at = pictures.binary_search_by_key(&link, |picture| picture.link);
        Some(&pictures[at.ok()?])
    }

    /// Whether another text has the same blocks with the same words on both sides.
    pub fn has_same_blocks(&self, other: &Self) -> bool {
        self.documents
            .iter()
            .zip(&other.documents)
            .all(|documents| match documents {
                (Some(one), Some(other)) => one.text == other.text && one.blocks == other.blocks,
                (None, None) => true,
                _ => false,
            })
    }

    /// Which blocks translate which; `None` if the text is not bilingual. Computed on the first
    /// call, in up to a second for a text of thousands of blocks.
    pub fn alignment(&self) -> Option<&Arc<Alignment>> {
        self.aligned().map(|aligned| &aligned.alignment)
    }

    /// If the sections tell different stories, how many of the English content words a word of the Chinese paragraphs
    /// that they pair with translates, and of how many. Aligns the text if that was not done.
    pub fn different_stories(&self) -> Option<(usize, usize)> {
        self.aligned()?.different_stories
    }

    fn aligned(&self) -> Option<&AlignedText> {
        let [Some(chinese), Some(english)] = &self.documents else {
            return None;
        };
        let work = || {
            let (alignment, different_stories) = match self.article.sections {
                Sections::Pair {
                    interleaved: true, ..
                } => (interleaved::align(chinese, english), None),
                _ => align::align(chinese, english),
            };
            AlignedText {
                alignment: Arc::new(alignment),
                different_stories,
            }
        };
        Some(self.alignment.get_or_init(work))
    }

    /// The alignment, if it is computed or takes no longer than a frame.
    pub fn quick_alignment(&self) -> Option<&Arc<Alignment>> {
        if self.is_quick() {
            self.alignment()
        } else {
            self.alignment.get().map(|aligned| &aligned.alignment)
        }
    }

    /// Whether computing the alignment takes no longer than a frame.
    pub fn is_quick(&self) -> bool {
        self.documents
            .iter()
            .flatten()
            .all(|document| document.blocks.len() <= QUICK)
    }

    /// The figures that disagree, in reading order; none before a long text is aligned.
    pub fn disagreements(&self) -> &[Disagreement] {
        let (Some(alignment), [Some(chinese), Some(english)]) =
            (self.quick_alignment(), &self.documents)
        else {
            return &[];
        };
        self.disagreements
            .get_or_init(|| disagreements(chinese, english, alignment))
    }

    /// What a disagreement is remembered by: the fingerprint of its figures with their blocks, so that it is another one
    /// once the text there has changed.
    pub fn disagreement_key(&self, one: &Disagreement) -> u64 {
        let side = |side: Language, figure: &Figure| {
            let document = self.document(side)?;
            let block = document.block_at(figure.range.start as u32)?;
            let written = document.text.get(figure.range.clone())?;
            Some(format!("{}\0{written}\0", document.block_text(block)))
        };
        let sides = [
            side(Language::Chinese, &one.chinese),
            side(Language::English, &one.english),
        ];
        fingerprint(&sides.map(Option::unwrap_or_default).concat())
    }

    /// The document of a language, if there is one.
    pub fn document(&self, side: Language) -> Option<&Document> {
        self.documents[side as usize].as_ref()
    }

    /// How many minutes a side takes to read, at least 1; 0 if the text does not have it.
    pub fn minutes(&self, side: Language) -> u16 {
        let Some(document) = self.document(side) else {
            return 0;
        };
        let text = &document.text;
        let han = text.chars().filter(|c| is_han(*c)).count();
        let words = text.split(|c: char| c.is_whitespace() || is_han(c));
        let words = words
            .filter(|word| word.contains(char::is_alphanumeric))
            .count();
        let minutes =
            (han as f32 / HAN_A_MINUTE as f32 + words as f32 / WORDS_A_MINUTE as f32).round();
        (minutes as u16).max(1)
    }

    /// The preferred language if the text has it, otherwise the other.
    pub fn side(&self, preferred: Language) -> Language {
        if self.documents[preferred as usize].is_some() {
            preferred
        } else {
            preferred.other()
        }
    }

    /// The document in the preferred language if there is one, otherwise the other.
    pub fn shown(&self, preferred: Language) -> &Document {
        self.document(self.side(preferred))
            .expect("invariant: a text has at least one document")
    }

    /// Whether it has a document in each language.
    pub fn is_bilingual(&self) -> bool {
        self.documents.iter().all(Option::is_some)
    }

    /// All problems: those of reading the file, then those of parsing each section.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let parsing = self
            .documents
            .iter()
            .flatten()
            .flat_map(|document| &document.problems);
        self.article.problems.iter().chain(parsing)
    }

    /// The place of a byte offset in a block of a side.
    pub fn place(&self, side: Language, block: u32, offset: u32) -> Place {
        let document = self
            .document(side)
            .filter(|document| (block as usize) < document.blocks.len());
        let fingerprint = document.map_or(0, |document| {
            fingerprint(document.block_text(block as usize))
        });
        Place {
            side,
            block,
            offset,
            fingerprint,
        }
    }
}

/// The fingerprint of a block: FNV-1a over the bytes of its cleaned text. It must not change,
/// because places are stored on disk.
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The texts of the blocks of each language, as in the documents of a [`Text`].
pub fn block_texts(article: &Article) -> [Option<BlockTexts>; 2] {
    sides(&article.sections).map(|section| {
        section.map(|section| markdown::block_texts(&section.sources(), &section.definitions))
    })
}

/// The section of each language. A whole text of no clear language counts as Chinese.
fn sides(sections: &Sections) -> [Option<&Section>; 2] {
    match sections {
        Sections::Pair {
            chinese, english, ..
        } => [Some(chinese), Some(english)],
        Sections::Whole {
            section,
            language: Some(Language::English),
            ..
        } => [None, Some(section)],
        Sections::Whole { section, .. } => [Some(section), None],
    }
}

/// Two figures of blocks that translate each other, about the same thing and of different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The index of the bead that has both blocks.
    pub bead: usize,
    /// The Chinese figure; its range is in [`Document::text`].
    pub chinese: Figure,
    /// The English figure.
    pub english: Figure,
    /// The Chinese value over the English one.
    pub factor: Rational,
}

impl Disagreement {
    /// How many times the smaller value the larger one is, as a decimal of about three digits; None if that is 1 or they
    /// are dates.
    pub fn times(&self) -> Option<String> {
        let factor = self.factor.abs();
        let larger = factor.max(Rational::ONE.over(factor)?);
        let times = short_decimal(larger.to_f64());
        (self.chinese.kind != FigureKind::Date && times != "1").then_some(times)
    }
}

/// A factor in about three digits.
fn short_decimal(factor: f64) -> String {
    if factor >= 100.0 {
        return format!("{factor:.0}");
    }
    format!("{factor:.2}")
        .trim_end_matches('0')
        .trim_end_matches('.')
        .into()
}

/// Compares the figures of every pair of blocks, in reading order; of tables cell against cell, if nothing but a table
/// is in both blocks.
fn disagreements(
    chinese: &Document,
    english: &Document,
    alignment: &Alignment,
) -> Vec<Disagreement> {
    let mut all = Vec::new();
    for (index, bead) in alignment.beads.iter().enumerate() {
        let (left, right) = (&bead.chinese, &bead.english);
        if !bead.is_pair() {
            continue;
        }
        if has_table(chinese, left) || has_table(english, right) {
            if let (Some(one), Some(other)) = (table(chinese, left), table(english, right)) {
                let sides = [(chinese, left, one), (english, right, other)];
                all.extend(disagreements_in_tables(index, sides));
            }
            continue;
        }
        let [one, other] = [prose(chinese, left), prose(english, right)];
        let pairs = compare(&one, &other);
        if pairs.iter().all(|pair| pair.factor.is_none())
            || !blocks_translate([&one, &other], &pairs)
        {
            continue;
        }
        for pair in pairs {
            let is_code = is_in_code(&one[pair.chinese.range.clone()], english, right, &other)
                || is_in_code(&other[pair.english.range.clone()], chinese, left, &one);
            if let Some(factor) = pair.factor.filter(|_| !is_code) {
                all.push(Disagreement {
                    bead: index,
                    chinese: in_document(pair.chinese, chinese, left),
                    english: in_document(pair.english, english, right),
                    factor,
                });
            }
        }
    }
    all
}

/// Whether two blocks say the same, and not only something about the same: enough words translate each other, and not
/// most of the figures on both sides are others.
fn blocks_translate([chinese, english]: [&str; 2], pairs: &[Comparison]) -> bool {
    let (some, all) = shared_words(chinese, english);
    let agreeing = pairs.iter().filter(|pair| pair.factor.is_none()).count();
    let others = [
        figures(chinese, Language::Chinese),
        figures(english, Language::English),
    ];
    let others = others.map(|figures| figures.len().saturating_sub(agreeing));
    (all < FEW_WORDS || some * 10 >= all * 3) && others[0].min(others[1]) <= agreeing.max(2)
}

/// Whether the digits of a figure are in some blocks, but not in their prose: one language writes them as code.
fn is_in_code(figure: &str, document: &Document, blocks: &Range<u32>, prose: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let has = |text: &str, digits: &str| text.split(|c| !is_digit(c)).any(|word| word == digits);
    let blocks = &document.blocks[blocks.start as usize..blocks.end as usize];
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return false;
    };
    let whole = &document.text[first.range.start as usize..last.range.end as usize];
    let mut digits = figure
        .split(|c| !is_digit(c))
        .filter(|word| !word.is_empty());
    digits.any(|digits| has(whole, digits) && !has(prose, digits))
}

fn has_table(document: &Document, blocks: &Range<u32>) -> bool {
    let blocks = &document.blocks[blocks.start as usize..blocks.end as usize];
    blocks.iter().any(|block| block.kind == BlockKind::Table)
}

/// The table that one block is.
fn table<'d>(document: &'d Document, blocks: &Range<u32>) -> Option<&'d Table> {
    let block = document
        .blocks
        .get(blocks.start as usize)
        .filter(|_| blocks.len() == 1)?;
    match document.leaves.get(block.leaves.start as usize)?.kind {
        LeafKind::Table(table) => document.tables.get(table as usize),
        _ => None,
    }
}

fn disagreements_in_tables(
    bead: usize,
    sides: [(&Document, &Range<u32>, &Table); 2],
) -> Vec<Disagreement> {
    let [(.., left), (.., right)] = sides;
    if left.alignments.len() != right.alignments.len() {
        return Vec::new();
    }
    let texts = sides.map(|(document, blocks, _)| prose(document, blocks));
    let start = |side: usize| {
        sides[side].0.blocks[sides[side].1.start as usize]
            .range
            .start
    };
    let cells = |side: usize| -> Vec<&str> {
        let inside = |cell: &Range<u32>| cell.start - start(side)..cell.end - start(side);
        let cells = sides[side].2.cells.iter().map(inside);
        let text = |cell: Range<u32>| texts[side].get(cell.start as usize..cell.end as usize);
        cells.map(|cell| text(cell).unwrap_or_default()).collect()
    };
    let found = compare_tables(&cells(0), &cells(1), left.alignments.len()).into_iter();
    found
        .filter_map(|(cell, pair)| {
            Some(Disagreement {
                bead,
                chinese: moved(pair.chinese, left.cells[cell].start),
                english: moved(pair.english, right.cells[cell].start),
                factor: pair.factor?,
            })
        })
        .collect()
}

/// The figure with its range counted from the beginning of the document, not of the first of the
/// blocks.
fn in_document(figure: Figure, document: &Document, blocks: &Range<u32>) -> Figure {
    moved(figure, document.blocks[blocks.start as usize].range.start)
}

fn moved(mut figure: Figure, by: u32) -> Figure {
    let by = by as usize;
    figure.range = figure.range.start + by..figure.range.end + by;
    figure
}

#[cfg(test)]
mod tests {
    use super::super::text::Text;
    use super::*;
    use crate::digest;
    use crate::text::Language;

    fn found(body: &str) -> Vec<(String, String, f64)> {
        let text = Text::new(digest::read(body.as_bytes(), "a.md"));
        let slice = |side, figure: &Figure| {
            let document = text.document(side).expect("it has both");
            document.text[figure.range.clone()].to_owned()
        };
        text.disagreements()
            .iter()
            .map(|one| {
                (
                    slice(Language::Chinese, &one.chinese),
                    slice(Language::English, &one.english),
                    one.factor.to_f64(),
                )
            })
            .collect()
    }

    const DIGEST: &str = "公司今年发布了新的产品，市场反应很热烈，分析师也都看好。\n\n一季度收入为 86 亿美元，比去年同期增长 12%，利润也好于预期。\n\n---\n\n**Summary:**\n\nThe company launched a new product this year to a warm reception, and analysts were pleased.\n\nRevenue in the first quarter was $8.6 billion, up 12 per cent on the year, and profit beat forecasts.\n";

    #[test]
    fn a_slip_of_units_is_found_where_it_stands() {
        assert_eq!(found(DIGEST), []);
        let slipped = DIGEST.replace("86 亿", "8.6 亿");
        assert_eq!(
            found(&slipped),
            [("8.6 亿美元".to_owned(), "$8.6 billion".to_owned(), 0.1)]
        );
    }

    #[test]
    fn cells_whose_units_stand_in_the_head_raise_no_alarm() {
        let (chinese, english) = DIGEST.split_once("\n---\n").expect("two sections");
        let tables = (
            "\n| 年份 | 万箱 |\n|---|---|\n| 2020 | 480 |\n",
            "\n| Year | Million boxes |\n|---|---|\n| 2020 | 4.8 |\n",
        );
        assert_eq!(
            found(&format!(
                "{chinese}{}\n---\n{english}{}",
                tables.0, tables.1
            )),
            []
        );
    }

    #[test]
    fn a_slip_in_a_long_table_is_found() {
        let (chinese, english) = DIGEST.split_once("\n---\n").expect("two sections");
        let rows = |head: &str, unit: &str, tenths: bool| {
            let row = |number: u32| match number * 3 + 1 {
                _ if tenths && number == 7 => format!("| {number} | 9 {unit} |\n"),
                value if tenths => format!("| {number} | {}.{} {unit} |\n", value / 10, value % 10),
                value => format!("| {number} | {value} {unit} |\n"),
            };
            let rows: String = (0..300).map(row).collect();
            format!("\n{head}\n|---|---|\n{rows}")
        };
        let zh = rows("| 公司 | 收入 |", "亿元", false);
        let en = rows("| Company | Revenue |", "billion yuan", true);
        assert_eq!(
            found(&format!("{chinese}{zh}\n---\n{english}{en}")),
            [(
                "22 亿元".to_owned(),
                "9 billion yuan".to_owned(),
                22.0 / 90.0
            )]
        );
    }

    #[test]
    fn a_slip_in_a_cell_is_found_where_it_stands() {
        let (chinese, english) = DIGEST.split_once("\n---\n").expect("two sections");
        let rows = |head: &str, cells: [&str; 3]| {
            let rows = cells
                .iter()
                .zip(2020..)
                .map(|(cell, year)| format!("| {year} | {cell} |\n"));
            format!("\n{head}\n|---|---|\n{}", rows.collect::<String>())
        };
        let zh = rows("| 年份 | 万箱 |", ["480", "521", "60.3"]);
        let en = rows("| Year | Million boxes |", ["4.8", "5.21", "6.03"]);
        assert_eq!(
            found(&format!("{chinese}{zh}\n---\n{english}{en}")),
            [("60.3".to_owned(), "6.03".to_owned(), 10.0)]
        );
    }
}
