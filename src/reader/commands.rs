//! What each action does.

mod bilingual;
mod marks;
mod popups;
pub(super) mod prompt_keys;
pub(super) mod saved_searches;
pub(super) mod search;

use self::popups::{about_page, act_on_labels, act_on_overlay};
use super::keymap::Action;
use super::layout::Focus;
use super::message::Effect;
use super::model::Model;
use super::page::PairEdit;
use super::popup::Popup;
use super::prompt::PromptKind;
use super::quote;
use super::update::open;
use crate::catalog::Request;
use crate::text::Language;

pub(super) use self::popups::{choose, follow_link};
pub(super) use marks::answer;

/// The measure changes by so many columns, within these bounds.
const MEASURE_STEP: u16 = 4;
const MEASURE: (u16, u16) = (20, 200);
/// A count moves at most so many rows of text at once.
const MOST_ROWS: u32 = 1000;

/// Does what a key or a line of the menu asks for.
pub(super) fn execute(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    match action {
        Action::Suspend => effects.push(Effect::Suspend),
        Action::QuitNow => effects.push(Effect::Quit),
        Action::Back => back(model, effects),
        Action::Quit => quit(model, effects),
        _ if !model.link_hints.is_empty() => act_on_labels(model, action),
        _ if model.popup.is_some() => act_on_overlay(model, action, count, effects),
        _ if model.search.is_open() => search::act_on_hits(model, action, count, effects),
        Action::ApplySearch => saved_searches::apply(model, count.unwrap_or(1).saturating_sub(1) as usize, effects),
        _ if model.facets.is_some() => saved_searches::act_on_facets(model, action, count, effects),
        Action::Search => search::open_search(model, effects),
        Action::Facets => saved_searches::show(model, effects),
        Action::SaveSearch => saved_searches::save(model),
        Action::Enter if model.focus() == Focus::List => focus(model, Focus::Article),
        Action::Enter => open(model, Popup::menu()),
        Action::Left => {
            model.alone = false;
            focus(model, Focus::List);
        }
        Action::Right => focus(model, Focus::Article),
        Action::NextArticle => step_article(model, times(count), effects),
        Action::PreviousArticle => step_article(model, -times(count), effects),
        Action::Toggle => toggle(model, effects),
        Action::Parallel => bilingual::toggle(model),
        Action::Peek => bilingual::peek(model),
        Action::Part => bilingual::mend(model, PairEdit::Split),
        Action::Unite => bilingual::mend(model, PairEdit::Merge),
        Action::ResetPairs => bilingual::mend(model, PairEdit::Reset),
        Action::CopyPair => match model.page.as_ref().and_then(quote::pair) {
            Some(pair) => copy(model, pair, effects),
            None => set_status(model, "No translation for this paragraph"),
        },
        Action::Alone => {
            model.alone = !model.alone;
            focus(model, Focus::Article);
        }
        Action::Sort => {
            model.list.sort_next();
            model.notice = Some(format!("Sorted by {}", model.list.order().name()));
            model.follow_selection(effects);
        }
        Action::ToggleRead | Action::Star | Action::Undo | Action::ReadAll => marks::act(model, action, effects),
        Action::Refresh => {
            effects.push(Effect::Library(Request::Refresh));
            set_status(model, "Reading all files again");
        }
        Action::Narrower => measure(model, false),
        Action::Wider => measure(model, true),
        Action::Pinyin => pinyin(model),
        Action::Mouse => mouse(model, effects),
        Action::Help => open(model, Popup::help()),
        Action::Find => find(model, effects),
        Action::OpenLink => match link_of_article(model) {
            Some(link) => open(model, Popup::link(&link)),
            None => set_status(model, "The article has no link"),
        },
        Action::CopyLink => match link_of_article(model) {
            Some(link) => copy(model, link, effects),
            None => set_status(model, "The article has no link"),
        },
        Action::Links | Action::CopyBlock | Action::Outline | Action::Problems => about_page(model, action, effects),
        _ if model.focus() == Focus::List => move_in_list(model, action, count, effects),
        _ => move_on_page(model, action, count, effects),
    }
}

