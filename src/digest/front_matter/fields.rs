//! Which entries of a header are the fields of an article.

use std::borrow::Cow;
use std::collections::HashSet;

use super::region::rows;
use super::value::{Entries, Value};
use crate::digest::date::Date;
use crate::digest::markup::{one_line, without_entities, without_markup};
use crate::digest::web_link;

/// Keys of the title, best first; as all keys here in lower case, without `_`, `-` and spaces.
const TITLE: &[&str] = &["title", "subject", "标题", "標題"];
/// Keys of the Chinese title.
const CHINESE: &[&str] =
    &["titlezh", "titlecn", "titlezhcn", "zhtitle", "cntitle", "chinesetitle", "中文标题", "中文標題"];
/// Keys of the English title.
const ENGLISH: &[&str] =
    &["titleen", "titleenus", "entitle", "englishtitle", "英文标题", "英文標題", "originaltitle", "原标题"];
/// Keys of the date, the day of publication first and a later change last.
const DATE: &[&str] = &[
    "date",
    "日期",
    "published",
    "publishedat",
    "publisheddate",
    "publishdate",
    "pubdate",
    "发布日期",
    "datetime",
    "time",
    "created",
    "createdat",
    "createddate",
    "createdate",
    "createtime",
    "announcementdate",
    "releasedat",
    "generatedat",
    "summarizedat",
    "updated",
    "updatedat",
    "lastupdated",
    "lastmod",
    "lastmodified",
    "modified",
    "更新日期",
];
/// Keys of the standfirst.
const DESCRIPTION: &[&str] =
    &["description", "summary", "excerpt", "subtitle", "abstract", "descriptionshort", "摘要", "描述", "简介"];
/// Keys of the tags.
const TAGS: &[&str] = &["tags", "tag", "keywords", "keyword", "标签", "標籤", "关键词"];
/// Keys that stand in for tags where there are none.
const CATEGORIES: &[&str] = &["categories", "category", "topics", "分类", "分類"];
/// Keys of the source: the paper or site before the person.
const SOURCE: &[&str] = &[
    "sourcename",
    "source",
    "来源",
    "來源",
    "site",
    "sitename",
    "author",
    "authors",
    "作者",
    "from",
    "publisher",
    "creator",
];
/// Keys of the link to the original.
const LINK: &[&str] = &[
    "link",
    "url",
    "sourceurl",
    "originalurl",
    "originallink",
    "original",
    "sourcelink",
    "source",
    "via",
    "原文链接",
    "原文連結",
    "链接",
    "canonicalurl",
    "canonical",
    "permalink",
    "from",
];
/// Keys by which a header is known for one, beside those of title, date and tags.
const USUAL: &[&str] =
    &["layout", "categories", "category", "author", "description", "summary", "slug", "draft", "permalink"];

/// How many keys of a header are looked at; no article has so many.
const MOST_KEYS: usize = 500;

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
    /// The line of the file that the date stands on.
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

/// Says whether a key is one that front matter usually has, so that it tells a header from prose.
pub(super) fn is_usual(key: &str) -> bool {
    let key = normal(key);
    [TITLE, DATE, TAGS, USUAL].iter().any(|keys| keys.contains(&&*key))
}

/// A key in lower case, without what spellings differ in.
fn normal(key: &str) -> Cow<'_, str> {
    if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(key);
    }
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The entries of a header, to be asked for by several names.
struct Lookup<'a> {
    keys: Vec<Cow<'a, str>>,
    /// The [`sign`]s of the keys, so that those that are not there are passed over.
    signs: u64,
    entries: &'a Entries,
}

/// One bit of 64 for a key: keys of different bits are different.
fn sign(key: &str) -> u64 {
    let first = key.as_bytes().first().copied().unwrap_or(0);
    1 << ((usize::from(first) ^ (key.len() * 5)) % 64)
}

impl<'a> Lookup<'a> {
    /// Takes the entries of a header, as many as are looked at.
    fn new(entries: &'a Entries) -> Self {
        let keys: Vec<_> = entries.iter().take(MOST_KEYS).map(|(key, _)| normal(key)).collect();
        let signs = keys.iter().fold(0, |signs, key| signs | sign(key));
        Self { keys, signs, entries }
    }

    /// The values of the keys, in the order of the keys.
    fn all<'k>(&self, keys: &'k [&'k str]) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a, 'k, '_> {
        keys.iter().filter(|wanted| self.signs & sign(wanted) != 0).filter_map(|wanted| {
            let found = |&index: &usize| self.keys[index] == *wanted && self.entries[index].1 != Value::Nothing;
            let (key, value) = &self.entries[(0..self.keys.len()).find(found)?];
            Some((key.as_str(), value))
        })
    }

    /// The first text under any of the keys, of one line.
    fn text(&self, keys: &[&str]) -> Option<String> {
        self.all(keys).find_map(|(_, value)| line_of(value))
    }
}

