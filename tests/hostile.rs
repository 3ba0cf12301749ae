//! Hostile files through the whole reader: no cell of any screen holds a control character, a
//! bidirectional override or an invisible character.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jianbao::digest;
use jianbao::reader::{Area, Message, ReaderSettings};
use proptest::prelude::*;

use self::screen::Reader;

#[path = "support/screen.rs"]
#[expect(
    dead_code,
    reason = "other tests use the samples and the text of the screen"
)]
mod screen;

/// Text that carries what an attacker would try, written in every way in which a digest can write a
/// character.
fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z中文，。0-9 ]{1,6}",
        2 => proptest::sample::select(vec![
            "\u{1b}[31m", "\u{1b}]52;c;AAAA\u{7}", "\u{9b}2J", "\u{7}", "\u{8}", "\u{7f}", "\u{0}", "\u{85}", "\u{2028}",
            "\u{202e}", "\u{202d}", "\u{2066}", "\u{2069}", "\u{200f}", "\u{200b}", "\u{feff}", "\u{ad}", "\u{fff9}",
            "\u{e0041}", "\u{fe0f}", "\u{200d}", "\u{3164}", "\u{d}", "\t",
        ]).prop_map(str::to_owned),
        1 => proptest::sample::select(vec![
            "&#27;[31m", "&#x1b;]0;x&#7;", "&#x202e;", "&#8238;", "&rlm;", "&zwj;", "&ZeroWidthSpace;", "&shy;", "&#0;",
            "&#x9b;2J",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

/// A character as a YAML string in double quotes may write it.
fn yaml_escape() -> impl Strategy<Value = String> {
    let escapes = [
        "\\e[31m",
        "\\x1b]0;x\\x07",
        "\\u202e",
        "\\u2066",
        "\\x9b",
        "\\0",
        "\\b",
        "\\u200b",
        "\\L",
        "\\N",
    ];
    proptest::sample::select(escapes.to_vec()).prop_map(str::to_owned)
}

fn digest_bytes() -> impl Strategy<Value = Vec<u8>> {
    let header = (hostile_text(), yaml_escape(), hostile_text(), hostile_text(), hostile_text()).prop_map(
        |(title, escape, tag, author, link)| {
            let title = title.replace(['"', '\\', '\n'], " ");
            format!(
                "---\ntitle: \"{title}{escape}\"\ntags: [\"a{escape}\", {tag}]\nauthor: {author}\nlink: https://a.example/{link}\ndate: {tag}\n---\n\n"
            )
        },
    );
    let block = prop_oneof![
        hostile_text(),
        hostile_text().prop_map(|text| format!("# {text}")),
        hostile_text().prop_map(|text| format!("**{text}：**{text}")),
        hostile_text().prop_map(|text| format!("> {text}")),
        hostile_text().prop_map(|text| format!("- {text}\n- `{text}`")),
        hostile_text().prop_map(|text| format!("| {text} | b |\n|---|---|\n| c | {text} |")),
        hostile_text().prop_map(|text| format!("```{text}\n{text}\n```")),
        hostile_text().prop_map(|text| format!(
            "[{text}](https://a.example/{text} \"{text}\") ![{text}](b.png)"
        )),
        hostile_text()
            .prop_map(|text| format!("<p title=\"{text}\">{text}</p> $x{text}$ <!-- {text} -->")),
        hostile_text().prop_map(|text| format!("a[^{text}]\n\n[^{text}]: {text}")),
        Just("---".to_owned()),
        Just(
            "## English\n\nThe quick brown fox jumps over the lazy dog again and again.".to_owned()
        ),
        Just("## 中文\n\n敏捷的棕色狐狸一次又一次地跳过那只懒狗。".to_owned()),
    ];
    (
        proptest::option::of(header),
        proptest::collection::vec(block, 0..8),
    )
        .prop_map(|(header, blocks)| {
            (header.unwrap_or_default() + &blocks.join("\n\n")).into_bytes()
        })
}

/// Whether a character must never be in a cell, whatever stands beside it.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{ad}' | '\u{3164}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}' if !('\u{e0100}'..='\u{e01ef}').contains(&c))
}

fn assert_clean(reader: &Reader, at: &str) -> Result<(), TestCaseError> {
    let buffer = reader.buffer();
    for cell in buffer.content() {
        let found = cell.symbol().chars().find(|c| is_hostile(*c));
        prop_assert!(
            found.is_none(),
            "{found:?} in the cell {:?}, {at}",
            cell.symbol()
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_cell_of_any_screen_holds_a_hostile_character(
        files in proptest::collection::vec((hostile_text(), digest_bytes()), 1..4),
        query in hostile_text(),
    ) {
        let articles = files.iter().map(|(name, bytes)| {
            let name = name.replace(['/', '\0'], "_") + ".md";
            let article = digest::read(bytes, &name);
            (name, article)
        });
        let settings = ReaderSettings { area: Area { columns: 100, rows: 30 }, ..ReaderSettings::default() };
        let mut reader = Reader::over(articles.collect(), settings, None);
        assert_clean(&reader, "the list")?;
        // The article in both languages and side by side, its outline, problems, links and facets, a search, the help.
        for keys in ["⏎", " ", "⇥", "X", "X", "t", "⎋", "!", "⎋", "o", "⎋", "f", "⎋", "⎋", "F", "⎋", "i", "⎋", "?", "⎋"] {
            assert_clean(reader.press(keys), keys)?;
        }
        for keys in ["/", "^f"] {
            reader.press(keys);
            reader.tell(Message::Paste(query.clone()));
            assert_clean(&reader, "a pasted query")?;
            assert_clean(reader.press("⏎"), "its results")?;
            assert_clean(reader.press("⎋⎋"), "after it")?;
        }
    }
}

/// The check itself: a hostile character in a cell is seen.
#[test]
fn the_check_sees_what_it_must() {
    assert!(
        "\u{1b}\u{9b}\u{202e}\u{2066}\u{200b}\u{ad}\u{e0041}"
            .chars()
            .all(is_hostile)
    );
    assert!(!"a中␛‹9B›🇨🇳".chars().any(is_hostile));
}
