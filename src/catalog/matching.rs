//! Which entries match a query, and how well. A query is evaluated term by term, each over all
//! entries at once.

mod loose;
mod pinyin;

use std::ops::Range;
use std::path::Path;

use jiff::{Span, ToSpan, civil};
use memchr::memmem::Finder;

use super::annotations::Annotations;
use super::entries::Entries;
use super::entry::{EntryId, FilterFields};
use super::filter_text::{FilterText, FilterTextBuf, simplified};
use super::query::{
    Condition, Days, FieldCondition, FieldName, Query, ReadState, Term, WordBounds,
};
use super::remembered::{Attention, Mark, Marks};
use loose::Loose;
use pinyin::Pinyin;

/// How well an entry matches a query; better matches come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// It does not match.
    #[default]
    None,
    /// Its title is the word, or it has the fields that are asked for.
    Exact,
    /// It has every word literally in a title, in either script.
    Title,
    /// It has a word only in the description, the source or the tags.
    Head,
    /// It has a word only as pinyin or initials, in a title.
    Pinyin,
    /// It has a word only in its text.
    Text,
    /// It has the letters of a word only in order and close together, in a title.
    Loose,
    /// It has a word only as pinyin or initials outside the titles: a long text has nearly any
    /// initials somewhere.
    PinyinElsewhere,
}

impl Tier {
    /// The tier of a condition that is not a word.
    const fn of(matches: bool) -> Self {
        if matches { Self::Exact } else { Self::None }
    }

    /// The tier of two terms that are both required.
    fn and(self, other: Self) -> Self {
        if self == Self::None || other == Self::None {
            Self::None
        } else {
            self.max(other)
        }
    }

    /// The tier of two terms of which one is enough.
    fn or(self, other: Self) -> Self {
        if self == Self::None || other == Self::None {
            self.max(other)
        } else {
            self.min(other)
        }
    }
}

/// What a query depends on apart from the entries.
#[derive(Clone, Copy, Debug)]
pub struct FilterContext<'a> {
    /// The marks of the articles.
    pub marks: &'a Marks,
    /// The highlights and notes.
    pub annotations: &'a Annotations,
    /// Today, for `date:7d`.
    pub today: civil::Date,
    /// The end of the last visit in milliseconds since 1970, for `is:new`; `None` on the first
    /// visit, when nothing is new.
    pub last_visit: Option<i64>,
    /// Whether to match words as pinyin and in the texts too, which takes longest.
    pub is_thorough: bool,
}

/// The tiers of the entries with these ids; [`Tier::None`] if an entry is gone. For each term of the
/// query, `counts` returns how often it occurs in the text of each entry, by id from 0 on; 0 beyond
/// the end.
pub fn evaluate<'a>(
    query: &Query,
    entries: &Entries,
    ids: Range<u32>,
    context: &FilterContext<'_>,
    counts: &dyn Fn(&Term) -> &'a [u32],
) -> Vec<Tier> {
    let evaluator = Evaluator {
        entries,
        ids: ids.clone(),
        context,
        counts,
    };
    let mut tiers = match &query.condition {
        Some(condition) => evaluator.tiers(condition),
        None => vec![Tier::Exact; ids.len()],
    };
    for (tier, id) in tiers.iter_mut().zip(ids) {
        if *tier != Tier::None && !entries.contains(EntryId(id)) {
            *tier = Tier::None;
        }
    }
    tiers
}

struct Evaluator<'a, 'b> {
    entries: &'a Entries,
    ids: Range<u32>,
    context: &'a FilterContext<'a>,
    counts: &'a dyn Fn(&Term) -> &'b [u32],
}

