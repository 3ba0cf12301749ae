//! Stand-ins, line ends, definitions.

use super::{STAND_INS, Source};
use crate::markdown::dump::{parsed, tagged};

#[test]
fn every_stand_in_is_punctuation_to_the_parser() {
    for c in STAND_INS {
        assert_eq!(c.len_utf8(), 3);
        assert_eq!(c.to_string().as_bytes()[0], super::LEAD);
        let source = format!("x**{c}y**z");
        let bold = pulldown_cmark::Parser::new(&source)
            .any(|event| matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Strong)));
        assert!(!bold, "{c:?}");
    }
}

#[test]
fn text_that_holds_stand_ins_keeps_them() {
    for count in 1..STAND_INS.len() - 3 {
        let held: String = STAND_INS[..count].iter().collect();
        let shown = tagged(&parsed(&format!("{held}**注：**请{held} `{held}` [x]({held})")));
        assert_eq!(shown, format!("{held}<b>注：</>请{held} <code>{held}</> <a={held}>x</>"));
    }
    assert_eq!(tagged(&parsed("&#x1CC0;**注：**请")), "\u{1CC0}<b>注：</>请");
}

#[test]
fn lines_end_in_line_feeds() {
    let source = Source::new("a\r\nb\rc\n\r\rd\r", "", 1);
    assert_eq!(source.text, "a\nb\nc\n\n\nd\n");
}

#[test]
fn a_clean_source_is_shown_without_a_copy() {
    let source = Source::new("**现**：正文 $5\n", "", 1);
    assert!(source.plain);
    assert!(matches!(source.text, std::borrow::Cow::Borrowed(_)));
    assert!(matches!(source.shown("现", 2), std::borrow::Cow::Borrowed("现")));
    assert!(!Source::new("a\u{1b}b", "", 1).plain);
}

#[test]
fn the_own_part_ends_where_the_definitions_begin() {
    let source = Source::new("**注：**请", "**注：**请", 1);
    assert_eq!(&source.text[source.own..source.own + 2], "\n\n");
}
