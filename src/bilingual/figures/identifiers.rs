//! Digits that are no quantity: parts of names, versions, clock times, telephone numbers; and dates
//! in digits alone.

use std::ops::Range;

use super::char_buffer::CharBuffer;
use super::figure::{FigureKind, Numeral};
use super::money;
use super::number::Rational;
use super::scanner::Scanner;

/// Words that a hyphen may tie to a number: mid-2024.
const PREFIXES: &str = "mid|pre|post|sub|top|under|over|late|early|non|minus|and|to|or";

/// Words before a number that name something by it, and of those in Chinese.
const NAMED_BY_NUMBER: &str = "version|v|tier|wave|step|chapter|section|table|figure|fig|page|line|item|no|phase|error|code|status|http|port|rfc|issue|pr|release|room|route|article|rule|question|volume|episode|season|stage|type|class|grade|appendix|option|layer|level|scenario|exercise|problem|note|example|rev|build|nr|nrs|ps|python|java|windows";
const NAMED_IN_CHINESE: &str =
    "版本|步骤|端口|错误|错误码|状态码|代码|编号|章节|附录|阶段|级别|层级|示例|问题|情况|图表|选项";
/// What follows the code of an answer over HTTP: 404 错误, 500 errors.
const AFTER_CODE: &str = "error|response|status|redirect|错误|报错|响应|状态码";

/// The longest chain of numbers that is read as one.
const LONGEST_CHAIN: usize = 65;

impl Scanner<'_> {
    /// Reads digits that identify: tied to letters before them (`H100`, `v0.15.1`, `GPT-4`), or in
    /// chains (`10:30`, `1-222-2222`, `2024-06-05`). Adds the parts of a date, a time or a
    /// telephone number, nothing for part of a name, and returns the index after it all.
    pub(super) fn identifier(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        // The digits of USD50 are an amount.
        if text.before(start).is_ascii_alphabetic() && money::before(text, start).is_some() {
            return None;
        }
        if is_part_of_name(text, start) {
            return Some(name_end(text, start));
        }
        let chain = chain(text, start)?;
        let is_date = is_date(text, &chain);
        for (nth, range) in chain.iter().enumerate() {
            let kind = match nth {
                0 if is_date => FigureKind::Year,
                _ if is_date => FigureKind::Date,
                _ => FigureKind::Label,
            };
            if let Some(value) = text.whole_number(range.clone()) {
                self.push_digits(range.clone(), value, kind);
            }
        }
        Some(chain.last()?.end)
    }
}

/// Whether a number in digits names something and counts nothing: version 3, 步骤 4, 404 错误.
pub(super) fn is_name(text: &CharBuffer, number: Numeral) -> bool {
    let before = text.skip_spaces_back(number.start);
    let is_apart = before < number.start || text.before(before) == '.';
    let (_, word) = text.previous_word(number.start - usize::from(text.before(before) == '.'));
    let is_named = is_apart && NAMED_BY_NUMBER.split('|').any(|name| name == word)
        || NAMED_IN_CHINESE
            .split('|')
            .any(|name| text.ends_with(before, name));
    let next = text.skip_spaces(number.end);
    let is_answer = number.plain == Some(3)
        && matches!(text.at(number.end - 3), '1'..='5')
        && AFTER_CODE
            .split('|')
            .any(|name| text.starts_with(next, name));
    // 4.1 版本 and version 4.1, but not 3 个版本.
    let mut written = (number.start..number.end).map(|at| text.at(at));
    let is_dotted = number.plain.is_none() && written.all(|c| c.is_ascii_digit() || c == '.');
    let is_version = is_dotted && (is_named || text.starts_with(next, "版本"));
    number.digits && (number.plain.is_some() && (is_named || is_answer) || is_version)
}

fn is_part_of_name(text: &CharBuffer, start: usize) -> bool {
    let starts_name = |c: char| c.is_ascii_alphabetic() || c == '_';
    let earlier = text.before(start.saturating_sub(1));
    match text.before(start) {
        // The minutes of 2h5m.
        'h' if earlier.is_ascii_digit() => false,
        '#' | '@' => true,
        '.' | '=' => starts_name(earlier),
        '/' => earlier.is_ascii_alphabetic(),
        '-' => {
            let word = text.word(text.word_start(start - 1));
            earlier.is_ascii_alphabetic() && !PREFIXES.split('|').any(|prefix| prefix == word)
        }
        before => starts_name(before),
    }
}

/// The end of the name that the character at an index belongs to.
pub(super) fn name_end(text: &CharBuffer, start: usize) -> usize {
    let is_part = |at: usize| {
        let c = text.at(at);
        c.is_ascii_alphanumeric()
            || c == '_'
            || matches!(c, '-' | '.' | '/') && text.at(at + 1).is_ascii_alphanumeric()
    };
    text.end_of(start, is_part)
}

/// The numbers of a chain: two joined by `:`, or at least three joined by `-`, `/`, `.` or `:`.
fn chain(text: &CharBuffer, start: usize) -> Option<Vec<Range<usize>>> {
    let first = start..text.digits_end(start);
    let mut numbers = Vec::from([first]);
    let mut is_time = false;
    let mut points = 0;
    while let Some(last) = numbers.last().filter(|_| numbers.len() < LONGEST_CHAIN) {
        let separator = last.end;
        let next = separator + 1..text.digits_end(separator + 1);
        if !matches!(text.at(separator), '-' | '/' | ':' | '.') || !text.is_digit(next.start) {
            break;
        }
        is_time |= text.at(separator) == ':' && next.len() >= 2 && last.len() <= 2;
        points += usize::from(text.at(separator) == '.');
        numbers.push(next);
    }
    // 1.5-2.5 and 0.5/1.5 are ranges of decimals; 1.2.3 is a version.
    let is_chain = numbers.len() >= 3 && (points == 0 || points == numbers.len() - 1);
    let is_number = !numbers[0].is_empty() && (is_chain || numbers.len() == 2 && is_time);
    is_number.then_some(numbers)
}

fn is_date(text: &CharBuffer, chain: &[Range<usize>]) -> bool {
    let [year, month, day] = chain else {
        return false;
    };
    let is_within = |range: &Range<usize>, most: i64| {
        let number = text
            .whole_number(range.clone())
            .and_then(Rational::as_whole);
        number.is_some_and(|number| (1..=most).contains(&number))
    };
    year.len() == 4 && is_within(month, 12) && is_within(day, 31)
}
