//! What shows the language of a text, and what does not: own texts of each kind.

use super::*;

const CHINESE: [&str; 2] = [
    "港口管理局周二公布了新的潮位图，渔船今后可以提前两天安排出海。\n过去十年里，这座小港一直使用手工抄写的表格，误差常常超过半小时。",
    "新系统由三名当地教师和一名退休的领航员完成，他们利用周末校对了四千多条旧记录。\n管理局说，整个项目的花费不到一艘新船的价钱。\n\n## 下一步\n\n明年春天，邻近的两个港口也会采用同样的方法，数据将向所有人开放。",
];
const ENGLISH: [&str; 2] = [
    "The harbour authority published new tide charts on Tuesday, and fishing boats can now plan their trips two days ahead.\nFor ten years the small port had used tables copied by hand, which were often wrong by more than half an hour.",
    "The new system was made by three local teachers and a retired pilot, who spent their weekends checking over four thousand old records.\nThe authority says that the whole project cost less than a new boat.\n\n## Next steps\n\nTwo ports nearby will use the same method next spring, and the data will be open to everyone.",
];

/// A story with something after its first paragraph.
fn with(story: [&str; 2], inside: &str) -> String {
    format!("{}\n\n{}\n\n{}", story[0], inside.trim_end(), story[1])
}

fn repeated(times: usize, line: &str) -> String {
    (0..times)
        .map(|at| line.replace('%', &at.to_string()) + "\n")
        .collect()
}

fn html_table() -> String {
    let row = "<tr>\n<td>North Pier %</td>\n<td>%.2m</td>\n<td>rgba(0, 0, %, 0.5)</td>\n</tr>";
    let head = "<tr><th>Station</th><th>Low Water</th><th>Colour</th></tr>";
    format!("<table>\n{head}\n{}</table>\n", repeated(30, row))
}

fn pipe_table() -> String {
    let head = "| Station | Low | High | Remarks |\n|---|---|---|---|\n";
    format!(
        "{head}{}",
        repeated(25, "| North Pier % | %.2 | %.9 | Gauge Type % |")
    )
}

