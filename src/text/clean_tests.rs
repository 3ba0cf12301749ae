use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

/// Characters that matter to the cleaner, mixed with ordinary ones.
fn any_text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        '\0',
        '\u{7}',
        '\u{8}',
        '\t',
        '\n',
        '\r',
        '\u{1B}',
        '\u{7F}',
        '\u{85}',
        '\u{9B}',
        '\u{AD}',
        '\u{301}',
        '\u{34F}',
        '\u{61C}',
        '\u{E31}',
        '\u{1160}',
        '\u{180B}',
        '\u{1820}',
        '\u{200B}',
        '\u{200D}',
        '\u{200E}',
        '\u{2028}',
        '\u{202E}',
        '\u{2060}',
        '\u{2066}',
        '\u{20E3}',
        '\u{302A}',
        '\u{3164}',
        '\u{FE00}',
        '\u{FE0E}',
        '\u{FE0F}',
        '\u{FEFF}',
        '\u{FFFE}',
        '\u{1F468}',
        '\u{1F3FB}',
        '\u{E0041}',
        '\u{E0100}',
        '\u{10FFFF}',
        '中',
        '。',
        '“',
        '，',
        'a',
        '1',
        ' ',
        '☺',
    ]);
    prop::collection::vec(prop_oneof![4 => special, 1 => any::<char>()], 0..80)
        .prop_map(String::from_iter)
}

/// True if a character may never reach a terminal.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E00FF}')
}

proptest! {
    #[test]
    fn cleaning_is_idempotent_and_leaves_nothing_hostile(text in any_text()) {
        let once = clean(&text).into_owned();
        prop_assert_eq!(clean(&once), Cow::Borrowed(once.as_str()));
        prop_assert!(!once.chars().any(is_forbidden), "{:?}", once);
        prop_assert_eq!(first_hostile(&once), None);
        let line = clean_line(&text).into_owned();
        prop_assert_eq!(clean_line(&line), Cow::Borrowed(line.as_str()));
        prop_assert!(!line.chars().any(|c| is_forbidden(c) || c == '\n' || c == '\t'), "{:?}", line);
    }

    #[test]
    fn no_character_that_must_change_is_passed_over(prefix in "[a中。“]{0,70}", c in any::<char>(), suffix in "[a中，]{0,70}") {
        let text = format!("{prefix}{c}{suffix}");
        let expected = match CharClass::of(c) {
            CharClass::Plain | CharClass::Mark | CharClass::Tab => text.clone(),
            CharClass::Break => format!("{prefix}\n{suffix}"),
            CharClass::BidiOverride | CharClass::BidiMark | CharClass::Invisible | CharClass::Joiner => format!("{prefix}{suffix}"),
            CharClass::Noncharacter => format!("{prefix}\u{FFFD}{suffix}"),
            CharClass::Control | CharClass::Selector => clean(&text).into_owned(),
        };
        prop_assert_eq!(clean(&text), expected.as_str());
    }
}

#[test]
fn what_is_surely_clean_is_plain() {
    for c in '\0'..=char::MAX {
        assert!(
            !is_surely_clean(c, true) || CharClass::of(c) == CharClass::Plain,
            "{c:?} would be passed over"
        );
    }
}

#[test]
fn ordinary_text_is_borrowed() {
    let ordinary = [
        "",
        "Plain ASCII text, long enough to fill more than one block of the scan.\n\tAnd a second line.",
        "云计算初创公司 CoreWeave 筹集了 86 亿美元的债务和股权融资，“使其”估值上升——到 190 亿美元……（《报》）。",
        "naïve café, Ελληνικά, русский, ひらがな、カタカナ, 한국어, 𠮷野家, ①→│★",
        "emoji 🎉 👨‍👩‍👧‍👦 ❤️ 1️⃣ 🏳️‍🌈 👍🏽 🇨🇳",
        "e\u{301} ê\u{323} שָׁלוֹם ไทยที่ नमस्ते",
        "葛\u{E0100}飾区",
        "\u{E0B0} an icon of a private font",
    ];
    for text in ordinary {
        assert!(
            matches!(clean(text), Cow::Borrowed(_)),
            "{text:?} became {:?}",
            clean(text)
        );
        assert_eq!(first_hostile(text), None, "{text:?}");
    }
}

