//! Units of measure and other words that stay with the figure before them.

/// Signs of magnitude that may follow one another: 10 万亿.
const MAGNITUDES: [char; 8] = ['十', '百', '千', '万', '萬', '亿', '億', '兆'];

/// Words for more than a figure says.
const MORE: [char; 4] = ['多', '余', '餘', '几'];

/// Chinese units of more than one character, after the magnitude if there is one.
#[rustfmt::skip]
const CHINESE: [&str; 38] = [
    "人民币", "新台币", "平方公里", "平方千米", "平方米", "立方米", "个百分点", "百分点", "美元", "欧元", "日元",
    "英镑", "港元", "港币", "韩元", "卢布", "卢比", "法郎", "澳元", "加元", "美分", "公里", "千米", "厘米", "毫米",
    "公斤", "千克", "毫升", "小时", "分钟", "秒钟", "周年", "个月", "世纪", "年代", "公顷", "英里", "摄氏度",
];

/// Chinese units and measure words of one character.
const MEASURES: &str = "元年月日时分秒天周岁个家人名位项条种次倍台辆架艘座栋间所款份只张本部篇页章节届期批户件起场支块片米克吨斤升里度瓦伏成折点级号層层楼美欧港";

/// Latin units and magnitudes, as written after a space.
const LATIN: [&str; 62] = [
    "billion", "million", "trillion", "thousand", "hundred", "bn", "tn", "mn", "per", "percent",
    "pp", "bps", "km", "m", "cm", "mm", "nm", "kg", "g", "mg", "t", "lb", "oz", "ft", "mi", "ha",
    "GB", "MB", "KB", "kB", "TB", "PB", "GiB", "MiB", "KiB", "B", "Gbps", "Mbps", "kbps", "Hz",
    "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "TW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "kV",
    "mAh", "s", "ms", "h", "am", "pm", "px",
];

/// The length of the unit that a text after a figure begins with; 0 if there is none.
pub(super) fn unit_length(text: &str) -> usize {
    if text.as_bytes().first().is_some_and(u8::is_ascii) {
        latin_length(text)
    } else {
        chinese_length(text)
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

fn chinese_length(text: &str) -> usize {
    let rest = text.trim_start_matches(|c| MAGNITUDES.contains(&c) || MORE.contains(&c));
    let amount = text.len() - rest.len();
    let unit = match CHINESE.iter().find(|unit| rest.starts_with(**unit)) {
        Some(unit) => unit.len(),
        None => rest
            .chars()
            .next()
            .filter(|c| MEASURES.contains(*c))
            .map_or(0, char::len_utf8),
    };
    if unit == 0 && !text[..amount].contains(MAGNITUDES) {
        0
    } else {
        amount + unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_as_long_as_it_reads() {
        for (text, unit) in [
            ("亿美元的债务", "亿美元"),
            ("亿，", "亿"),
            ("万亿元", "万亿元"),
            ("多万人次", "多万人"),
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
            assert_eq!(&text[..unit_length(text)], unit, "{text}");
        }
    }
}