impl Evaluator<'_, '_> {
    fn tiers(&self, condition: &Condition) -> Vec<Tier> {
        match condition {
            Condition::All(all) => self.all_tiers(all),
            Condition::Any(any) => self.combined(any, Tier::None, Tier::or),
            Condition::Not(one) => self
                .tiers(one)
                .into_iter()
                .map(|tier| Tier::of(tier == Tier::None))
                .collect(),
            Condition::Word(term) => {
                let is_thorough = self.context.is_thorough;
                let tiers = self.with_own_tags(term, self.head_tiers(term, is_thorough));
                if is_thorough {
                    self.with_text(term, tiers)
                } else {
                    tiers
                }
            }
            Condition::Phrase(term) => {
                let tiers = WordMatcher::exact(term).tiers(self.entries, &self.ids);
                self.with_text(term, self.with_own_tags(term, tiers))
            }
            Condition::Text(term) => self.with_text(term, vec![Tier::None; self.ids.len()]),
            Condition::Field(field) => field_tiers(field, self.entries, &self.ids, self.context),
        }
    }

    /// The tiers of conditions that are all required. Words that are a whole title together match
    /// exactly.
    fn all_tiers(&self, all: &[Condition]) -> Vec<Tier> {
        let mut tiers = self.combined(all, Tier::Exact, Tier::and);
        let word = |condition: &Condition| match condition {
            Condition::Word(term) => Some(term.text.clone()),
            _ => None,
        };
        let words: Option<Vec<String>> = all.iter().map(word).collect();
        if let Some(words) = words.filter(|_| self.context.is_thorough) {
            let phrase = Term {
                text: words.join(" "),
                bounds: WordBounds::Whole,
            };
            let titles = WordMatcher::exact(&phrase).tiers(self.entries, &self.ids);
            for (tier, title) in tiers.iter_mut().zip(titles) {
                if title == Tier::Exact {
                    *tier = Tier::Exact;
                }
            }
        }
        tiers
    }

    /// The tiers by a word in the fields that the list shows.
    fn head_tiers(&self, term: &Term, with_pinyin: bool) -> Vec<Tier> {
        WordMatcher::new(term, with_pinyin).tiers(self.entries, &self.ids)
    }

    /// Sets the tier of the entries that have a term in the reader's own tags, unless theirs is better.
    fn with_own_tags(&self, term: &Term, mut tiers: Vec<Tier>) -> Vec<Tier> {
        let text = simplified(&term.text);
        let has_it = |own: &String| {
            let own = simplified(own);
            let mut found = own.match_indices(&text);
            found.any(|(at, it)| term.bounds.allow(own.as_bytes(), &(at..at + it.len())))
        };
        let tagged = self.context.annotations.tagged();
        let tagged = tagged.filter(|own| own.tags.iter().any(has_it));
        let found = self
            .entries
            .find_paths(tagged.map(|own| own.path.as_path()));
        for id in found.into_values().filter(|id| self.ids.contains(&id.0)) {
            let tier = &mut tiers[(id.0 - self.ids.start) as usize];
            *tier = tier.or(Tier::Head);
        }
        tiers
    }

    /// Sets the tier of the entries that have a term in their text, unless theirs is better.
    fn with_text(&self, term: &Term, mut tiers: Vec<Tier>) -> Vec<Tier> {
        let counts = (self.counts)(term);
        for (tier, id) in tiers.iter_mut().zip(self.ids.clone()) {
            if counts.get(id as usize).is_some_and(|&count| count > 0) {
                *tier = tier.or(Tier::Text);
            }
        }
        tiers
    }

    fn combined(
        &self,
        conditions: &[Condition],
        start: Tier,
        combine: fn(Tier, Tier) -> Tier,
    ) -> Vec<Tier> {
        let mut tiers = vec![start; self.ids.len()];
        for condition in conditions {
            for (tier, other) in tiers.iter_mut().zip(self.tiers(condition)) {
                *tier = combine(*tier, other);
            }
        }
        tiers
    }
}

