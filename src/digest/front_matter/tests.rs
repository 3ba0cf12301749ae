use proptest::prelude::*;

use super::entries::Value;
use super::*;

/// The header and the body of a text.
fn parts(text: &str) -> (Header, &str) {
    let header = read(text);
    let body = &text[header.body..];
    (header, body)
}

/// The title, and the problems as text.
fn title_and_problems(text: &str) -> (Option<String>, Vec<String>) {
    let header = read(text);
    (
        header.fields.title,
        header.problems.iter().map(ToString::to_string).collect(),
    )
}

fn fields(text: &str) -> Fields {
    read(text).fields
}

#[test]
fn no_front_matter_is_normal() {
    for text in [
        "",
        "\n",
        "# Title\n\nText\n",
        "Plain prose: with a colon.\n\n---\n\nMore.\n",
        "A heading\n---\n\nText\n",
        "Note: a setext heading\n---\n",
        "\n---\n\nvia：somewhere\n\nTranslator: [X](https://e.x)\n",
        "---\n\nProse after a thematic break.\n\n---\n\nMore prose.\n",
        "---\n\nTitle words: and prose follow here,\nline after line without any end,\nso that this is: no header.\n\n---\n\nx\n",
        "---\nJust text.\n---\n",
        "----\ntitle: x\n----\n",
        "Tags of a graph are labels.\ntags: none\n---\n",
        "{ \"title\": 1 }\n",
    ] {
        let (header, body) = parts(text);
        assert_eq!((body, header.first_line), (text, 1), "{text:?}");
        assert_eq!(header.fields, Fields::default(), "{text:?}");
        assert!(header.problems.is_empty(), "{text:?}");
    }
}

#[test]
fn yaml_as_most_files_have_it() {
    let text = "---\ntitle: 一个标题\ndate: 2024-06-05T04:00:03.025Z\ndescription: One sentence: not two\ntags: \n- technology\n- \
                'AI'\nauthor: ft\n---\n\nBody\n";
    let text = text.replace("sentence: not", "sentence, not");
    let (header, body) = parts(&text);
    assert_eq!(body, "\nBody\n");
    assert_eq!(header.first_line, 10);
    assert_eq!(header.fields.title.as_deref(), Some("一个标题"));
    assert_eq!(
        header.fields.description.as_deref(),
        Some("One sentence, not two")
    );
    assert_eq!(header.fields.tags, ["technology", "AI"]);
    assert_eq!(header.fields.source.as_deref(), Some("ft"));
    assert_eq!(header.fields.date_line, None);
    assert!(header.fields.date.is_some_and(|date| date.moment.is_some()));
    assert!(header.problems.is_empty());
}

#[test]
fn of_a_date_that_cannot_be_read_the_line_is_known() {
    let fields = fields("---\ntitle: X\n\nupdated: then\ndate : soon\n---\n");
    assert_eq!(
        (fields.date.map(|date| date.written), fields.date_line),
        (Some("soon".into()), Some(5))
    );
}

#[test]
fn fences_may_be_sloppy() {
    for text in [
        "---\r\ntitle: X\r\ntags: [a]\r\n---\r\nBody",
        "---  \ntitle: X\ntags: [a]\n--- \t\nBody",
        "---\n\ntitle: X\n\ntags: [a]\n\n...\nBody",
        "---\rtitle: X\rtags: [a]\r---\rBody",
        "---\n# a comment\ntitle: X # another\ntags:\n  - a\n---\nBody",
    ] {
        let (header, body) = parts(text);
        assert_eq!(body, "Body", "{text:?}");
        assert_eq!(header.fields.title.as_deref(), Some("X"), "{text:?}");
        assert_eq!(header.fields.tags, ["a"], "{text:?}");
        assert!(header.problems.is_empty(), "{text:?} {:?}", header.problems);
    }
    assert_eq!(read("---\n---\nBody").body, 8, "an empty header is one");
}

