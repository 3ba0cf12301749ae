//! Values of options.

use clap::ValueEnum;

use crate::text::Language;
use crate::typeset::Ambiguous;
use crate::view::Background;

/// One of the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LanguageChoice {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<LanguageChoice> for Language {
    fn from(choice: LanguageChoice) -> Self {
        match choice {
            LanguageChoice::Zh => Self::Chinese,
            LanguageChoice::En => Self::English,
        }
    }
}

/// The languages to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LanguagesChoice {
    /// Chinese.
    Zh,
    /// English.
    En,
    /// Chinese, then English.
    Both,
}

impl LanguagesChoice {
    /// The languages in the order in which they are printed.
    pub const fn languages(self) -> &'static [Language] {
        match self {
            Self::Zh => &[Language::Chinese],
            Self::En => &[Language::English],
            Self::Both => &Language::BOTH,
        }
    }
}

/// The colour theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ThemeChoice {
    /// The theme that fits the background of the terminal.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
}

impl ThemeChoice {
    /// The chosen background; `None` to ask the terminal.
    pub const fn background(self) -> Option<Background> {
        match self {
            Self::Auto => None,
            Self::Dark => Some(Background::Dark),
            Self::Light => Some(Background::Light),
        }
    }
}

/// The width of ambiguous characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AmbiguousChoice {
    /// One column.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

impl From<AmbiguousChoice> for Ambiguous {
    fn from(choice: AmbiguousChoice) -> Self {
        match choice {
            AmbiguousChoice::Narrow => Self::Narrow,
            AmbiguousChoice::Wide => Self::Wide,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColourChoice {
    /// If standard output is a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
