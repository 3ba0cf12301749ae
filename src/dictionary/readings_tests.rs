use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<CharacterReading> {
    readings(text, 0..text.len() as u32)
}

/// A text's syllables, with spaces between.
fn say(text: &str) -> String {
    read(text)
        .iter()
        .map(|reading| reading.syllable)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn characters_of_many_readings_are_read_in_context() {
    for (text, pinyin) in [
        ("银行", "yín háng"),
        ("银行行长", "yín háng háng zhǎng"),
        ("长大", "zhǎng dà"),
        ("他长大了，也长高了。", "tā zhǎng dà le yě zhǎng gāo le"),
        ("校长大人", "xiào zhǎng dà rén"),
        ("长江有多长", "cháng jiāng yǒu duō cháng"),
        ("重庆的重量", "chóng qìng de zhòng liàng"),
        ("觉得要睡觉", "jué de yào shuì jiào"),
        ("音乐带来快乐", "yīn yuè dài lái kuài lè"),
        ("还是要还钱", "hái shì yào huán qián"),
        ("得了吧", "dé le ba"),
        ("他得了奖", "tā dé le jiǎng"),
        ("跑得快", "pǎo de kuài"),
        ("慢慢地走到一个地方", "màn màn de zǒu dào yī gè dì fāng"),
        ("首都都知道", "shǒu dū dōu zhī dào"),
        ("了解了", "liǎo jiě le"),
        ("的确是目的", "dí què shì mù dì"),
        ("会计参加会议", "kuài jì cān jiā huì yì"),
        ("总额为 86 亿，为用户", "zǒng é wéi yì wèi yòng hù"),
        ("不是一个", "bù shì yī gè"),
        ("旅行", "lǚ xíng"),
    ] {
        assert_eq!(say(text), pinyin, "{text}");
    }
}

/// Sentences in which the readings of some characters are written after them, in brackets.
const SENTENCES: &str = include_str!("sentences_with_readings.txt");

#[test]
fn sentences_are_read_as_they_are_spoken() {
    for sentence in SENTENCES.lines() {
        let mut text = String::new();
        let mut expected = Vec::new();
        for part in sentence.split(']') {
            let (plain, reading) = part.split_once('[').unwrap_or((part, ""));
            text.push_str(plain);
            let at = text
                .char_indices()
                .next_back()
                .map_or(0, |(at, _)| at as u32);
            expected.extend((!reading.is_empty()).then_some((at, reading)));
        }
        let read = read(&text);
        for (at, reading) in expected {
            let found = read.iter().find(|reading| reading.at == at).unwrap();
            let place = &text[..at as usize];
            assert_eq!(found.syllable, reading, "after {place} in {text}");
        }
    }
}

#[test]
fn what_neither_a_word_nor_a_rule_decides_is_marked() {
    let uncertain = |text: &str| {
        let read = read(text);
        let uncertain = read.iter().filter(|reading| !reading.is_certain);
        uncertain
            .map(|reading| reading.syllable)
            .collect::<String>()
    };
    assert_eq!(uncertain("银行的量，他们都会调。"), "liàngdiào");
    assert_eq!(uncertain("他们量了一遍，也调高了。"), "");
}

#[test]
fn the_rules_are_well_formed() {
    let mut lists = vec![];
    for line in CONTEXTS.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        assert!(fields.iter().all(|field| !field.is_empty()), "{line}");
        if fields.len() == 2 {
            lists.push(fields[0]);
            continue;
        }
        assert_eq!(fields.len(), 4, "{line}");
        let named = fields[1].split(' ').chain(fields[2].split(' '));
        for name in named.filter(|name| name.starts_with('@')) {
            assert!(lists.contains(&name), "{line}");
        }
        let has_own = |c: &str| (c.chars().count() > 1) == (fields[3] == "@");
        assert!(fields[0].split(' ').all(has_own), "{line}");
    }
}

#[test]
fn traditional_characters_are_read_as_their_simplified_forms() {
    for (traditional, simplified) in [
        ("銀行還款，為了賺錢", "银行还款，为了赚钱"),
        ("命令行裡的資料轉換為文字", "命令行里的资料转换为文字"),
        ("他覺得長輩們都長得很像", "他觉得长辈们都长得很像"),
    ] {
        assert_eq!(say(traditional), say(simplified));
    }
}

#[test]
fn only_han_has_syllables_and_each_its_place() {
    let text = "AI 芯片（Nvidia）、한국と𠮷";
    let places: Vec<_> = read(text)
        .iter()
        .map(|s| (&text[s.at as usize..], s.syllable))
        .collect();
    assert_eq!(places[0], ("芯片（Nvidia）、한국と𠮷", "xīn"));
    assert_eq!(places[1], ("片（Nvidia）、한국と𠮷", "piàn"));
    assert!(places.len() <= 3, "{places:?}");
}

#[test]
fn a_part_of_a_text_is_read_alone() {
    let text = "前银行后";
    let found = readings(text, 3..9);
    assert_eq!(
        found
            .iter()
            .map(|reading| (reading.at, reading.syllable))
            .collect::<Vec<_>>(),
        [(3, "yín"), (6, "háng")]
    );
}

proptest! {
    #[test]
    fn readings_stand_at_their_characters(text in "([银行长大音乐重庆地得了为不一龘𠮷]|[a-z0-9 ，。]|\u{200D}|\u{FE00}|\n){0,60}") {
        let found = read(&text);
        prop_assert!(found.is_sorted_by(|a, b| a.at < b.at));
        for reading in &found {
            let c = text[reading.at as usize..].chars().next().unwrap();
            prop_assert!(is_han(c) && !reading.syllable.is_empty());
        }
        let read = text.chars().filter(|c| is_han(*c) && c.to_pinyin().is_some()).count();
        prop_assert_eq!(found.len(), read);
    }
}
