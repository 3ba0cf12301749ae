//! What headings and labels say about the section that they head: its language, that it tells the whole story, that it is metadata.

use std::cmp::Reverse;
use std::sync::LazyLock;

use crate::text::{Language, is_han};

/// What the words of a heading or label say about what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// They name a language, and say that the text in it follows: `English`, `中文`, `7. English Summary`, `英文摘要`.
    Language {
        /// The language named.
        language: Language,
        /// Whether they say nothing else, so that nothing is lost when a reader who has chosen the language does not see them.
        is_pure: bool,
    },
    /// They name a telling of the whole story: `Summary`, `原始摘要`, `译文`.
    Telling,
    /// They name what belongs to the article as a whole: `元数据`, `References`.
    Metadata,
}

/// Words for English.
const ENGLISH: [&str; 8] = ["english", "英文", "英語", "英语", "英", "en", "英文版", "英文原文"];
/// Words for Chinese.
const CHINESE: [&str; 14] = [
    "chinese",
    "中文",
    "汉语",
    "漢語",
    "中",
    "zh",
    "cn",
    "简体",
    "簡體",
    "繁體",
    "繁体",
    "中文版",
    "简体中文",
    "繁體中文",
];
/// Words that may stand beside the name of a language.
const TELLING: [&str; 36] = [
    "summary",
    "abstract",
    "original",
    "translation",
    "translated",
    "version",
    "text",
    "key",
    "points",
    "takeaways",
    "highlights",
    "overview",
    "tldr",
    "digest",
    "article",
    "摘要",
    "总结",
    "總結",
    "概要",
    "概述",
    "概览",
    "原文",
    "译文",
    "譯文",
    "翻译",
    "翻譯",
    "全文",
    "正文",
    "要点",
    "要點",
    "版本",
    "版",
    "原始",
    "简介",
    "导读",
    "導讀",
];
/// Small words that say nothing by themselves.
const FILLERS: [&str; 12] =
    ["in", "the", "of", "and", "ai", "full", "a", "简体", "的", "与", "simplified", "traditional"];
/// Names of what belongs to the whole article.
const METADATA: [&str; 30] = [
    "元数据",
    "元數據",
    "元信息",
    "文章信息",
    "信息",
    "metadata",
    "meta",
    "article info",
    "参考",
    "参考资料",
    "参考文献",
    "參考資料",
    "參考文獻",
    "参考链接",
    "references",
    "reference",
    "links",
    "related links",
    "相关链接",
    "相關連結",
    "链接",
    "来源",
    "來源",
    "source",
    "sources",
    "标签",
    "標籤",
    "tags",
    "license",
    "许可证",
];

/// The longest heading that can be a name, in bytes.
const LONGEST: usize = 64;

/// Reads the words of a heading or label.
pub(super) fn name(words: &str) -> Option<Name> {
    if words.len() > LONGEST {
        return None;
    }
    let words = trim(words);
    if beginning(words).is_empty() {
        return None;
    }
    if words.is_ascii() {
        name_of(words)
    } else if words.chars().all(has_simple_case) {
        name_of(trim(words))
    } else {
        // A letter beyond ASCII may become small with a mark of its own behind it.
        name_of(trim(&words.to_lowercase()))
    }
}

/// Reads words whose capitals, if they have any, are ASCII, as those of the known words are not.
fn name_of(words: &str) -> Option<Name> {
    if beginning(words).iter().any(|&(known, says)| says.is_none() && known.eq_ignore_ascii_case(words)) {
        return Some(Name::Metadata);
    }
    let (mut language, mut tells) = (None, false);
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        if !is_alphanumeric(first) {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        // Words of Latin letters stand apart, several Chinese words without a space between them.
        let (length, word) = longest_word(rest)?;
        match word {
            Word::Language(named) if language.is_some_and(|language| language != named) => return None,
            Word::Language(named) => language = Some(named),
            Word::Telling => tells = true,
            Word::Filler => {}
        }
        rest = &rest[length..];
    }
    match language {
        Some(language) => Some(Name::Language { language, is_pure: !tells }),
        None => tells.then_some(Name::Telling),
    }
}

