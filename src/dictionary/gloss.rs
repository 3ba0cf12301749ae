//! What a word of a text means in short: its headword, its reading, and the senses that fit the context.

use std::collections::HashSet;
use std::ops::Range;

use super::cedict::is_pointer;
use super::embedded::dictionary;
use super::english::lemmas;
use super::levels::word_level;
use super::look_up::{english_entries, joined_pinyin, look_up};
use super::table::{DictionaryEntry, key};
use crate::text::{Language, is_han, simplified_form};

/// How many senses a headword has at most.
const MOST_SENSES: usize = 3;
/// The longest gloss, in characters; words beyond are left out.
const LONGEST_GLOSS: usize = 24;
/// The shortest English word to learn that is in no list of levels, in letters.
const SHORTEST: usize = 3;
/// What a numeral with its measure begins with: 三个 is no word to learn.
const NUMERALS: &str = "一二两三四五六七八九十百千万亿几半第";
/// Characters with which foreign names are written: one beside another is no word.
const NAMING: &str = "阿埃艾安奥巴班贝本比彼波伯布查达戴丹德迪蒂杜顿多厄恩尔法菲费弗弗福格戈古哈海汉赫亨胡霍基吉加杰卡凯坎康柯科克肯库夸拉莱兰朗劳勒雷\
    里利莉林琳隆卢鲁露罗洛马玛麦曼梅蒙米密莫默姆穆拿纳娜内尼宁诺努欧帕佩皮珀普奇乔切丘让热瑞若萨塞桑森莎沙舍圣史舒丝斯苏索塔泰坦汤特提图托瓦万\
    威韦维温沃乌西希夏谢休雅亚延扬耶伊英尤约泽扎詹兹佐";
/// The longest English word after a figure that is its unit, in bytes.
const LONGEST_UNIT: usize = 3;
/// English words that say little of a sense.
const FUNCTION_WORDS: [&str; 24] = [
    "to", "a", "an", "the", "of", "or", "and", "in", "on", "at", "for", "with", "by", "be", "is",
    "one", "one's", "sb", "sth", "etc", "as", "from", "that", "into",
];

/// A word as a dictionary has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headword {
    /// The word, Chinese in simplified characters.
    pub word: String,
    /// The traditional form; empty if it is the same.
    pub traditional: String,
    /// The pinyin in the context, syllables joined; empty for English.
    pub reading: String,
    /// The first senses, without what only points elsewhere if there are others.
    pub senses: Vec<String>,
    /// Whether it is only a name.
    pub is_name: bool,
}

