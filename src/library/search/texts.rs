//! The texts that can be searched: those of the index, and over them what was read since.

use std::collections::HashMap;
use std::sync::Arc;

use super::count::{Counts, NOBODY, Shelved, Terms, scan};
use super::pattern::Pattern;
use crate::catalog::{EntryId, Shelf};
use crate::library::index::{ArticleText, EntryIndex, Segment, TextRef, TextRun};

/// The texts of all entries.
#[derive(Debug, Default)]
pub(super) struct Texts {
    index: Option<Arc<EntryIndex>>,
    /// Where the texts lie that were read since of what stands in the index, by the number of the entry; segments by their place in `shelved`.
    changed: HashMap<u32, TextRef>,
    /// Where those lie of what came since, numbered on from the index.
    added: Vec<TextRef>,
    /// Segments that are not in the index.
    fresh: Vec<Arc<Segment>>,
    /// All segments with the owners of their texts; made when first needed after a change.
    shelved: Option<Vec<Shelved>>,
}

/// Stands for the text of an entry that is gone, or whose text is not there yet.
const NOWHERE: TextRef = TextRef { segment: u32::MAX, article: 0 };

impl Texts {
    /// Puts an index in the place of all that was told.
    pub(super) fn rebase(&mut self, index: Arc<EntryIndex>) {
        *self = Self { index: Some(index), ..Self::default() };
    }

    /// Notes where the texts of entries lie.
    pub(super) fn put(&mut self, segment: &Arc<Segment>, run: TextRun) {
        let kept = self.index.as_ref().map_or(&[][..], |index| index.segments());
        let mut all = kept.iter().chain(&self.fresh);
        let at = all.position(|one| Arc::ptr_eq(one, segment)).unwrap_or_else(|| {
            self.fresh.push(Arc::clone(segment));
            kept.len() + self.fresh.len() - 1
        });
        for nth in 0..run.count {
            self.place(run.first + nth, TextRef { segment: at as u32, article: run.text.article + nth });
        }
    }

    /// Notes that an entry is gone.
    pub(super) fn remove(&mut self, id: EntryId) {
        self.place(id.0, NOWHERE);
    }

    fn place(&mut self, number: u32, text: TextRef) {
        match number.checked_sub(self.first_added()) {
            None => drop(self.changed.insert(number, text)),
            Some(at) => {
                let at = at as usize;
                if at >= self.added.len() {
                    self.added.resize(at + 1, NOWHERE);
                }
                self.added[at] = text;
            }
        }
        self.shelved = None;
    }

    /// The number of the first entry that does not stand in the index.
    fn first_added(&self) -> u32 {
        self.index.as_ref().map_or(0, |index| index.len())
    }

    /// The text of an entry; none where it is gone, or not yet there.
    pub(super) fn get(&self, id: EntryId) -> Option<ArticleText<'_>> {
        let kept = self.index.as_ref().map_or(&[][..], |index| index.segments());
        let TextRef { segment, article } = match id.0.checked_sub(self.first_added()) {
            Some(at) => *self.added.get(at as usize)?,
            None => self.changed.get(&id.0).copied().or_else(|| self.index.as_ref()?.text_ref(id.0))?,
        };
        let segment = segment as usize;
        kept.get(segment).or_else(|| self.fresh.get(segment.checked_sub(kept.len())?))?.article(article)
    }

    /// Counts needles in all texts; numbers go up to a bound. None if it was not wanted any more.
    pub(super) fn count(&mut self, needles: &[&Pattern], bound: u32, terms: &mut Terms<'_>) -> Option<Counts> {
        let shelved = self.shelved.take().unwrap_or_else(|| self.shelve());
        let counts = scan(self, &shelved, needles, bound, terms);
        self.shelved = Some(shelved);
        counts
    }

    fn shelve(&self) -> Vec<Shelved> {
        let kept = self.index.as_ref().map_or(&[][..], |index| index.segments());
        let shelve = |segment: &Arc<Segment>| Shelved {
            segment: Arc::clone(segment),
            owners: vec![NOBODY; segment.len() as usize],
        };
        let mut shelved: Vec<Shelved> = kept.iter().chain(&self.fresh).map(shelve).collect();
        let mut own = |at: u32, text: TextRef| {
            let shelf = shelved.get_mut(text.segment as usize);
            if let Some(owner) = shelf.and_then(|shelf| shelf.owners.get_mut(text.article as usize)) {
                *owner = at;
            }
        };
        if let Some(index) = &self.index {
            for at in (0..index.len()).filter(|at| !self.changed.contains_key(at)) {
                if let Some(text) = index.text_ref(at) {
                    own(at, text);
                }
            }
        }
        self.changed.iter().for_each(|(&at, &text)| own(at, text));
        self.added.iter().zip(self.first_added()..).for_each(|(&text, at)| own(at, text));
        shelved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::index::{IndexDirectory, SegmentWriter};
    use crate::markdown::BlockTexts;
    use crate::text::Language;

    fn segment(texts: &[&str]) -> Arc<Segment> {
        let mut writer = SegmentWriter::new(&IndexDirectory::none());
        for text in texts {
            let line = format!("{text}\n");
            writer
                .push([None, Some(&BlockTexts { text: line, ends: vec![(text.len() as u32, 1)], has_breaks: false })]);
        }
        Arc::new(writer.seal())
    }

    #[test]
    fn each_entry_has_the_text_that_was_told_last() {
        let (early, late) = (segment(&["a", "b", "c"]), segment(&["d", "e"]));
        let mut texts = Texts::default();
        let run = |first, article, count| TextRun { first, count, text: TextRef { segment: 9, article } };
        texts.put(&late, run(4, 0, 1));
        texts.put(&early, run(0, 0, 3));
        texts.put(&late, run(1, 1, 1));
        texts.remove(EntryId(2));
        let told = |texts: &Texts, id| {
            let text = texts.get(EntryId(id))?;
            Some(String::from_utf8_lossy(text.lines(Language::English)).into_owned())
        };
        let told: Vec<Option<String>> = (0..6).map(|id| told(&texts, id)).collect();
        assert_eq!(
            told.iter().map(Option::as_deref).collect::<Vec<_>>(),
            [Some("a\n"), Some("e\n"), None, None, Some("d\n"), None]
        );
        let owners: Vec<Vec<u32>> = texts.shelve().into_iter().map(|shelved| shelved.owners).collect();
        assert_eq!(owners, [vec![4, 1], vec![0, NOBODY, NOBODY]]);
    }
}
