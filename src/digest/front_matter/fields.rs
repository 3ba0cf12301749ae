//! Which entries of a header are the fields of an article.

use std::borrow::Cow;
use std::collections::HashSet;

use super::keys::{Lookup, Role, normal};
use super::region::rows;
use super::value::{Entries, Found, Value};
use crate::digest::date::Date;
use crate::digest::markup::{one_line, without_entities, without_markup};
use crate::digest::web_link;

/// What a header says of its article. All texts are cleaned and of one line, and none is empty. Those that stand so in the header are
/// lent from there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::digest) struct Fields<'a> {
    /// The title, in whatever language.
    pub(in crate::digest) title: Option<Cow<'a, str>>,
    /// The Chinese title, where it has a key of its own.
    pub(in crate::digest) chinese: Option<Cow<'a, str>>,
    /// The English title, where it has a key of its own.
    pub(in crate::digest) english: Option<Cow<'a, str>>,
    /// The date.
    pub(in crate::digest) date: Option<Date<Cow<'a, str>>>,
    /// The line of the file that the date stands on, if it cannot be read.
    pub(in crate::digest) date_line: Option<u32>,
    /// The standfirst.
    pub(in crate::digest) description: Option<Cow<'a, str>>,
    /// The tags, none twice.
    pub(in crate::digest) tags: Vec<Cow<'a, str>>,
    /// The source.
    pub(in crate::digest) source: Option<Cow<'a, str>>,
    /// The link to the original.
    pub(in crate::digest) link: Option<Cow<'a, str>>,
}

impl<'a> Fields<'a> {
    /// Picks the fields from the entries of a header that begins on `first_line` of the file.
    pub(super) fn pick(entries: &Entries<'a>, inner: &str, first_line: u32) -> Self {
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
            link: lookup.all(Role::Link).find_map(|(_, value)| value.find_text(&mut link)),
        }
    }
}

/// A value as one line of text, unless that is empty.
fn line_of<'a>(value: &Value<'a>) -> Option<Cow<'a, str>> {
    let line = |text: &str| Cow::Owned(one_line(&without_entities(text)));
    filled(match value {
        Value::Line(text) => Cow::Borrowed(*text),
        Value::Text(text) => line(text),
        _ => line(&joined(value, |found| Some(Cow::Borrowed(found.text())))),
    })
}

/// What is made of the texts of a value, with commas between.
fn joined<'v, 'a>(value: &'v Value<'a>, make: impl Fn(Found<'v, 'a>) -> Option<Cow<'v, str>>) -> String {
    let mut joined: Option<String> = None;
    value.each_text(|found| match (&mut joined, make(found)) {
        (_, None) => {}
        (None, Some(text)) => joined = Some(text.into_owned()),
        (Some(joined), Some(text)) => joined.extend([", ", &text]),
    });
    joined.unwrap_or_default()
}

/// A text, unless it is empty.
fn filled(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(text)
}

/// The text under one of the names in a map (`title: {zh: …, en: …}`).
fn in_map<'a>(value: &Value<'a>, names: &[&str]) -> Option<Cow<'a, str>> {
    let Value::Map(entries) = value else { return None };
    let entry = |name: &&str| entries.iter().find(|(key, _)| normal(key) == **name);
    names.iter().filter_map(entry).find_map(|(_, value)| line_of(value))
}