/// The tiers of the entries with these ids by one field.
fn field_tiers(
    condition: &FieldCondition,
    entries: &Entries,
    ids: &Range<u32>,
    context: &FilterContext<'_>,
) -> Vec<Tier> {
    let each_id = ids.clone().map(EntryId);
    let by_fields = |test: &dyn Fn(&FilterFields<'_>) -> bool| {
        ids.clone()
            .map(|id| {
                Tier::of(
                    entries
                        .filter_fields(EntryId(id))
                        .is_some_and(|fields| test(&fields)),
                )
            })
            .collect()
    };
    match condition {
        FieldCondition::Is(ReadState::New) => new_entries(entries, ids, context),
        FieldCondition::Is(state) => each_id
            .map(|id| Tier::of(has_state(context.marks.get(id), *state)))
            .collect(),
        FieldCondition::Date(days) => {
            let days = DayRange::new(*days, context.today);
            each_id
                .map(|id| Tier::of(days.contains(entries.day(id))))
                .collect()
        }
        FieldCondition::Tag(tag) => {
            let mut tiers = name_tiers(NameField::Tag, tag, entries, ids);
            let text = simplified(&tag.text);
            let is_it = |own: &String| match simplified(own) {
                own if tag.is_whole => own == text,
                own => own.starts_with(&text),
            };
            let tagged = context.annotations.tagged();
            let tagged = tagged.filter(|own| own.tags.iter().any(is_it));
            set_exact(
                &mut tiers,
                entries,
                ids,
                tagged.map(|own| own.path.as_path()),
            );
            tiers
        }
        FieldCondition::Author(author) => name_tiers(NameField::Source, author, entries, ids),
        FieldCondition::Language(language) => {
            by_fields(&|fields| fields.languages[*language as usize])
        }
        FieldCondition::BothLanguages => {
            by_fields(&|fields| fields.languages == [true, true] && !fields.is_mixed)
        }
        FieldCondition::MixedLanguages => by_fields(&|fields| fields.is_mixed),
        FieldCondition::Annotated(condition) => {
            let mut tiers = vec![Tier::None; ids.len()];
            let found = context.annotations.articles_with(condition);
            set_exact(&mut tiers, entries, ids, found);
            tiers
        }
        FieldCondition::HasProblem => by_fields(&|fields| fields.problems > 0),
    }
}

/// The articles of some paths match.
fn set_exact<'p>(
    tiers: &mut [Tier],
    entries: &Entries,
    ids: &Range<u32>,
    paths: impl Iterator<Item = &'p Path>,
) {
    let found = entries.find_paths(paths);
    for id in found.into_values().filter(|id| ids.contains(&id.0)) {
        tiers[(id.0 - ids.start) as usize] = Tier::Exact;
    }
}

fn new_entries(entries: &Entries, ids: &Range<u32>, context: &FilterContext<'_>) -> Vec<Tier> {
    let mut tiers = vec![Tier::None; ids.len()];
    if let Some(last_visit) = context.last_visit {
        for id in entries.modified_since(last_visit, ids) {
            tiers[(id.0 - ids.start) as usize] =
                Tier::of(context.marks.get(id).attention == Attention::Unread);
        }
    }
    tiers
}

fn has_state(mark: Mark, state: ReadState) -> bool {
    match state {
        ReadState::Unread | ReadState::New => mark.attention == Attention::Unread,
        ReadState::Read => mark.attention != Attention::Unread,
        ReadState::Finished => mark.attention == Attention::Finished,
        ReadState::Starred => mark.is_starred,
    }
}

/// A field that holds names.
#[derive(Clone, Copy)]
enum NameField {
    Tag,
    Source,
}

/// The tiers of the entries with these ids by a name: it has to be the whole name if it was quoted,
/// otherwise the beginning of a tag or a part of a source.
fn name_tiers(
    field: NameField,
    wanted: &FieldName,
    entries: &Entries,
    ids: &Range<u32>,
) -> Vec<Tier> {
    let text = simplified(&wanted.text);
    let finder = Finder::new(&text);
    let is_wanted = |name: &str| match field {
        _ if wanted.is_whole => name == text,
        NameField::Tag => name.starts_with(&text),
        NameField::Source => name.contains(&text),
    };
    tiers_by_text(entries, ids, |part, tiers| {
        for (at, _) in matches(&finder, WordBounds::Anywhere, part) {
            let Some(fields) = entries.filter_fields(part.id(at)) else {
                continue;
            };
            // The filter text ends with the source and the tags, already folded.
            let mut names = part.text.rest(at).split_terminator('\n').rev();
            let tags = fields.tags.iter().count();
            let matches = match field {
                NameField::Tag => names.take(tags).any(is_wanted),
                NameField::Source => {
                    fields.source.is_some() && names.nth(tags).is_some_and(is_wanted)
                }
            };
            tiers[at - part.places.start] = Tier::of(matches);
        }
    })
}

