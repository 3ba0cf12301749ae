//! Keys typed before what they are about is there: they wait for the list or for the text of the article, in their order.

use std::collections::VecDeque;
use std::time::Duration;

use super::key::{Code, Key};
use super::keymap::Action;
use super::layout::Focus;
use super::message::{Effect, Message, Timer};
use super::model::{Mode, Model};
use crate::catalog::EntryId;

/// How long typed keys wait.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
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
    waiting: VecDeque<Message>,
    awaited: Option<Awaited>,
    /// Whether one of the keys opens a line to type in, so that letters after it are no commands.
    is_typing: bool,
}

impl TypeAhead {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn push(&mut self, message: Message) {
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push_back(message);
        }
    }
}

impl Model {
    fn awaited(&self) -> Option<Awaited> {
        let is_empty = self.list.entries().is_empty();
        match self.loading {
            Some(id) => Some(Awaited::Text(id)),
            None if is_empty && !self.progress.is_finished => Some(Awaited::List),
            None => None,
        }
    }

    /// Lets a key wait that is typed after others that wait; `None` if it did. What leaves or quits acts at once, and
    /// those that wait are forgotten.
    pub(super) fn pass_waiting(&mut self, message: Message) -> Option<Message> {
        if self.typed_ahead.is_empty() {
            return Some(message);
        }
        match message {
            Message::Key(key) if self.is_leaving(key) => {
                self.forget_typed();
                Some(message)
            }
            Message::Key(key) => {
                self.wait(key);
                None
            }
            Message::Paste(_) => {
                self.typed_ahead.push(message);
                None
            }
            // The mouse goes elsewhere.
            Message::Mouse(_) => {
                self.forget_typed();
                Some(message)
            }
            _ => Some(message),
        }
    }

    fn is_leaving(&self, key: Key) -> bool {
        let is_typed = self.typed_ahead.is_typing && matches!(key.code, Code::Char(_)) && !key.ctrl;
        let rows = self
            .settings
            .keys
            .rows(self.key_context(), None, key.meant());
        let leaves = |action| {
            matches!(
                action,
                Action::Back | Action::Quit | Action::QuitNow | Action::Suspend
            )
        };
        !is_typed && rows.iter().any(|row| leaves(row.action))
    }

    /// Lets a key wait if what its commands are about is not there yet; `false` if it is.
    pub(super) fn wait_for(&mut self, actions: &[Action], key: Key) -> bool {
        let Some(awaited) = self.awaited() else {
            return false;
        };
        let focus = match self.mode() {
            Mode::List => Focus::List,
            Mode::Article => Focus::Article,
            _ => return false,
        };
        let needs = |action: &Action| match awaited {
            Awaited::List => needs_list(*action) || needs_text(*action, focus),
            Awaited::Text(_) => needs_text(*action, focus),
        };
        if !actions.iter().any(needs) {
            return false;
        }
        self.typed_ahead.awaited = Some(awaited);
        self.emit(Effect::StartTimer {
            timer: Timer::TypeAhead,
            after: LONGEST_WAIT,
        });
        self.wait(key);
        true
    }

    fn wait(&mut self, key: Key) {
        let rows = self
            .settings
            .keys
            .rows(self.key_context(), None, key.meant());
        self.typed_ahead.is_typing |= rows.iter().any(|row| opens_line(row.action));
        self.typed_ahead.push(Message::Key(key));
    }

    pub(super) fn forget_typed(&mut self) {
        self.typed_ahead = TypeAhead::default();
        self.count = None;
        self.prefix = None;
    }

    /// The keys that waited, once something else is awaited than they waited for, or nothing: some may have to wait again.
    pub(super) fn take_typed(&mut self) -> VecDeque<Message> {
        if self.typed_ahead.is_empty() || self.typed_ahead.awaited == self.awaited() {
            return VecDeque::new();
        }
        std::mem::take(&mut self.typed_ahead).waiting
    }

    /// The keys have waited long enough: nobody expects any more that they act.
    pub(super) fn end_wait(&mut self) {
        if !self.typed_ahead.is_empty() {
            self.forget_typed();
            self.set_status(tr!(
                "The article is still being read; the keys typed meanwhile were dropped"
            ));
        }
    }
}

/// Whether an action is about the articles of the list.
const fn needs_list(action: Action) -> bool {
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
const fn needs_text(action: Action, focus: Focus) -> bool {
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
const fn opens_line(action: Action) -> bool {
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
