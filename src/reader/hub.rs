//! The highlights and notes as they are listed.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::listing::{Listed, excerpt, simplified};
use super::popup::{Choice, PopupLine};
use crate::catalog::{Annotation, Annotations, Entries, EntryId, HighlightColour};
use crate::locale::translated;
use crate::text::{Language, clean_line};

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

/// All highlights with what the list says of them.
pub(super) fn hub_items(
    annotations: &Annotations,
    entries: &Entries,
    is_adrift: impl Fn(u64) -> bool,
    (language, zone, today): (Language, &TimeZone, Option<Date>),
) -> Vec<HubItem> {
    let mut articles: HashMap<PathBuf, ArticleFacts> = HashMap::new();
    let mut items = Vec::new();
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
        items.push(HubItem {
            is_adrift: id.is_none() || is_adrift(annotation.key),
            annotation: Arc::clone(annotation),
            title: Arc::clone(title),
            day: made.map(|it| zone.to_datetime(it).date()).or(today),
            article_day: *article_day,
            haystack: None,
        });
    }
    items
}

impl Listed for HubItem {
    type Order = HubOrder;

    fn compare(&self, other: &Self, order: HubOrder) -> Ordering {
        let in_text = |it: &Self| {
            let [start, _] = &it.annotation.places;
            (start.side as usize, start.block, start.offset)
        };
        let by_article = Reverse(self.article_day)
            .cmp(&Reverse(other.article_day))
            .then_with(|| self.annotation.path.cmp(&other.annotation.path))
            .then_with(|| in_text(self).cmp(&in_text(other)));
        match order {
            HubOrder::Article => by_article,
            HubOrder::Day => Reverse(self.day).cmp(&Reverse(other.day)).then(by_article),
            HubOrder::Colour => {
                let colours = (self.annotation.colour, other.annotation.colour);
                colours.0.cmp(&colours.1).then(by_article)
            }
            HubOrder::Tag => {
                // Those without a tag come last.
                let tag = |it: &Self| {
                    let tag = it.annotation.tags().next().map(str::to_owned);
                    (tag.is_none(), tag)
                };
                tag(self).cmp(&tag(other)).then(by_article)
            }
        }
    }

    fn group(&self, order: HubOrder) -> String {
        match order {
            HubOrder::Article => match self.article_day {
                Some(date) => format!("{} · {date}", self.title),
                None => self.title.to_string(),
            },
            HubOrder::Day => self.day.map(|day| day.to_string()).unwrap_or_default(),
            HubOrder::Colour => {
                translated(self.annotation.colour.unwrap_or_default().name()).to_owned()
            }
            HubOrder::Tag => self.annotation.tags().next().map_or_else(
                || tr!("(no tag)").to_owned(),
                |tag| clean_line(&format!("#{tag}")).into_owned(),
            ),
        }
    }

    /// Its text, and below it its note.
    fn lines(&self, order: HubOrder, choice: Choice) -> (PopupLine, Option<PopupLine>) {
        let mut text = excerpt(&self.annotation.text);
        if self.is_adrift {
            text = tr!("(adrift) {text}", text = text);
        }
        if order != HubOrder::Article {
            text = format!("{text} · {}", self.title);
        }
        let colour = self.annotation.colour.unwrap_or_default();
        let note = &self.annotation.note;
        let note = (!note.is_empty())
            .then(|| PopupLine::of_note(format!("✎ {}", excerpt(note)), choice.clone()));
        (PopupLine::annotation(colour, text, choice), note)
    }

    /// Words are looked for in title, text and note; `colour:`, `has:note`, `note:` and `#tag` are those of the queries.
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

/// A walk from one highlight to the next.
#[derive(Clone, Debug)]
pub(super) struct HubWalk {
    pub(super) all: Vec<Arc<Annotation>>,
    pub(super) at: usize,
}
