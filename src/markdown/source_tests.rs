//! Placeholders, line ends, definitions, the limit on a line's depth.

use super::{LINE_DEPTH, Source, nesting_separators};
use crate::markdown::dump::{parsed, tagged};
use crate::markdown::edit::{Edit, FIRST_BYTE, PLACEHOLDERS};

#[test]
fn every_placeholder_is_punctuation_to_the_parser() {
    for c in PLACEHOLDERS {
        assert_eq!(c.len_utf8(), 3);
        assert_eq!(c.to_string().as_bytes()[0], FIRST_BYTE);
        let source = format!("x**{c}y**z");
        let bold = pulldown_cmark::Parser::new(&source).any(|event| {
            matches!(
                event,
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Strong)
            )
        });
        assert!(!bold, "{c:?}");
    }
}

#[test]
fn text_that_holds_placeholders_keeps_them() {
    for count in 1..PLACEHOLDERS.len() - 3 {
        let held: String = PLACEHOLDERS[..count].iter().collect();
        let shown = tagged(&parsed(&format!(
            "{held}**注：**请{held} `{held}` [x]({held})"
        )));
        assert_eq!(
            shown,
            format!("{held}<b>注：</>请{held} <code>{held}</> <a={held}>x</>")
        );
    }
    assert_eq!(
        tagged(&parsed("&#x1CC0;**注：**请")),
        "\u{1CC0}<b>注：</>请"
    );
}

#[test]
fn lines_end_in_line_feeds() {
    let source = Source::new("a\r\nb\rc\n\r\rd\r", "", 1);
    assert_eq!(source.text, "a\nb\nc\n\n\nd\n");
}

#[test]
fn a_clean_source_is_shown_without_a_copy() {
    let source = Source::new("**现**：正文 $5\n", "", 1);
    assert!(matches!(source.text, std::borrow::Cow::Borrowed(_)));
    assert!(matches!(
        source.shown("现", 2),
        std::borrow::Cow::Borrowed("现")
    ));
}

#[test]
fn the_own_part_ends_where_the_definitions_begin() {
    let source = Source::new("**注：**请", "**注：**请", 1);
    assert_eq!(&source.text[source.own_end..source.own_end + 2], "\n\n");
}

#[test]
fn only_lines_beyond_the_bound_are_changed() {
    assert_eq!(nesting_separators(&"> ".repeat(LINE_DEPTH)), []);
    assert_eq!(
        nesting_separators(&("x\n".to_owned() + &"> ".repeat(LINE_DEPTH + 1))),
        [Edit {
            at: 2 + 2 * LINE_DEPTH,
            sign: None
        }]
    );
    assert_eq!(
        nesting_separators(&"- ".repeat(500)),
        [],
        "a thematic break"
    );
    assert_eq!(
        nesting_separators(&"1) ".repeat(LINE_DEPTH + 9)),
        [Edit {
            at: 3 * LINE_DEPTH,
            sign: None
        }]
    );
    assert_eq!(
        nesting_separators(&(" ".repeat(90) + "- a\n- b")),
        [Edit { at: 90, sign: None }]
    );
    assert_eq!(nesting_separators(&(" ".repeat(53) + "- a")), []);
    assert_eq!(nesting_separators(&">".repeat(90)).len(), 1);
    assert_eq!(nesting_separators(&"-a".repeat(90)), []);
}
