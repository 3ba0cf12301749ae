//! Units of measure and other words that stay with the figure before them.

use std::cmp::Reverse;
use std::sync::LazyLock;

/// Signs of magnitude that may follow one another: 10 万亿.
const MAGNITUDES: [char; 8] = ['十', '百', '千', '万', '萬', '亿', '億', '兆'];

/// How many of them are looked at.
const MOST_MAGNITUDES: usize = 8;

/// Words for more than a figure says.
const MORE: [char; 4] = ['多', '余', '餘', '几'];

/// Chinese units of more than one character, after the magnitude if there is one.
#[rustfmt::skip]
const CHINESE: [&str; 79] = [
    // Money.
    "人民币", "新台币", "美元", "欧元", "日元", "英镑", "港元", "港币", "韩元", "卢布", "卢比", "法郎", "澳元", "加元", "美分",
    "人民幣", "新臺幣", "歐元", "日圓", "英鎊", "港幣", "韓元", "盧布", "盧比",
    // Length, area, volume, weight.
    "公里", "千米", "厘米", "毫米", "微米", "纳米", "海里", "英里", "英尺", "英寸", "公分", "平方公里", "平方千米", "平方米",
    "平方英尺", "立方米", "公顷", "公頃", "毫升", "公斤", "千克", "毫克", "公噸",
    // Energy and data.
    "千瓦时", "千瓦時", "千瓦", "兆瓦时", "兆瓦", "吉瓦", "赫兹", "字节", "像素", "位元組", "摄氏度", "华氏度",
    // Time and counts.
    "小时", "小時", "分钟", "分鐘", "秒钟", "秒鐘", "毫秒", "微秒", "周年", "個月", "个月", "季度", "世纪", "世紀", "年代",
    "人次", "百分点", "百分點", "个百分点", "個百分點",
];

/// Chinese units and measure words of one character.
const MEASURES: &str = "元年月日时分秒天周岁个家人名位项条种次倍台辆架艘座栋间所款份只张本部篇页章节届期批户件起场支块片米克吨斤升里度瓦伏成折点级号层楼美欧港枚颗亩磅寸匹首幅门卷桶杯步轮版册口行句課课帧時歲個項條種臺輛棟間張頁節屆戶場塊噸點級號層樓門冊輪隻顆畝";

/// What a figure follows as its label: 第 3 节, 图 5, 表 3.
const LABELS: [char; 5] = ['第', '图', '圖', '表', '式'];

/// Latin units and magnitudes, as written after a space.
const LATIN: [&str; 62] = [
    "billion", "million", "trillion", "thousand", "hundred", "bn", "tn", "mn", "per", "percent",
    "pp", "bps", "km", "m", "cm", "mm", "nm", "kg", "g", "mg", "t", "lb", "oz", "ft", "mi", "ha",
    "GB", "MB", "KB", "kB", "TB", "PB", "GiB", "MiB", "KiB", "B", "Gbps", "Mbps", "kbps", "Hz",
    "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "TW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "kV",
    "mAh", "s", "ms", "h", "am", "pm", "px",
];

/// The length of a unit after a figure, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct UnitLength {
    /// The whole; 0 if there is none.
    pub(super) length: usize,
    /// The length of the magnitude that it begins with, if a unit of more than one character follows;
    /// otherwise 0.
    pub(super) magnitude: usize,
}

/// The unit that a text after a figure begins with.
pub(super) fn unit(text: &str) -> UnitLength {
    if text.as_bytes().first().is_some_and(u8::is_ascii) {
        return UnitLength {
            length: latin_length(text),
            magnitude: 0,
        };
    }
    let is_magnitude = |c| MAGNITUDES.contains(&c) || MORE.contains(&c);
    let magnitudes = text
        .chars()
        .take(MOST_MAGNITUDES)
        .take_while(|c| is_magnitude(*c));
    let amount: usize = magnitudes.map(char::len_utf8).sum();
    // 千 may be a magnitude or begin the unit: 亿千瓦时.
    let starts = text[..amount].char_indices().map(|(at, _)| at);
    let units = starts
        .chain([amount])
        .map(|at| (at, measure_length(&text[at..])));
    let longest = units
        .filter(|(_, unit)| *unit > 0)
        .max_by_key(|(at, unit)| at + unit);
    match longest {
        Some((amount, unit)) => UnitLength {
            length: amount + unit,
            magnitude: if unit > '元'.len_utf8() { amount } else { 0 },
        },
        None if text[..amount].contains(MAGNITUDES) => UnitLength {
            length: amount,
            magnitude: 0,
        },
        None => UnitLength::default(),
    }
}

fn latin_length(text: &str) -> usize {
    let length = text
        .bytes()
        .take(9)
        .take_while(u8::is_ascii_alphabetic)
        .count();
    if LATIN.contains(&&text[..length]) {
        length
    } else {
        0
    }
}

