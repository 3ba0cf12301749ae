//! Sorting many articles at once, of what is borrowed from wherever it lies: as [`Entries`](super::Entries) sorts them.

use jiff::tz::TimeZone;

use super::order::{Order, sort_key};
use super::part::Time;
use crate::digest::Moment;
use crate::text::Language;

/// What an article is sorted by, and its place.
#[derive(Clone, Copy, Debug)]
pub struct Sortable<'a> {
    /// Its number.
    pub at: u32,
    /// When it was published.
    pub moment: Option<Moment>,
    /// The titles shown to readers of each language, Chinese first.
    pub titles: [&'a str; 2],
    /// Its source; empty for none.
    pub source: &'a str,
    /// The bytes of its path.
    pub path: &'a [u8],
}

/// The numbers of articles in an order.
pub fn sorted_places(all: &[Sortable<'_>], order: Order, language: Language, zone: &TimeZone) -> Vec<u32> {
    let key = |article: &Sortable<'_>| match order {
        Order::Date => Box::default(),
        Order::Title => sort_key(article.titles[language as usize]),
        Order::Source => sort_key(article.source),
    };
    let tagged = |article| {
        let key = key(article);
        // What has none comes last, and so do the undated.
        let prefix = if key.is_empty() { u64::MAX } else { prefix(key.as_bytes()) };
        (prefix, key, std::cmp::Reverse(Time::of(article.moment, zone).nanoseconds), article.path, article.at)
    };
    let mut keys: Vec<_> = all.iter().map(tagged).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(.., at)| at).collect()
}

/// The first bytes of a key as a number that orders as they do.
fn prefix(key: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = key.len().min(8);
    bytes[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(bytes)
}
