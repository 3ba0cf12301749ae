//! What is remembered: when an article counts as read, where its reader was, and how the library was looked at.
//!
//! Time arrives as messages: while something waits to be noticed or saved, one deadline of a second is asked for at a time.

use std::path::Path;
use std::time::Duration;

use super::commands::search;
use super::layout::Focus;
use super::message::Effect;
use super::model::Model;
use super::page::ScrollState;
use super::text_cache::Reading;
use crate::catalog::{
    self, Attention, Bare, EntryId, InitialState, LibraryState, LibraryView, Mark, Order, Query, Remembered, Request,
    SavedSearch,
};

/// One deadline.
const STEP: Duration = Duration::from_secs(1);
/// So many deadlines with the focus on a text make it read, or finished where its end is on the screen.
const STEPS: u8 = 2;
/// So many changes of marks can be undone.
const MOST_UNDONE: usize = 100;

/// What waits to be noticed or saved.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
#[derive(Debug, Default)]
pub(super) struct ReadTracker {
    /// Whether it is known what was remembered; before that nothing may take its place.
    is_open: bool,
    /// The number of the last deadline, and whether it is still to come.
    number: u32,
    is_waiting: bool,
    /// The article that has the focus, and whether its end is on the screen; since so many deadlines.
    target: Option<(EntryId, bool)>,
    steps: u8,
    /// Where the page stood, and the article whose place has not been saved.
    stand: Option<(EntryId, ScrollState)>,
    unsaved: Option<EntryId>,
    looked: Option<LibrarySnapshot>,
    is_library_unsaved: bool,
    /// The marks before each change made by hand.
    undo: Vec<Vec<(EntryId, Mark)>>,
    /// Whether it was asked if the whole list is to be marked read.
    pub(super) is_asking: bool,
}

/// How the library is looked at, cheap to compare after each key.
#[derive(Clone, Debug, PartialEq)]
struct LibrarySnapshot {
    selected: Option<EntryId>,
    order: Order,
    filter: Option<String>,
    view: LibraryView,
    searches: Vec<SavedSearch>,
}

/// Takes up what was remembered of the library.
pub(super) fn resume(model: &mut Model, opened: InitialState, effects: &mut Vec<Effect>) {
    let InitialState { shelf, state, selected, last_visit } = opened;
    model.saved_searches = state.searches;
    if let Some(view) = state.view.filter(|_| !model.settings.alone) {
        if !model.settings.is_language_chosen {
            model.settings.language = view.language;
        }
        model.settings.measure = view.measure.max(1);
        model.settings.pinyin = view.has_pinyin;
        model.is_parallel = view.is_parallel;
        model.alone = view.is_alone && selected.is_some();
        let is_in_article = view.is_in_article && selected.is_some();
        model.settings.focus = if is_in_article { Focus::Article } else { Focus::List };
    }
    model.list.open(shelf, state.order, model.settings.language);
    model.list.set_last_visit(last_visit);
    // First, so that it is selected too when the filter ends.
    let is_there = model.list.select_entry(selected);
    if let Some(path) = state.selected.filter(|_| !is_there) {
        model.list.seek(path);
    }
    if let Some((filter, Ok(query))) = state.filter.map(|filter| (filter.clone(), Query::parse(&filter, Bare::Word))) {
        if is_there {
            model.list.resume_filter(&filter, query);
        } else {
            model.list.set_filter(&filter, query);
        }
    }
    search::outdate(model, effects);
    model.arrange();
    model.follow_selection(effects);
    model.tracker.is_open = true;
    model.tracker.looked = Some(looked(model));
}

/// After each message: notices what has changed, and asks for a deadline where something waits.
pub(super) fn notice(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.tracker.is_open {
        return;
    }
    let stand = model.page.as_ref().map(|page| (page.id(), page.scroll_state()));
    let was = model.tracker.stand.take();
    let left = was.as_ref().map(|(id, _)| *id).filter(|id| Some(*id) != stand.as_ref().map(|(id, _)| *id));
    if left.is_some() && left == model.tracker.unsaved {
        save_article(model, effects);
    }
    if let (Some((id, now)), Some((before, was))) = (&stand, &was)
        && id == before
        && now != was
    {
        model.tracker.unsaved = Some(*id);
        if now.is_scrolled_from(was) && model.focus() == Focus::Article {
            attend(model, *id, Attention::Read, effects);
        }
    }
    model.tracker.stand = stand;
    let looked = looked(model);
    if model.tracker.looked.as_ref() != Some(&looked) {
        model.tracker.looked = Some(looked);
        model.tracker.is_library_unsaved = true;
    }
    let target = target(model);
    if target != model.tracker.target {
        save_article(model, effects);
        model.tracker.target = target;
        model.tracker.steps = 0;
        model.tracker.is_waiting = false;
    }
    wait(model, effects);
}

/// The article that has the focus, and whether its end is on the screen.
fn target(model: &Model) -> Option<(EntryId, bool)> {
    let has_focus =
        model.focus() == Focus::Article && !model.is_loading() && model.popup.is_none() && !model.search.is_open();
    model.page.as_ref().filter(|_| has_focus).map(|page| (page.id(), page.is_at_end()))
}

