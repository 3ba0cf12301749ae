//! The facets: a pane of values that can narrow the list, each with its number of articles, and the
//! saved searches.

use super::layout::{Focus, ScreenRect, TitledRect};
use super::viewport::{Items, Motion, Viewport};
use crate::catalog::{Facets, SavedSearch};

/// The least columns of a group. Groups for which there is no room are off the screen.
const LEAST_COLUMNS: u16 = 17;
/// The number of saved searches that have a key, `Alt-1` and on.
pub(super) const KEYS: usize = 9;

/// A group of facets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FacetGroup {
    Saved,
    Tags,
    Sources,
    Months,
}

impl FacetGroup {
    /// All of them, from left to right.
    pub(crate) const ALL: [Self; 4] = [Self::Saved, Self::Tags, Self::Sources, Self::Months];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Saved => "Saved",
            Self::Tags => "Tags",
            Self::Sources => "Sources",
            Self::Months => "Months",
        }
    }
}

/// A row of a group on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FacetRow<'a> {
    /// The digit of its key with Alt, if it is a saved search that has one.
    pub(crate) key: Option<usize>,
    pub(crate) name: &'a str,
    /// The query of a saved search, if its name is another.
    pub(crate) query: Option<&'a str>,
    /// The number of its articles; none for a saved search.
    pub(crate) count: Option<u32>,
    /// Whether it is selected in its group.
    pub(crate) is_selected: bool,
}

/// What choosing a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FacetChoice {
    Apply(usize),
    Narrow(&'static str, String),
}

/// The facets, while they are shown.
#[derive(Clone, Debug)]
pub(crate) struct FacetsPane {
    saved: Vec<SavedSearch>,
    facets: Facets,
    asked: Option<u32>,
    is_outdated: bool,
    /// The group that has the keys, an index into [`FacetGroup::ALL`].
    group: usize,
    viewports: [Viewport; 4],
    /// Where it is drawn: in place of the article, or of the only pane.
    pub(crate) rect: TitledRect,
    /// The pane that had the keys before, and whether only the article was shown; none once the
    /// list was narrowed.
    pub(super) opened_from: Option<(Focus, bool)>,
}

/// The rows of a group. Under the last one there may be a line with the number of values left out.
#[derive(Clone, Copy, Debug)]
struct GroupRows {
    count: usize,
    has_note: bool,
}

impl Items for GroupRows {
    fn count(&self) -> usize {
        self.count
    }

    fn rows_of(&self, item: usize) -> usize {
        1 + usize::from(self.has_note && item + 1 == self.count)
    }
}

impl FacetsPane {
    pub(super) fn new(saved: &[SavedSearch], opened_from: (Focus, bool)) -> Self {
        let first = if saved.is_empty() {
            FacetGroup::Tags
        } else {
            FacetGroup::Saved
        };
        Self {
            saved: saved.to_vec(),
            facets: Facets::default(),
            asked: None,
            is_outdated: true,
            group: first as usize,
            viewports: [Viewport::default(); 4],
            rect: TitledRect::default(),
            opened_from: Some(opened_from),
        }
    }

    /// Whether the counts are not there yet.
    pub(crate) const fn is_counting(&self) -> bool {
        self.asked.is_some()
    }

    /// The group that has the keys.
    pub(crate) const fn current(&self) -> FacetGroup {
        FacetGroup::ALL[self.group]
    }

