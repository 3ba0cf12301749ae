//! Forms of figures in both languages, hostile ones, and what comparing them finds.

use super::compare_tables;
use super::{Comparison, Figure, FigureKind, compare, figures};
use crate::text::Language;
use proptest::prelude::*;

/// The figures of a text in short: kind, value, unit, and `~` where it is vague.
fn short(text: &str, language: Language) -> String {
    let one = |figure: &Figure| {
        let unit = figure
            .unit
            .map_or(String::new(), |unit| format!(" {}", unit.name()));
        let vague = if figure.approximate { "~" } else { "" };
        format!(
            "{} {vague}{}{unit}",
            figure.kind.name(),
            figure.value.to_decimal()
        )
    };
    figures(text, language)
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join("; ")
}

fn check(language: Language, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(short(text, language), *expected, "{text}");
    }
}

#[test]
fn chinese_forms() {
    check(
        Language::Chinese,
        &[
            ("融资 86 亿美元", "currency 8600000000 USD"),
            ("1.2 万亿元", "currency 1200000000000 CNY"),
            ("3000 万", "number 30000000"),
            ("二十余家", "number ~20"),
            ("约两成", "percentage ~20"),
            ("百分之五", "percentage 5"),
            ("三分之一", "number 0.333333333333333"),
            ("1.5 倍", "multiple 1.5"),
            ("两百", "number 200"),
            ("９成", "percentage 90"),
            ("肆佰陸拾", "number 460"),
            ("一百零三又三分之二", "number 103.666666666667"),
            ("两个半小时", "number 2.5 hour"),
            (
                "75 千瓦时，300 兆瓦",
                "number 75 kilowatt-hour; number 300 megawatt",
            ),
            ("2024 年 6 月 5 日", "year 2024; date 6; date 5"),
            ("二○○○年，一九九○年，○○公司", "year 2000; year 1990"),
            ("第 3 名，第十二届", "ordinal 3; ordinal 12"),
            ("5%-10%", "range 5; percentage 5; percentage 10"),
            (
                "10–15 亿美元",
                "range 1000000000 USD; currency 1000000000 USD; currency 1500000000 USD",
            ),
            ("人民币 50 元，三块五", "currency 50 CNY; currency 3.5 CNY"),
            ("20:30 开始", "label 20; label 30"),
            ("四分五裂，统一，一样，五角大楼，三明治", ""),
            ("打开 5 个，打击", "number 5"),
            ("二三十个，几十家，数百万人", ""),
        ],
    );
}

#[test]
fn english_forms() {
    check(
        Language::English,
        &[
            (
                "$8.6 billion and $1.2tn",
                "currency 8600000000 Dollar; currency 1200000000000 Dollar",
            ),
            (
                "30m people, €5bn",
                "number 30000000; currency 5000000000 EUR",
            ),
            ("25 per cent or 25%", "percentage 25; percentage 25"),
            (
                "nearly two-thirds, a dozen",
                "number ~0.666666666666667; number 12",
            ),
            ("mid-2024", "year ~2024"),
            ("June 5, 2024", "date 6; date 5; year 2024"),
            ("the 3rd, on 5th June", "ordinal 3; date 5; date 6"),
            ("two and a half million", "number 2500000"),
            ("half a dozen, half an hour", "number 6; number 0.5 hour"),
            ("2.5x, three times", "multiple 2.5; multiple 3"),
            (
                "between 5 and 10 per cent",
                "range 5; percentage 5; percentage 10",
            ),
            (
                "$5-6 billion",
                "range 5000000000 Dollar; currency 5000000000 Dollar; currency 6000000000 Dollar",
            ),
            ("GPT-4, H100 and v0.15.1", ""),
            ("this one, no one, the first", ""),
            ("in the 1990s", "year 1990"),
            (
                "where $2^{32}$ and $k>0$, CRC32",
                "number 2; number 32; number ~0",
            ),
            (
                "2,000 users of 2000 since 2000",
                "number 2000; year 2000; year 2000",
            ),
            ("-$5 and C$ 3", "currency -5 Dollar; currency 3 CAD"),
            ("１２％ of ３０", "percentage 12; number 30"),
        ],
    );
}

