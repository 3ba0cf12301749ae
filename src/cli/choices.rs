//! Options that several commands have.

use clap::{Args, ValueEnum};
use serde::Serialize;

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

/// Whether two files with the languages of one article are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Args)]
pub struct PairingArgs {
    /// Do not join a Chinese and an English file.
    ///
    /// Two files such as tea.md and tea-en.md, or zh/tea.md and en/tea.md, are two articles then, not
    /// one in two languages.
    #[arg(long)]
    pub no_pairing: bool,
}

impl PairingArgs {
    pub(super) fn setting(self) -> Option<String> {
        setting("pairing", self.no_pairing.then_some(false))
    }
}

/// A setting as on the command line: `NAME=VALUE`.
pub(super) fn setting<T: Serialize>(name: &str, value: Option<T>) -> Option<String> {
    let value = toml::Value::try_from(value?).expect("invariant: a setting is TOML");
    Some(format!("{name}={value}"))
}
