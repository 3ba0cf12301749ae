//! The keys that a header may have, and what each says.

use std::borrow::Cow;

use super::value::{Entries, Value};

/// What a key says of an article. A key may say two things: a `source` is a name or a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The title, in whatever language.
    Title,
    /// The Chinese title.
    Chinese,
    /// The English title.
    English,
    /// The date.
    Date,
    /// The standfirst.
    Description,
    /// The tags.
    Tags,
    /// What stands in for tags.
    Categories,
    /// The source.
    Source,
    /// The link to the original.
    Link,
    /// Nothing that is wanted; but a header is known by it.
    Usual,
}

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

/// The keys of all roles, in the order of the roles.
const KEYS: [&[&str]; 10] = [TITLE, CHINESE, ENGLISH, DATE, DESCRIPTION, TAGS, CATEGORIES, SOURCE, LINK, USUAL];

/// How many keys are known; each has a number below.
const COUNT: usize = {
    let (mut count, mut role) = (0, 0);
    while role < KEYS.len() {
        count += KEYS[role].len();
        role += 1;
    }
    count
};

/// Some of the keys that are known: a bit for the number of each.
type KeySet = u128;

const _: () = assert!(COUNT <= KeySet::BITS as usize);

/// The keys by number.
static BY_NUMBER: [&str; COUNT] = {
    let (mut keys, mut number, mut role) = ([""; COUNT], 0, 0);
    while role < KEYS.len() {
        let mut rank = 0;
        while rank < KEYS[role].len() {
            keys[number] = KEYS[role][rank];
            number += 1;
            rank += 1;
        }
        role += 1;
    }
    keys
};

/// The keys of each role.
static BY_ROLE: [KeySet; KEYS.len()] = {
    let (mut sets, mut number, mut role) = ([0; KEYS.len()], 0, 0);
    while role < KEYS.len() {
        let count = KEYS[role].len();
        sets[role] = (KeySet::MAX >> (KeySet::BITS as usize - count)) << number;
        number += count;
        role += 1;
    }
    sets
};

/// How many slots the table of keys has.
const SLOTS: usize = 256;

/// What a slot holds that no key has taken.
const FREE: u8 = u8::MAX;

/// The numbers of the keys, each at its [`slot`] or in the first free one after it.
static TABLE: [u8; SLOTS] = {
    let (mut table, mut number) = ([FREE; SLOTS], 0);
    while number < COUNT {
        let mut at = slot(BY_NUMBER[number]);
        while table[at] != FREE {
            at = (at + 1) % SLOTS;
        }
        table[at] = number as u8;
        number += 1;
    }
    table
};

/// The slot at which a key that is not empty is looked for. The factors spread those that are known well.
const fn slot(key: &str) -> usize {
    let bytes = key.as_bytes();
    (bytes[0] as usize * 22 + bytes[bytes.len() - 1] as usize * 53 + bytes.len()) % SLOTS
}

/// The known keys that a key is, as it stands: none or one, or the same in two roles.
fn known(key: &str) -> KeySet {
    if key.is_empty() {
        return 0;
    }
    let (mut found, mut at) = (0, slot(key));
    while let Some(name) = BY_NUMBER.get(usize::from(TABLE[at])) {
        if *name == key {
            found |= 1 << TABLE[at];
        }
        at = (at + 1) % SLOTS;
    }
    found
}

/// The known keys that a key is, however it is spelled.
fn recognized(key: &str) -> KeySet {
    match known(key) {
        0 => match normal(key) {
            Cow::Borrowed(_) => 0,
            Cow::Owned(key) => known(&key),
        },
        found => found,
    }
}

/// Says whether a key is one that front matter usually has, so that it tells a header from prose.
pub(super) fn is_usual(key: &str) -> bool {
    const USUAL_ROLES: [Role; 4] = [Role::Title, Role::Date, Role::Tags, Role::Usual];
    let found = recognized(key);
    USUAL_ROLES.iter().any(|&role| found & BY_ROLE[role as usize] != 0)
}

/// A key in lower case, without what spellings differ in.
pub(super) fn normal(key: &str) -> Cow<'_, str> {
    if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(key);
    }
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// How many keys of a header are looked at; no article has so many.
const MOST_KEYS: usize = 500;

/// The entries of a header, to be asked for by what their keys say.
pub(super) struct Lookup<'e, 'a> {
    entries: &'e Entries<'a>,
    /// The keys that have a value.
    present: KeySet,
    /// The first entry with a value of each of them.
    first: [u16; KeySet::BITS as usize],
}

