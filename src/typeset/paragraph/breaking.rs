//! Where a full line is broken.

use super::super::class::{Class, class_of};
use super::{Place, Scan};

impl Scan<'_> {
    /// Breaks the line so that the next cluster has room.
    #[cold]
    pub(super) fn overflow(&mut self, end: usize, columns: u32) {
        while self.here.before + columns - self.line.before > self.width && self.here.at > self.line.at {
            let place = self.choose();
            let spare = if place.at == self.good.at { self.earlier } else { Place::default() };
            self.spare = if spare.at > self.line.at { spare } else { Place::default() };
            self.push(place);
            self.continues = true;
        }
        if columns > self.width {
            // A wide character on a line of one column: the caller draws a stand-in.
            let whole =
                Place { at: end, before: self.here.before + columns, shown: end, shown_before: self.here.before + 1 };
            self.push(whole);
            self.continues = true;
            if let Some(line) = self.filler.lines.last_mut() {
                line.stand_in = true;
            }
        }
    }

    /// The best place in the line, never its start.
    fn choose(&self) -> Place {
        let start = self.line;
        let filled = |place: &Place| place.shown_before.saturating_sub(start.before);
        let fits = |place: &Place| place.at > start.at;
        let enough = if self.measure.code { self.width * 3 / 4 } else { 0 };
        let half = self.width / 2;
        if fits(&self.good) && filled(&self.good) >= enough && !self.is_hopeless() {
            self.good
        } else if fits(&self.point) && filled(&self.point) >= half.max(enough) {
            self.point
        } else if fits(&self.split) {
            self.split
        } else if fits(&self.good) {
            self.good
        } else if fits(&self.point) {
            self.point
        } else if fits(&self.held) {
            self.held
        } else {
            self.here
        }
    }

    /// Whether the line should rather hold the beginning of an address that no line can hold, than be left half empty.
    fn is_hopeless(&self) -> bool {
        let room = self.width.saturating_sub(self.good.shown_before - self.line.before);
        if !self.in_address
            || room < 12
            || self.point.at <= self.good.at
            || self.point.shown_before - self.good.before < 8
        {
            return false;
        }
        let widest = usize::from(self.measure.rest) + 1;
        let ahead = &self.text.as_bytes()[self.good.at..];
        ahead.len() >= widest && ahead[..widest].iter().all(u8::is_ascii_graphic)
    }

    /// Gives a last line of one Chinese character and its punctuation a second character from the line above, where that
    /// stays as good as full.
    pub(super) fn mend_widow(&mut self) {
        let spare = self.spare;
        self.spare = Place::default();
        let (Some(above), true) = (self.filler.lines.last_mut(), spare.at > 0 && self.here.shown > self.line.at) else {
            return;
        };
        let full = u32::from(if self.lines == 1 { self.measure.first } else { self.measure.rest });
        let mut rest = self.text[self.line.at..self.here.shown].chars();
        let alone =
            rest.next().is_some_and(|c| class_of(c) == Class::Ideograph) && rest.all(|c| class_of(c).is_never_first());
        let columns = spare.shown_before - above.before;
        if alone && columns + 2 >= full && self.here.shown_before - spare.before <= u32::from(self.measure.rest) {
            (above.shown, above.end, above.columns) = (spare.shown as u32, spare.at as u32, columns as u16);
            self.line = spare;
        }
    }
}