#[test]
fn absurd_figures_have_no_value_and_do_no_harm() {
    let long = format!("1{}", "0".repeat(400));
    for text in [
        "10^400",
        "2e999999999999",
        "1/0",
        "九九九万亿亿亿亿亿亿亿亿",
        long.as_str(),
    ] {
        for language in Language::BOTH {
            for figure in figures(text, language) {
                assert!(figure.value.to_f64().is_finite(), "{text}");
            }
        }
    }
    assert_eq!(short("10^400", Language::English), "");
    assert_eq!(short(&long, Language::Chinese), "");
    assert_eq!(short("三分之零", Language::Chinese), "number 0");
    assert!(!short("零分之三", Language::Chinese).contains("inf"));
}

#[test]
fn long_runs_end() {
    for piece in [
        "一",
        "万",
        "1",
        "1.",
        "1-",
        "1/",
        "2^",
        "half a ",
        "two hundred and ",
        "三分之",
        "$",
        "five-",
        ",000",
        "％",
        "点",
        "五点",
    ] {
        let text = piece.repeat(5_000);
        for language in Language::BOTH {
            let found = figures(&text, language);
            assert!(found.len() <= 15_000);
        }
    }
}

/// Writes a whole number in Chinese: 一百零三万.
fn in_chinese(number: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let section = |mut value: u64| {
        let mut text = String::new();
        let mut gap = false;
        for (unit, size) in [("千", 1000), ("百", 100), ("十", 10), ("", 1)] {
            let digit = value / size;
            value %= size;
            if digit == 0 {
                gap = !text.is_empty();
                continue;
            }
            text.push_str(if gap { "零" } else { "" });
            gap = false;
            text.push_str(DIGITS[digit as usize]);
            text.push_str(unit);
        }
        text
    };
    let mut text = String::new();
    let mut rest = number;
    for (unit, size) in [("亿", 100_000_000), ("万", 10_000), ("", 1)] {
        let value = rest / size;
        rest %= size;
        if value > 0 {
            text.push_str(if !text.is_empty() && value < 1000 {
                "零"
            } else {
                ""
            });
            text.push_str(&section(value));
            text.push_str(unit);
        }
    }
    text
}