/// The days that a term asks for.
enum DayRange {
    Undated,
    /// From the first to the last day; `None` if a side is open.
    Dated(Option<civil::Date>, Option<civil::Date>),
}

impl DayRange {
    fn new(days: Days, today: civil::Date) -> Self {
        // The last day is today; `back` before it, the range has not begun. Before the calendar
        // begins, the side is open.
        let until_today = |back: Span| {
            let before = today.checked_sub(back).ok();
            Self::Dated(
                before.and_then(|day| day.checked_add(1.day()).ok()),
                Some(today),
            )
        };
        match days {
            Days::Between(from, to) => Self::Dated(from, to),
            Days::Last(days) => until_today(i64::from(days.min(1_000_000)).days()),
            Days::LastMonths(months) => until_today(i64::from(months.min(100_000)).months()),
            Days::Undated => Self::Undated,
        }
    }

    fn contains(&self, day: Option<civil::Date>) -> bool {
        match (self, day) {
            (Self::Undated, day) => day.is_none(),
            (Self::Dated(..), None) => false,
            (Self::Dated(from, to), Some(day)) => {
                from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
            }
        }
    }
}

/// The filter text of some entries whose ids follow each other.
struct TextPart<'a> {
    text: FilterText<'a>,
    /// Their places in it.
    places: Range<usize>,
    /// The id of the first.
    first: u32,
}

impl TextPart<'_> {
    fn id(&self, at: usize) -> EntryId {
        EntryId(self.first + (at - self.places.start) as u32)
    }
}

