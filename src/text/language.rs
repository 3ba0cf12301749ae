//! The two languages of a digest.

use serde::{Deserialize, Serialize};

/// One of the two languages of a digest, and the side of a bilingual text in it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Language {
    /// Chinese, Simplified or Traditional.
    #[default]
    #[serde(rename = "zh")]
    Chinese,
    /// English, or what is written in Latin letters.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both languages, Chinese first.
    pub const BOTH: [Self; 2] = [Self::Chinese, Self::English];

    /// The other language of the pair.
    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// The ISO 639-1 code: `zh` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The name in English.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chinese => message!("Chinese"),
            Self::English => message!("English"),
        }
    }

    /// The sign shown for the language: `中` or `EN`, two columns each.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Chinese => "中",
            Self::English => "EN",
        }
    }
}

/// True if a character is a Han ideograph (Unicode's Unified Ideographs, their extensions and
/// compatibility forms).
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '々' | '〇')
}

/// True if a character is Japanese kana, full or half width.
pub const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}
