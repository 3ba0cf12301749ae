//! What headings and labels say about the text below them: its language, that it is a version of
//! the whole story, or metadata.

use crate::digest::words::words;
use crate::text::Language;

/// What the words of a heading or label say about the text below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadingName {
    /// The text is in this language: `English`, `中文`, `7. English Summary`, `英文摘要`.
    Language {
        language: Language,
        /// The words say nothing else, so a reader who has chosen the language need not see them.
        is_pure: bool,
    },
    /// The text is a version of the whole story: `Summary`, `原始摘要`, `译文`.
    Version,
    /// The text belongs to the article as a whole: `元数据`, `References`.
    Metadata,
}

#[derive(Clone, Copy, Debug)]
enum WordMeaning {
    Language(Language),
    /// The text is a version of the story. May stand beside the name of a language.
    Version,
    /// Nothing by itself.
    Filler,
}

/// The lists of the words that a heading may consist of.
const MEANINGS: [(&str, WordMeaning); 4] = [
    ("english", WordMeaning::Language(Language::English)),
    ("chinese", WordMeaning::Language(Language::Chinese)),
    ("version", WordMeaning::Version),
    ("filler", WordMeaning::Filler),
];

/// The longest heading that can be a name, in bytes.
const LONGEST: usize = 64;

/// Reads the words of a heading or label. None if they hold any word not in the tables.
pub(super) fn heading_name(heading: &str) -> Option<HeadingName> {
    if heading.len() > LONGEST {
        return None;
    }
    let heading = heading.to_lowercase();
    let heading = without_number(heading.trim_end_matches([':', '：', '*', '_', ' ', '\t']));
    if words("metadata").contains(&heading) {
        return Some(HeadingName::Metadata);
    }
    let mut language = None;
    let mut is_version = false;
    let mut rest = heading;
    while let Some(first) = rest.chars().next() {
        if !first.is_alphanumeric() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (word, meaning) = longest_word(rest)?;
        match meaning {
            WordMeaning::Language(named) if language.is_some_and(|language| language != named) => {
                return None;
            }
            WordMeaning::Language(named) => language = Some(named),
            WordMeaning::Version => is_version = true,
            WordMeaning::Filler => {}
        }
        rest = &rest[word.len()..];
    }
    match language {
        Some(language) => Some(HeadingName::Language {
            language,
            is_pure: !is_version,
        }),
        None => is_version.then_some(HeadingName::Version),
    }
}

/// The longest known word at the start of a text. Latin words must end there; Chinese words follow
/// each other without spaces.
fn longest_word(text: &str) -> Option<(&'static str, WordMeaning)> {
    let fits = |word: &str| {
        text.strip_prefix(word).is_some_and(|rest| {
            !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    };
    MEANINGS
        .into_iter()
        .flat_map(|(list, meaning)| words(list).iter().map(move |word| (*word, meaning)))
        .filter(|(word, _)| fits(word))
        .max_by_key(|(word, _)| word.len())
}

/// Words without punctuation and symbols around them.
pub(super) fn without_signs(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Words without a number before them (`7.`, `一、`) and signs around them.
fn without_number(words: &str) -> &str {
    let words = without_signs(words);
    let is_digit = |c| {
        matches!(
            c,
            '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
        )
    };
    let numbered = words.trim_start_matches(is_digit);
    if numbered.len() < words.len() && numbered.starts_with(['.', '、', ')', '）', '．', ' ']) {
        without_signs(numbered)
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(words: &str) -> Option<Language> {
        match heading_name(words) {
            Some(HeadingName::Language { language, .. }) => Some(language),
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
        assert_eq!(
            heading_name("English"),
            Some(HeadingName::Language {
                language: Language::English,
                is_pure: true
            })
        );
        assert_eq!(
            heading_name("中文摘要"),
            Some(HeadingName::Language {
                language: Language::Chinese,
                is_pure: false
            })
        );
    }

    #[test]
    fn versions_and_metadata_are_known() {
        for words in [
            "Summary",
            "Key Points",
            "原始摘要",
            "AI 摘要",
            "要点：",
            "译文",
            "TLDR",
            "**Abstract**",
        ] {
            assert_eq!(heading_name(words), Some(HeadingName::Version), "{words}");
        }
        for words in ["元数据", "Metadata", "5. 参考资料", "References"] {
            assert_eq!(heading_name(words), Some(HeadingName::Metadata), "{words}");
        }
    }

    #[test]
    fn every_known_word_is_its_own_longest_word() {
        for &word in MEANINGS.iter().flat_map(|(list, _)| words(list)) {
            assert!(
                word.chars().all(char::is_alphanumeric),
                "otherwise it would be several words: {word}"
            );
            assert_eq!(longest_word(word).map(|(longest, _)| longest), Some(word));
            assert_eq!(
                longest_word(&format!("{word} more")).map(|(longest, _)| longest),
                Some(word)
            );
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
            assert_eq!(heading_name(words), None, "{words}");
        }
    }
}
