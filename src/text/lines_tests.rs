use proptest::prelude::*;

use super::*;

/// A letter for each line's context: text, fence, html.
fn contexts(text: &str) -> String {
    let letter = |line: Line<'_>| match line.context {
        LineContext::Text => 't',
        LineContext::Fence => 'f',
        LineContext::Html => 'h',
    };
    lines(text).map(letter).collect()
}

fn unclosed(text: &str) -> Vec<u32> {
    let mut lines = lines(text);
    while lines.next().is_some() {}
    lines.unclosed().to_vec()
}

#[test]
fn lines_end_at_lf_crlf_and_a_lone_cr_but_not_elsewhere() {
    let found: Vec<_> = lines("a\r\nb\rc\nd\u{2028}e")
        .map(|line| (line.index, line.start, line.end, line.text))
        .collect();
    assert_eq!(
        found,
        [
            (0, 0, 3, "a"),
            (1, 3, 5, "b"),
            (2, 5, 7, "c"),
            (3, 7, 12, "d\u{2028}e")
        ]
    );
    assert_eq!(lines("").count(), 0);
    assert_eq!(lines("\n\n").count(), 2);
}

#[test]
fn fences_of_both_signs_close_with_at_least_as_many() {
    assert_eq!(contexts("```rust\n---\n\n```\ntext"), "fffft");
    assert_eq!(contexts("~~~~ a`b\n~~~\n```\n~~~~~\ntext"), "fffft");
    assert_eq!(contexts("   ```\n    ```\n   ```\nx"), "ffft");
    assert_eq!(contexts("```a`b\ntext"), "tt");
    assert_eq!(contexts("    ```\ntext\n"), "tt");
    assert_eq!(contexts("````markdown\n```rust\n```\n````\nx"), "fffft");
}

#[test]
fn fences_may_be_in_list_items() {
    assert_eq!(
        contexts("1. item\n\n   ```go\n   code\n   ```\n\nx"),
        "ttffftt"
    );
    assert_eq!(
        contexts("- a\n  - b\n    - c\n      ```\n      code\n      ```\nx"),
        "tttffft"
    );
    assert_eq!(contexts("- ```\n  code\n  ```\nx"), "ffft");
}

#[test]
fn a_fence_that_is_never_closed_ends_with_its_paragraph() {
    let text = "text\n\n```text\npath/file.md\n\n**Summary:**\nmore";
    assert_eq!(contexts(text), "ttffttt");
    assert_eq!(unclosed(text), [2]);
}

#[test]
fn a_forgotten_fence_does_not_pair_with_the_next_ones() {
    let before_named = "```text\npath\n\n---\n\ntext\n\n```js\ncode\n```\n\ntext";
    assert_eq!(contexts(before_named), "ffttttt".to_owned() + "ffftt");
    assert_eq!(unclosed(before_named), [0]);
    let before_bare = "```\npath\n\n---\n\ntext\n\n```\ncode\n```\n\ntext";
    assert_eq!(contexts(before_bare), "fftttttffftt");
    assert_eq!(unclosed(before_bare), [0]);
}

#[test]
fn html_comments_and_raw_elements_may_hold_blank_lines() {
    assert_eq!(contexts("<!-- a\n\n--- -->\ntext"), "hhht");
    assert_eq!(contexts("<PRE class=x>\n\n---\n</pre> x\ntext"), "hhhht");
    assert_eq!(contexts("<prefix>\n\n---"), "ttt");
    assert_eq!(contexts("<!-- never\n\ntext\n<!-- again\ntext"), "htthh");
    assert_eq!(contexts("<div>\n```\n</div>\n```\n"), "tfff");
}

#[test]
fn lines_know_if_they_are_in_a_list_item() {
    let nested: Vec<_> = lines("1. a\n\n   in\n\n **out**\n- b\n  in\n    in\nlazy\n  out")
        .map(|line| line.nested)
        .collect();
    assert_eq!(
        nested,
        [
            false, false, true, false, false, false, true, true, false, false
        ]
    );
}

#[test]
fn hostile_texts_take_linear_time() {
    let mut ladder = String::new();
    for length in (3..2_000).rev() {
        ladder.push_str(&"`".repeat(length));
        ladder.push_str("x\n");
    }
    for text in [
        ladder,
        "<!--\n\n".repeat(300_000),
        "<pre>\n\n".repeat(300_000),
        "```a\n\n".repeat(300_000),
        "- ".repeat(1_000_000),
    ] {
        assert!(lines(&text).count() > 0);
    }
}

proptest! {
    #[test]
    fn lines_cover_the_text(text in "[a`~<!>\\-#* \n\r]{0,80}") {
        let mut at = 0;
        for line in lines(&text) {
            prop_assert_eq!(line.start, at);
            prop_assert!(text[line.start..line.end].starts_with(line.text));
            at = line.end;
        }
        prop_assert_eq!(at, text.len());
    }
}