impl Fields {
    /// Picks the fields from the entries of a header that begins on `first_line` of the file.
    pub(super) fn pick(entries: &Entries, inner: &str, first_line: u32) -> Self {
        let lookup = Lookup::new(entries);
        let (date, date_line) = date(&lookup, inner, first_line);
        let by_language = |names: &[&str]| lookup.all(TITLE).find_map(|(_, value)| in_map(value, names));
        Self {
            title: lookup
                .text(TITLE)
                .or_else(|| lookup.all(TITLE).find_map(|(_, value)| in_map(value, &["zh", "cn", "en"]))),
            chinese: lookup
                .text(CHINESE)
                .or_else(|| by_language(&["zh", "cn", "zhcn", "zhhans", "zhtw", "zhhant", "chinese"])),
            english: lookup.text(ENGLISH).or_else(|| by_language(&["en", "enus", "english"])),
            date,
            date_line,
            description: lookup.text(DESCRIPTION),
            tags: tags(&lookup),
            source: source(&lookup),
            link: lookup.all(LINK).flat_map(|(_, value)| value.texts()).find_map(web_link),
        }
    }
}

/// A value as one line of text, unless that is empty.
fn line_of(value: &Value) -> Option<String> {
    let line = |text: &str| filled(one_line(&without_entities(text)));
    match value {
        Value::Text(text) => line(text),
        _ => line(&value.texts().join(", ")),
    }
}

/// A text, unless it is empty.
fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The text under one of the names in a map (`title: {zh: …, en: …}`).
fn in_map(value: &Value, names: &[&str]) -> Option<String> {
    let Value::Map(entries) = value else { return None };
    let entry = |name: &&str| entries.iter().find(|(key, _)| normal(key) == **name);
    names.iter().filter_map(entry).find_map(|(_, value)| line_of(value))
}

/// The first date that can be read; else the first that is written at all.
fn date(lookup: &Lookup<'_>, inner: &str, first_line: u32) -> (Option<Date>, Option<u32>) {
    let mut unreadable = None;
    for (key, value) in lookup.all(DATE) {
        // `published: true` says that it is, not when.
        let written =
            value.texts().into_iter().find(|text| !text.trim().is_empty() && !matches!(*text, "true" | "false"));
        let Some(written) = written else { continue };
        let date = Date::parse(written);
        let readable = date.moment.is_some();
        // `time: 5 min` is no broken date: only a key that names one keeps a text that is none.
        let names_a_date = || ["date", "日期", "publish"].iter().any(|name| normal(key).contains(name));
        if readable || (unreadable.is_none() && names_a_date()) {
            let is_key =
                |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
            let line = rows(inner).position(|row| is_key(row.1)).map(|offset| first_line + offset as u32);
            unreadable = Some((date, line));
        }
        if readable {
            break;
        }
    }
    unreadable.map_or((None, None), |(date, line)| (Some(date), line))
}

/// The tags, else the categories: each text split at commas, none twice.
fn tags(lookup: &Lookup<'_>) -> Vec<String> {
    let split = |keys: &[&str]| {
        let texts = lookup.all(keys).map(|(_, value)| value.texts());
        let split = |texts: Vec<&str>| -> Vec<String> {
            distinct(texts.iter().flat_map(|text| text.split([',', '，', '、'])).map(one_line))
        };
        texts.map(split).find(|tags| !tags.is_empty())
    };
    split(TAGS).or_else(|| split(CATEGORIES)).unwrap_or_default()
}

/// The texts that are not empty, none twice.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    /// So many are compared one by one.
    const FEW: usize = 16;
    let (mut kept, mut seen): (Vec<String>, HashSet<String>) = (Vec::new(), HashSet::new());
    for text in texts.filter(|text| !text.is_empty()) {
        let is_new = if kept.len() < FEW {
            !kept.contains(&text)
        } else {
            if seen.is_empty() {
                seen.extend(kept.iter().cloned());
            }
            seen.insert(text.clone())
        };
        if is_new {
            kept.push(text);
        }
    }
    kept
}

/// The source: a name, or names; never a link alone.
fn source(lookup: &Lookup<'_>) -> Option<String> {
    lookup.all(SOURCE).find_map(|(_, value)| {
        let names = value.texts().into_iter().map(|text| one_line(&without_link(&without_markup(text))));
        let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
        filled(names.join(", "))
    })
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
    use super::*;

    #[test]
    fn a_key_is_normal_the_same_by_bytes_and_by_characters() {
        for key in ["Title_EN", "published-at", "Source URL", "标题", "É_t", ""] {
            let by_characters: String =
                key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect();
            assert_eq!(normal(key), by_characters);
        }
    }

    #[test]
    fn of_many_tags_as_of_few_none_is_kept_twice() {
        for count in [3, 16, 17, 40] {
            let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let twice = numbers.iter().cloned().chain([String::new()]).chain(numbers.clone());
            assert_eq!(distinct(twice), numbers);
        }
    }

    #[test]
    fn every_known_key_is_found_alone_and_among_others() {
        let lists = [TITLE, CHINESE, ENGLISH, DATE, DESCRIPTION, TAGS, CATEGORIES, SOURCE, LINK];
        let all: Entries = lists.concat().iter().map(|key| ((*key).to_owned(), Value::from(*key))).collect();
        for key in lists.concat() {
            let one = vec![(key.to_owned(), Value::from(key))];
            for entries in [&one, &all] {
                assert_eq!(Lookup::new(entries).all(&[key]).next(), Some((key, &Value::from(key))));
            }
        }
    }
}
