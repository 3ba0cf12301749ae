use pinyin::ToPinyin;
use proptest::prelude::*;

use super::*;

fn word<'a>(text: &'a str, place: &str) -> &'a str {
    &text[word_at(text, text.find(place).unwrap())]
}

#[test]
fn a_chinese_word_is_found_from_any_of_its_characters() {
    for text in ["新的发电站投产满一年。", "新的發電站投產滿一年。"] {
        for (at, _) in text.char_indices().skip(2).take(3) {
            assert_eq!(word_at(text, at), 6..15, "{text} {at}");
        }
    }
    assert_eq!(word("我在银行工作。", "行"), "银行");
    assert_eq!(word_at("银行", 1), 0..6, "inside a character");
    assert_eq!(word("AI芯片", "片"), "芯片");
}

#[test]
fn an_english_word_keeps_its_apostrophes_and_hyphens() {
    let text = "The company’s well-known 'AI-based' plan—not today's 中文x.";
    for (place, found) in [
        ("company", "company’s"),
        ("’s", "company’s"),
        ("known", "well-known"),
        ("-known", "well-known"),
        ("based", "AI-based"),
        ("plan", "plan"),
        ("not", "not"),
        ("'s", "today's"),
        ("中", "中文"),
        ("x.", "x"),
        (" well", ""),
        ("'AI", ""),
        ("—", ""),
        (".", ""),
    ] {
        assert_eq!(word(text, place), found, "{place}");
    }
    assert_eq!(word_at(text, 9999), text.len()..text.len());
}

#[test]
fn words_follow_each_other() {
    let text = "2026 年，the bank's 银行 — 贷款！";
    let mut forward = Vec::new();
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        at = word.end;
        forward.push(&text[word]);
    }
    assert_eq!(forward, ["2026", "年", "the", "bank's", "银行", "贷款"]);
    let mut back = Vec::new();
    at = text.len();
    while let Some(word) = previous_word(text, at) {
        at = word.start;
        back.insert(0, &text[word]);
    }
    assert_eq!(back, forward);
}

/// What the search relies on.
#[test]
fn the_table_is_sorted_and_well_formed() {
    let lines: Vec<&str> = WORDS.lines().collect();
    assert!(lines.len() > 100_000);
    assert!(lines.is_sorted_by(|a, b| a.as_bytes() < b.as_bytes()));
    for line in lines {
        let class = line.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        let (word, reading) = (&line[..class], &line[class + 1..]);
        let length = word.chars().count();
        assert!(
            (1..=8).contains(&length) && word.chars().all(|c| c.to_pinyin().is_some()),
            "{line}"
        );
        assert!(
            reading.is_empty() || reading.split(' ').count() == length,
            "{line}"
        );
    }
}

#[test]
fn every_word_of_the_table_is_found() {
    for line in WORDS
        .lines()
        .step_by(97)
        .chain(WORDS.lines().take(1))
        .chain(WORDS.lines().last())
    {
        let class = line.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        let mut hits = 0;
        table_words(&line[..class], |word| {
            hits +=
                usize::from(word.length as usize == class && word.reading() == &line[class + 1..]);
        });
        assert_eq!(hits, 1, "{line}");
    }
}

#[test]
fn two_apostrophes_join_nothing() {
    let text = "a’’a";
    assert_eq!(word_at(text, 0), 0..1);
    assert!(word_at(text, 1).is_empty() && word_at(text, 4).is_empty());
    assert_eq!(word_at(text, 7), 7..8);
}

proptest! {
    #[test]
    fn every_place_has_one_word(text in "([银行發電長大音乐重庆地得了为不一龘𠮷]|[a-z '’-]|[ ，。]){0,60}", at in 0_usize..250) {
        let word = word_at(&text, at);
        prop_assert!(text.get(word.clone()).is_some());
        if !word.is_empty() {
            prop_assert!(word.contains(&text.floor_char_boundary(at)));
            for (offset, _) in text[word.clone()].char_indices() {
                prop_assert_eq!(word_at(&text, word.start + offset), word.clone());
            }
        }
    }
}
