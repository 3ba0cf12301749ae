//! Footnotes: their definitions are kept while the text is folded, and put at its end in the order of reference.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::lines::LineCounter;
use super::source::Source;
use crate::text::clean_line;

/// An event of a definition, its byte range, and its line where it stands in the file.
type Kept<'s> = (Event<'s>, Range<usize>, Option<u32>);

/// The definition of a footnote.
#[derive(Debug)]
pub(super) struct Definition<'s> {
    /// Its label, as shown.
    pub(super) label: String,
    /// The line of the file on which it starts, or on which it is first referred to.
    pub(super) line: u32,
    /// The source it stands in.
    pub(super) source: &'s Source<'s>,
    /// The events of its content.
    pub(super) events: Vec<Kept<'s>>,
    /// The link of the references to it, if there are any.
    pub(super) link: Option<u32>,
    /// Whether it stands in a piece itself, not in the definitions that came with it.
    own: bool,
}

/// The references to a footnote.
#[derive(Debug)]
struct Reference {
    key: String,
    line: u32,
    link: u32,
}

/// The footnotes of a document while it is folded.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'s> {
    /// The definitions that are open, innermost last.
    open: Vec<Definition<'s>>,
    /// The definitions that are complete; taken ones are none.
    done: Vec<Option<Definition<'s>>>,
    /// For each key the definition that counts, as an index into `done`.
    by_key: HashMap<String, usize>,
    references: Vec<Reference>,
    /// For each key its reference, as an index into `references`.
    referred: HashMap<String, usize>,
    /// How many references have had their definition put, and how many definitions have been looked at for the rest.
    put: usize,
    looked_at: usize,
}

impl<'s> Footnotes<'s> {
    /// Says whether an event is part of a definition, and so to be taken.
    pub(super) fn concerns(&self, event: &Event<'_>) -> bool {
        !self.open.is_empty() || matches!(event, Event::Start(Tag::FootnoteDefinition(_)))
    }

    /// Takes an event that is part of a definition.
    pub(super) fn take(
        &mut self,
        event: Event<'s>,
        range: Range<usize>,
        source: &'s Source<'s>,
        counter: &mut LineCounter<'_>,
    ) {
        let own = range.start < source.own;
        match &event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let label = clean_line(&source.restored(label)).into_owned();
                let line = if own { counter.line_of(range.start) } else { 0 };
                self.open.push(Definition { label, line, source, events: Vec::new(), link: None, own });
            }
            Event::End(TagEnd::FootnoteDefinition) => self.close(),
            _ => {
                let line = (own && !matches!(event, Event::End(_))).then(|| counter.line_of(range.start));
                if let Some(definition) = self.open.last_mut() {
                    definition.events.push((event, range, line));
                }
            }
        }
    }

    /// Completes the innermost open definition. Of several with one label the first counts, one in a piece before others.
    fn close(&mut self) {
        let Some(definition) = self.open.pop() else { return };
        let index = self.done.len();
        let own = definition.own;
        let counts = self.by_key.entry(definition.label.to_lowercase()).or_insert(index);
        if own && !self.done.get(*counts).is_none_or(|other| other.as_ref().is_none_or(|other| other.own)) {
            *counts = index;
        }
        self.done.push(Some(definition));
    }

    /// Notes a reference to a label, and gives its link: a new one when it is the first.
    pub(super) fn refer(&mut self, label: &str, line: impl FnOnce() -> u32, new: impl FnOnce() -> u32) -> u32 {
        let key = label.to_lowercase();
        if let Some(&index) = self.referred.get(&key) {
            return self.references[index].link;
        }
        let first = new();
        self.referred.insert(key.clone(), self.references.len());
        self.references.push(Reference { key, line: line(), link: first });
        first
    }

    /// The next definition to put: those referred to in the order of reference, then the pieces' own others.
    pub(super) fn next(&mut self) -> Option<Definition<'s>> {
        while let Some(reference) = self.references.get(self.put) {
            self.put += 1;
            let index = self.by_key.get(&reference.key);
            if let Some(mut definition) = index.and_then(|&index| self.done[index].take()) {
                definition.link = Some(reference.link);
                if !definition.own {
                    definition.line = reference.line;
                }
                return Some(definition);
            }
        }
        while let Some(slot) = self.done.get_mut(self.looked_at) {
            self.looked_at += 1;
            if let Some(definition) = slot.take_if(|definition| definition.own) {
                return Some(definition);
            }
        }
        None
    }
}
