//! The program's own words in three languages.
//!
//! The code has the English ones, in [`tr!`](crate::tr), [`message!`](crate::message) and tables; `assets/locale` has the Chinese ones,
//! found by the English. As in gettext, the language is one for the whole process. `tests/locale.rs` compares the
//! messages of the code with those of the files.

use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// A language of the program's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// English, also where a message has no translation.
    #[default]
    English,
    /// Chinese in simplified characters, in the words of the mainland.
    Simplified,
    /// Chinese in traditional characters, in the words of Taiwan.
    Traditional,
}

static CURRENT: AtomicU8 = AtomicU8::new(Locale::English as u8);

/// The files of messages: blocks of three lines (English, zh-CN, zh-TW) with blank lines between them. Lines
/// that start with `#` are comments.
pub const FILES: [&str; 4] = [
    include_str!("../assets/locale/reader.txt"),
    include_str!("../assets/locale/commands.txt"),
    include_str!("../assets/locale/help.txt"),
    include_str!("../assets/locale/linear.txt"),
];

impl Locale {
    /// The language that the program uses now.
    pub fn current() -> Self {
        match CURRENT.load(Ordering::Relaxed) {
            1 => Self::Simplified,
            2 => Self::Traditional,
            _ => Self::English,
        }
    }

    /// Makes this the language of the program. What was written before stays as it is.
    pub fn make_current(self) {
        CURRENT.store(self as u8, Ordering::Relaxed);
    }

    /// A message in this language.
    pub fn translated(self, english: &'static str) -> &'static str {
        self.translation(english).unwrap_or(english)
    }

    /// A message in this language; None if it is English or there is no translation.
    pub fn translation(self, english: &str) -> Option<&'static str> {
        static MESSAGES: OnceLock<HashMap<&str, [&str; 2]>> = OnceLock::new();
        let column = match self {
            Self::English => return None,
            Self::Simplified => 0,
            Self::Traditional => 1,
        };
        let messages = MESSAGES.get_or_init(|| FILES.into_iter().flat_map(messages).collect());
        messages.get(english).map(|chinese| chinese[column])
    }

    /// The language of a POSIX locale or a BCP 47 tag: `zh_TW.UTF-8`, `zh-Hant-HK`, `C`. English for all but
    /// Chinese.
    pub fn named(name: &str) -> Self {
        let name = name.to_ascii_lowercase().replace('_', "-");
        let tag = name.split(['.', '@']).next().unwrap_or_default();
        let mut parts = tag.split('-');
        if parts.next() != Some("zh") {
            return Self::English;
        }
        // The script counts more than the region: zh-Hans-TW is simplified.
        let mut locale = Self::Simplified;
        for part in parts {
            match part {
                "hans" => return Self::Simplified,
                "hant" | "tw" | "hk" | "mo" => locale = Self::Traditional,
                _ => {}
            }
        }
        locale
    }
}

/// A message in the current language.
pub fn translated(english: &'static str) -> &'static str {
    Locale::current().translated(english)
}

/// A message in the current language; None if that is English or there is no translation.
pub fn translation(english: &str) -> Option<&'static str> {
    Locale::current().translation(english)
}

/// The messages of a file: English with both Chinese texts.
pub fn messages(file: &'static str) -> impl Iterator<Item = (&'static str, [&'static str; 2])> {
    let is_message = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let mut lines = file.lines().filter(is_message);
    std::iter::from_fn(move || Some((lines.next()?, [lines.next()?, lines.next()?])))
}

/// Puts values into a message with `{name}`s.
pub fn filled(message: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        text += before;
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(other, _)| *other == name) {
            // Writing to a string never fails.
            let _ = write!(text, "{value}");
        }
        rest = after;
    }
    text + rest
}

/// A message in the current language, by its English words: `tr!("No match · Esc clears")`, a `&'static str`; or
/// with values, a `String`: `tr!("{count} of {total}", count = 3, total = all)`.
///
/// The names of the values must not depend on their order, since the languages put them in different ones. A
/// literal brace is not possible with values.
#[macro_export]
macro_rules! tr {
    ($english:literal $(,)?) => {
        $crate::locale::translated($english)
    };
    ($english:literal, $($name:ident = $value:expr),+ $(,)?) => {
        match $crate::locale::translation($english) {
            Some(message) => $crate::locale::filled(
                message,
                &[$((stringify!($name), &$value as &dyn ::std::fmt::Display)),+],
            ),
            None => format!($english, $($name = $value),+),
        }
    };
}

/// Marks an English message of a table, which is [`translated`] where it is shown.
#[macro_export]
macro_rules! message {
    ($english:literal) => {
        $english
    };
}

/// Marks several: `messages!["{help} help", "{quit} quit"]` is a vector.
#[macro_export]
macro_rules! messages {
    ($($english:literal),+ $(,)?) => {
        vec![$($english),+]
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_known_by_many_names() {
        for name in [
            "zh_CN.UTF-8",
            "zh-Hans",
            "zh",
            "zh_SG",
            "zh-Hans-TW",
            "ZH_cn",
        ] {
            assert_eq!(Locale::named(name), Locale::Simplified, "{name}");
        }
        for name in ["zh_TW.UTF-8", "zh-Hant", "zh_HK", "zh_MO@x", "zh-hant-CN"] {
            assert_eq!(Locale::named(name), Locale::Traditional, "{name}");
        }
        for name in [
            "",
            "C",
            "POSIX",
            "en_GB.UTF-8",
            "de_DE",
            "xx",
            "zhx_TW",
            "\u{4e2d}文",
        ] {
            assert_eq!(Locale::named(name), Locale::English, "{name}");
        }
    }

    #[test]
    fn values_go_to_their_names_in_any_order() {
        let values: [(&str, &dyn Display); 2] = [("count", &3), ("total", &"{count}")];
        assert_eq!(
            filled("{total} 篇中 {count} 篇", &values),
            "{count} 篇中 3 篇"
        );
        assert_eq!(tr!("{a} of {b}", a = 1, b = "x"), "1 of x");
    }
}
