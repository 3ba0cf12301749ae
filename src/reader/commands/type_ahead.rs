//! Lets keys wait that are typed before what they are about is there, and lets them act once it is.

use std::collections::VecDeque;
use std::time::Duration;

use crate::reader::key::{Code, Key};
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::message::{Effect, Message, Timer};
use crate::reader::model::{Mode, Model};
use crate::reader::type_ahead::{Awaited, TypeAhead, needs_list, needs_text, opens_line};

/// How long typed keys wait.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
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
    pub(in crate::reader) fn pass_waiting(&mut self, message: Message) -> Option<Message> {
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
    pub(in crate::reader) fn wait_for(&mut self, actions: &[Action], key: Key) -> bool {
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

    pub(in crate::reader) fn forget_typed(&mut self) {
        self.typed_ahead = TypeAhead::default();
        self.count = None;
        self.prefix = None;
    }

    /// The keys that waited, once something else is awaited than they waited for, or nothing: some may have to wait again.
    pub(in crate::reader) fn take_typed(&mut self) -> VecDeque<Message> {
        if self.typed_ahead.is_empty() || self.typed_ahead.awaited == self.awaited() {
            return VecDeque::new();
        }
        std::mem::take(&mut self.typed_ahead).waiting
    }

    /// The keys have waited long enough: nobody expects any more that they act.
    pub(in crate::reader) fn end_wait(&mut self) {
        if !self.typed_ahead.is_empty() {
            self.forget_typed();
            self.set_status(tr!(
                "The article is still being read; the keys typed meanwhile were dropped"
            ));
        }
    }
}
