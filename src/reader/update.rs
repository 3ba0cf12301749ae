//! What each message does to the model.

use super::commands::{self, prompt_keys, saved_searches, search};
use super::key::{Code, Key};
use super::keymap::{self, Contexts};
use super::layout::Focus;
use super::link_hints::{self, HintInput};
use super::message::{Effect, Message, Mouse, MouseKind};
use super::model::{Model, ScanProgress};
use super::popup::Popup;
use super::read_tracking;
use crate::catalog::{Changes, Request, Update};

/// Rows that one turn of the wheel scrolls.
const WHEEL: i32 = 3;
/// Counts do not grow beyond this.
const MOST_COUNT: u32 = 9_999_999;

/// Applies a message to the model; returns the effects to perform, in order.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    match message {
        Message::Key(key) => {
            (model.notice, model.is_notice_long) = (None, false);
            press(model, key, &mut effects);
        }
        Message::Paste(text) => prompt_keys::paste(model, &text, &mut effects),
        Message::Mouse(mouse) => point(model, mouse, &mut effects),
        Message::Resized(area) => {
            model.settings.area = area;
            model.arrange();
        }
        Message::Library(update) => update_library(model, update, &mut effects),
        Message::Timer(number) => read_tracking::woken(model, number, &mut effects),
        Message::Notice(notice) => (model.notice, model.is_notice_long) = (Some(notice), true),
    }
    model.leave_gone(&mut effects);
    read_tracking::notice(model, &mut effects);
    search::follow_marks(model, &mut effects);
    if model.layout.list.is_some() {
        effects.extend(model.list.unchecked_figures().map(|ids| Effect::Library(Request::CheckFigures(ids))));
    }
    effects
}

/// Applies an update of the library; an answer to an outdated request changes nothing.
fn update_library(model: &mut Model, update: Update, effects: &mut Vec<Effect>) {
    match update {
        Update::Initial(state) => read_tracking::resume(model, *state, effects),
        Update::Changed(changes) => change(model, changes, effects),
        Update::Rebased(shelf) => model.list.rebase(shelf),
        Update::Progress { read, found, elapsed, finished } => {
            model.progress = ScanProgress { read, found, is_finished: finished, elapsed };
            if finished {
                model.list.settle();
                // The last texts can be searched only now.
                search::outdate(model, effects);
            }
        }
        Update::Loaded { id, text, remembered } => {
            model.text_cache.recall(id, remembered);
            if model.loading == Some(id) {
                model.show(id, &text);
            }
        }
        Update::Unwatched(folders) => model.unwatched = folders,
        Update::Marked(marks) => marks.into_iter().for_each(|(id, mark)| model.list.mark(id, mark)),
        Update::Filtered { number, tiers, is_final } => {
            if model.list.take_filtered(number, &tiers, is_final) {
                model.follow_library(effects);
            }
            search::ask_again(model, effects);
        }
        Update::Hits { number, hits } => {
            model.search.take_found(number, hits);
            search::ask_again(model, effects);
        }
        Update::Snippets { number, articles, snippets } => {
            model.search.take_snippets(number, articles, snippets);
            search::ask_again(model, effects);
        }
        Update::Facets { number, facets } => {
            if let Some(pane) = &mut model.facets {
                pane.take(number, facets);
            }
            search::ask_again(model, effects);
        }
        Update::FiguresChecked(ids) => model.list.take_figure_checks(ids),
        Update::Notice(notice) => (model.notice, model.is_notice_long) = (Some(notice), true),
    }
}

/// Takes in what changed; an article that is being read stays on the screen, at its place.
fn change(model: &mut Model, changes: Changes, effects: &mut Vec<Effect>) {
    let shown = model.page.as_ref().map(super::page::Page::id).filter(|_| model.loading.is_none());
    for (id, _) in &changes.changed {
        model.text_cache.forget_text(*id);
    }
    let edited = shown.filter(|shown| changes.changed.iter().any(|(id, _)| id == shown));
    let was_gone = model.is_page_gone();
    model.list.change(changes);
    search::outdate(model, effects);
    let is_reading = model.focus() == Focus::Article;
    match (was_gone, model.is_page_gone()) {
        (false, true) if is_reading => {
            model.notice = Some("Its file is gone; the text stays until you leave it".to_owned());
        }
        (true, false) if is_reading => model.notice = Some("Its file is back".to_owned()),
        _ => {}
    }
    if let Some(id) = edited.filter(|id| model.list.selected() == Some(*id)) {
        model.loading = Some(id);
        return effects.push(Effect::Library(Request::Load(id)));
    }
    model.follow_library(effects);
}

/// A key goes to the input line, to the labels, or through the table.
fn press(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    if model.prompt.is_some() {
        return prompt_keys::press(model, key, effects);
    }
    if model.search.is_open() && model.search.is_typing() && model.popup.is_none() {
        return search::type_search(model, key, effects);
    }
    let key = key.meant();
    if model.tracker.is_asking {
        return commands::answer(model, key == Key::char('y'), effects);
    }
    if let Some(number) = number_of_search(key) {
        // One row of the table stands for all nine.
        let first = Key { alt: true, ..Key::char('1') };
        if let Some(action) = keymap::action(context(model), None, first) {
            (model.prefix, model.count) = (None, None);
            return commands::execute(model, action, Some(number), effects);
        }
    }
    if !model.link_hints.is_empty() && type_label(model, key) {
        return;
    }
    let context = context(model);
    let is_unfinished = model.prefix.is_some() || model.count.is_some();
    let prefix = model.prefix.take();
    if is_unfinished && key.code == Code::Esc {
        model.count = None;
        return;
    }
    if prefix.is_none() && count(model, key) {
        return;
    }
    if prefix.is_none() && keymap::is_prefix(context, key) {
        model.prefix = Some(key);
        return;
    }
    // A prefix that leads nowhere is forgotten, and the key counts by itself.
    let action = prefix.and_then(|prefix| keymap::action(context, Some(prefix), key));
    let action = action.or_else(|| keymap::action(context, None, key));
    let count = model.count.take();
    if let Some(action) = action {
        commands::execute(model, action, count, effects);
    }
}

