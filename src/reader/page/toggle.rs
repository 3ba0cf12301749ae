//! From one language to the other and back.

use super::{Page, Snapshot, Spot};
use crate::bilingual::Place;
use crate::reader::find::Matches;
use crate::reader::flow::Source;
use crate::reader::place::answer;
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
        let y = self.rows().find(|row| row.is_current).map_or(0, |row| row.y);
        let is_start = self.top == Spot::default();
        let answer = self.answer(&place);
        self.show(answer.side);
        if is_start {
            // From the title to the title.
            self.start();
            self.current = self.flow.item_of(Source::Text(answer.side), answer.block).unwrap_or(self.current);
            if self.is_visible(self.current) {
                return;
            }
        }
        self.go_to(&answer, y.into());
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
        }
    }

    /// Goes back to where a snapshot was taken, of this text.
    pub(in crate::reader) fn return_to(&mut self, snapshot: &Snapshot) {
        if self.side != snapshot.side {
            self.show(snapshot.side);
        }
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
        self.alignment.as_ref().map_or_else(|| place.clone(), |alignment| answer(&self.text, alignment, place))
    }

    /// Searches the side shown for what was searched for in the other.
    fn find_anew(&mut self) {
        let Some(needle) = self.find.as_ref().map(|find| find.needle.clone()) else { return };
        let matches = Matches::of(&needle, self.document());
        self.find = Some(super::Find { needle, matches, current: None });
    }
}
