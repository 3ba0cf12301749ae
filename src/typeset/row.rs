//! Finished rows of text, ready to be drawn.

use std::ops::Range;

use super::role::Role;
use crate::markdown::Document;

/// Rows with their pieces, each in one vector, so that laying out allocates little. Empty rows (of no piece) are blank lines inside a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// The pieces of all rows.
    pub pieces: Vec<Piece>,
    /// Text that is not the document's: markers, rules, hyphens.
    pub own: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its pieces, as a range of indices into [`Rows::pieces`], from left to right.
    pub pieces: Range<u32>,
    /// The byte range of [`Document::text`] that the row shows; a row that shows none has the empty range where it stands. Starts never decrease, so a position finds its row by bisection; in a table that has cells side by side, the range is that of the table's row.
    pub range: Range<u32>,
}

/// A run of characters of one role, at its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where its characters lie.
    pub origin: Origin,
    /// The column of its first character, counted from 0 at the left edge of the layout.
    pub column: u16,
    /// How many columns it takes.
    pub columns: u16,
    /// What it is.
    pub role: Role,
    /// The link it is part of, as an index into [`Document::links`](crate::markdown::Document::links).
    pub link: Option<u32>,
}

/// Where a piece's characters lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A byte range of the document's text.
    Document(Range<u32>),
    /// A byte range of [`Rows::own`].
    Own(Range<u32>),
}

impl Rows {
    /// The characters of a piece.
    pub fn text<'a>(&'a self, piece: &Piece, document: &'a Document) -> &'a str {
        match &piece.origin {
            Origin::Document(range) => &document.text[range.start as usize..range.end as usize],
            Origin::Own(range) => &self.own[range.start as usize..range.end as usize],
        }
    }

    /// The pieces of a row.
    pub fn pieces_of(&self, row: &Row) -> &[Piece] {
        &self.pieces[row.pieces.start as usize..row.pieces.end as usize]
    }

    /// The row that shows a byte offset of the document's text: the last that starts at or before it; among the rows of a
    /// table's row the one whose cell shows it, else the first.
    pub fn row_at(&self, offset: u32) -> usize {
        let last = self.rows.partition_point(|row| row.range.start <= offset).saturating_sub(1);
        let Some(range) = self.rows.get(last).map(|row| &row.range).filter(|range| !range.is_empty()) else {
            return last;
        };
        let first = self.rows[..last].iter().rposition(|row| row.range != *range).map_or(0, |before| before + 1);
        (first..last).find(|row| self.shows(*row, offset)).unwrap_or(if self.shows(last, offset) {
            last
        } else {
            first
        })
    }

    /// Whether a piece of a row holds a byte offset of the document's text.
    fn shows(&self, row: usize, offset: u32) -> bool {
        self.pieces_of(&self.rows[row])
            .iter()
            .any(|piece| matches!(&piece.origin, Origin::Document(range) if range.contains(&offset)))
    }

    /// Begins a row: the pieces pushed from now on are its own, until [`Rows::close`].
    pub(super) fn open(&mut self) {
        let start = self.pieces.len() as u32;
        self.rows.push(Row { pieces: start..start, range: 0..0 });
    }

    /// Ends the row begun last.
    pub(super) fn close(&mut self, range: Range<u32>) {
        let end = self.pieces.len() as u32;
        if let Some(row) = self.rows.last_mut() {
            row.pieces.end = end;
            row.range = range;
        }
    }

    /// A row as plain text, its pieces at their columns with spaces between, nothing trailing.
    pub fn plain(&self, row: usize, document: &Document) -> String {
        let mut line = String::new();
        let mut column = 0;
        for piece in self.pieces_of(&self.rows[row]) {
            while column < piece.column {
                line.push(' ');
                column += 1;
            }
            line.push_str(self.text(piece, document));
            column = piece.column + piece.columns;
        }
        line.truncate(line.trim_end().len());
        line
    }
}
