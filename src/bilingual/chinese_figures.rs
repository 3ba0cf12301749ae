//! Figures in Chinese text.
//!
//! The forms are those of the grammar of Microsoft's Recognizers-Text for Chinese (numbers, percentages, currencies), with what digests add:
//! approximations, dates, measures, multiples and ordinals.

use super::figure::folded::Folded;
use super::figure::{Figure, Kind, Rational, Unit, arabic, currency, label, measure};
use crate::text::Language;
use numeral::Numeral;

mod numeral;
mod share;
mod words;

/// The figures of a Chinese text, in order.
pub(super) fn read(text: &str) -> Vec<Figure> {
    let folded = Folded::new(text, Language::Chinese);
    let mut reader = Reader { text: &folded, figures: Vec::new(), floor: 0 };
    let mut at = 0;
    while at < folded.len() {
        let c = folded.at(at);
        let begins = numeral::begins(c)
            || matches!(c, '半' | '对' | '万' | '亿')
            || c == '.' && reader.decimal(at)
            || arabic::vulgar(c).is_some();
        at = if begins { reader.figure(at).max(at + 1) } else { at + 1 };
    }
    reader.figures
}

struct Reader<'t> {
    text: &'t Folded,
    figures: Vec<Figure>,
    /// The index before which everything belongs to earlier figures.
    floor: usize,
}

/// What a number turned out to be.
struct Meaning {
    number: Numeral,
    kind: Kind,
    unit: Option<Unit>,
    start: usize,
}

