//! How hard words are: the levels of HSK 2025 for Chinese, bands of frequency for English.

use super::english::lemmas;
use super::table::{first_line, key, line_end};
use super::words::words_as_frequent;
use crate::text::Language;

/// The words of HSK 2025: a line for each, in the order of its bytes, with a tab and its level; 7 stands for 7 to 9.
const CHINESE: &str = include_str!("../../assets/dictionary/chinese.levels");
/// The most frequent English headwords, in the same way, with the number of their band.
const ENGLISH: &str = include_str!("../../assets/dictionary/english.levels");

/// The hardest level of a list.
pub const HARDEST_LEVEL: u8 = 7;
/// The level of what is in no list: harder than what is.
pub const UNLISTED_LEVEL: u8 = HARDEST_LEVEL + 1;

/// How hard a word is, from 1 to [`HARDEST_LEVEL`]: of Chinese its level in HSK 2025, of English its band. `None` if it is
/// in no list.
///
/// An English word counts as the easiest of its lemmas.
pub fn word_level(language: Language, word: &str) -> Option<u8> {
    match language {
        Language::Chinese => listed(CHINESE, &key(word)),
        Language::English => {
            let forms = lemmas(word).into_iter();
            let whole = |form: &String| !word.contains('-') || form.contains('-');
            forms
                .filter(whole)
                .filter_map(|form| listed(ENGLISH, &form))
                .min()
        }
    }
}

/// How frequent a word is: a band of the commonest, each twice as large as the one before; `None` if it is rarer, or
/// unknown. [`band_name`] names it.
pub fn frequency_band(language: Language, word: &str) -> Option<u8> {
    match language {
        Language::English => word_level(language, word),
        Language::Chinese => {
            let count = words_as_frequent(word)?;
            (1..HARDEST_LEVEL).find(|band| count <= most_in(*band) as usize)
        }
    }
}

/// How many words the bands have up to one of them.
const fn most_in(band: u8) -> u32 {
    1000 << band.saturating_sub(1)
}

/// The name of a band of frequency.
pub fn band_name(band: Option<u8>) -> String {
    match band {
        Some(band) => tr!("top {count}", count = most_in(band)),
        None => tr!("rarer").to_owned(),
    }
}

fn listed(list: &str, key: &str) -> Option<u8> {
    let bytes = list.as_bytes();
    let word = |line: &[u8]| line.split(|&byte| byte == b'\t').next().map(<[u8]>::to_vec);
    let at = first_line(bytes, 0, bytes.len(), |line| {
        word(line).is_some_and(|word| word.as_slice() < key.as_bytes())
    });
    let line = list.get(at..line_end(bytes, at))?;
    let (word, level) = line.split_once('\t')?;
    (word == key).then(|| level.parse().ok())?
}

/// The name of a level: `HSK 7–9`, or the band of frequency, such as `top 8000`. Empty for what is in no list.
pub fn level_name(language: Language, level: Option<u8>) -> String {
    match (language, level) {
        (_, None) => String::new(),
        (Language::Chinese, Some(HARDEST_LEVEL)) => "HSK 7–9".to_owned(),
        (Language::Chinese, Some(level)) => format!("HSK {level}"),
        (Language::English, band) => band_name(band),
    }
}

/// The words of a list with their levels.
pub fn level_list(language: Language) -> impl Iterator<Item = (&'static str, u8)> {
    let list = match language {
        Language::Chinese => CHINESE,
        Language::English => ENGLISH,
    };
    let line = |line: &'static str| {
        let (word, level) = line.split_once('\t')?;
        Some((word, level.parse().ok()?))
    };
    list.lines().filter_map(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_levels_of_the_lists() {
        let chinese = |word| word_level(Language::Chinese, word);
        assert_eq!(chinese("你好"), Some(1));
        assert_eq!(chinese("學習"), chinese("学习"));
        assert_eq!(chinese("一丝不苟"), Some(7));
        assert_eq!(chinese("水轮机"), None);
        let english = |word| word_level(Language::English, word);
        assert_eq!(english("People"), Some(1));
        assert_eq!(english("houses"), english("house"));
        assert!(english("turbines") > english("stations"));
        assert_eq!(english("qwertz"), None);
    }

    #[test]
    fn every_listed_word_is_found() {
        for language in Language::BOTH {
            let list: Vec<_> = level_list(language).collect();
            assert!(list.is_sorted());
            for (word, level) in list.iter().step_by(37) {
                let found = word_level(language, word);
                assert!(found.is_some_and(|found| found <= *level), "{word}");
            }
        }
        assert_eq!(level_list(Language::Chinese).count(), 10_896);
    }

    #[test]
    fn levels_have_names() {
        assert_eq!(level_name(Language::Chinese, Some(7)), "HSK 7–9");
        assert_eq!(level_name(Language::Chinese, Some(2)), "HSK 2");
        assert_eq!(level_name(Language::English, Some(4)), "top 8000");
        assert_eq!(level_name(Language::English, None), "");
    }
}