#[test]
fn toml_json_and_lctt_are_headers() {
    let toml = "+++\ntitle = \"X\"\ndate = 2020-01-02T03:04:05+08:00\ntags = [\"a\", \"b,c\"]\nweight = 1.50\n+++\nBody";
    let json = "---\r\n{\r\n\t\"title\": \"X\",\r\n\t\"createDate\": \"2020-01-02T03:04:05+08:00\",\r\n\t\"tags\": [\"a\", [\"b\", \"c\"]]\r\n}\r\n---\r\nBody";
    let lctt = "[#]: subject: (X)\n[#]:date:\"2020-01-02 03:04:05 +0800\"\n[#]: tags: \"a,b，c\"\n[#]: url: ( )\n\nBody";
    for text in [toml, json, lctt] {
        let (header, body) = parts(text);
        assert_eq!(body.trim_start(), "Body", "{text:?}");
        assert_eq!(header.fields.title.as_deref(), Some("X"));
        assert_eq!(header.fields.tags, ["a", "b", "c"]);
        assert_eq!(header.fields.link, None);
        let date = header.fields.date.expect("a date");
        assert!(
            matches!(date.moment, Some(crate::digest::Moment::Instant(_))),
            "{date:?}"
        );
        assert!(header.problems.is_empty(), "{text:?} {:?}", header.problems);
    }
}

#[test]
fn a_missing_or_late_fence_is_repaired_and_reported() {
    let (header, body) = parts("title: X: Y\ndate: 2020-01-02\ntags: \n- a\n\n---\nBody");
    assert_eq!((body, header.first_line), ("Body", 7));
    assert_eq!(header.fields.tags, ["a"]);
    assert!(header.problems[0].reason.contains("opening ---"));

    let (header, body) = parts("\n\n---\ntitle: X\n---\nBody");
    assert_eq!((body, header.first_line), ("Body", 6));
    assert!(header.problems[0].reason.contains("blank lines"));

    let (header, body) = parts("---\ntitle: X\ndate: 2020-01-02\n\n# Heading\n\nBody");
    assert_eq!((body, header.first_line), ("\n# Heading\n\nBody", 4));
    assert_eq!(header.fields.title.as_deref(), Some("X"));
    assert!(header.problems[0].reason.contains("never closed"));
}

#[test]
fn broken_yaml_is_repaired_first_and_read_line_by_line_last() {
    let (title, problems) = title_and_problems("---\ntitle: X\ntags:\n\t- a\n\t- b\n---\n");
    assert_eq!(title.as_deref(), Some("X"));
    assert_eq!(
        problems,
        [
            "line 4: the YAML holds tabs or control characters where it may not; they were read as spaces"
        ]
    );
    assert_eq!(
        fields("---\ntitle: X\ntags:\n\t- a\n\t- b\n---\n").tags,
        ["a", "b"]
    );

    for (line, expected) in [
        ("title: [译] 一个 (title)", "[译] 一个 (title)"),
        ("title: Ask HN: Why?", "Ask HN: Why?"),
        ("title: @someone said", "@someone said"),
        ("title: %d percent", "%d percent"),
        ("title: \"a \" b", "\"a \" b"),
        ("title: 'it's", "'it's"),
        ("title: X\ntitle: Y", "X"),
        ("title: `code`", "`code`"),
        ("title: * star", "* star"),
        ("title： \"全角\"\nother: [", "全角"),
    ] {
        let (title, problems) = title_and_problems(&format!(
            "---\n{line}\ndate: 2020-01-02\ntags:\n  - a\n---\nBody"
        ));
        assert_eq!(title.as_deref(), Some(expected), "{line}");
        assert!(problems[0].contains("line by line"), "{problems:?}");
    }
    let (_, problems) =
        title_and_problems("---\ntitle: a: b\ntags: x\ndraft: true\nwhat is this\n---\n");
    assert_eq!(problems.len(), 2);
    assert_eq!(
        problems[1],
        "line 5: a line of the front matter could not be read and was left out"
    );
    let broken = "+++\ntitle = \"X\"\ntags = [\"a\", \"b\"]\ndate = someday\n+++\n";
    assert_eq!(fields(broken).title.as_deref(), Some("X"));
    assert_eq!(fields(broken).tags, ["a", "b"]);
    assert!(read(broken).problems[0].reason.contains("TOML"));
}

