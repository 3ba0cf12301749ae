//! Measures that both languages name, so that hours are compared with hours.

use super::folded::Folded;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Measures by their English singular: English forms, which may take a plural, and Chinese ones.
const MEASURES: &[(&str, &str, &str)] = &[
    ("millisecond", "millisecond|ms", "毫秒|ms"),
    ("second", "second|sec", "秒钟|秒"),
    ("minute", "minute|min", "分钟"),
    ("hour", "hour|hr", "小时|钟头"),
    ("day", "day", "天"),
    ("week", "week", "星期|周"),
    ("month", "month", "月"),
    ("quarter", "quarter", "季度"),
    ("year", "year|yr", "年|周年"),
    ("year old", "year old|years old|year-old", "周岁|岁"),
    ("square kilometre", "square kilometre|square kilometer|sq km", "平方公里|平方千米"),
    ("square metre", "square metre|square meter|sq m", "平方米"),
    ("square foot", "square foot|square feet|sq ft", "平方英尺"),
    ("kilometre", "kilometre|kilometer|km", "公里|千米|km"),
    ("centimetre", "centimetre|centimeter|cm", "厘米|公分|cm"),
    ("millimetre", "millimetre|millimeter|mm", "毫米|mm"),
    ("nanometre", "nanometre|nanometer|nm", "纳米|nm"),
    ("metre", "metre|meter", "米"),
    ("mile", "mile", "英里"),
    ("foot", "foot|feet|ft", "英尺"),
    ("inch", "inch|inche", "英寸"),
    ("hectare", "hectare", "公顷"),
    ("acre", "acre", "英亩"),
    ("tonne", "tonne|ton|metric ton", "公吨|吨"),
    ("kilogram", "kilogram|kg|kilo", "公斤|千克|kg"),
    ("gram", "gram", "克"),
    ("ounce", "ounce|oz", "盎司"),
    ("millilitre", "millilitre|milliliter|ml", "毫升|ml"),
    ("litre", "litre|liter", "公升|升"),
    ("gallon", "gallon", "加仑"),
    ("barrel", "barrel", "桶"),
    ("gigawatt", "gigawatt|gw", "吉瓦|gw"),
    ("megawatt", "megawatt|mw", "兆瓦|mw"),
    ("kilowatt", "kilowatt|kw", "千瓦|kw"),
    ("kilowatt-hour", "kilowatt-hour|kilowatt hour|kwh", "千瓦时|kwh"),
    ("gigawatt-hour", "gigawatt-hour|gwh", "吉瓦时|gwh"),
    ("terabyte", "terabyte|tb", "太字节|tb"),
    ("gigabyte", "gigabyte|gb", "吉字节|gb"),
    ("megabyte", "megabyte|mb", "兆字节|mb"),
    ("kilobyte", "kilobyte|kb", "千字节|kb"),
    ("byte", "byte", "字节"),
    ("bit", "bit", "比特"),
    ("basis point", "basis point|bp", "个基点|基点"),
    ("degree Celsius", "degree celsius|degrees celsius|°c", "摄氏度|℃|°c"),
    ("degree Fahrenheit", "degree fahrenheit|degrees fahrenheit|°f", "华氏度|°f"),
    ("degree", "degree", "度"),
];

/// The measure after a number that ends at an index, with the index after its name: the longest that fits.
pub(in crate::bilingual) fn after(text: &Folded, number: usize, chinese: bool) -> Option<(&'static str, usize)> {
    let mut at = text.skip_spaces(number);
    let counter = chinese && text.at(at) == '个';
    at += usize::from(counter || !chinese && at == number && text.at(at) == '-');
    let first = text.at(at);
    if !(first.is_alphabetic() || matches!(first, '°' | '℃')) {
        return None;
    }
    // 30s, with nothing between.
    if first == 's' && at == number && text.before(number).is_ascii_digit() && !text.at(at + 1).is_ascii_alphanumeric()
    {
        return Some(("second", at + 1));
    }
    let mut best: Option<(&'static str, usize)> = None;
    let index = if chinese { &INDEX.1 } else { &INDEX.0 };
    let names = index.get(&first.to_ascii_lowercase()).map_or(&[][..], Vec::as_slice);
    for &(name, spelled, length) in names.iter().filter(|(_, spelled, _)| text.starts_with(at, spelled)) {
        let mut end = at + length;
        if spelled.is_ascii() {
            end += usize::from(!chinese && text.at(end) == 's');
            if text.at(end).is_ascii_alphanumeric() {
                continue;
            }
        }
        // 3月 is March and 三季度 the third quarter; only 3个月 are months.
        let ordinal = chinese && !counter && matches!(name, "month" | "quarter");
        if !ordinal && !another_word(spelled, text.at(end)) && best.is_none_or(|(_, longest)| end > longest) {
            best = Some((name, end));
        }
    }
    best
}

/// Whether a Chinese measure of one character begins another word: Fedora 31 升级, 5 天猫.
fn another_word(spelled: &str, next: char) -> bool {
    let others = match spelled {
        "升" => "级級至到高温值降学起",
        "天" => "猫津然下空才",
        "克" => "服隆里",
        "米" => "饭粉兰",
        "度" => "过假",
        "周" => "围边末",
        "年" => "级級轻",
        _ => return false,
    };
    others.contains(next)
}

/// A measure, a way to spell it, and the characters of that.
type Name = (&'static str, &'static str, usize);

/// Names by their first character.
type Names = HashMap<char, Vec<Name>>;

/// The English and the Chinese names by their first character.
static INDEX: LazyLock<(Names, Names)> = LazyLock::new(|| {
    let mut index = (HashMap::new(), HashMap::new());
    for &(name, english, chinese) in MEASURES {
        for (names, map) in [(english, &mut index.0), (chinese, &mut index.1)] {
            for spelled in names.split('|') {
                if let Some(first) = spelled.chars().next() {
                    map.entry(first).or_insert_with(Vec::new).push((name, spelled, spelled.chars().count()));
                }
            }
        }
    }
    index
});
