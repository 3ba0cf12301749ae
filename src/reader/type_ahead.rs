//! Keys typed before what they are about is there: they wait for the list or for the text of the article, in their order.

use std::collections::VecDeque;

use super::keymap::Action;
use super::layout::Focus;
use super::message::Message;
use crate::catalog::EntryId;

/// How many keys wait at most; those typed after them are lost.
const MOST_WAITING: usize = 256;

/// What keys wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The first articles of the library.
    List,
    /// The text of an article.
    Text(EntryId),
}

/// Keys and pasted texts that wait.
#[derive(Debug, Default)]
pub(super) struct TypeAhead {
    pub(super) waiting: VecDeque<Message>,
    pub(super) awaited: Option<Awaited>,
    /// Whether one of the keys opens a line to type in, so that letters after it are no commands.
    pub(super) is_typing: bool,
}

impl TypeAhead {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn push(&mut self, message: Message) {
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push_back(message);
        }
    }
}

/// Whether an action is about the articles of the list.
pub(super) const fn needs_list(action: Action) -> bool {
    matches!(
        action,
        Action::Move(_)
            | Action::Enter
            | Action::Right
            | Action::Extend(_)
            | Action::Article(_)
            | Action::Match(_)
            | Action::ToggleRead
            | Action::Star
            | Action::Tag
    )
}

/// Whether an action is about the text of the article, or its place in it.
pub(super) const fn needs_text(action: Action, focus: Focus) -> bool {
    match action {
        Action::Outline
        | Action::Links
        | Action::Peek
        | Action::Parallel
        | Action::CopyBlock
        | Action::CopyPair
        | Action::CopyArticle
        | Action::CopyLink
        | Action::OpenLink
        | Action::Edit
        | Action::Pipe
        | Action::Problems
        | Action::Bookmark => true,
        Action::Article(_)
        | Action::Left
        | Action::Right
        | Action::Back
        | Action::Quit
        | Action::QuitNow
        | Action::Suspend
        | Action::Alone
        | Action::Sort
        | Action::Day
        | Action::Density
        | Action::Divider(_)
        | Action::Mouse
        | Action::Refresh
        | Action::Search
        | Action::Facets
        | Action::ApplySearch
        | Action::Statistics
        | Action::Hub
        | Action::Words
        | Action::GoToBookmark
        | Action::Libraries
        | Action::ChooseTheme
        | Action::Commands
        | Action::Help
        | Action::ToggleRead
        | Action::Star
        | Action::Undo
        | Action::ReadAll => false,
        _ => matches!(focus, Focus::Article),
    }
}

/// Whether what is typed after an action is text.
pub(super) const fn opens_line(action: Action) -> bool {
    matches!(
        action,
        Action::Find
            | Action::AskForWord
            | Action::Note
            | Action::Tag
            | Action::Pipe
            | Action::Commands
            | Action::Search
    )
}
