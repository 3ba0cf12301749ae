//! The text by which the list is filtered: titles, description, source and tags of each entry, folded, in one long string.
//!
//! Characters are in their simplified form, so that a word is found in either script.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::entry::Entry;
use super::scripts::simplify_into;

/// Byte offsets at which the text of one entry ends. It begins where that of the entry before ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct FilterTextEnd {
    /// The end of the titles.
    pub titles: u32,
    /// The end of everything: description, source and tags follow the titles.
    pub all: u32,
}

/// The folded text of many entries in UTF-8, each field followed by `\n`. It may lie in a mapped file.
#[derive(Clone, Copy, Debug, Default)]
pub struct FilterText<'a> {
    /// The text of all entries.
    pub text: &'a [u8],
    /// The ends of each entry, ascending and within `text`.
    pub ends: &'a [FilterTextEnd],
}

impl<'a> FilterText<'a> {
    /// The number of entries.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no entries.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

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
        self.text.get(range).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// Filter text in memory, to which entries are appended.
#[derive(Clone, Debug, Default)]
pub struct FilterTextBuf {
    text: String,
    ends: Vec<FilterTextEnd>,
}

impl FilterTextBuf {
    /// Appends the text of an entry, or of an empty place. Text beyond 4 GiB is not found; no list gets there.
    pub fn push(&mut self, entry: Option<&Entry>) {
        if let Some(Entry { titles, .. }) = entry {
            let others = [titles.chinese.as_ref(), titles.english.as_ref()];
            if !others.contains(&Some(&titles.given)) {
                self.append(&titles.given);
            }
            others.into_iter().flatten().for_each(|title| self.append(title));
        }
        let titles = self.end();
        if let Some(entry) = entry {
            if entry.description != entry.titles.english {
                entry.description.iter().for_each(|description| self.append(description));
            }
            entry.source.iter().chain(&entry.tags).for_each(|field| self.append(field));
        }
        self.ends.push(FilterTextEnd { titles, all: self.end() });
    }

    /// The text so far.
    pub fn as_text(&self) -> FilterText<'_> {
        FilterText { text: self.text.as_bytes(), ends: &self.ends }
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
