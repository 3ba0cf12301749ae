//! What opens boxes and labels, and what is done in them.

use super::{copy, execute, focus, set_status, times};
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::message::Effect;
use crate::reader::model::Model;
use crate::reader::page::PageSource;
use crate::reader::popup::{Choice, Popup, PopupKind, can_open};
use crate::reader::update::open;
use crate::reader::{link_hints, quote};

pub(super) fn about_page(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(page) = &model.page else { return set_status(model, "No article is open") };
    match action {
        Action::Outline => match Popup::outline(page) {
            Some(outline) => open(model, outline),
            None => set_status(model, "The article has no headings"),
        },
        Action::Problems => match Popup::problems(page) {
            Some(problems) => open(model, problems),
            None => set_status(model, "The article has no problems, and its figures agree"),
        },
        Action::CopyBlock => match quote::quotation(page, &model.settings.zone) {
            Some(quotation) => copy(model, quotation, effects),
            None => set_status(model, "The article is empty"),
        },
        _ => {
            let labels = link_hints::of_page(page);
            if labels.is_empty() {
                return set_status(model, "No link is on the screen");
            }
            focus(model, Focus::Article);
            // Another pane may have changed the rows.
            model.link_hints = model.page.as_ref().map(link_hints::of_page).unwrap_or_default();
        }
    }
}

/// A link that was chosen: a footnote is gone to, any other is shown before it is opened.
pub(in crate::reader) fn follow_link(model: &mut Model, (source, index): (PageSource, u32)) {
    model.link_hints.clear();
    let Some(page) = &mut model.page else { return };
    let Some(link) = page.document_of(source).links.get(index as usize).cloned() else { return };
    match link.footnote {
        Some(block) => page.go_to_block_of(source, block),
        None => open(model, Popup::link(&link.target)),
    }
}

pub(super) fn act_on_labels(model: &mut Model, action: Action) {
    match action {
        Action::Down => link_hints::step(&mut model.link_hints, 1),
        Action::Up => link_hints::step(&mut model.link_hints, -1),
        Action::Top => link_hints::step(&mut model.link_hints, isize::MIN),
        Action::End => link_hints::step(&mut model.link_hints, isize::MAX),
        Action::Enter => {
            if let Some(link) = link_hints::selected(&model.link_hints) {
                follow_link(model, link);
            }
        }
        _ => model.link_hints.clear(),
    }
}

pub(super) fn act_on_overlay(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    let Some(overlay) = &mut model.popup else { return };
    match action {
        Action::Down => overlay.step(times(count)),
        Action::Up => overlay.step(-times(count)),
        Action::HalfDown => overlay.screen(1, 2),
        Action::HalfUp => overlay.screen(-1, 2),
        Action::PageDown => overlay.screen(1, 1),
        Action::PageUp => overlay.screen(-1, 1),
        Action::Top => overlay.step(isize::MIN),
        Action::End => overlay.step(isize::MAX),
        Action::Help if overlay.kind() == PopupKind::Help => model.popup = None,
        Action::Help => open(model, Popup::help()),
        Action::Enter => choose(model, effects),
        Action::OpenLink if overlay.kind() == PopupKind::Link => choose(model, effects),
        Action::CopyLink => {
            if let Some(target) = overlay.target().map(str::to_owned) {
                model.popup = None;
                copy(model, target, effects);
            }
        }
        _ => {}
    }
}

/// Does what the selected line of a box stands for, or opens a card's link.
pub(in crate::reader) fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(overlay) = model.popup.take() else { return };
    if let Some(target) = overlay.target() {
        if can_open(target) {
            effects.push(Effect::Open(target.to_owned()));
        } else {
            set_status(model, "Only http, https and mailto links are opened");
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
        Choice::Action(action) => execute(model, action, None, effects),
    }
}
