//! The list of articles: in which order, through which filter, which one is selected, and which
//! rows are on the screen.
//!
//! Only sorting, merging and filtering take time in proportion to the length of the list. The rows
//! on the screen follow from the entry at the top: a line with a day is above the first of several
//! entries of that day. An entry alone on its day has the day at the end of its row.

mod filter;
mod updates;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil;

use super::day::relative_day;
use super::layout::ScreenRect;
use super::viewport::{Items, Motion, Viewport};
use crate::catalog::{
    ArticleCheck, Attention, Entries, Entry, EntryId, EntryStore, Mark, Marks, Order,
};
use crate::text::{Language, is_han};
use crate::typeset::{Ambiguous, columns, cut};
use filter::Filter;

/// From this width on dates are written in full, and the view shows source and tags beside titles.
pub(crate) const WIDE_LIST: u16 = 58;
/// How many articles of the page of a day are checked, whether they are on the screen or not.
const MOST_CHECKED: usize = 500;
/// The columns before a title, for its marks.
pub(crate) const MARK_COLUMNS: u16 = 2;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The line above several articles of a day; no day for articles without one.
    Day(Option<civil::Date>),
    /// The line above the articles of a source, on the page of a day: that of this article.
    Source(EntryId),
    /// The first row of an article: its title, and in a dense list its date.
    Title(EntryId),
    /// The second row of an article in a roomy list: source, tags and date.
    Detail(EntryId),
    /// The rest of the selected title, where no article beside the list shows it.
    Rest(EntryId),
}

/// How the list is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ListStyle {
    /// Whether an article has a second row with source and tags.
    pub(super) is_roomy: bool,
    /// Whether a selected title that is too long goes on in a second row.
    pub(super) wraps_selected: bool,
    pub(super) ambiguous: Ambiguous,
    pub(super) today: Option<civil::Date>,
}

/// What the selection stays with when entries come and go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Selection {
    /// The first row: nothing is chosen, and the first scan may find newer articles.
    #[default]
    FirstRow,
    /// The first row, until the first scan finds the article of this path, which was selected at
    /// the last visit.
    Awaited(PathBuf),
    /// The selected article, although it was not chosen: the first scan has ended.
    Settled,
    Chosen,
    /// This article, whose file is gone: it is selected again if it comes back before another is
    /// chosen.
    Lost(EntryId),
}

/// The list. The view draws [`Self::rows`].
#[derive(Clone, Debug, Default)]
pub struct List {
    entries: Entries,
    order: Order,
    language: Language,
    /// All entries in order.
    sorted: Vec<EntryId>,
    filter: Option<Filter>,
    viewport: Viewport,
    selection: Selection,
    /// The entries that are selected together, from the one where that began to the selected one.
    extended: Vec<EntryId>,
    columns: u16,
    style: ListStyle,
    /// The year of the newest entry. In a narrow list, days of it are written without it.
    year: Option<i16>,
    /// The number of unread entries, shown or not.
    unread: usize,
    marks: Marks,
    /// Whether any mark has changed that answers do not know of yet.
    marks_changed: bool,
    /// When the last visit ended, in milliseconds since 1970.
    last_visit: Option<i64>,
    /// The number of entries that are new since then.
    new: usize,
    /// What the checks say about the articles.
    checks: HashMap<EntryId, ArticleCheck>,
    /// The entries whose check was requested last.
    asked_checks: HashSet<EntryId>,
}

impl List {
    pub(super) fn new(entries: Entries, language: Language) -> Self {
        Self {
            entries,
            language,
            ..Self::default()
        }
    }

