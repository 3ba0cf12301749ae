//! The list of all highlights and notes: its order, its filter, and its lines.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::popup::{Choice, PopupLine};
use crate::catalog::{Annotation, Annotations, Entries, EntryId, HighlightColour};
use crate::locale::translated;
use crate::text::{Language, clean_line, folded, simplified_form};

/// The characters of a text or a note that are shown at most.
const MOST_SHOWN: usize = 200;

/// What the list is grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum HubOrder {
    /// Articles, the newest first; their highlights in the order of the text.
    #[default]
    Article,
    /// The day on which they were made, the last first.
    Day,
    Colour,
    /// The tags of the notes.
    Tag,
}

impl HubOrder {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Article => Self::Day,
            Self::Day => Self::Colour,
            Self::Colour => Self::Tag,
            Self::Tag => Self::Article,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Article => message!("article"),
            Self::Day => message!("day"),
            Self::Colour => message!("colour"),
            Self::Tag => message!("tag"),
        }
    }
}

/// The id of an article if it is there, its title and its date.
type ArticleFacts = (Option<EntryId>, Arc<str>, Option<Date>);

/// A highlight with what the list says of it.
#[derive(Clone, Debug)]
pub(super) struct HubItem {
    pub(super) annotation: Arc<Annotation>,
    title: Arc<str>,
    day: Option<Date>,
    /// The date of its article.
    article_day: Option<Date>,
    /// Whether it cannot be found any more.
    is_adrift: bool,
    /// What the filter is matched against, once it was needed.
    haystack: Option<String>,
}

/// The list. It is kept while one walks from one highlight to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Hub {
    items: Vec<HubItem>,
    /// Those that match the filter, in order.
    shown: Vec<usize>,
    pub(super) order: HubOrder,
    pub(super) query: String,
}

impl Hub {
    /// Lists all highlights again, with the same order and filter.
    pub(super) fn fill(
        &mut self,
        annotations: &Annotations,
        entries: &Entries,
        is_adrift: impl Fn(u64) -> bool,
        (language, zone, today): (Language, &TimeZone, Option<Date>),
    ) {
        let mut articles: HashMap<PathBuf, ArticleFacts> = HashMap::new();
        self.items.clear();
        let paths = entries.find_paths(annotations.all().map(|it| it.path.as_path()));
        for annotation in annotations.all() {
            let path = &annotation.path;
            if !articles.contains_key(path) {
                let id = paths.get(path.as_path()).copied();
                let title = id.and_then(|id| entries.get(id)).map_or_else(
                    || clean_line(&path.to_string_lossy()).into_owned(),
                    |entry| entry.titles.in_language(language).to_owned(),
                );
                let day = id.and_then(|id| entries.day(id));
                articles.insert(path.clone(), (id, title.into(), day));
            }
            let Some((id, title, article_day)) = articles.get(path) else {
                continue;
            };
            let made = Timestamp::from_millisecond(annotation.created).ok();
            let made = made.filter(|_| annotation.created != 0);
            self.items.push(HubItem {
                is_adrift: id.is_none() || is_adrift(annotation.key),
                annotation: Arc::clone(annotation),
                title: Arc::clone(title),
                day: made.map(|it| zone.to_datetime(it).date()).or(today),
                article_day: *article_day,
                haystack: None,
            });
        }
        self.sort();
    }

    /// Sorts by the order, and filters again.
    pub(super) fn sort(&mut self) {
        let in_text = |it: &HubItem| {
            let [start, _] = &it.annotation.places;
            (start.side as usize, start.block, start.offset)
        };
        self.items.sort_by(|one, other| {
            let article = |it: &HubItem| Reverse(it.article_day);
            let by_article = article(one)
                .cmp(&article(other))
                .then_with(|| one.annotation.path.cmp(&other.annotation.path))
                .then_with(|| in_text(one).cmp(&in_text(other)));
            match self.order {
                HubOrder::Article => by_article,
                HubOrder::Day => Reverse(one.day).cmp(&Reverse(other.day)).then(by_article),
                HubOrder::Colour => one
                    .annotation
                    .colour
                    .cmp(&other.annotation.colour)
                    .then(by_article),
                HubOrder::Tag => {
                    let tag = |it: &HubItem| it.annotation.tags().next().map(str::to_owned);
                    let (one, other) = (tag(one), tag(other));
                    // Those without a tag come last.
                    (one.is_none(), one)
                        .cmp(&(other.is_none(), other))
                        .then(by_article)
                }
            }
        });
        self.filter();
    }

    /// Keeps those that have every word of the query: in title, text or note, or as `colour:`, `has:note` or `#tag`.
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

    /// The highlights that match, in order.
    pub(super) fn annotations(&self) -> impl Iterator<Item = &Arc<Annotation>> {
        self.shown.iter().map(|&at| &self.items[at].annotation)
    }

    /// The lines: a title for each group, under it a line for each highlight and one for its note.
    pub(super) fn lines(&self) -> Vec<PopupLine> {
        let mut lines = Vec::with_capacity(2 * self.shown.len());
        let mut group = None;
        for (number, &at) in self.shown.iter().enumerate() {
            let item = &self.items[at];
            let title = self.group(item);
            if group.as_ref() != Some(&title) {
                lines.push(PopupLine::group(&title, Choice::Listed(number)));
                group = Some(title);
            }
            let mut text = excerpt(&item.annotation.text);
            if item.is_adrift {
                text = tr!("(adrift) {text}", text = text);
            }
            if self.order != HubOrder::Article {
                text = format!("{text} · {}", item.title);
            }
            let colour = item.annotation.colour.unwrap_or_default();
            lines.push(PopupLine::annotation(colour, text, Choice::Listed(number)));
            let note = &item.annotation.note;
            if !note.is_empty() {
                let note = format!("✎ {}", excerpt(note));
                lines.push(PopupLine::of_note(note, Choice::Listed(number)));
            }
        }
        lines
    }

    fn group(&self, item: &HubItem) -> String {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        match self.order {
            HubOrder::Article => match item.article_day {
                Some(date) => format!("{} · {date}", item.title),
                None => item.title.to_string(),
            },
            HubOrder::Day => day(item.day),
            HubOrder::Colour => {
                translated(item.annotation.colour.unwrap_or_default().name()).to_owned()
            }
            HubOrder::Tag => item.annotation.tags().next().map_or_else(
                || tr!("(no tag)").to_owned(),
                |tag| clean_line(&format!("#{tag}")).into_owned(),
            ),
        }
    }
}

impl HubItem {
    /// Whether it has a word of a query, folded.
    fn has(&mut self, word: &str) -> bool {
        let annotation = &self.annotation;
        if let Some(colour) = word.strip_prefix("colour:").or(word.strip_prefix("color:")) {
            return annotation.colour == HighlightColour::named(colour);
        }
        if let Some(tag) = word.strip_prefix('#') {
            return annotation.tags().any(|it| simplified(it).starts_with(tag));
        }
        match word {
            "has:note" => return !annotation.note.is_empty(),
            "has:highlight" => return true,
            "is:adrift" => return self.is_adrift,
            _ => {}
        }
        if let Some(text) = word.strip_prefix("note:") {
            return simplified(&annotation.note).contains(text);
        }
        let haystack = self.haystack.get_or_insert_with(|| {
            let all = [&*self.title, &annotation.text, &annotation.note];
            simplified(&all.join("\n"))
        });
        haystack.contains(word)
    }
}

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

/// A walk from one highlight to the next.
#[derive(Clone, Debug)]
pub(super) struct HubWalk {
    pub(super) all: Vec<Arc<Annotation>>,
    pub(super) at: usize,
}
