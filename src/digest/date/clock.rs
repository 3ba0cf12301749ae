//! The time of day and the zone in a date.

use jiff::civil;
use jiff::tz::Offset;

use super::scanner::Scanner;

/// What a zone says of a time.
#[derive(Clone, Copy)]
pub(super) enum Zone {
    /// The time's distance from UTC.
    Offset(Offset),
    /// A name that means different offsets to different people.
    Unsure,
}

/// Reads a time of day: `4:00`, `04:00:03.025`, `12时30分5秒`, `下午3点`, `3:30 pm`.
pub(super) fn clock(scanner: &mut Scanner<'_>) -> Option<civil::Time> {
    let mut ahead = *scanner;
    let period = ahead.text(&["上午", "凌晨", "早上", "下午", "晚上", "中午"]);
    ahead.spaces();
    let hour = ahead.small()?;
    let colon = ahead.sign(":时點点時")?;
    let minute = if colon == ':' { ahead.small()? } else { ahead.small().unwrap_or(0) };
    let (mut second, mut nanosecond) = (0, 0);
    if ahead.sign(":分").is_some() {
        second = ahead.small().unwrap_or(0);
        nanosecond = fraction(&mut ahead);
        ahead.sign("秒");
    }
    let mut after = ahead;
    after.spaces();
    let english = after.text(&["am", "pm", "a.m.", "p.m."]);
    if english.is_some() {
        ahead = after;
    }
    let late = matches!(period, Some(3..=5)) || matches!(english, Some(1 | 3));
    let early = matches!(period, Some(0..=2)) || matches!(english, Some(0 | 2));
    let hour = match hour {
        1..=11 if late => hour + 12,
        12 if early => 0,
        _ => hour,
    };
    // A leap second is the last one of its minute to everybody but astronomers.
    let time = civil::Time::new(hour, minute, second.min(59 + i8::from(second > 60)), nanosecond).ok()?;
    *scanner = ahead;
    Some(time)
}

/// Reads the fraction of a second, in nanoseconds.
fn fraction(scanner: &mut Scanner<'_>) -> i32 {
    let mut ahead = *scanner;
    if ahead.sign(".,").is_none() {
        return 0;
    }
    let Some(number) = ahead.number() else { return 0 };
    *scanner = ahead;
    let nanoseconds = (0..9_usize.saturating_sub(number.digits)).fold(number.value, |value, _| value * 10);
    let nanoseconds = (9..number.digits).fold(nanoseconds, |value, _| value / 10);
    i32::try_from(nanoseconds).unwrap_or(0)
}

/// Reads a zone: `Z`, `UTC`, `+0800`, `+08:00`, `GMT+8`, `北京时间`, or a name that stays unsure.
pub(super) fn zone(scanner: &mut Scanner<'_>) -> Option<Zone> {
    let mut ahead = *scanner;
    if ahead.text(&["北京时间", "北京時間"]).is_some() {
        *scanner = ahead;
        return Offset::from_hours(8).ok().map(Zone::Offset);
    }
    let word = ahead.word();
    let is_utc = word.is_some_and(|word| ["Z", "UTC", "GMT", "UT"].iter().any(|name| word.eq_ignore_ascii_case(name)));
    match (word, is_utc) {
        (Some(_), false) => {
            *scanner = ahead;
            return Some(Zone::Unsure);
        }
        (Some(_), true) => *scanner = ahead,
        (None, _) => {}
    }
    let offset = offset(&mut ahead);
    if offset.is_some() {
        *scanner = ahead;
    }
    offset.or(is_utc.then_some(Offset::UTC)).map(Zone::Offset)
}

/// Reads an offset: `+08:00`, `+0800`, `+8`, `−5`.
fn offset(scanner: &mut Scanner<'_>) -> Option<Offset> {
    let sign = if scanner.sign("+-−")? == '+' { 1 } else { -1 };
    let number = scanner.number()?;
    let (hours, minutes) = match number.digits {
        1 | 2 if scanner.sign(":").is_some() => (number.value, i64::from(scanner.small()?)),
        1 | 2 => (number.value, 0),
        4 => (number.value / 100, number.value % 100),
        _ => return None,
    };
    let seconds = sign * (hours * 3600 + minutes * 60);
    Offset::from_seconds(i32::try_from(seconds).ok()?).ok()
}
