//! From one language to the other and back.

use super::layout::PageSource;
use super::place::{counterpart, counterpart_by_share};
use super::state::{Page, RowPosition};
use crate::bilingual::Place;
use crate::text::Language;

impl Page {
    /// Shows the other language at the same place; `false` if there is none.
    ///
    /// The row of the translation comes to where the reading line was. A second switch goes back to exactly where the
    /// reader came from, unless they have moved.
    pub(in crate::reader) fn switch_language(&mut self) -> bool {
        if !self.text.is_bilingual() {
            return false;
        }
        self.update_alignment();
        let before = self.snapshot();
        match self.before_switch.take() {
            Some(back) => self.return_to(&back),
            None => self.show_translation(),
        }
        self.repeat_find();
        self.before_switch = Some(before);
        true
    }

    fn show_translation(&mut self) {
        let place = self.place();
        let (y, is_start) = (self.current_y(), self.top == RowPosition::default());
        let place = self.counterpart(&place);
        self.layout.peeks.clear();
        self.show_side(place.side);
        self.arrive(&place, y, is_start);
    }

    /// Goes to a place of a new layout, with its row at a row of the screen; if the reader was at the start, to the start.
    pub(super) fn arrive(&mut self, place: &Place, y: u32, is_start: bool) {
        if is_start {
            self.go_to_start();
            self.current = self.layout.item_of(PageSource::Text(place.side), place.block).unwrap_or(self.current);
            if self.is_visible(self.current) {
                return;
            }
        }
        self.go_to(place, y);
    }

    /// Shows the preferred language at the same place, if the text has it.
    pub(in crate::reader) fn prefer(&mut self, preferred: Language) {
        if self.text.side(preferred) != self.side() {
            self.switch_language();
        }
    }

    /// Goes to a place on the side shown, or to the counterpart of a place on the other side.
    pub(in crate::reader) fn go_to_place(&mut self, place: &Place, y: u32) {
        if place.side == self.side() {
            self.go_to(place, y);
        } else {
            let place = self.counterpart(place);
            self.go_to(&place, y);
        }
    }

    /// The counterpart of a place on the other side.
    fn counterpart(&self, place: &Place) -> Place {
        match &self.alignment {
            Some(alignment) => counterpart(&self.text, alignment, place),
            None => counterpart_by_share(&self.text, place),
        }
    }
}
