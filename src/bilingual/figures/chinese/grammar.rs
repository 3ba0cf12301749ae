//! The scanner of Chinese text: finds numbers, and classifies each by the words around it.
//!
//! The forms are those of Microsoft's Recognizers-Text for Chinese (numbers, percentages,
//! currencies), and what digests add: approximations, dates, measures, multiples and ordinals.

use super::super::arabic;
use super::super::char_buffer::CharBuffer;
use super::super::figure::{Figure, FigureKind, Numeral, Unit};
use super::super::number::Rational;
use super::super::scanner::Scanner;
use super::super::{identifiers, money, units};
use super::{numeral, share};
use crate::text::{Language, is_han};

/// Classifiers and nouns that are counted, and words that may follow a number at the end of a
/// phrase.
const COUNTED: &str = "个只双对打倍票项亩天船车辆群页杯人张次位份批届级种套笔根块件座步颗棵节支名年月日号朵克吨磅码升台卷箱包桶袋家期层所架把片间碟部秒章段星州款代维重户楼路篇句键本字边场线岸类番组系声战轮股站集处省里遍品版阶侧岁幕枚招卡幅街辈室堆封族圈排目网科村审册例局寸碗趟届格滴院堂尺档盘门客餐艘丈曲团派桥抹枝贯列机盒队栋席斤击题型柱拍剧匹湖壶校泉具串束株栏炮斗桌针帧滩县盏锅屋池围棒树缸伙签坨桩顿纸厂杆仓床帖屏洞泡园馆湾拨枪职亭条大小公周元季时成折点";

/// What may follow a lone numeral besides: particles, conjunctions, operations.
const AFTER_NUMERAL: &str = "的到至以和与或加减乘除是";

/// What makes 一 another word: 一样, 一起, 一般.
const AFTER_ONE: &str = "样起般些下直定切旦致边面时体手生身心道路带等度向流味方同律再概并共旁点口头番阵线大小公季成键系列重";

/// What 一 does count among those: 一次, 一种.
const COUNTED_BY_ONE: &str = "次种位名部片本级代类步";

/// What ends in 一 as another word: 统一, 唯一, 之一.
const BEFORE_ONE: &str = "统唯万之任单同逐专某第其合归";

/// Words before and after a figure that make it approximate.
const APPROXIMATE: [&str; 2] = [
    "约|近|逾|超过|超|大概|至少|最少|多达|高达|最多|至多|不到|不足|接近|几乎|将近|约为|约合|上|多于|少于|高于|低于|~|～|≈|>|<|最高",
    "左右|以上|上下|以下|+|多|余|开外",
];

/// What follows 打 where it is no dozen: 打开, 打击.
const WORDS_WITH_DOZEN: &str = "开击破造算工字印仗架包听扮折赢败倒断磨动进出";

/// What may follow an amount in 块 or 毛, and what makes 元 another word: 元素, 元旦.
const AFTER_AMOUNT: &str = "钱和的吧了就又一二三四五六七八九";
const WORDS_WITH_YUAN: &str = "素年件音组数宵旦帅老首勋";

pub(in super::super) fn read(text: &str) -> Vec<Figure> {
    let text = CharBuffer::new(text, Language::Chinese);
    let mut scanner = Scanner::new(&text, APPROXIMATE);
    let mut at = 0;
    while at < text.len() {
        let c = text.at(at);
        let may_begin = text.is_number(at)
            || numeral::begins(&text, at)
            || matches!(c, '半' | '对' | '万' | '亿')
            || arabic::vulgar(c).is_some();
        at = if may_begin {
            figure(&mut scanner, at).max(at + 1)
        } else {
            at + 1
        };
    }
    scanner.figures
}

/// Reads the figure at an index, if there is one, and returns the index to go on from.
fn figure(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let text = scanner.text;
    if text.is_number(at)
        && let Some(end) = scanner.identifier(at)
    {
        return end;
    }
    let start = sign_start(scanner, at);
    if let Some(share) = share::of_power_of_ten(text, at) {
        return push_signed(scanner, share.figure(FigureKind::Percentage, None), start);
    }
    if let Some(end) = without_numeral(scanner, at) {
        return end;
    }
    let number = match numeral::read(text, at) {
        Ok(number) => number,
        Err(end) => return end,
    };
    match classify(scanner, number, start) {
        Some(figure) => push_signed(scanner, figure, start),
        None if is_name(text, number) => identifiers::name_end(text, number.end),
        None => number.end,
    }
}

