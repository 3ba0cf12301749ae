//! Footnotes: their definitions are kept while the sources are read, and put at the end in the
//! order of reference.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::source::Source;
use crate::text::clean_line;

/// An event of the parser with its byte range, and its line in the file unless it is an end or
/// outside of the source itself.
#[derive(Debug)]
pub(super) struct SourceEvent<'s> {
    pub(super) event: Event<'s>,
    pub(super) range: Range<usize>,
    pub(super) line: Option<u32>,
}

#[derive(Debug)]
pub(super) struct FootnoteDefinition<'s> {
    pub(super) label: String,
    /// The line of the file on which it starts, or else of the first reference to it.
    pub(super) line: u32,
    pub(super) source: &'s Source<'s>,
    pub(super) events: Vec<SourceEvent<'s>>,
    /// The link of the references to it, if there are any.
    pub(super) link: Option<u32>,
    /// Whether it is in a source itself, not in the definitions that came with it.
    is_own: bool,
}

#[derive(Debug, Default)]
pub(super) struct Footnotes<'s> {
    /// The open definitions, innermost last.
    open: Vec<FootnoteDefinition<'s>>,
    /// The complete definitions; none once put.
    definitions: Vec<Option<FootnoteDefinition<'s>>>,
    /// The definition that counts for each key, as an index into `definitions`.
    definition_of: HashMap<String, usize>,
    /// The link of the references with each key.
    link_of: HashMap<String, u32>,
    /// The keys and the lines of the first references whose definitions are not put yet.
    unresolved: VecDeque<(String, u32)>,
    /// How many definitions have been looked at after all references.
    checked: usize,
}

impl<'s> Footnotes<'s> {
    pub(super) fn is_part(&self, event: &Event<'_>) -> bool {
        !self.open.is_empty() || matches!(event, Event::Start(Tag::FootnoteDefinition(_)))
    }

    pub(super) fn take(&mut self, event: SourceEvent<'s>, source: &'s Source<'s>) {
        match &event.event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let label = clean_line(&source.restored(label)).into_owned();
                let line = event.line.unwrap_or_default();
                let is_own = event.line.is_some();
                self.open.push(FootnoteDefinition {
                    label,
                    line,
                    source,
                    events: Vec::new(),
                    link: None,
                    is_own,
                });
            }
            Event::End(TagEnd::FootnoteDefinition) => self.close(),
            _ => {
                if let Some(definition) = self.open.last_mut() {
                    definition.events.push(event);
                }
            }
        }
    }

    /// Completes the innermost open definition. Of several with one label the first counts, but one
    /// in a source itself before others.
    fn close(&mut self) {
        let Some(definition) = self.open.pop() else {
            return;
        };
        let index = self.definitions.len();
        let counting = self
            .definition_of
            .entry(definition.label.to_lowercase())
            .or_insert(index);
        let other = self.definitions.get(*counting).and_then(Option::as_ref);
        if definition.is_own && other.is_some_and(|other| !other.is_own) {
            *counting = index;
        }
        self.definitions.push(Some(definition));
    }

    /// Records a reference to a label and returns its link: a new one for the first reference.
    pub(super) fn refer(&mut self, label: &str, line: u32, new_link: impl FnOnce() -> u32) -> u32 {
        let key = label.to_lowercase();
        if let Some(&link) = self.link_of.get(&key) {
            return link;
        }
        let link = new_link();
        self.link_of.insert(key.clone(), link);
        self.unresolved.push_back((key, line));
        link
    }

    /// The next definition to put: first those with references, in that order, then the others in
    /// the sources themselves.
    pub(super) fn next(&mut self) -> Option<FootnoteDefinition<'s>> {
        while let Some((key, line)) = self.unresolved.pop_front() {
            let index = self.definition_of.get(&key);
            if let Some(mut definition) = index.and_then(|&index| self.definitions[index].take()) {
                definition.link = self.link_of.get(&key).copied();
                if !definition.is_own {
                    definition.line = line;
                }
                return Some(definition);
            }
        }
        while let Some(slot) = self.definitions.get_mut(self.checked) {
            self.checked += 1;
            if let Some(definition) = slot.take_if(|definition| definition.is_own) {
                return Some(definition);
            }
        }
        None
    }
}
