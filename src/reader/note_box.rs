//! The input box of a note, of several lines.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};
use super::message::Area;
use super::popup::{NOTE_COLUMNS, Popup};
use crate::catalog::Annotation;
use crate::text::clean_line;
use crate::typeset::{self, Ambiguous};

/// The most bytes that are typed in the box; a longer note is written in an editor.
pub(super) const MOST_TYPED: usize = 16 << 10;
/// The most rows of the box.
const MOST_ROWS: u16 = 10;

/// The box: the highlight that the note is about, and what was written so far.
#[derive(Clone, Debug)]
pub(crate) struct NoteBox {
    pub(super) annotation: Arc<Annotation>,
    text: String,
    /// A byte of the text.
    cursor: usize,
    pub(crate) popup: Popup,
    /// Where the cursor is in the rows, and the first row on the screen.
    cursor_at: (u16, usize),
    top: usize,
}

/// A row of the box: its bytes in the text, and what is shown of them.
struct NoteRow {
    start: usize,
    end: usize,
    shown: String,
}

impl NoteBox {
    pub(super) fn new(annotation: Arc<Annotation>) -> Self {
        let text = annotation.note.clone();
        Self {
            annotation,
            cursor: text.len(),
            text,
            popup: Popup::note(String::new(), Vec::new()),
            cursor_at: (0, 0),
            top: 0,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Edits by a key.
    pub(super) fn edit(&mut self, key: Key) {
        match (key.code, key.ctrl) {
            (Code::Enter, _) => self.insert("\n"),
            (Code::Left, false) => self.cursor = self.before(),
            (Code::Right, false) => self.cursor = self.after(),
            (Code::Up, _) => self.step_rows(-1),
            (Code::Down, _) => self.step_rows(1),
            (Code::Home, _) | (Code::Char('a'), true) => self.cursor = self.line_start(),
            (Code::End, _) => self.cursor = self.line_end(),
            (Code::Backspace, false) | (Code::Char('h'), true) => {
                self.delete(self.before(), self.cursor);
            }
            (Code::Delete, _) | (Code::Char('d'), true) => self.delete(self.cursor, self.after()),
            (Code::Char('w') | Code::Backspace, true) => {
                self.delete(self.word_start(), self.cursor);
            }
            (Code::Char('u'), true) => self.delete(self.line_start(), self.cursor),
            (Code::Char('k'), true) => self.delete(self.cursor, self.line_end()),
            (Code::Char(c), false) if !key.alt && !c.is_control() => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }

    /// Inserts a text, as far as there is room.
    pub(super) fn insert(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let room = MOST_TYPED.saturating_sub(self.text.len());
        let text = &text[..text.floor_char_boundary(room)];
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    fn before(&self) -> usize {
        let last = self.text[..self.cursor].grapheme_indices(true).next_back();
        last.map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let next = self.text[self.cursor..].graphemes(true).next();
        self.cursor + next.map_or(0, str::len)
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let rest = self.text[self.cursor..].find('\n');
        rest.map_or(self.text.len(), |at| self.cursor + at)
    }

    fn word_start(&self) -> usize {
        let before = self.text[..self.cursor].trim_end_matches([' ', '\t']);
        let start = before.unicode_word_indices().next_back();
        start
            .map_or(0, |(at, _)| at)
            .max(self.line_start().min(before.len()))
    }

    /// Goes to the same column of another row.
    fn step_rows(&mut self, by: isize) {
        let columns = self.popup.body.columns;
        let rows = self.rows(columns, Ambiguous::Narrow);
        let (column, row) = self.cursor_at;
        let Some(target) = row.checked_add_signed(by).and_then(|row| rows.get(row)) else {
            self.cursor = if by < 0 { 0 } else { self.text.len() };
            return;
        };
        let mut at = target.start;
        for symbol in self.text[target.start..target.end].graphemes(true) {
            let shown = &self.text[target.start..at + symbol.len()];
            if typeset::columns(&clean_line(shown), Ambiguous::Narrow) > column.into() {
                break;
            }
            at += symbol.len();
        }
        self.cursor = at;
    }

    /// The rows of the text in some columns.
    fn rows(&self, columns: u16, ambiguous: Ambiguous) -> Vec<NoteRow> {
        // The cursor needs a column at the end.
        let room = usize::from(columns.max(3)) - 1;
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let (mut from, mut shown, mut width) = (start, String::new(), 0);
            for (at, symbol) in line.grapheme_indices(true) {
                let clean = clean_line(symbol);
                let wide = typeset::columns(&clean, ambiguous);
                if width + wide > room {
                    let end = start + at;
                    rows.push(NoteRow {
                        start: std::mem::replace(&mut from, end),
                        end,
                        shown: std::mem::take(&mut shown),
                    });
                    width = 0;
                }
                shown += &clean;
                width += wide;
            }
            let end = start + line.len();
            rows.push(NoteRow {
                start: from,
                end,
                shown,
            });
            start = end + 1;
        }
        rows
    }

    /// Places the box on the screen, with the cursor in it.
    pub(super) fn place(&mut self, area: Area, ambiguous: Ambiguous) {
        let columns = NOTE_COLUMNS.min(area.columns.saturating_sub(6)).max(8);
        let rows = self.rows(columns, ambiguous);
        let is_here = |row: &NoteRow| row.start <= self.cursor && self.cursor <= row.end;
        // Of two rows of a line, the cursor is at the beginning of the second.
        let row = rows.iter().rposition(is_here).unwrap_or(0);
        let before = clean_line(&self.text[rows[row].start..self.cursor]);
        self.cursor_at = (typeset::columns(&before, ambiguous) as u16, row);
        let height = usize::from(MOST_ROWS.min(area.rows.saturating_sub(4)).max(1));
        self.top = self.top.min(row).max((row + 1).saturating_sub(height));
        let shown = rows.into_iter().skip(self.top).map(|row| row.shown);
        let mut lines: Vec<String> = shown.take(height).collect();
        lines.resize(height.min(lines.len().max(3)), String::new());
        let title: String = self.annotation.text.chars().take(200).collect();
        let title =
            clean_line(&title.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
        self.popup.set_note(title, lines);
        self.popup.place(area, ambiguous);
    }

    /// The cell of the cursor.
    pub(super) fn cursor(&self) -> (u16, u16) {
        let (column, row) = self.cursor_at;
        let (body, row) = (self.popup.body, row - self.top);
        let y = (row as u16).min(body.rows.saturating_sub(1));
        (
            body.x + column.min(body.columns.saturating_sub(1)),
            body.y + y,
        )
    }
}
