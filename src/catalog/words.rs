//! The words by which the list is filtered: what can be found of each entry without its text, folded, in one long string.
//!
//! Characters stand in their simplified form, so that a word is found in either script.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::entry::Entry;
use super::scripts::simplify_into;

/// Where the words of one entry end: those of its titles, then all of them. Byte offsets; the words begin where those of the entry before end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct WordsEnd {
    /// The end of the titles.
    pub titles: u32,
    /// The end of everything: description, source and tags follow the titles.
    pub all: u32,
}

/// The folded words of many entries, each field ended by `\n`, as bytes of UTF-8. Borrowed, since they may lie in a mapped file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// The words of all entries, one after the other.
    pub text: &'a [u8],
    /// Where those of each entry end, in the order of the entries; never decreasing and within `text`.
    pub ends: &'a [WordsEnd],
}

impl<'a> Words<'a> {
    /// How many entries they are of.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether they are of none.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The words of the titles of an entry.
    pub fn titles(&self, at: usize) -> &'a [u8] {
        self.slice(at, |end| end.titles)
    }

    /// The words of an entry that stand in no title.
    pub fn beside(&self, at: usize) -> &'a [u8] {
        let all = self.all(at);
        all.get(self.titles(at).len()..).unwrap_or_default()
    }

    /// All words of an entry.
    pub fn all(&self, at: usize) -> &'a [u8] {
        self.slice(at, |end| end.all)
    }

    /// The number of the entry in whose words a byte of the text lies.
    pub fn entry_at(&self, byte: usize) -> usize {
        self.ends.partition_point(|end| end.all as usize <= byte)
    }

    /// Where all words of an entry lie in the text.
    pub fn range(&self, at: usize) -> Range<usize> {
        self.range_to(at, |end| end.all)
    }

    fn slice(&self, at: usize, end: impl Fn(&WordsEnd) -> u32) -> &'a [u8] {
        self.text.get(self.range_to(at, end)).unwrap_or_default()
    }

    fn range_to(&self, at: usize, end: impl Fn(&WordsEnd) -> u32) -> Range<usize> {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end.all);
        let end = self.ends.get(at).map_or(start, end);
        start as usize..end as usize
    }
}

/// Words in memory, which grow.
#[derive(Clone, Debug, Default)]
pub struct WordsBuf {
    text: String,
    ends: Vec<WordsEnd>,
}

impl WordsBuf {
    /// Appends the words of an entry; of none for an empty place. Beyond 4 GiB nothing is found; no list gets there.
    pub fn push(&mut self, entry: Option<&Entry>) {
        let end = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        if let Some(entry) = entry {
            let titles = &entry.titles;
            let given = titles.given.as_str();
            let others = [&titles.chinese, &titles.english].map(|title| title.as_deref());
            let repeats = others.contains(&Some(given));
            self.append([Some(given).filter(|_| !repeats), others[0], others[1]]);
        }
        let titles = end(&self.text);
        if let Some(entry) = entry {
            let [description, english, source] =
                [&entry.description, &entry.titles.english, &entry.source].map(|text| text.as_deref());
            self.append([description.filter(|_| description != english), source]);
            self.append(entry.tags.iter().map(|tag| Some(tag.as_ref())));
        }
        self.ends.push(WordsEnd { titles, all: end(&self.text) });
    }

    /// No words, and room for those of so many entries, of so many bytes.
    pub fn with_capacity(entries: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::with_capacity(entries) }
    }

    /// The words so far.
    pub fn words(&self) -> Words<'_> {
        Words { text: self.text.as_bytes(), ends: &self.ends }
    }

    fn append<'a>(&mut self, fields: impl IntoIterator<Item = Option<&'a str>>) {
        for field in fields.into_iter().flatten() {
            simplify_into(field, &mut self.text);
            // What is searched for holds no line break, so nothing is found across fields.
            self.text.push('\n');
        }
    }
}