/// The headword of a word of a text in our dictionary; None if that has none.
///
/// The range is of bytes, between characters.
pub fn headword(text: &str, range: Range<usize>) -> Option<Headword> {
    let written = &text[range.clone()];
    let is_chinese = written.contains(is_han);
    let entries = if is_chinese {
        look_up(dictionary(Language::Chinese), text, range)
    } else {
        english_entries(dictionary(Language::English), written)
    };
    let first = entries.first()?;
    let is_own = |entry: &&DictionaryEntry| entry.reading == first.reading;
    let own = entries.iter().filter(is_own).flat_map(|it| &it.senses);
    let real: Vec<&String> = own.clone().filter(|sense| !is_pointer(sense)).collect();
    let mut senses: Vec<&String> = if real.is_empty() { own.collect() } else { real };
    let is_name = if is_chinese {
        entries.iter().all(|entry| is_capital(&entry.reading))
    } else {
        let is_common = !written.contains(char::is_uppercase);
        if is_common && senses.first().is_some_and(|sense| names(sense)) {
            senses.sort_by_cached_key(|sense| names(sense));
        }
        let is_only_name = is_common && senses.first().is_some_and(|sense| names(sense));
        is_only_name || entries.iter().all(|entry| is_capital(&entry.word))
    };
    // One of several forms that a dictionary has: 溯源, not 泝源.
    let is_other_form = is_chinese && key(written) == key(&first.word);
    let is_other_form = is_other_form && written != first.traditional;
    Some(Headword {
        word: if is_other_form { written } else { &first.word }.to_owned(),
        traditional: first.traditional.clone(),
        reading: joined_pinyin(&first.reading),
        senses: senses.into_iter().take(MOST_SENSES).cloned().collect(),
        is_name,
    })
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a Chinese sense of an English word is only a name: lop is not 洛浦县.
fn names(sense: &str) -> bool {
    let entries = dictionary(Language::Chinese).entries(&key(sense));
    !entries.is_empty() && entries.iter().all(|entry| is_capital(&entry.reading))
}

/// Whether a word of one character, or a short one in English, is the unit of the figure before it.
fn is_unit(text: &str, word: &Range<usize>, language: Language) -> bool {
    let before = text[..word.start].trim_end().chars().next_back();
    let is_after_figure =
        before.is_some_and(|c| c.is_numeric() || c == '%' || NUMERALS.contains(simplified_form(c)));
    let written = &text[word.clone()];
    is_after_figure
        && match language {
            Language::Chinese => written.chars().nth(1).is_none(),
            Language::English => written.len() <= LONGEST_UNIT,
        }
}

/// Whether a character stands in a foreign name: one beside it is of the same kind.
fn is_in_foreign_name(text: &str, word: &Range<usize>) -> bool {
    let names = |c: char| NAMING.contains(simplified_form(c));
    let beside = [
        text[..word.start].chars().next_back(),
        text[word.end..].chars().next(),
    ];
    text[word.clone()].chars().all(names) && beside.into_iter().flatten().any(names)
}

/// The headword of a word that a reader of some level may want to learn: not one of that level or an easier one, not a
/// name, a number or a numeral with its measure.
///
/// The range is of bytes, between characters.
pub fn word_to_learn(
    text: &str,
    word: Range<usize>,
    language: Language,
    level: u8,
) -> Option<Headword> {
    let written = &text[word.clone()];
    let own = word_level(language, written);
    if own.is_some_and(|own| own <= level) || is_unit(text, &word, language) {
        return None;
    }
    let is_plain = match language {
        Language::Chinese => {
            let is_number = written.starts_with(|c| NUMERALS.contains(c));
            let is_single = written.chars().nth(1).is_none();
            // A character that no list has is mostly a part of a name: 埃勒里.
            let is_word = own.is_some() || !(is_number || is_single);
            let is_part = is_single && is_in_foreign_name(text, &word);
            // 中的 is a headword, but stands nearly always for two.
            let is_attribute = own.is_none() && written.ends_with('的');
            let is_numeral = is_number && is_single;
            let is_none = is_numeral || is_part || is_attribute;
            written.chars().all(is_han) && is_word && !is_none
        }
        Language::English => {
            let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
            // What no list has is a name if it begins with a capital letter, and all are inside a sentence.
            let before = text[..word.start].trim_end();
            let is_inside = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
            let is_name = written.contains(char::is_uppercase) && (own.is_none() || is_inside);
            let is_short = own.is_none() && written.len() < SHORTEST;
            written.chars().all(is_letter) && !written.contains(is_han) && !is_name && !is_short
        }
    };
    let found = headword(text, word).filter(|_| is_plain)?;
    // Of a compound that the dictionary lacks only a part was found.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let is_whole = !written.contains('-') || letters(&found.word) * 3 > letters(written) * 2;
    let is_listed = own.is_some() && language == Language::Chinese;
    (is_whole && (!found.is_name || is_listed)).then_some(found)
}

/// Puts the senses first that the translation of the sentence says.
pub fn order_by_translation(senses: &mut [String], translation: &str) {
    if translation.is_empty() {
        return;
    }
    let simplified: String = translation.chars().map(simplified_form).collect();
    let words = translation.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''));
    let said: HashSet<String> = words.flat_map(lemmas).collect();
    senses.sort_by_cached_key(|sense| {
        let gloss = short_gloss(sense);
        if gloss.contains(is_han) {
            return !simplified.contains(&gloss);
        }
        let words = gloss.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''));
        let content = |word: &&str| !word.is_empty() && !FUNCTION_WORDS.contains(word);
        let mut words = words.filter(content).peekable();
        let is_said = |word: &str| lemmas(word).iter().any(|form| said.contains(form));
        words.peek().is_none() || !words.all(is_said)
    });
}