/// A known word, and what it says; one of [`METADATA`] says nothing as a part of a name.
type Known = (&'static str, Option<Word>);

/// How many buckets the known words lie in, by their first characters.
const BUCKETS: usize = 256;

const fn bucket(first: char) -> usize {
    first as usize % BUCKETS
}

/// The known words that begin with a character, the longest first, and a few others; none for most characters.
fn known(first: char) -> &'static [Known] {
    static TABLE: LazyLock<Vec<Vec<Known>>> = LazyLock::new(|| {
        let mut table = vec![Vec::new(); BUCKETS];
        let lists: [(&[&'static str], Option<Word>); 5] = [
            (&ENGLISH, Some(Word::Language(Language::English))),
            (&CHINESE, Some(Word::Language(Language::Chinese))),
            (&TELLING, Some(Word::Telling)),
            (&FILLERS, Some(Word::Filler)),
            (&METADATA, None),
        ];
        for (words, says) in lists {
            for &word in words {
                table[bucket(word.chars().next().unwrap_or_default())].push((word, says));
            }
        }
        for words in &mut table {
            words.sort_by_key(|(word, _)| Reverse(word.len()));
        }
        table
    });
    &TABLE[bucket(first)]
}

/// The known words that begin as some words do: most headings begin as none does, and are passed over.
fn beginning(words: &str) -> &'static [Known] {
    let small = |first: char| match first {
        _ if has_simple_case(first) => Some(first.to_ascii_lowercase()),
        _ => first.to_lowercase().next(),
    };
    words.chars().next().and_then(small).map_or(&[], known)
}

/// Says whether a character is its own lower case, or becomes it as ASCII does: Han characters have no case.
pub(super) fn has_simple_case(c: char) -> bool {
    c.is_ascii() || is_han(c)
}

/// As [`char::is_alphanumeric`], without a look into its tables for most Han characters.
pub(super) fn is_alphanumeric(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// What one word of a name says.
#[derive(Clone, Copy)]
enum Word {
    Language(Language),
    Telling,
    Filler,
}

/// The longest known word with which a text begins; one in Latin letters must end where their run ends.
fn longest_word(text: &str) -> Option<(usize, Word)> {
    let fits = |word: &str| {
        let ends = |rest: &[u8]| !rest.first().is_some_and(u8::is_ascii_alphanumeric) || !word.is_ascii();
        let halves = text.as_bytes().split_at_checked(word.len());
        halves.is_some_and(|(start, rest)| start.eq_ignore_ascii_case(word.as_bytes()) && ends(rest))
    };
    let words = beginning(text).iter();
    words
        .filter_map(|&(word, says)| Some((word, says?)))
        .find(|(word, _)| fits(word))
        .map(|(word, says)| (word.len(), says))
}

/// Words without the marks and signs around them.
pub(super) fn bare(words: &str) -> &str {
    // Most have none.
    if let [first, .., last] = words.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return words;
    }
    words.trim_matches(|c: char| !is_alphanumeric(c))
}

/// The words without a number before them (`7.`, `一、`), marks and signs around them.
fn trim(words: &str) -> &str {
    let words = bare(words);
    if !words.starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii()) {
        return words;
    }
    let is_number = |c| matches!(c, '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    let numbered = words.trim_start_matches(is_number);
    if numbered.len() < words.len() && numbered.starts_with(['.', '、', ')', '）', '．', ' ']) {
        bare(numbered)
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn language(words: &str) -> Option<Language> {
        match name(words) {
            Some(Name::Language { language, .. }) => Some(language),
            _ => None,
        }
    }

    #[test]
    fn languages_are_named_in_many_ways() {
        for words in [
            "English",
            "7. English Summary",
            "英文摘要",
            "Summary (English)",
            "English（英文）",
            "🇬🇧 English Version",
            "EN",
            "Original English Text",
        ] {
            assert_eq!(language(words), Some(Language::English), "{words}");
        }
        for words in [
            "中文",
            "中文版",
            "简体中文",
            "一、中文翻译",
            "Chinese Version",
            "中文 (Chinese)",
            "摘要（中文）",
            "Chinese Summary",
        ] {
            assert_eq!(language(words), Some(Language::Chinese), "{words}");
        }
    }

    #[test]
    fn pure_names_say_nothing_else() {
        assert_eq!(name("English"), Some(Name::Language { language: Language::English, is_pure: true }));
        assert_eq!(name("中文摘要"), Some(Name::Language { language: Language::Chinese, is_pure: false }));
    }

    #[test]
    fn tellings_and_metadata_are_known() {
        for words in ["Summary", "Key Points", "原始摘要", "AI 摘要", "要点：", "译文", "TLDR", "**Abstract**"]
        {
            assert_eq!(name(words), Some(Name::Telling), "{words}");
        }
        for words in ["元数据", "Metadata", "5. 参考资料", "References"] {
            assert_eq!(name(words), Some(Name::Metadata), "{words}");
        }
    }

    #[test]
    fn characters_are_told_as_the_tables_do() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert!(!has_simple_case(c) || c.to_lowercase().eq([c.to_ascii_lowercase()]), "{c:?}");
        }
    }

    #[test]
    fn every_known_word_is_its_own_longest_word() {
        for word in [&ENGLISH[..], &CHINESE, &TELLING, &FILLERS].concat() {
            assert!(word.chars().all(is_alphanumeric), "else it would be several tokens: {word}");
            assert_eq!(longest_word(word).map(|(length, _)| length), Some(word.len()), "{word}");
            assert_eq!(longest_word(&format!("{word} more")).map(|(length, _)| length), Some(word.len()), "{word}");
        }
    }

    /// What words say, all of them made small first and then told token by token.
    fn name_by_tokens(words: &str) -> Option<Name> {
        let words = trim(words).to_lowercase();
        let words = if words.is_ascii() { &words } else { trim(&words) };
        if METADATA.contains(&words) {
            return Some(Name::Metadata);
        }
        let (mut languages, mut tells) = (Vec::new(), false);
        for token in words.split(|c: char| !c.is_alphanumeric()) {
            let mut rest = token;
            while !rest.is_empty() {
                let (length, word) = longest_word(rest)?;
                match word {
                    Word::Language(language) => languages.push(language),
                    Word::Telling => tells = true,
                    Word::Filler => {}
                }
                rest = &rest[length..];
            }
        }
        languages.dedup();
        match languages[..] {
            [] => tells.then_some(Name::Telling),
            [language] => Some(Name::Language { language, is_pure: !tells }),
            _ => None,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn words_are_read_as_they_stand_as_in_lower_case_token_by_token(
            words in prop::collection::vec(
                (prop::sample::select([&ENGLISH[..], &CHINESE, &TELLING, &FILLERS, &METADATA].concat()), any::<bool>(), "[ :：(.、*_\u{130}K]?"),
                0..4,
            ),
            number in "([0-9]{1,2}[. ]|[一二]、)?",
            other in "(x|é|\u{130}|中国|Ⅱ)?",
        ) {
            let spelled = |word: &str, is_upper| if is_upper { word.to_uppercase() } else { word.to_owned() };
            let words: String = words.into_iter().map(|(word, is_upper, after)| spelled(word, is_upper) + &after).collect();
            let words = number + &words + &other;
            prop_assume!(words.len() <= LONGEST);
            prop_assert_eq!(name(&words), name_by_tokens(&words), "{}", words);
        }
    }

    #[test]
    fn other_headings_name_nothing() {
        for words in [
            "1.4 英文主要譯本",
            "十年學中文：為了打開中國市場",
            "English / 中文",
            "英文标题",
            "Engine",
            "中国",
            "背景",
            "Full Release Log",
            "Executed Chinese prisoners likely used in UK exhibition",
            "",
            "1.",
            "Texture",
            "endless",
            "AI",
            "英超",
        ] {
            assert_eq!(name(words), None, "{words}");
        }
    }
}
