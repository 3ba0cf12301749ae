//! Which entries of a header are the fields of an article.

use std::collections::HashSet;

use super::entries::{self, EntriesByKey, HeaderEntries, Value, normalized};
use crate::digest::date::Date;
use crate::digest::markup::{one_line, web_link, without_entities, without_markup};
use crate::text::raw_lines;

/// What a header says of its article. All texts are cleaned and of one line, and none is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::digest) struct Fields {
    /// The title, in either language.
    pub(in crate::digest) title: Option<String>,
    /// The Chinese title, if it has a key of its own.
    pub(in crate::digest) chinese: Option<String>,
    /// The English title, if it has a key of its own.
    pub(in crate::digest) english: Option<String>,
    pub(in crate::digest) date: Option<Date>,
    /// The line of the file that holds the date, if it cannot be read.
    pub(in crate::digest) date_line: Option<u32>,
    pub(in crate::digest) description: Option<String>,
    /// The tags, without repetitions.
    pub(in crate::digest) tags: Vec<String>,
    pub(in crate::digest) source: Option<String>,
    pub(in crate::digest) link: Option<String>,
}

impl Fields {
    /// Picks the fields from the entries of a header that begins on `first_line` of the file.
    pub(super) fn pick(entries: &HeaderEntries, inner: &str, first_line: u32) -> Self {
        let entries = EntriesByKey::new(entries);
        let (date, date_line) = date(&entries, inner, first_line);
        let text = |keys| {
            entries
                .with_keys(keys)
                .find_map(|(_, value)| line_of(value))
        };
        let by_language = |names: &[&str]| {
            entries
                .with_keys(entries::TITLE)
                .find_map(|(_, value)| line_in_map(value, names))
        };
        Self {
            title: text(entries::TITLE).or_else(|| by_language(&["zh", "cn", "en"])),
            chinese: text(entries::CHINESE).or_else(|| {
                by_language(&["zh", "cn", "zhcn", "zhhans", "zhtw", "zhhant", "chinese"])
            }),
            english: text(entries::ENGLISH).or_else(|| by_language(&["en", "enus", "english"])),
            date,
            date_line,
            description: text(entries::DESCRIPTION),
            tags: tags(&entries),
            source: entries
                .with_keys(entries::SOURCE)
                .find_map(|(_, value)| source(value)),
            link: entries
                .with_keys(entries::LINK)
                .find_map(|(_, value)| value.texts().into_iter().find_map(web_link)),
        }
    }
}

/// A value as one line of text, unless that is empty.
fn line_of(value: &Value) -> Option<String> {
    filled(one_line(&without_entities(&value.texts().join(", "))))
}

/// A text, unless it is empty.
fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The text under one of the names in a map (`title: {zh: …, en: …}`).
fn line_in_map(value: &Value, names: &[&str]) -> Option<String> {
    let Value::Map(entries) = value else {
        return None;
    };
    let entry = |name: &&str| entries.iter().find(|(key, _)| normalized(key) == **name);
    names
        .iter()
        .filter_map(entry)
        .find_map(|(_, value)| line_of(value))
}

/// The first date that can be read; else the first that is written at all, and its line.
fn date(entries: &EntriesByKey<'_>, inner: &str, first_line: u32) -> (Option<Date>, Option<u32>) {
    let mut unreadable = None;
    for (key, value) in entries.with_keys(entries::DATE) {
        // `published: true` says that it is, not when.
        let is_written =
            |text: &&str| !text.trim().is_empty() && !matches!(*text, "true" | "false");
        let Some(text) = value.texts().into_iter().find(is_written) else {
            continue;
        };
        let date = Date::parse(text);
        if date.moment.is_some() {
            return (Some(date), None);
        }
        // `time: 5 min` is no broken date: only a key that names one keeps a text that is none.
        let names_a_date = ["date", "日期", "publish"]
            .iter()
            .any(|name| normalized(key).contains(name));
        if unreadable.is_none() && names_a_date {
            unreadable = Some((date, key));
        }
    }
    let Some((date, key)) = unreadable else {
        return (None, None);
    };
    let is_key = |line: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
    };
    let line = raw_lines(inner)
        .position(|line| is_key(line.text))
        .map(|offset| first_line + offset as u32);
    (Some(date), line)
}

/// The tags, else the categories.
fn tags(entries: &EntriesByKey<'_>) -> Vec<String> {
    let first = |keys| {
        entries
            .with_keys(keys)
            .map(|(_, value)| tags_of(value))
            .find(|tags| !tags.is_empty())
    };
    first(entries::TAGS)
        .or_else(|| first(entries::CATEGORIES))
        .unwrap_or_default()
}

/// The tags in a value: each text split at commas, without repetitions.
fn tags_of(value: &Value) -> Vec<String> {
    let mut seen = HashSet::new();
    let texts = value.texts();
    let tags = texts
        .iter()
        .flat_map(|text| text.split([',', '，', '、']))
        .map(one_line);
    tags.filter(|tag| !tag.is_empty() && seen.insert(tag.clone()))
        .collect()
}

/// The source: a name, or names; never a link alone.
fn source(value: &Value) -> Option<String> {
    let names: Vec<String> = value
        .texts()
        .into_iter()
        .map(name)
        .filter(|name| !name.is_empty())
        .collect();
    filled(names.join(", "))
}

/// A name in a text, without markup and links.
fn name(text: &str) -> String {
    one_line(&without_link(&without_markup(text)))
}

/// A text without the bare links in it (`A. Writer https://…`).
fn without_link(text: &str) -> String {
    if !text.contains("://") {
        return text.to_owned();
    }
    text.split_whitespace()
        .filter(|word| !word.contains("://"))
        .collect::<Vec<_>>()
        .join(" ")
}
