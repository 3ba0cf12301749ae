//! Which entries of a header are the fields of an article.

use std::borrow::Cow;
use std::collections::HashSet;

use super::keys::{Lookup, Role, normal};
use super::region::rows;
use super::value::{Entries, Value};
use crate::digest::date::Date;
use crate::digest::markup::{one_line, without_entities, without_markup};
use crate::digest::web_link;

/// What a header says of its article. All texts are cleaned and of one line, and none is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::digest) struct Fields {
    /// The title, in whatever language.
    pub(in crate::digest) title: Option<String>,
    /// The Chinese title, where it has a key of its own.
    pub(in crate::digest) chinese: Option<String>,
    /// The English title, where it has a key of its own.
    pub(in crate::digest) english: Option<String>,
    /// The date.
    pub(in crate::digest) date: Option<Date>,
    /// The line of the file that the date stands on, if it cannot be read.
    pub(in crate::digest) date_line: Option<u32>,
    /// The standfirst.
    pub(in crate::digest) description: Option<String>,
    /// The tags, none twice.
    pub(in crate::digest) tags: Vec<String>,
    /// The source.
    pub(in crate::digest) source: Option<String>,
    /// The link to the original.
    pub(in crate::digest) link: Option<String>,
}

impl Fields {
    /// Picks the fields from the entries of a header that begins on `first_line` of the file.
    pub(super) fn pick(entries: &Entries<'_>, inner: &str, first_line: u32) -> Self {
        let lookup = Lookup::new(entries);
        let (date, date_line) = date(&lookup, inner, first_line);
        let text = |role| lookup.all(role).find_map(|(_, value)| line_of(value));
        let by_language = |names: &[&str]| lookup.all(Role::Title).find_map(|(_, value)| in_map(value, names));
        Self {
            title: text(Role::Title).or_else(|| by_language(&["zh", "cn", "en"])),
            chinese: text(Role::Chinese)
                .or_else(|| by_language(&["zh", "cn", "zhcn", "zhhans", "zhtw", "zhhant", "chinese"])),
            english: text(Role::English).or_else(|| by_language(&["en", "enus", "english"])),
            date,
            date_line,
            description: text(Role::Description),
            tags: tags(&lookup),
            source: lookup.all(Role::Source).find_map(|(_, value)| source(value)),
            link: lookup.all(Role::Link).find_map(|(_, value)| value.find_text(&mut |text, _| web_link(text))),
        }
    }
}

/// A value as one line of text, unless that is empty.
fn line_of(value: &Value<'_>) -> Option<String> {
    let line = |text: &str| one_line(&without_entities(text));
    filled(match value {
        Value::Line(text) => (*text).to_owned(),
        Value::Text(text) => line(text),
        _ => line(&joined(value, |text, _| Some(Cow::Borrowed(text)))),
    })
}

/// What is made of the texts of a value, with commas between.
fn joined<'a>(value: &'a Value<'_>, make: impl Fn(&'a str, bool) -> Option<Cow<'a, str>>) -> String {
    let mut joined: Option<String> = None;
    value.each_text(|text, is_line| match (&mut joined, make(text, is_line)) {
        (_, None) => {}
        (None, Some(text)) => joined = Some(text.into_owned()),
        (Some(joined), Some(text)) => joined.extend([", ", &text]),
    });
    joined.unwrap_or_default()
}

/// A text, unless it is empty.
fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The text under one of the names in a map (`title: {zh: …, en: …}`).
fn in_map(value: &Value<'_>, names: &[&str]) -> Option<String> {
    let Value::Map(entries) = value else { return None };
    let entry = |name: &&str| entries.iter().find(|(key, _)| normal(key) == **name);
    names.iter().filter_map(entry).find_map(|(_, value)| line_of(value))
}

/// The first date that can be read; else the first that is written at all, and its line.
fn date(lookup: &Lookup<'_>, inner: &str, first_line: u32) -> (Option<Date>, Option<u32>) {
    let mut unreadable = None;
    for (key, value) in lookup.all(Role::Date) {
        // `published: true` says that it is, not when.
        let is_written = |text: &str| !text.trim().is_empty() && !matches!(text, "true" | "false");
        let Some(written) = value.find_text(&mut |text, _| is_written(text).then_some(text)) else { continue };
        let date = Date::parse(written);
        if date.moment.is_some() {
            return (Some(date), None);
        }
        // `time: 5 min` is no broken date: only a key that names one keeps a text that is none.
        let names_a_date = || ["date", "日期", "publish"].iter().any(|name| normal(key).contains(name));
        if unreadable.is_none() && names_a_date() {
            unreadable = Some((date, key));
        }
    }
    let Some((date, key)) = unreadable else { return (None, None) };
    let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
    let line = rows(inner).position(|row| is_key(row.1)).map(|offset| first_line + offset as u32);
    (Some(date), line)
}

