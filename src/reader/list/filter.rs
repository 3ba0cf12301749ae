//! The filter: which entries it leaves, best first. Who satisfies a query is asked elsewhere; the answers come later, and in parts.

use std::sync::Arc;

use super::List;
use super::viewport::ScrollOffset;
use crate::catalog::{EntryId, Query, Tier};

/// A filter in force.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    /// The query as it was written.
    text: String,
    query: Query,
    /// The last answer; none before the first, and for an empty query.
    tiers: Option<Arc<[Tier]>>,
    /// The entries that it leaves, in order; none while that is all of them.
    shown: Option<Vec<EntryId>>,
    /// What was selected before, and what stood at the top of the screen: they come back with the whole list.
    before: Option<EntryId>,
    top_before: (Option<EntryId>, u16),
    /// The entry that the reader chose since: it stays selected as long as it is there.
    chosen: Option<EntryId>,
    /// The selected entry where it satisfies the query no longer, and the tier it had: it stays until another is selected.
    kept: Option<(EntryId, Tier)>,
    /// Whether no answer to this query is complete yet.
    is_new: bool,
    /// The number of the question that is not answered to the end yet.
    asked: Option<u32>,
    /// Whether there is something to ask.
    is_due: bool,
}

impl Filter {
    /// Keeps what is selected where the answer leaves it out, though it was there a moment ago under the same query.
    fn keep_chosen(&mut self, before: Option<&[Tier]>) {
        let tier = |tiers: Option<&[Tier]>, id: EntryId| {
            tiers.and_then(|tiers| tiers.get(id.0 as usize)).copied().filter(|&tier| tier != Tier::None)
        };
        let chosen = self.chosen.filter(|&id| !self.is_new && tier(self.tiers.as_deref(), id).is_none());
        let kept = |id| self.kept.filter(|(kept, _)| *kept == id).map(|(_, tier)| tier);
        self.kept = chosen.map(|id| (id, kept(id).or_else(|| tier(before, id)).unwrap_or(Tier::Literal)));
    }
}

impl List {
    /// The query of the filter, while there is one: the last one that was understood.
    pub fn query(&self) -> Option<&str> {
        self.filter.as_ref().map(|filter| filter.text.as_str())
    }

    /// The query of the filter, understood; one that leaves all where there is no filter.
    pub(in crate::reader) fn filter_query(&self) -> Query {
        self.filter.as_ref().map_or(Query { condition: None }, |filter| filter.query.clone())
    }

    /// Whether the answer to the filter's question is not complete yet.
    pub fn is_filtering(&self) -> bool {
        self.filter.as_ref().is_some_and(|filter| filter.asked.is_some() || filter.is_due)
    }

    pub(super) fn shown(&self) -> &[EntryId] {
        self.filter.as_ref().and_then(|filter| filter.shown.as_deref()).unwrap_or(&self.sorted)
    }

    /// Filters by a query. What is shown stays until its answer comes; an empty query shows all at once.
    pub(in crate::reader) fn set_filter(&mut self, text: &str, query: Query) {
        let before = self.selected();
        let top_before = (self.shown().get(self.top.index).copied(), self.top.hidden);
        let filter = self.filter.get_or_insert_with(|| Filter {
            text: String::new(),
            query: Query { condition: None },
            tiers: None,
            shown: None,
            before,
            top_before,
            chosen: None,
            kept: None,
            is_new: true,
            asked: None,
            is_due: false,
        });
        text.clone_into(&mut filter.text);
        filter.asked = None;
        filter.is_new = true;
        filter.kept = None;
        filter.is_due = query.condition.is_some();
        filter.query = query;
        if !filter.is_due {
            filter.tiers = None;
            // In a list that is whole again what was selected before is, as long as nothing was chosen.
            let chosen = filter.chosen;
            filter.chosen = chosen.or(filter.before);
            self.show_filtered(true);
            if let Some(filter) = self.filter.as_mut().filter(|_| chosen.is_none()) {
                filter.chosen = None;
            }
        }
    }

    /// Filters as when the program last ran: what was selected then stays, also where it was read meanwhile and so left out.
    pub(in crate::reader) fn resume_filter(&mut self, text: &str, query: Query) {
        self.set_filter(text, query);
        self.keep_choice();
        if let Some(filter) = &mut self.filter {
            filter.is_new = false;
        }
    }

    /// Keeps the selection where it is, whatever answers come.
    pub(in crate::reader) fn keep_choice(&mut self) {
        let selected = self.selected();
        if let Some(filter) = &mut self.filter {
            filter.chosen = selected;
        }
    }

    /// Selects an entry as soon as the filter leaves it.
    pub(super) fn choose_in_filter(&mut self, id: Option<EntryId>) {
        if let Some(filter) = &mut self.filter {
            filter.chosen = id;
        }
    }

