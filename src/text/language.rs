//! The two languages of a digest, and the evidence for each in a piece of text.

mod count;

use std::ops::AddAssign;

/// One of the two languages of a digest; also the name of a side of a bilingual text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Chinese, Simplified or Traditional.
    Chinese,
    /// English, or what is written in Latin letters.
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

    /// Its name in English.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chinese => "Chinese",
            Self::English => "English",
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

/// Says whether a character is a Han ideograph (Unicode's Unified Ideographs, their extensions and compatibility forms).
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '々' | '〇')
}

/// Says whether a character is Japanese kana, full or half width.
pub const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}

/// How much of each script a text holds: the evidence from which its language is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScriptCounts {
    /// Han characters.
    pub han: usize,
    /// Kana characters, which speak for Japanese and so against Chinese.
    pub kana: usize,
    /// Words of two or more Latin letters.
    pub latin: usize,
}

impl ScriptCounts {
    /// Counts the scripts of a text as it stands; the caller leaves out code, URLs and HTML.
    pub fn of(text: &str) -> Self {
        count::count::<false>(text)
    }

    /// Counts the scripts of a line of Markdown, without what is no language: code spans, link targets, bare URLs, HTML tags,
    /// character references and template tags.
    pub fn of_markdown(line: &str) -> Self {
        count::count::<true>(line)
    }

    /// The language that the counts prove, if they prove one.
    ///
    /// Chinese prose is full of Latin names, English prose has few Han glosses, and a thing said in 5 Han characters
    /// takes about 3 English words. So Chinese needs at least as many Han characters as Latin words, English three
    /// Latin words to every Han character, and what lies between proves neither. Where kana are more than half
    /// as many as the Han characters the text is Japanese, and its Han characters count for nothing.
    pub fn language(self) -> Option<Language> {
        let japanese = self.kana * 2 > self.han;
        if self.han > 0 && self.han >= self.latin && !japanese {
            Some(Language::Chinese)
        } else if self.latin > 0 && self.latin >= 3 * (self.han + self.kana) {
            Some(Language::English)
        } else {
            None
        }
    }
}

impl AddAssign for ScriptCounts {
    fn add_assign(&mut self, other: Self) {
        self.han += other.han;
        self.kana += other.kana;
        self.latin += other.latin;
    }
}

#[cfg(test)]
#[path = "language_tests.rs"]
mod tests;
