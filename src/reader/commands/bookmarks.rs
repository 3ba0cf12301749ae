//! Bookmarks: places that the reader gave a letter.

use crate::catalog::{Bookmark, Request};
use crate::reader::layout::Focus;
use crate::reader::model::Model;

impl Model {
    /// Gives the current place a letter, or if it has this letter takes it away. Without a letter, the first
    /// free one is given.
    pub(super) fn set_bookmark(&mut self, letter: Option<char>) {
        let entry = self.shown_id().and_then(|id| self.list.entry(id));
        let (Some((_, reading)), Some(entry)) = (self.here(), entry) else {
            return self.set_status(tr!("No article is open"));
        };
        let mut free = ('a'..='z').filter(|letter| !self.bookmarks.contains_key(letter));
        let Some(letter) = letter.or_else(|| free.next()) else {
            let hints = [message!("{bookmark} moves one")];
            return self.set_status_with(tr!("All letters are taken"), &hints);
        };
        let old = self.bookmarks.get(&letter);
        let is_same = old.is_some_and(|old| {
            old.path.as_ref() == Some(&entry.path) && old.reading.place == reading.place
        });
        let bookmark = Bookmark {
            letter,
            path: (!is_same).then_some(entry.path),
            reading,
        };
        if is_same {
            self.bookmarks.remove(&letter);
            self.set_status(tr!("Bookmark {letter} removed", letter = letter));
        } else {
            self.bookmarks.insert(letter, bookmark.clone());
            self.set_status(tr!("Bookmark {letter} set", letter = letter));
        }
        self.request(Request::RememberBookmark(bookmark));
    }

    /// Goes to a bookmark, from where one can jump back.
    pub(in crate::reader) fn go_to_bookmark(&mut self, letter: char) {
        let Some(bookmark) = self.bookmarks.get(&letter).cloned() else {
            return self.set_status(tr!("No bookmark {letter}", letter = letter));
        };
        let entries = self.list.entries();
        let id = bookmark.path.and_then(|path| entries.find_path(&path));
        let Some(id) = id else {
            return self.set_status(tr!(
                "The article of bookmark {letter} is gone",
                letter = letter
            ));
        };
        self.remember_jump();
        if self.open_at(id, bookmark.reading) {
            self.set_focus(Focus::Article);
        }
    }

    /// The letters of the bookmarks with the titles of their articles.
    pub(in crate::reader) fn bookmark_titles(&self) -> Vec<(char, String)> {
        let title = |bookmark: &Bookmark| {
            let path = bookmark.path.as_deref()?;
            let id = self.list.entries().find_path(path)?;
            let titles = self.list.entry(id)?.titles;
            Some(titles.in_language(self.settings.language).to_owned())
        };
        let bookmarks = self.bookmarks.values();
        bookmarks
            .map(|bookmark| {
                let gone = || tr!("(its article is gone)").to_owned();
                (bookmark.letter, title(bookmark).unwrap_or_else(gone))
            })
            .collect()
    }
}