    /// The groups on the screen, each with its rectangle. The first row is for the name.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (FacetGroup, ScreenRect)> {
        let body = self.rect.body;
        let shown = (body.columns / LEAST_COLUMNS).clamp(1, 4);
        let first = (self.group as u16 + 1).saturating_sub(shown);
        // If only one does not fit, the saved searches are left out before the others.
        let first = first
            .max(u16::from(self.group > 0 && shown < 4))
            .min(4 - shown);
        let width = body.columns / shown;
        (0..shown).map(move |nth| {
            let columns = if nth + 1 == shown {
                body.columns - nth * width
            } else {
                width
            };
            let rect = ScreenRect {
                x: body.x + nth * width,
                columns,
                ..body
            };
            (FacetGroup::ALL[usize::from(first + nth)], rect)
        })
    }

    /// The number of rows of a group, on the screen or not.
    pub(crate) fn len(&self, group: FacetGroup) -> usize {
        match group {
            FacetGroup::Saved => self.saved.len(),
            _ => self.counts(group).len(),
        }
    }

    pub(crate) fn is_empty(&self, group: FacetGroup) -> bool {
        self.len(group) == 0
    }

    /// The number of values of a group that have no row.
    pub(crate) const fn left_out(&self, group: FacetGroup) -> u32 {
        let [tags, sources, months] = self.facets.left_out;
        match group {
            FacetGroup::Saved => 0,
            FacetGroup::Tags => tags,
            FacetGroup::Sources => sources,
            FacetGroup::Months => months,
        }
    }

    /// The line for the number of values left out, counted from the one under the group's name, if
    /// it is on the screen.
    pub(crate) fn last_line(&self, group: FacetGroup) -> Option<u16> {
        let line = self.len(group) - self.viewports[group as usize].top.item;
        (self.left_out(group) > 0 && line < self.room()).then_some(line as u16)
    }

    /// The rows of a group on the screen, from the one under its name downwards.
    pub(crate) fn rows(&self, group: FacetGroup) -> impl Iterator<Item = FacetRow<'_>> {
        let Viewport { selected, top, .. } = self.viewports[group as usize];
        (top.item..(top.item + self.room()).min(self.len(group))).map(move |at| {
            let is_selected = at == selected;
            if group == FacetGroup::Saved {
                let SavedSearch { name, query } = &self.saved[at];
                let key = Some(at + 1).filter(|&key| key <= KEYS);
                let query = Some(query.as_str()).filter(|&query| query != name);
                return FacetRow {
                    key,
                    name,
                    query,
                    count: None,
                    is_selected,
                };
            }
            let (name, count) = &self.counts(group)[at];
            FacetRow {
                key: None,
                name,
                query: None,
                count: Some(*count),
                is_selected,
            }
        })
    }

    pub(super) fn cursor(&self) -> (u16, u16) {
        let current = self.current();
        let rect = self
            .groups()
            .find(|(group, _)| *group == current)
            .map_or(self.rect.body, |(_, rect)| rect);
        let Viewport { selected, top, .. } = self.viewports[self.group];
        let row = 1 + selected.saturating_sub(top.item) as u16;
        (rect.x, rect.y + row.min(rect.rows.saturating_sub(1)))
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
        usize::from(self.rect.body.rows).saturating_sub(1).max(1)
    }

    fn items(&self, group: FacetGroup) -> GroupRows {
        GroupRows {
            count: self.len(group),
            has_note: self.left_out(group) > 0 && self.room() > 1,
        }
    }

    fn selected(&self) -> usize {
        self.viewports[self.group].selected
    }

    pub(super) fn place(&mut self, rect: TitledRect) {
        self.rect = rect;
        self.reveal();
    }

    /// Asks for the counts again because other articles are shown now.
    pub(super) const fn outdate(&mut self) {
        self.is_outdated = true;
    }

    /// Whether to request the counts now, under a number; not while a request is not answered.
    pub(super) const fn take_request(&mut self, number: u32) -> bool {
        let is_due = self.is_outdated && self.asked.is_none();
        if is_due {
            self.is_outdated = false;
            self.asked = Some(number);
        }
        is_due
    }

    /// Applies the counts, unless they answer an older request. The selected values stay selected
    /// if they are still there.
    pub(super) fn apply_counts(&mut self, number: u32, facets: Facets) {
        if self.asked != Some(number) {
            return;
        }
        self.asked = None;
        let selected = |group| {
            self.counts(group)
                .get(self.viewports[group as usize].selected)
                .cloned()
        };
        let kept = FacetGroup::ALL.map(selected);
        self.facets = facets;
        for group in [FacetGroup::Tags, FacetGroup::Sources, FacetGroup::Months] {
            let name = kept[group as usize].as_ref().map(|(name, _)| name);
            let found = self
                .counts(group)
                .iter()
                .position(|(other, _)| Some(other) == name);
            self.viewports[group as usize].selected = found.unwrap_or(0);
        }
        self.reveal();
    }

    pub(super) fn set_saved(&mut self, saved: &[SavedSearch]) {
        self.saved = saved.to_vec();
        self.reveal();
    }

    pub(super) fn selected_search(&self) -> Option<usize> {
        Some(self.selected())
            .filter(|&at| self.current() == FacetGroup::Saved && at < self.saved.len())
    }

    /// Moves to another group, around the ends.
    pub(super) fn change_group(&mut self, by: isize) {
        self.group = (self.group as isize + by).rem_euclid(4) as usize;
    }

    pub(super) fn go(&mut self, motion: Motion) {
        self.viewports[self.group] =
            self.viewports[self.group].go(motion, &self.items(self.current()));
    }

    /// Selects the row at a cell; `false` if there is none.
    pub(super) fn select_cell(&mut self, column: u16, row: u16) -> bool {
        let Some((group, rect)) = self.groups().find(|(_, rect)| rect.contains(column, row)) else {
            return false;
        };
        self.group = group as usize;
        let Some(line) = usize::from(row - rect.y).checked_sub(1) else {
            return false;
        };
        let at = self.viewports[self.group].top.item + line;
        let is_row = at < self.len(group);
        if is_row {
            self.viewports[self.group].selected = at;
        }
        is_row
    }

    pub(super) fn choice(&self) -> Option<FacetChoice> {
        let at = self.selected();
        let field = match self.current() {
            FacetGroup::Saved => return (at < self.saved.len()).then_some(FacetChoice::Apply(at)),
            FacetGroup::Tags => "tag",
            FacetGroup::Sources => "source",
            FacetGroup::Months => "date",
        };
        self.counts(self.current())
            .get(at)
            .map(|(name, _)| FacetChoice::Narrow(field, name.clone()))
    }

    fn reveal(&mut self) {
        for group in FacetGroup::ALL {
            let viewport = Viewport {
                rows: self.room(),
                ..self.viewports[group as usize]
            };
            self.viewports[group as usize] = viewport.reveal(&self.items(group));
        }
    }
}