/// Asks for a deadline, if anything waits for one and none is to come.
fn wait(model: &mut Model, effects: &mut Vec<Effect>) {
    let marks = model.list.marks();
    let attending = &mut model.tracker;
    let is_noticing = attending.steps < STEPS
        && attending.target.is_some_and(|(id, is_end)| {
            let wanted = if is_end { Attention::Finished } else { Attention::Read };
            marks.get(id).attention < wanted
        });
    let has_work = is_noticing || attending.unsaved.is_some() || attending.is_library_unsaved;
    if has_work && !attending.is_waiting {
        attending.number = attending.number.wrapping_add(1);
        attending.is_waiting = true;
        effects.push(Effect::StartTimer { number: attending.number, after: STEP });
    }
}

/// A deadline has come.
pub(super) fn woken(model: &mut Model, number: u32, effects: &mut Vec<Effect>) {
    let attending = &mut model.tracker;
    if !attending.is_waiting || attending.number != number {
        return;
    }
    attending.is_waiting = false;
    attending.steps = attending.steps.saturating_add(1);
    if let Some((id, is_end)) = attending.target.filter(|_| attending.steps >= STEPS) {
        attend(model, id, if is_end { Attention::Finished } else { Attention::Read }, effects);
    }
    save_article(model, effects);
    remember_library(model, effects);
}

/// All that was not saved yet, at whatever ends the program.
pub fn flush_on_exit(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    save_article(model, &mut effects);
    remember_library(model, &mut effects);
    effects
}

/// Has it remembered how the library is looked at, if that has changed.
pub(super) fn remember_library(model: &mut Model, effects: &mut Vec<Effect>) {
    if !std::mem::take(&mut model.tracker.is_library_unsaved) {
        return;
    }
    let LibrarySnapshot { selected, order, filter, view, searches } = looked(model);
    let selected = || selected.and_then(|id| model.list.entry(id)).map(|entry| entry.path);
    let selected = model.list.sought().map(Path::to_owned).or_else(selected);
    effects.push(Effect::Library(Request::RememberLibrary(LibraryState {
        order,
        filter,
        selected,
        view: Some(view),
        searches,
    })));
}

fn looked(model: &Model) -> LibrarySnapshot {
    let view = LibraryView {
        language: model.settings.language,
        is_parallel: model.is_parallel,
        is_in_article: model.focus() == Focus::Article,
        is_alone: model.alone,
        has_pinyin: model.settings.pinyin,
        measure: model.settings.measure,
    };
    LibrarySnapshot {
        selected: model.list.selected(),
        order: model.list.order(),
        filter: model.list.query().filter(|query| !query.trim().is_empty()).map(str::to_owned),
        view,
        searches: model.saved_searches.clone(),
    }
}

/// An article was paid so much attention to; never less than before.
fn attend(model: &mut Model, id: EntryId, attention: Attention, effects: &mut Vec<Effect>) {
    let mark = model.list.marks().get(id);
    if mark.attention < attention {
        model.list.mark(id, Mark { attention, ..mark });
        remember(model, id, effects);
    }
}

fn save_article(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(id) = model.tracker.unsaved.take() {
        remember(model, id, effects);
    }
}

/// The pairs of the article shown were changed by hand.
pub(super) fn mended(model: &mut Model) {
    model.tracker.unsaved = model.page.as_ref().map(super::page::Page::id);
}

/// Has all remembered that is known of an article.
fn remember(model: &mut Model, id: EntryId, effects: &mut Vec<Effect>) {
    if model.page.as_ref().is_some_and(|page| page.id() == id) {
        model.remember_reading();
    }
    let reading = model.text_cache.reading(id);
    let reading = reading.map(|Reading { place, y }| catalog::Reading { place: place.clone(), row: *y });
    let mended = model.text_cache.mended(id);
    effects
        .push(Effect::Library(Request::Remember(id, Remembered { mark: model.list.marks().get(id), reading, mended })));
}

/// Changes marks by hand, as one step that can be undone.
pub(super) fn mark(model: &mut Model, marks: Vec<(EntryId, Mark)>, effects: &mut Vec<Effect>) {
    let before = marks.iter().map(|(id, _)| (*id, model.list.marks().get(*id))).collect();
    if model.tracker.undo.len() == MOST_UNDONE {
        model.tracker.undo.remove(0);
    }
    model.tracker.undo.push(before);
    set(model, marks, effects);
}

/// Undoes the last change of marks made by hand; the articles it was of, none where there is nothing left to undo.
pub(super) fn undo(model: &mut Model, effects: &mut Vec<Effect>) -> Vec<EntryId> {
    let before = model.tracker.undo.pop().unwrap_or_default();
    let undone = before.iter().map(|(id, _)| *id).collect();
    set(model, before, effects);
    undone
}

fn set(model: &mut Model, marks: Vec<(EntryId, Mark)>, effects: &mut Vec<Effect>) {
    for (id, mark) in marks {
        model.list.mark(id, mark);
        remember(model, id, effects);
    }
}