#[test]
fn values_are_coerced() {
    let title = |value: &str| fields(&format!("---\ntitle: {value}\nslug: x\n---\n")).title;
    assert_eq!(title("1").as_deref(), Some("1"));
    assert_eq!(title("1.10").as_deref(), Some("1.10"));
    assert_eq!(title("1.10 # a comment").as_deref(), Some("1.10"));
    assert_eq!(title("0x1F").as_deref(), Some("0x1F"));
    assert_eq!(title("true").as_deref(), Some("true"));
    assert_eq!(title("{{ title }}").as_deref(), Some("{{ title }}"));
    for nothing in ["null", "~", "", "\"\"", "' '", "\"\\u200b\"", "[]", "{}"] {
        assert_eq!(title(nothing), None, "{nothing}");
    }
    assert_eq!(title("\"\\e]0;x\\a\\x9b\"").as_deref(), Some("␛]0;x␇‹9B›"));
    assert_eq!(title(">\n  two\n  lines").as_deref(), Some("two lines"));
    assert_eq!(
        title("|\n  第一行\n  第二行").as_deref(),
        Some("第一行第二行")
    );
    assert_eq!(title("{zh: 中, en: E}").as_deref(), Some("中"));
    assert_eq!(
        title("Set&lt;E&gt; &amp; more").as_deref(),
        Some("Set<E> & more")
    );
    let both = fields("---\ntitle: {zh: 中, en: E}\n---\n");
    assert_eq!(
        (both.chinese.as_deref(), both.english.as_deref()),
        (Some("中"), Some("E"))
    );
    assert_eq!(
        fields("---\nTitle: X\nTITLE_EN: E\ntitle-zh: 中\n---\n")
            .english
            .as_deref(),
        Some("E")
    );
}

#[test]
fn tags_are_split_flattened_and_unique() {
    let tags = |value: &str| {
        let header = format!("---\ntitle: x\ntags: {value}\n---\n");
        fields(&header).tags
    };
    assert_eq!(
        tags("redis，list，blockingQueue"),
        ["redis", "list", "blockingQueue"]
    );
    assert_eq!(tags("[db，mysql]"), ["db", "mysql"]);
    assert_eq!(tags("a, b、c ,a"), ["a", "b", "c"]);
    assert_eq!(tags("machine learning"), ["machine learning"]);
    assert_eq!(
        tags("[1, 2.0, true, null, [x, [y]]]"),
        ["1", "2.0", "true", "x", "y"]
    );
    assert_eq!(tags("\n  - {name: x}\n  - y"), ["x", "y"]);
    assert!(tags("").is_empty());
    assert_eq!(
        fields("---\ntitle: x\ntags:\ncategories: [c]\n---\n").tags,
        ["c"]
    );
    assert_eq!(fields("---\nkeywords: k\ntags: t\n---\n").tags, ["t"]);
}

#[test]
fn dates_sources_and_links_have_many_names() {
    let date = |text: &str| {
        fields(&format!("---\n{text}\n---\n"))
            .date
            .map(|date| date.written)
    };
    assert_eq!(
        date("published: true\nupdated: 2020-01-02").as_deref(),
        Some("2020-01-02")
    );
    assert_eq!(
        date("date: {{ date }}\ntitle: x").as_deref(),
        Some("{{ date }}")
    );
    assert_eq!(
        date("date: soon\ncreated: 2020-01-02").as_deref(),
        Some("2020-01-02")
    );
    assert_eq!(date("date: ''\ntitle: x"), None);
    assert_eq!(date("time: 5 min\ntitle: x"), None);
    assert_eq!(
        date("date: 2020-01-02\nupdated: 2021-01-02").as_deref(),
        Some("2020-01-02")
    );

    let source = |text: &str| fields(&format!("---\n{text}\n---\n")).source;
    assert_eq!(source("author: ['A', B]").as_deref(), Some("A, B"));
    assert_eq!(
        source("author: <a href=\"https://e.x/a\">A</a>").as_deref(),
        Some("A")
    );
    assert_eq!(
        source("author: A. Writer https://e.x/a").as_deref(),
        Some("A. Writer")
    );
    assert_eq!(
        source("authors:\n  - name: A\n    url: https://e.x").as_deref(),
        Some("A")
    );
    assert_eq!(
        source("source: https://e.x\nauthor: A").as_deref(),
        Some("A")
    );

    let link = |text: &str| fields(&format!("---\ntitle: x\n{text}\n---\n")).link;
    assert_eq!(
        link("url: HTTPS://e.x/a?b#c").as_deref(),
        Some("HTTPS://e.x/a?b#c")
    );
    assert_eq!(
        link("source: https://e.x/").as_deref(),
        Some("https://e.x/")
    );
    assert_eq!(
        link("link: <mailto:a@e.x>").as_deref(),
        Some("mailto:a@e.x")
    );
    for nothing in [
        "javascript:alert(1)",
        "/a/b",
        "file:///etc/passwd",
        "https://",
        "\"https://e.x/ b\"",
        "x",
    ] {
        assert_eq!(link(&format!("link: {nothing}")), None, "{nothing}");
    }
    assert_eq!(
        link("link: \"https://e.x/\\e[2J\"").as_deref(),
        Some("https://e.x/␛[2J")
    );
}