/// The digit of a key that applies a saved search.
fn number_of_search(key: Key) -> Option<u32> {
    let Key { code: Code::Char(c), ctrl: false, alt: true } = key else { return None };
    c.to_digit(10).filter(|&digit| digit > 0)
}

fn context(model: &Model) -> Contexts {
    if model.popup.is_some() || !model.link_hints.is_empty() {
        return Contexts::OVERLAY;
    }
    if model.search.is_open() {
        return Contexts::OVERLAY.and(Contexts::HITS);
    }
    if model.facets.is_some() {
        return Contexts::OVERLAY.and(Contexts::FACETS);
    }
    match model.focus() {
        Focus::List => Contexts::LIST,
        Focus::Article => Contexts::ARTICLE,
    }
}

/// Takes a digit into the count; `false` for any other key.
fn count(model: &mut Model, key: Key) -> bool {
    let digit = match key {
        Key { code: Code::Char(c), ctrl: false, alt: false } => c.to_digit(10),
        _ => None,
    };
    let Some(digit) = digit.filter(|&digit| digit > 0 || model.count.is_some()) else { return false };
    model.count = Some((model.count.unwrap_or(0).saturating_mul(10) + digit).min(MOST_COUNT));
    true
}

/// Takes a letter for the labels; `false` for any key that is not typed on them.
fn type_label(model: &mut Model, key: Key) -> bool {
    let Key { code: Code::Char(c), ctrl: false, alt: false } = key else { return false };
    match link_hints::type_letter(&mut model.link_hints, c) {
        HintInput::Some => {}
        HintInput::Nothing => {
            model.link_hints.clear();
            model.notice = Some(format!("No link is labelled {c}"));
        }
        HintInput::Link(link) => commands::follow_link(model, link),
    }
    true
}

fn point(model: &mut Model, mouse: Mouse, effects: &mut Vec<Effect>) {
    let rows = match mouse.kind {
        MouseKind::Press => {
            model.notice = None;
            return click(model, mouse.column, mouse.row, effects);
        }
        MouseKind::WheelUp => -WHEEL,
        MouseKind::WheelDown => WHEEL,
    };
    model.link_hints.clear();
    if let Some(overlay) = &mut model.popup {
        overlay.scroll(rows as isize);
    } else if model.search.is_open() {
        model.search.scroll(rows);
        search::ask_again(model, effects);
    } else if let Some(facets) =
        model.facets.as_mut().filter(|facets| facets.framed().body.contains(mouse.column, mouse.row))
    {
        facets.step(rows as isize);
    } else if model.layout.list.is_some_and(|list| list.body.contains(mouse.column, mouse.row)) {
        model.list.scroll(rows);
    } else if model.layout.article.is_some()
        && let Some(page) = &mut model.page
    {
        page.scroll_by_wheel(rows);
    }
}

fn click(model: &mut Model, column: u16, row: u16, effects: &mut Vec<Effect>) {
    model.link_hints.clear();
    if let Some(overlay) = &mut model.popup {
        if !overlay.frame().contains(column, row) {
            model.popup = None;
        } else if overlay.body().contains(column, row) && overlay.point(row) {
            commands::choose(model, effects);
        }
        return;
    }
    if model.prompt.is_some() {
        prompt_keys::accept(model, effects);
    }
    if click_on_finding(model, column, row, effects) {
        return;
    }
    if let Some(body) = model.layout.list.map(|list| list.body).filter(|body| body.contains(column, row)) {
        let Some(position) = model.list.entry_at_row(row - body.y) else { return };
        if model.focus() == Focus::List && model.list.position() == position {
            return commands::focus(model, Focus::Article);
        }
        model.list.select(position);
        commands::focus(model, Focus::List);
        model.follow_selection(effects);
    } else if let Some(body) =
        model.layout.article.map(|article| article.body).filter(|body| body.contains(column, row))
    {
        commands::focus(model, Focus::Article);
        let Some(page) = &mut model.page else { return };
        match page.link_at(column - body.x, row - body.y) {
            Some(link) => commands::follow_link(model, link),
            None => page.select_row(row - body.y),
        }
    }
}

/// A click on the search screen or the facets; `false` where there is neither. A click on what is selected chooses it.
fn click_on_finding(model: &mut Model, column: u16, row: u16, effects: &mut Vec<Effect>) -> bool {
    if model.search.is_open() {
        let body = model.search.body();
        if !body.contains(column, row) {
            model.search.type_in(model.search.area().contains(column, row) || model.search.is_typing());
        } else if model.search.has_row(row - body.y) && !model.search.point(row - body.y) {
            search::open_hit(model, effects);
        }
        return true;
    }
    let Some(facets) = model.facets.as_mut().filter(|facets| facets.framed().body.contains(column, row)) else {
        return false;
    };
    let before = facets.choice();
    if facets.point(column, row) && facets.choice() == before {
        saved_searches::choose(model, effects);
    }
    true
}

/// Opens a box over the panes.
pub(super) fn open(model: &mut Model, mut overlay: Popup) {
    overlay.place(model.settings.area, model.settings.ambiguous);
    model.link_hints.clear();
    model.popup = Some(overlay);
}