/// The tags, else the categories: each text split at commas, none twice.
fn tags(lookup: &Lookup<'_>) -> Vec<String> {
    let first = |role| lookup.all(role).map(|(_, value)| tags_of(value)).find(|tags| !tags.is_empty());
    first(Role::Tags).or_else(|| first(Role::Categories)).unwrap_or_default()
}

/// The tags in a value.
fn tags_of(value: &Value<'_>) -> Vec<String> {
    // The wide commas begin with the last two of these bytes.
    let may_be_comma = |byte| matches!(byte, b',' | 0xEF | 0xE3);
    let mut tags = Distinct::default();
    if let Value::List(items) = value {
        tags.kept.reserve_exact(items.len());
    }
    value.each_text(|text, is_line| {
        if is_line && !text.bytes().any(may_be_comma) {
            tags.add(Cow::Borrowed(text));
        } else {
            text.split([',', '，', '、']).for_each(|text| tags.add(Cow::Owned(one_line(text))));
        }
    });
    tags.kept
}

/// Texts that are not empty, none twice.
#[derive(Default)]
struct Distinct {
    kept: Vec<String>,
    /// The texts kept, once they are many.
    seen: Option<HashSet<String>>,
}

impl Distinct {
    /// Fewer are compared one by one.
    const MANY: usize = 16;

    /// Adds a text, if it is new.
    fn add(&mut self, text: Cow<'_, str>) {
        let is_new = match &mut self.seen {
            None => !self.kept.iter().any(|kept| **kept == *text),
            Some(seen) => seen.insert(text.clone().into_owned()),
        };
        if text.is_empty() || !is_new {
            return;
        }
        self.kept.push(text.into_owned());
        if self.kept.len() == Self::MANY {
            self.seen = Some(self.kept.iter().cloned().collect());
        }
    }
}

/// The source: a name, or names; never a link alone.
fn source(value: &Value<'_>) -> Option<String> {
    filled(match value {
        Value::Line(text) => name(text, true).into_owned(),
        _ => joined(value, |text, is_line| Some(name(text, is_line)).filter(|name| !name.is_empty())),
    })
}

/// A name in a text, without markup and links.
fn name(text: &str, is_line: bool) -> Cow<'_, str> {
    // A link has a colon.
    let may_be_marked = |byte| matches!(byte, b'\\' | b'*' | b'_' | b'`' | b'~' | b'[' | b'!' | b']' | b'<' | b':');
    if is_line && !text.bytes().any(may_be_marked) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(one_line(&without_link(&without_markup(text))))
}

/// A text without the bare links in it (`A. Writer https://…`).
fn without_link(text: &str) -> String {
    if !memchr::memchr_iter(b':', text.as_bytes()).any(|at| text.as_bytes()[at..].starts_with(b"://")) {
        return text.to_owned();
    }
    text.split_whitespace().filter(|word| !word.contains("://")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The texts that are not empty, none twice, the slow way.
    fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
        let mut kept = Vec::new();
        texts.for_each(|text| {
            if !text.is_empty() && !kept.contains(&text) {
                kept.push(text);
            }
        });
        kept
    }

    #[test]
    fn of_many_tags_as_of_few_none_is_kept_twice() {
        for count in [3, 16, 17, 40] {
            let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let mut tags = Distinct::default();
            for text in numbers.iter().chain([&String::new()]).chain(&numbers) {
                tags.add(Cow::Borrowed(text));
            }
            assert_eq!(tags.kept, numbers);
        }
    }

    /// Texts of which some are as tidy as most are, and some are not.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zA-Z中文，。“”]{1,6}( [a-z中文0-9%.-]{1,6}){0,16}",
            "[a-z中 ,，、&;:/*_\\[\\]()<>\\\\`!~\u{200B}\u{3000}\t]{0,9}",
        ]
    }

    /// A text as what it is in a header: a line of its own, if it is one.
    fn value(text: &str) -> Value<'_> {
        let is_line = one_line(&without_entities(text)) == text;
        if is_line { Value::Line(text) } else { Value::from(text) }
    }

    proptest! {
        #[test]
        fn tidy_texts_are_taken_as_they_are_and_all_others_made_so(texts in prop::collection::vec(text(), 0..5)) {
            let list = Value::List(texts.iter().map(|text| value(text)).collect());
            prop_assert_eq!(line_of(&list), filled(one_line(&without_entities(&texts.join(", ")))));
            let names = texts.iter().map(|text| one_line(&without_link(&without_markup(text))));
            let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
            prop_assert_eq!(source(&list), filled(names.join(", ")));
            let tags = texts.iter().flat_map(|text| text.split([',', '，', '、'])).map(one_line);
            prop_assert_eq!(tags_of(&list), distinct(tags));
            for text in &texts {
                prop_assert_eq!(line_of(&value(text)), filled(one_line(&without_entities(text))));
            }
        }
    }
}
