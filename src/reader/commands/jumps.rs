//! Back to where a jump began, and forward again.

use crate::catalog::{EntryId, Reading};
use crate::reader::model::{Destination, Model};

/// The most places; the oldest are forgotten.
const MOST_PLACES: usize = 100;

impl Model {
    /// Remembers where the reader is, before a jump.
    pub(super) fn remember_jump(&mut self) {
        let Some(here) = self.here() else { return };
        let jumps = &mut self.jumps;
        jumps.places.truncate(jumps.at);
        jumps.places.push(here);
        if jumps.places.len() > MOST_PLACES {
            jumps.places.remove(0);
        }
        jumps.at = jumps.places.len();
    }

    /// Goes back some jumps, or forward.
    pub(super) fn jump(&mut self, by: isize) {
        let Some(here) = self.here() else { return };
        if by < 0 && self.jumps.at == self.jumps.places.len() && self.jumps.at > 0 {
            // To come back here.
            self.remember_jump();
            self.jumps.at -= 1;
        }
        let mut wanted = self.jumps.at;
        for _ in 0..by.unsigned_abs() {
            let next = |at: usize| at.checked_add_signed(by.signum());
            let places = &self.jumps.places;
            // A jump that led nowhere is passed over.
            let is_place = |&at: &usize| places.get(at).is_some_and(|place| *place != here);
            let found = std::iter::successors(next(wanted), |&at| next(at))
                .take_while(|&at| at < places.len())
                .find(is_place);
            let Some(found) = found else { break };
            wanted = found;
        }
        let place = self.jumps.places.get(wanted).cloned();
        let Some((id, reading)) = place.filter(|_| wanted != self.jumps.at) else {
            return self.set_status(if by < 0 {
                tr!("No place to go back to")
            } else {
                tr!("No place to go forward to")
            });
        };
        if self.open_at(id, reading) {
            self.jumps.at = wanted;
        }
    }

    /// Opens an article at a place; `false`, with a message, if it is not there.
    pub(super) fn open_at(&mut self, id: EntryId, reading: Reading) -> bool {
        if self.shown_id() != Some(id) && !self.list.select_entry(Some(id)) {
            self.set_status(tr!("The article is gone, or the filter leaves it out"));
            return false;
        }
        if !self.is_parallel {
            self.prefer_language(reading.place.side);
        }
        self.destination = Some((id, Destination::Place(reading)));
        self.open_selected();
        true
    }

    /// Where the reader is.
    pub(super) fn here(&self) -> Option<(EntryId, Reading)> {
        let page = self.page.as_ref().filter(|_| self.loading.is_none())?;
        Some((page.id(), page.reading()))
    }
}
