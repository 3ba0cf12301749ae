//! What reading both languages at once does.

use super::{focus, set_status};
use crate::reader::layout::Focus;
use crate::reader::model::Model;
use crate::reader::page::{PairEdit, PeekResult};

/// Shows both languages at once, or one.
pub(super) fn toggle(model: &mut Model) {
    model.is_parallel = !model.is_parallel;
    if model.is_parallel {
        // The list makes way where that gives room.
        focus(model, Focus::Article);
    }
    model.arrange();
    let Some(page) = model.page.as_ref().filter(|page| model.is_parallel && !page.is_parallel()) else { return };
    if page.text().is_bilingual() {
        // So that pressing it again shows both.
        model.is_parallel = false;
        model.arrange();
        set_status(model, "This long text is still being aligned; try again in a moment");
    } else {
        set_status(model, "This article has one language, so there is nothing to compare");
    }
}

/// Unfolds the answer of the current block, or folds it.
pub(super) fn peek(model: &mut Model) {
    // The article on the screen may not be the selected one yet.
    if model.is_loading() {
        return;
    }
    let Some(page) = &mut model.page else { return };
    let notice = match page.peek() {
        PeekResult::Shown | PeekResult::Hidden => None,
        PeekResult::Untranslated => Some("No translation for this paragraph".to_owned()),
        PeekResult::Parallel => Some("Both languages are shown; X shows one".to_owned()),
        PeekResult::OneLanguage => Some(format!("This article is in {} only", page.side().name())),
    };
    model.notice = notice;
    model.link_hints.clear();
}

/// Mends the alignment at the current pair, and keeps it as long as the program runs.
pub(super) fn mend(model: &mut Model, mending: PairEdit) {
    if model.is_loading() {
        return;
    }
    let Some(page) = &mut model.page else { return };
    if !page.is_parallel() {
        return set_status(model, "Pairs can be changed where both languages are shown: X");
    }
    let id = page.id();
    let mended = page.edit_pairs(mending);
    let is_mended = mended.is_some();
    let notice = match (mended, mending) {
        (None, PairEdit::Split) => "A single paragraph can't be split",
        (None, PairEdit::Merge) => "This is the last pair",
        (None, PairEdit::Reset) => "No pair has been changed",
        (Some(_), PairEdit::Reset) => {
            model.text_cache.mend(id, None);
            "All pairs are reset"
        }
        (Some(alignment), _) => {
            model.text_cache.mend(id, Some(alignment));
            if mending == PairEdit::Split { "Split (= resets all)" } else { "Merged (= resets all)" }
        }
    };
    if is_mended {
        crate::reader::read_tracking::mended(model);
    }
    set_status(model, notice);
}