/// Reads what is a number without a numeral: 半成, 一半, 半年, ½. Passes over 几十, which is no
/// certain number.
fn without_numeral(scanner: &mut Scanner<'_>, at: usize) -> Option<usize> {
    let text = scanner.text;
    let half = share::of_half(text, at).or_else(|| half_of_measure(text, at));
    if let Some(figure) = half {
        let end = figure.range.end;
        scanner.figures.push(Figure {
            range: text.bytes(figure.range.clone()),
            ..figure
        });
        return Some(end);
    }
    if let Some(value) = arabic::vulgar(text.at(at)) {
        return Some(scanner.push_digits(at..at + 1, value, FigureKind::Number));
    }
    if matches!(text.before(at), '几' | '数') && numeral::unit(text, at).is_some() {
        return Some(text.end_of(at, |at| numeral::unit(text, at).is_some()));
    }
    (!numeral::begins(text, at) && text.at(at) != '.').then_some(at + 1)
}

/// The index of a minus or 负 before a number, or the number's own.
fn sign_start(scanner: &Scanner<'_>, at: usize) -> usize {
    let text = scanner.text;
    let end = text.skip_spaces_back(at);
    if text.before(end) == '负' {
        return end - 1;
    }
    if text.ends_with(end, "零下") {
        return end - 2;
    }
    if text.before(at) != '-' || !text.is_digit(at) {
        return at;
    }
    let earlier = text.before(at - 1);
    let joins = earlier.is_ascii_alphanumeric()
        || "-%)]".contains(earlier)
        || at >= 2 && numeral::begins(text, at - 2);
    if joins { at } else { at - 1 }
}

/// What a number says, by what surrounds it; `None` if it is part of a word.
fn classify(scanner: &Scanner<'_>, number: Numeral, start: usize) -> Option<Figure> {
    let text = scanner.text;
    if let Some(fraction) = share::fraction(text, number) {
        return Some(fraction.figure(FigureKind::Number, None));
    }
    if let Some(share) = share::after(text, number) {
        return Some(share.figure(FigureKind::Percentage, None));
    }
    if numeral::is_pair(text, number) && text.at(number.end) != '年' {
        return None;
    }
    if text.before(text.skip_spaces_back(number.start)) == '第' {
        return Some(number.figure(FigureKind::Ordinal, None));
    }
    if let Some((kind, end)) = date(text, number) {
        // In words an hour is no count, and nothing that digits could name.
        let is_said = kind != FigureKind::Label || number.digits;
        return is_said.then(|| number.until(end).figure(kind, None));
    }
    let before = money::before(text, start).filter(|name| name.edge >= scanner.floor);
    if let Some((amount, currency)) = amount(text, number, before) {
        return Some(amount.figure(FigureKind::Currency, Some(Unit::Currency(currency))));
    }
    let next = text.skip_spaces(number.end);
    if text.at(next) == '倍' {
        return Some(with_half(text, number.until(next + 1)).figure(FigureKind::Multiple, None));
    }
    if let Some(number) = dozens(text, number).or_else(|| counted_half(text, number)) {
        return Some(number.figure(FigureKind::Number, None));
    }
    if let Some((number, unit)) = measured(text, number) {
        return Some(number.figure(FigureKind::Number, Some(unit)));
    }
    if is_name(text, number) || numeral::is_single(number) && !is_numeral_alone(text, number.start)
    {
        return None;
    }
    let kind = if identifiers::is_name(text, number) {
        FigureKind::Label
    } else if is_bare_year(text, number) {
        FigureKind::Year
    } else {
        FigureKind::Number
    };
    Some(number.figure(kind, None))
}

/// Adds a figure with the sign before it.
fn push_signed(scanner: &mut Scanner<'_>, mut figure: Figure, sign_start: usize) -> usize {
    let start = figure.range.start.min(sign_start);
    if matches!(scanner.text.at(start), '负' | '-' | '零')
        && start < figure.range.start
        && figure.kind != FigureKind::Label
    {
        figure.value = figure.value.negated();
    }
    scanner.push(figure, start)
}

/// Whether a digit begins a name: 5G is a network.
fn is_name(text: &CharBuffer, number: Numeral) -> bool {
    let next = text.at(number.end);
    number.plain == Some(1) && next.is_ascii_alphabetic() && next != 'x'
}

