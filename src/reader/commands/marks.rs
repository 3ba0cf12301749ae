//! Marks made by hand, and the way from one unread article to the next.

use super::set_status;
use crate::catalog::{Attention, EntryId, Mark};
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::message::Effect;
use crate::reader::model::Model;
use crate::reader::number::many;
use crate::reader::read_tracking;

/// Marks the article, or the whole list after a question, or undoes the last of these.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Undo => {
            let undone = read_tracking::undo(model, effects);
            model.notice = Some(match undone[..] {
                [] => "There is no mark to undo".to_owned(),
                // It may be far from what is on the screen.
                [id] => match model.list.entry(id) {
                    Some(entry) => format!("Mark undone: {}", entry.titles.in_language(model.settings.language)),
                    None => "The last mark is undone".to_owned(),
                },
                _ => format!("The marks of {} are undone", many(undone.len(), "article")),
            });
        }
        Action::ReadAll => ask(model),
        _ => mark(model, action, effects),
    }
}

fn mark(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let shown = model.page.as_ref().map(crate::reader::Page::id);
    let id = if model.focus() == Focus::Article { shown } else { model.list.selected() };
    let Some(id) = id else { return set_status(model, "No article is selected") };
    let now = model.list.marks().get(id);
    let (mark, notice) = match (action, now.attention) {
        (Action::Star, _) if now.is_starred => (Mark { is_starred: false, ..now }, "No longer starred"),
        (Action::Star, _) => (Mark { is_starred: true, ..now }, "Starred"),
        (_, Attention::Unread) => (Mark { attention: Attention::Read, ..now }, "Marked read"),
        _ => (Mark { attention: Attention::Unread, ..now }, "Marked unread"),
    };
    if model.list.selected() == Some(id) {
        // It stays under the cursor, also where a filter leaves it out from now on.
        model.list.note_choice();
    }
    read_tracking::mark(model, vec![(id, mark)], effects);
    set_status(model, notice);
}

fn ask(model: &mut Model) {
    let count = model.list.unread().count();
    if count == 0 {
        return set_status(model, "The list has no unread article");
    }
    model.tracker.is_asking = true;
    model.notice = Some(format!("Mark {} read? y / n", many(count, "article")));
}

/// The answer to the question whether the whole list is to be marked read.
pub(in crate::reader) fn answer(model: &mut Model, yes: bool, effects: &mut Vec<Effect>) {
    model.tracker.is_asking = false;
    if !yes {
        return set_status(model, "Nothing was marked");
    }
    let read = |id: EntryId, mark: Mark| (id, Mark { attention: Attention::Read, ..mark });
    let marks: Vec<_> = model.list.unread().map(|id| read(id, model.list.marks().get(id))).collect();
    model.notice = Some(format!("{} marked read; u undoes it", many(marks.len(), "article")));
    read_tracking::mark(model, marks, effects);
}

/// Goes so many unread articles on or back; `false` where there is none that way.
pub(super) fn step_unread(model: &mut Model, by: isize, effects: &mut Vec<Effect>) -> bool {
    let Some(position) = model.list.unread_from(by) else { return false };
    model.list.select(position);
    model.follow_selection(effects);
    true
}
