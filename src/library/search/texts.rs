//! The texts that can be searched: those of the index, and over them what was read since.

use std::collections::HashMap;
use std::sync::Arc;

use super::needle::Needle;
use super::scan::{Counts, NOBODY, Shelved, Terms, scan};
use crate::catalog::{EntryId, Shelf};
use crate::library::index::{ArticleText, Index, Segment};

/// The texts of all entries.
#[derive(Debug, Default)]
pub(super) struct Texts {
    index: Option<Arc<Index>>,
    /// Where the texts lie that were read since, by the number of the entry: the place of a segment in `shelved`, and the article.
    newer: HashMap<u32, (usize, u32)>,
    /// Segments that are not in the index.
    fresh: Vec<Arc<Segment>>,
    /// All segments with the owners of their texts; made when first needed after a change.
    shelved: Option<Vec<Shelved>>,
}

impl Texts {
    /// Puts an index in the place of all that was told.
    pub(super) fn rebase(&mut self, index: Arc<Index>) {
        *self = Self { index: Some(index), ..Self::default() };
    }

    /// Notes where the text of an entry lies.
    pub(super) fn put(&mut self, id: EntryId, segment: &Arc<Segment>, article: u32) {
        let kept = self.index.as_ref().map_or(&[][..], |index| index.segments());
        let mut all = kept.iter().chain(&self.fresh);
        let at = all.position(|one| Arc::ptr_eq(one, segment)).unwrap_or_else(|| {
            self.fresh.push(Arc::clone(segment));
            kept.len() + self.fresh.len() - 1
        });
        self.newer.insert(id.0, (at, article));
        self.shelved = None;
    }

    /// Notes that an entry is gone.
    pub(super) fn remove(&mut self, id: EntryId) {
        self.newer.insert(id.0, (usize::MAX, 0));
        self.shelved = None;
    }

    /// The text of an entry; none where it is gone, or not yet there.
    pub(super) fn get(&self, id: EntryId) -> Option<ArticleText<'_>> {
        let kept = self.index.as_ref().map_or(&[][..], |index| index.segments());
        let (segment, article) = if let Some(&place) = self.newer.get(&id.0) {
            place
        } else {
            let text = self.index.as_ref()?.text_ref(id.0)?;
            (text.segment as usize, text.article)
        };
        kept.get(segment).or_else(|| self.fresh.get(segment.checked_sub(kept.len())?))?.article(article)
    }

    /// Counts needles in all texts; numbers go up to a bound. None if it was not wanted any more.
    pub(super) fn count(&mut self, needles: &[&Needle], bound: u32, terms: &mut Terms<'_>) -> Option<Counts> {
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
        let mut own = |at: u32, segment: usize, article: u32| {
            if let Some(owner) = shelved.get_mut(segment).and_then(|shelf| shelf.owners.get_mut(article as usize)) {
                *owner = at;
            }
        };
        if let Some(index) = &self.index {
            for at in (0..index.len()).filter(|at| !self.newer.contains_key(at)) {
                if let Some(text) = index.text_ref(at) {
                    own(at, text.segment as usize, text.article);
                }
            }
        }
        for (&at, &(segment, article)) in &self.newer {
            own(at, segment, article);
        }
        shelved
    }
}
