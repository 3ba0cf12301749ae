//! The facets: a pane of values that can narrow the list, each with its number of articles, and the
//! saved searches.

use super::layout::{Focus, ScreenRect, TitledRect};
use super::viewport::{Items, Motion, Viewport};
use crate::catalog::{Facets, SavedSearch, quoted};
use crate::typeset::{self, Ambiguous};

/// The least columns of a group. Groups for which there is no room are off the screen.
const LEAST_COLUMNS: u16 = 15;
/// The number of saved searches that have a key, `Alt-1` and on.
pub(super) const KEYS: usize = 9;
/// The groups from left to right, each with the field of queries that its values are of.
const GROUPS: [(&str, Option<&str>); 4] = [
    ("Saved", None),
    ("Tags", Some("tag")),
    ("Sources", Some("source")),
    ("Months", Some("date")),
];

/// A row of a group.
#[derive(Clone, Debug)]
pub(crate) struct FacetRow {
    /// The digit of its key with Alt, if it is a saved search that has one.
    pub(crate) key: Option<usize>,
    pub(crate) name: String,
    /// The query of a saved search, if its name is another.
    pub(crate) query: Option<String>,
    /// The number of its articles; none for a saved search.
    pub(crate) count: Option<u32>,
}

/// A group of facets: the saved searches, or the values of a field.
#[derive(Clone, Debug)]
pub(crate) struct FacetGroup {
    pub(crate) name: &'static str,
    /// The field of queries; none for the saved searches.
    field: Option<&'static str>,
    pub(crate) rows: Vec<FacetRow>,
    /// The number of values that have no row. A line under the last row says it.
    pub(crate) left_out: u32,
    /// The columns that its values take.
    columns: u16,
    viewport: Viewport,
}

/// What choosing a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FacetChoice {
    Apply(usize),
    /// Adds a term to the query.
    Narrow(String),
}

/// The facets, while they are shown.
#[derive(Clone, Debug)]
pub(crate) struct FacetsPane {
    pub(crate) groups: [FacetGroup; 4],
    asked: Option<u32>,
    is_outdated: bool,
    /// The index of the group that has the keys.
    current: usize,
    /// Where it is drawn: in place of the article, or of the only pane.
    pub(crate) rect: TitledRect,
    /// The pane that had the keys before, and whether only the article was shown; none once the
    /// list was narrowed.
    pub(super) opened_from: Option<(Focus, bool)>,
}

impl Items for FacetGroup {
    fn count(&self) -> usize {
        self.rows.len()
    }

    fn rows_of(&self, item: usize) -> usize {
        let is_last = item + 1 == self.rows.len();
        1 + usize::from(is_last && self.left_out > 0 && self.viewport.rows > 1)
    }
}

impl FacetGroup {
    pub(crate) const fn is_saved(&self) -> bool {
        self.field.is_none()
    }

    /// The rows on the screen, each with whether it is selected; none for the line that says how
    /// many have no row.
    pub(crate) fn visible(&self) -> impl Iterator<Item = Option<(&FacetRow, bool)>> {
        let selected = self.viewport.selected;
        let visible = self.viewport.visible(self);
        visible.map(move |(at, row)| (row == 0).then(|| (&self.rows[at], at == selected)))
    }

    fn selected(&self) -> Option<(usize, &FacetRow)> {
        let at = self.viewport.selected;
        Some((at, self.rows.get(at)?))
    }

    fn set_rows(&mut self, rows: impl Iterator<Item = FacetRow>) {
        self.rows = rows.collect();
        let width = |text: &str| typeset::columns(text, Ambiguous::Narrow);
        let columns = self.rows.iter().map(|row| {
            let query = row.query.as_deref().map_or(0, |query| width(query) + 2);
            width(&row.name) + query + 9
        });
        self.columns = columns.max().unwrap_or(0).min(60) as u16;
        self.viewport = self.viewport.reveal(self);
    }
}

/// Shares columns: the widest give way one by one, or what is left goes around.
fn shared(wanted: impl Iterator<Item = u16>, room: u16) -> Vec<u16> {
    let mut columns: Vec<u16> = wanted.map(|columns| columns.max(LEAST_COLUMNS)).collect();
    let sum = |columns: &[u16]| columns.iter().sum::<u16>();
    while sum(&columns) > room {
        let Some(widest) = columns.iter_mut().max().filter(|columns| **columns > 0) else {
            break;
        };
        *widest -= 1;
    }
    let count = columns.len().max(1) as u16;
    let left = room.saturating_sub(sum(&columns));
    for columns in &mut columns {
        *columns += left / count;
    }
    if let Some(last) = columns.last_mut() {
        *last += left % count;
    }
    columns
}

impl FacetsPane {
    pub(super) fn new(saved: &[SavedSearch], opened_from: (Focus, bool)) -> Self {
        let group = |(name, field)| FacetGroup {
            name,
            field,
            rows: Vec::new(),
            left_out: 0,
            columns: 0,
            viewport: Viewport::default(),
        };
        let mut pane = Self {
            groups: GROUPS.map(group),
            asked: None,
            is_outdated: true,
            current: usize::from(saved.is_empty()),
            rect: TitledRect::default(),
            opened_from: Some(opened_from),
        };
        pane.set_saved(saved);
        pane
    }

    /// Whether the counts are not there yet.
    pub(crate) const fn is_counting(&self) -> bool {
        self.asked.is_some()
    }

