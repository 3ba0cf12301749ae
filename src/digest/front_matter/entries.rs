//! The entries of a header in any language: the keys that it may have and what each says of the
//! article, and the values.

use crate::text::clean_line;

/// The longest header that a parser reads, in bytes; longer ones are read line by line. The longest
/// of the corpus has 43 KB.
pub(super) const MAX_PARSED: usize = 64 * 1024;

pub(super) const TOO_LONG: &str = message!("it is longer than 64 KB");

pub(super) type HeaderEntries = Vec<(String, Value)>;

/// A value of a header. Numbers, booleans and dates are the text they are written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// No value: nothing written, or a null.
    Nothing,
    Text(String),
    List(Vec<Value>),
    Map(HeaderEntries),
}

impl Value {
    /// The texts in the value, nested lists flattened. Of a map in a list its name or title counts.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        self.collect_texts(&mut texts);
        texts
    }

    fn collect_texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => texts.push(text),
            Self::List(items) => items.iter().for_each(|item| item.collect_texts(texts)),
            Self::Map(entries) => {
                let named = |name: &str| {
                    entries
                        .iter()
                        .find(|(key, _)| key.eq_ignore_ascii_case(name))
                };
                if let Some((_, value)) = named("name").or_else(|| named("title")) {
                    value.collect_texts(texts);
                }
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

#[derive(Debug)]
pub(super) struct ParseFailure {
    /// The line within the header, counted from 0.
    pub(super) line: Option<u32>,
    pub(super) reason: String,
}

impl ParseFailure {
    pub(super) fn new(line: Option<u32>, reason: &str) -> Self {
        let reason = clean_line(reason).into_owned();
        Self { line, reason }
    }
}

/// Keys of the title, best first.
pub(super) const TITLE: &[&str] = &["title", "subject", "标题", "標題"];
pub(super) const CHINESE: &[&str] = &[
    "titlezh",
    "titlecn",
    "titlezhcn",
    "zhtitle",
    "cntitle",
    "chinesetitle",
    "中文标题",
    "中文標題",
];
pub(super) const ENGLISH: &[&str] = &[
    "titleen",
    "titleenus",
    "entitle",
    "englishtitle",
    "英文标题",
    "英文標題",
    "originaltitle",
    "原标题",
];
/// Keys of the date: the day of publication first, a later change last.
#[rustfmt::skip]
pub(super) const DATE: &[&str] = &[
    "date", "日期", "published", "publishedat", "publisheddate", "publishdate", "pubdate", "pubdatetime", "datepublished", "发布日期", "发布时间",
    "datetime", "time",
    "created", "createdat", "createddate", "createdate", "createtime", "announcementdate", "releasedat", "generatedat",
    "summarizedat", "updated", "updatedat", "lastupdated", "lastmod", "lastmodified", "modified", "更新日期",
];
pub(super) const DESCRIPTION: &[&str] = &[
    "description",
    "summary",
    "excerpt",
    "subtitle",
    "abstract",
    "descriptionshort",
    "摘要",
    "描述",
    "简介",
];
pub(super) const TAGS: &[&str] = &[
    "tags",
    "tag",
    "keywords",
    "keyword",
    "标签",
    "標籤",
    "关键词",
];
pub(super) const CATEGORIES: &[&str] = &["categories", "category", "topics", "分类", "分類"];
/// Keys of the source: the paper or site before the person.
#[rustfmt::skip]
pub(super) const SOURCE: &[&str] = &[
    "sourcename", "source", "来源", "來源", "site", "sitename", "author", "authors", "作者", "from", "publisher", "creator",
];
/// Keys of the link to the original.
#[rustfmt::skip]
pub(super) const LINK: &[&str] = &[
    "link", "url", "sourceurl", "originalurl", "originallink", "original", "sourcelink", "source", "via", "原文链接",
    "原文連結", "链接", "canonicalurl", "canonical", "permalink", "from",
];
/// Keys by which a header is recognized, beside those of title, date and tags.
const OTHER_USUAL: &[&str] = &[
    "layout",
    "categories",
    "category",
    "author",
    "description",
    "summary",
    "slug",
    "draft",
    "permalink",
];

/// How many keys of a header are looked at; no article has so many.
const MAX_KEYS: usize = 500;

/// True if front matter usually has the key, so that it distinguishes a header from prose.
pub(super) fn is_usual(key: &str) -> bool {
    let key = normalized(key);
    [TITLE, DATE, TAGS, OTHER_USUAL]
        .iter()
        .any(|keys| keys.contains(&key.as_str()))
}

/// A key in lower case, without what spellings differ in.
pub(super) fn normalized(key: &str) -> String {
    key.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The entries of a header by normalized key.
pub(super) struct EntriesByKey<'a> {
    entries: Vec<(String, &'a str, &'a Value)>,
}

impl<'a> EntriesByKey<'a> {
    /// Takes the entries of a header that have a value.
    pub(super) fn new(entries: &'a HeaderEntries) -> Self {
        let with_value = entries
            .iter()
            .take(MAX_KEYS)
            .filter(|(_, value)| *value != Value::Nothing);
        Self {
            entries: with_value
                .map(|(key, value)| (normalized(key), key.as_str(), value))
                .collect(),
        }
    }

    /// The entries with one of the keys, in the order of the keys: each key as written, and its
    /// first value.
    pub(super) fn with_keys(
        &self,
        keys: &'static [&str],
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        keys.iter().filter_map(|name| {
            let (_, key, value) = self.entries.iter().find(|(key, ..)| key == name)?;
            Some((*key, *value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_key_is_normalized() {
        for keys in [
            TITLE,
            CHINESE,
            ENGLISH,
            DATE,
            DESCRIPTION,
            TAGS,
            CATEGORIES,
            SOURCE,
            LINK,
            OTHER_USUAL,
        ] {
            for key in keys {
                assert_eq!(normalized(key), *key);
                assert_eq!(normalized(&format!("_{}-", key.to_uppercase())), *key);
            }
        }
    }

    #[test]
    fn the_best_key_comes_first_and_of_one_key_the_first_value() {
        let text = |text: &str| Value::from(text);
        let entries = vec![
            ("Updated".to_owned(), text("1")),
            ("Pub_Date".to_owned(), text("2")),
            ("date".to_owned(), Value::Nothing),
            ("pubdate".to_owned(), text("3")),
        ];
        let found: Vec<_> = EntriesByKey::new(&entries).with_keys(DATE).collect();
        assert_eq!(found, [("Pub_Date", &text("2")), ("Updated", &text("1"))]);
    }
}