/// Writes a whole number in English: one million and three.
fn in_english(number: u64) -> String {
    const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
    const TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let small = |number: u64| {
        SMALL
            .split(' ')
            .nth(number as usize)
            .unwrap_or_default()
            .to_owned()
    };
    for (name, size) in [
        ("billion", 1_000_000_000),
        ("million", 1_000_000),
        ("thousand", 1000),
        ("hundred", 100),
    ] {
        if number >= size {
            let rest = match number % size {
                0 => String::new(),
                rest if rest < 100 => format!(" and {}", in_english(rest)),
                rest => format!(" {}", in_english(rest)),
            };
            return format!("{} {name}{rest}", in_english(number / size));
        }
    }
    match number {
        0..20 => small(number),
        _ if number.is_multiple_of(10) => TENS[number as usize / 10].into(),
        _ => format!("{}-{}", TENS[number as usize / 10], small(number % 10)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whole_numbers_in_words_are_read_back(number in 10_u64..1_000_000_000_000, scale in 0_u32..10) {
        let number = (number / 10_u64.pow(scale)).max(10);
        for (language, text) in [(Language::Chinese, format!("{}名", in_chinese(number))), (Language::English, in_english(number))] {
            let found = figures(&text, language);
            let value: Vec<Option<i64>> = found.iter().map(|figure| figure.value.as_whole()).collect();
            prop_assert_eq!(&value, &vec![Some(number as i64)], "{}", text);
        }
    }

    #[test]
    fn any_text_gives_figures_in_its_bounds(text in "[0-9一二三十百万亿点分之又半成折%.,，/^e$€ a-c：:负\\-–～又两零美元块角and half third million]{0,60}") {
        for language in Language::BOTH {
            let mut last = 0;
            for figure in figures(&text, language) {
                prop_assert!(text.get(figure.range.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(figure.range.start >= last || figure.kind == FigureKind::Range);
                if figure.kind != FigureKind::Range {
                    last = figure.range.end;
                }
                prop_assert!(figure.value.to_decimal().parse::<f64>().is_ok());
            }
        }
    }

    #[test]
    fn any_characters_do_no_harm(text in any::<String>()) {
        for language in Language::BOTH {
            let _ = figures(&text, language);
        }
    }
}

fn disagreements(chinese: &str, english: &str) -> Vec<(String, String, String)> {
    let disagreement = |pair: Comparison| {
        Some((
            chinese[pair.chinese.range].to_owned(),
            english[pair.english.range].to_owned(),
            pair.factor?.to_decimal(),
        ))
    };
    compare(chinese, english)
        .into_iter()
        .filter_map(disagreement)
        .collect()
}

#[test]
fn the_classic_slip_is_found() {
    let found = disagreements(
        "融资 86 亿美元，估值 190 亿美元。",
        "It raised $86 billion at a valuation of $19 billion.",
    );
    assert_eq!(
        found,
        [("86 亿美元".into(), "$86 billion".into(), "0.1".into())]
    );
}

#[test]
fn agreeing_figures_are_paired_whatever_their_order() {
    let results = compare(
        "占 20%，即 3000 万人。",
        "30 million people, a fifth of all.",
    );
    assert_eq!(results.len(), 2);
    assert!(results.iter().all(|pair| pair.factor.is_none()));
}

#[test]
fn what_one_side_alone_says_is_no_disagreement() {
    let results = compare(
        "出口 100 亿美元（约 720 亿元）。",
        "Exports came to $10 billion.",
    );
    assert!(matches!(&results[..], [pair] if pair.factor.is_none()));
}

#[test]
fn the_one_amount_left_of_its_unit_is_compared() {
    assert_eq!(
        disagreements("失业率为 5.2%。", "Unemployment is at 2.5%.").len(),
        1
    );
    assert_eq!(disagreements("亏损 36 亿欧元。", "It lost €63bn.").len(), 1);
    assert!(disagreements("亏损 36 亿欧元。", "It lost $3.9bn.").is_empty());
}

#[test]
fn ratios_versions_and_halves_are_no_slips() {
    assert!(disagreements("社区贡献 1:1 的比例。", "10+ releases").is_empty());
    assert!(disagreements("4.1 版本出现回归。", "Electron 41 is pending.").is_empty());
    assert!(disagreements("被限制为 500K。", "limited to half of it.").is_empty());
    assert_eq!(disagreements("发布 3 个版本。", "30 releases").len(), 1);
}

#[test]
fn a_figure_quoted_in_chinese_is_the_same() {
    let title = "发布十周年了，下载量突破 8000 万";
    assert!(disagreements(title, title).is_empty());
    assert!(disagreements(title, &format!("“{title}” on V2EX")).is_empty());
    assert_eq!(disagreements(title, "8,000 downloads (下载量)").len(), 1);
}

#[test]
fn percent_and_percentage_points_disagree() {
    let points = "It fell by 3 percentage points.";
    assert_eq!(disagreements("下降 3%。", points).len(), 1);
    assert!(disagreements("下降 3 个百分点。", points).is_empty());
    assert!(disagreements("下降 3%。", "It fell by 3 per cent.").is_empty());
    assert!(
        disagreements(
            "有 5% 点击了链接，约三成点了两次。",
            "5% clicked the link, about 30% of them twice."
        )
        .is_empty()
    );
    // The word that makes the difference is a part of the figure that is shown.
    let english = "a 40% point gain";
    let found = compare("提升 40%", english);
    assert_eq!(&english[found[0].english.range.clone()], "40% point");
}

#[test]
fn what_is_written_otherwise_is_the_same() {
    for (chinese, english) in [
        (
            "承载超过 1 亿连接。",
            "It carries 100+ million connections.",
        ),
        ("处理五百万连接。", "It handles 5 millions connections."),
        ("两家公司在同一日发布。", "Both came out on April 15."),
    ] {
        assert!(disagreements(chinese, english).is_empty(), "{english}");
    }
    let stars = "[Kitex] gained 1.2k stars and [Netpoll] 7000+ stars within one month.";
    let found = disagreements(
        "一个月内 Kitex 收获了 1.2k stars，Netpoll 收获了 700+ stars。",
        stars,
    );
    assert_eq!(found.len(), 1);
}

#[test]
fn tables_of_data_are_left_alone() {
    let chinese = "5 ".repeat(5_000);
    let english = "50 ".repeat(5_000);
    assert!(compare(&chinese, &english).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_two_texts_can_be_compared(chinese in "[0-9一二三十百万亿点分之半成%., 美元年]{0,30}", english in "[0-9.,% $mbn-]{0,30}") {
        let results = compare(&chinese, &english);
        for result in &results {
            if result.factor.is_some() {
                prop_assert_ne!(result.chinese.value, result.english.value);
            }
        }
    }

    #[test]
    fn a_figure_agrees_with_itself_in_the_other_language(number in 2_u32..100_000, unit in 0_usize..3) {
        let (chinese, english) = [("万", "0000"), ("亿", "00 million"), ("", "")][unit];
        let results = compare(&format!("共 {number}{chinese}美元"), &format!("${number}{english} in all"));
        prop_assert!(matches!(&results[..], [pair] if pair.factor.is_none()), "{results:?}");
    }
}

/// The figures that disagree, as they are written.
fn different(chinese: &str, english: &str) -> Vec<(String, String)> {
    let found = compare(chinese, english).into_iter();
    let found = found.filter(|pair| pair.factor.is_some());
    let written = |text: &str, figure: &Figure| text[figure.range.clone()].to_owned();
    found
        .map(|pair| {
            (
                written(chinese, &pair.chinese),
                written(english, &pair.english),
            )
        })
        .collect()
}

#[test]
fn dates_weekdays_and_quarters_are_compared() {
    for (chinese, english, expected) in [
        (
            "会议于 7 月 8 日举行。",
            "The meeting is on June 8.",
            Some(("7 月", "June")),
        ),
        (
            "会议于 6 月 8 日举行。",
            "The meeting is on 8 June 2026.",
            None,
        ),
        (
            "会议于 6 月 9 日举行。",
            "The meeting is on June 8th.",
            Some(("9 日", "8th")),
        ),
        (
            "星期二开会。",
            "It meets on Monday.",
            Some(("星期二", "Monday")),
        ),
        (
            "本周一共开了三次会，周一休息。",
            "It met three times this week and rests on Mondays.",
            None,
        ),
        (
            "第三季度利润上升。",
            "Profit rose in the second quarter.",
            Some(("三季度", "second quarter")),
        ),
        ("6 月 8 日至 7 月 9 日。", "From June 8 to July 9.", None),
        (
            "从 6 月 8 日起。",
            "From June 8, until the 9th of August.",
            None,
        ),
        (
            "选举定在 3 月。",
            "He goes on Feb. 28th, and the election is in March.",
            None,
        ),
    ] {
        let expected: Vec<(String, String)> = expected
            .map(|(one, other)| (one.to_owned(), other.to_owned()))
            .into_iter()
            .collect();
        assert_eq!(different(chinese, english), expected, "{chinese}");
    }
}

#[test]
fn names_of_things_are_no_figures_that_disagree() {
    for (chinese, english) in [
        ("返回 400 错误。", "It answers with error 4000."),
        ("见步骤 3。", "See step 30."),
        ("堆为 1024m。", "A heap of 1024m."),
        ("内存 600M。", "600MB of memory."),
        ("五时，50 人到场。", "At five o'clock 50 people came."),
    ] {
        assert_eq!(different(chinese, english), [], "{chinese}");
    }
    // What they count, or how few there are, makes them the same thing.
    assert_eq!(
        different("四家工厂，40 名工人。", "Four factories with 400 workers.").len(),
        1
    );
}

#[test]
fn cells_of_other_columns_and_texts_are_not_compared() {
    let found = |chinese: &str, english: &str| {
        let split = |table: &str| -> Vec<String> {
            let rows = table.lines();
            rows.flat_map(|row| row.split(" | "))
                .map(str::to_owned)
                .collect()
        };
        let (left, right) = (split(chinese), split(english));
        let [left, right] =
            [&left, &right].map(|it| it.iter().map(String::as_str).collect::<Vec<_>>());
        let columns = chinese.lines().next().unwrap().split(" | ").count();
        compare_tables(&left, &right, columns).len()
    };
    let rows = "Claude | 20 | 7\nCodex | 31 | 8\nGemini | 46 | 9";
    let heads = ["工具 | Issues 活跃 | PR", "Tool | PRs (24h) | Issues (24h)"];
    let table = |head: &str, rows: &str| format!("{head}\n{rows}");
    let slip = rows.replace("46", "64");
    assert_eq!(
        found(&table(heads[0], rows), &table(heads[1], &slip)),
        0,
        "moved"
    );
    let same = "Tool | Issues (24h) | PRs (24h)";
    assert_eq!(found(&table(heads[0], rows), &table(same, &slip)), 1);
    let text = |last: &str| format!("Claude | 一体化的多模态方案，长上下文与多轮对话{last}");
    let english =
        "Tool | Note\nClaude | Compact 2.7B parameter model that targets deployment at the edge";
    assert_eq!(
        found(&format!("工具 | 说明\n{}", text("，一次完成")), english),
        0
    );
}
