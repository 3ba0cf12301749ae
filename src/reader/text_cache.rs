//! The texts read last, and the reading position and edited pairs of every article read.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::bilingual::{Alignment, Text};
use crate::catalog::{EntryId, Reading, Remembered};
use crate::text::Language;

const MOST_TEXTS: usize = 16;
const MOST_BYTES: usize = 32 << 20;

#[derive(Debug, Default)]
pub(super) struct TextCache {
    /// The newest last.
    texts: VecDeque<(EntryId, Arc<Text>)>,
    /// The articles whose saved state was received.
    restored: HashSet<EntryId>,
    readings: HashMap<EntryId, Reading>,
    edited_pairs: HashMap<EntryId, Arc<Alignment>>,
}

impl TextCache {
    pub(super) fn text(&self, id: EntryId) -> Option<Arc<Text>> {
        self.texts
            .iter()
            .find(|(other, _)| *other == id)
            .map(|(_, text)| Arc::clone(text))
    }

    /// Stores a text, and drops the oldest ones if there are too many.
    pub(super) fn store(&mut self, id: EntryId, text: Arc<Text>) {
        self.drop_text(id);
        self.texts.push_back((id, text));
        while self.texts.len() > 1 && (self.texts.len() > MOST_TEXTS || self.bytes() > MOST_BYTES) {
            self.texts.pop_front();
        }
    }

    fn bytes(&self) -> usize {
        let documents = self
            .texts
            .iter()
            .flat_map(|(_, text)| Language::BOTH.map(|side| text.document(side)));
        documents
            .flatten()
            .map(|document| document.text.len())
            .sum()
    }

    /// Drops a text, because its file has changed.
    pub(super) fn drop_text(&mut self, id: EntryId) {
        self.texts.retain(|(other, _)| *other != id);
    }

    /// Takes over the saved state of an article. What was done since the program started is newer,
    /// and stays.
    pub(super) fn restore(&mut self, id: EntryId, remembered: Remembered) {
        if self.texts.iter().any(|(other, _)| *other == id) || !self.restored.insert(id) {
            return;
        }
        if let Some(reading) = remembered.reading {
            self.readings.entry(id).or_insert(reading);
        }
        if let Some(pairs) = remembered.mended {
            self.edited_pairs.entry(id).or_insert(pairs);
        }
    }

    /// Where the reader was in an article; none for its start.
    pub(super) fn reading(&self, id: EntryId) -> Option<&Reading> {
        self.readings.get(&id)
    }

    pub(super) fn set_reading(&mut self, id: EntryId, reading: Option<Reading>) {
        match reading {
            Some(reading) => self.readings.insert(id, reading),
            None => self.readings.remove(&id),
        };
    }

    /// The alignment of an article as the reader edited it.
    pub(super) fn edited_pairs(&self, id: EntryId) -> Option<Arc<Alignment>> {
        self.edited_pairs.get(&id).cloned()
    }

    pub(super) fn set_edited_pairs(&mut self, id: EntryId, pairs: Option<Arc<Alignment>>) {
        match pairs {
            Some(pairs) => self.edited_pairs.insert(id, pairs),
            None => self.edited_pairs.remove(&id),
        };
    }
}
