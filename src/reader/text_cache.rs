//! The texts read last, and what is remembered of every article read.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::bilingual::Text;
use crate::catalog::{EntryId, Remembered};
use crate::text::Language;

const MOST_TEXTS: usize = 16;
const MOST_BYTES: usize = 32 << 20;

#[derive(Debug, Default)]
pub(super) struct TextCache {
    /// The newest last.
    texts: VecDeque<(EntryId, Arc<Text>)>,
    /// The saved state of the articles that were loaded, and what was done since.
    remembered: HashMap<EntryId, Remembered>,
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
        self.remembered.entry(id).or_insert(remembered);
    }

    /// Where the reader was in an article (none for its start), and its alignment as the reader
    /// edited it. The marks in it are old: the list has those of today.
    pub(super) fn remembered(&self, id: EntryId) -> Remembered {
        self.remembered.get(&id).cloned().unwrap_or_default()
    }

    pub(super) fn remember(&mut self, id: EntryId) -> &mut Remembered {
        self.remembered.entry(id).or_default()
    }
}
