//! Values of options that are no settings.

use clap::ValueEnum;

use crate::text::Language;

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
