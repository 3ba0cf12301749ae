//! Whole documents: snapshots of each construct, lines, hostile input, and properties of any input.

use proptest::prelude::*;

use super::parse;
use crate::markdown::check::check;
use crate::markdown::dump::{dump, parsed, parsed_with, tagged};
use crate::markdown::{BlockKind, Container, ContainerKind, Document, Marker};
use crate::text::{ProblemKind, SourceKind, SourcePart};

/// Snapshots the dump of a sample, with the sample above it.
macro_rules! snapshot {
    ($name:ident, $source:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(dump(&parsed($source)));
        }
    };
}

snapshot!(
    a_digest,
    "[原文链接](https://example.com/a)\n\n# 标题：一家公司\n\n导语第一句，\n第二句。\n\n## 要点：\n\n1. **起步**：公司成立于 2017 年。\n\n2. **融资：**筹集 86 亿美元。\n\n---\n\nIt raised $8.6 billion,\nup from $2 billion.\n\n1. **Rise:** one\n2. **Fall:** two\n"
);
snapshot!(
    lists,
    "- a\n- b\n  - c\n\n    further\n  - d\n\n10. ten\n11. eleven\n\n- [ ] open\n- [x] done\n-\n- > quoted\n  > more\n- ```\n  code\n  ```\n- - - deep\n- # heading\n- | t |\n  |---|\n"
);
snapshot!(tight_list, "- 甲\n- 乙\n  丙\n- 丁\n");
snapshot!(loose_list, "- 甲\n\n- 乙\n  丙\n\n- 丁\n");
snapshot!(
    quotes,
    "> # Head\n>\n> para **b**\n> line\n>\n> - item\n>   - inner\n>\n> > nested\n>\n> ```\n> code\n> ```\n\n> another\n\n- item\n\n  > in an item\n  >\n  > two\n\n>\n"
);
snapshot!(
    tables,
    "| 名称 | Price | x |\n|:-----|------:|:-:|\n| **甲**<br>乙 | `a\\|b` | $5 |\n| one |\n| http://a.b | [l](u) | ![i](s) | extra |\n\n> | q |\n> |---|\n> | r |\n"
);
snapshot!(
    code,
    "```rust\nfn main() {\n\tprintln!(\"中文\");\n}\n\n```\n\n    indented\n    \ttab\n\n      more\n\n~~~\nunclosed\n"
);
snapshot!(
    inline,
    "**b *bi* b** _i_ ~~s~~ `c **d**` \\*x\\* &amp; &copy; <http://a.b> <m@a.b>\nsoft\\\nhard  \nhard\n\n[text *em*](u \"t\") [ref] [ref][] [] [](#a) [](http://e)\n\n![alt `c`](i.png) ![](i.png \"title\") ![](i.png) [![badge](b.svg)](http://l)\n\n[ref]: http://r\n"
);
snapshot!(
    soft_breaks,
    "中文\n中文\n\n中文\nword\n\nword\nword\n\n中，\n（文\n\n他说\n“引”\n而\n\nカナ\n漢\n\n한국\n어\n\n**粗**\n*斜*\n\n**粗\n体**\n\nend.”\n“Next\n"
);
snapshot!(
    footnotes,
    "后注[^b] 先注[^1] 又[^b] 无[^none]\n\n[^1]: 第一 [^c]\n[^b]: 二\n\n    段\n\n    - 项\n[^c]: 嵌\n[^u]: 未引用\n[^e]:\n\nx[^e]\n"
);
snapshot!(
    html_blocks,
    "<details>\n<summary>要点 <b>粗</b></summary>\n\ninner\n\n</details>\n\n<div align=\"center\"><h1>T</h1>\n<p>one &amp;\ntwo</p><p>three<br>four</p>\n<ul><li>a</li><li><p>b</p></li></ul>\n<table><tr><th>h</th><th>i</th></tr><tr><td>1</td><td>2</td></tr></table>\n<pre>x\n\ty</pre>\n<!-- no --><script>alert('no')</script>\n<style>no</style>\n<img src=\"s.png\" alt=\"图\"><video src=\"v.mp4\"></video>\n</div>\n\n<hr>\n\n<!-- only\n\na comment -->\n\n<!-- never closed\n"
);
snapshot!(
    inline_html,
    "a<br>b<br/>c<br><br><br>d <b>b *bi*</b> <a href=\"http://x.y?a&amp;b\">l <i>k</i></a> <kbd>K</kbd> <del>d</del>\n\n<ruby>中文<rp>(</rp><rt>English</rt><rp>)</rp></ruby>和<ruby>漢<rt>kan</ruby> x<sup>2</sup> 1<sup>st</sup> H<sub>2</sub>O <q>q</q> a <!-- c --> b\n\n*<b>unclosed* after</b> <script>no</script> <script>shown\n\n<span>中</span>\n<span>文</span> <u>u\n"
);
snapshot!(
    hostile,
    "a&#27;[31m b\u{1b}]0;t\u{7} c&#x202e;d e\u{202e}f\u{200b}g\n\nh\u{2028}i\u{2029}j\u{85}k\u{b}l\n\n`\u{1b}[2J` [l](http://a&#27;b \"\u{1b}\") ![\u{9b}x](\u{1b}y)\n\n```\n\u{1b}[1m\u{8}\n```\n\n<p title=\"\u{1b}\">\u{1b}&#27;&#8238;</p>\n\n| \u{1b} | \u{2028} |\n|---|---|\n"
);
snapshot!(
    shortcodes,
    "{{< quote en >}}\ntext **b**\n{{< /quote >}}\n\n{% raw %} $5 {% endraw %}\n"
);

