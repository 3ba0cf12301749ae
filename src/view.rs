//! Draws the model: a theme applied to finished rows. Computes no layout.

mod canvas;
mod facets;
mod hyperlink;
mod large;
mod linear;
mod list;
mod page;
mod palette;
mod pictures;
mod popup;
mod prompt;
mod search;
mod status;
mod theme;
mod theme_file;
mod underlines;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use crate::reader::Model;
use canvas::{Canvas, rect};
use pictures::FramePictures;

pub use hyperlink::hyperlinks;
pub(crate) use large::LARGE;
pub use linear::LinearView;
pub use palette::{Background, ColourDepth, Palette};
pub use pictures::{PictureCells, PictureSource, pictures_on_screen, strip_of};
pub(crate) use theme::{CURLY, DOTTED};
pub use theme::{Theme, Tone};
pub use theme_file::ThemeMistake;
pub(crate) use underlines::with_one_underline;

/// Draws the model on the whole screen without pictures, and places the hardware cursor.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    draw_with_pictures(model, theme, &|_| None, frame);
}

/// Draws the model on the whole screen, with the pictures that are there, and places the hardware cursor.
pub fn draw_with_pictures<'a>(
    model: &Model,
    theme: &Theme,
    pictures: &'a PictureSource<'a>,
    frame: &mut Frame<'_>,
) {
    let mut canvas = Canvas {
        buffer: frame.buffer_mut(),
        theme,
        ambiguous: model.settings.ambiguous,
        is_ascii: model.settings.is_ascii(),
        has_hyperlinks: model.settings.set.hyperlinks,
        large: Vec::new(),
    };
    let mut pictures = FramePictures::new(pictures);
    if model.search.is_open {
        search::draw(&mut canvas, model);
    } else {
        draw_panes(&mut canvas, model);
        pictures.mark_article(&mut canvas, model);
    }
    if let Some(popup) = model.popup.as_ref() {
        popup::draw(&mut canvas, popup);
        if let Some(picture) = popup.picture() {
            pictures.mark(&mut canvas, rect(popup.body), picture);
        }
    }
    if let Some(note_box) = model.note_box.as_ref() {
        popup::draw(&mut canvas, &note_box.popup);
    }
    if let Some(look_up) = model.look_up_box() {
        popup::draw(&mut canvas, look_up);
    }
    if let Some(chords) = model.chords.as_ref() {
        popup::draw(&mut canvas, chords);
    }
    if let Some(status) = model.layout.status {
        status::draw_status(&mut canvas, rect(status), model);
    }
    canvas.settle_large();
    pictures.draw(canvas.buffer);
    if let Some((text, ground)) = theme.paint() {
        paint(frame.buffer_mut(), text, ground);
    }
    if let Some((x, y)) = model.cursor() {
        frame.set_cursor_position(Position::new(x, y));
    }
}

/// Gives each cell that has the terminal's own colours those of the theme.
fn paint(buffer: &mut Buffer, text: Color, ground: Color) {
    for cell in &mut buffer.content {
        if cell.fg == Color::Reset {
            cell.fg = text;
        }
        if cell.bg == Color::Reset {
            cell.bg = ground;
        }
    }
}

/// Draws list and article, or the facets in place of one of them.
fn draw_panes(canvas: &mut Canvas<'_>, model: &Model) {
    let panes = model.layout;
    if let Some(list) = panes.list {
        if let Some(title) = list.title {
            status::draw_list_title(canvas, rect(title), model);
        }
        list::draw(canvas, rect(list.body), model);
    }
    if let (Some(x), Some(framed)) = (panes.rule, panes.list) {
        // The line between the panes is also the list's scrollbar.
        let bar = Rect::new(x, framed.body.y, 1, framed.body.rows);
        canvas.column(x, 0, bar.bottom(), "│", Tone::Faint);
        canvas.scrollbar(bar, model.list().bar());
    }
    if let Some(facets) = model.facets.as_ref() {
        facets::draw(canvas, model, facets);
    } else if let Some(article) = panes.article {
        if let Some(title) = article.title {
            status::draw_article_title(canvas, title, model);
        }
        page::draw(canvas, rect(article.body), model);
    }
}