#[test]
fn controls_become_visible() {
    assert_eq!(clean("\u{1B}]0;title\u{7}\u{8}\0\u{7F}"), "␛]0;title␇␈␀␡");
    assert_eq!(clean("\u{9B}2J\u{9D}x"), "‹9B›2J‹9D›x");
    assert_eq!(clean("\u{FFFF}\u{1FFFE}"), "\u{FFFD}\u{FFFD}");
}

#[test]
fn every_line_break_is_a_line_feed_or_a_space() {
    let text = "a\r\nb\rc\u{B}d\u{C}e\u{85}f\u{2028}g\u{2029}h\ni\tj";
    assert_eq!(clean(text), "a\nb\nc\nd\ne\nf\ng\nh\ni\tj");
    assert_eq!(clean_line(text), "a b c d e f g h i j");
}

#[test]
fn bidi_and_zero_width_tricks_are_dropped() {
    assert_eq!(clean("user\u{202E}txt.exe\u{202C}"), "usertxt.exe");
    assert_eq!(clean("\u{2066}a\u{2069}\u{200E}b\u{61C}"), "ab");
    assert_eq!(
        clean("中\u{200B}\u{200C}\u{2060}\u{FEFF}文\u{AD}\u{3164}\u{115F}"),
        "中文"
    );
    assert_eq!(clean("hi\u{E0068}\u{E0069}"), "hi");
    assert_eq!(clean("a\u{200D}b 中\u{200D}文"), "ab 中文");
    assert_eq!(
        clean("a\u{FE0F}\u{FE0F} 1\u{FE0F} \u{FE00}中\u{E0101}\u{E0102}"),
        "a 1 中\u{E0101}"
    );
}

#[test]
fn stacks_of_marks_are_capped() {
    let zalgo = format!("z{}a{}", "\u{301}".repeat(500), "\u{E31}".repeat(3));
    assert_eq!(
        clean(&zalgo),
        format!(
            "z{}a{}",
            "\u{301}".repeat(MARKS_PER_BASE),
            "\u{E31}".repeat(3)
        )
    );
    let kana = format!("中{}", "\u{302A}".repeat(100));
    assert_eq!(clean(&kana).chars().count(), 1 + MARKS_PER_BASE);
    let chain = format!("👨{}", "\u{200D}👨".repeat(100));
    let cut_apart = format!("👨{}", "\u{200D}👨".repeat(MARKS_PER_BASE));
    assert_eq!(
        clean(&chain).matches(&cut_apart).count(),
        101 / (MARKS_PER_BASE + 1)
    );
    assert!(!clean(&chain).contains(&format!("{cut_apart}\u{200D}")));
}

#[test]
fn hostile_is_what_nobody_types() {
    assert_eq!(first_hostile("ab\u{1B}[2J"), Some(2));
    assert_eq!(first_hostile("中\u{202E}"), Some(3));
    assert_eq!(
        first_hostile("a\u{200B}b\u{AD}c \u{FEFF}d\r\n\u{2029}"),
        None
    );
    assert_eq!(first_hostile("a\u{200B}\u{200C}"), Some(4));
    assert_eq!(first_hostile("\u{200E}a ❤\u{FE0F}\u{200D}🔥"), None);
    assert_eq!(first_hostile("a\u{FE00}\u{FE01}"), Some(4));
}

proptest! {
    /// The careful way: character by character.
    #[test]
    fn the_fast_search_finds_the_first_character_that_is_not_surely_clean(
        text in "([a-z中文，。“é\u{200b}\n\t\u{1b}]|[a中]{30,40}){0,12}",
        one_line in any::<bool>(),
    ) {
        for (from, _) in text.char_indices() {
            let careful = text[from..].char_indices().find(|&(_, c)| !is_surely_clean(c, one_line));
            prop_assert_eq!(fast_find_suspect(&text, from, one_line), careful.map(|(at, _)| from + at));
        }
    }
}
