//! The desk: where wishes are laid down, and the thread that opens articles and hands on what is to be remembered.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::librarian::spawn;
use super::rooms::{Homes, Rooms};
use super::search::{SearchUpdate, Searcher};
use super::state::{self, SavedState, StateStore};
use crate::catalog::{EntryId, LibraryState, Remembered, Update};

/// How long the walk waits for the first article at most, where the list is there before it.
const FIRST_ARTICLE: Duration = Duration::from_millis(40);
/// How long the drawing of an article may take.
const DRAWING: Duration = Duration::from_millis(4);

/// Where wishes are laid down. Of articles to open only the last counts; what is to be remembered is never dropped.
#[derive(Debug, Default)]
pub(super) struct Desk {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    wish: Option<EntryId>,
    notes: VecDeque<Note>,
    is_closed: bool,
    /// Whether an article was told.
    has_served: bool,
}

/// Something for the memory.
#[derive(Debug, PartialEq)]
pub(super) enum Note {
    /// An article is to be remembered.
    Remember(EntryId, Remembered),
    /// How the library is looked at is to be remembered.
    Keep(LibraryState),
    /// Articles that lie elsewhere: the hash of the path they had, and their number.
    Moved(Vec<(u64, EntryId)>),
}

/// What is to be done next.
#[derive(Debug, PartialEq)]
enum Work {
    Note(Note),
    Load(EntryId),
}

impl Desk {
    /// Wishes for an article.
    pub(super) fn wish(&self, id: EntryId) {
        self.change(|state| state.wish = Some(id));
    }

    /// Lays down a note.
    pub(super) fn note(&self, note: Note) {
        self.change(|state| state.notes.push_back(note));
    }

    /// Says that nothing more will be wished for.
    pub(super) fn close(&self) {
        self.change(|state| state.is_closed = true);
    }

    /// Waits for work; none at the end. What is to be remembered is done even then.
    fn wait(&self) -> Option<Work> {
        let mut state = self.lock();
        loop {
            if let Some(note) = state.notes.pop_front() {
                return Some(Work::Note(note));
            }
            if state.is_closed {
                return None;
            }
            if let Some(id) = state.wish.take() {
                return Some(Work::Load(id));
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for so long, or until the end; whether it has come.
    pub(super) fn rest(&self, time: Duration) -> bool {
        let rested = self.changed.wait_timeout_while(self.lock(), time, |state| !state.is_closed);
        rested.unwrap_or_else(PoisonError::into_inner).0.is_closed
    }

    /// Waits until the first article was told, but not for long, and lets it be drawn.
    pub(super) fn let_first_be_served(&self) {
        let wait = |state: &mut State| !state.has_served && !state.is_closed;
        let served = self.changed.wait_timeout_while(self.lock(), FIRST_ARTICLE, wait);
        let has_served = served.unwrap_or_else(PoisonError::into_inner).0.has_served;
        if has_served {
            self.rest(DRAWING);
        }
    }

    /// Whether the article that was being opened is still wanted.
    fn is_free(&self) -> bool {
        let state = self.lock();
        state.wish.is_none() && !state.is_closed
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread at the desk. It walks nothing, so it answers at once. What is remembered of the library is sent on first. Who does not
/// visit the library only looks at that, and nothing is remembered.
pub(super) fn serve<T>(
    (rooms, homes): (&Rooms, &Homes),
    is_visit: bool,
    recall: &Sender<SavedState>,
    (searcher, tell): (&Searcher, &T),
) where
    T: Fn(Update) + Send + Clone + 'static,
{
    let (data, library) = homes.data(&rooms.library);
    let notice = tell.clone();
    let (store, mut saved) =
        StateStore::open(data.filter(|_| is_visit), &library, move |line| notice(Update::Notice(line)));
    if let Some(data) = data.filter(|_| !is_visit) {
        saved = state::load(data, &library);
    }
    // Nobody waits for it where the program ends already.
    let _ = recall.send(saved);
    while let Some(work) = rooms.desk.wait() {
        match work {
            Work::Load(id) => {
                load(rooms, &store, id, tell);
                rooms.desk.change(|state| state.has_served = true);
            }
            Work::Note(Note::Remember(id, what)) => {
                if let Some((path, link, content)) = rooms.traits(id) {
                    store.save_article(&path, link, content, what);
                }
            }
            Work::Note(Note::Keep(state)) => store.save_library(state),
            Work::Note(Note::Moved(moved)) => follow(rooms, &store, moved, (searcher, tell)),
        }
    }
}

fn load(rooms: &Rooms, store: &StateStore, id: EntryId, tell: &impl Fn(Update)) {
    let Some(files) = rooms.files(id) else { return };
    let text = Arc::new(rooms.library.text(&files));
    if !rooms.desk.is_free() {
        return;
    }
    // What is quickly compared is ready with the text; a long text is shown first, and aligned by a thread of its own.
    if text.is_quick() {
        text.disagreements();
    } else {
        let text = Arc::clone(&text);
        // Without a thread to spare the toggle goes by the order of blocks.
        let _ = spawn("align", move || {
            text.alignment();
        });
    }
    let remembered = store.article(&files.path).unwrap_or_default();
    tell(Update::Loaded { id, text, remembered });
}

/// Remembers under their new paths articles that lie elsewhere, and marks them.
fn follow(
    rooms: &Rooms,
    store: &StateStore,
    moved: Vec<(u64, EntryId)>,
    (searcher, tell): (&Searcher, &impl Fn(Update)),
) {
    let mut marks = Vec::new();
    for (from, id) in moved {
        let Some(files) = rooms.files(id) else { continue };
        let to: &Path = &files.path;
        store.move_article(from, to);
        marks.extend(store.article(to).map(|remembered| (id, remembered.mark)));
    }
    if !marks.is_empty() {
        searcher.update(SearchUpdate::Marked(marks.clone()));
        tell(Update::Marked(marks));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_wish_counts_and_every_note() {
        let desk = Desk::default();
        desk.wish(EntryId(1));
        desk.wish(EntryId(2));
        assert!(!desk.is_free());
        assert_eq!(desk.wait(), Some(Work::Load(EntryId(2))));
        assert!(desk.is_free());
        desk.wish(EntryId(3));
        desk.note(Note::Moved(vec![(1, EntryId(1))]));
        desk.note(Note::Moved(vec![(2, EntryId(2))]));
        desk.close();
        assert!(desk.rest(Duration::from_mins(1)));
        assert_eq!(desk.wait(), Some(Work::Note(Note::Moved(vec![(1, EntryId(1))]))));
        assert_eq!(desk.wait(), Some(Work::Note(Note::Moved(vec![(2, EntryId(2))]))));
        assert_eq!(desk.wait(), None);
    }
}
