//! Pictures on the screen: the cells that the shell made of them, in place of the rows that are kept free.
//!
//! While the screen is drawn, their cells hold a mark; what is drawn over a picture overwrites marks. At the end those
//! that are left become the picture. A cell may name a strip, which the backend writes in its place: a sequence of the
//! terminal's own for one or more rows. A strip of which anything is covered or off the screen is left out.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::canvas::{Canvas, rect};
use crate::reader::{Model, PictureBox, Popup, VisiblePicture};

/// The first mark; each picture on the screen has its own. Noncharacters and the end of a private area, which no font
/// shows.
const FIRST_MARK: u32 = 0x10_ff00;
const MOST_PICTURES: usize = 0xf0;
/// The symbol of a cell that names a strip, by its colour.
const STRIP: &str = "\u{10fffd}";

/// A picture as cells, row by row.
#[derive(Clone, Debug)]
pub struct PictureCells {
    /// Its columns and rows.
    pub size: [u16; 2],
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The rows of a strip; 1 if each cell is by itself.
    pub strip_rows: u16,
}

/// Gives the cells of a picture; None as long as there are none.
pub type PictureSource<'a> = dyn Fn(&PictureBox) -> Option<&'a PictureCells> + 'a;

impl PictureCells {
    /// A picture of strips. Each has a number and some rows, the last one may have fewer.
    pub fn of_strips(size: [u16; 2], strip_rows: u16, numbers: impl Iterator<Item = u32>) -> Self {
        let mut skipped = Cell::EMPTY;
        skipped.set_diff_option(CellDiffOption::Skip);
        let mut cells = vec![skipped; usize::from(size[0]) * usize::from(size[1])];
        let step = usize::from(size[0]) * usize::from(strip_rows);
        for (cell, number) in cells.iter_mut().step_by(step.max(1)).zip(numbers) {
            let [_, red, green, blue] = number.to_be_bytes();
            *cell = Cell::EMPTY;
            cell.set_symbol(STRIP).set_fg(Color::Rgb(red, green, blue));
        }
        Self {
            size,
            cells,
            strip_rows,
        }
    }

    fn row(&self, row: u16) -> &[Cell] {
        let columns = usize::from(self.size[0]);
        let start = usize::from(row) * columns;
        self.cells.get(start..start + columns).unwrap_or_default()
    }
}

/// The number of the strip that a cell names.
pub fn strip_of(cell: &Cell) -> Option<u32> {
    match cell.fg {
        Color::Rgb(red, green, blue) if cell.symbol() == STRIP => {
            Some(u32::from_be_bytes([0, red, green, blue]))
        }
        _ => None,
    }
}

/// The pictures on the screen, those in front last.
pub fn pictures_on_screen(model: &Model) -> Vec<VisiblePicture> {
    let article = article_pictures(model);
    let in_front = model.popup.as_ref().and_then(Popup::picture);
    article
        .into_iter()
        .flat_map(|(_, them)| them)
        .chain(in_front)
        .collect()
}

/// Where the text of the article is drawn, and its pictures on the screen.
fn article_pictures(
    model: &Model,
) -> Option<(Rect, impl Iterator<Item = VisiblePicture> + use<'_>)> {
    let is_shown = !model.search.is_open && model.facets.is_none();
    let article = model.layout.article.filter(|_| is_shown)?;
    let area = rect(article.body);
    let pictures = model.page()?.visible_pictures();
    let on_screen = move |it: VisiblePicture| VisiblePicture {
        x: it.x + area.x,
        y: it.y + i32::from(area.y),
        ..it
    };
    Some((area, pictures.map(on_screen)))
}

/// The pictures of a frame, as it is drawn.
pub(super) struct FramePictures<'a> {
    source: &'a PictureSource<'a>,
    /// The visible rows and the place of each.
    marked: Vec<(Rect, VisiblePicture, &'a PictureCells)>,
}

impl<'a> FramePictures<'a> {
    pub(super) const fn new(source: &'a PictureSource<'a>) -> Self {
        Self {
            source,
            marked: Vec::new(),
        }
    }

    /// Marks the cells of the article's pictures.
    pub(super) fn mark_article(&mut self, canvas: &mut Canvas<'_>, model: &Model) {
        if let Some((area, pictures)) = article_pictures(model) {
            pictures.for_each(|picture| self.mark(canvas, area, picture));
        }
    }

    /// Marks the cells of a picture in an area.
    pub(super) fn mark(&mut self, canvas: &mut Canvas<'_>, area: Rect, picture: VisiblePicture) {
        let Some(cells) = (self.source)(&picture.picture) else {
            return;
        };
        let Some(mark) = mark(self.marked.len()) else {
            return;
        };
        let [columns, rows] = cells.size;
        let top = picture.y.max(0) as u16;
        let bottom = (picture.y + i32::from(rows)).max(0) as u16;
        let whole = Rect::new(picture.x, top, columns, bottom - top);
        let visible = whole.intersection(area).intersection(canvas.buffer.area);
        for at in visible.positions() {
            let cell = &mut canvas.buffer[at];
            cell.reset();
            cell.set_char(mark);
        }
        self.marked.push((visible, picture, cells));
    }

    /// Puts the pictures where their marks are left.
    pub(super) fn draw(self, buffer: &mut Buffer) {
        for (index, (visible, picture, cells)) in self.marked.into_iter().enumerate() {
            let Some(mark) = mark(index) else { continue };
            let mark = mark.to_string();
            let strip_rows = cells.strip_rows.max(1);
            // The row of the screen of a row of the picture, if that is visible.
            let on_screen = |row: u16| {
                let y = u16::try_from(picture.y + i32::from(row)).ok()?;
                (visible.top()..visible.bottom()).contains(&y).then_some(y)
            };
            let columns = visible.left()..visible.right();
            for first in (0..cells.size[1]).step_by(strip_rows.into()) {
                let rows = first..(first + strip_rows).min(cells.size[1]);
                let is_marked = |row: u16| {
                    let y = on_screen(row);
                    y.is_some_and(|y| columns.clone().all(|x| buffer[(x, y)].symbol() == mark))
                };
                let is_strip = cells
                    .row(first)
                    .first()
                    .is_some_and(|it| strip_of(it).is_some());
                let is_cut = visible.width < cells.size[0] || !rows.clone().all(is_marked);
                for (row, y) in rows.filter_map(|row| Some((row, on_screen(row)?))) {
                    for (x, new) in columns.clone().zip(cells.row(row)) {
                        let cell = &mut buffer[(x, y)];
                        if cell.symbol() == mark {
                            cell.reset();
                            if !(is_strip && is_cut) {
                                cell.clone_from(new);
                            }
                        }
                    }
                }
            }
        }
    }
}

fn mark(index: usize) -> Option<char> {
    let index = Some(index).filter(|index| *index < MOST_PICTURES)?;
    char::from_u32(FIRST_MARK + index as u32)
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
