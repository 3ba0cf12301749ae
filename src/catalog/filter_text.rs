//! The text by which the list is filtered: titles, description, source and tags of each entry,
//! folded, in one long string.
//!
//! Characters are in their simplified form, so that a word is found in either script.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::entry::Entry;
use super::query::Term;
use crate::text::{fold, fold_into, simplified_form};

/// Appends a text, folded and in simplified characters.
fn simplify_into(text: &str, simplified: &mut String) {
    if text.is_ascii() {
        return fold_into(text, simplified);
    }
    simplified.extend(text.chars().map(|c| match simplified_form(c) {
        same if same == c => fold(c),
        form => form,
    }));
}

/// A text, folded and in simplified characters.
pub(super) fn simplified(text: &str) -> String {
    let mut simplified = String::with_capacity(text.len());
    simplify_into(text, &mut simplified);
    simplified
}

/// Where a term occurs in a text of one line, without overlaps: its byte ranges. Found in either
/// script.
pub fn find_term(text: &str, term: &Term) -> Vec<Range<usize>> {
    let needle = simplified(&term.text);
    let folded = simplified(text);
    // Folding and simplifying keep the number of characters, but not that of bytes.
    let offset = |in_folded: usize| {
        let chars = folded[..in_folded].chars().count();
        text.char_indices()
            .nth(chars)
            .map_or(text.len(), |(at, _)| at)
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = folded[from..].find(&needle).filter(|_| !needle.is_empty()) {
        let range = from + at..from + at + needle.len();
        if term.bounds.allow(folded.as_bytes(), &range) {
            found.push(offset(range.start)..offset(range.end));
            from = range.end;
        } else {
            from = folded.ceil_char_boundary(range.start + 1);
        }
    }
    found
}

/// Byte offsets at which the text of one entry ends. It begins where that of the entry before ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct FilterTextEnd {
    /// The end of the titles.
    pub titles: u32,
    /// The end of everything: description, source and tags follow the titles, in this order.
    pub all: u32,
}

/// The folded text of many entries in UTF-8, each field followed by `\n`. It may lie in a mapped
/// file.
#[derive(Clone, Copy, Debug, Default)]
pub struct FilterText<'a> {
    /// The text of all entries.
    pub text: &'a [u8],
    /// The ends of each entry, ascending and within `text`.
    pub ends: &'a [FilterTextEnd],
}

impl<'a> FilterText<'a> {
    /// The titles of an entry.
    pub fn titles(&self, at: usize) -> &'a str {
        let end = self.ends.get(at).map_or(0, |end| end.titles as usize);
        self.slice(self.start(at)..end)
    }

    /// The description, source and tags of an entry.
    pub fn rest(&self, at: usize) -> &'a str {
        let start = self.ends.get(at).map_or(0, |end| end.titles as usize);
        self.slice(start..self.end(at))
    }

    /// The whole text of an entry.
    pub fn all(&self, at: usize) -> &'a str {
        self.slice(self.start(at)..self.end(at))
    }

    /// The offset at which the text of an entry begins.
    pub(super) fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.end(before))
    }

    /// The offset at which the text of an entry ends.
    pub(super) fn end(&self, at: usize) -> usize {
        self.ends.get(at).map_or(0, |end| end.all as usize)
    }

    /// Damaged text counts as empty.
    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text
            .get(range)
            .and_then(|bytes| str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

/// Filter text in memory, to which entries are appended.
#[derive(Clone, Debug, Default)]
pub struct FilterTextBuf {
    text: String,
    ends: Vec<FilterTextEnd>,
}

impl FilterTextBuf {
    /// Appends the text of an entry, or of an empty place. Text beyond 4 GiB is not found; no list
    /// gets there.
    pub fn push(&mut self, entry: Option<&Entry>) {
        if let Some(Entry { titles, .. }) = entry {
            let others = [titles.chinese.as_ref(), titles.english.as_ref()];
            if !others.contains(&Some(&titles.given)) {
                self.append(&titles.given);
            }
            others
                .into_iter()
                .flatten()
                .for_each(|title| self.append(title));
        }
        let titles = self.end();
        if let Some(entry) = entry {
            if entry.description != entry.titles.english {
                entry
                    .description
                    .iter()
                    .for_each(|description| self.append(description));
            }
            entry
                .source
                .iter()
                .chain(&entry.tags)
                .for_each(|field| self.append(field));
        }
        self.ends.push(FilterTextEnd {
            titles,
            all: self.end(),
        });
    }

    /// Appends a name, as an entry that has nothing but this title.
    pub(super) fn push_name(&mut self, name: &str) {
        self.append(name);
        let (titles, all) = (self.end(), self.end());
        self.ends.push(FilterTextEnd { titles, all });
    }

    /// The text so far.
    pub fn as_text(&self) -> FilterText<'_> {
        FilterText {
            text: self.text.as_bytes(),
            ends: &self.ends,
        }
    }

    fn append(&mut self, field: &str) {
        simplify_into(field, &mut self.text);
        // A query holds no line break, so it matches nothing across fields.
        self.text.push('\n');
    }

    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

impl<'a> FromIterator<Option<&'a Entry>> for FilterTextBuf {
    fn from_iter<I: IntoIterator<Item = Option<&'a Entry>>>(entries: I) -> Self {
        let mut text = Self::default();
        entries.into_iter().for_each(|entry| text.push(entry));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_become_one_and_the_rest_is_folded() {
        assert_eq!(
            simplified("輝達與ＮＶＩＤＩＡ，臺灣後來"),
            simplified("辉达与nvidia，台湾后来")
        );
        assert_eq!(simplified("Ａb，日本"), "ab,日本");
    }

    #[test]
    fn every_character_without_a_form_is_folded() {
        for c in '\u{80}'..=char::MAX {
            let form = simplified_form(c);
            let expected = if form == c { fold(c) } else { form };
            let text = simplified(&format!("{c}“中"));
            assert_eq!(text, format!("{expected}“中"), "{c:?}");
        }
    }
}
