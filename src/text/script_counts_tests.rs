use proptest::prelude::*;

use super::*;

/// Counts of a text without plain words.
fn counts(han: usize, kana: usize, latin: usize) -> ScriptCounts {
    ScriptCounts {
        han,
        kana,
        latin,
        plain: 0,
    }
}

#[test]
fn han_latin_words_and_kana_are_counted() {
    assert_eq!(
        ScriptCounts::of("英伟达 Rises 10% In a DAY"),
        counts(3, 0, 3)
    );
    assert_eq!(ScriptCounts::of("東京タワーへ"), counts(2, 4, 0));
    assert_eq!(ScriptCounts::of("Café Zürich é"), counts(0, 0, 2));
    assert_eq!(ScriptCounts::of("𠮷㐂豈々〇"), counts(5, 0, 0));
    assert_eq!(
        ScriptCounts::of("，。！— “” 한국어 Привет 1,000"),
        counts(0, 0, 0)
    );
}

#[test]
fn what_is_no_language_is_left_out_of_markdown() {
    for line in [
        "`let mut x`",
        "``a ` b``",
        "<div class=\"wide\">",
        "https://example.com/some/words?in=it",
        "{{ about_zh | markdownify }}",
        "{% include posts/zh.md %}",
        "&nbsp;&amp;",
        "![a view of the port](https://example.com/a.png)",
    ] {
        assert_eq!(
            ScriptCounts::of_markdown(line),
            ScriptCounts::default(),
            "{line}"
        );
    }
    assert_eq!(
        ScriptCounts::of_markdown("[原文链接](https://example.com/very/long/words)"),
        counts(4, 0, 0)
    );
    assert_eq!(
        ScriptCounts::of_markdown("见https://example.com/words，很好"),
        counts(3, 0, 0)
    );
    assert_eq!(
        ScriptCounts::of_markdown("One ` Two & Three < Four { Five ] Six"),
        counts(0, 0, 6)
    );
}

#[test]
fn plain_words_are_small_and_stand_alone() {
    for (line, expected) in [
        ("The port has new tables, and (so far) they are right.", 10),
        ("John Armitage, Harbour Trust", 0),
        (
            "tide_table_1 harbour/tables.csv --with-checks=on 12px rgba(0)",
            0,
        ),
        ("[how it was done](a.md) in two days", 3),
        ("the [](a.md) port] (b)", 2),
        ("![unclosed words", 2),
    ] {
        assert_eq!(ScriptCounts::of_markdown(line).plain, expected, "{line}");
    }
}

#[test]
fn sentences_are_more_than_names() {
    let language = |line| ScriptCounts::of_markdown(line).sentence_language();
    let english = "The port has new tables, and they are right.";
    assert_eq!(language(english), Some(Language::English));
    assert_eq!(language("小港有了新的表格。"), Some(Language::Chinese));
    for line in [
        "Written by John Armitage and edited by Mary Whitcombe",
        "北码头",
        "The port",
    ] {
        assert_eq!(language(line), None, "{line}");
    }
}

#[test]
fn a_language_needs_its_share() {
    assert_eq!(
        ScriptCounts::of("CoreWeave 筹集了 86 亿美元").language(),
        Some(Language::Chinese)
    );
    assert_eq!(
        ScriptCounts::of("The firm DeepSeek (深度) raised a lot of money").language(),
        Some(Language::English)
    );
    assert_eq!(
        ScriptCounts::of("Buffer Copy Made Simple 简化").language(),
        None
    );
    assert_eq!(ScriptCounts::of("1,000 → 2,000").language(), None);
}

#[test]
fn kana_are_not_chinese() {
    assert_eq!(
        ScriptCounts::of("情報セキュリティマネジメント試験の準備").language(),
        None
    );
    assert_eq!(
        ScriptCounts::of("我通過了日本的情報セキュリティ考試，這篇文章會分享我是怎麼準備的")
            .language(),
        Some(Language::Chinese)
    );
}

proptest! {
    #[test]
    fn counting_by_bytes_agrees_with_counting_by_characters(text in "[a-zéA-Z 一-龥ぁ-ん㐀-㐂,。`<&{1𠮷é]{0,60}") {
        let found = ScriptCounts::of(&text);
        prop_assert_eq!(found.han, text.chars().filter(|&c| is_han(c)).count());
        prop_assert_eq!(found.kana, text.chars().filter(|&c| is_kana(c)).count());
        let is_letter = |c: char| c.is_ascii_alphabetic() || c == 'é';
        prop_assert_eq!(found.latin, text.split(|c| !is_letter(c)).filter(|word| word.chars().count() >= 2).count());
    }

    #[test]
    fn any_text_is_counted_without_panic(text in "\\PC{0,80}") {
        let all = ScriptCounts::of(&text);
        let markdown = ScriptCounts::of_markdown(&text);
        prop_assert!(markdown.han <= all.han);
    }
}
