use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn word(word: &str) -> Condition {
    Condition::Word(word.into())
}

fn parsed(query: &str) -> Condition {
    Query::parse(query).unwrap_or_else(|mistake| panic!("{query}: {mistake:?}")).condition.expect("a condition")
}

/// The query with the wrong bytes in brackets, and the reason.
fn wrong(query: &str) -> (String, String) {
    let Mistake { at, reason } = Query::parse(query).expect_err(query);
    (format!("{}[{}]{}", &query[..at.start], &query[at.clone()], &query[at.end..]), reason)
}

#[test]
fn terms_side_by_side_or_and_not() {
    assert_eq!(Query::parse("  　 ").unwrap().condition, None);
    assert_eq!(parsed("ＮＶ 英伟达"), Condition::All(vec![word("nv"), word("英伟达")]));
    assert_eq!(
        parsed("a b or c | -d"),
        Condition::Any(vec![
            Condition::All(vec![word("a"), word("b")]),
            word("c"),
            Condition::Not(Box::new(word("d")))
        ])
    );
    assert_eq!(
        parsed("-（a or b） c"),
        Condition::All(vec![Condition::Not(Box::new(Condition::Any(vec![word("a"), word("b")]))), word("c")])
    );
    assert_eq!(parsed("“Two  Words” x-y"), Condition::All(vec![Condition::Phrase("two  words".into()), word("x-y")]));
    assert_eq!(parsed("\"still open"), Condition::Phrase("still open".into()));
    assert_eq!(parsed("12:30 https://x.org"), Condition::All(vec![word("12:30"), word("https://x.org")]));
}

#[test]
fn keys_take_the_value_right_after_them() {
    assert_eq!(parsed("tag：\"Machine Learning\""), Condition::Tag("machine learning".into()));
    assert_eq!(
        parsed("source:FT author:a:b"),
        Condition::All(vec![Condition::Author("ft".into()), Condition::Author("a:b".into())])
    );
    assert_eq!(parsed("lang:en"), Condition::Language(Language::English));
    assert_eq!(parsed("-has:problem"), Condition::Not(Box::new(Condition::HasProblem)));
    let between = |from, to| Condition::Date(Days::Between(from, to));
    assert_eq!(parsed("date:2024"), between(Some(date(2024, 1, 1)), Some(date(2024, 12, 31))));
    assert_eq!(parsed("date:2024-02"), between(Some(date(2024, 2, 1)), Some(date(2024, 2, 29))));
    assert_eq!(parsed("date:2024-06-01..2024-06-30"), between(Some(date(2024, 6, 1)), Some(date(2024, 6, 30))));
    assert_eq!(parsed("date:..2024-06"), between(None, Some(date(2024, 6, 30))));
    assert_eq!(parsed("date:7d"), Condition::Date(Days::Last(7)));
    assert_eq!(parsed("date:2w"), Condition::Date(Days::Last(14)));
    assert_eq!(parsed("date:none"), Condition::Date(Days::Undated));
}

#[test]
fn a_mistake_is_shown_where_it_is() {
    let places = [
        ("a (b or c", "a [(]b or c"),
        ("a )", "a [)]"),
        ("or a", "[or] a"),
        ("a or ", "a or []"),
        ("x tga:birds", "x [tga:]birds"),
        ("tag:", "tag:[]"),
        ("tag: birds", "tag:[] birds"),
        ("lang:fr x", "lang:[fr] x"),
        ("has:何", "has:[何]"),
        ("date:2024-13", "date:[2024-13]"),
        ("date:2024-02-30", "date:[2024-02-30]"),
        ("date:2024-06..2024-05", "date:[2024-06..2024-05]"),
        ("date:0d", "date:[0d]"),
        ("date:d", "date:[d]"),
        ("date:七d", "date:[七d]"),
        ("date:..", "date:[..]"),
    ];
    for (query, place) in places {
        assert_eq!(wrong(query).0, place);
    }
    assert!(wrong("tga:birds").1.starts_with("no such key; there are tag:"));
    assert!(wrong(&"(".repeat(100)).1.contains("too deeply"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_line_is_understood_or_wrong_somewhere_in_it(line in "([a-z中:：\"“()（|-]| |or |tag:|date:2024-0){0,30}") {
        if let Err(Mistake { at, .. }) = Query::parse(&line) {
            prop_assert!(line.get(at).is_some());
        }
    }
}
