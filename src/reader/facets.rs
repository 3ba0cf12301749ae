//! The facets: a pane with what can narrow the list, each with how many articles it would leave, and the saved searches.

use super::layout::{Focus, ScreenRect, TitledRect};
use crate::catalog::{Facets, SavedSearch};

/// A group is at least so many columns wide; of what has no room beside the others only the one with the selection and its neighbours show.
const LEAST_COLUMNS: u16 = 17;
/// So many saved searches have a key, `Alt-1` and on.
pub(super) const KEYS: usize = 9;

/// What stands in one column of the facets. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetGroup {
    /// The saved searches.
    Saved,
    /// The tags.
    Tags,
    /// The sources.
    Sources,
    /// The months.
    Months,
}

impl FacetGroup {
    /// All of them, from left to right.
    pub const ALL: [Self; 4] = [Self::Saved, Self::Tags, Self::Sources, Self::Months];

    /// Its name, as shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Saved => "Saved",
            Self::Tags => "Tags",
            Self::Sources => "Sources",
            Self::Months => "Months",
        }
    }
}

/// A row of a group on the screen. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRow<'a> {
    /// The digit of its key with Alt, for a saved search that has one.
    pub key: Option<usize>,
    /// Its name.
    pub name: &'a str,
    /// What it stands for, for a saved search whose name is another.
    pub query: Option<&'a str>,
    /// How many articles it would leave; none for a saved search.
    pub count: Option<u32>,
    /// Whether it is selected: in one group it has the keys, in the others they come back to it.
    pub is_selected: bool,
}

/// What choosing a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FacetChoice {
    /// Applies the saved search of a number.
    Apply(usize),
    /// Narrows by a field with a value.
    Narrow(&'static str, String),
}

/// The facets. Stable.
#[derive(Clone, Debug)]
pub struct FacetsPane {
    saved: Vec<SavedSearch>,
    facets: Facets,
    /// The number of the question that is not answered yet.
    asked: Option<u32>,
    is_due: bool,
    group: usize,
    selected: [usize; 4],
    top: [usize; 4],
    framed: TitledRect,
    /// The pane that had the keys before, and whether only the article was shown; none once the list was narrowed.
    from: Option<(Focus, bool)>,
}

impl FacetsPane {
    pub(super) fn new(saved: &[SavedSearch], from: (Focus, bool)) -> Self {
        Self {
            saved: saved.to_vec(),
            facets: Facets::default(),
            asked: None,
            is_due: true,
            // Tags, but for a reader who has searches saved.
            group: usize::from(saved.is_empty()),
            selected: [0; 4],
            top: [0; 4],
            framed: TitledRect::default(),
            from: Some(from),
        }
    }

    /// Where closing them goes back to; none once the list was narrowed.
    pub(super) const fn opened_from(&self) -> Option<(Focus, bool)> {
        self.from
    }

    /// Says that the list was narrowed, so that closing them shows it.
    pub(super) const fn stay_in_list(&mut self) {
        self.from = None;
    }

    /// Where it is drawn: in the place of the article where there are two panes, else of the one.
    pub const fn framed(&self) -> TitledRect {
        self.framed
    }

    /// Whether the counts are not there yet.
    pub const fn is_counting(&self) -> bool {
        self.asked.is_some()
    }

    /// The group that has the keys.
    pub const fn current(&self) -> FacetGroup {
        FacetGroup::ALL[self.group]
    }

    /// The groups on the screen, each with its place; the first row is for its name.
    pub fn groups(&self) -> impl Iterator<Item = (FacetGroup, ScreenRect)> {
        let body = self.framed.body;
        let shown = (body.columns / LEAST_COLUMNS).clamp(1, 4);
        let first = (self.group as u16 + 1).saturating_sub(shown);
        // Where all but one have room, the saved searches may be the one that has not.
        let first = first.max(u16::from(self.group > 0 && shown < 4)).min(4 - shown);
        let width = body.columns / shown;
        (0..shown).map(move |nth| {
            let columns = if nth + 1 == shown { body.columns - nth * width } else { width };
            let pane = ScreenRect { x: body.x + nth * width, columns, ..body };
            (FacetGroup::ALL[usize::from(first + nth)], pane)
        })
    }

    /// How many rows a group has, those off the screen among them.
    pub fn len(&self, group: FacetGroup) -> usize {
        match group {
            FacetGroup::Saved => self.saved.len(),
            _ => self.counts(group).len(),
        }
    }

    /// How many further values of a group there are that have no row.
    pub const fn left_out(&self, group: FacetGroup) -> u32 {
        let [tags, sources, months] = self.facets.left_out;
        match group {
            FacetGroup::Saved => 0,
            FacetGroup::Tags => tags,
            FacetGroup::Sources => sources,
            FacetGroup::Months => months,
        }
    }

    /// The line under the last row that tells how many are left out, counted from the one under the group's name; where there is one on the screen.
    pub fn last_line(&self, group: FacetGroup) -> Option<u16> {
        let line = self.len(group) - self.top[group as usize];
        (self.left_out(group) > 0 && line < self.room()).then_some(line as u16)
    }

    /// Whether a group has no row.
    pub fn is_empty(&self, group: FacetGroup) -> bool {
        self.len(group) == 0
    }