fn set_status(model: &mut Model, notice: &str) {
    model.notice = Some(notice.to_owned());
}

/// A count as a number of steps.
fn times(count: Option<u32>) -> isize {
    count.unwrap_or(1) as isize
}

/// Gives the keys to a pane.
pub(super) fn focus(model: &mut Model, focus: Focus) {
    if focus == Focus::Article && model.page.is_none() && model.loading.is_none() {
        return;
    }
    if focus == Focus::Article {
        // What is read stays selected, whatever is found.
        model.list.note_choice();
    }
    model.settings.focus = focus;
    model.arrange();
}

/// One step back: out of a box, out of a search, out of the article, out of a filter.
fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    if close(model) || close_finding(model) {
        return;
    }
    let find_ended = model.page.as_mut().is_some_and(super::page::Page::end_find);
    if find_ended {
        return;
    }
    if model.focus() == Focus::Article {
        if !model.is_single() {
            model.alone = false;
            focus(model, Focus::List);
        }
    } else if model.list.query().is_some() {
        search::end_filter(model, false, effects);
    }
}

fn quit(model: &mut Model, effects: &mut Vec<Effect>) {
    if close(model) || close_finding(model) {
        return;
    }
    if model.focus() == Focus::Article && !model.is_single() {
        model.alone = false;
        focus(model, Focus::List);
    } else {
        effects.push(Effect::Quit);
    }
}

/// Closes what lies over the panes; `false` where there is nothing.
fn close(model: &mut Model) -> bool {
    let was_open = model.popup.take().is_some() || !model.link_hints.is_empty();
    model.link_hints.clear();
    was_open
}

/// Closes the search screen or the facets; `false` where neither is open.
fn close_finding(model: &mut Model) -> bool {
    let was_open = model.search.is_open();
    model.search.show(false);
    was_open || saved_searches::close(model)
}

fn step_article(model: &mut Model, by: isize, effects: &mut Vec<Effect>) {
    model.list.step(by);
    model.follow_selection(effects);
}

fn toggle(model: &mut Model, effects: &mut Vec<Effect>) {
    prefer(model, model.settings.language.other());
    if let Some(page) = model.page.as_ref().filter(|page| page.side() != model.settings.language) {
        model.notice = Some(format!("This article is in {} only", page.side().name()));
    }
    model.follow_selection(effects);
}

/// Shows a language where there is a choice.
fn prefer(model: &mut Model, language: Language) {
    if let Some(page) = &mut model.page {
        page.prefer(language);
    }
    if model.settings.language != language {
        model.settings.language = language;
        model.list.set_language(language);
    }
}

fn measure(model: &mut Model, wider: bool) {
    let now = model.settings.measure;
    let shown = model.page.as_ref().map_or(now, super::page::Page::columns).min(now);
    model.settings.measure = if !wider {
        shown.saturating_sub(MEASURE_STEP).max(MEASURE.0.min(now))
    } else if shown == now {
        (now + MEASURE_STEP).min(MEASURE.1)
    } else {
        now
    };
    model.arrange();
    let shown = model.page.as_ref().map_or(now, super::page::Page::columns);
    let bound = if wider && shown < model.settings.measure { ", all that the pane has" } else { "" };
    model.notice = Some(format!("Lines of {shown} columns{bound}"));
}

fn pinyin(model: &mut Model) {
    let shown = !model.settings.pinyin;
    model.settings.pinyin = shown;
    model.arrange();
    let only_english = model.page.as_ref().is_some_and(|page| page.side() == Language::English);
    let notice = match (shown, only_english) {
        (true, true) => "Pinyin stands above Chinese; this is English",
        (true, false) => "Pinyin stands above Chinese",
        (false, _) => "No pinyin",
    };
    set_status(model, notice);
}

