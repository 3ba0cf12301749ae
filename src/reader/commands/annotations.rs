//! Highlights and notes: making, changing and removing them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::catalog::{Annotation, EntryId, HighlightColour, Request, path_hash};
use crate::locale::translated;
use crate::reader::key::{Code, Key};
use crate::reader::keymap::Action;
use crate::reader::message::Effect;
use crate::reader::model::{Model, UndoStep};
use crate::reader::note_box::{MOST_TYPED, NoteBox};
use crate::reader::page::Page;

/// The most bytes of a note.
const MOST_NOTE: usize = 2 << 20;

impl Model {
    /// Highlights what is selected or the current sentence. What is highlighted gets the next colour, after the last
    /// one none; with a note, the first one again.
    pub(super) fn highlight(&mut self) {
        let Some(before) = self.annotation_here() else {
            return self.set_status(tr!("No text here to highlight"));
        };
        let is_new = before.colour.is_none();
        let colour = match before.colour {
            None => Some(self.highlight_colour),
            Some(colour) => colour
                .next()
                .or_else(|| (!before.note.is_empty()).then(HighlightColour::default)),
        };
        self.highlight_colour = colour.unwrap_or_default();
        let after = match colour {
            Some(_) => Annotation {
                colour,
                ..(*before).clone()
            },
            None => before.removed(),
        };
        self.change_annotation(&before, after);
        let Some(colour) = colour else {
            let hints = [message!("{undo} undoes it")];
            return self.set_status_with(tr!("Highlight removed"), &hints);
        };
        let text = tr!(
            "Highlighted in {colour}",
            colour = translated(colour.name())
        );
        let hints = messages!["{highlight} next colour", "{note} note"];
        self.set_status_with(&text, if is_new { &hints } else { &hints[..1] });
    }

    /// Opens the box for a note on what is selected, or on the current sentence.
    pub(super) fn write_note(&mut self) {
        let Some(annotation) = self.annotation_here() else {
            return self.set_status(tr!("No text here to highlight"));
        };
        self.open_note(annotation);
    }

    /// Opens the box for the note of a highlight, or the editor if it is a long one.
    pub(super) fn open_note(&mut self, annotation: Arc<Annotation>) {
        let is_long = annotation.note.len() > MOST_TYPED;
        let mut note_box = NoteBox::new(annotation);
        note_box.popup.name_keys(&self.settings.keys);
        note_box.place(self.settings.area, self.settings.ambiguous);
        self.note_box = Some(note_box);
        if is_long {
            self.edit_note_outside();
        }
    }

    /// The highlight at the selection or the current sentence; a new one that is not made yet, without a colour, if
    /// there is none.
    fn annotation_here(&mut self) -> Option<Arc<Annotation>> {
        let page = self.page.as_ref().filter(|_| self.loading.is_none())?;
        let path = self.list.entry(page.id())?.path;
        let passage = page.passage()?;
        let last = self.last_annotation;
        let is_selected = page.selected().is_some();
        let (places, text) = page.passage_places(&passage)?;
        let key = Annotation::key_of(&path, &places);
        let here = page.annotation_at(&passage, last.or(Some(key))).cloned();
        // A selection that reaches beyond a highlight is a passage of its own.
        let is_inside = |it: &Arc<Annotation>| {
            let placed = page.place_of_annotation(it.key);
            placed.is_some_and(|placed| {
                placed.range.start <= passage.range.start && passage.range.end <= placed.range.end
            })
        };
        let here = here.filter(|it| !is_selected || is_inside(it));
        let annotation = here.unwrap_or_else(|| {
            Arc::new(Annotation {
                key,
                path,
                places,
                text,
                colour: None,
                note: String::new(),
                created: 0,
                changed: 0,
            })
        });
        if let Some(page) = &mut self.page {
            page.leave_selection_at(&passage);
        }
        self.last_annotation = Some(annotation.key);
        Some(annotation)
    }

    /// A key while the box of a note is open.
    pub(in crate::reader) fn type_note(&mut self, key: Key) {
        match (key.code, key.ctrl) {
            (Code::Char('c'), true) => self.execute(Action::QuitNow, None),
            (Code::Char('z'), true) => self.execute(Action::Suspend, None),
            (Code::Char('e'), true) => self.edit_note_outside(),
            (Code::Esc, _) => self.keep_note(),
            _ => {
                if let Some(note_box) = &mut self.note_box {
                    note_box.edit(key);
                }
                self.place_note_box();
            }
        }
    }

