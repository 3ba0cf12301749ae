use super::*;

fn chance(pair: &str) -> Chance {
    let mut chars = pair.chars();
    let (first, last) = (chars.next().unwrap(), chars.next_back().unwrap());
    if chars.as_str().is_empty() {
        beside(class_of(first), class_of(last))
    } else {
        spaced(class_of(first), class_of(last))
    }
}

#[test]
fn a_closing_mark_begins_no_line_even_after_a_space() {
    for mark in "，。；：！？、）」』》】〉〕”’…—～·％℃‰ー々ぁッ)]}!?%".chars()
    {
        assert_eq!(chance(&format!("字{mark}")), Chance::Never, "{mark}");
        assert_ne!(chance(&format!("字 {mark}")), Chance::Break, "{mark}");
    }
}

#[test]
fn an_opening_mark_ends_no_line() {
    for mark in "（「『《【〈〔“‘￥$£€№([{".chars() {
        assert_eq!(chance(&format!("{mark}字")), Chance::Never, "{mark}");
        assert_eq!(chance(&format!("字{mark}")), Chance::Break, "{mark}");
    }
}

#[test]
fn chinese_is_free_and_words_are_not() {
    for (pair, expected) in [
        ("简报", Chance::Break),
        ("报a", Chance::Break),
        ("a报", Chance::Break),
        ("a b", Chance::Break),
        ("ab", Chance::Split),
        ("a1", Chance::Split),
        ("한국", Chance::Split),
        ("。字", Chance::Break),
        ("—字", Chance::Break),
        ("——", Chance::Never),
        ("……", Chance::Never),
        ("\u{2060}字", Chance::Never),
        ("\u{200B}a", Chance::Break),
        ("/a", Chance::Solidus),
        ("/报", Chance::Split),
        ("_a", Chance::Point),
        ("-a", Chance::Split),
        ("3 k", Chance::Depends),
        ("3年", Chance::Depends),
        ("😀😀", Chance::Break),
    ] {
        assert_eq!(chance(pair), expected, "{pair}");
    }
}