/// What is in English, but no evidence of it, by its kind.
fn no_evidence() -> [(&'static str, String); 13] {
    let code = repeated(
        20,
        "# read the next record of the old table and check that\nrow = next(%)",
    );
    let statement =
        "if (record.isOld(%)) {\n    log.print(\"the record is older than the table\", record);\n}";
    let names = "- John Armitage, Harbour Trust\n- Mary Whitcombe, North Pier Museum\n- Anna Petrova, Open Data Foundation";
    let link = "- [How we built a tide table with the new method in % days](https://example.com/%)";
    let quotation = "> The tables that we copied by hand were wrong so often that the boats stopped using them.";
    [
        ("a table in HTML", html_table()),
        ("a table", pipe_table()),
        ("fenced code", format!("```python\n{code}```")),
        ("fenced code with tildes", format!("~~~ python\n{code}~~~")),
        ("preformatted text", format!("<pre>\n{code}</pre>")),
        ("code without a fence", repeated(8, statement)),
        (
            "identifiers",
            repeated(
                12,
                "- tide_table_% harbour/tables/north.csv --with-checks=on",
            ),
        ),
        ("names", repeated(4, names)),
        ("titles of links", repeated(12, link)),
        (
            "titles",
            repeated(
                9,
                "### %. Why the small port of the north needs a better tide table\n",
            ),
        ),
        (
            "pictures",
            repeated(
                12,
                "![a view of the old harbour from the north pier in winter](a.jpg)\n",
            ),
        ),
        (
            "template tags",
            repeated(
                12,
                "{{< figure title=\"the harbour in the first days of spring\" >}}",
            ),
        ),
        ("quotations", repeated(4, quotation)),
    ]
}

fn language(text: &str) -> (Option<Language>, bool) {
    match split_text(text) {
        Sections::Whole {
            language, mixed, ..
        } => (language, mixed),
        Sections::Pair { .. } => panic!("split: {text}"),
    }
}

#[test]
fn a_chinese_article_with_english_names_titles_code_or_quotations_is_chinese() {
    for (kind, inside) in no_evidence() {
        let text = with(CHINESE, &inside);
        assert_eq!(language(&text), (Some(Language::Chinese), false), "{kind}");
    }
}

#[test]
fn what_is_no_evidence_keeps_no_text_from_its_split() {
    for (kind, inside) in no_evidence() {
        let (chinese, english) = (with(CHINESE, &inside), with(ENGLISH, &inside));
        let named = format!("{chinese}\n\n---\n\n **Summary:**\n{english}\n");
        assert!(
            matches!(split_text(&named), Sections::Pair { .. }),
            "{kind}"
        );
    }
    for (kind, inside) in &no_evidence()[..2] {
        let text = format!(
            "{}\n\n<hr>\n\n{}",
            ENGLISH.join("\n\n"),
            with(CHINESE, inside)
        );
        assert!(matches!(split_text(&text), Sections::Pair { .. }), "{kind}");
    }
}

#[test]
fn a_byline_or_a_translators_note_belongs_to_the_side_on_which_it_is() {
    let [chinese, english] = [CHINESE, ENGLISH].map(|story| story.join("\n\n"));
    let byline = "*By John Armitage, Mary Whitcombe, Robert Lee, Peter Schmidt and Tom O'Neill*";
    let notes = [
        "译者注：本文由志愿者翻译，原文发表在港口管理局的网站上，译文只供学习之用，如有错误请在评论里指出。",
        "(Translator's note: this text was translated by volunteers; please tell us about any mistake that you find in it.)",
    ];
    let repeated_note = [notes[0]; 3].join("\n");
    for text in [
        format!("{chinese}\n\n{byline}\n\n---\n\n{english}"),
        format!(
            "{chinese}\n\n---\n\n **Summary:**\n{}\n\n{repeated_note}",
            ENGLISH[0]
        ),
        format!("{english}\n\n---\n\n{chinese}\n\n{}", notes[1]),
    ] {
        assert!(matches!(split_text(&text), Sections::Pair { .. }), "{text}");
    }
    for (story, note, expected) in [
        (&chinese, notes[1], Language::Chinese),
        (&english, &*repeated_note, Language::English),
    ] {
        let text = format!("{story}\n\n{note}");
        assert_eq!(language(&text), (Some(expected), false), "{text}");
    }
}

#[test]
fn sentences_of_both_languages_that_do_not_answer_each_other_are_mixed() {
    let question = "How did the three teachers find the time to check all of the old records of the port?\n\nAnd who will pay for the new charts of the other ports when the spring comes?";
    assert!(language(&with(CHINESE, question)).1);
    assert!(language(&format!("{}\n\n{}", CHINESE[1], ENGLISH[0])).1);
    // An article with a list of items in either language, as fields.
    let items = "### 1. harbour / tables\n\n**简介：**Tables that are checked by many people and are open to all\n\n**星标：**12\n\n### 2. port\n\n**简介：**由三名教师完成的潮位图，向所有人开放，可以提前两天安排出海\n";
    assert!(language(&repeated(3, items)).1);
}

#[test]
fn an_index_of_english_names_with_a_chinese_link_in_each_line_is_english() {
    let text = format!(
        "# Tables\n\nFollow the changes of the harbour tables over the years, and see what each of the ports has done\n\n{}",
        repeated(
            12,
            "- [Tables %](a.html) - [English](a-en.html) / [中文](a-zh.html)"
        )
    );
    assert_eq!(language(&text), (Some(Language::English), false));
}

#[test]
fn tags_in_code_spans_open_and_close_no_section() {
    let text = format!(
        "<div lang=\"zh\">\n\n{}，放在 `<div lang=\"zh\">` 里。\n\n</div>\n\n<div lang=\"en\">\n\n{} It is inside `<div lang=\"en\">`.\n\n</div>\n",
        CHINESE[0], ENGLISH[0]
    );
    assert!(matches!(split_text(&text), Sections::Pair { .. }));
}
