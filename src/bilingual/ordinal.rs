//! The number with which a text begins, such as `3.`, `（三）`, `第三`, `Step 3:`, `2.1.4` or `(c)`: what both languages
//! count in the same way.

/// Words before a number.
const BEFORE: [&str; 9] = [
    "第",
    "步骤",
    "附录",
    "step ",
    "chapter ",
    "part ",
    "section ",
    "item ",
    "question ",
];
/// What may follow a number that nothing comes before.
const MARKS: &str = ".、．)）:：，";
const CHINESE_DIGITS: &str = "一二三四五六七八九";
const ORDINALS: [&str; 10] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];
/// Letters are no numbers: `(c)` is not `(3)`.
const LETTERS: u64 = 1 << 32;

/// The number with which a text begins; parts of `2.1` count as thousands.
pub(super) fn ordinal(text: &str) -> Option<u64> {
    let text = text.trim_start();
    let begin: String = text.chars().take(24).collect::<String>().to_lowercase();
    let word = begin
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let after = &begin[word.len()..];
    if let Some(at) = ORDINALS
        .iter()
        .position(|ordinal| word.strip_suffix("ly").unwrap_or(word) == *ordinal)
    {
        return after.starts_with([',', ':']).then_some(at as u64 + 1);
    }
    let (is_open, rest) = match begin.strip_prefix(['(', '（']) {
        Some(rest) => (true, rest),
        None => (false, &*begin),
    };
    let before = BEFORE.iter().find_map(|before| rest.strip_prefix(before));
    let rest = before.unwrap_or(rest);
    let (number, rest) = digits(rest)
        .or_else(|| chinese(rest))
        .or_else(|| letter(rest, is_open))?;
    let is_ended = if is_open {
        rest.starts_with([')', '）'])
    } else {
        rest.starts_with(|c| MARKS.contains(c)) || before.is_some()
    };
    is_ended.then_some(number)
}

/// The number of `3` or `2.1.4`, and what follows it.
fn digits(text: &str) -> Option<(u64, &str)> {
    let mut number = 0_u64;
    let mut rest = text;
    loop {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        // Years and amounts are no numbers of parts.
        if !(1..=2).contains(&end) {
            return None;
        }
        number = number
            .checked_mul(1000)?
            .checked_add(rest[..end].parse().ok()?)?;
        rest = &rest[end..];
        match rest.strip_prefix('.') {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            // As in `2.1.4 Name`; `2.1 ` may be an amount.
            _ if number > 999_999 && rest.starts_with(' ') => return Some((number, ".")),
            _ => return Some((number, rest)),
        }
    }
}

/// The number of `三`, `十二` or `二十`, and what follows it.
fn chinese(text: &str) -> Option<(u64, &str)> {
    let digit = |text: &str| {
        let c = text.chars().next()?;
        let at = CHINESE_DIGITS.chars().position(|digit| digit == c)?;
        Some(at as u64 + 1)
    };
    let width = "一".len();
    let (mut number, mut rest) = match digit(text) {
        Some(number) => (number, &text[width..]),
        None if text.starts_with('十') => (1, text),
        None => return None,
    };
    if let Some(after) = rest.strip_prefix('十') {
        number *= 10;
        rest = after;
        if let Some(ones) = digit(rest) {
            number += ones;
            rest = &rest[width..];
        }
    }
    Some((number, rest))
}

/// The letter of `a)` or `(c)`, and what follows it.
fn letter(text: &str, is_open: bool) -> Option<(u64, &str)> {
    let first = text.chars().next().filter(char::is_ascii_lowercase)?;
    let rest = &text[1..];
    (is_open || rest.starts_with([')', '）'])).then_some((LETTERS + u64::from(first), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_count_alike() {
        for (texts, number) in [
            (["3. Name", "三、名称"], 3),
            (["(12) Name", "（十二）名称"], 12),
            (["Third, it rains", "第三，下雨"], 3),
            (["Step 2: Install", "步骤二：安装"], 2),
            (["2.1. Name", "2.1、名称"], 2001),
            (["Chapter 21 Name", "第二十一章 名称"], 21),
        ] {
            assert_eq!(texts.map(ordinal), [Some(number); 2], "{texts:?}");
        }
        assert_eq!(ordinal("(c) text"), ordinal("c) 正文"));
        assert!(ordinal("(c) text").is_some());
    }

    #[test]
    fn figures_and_words_are_no_ordinals() {
        for text in [
            "",
            "(",
            "第",
            "3 人死亡",
            "2024. A year",
            "12,000 people",
            "三国演义",
            "一个人",
            "十分好",
            "a cat",
            "First light",
            "Third-party",
            "3.5 亿元",
            "1.5 million",
            "c",
            "Step by step",
        ] {
            assert_eq!(ordinal(text), None, "{text}");
        }
    }
}