    pub const fn entries(&self) -> &Entries {
        &self.entries
    }

    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        self.entries.get(id)
    }

    /// What the reader did with the articles.
    pub const fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Whether the languages of an article are known to disagree on a figure.
    pub fn has_mismatch(&self, id: EntryId) -> bool {
        self.checks.get(&id).is_some_and(|check| check.disagrees)
    }

    /// What a check notes about an article, as far as that is known.
    pub fn notes(&self, id: EntryId) -> &[String] {
        self.checks.get(&id).map_or(&[], |check| &check.notes)
    }

    /// Whether an article is unread and newer than the last visit.
    pub fn is_new(&self, id: EntryId) -> bool {
        let since = |last| {
            self.entries
                .times(id)
                .modified
                .is_some_and(|modified| modified > last)
        };
        self.is_unread(id) && self.last_visit.is_some_and(since)
    }

    pub const fn new_count(&self) -> usize {
        self.new
    }

    pub const fn order(&self) -> Order {
        self.order
    }

    pub fn len(&self) -> usize {
        self.shown().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub const fn position(&self) -> usize {
        self.viewport.selected
    }

    pub fn selected(&self) -> Option<EntryId> {
        self.shown().get(self.viewport.selected).copied()
    }

    /// The entries that are shown, in order.
    pub(crate) fn shown(&self) -> &[EntryId] {
        self.filter
            .as_ref()
            .and_then(|filter| filter.shown.as_deref())
            .unwrap_or(&self.sorted)
    }

    fn position_of(&self, id: Option<EntryId>) -> Option<usize> {
        let id = id?;
        self.shown().iter().position(|&other| other == id)
    }

    pub(super) fn unread(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.shown()
            .iter()
            .copied()
            .filter(|&id| self.is_unread(id))
    }

    pub(crate) fn is_unread(&self, id: EntryId) -> bool {
        self.marks.get(id).attention == Attention::Unread
    }

    /// The position of an unread entry, counted from the selection; the last one in that direction
    /// if there are fewer. If there is none, the first from the other end, with `true`.
    pub(super) fn unread_from(&self, by: isize) -> Option<(usize, bool)> {
        let shown = self.shown();
        let is_unread = |&at: &usize| self.is_unread(shown[at]);
        let times = by.unsigned_abs().max(1);
        let (here, all) = (self.position().min(shown.len()), shown.len());
        let (ahead, around) = if by > 0 {
            let ahead = (here + 1..all).filter(is_unread).take(times).last();
            (ahead, (0..here).find(is_unread))
        } else {
            let ahead = (0..here).rev().filter(is_unread).take(times).last();
            (ahead, (here + 1..all).rev().find(is_unread))
        };
        ahead.map(|at| (at, false)).or(around.map(|at| (at, true)))
    }

    pub(super) fn place(&mut self, rect: ScreenRect, style: ListStyle) {
        self.columns = rect.columns;
        self.style = style;
        self.viewport.rows = rect.rows.into();
        self.viewport = self.viewport.reveal(self);
    }

    pub(super) fn go(&mut self, motion: Motion) {
        self.select(self.viewport.go(motion, self).selected);
    }

    /// The entries that are selected together; none if only one is selected.
    pub fn several(&self) -> &[EntryId] {
        let is_in = |id| self.extended.contains(&id);
        let is_several = self.extended.len() > 1 && self.selected().is_some_and(is_in);
        if is_several { &self.extended } else { &[] }
    }

    /// Selects the entries from the one where the selection began to the one at a position.
    pub(super) fn extend_to(&mut self, position: usize) {
        let first = self.several().first().copied().or(self.selected());
        self.select(position);
        let end = self.position();
        let start = self.position_of(first).unwrap_or(end);
        let range = start.min(end)..=start.max(end);
        self.extended = self.shown().get(range).unwrap_or_default().to_vec();
        if end < start {
            self.extended.reverse();
        }
    }

    /// Leaves only one entry selected; `false` if no other was.
    pub(super) fn end_several(&mut self) -> bool {
        let is_ended = !self.several().is_empty();
        self.extended.clear();
        is_ended
    }

    /// Selects the entry at a position, the last one if there are fewer.
    pub(super) fn select(&mut self, position: usize) {
        self.extended.clear();
        self.viewport.selected = position.min(self.len().saturating_sub(1));
        self.choose_selected();
        self.viewport = self.viewport.reveal(self);
    }

    /// Selects an entry; `false` if it is not shown.
    pub(super) fn select_entry(&mut self, id: Option<EntryId>) -> bool {
        let Some(position) = self.position_of(id) else {
            return false;
        };
        let top = self.viewport.top;
        self.select(position);
        if self.viewport.top != top {
            // It was off the screen: show its neighbours on both sides.
            self.viewport = self.viewport.center(self);
        }
        true
    }

    /// The reader chose the selected entry, so the selection stays with it.
    pub(super) fn choose_selected(&mut self) {
        self.selection = Selection::Chosen;
        self.release_kept();
        self.keep_selected_in_filter();
    }

    /// Starts with the entries of the index, in an order, with titles in a language.
    pub(super) fn open(
        &mut self,
        store: Option<Arc<dyn EntryStore>>,
        order: Order,
        language: Language,
    ) {
        if let Some(store) = store {
            self.entries.rebase(store);
        }
        self.order = order;
        self.language = language;
        self.resort();
    }

    /// Replaces all stores of entries by one.
    pub(super) fn rebase(&mut self, store: Arc<dyn EntryStore>) {
        self.entries.rebase(store);
    }

    pub(super) fn mark(&mut self, id: EntryId, mark: Mark) {
        let was_new = self.is_new(id);
        if self.entries.contains(id) {
            let now = usize::from(mark.attention == Attention::Unread);
            self.unread = (self.unread + now).saturating_sub(usize::from(self.is_unread(id)));
        }
        self.marks.set(id, mark);
        self.marks_changed = true;
        let is_new = self.is_new(id);
        self.new = (self.new + usize::from(is_new)).saturating_sub(usize::from(was_new));
    }

    /// Notes that marks or highlights have changed.
    pub(super) const fn marks_changed(&mut self) {
        self.marks_changed = true;
    }

    /// Whether any mark has changed since the last call.
    pub(super) const fn take_marks_changed(&mut self) -> bool {
        std::mem::replace(&mut self.marks_changed, false)
    }

    pub(super) fn set_last_visit(&mut self, last_visit: Option<i64>) {
        self.last_visit = last_visit;
        let modified = last_visit.map(|last| {
            self.entries
                .modified_since(last, &(0..self.entries.bound()))
        });
        self.new = modified
            .into_iter()
            .flatten()
            .filter(|&id| self.is_unread(id))
            .count();
    }

    /// Changes to the next order. The selection stays with its article if it was chosen.
    pub(super) fn sort_next(&mut self) {
        self.order = self.order.next();
        self.resort();
    }

    pub(super) fn set_language(&mut self, language: Language) {
        self.language = language;
        if self.order == Order::Title {
            self.resort();
        }
    }

    fn resort(&mut self) {
        let is_chosen = matches!(self.selection, Selection::Chosen | Selection::Lost(_));
        let selected = self.selected().filter(|_| is_chosen);
        self.sorted = self.entries.sorted(self.order, self.language);
        self.recount();
        self.refilter();
        self.viewport.selected = self.position_of(selected).unwrap_or(0);
        self.viewport = self.viewport.center(self);
    }

    /// Counts the unread entries, and finds the newest year.
    fn recount(&mut self) {
        let is_unread = |&&id: &&EntryId| self.is_unread(id);
        self.unread = self.sorted.iter().filter(is_unread).count();
        let year = |&id: &EntryId| Some(self.entries.day(id)?.year());
        if self.order == Order::Date {
            self.year = self.sorted.first().and_then(year);
        } else if self.year.is_none() {
            self.year = self.sorted.iter().filter_map(year).max();
        }
    }
}

