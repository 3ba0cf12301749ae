//! Where entries stand: side by side, under numbers that never change, in memory or in a file that is mapped into it.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Debug;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, Facts};
use super::order::Order;
use super::words::Words;
use crate::digest::Moment;
use crate::text::Language;

/// Entries side by side, counted from 0. A place may be empty: the article that stood there is gone.
///
/// Nothing here fails: what cannot be read of a damaged shelf is an empty place.
pub trait Shelf: Debug + Send + Sync {
    /// How many places there are, empty ones among them.
    fn len(&self) -> u32;

    /// How many entries there are.
    fn count(&self) -> u32 {
        (0..self.len()).filter(|&at| self.holds(at)).count() as u32
    }

    /// Whether there is no place.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry at a place; none where it is empty.
    fn entry(&self, at: u32) -> Option<Entry>;

    /// Whether an entry stands at a place, which is quicker to say than which.
    fn holds(&self, at: u32) -> bool {
        self.entry(at).is_some()
    }

    /// When the entry at a place was published; none where that is not known.
    fn moment(&self, at: u32) -> Option<Moment> {
        self.entry(at)?.date.moment
    }

    /// When its file was last written, in milliseconds since 1970.
    fn modified(&self, at: u32) -> Option<i64> {
        self.entry(at)?.modified
    }

    /// What the entry at a place is sorted by: see [`Entry::sorted_by`].
    fn sorted_by(&self, at: u32, order: Order, language: Language) -> Option<Cow<'_, str>> {
        Some(self.entry(at)?.sorted_by(order, language).to_owned().into())
    }

    /// The path of the entry at a place, by which those are sorted that are equal in all else.
    fn sorting_path(&self, at: u32) -> Option<Cow<'_, OsStr>> {
        Some(self.entry(at)?.path.into_os_string().into())
    }

    /// Tells what the entry at a place is filtered by besides its words; nothing where the place is empty. A shelf that need not make an
    /// entry for it is much quicker.
    fn facts(&self, at: u32, tell: &mut dyn FnMut(&Facts<'_>)) {
        if let Some(entry) = self.entry(at) {
            entry.facts(tell);
        }
    }

    /// The folded words of all places, if the shelf keeps them ready; else whoever needs them makes them.
    fn words(&self) -> Option<Words<'_>> {
        None
    }

    /// All places that hold an entry, in an order, if the shelf keeps it ready for that time zone.
    fn order(&self, order: Order, language: Language, zone: &TimeZone) -> Option<&[u32]> {
        let _ = (order, language, zone);
        None
    }

    /// All places that hold an entry, those whose files were written last first, if the shelf keeps them ready.
    fn latest(&self) -> Option<&[u32]> {
        None
    }
}

/// A shelf in memory: what has just been read.
impl Shelf for Vec<Entry> {
    fn len(&self) -> u32 {
        Self::len(self) as u32
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        self.get(at as usize).cloned()
    }

    fn holds(&self, at: u32) -> bool {
        (at as usize) < Self::len(self)
    }

    fn moment(&self, at: u32) -> Option<Moment> {
        self.get(at as usize)?.date.moment
    }

    fn modified(&self, at: u32) -> Option<i64> {
        self.get(at as usize)?.modified
    }

    fn sorted_by(&self, at: u32, order: Order, language: Language) -> Option<Cow<'_, str>> {
        Some(self.get(at as usize)?.sorted_by(order, language).into())
    }

    fn sorting_path(&self, at: u32) -> Option<Cow<'_, OsStr>> {
        Some(self.get(at as usize)?.path.as_os_str().into())
    }

    fn facts(&self, at: u32, tell: &mut dyn FnMut(&Facts<'_>)) {
        if let Some(entry) = self.get(at as usize) {
            entry.facts(tell);
        }
    }
}

/// What changed in a library, told as one piece however many files it was.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// New entries, numbered on from all told before.
    pub added: Option<Arc<dyn Shelf>>,
    /// Entries whose file was written anew, or that now lie elsewhere, under the numbers they have.
    pub changed: Vec<(EntryId, Entry)>,
    /// Entries whose files are gone. Their numbers are not given to others, but may come back as `changed`.
    pub gone: Vec<EntryId>,
}

impl Changes {
    /// Nothing but new entries.
    pub fn added(shelf: impl Shelf + 'static) -> Self {
        Self { added: Some(Arc::new(shelf)), ..Self::default() }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.as_ref().is_none_or(|shelf| shelf.is_empty()) && self.changed.is_empty() && self.gone.is_empty()
    }
}
