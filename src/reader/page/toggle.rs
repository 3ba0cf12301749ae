//! From one language to the other and back.

use super::{Page, Snapshot, Spot};
use crate::bilingual::Place;
use crate::reader::flow::Source;
use crate::reader::place::{answer, answer_by_share};
use crate::text::Language;

impl Page {
    /// Shows the other language at the same place; `false` where there is none.
    ///
    /// The row of the answer comes to stand where the reading line was. Toggling again goes back to exactly where the
    /// reader came from, unless they have moved.
    pub(in crate::reader) fn toggle(&mut self) -> bool {
        if !self.text.is_bilingual() {
            return false;
        }
        self.catch_up();
        let leaving = self.snapshot();
        match self.back.take() {
            Some(back) => self.return_to(&back),
            None => self.cross(),
        }
        self.find_anew();
        self.back = Some(leaving);
        true
    }

    fn cross(&mut self) {
        let place = self.place();
        let (y, is_start) = (self.current_y(), self.top == Spot::default());
        let answer = self.answer(&place);
        self.peeks.clear();
        self.show(answer.side);
        self.arrive(&answer, y, is_start);
    }

    /// The row of the screen on which the current block begins.
    pub(super) fn current_y(&self) -> u32 {
        self.rows().find(|row| row.is_current).map_or(0, |row| row.y.into())
    }

    /// Comes to a place of a flow that is new, its row at a row of the screen; at the start from the title to the title.
    pub(super) fn arrive(&mut self, place: &Place, y: u32, is_start: bool) {
        if is_start {
            self.start();
            self.current = self.flow.item_of(Source::Text(place.side), place.block).unwrap_or(self.current);
            if self.is_visible(self.current) {
                return;
            }
        }
        self.go_to(place, y);
    }

    /// All that has to be the same after toggling twice.
    pub(in crate::reader) fn snapshot(&self) -> Snapshot {
        Snapshot {
            side: self.side,
            top: self.top,
            current: self.current,
            anchor: self.anchor.clone(),
            settings: self.settings,
            rows: self.rows,
            peeks: self.peeks.clone(),
        }
    }

    /// Goes back to where a snapshot was taken, of this text.
    pub(in crate::reader) fn return_to(&mut self, snapshot: &Snapshot) {
        self.peeks.clone_from(&snapshot.peeks);
        self.show(snapshot.side);
        self.anchor = snapshot.anchor.clone();
        self.current = snapshot.current;
        if (self.settings, self.rows) == (snapshot.settings, snapshot.rows) {
            self.top = snapshot.top;
        } else {
            self.restore(&snapshot.anchor);
        }
        self.settle();
    }

    /// Shows the language preferred, at the same place, if the text has it.
    pub(in crate::reader) fn prefer(&mut self, preferred: Language) {
        if self.text.side(preferred) != self.side {
            self.toggle();
        }
    }

    /// Goes to a place of either side: of the other one, to what answers it.
    pub(in crate::reader) fn go_to_answer(&mut self, place: &Place, y: u32) {
        if place.side == self.side {
            self.go_to(place, y);
        } else {
            let answer = self.answer(place);
            self.go_to(&answer, y);
        }
    }

    /// The place on the other side that answers a place.
    fn answer(&self, place: &Place) -> Place {
        match &self.alignment {
            Some(alignment) => answer(&self.text, alignment, place),
            None => answer_by_share(&self.text, place),
        }
    }
}
