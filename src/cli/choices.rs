//! Values of options.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::text::Language;
use crate::typeset::Ambiguous;
use crate::view::Background;

/// Parses one of the two languages.
pub(super) fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new([
        PossibleValue::new("zh").help("Chinese"),
        PossibleValue::new("en").help("English"),
    ])
    .map(|code| match &*code {
        "en" => Language::English,
        _ => Language::Chinese,
    })
}

/// Parses the width of ambiguous characters.
pub(super) fn ambiguous() -> impl TypedValueParser<Value = Ambiguous> {
    PossibleValuesParser::new([
        PossibleValue::new("narrow").help("One column"),
        PossibleValue::new("wide").help("Two columns"),
    ])
    .map(|width| match &*width {
        "wide" => Ambiguous::Wide,
        _ => Ambiguous::Narrow,
    })
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