impl Reader<'_> {
    /// Whether a point at an index begins a decimal: `.5`.
    fn decimal(&self, at: usize) -> bool {
        self.text.is_digit(at + 1) && !self.text.before(at).is_ascii_alphanumeric() && self.text.before(at) != '.'
    }

    /// Reads the figure at an index, if there is one, and answers the index to go on from.
    fn figure(&mut self, at: usize) -> usize {
        let text = self.text;
        if text.at(at) == '.' || text.is_digit(at) {
            let money = text.before(at).is_ascii_alphabetic() && currency::before(text, at).is_some();
            if let Some(labels) = label::read(text, at).filter(|_| !money) {
                self.figures.extend(labels.figures);
                return labels.end;
            }
        }
        let start = self.sign(at);
        if let Some(number) = share::of_hundred(text, at) {
            return self.push(Meaning { number, kind: Kind::Percentage, unit: None, start });
        }
        if let Some((value, end, percent)) = share::of_half(text, at) {
            let kind = if percent { Kind::Percentage } else { Kind::Number };
            let figure = label::plain(text, at..end, value);
            self.figures.push(Figure { kind, digits: false, step: Rational::ZERO, ..figure });
            return end;
        }
        // 几十, 数百: nobody knows how many.
        if matches!(text.before(at), '几' | '数') && numeral::unit(text, at).is_some() {
            return (at..).find(|&at| numeral::unit(text, at).is_none()).unwrap_or(at);
        }
        if text.at(at) == '半' {
            return self.half(at);
        }
        if let Some(value) = arabic::vulgar(text.at(at)) {
            self.figures.push(label::plain(text, at..at + 1, value));
            return at + 1;
        }
        if !numeral::begins(text.at(at)) && text.at(at) != '.' {
            return at + 1;
        }
        match numeral::read(text, at) {
            Ok(number) => self.number(number, at, start),
            // A fraction over nothing, a number beyond all bounds.
            Err(end) => end,
        }
    }

    /// 半年, 半小时: half of a measure.
    fn half(&mut self, at: usize) -> usize {
        let text = self.text;
        let measured = measure::after(text, at + 1, true)
            .filter(|_| text.at(at + 1) != ' ' && !numeral::begins(text.before(at)) && text.before(at) != '个');
        let (Some((name, end)), Some(value)) = (measured, Rational::new(1, 2)) else { return at + 1 };
        let figure = label::plain(text, at..end, value);
        self.figures.push(Figure { unit: Some(Unit::Measure(name)), digits: false, step: Rational::ZERO, ..figure });
        end
    }

    /// The index of a minus or 负 before a number, or the number's own.
    fn sign(&self, at: usize) -> usize {
        let text = self.text;
        let end = text.skip_spaces_back(at);
        let spelled = text.before(end) == '负';
        let minus = end == at && text.is_digit(at) && text.before(at) == '-' && at >= 2 && {
            let earlier = text.at(at - 2);
            !earlier.is_ascii_alphanumeric() && !matches!(earlier, '-' | '%' | ')' | ']') && !numeral::begins(earlier)
        };
        let first = at == 1 && text.before(at) == '-' && text.is_digit(at);
        if spelled {
            end - 1
        } else if minus || first {
            at - 1
        } else {
            at
        }
    }

    /// Says what a number is, by what surrounds it.
    fn number(&mut self, number: Numeral, at: usize, start: usize) -> usize {
        let text = self.text;
        let end = number.end;
        if let Some(fraction) = share::fraction(text, number) {
            return self.push(Meaning { number: fraction, kind: Kind::Number, unit: None, start });
        }
        if let Some(share) = share::after(text, number) {
            return self.push(Meaning { number: share, kind: Kind::Percentage, unit: None, start });
        }
        if number.pair && text.at(end) != '年' {
            return end;
        }
        if text.before(text.skip_spaces_back(at)) == '第' {
            return self.push(Meaning {
                number: Numeral { single: false, ..number },
                kind: Kind::Ordinal,
                unit: None,
                start,
            });
        }
        if let Some(meaning) = self.date(number, start).or_else(|| self.money(number, start)) {
            return self.push(meaning);
        }
        if text.at(text.skip_spaces(end)) == '倍' {
            let number = Numeral { end: text.skip_spaces(end) + 1, ..number };
            return self.push(Meaning { number: self.and_a_half(number), kind: Kind::Multiple, unit: None, start });
        }
        if let Some(number) = self.dozens(number) {
            return self.push(Meaning { number, kind: Kind::Number, unit: None, start });
        }
        if let Some((name, end)) =
            measure::after(text, end, true).filter(|_| !number.single || text.at(number.end) != '点')
        {
            let number = self.and_a_half(Numeral { end, ..number });
            return self.push(Meaning { number, kind: Kind::Number, unit: Some(Unit::Measure(name)), start });
        }
        // 两个半小时.
        if text.starts_with(end, "个半")
            && let Some((name, end)) = measure::after(text, end + 2, true)
            && let Some(value) = Rational::new(1, 2).and_then(|half| number.value.plus(half))
        {
            let number = Numeral { value, end, ..number };
            return self.push(Meaning { number, kind: Kind::Number, unit: Some(Unit::Measure(name)), start });
        }
        // 一个半.
        if text.starts_with(end, "个半")
            && !crate::text::is_han(text.at(end + 2))
            && let Some(value) = Rational::new(1, 2).and_then(|half| number.value.plus(half))
        {
            return self.push(Meaning {
                number: Numeral { value, end: end + 2, ..number },
                kind: Kind::Number,
                unit: None,
                start,
            });
        }
        if number.single && !words::stands_alone(text, at) {
            return end;
        }
        // 5G is a network.
        if number.plain == Some(1) && text.at(end).is_ascii_alphabetic() && text.at(end) != 'x' {
            return label::token_end(text, end);
        }
        let calendar =
            number.plain == Some(4) && number.value.as_whole().is_some_and(|year| (1900..2100).contains(&year));
        let kind = if calendar && !number.approximate { Kind::Year } else { Kind::Number };
        self.push(Meaning { number, kind, unit: None, start })
    }

    /// Adds the half of 两年半 and 一个半小时.
    fn and_a_half(&self, number: Numeral) -> Numeral {
        let half = Rational::new(1, 2).and_then(|half| number.value.plus(half));
        match half {
            Some(value) if self.text.at(number.end) == '半' && number.step <= Rational::ONE => {
                Numeral { value, end: number.end + 1, ..number }
            }
            _ => number,
        }
    }

    /// A dozen or more: 一打, 十打苹果. Not 打开, 打击.
    fn dozens(&self, number: Numeral) -> Option<Numeral> {
        const OTHER_WORDS: &str = "开击破造算工字印仗架包听扮折赢败倒断磨动进出";
        let at = number.end;
        if self.text.at(at) != '打' || OTHER_WORDS.contains(self.text.at(at + 1)) {
            return None;
        }
        Some(Numeral {
            value: number.value.times(Rational::whole(12))?,
            end: at + 1,
            single: false,
            plain: None,
            ..number
        })
    }

    /// A year, month, day or hour.
    fn date(&self, number: Numeral, start: usize) -> Option<Meaning> {
        let text = self.text;
        let value = number.value.as_whole()?;
        let at = text.skip_spaces(number.end);
        let within = |low: i64, high: i64| (low..=high).contains(&value);
        if number.approximate {
            return None;
        }
        let kind = match text.at(at) {
            '年' if number.plain == Some(4) && within(1000, 2999) => Kind::Year,
            '年' if number.plain == Some(2)
                && (text.at(at + 1) == '代' || self.month_follows(at + 1) || number.pair) =>
            {
                Kind::Year
            }
            '月' if within(1, 12) => Kind::Date,
            '日' | '号' if within(1, 31) && !matches!(text.at(at + 1), '元' | '币' | '本' | '线' | '楼') => {
                Kind::Date
            }
            // A clock time; but points of an index are not: 上涨 20 点 has no minute after it either, so only its size tells.
            '点' | '时' if within(0, 24) && !matches!(text.at(at + 1), '数' | '间' | '代') => Kind::Label,
            _ => return None,
        };
        Some(Meaning { number: Numeral { end: at + 1, single: false, ..number }, kind, unit: None, start })
    }

    fn month_follows(&self, at: usize) -> bool {
        let text = self.text;
        let first = text.skip_spaces(at);
        let end = (first..first + 3).find(|&at| !numeral::begins(text.at(at))).unwrap_or(first);
        end > first && text.at(text.skip_spaces(end)) == '月'
    }

    /// An amount of money, by a sign or code before it or a name after it.
    fn money(&self, number: Numeral, start: usize) -> Option<Meaning> {
        let text = self.text;
        let before = currency::before(text, start).filter(|found| found.edge >= self.floor);
        let after = currency::after_in_chinese(text, number.end).filter(|found| self.is_money(number, found));
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
        let number = Numeral { value, step: number.step.times(factor)?, end, single: false, ..number };
        let number =
            if found.parts == 1 && after.is_some() { self.with_change(number).unwrap_or(number) } else { number };
        Some(Meaning { number, kind: Kind::Currency, unit: Some(Unit::Currency(name)), start })
    }

    /// Whether a name after a number is money there: 五角大楼, 三块石头, 二元组 are not.
    fn is_money(&self, number: Numeral, found: &currency::Found) -> bool {
        let text = self.text;
        let (last, next) = (text.before(found.edge), text.at(found.edge));
        let spelled = found.edge - text.skip_spaces(number.end);
        let ends = !crate::text::is_han(next)
            || matches!(
                next,
                '钱' | '和'
                    | '的'
                    | '吧'
                    | '了'
                    | '就'
                    | '又'
                    | '一'
                    | '二'
                    | '三'
                    | '四'
                    | '五'
                    | '六'
                    | '七'
                    | '八'
                    | '九'
            );
        match last {
            '分' | '角' | '毛' if spelled == 1 => last != '分' && ends,
            '块' if spelled == 1 => ends,
            '元' if spelled == 1 => {
                !matches!(next, '素' | '年' | '件' | '音' | '组' | '数' | '宵' | '旦' | '帅' | '老' | '首' | '勋')
            }
            '聪' => false,
            _ => true,
        }
    }

    /// Adds the smaller coin after an amount: 两美元又三美分, 15元5角, 三块五.
    fn with_change(&self, number: Numeral) -> Option<Numeral> {
        let text = self.text;
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
                && change.single
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
        if parts == 10 { self.with_change(sum).filter(|deeper| deeper.end > sum.end).or(Some(sum)) } else { Some(sum) }
    }

    fn push(&mut self, meaning: Meaning) -> usize {
        let Meaning { number, kind, unit, start } = meaning;
        let negative = matches!(self.text.at(start), '负' | '-') && kind != Kind::Label;
        let value = if negative { number.value.negated() } else { number.value };
        self.figures.push(Figure {
            range: self.text.bytes(start..number.end),
            value,
            unit,
            kind,
            approximate: number.approximate || words::vague(self.text, start, number.end),
            step: number.step,
            digits: number.digits,
            bounds: None,
        });
        self.floor = number.end;
        number.end
    }
}