/// A sense in a few words: without what is in brackets, its first part, and whole words only.
pub fn short_gloss(sense: &str) -> String {
    let (mut plain, mut depth) = (String::new(), 0_usize);
    for c in sense.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let parts = plain.split([';', '；']).map(str::trim);
    // What only explains is all in brackets.
    let inside = sense.trim_matches(['(', ')', ' ']);
    let part = { parts }.find(|part| !part.is_empty()).unwrap_or(inside);
    let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = part.char_indices().nth(LONGEST_GLOSS) else {
        return part;
    };
    // The beginning of a list, or whole words.
    let cut = &part[..end];
    let end = cut
        .find([',', '，'])
        .or_else(|| cut.rfind(' '))
        .unwrap_or(end);
    let mut words: Vec<&str> = cut[..end].split(' ').collect();
    while words.len() > 1
        && words
            .last()
            .is_some_and(|last| FUNCTION_WORDS.contains(last))
    {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::level_list;

    fn of(text: &str, word: &str) -> Headword {
        let at = text.find(word).unwrap();
        headword(text, at..at + word.len()).unwrap()
    }

    #[test]
    fn a_headword_has_its_reading_in_the_context_and_its_lemma() {
        let bank = of("他在銀行工作", "銀行");
        assert_eq!(
            (&*bank.word, &*bank.traditional, &*bank.reading),
            ("银行", "銀行", "yínháng")
        );
        assert_eq!(bank.senses[0], "bank");
        let turbine = of("48 turbines turn", "turbines");
        assert_eq!((&*turbine.word, &*turbine.reading), ("turbine", ""));
        assert!(turbine.senses[0].chars().all(is_han), "{turbine:?}");
        assert!(of("在巴西投资", "巴西").is_name);
        assert!(!bank.is_name && !turbine.is_name);
        assert_eq!(headword("qwertz", 0..6), None);
    }

    #[test]
    fn the_translation_chooses_among_senses() {
        let mut senses = vec![
            "to lift".to_owned(),
            "to hold (a meeting)".into(),
            "act".into(),
        ];
        order_by_translation(&mut senses, "The talks were held in Geneva.");
        assert_eq!(senses[0], "to hold (a meeting)");
        let mut senses = vec!["胀大".to_owned(), "通货膨胀".into()];
        order_by_translation(&mut senses, "通貨膨脹再次上升");
        assert_eq!(senses[0], "通货膨胀");
        order_by_translation(&mut senses, "");
        assert_eq!(senses[0], "通货膨胀");
    }

    #[test]
    fn names_numbers_and_parts_of_words_are_not_to_be_learned() {
        let learned = |text: &str, word: &str, language| {
            let at = text.find(word).unwrap();
            word_to_learn(text, at..at + word.len(), language, 0).is_some()
        };
        let chinese = |text, word| learned(text, word, Language::Chinese);
        assert!(chinese("湿地的水位", "湿地") && chinese("喝茶", "茶"));
        assert!(!chinese("2.6 亿千瓦时", "亿") && !chinese("一亿人", "人"));
        assert!(!chinese("埃勒里港", "埃") && !chinese("在巴西投资", "巴西"));
        let english = |text, word| learned(text, word, Language::English);
        assert!(english("Turbines turn", "Turbines") && english("a deep port", "port"));
        assert!(!english("when Marcus Vane came", "Vane"));
        assert!(!english("a twenty-foot unit", "twenty-foot"));
    }

    #[test]
    fn units_after_figures_and_characters_of_foreign_names_have_no_gloss() {
        let learned = |text: &str, word: &str, language| {
            let at = text.find(word).unwrap();
            word_to_learn(text, at..at + word.len(), language, 0).is_some()
        };
        let chinese = |text, word| learned(text, word, Language::Chinese);
        assert!(!chinese("收入 86 亿元", "元") && !chinese("1200 时", "时"));
        assert!(!chinese("三百吨", "吨") && chinese("吨位", "吨"));
        assert!(!chinese("桑德雷说", "雷") && !chinese("埃勒里格港", "格"));
        assert!(chinese("听到雷声了，雷很响", "雷"));
        assert!(!chinese("Chrome 138 中的 Dawn", "中的"));
        let english = |text, word| learned(text, word, Language::English);
        assert!(!english("a dose of 5 rem", "rem") && english("the port", "port"));
    }

    #[test]
    fn names_are_not_the_first_sense_of_a_common_word() {
        assert!(of("lop the branches", "lop").is_name);
        assert!(!of("a roast turkey", "turkey").is_name);
    }

    #[test]
    fn a_headword_has_the_form_that_is_written() {
        assert_eq!(of("支持溯源", "溯源").word, "溯源");
    }

    #[test]
    fn a_gloss_is_short_and_has_whole_words() {
        assert_eq!(short_gloss("spring (season)"), "spring");
        assert_eq!(short_gloss("(of a meeting) to begin; to open"), "to begin");
        assert_eq!(
            short_gloss("classifier for individual things or people"),
            "classifier"
        );
        assert_eq!(
            short_gloss("(used after an attribute)"),
            "used after an attribute"
        );
        assert_eq!(
            short_gloss("flustered, alarmed, thrown into a panic"),
            "flustered"
        );
        assert_eq!(short_gloss("(old)"), "old");
    }

    #[test]
    fn less_than_one_gloss_in_a_hundred_is_a_surname_a_variant_or_a_reference() {
        let begins = [
            "surname ",
            "variant of",
            "old variant",
            "used in ",
            "see ",
            "abbr.",
            "erhua",
            "also written",
            "same as",
            "Kangxi",
            "CL:",
            "also pr",
            "Taiwan pr",
        ];
        let (mut all, mut bad) = (0, Vec::new());
        for (word, _) in level_list(Language::Chinese) {
            let Some(found) = headword(word, 0..word.len()) else {
                continue;
            };
            all += 1;
            let sense = found.senses.first().map_or("", |sense| sense.as_str());
            let gloss = short_gloss(sense);
            let is_bad = |text: &str| {
                gloss.is_empty()
                    || begins.iter().any(|begin| text.starts_with(begin))
                    || is_pointer(text)
            };
            if is_bad(sense) || is_bad(&gloss) {
                bad.push(format!("{word} {sense}"));
            }
        }
        assert!(all > 10_000, "{all}");
        assert!(bad.len() * 100 < all, "{} of {all}: {bad:?}", bad.len());
    }

    #[test]
    fn less_than_one_english_gloss_in_a_hundred_is_a_name_or_no_translation() {
        let (mut all, mut bad) = (0, Vec::new());
        for (word, _) in level_list(Language::English).step_by(5) {
            let Some(found) = word_to_learn(word, 0..word.len(), Language::English, 0) else {
                continue;
            };
            all += 1;
            let sense = found.senses.first().map_or("", |sense| sense.as_str());
            let gloss = short_gloss(sense);
            let explains = ["姓", "见", "用于", "同“", "的缩写", "的变体", "的复数"];
            let is_reference = explains.iter().any(|it| {
                (gloss.starts_with(it) && gloss.contains([' ', '“']))
                    || (it.starts_with('的') && gloss.ends_with(it))
            });
            if is_reference || !gloss.contains(is_han) || names(sense) {
                bad.push(format!("{word} {sense}"));
            }
        }
        println!("English glosses: {} bad of {all}: {bad:?}", bad.len());
        assert!(all > 4_000, "{all}");
        assert!(bad.len() * 100 < all, "{} of {all}: {bad:?}", bad.len());
    }
}
