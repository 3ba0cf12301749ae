use proptest::prelude::*;

use super::super::width::Ambiguous::{self, Narrow, Wide};
use super::super::width::columns;
use super::{FilledLine, Measure};

fn fill(text: &str, width: u16) -> Vec<&str> {
    fill_as(text, width, Narrow, false)
        .into_iter()
        .map(|line| &text[line.start as usize..line.shown as usize])
        .collect()
}

fn fill_as(text: &str, width: u16, ambiguous: Ambiguous, code: bool) -> Vec<FilledLine> {
    let measure = Measure {
        first: width,
        rest: width,
        ambiguous,
        code,
    };
    super::fill(text, 0..text.len() as u32, &[], 0, measure, Vec::new()).lines
}

#[test]
fn a_mark_on_a_space_is_not_dropped_with_it() {
    assert_eq!(fill("a \u{483}", 9), ["a \u{483}"]);
    assert_eq!(fill("一\u{3000}\u{483} 二", 4), ["一\u{3000}\u{483}", "二"]);
}

#[test]
fn chinese_marks_keep_their_places() {
    assert_eq!(
        fill("他说：“今天很好。”然后走了", 10),
        ["他说：“今", "天很好。”", "然后走了"]
    );
    assert_eq!(fill("读《红楼梦》的人", 8), ["读《红楼", "梦》的人"]);
    assert_eq!(fill("这一天——真的……来了", 10), ["这一天——真", "的……来了"]);
    assert_eq!(fill("英伟达”English", 9), ["英伟达”", "English"]);
    assert_eq!(fill("他说\"你好\"然后", 8), ["他说\"你", "好\"然后"]);
    assert_eq!(fill("don’t can’t won’t", 7), ["don’t", "can’t", "won’t"]);
}

#[test]
fn figures_stay_with_their_units() {
    for (text, width, lines) in [
        (
            "筹集了 86 亿美元融资",
            12,
            vec!["筹集了", "86 亿美元融", "资"],
        ),
        ("增长了 8.6%，很多", 10, vec!["增长了", "8.6%，很多"]),
        ("it costs $19 a day", 10, vec!["it costs", "$19 a day"]),
        ("a walk of 3 km home", 12, vec!["a walk of", "3 km home"]),
        (
            "成立于 2024 年的公司",
            12,
            vec!["成立于", "2024 年的公", "司"],
        ),
        ("成立于2024年的公司", 10, vec!["成立于", "2024年的", "公司"]),
        ("参见第 12 章", 10, vec!["参见", "第 12 章"]),
        (
            "between 1,000 -5 and 10–20",
            14,
            vec!["between 1,000", "-5 and 10–20"],
        ),
    ] {
        assert_eq!(fill(text, width), lines, "{text}");
    }
}

#[test]
fn long_words_are_broken_only_where_no_line_holds_them() {
    assert_eq!(fill("a long-term plan", 8), ["a long-", "term", "plan"]);
    assert_eq!(
        fill("see https://example.com/path/to for more", 24),
        ["see https://example.com/", "path/to for more"]
    );
    assert_eq!(
        fill("word https://example.com/path-to/it ok", 30),
        ["word", "https://example.com/path-to/it", "ok"]
    );
    assert_eq!(fill("and/or TCP/IP", 10), ["and/or", "TCP/IP"]);
    assert_eq!(fill("Donaudampfschiff", 6), ["Donaud", "ampfsc", "hiff"]);
    assert_eq!(fill("a\u{A0}b\u{A0}c d", 5), ["a\u{A0}b\u{A0}c", "d"]);
    assert_eq!(
        fill("use --all or .gitignore or /etc/passwd", 12),
        ["use --all or", ".gitignore", "or", "/etc/passwd"]
    );
    assert_eq!(fill("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 4), ["👨‍👩‍👧👨‍👩‍👧", "👨‍👩‍👧"]);
}

#[test]
fn a_last_line_gets_company() {
    assert_eq!(
        fill("甲乙丙丁戊己庚辛壬癸。", 20),
        ["甲乙丙丁戊己庚辛壬", "癸。"]
    );
    assert_eq!(
        fill("甲乙丙丁戊己庚辛壬癸子。", 22),
        ["甲乙丙丁戊己庚辛壬癸", "子。"]
    );
    assert_eq!(
        fill("甲乙丙丁戊己庚辛壬癸子。", 20),
        ["甲乙丙丁戊己庚辛壬", "癸子。"]
    );
}

#[test]
fn spaces_at_a_break_are_covered_but_not_drawn() {
    let lines = fill_as("ab   cd\nef ", 3, Narrow, false);
    let ranges: Vec<_> = lines
        .iter()
        .map(|line| (line.start, line.shown, line.end))
        .collect();
    assert_eq!(ranges, [(0, 2, 5), (5, 7, 8), (8, 10, 11)]);
}

#[test]
fn a_wide_character_on_one_column_has_a_placeholder() {
    let lines = fill_as("中a", 1, Narrow, false);
    assert!(lines[0].is_placeholder && lines[0].columns == 1 && !lines[1].is_placeholder);
    assert_eq!((lines[0].end, lines[1].end, lines.len()), (3, 4, 2));
}

const MIX: &str = "([简报中文，。；：！？、）（《》“”‘’—…·％～]|[a-zA-Z]{1,9}|[0-9]{1,4}| |  |[,.;:!?()\"'$%/#-]|😀|👨‍👩‍👧|e\u{301}|한국|ー|https://a.com/b-c|\n|\u{A0}|\u{200B}){0,40}";

proptest! {
    #[test]
    fn lines_fit_and_tile(text in MIX, width in 2u16..30, wide: bool, code: bool) {
        let ambiguous = if wide { Wide } else { Narrow };
        let lines = fill_as(&text, width, ambiguous, code);
        let mut at = 0;
        for line in &lines {
            prop_assert_eq!(line.start, at);
            let drawn = &text[line.start as usize..line.shown as usize];
            prop_assert_eq!(columns(drawn, ambiguous), usize::from(line.columns));
            prop_assert!(line.columns <= width && !line.is_placeholder, "{:?}", drawn);
            let hidden = &text[line.shown as usize..line.end as usize];
            prop_assert!(hidden.chars().all(char::is_whitespace), "{:?}", hidden);
            at = line.end;
        }
        prop_assert_eq!(at as usize, text.len());
    }

    /// Full lines of Chinese: three columns short only before what may not begin a line, or does not fit.
    #[test]
    fn chinese_lines_are_full(text in "([一二三四五六七八九十]{1,9}[，。]?){1,12}", width in 8u16..40) {
        let lines = fill_as(&text, width, Narrow, false);
        for pair in lines.windows(2) {
            let next = &text[pair[1].start as usize..];
            let unit: String = next.chars().take(1).chain(next.chars().skip(1).take_while(|c| "，。".contains(*c))).collect();
            prop_assert!(!next.starts_with(['，', '。']) || columns(&unit, Narrow) >= usize::from(width) - 2);
            let fits = usize::from(pair[0].columns) + columns(&unit, Narrow) <= usize::from(width);
            prop_assert!(!fits || width - pair[0].columns < 3, "{:?}", lines);
        }
    }
}
