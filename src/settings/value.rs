//! The values that settings can have.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::text::{Language, Script};
use crate::typeset::{Ambiguous, Spacing};

/// A value, or that of the last visit of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum OrLast<T> {
    /// As at the last visit.
    Last(LastVisit),
    /// This at each start.
    Set(T),
}

impl<T: Copy> OrLast<T> {
    /// The value; None for that of the last visit.
    pub const fn set(self) -> Option<T> {
        match self {
            Self::Last(_) => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl<T: Copy + PartialEq> OrLast<T> {
    /// The value, if it was set since it was `old`.
    pub fn set_since(self, old: Self) -> Option<T> {
        self.set().filter(|_| self != old)
    }
}

impl<T> Default for OrLast<T> {
    fn default() -> Self {
        Self::Last(LastVisit::Last)
    }
}

/// The word for the value of the last visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum LastVisit {
    /// As at the last visit.
    Last,
}

/// One of the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ValueEnum)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum LanguageCode {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<LanguageCode> for Language {
    fn from(code: LanguageCode) -> Self {
        match code {
            LanguageCode::Zh => Self::Chinese,
            LanguageCode::En => Self::English,
        }
    }
}

/// The language of the program's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum LocaleSetting {
    /// That of the system.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Chinese of the mainland.
    #[serde(rename = "zh-CN")]
    Simplified,
    /// Chinese of Taiwan.
    #[serde(rename = "zh-TW")]
    Traditional,
}

impl LocaleSetting {
    /// The language, if the system's is `system`.
    pub const fn locale(self, system: Locale) -> Locale {
        match self {
            Self::Auto => system,
            Self::English => Locale::English,
            Self::Simplified => Locale::Simplified,
            Self::Traditional => Locale::Traditional,
        }
    }
}

/// The themes for a light and a dark background, by name; the same one twice if it does not follow
/// the terminal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "ThemeValue", into = "ThemeValue")]
pub struct ThemeSetting {
    /// That for a light background.
    pub light: String,
    /// That for a dark background.
    pub dark: String,
}

/// How it is written.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, deny_unknown_fields)]
enum ThemeValue {
    /// A theme, or "auto".
    Name(String),
    /// A theme for each background.
    Pair { light: String, dark: String },
}

impl ThemeSetting {
    /// The word for our own themes by the background of the terminal.
    pub const AUTO: &str = "auto";

    /// The theme of a name, or [`Self::AUTO`].
    pub fn named(name: String) -> Self {
        if name == Self::AUTO {
            return Self::default();
        }
        Self {
            light: name.clone(),
            dark: name,
        }
    }

    /// Whether the colours are those for the background of the terminal.
    pub fn follows_terminal(&self) -> bool {
        self.light != self.dark
    }

    /// Whether this may be the name of a theme, which is that of a file too.
    pub fn is_name(name: &str) -> bool {
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        name.chars().all(is_letter) && !name.is_empty() && name != Self::AUTO
    }
}

impl Default for ThemeSetting {
    fn default() -> Self {
        Self {
            light: "light".into(),
            dark: "dark".into(),
        }
    }
}

impl TryFrom<ThemeValue> for ThemeSetting {
    type Error = &'static str;

    fn try_from(value: ThemeValue) -> Result<Self, Self::Error> {
        let theme = match value {
            ThemeValue::Name(name) => Self::named(name),
            ThemeValue::Pair { light, dark } => Self { light, dark },
        };
        if Self::is_name(&theme.light) && Self::is_name(&theme.dark) {
            Ok(theme)
        } else {
            Err("no name")
        }
    }
}

impl From<ThemeSetting> for ThemeValue {
    fn from(theme: ThemeSetting) -> Self {
        if theme == ThemeSetting::default() {
            Self::Name(ThemeSetting::AUTO.into())
        } else if theme.follows_terminal() {
            Self::Pair {
                light: theme.light,
                dark: theme.dark,
            }
        } else {
            Self::Name(theme.light)
        }
    }
}

/// The signs that the reader draws itself: borders, marks, arrows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SignSetting {
    /// Those of Unicode.
    #[default]
    Unicode,
    /// Only those of ASCII.
    Ascii,
}

