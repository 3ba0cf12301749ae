//! Rows for pictures, which are drawn by others.

use super::rows::{LayoutSettings, Origin, Piece, Role, RoleKind, Rows};
use super::width::columns;
use crate::markdown::Inline;

/// Adds a note to the last row, which belongs to an image (its link and column), or below it if there is no room; and
/// keeps rows free below that. Returns the first of these.
pub fn keep_rows(
    rows: &mut Rows,
    settings: &LayoutSettings,
    (link, x): (u32, u16),
    note: Option<&str>,
    free: u16,
) -> u32 {
    let end = rows.rows.last().map_or(0, |row| row.range.end);
    if let Some(note) = note {
        add_note(rows, settings, (link, x), note, end);
    }
    let first = rows.rows.len() as u32;
    for _ in 0..free {
        rows.open();
        rows.close(end..end);
    }
    first
}

fn add_note(
    rows: &mut Rows,
    settings: &LayoutSettings,
    (link, x): (u32, u16),
    note: &str,
    end: u32,
) {
    let last = rows.rows.last().map(|row| rows.pieces_of(row));
    let last = last.and_then(<[Piece]>::last);
    let after = last.filter(|piece| piece.link == Some(link));
    let after = after.map(|piece| piece.column + piece.columns);
    let width = columns(note, settings.ambiguous) as u16;
    let is_below = after.is_none_or(|after| after + width > settings.columns);
    // A row of its own begins with the first fact.
    let note = if is_below {
        note.trim_start_matches([',', ' '])
    } else {
        note
    };
    let mut piece = Piece {
        origin: Origin::Own(0..0),
        shown: None,
        column: after.filter(|_| !is_below).unwrap_or(x),
        columns: columns(note, settings.ambiguous) as u16,
        role: Role {
            kind: RoleKind::Text,
            inline: Inline::IMAGE,
        },
        link: Some(link),
    };
    if piece.column + piece.columns > settings.columns {
        return;
    }
    piece.origin = Origin::Own(rows.add_own(note));
    if is_below {
        rows.open();
        rows.pieces.push(piece);
        rows.close(end..end);
    } else {
        rows.pieces.push(piece);
        if let Some(row) = rows.rows.last_mut() {
            row.pieces.end += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::text::{SourceKind, SourcePart};
    use crate::typeset::set_block;

    /// The rows of an image with a note and two free rows, in some columns.
    fn lines(width: u16) -> Vec<String> {
        let source = SourcePart {
            kind: SourceKind::Markdown,
            source: "![茶园 tea](tea.png)",
            line: 1,
        };
        let document = parse(&[source], "");
        let (settings, mut rows) = (LayoutSettings::new(width), Rows::default());
        set_block(&document, 0, &settings, &mut rows);
        let first = keep_rows(&mut rows, &settings, (0, 0), Some(", 12×8"), 2);
        assert_eq!(first as usize + 2, rows.rows.len());
        let starts = rows.rows.iter().map(|row| row.range.start);
        assert!(starts.is_sorted());
        let plain = |row| rows.plain(row, &document);
        (0..rows.rows.len()).map(plain).collect()
    }

    #[test]
    fn a_note_stands_behind_the_image_or_below_it_or_is_left_out() {
        assert_eq!(lines(20), ["▣ 茶园 tea, 12×8", "", ""]);
        assert_eq!(lines(11), ["▣ 茶园 tea", "12×8", "", ""]);
        assert!(!lines(3).iter().any(|line| line.contains('×')));
    }
}
