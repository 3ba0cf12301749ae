//! The articles read last: their texts, and where their reader was in each.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::bilingual::{Alignment, Place, Text};
use crate::catalog::{self, EntryId, Remembered};
use crate::text::Language;

/// So many texts are kept, as far as they are no larger together than so many bytes.
const MOST_TEXTS: usize = 16;
const MOST_BYTES: usize = 32 << 20;

/// The texts read last, and the places in all that were read.
#[derive(Debug, Default)]
pub(super) struct TextCache {
    /// The newest last.
    texts: VecDeque<(EntryId, Arc<Text>)>,
    /// The articles of which it was told what is remembered.
    known: HashSet<EntryId>,
    places: HashMap<EntryId, Reading>,
    /// The alignments that were mended by hand.
    mended: HashMap<EntryId, Arc<Alignment>>,
}

/// Where a reader was in an article: the place at the reading line, and the row of the screen where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) place: Place,
    pub(super) y: u16,
}

impl TextCache {
    /// The text of an article, if it was read lately.
    pub(super) fn text(&self, id: EntryId) -> Option<Arc<Text>> {
        self.texts.iter().find(|(other, _)| *other == id).map(|(_, text)| Arc::clone(text))
    }

    /// Keeps a text, and lets the oldest go where there are too many.
    pub(super) fn keep(&mut self, id: EntryId, text: Arc<Text>) {
        self.texts.retain(|(other, _)| *other != id);
        self.texts.push_back((id, text));
        while self.texts.len() > 1 && (self.texts.len() > MOST_TEXTS || self.bytes() > MOST_BYTES) {
            self.texts.pop_front();
        }
    }

    /// Lets a text go that was edited on disk.
    pub(super) fn forget_text(&mut self, id: EntryId) {
        self.texts.retain(|(other, _)| *other != id);
    }

    /// Takes in what is remembered of an article from before; what was done with it since the program began stays.
    pub(super) fn recall(&mut self, id: EntryId, remembered: Remembered) {
        if self.texts.iter().any(|(other, _)| *other == id) || self.known.contains(&id) {
            return;
        }
        self.known.insert(id);
        if let Some(catalog::Reading { place, row }) = remembered.reading {
            self.places.entry(id).or_insert(Reading { place, y: row });
        }
        if let Some(mended) = remembered.mended {
            self.mended.entry(id).or_insert(mended);
        }
    }

    fn bytes(&self) -> usize {
        let documents = self.texts.iter().flat_map(|(_, text)| Language::BOTH.map(|side| text.document(side)));
        documents.flatten().map(|document| document.text.len()).sum()
    }

    /// Where the reader was in an article.
    pub(super) fn reading(&self, id: EntryId) -> Option<&Reading> {
        self.places.get(&id)
    }

    /// The alignment of an article as its reader mended it.
    pub(super) fn mended(&self, id: EntryId) -> Option<Arc<Alignment>> {
        self.mended.get(&id).cloned()
    }

    /// Keeps an alignment mended by hand; none forgets it.
    pub(super) fn mend(&mut self, id: EntryId, alignment: Option<Arc<Alignment>>) {
        match alignment {
            Some(alignment) => self.mended.insert(id, alignment),
            None => self.mended.remove(&id),
        };
    }

    /// Remembers where the reader is in an article; nothing for its beginning.
    pub(super) fn remember(&mut self, id: EntryId, reading: Option<Reading>) {
        match reading {
            Some(reading) => self.places.insert(id, reading),
            None => self.places.remove(&id),
        };
    }
}
