//! The filter of the list: what was asked, and which entries the answers so far leave.

use std::sync::Arc;

use super::List;
use super::window::Top;
use crate::catalog::{EntryId, Query, Tier};

/// A filter in force.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    /// The query as it was typed.
    text: String,
    query: Query,
    /// The last answer: the tier of each entry, by number. None before the first answer, while the list stays as it was.
    tiers: Option<Arc<[Tier]>>,
    /// The entries that it leaves, the better before the worse, in the list's order otherwise.
    pub(super) shown: Vec<EntryId>,
    /// What was selected before: it comes back with the whole list.
    before: Option<EntryId>,
    /// What was selected when the last question was asked.
    selected: Option<EntryId>,
    is_answered: bool,
    /// Whether entries came or went since the question was asked.
    is_outdated: bool,
    /// Whether the question was asked before: then only its whole answer counts, lest what pinyin found come and go.
    is_repeated: bool,
}

impl List {
    /// The query of the filter as it was typed, while there is one.
    pub fn query(&self) -> Option<&str> {
        self.filter.as_ref().map(|filter| filter.text.as_str())
    }

    /// Filters by a query: gives the number of the question to be asked. Until it is answered the list stays as it is.
    pub(in crate::reader) fn set_filter(&mut self, text: &str, query: Query) -> u32 {
        let selected = self.selected();
        let (shown, before, tiers) = match self.filter.take() {
            Some(filter) => (filter.shown, filter.before, filter.tiers),
            None => (self.sorted.clone(), selected, None),
        };
        self.asked = self.asked.wrapping_add(1);
        let text = text.to_owned();
        self.filter = Some(Filter {
            text,
            query,
            tiers,
            shown,
            before,
            selected,
            is_answered: false,
            is_outdated: false,
            is_repeated: false,
        });
        self.asked
    }

    /// Takes an answer in, unless something newer was asked. The selection stays if its entry does, else goes to what was selected
    /// before the filter, else to the first.
    pub(in crate::reader) fn filtered(&mut self, number: u32, tiers: Arc<[Tier]>, is_final: bool) -> bool {
        let selected = self.selected();
        let Some(filter) = self.filter.as_mut().filter(|_| number == self.asked) else { return false };
        if filter.is_repeated && !is_final {
            return false;
        }
        filter.tiers = Some(tiers);
        let is_first = filter.selected.is_some() || selected.is_none();
        let wanted = if is_first { filter.selected.take().or(selected) } else { selected };
        let before = filter.before;
        filter.is_answered = is_final;
        let is_outdated = is_final && filter.is_outdated;
        self.refilter();
        self.selected = self.position_of(wanted).or_else(|| self.position_of(before)).unwrap_or(0);
        self.top = Top::default();
        self.reveal();
        is_outdated
    }

    /// The question to be asked again since entries came or went: a new number, and the query. None while an answer is waited for.
    pub(in crate::reader) fn ask_again(&mut self) -> Option<(u32, Query)> {
        let filter = self.filter.as_mut()?;
        filter.is_outdated = !filter.is_answered;
        if filter.is_outdated {
            return None;
        }
        filter.is_answered = false;
        filter.is_repeated = true;
        self.asked = self.asked.wrapping_add(1);
        Some((self.asked, filter.query.clone()))
    }

    /// Shows the whole list again; with the old selection, or with the one made in the filtered list.
    pub(in crate::reader) fn end_filter(&mut self, keep_selection: bool) {
        let selected = self.selected();
        if let Some(filter) = self.filter.take() {
            let wanted = if keep_selection { selected.or(filter.before) } else { filter.before };
            self.selected = self.position_of(wanted).unwrap_or(0);
            self.top = Top::default();
            self.reveal();
        }
    }

    /// Puts what the last answer leaves in order.
    pub(super) fn refilter(&mut self) {
        let Some(filter) = &mut self.filter else { return };
        let Some(tiers) = &filter.tiers else {
            filter.shown.clone_from(&self.sorted);
            return;
        };
        let of = |tier: Tier| {
            let is_of = move |id: &EntryId| tiers.get(id.0 as usize).copied().unwrap_or_default() == tier;
            self.sorted.iter().copied().filter(is_of)
        };
        filter.shown = of(Tier::Literal).chain(of(Tier::Pinyin)).collect();
    }
}
