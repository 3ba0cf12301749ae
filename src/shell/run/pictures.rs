//! The pictures of a session: how the terminal shows them, and which are made ready.

use ratatui::backend::Backend;

use super::{Session, sending};
use crate::reader::{self, Message};
use crate::shell::event::Event;
use crate::shell::graphics::GraphicsAnswer;
use crate::shell::terminal;
use crate::view;

impl Session {
    /// Takes up how large a cell is, as far as the system knows it.
    pub(super) fn take_cell_size(&mut self) {
        if let Some(cell) = terminal::cell_size() {
            self.pictures.answer(GraphicsAnswer::Cell(cell));
        }
        self.choose_pictures();
    }

    /// Chooses how pictures are shown, by what is known of the terminal now.
    pub(super) fn choose_pictures(&mut self) {
        let setting = self.settings_file.settings().pictures;
        if self.lines.is_none() && self.pictures.choose(setting, self.background) {
            self.update(Message::Pictures(self.pictures.cell()));
        }
    }

    /// Sends the next piece of a picture, and has those on the screen made ready.
    pub(super) fn prepare_pictures(&mut self) {
        let on_screen = view::pictures_on_screen(&self.model).into_iter();
        let wanted: Vec<_> = on_screen.map(|it| it.picture).collect();
        let send = sending(&self.sender);
        let text = self.model.page().map(reader::Page::text);
        self.pictures
            .follow(text, &wanted, move |it| send(Event::Picture(it)));
        let screen = self.screen.backend_mut();
        if let Some(piece) = self.pictures.next_piece() {
            screen.queue(piece);
        }
        screen.strips = self.pictures.strips().collect();
        if self.pictures.has_pieces() {
            sending(&self.sender)(Event::NextPiece);
        }
    }

    /// Has the terminal forget the pictures, at the end.
    pub(super) fn forget_pictures(&mut self) {
        self.pictures.forget();
        if !self.pictures.has_pieces() {
            return;
        }
        let screen = self.screen.backend_mut();
        while let Some(piece) = self.pictures.next_piece() {
            screen.queue(piece);
        }
        // A terminal that is gone needs none.
        let _ = screen.flush();
    }
}