/// Whether a lone numeral at an index is a number there and not part of a word.
fn is_numeral_alone(text: &CharBuffer, at: usize) -> bool {
    let (numeral, before, next) = (text.at(at), text.before(at), text.at(at + 1));
    let is_one = numeral == '一';
    // 壹, 百, 千 and the like are mostly parts of names.
    let is_rare = !"零〇一二三四五六七八九十两".contains(numeral);
    if is_rare && (is_han(before) && !"是为约共计".contains(before) || "续川".contains(next))
    {
        return false;
    }
    // Weekdays, 几分之一, and 十点.
    let is_part = ["星期", "礼拜", "周", "分之"]
        .iter()
        .any(|word| text.ends_with(at, word));
    if is_part || numeral == '十' && next == '点' || is_one && BEFORE_ONE.contains(before) {
        return false;
    }
    if !is_han(next) {
        return !is_one || !is_han(before) || "是为到至于有".contains(before);
    }
    if is_one && next == '块' && text.at(at + 2) == '儿' {
        return false;
    }
    if is_one && COUNTED_BY_ONE.contains(next) {
        return true;
    }
    if is_one && AFTER_ONE.contains(next) {
        return false;
    }
    match next {
        '分' => text.at(at + 2) == '之',
        '这' | '那' | '不' | '也' | '还' | '而' | '却' | '更' | '但' if text.at(at + 2) == '是' => {
            true
        }
        _ => {
            COUNTED.contains(next) || AFTER_NUMERAL.contains(next) || numeral::begins(text, at + 1)
        }
    }
}

/// The kind of a number that is a year, month, day or hour, with the index after the word that says
/// so.
fn date(text: &CharBuffer, number: Numeral) -> Option<(FigureKind, usize)> {
    if number.approximate {
        return None;
    }
    let value = number.value.as_whole()?;
    let at = text.skip_spaces(number.end);
    let next = text.at(at + 1);
    let kind = match text.at(at) {
        '年' if number.plain == Some(4) && (1000..3000).contains(&value) => FigureKind::Year,
        '年' if number.plain == Some(2)
            && (next == '代' || month_follows(text, at + 1) || numeral::is_pair(text, number)) =>
        {
            FigureKind::Year
        }
        '月' if (1..=12).contains(&value) => FigureKind::Date,
        '季' if (1..=4).contains(&value) && next == '度' => FigureKind::Ordinal,
        '日' | '号' if (1..=31).contains(&value) && !"元币本线楼".contains(next) => {
            FigureKind::Date
        }
        // Only their number shows that the points of an index are no hours.
        '点' | '时' if is_hour(text, number, value, at) => FigureKind::Label,
        _ => return None,
    };
    Some((kind, at + 1))
}

fn month_follows(text: &CharBuffer, at: usize) -> bool {
    let first = text.skip_spaces(at);
    let end = (first..first + 3)
        .find(|&at| !numeral::begins(text, at))
        .unwrap_or(first);
    end > first && text.at(text.skip_spaces(end)) == '月'
}

/// Whether 点 or 时 at an index makes a number an hour. 一点 is a little unless it goes on as an hour.
fn is_hour(text: &CharBuffer, number: Numeral, value: i64, at: usize) -> bool {
    if !(0..=24).contains(&value) || "数间代".contains(text.at(at + 1)) {
        return false;
    }
    let next = text.skip_spaces(at + 1);
    let is_one = numeral::is_single(number) && text.before(at) == '一';
    !is_one || "钟半整多左".contains(text.at(next)) || numeral::begins(text, next)
}

/// Whether a bare number is a year of our time: four digits that count nothing.
fn is_bare_year(text: &CharBuffer, number: Numeral) -> bool {
    let is_near = number
        .value
        .as_whole()
        .is_some_and(|year| (1900..2100).contains(&year));
    number.plain == Some(4)
        && is_near
        && !number.approximate
        && !COUNTED.contains(text.at(text.skip_spaces(number.end)))
}

/// A number with its measure: 350 公里, 两年半, 两个半小时.
fn measured(text: &CharBuffer, number: Numeral) -> Option<(Numeral, Unit)> {
    if let Some((unit, end)) = units::measure_after(text, number.end, Language::Chinese) {
        return Some((with_half(text, number.until(end)), unit));
    }
    let half = text
        .starts_with(number.end, "个半")
        .then(|| number.plus(Rational::HALF))
        .flatten()?;
    let (unit, end) = units::measure_after(text, number.end + 2, Language::Chinese)?;
    Some((half.until(end), unit))
}

