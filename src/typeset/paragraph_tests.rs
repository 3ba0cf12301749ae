use proptest::prelude::*;

use super::super::rows::Spacing;
use super::super::width::Ambiguous::{self, Narrow, Wide};
use super::super::width::columns;
use super::{FillKind, FilledLine, Measure};

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
        hang: 0,
        ambiguous,
        spacing: Spacing::Keep,
        hyphenation: false,
        kind: if code {
            FillKind::Code
        } else {
            FillKind::Prose
        },
    };
    super::fill(text, 0..text.len() as u32, &[], 0, measure, Vec::new()).lines
}

#[test]
fn a_mark_on_a_space_is_not_dropped_with_it() {
    assert_eq!(fill("a \u{483}", 9), ["a \u{483}"]);
    assert_eq!(fill("一\u{3000}\u{483} 二", 4), ["一\u{3000}\u{483}", "二"]);
    assert_eq!(fill("、\u{200b} ？", 2), ["、\u{200b}", "？"]);
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
        ("筹集了 86 亿美元融资", 12, vec!["筹集了 86 亿", "美元融资"]),
        ("增长了 8.6%，很多", 10, vec!["增长了", "8.6%，很多"]),
        ("it costs $19 a day", 10, vec!["it costs", "$19 a day"]),
        ("a walk of 3 km home", 12, vec!["a walk of", "3 km home"]),
        (
            "成立于 2024 年的公司",
            12,
            vec!["成立于", "2024 年的", "公司"],
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
        ["word https://example.com/path", "-to/it ok"]
    );
    assert_eq!(fill("and/or TCP/IP", 10), ["and/or", "TCP/IP"]);
    assert_eq!(fill("Donaudampfschiff", 6), ["Donaud", "ampfsc", "hiff"]);
    assert_eq!(
        fill("ein\u{A0}zwei drei vier", 9),
        ["ein\u{A0}zwei", "drei vier"]
    );
    assert_eq!(
        fill("能，\u{A0}ResourceResolvers\u{A0}和\u{A0}Resource", 24),
        ["能，\u{A0}ResourceResolvers", "和\u{A0}Resource"]
    );
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
        ["甲乙丙丁戊己庚辛", "壬癸。"]
    );
    assert_eq!(
        fill("甲乙丙丁戊己庚辛壬癸子。", 22),
        ["甲乙丙丁戊己庚辛壬", "癸子。"]
    );
    assert_eq!(
        fill("甲乙丙丁戊己庚辛壬癸子。", 20),
        ["甲乙丙丁戊己庚辛壬", "癸子。"]
    );
    assert_eq!(
        fill("The quick brown fox jumps over the lazy dog and then a", 25),
        [
            "The quick brown fox jumps",
            "over the lazy dog and",
            "then a"
        ]
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

    /// Full lines of Chinese: a line is four columns short only before what does not fit, or to give the
    /// last line company.
    #[test]
    fn chinese_lines_are_full(text in "([简报中文阅读器的字句]{1,9}[，。]?){1,12}", width in 8u16..40) {
        let lines = fill_as(&text, width, Narrow, false);
        let gives_company = |last: &FilledLine| {
            let han = text[last.start as usize..last.end as usize].chars().filter(|c| !"，。".contains(*c));
            lines.len() > 1 && han.count() <= 3
        };
        for pair in lines.windows(2) {
            let next = &text[pair[1].start as usize..];
            let unit: String = next.chars().take(1).chain(next.chars().skip(1).take_while(|c| "，。".contains(*c))).collect();
            prop_assert!(!next.starts_with(['，', '。']) || columns(&unit, Narrow) >= usize::from(width) - 2);
            let fits = usize::from(pair[0].columns) + columns(&unit, Narrow) <= usize::from(width);
            prop_assert!(!fits || width - pair[0].columns < 4 || gives_company(lines.last().unwrap()), "{:?}", lines);
        }
    }

    /// The paragraph is filled as well as by any other choice of its words: checked against all of them, for a few lines.
    #[test]
    fn no_choice_of_breaks_is_better(words in prop::collection::vec("[a-z]{1,7}", 2..10), width in 8u16..16) {
        let text = words.join(" ");
        // More lines are not always filled together.
        prop_assume!(fill(&text, width).len() <= 4);
        let mut best = u64::MAX;
        for choice in 0..1u32 << (words.len() - 1) {
            let mut lines = vec![vec![words[0].as_str()]];
            for (index, word) in words.iter().enumerate().skip(1) {
                if choice >> (index - 1) & 1 == 1 {
                    lines.push(Vec::new());
                }
                lines.last_mut().unwrap().push(word);
            }
            let lines: Vec<String> = lines.iter().map(|line| line.join(" ")).collect();
            best = best.min(cost(&lines, width));
        }
        let lines: Vec<String> = fill(&text, width).into_iter().map(str::to_owned).collect();
        let is_good = |line: &String| usize::from(width) - line.len() <= 3;
        let (last, others) = lines.split_last().unwrap();
        prop_assert!(cost(&lines, width) == best || others.iter().all(is_good) && !is_lone(last, width), "{:?}", lines);
    }
}

fn is_lone(last: &str, width: u16) -> bool {
    !last.contains(' ') && last.len() <= usize::from(width) / 2
}