/// The length of the Chinese unit or measure word that a text begins with.
fn measure_length(text: &str) -> usize {
    /// The units and measure words, the longest first among those of the same first character.
    static UNITS: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| {
        let measures = MEASURES.split_inclusive(|_| true);
        let units = CHINESE.into_iter().chain(measures);
        let mut units: Vec<_> = units
            .filter_map(|unit| Some((unit.chars().next()?, unit)))
            .collect();
        units.sort_unstable_by_key(|(first, unit)| (*first, Reverse(unit.len())));
        units
    });
    let Some(first) = text.chars().next() else {
        return 0;
    };
    let from = UNITS.partition_point(|(unit, _)| *unit < first);
    let alike = UNITS[from..].iter().take_while(|(unit, _)| *unit == first);
    { alike }
        .find(|(_, unit)| text.starts_with(unit))
        .map_or(0, |(_, unit)| unit.len())
}

/// Whether a character ends what a figure can go on from in a range: 5～10, 7 月—9 月, 5%～8%.
pub(super) fn ends_figure(c: char) -> bool {
    c.is_ascii_digit() || "%℃°".contains(c) || MEASURES.contains(c)
}

/// Whether a figure may follow a character as its label.
pub(super) fn is_label(c: char) -> bool {
    LABELS.contains(&c)
}

/// Whether a figure in Chinese numerals, or its label, may begin with a character.
#[inline]
#[rustfmt::skip]
pub(super) const fn begins_numeral(c: char) -> bool {
    matches!(
        c,
        '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万' | '亿' | '两' | '兩' | '几'
            | '第'
    )
}

/// The length of the ordinal that a paragraph begins with: 一、 （一） 1、 （1）; 0 if there is none.
pub(super) fn ordinal_length(text: &str) -> usize {
    const MOST: usize = 3;
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let rest = inner.trim_start_matches(is_numeral);
    let number = inner[..inner.len() - rest.len()].chars().count();
    let marks: &[char] = if inner.len() < text.len() {
        &['）', ')']
    } else {
        &['、', '．']
    };
    match rest.strip_prefix(marks) {
        Some(rest) if (1..=MOST).contains(&number) => {
            let blank = rest.len() - rest.trim_start_matches(' ').len();
            text.len() - rest.len() + blank
        }
        _ => 0,
    }
}

/// The length of a figure in Chinese numerals with its label and its unit: 二十世纪, 第十二节,
/// 百分之八. 0 if it is a single character.
pub(super) fn numeral_length(text: &str) -> usize {
    const NUMERALS: [char; 21] = [
        '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万',
        '亿', '萬', '億', '两', '兩', '几',
    ];
    let skip = |text: &mut &str| {
        let rest = text.trim_start_matches(NUMERALS);
        let is_figure = rest.len() < text.len();
        *text = rest;
        is_figure
    };
    let mut rest = text.strip_prefix('第').unwrap_or(text);
    if !skip(&mut rest) {
        return 0;
    }
    for joint in ["分之", "点", "點"] {
        if let Some(mut more) = rest.strip_prefix(joint)
            && skip(&mut more)
        {
            rest = more;
        }
    }
    let length = text.len() - rest.len() + measure_length(rest);
    if length > '一'.len_utf8() { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_in_chinese_numerals_has_its_label_and_unit() {
        for (text, figure) in [
            ("二十世纪末", "二十世纪"),
            ("十年代", "十年代"),
            ("第十二节和", "第十二节"),
            ("百分之八了", "百分之八"),
            ("三点五亿美元", "三点五亿美元"),
            ("一个", "一个"),
            ("一些", ""),
            ("第一", "第一"),
            ("第", ""),
        ] {
            assert_eq!(&text[..numeral_length(text)], figure, "{text}");
        }
        for c in "第一二三四五六七八九十百千万亿两兩几零".chars() {
            assert!(begins_numeral(c), "{c}");
        }
        assert!(!"中国节半数".contains(begins_numeral));
    }

    #[test]
    fn a_paragraph_begins_with_an_ordinal() {
        for (text, ordinal) in [
            ("一、背景", "一、"),
            ("（十二）结果", "（十二）"),
            ("(3) 结果", "(3) "),
            ("1、第一", "1、"),
            ("1.5 倍", ""),
            ("十分重要", ""),
            ("（一", ""),
            ("一百二十三、", ""),
        ] {
            assert_eq!(&text[..ordinal_length(text)], ordinal, "{text}");
        }
    }

    #[test]
    fn a_unit_is_as_long_as_it_reads() {
        for (text, unit) in [
            ("亿美元的债务", "亿美元"),
            ("亿，", "亿"),
            ("亿千瓦时，", "亿千瓦时"),
            ("千米长", "千米"),
            ("万亿元", "万亿元"),
            ("多万人次", "多万人次"),
            ("多于", ""),
            ("年之前", "年"),
            ("余家公司", "余家"),
            ("是最新的", ""),
            ("km away", "km"),
            ("kmh", ""),
            ("billion in debt", "billion"),
            ("GPUs", ""),
            ("平方公里", "平方公里"),
            ("，", ""),
            ("", ""),
        ] {
            assert_eq!(&text[..super::unit(text).length], unit, "{text}");
        }
    }
}
