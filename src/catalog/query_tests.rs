use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

fn parsed(queries: &[&str]) -> String {
    let mut lines = String::new();
    for query in queries {
        match Query::parse(query) {
            Ok(understood) => writeln!(lines, "{query}  →  {understood}").unwrap(),
            Err(QueryError { at, reason }) => {
                assert!(query.get(at.clone()).is_some(), "{query}: {at:?}");
                writeln!(
                    lines,
                    "{query}  ✗  {}«{}»{}  {reason}",
                    &query[..at.start],
                    &query[at.clone()],
                    &query[at.end..]
                )
                .unwrap();
            }
        }
    }
    lines
}

#[test]
fn queries_are_understood() {
    insta::assert_snapshot!(parsed(&[
        "",
        "英伟达  NVIDIA",
        "a b or c d",
        "(a | b) c",
        "-a -(b OR c) --d",
        "“台积电” text:芯片 text:\"machine learning\"",
        "tag：\"Machine Learning\" （AI or 人工智能）－is:read，new",
        "author:Courier source:\"field notes\"",
        "lang:zh or lang:both",
        "-lang:mixed",
        "has:highlight has:note note:茶 colour:green color:red",
        "has:problem is:unread is:new IS:Starred",
        "date:2024 date:2024-06 date:2024/6/1 date:2024-02..2024-03-05 date:2024-06.. date:..2023",
        "date:7d date:2w date:3m date:1y date:none",
        "12:30 http://example.com 标题：副题 covid-19",
        r#""he said \"no\" \\" "#,
        "*ai* *ai ai* * \"ai\" text:*ai*",
        "\"still open",
        "tag:\"still open",
        "\"",
    ]));
}

#[test]
fn errors_are_marked_where_they_are() {
    insta::assert_snapshot!(parsed(&[
        "tag:",
        "a is:gone b",
        "lang:fr",
        "date:2024-13",
        "date:2023-02-29",
        "date:2024-06-02..2024-06-01",
        "date:soon",
        "date:0d",
        "date:..",
        "titel:x y",
        "or a",
        "a or",
        "a or ) b",
        "a or or b",
        "(a",
        "a)",
        "a () b",
        "-",
        "a - b",
        "-\"\"",
        "has:",
        "note:",
        "colour:mauve",
    ]));
}

#[test]
fn negated_terms_are_not_highlighted() {
    let query = Query::parse("芯片 -光刻 (\"a b\" or --text:x) tag:t").unwrap();
    let texts: Vec<&str> = query.terms().iter().map(|term| &*term.text).collect();
    assert_eq!(texts, ["芯片", "a b", "x"]);
    assert_eq!(query.all_terms(true).len(), 4);
    assert_eq!(query.all_terms(false).len(), 2, "without the bare words");
}

#[test]
fn a_word_like_an_operator_is_read_back_as_a_word() {
    for typed in ["tea or*", "OR** rice", "text:or", "*or*"] {
        let query = Query::parse(typed).unwrap();
        assert_eq!(Query::parse(&query.to_string()), Ok(query), "{typed}");
    }
}

#[test]
fn nesting_is_bounded() {
    for query in ["(".repeat(100_000), "-".repeat(100_000)] {
        assert!(Query::parse(&query).is_err());
    }
}

#[test]
fn spans_too_long_to_be_written_back_are_errors() {
    for query in ["date:100000y", "date:1200000d", "date:4294967295y"] {
        assert!(Query::parse(query).is_err(), "{query}");
    }
    for query in ["date:99999y", "date:99999w"] {
        let parsed = Query::parse(query).unwrap();
        assert_eq!(Query::parse(&parsed.to_string()), Ok(parsed));
    }
}

#[test]
fn the_reason_of_an_error_is_clean() {
    let error = Query::parse("nope:c\u{9b}d\u{1b}").unwrap_err();
    assert_eq!(crate::text::first_hostile(&error.reason), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_a_query_or_an_error_in_it(query in "\\PC{0,24}") {
        if let Err(QueryError { at, .. }) = Query::parse(&query) {
            prop_assert!(query.get(at).is_some());
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        terms in proptest::collection::vec(
            prop_oneof![
                Just("or".to_owned()), Just("-".to_owned()), Just("(".to_owned()), Just(")".to_owned()), Just(" ".to_owned()),
                Just("date:".to_owned()), Just("tag:".to_owned()), Just("is:new".to_owned()), Just("lang:both".to_owned()),
                "[aＯＲ:：“”\"\\\\（|英-]{1,4}", "20[0-9]{2}(-0[1-9])?(\\.\\.)?", "[1-9][dwmy]",
            ],
            0..9,
        ),
    ) {
        if let Ok(query) = Query::parse(&terms.concat()) {
            let written = query.to_string();
            prop_assert_eq!(Query::parse(&written), Ok(query), "{}", written);
        }
    }
}