#[test]
fn an_images_title_is_shown_where_it_says_more() {
    for (source, expected) in [
        ("![a](i)", "<img=i>▣ a</>"),
        ("![a](i \"a\")", "<img=i>▣ a</>"),
        ("![a](i \"题\")", "<img=i>▣ a (题)</>"),
        ("![](i \"题\")", "<img=i>▣ 题</>"),
        ("![](i)", "<img=i>▣</>"),
        ("![<!--c-->](i)", "<img=i>▣</>"),
        ("![<!--c-->](i \"题\")", "<img=i>▣ 题</>"),
        ("![<!--c-->a](i)", "<img=i>▣ a</>"),
    ] {
        assert_eq!(tagged(&parsed(source)), expected);
    }
}

#[test]
fn tight_and_loose_lists_have_one_structure() {
    let (tight, loose) = (
        parsed("- 甲\n- 乙\n  丙\n- 丁\n"),
        parsed("- 甲\n\n- 乙\n  丙\n\n- 丁\n"),
    );
    assert_eq!(tight.text, loose.text);
    assert_eq!(tight.leaves, loose.leaves);
    assert_eq!(tight.containers, loose.containers);
}

#[test]
fn items_count_on_but_keep_the_numbers_that_skip() {
    let numbers = |source| -> Vec<u64> {
        let containers = parsed(source).containers;
        let number = |container: &Container| match container.kind {
            ContainerKind::Item(Marker::Number(number, _)) => Some(number),
            _ => None,
        };
        containers.iter().filter_map(number).collect()
    };
    assert_eq!(numbers("1. 甲\n1. 乙\n1. 丙\n"), [1, 2, 3]);
    assert_eq!(numbers("2. 甲\n\n4. 乙\n\n5) 丙\n"), [2, 4, 5]);
    assert_eq!(
        numbers("3. 甲\n1. 乙\n7. 丙\n\n   2. 丁\n   9. 戊\n8. 己\n"),
        [3, 4, 7, 2, 9, 8]
    );
    assert_eq!(numbers("> 1. 甲\n> 3. 乙\n"), [1, 3]);
}

#[test]
fn lines_are_the_files_whatever_ends_them() {
    let source = "para\nmore\n\n- item\n\n  second\n- x\n\n> q\n\n```\nc\n```\n\n| a |\n|---|\n\n<b>h</b>\n\n---\n\n  * y\n";
    let lines = |source: &str| {
        let pieces = [SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 11,
        }];
        parse(&pieces, "")
            .blocks
            .iter()
            .map(|block| (block.line, block.kind))
            .collect::<Vec<_>>()
    };
    let expected = lines(source);
    assert_eq!(
        expected.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        [11, 14, 16, 17, 19, 21, 25, 28, 30, 32]
    );
    assert_eq!(lines(&source.replace('\n', "\r\n")), expected);
    assert_eq!(lines(&source.replace('\n', "\r")), expected);
}