#[test]
fn bombs_end_in_a_problem() {
    let brackets =
        |open: &str, close: &str| format!("tags: {}{}", open.repeat(10_000), close.repeat(10_000));
    let aliases = (1..30).fold("a0: &a0 [x]\n".to_owned(), |bomb, i| {
        let before = i - 1;
        bomb + &format!("a{i}: &a{i} [*a{before},*a{before},*a{before},*a{before},*a{before},*a{before},*a{before},*a{before},*a{before}]\n")
    });
    let wide = format!(
        "a: &a [{}]\nb: [{}]\n",
        "1,".repeat(10_000),
        "*a,".repeat(2_000)
    );
    let indents: String = (0..300).fold(String::new(), |deep, i| deep + &" ".repeat(i) + "a:\n");
    for bomb in [
        brackets("[", "]"),
        brackets("[", ""),
        brackets("{a: ", "}"),
        format!("tags: {}", "[".repeat(200_000)),
        format!("tags:\n  {}x", "- ".repeat(10_000)),
        format!("{}x", "? ".repeat(10_000)),
        aliases,
        wide,
        indents,
        "%TAG !a! b".to_owned(),
        format!("x: \"{}\"", "\\x41".repeat(10_000)),
        "a: b: c\n".repeat(20_000),
        format!("x: {}", "!a ".repeat(10_000)),
    ] {
        let text = format!("---\ntitle: X\n{bomb}\n---\nBody");
        let (header, body) = parts(&text);
        assert!(body == "Body", "{}", &text[..80]);
        assert_eq!(header.fields.title.as_deref(), Some("X"), "{}", &text[..80]);
        let is_harmless = bomb.starts_with("x: \"");
        assert_eq!(header.problems.is_empty(), is_harmless, "{}", &text[..80]);
    }
    let toml = format!(
        "+++\ntitle = \"X\"\ntags = {}\n+++\nBody",
        "[".repeat(10_000)
    );
    assert_eq!(parts(&toml).0.fields.title.as_deref(), Some("X"));
    let json = format!(
        "---\n{{\"title\": \"X\",\n\"tags\": {}\n---\nBody",
        "[".repeat(10_000)
    );
    assert_eq!(parts(&json).0.fields.title.as_deref(), Some("X"));
}

#[test]
fn a_few_aliases_are_welcome() {
    let header = read("---\ntitle: X\nbase: &base [a, b]\ntags: *base\n---\n");
    assert_eq!(header.fields.tags, ["a", "b"]);
    assert!(header.problems.is_empty());
}

/// Lines that headers are made of, sound and broken.
fn header_line() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        "[a-z0-9 中文，:#'\"\\[\\]{}&*!|>%@`,.~-]{0,12}",
        "[a-zA-Z中文][a-z 中文,.()-]{0,12}",
        Just("null".to_owned()),
        Just("[a, 'b', \"c\"]".to_owned()),
        Just("1.10".to_owned()),
        Just("  ".to_owned()),
    ];
    let start = prop::sample::select(vec![
        "title: ", "tags: ", "date:", "- ", "  - ", "k: ", "\tx: ", "  ", "# ", "", "TRUE: ",
    ]);
    (start, value).prop_map(|(start, value)| format!("{start}{value}"))
}

