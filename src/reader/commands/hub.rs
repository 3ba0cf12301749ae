//! The list of all highlights and notes, and the walk from one to the next.

use std::sync::Arc;

use crate::bilingual::Place;
use crate::catalog::{Annotation, Reading};
use crate::locale::translated;
use crate::reader::hub::{HubWalk, hub_items};
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::model::{Destination, Model};
use crate::reader::number::thousands;
use crate::reader::popup::{Popup, PopupKind};

impl Model {
    /// Lists all highlights and notes of the library.
    pub(super) fn open_hub(&mut self) {
        self.hub.query.clear();
        self.fill_hub();
        if self.hub.is_empty() {
            let hints = messages!["{highlight} highlights", "{note} writes a note"];
            return self.set_status_with(tr!("Nothing is highlighted in this library"), &hints);
        }
        let here = self.last_annotation;
        self.show_hub(0);
        let at = self
            .hub
            .shown()
            .position(|it| Some(it.annotation.key) == here);
        if let (Some(at), Some(popup)) = (at, &mut self.popup) {
            popup.select_listed(at);
        }
        self.find_adrift();
    }

    /// Takes up the highlights as they are now.
    fn fill_hub(&mut self) {
        let settings = &self.settings;
        let adrift = &self.adrift;
        self.hub.fill(hub_items(
            &self.annotations,
            self.list.entries(),
            |key| adrift.contains(&key),
            (settings.language, &settings.zone, settings.today),
        ));
    }

    /// Shows the list again with its lines as they are now, one of them selected.
    fn show_hub(&mut self, number: usize) {
        let hub = &self.hub;
        let title = tr!(
            "Highlights and notes · {count} · by {order}",
            count = thousands(hub.len() as u64),
            order = translated(hub.order.name())
        );
        let nothing = tr!("No highlight matches");
        let mut popup = Popup::listing(PopupKind::Hub, title, &hub.query, hub.lines(), nothing);
        popup.select_listed(number.min(hub.len().saturating_sub(1)));
        self.open_popup(popup);
    }

    /// Shows the list again, if it is open, after a highlight has changed.
    pub(in crate::reader) fn refresh_hub(&mut self) {
        if self
            .popup
            .as_ref()
            .is_some_and(|it| it.kind == PopupKind::Hub)
        {
            let number = self.selected_in_list();
            self.fill_hub();
            self.show_hub(number);
        }
    }

    /// Keeps only what matches a text.
    pub(super) fn filter_hub(&mut self, text: &str) {
        text.clone_into(&mut self.hub.query);
        self.hub.filter();
        self.show_hub(0);
    }

    /// Executes an action on the list of highlights; `false` if it is none of the list's own.
    pub(super) fn execute_on_hub(&mut self, action: Action) -> bool {
        let selected = || {
            let item = self.hub.get(self.selected_in_list());
            item.map(|it| Arc::clone(&it.annotation))
        };
        match action {
            Action::Note => {
                if let Some(annotation) = selected() {
                    self.open_note(annotation);
                }
            }
            Action::Highlight => {
                if let Some(annotation) = selected() {
                    let colour = annotation.colour.unwrap_or_default().next();
                    let colour = Some(colour.unwrap_or_default());
                    let after = Annotation {
                        colour,
                        ..(*annotation).clone()
                    };
                    self.change_annotation(&annotation, after);
                }
            }
            Action::DeleteAnnotation => {
                if let Some(annotation) = selected() {
                    self.change_annotation(&annotation, annotation.removed());
                    let hints = [message!("{undo} undoes it")];
                    self.set_status_with(tr!("Highlight removed"), &hints);
                }
            }
            Action::Undo => self.undo(),
            Action::Sort => {
                self.hub.order = self.hub.order.next();
                self.hub.sort();
                self.show_hub(0);
            }
            _ => return false,
        }
        true
    }

    /// Goes to a highlight of the list; from there one walks to the others.
    pub(super) fn choose_in_hub(&mut self, number: usize) {
        self.remember_jump();
        let annotations = self.hub.shown().map(|it| Arc::clone(&it.annotation));
        self.walk = Some(HubWalk {
            all: annotations.collect(),
            at: number,
        });
        self.go_to_walked();
    }