fn mouse(model: &mut Model, effects: &mut Vec<Effect>) {
    let capture = !model.settings.mouse;
    model.settings.mouse = capture;
    effects.push(Effect::CaptureMouse(capture));
    set_status(model, if capture { "Mouse captured" } else { "Mouse released to the terminal (M to recapture)" });
}

fn find(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.focus() {
        Focus::List => {
            prompt_keys::open(model, PromptKind::Filter);
            effects.push(Effect::Library(Request::WarmUp));
        }
        Focus::Article if model.page.is_some() => prompt_keys::open(model, PromptKind::Find),
        Focus::Article => {}
    }
}

fn link_of_article(model: &Model) -> Option<String> {
    model.page.as_ref().filter(|_| !model.is_loading())?.text().article.link.clone()
}

fn copy(model: &mut Model, text: String, effects: &mut Vec<Effect>) {
    effects.push(Effect::Copy(text));
    set_status(model, "Copied");
}

fn move_in_list(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    let (list, by) = (&mut model.list, times(count));
    match action {
        Action::Down => list.step(by),
        Action::Up => list.step(-by),
        Action::HalfDown => list.step_screen(by, 2),
        Action::HalfUp => list.step_screen(-by, 2),
        Action::PageDown => list.step_screen(by, 1),
        Action::PageUp => list.step_screen(-by, 1),
        Action::Top => list.select(0),
        Action::End => list.select(count.map_or(usize::MAX, |count| (count as usize).saturating_sub(1))),
        Action::NextMatch | Action::PreviousMatch => return match_on_page(model, action, by, effects),
        _ => return,
    }
    model.follow_selection(effects);
}

fn move_on_page(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    let by = times(count);
    if matches!(action, Action::NextMatch | Action::PreviousMatch) {
        return match_on_page(model, action, by, effects);
    }
    let is_at_end = model.page.as_ref().is_some_and(super::page::Page::is_at_end);
    if action == Action::PageDown && count.is_none() && is_at_end && !model.is_single() {
        if !next_unread(model, 1, effects) {
            set_status(model, "No unread article below");
        }
        return;
    }
    let rows = count.unwrap_or(1).min(MOST_ROWS) as i32;
    let Some(page) = &mut model.page else { return };
    match action {
        Action::Down => page.scroll_lines(rows),
        Action::Up => page.scroll_lines(-rows),
        Action::HalfDown => page.scroll_screens(rows.min(50), 2),
        Action::HalfUp => page.scroll_screens(-rows.min(50), 2),
        Action::PageDown => page.scroll_screens(rows.min(50), 1),
        Action::PageUp => page.scroll_screens(-rows.min(50), 1),
        Action::Top => page.go_to_start(),
        Action::End => page.go_to_end(),
        Action::NextBlock => page.step_blocks(by),
        Action::PreviousBlock => page.step_blocks(-by),
        Action::NextHeading if !page.step_headings(by) => set_status(model, "No heading below"),
        Action::PreviousHeading if !page.step_headings(-by) => set_status(model, "No heading above"),
        _ => {}
    }
}

/// Goes to an unread article and names it; `false` where there is none that way.
fn next_unread(model: &mut Model, by: isize, effects: &mut Vec<Effect>) -> bool {
    if !marks::step_unread(model, by, effects) {
        return false;
    }
    let entry = model.list.selected().and_then(|id| model.list.entry(id));
    model.notice = entry.map(|entry| format!("Unread: {}", entry.titles.in_language(model.settings.language)));
    true
}

fn match_on_page(model: &mut Model, action: Action, by: isize, effects: &mut Vec<Effect>) {
    let by = if action == Action::NextMatch { by } else { -by };
    if model.page.as_ref().is_none_or(|page| page.needle().is_none()) {
        if !next_unread(model, by, effects) {
            set_status(model, if by > 0 { "No unread article below" } else { "No unread article above" });
        }
        return;
    }
    let Some(page) = &mut model.page else { return };
    if !page.go_to_match(by) {
        model.notice = page.needle().map(|needle| format!("Nothing found for {needle}"));
    }
}