    /// What is to be asked under a number: nothing while a question about the same query is not answered yet.
    pub(in crate::reader) fn question(&mut self, number: u32) -> Option<Query> {
        let filter = self.filter.as_mut().filter(|filter| filter.is_due && filter.asked.is_none())?;
        filter.is_due = false;
        filter.asked = Some(number);
        Some(filter.query.clone())
    }

    /// Says that the entries are others now, so that the question has to be asked again.
    pub(in crate::reader) fn outdate_filter(&mut self) {
        if let Some(filter) = &mut self.filter {
            filter.is_due = filter.query.condition.is_some();
        }
    }

    /// Takes in an answer; one to another question is dropped: `false`.
    ///
    /// Where the same was asked before, what was found then is nearer to the truth than a part of an answer.
    pub(in crate::reader) fn take_filtered(&mut self, number: u32, tiers: &Arc<[Tier]>, is_final: bool) -> bool {
        let is_wanted = |filter: &&mut Filter| filter.asked == Some(number) && (is_final || filter.is_new);
        let Some(filter) = self.filter.as_mut().filter(is_wanted) else { return false };
        let before = filter.tiers.replace(Arc::clone(tiers));
        if is_final {
            filter.asked = None;
        }
        filter.keep_chosen(before.as_deref());
        self.show_filtered(is_final);
        true
    }

    /// Shows the whole list again; with the old selection, or with the one made in the filtered list.
    pub(in crate::reader) fn end_filter(&mut self, keep_selection: bool) {
        let selected = self.selected();
        if let Some(filter) = self.filter.take() {
            let wanted = if keep_selection { selected.or(filter.before) } else { filter.before };
            self.selected = self.position_of(wanted).unwrap_or(0);
            self.centre();
            let (top, hidden) = filter.top_before;
            if let Some(index) = self.position_of(top).filter(|_| wanted == filter.before) {
                self.top = ScrollOffset { index, hidden };
                self.reveal();
            }
        }
    }

    /// Works out what the last answer leaves of the entries in their order.
    pub(super) fn refilter(&mut self) {
        if let Some(filter) = &mut self.filter {
            filter.shown = filter.tiers.as_deref().map(|tiers| by_tier(&self.sorted, tiers, filter.kept));
        }
    }

    /// The reader chose the row that is selected.
    pub(in crate::reader) fn note_choice(&mut self) {
        self.is_chosen = true;
        (self.lost, self.sought) = (None, None);
        self.let_go();
        self.keep_choice();
    }

    /// Leaves out the entry that was kept though the query does not leave it, once another is selected.
    fn let_go(&mut self) {
        let selected = self.selected();
        let Some(filter) = &mut self.filter else { return };
        let kept = filter.kept.take_if(|(id, _)| Some(*id) != selected).map(|(id, _)| id);
        let Some(position) = self.position_of(kept) else { return };
        if let Some(shown) = self.filter.as_mut().and_then(|filter| filter.shown.as_mut()) {
            shown.remove(position);
        }
        self.selected -= usize::from(position < self.selected);
        self.top.index -= usize::from(position < self.top.index);
    }

    /// Shows what an answer leaves. A row that was chosen stays selected and on its place of the screen; else the first is.
    fn show_filtered(&mut self, is_final: bool) {
        let top = self.shown().get(self.top.index).copied();
        self.refilter();
        let last = self.len().saturating_sub(1);
        let chosen = self.filter.as_ref().and_then(|filter| filter.chosen);
        let position = self.position_of(chosen);
        let is_new = self.filter.as_ref().is_none_or(|filter| filter.is_new);
        self.selected = match (chosen, position) {
            (Some(_), Some(position)) => position,
            // It left a list that is otherwise the same.
            (Some(_), None) if !is_new => self.selected.min(last),
            _ => 0,
        };
        match self.position_of(top) {
            Some(index) if chosen.is_some() => self.top.index = index,
            None if chosen.is_some() => self.centre(),
            _ => self.top = ScrollOffset::default(),
        }
        if is_final {
            let selected = self.selected();
            if let Some(filter) = &mut self.filter {
                // A choice that did not survive its query is none any more.
                filter.chosen = chosen.and(if position.is_none() && is_new { None } else { selected });
                filter.is_new = false;
            }
        }
        self.recover();
        self.reveal();
    }
}

/// The entries that an answer leaves: the better ones first, among equals in the list's order.
fn by_tier(sorted: &[EntryId], tiers: &[Tier], kept: Option<(EntryId, Tier)>) -> Vec<EntryId> {
    let mut found = [const { Vec::new() }; 4];
    for &id in sorted {
        let tier = kept.as_ref().filter(|(kept, _)| *kept == id).map(|(_, tier)| tier);
        match tier.or_else(|| tiers.get(id.0 as usize)) {
            Some(Tier::Literal) => found[0].push(id),
            Some(Tier::Pinyin) => found[1].push(id),
            Some(Tier::Loose) => found[2].push(id),
            Some(Tier::Aside) => found[3].push(id),
            Some(Tier::None) | None => {}
        }
    }
    found.concat()
}
