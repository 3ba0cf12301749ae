//! What a reader did with an article, as far as the list shows it.

use super::entry::EntryId;

/// How much of an article was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attention {
    /// Nothing.
    #[default]
    Unread,
    /// Its text had the focus for a while, or was scrolled.
    Read,
    /// Its end was on the screen for a while.
    Finished,
}

/// What the list shows of an article's past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mark {
    /// How much of it was read.
    pub attention: Attention,
    /// Whether the reader starred it.
    pub is_starred: bool,
}

/// The marks of all entries, by number; an entry without one is unread and bears no star.
#[derive(Clone, Debug, Default)]
pub struct Marks(Vec<Mark>);

impl Marks {
    /// The mark of an entry.
    pub fn get(&self, id: EntryId) -> Mark {
        self.0.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Marks an entry.
    pub fn set(&mut self, id: EntryId, mark: Mark) {
        let at = id.0 as usize;
        if at >= self.0.len() {
            if mark == Mark::default() {
                return;
            }
            self.0.resize(at + 1, Mark::default());
        }
        self.0[at] = mark;
    }
}
