//! The facets: a pane of values that can be ticked to narrow the list, each with its number of
//! articles, and the saved searches.
//!
//! What is typed narrows the group that has the keys. The ticks are read from the query of the list
//! and written into it, so that there is no second state.

use std::collections::HashSet;

use super::layout::{Focus, ScreenRect, TitledRect};
use super::number::thousands;
use super::prompt::{Prompt, PromptKind};
use super::viewport::{Items, Motion, Viewport};
use crate::catalog::{
    FacetKind, Facets, Query, SavedSearch, Tier, facet_key, ticked, tiers_of_names,
};
use crate::locale::translated;
use crate::typeset::{self, Ambiguous};

/// The least columns of a group. Groups for which there is no room are off the screen.
const LEAST_COLUMNS: u16 = 15;
/// The number of saved searches that have a key, `Alt-1` and on.
pub(super) const KEYS: usize = 9;
/// The groups from left to right.
const GROUPS: [(&str, Option<FacetKind>); 4] = [
    (message!("Saved"), None),
    (message!("Tags"), Some(FacetKind::Tag)),
    (message!("Sources"), Some(FacetKind::Source)),
    (message!("Months"), Some(FacetKind::Month)),
];

/// A row of a group.
#[derive(Clone, Debug)]
pub(crate) struct FacetRow {
    /// The digit of its key with Alt, if it is a saved search that has one.
    pub(crate) key: Option<usize>,
    pub(crate) name: String,
    /// The name as it is compared.
    folded: String,
    /// The query of a saved search, if its name is another.
    pub(crate) query: Option<String>,
    /// The number of its articles; none for a saved search, or if there are none.
    pub(crate) count: Option<u32>,
    pub(crate) is_ticked: bool,
}

/// A group of facets: the saved searches, or the values of a field.
#[derive(Clone, Debug)]
pub(crate) struct FacetGroup {
    pub(super) name: &'static str,
    /// What its values are; none for the saved searches.
    kind: Option<FacetKind>,
    rows: Vec<FacetRow>,
    /// The rows that are shown, in order, as indices.
    shown: Vec<usize>,
    /// The ticked values that are shown first: those of the moment when the text was typed, so that
    /// no row moves while it is ticked.
    first: HashSet<String>,
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
    /// Ticks a value, or ends that.
    Toggle(FacetKind, String),
}

/// The facets, while they are shown.
#[derive(Clone, Debug)]
pub(crate) struct FacetsPane {
    pub(crate) groups: [FacetGroup; 4],
    /// What is typed to narrow the current group.
    pub(super) prompt: Prompt,
    asked: Option<u32>,
    is_outdated: bool,
    /// The index of the group that has the keys.
    current: usize,
    /// Where it is drawn: in place of the article, or of the only pane.
    pub(crate) rect: TitledRect,
    /// The pane that had the keys before, and whether only the article was shown; none once the
    /// list was narrowed.
    pub(super) opened_from: Option<(Focus, bool)>,
    /// Whether a value was ticked, so that Enter ticks no other.
    pub(super) has_ticked: bool,
}

impl Items for FacetGroup {
    fn count(&self) -> usize {
        self.shown.len()
    }

    fn rows_of(&self, item: usize) -> usize {
        let is_last = item + 1 == self.shown.len();
        1 + usize::from(is_last && self.left_out > 0 && self.viewport.rows > 1)
    }
}

impl FacetGroup {
    pub(crate) const fn is_saved(&self) -> bool {
        self.kind.is_none()
    }

    /// The number of all values, and that of those that are shown.
    pub(crate) const fn counts(&self) -> (u64, u64) {
        let all = self.rows.len() as u64 + self.left_out as u64;
        (all, self.shown.len() as u64)
    }

    /// The rows on the screen, each with whether it is selected; none for the line that says how
    /// many have no row.
    pub(crate) fn visible(&self) -> impl Iterator<Item = Option<(&FacetRow, bool)>> {
        let selected = self.viewport.selected;
        let visible = self.viewport.visible(self);
        visible.map(move |(at, row)| (row == 0).then(|| (self.row(at), at == selected)))
    }