    /// The rows of a group on the screen, from the one under its name downwards.
    pub fn rows(&self, group: FacetGroup) -> impl Iterator<Item = FacetRow<'_>> {
        let nth = group as usize;
        let range = self.top[nth]..(self.top[nth] + self.room()).min(self.len(group));
        range.map(move |at| {
            let is_selected = self.selected[nth] == at;
            if group == FacetGroup::Saved {
                let SavedSearch { name, query } = &self.saved[at];
                let key = Some(at + 1).filter(|&key| key <= KEYS);
                let query = Some(query.as_str()).filter(|&query| query != name);
                return FacetRow { key, name, query, count: None, is_selected };
            }
            let (name, count) = &self.counts(group)[at];
            FacetRow { key: None, name, query: None, count: Some(*count), is_selected }
        })
    }

    /// The cell at which the selected row begins.
    pub(super) fn cursor(&self) -> (u16, u16) {
        let current = self.current();
        let pane = self.groups().find(|(group, _)| *group == current).map_or(self.framed.body, |(_, pane)| pane);
        let row = 1 + self.selected[self.group].saturating_sub(self.top[self.group]) as u16;
        (pane.x, pane.y + row.min(pane.rows.saturating_sub(1)))
    }

    fn counts(&self, group: FacetGroup) -> &[(String, u32)] {
        match group {
            FacetGroup::Saved => &[],
            FacetGroup::Tags => &self.facets.tags,
            FacetGroup::Sources => &self.facets.sources,
            FacetGroup::Months => &self.facets.months,
        }
    }

    fn room(&self) -> usize {
        usize::from(self.framed.body.rows).saturating_sub(1).max(1)
    }
}

/// What is asked, and what the reader does with it.
impl FacetsPane {
    pub(super) fn place(&mut self, framed: TitledRect) {
        self.framed = framed;
        self.reveal();
    }

    /// Says that other articles are shown now, so that the counts have to be asked for.
    pub(super) const fn outdate(&mut self) {
        self.is_due = true;
    }

    /// Asks for the counts under a number; `false` while they are on their way, or nothing changed.
    pub(super) const fn ask(&mut self, number: u32) -> bool {
        let is_due = self.is_due && self.asked.is_none();
        if is_due {
            self.is_due = false;
            self.asked = Some(number);
        }
        is_due
    }

    /// Takes in the counts; those of another question are dropped. What was selected stays so if it is still there.
    pub(super) fn take(&mut self, number: u32, facets: Facets) {
        if self.asked != Some(number) {
            return;
        }
        self.asked = None;
        let kept = FacetGroup::ALL.map(|group| self.counts(group).get(self.selected[group as usize]).cloned());
        self.facets = facets;
        for group in [FacetGroup::Tags, FacetGroup::Sources, FacetGroup::Months] {
            let name = kept[group as usize].as_ref().map(|(name, _)| name);
            let found = self.counts(group).iter().position(|(other, _)| Some(other) == name);
            self.selected[group as usize] = found.unwrap_or(0);
        }
        self.reveal();
    }

    /// Shows the saved searches as they are now.
    pub(super) fn set_saved(&mut self, saved: &[SavedSearch]) {
        self.saved = saved.to_vec();
        self.reveal();
    }

    /// The number of the saved search that is selected.
    pub(super) fn selected_search(&self) -> Option<usize> {
        Some(self.selected[0]).filter(|&at| self.group == 0 && at < self.saved.len())
    }

    /// Moves to another group; around the ends.
    pub(super) fn turn(&mut self, by: isize) {
        self.group = (self.group as isize + by).rem_euclid(4) as usize;
    }

    /// Moves the selection.
    pub(super) fn step(&mut self, by: isize) {
        self.selected[self.group] = self.selected[self.group].saturating_add_signed(by);
        self.reveal();
    }

    /// Moves the selection by a part of the screen: 1 for a page, 2 for half of one.
    pub(super) fn step_screen(&mut self, times: isize, part: usize) {
        self.step(times.saturating_mul((self.room() / part).saturating_sub(1).max(1) as isize));
    }

    /// Selects what stands in a cell; `false` where there is nothing.
    pub(super) fn point(&mut self, column: u16, row: u16) -> bool {
        let Some((group, pane)) = self.groups().find(|(_, pane)| pane.contains(column, row)) else { return false };
        self.group = group as usize;
        let Some(line) = usize::from(row - pane.y).checked_sub(1) else { return false };
        let at = self.top[self.group] + line;
        let is_row = at < self.len(group);
        if is_row {
            self.selected[self.group] = at;
        }
        is_row
    }

    /// What the selected row does.
    pub(super) fn choice(&self) -> Option<FacetChoice> {
        let (group, at) = (self.current(), self.selected[self.group]);
        let field = match group {
            FacetGroup::Saved => return (at < self.saved.len()).then_some(FacetChoice::Apply(at)),
            FacetGroup::Tags => "tag",
            FacetGroup::Sources => "source",
            FacetGroup::Months => "date",
        };
        self.counts(group).get(at).map(|(name, _)| FacetChoice::Narrow(field, name.clone()))
    }

    fn reveal(&mut self) {
        let room = self.room();
        for group in FacetGroup::ALL {
            let nth = group as usize;
            let last = self.len(group).saturating_sub(1);
            self.selected[nth] = self.selected[nth].min(last);
            let selected = self.selected[nth];
            // With the last row the line under it is shown, where there is room for both.
            let below = usize::from(self.left_out(group) > 0 && room > 1);
            let end = selected + 1 + if selected == last { below } else { 0 };
            self.top[nth] =
                self.top[nth].clamp(end.saturating_sub(room), selected).min((last + 1 + below).saturating_sub(room));
        }
    }
}