proptest! {
    #[test]
    fn the_fast_way_agrees_with_the_parser(lines in prop::collection::vec(header_line(), 0..7), crlf in any::<bool>()) {
        let inner = lines.join(if crlf { "\r\n" } else { "\n" }) + "\n";
        if let Some(fast) = parse::read_plain_yaml(&inner) {
            let slow = parse::read_yaml(&inner);
            prop_assert!(matches!(&slow, Ok(Some(slow)) if *slow == fast), "{:?}\n{:?}\n{:?}", inner, fast, slow);
        }
    }

    #[test]
    fn a_header_never_takes_more_than_there_is(lines in prop::collection::vec(header_line(), 0..9), open in "(---\n|\\+\\+\\+\n|\n|)", close in "(---|\\+\\+\\+|)") {
        let text = format!("{open}{}\n{close}\nBody\n", lines.join("\n"));
        let (header, body) = parts(&text);
        prop_assert!(body.ends_with("Body\n"));
        prop_assert_eq!(header.first_line, line_breaks(&text[..header.body]) + 1);
        let texts = [header.fields.title, header.fields.description, header.fields.source].into_iter().flatten().chain(header.fields.tags);
        for text in texts {
            prop_assert!(!text.is_empty() && !text.contains(char::is_control) && text.trim() == text, "{:?}", text);
        }
    }
}

#[test]
fn the_fast_way_reads_every_character_as_the_parser_does() {
    for c in ('\0'..'\u{3400}').chain('\u{FE00}'..'\u{10400}') {
        let header = format!("k: a{c}b\nq: \"{c}\"\n");
        if let Some(fast) = parse::read_plain_yaml(&header) {
            assert!(
                matches!(parse::read_yaml(&header), Ok(Some(slow)) if slow == fast),
                "{c:?}"
            );
        }
    }
}

#[test]
fn the_fast_way_takes_what_most_files_have() {
    let header = "title: 初创企业：如何 (a) b, c\ndate: 2024-06-05T04:00:03.025Z\ndescription: One's sentence, with 50% more\ntags: \n- \
                  technology\n\n- 'x y'\nauthor: ft\nempty:\nflow: [a, \"b\"]\n";
    let entries = parse::read_plain_yaml(header).expect("plain");
    assert_eq!(entries.len(), 7);
    assert_eq!(
        entries[3],
        (
            "tags".into(),
            Value::List(vec!["technology".into(), "x y".into()])
        )
    );
    assert_eq!(entries[5], ("empty".into(), Value::Nothing));
    assert!(matches!(parse::read_yaml(header), Ok(Some(slow)) if slow == entries));
}

/// The YAML headers of all real files at hand.
fn real_headers() -> Vec<String> {
    let mut headers = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/corpus"
    ))];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
                let region = find(text).filter(|region| {
                    matches!(
                        region.kind,
                        FrontMatterKind::Yaml | FrontMatterKind::Unopened
                    )
                });
                headers.extend(region.map(|region| text[region.inner].to_owned()));
            }
        }
    }
    headers
}

#[test]
fn the_fast_way_agrees_on_every_real_header() {
    let headers = real_headers();
    if headers.is_empty() {
        println!("skipped: no corpus");
        return;
    }
    let mut fast = 0;
    for header in &headers {
        let Some(entries) = parse::read_plain_yaml(header) else {
            continue;
        };
        fast += 1;
        assert!(
            matches!(parse::read_yaml(header), Ok(Some(slow)) if slow == entries),
            "{header}"
        );
    }
    assert!(
        fast * 2 > headers.len(),
        "only {fast} of {} real headers are plain",
        headers.len()
    );
}

#[test]
fn the_rule_between_two_languages_does_not_close_a_header_that_lacks_its_fence() {
    let text = "---\ntitle: 标题\ndate: 2024-06-05\ntags: \n- economy\nauthor: courier\n\n# 大标题\n\n第一段正文，写得很长。\n\n第二段正文。\n\n第三段。\n\n---\n\n **Summary:**\nEnglish.\n";
    let header = read(text);
    assert_eq!(header.fields.title.as_deref(), Some("标题"));
    assert!(text[header.body..].trim_start().starts_with("# 大标题"));
    assert_eq!(header.problems.len(), 1);
}
