//! A plain filter over what the list shows: every word of the query somewhere in titles, source or tags.

use memchr::memmem::Finder;

use super::entry::{Entry, EntryId};
use crate::text;

/// The searchable words of all entries in one folded text, so that a filter is one scan.
#[derive(Clone, Debug, Default)]
pub(super) struct Haystack {
    text: String,
    /// Where each entry's words end in `text`.
    ends: Vec<u32>,
}

impl Haystack {
    /// How many entries are in it.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Appends an entry. Beyond 4 GiB of words entries are no longer found; no list gets there.
    pub(super) fn push(&mut self, entry: &Entry) {
        let titles = &entry.titles;
        let words = [
            Some(titles.given.as_str()),
            titles.chinese.as_deref(),
            titles.english.as_deref(),
            entry.source.as_deref(),
        ];
        let given_is_one = [&titles.chinese, &titles.english].into_iter().flatten().any(|title| *title == titles.given);
        for word in
            words.into_iter().skip(usize::from(given_is_one)).flatten().chain(entry.tags.iter().map(String::as_str))
        {
            text::fold_into(word, &mut self.text);
            // Words of a query hold no white space, so nothing is found across it.
            self.text.push('\n');
        }
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// The entries that hold every word of a query, in order of arrival; all of them for an empty query.
    pub(super) fn matching(&self, query: &str) -> Vec<EntryId> {
        let query = text::folded(query);
        let mut words: Vec<&str> = query.split_whitespace().collect();
        // The longest word first: it is the rarest.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some((first, others)) = words.split_first() else {
            return (0..self.ends.len() as u32).map(EntryId).collect();
        };
        let others: Vec<Finder<'_>> = others.iter().map(|word| Finder::new(*word)).collect();
        let finder = Finder::new(*first);
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(hit) = self.text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let index = self.ends.partition_point(|&end| end as usize <= from + hit);
            let Some(&end) = self.ends.get(index) else { break };
            let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
            let words = &self.text.as_bytes()[start..end as usize];
            if others.iter().all(|other| other.find(words).is_some()) {
                found.push(EntryId(index as u32));
            }
            from = end as usize;
        }
        found
    }
}