/// One and a half, where nothing counted follows: 一个半.
fn counted_half(text: &CharBuffer, number: Numeral) -> Option<Numeral> {
    let end = number.end + 2;
    let is_half = text.starts_with(number.end, "个半") && !is_han(text.at(end));
    is_half
        .then(|| number.plus(Rational::HALF))
        .flatten()
        .map(|number| number.until(end))
}

/// Half of a measure: 半年, 半小时. Not the half of 5 个半月.
fn half_of_measure(text: &CharBuffer, at: usize) -> Option<Figure> {
    let is_part = at > 0 && numeral::begins(text, at - 1) || text.before(at) == '个';
    if text.at(at) != '半' || text.at(at + 1) == ' ' || is_part {
        return None;
    }
    let (unit, end) = units::measure_after(text, at + 1, Language::Chinese)?;
    Some(
        Numeral::in_words(Rational::HALF, Rational::ZERO, at..end)
            .figure(FigureKind::Number, Some(unit)),
    )
}

/// Adds the half of 两年半 and 一个半小时.
fn with_half(text: &CharBuffer, number: Numeral) -> Numeral {
    let has_half = text.at(number.end) == '半' && number.step <= Rational::ONE;
    let sum = has_half.then(|| number.plus(Rational::HALF)).flatten();
    sum.map_or(number, |sum| sum.until(number.end + 1))
}

/// Dozens: 一打, 十打苹果, 两打半.
fn dozens(text: &CharBuffer, number: Numeral) -> Option<Numeral> {
    let at = number.end;
    let is_dozen = text.at(at) == '打' && !WORDS_WITH_DOZEN.contains(text.at(at + 1));
    let number = is_dozen.then(|| with_half(text, number.until(at + 1)))?;
    let value = number.value.times(Rational::whole(12))?;
    Some(Numeral { value, ..number })
}

/// An amount of money and its currency, by a sign or code before the number or a name after it.
fn amount(
    text: &CharBuffer,
    number: Numeral,
    before: Option<money::MoneyName>,
) -> Option<(Numeral, &'static str)> {
    let after = money::after(text, number, Language::Chinese)
        .filter(|name| is_money(text, number, name.edge));
    let (amount, name) = money::amount(number, before, after)?;
    let may_have_coins = name.parts == 1 && after.is_some();
    let amount = if may_have_coins {
        with_coins(text, amount).unwrap_or(amount)
    } else {
        amount
    };
    // In a Chinese text ¥ is the sign of the yuan, with one bar or two.
    Some((
        amount,
        if text.at(name.edge) == '¥' {
            "CNY"
        } else {
            name.name
        },
    ))
}

/// Whether the name that ends at an index is money: 五角大楼, 三块石头, 二元组 are not.
fn is_money(text: &CharBuffer, number: Numeral, end: usize) -> bool {
    let (last, next) = (text.before(end), text.at(end));
    let is_one_character = end == text.skip_spaces(number.end) + 1;
    let is_at_end = !is_han(next) || AFTER_AMOUNT.contains(next);
    match last {
        _ if !is_one_character => true,
        // 三角 is a triangle more often than thirty cents.
        '角' => number.digits && is_at_end,
        '分' => false,
        '块' | '毛' => is_at_end,
        '元' => !WORDS_WITH_YUAN.contains(next),
        _ => true,
    }
}

/// Adds the coins after an amount: 两美元又三美分, 15元5角, 三块五.
fn with_coins(text: &CharBuffer, number: Numeral) -> Option<Numeral> {
    let has_joint = matches!(text.at(number.end), '又' | '再' | '零');
    let at = text.skip_spaces(number.end + usize::from(has_joint));
    if !numeral::begins(text, at) {
        return None;
    }
    let coins = numeral::read(text, at).ok()?;
    let is_digit = numeral::is_single(coins) || coins.plain == Some(1) && coins.digits;
    let (parts, end) =
        match money::after(text, coins, Language::Chinese).filter(|name| name.parts > 1) {
            Some(name) => (name.parts, name.edge),
            // 五块三, 五块三毛五.
            None if matches!(text.before(number.end), '块' | '毛')
                && is_digit
                && at == number.end
                && !COUNTED.contains(text.at(coins.end)) =>
            {
                (
                    if text.before(number.end) == '块' {
                        10
                    } else {
                        100
                    },
                    coins.end,
                )
            }
            None => return None,
        };
    let sum = money::with_coins(number, coins.value, parts, end)?;
    // 元, 角 and 分 follow one another.
    let smaller = if parts == 10 {
        with_coins(text, sum)
    } else {
        None
    };
    Some(smaller.unwrap_or(sum))
}
