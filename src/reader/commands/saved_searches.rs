//! What is done with facets and saved searches.

use super::{focus, prompt_keys, search, set_status, times};
use crate::catalog::{Bare, Query, SavedSearch, narrowed, quoted};
use crate::reader::facets::{FacetChoice, FacetsPane};
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::message::Effect;
use crate::reader::model::Model;
use crate::reader::prompt::PromptKind;

/// So many searches can be saved.
const MOST_SEARCHES: usize = 99;

/// Closes the facets, and goes back to where they were opened unless something was chosen; `false` where they are not open.
pub(super) fn close(model: &mut Model) -> bool {
    let Some(facets) = model.facets.take() else { return false };
    if let Some((from, alone)) = facets.opened_from() {
        model.alone = alone;
        focus(model, from);
    }
    true
}

/// Shows the facets.
pub(super) fn show(model: &mut Model, effects: &mut Vec<Effect>) {
    let from = (model.focus(), model.alone);
    // The list narrows while one chooses.
    model.alone = false;
    model.facets = Some(FacetsPane::new(&model.saved_searches, from));
    focus(model, Focus::List);
    search::ask_again(model, effects);
}

/// What an action does in the facets.
pub(super) fn act_on_facets(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    let Some(facets) = &mut model.facets else { return };
    let by = times(count);
    match action {
        Action::Down => facets.step(by),
        Action::Up => facets.step(-by),
        Action::HalfDown => facets.step_screen(by, 2),
        Action::HalfUp => facets.step_screen(-by, 2),
        Action::PageDown => facets.step_screen(by, 1),
        Action::PageUp => facets.step_screen(-by, 1),
        Action::Top => facets.step(isize::MIN),
        Action::End => facets.step(isize::MAX),
        Action::Left => facets.turn(-by),
        Action::Right => facets.turn(by),
        Action::Enter => choose(model, effects),
        Action::Find => {
            facets.stay_in_list();
            prompt_keys::open(model, PromptKind::Filter);
        }
        Action::SaveSearch => save(model),
        Action::RenameSearch => rename(model),
        Action::DeleteSearch => delete(model),
        Action::Help => super::open(model, super::Popup::help()),
        Action::Facets => drop(close(model)),
        _ => {}
    }
}

/// Narrows the list by the row that is selected, or applies a saved search.
pub(in crate::reader) fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(facets) = &mut model.facets else { return };
    let Some(choice) = facets.choice() else { return };
    facets.stay_in_list();
    match choice {
        FacetChoice::Apply(at) => apply(model, at, effects),
        FacetChoice::Narrow(field, value) => {
            let value = if field == "date" { value } else { quoted(&value) };
            let query = narrowed(model.list.query().unwrap_or_default(), &format!("{field}:{value}"));
            filter_by(model, &query, effects);
        }
    }
}

/// Filters by a saved search, counted from 0.
pub(super) fn apply(model: &mut Model, at: usize, effects: &mut Vec<Effect>) {
    let Some(SavedSearch { name, query }) = model.saved_searches.get(at).cloned() else {
        return set_status(model, &format!("No search is saved under Alt-{}; S saves the filter", at + 1));
    };
    if let Some(facets) = &mut model.facets {
        facets.stay_in_list();
    }
    model.alone = false;
    focus(model, Focus::List);
    set_status(model, &name);
    filter_by(model, &query, effects);
}

fn filter_by(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    match Query::parse(text, Bare::Word) {
        Ok(query) => search::set_filter(model, text, query, effects),
        Err(mistake) => set_status(model, &format!("Not understood: {text}: {}", mistake.reason)),
    }
}

/// Asks for a name to save the filter under.
pub(super) fn save(model: &mut Model) {
    if model.list.query().is_none_or(|query| query.trim().is_empty()) {
        set_status(model, "Nothing to save: set a filter with / first");
    } else if model.saved_searches.len() >= MOST_SEARCHES {
        set_status(model, &format!("{MOST_SEARCHES} searches are saved already; F deletes some"));
    } else {
        prompt_keys::open(model, PromptKind::Save);
    }
}

fn rename(model: &mut Model) {
    if model.facets.as_ref().and_then(FacetsPane::selected_search).is_some() {
        prompt_keys::open(model, PromptKind::Rename);
    } else {
        set_status(model, "Only saved searches can be renamed");
    }
}

/// The name to begin with in an input line for one.
pub(in crate::reader) fn name_to_edit(model: &Model, kind: PromptKind) -> String {
    let selected = || model.facets.as_ref().and_then(FacetsPane::selected_search);
    match kind {
        PromptKind::Rename => selected().and_then(|at| model.saved_searches.get(at)).map(|search| search.name.clone()),
        _ => model.list.query().map(|query| query.trim().to_owned()),
    }
    .unwrap_or_default()
}

/// Takes the name from the input line. A search of that name gives way to the one that is saved.
pub(in crate::reader) fn take_name(model: &mut Model, kind: PromptKind, name: &str) {
    let name = name.trim();
    if name.is_empty() {
        return set_status(model, "A search needs a name");
    }
    let same = model.saved_searches.iter().position(|search| search.name == name);
    let selected = model.facets.as_ref().and_then(FacetsPane::selected_search);
    let at = match (kind, selected) {
        (PromptKind::Rename, Some(at)) if same.is_none_or(|same| same == at) => {
            name.clone_into(&mut model.saved_searches[at].name);
            at
        }
        (PromptKind::Rename, _) => return set_status(model, "Another search has this name"),
        _ => {
            let query = model.list.query().unwrap_or_default().trim().to_owned();
            let search = SavedSearch { name: name.to_owned(), query };
            let at = same.unwrap_or(model.saved_searches.len());
            if at < model.saved_searches.len() {
                model.saved_searches[at] = search;
            } else {
                model.saved_searches.push(search);
            }
            at
        }
    };
    if kind == PromptKind::Rename {
        set_status(model, &format!("Renamed: {name}"));
        return changed(model);
    }
    let key = if at < crate::reader::facets::KEYS { format!(" on Alt-{}", at + 1) } else { String::new() };
    set_status(model, &format!("Saved{key}: {name}"));
    changed(model);
}

fn delete(model: &mut Model) {
    let Some(at) = model.facets.as_ref().and_then(FacetsPane::selected_search) else {
        return set_status(model, "Only saved searches can be deleted");
    };
    let SavedSearch { name, query } = model.saved_searches.remove(at);
    let what = if name == query { name } else { format!("{name} ({query})") };
    set_status(model, &format!("Deleted: {what}"));
    changed(model);
}

/// The searches are others now. That they are is noticed, and remembered, after each message.
fn changed(model: &mut Model) {
    if let Some(facets) = &mut model.facets {
        facets.set_saved(&model.saved_searches);
    }
}