    /// Its name and what is typed in it, for its first row; what is typed has priority.
    pub(crate) fn heading<'a>(&'a self, typed: &'a str, columns: u16) -> [&'a str; 3] {
        let width = |text: &str| typeset::columns(text, Ambiguous::Narrow);
        let name = translated(self.name);
        let room = usize::from(columns).saturating_sub(width(name) + 6);
        match typed {
            "" => [name, "", ""],
            typed if width(typed) <= room => [name, " / ", typed],
            typed => ["", "/ ", typed],
        }
    }

    fn row(&self, at: usize) -> &FacetRow {
        &self.rows[self.shown[at]]
    }

    fn selected(&self) -> Option<(usize, &FacetRow)> {
        let &at = self.shown.get(self.viewport.selected)?;
        Some((at, &self.rows[at]))
    }

    /// Replaces the rows. The selected value stays selected if it is still there.
    fn set_rows(&mut self, rows: Vec<FacetRow>, query: &Query, typed: &str) {
        let selected = self.selected().map(|(_, row)| row.folded.clone());
        self.rows = rows;
        self.tick(query);
        let width = |text: &str| typeset::columns(text, Ambiguous::Narrow);
        let columns = self.rows.iter().map(|row| {
            let query = row.query.as_deref().map_or(0, |query| width(query) + 2);
            let count = thousands(row.count.unwrap_or(0)).len();
            width(&row.name) + query + count + 6
        });
        self.columns = columns.max().unwrap_or(0).min(60) as u16;
        self.show(typed);
        let mut shown = (0..self.shown.len()).map(|at| Some(&self.row(at).folded));
        if let Some(at) = shown.position(|name| name.is_some() && name == selected.as_ref()) {
            self.viewport = self.viewport.select(at, self);
        }
    }

    /// Ticks the values that a query requires. Those that were not counted get rows too.
    fn tick(&mut self, query: &Query) {
        let Some(kind) = self.kind else { return };
        let names = ticked(query, kind);
        let mut missing: HashSet<&String> = names.iter().collect();
        for row in &mut self.rows {
            row.is_ticked = missing.remove(&row.folded);
        }
        for name in names.iter().filter(|name| missing.contains(name)) {
            self.shown.push(self.rows.len());
            self.rows.push(FacetRow {
                is_ticked: true,
                ..FacetRow::value(name.clone(), None)
            });
        }
    }

    /// Narrows the rows by what is typed, and selects the best match. The ticked values come first
    /// from now on.
    fn narrow(&mut self, typed: &str) {
        let ticked = self.rows.iter().filter(|row| row.is_ticked);
        self.first = ticked.map(|row| row.folded.clone()).collect();
        let best = self.show(typed);
        self.viewport = self.viewport.select(best, self);
    }

    /// Shows the rows that match what is typed, the best matches first, after the ticked ones.
    /// Returns the position of the best match.
    fn show(&mut self, typed: &str) -> usize {
        let is_first = |at: &usize| self.first.contains(&self.rows[*at].folded);
        let names = self.rows.iter().map(|row| row.folded.as_str());
        let tiers = match typed {
            "" => vec![Tier::Exact; self.rows.len()],
            typed => tiers_of_names(typed, names),
        };
        let mut shown: Vec<usize> = (0..self.rows.len())
            .filter(|at| tiers[*at] != Tier::None || is_first(at))
            .collect();
        shown.sort_by_key(|at| if is_first(at) { Tier::None } else { tiers[*at] });
        let matches = (0..shown.len()).filter(|at| tiers[shown[*at]] != Tier::None);
        let best = matches.min_by_key(|at| tiers[shown[*at]]);
        self.shown = shown;
        self.viewport = self.viewport.reveal(self);
        best.unwrap_or(0)
    }
}

