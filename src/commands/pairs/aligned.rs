//! The pairs of an article.

use std::ops::Range;
use std::path::Path;

use crate::bilingual::{self, Bead, Text};
use crate::commands::open::rounded;
use crate::commands::output::shown;
use crate::digest::names_structure;
use crate::markdown::{Block, BlockKind, Document};
use crate::text::Language;

/// A Chinese and an English text that correspond, cleaned.
#[derive(Debug)]
pub(super) struct TextPair {
    pub(super) chinese: String,
    pub(super) english: String,
    /// The lines of the file on which their blocks start.
    pub(super) lines: [u32; 2],
    pub(super) confidence: f64,
}

/// The pairs of one article, and what is exported with each.
#[derive(Debug)]
pub(super) struct ArticlePairs {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) source: Option<String>,
    pub(super) link: Option<String>,
    pub(super) pairs: Vec<TextPair>,
}

impl ArticlePairs {
    /// The pairs of a text: of paragraphs, or of sentences.
    pub(super) fn new(path: &Path, text: &Text, sentences: bool) -> Self {
        let mut pairs = Vec::new();
        let documents = text.document(Language::Chinese).zip(text.document(Language::English));
        if let (Some((chinese, english)), Some(alignment)) = (documents, text.alignment()) {
            for pair in alignment.beads.iter().filter_map(|bead| pair(bead, chinese, english)) {
                if sentences {
                    pairs.extend(sentence_pairs(&pair));
                } else {
                    pairs.push(pair);
                }
            }
        }
        let article = &text.article;
        Self {
            path: shown(path),
            title: article.titles.given.clone(),
            source: article.source.clone(),
            link: article.link.clone(),
            pairs,
        }
    }
}

/// The texts of a bead, if both sides have some.
fn pair(bead: &Bead, chinese: &Document, english: &Document) -> Option<TextPair> {
    let side = |language: Language, document: &Document| {
        let blocks = bead.side(language).clone().map(|block| block as usize);
        let is_exported = |at: &usize| is_exported(&document.blocks[*at], document.block_text(*at));
        let exported: Vec<usize> = blocks.filter(is_exported).collect();
        let texts: Vec<&str> = exported.iter().map(|at| document.block_text(*at).trim()).collect();
        Some((document.blocks[*exported.first()?].line, texts.join("\n")))
    };
    let (left, chinese) = side(Language::Chinese, chinese)?;
    let (right, english) = side(Language::English, english)?;
    Some(TextPair { chinese, english, lines: [left, right], confidence: rounded(bead.confidence) })
}

/// Whether a block has text that is neither code nor a label that every digest has.
fn is_exported(block: &Block, text: &str) -> bool {
    match block.kind {
        BlockKind::Code | BlockKind::Break => false,
        BlockKind::Label | BlockKind::Heading(_) => !names_structure(text) && !text.trim().is_empty(),
        _ => !text.trim().is_empty(),
    }
}

/// The pairs of sentences in a pair; sentences without a translation are left out.
fn sentence_pairs(pair: &TextPair) -> Vec<TextPair> {
    let (beads, left, right) = bilingual::align_sentences(&pair.chinese, &pair.english);
    let text = |sentences: &Range<u32>, ranges: &[Range<usize>], text: &str| {
        let first = &ranges[sentences.start as usize];
        let last = &ranges[sentences.end as usize - 1];
        text[first.start..last.end].trim().to_owned()
    };
    let sentence_pair = |bead: &Bead| TextPair {
        chinese: text(bead.side(Language::Chinese), &left, &pair.chinese),
        english: text(bead.side(Language::English), &right, &pair.english),
        lines: pair.lines,
        confidence: pair.confidence,
    };
    let pairs = beads.iter().filter(|bead| bead.is_pair()).map(sentence_pair);
    pairs.filter(|pair| !pair.chinese.is_empty() && !pair.english.is_empty()).collect()
}
