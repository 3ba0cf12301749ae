//! Numbers as they are shown.

use crate::locale;

/// A number with its thousands separated: `100,000`.
pub(crate) fn thousands(number: impl Into<u64>) -> String {
    group_thousands(&number.into().to_string())
}

pub(super) fn group_thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count of something: `1 article`, `1,200 articles`, `2 matches`, `3 篇文章`.
pub(crate) fn many(count: usize, what: &str) -> String {
    if let Some(chinese) = locale::translation(&format!("{{count}} {what}")) {
        return locale::filled(chinese, &[("count", &thousands(count as u64))]);
    }
    let plural = match what {
        _ if count == 1 => "",
        _ if what.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{} {what}{plural}", thousands(count as u64))
}

#[cfg(test)]
mod tests {
    use super::{many, thousands};

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [
            (0_u32, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (100_000, "100,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(
            (many(1, "match"), many(0, "hit"), many(1_200, "match")),
            ("1 match".into(), "0 hits".into(), "1,200 matches".into())
        );
    }
}
