//! The search screen, the facets, and saved searches.

use crate::catalog::{FacetKind, Query, Request, SavedSearch, toggled};
use crate::reader::facets::{FacetChoice, FacetsPane, KEYS};
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::model::{Destination, Model};
use crate::reader::prompt::PromptKind;
use crate::reader::viewport::Motion;

const MOST_SEARCHES: usize = 99;
/// The longest query that ticks may make, in bytes: as much as the input line takes.
const LONGEST_QUERY: usize = 4_000;

/// The search screen.
impl Model {
    /// Opens the search screen as it was left.
    pub(super) fn open_search(&mut self) {
        self.search.is_open = true;
        self.arrange();
        self.request(Request::WarmUp);
        self.send_queries();
    }

    /// Goes back to the results, if the article was opened out of them; `false` if it was not.
    pub(super) fn return_to_results(&mut self) -> bool {
        let is_opened = self.focus() == Focus::Article
            && self.search.opened.is_some()
            && self.search.opened == self.list.selected();
        if is_opened {
            self.search.opened = None;
            self.search.is_typing = false;
            self.open_search();
        }
        is_opened
    }

    pub(super) fn execute_on_search(&mut self, action: Action, count: Option<u32>) {
        match action {
            Action::Move(motion) => {
                self.search.go(motion.times(count));
                self.send_queries();
            }
            Action::Scroll(by) => {
                self.search.scroll(by * count.unwrap_or(1) as isize);
                self.send_queries();
            }
            Action::SwitchSearchFocus => self.search.is_typing = !self.search.is_typing,
            Action::Help => self.open_help(),
            Action::Enter => self.open_hit(),
            _ => {}
        }
    }

    /// Opens the article of the selected match, in its language and at its place.
    pub(in crate::reader) fn open_hit(&mut self) {
        let Some((id, hit)) = self.search.selected_hit() else {
            return;
        };
        if !self.list.entries().contains(id) {
            return self.set_status(tr!("This article is gone"));
        }
        self.search.is_open = false;
        self.remember_jump();
        if self.list.select_entry(Some(id)) {
            let has_text = hit.as_ref().err().is_none_or(|text| !text.is_empty());
            let mut hints = messages!["{back}: back to results"];
            if has_text {
                hints.insert(
                    0,
                    message!("{next-match} {previous-match}: next, previous match"),
                );
            }
            self.set_status(self.with_hints(Focus::Article, "", &hints));
        } else {
            // What is read is always selected in the list.
            self.end_filter(true);
            self.list.select_entry(Some(id));
            let text = tr!("Filter cleared: it hid this article");
            let hints = [message!("{back}: back to results")];
            self.set_status(self.with_hints(Focus::Article, text, &hints));
        }
        if let Some(snippet) = hit.as_ref().ok().filter(|_| !self.is_parallel) {
            self.prefer_language(snippet.place.side);
        }
        let destination = hit.map_or_else(Destination::Needle, Destination::Snippet);
        self.destination = Some((id, destination));
        self.open_selected();
        self.set_focus(Focus::Article);
        self.search.opened = Some(id);
    }
}

/// The facets, and saved searches.
impl Model {
    pub(super) fn open_facets(&mut self) {
        self.facets = Some(FacetsPane::new(
            &self.saved_searches,
            &self.list.filter_query(),
            (self.focus(), self.is_alone),
        ));
        // The list narrows while facets are chosen.
        self.show_list();
        self.send_queries();
    }

    /// Leaves the facets: what is typed in them first.
    pub(super) fn leave_facets(&mut self) {
        if !self.facets.as_mut().is_some_and(FacetsPane::clear) {
            self.close_facets();
        }
    }

    /// Closes the facets, and returns to where they were opened unless something was chosen.
    fn close_facets(&mut self) {
        let facets = self.facets.take();
        if let Some((focus, is_alone)) = facets.and_then(|facets| facets.opened_from) {
            self.is_alone = is_alone;
            self.set_focus(focus);
        }
    }

    pub(super) fn execute_on_facets(&mut self, action: Action, count: Option<u32>) {
        let Some(facets) = &mut self.facets else {
            return;
        };
        let times = count.unwrap_or(1) as isize;
        match action {
            Action::Move(motion) => facets.go(motion.times(count)),
            Action::Scroll(by) => facets.go(Motion::Lines(by * times)),
            Action::Search => self.open_search(),
            Action::Left => facets.change_group(-times),
            Action::Right => facets.change_group(times),
            Action::Enter => self.accept_facets(),
            Action::Tick => self.choose_facet(),
            Action::Find => {
                facets.opened_from = None;
                self.open_prompt(PromptKind::Filter);
            }
            Action::SaveSearch => self.ask_to_save_search(),
            Action::RenameSearch => self.ask_to_rename_search(),
            Action::DeleteSearch => self.delete_search(),
            Action::Undo => self.undo_delete(),
            Action::Help => self.open_help(),
            _ => {}
        }
    }

    /// Goes to the list that the ticked values leave; the selected one, if none was ticked.
    fn accept_facets(&mut self) {
        let Some(facets) = &self.facets else { return };
        let is_chosen = facets.has_ticked || facets.is_ticked();
        if facets.current().is_saved() || !is_chosen {
            if facets.choice().is_none() {
                return self.set_status(tr!("Nothing is selected"));
            }
            self.choose_facet();
        }
        if let Some(facets) = &mut self.facets {
            facets.opened_from = None;
            self.close_facets();
        }
    }

    /// Ticks the selected value or ends that, or applies the selected search.
    pub(in crate::reader) fn choose_facet(&mut self) {
        let Some(facets) = &mut self.facets else {
            return;
        };
        let Some(choice) = facets.choice() else {
            return;
        };
        match choice {
            FacetChoice::Apply(index) => self.apply_saved_search(index),
            FacetChoice::Toggle(kind, value) => self.toggle_facet(kind, &value),
        }
    }