impl<'e, 'a> Lookup<'e, 'a> {
    /// Takes the entries of a header, as many as are looked at.
    pub(super) fn new(entries: &'e Entries<'a>) -> Self {
        let mut lookup = Self { entries, present: 0, first: [0; KeySet::BITS as usize] };
        for (index, (key, value)) in entries.iter().take(MOST_KEYS).enumerate() {
            if !matches!(value, Value::Nothing) {
                let new = recognized(key) & !lookup.present;
                numbers(new).for_each(|number| lookup.first[number] = index as u16);
                lookup.present |= new;
            }
        }
        lookup
    }

    /// The keys of a role, as they are written, and their values, the best key first.
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = (&'e str, &'e Value<'a>)> + use<'e, 'a, '_> {
        numbers(self.present & BY_ROLE[role as usize]).map(|number| {
            let (key, value) = &self.entries[usize::from(self.first[number])];
            (&**key, value)
        })
    }
}

/// The numbers of the keys of a set, from the lowest up.
fn numbers(mut set: KeySet) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let number = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(number)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The roles, each with its keys.
    const ROLES: [(Role, &[&str]); 10] = [
        (Role::Title, TITLE),
        (Role::Chinese, CHINESE),
        (Role::English, ENGLISH),
        (Role::Date, DATE),
        (Role::Description, DESCRIPTION),
        (Role::Tags, TAGS),
        (Role::Categories, CATEGORIES),
        (Role::Source, SOURCE),
        (Role::Link, LINK),
        (Role::Usual, USUAL),
    ];

    /// The values of a role, found by asking for each of its keys in turn.
    fn all_in_turn<'a>(entries: &'a Entries<'a>, names: &[&str]) -> Vec<(&'a str, &'a Value<'a>)> {
        let of = |name: &&str| {
            entries.iter().take(MOST_KEYS).find(|(key, value)| normal(key) == *name && *value != Value::Nothing)
        };
        names.iter().filter_map(of).map(|(key, value)| (&**key, value)).collect()
    }

    fn is_found_as_in_turn(entries: &Entries<'_>) -> bool {
        let lookup = Lookup::new(entries);
        ROLES.iter().all(|&(role, names)| lookup.all(role).collect::<Vec<_>>() == all_in_turn(entries, names))
    }

    #[test]
    fn a_key_is_normal_the_same_by_bytes_and_by_characters() {
        for key in ["Title_EN", "published-at", "Source URL", "标题", "É_t", ""] {
            let by_characters: String =
                key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect();
            assert_eq!(normal(key), by_characters);
        }
    }

    #[test]
    fn every_known_key_is_normal_and_found_alone_and_among_others() {
        let all: Entries<'_> = BY_NUMBER.iter().map(|&key| (Cow::Borrowed(key), Value::from(key))).collect();
        assert!(is_found_as_in_turn(&all));
        for key in BY_NUMBER {
            assert_eq!(normal(key), key);
            for written in [key.to_owned(), key.to_uppercase(), format!("_{key}-")] {
                let one = vec![(Cow::Owned(written), Value::from(key))];
                assert!(is_found_as_in_turn(&one), "{key}");
                let found = ROLES.iter().filter(|&&(role, _)| Lookup::new(&one).all(role).next().is_some()).count();
                assert_eq!(found, ROLES.iter().filter(|(_, names)| names.contains(&key)).count(), "{key}");
            }
        }
    }

    proptest! {
        #[test]
        fn keys_are_found_by_one_look_as_by_asking_for_each(
            keys in prop::collection::vec(prop_oneof![
                prop::sample::select(BY_NUMBER.to_vec()).prop_map(str::to_owned),
                prop::sample::select(BY_NUMBER.to_vec()).prop_map(|key| format!("{key}_")),
                prop::sample::select(BY_NUMBER.to_vec()).prop_map(str::to_uppercase),
                "[a-zA-Z日期_ -]{0,6}",
            ], 0..12),
            nothing in any::<u16>(),
        ) {
            let value = |at: usize| if nothing >> at & 1 == 1 { Value::Nothing } else { Value::from(at.to_string()) };
            let entries: Entries<'_> = keys.iter().enumerate().map(|(at, key)| (Cow::Borrowed(key.as_str()), value(at))).collect();
            prop_assert!(is_found_as_in_turn(&entries), "{:?}", keys);
            for key in &keys {
                let usual = [TITLE, DATE, TAGS, USUAL].iter().any(|names| names.contains(&&*normal(key)));
                prop_assert_eq!(is_usual(key), usual, "{}", key);
            }
        }
    }
}