/// The tiers of the entries with these ids by their filter text, set part by part.
fn tiers_by_text(
    entries: &Entries,
    ids: &Range<u32>,
    set_tiers: impl Fn(&TextPart<'_>, &mut [Tier]),
) -> Vec<Tier> {
    let mut tiers = vec![Tier::None; ids.len()];
    for slot in entries.slots() {
        let start = ids.start.clamp(slot.first, slot.end());
        let end = ids.end.clamp(slot.first, slot.end());
        if start < end {
            let part = TextPart {
                text: slot.filter_text(),
                places: (start - slot.first) as usize..(end - slot.first) as usize,
                first: start,
            };
            let tiers = &mut tiers[(start - ids.start) as usize..(end - ids.start) as usize];
            set_tiers(&part, tiers);
        }
    }
    for (at, id) in entries.changed().keys().enumerate() {
        if ids.contains(&id.0) {
            let tier = &mut tiers[(id.0 - ids.start) as usize];
            *tier = Tier::None;
            let part = TextPart {
                text: entries.changed_text(),
                places: at..at + 1,
                first: id.0,
            };
            set_tiers(&part, std::slice::from_mut(tier));
        }
    }
    tiers
}

/// How well each of some names matches a word, as a title does: literally, by pinyin or loosely.
pub fn tiers_of_names<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Vec<Tier> {
    let mut text = FilterTextBuf::default();
    names.for_each(|name| text.push_name(name));
    let text = text.as_text();
    let part = TextPart {
        places: 0..text.ends.len(),
        text,
        first: 0,
    };
    let mut tiers = vec![Tier::None; text.ends.len()];
    let term = Term {
        text: word.to_owned(),
        bounds: WordBounds::Start,
    };
    WordMatcher::new(&term, true).set_tiers(&part, &mut tiers);
    tiers
}

/// Matches a word against the filter text of entries.
struct WordMatcher {
    literal: Finder<'static>,
    bounds: WordBounds,
    pinyin: Option<Pinyin>,
    loose: Option<Loose>,
}

impl WordMatcher {
    fn new(term: &Term, with_pinyin: bool) -> Self {
        if term.bounds == WordBounds::Whole {
            return Self::exact(term);
        }
        let word = simplified(&term.text);
        Self {
            pinyin: if with_pinyin {
                Pinyin::new(&word)
            } else {
                None
            },
            loose: Loose::new(&word),
            ..Self::exact(term)
        }
    }

    fn exact(term: &Term) -> Self {
        Self {
            literal: Finder::new(&simplified(&term.text)).into_owned(),
            bounds: term.bounds,
            pinyin: None,
            loose: None,
        }
    }

    fn tiers(&self, entries: &Entries, ids: &Range<u32>) -> Vec<Tier> {
        tiers_by_text(entries, ids, |part, tiers| self.set_tiers(part, tiers))
    }

    /// Sets the tier of each place whose text matches, the best tiers first.
    fn set_tiers(&self, part: &TextPart<'_>, tiers: &mut [Tier]) {
        let (text, start) = (part.text, part.places.start);
        for (at, found) in matches(&self.literal, self.bounds, part) {
            tiers[at - start] = text.literal_tier(at, &found);
        }
        if let Some(pinyin) = &self.pinyin {
            for (at, tier) in unmatched(tiers, start) {
                if pinyin.is_in(text.titles(at)) {
                    *tier = Tier::Pinyin;
                }
            }
        }
        if let Some(loose) = &self.loose {
            for (at, _) in matches(&loose.first, WordBounds::Anywhere, part) {
                if tiers[at - start] == Tier::None && loose.is_in(text.titles(at)) {
                    tiers[at - start] = Tier::Loose;
                }
            }
        }
        if let Some(pinyin) = &self.pinyin {
            for (at, tier) in unmatched(tiers, start) {
                if pinyin.is_in(text.rest(at)) {
                    *tier = Tier::PinyinElsewhere;
                }
            }
        }
    }
}

impl FilterText<'_> {
    /// The tier of an entry by its first match.
    fn literal_tier(&self, at: usize, found: &Range<usize>) -> Tier {
        let is_break = |offset: usize| self.text.get(offset).is_none_or(|&byte| byte == b'\n');
        let is_line =
            (found.start == self.start(at) || is_break(found.start - 1)) && is_break(found.end);
        match self.ends.get(at) {
            Some(end) if found.start >= end.titles as usize => Tier::Head,
            _ if is_line => Tier::Exact,
            _ => Tier::Title,
        }
    }
}

/// The places without a tier, with theirs; the first is the place `start`.
fn unmatched(tiers: &mut [Tier], start: usize) -> impl Iterator<Item = (usize, &mut Tier)> {
    let places = tiers.iter_mut().enumerate();
    places
        .filter(|(_, tier)| **tier == Tier::None)
        .map(move |(at, tier)| (start + at, tier))
}

/// The places whose text holds a pattern, with the first match of each. One scan over the text of
/// all of them; after a match it goes on behind the entry.
fn matches(
    pattern: &Finder<'_>,
    bounds: WordBounds,
    part: &TextPart<'_>,
) -> Vec<(usize, Range<usize>)> {
    let TextPart { text, places, .. } = part;
    let length = pattern.needle().len();
    let mut all = Vec::new();
    let mut at = places.start;
    let mut from = text.start(at);
    let bytes = text.text.get(..text.start(places.end)).unwrap_or_default();
    while let Some(offset) = bytes.get(from..).and_then(|rest| pattern.find(rest)) {
        let found = from + offset..from + offset + length;
        while at < places.end && text.end(at) <= found.start {
            at += 1;
        }
        if at >= places.end {
            break;
        }
        if bounds.allow(bytes, &found) {
            all.push((at, found));
            from = text.end(at);
            at += 1;
        } else {
            from = found.start + 1;
        }
    }
    all
}

#[cfg(test)]
#[path = "matching/tests.rs"]
mod tests;