    fn toggle_facet(&mut self, kind: FacetKind, value: &str) {
        let query = toggled(&self.list.filter_query(), kind, value);
        let text = query.to_string();
        let before = self.list.query().map_or(0, str::len);
        if text.len() > LONGEST_QUERY.max(before) {
            return self.set_status(tr!(
                "Not ticked: the filter would be longer than 4,000 bytes"
            ));
        }
        if let Some(facets) = &mut self.facets {
            facets.opened_from = None;
            facets.has_ticked = true;
        }
        if query.condition.is_some() {
            self.set_filter(&text, query);
        } else {
            self.end_filter(true);
        }
    }

    /// Filters by a saved search, counted from 0.
    pub(super) fn apply_saved_search(&mut self, index: usize) {
        let Some(SavedSearch { name, query }) = self.saved_searches.get(index).cloned() else {
            let text = tr!("There is no saved search {number}", number = index + 1);
            return self.set_status_with(&text, &[message!("{save-search} saves the filter")]);
        };
        if let Some(facets) = &mut self.facets {
            facets.opened_from = None;
            facets.has_ticked = true;
        }
        self.show_list();
        self.set_status(name);
        self.filter_by(&query);
    }

    pub(super) fn filter_by(&mut self, text: &str) {
        match Query::parse(text) {
            Ok(query) => self.set_filter(text, query),
            Err(mistake) => self.set_status(tr!(
                "Invalid query {text}: {reason}",
                text = text,
                reason = mistake.reason
            )),
        }
    }

    pub(super) fn ask_to_save_search(&mut self) {
        if self
            .list
            .query()
            .is_none_or(|query| query.trim().is_empty())
        {
            self.set_status_with(tr!("No filter to save"), &[message!("{filter} sets one")]);
        } else if self.saved_searches.len() >= MOST_SEARCHES {
            let text = tr!("{count} searches are saved already", count = MOST_SEARCHES);
            let hints = [
                message!("{facets} lists them"),
                message!("{delete-search} deletes one"),
            ];
            self.set_status_with(&text, &hints);
        } else {
            self.open_prompt(PromptKind::Save);
        }
    }

    fn ask_to_rename_search(&mut self) {
        if self.selected_search().is_some() {
            self.open_prompt(PromptKind::Rename);
        } else {
            self.set_status(tr!("Only saved searches can be renamed"));
        }
    }

    /// The saved search that is selected in the facets, as an index.
    pub(in crate::reader) fn selected_search(&self) -> Option<usize> {
        self.facets.as_ref()?.selected_search()
    }

    /// Saves the filter under a name. A search of that name is replaced.
    pub(super) fn save_search(&mut self, name: &str) {
        let Some(name) = self.trimmed_name(name) else {
            return;
        };
        let query = self.list.query().unwrap_or_default().trim().to_owned();
        let index = self
            .saved_searches
            .iter()
            .position(|search| search.name == name);
        let index = index.unwrap_or(self.saved_searches.len());
        let context = self.key_context();
        let has_keys = self.settings.keys.key_of("saved-search", context) == Some("Alt-1");
        self.set_status(match index {
            0..KEYS if has_keys => tr!(
                "Saved on Alt-{number}: {name}",
                number = index + 1,
                name = name
            ),
            _ => tr!("Saved: {name}", name = name),
        });
        self.saved_searches.splice(
            index..(index + 1).min(self.saved_searches.len()),
            [SavedSearch { name, query }],
        );
        self.saved_searches_changed();
    }

    pub(super) fn rename_search(&mut self, name: &str) {
        let Some(name) = self.trimmed_name(name) else {
            return;
        };
        let Some(index) = self.selected_search() else {
            return;
        };
        let same = self
            .saved_searches
            .iter()
            .position(|search| search.name == name);
        if same.is_some_and(|same| same != index) {
            return self.set_status(tr!("Another search has this name"));
        }
        self.set_status(tr!("Renamed: {name}", name = name));
        self.saved_searches[index].name = name;
        self.saved_searches_changed();
    }

    fn trimmed_name(&mut self, name: &str) -> Option<String> {
        let name = Some(name.trim()).filter(|name| !name.is_empty());
        if name.is_none() {
            self.set_status(tr!("A search needs a name"));
        }
        name.map(str::to_owned)
    }

    fn delete_search(&mut self) {
        let Some(index) = self.selected_search() else {
            return self.set_status(tr!("Only saved searches can be deleted"));
        };
        let deleted = self.saved_searches.remove(index);
        let SavedSearch { name, query } = &deleted;
        let text = if name == query {
            tr!("Deleted: {name}", name = name)
        } else {
            tr!("Deleted: {name} ({query})", name = name, query = query)
        };
        self.set_status_with(&text, &[message!("{undo} brings it back")]);
        self.deleted_searches.push((index, deleted));
        self.saved_searches_changed();
    }

    /// Brings the saved search back that was deleted last.
    fn undo_delete(&mut self) {
        let Some((index, search)) = self.deleted_searches.pop() else {
            return self.set_status(tr!("No saved search was deleted"));
        };
        self.set_status(tr!("Saved again: {name}", name = search.name));
        self.saved_searches
            .retain(|other| other.name != search.name);
        let index = index.min(self.saved_searches.len());
        self.saved_searches.insert(index, search);
        self.saved_searches_changed();
    }

    pub(in crate::reader) fn saved_searches_changed(&mut self) {
        if let Some(facets) = &mut self.facets {
            facets.set_saved(&self.saved_searches);
        }
    }
}
