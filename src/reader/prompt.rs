//! The input line.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};
use crate::catalog::Mistake;
use crate::text;
use crate::typeset::{self, Ambiguous};

/// What an input line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromptKind {
    /// To find in the article.
    Find,
    /// To filter the list.
    Filter,
}

/// More characters than this are not taken into an input line.
const MOST_CHARS: usize = 1000;

/// The input line; it stands in the status line while it is open. Stable.
#[derive(Clone, Debug)]
pub struct Prompt {
    kind: PromptKind,
    input: Input,
    mistake: Option<Mistake>,
}

impl Prompt {
    pub(super) fn new(kind: PromptKind, text: &str) -> Self {
        Self { kind, input: Input::new(text.to_owned()), mistake: None }
    }

    /// What it is for.
    pub const fn kind(&self) -> PromptKind {
        self.kind
    }

    /// What stands before the text.
    pub const fn label(&self) -> &'static str {
        match self.kind {
            PromptKind::Find => "Find / ",
            PromptKind::Filter => "Filter / ",
        }
    }

    /// What is wrong with the query, if it was not understood.
    pub const fn mistake(&self) -> Option<&Mistake> {
        self.mistake.as_ref()
    }

    pub(super) fn set_mistake(&mut self, mistake: Option<Mistake>) {
        self.mistake = mistake;
    }

    /// The text typed so far.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The part of the text that fits into so many columns, the cursor always in it, and the cursor's column in that part.
    pub fn visible(&self, columns: u16, ambiguous: Ambiguous) -> (&str, u16) {
        let text = self.text();
        let cursor = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at);
        // The cursor needs a column of its own, also at the end.
        let room = usize::from(columns).saturating_sub(1);
        let mut start = cursor;
        let mut before = 0;
        for (at, grapheme) in text[..cursor].grapheme_indices(true).rev() {
            let width = typeset::grapheme_columns(grapheme, ambiguous);
            if before + width > room {
                break;
            }
            (start, before) = (at, before + width);
        }
        let mut end = cursor;
        let mut all = before;
        for (at, grapheme) in text[cursor..].grapheme_indices(true) {
            all += typeset::grapheme_columns(grapheme, ambiguous);
            if all > usize::from(columns) {
                break;
            }
            end = cursor + at + grapheme.len();
        }
        (&text[start..end], before as u16)
    }

    /// Edits by a key; whether the text changed.
    pub(super) fn edit(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        if matches!(request, InputRequest::InsertChar(_)) && !self.has_room() {
            return false;
        }
        self.input.handle(request).is_some_and(|changed| changed.value)
    }

    /// Inserts a text that was pasted, cleaned and on one line.
    pub(super) fn paste(&mut self, pasted: &str) {
        for c in text::clean_line(pasted).trim().chars() {
            if self.has_room() {
                self.input.handle(InputRequest::InsertChar(c));
            }
        }
    }

    fn has_room(&self) -> bool {
        self.text().len() < MOST_CHARS * 4
    }
}

/// The edits that readline's users know.
fn request(key: Key) -> Option<InputRequest> {
    Some(match (key.code, key.ctrl) {
        (Code::Char('a'), true) | (Code::Home, _) => InputRequest::GoToStart,
        (Code::Char('e'), true) | (Code::End, _) => InputRequest::GoToEnd,
        (Code::Char('b'), true) | (Code::Left, false) => InputRequest::GoToPrevChar,
        (Code::Char('f'), true) | (Code::Right, false) => InputRequest::GoToNextChar,
        (Code::Left, true) => InputRequest::GoToPrevWord,
        (Code::Right, true) => InputRequest::GoToNextWord,
        (Code::Char('h'), true) | (Code::Backspace, false) => InputRequest::DeletePrevChar,
        (Code::Char('d'), true) | (Code::Delete, false) => InputRequest::DeleteNextChar,
        (Code::Char('w') | Code::Backspace, true) => InputRequest::DeletePrevWord,
        (Code::Delete, true) => InputRequest::DeleteNextWord,
        (Code::Char('k'), true) => InputRequest::DeleteTillEnd,
        (Code::Char('u'), true) => InputRequest::DeleteFromStart,
        (Code::Char(c), false) if !key.alt && is_typed(c) => InputRequest::InsertChar(c),
        _ => return None,
    })
}

/// Whether a character may stand in an input line: what cleaning would change may not.
fn is_typed(c: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    !c.is_control() && text::clean_line(text) == text
}
