//! The reader's own tags of articles.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::catalog::{ChangedFields, EntryId, OwnTags, Remembered, Request};
use crate::reader::model::{Model, UndoStep};
use crate::reader::number::many;
use crate::reader::page::Page;
use crate::reader::prompt::{Prompt, PromptKind};

impl Model {
    /// Asks for the tags of the articles that are selected together, or of the only one.
    pub(super) fn ask_for_tags(&mut self) {
        let ids = self.marked_articles();
        let Some((first, rest)) = ids.split_first() else {
            return self.set_status(tr!("No article is selected"));
        };
        let mut shared = self.own_tags(*first);
        for id in rest {
            let others = self.own_tags(*id);
            shared.retain(|tag| others.contains(tag));
        }
        self.tagging = (ids, shared);
        self.open_prompt(PromptKind::Tags);
    }

    /// The reader's own tags of the article of a path.
    pub(crate) fn own_tags_of(&self, path: &Path) -> &[String] {
        self.annotations.tags_of(path)
    }

    /// The reader's own tags of an article.
    fn own_tags(&self, id: EntryId) -> Vec<String> {
        let entry = self.list.entry(id);
        let own = entry.map(|entry| self.annotations.tags_of(&entry.path).to_vec());
        own.unwrap_or_default()
    }

    /// Takes the tags that were typed: what is new is added to each article, what is missing is removed from each.
    pub(super) fn set_typed_tags(&mut self, text: &str) {
        let (ids, shared) = std::mem::take(&mut self.tagging);
        let typed = OwnTags::parse(text);
        let tagged = |id: EntryId| {
            let before = self.own_tags(id);
            let mut after = before.clone();
            after.retain(|tag| typed.contains(tag) || !shared.contains(tag));
            for tag in &typed {
                if !after.contains(tag) {
                    after.push(tag.clone());
                }
            }
            (before != after).then_some(((id, before), (id, after)))
        };
        let (before, after): (Vec<_>, Vec<_>) = ids.into_iter().filter_map(tagged).unzip();
        if after.is_empty() {
            return;
        }
        self.push_undo(UndoStep::Tags(before));
        let count = after.len();
        let is_any = after.iter().any(|(_, tags)| !tags.is_empty());
        if self.list.several().is_empty() {
            // It stays selected, even if the filter leaves it out from now on.
            self.list.choose_selected();
        }
        self.apply_tags(after);
        let hints = [message!("{undo} undoes it")];
        match (count, is_any) {
            (1, true) => self.set_status_with(tr!("Tagged"), &hints),
            (1, false) => self.set_status_with(tr!("Tags removed"), &hints),
            _ => {
                let text = tr!("Tags of {articles}", articles = many(count, "article"));
                self.set_status_with(&text, &hints);
            }
        }
    }

    /// Gives articles tags in place of those that they had, and saves that.
    pub(in crate::reader) fn apply_tags(&mut self, all: Vec<(EntryId, Vec<String>)>) {
        for (id, tags) in all {
            self.take_tags(id, tags.clone());
            let changed = ChangedFields {
                tags: true,
                ..ChangedFields::default()
            };
            let remembered = Remembered {
                mark: self.list.marks().get(id),
                tags,
                ..Remembered::default()
            };
            self.request(Request::Remember(id, remembered, changed));
        }
    }

    /// Takes up the tags of an article as they are saved.
    pub(in crate::reader) fn take_tags(&mut self, id: EntryId, tags: Vec<String>) {
        let Some(entry) = self.list.entry(id) else {
            return;
        };
        if self.annotations.tags_of(&entry.path) == tags {
            return;
        }
        let path = entry.path;
        self.annotations.put_tags(Arc::new(OwnTags { path, tags }));
        self.tags_changed();
    }

    /// Takes up the tags of all articles that have any.
    pub(in crate::reader) fn take_all_tags(&mut self, all: Vec<Arc<OwnTags>>) {
        for own in all {
            self.annotations.put_tags(own);
        }
        self.tags_changed();
    }

    /// Shows the tags as they are now, and repeats a filter that depends on them.
    pub(in crate::reader) fn tags_changed(&mut self) {
        self.list.marks_changed();
        self.list.outdate_filter();
        let id = self.page.as_ref().map(Page::id);
        let tags = id.map(|id| self.own_tags(id)).unwrap_or_default();
        if let Some(page) = &mut self.page {
            page.set_own_tags(tags);
        }
    }

    /// Completes the last word of the line to the tag that most articles have.
    pub(super) fn complete_tag(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let text = prompt.text();
        let start = text
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace() || matches!(c, ',' | '，' | '、'))
            .map_or(0, |(at, c)| at + c.len_utf8());
        let (before, word) = text.split_at(start);
        let word = word.trim_start_matches(['#', '＃']);
        if word.is_empty() {
            return;
        }
        let mut known: HashMap<&str, usize> = HashMap::new();
        let entries = self.list.entries();
        let own = self.annotations.tagged().flat_map(|own| &own.tags);
        let of_files = (0..entries.bound())
            .filter_map(|id| entries.filter_fields(EntryId(id)))
            .flat_map(|fields| fields.tags.iter().collect::<Vec<_>>());
        for tag in own.map(String::as_str).chain(of_files) {
            if tag.len() > word.len() && tag.starts_with(word) && !tag.contains(char::is_whitespace)
            {
                *known.entry(tag).or_default() += 1;
            }
        }
        let best = known
            .into_iter()
            .max_by(|one, other| one.1.cmp(&other.1).then(other.0.cmp(one.0)));
        if let Some((tag, _)) = best {
            self.prompt = Some(Prompt::new(PromptKind::Tags, &format!("{before}{tag} ")));
        }
    }
}