    /// The group that has the keys.
    pub(crate) const fn current(&self) -> &FacetGroup {
        &self.groups[self.current]
    }

    pub(crate) fn is_current(&self, group: &FacetGroup) -> bool {
        group.name == self.current().name
    }

    /// Whether a group is drawn: one without values is not, once they are counted.
    const fn is_drawn(&self, group: usize) -> bool {
        let group = &self.groups[group];
        !group.rows.is_empty() || self.asked.is_some() && !group.is_saved()
    }

    /// The groups on the screen, each with its rectangle. The first row is for the name. Each is as
    /// wide as its values, and the widest give way or take what is left.
    pub(crate) fn placed(&self) -> impl Iterator<Item = (usize, ScreenRect)> {
        let body = self.rect.body;
        let mut drawn: Vec<usize> = (0..4).filter(|&at| self.is_drawn(at)).collect();
        if drawn.is_empty() {
            drawn.push(self.current);
        }
        let most = usize::from((body.columns / LEAST_COLUMNS).max(1));
        let at = drawn.iter().position(|&group| group == self.current);
        // Without room for all, the saved searches are left out before the others.
        let last = at.unwrap_or(0).max(most.min(drawn.len()) - 1);
        let is_short = drawn.len() > most;
        let last = if is_short && at != Some(0) {
            last.max(most)
        } else {
            last
        };
        let last = last.min(drawn.len() - 1);
        let drawn = drawn[(last + 1).saturating_sub(most)..=last].to_vec();
        let columns = shared(
            drawn.iter().map(|&group| self.groups[group].columns),
            body.columns,
        );
        let mut x = body.x;
        drawn.into_iter().zip(columns).map(move |(group, columns)| {
            let rect = ScreenRect { x, columns, ..body };
            x += columns;
            (group, rect)
        })
    }

    pub(super) fn cursor(&self) -> (u16, u16) {
        let mut placed = self.placed();
        let rect = placed
            .find(|(group, _)| *group == self.current)
            .map_or(self.rect.body, |(_, rect)| rect);
        let Viewport { selected, top, .. } = self.current().viewport;
        let row = 1 + selected.saturating_sub(top.item) as u16;
        (rect.x, rect.y + row.min(rect.rows.saturating_sub(1)))
    }

    pub(super) fn place(&mut self, rect: TitledRect) {
        self.rect = rect;
        for group in &mut self.groups {
            group.viewport.rows = usize::from(rect.body.rows).saturating_sub(1).max(1);
            group.viewport = group.viewport.reveal(group);
        }
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
        let counts = [facets.tags, facets.sources, facets.months];
        let groups = self.groups[1..].iter_mut();
        for ((group, counts), left_out) in groups.zip(counts).zip(facets.left_out) {
            let selected = group.selected().map(|(_, row)| &row.name);
            let found = counts.iter().position(|(name, _)| Some(name) == selected);
            group.viewport.selected = found.unwrap_or(0);
            group.left_out = left_out;
            group.set_rows(counts.into_iter().map(|(name, count)| FacetRow {
                key: None,
                name,
                query: None,
                count: Some(count),
            }));
        }
    }

    pub(super) fn set_saved(&mut self, saved: &[SavedSearch]) {
        let rows = saved.iter().enumerate().map(|(at, search)| FacetRow {
            key: Some(at + 1).filter(|&key| key <= KEYS),
            name: search.name.clone(),
            query: Some(search.query.clone()).filter(|query| *query != search.name),
            count: None,
        });
        self.groups[0].set_rows(rows);
        if !self.is_drawn(self.current) {
            self.change_group(1);
        }
    }

    pub(super) fn selected_search(&self) -> Option<usize> {
        let group = Some(self.current()).filter(|group| group.is_saved())?;
        Some(group.selected()?.0)
    }

    /// Moves to another group, around the ends.
    pub(super) fn change_group(&mut self, by: isize) {
        let step = |at: usize| (at as isize + by.signum()).rem_euclid(4) as usize;
        for _ in 0..by.unsigned_abs().min(12) {
            let mut next = step(self.current);
            while !self.is_drawn(next) && next != self.current {
                next = step(next);
            }
            self.current = next;
        }
    }

    pub(super) fn go(&mut self, motion: Motion) {
        let group = &mut self.groups[self.current];
        group.viewport = group.viewport.go(motion, group);
    }

    /// Selects the row at a cell; `false` if there is none.
    pub(super) fn select_cell(&mut self, column: u16, row: u16) -> bool {
        let mut placed = self.placed();
        let Some((group, rect)) = placed.find(|(_, rect)| rect.contains(column, row)) else {
            return false;
        };
        drop(placed);
        self.current = group;
        let group = &mut self.groups[group];
        let Some(line) = usize::from(row - rect.y).checked_sub(1) else {
            return false;
        };
        let at = group.viewport.top.item + line;
        let is_row = at < group.rows.len();
        if is_row {
            group.viewport.selected = at;
        }
        is_row
    }

    pub(super) fn choice(&self) -> Option<FacetChoice> {
        let (at, row) = self.current().selected()?;
        Some(match self.current().field {
            None => FacetChoice::Apply(at),
            Some("date") => FacetChoice::Narrow(format!("date:{}", row.name)),
            Some(field) => FacetChoice::Narrow(format!("{field}:{}", quoted(&row.name))),
        })
    }
}
