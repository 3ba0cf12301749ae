//! What a search in the texts found.

use std::ops::Range;
use std::sync::Arc;

use super::entry::EntryId;
use crate::bilingual::Place;

/// How many snippets of one article the reader shows.
pub const SNIPPETS_PER_ARTICLE: u32 = 3;

/// The articles that a search found, and how often.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The articles with the number of hits in each, newest first.
    pub articles: Arc<[(EntryId, u32)]>,
    /// The number of all hits.
    pub total: u64,
    /// Whether this is all; else more of it is being looked for, and will be told in a message of its own.
    pub is_final: bool,
}

/// A hit with the words around it, and the other hits among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The article.
    pub id: EntryId,
    /// Where the hit begins in the text as it is now.
    pub place: Place,
    /// Its length in bytes of the cleaned text.
    pub length: u32,
    /// The line of its file on which its block begins, counted from 1; 0 where that is not known.
    pub line: u32,
    /// The words around it, cleaned, in one line, at most a few hundred characters.
    pub text: String,
    /// The bytes of `text` that were found.
    pub lit: Range<usize>,
    /// What else was found among these words, in their order.
    pub others: Vec<Range<usize>>,
}

/// What can narrow a list: the values of a kind under which most articles stand, with their number, most first (months: newest first).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Tags.
    pub tags: Vec<(String, u32)>,
    /// Sources.
    pub sources: Vec<(String, u32)>,
    /// Months, as `2024-06`.
    pub months: Vec<(String, u32)>,
    /// How many further values there are that are not told: tags, sources and months.
    pub left_out: [u32; 3],
}
