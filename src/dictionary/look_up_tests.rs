use super::*;

fn first(text: &str, word: &str) -> DictionaryEntry {
    let start = text.find(word).unwrap();
    let language = if word.contains(is_han) {
        Language::Chinese
    } else {
        Language::English
    };
    look_up(dictionary(language), text, start..start + word.len()).swap_remove(0)
}

#[test]
fn the_reading_in_its_context_chooses_the_entry() {
    for (text, word, reading, sense) in [
        ("孩子长大了", "长大", "zhǎng dà", "to grow up"),
        ("这个地方", "地方", "dì fang", "area"),
        ("他重复说", "重复", "chóng fù", "to repeat"),
        ("银行的行长", "行长", "háng zhǎng", "bank president"),
        ("銀行的行長", "行長", "háng zhǎng", "bank president"),
        ("然後", "後", "hòu", "back"),
        ("曾经", "曾", "céng", "once"),
        ("去年", "年", "nián", "year"),
        ("秊", "秊", "nián", "grain"),
    ] {
        let entry = first(text, word);
        assert_eq!(entry.reading, reading, "{text}");
        assert!(
            entry.senses[0].contains(sense),
            "{text}: {:?}",
            entry.senses
        );
    }
}

#[test]
fn a_word_that_only_points_has_the_senses_of_the_other() {
    let entry = first("体检", "体检");
    assert!(entry.senses[0].contains("exam"), "{:?}", entry.senses);
    assert!(
        entry.senses.last().unwrap().starts_with("abbr."),
        "{:?}",
        entry.senses
    );
}

#[test]
fn english_words_are_looked_up_by_their_lemma() {
    for (word, translation) in [
        ("turbines", "涡轮 wōlún"),
        ("Banks", "银行 yínháng"),
        ("wrote", "写 xiě"),
        ("company’s", "公司 gōngsī"),
        ("inflation", "通货膨胀 tōnghuò péngzhàng"),
    ] {
        let entry = first(word, word);
        let is_among = entry
            .senses
            .iter()
            .any(|sense| sense.replace(' ', "") == translation.replace(' ', ""));
        assert!(is_among, "{word}: {:?}", entry.senses);
    }
    assert!(look_up(dictionary(Language::English), "zzxqj", 0..5).is_empty());
    assert!(look_up(dictionary(Language::Chinese), "，", 0..0).is_empty());
}

#[test]
fn pinyin_is_joined_as_words_are_written() {
    assert_eq!(joined_pinyin("xī ān"), "xī'ān");
    assert_eq!(joined_pinyin("shuǐ lún jī"), "shuǐlúnjī");
    assert_eq!(joined_pinyin("nǚ ér"), "nǚ'ér");
    assert_eq!(
        joined_pinyin("zhōng huá rén mín gòng"),
        "zhōng huá rén mín gòng"
    );
    assert_eq!(joined_pinyin(""), "");
}

#[test]
fn headwords_about_a_word_are_longer_and_shorter() {
    let about = |text: &str, word: &str| {
        let start = text.find(word).unwrap();
        let found = headwords_about(text, &(start..start + word.len()));
        found.map(|ranges| {
            ranges
                .into_iter()
                .map(|range| text[range].to_owned())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(
        about("由水轮机组成", "水轮机"),
        [vec![], vec!["水轮".to_owned(), "轮机".to_owned()]]
    );
    assert_eq!(about("由發電機組成", "電機")[0], ["發電機"]);
    assert_eq!(about("在银行", "银行")[1], ["银", "行"]);
    assert_eq!(
        about("the power stations, built", "power")[0],
        ["power stations"]
    );
    assert_eq!(
        about("text-based plans", "text-based")[1],
        ["text", "based"]
    );
    assert_eq!(about("，", "，"), [vec![""; 0], vec![]]);
}

proptest::proptest! {
    #[test]
    fn any_place_of_any_text_is_looked_up(text in "([银行發電長大重地了不龘𠮷]|[a-z '’-]|[ ，\n]){0,24}", at in 0_usize..80) {
        let word = super::super::words::word_at(&text, at);
        for language in Language::BOTH {
            look_up(dictionary(language), &text, word.clone());
        }
        for range in headwords_about(&text, &word).into_iter().flatten() {
            proptest::prop_assert!(text.get(range).is_some());
        }
    }
}
