//! The dates that most files have, told by the places of their digits: `2024-06-05`, and with a time `2024-06-05 04:00:03`,
//! `2024-06-05T04:00:03.025Z`.

use jiff::civil;
use jiff::tz::Offset;

use super::Moment;

/// Reads a date of this form; nothing of any other, nor where a number is beyond what it may be.
pub(super) fn moment(written: &str) -> Option<Moment> {
    let (day, time) = written.as_bytes().split_first_chunk()?;
    let date = date(day)?;
    if time.is_empty() {
        return Some(Moment::Day(date));
    }
    let (clock, after) = time.split_first_chunk()?;
    let (hour, minute, second) = clock_of(clock)?;
    let (nanosecond, zone) = fraction(after)?;
    let datetime = date.to_datetime(civil::Time::new(hour, minute, second, nanosecond).ok()?);
    match zone {
        [] => Some(Moment::Civil(datetime)),
        b"Z" => Offset::UTC.to_timestamp(datetime).ok().map(Moment::Instant),
        _ => None,
    }
}

/// Reads `2024-06-05`, of a year that an article may have.
fn date(written: &[u8; 10]) -> Option<civil::Date> {
    let &[millennium, century, decade, year, b'-', month, months, b'-', day, days] = written else { return None };
    let year = i16::from(two(millennium, century)?) * 100 + i16::from(two(decade, year)?);
    let date = || civil::Date::new(year, two(month, months)?, two(day, days)?).ok();
    (1000..=2999).contains(&year).then(date).flatten()
}

/// Reads `T04:00:03` or the same after a space: hour, minute and second.
fn clock_of(written: &[u8; 9]) -> Option<(i8, i8, i8)> {
    let &[b'T' | b' ', hour, hours, b':', minute, minutes, b':', second, seconds] = written else { return None };
    Some((two(hour, hours)?, two(minute, minutes)?, two(second, seconds)?))
}

/// Reads a fraction of a second, if there is one, and gives it in nanoseconds, with what follows it.
fn fraction(written: &[u8]) -> Option<(i32, &[u8])> {
    let Some((b'.', digits)) = written.split_first() else { return Some((0, written)) };
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&length) {
        return None;
    }
    let (digits, rest) = digits.split_at(length);
    let value = digits.iter().fold(0, |value, digit| value * 10 + i32::from(digit - b'0'));
    Some(((length..9).fold(value, |value, _| value * 10), rest))
}

/// The number that two digits write.
fn two(tens: u8, ones: u8) -> Option<i8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| (tens * 10 + ones) as i8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pattern;
    use super::*;

    /// Says whether what is read by places is read the same by patterns.
    fn is_the_same(written: &str) -> bool {
        moment(written).is_none_or(|moment| pattern::moment(written) == Some(moment))
    }

    #[test]
    fn common_dates_are_told_by_their_places() {
        for written in [
            "2024-06-05",
            "2024-06-05 04:00:03",
            "2024-06-05T04:00:03",
            "2024-06-05T04:00:03Z",
            "2024-06-05T04:00:03.025Z",
            "2024-06-05T04:00:03.123456789Z",
            "2024-02-29T23:59:59.5",
        ] {
            assert!(moment(written).is_some() && is_the_same(written), "{written}");
        }
        for written in
            ["2024-6-5", "2024-06-05Z", "2024-06-05T04:00", "2023-02-29", "2024-06-05T24:00:00", "3024-06-05"]
        {
            assert_eq!(moment(written), None, "{written}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn what_is_read_by_places_is_read_the_same_by_patterns(
            written in "[0-3][0-9]{3}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]([.,][0-9]{0,11})?[Z+]?)?",
        ) {
            prop_assert!(is_the_same(&written), "{}", written);
        }

        #[test]
        fn what_only_looks_like_a_date_is_none(written in "[0-9a][0-9 z]{3}-[0-9~][0-9]-[0-9/:]{2}([T ][ -z]{8}[ -z]{0,5}Z?)?") {
            prop_assert!(is_the_same(&written), "{}", written);
        }
    }
}
