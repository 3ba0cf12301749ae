//! A library at once, for commands: what its index says, mended by a walk.

use std::sync::mpsc::channel;

use jiff::tz::TimeZone;

use super::librarian::{Librarian, Library, News};
use super::rooms::Homes;
use crate::catalog::Entries;

/// All entries of a library, as they are now. What was read for it is kept for the next time; dropping it waits for that.
#[derive(Debug)]
pub struct Catalogue {
    /// The entries.
    pub entries: Entries,
    librarian: Option<Librarian>,
}

impl Library {
    /// The entries of a library: those of its index, where nothing tells that their files changed, and the rest read. What could not be
    /// looked into is told in one cleaned line each. Nothing that the reader remembers is touched.
    pub fn catalogue(&self, tell: &mut dyn FnMut(String)) -> Catalogue {
        self.catalogue_in(Homes { data: None, ..Homes::platform() }, tell)
    }

    pub(super) fn catalogue_in(&self, homes: Homes, tell: &mut dyn FnMut(String)) -> Catalogue {
        let (sender, receiver) = channel();
        let librarian = Librarian::start_in(self.clone(), homes, false, move |news| drop(sender.send(news)));
        let mut entries = Entries::new(TimeZone::system());
        for news in receiver {
            match news {
                News::Opened(opening) => opening.shelf.into_iter().for_each(|shelf| entries.rebase(shelf)),
                News::Changed(changes) => drop(entries.apply(changes)),
                News::Notice(line) => tell(line),
                News::Progress { finished: true, .. } => break,
                _ => {}
            }
        }
        Catalogue { entries, librarian: Some(librarian) }
    }
}

impl Drop for Catalogue {
    fn drop(&mut self) {
        if let Some(librarian) = self.librarian.take() {
            librarian.finish();
        }
    }
}
