//! The input line.

use std::ops::Range;

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};
use crate::catalog::{Query, QueryError};
use crate::text;
use crate::typeset::{self, Ambiguous};

/// What an input line is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum PromptKind {
    #[default]
    Find,
    Filter,
    /// In the first row of the search screen.
    Search,
    Save,
    Rename,
    /// In the facets.
    Facets,
    /// In the help.
    Help,
    /// In the list of highlights or of words.
    Listed,
    /// The meaning of a word of the vocabulary book.
    Meaning,
    /// Over the list of commands.
    Command,
    /// A command that gets the article.
    PipeArticle,
    /// A command that gets the current paragraph.
    PipeParagraph,
    /// A command that gets what is selected.
    PipeSelection,
    /// A word to look up.
    LookUp,
    /// The reader's own tags of articles.
    Tags,
}

/// The input line as it is drawn. Columns count from the left edge of its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PromptLine<'a> {
    pub(crate) label: &'static str,
    pub(crate) label_x: u16,
    pub(crate) text: &'a str,
    /// Whether the text is selected: what is typed replaces it.
    pub(crate) is_selected: bool,
    pub(crate) x: u16,
    pub(crate) cursor: u16,
    /// The first column of the room for a note such as `3/17`.
    pub(crate) end: u16,
    pub(crate) wrong: Option<PromptError<'a>>,
}

/// A mistake in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PromptError<'a> {
    pub(crate) x: u16,
    /// At least one.
    pub(crate) columns: u16,
    pub(crate) reason: &'a str,
}

/// The columns kept free for a note after the text, if there is room.
const NOTE_COLUMNS: u16 = 14;

const MOST_CHARS: usize = 1000;

/// An input line, in the status bar or on the search screen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prompt {
    kind: PromptKind,
    input: Input,
    /// Whether the text is a proposed name that nobody has touched yet: it is selected.
    is_selected: bool,
    mistake: Option<QueryError>,
}

impl Prompt {
    pub(super) fn new(kind: PromptKind, text: &str) -> Self {
        Self {
            kind,
            input: Input::new(text.to_owned()),
            is_selected: matches!(
                kind,
                PromptKind::Save
                    | PromptKind::Rename
                    | PromptKind::PipeArticle
                    | PromptKind::PipeParagraph
                    | PromptKind::PipeSelection
                    | PromptKind::LookUp
            ),
            mistake: None,
        }
    }

    pub(crate) const fn kind(&self) -> PromptKind {
        self.kind
    }

    pub(crate) fn label(&self) -> &'static str {
        match self.kind {
            PromptKind::Find => tr!("Find /"),
            PromptKind::Filter | PromptKind::Listed => tr!("Filter /"),
            PromptKind::Search => tr!("Search /"),
            PromptKind::Save => tr!("Save as:"),
            PromptKind::Rename => tr!("New name:"),
            PromptKind::Facets => "/",
            PromptKind::Help => tr!("Search help /"),
            PromptKind::Meaning => tr!("Meaning:"),
            PromptKind::Command => tr!("Command :"),
            PromptKind::PipeArticle => tr!("Article |"),
            PromptKind::PipeParagraph => tr!("Paragraph |"),
            PromptKind::PipeSelection => tr!("Selection |"),
            PromptKind::LookUp => tr!("Look up:"),
            PromptKind::Tags => tr!("Tags:"),
        }
    }

    pub(crate) fn text(&self) -> &str {
        self.input.value()
    }

    pub(crate) const fn mistake(&self) -> Option<&QueryError> {
        self.mistake.as_ref()
    }

    /// Parses the text as a query. A mistake is kept to be shown.
    pub(super) fn query(&mut self) -> Option<Query> {
        let parsed = Query::parse(self.text());
        let (query, mistake) =
            parsed.map_or_else(|mistake| (None, Some(mistake)), |query| (Some(query), None));
        self.mistake = mistake;
        query
    }

    /// The line as it is drawn in some columns.
    pub(super) fn line(&self, columns: u16, ambiguous: Ambiguous) -> PromptLine<'_> {
        let label = self.label();
        // A blank is behind it.
        let width = typeset::columns(label, ambiguous) as u16 + 1;
        // A narrow screen keeps its columns for the text.
        let (label, label_x, x) = if columns < 3 * width {
            ("/", 0, 1)
        } else {
            (label, 1, 1 + width)
        };
        let note = if columns >= x + 3 * NOTE_COLUMNS {
            NOTE_COLUMNS
        } else {
            0
        };
        let room = columns.saturating_sub(x + note);
        let (shown, cursor) = self.visible(room, ambiguous);
        let text = &self.text()[shown.clone()];
        let wrong = self.mistake.as_ref().map(|mistake| {
            let at = |byte: usize| text.floor_char_boundary(byte.saturating_sub(shown.start));
            let (from, to) = (
                at(mistake.at.start),
                at(mistake.at.end.max(mistake.at.start)),
            );
            let width = |text: &str| typeset::columns(text, ambiguous) as u16;
            PromptError {
                x: x + width(&text[..from]),
                columns: width(&text[from..to]).max(1),
                reason: &mistake.reason,
            }
        });
        PromptLine {
            label,
            label_x,
            text,
            is_selected: self.is_selected,
            x,
            cursor: x + cursor,
            end: (x + room).min(columns),
            wrong,
        }
    }

    /// The bytes of the text that fit into some columns with the cursor, and the column of the
    /// cursor in them.
    pub(crate) fn visible(&self, columns: u16, ambiguous: Ambiguous) -> (Range<usize>, u16) {
        let text = self.text();
        let cursor = text
            .char_indices()
            .nth(self.input.cursor())
            .map_or(text.len(), |(at, _)| at);
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
        (start..end, before as u16)
    }

    /// Edits by a key; whether the text changed.
    pub(super) fn edit(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else {
            return false;
        };
        let is_typed = matches!(request, InputRequest::InsertChar(_));
        let is_deleted = matches!(
            request,
            InputRequest::DeletePrevChar | InputRequest::DeleteNextChar
        );
        if std::mem::take(&mut self.is_selected) && (is_typed || is_deleted) {
            self.input.reset();
            if is_deleted {
                return true;
            }
        }
        if is_typed && !self.has_room() {
            return false;
        }
        self.input
            .handle(request)
            .is_some_and(|changed| changed.value)
    }

    /// Inserts a text that was pasted, cleaned and on one line.
    pub(super) fn paste(&mut self, pasted: &str) {
        if std::mem::take(&mut self.is_selected) {
            self.input.reset();
        }
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

/// Whether a character may be typed: not if cleaning would change it.
fn is_typed(c: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    !c.is_control() && text::clean_line(text) == text
}