#[test]
fn pieces_stand_one_after_the_other() {
    let piece = |kind, source, line| SourcePart { kind, source, line };
    let pieces = [
        piece(SourceKind::Markdown, "one [r] [^n]", 3),
        piece(SourceKind::Label, " Key \u{1b}Points:\n", 7),
        piece(SourceKind::Markdown, "1. a\n\n[^n]: own\n", 8),
    ];
    let document = parse(
        &pieces,
        "[r]: http://r\n[^n]: other\n[^m]: never shown\n\nnor this",
    );
    check(&document).expect("the invariants");
    assert_eq!(
        tagged(&document),
        "one <a=http://r>r</> <fn=#n>[n]</>\nKey ␛Points:\na\nown"
    );
    let kinds: Vec<_> = document
        .blocks
        .iter()
        .map(|block| (block.kind, block.line))
        .collect();
    let expected = [
        (BlockKind::Paragraph, 3),
        (BlockKind::Label, 7),
        (BlockKind::Item, 8),
        (BlockKind::Footnote, 10),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(document.links[1].footnote, Some(3));
}

#[test]
fn definitions_do_not_show_even_when_a_fence_is_open() {
    for source in [
        "x [r]\n\n```\ncode",
        "x [r]\n\n<!-- open",
        "x [r]\n\n- a\n\n  > b",
        "x [r]\n\n    code",
    ] {
        let document = parsed_with(source, "[r]: http://r\n\n[^1]: note\n\nsecret");
        assert!(
            !document.text.contains("secret") && !document.text.contains("note"),
            "{}",
            document.text
        );
    }
}

#[test]
fn footnotes_of_the_definitions_take_the_line_of_their_reference() {
    let document = parsed_with("a\n\nb[^1]", "[^1]: note");
    assert_eq!(document.blocks[2].line, 3);
    assert_eq!(document.block_text(2), "note");
}

#[test]
fn deep_nesting_ends_in_a_problem_and_shows_its_text() {
    for marker in ["> ", "- ", "1. ", "* ", "-\t", "> - "] {
        let document = parsed(&(marker.repeat(10_000) + "deep 深"));
        assert!(document.text.ends_with("deep 深"), "{marker}");
        assert_eq!(document.problems.len(), 1, "{marker}");
        assert_eq!(document.problems[0].kind, ProblemKind::Structure);
        assert!(document.containers.len() <= 32, "{marker}");
    }
    let stairs: Vec<_> = (0..300)
        .map(|depth| format!("{}- step {depth}\n", "  ".repeat(depth)))
        .collect();
    let document = parsed(&stairs.concat());
    assert!((0..300).all(|depth| document.text.contains(&format!("step {depth}"))));
    assert_eq!(document.problems.len(), 1);
}

#[test]
fn absurd_input_keeps_the_invariants() {
    let times = 1_000;
    for part in [
        "[",
        "![",
        "*a ",
        "a**b",
        "`",
        "<",
        "<a b=\"",
        "&",
        "<!--",
        "[^a]",
        "[^1]: ",
        "***a ",
        "~~a ",
        "\\",
        "$",
        "$$a ",
        "文**（",
        "**：文",
        "http://",
        "www.a,",
        "mailto:a@b ",
        "<b>",
        "<script>",
        "<ruby>a<rt>b",
        "a<br>",
        "<li>",
        "|",
        "[x](",
        "![x](",
        "\t",
        "<!-->",
        "</p",
        "_*",
        "> \n",
    ] {
        parsed(&part.repeat(times));
        parsed(&format!("<div>{}", part.repeat(times)));
        parsed(&format!("| a |\n|---|\n| {} |", part.repeat(times)));
    }
    let columns = format!(
        "|{}\n|{}\n{}",
        "a|".repeat(1_000),
        "-|".repeat(1_000),
        "|a\n".repeat(500)
    );
    assert_eq!(parsed(&columns).tables[0].alignments.len(), 1_000);
    let bomb = format!("[x]: {}\n\n{}", "u".repeat(20_000), "[x] ".repeat(20_000));
    let targets: usize = parsed(&bomb)
        .links
        .iter()
        .map(|link| link.target.len())
        .sum();
    assert!(targets < 10 * bomb.len(), "{targets}");
}

/// What must not be lost: letters, digits and Han characters.
fn solid(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn verify(document: &Document) -> Result<(), TestCaseError> {
    check(document).map_err(TestCaseError::fail)?;
    prop_assert!(
        !document
            .text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_keeps_the_invariants(source in "\\PC{0,80}|[\\x00-\\x7F\u{2028}\u{200B}中，]{0,120}", definitions in "\\PC{0,20}") {
        verify(&parse(&[SourcePart { kind: SourceKind::Markdown, source: &source, line: 1 }], &definitions))?;
    }

    #[test]
    fn any_markdown_keeps_the_invariants(
        source in "(\n|\n\n|    |\t|> |- |1\\. |# |\\*{1,3}|_|~~|`|```|\\[\\^?a\\]:? ?|!?\\[|\\]\\(u\\)|<br>|</?(b|div|p|ul|li|pre|rt|ruby|td|summary|a href=x)>|<!--|-->|\\$|\\||-{3}|&#27;|&lt;|http://a\\.b|中|，|（|“|字 |word |\\\\|\r|\u{2028}){0,60}"
    ) {
        verify(&parse(&[SourcePart { kind: SourceKind::Markdown, source: &source, line: 1 }], "[a]: http://a\n[^a]: note"))?;
    }

    #[test]
    fn plain_paragraphs_lose_nothing(source in "([A-Za-z0-9]|[一-龥]|[，。：；“”（）、！？*_~$ \n]|\\*\\*|https://a\\.b/c){1,80}") {
        prop_assume!(!source.contains('$') || !source.contains('\n'));
        let source = format!("始{source}终");
        let document = parse(&[SourcePart { kind: SourceKind::Markdown, source: &source, line: 1 }], "");
        verify(&document)?;
        prop_assert_eq!(solid(&document.text), solid(&source));
    }
}

#[test]
fn code_blocks_have_the_language_that_their_fence_names() {
    let source = "```rust,ignore\n1\n```\n\n> ~~~ C++ title\n> 2\n> ~~~\n\n``` {.python .numbers}\n3\n```\n\n```\n4\n```\n\n    6\n\n```a\u{202e}b\n7\n```\n";
    let document = parsed(source);
    let named: Vec<_> = document
        .code_languages
        .iter()
        .map(|(leaf, language)| {
            let range = &document.leaves[*leaf as usize].range;
            (language.as_str(), document.text_of(range))
        })
        .collect();
    assert_eq!(
        named,
        [("rust", "1"), ("C++", "2"), ("python", "3"), ("ab", "7")]
    );
}