impl FacetRow {
    fn value(name: String, count: Option<u32>) -> Self {
        Self {
            key: None,
            folded: facet_key(&name),
            name,
            query: None,
            count,
            is_ticked: false,
        }
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
    pub(super) fn new(saved: &[SavedSearch], query: &Query, opened_from: (Focus, bool)) -> Self {
        let group = |(name, kind)| FacetGroup {
            name,
            kind,
            rows: Vec::new(),
            shown: Vec::new(),
            first: HashSet::new(),
            left_out: 0,
            columns: 0,
            viewport: Viewport::default(),
        };
        let mut pane = Self {
            groups: GROUPS.map(group),
            prompt: Prompt::new(PromptKind::Facets, ""),
            asked: None,
            is_outdated: true,
            current: usize::from(saved.is_empty()),
            rect: TitledRect::default(),
            opened_from: Some(opened_from),
            has_ticked: false,
        };
        pane.set_saved(saved);
        for group in &mut pane.groups {
            group.tick(query);
            group.narrow("");
        }
        pane
    }

    /// What is typed to narrow the current group.
    pub(crate) fn typed(&self) -> &str {
        self.prompt.text()
    }

    /// What narrows a group.
    fn typed_in(&self, group: usize) -> &str {
        if group == self.current {
            self.typed()
        } else {
            ""
        }
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

    /// The cell of the selected row, or with `is_typing` the one where the next letter comes.
    pub(super) fn cursor(&self, is_typing: bool) -> (u16, u16) {
        let mut placed = self.placed();
        let rect = placed
            .find(|(group, _)| *group == self.current)
            .map_or(self.rect.body, |(_, rect)| rect);
        if is_typing {
            let heading = self.current().heading(self.typed(), rect.columns);
            let columns = typeset::columns(&heading.concat(), Ambiguous::Narrow) as u16;
            let x = (1 + columns).min(rect.columns.saturating_sub(1));
            return (rect.x + x, rect.y);
        }
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

    /// Follows the query of the list: shows its ticks, and asks for the counts again.
    pub(super) fn set_query(&mut self, query: &Query) {
        for group in &mut self.groups {
            group.tick(query);
        }
        self.outdate();
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

    /// Applies the counts, unless they answer an older request. `query` is that of the list.
    pub(super) fn apply_counts(&mut self, number: u32, facets: Facets, query: &Query) {
        if self.asked != Some(number) {
            return;
        }
        self.asked = None;
        let counts = [facets.tags, facets.sources, facets.months];
        for (at, (counts, left_out)) in (1..).zip(counts.into_iter().zip(facets.left_out)) {
            let typed = self.typed_in(at).to_owned();
            let rows = counts.into_iter();
            let rows = rows.map(|(name, count)| FacetRow::value(name, Some(count)));
            self.groups[at].left_out = left_out;
            self.groups[at].set_rows(rows.collect(), query, &typed);
        }
    }

    pub(super) fn set_saved(&mut self, saved: &[SavedSearch]) {
        let rows = saved.iter().enumerate().map(|(at, search)| FacetRow {
            key: Some(at + 1).filter(|&key| key <= KEYS),
            query: Some(search.query.clone()).filter(|query| *query != search.name),
            ..FacetRow::value(search.name.clone(), None)
        });
        let typed = self.typed_in(0).to_owned();
        self.groups[0].set_rows(rows.collect(), &Query::default(), &typed);
        if !self.is_drawn(self.current) {
            self.change_group(1);
        }
    }

    /// Narrows the current group by what was typed.
    pub(super) fn narrow(&mut self) {
        let typed = self.typed().to_owned();
        self.groups[self.current].narrow(&typed);
    }

    /// Clears what was typed; `false` if nothing was.
    pub(super) fn clear(&mut self) -> bool {
        let was_typed = !self.typed().is_empty();
        if was_typed {
            self.prompt = Prompt::new(PromptKind::Facets, "");
            self.narrow();
        }
        was_typed
    }

    pub(super) fn selected_search(&self) -> Option<usize> {
        let group = Some(self.current()).filter(|group| group.is_saved())?;
        Some(group.selected()?.0)
    }

    /// Moves to another group, around the ends.
    pub(super) fn change_group(&mut self, by: isize) {
        self.clear();
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
        if group != self.current {
            self.clear();
        }
        self.current = group;
        let group = &mut self.groups[group];
        let Some(line) = usize::from(row - rect.y).checked_sub(1) else {
            return false;
        };
        let at = group.viewport.top.item + line;
        let is_row = at < group.shown.len();
        if is_row {
            group.viewport.selected = at;
        }
        is_row
    }

    pub(super) fn choice(&self) -> Option<FacetChoice> {
        let (at, row) = self.current().selected()?;
        Some(match self.current().kind {
            None => FacetChoice::Apply(at),
            Some(kind) => FacetChoice::Toggle(kind, row.name.clone()),
        })
    }

    /// Whether the selected value is ticked.
    pub(super) fn is_ticked(&self) -> bool {
        let selected = self.current().selected();
        selected.is_some_and(|(_, row)| row.is_ticked)
    }
}
