//! Block texts are those of the parsed document, with and without the fast way.

use proptest::prelude::*;

use super::{BlockTexts, block_texts, fast_block_texts};
use crate::markdown::parse;
use crate::text::{SourceKind, SourcePart};

const fn markdown(source: &str) -> SourcePart<'_> {
    SourcePart {
        kind: SourceKind::Markdown,
        source,
        line: 9,
    }
}

#[test]
fn each_block_has_its_text_and_its_line() {
    let texts = block_texts(&[markdown("一\n\n---\n二\n三  \n四")], "");
    assert_eq!(texts.text, "一\n\n二三\n四\n");
    assert_eq!(
        texts.blocks().collect::<Vec<_>>(),
        [(0..3, 9), (4..4, 11), (5..15, 12)]
    );
    assert_eq!(texts.breaks().collect::<Vec<_>>(), [11]);
}

#[test]
fn a_digest_needs_no_parser() {
    let source = "# 标题：**便宜**之后\n\n第一行，\n第二行 end\nword **strong\nand more**\n\n---\n1. **香港：** $8.6 billion & AT&T\n2. 二\n- 三\n\n- 四\n";
    let label = |source| SourcePart {
        kind: SourceKind::Label,
        source,
        line: 3,
    };
    let parts = [
        markdown(source),
        label(" 要点\r\n$a_b$ "),
        label("\u{200b}"),
        markdown("more"),
    ];
    assert_eq!(
        fast_block_texts(&parts, ""),
        Some(BlockTexts::from(&parse(&parts, "")))
    );
}

#[test]
fn anything_else_is_left_to_the_parser() {
    for source in [
        "a [link](u)",
        "a\n---",
        "a\n===",
        "- a\nb",
        "- - a",
        "- [x] a",
        "1234567890. a",
        "a  \nb",
        "    a",
        "> a",
        "a *b*",
        "***a***",
        "a** b**",
        "**a",
        "**a\n\nb**",
        "# a #",
        "#a",
        "`a`",
        "<b>",
        "a|b\n-|-",
        "$x_1$",
        "&lt;",
        "a\tb",
        "a\u{1b}b",
        "文**（注）**文",
        "~~a~~",
        "a_b_",
        "\\*",
        "1.\n",
        "-\n",
        "a\n1) b",
    ] {
        assert_eq!(fast_block_texts(&[markdown(source)], ""), None, "{source}");
    }
    assert_eq!(fast_block_texts(&[markdown("a")], "[a]: b"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn block_texts_are_those_of_the_document(
        source in "((# |## |- |\\* |\\+ |1\\. |2\\. |3\\) |0123456789\\. |> |    |---\n|\\*\\*|)(\\*\\*)?([a中“。 　\u{a0}：B1$&;.)=-]{0,6})(\\*\\*|`x`|\\[l\\]\\(u\\)|)([b文”，.)]{0,4})\n?\n?){0,12}",
        label in "[a中* _$`：\\[]{0,8}",
    ) {
        let parts = [markdown(&source), SourcePart { kind: SourceKind::Label, source: &label, line: 1 }, markdown(&source)];
        prop_assert_eq!(block_texts(&parts, ""), BlockTexts::from(&parse(&parts, "")));
    }

    #[test]
    fn plain_lines_are_read_as_the_parser_reads_them(
        lines in prop::collection::vec("(# |- |1\\. |\\*\\*|)([a中“。：B1$&;.)=-]|\\*\\*| a){0,8}|---|", 0..12),
    ) {
        let source = lines.join("\n");
        if let Some(texts) = fast_block_texts(&[markdown(&source)], "") {
            prop_assert_eq!(texts, BlockTexts::from(&parse(&[markdown(&source)], "")));
        }
    }
}
