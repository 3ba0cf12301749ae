//! What filters the list, and what is done on the search screen.

use super::{focus, set_status, times};
use crate::catalog::{Bare, Query, Request, SNIPPETS_PER_ARTICLE};
use crate::reader::key::{Code, Key};
use crate::reader::keymap::{self, Action, Contexts};
use crate::reader::layout::Focus;
use crate::reader::message::Effect;
use crate::reader::model::Model;

/// Filters by what is in the input line, if it can be understood; else the last good result stays.
pub(in crate::reader) fn filter_as_typed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut model.prompt else { return };
    if let Some(query) = prompt.query(Bare::Word) {
        let text = prompt.text().to_owned();
        set_filter(model, &text, query, effects);
    }
}

/// Filters by a query that was understood.
pub(in crate::reader) fn set_filter(model: &mut Model, text: &str, query: Query, effects: &mut Vec<Effect>) {
    model.list.set_filter(text, query);
    if let Some(facets) = &mut model.facets {
        facets.outdate();
    }
    ask_again(model, effects);
    model.follow_selection(effects);
}

/// Shows the whole list again, with the old selection or with the one made since.
pub(in crate::reader) fn end_filter(model: &mut Model, keep_selection: bool, effects: &mut Vec<Effect>) {
    model.list.end_filter(keep_selection);
    if let Some(facets) = &mut model.facets {
        facets.outdate();
    }
    ask_again(model, effects);
    model.follow_selection(effects);
}

/// Says that the library changed, so that what was asked of it has to be asked again.
pub(in crate::reader) fn outdate(model: &mut Model, effects: &mut Vec<Effect>) {
    model.list.outdate_filter();
    model.search.outdate();
    if let Some(facets) = &mut model.facets {
        facets.outdate();
    }
    ask_again(model, effects);
}

/// Asks again what depends on marks, where any was made since it was asked.
pub(in crate::reader) fn follow_marks(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.list.take_marked() {
        return;
    }
    if model.list.filter_query().has_marks() {
        model.list.outdate_filter();
        if let Some(facets) = &mut model.facets {
            facets.outdate();
        }
    }
    // What a search found stays as it was: who comes back from a hit wants to find it there.
    ask_again(model, effects);
}

/// Asks what has to be asked and is not on its way: of each kind one question at a time, but for a query that is new.
pub(in crate::reader) fn ask_again(model: &mut Model, effects: &mut Vec<Effect>) {
    let number = model.number.wrapping_add(1);
    if let Some(query) = model.list.question(number) {
        effects.push(Effect::Library(Request::Filter { number, query }));
    }
    if model.facets.as_mut().is_some_and(|facets| facets.ask(number)) {
        effects.push(Effect::Library(Request::Facets { number, query: model.list.filter_query() }));
    }
    if let Some(query) = model.search.search_again(number) {
        effects.push(Effect::Library(Request::Search { number, query }));
    }
    if let Some((number, from, count)) = model.search.wanted_snippets() {
        effects.push(Effect::Library(Request::Snippets { number, from, count, most: SNIPPETS_PER_ARTICLE }));
    }
    model.number = number;
}

/// Opens the search screen as it was left.
pub(super) fn open_search(model: &mut Model, effects: &mut Vec<Effect>) {
    model.search.show(true);
    model.arrange();
    effects.push(Effect::Library(Request::WarmUp));
    ask_again(model, effects);
}

/// A key while the line of the search screen has the keys.
pub(in crate::reader) fn type_search(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    match keymap::action(Contexts::PROMPT, None, key) {
        None if key.code == Code::Backspace && model.search.prompt().text().is_empty() => model.search.show(false),
        None => {
            if model.search.prompt().edit(key) {
                search_as_typed(model, effects);
            }
        }
        Some(Action::NextMatch) => act_on_hits(model, Action::Down, None, effects),
        Some(Action::PreviousMatch) => act_on_hits(model, Action::Up, None, effects),
        Some(action @ (Action::Back | Action::Suspend | Action::QuitNow)) => {
            super::execute(model, action, None, effects)
        }
        Some(action) => act_on_hits(model, action, None, effects),
    }
}

/// Searches for what is in the line of the search screen, if it can be understood; else what was found stays.
pub(in crate::reader) fn search_as_typed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(query) = model.search.prompt().query(Bare::Text) else { return };
    model.number = model.number.wrapping_add(1);
    let number = model.number;
    if let Some(query) = model.search.search(query, number) {
        effects.push(Effect::Library(Request::Search { number, query }));
    }
}

/// What an action does on the search screen.
pub(super) fn act_on_hits(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    let (hits, by) = (&mut model.search, times(count));
    match action {
        Action::Down => hits.step(by),
        Action::Up => hits.step(-by),
        Action::HalfDown => hits.step_screen(by, 2),
        Action::HalfUp => hits.step_screen(-by, 2),
        Action::PageDown => hits.step_screen(by, 1),
        Action::PageUp => hits.step_screen(-by, 1),
        Action::Top => hits.start(),
        Action::End => hits.end(),
        Action::Leave => hits.type_in(!hits.is_typing()),
        Action::Help => return super::open(model, super::Popup::help()),
        Action::Enter => return open_hit(model, effects),
        _ => return,
    }
    ask_again(model, effects);
}

/// Opens the article of the hit that is selected, in its language and at its place.
pub(in crate::reader) fn open_hit(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some((id, hit)) = model.search.chosen() else { return };
    if !model.list.entries().holds(id) {
        return set_status(model, "This article is gone");
    }
    model.search.show(false);
    if model.list.select_entry(Some(id)) {
        let has_text = hit.as_ref().err().is_none_or(|text| !text.is_empty());
        let back = "Ctrl-f back to the hits";
        model.notice = Some(if has_text { format!("n N next, previous hit · {back}") } else { back.to_owned() });
    } else {
        // What is read is always selected in the list.
        end_filter(model, true, effects);
        model.list.select_entry(Some(id));
        set_status(model, "Filter cleared: it hid this article · Ctrl-f: back to results");
    }
    if let Ok(snippet) = &hit
        && !model.is_parallel
    {
        super::prefer(model, snippet.place.side);
    }
    model.hit = Some((id, hit));
    model.follow_selection(effects);
    focus(model, Focus::Article);
}