/// What lines cost, written down again: too wide is never right.
fn cost(lines: &[String], width: u16) -> u64 {
    let (last, others) = lines.split_last().unwrap();
    let is_lone = !others.is_empty() && is_lone(last, width);
    let shortness = |line: &String| {
        usize::from(width)
            .checked_sub(line.len())
            .map_or(1 << 40, |short| short.pow(2) as u64)
    };
    let all = others.iter().map(shortness).sum::<u64>() + 100 * lines.len() as u64;
    all + if last.len() > usize::from(width) {
        1 << 40
    } else if is_lone {
        400
    } else {
        0
    }
}

#[test]
fn marks_and_figures_keep_the_rules_of_chinese() {
    for (text, width, lines) in [
        // A solidus keeps Chinese on both sides.
        ("每秒帧数或者和或/与", 18, vec!["每秒帧数或者和", "或/与"]),
        // An opening quotation mark before a blank.
        (
            "可以看这篇文“ Haar 注意”",
            14,
            vec!["可以看这篇文", "“ Haar 注意”"],
        ),
        // Units, labels, groups, ranges.
        (
            "全年发电约 26 亿千瓦时",
            16,
            vec!["全年发电约", "26 亿千瓦时"],
        ),
        (
            "籃子裏一共有 3 個蘋果",
            16,
            vec!["籃子裏一共有", "3 個蘋果"],
        ),
        ("这一切发生在二十世纪", 16, vec!["这一切发生在", "二十世纪"]),
        ("请看下面的图 5", 13, vec!["请看下面的", "图 5"]),
        (
            "人口大约 1 400 000 人",
            18,
            vec!["人口大约", "1 400 000 人"],
        ),
        (
            "水温要保持在 5～10℃ 才",
            19,
            vec!["水温要保持在", "5～10℃ 才"],
        ),
        (
            "请加上选项--all-features",
            16,
            vec!["请加上选项", "--all-features"],
        ),
        // Words of an address last.
        (
            "https://example.com/the-linux-scheduler/",
            28,
            vec!["https://example.com/the", "-linux-scheduler/"],
        ),
    ] {
        assert_eq!(fill(text, width), lines, "{text}");
    }
}

#[test]
fn an_indent_of_ideographic_spaces_is_not_drawn() {
    let text = "\u{3000}\u{3000}第一段";
    let measure = Measure {
        first: 20,
        rest: 20,
        hang: 0,
        ambiguous: Narrow,
        spacing: Spacing::Keep,
        hyphenation: false,
        kind: FillKind::Prose,
    };
    let filled = super::fill(text, 0..text.len() as u32, &[], 0, measure, Vec::new());
    assert_eq!((filled.lines[0].start, filled.lines[0].columns), (0, 6));
    assert_eq!(
        (filled.style_changes[0].at, filled.style_changes[0].hidden),
        (6, 6)
    );
}

#[test]
fn half_blank_marks_hang_into_the_margin() {
    let hung = |text: &str, hang| {
        let measure = Measure {
            first: 11,
            rest: 11,
            hang,
            ambiguous: Narrow,
            spacing: Spacing::Keep,
            hyphenation: false,
            kind: FillKind::Prose,
        };
        let filled = super::fill(text, 0..text.len() as u32, &[], 0, measure, Vec::new());
        let columns: Vec<u16> = filled.lines.iter().map(|line| line.columns).collect();
        columns
    };
    assert_eq!(hung("甲乙丙丁戊，己庚辛壬。", 0), [8, 8, 6]);
    assert_eq!(hung("甲乙丙丁戊，己庚辛壬。", 1), [12, 10]);
}

#[test]
fn code_is_broken_at_its_signs_if_the_line_is_nearly_full() {
    let code = |text: &'static str, width| -> Vec<&str> {
        let lines = fill_as(text, width, Narrow, true).into_iter();
        lines
            .map(|line| &text[line.start as usize..line.shown as usize])
            .collect()
    };
    assert_eq!(
        code("public boolean dispatchTouchEvent(MotionEvent ev) {", 38),
        ["public boolean dispatchTouchEvent", "(MotionEvent ev) {"]
    );
    assert_eq!(
        code("answer += countByPrefix.getOrDefault(sum - k, 0);", 30),
        ["answer += countByPrefix.", "getOrDefault(sum - k, 0);"]
    );
}

#[test]
fn a_sign_after_a_blank_begins_a_word() {
    assert_eq!(
        fill("例如伪元素 ::before 和", 19),
        ["例如伪元素", "::before 和"]
    );
    assert_eq!(
        fill("错误在文件 /.../a.go 里", 18),
        ["错误在文件", "/.../a.go 里"]
    );
    assert_eq!(fill("他说好的 :) 然后", 10), ["他说好", "的 :) 然后"]);
}

#[test]
fn a_formula_ends_at_its_sign() {
    assert_eq!(fill("长度为$96$的窗口", 10), ["长度为$96$", "的窗口"]);
    assert_eq!(fill("价格是 US$96 元", 13), ["价格是", "US$96 元"]);
}

#[test]
fn a_single_word_may_end_a_chinese_paragraph() {
    assert_eq!(
        fill("这是一个很长的段落，它的最后两个字是 Tool Call。", 42),
        ["这是一个很长的段落，它的最后两个字是 Tool", "Call。"]
    );
}