    pub(in crate::reader) fn paste_in_note(&mut self, text: &str) {
        if let Some(note_box) = &mut self.note_box {
            note_box.insert(text);
        }
        self.place_note_box();
    }

    pub(in crate::reader) fn place_note_box(&mut self) {
        let (area, ambiguous) = (self.settings.area, self.settings.ambiguous);
        if let Some(note_box) = &mut self.note_box {
            note_box.place(area, ambiguous);
        }
    }

    fn edit_note_outside(&mut self) {
        let Some(note_box) = &self.note_box else {
            return;
        };
        let text = if note_box.annotation.note.len() > MOST_TYPED {
            note_box.annotation.note.clone()
        } else {
            note_box.text().to_owned()
        };
        self.emit(Effect::EditText(text));
    }

    /// Takes up the text of a note from the editor.
    pub(in crate::reader) fn take_edited(&mut self, text: &str) {
        if let Some(note_box) = self.note_box.take() {
            self.set_note(&note_box.annotation, text);
        }
    }

    /// Closes the box and keeps the note; without a text there is none.
    pub(in crate::reader) fn keep_note(&mut self) {
        if let Some(note_box) = self.note_box.take() {
            self.set_note(&note_box.annotation, note_box.text());
        }
    }

    fn set_note(&mut self, annotation: &Arc<Annotation>, text: &str) {
        let text = text.trim_end();
        let note = &text[..text.floor_char_boundary(MOST_NOTE)];
        if note == annotation.note.trim_end() {
            return;
        }
        let after = Annotation {
            colour: annotation.colour.or(Some(self.highlight_colour)),
            note: note.to_owned(),
            ..(**annotation).clone()
        };
        self.change_annotation(annotation, after);
        let hints = [message!("{undo} undoes it")];
        if note.len() < text.len() {
            self.set_long_status(tr!("The note was cut to 2 MB").into());
        } else if note.is_empty() {
            self.set_status_with(tr!("Note removed"), &hints);
        } else {
            self.set_status(tr!("Note kept"));
        }
    }

    /// Changes a highlight by hand, as one step that can be undone.
    pub(super) fn change_annotation(&mut self, before: &Arc<Annotation>, after: Annotation) {
        let id = self.list.entries().find_path(&after.path);
        self.push_undo(UndoStep::Annotation(id, Arc::clone(before)));
        self.put_annotation(Arc::new(after));
    }

    /// Puts a highlight in place of what it was, or removes it, and saves that.
    pub(in crate::reader) fn put_annotation(&mut self, annotation: Arc<Annotation>) {
        self.request(Request::Annotate(Arc::clone(&annotation)));
        self.annotations.put(annotation);
        self.annotations_changed();
        self.refresh_hub();
    }

    /// Takes up highlights that were saved, by this program or another one.
    pub(in crate::reader) fn take_annotations(&mut self, all: Vec<Arc<Annotation>>) {
        let newest = all.iter().max_by_key(|it| it.changed);
        if let Some(colour) = newest.and_then(|it| it.colour) {
            self.highlight_colour = colour;
        }
        for annotation in all {
            self.annotations.put(annotation);
        }
        self.annotations_changed();
        self.refresh_hub();
    }

    /// Takes up the new paths of articles.
    pub(in crate::reader) fn follow_moves(&mut self, moved: &[(u64, PathBuf)]) {
        for (from, to) in moved {
            self.annotations.move_article(*from, to);
            for bookmark in self.bookmarks.values_mut() {
                let path = bookmark.path.as_mut();
                if let Some(path) = path.filter(|path| path_hash(path) == *from) {
                    path.clone_from(to);
                }
            }
        }
        self.change_book(|book| {
            for (from, to) in moved {
                book.move_article(*from, to);
            }
        });
        self.annotations_changed();
    }

    /// Shows the highlights as they are now, and repeats a filter that depends on them.
    pub(in crate::reader) fn annotations_changed(&mut self) {
        self.list.marks_changed();
        self.annotate_page();
    }

    /// Gives the page the highlights of its article.
    pub(in crate::reader) fn annotate_page(&mut self) {
        let Some(path) = self.page_path() else { return };
        let all: Vec<_> = self.annotations.of(&path).cloned().collect();
        if let Some(page) = &mut self.page {
            page.annotate(all.into_iter());
        }
    }

    fn page_path(&self) -> Option<PathBuf> {
        let id: EntryId = self.page.as_ref().map(Page::id)?;
        Some(self.list.entry(id)?.path)
    }
}