impl Items for List {
    fn count(&self) -> usize {
        self.len()
    }

    fn rows_of(&self, item: usize) -> usize {
        let has_second = self.has_detail(item) || self.title_break(item).is_some();
        1 + usize::from(self.has_heading(item)) + usize::from(has_second)
    }

    fn main_row(&self, item: usize) -> usize {
        usize::from(self.has_heading(item))
    }
}

impl List {
    /// The rows on the screen.
    pub fn rows(&self) -> impl Iterator<Item = ListRow> + '_ {
        self.placed_rows().map(|(_, row)| row)
    }

    /// The rows on the screen, each with the position of its entry.
    pub(crate) fn placed_rows(&self) -> impl Iterator<Item = (usize, ListRow)> + '_ {
        let visible = self.viewport.visible(self);
        visible.map(|(index, line)| (index, self.row(index, line)))
    }

    /// The number of unread articles, shown or not.
    pub const fn unread_count(&self) -> usize {
        self.unread
    }

    /// The shares of the list, 0 to 1, at the upper and the lower edge of the screen, for a
    /// scrollbar.
    pub fn bar(&self) -> (f32, f32) {
        self.viewport.bar(self)
    }

    /// The row of the selected entry's title, if it is on the screen.
    pub(super) fn selected_row(&self) -> Option<u16> {
        let selected = self.selected()?;
        self.rows()
            .position(|row| row == ListRow::Title(selected))
            .map(|row| row as u16)
    }

    pub(super) fn entry_at_row(&self, row: u16) -> Option<usize> {
        let (index, line) = self.viewport.visible(self).nth(row.into())?;
        (!matches!(self.row(index, line), ListRow::Day(_) | ListRow::Source(_))).then_some(index)
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, self);
    }

    /// The entries on the screen, or of the page of a day, and the open one, that are not checked yet, unless they were requested last
    /// time.
    pub(super) fn take_check_request(
        &mut self,
        is_shown: bool,
        open: Option<EntryId>,
    ) -> Option<Vec<EntryId>> {
        let title = |row| match row {
            ListRow::Title(id) => Some(id),
            ListRow::Day(_) | ListRow::Source(_) | ListRow::Detail(_) | ListRow::Rest(_) => None,
        };
        let is_unknown = |id: &EntryId| !self.checks.contains_key(id);
        let of_day = self.day().map_or(&[][..], |_| self.shown());
        let rows = self.rows().filter(|_| is_shown);
        let open = open.filter(|id| self.entries.contains(*id));
        let ids = open.into_iter().chain(rows.filter_map(title));
        let mut ids: Vec<EntryId> = ids.filter(is_unknown).collect();
        ids.extend(of_day.iter().filter(|id| is_unknown(id)).take(MOST_CHECKED));
        // What was requested with others is on its way.
        if ids.iter().all(|id| self.asked_checks.contains(id)) {
            return None;
        }
        self.asked_checks = ids.iter().copied().collect();
        Some(ids)
    }

    pub(super) fn apply_checks(&mut self, checks: Vec<ArticleCheck>) {
        self.checks
            .extend(checks.into_iter().map(|check| (check.id, check)));
    }

    /// Whether the languages of an article disagree on a figure has changed.
    pub(super) fn set_mismatch(&mut self, id: EntryId, disagrees: bool) {
        let check = self.checks.entry(id).or_insert(ArticleCheck {
            id,
            disagrees,
            minutes: [0; 2],
            notes: Vec::new(),
        });
        check.disagrees = disagrees;
    }

    fn row(&self, index: usize, line: usize) -> ListRow {
        let id = self.shown()[index];
        match (self.has_heading(index), line) {
            (true, 0) if self.day().is_some() => ListRow::Source(id),
            (true, 0) => ListRow::Day(self.entries.day(id)),
            (true, 1) | (false, 0) => ListRow::Title(id),
            _ if self.style.is_roomy => ListRow::Detail(id),
            _ => ListRow::Rest(id),
        }
    }

    /// Whether a line is above an entry: it is the first of several of a day, or on the page of a day the first of a
    /// source.
    fn has_heading(&self, index: usize) -> bool {
        if self.day().is_some() {
            let source = |index: usize| self.entries.source(*self.shown().get(index)?);
            return match index.checked_sub(1) {
                Some(before) => source(before) != source(index),
                None => source(index).is_some(),
            };
        }
        let is_first = || {
            index
                .checked_sub(1)
                .is_none_or(|before| !self.is_same_day(before, index))
        };
        self.order == Order::Date && self.is_same_day(index, index + 1) && is_first()
    }

    fn is_same_day(&self, one: usize, other: usize) -> bool {
        let day = |index: usize| Some(self.entries.day(*self.shown().get(index)?));
        day(one).is_some_and(|of_one| day(other) == Some(of_one))
    }

    /// Whether an entry is under a line with its day.
    fn is_under_day(&self, index: usize) -> bool {
        let is_after = |before| self.is_same_day(before, index);
        let has_line = self.has_heading(index);
        self.day().is_some()
            || self.order == Order::Date && (has_line || index.checked_sub(1).is_some_and(is_after))
    }

    /// Whether an entry has a second row: in a roomy list, if there is something to write on it.
    pub(crate) fn has_detail(&self, index: usize) -> bool {
        let fields = || self.entries.filter_fields(*self.shown().get(index)?);
        self.style.is_roomy
            && fields().is_some_and(|fields| {
                fields.source.is_some() || fields.tags.iter().next().is_some()
            })
    }

    /// The date at the end of an entry's row, on the page of a day after the minutes to read: the time of day under a line with the day, otherwise
    /// the day, by name if it is today or yesterday; the text of a date that could not be parsed.
    pub(crate) fn date_text(&self, index: usize) -> String {
        let Some(entry) = self.shown().get(index).and_then(|&id| self.entries.get(id)) else {
            return String::new();
        };
        let Some(moment) = entry.date.civil(self.entries.zone()) else {
            return cut(&entry.date.written, 10, self.style.ambiguous).into_owned();
        };
        if self.is_under_day(index) {
            let is_midnight = moment.time() == civil::Time::midnight();
            let format = if is_midnight { "" } else { "%H:%M" };
            let time = moment.strftime(format).to_string();
            return match self.shown().get(index).and_then(|&id| self.minutes(id)) {
                Some(minutes) if self.day().is_some() => {
                    let minutes = tr!("{count} min", count = minutes);
                    format!("{minutes} {time}").trim_end().to_owned()
                }
                _ => time,
            };
        }
        let format = match Some(moment.year()) == self.year {
            _ if self.columns >= WIDE_LIST => "%Y-%m-%d",
            true => "%m-%d",
            false => "%Y-%m",
        };
        let date = moment.strftime(format).to_string();
        let name = relative_day(moment.date(), self.style.today, self.language);
        // The name is shown where it needs no more room.
        name.filter(|name| columns(name, self.style.ambiguous) <= date.len())
            .map_or(date, str::to_owned)
    }

    /// Where the selected title goes on in a second row, as an index into it; none if it need not.
    pub(crate) fn title_break(&self, index: usize) -> Option<usize> {
        let ListStyle {
            is_roomy,
            wraps_selected,
            ambiguous,
            ..
        } = self.style;
        if is_roomy || !wraps_selected || index != self.viewport.selected {
            return None;
        }
        let entry = self.entries.get(*self.shown().get(index)?)?;
        let title = entry.titles.in_language(self.language);
        let date = match columns(&self.date_text(index), ambiguous) {
            0 => 1,
            date => date + 2,
        };
        let room = usize::from(self.columns.saturating_sub(MARK_COLUMNS)).saturating_sub(date);
        let start = cut(title, room, ambiguous);
        if room < 4 || start == title {
            return None;
        }
        let end = start.trim_end_matches('…').len();
        let is_in_word = !title[..end].ends_with(is_han) && !title[end..].starts_with(is_han);
        let word = title[..end].rfind(' ').map(|at| at + 1);
        let word = word.filter(|_| is_in_word);
        Some(word.unwrap_or(end)).filter(|&at| at > 0)
    }
}
