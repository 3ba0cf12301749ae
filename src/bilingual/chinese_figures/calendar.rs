//! Dates and times in Chinese.

use super::super::figure::FigureKind;
use super::super::figure::folded::Folded;
use super::numeral::{self, Form, Numeral};
use super::words;

/// The kind of a number that is a year, month, day or hour, with the index after the word that says so.
pub(super) fn date(text: &Folded, number: Numeral) -> Option<(FigureKind, usize)> {
    let value = number.value.as_whole()?;
    let at = text.skip_spaces(number.end);
    let within = |low: i64, high: i64| (low..=high).contains(&value);
    if number.approximate {
        return None;
    }
    let kind = match text.at(at) {
        '年' if number.plain == Some(4) && within(1000, 2999) => FigureKind::Year,
        '年' if number.plain == Some(2)
            && (text.at(at + 1) == '代' || month_follows(text, at + 1) || number.form == Form::Pair) =>
        {
            FigureKind::Year
        }
        '月' if within(1, 12) => FigureKind::Date,
        '季' if within(1, 4) && text.at(at + 1) == '度' => FigureKind::Ordinal,
        '日' | '号' if within(1, 31) && !matches!(text.at(at + 1), '元' | '币' | '本' | '线' | '楼') => {
            FigureKind::Date
        }
        // A clock time; but points of an index are not: 上涨 20 点 has no minute after it either, so only its size tells.
        '点' | '时' if within(0, 24) && hour(text, number, at) && !matches!(text.at(at + 1), '数' | '间' | '代') => {
            FigureKind::Label
        }
        _ => return None,
    };
    Some((kind, at + 1))
}

fn month_follows(text: &Folded, at: usize) -> bool {
    let first = text.skip_spaces(at);
    let end = (first..first + 3).find(|&at| !numeral::begins(text.at(at))).unwrap_or(first);
    end > first && text.at(text.skip_spaces(end)) == '月'
}

/// Whether 一点 is an hour: only where it goes on as one, since 一点 is a little.
fn hour(text: &Folded, number: Numeral, at: usize) -> bool {
    let next = text.at(text.skip_spaces(at + 1));
    number.form != Form::Single
        || text.before(at) != '一'
        || matches!(next, '钟' | '半' | '整' | '多' | '左')
        || numeral::begins(next)
}

/// Whether a bare number is a year of our time: four digits that count nothing.
pub(super) fn bare_year(text: &Folded, number: Numeral) -> bool {
    let near = number.value.as_whole().is_some_and(|year| (1900..2100).contains(&year));
    number.plain == Some(4) && near && !number.approximate && !words::counts(text, text.skip_spaces(number.end))
}
