//! Amounts of money in Chinese.

use super::super::figure::folded::Folded;
use super::super::figure::{Rational, currency};
use super::numeral::{self, Form, Numeral};
use super::words;

/// An amount of money.
pub(super) struct Amount {
    /// The number, ending after the name of the money.
    pub(super) number: Numeral,
    /// The code or name.
    pub(super) unit: &'static str,
    /// The index of its sign, where that comes first.
    pub(super) start: usize,
}

/// An amount of money, by a sign or code before it or a name after it.
pub(super) fn read(text: &Folded, number: Numeral, start: usize, floor: usize) -> Option<Amount> {
    let before = currency::before(text, start).filter(|found| found.edge >= floor);
    let after = currency::after_in_chinese(text, number.end).filter(|found| is_money(text, number, found));
    // The sign before rules, but the name after it belongs to it (人民币 50 元, US$ 50 美元).
    let (found, start, end) = match (before, after) {
        (Some(before), Some(after)) if before.name == after.name || before.name == "Dollar" && after.parts == 1 => {
            (after, before.edge, after.edge)
        }
        (Some(before), _) => (before, before.edge, number.end),
        (None, after) => (after?, start, after?.edge),
    };
    // In a Chinese text ¥ is the yuan's sign, with one bar or two.
    let name = if text.at(found.edge) == '¥' { "CNY" } else { found.name };
    let factor = Rational::power_of_ten(found.exponent)?;
    let value = number.value.times(factor)?;
    let number = Numeral { value, step: number.step.times(factor)?, end, form: Form::Whole, ..number };
    let number = if found.parts == 1 && after.is_some() { with_change(text, number).unwrap_or(number) } else { number };
    Some(Amount { number, unit: name, start })
}

/// Whether a name after a number is money there: 五角大楼, 三块石头, 二元组 are not.
fn is_money(text: &Folded, number: Numeral, found: &currency::Found) -> bool {
    const AFTER_AMOUNTS: &str = "钱和的吧了就又一二三四五六七八九";
    const ELEMENTS: &str = "素年件音组数宵旦帅老首勋";
    let (last, next) = (text.before(found.edge), text.at(found.edge));
    let spelled = found.edge - text.skip_spaces(number.end);
    let ends = !crate::text::is_han(next) || AFTER_AMOUNTS.contains(next);
    match last {
        '分' | '角' | '毛' if spelled == 1 => last != '分' && ends,
        '块' if spelled == 1 => ends,
        '元' if spelled == 1 => !ELEMENTS.contains(next),
        '聪' => false,
        _ => true,
    }
}

/// Adds the smaller coin after an amount: 两美元又三美分, 15元5角, 三块五.
fn with_change(text: &Folded, number: Numeral) -> Option<Numeral> {
    let joined = usize::from(matches!(text.at(number.end), '又' | '再' | '零'));
    let at = text.skip_spaces(number.end + joined);
    if !numeral::begins(text.at(at)) {
        return None;
    }
    let change = numeral::read(text, at).ok()?;
    let coin = currency::after_in_chinese(text, change.end).filter(|coin| coin.parts > 1);
    let (parts, end) = match coin {
        Some(coin) => (coin.parts, coin.edge),
        None if text.before(number.end) == '块'
            && (change.form == Form::Single || change.plain == Some(1) && change.digits)
            && at == number.end
            && !words::counts(text, change.end) =>
        {
            (10, change.end)
        }
        None => return None,
    };
    let part = change.value.over(Rational::whole(parts))?;
    if part >= Rational::ONE {
        return None;
    }
    let sum = Numeral { value: number.value.plus(part)?, step: Rational::new(1, 100)?, end, ..number };
    // 元, 角, 分 one after the other.
    if parts == 10 { with_change(text, sum).filter(|deeper| deeper.end > sum.end).or(Some(sum)) } else { Some(sum) }
}
