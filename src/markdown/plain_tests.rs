//! What is read line by line gives just the document that the parser gives, and most of what digests are made of is read so.

use proptest::prelude::*;

use super::*;
use crate::markdown::builder::Builder;
use crate::markdown::document::Document;
use crate::markdown::fold::Folder;
use crate::markdown::source::Source;

fn by_lines(source: &str) -> Option<Document> {
    let mut runs = Vec::new();
    plain_runs(&Piece { kind: PieceKind::Markdown, source, line: 7 }, |run| runs.push(run))?;
    let mut folder = Folder::new(Builder::with_capacity(source.len()));
    folder.runs(&runs);
    Some(folder.finish())
}

fn by_parser(source: &str) -> Document {
    let source = Source::new(source, "", 7);
    let mut folder = Folder::new(Builder::with_capacity(source.own));
    folder.markdown(&source);
    folder.finish()
}

/// The document of a source that is plain, held to be the parser's.
fn same(source: &str) -> Option<Document> {
    let document = by_lines(source)?;
    document.check().unwrap_or_else(|broken| panic!("{broken} in {source:?}"));
    assert_eq!(format!("{document:?}"), format!("{:?}", by_parser(source)), "{source:?}");
    Some(document)
}

#[test]
fn the_sections_of_digests_are_plain() {
    for source in [
        "# 标题：便宜之后\n\n香港，21%，差额为 $267.5 亿（AT&T）。\n\n## 要点：\n\n1. **香港市场**：首席（Thomas）说：“是暂时的。”\n\n2. **融资：** 一\n\n10. 二**粗**\n\n---",
        "Auditors found\nthat https://e.x/a \"it\" had\n\n1. **The Market:** \"The talk,\" he says.\n2. **Two.** three\n- a\n- b",
        "**导语**第一句，\n第二**句。**\n# 题\n- 一\n\n---\n---\n- 二\n\n\n后",
    ] {
        assert!(same(source).is_some(), "{source}");
    }
}

#[test]
fn what_may_mean_more_is_left_to_the_parser() {
    for source in [
        "a `b`",
        "[a](b)",
        "a\\*",
        "a_b_",
        "~~a~~",
        "| a |",
        "a\r\nb",
        "a\tb",
        "a <b>",
        "a &amp; b",
        "$x^2$",
        "a\u{1b}b",
        " a",
        "a ",
        "a  \nb",
        "a\n---",
        "a\n===",
        "> a",
        "- a\nb",
        "a\n1. b",
        "1) a",
        "* a",
        "+ a",
        "- - a",
        "1. # a",
        "- ---",
        "-",
        "1.",
        "#a",
        "# a #",
        "####### a",
        "*a*",
        "***a***",
        "**a",
        "a ** b **",
        "**a**b**",
        "乙**：甲**",
        "**a\n\nb**",
        "- **a\n- b**",
        "***",
        "** ** **",
        "a\n:--",
    ] {
        assert!(by_lines(source).is_none(), "{source}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn plain_lines_are_what_the_parser_makes_of_them(
        sources in proptest::collection::vec(
            "((#{1,3} |- |1\\. |23\\. |)(\\*\\*)?([甲乙]|ab|7|: |：|，|“|\\. |c)(甲|b| |，|。|\\*\\*|\\*\\*：|：\\*\\*|&|\\$5|www\\.a\\.b){0,4}(\\*\\*)?\\n{1,2}|---\\n{1,2}){0,6}",
            32,
        )
    ) {
        for source in sources {
            same(&source);
        }
    }

    #[test]
    fn whatever_is_told_to_be_plain_is_what_the_parser_makes_of_it(
        sources in proptest::collection::vec("([-#*>+=:.)1a甲，“ \\n&;$!]|\\*\\*|\\n\\n|- |1\\. |---|\\PC){0,24}", 64)
    ) {
        for source in sources {
            same(&source);
        }
    }
}