    /// Goes some highlights on or back; `false` without a walk.
    pub(super) fn step_walk(&mut self, by: isize) -> bool {
        let Some(walk) = &mut self.walk else {
            return false;
        };
        let Some(at) = walk
            .at
            .checked_add_signed(by)
            .filter(|at| *at < walk.all.len())
        else {
            self.set_status(if by > 0 {
                tr!("The last highlight")
            } else {
                tr!("The first highlight")
            });
            return true;
        };
        walk.at = at;
        self.go_to_walked();
        true
    }

    /// Ends the walk and shows the list again; `false` without a walk.
    pub(super) fn return_to_hub(&mut self) -> bool {
        let Some(walk) = self.walk.take() else {
            return false;
        };
        self.fill_hub();
        if self.hub.is_empty() {
            return false;
        }
        self.show_hub(walk.at);
        // An article may have changed meanwhile.
        self.find_adrift();
        true
    }

    fn go_to_walked(&mut self) {
        let Some(walk) = &self.walk else { return };
        let (at, all) = (walk.at, walk.all.len());
        let Some(annotation) = walk.all.get(at).map(Arc::clone) else {
            return;
        };
        self.set_status_with(
            &tr!(
                "Highlight {number} of {count}",
                number = thousands(at as u64 + 1),
                count = thousands(all as u64)
            ),
            &[
                message!("{next-match} {previous-match} next, previous"),
                message!("{back} list"),
            ],
        );
        self.open_annotation(&annotation);
    }

    /// Opens the article of a highlight, there.
    fn open_annotation(&mut self, annotation: &Annotation) {
        let Some(id) = self.list.entries().find_path(&annotation.path) else {
            return self.set_status(tr!("The article of this highlight is gone"));
        };
        let place: Place = annotation.places[0].clone();
        self.last_annotation = Some(annotation.key);
        if !self.open_at(id, Reading { place, row: 0 }) {
            return;
        }
        self.set_focus(Focus::Article);
        if self.loading.is_some() {
            self.destination = Some((id, Destination::Annotation(annotation.key)));
        } else {
            self.go_to_annotation(annotation.key);
        }
    }

    /// Goes to the highlight that the program was started for, once it and its article are known.
    pub(in crate::reader) fn go_to_first_annotation(&mut self) {
        let Some(key) = self.settings.annotation else {
            return;
        };
        let annotation = self.annotations.all().find(|it| it.key == key);
        let annotation = annotation.map(Arc::clone);
        let entries = self.list.entries();
        let is_there = annotation
            .as_ref()
            .is_some_and(|it| entries.find_path(&it.path).is_some());
        if !is_there && !self.progress.is_finished {
            return;
        }
        self.settings.annotation = None;
        match annotation {
            Some(annotation) => self.open_annotation(&annotation),
            None => self.set_status(tr!("The article of this highlight is gone")),
        }
    }

    /// Goes to a highlight of the open article.
    pub(in crate::reader) fn go_to_annotation(&mut self, key: u64) {
        let Some(page) = &mut self.page else { return };
        match page.place_of_annotation(key) {
            Some(passage) => page.go_to_passage(&passage),
            None => self.set_status(tr!("This text is not in the article any more")),
        }
    }

    /// Asks which highlights are not in their articles any more.
    fn find_adrift(&mut self) {
        let all: Vec<_> = self.annotations.all().cloned().collect();
        self.request(crate::catalog::Request::FindAnnotations(all));
    }

    /// Takes up which highlights of those asked for are not there any more.
    pub(in crate::reader) fn take_adrift(&mut self, found: Vec<(u64, bool)>) {
        let before = self.adrift.len();
        let mut is_changed = false;
        for (key, is_adrift) in found {
            is_changed |= if is_adrift {
                self.adrift.insert(key)
            } else {
                self.adrift.remove(&key)
            };
        }
        if is_changed || before != self.adrift.len() {
            self.refresh_hub();
        }
    }
}
