//! A filter of the list: its query, the answers of the library, and which entries they leave.

use jiff::civil;

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
    /// The last answer, by entry; none before the first, and for an empty query.
    tiers: Option<Vec<Tier>>,
    /// The entries that it leaves, in order; none if it leaves all.
    pub(super) shown: Option<Vec<EntryId>>,
    /// The position before the filter. It returns with the whole list.
    pub(super) before: ListPosition,
    /// The entry that was chosen since. It stays selected as long as it is shown.
    pub(super) chosen: Option<EntryId>,
    /// The selected entry, if it no longer satisfies the query. It has its former tier, and so is
    /// shown, until another is selected.
    kept: Option<EntryId>,
    /// Whether there is no complete answer to this query yet.
    pub(super) is_new: bool,
    /// The day that the query asks for, if it asks for nothing else: the list is the page of that day.
    pub(super) day: Option<civil::Date>,
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
        if let Some(id) = self.kept.take() {
            self.set_tier(id, Tier::None);
        }
        self.is_outdated = query.condition.is_some();
        if query.condition.is_none() {
            self.tiers = None;
        }
        self.day = query.day();
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
    pub(super) fn store_answer(&mut self, number: u32, tiers: &[Tier], is_final: bool) -> bool {
        if self.asked != Some(number) || !(is_final || self.is_new) {
            return false;
        }
        if is_final {
            self.asked = None;
        }
        let before = self.tiers.replace(tiers.to_vec()).unwrap_or_default();
        // What was shown a moment ago for the same query is not taken away while it is chosen.
        let is_out = |id: &EntryId| tier(tiers, *id) == Tier::None;
        self.kept = self.chosen.filter(|_| !self.is_new).filter(is_out);
        if let Some(id) = self.kept {
            self.set_tier(id, tier(&before, id).max(Tier::Exact));
        }
        true
    }

    fn set_tier(&mut self, EntryId(id): EntryId, tier: Tier) {
        if let Some(tiers) = &mut self.tiers {
            tiers.resize(tiers.len().max(id as usize + 1), Tier::None);
            tiers[id as usize] = tier;
        }
    }

    /// Stops keeping an entry once another one is selected; returns its position.
    pub(super) fn release_kept(&mut self, selected: Option<EntryId>) -> Option<usize> {
        let id = self.kept.take_if(|id| Some(*id) != selected)?;
        self.set_tier(id, Tier::None);
        let shown = self.shown.as_mut()?;
        let position = shown.iter().position(|&other| other == id)?;
        shown.remove(position);
        Some(position)
    }

    /// Computes which of the sorted entries the last answer leaves: better tiers first, the same
    /// order in each.
    pub(super) fn apply(&mut self, sorted: &[EntryId]) {
        self.shown = self.tiers.as_deref().map(|tiers| {
            let matches = |id: &EntryId| tier(tiers, *id) != Tier::None;
            let mut shown: Vec<EntryId> = sorted.iter().copied().filter(matches).collect();
            // Titles and other fields are one group: in it the order of the list says more.
            shown.sort_by_key(|&id| tier(tiers, id).max(Tier::Head));
            shown
        });
    }
}

/// The tier of an entry; that of no match for one that came after the answer.
fn tier(tiers: &[Tier], EntryId(id): EntryId) -> Tier {
    tiers.get(id as usize).copied().unwrap_or_default()
}
