//! A list in a pop-up of what the reader has kept, highlights or words: its order, its filter, and its lines in groups.

use std::cmp::Ordering;

use super::popup::{Choice, PopupLine};
use crate::text::{clean_line, folded, simplified_form};

/// The characters of a text or a note that are shown at most.
const MOST_SHOWN: usize = 200;

/// What such a list holds.
pub(super) trait Listed {
    /// What the list is sorted and grouped by.
    type Order: Copy + Default;

    /// How two of them are sorted.
    fn compare(&self, other: &Self, order: Self::Order) -> Ordering;

    /// The title of its group.
    fn group(&self, order: Self::Order) -> String;

    /// Its line, and the one below it if there is one.
    fn lines(&self, order: Self::Order, choice: Choice) -> (PopupLine, Option<PopupLine>);

    /// Whether it has a word of a query, [simplified].
    fn has(&mut self, word: &str) -> bool;
}

/// The list.
#[derive(Clone, Debug)]
pub(super) struct Listing<T: Listed> {
    items: Vec<T>,
    /// Those that match the filter, in order.
    shown: Vec<usize>,
    pub(super) order: T::Order,
    pub(super) query: String,
}

impl<T: Listed> Default for Listing<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            shown: Vec::new(),
            order: T::Order::default(),
            query: String::new(),
        }
    }
}

impl<T: Listed> Listing<T> {
    /// Lists other items, with the same order and filter.
    pub(super) fn fill(&mut self, items: Vec<T>) {
        self.items = items;
        self.sort();
    }

    /// Sorts by the order, and filters again.
    pub(super) fn sort(&mut self) {
        let order = self.order;
        self.items.sort_by(|one, other| one.compare(other, order));
        self.filter();
    }

    /// Keeps those that have every word of the query.
    pub(super) fn filter(&mut self) {
        let query = simplified(&self.query);
        let words: Vec<&str> = query.split_whitespace().collect();
        let items = self.items.iter_mut().enumerate();
        let shown = items.filter_map(|(at, item)| {
            let is_met = words.iter().all(|word| item.has(word));
            is_met.then_some(at)
        });
        self.shown = shown.collect();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many match the filter.
    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    /// Those that match the filter, in order.
    pub(super) fn shown(&self) -> impl Iterator<Item = &T> {
        self.shown.iter().map(|&at| &self.items[at])
    }

    /// The item of a number, of those that match.
    pub(super) fn get(&self, number: usize) -> Option<&T> {
        self.shown.get(number).map(|&at| &self.items[at])
    }

    /// The lines: a title for each group, under it those of each item.
    pub(super) fn lines(&self) -> Vec<PopupLine> {
        let mut lines = Vec::with_capacity(2 * self.shown.len());
        let mut group = None;
        for (number, item) in self.shown().enumerate() {
            let choice = Choice::Listed(number);
            let title = item.group(self.order);
            if group.as_ref() != Some(&title) {
                lines.push(PopupLine::group(&title, choice.clone()));
                group = Some(title);
            }
            let (line, below) = item.lines(self.order, choice);
            lines.push(line);
            lines.extend(below);
        }
        lines
    }
}

/// A text as it is compared in the lists: folded, in simplified characters.
pub(super) fn simplified(text: &str) -> String {
    folded(text).chars().map(simplified_form).collect()
}

/// The beginning of a text on one line, cleaned.
pub(super) fn excerpt(text: &str) -> String {
    let mut chars = text.chars();
    let mut line = String::new();
    for c in chars.by_ref().take(MOST_SHOWN) {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    let has_more = !chars.as_str().trim().is_empty();
    let line = clean_line(line.trim());
    if has_more {
        format!("{line}…")
    } else {
        line.into_owned()
    }
}
