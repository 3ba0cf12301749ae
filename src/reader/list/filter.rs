//! A filter of the list: its query, the answers of the library, and which entries they leave.

use std::sync::Arc;

use crate::catalog::{EntryId, Query, Tier};

/// What was selected, and what was at the top of the screen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ListPosition {
    pub(super) selected: Option<EntryId>,
    pub(super) top: Option<EntryId>,
    /// The rows of the top entry above the screen.
    pub(super) hidden: usize,
}

/// A filter in force.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) text: String,
    pub(super) query: Query,
    /// The last answer; none before the first, and for an empty query.
    tiers: Option<Arc<[Tier]>>,
    /// The entries that it leaves, in order; none if it leaves all.
    pub(super) shown: Option<Vec<EntryId>>,
    /// The position before the filter. It returns with the whole list.
    pub(super) before: ListPosition,
    /// The entry that was chosen since. It stays selected as long as it is shown.
    pub(super) chosen: Option<EntryId>,
    /// The selected entry, with its former tier, if it no longer satisfies the query. It is shown
    /// until another is selected.
    kept: Option<(EntryId, Tier)>,
    /// Whether there is no complete answer to this query yet.
    pub(super) is_new: bool,
    /// The number of the request that is not fully answered yet.
    asked: Option<u32>,
    /// Whether the last answer is outdated, or there is none.
    is_outdated: bool,
}

impl Filter {
    pub(super) fn new(before: ListPosition) -> Self {
        Self {
            before,
            ..Self::default()
        }
    }

    /// Changes the query. The answers to the one before stay until the first to this one.
    pub(super) fn set_query(&mut self, text: &str, query: Query) {
        text.clone_into(&mut self.text);
        self.asked = None;
        self.is_new = true;
        self.kept = None;
        self.is_outdated = query.condition.is_some();
        if query.condition.is_none() {
            self.tiers = None;
        }
        self.query = query;
    }

    pub(super) const fn is_pending(&self) -> bool {
        self.asked.is_some() || self.is_outdated
    }

    pub(super) const fn outdate(&mut self) {
        self.is_outdated = self.query.condition.is_some();
    }

    /// The query to send with a number, if any; not while a request is not answered.
    pub(super) fn take_request(&mut self, number: u32) -> Option<Query> {
        if !self.is_outdated || self.asked.is_some() {
            return None;
        }
        self.is_outdated = false;
        self.asked = Some(number);
        Some(self.query.clone())
    }

    /// Stores an answer; `false` if it is to another request. A partial answer does not replace a
    /// complete one to the same query.
    pub(super) fn store_answer(
        &mut self,
        number: u32,
        tiers: &Arc<[Tier]>,
        is_final: bool,
    ) -> bool {
        if self.asked != Some(number) || !(is_final || self.is_new) {
            return false;
        }
        let before = self.tiers.replace(Arc::clone(tiers));
        if is_final {
            self.asked = None;
        }
        self.keep_chosen(before.as_deref());
        true
    }

    /// Keeps the chosen entry if the answer leaves it out, although it was shown a moment ago for
    /// the same query.
    fn keep_chosen(&mut self, before: Option<&[Tier]>) {
        let tier = |tiers: Option<&[Tier]>, id: EntryId| {
            tiers
                .and_then(|tiers| tiers.get(id.0 as usize))
                .copied()
                .filter(|&tier| tier != Tier::None)
        };
        let chosen = self
            .chosen
            .filter(|&id| !self.is_new && tier(self.tiers.as_deref(), id).is_none());
        let kept = |id| {
            self.kept
                .filter(|(kept, _)| *kept == id)
                .map(|(_, tier)| tier)
        };
        self.kept = chosen.map(|id| {
            (
                id,
                kept(id)
                    .or_else(|| tier(before, id))
                    .unwrap_or(Tier::Literal),
            )
        });
    }

    /// Stops keeping an entry once another one is selected; returns its position.
    pub(super) fn release_kept(&mut self, selected: Option<EntryId>) -> Option<usize> {
        let (id, _) = self.kept.take_if(|(id, _)| Some(*id) != selected)?;
        let shown = self.shown.as_mut()?;
        let position = shown.iter().position(|&other| other == id)?;
        shown.remove(position);
        Some(position)
    }

    /// Computes which of the sorted entries the last answer leaves: better tiers first, the same
    /// order in each.
    pub(super) fn apply(&mut self, sorted: &[EntryId]) {
        self.shown = self.tiers.as_deref().map(|tiers| {
            let mut by_tier = [const { Vec::new() }; 4];
            for &id in sorted {
                let kept = self
                    .kept
                    .as_ref()
                    .filter(|(kept, _)| *kept == id)
                    .map(|(_, tier)| tier);
                match kept.or_else(|| tiers.get(id.0 as usize)) {
                    Some(Tier::Literal) => by_tier[0].push(id),
                    Some(Tier::Pinyin) => by_tier[1].push(id),
                    Some(Tier::Loose) => by_tier[2].push(id),
                    Some(Tier::PinyinElsewhere) => by_tier[3].push(id),
                    Some(Tier::None) | None => {}
                }
            }
            by_tier.concat()
        });
    }
}
