//! What opens boxes and labels, and what is done in them.

use super::{act, copy, focus, say, times};
use crate::reader::keymap::Action;
use crate::reader::message::Effect;
use crate::reader::model::Model;
use crate::reader::overlay::{Choice, Overlay, OverlayKind, can_open};
use crate::reader::page::PageSource;
use crate::reader::panes::Focus;
use crate::reader::update::open;
use crate::reader::{labels, quote};

pub(super) fn about_page(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(page) = &model.page else { return say(model, "No article is open") };
    match action {
        Action::Outline => match Overlay::outline(page) {
            Some(outline) => open(model, outline),
            None => say(model, "The article has no headings"),
        },
        Action::Problems => match Overlay::problems(page) {
            Some(problems) => open(model, problems),
            None => say(model, "The article has no problems, and its figures agree"),
        },
        Action::CopyBlock => match quote::quotation(page, &model.settings.zone) {
            Some(quotation) => copy(model, quotation, effects),
            None => say(model, "The article is empty"),
        },
        _ => {
            let labels = labels::of_page(page);
            if labels.is_empty() {
                return say(model, "No link is on the screen");
            }
            focus(model, Focus::Article);
            // Another pane may have changed the rows.
            model.labels = model.page.as_ref().map(labels::of_page).unwrap_or_default();
        }
    }
}

/// A link that was chosen: a footnote is gone to, any other is shown before it is opened.
pub(in crate::reader) fn follow_link(model: &mut Model, (source, index): (PageSource, u32)) {
    model.labels.clear();
    let Some(page) = &mut model.page else { return };
    let Some(link) = page.document_of(source).links.get(index as usize).cloned() else { return };
    match link.footnote {
        Some(block) => page.go_to_block_of(source, block),
        None => open(model, Overlay::link(&link.target)),
    }
}

pub(super) fn act_on_labels(model: &mut Model, action: Action) {
    match action {
        Action::Down => labels::step(&mut model.labels, 1),
        Action::Up => labels::step(&mut model.labels, -1),
        Action::Top => labels::step(&mut model.labels, isize::MIN),
        Action::End => labels::step(&mut model.labels, isize::MAX),
        Action::Enter => {
            if let Some(link) = labels::selected(&model.labels) {
                follow_link(model, link);
            }
        }
        _ => model.labels.clear(),
    }
}

pub(super) fn act_on_overlay(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    let Some(overlay) = &mut model.overlay else { return };
    match action {
        Action::Down => overlay.step(times(count)),
        Action::Up => overlay.step(-times(count)),
        Action::HalfDown => overlay.screen(1, 2),
        Action::HalfUp => overlay.screen(-1, 2),
        Action::PageDown => overlay.screen(1, 1),
        Action::PageUp => overlay.screen(-1, 1),
        Action::Top => overlay.step(isize::MIN),
        Action::End => overlay.step(isize::MAX),
        Action::Help if overlay.kind() == OverlayKind::Help => model.overlay = None,
        Action::Help => open(model, Overlay::help()),
        Action::Enter => choose(model, effects),
        Action::OpenLink if overlay.kind() == OverlayKind::Link => choose(model, effects),
        Action::CopyLink => {
            if let Some(target) = overlay.target().map(str::to_owned) {
                model.overlay = None;
                copy(model, target, effects);
            }
        }
        _ => {}
    }
}

/// Does what the selected line of a box stands for, or opens a card's link.
pub(in crate::reader) fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(overlay) = model.overlay.take() else { return };
    if let Some(target) = overlay.target() {
        if can_open(target) {
            effects.push(Effect::Open(target.to_owned()));
        } else {
            say(model, "Only http, https and mailto links are opened");
        }
        return;
    }
    match overlay.choice() {
        Choice::None => {}
        Choice::Block(block) => {
            if let Some(page) = &mut model.page {
                page.go_to_block(block);
            }
            focus(model, Focus::Article);
        }
        Choice::Action(action) => act(model, action, None, effects),
    }
}