/// When something is done that not every output understands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ValueEnum)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum WhenSetting {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How pictures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PictureSetting {
    /// By the best protocol that the terminal has; without one they are not shown.
    #[default]
    Auto,
    /// Not.
    Off,
    /// By kitty's protocol.
    Kitty,
    /// By iTerm2's protocol.
    Iterm2,
    /// By sixel.
    Sixel,
    /// By characters of half a cell, in 24-bit colours.
    Halfblocks,
}

/// In which script Chinese is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ScriptSetting {
    /// In that in which it is written.
    #[default]
    AsWritten,
    /// Simplified.
    Simplified,
    /// Traditional.
    Traditional,
}

/// Which traditional Chinese a simplified text is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TraditionalSetting {
    /// Its characters, the words as they are.
    #[default]
    Standard,
    /// With the words of Taiwan.
    Taiwan,
    /// With the words of Hong Kong.
    HongKong,
}

impl From<TraditionalSetting> for Script {
    fn from(setting: TraditionalSetting) -> Self {
        match setting {
            TraditionalSetting::Standard => Self::Traditional,
            TraditionalSetting::Taiwan => Self::Taiwan,
            TraditionalSetting::HongKong => Self::HongKong,
        }
    }
}

/// Where copies go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClipboardSetting {
    /// To both; over SSH to the terminal.
    #[default]
    Auto,
    /// To the terminal.
    Terminal,
    /// To the program of the system.
    System,
    /// To both.
    Both,
}

/// The width of ambiguous characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ValueEnum)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum AmbiguousSetting {
    /// One column.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

impl From<AmbiguousSetting> for Ambiguous {
    fn from(width: AmbiguousSetting) -> Self {
        match width {
            AmbiguousSetting::Narrow => Self::Narrow,
            AmbiguousSetting::Wide => Self::Wide,
        }
    }
}

/// How far a mark may stand out at the end of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HangingSetting {
    /// Not at all.
    None,
    /// With the half that is blank.
    #[default]
    Half,
    /// With all of it.
    Whole,
}

impl HangingSetting {
    /// The columns that stand out.
    pub const fn columns(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Half => 1,
            Self::Whole => 2,
        }
    }
}

/// The space between Han and Latin letters or figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SpacingSetting {
    /// As written.
    #[default]
    Keep,
    /// One column.
    Thin,
    /// None.
    None,
}

impl From<SpacingSetting> for Spacing {
    fn from(setting: SpacingSetting) -> Self {
        match setting {
            SpacingSetting::Keep => Self::Keep,
            SpacingSetting::Thin => Self::Thin,
            SpacingSetting::None => Self::None,
        }
    }
}

/// How many rows an article has in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Density {
    /// One or two, by the height of the screen.
    Auto,
    /// One.
    Dense,
    /// Two, the second with source and tags.
    Roomy,
}

impl Density {
    /// Whether an article has two rows; None if that depends on the height of the screen.
    pub const fn is_roomy(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Dense => Some(false),
            Self::Roomy => Some(true),
        }
    }
}

/// Which keys are bound before the reader's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyPreset {
    /// Those of vi, as the help shows them.
    #[default]
    Vi,
    /// Those of Emacs as well.
    Emacs,
    /// Those of less as well.
    Less,
}

/// A number from `LEAST` to `MOST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "u16")]
pub struct BoundedNumber<const LEAST: u16, const MOST: u16>(u16);

impl<const LEAST: u16, const MOST: u16> BoundedNumber<LEAST, MOST> {
    /// A number that is in the range.
    pub(super) const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl<const LEAST: u16, const MOST: u16> TryFrom<u16> for BoundedNumber<LEAST, MOST> {
    type Error = &'static str;

    fn try_from(number: u16) -> Result<Self, Self::Error> {
        if (LEAST..=MOST).contains(&number) {
            Ok(Self(number))
        } else {
            Err("out of range")
        }
    }
}

#[cfg(test)]
impl<const LEAST: u16, const MOST: u16> schemars::JsonSchema for BoundedNumber<LEAST, MOST> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("BoundedNumber{LEAST}To{MOST}").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": LEAST, "maximum": MOST })
    }
}
