//! What a block of Chinese and a block of English have in common when one translates the other,
//! beyond their lengths: Latin names, figures, link targets, code.
//!
//! Length alone aligns badly where blocks are missing; cognates and numbers as anchors go back to
//! Simard, Foster and Isabelle, *Using Cognates to Align Sentences in Bilingual Corpora* (1992),
//! and Church, *`Char_align`* (1993).

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::lexicon;
use super::ordinal::ordinal;
use crate::digest::names_structure;
use crate::markdown::{BlockKind, ContainerKind, Document, Inline, Marker};
use crate::text::{Language, is_han};

/// What is aligned: a block, or a sentence of one.
#[derive(Clone, Debug)]
pub(super) struct AlignedUnit {
    /// The number of its Han characters, and of its Latin letters and digits.
    pub(super) han: f32,
    pub(super) letters: f32,
    /// Hashes of its cues, sorted, none twice.
    pub(super) cues: Vec<u64>,
    /// Hashes of stems, sorted, none twice: of an English unit those of its content words, of a Chinese one
    /// those of the words that may translate it.
    pub(super) stems: Vec<u64>,
    pub(super) shape: Shape,
}

/// What a unit looks like in either language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// The kind of block. Footnotes and labels of its own are paragraphs here, further paragraphs
    /// of list items are items.
    pub(super) kind: BlockKind,
    pub(super) depth: u8,
    /// Whether it names what every digest has, such as a summary.
    pub(super) is_label: bool,
    pub(super) number: Option<u64>,
    /// The final punctuation mark that both languages have, in ASCII.
    pub(super) ending: Option<char>,
    /// Whether it has strong text, links, code.
    pub(super) marks: [bool; 3],
}

impl Shape {
    /// Whether it is text that a translator may split or merge.
    pub(super) const fn is_prose(&self) -> bool {
        matches!(
            self.kind,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote | BlockKind::Html
        )
    }
}

pub(super) fn of_document(document: &Document, language: Language) -> Vec<AlignedUnit> {
    (0..document.blocks.len())
        .map(|block| of_block(document, block, language))
        .collect()
}

fn of_block(document: &Document, block: usize, language: Language) -> AlignedUnit {
    let text = document.block_text(block);
    let mut unit = of_text(text, language);
    unit.shape = shape(document, block, unit.shape);
    let leaves = &document.blocks[block].leaves;
    for leaf in &document.leaves[leaves.start as usize..leaves.end as usize] {
        for run in &document.runs[leaf.runs.start as usize..leaf.runs.end as usize] {
            if let Some(link) = run.link {
                unit.cues
                    .push(cue('u', &document.links[link as usize].target));
            }
            if run.inline.contains(Inline::CODE) {
                unit.cues.push(cue(
                    'c',
                    &document.text[run.range.start as usize..run.range.end as usize],
                ));
            }
        }
    }
    if unit.shape.kind == BlockKind::Code {
        unit.cues.extend(
            text.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| cue('l', line)),
        );
    }
    unit.cues.sort_unstable();
    unit.cues.dedup();
    unit
}

/// The unit of a plain text, a paragraph.
pub(super) fn of_text(text: &str, language: Language) -> AlignedUnit {
    let han = text.chars().filter(|&c| is_han(c)).count();
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric).count();
    let mut cues = words(text);
    cues.sort_unstable();
    cues.dedup();
    let ending = match text.trim_end().chars().next_back() {
        Some('。' | '.') => Some('.'),
        Some('：' | ':') => Some(':'),
        Some('？' | '?') => Some('?'),
        Some('！' | '!') => Some('!'),
        _ => None,
    };
    let shape = Shape {
        kind: BlockKind::Paragraph,
        depth: 0,
        is_label: false,
        number: ordinal(text),
        ending,
        marks: [false; 3],
    };
    AlignedUnit {
        han: han as f32,
        letters: letters as f32,
        cues,
        stems: match language {
            Language::Chinese => lexicon::answers(text),
            Language::English => lexicon::stems(text),
        },
        shape,
    }
}

/// The shape of a block whose text has a shape of its own.
fn shape(document: &Document, index: usize, text: Shape) -> Shape {
    let block = &document.blocks[index];
    let leaf = &document.leaves[block.leaves.start as usize];
    let containers: Vec<&ContainerKind> = document
        .containers_of(leaf)
        .map(|(_, container)| &container.kind)
        .collect();
    let number = match containers.first() {
        Some(ContainerKind::Item(Marker::Number(number, _))) if block.kind == BlockKind::Item => {
            Some(*number)
        }
        _ => text.number,
    };
    let is_label = names_structure(document.block_text(index));
    let kind = match block.kind {
        BlockKind::Label if !is_label => BlockKind::Paragraph,
        BlockKind::Footnote => BlockKind::Paragraph,
        BlockKind::ItemParagraph => BlockKind::Item,
        kind => kind,
    };
    let depth = containers
        .iter()
        .filter(|kind| matches!(kind, ContainerKind::Item(_)))
        .count()
        .min(255) as u8;
    let runs = &document.runs[leaf.runs.start as usize..leaf.runs.end as usize];
    let has = |inline| runs.iter().any(|run| run.inline.contains(inline));
    let marks = [
        has(Inline::STRONG),
        runs.iter().any(|run| run.link.is_some()),
        has(Inline::CODE),
    ];
    Shape {
        kind,
        depth,
        is_label,
        number,
        ending: text.ending,
        marks,
    }
}

/// The cues of Latin words (case and a final s folded) and of numbers (without their commas).
fn words(text: &str) -> Vec<u64> {
    let bytes = text.as_bytes();
    let mut cues = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let is_number = bytes[at].is_ascii_digit();
        let start = at;
        while at < bytes.len() && continues(bytes, at, is_number) {
            at += 1;
        }
        let word = text[start..at].to_ascii_lowercase();
        let stem = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix('s').filter(|stem| stem.len() >= 3));
        cues.push(if is_number {
            cue('w', &word.replace(',', ""))
        } else {
            cue('w', stem.unwrap_or(&word))
        });
    }
    cues
}

/// Whether the byte at an index continues a word or number: it is alphanumeric, or a joint before
/// an alphanumeric byte.
fn continues(bytes: &[u8], at: usize, is_number: bool) -> bool {
    let byte = bytes[at];
    let next = bytes.get(at + 1).copied();
    if is_number {
        return byte.is_ascii_digit()
            || (matches!(byte, b'.' | b',') && next.is_some_and(|b| b.is_ascii_digit()));
    }
    byte.is_ascii_alphanumeric()
        || byte == b'_'
        || (matches!(byte, b'.' | b'-' | b'/' | b'\'')
            && next.is_some_and(|b| b.is_ascii_alphanumeric()))
}

/// The hash of a cue, which is the same on both sides. Its first bit says whether a translation keeps it.
fn cue(kind: char, text: &str) -> u64 {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one((kind, text));
    let is_figure = text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    hash >> 1 | u64::from(kind != 'w' || is_figure) << 63
}

/// Whether a cue is the same in every language: a link, code, or a figure of several digits.
pub(super) const fn is_neutral(cue: u64) -> bool {
    cue >> 63 == 1
}