/// The first date that can be read; else the first that is written at all, and its line.
fn date<'a>(lookup: &Lookup<'_, 'a>, inner: &str, first_line: u32) -> (Option<Date<Cow<'a, str>>>, Option<u32>) {
    let mut unreadable = None;
    for (key, value) in lookup.all(Role::Date) {
        // `published: true` says that it is, not when.
        let is_written = |text: &str| !text.trim().is_empty() && !matches!(text, "true" | "false");
        let Some(found) = value.find_text(&mut |found| is_written(found.text()).then_some(found)) else { continue };
        let date = match found {
            Found::Line(text) => Date::lent(text),
            Found::Text(text) => Date::lent(text).map(|written| Cow::Owned(written.into_owned())),
        };
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
fn tags<'a>(lookup: &Lookup<'_, 'a>) -> Vec<Cow<'a, str>> {
    let first = |role| lookup.all(role).map(|(_, value)| tags_of(value)).find(|tags| !tags.is_empty());
    first(Role::Tags).or_else(|| first(Role::Categories)).unwrap_or_default()
}

/// The tags in a value.
fn tags_of<'a>(value: &Value<'a>) -> Vec<Cow<'a, str>> {
    // The wide commas begin with the last two of these bytes.
    let may_be_comma = |byte| matches!(byte, b',' | 0xEF | 0xE3);
    let mut tags = Distinct::default();
    if let Value::List(items) = value {
        tags.kept.reserve_exact(items.len());
    }
    value.each_text(|found| match found {
        Found::Line(text) if !text.bytes().any(may_be_comma) => tags.add(Cow::Borrowed(text)),
        _ => found.text().split([',', '，', '、']).for_each(|text| tags.add(Cow::Owned(one_line(text)))),
    });
    tags.kept
}

/// Texts that are not empty, none twice.
#[derive(Default)]
struct Distinct<'a> {
    kept: Vec<Cow<'a, str>>,
    /// The texts kept, once they are many.
    seen: Option<HashSet<Cow<'a, str>>>,
}

impl<'a> Distinct<'a> {
    /// Fewer are compared one by one.
    const MANY: usize = 16;

    /// Adds a text, if it is new.
    fn add(&mut self, text: Cow<'a, str>) {
        let is_new = match &mut self.seen {
            None => !self.kept.contains(&text),
            Some(seen) => seen.insert(text.clone()),
        };
        if text.is_empty() || !is_new {
            return;
        }
        self.kept.push(text);
        if self.kept.len() == Self::MANY {
            self.seen = Some(self.kept.iter().cloned().collect());
        }
    }
}

/// The source: a name, or names; never a link alone.
fn source<'a>(value: &Value<'a>) -> Option<Cow<'a, str>> {
    filled(match *value {
        Value::Line(text) => name(Found::Line(text)),
        _ => Cow::Owned(joined(value, |found| Some(name(found)).filter(|name| !name.is_empty()))),
    })
}

/// A name in a text, without markup and links.
fn name<'a>(found: Found<'_, 'a>) -> Cow<'a, str> {
    // A link has a colon.
    let may_be_marked = |byte| matches!(byte, b'\\' | b'*' | b'_' | b'`' | b'~' | b'[' | b'!' | b']' | b'<' | b':');
    match found {
        Found::Line(text) if !text.bytes().any(may_be_marked) => Cow::Borrowed(text),
        _ => Cow::Owned(one_line(&without_link(&without_markup(found.text())))),
    }
}

/// The link in a text, if it is one that may be opened.
fn link<'a>(found: Found<'_, 'a>) -> Option<Cow<'a, str>> {
    match found {
        Found::Line(text) => web_link(text),
        Found::Text(text) => web_link(text).map(|link| Cow::Owned(link.into_owned())),
    }
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
            for text in numbers.iter().map(String::as_str).chain([""]).chain(numbers.iter().map(String::as_str)) {
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
            prop_assert_eq!(line_of(&list), filled(one_line(&without_entities(&texts.join(", "))).into()));
            let names = texts.iter().map(|text| one_line(&without_link(&without_markup(text))));
            let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
            prop_assert_eq!(source(&list), filled(names.join(", ").into()));
            let tags = texts.iter().flat_map(|text| text.split([',', '，', '、'])).map(one_line);
            prop_assert_eq!(tags_of(&list), distinct(tags));
            for text in &texts {
                prop_assert_eq!(line_of(&value(text)), filled(one_line(&without_entities(text)).into()));
            }
        }
    }
}
