//! Theme files: whether a theme is for a dark or a light background, and its colours by what they
//! are for. What a file leaves out is that of our own theme, or of the one that it inherits.

use std::str::FromStr;

use ratatui::style::Color;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::palette::{AtDepths, Background, Palette, SWATCHES};
use crate::text::{clean_short, nearest};

const OTHER_KEYS: [&str; 3] = ["kind", "paint", "inherits"];

/// Names themes of `assets/themes`.
macro_rules! shipped {
    ($($name:literal)*) => {
        /// The themes that are part of the program: names and files.
        const SHIPPED: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../assets/themes/", $name, ".toml")))),*];
    };
}

shipped! {
    "dark" "light" "terminal" "high-contrast-dark" "high-contrast-light"
    "catppuccin-latte" "catppuccin-mocha" "gruvbox-dark" "gruvbox-light" "nord" "rose-pine"
    "rose-pine-dawn" "solarized-dark" "solarized-light" "tokyo-night" "tokyo-night-day"
}

/// What is wrong with a theme file, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeMistake {
    /// The line of the file, counted from 1.
    pub line: Option<usize>,
    /// What is wrong, cleaned, in one line.
    pub message: String,
}

impl Palette {
    /// The themes that are part of the program, by name, each with its background.
    pub fn shipped_themes() -> impl Iterator<Item = (&'static str, Background)> {
        SHIPPED.iter().map(|(name, file)| {
            let is_light = file.contains("kind = \"light\"");
            (
                *name,
                if is_light {
                    Background::Light
                } else {
                    Background::Dark
                },
            )
        })
    }

    /// A theme that is part of the program.
    pub fn shipped(name: &str) -> Option<Self> {
        Self::parse(shipped_file(name)?).ok()
    }

    /// Our own theme for a background.
    pub fn own(background: Background) -> Self {
        let (_, file) = SHIPPED[background as usize];
        Self::parse(file).expect("invariant: our own themes can be read")
    }

    /// The theme of a file.
    ///
    /// # Errors
    /// The first mistake in the file.
    pub fn parse(file: &str) -> Result<Self, ThemeMistake> {
        Self::read(file).map_err(|(at, message)| ThemeMistake {
            line: at.and_then(|at| Some(1 + file.get(..at)?.matches('\n').count())),
            message,
        })
    }
}

impl Palette {
    /// Reads a file; fails with the offset of a mistake and what is wrong.
    fn read(file: &str) -> Result<Self, (Option<usize>, String)> {
        let table = DeTable::parse(file)
            .map_err(|error| {
                (
                    error.span().map(|span| span.start),
                    clean_short(error.message()),
                )
            })?
            .into_inner();
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let mut theme = Self::base(&entries)?;
        for (name, value) in entries {
            let (at, value, name) = (value.span().start, value.into_inner(), name.into_inner());
            let wrong = |message: String| (Some(at), message);
            if let Some((_, swatch)) = SWATCHES.iter().find(|(other, _)| *other == name) {
                theme.given[*swatch as usize] = colours(&value).ok_or_else(|| {
                    wrong(tr!(
                        "{name}: expected a colour: \"#rrggbb\", \"0\" to \"255\", a name such as \"light-red\", \"reset\", or a list of these",
                        name = name
                    ))
                })?;
                continue;
            }
            match &*name {
                "kind" => {
                    let expected = || tr!("{name}: expected \"dark\" or \"light\"", name = name);
                    theme.background = background(&value).ok_or_else(|| wrong(expected()))?;
                }
                "paint" => {
                    let expected = || tr!("{name}: expected true or false", name = name);
                    theme.paints = value.as_bool().ok_or_else(|| wrong(expected()))?;
                }
                "inherits" => {}
                unknown => {
                    let known = SWATCHES.iter().map(|(name, _)| *name).chain(OTHER_KEYS);
                    let name = clean_short(unknown);
                    return Err(wrong(match nearest(unknown, known) {
                        Some(other) => tr!(
                            "no colour {name}; did you mean {nearest}?",
                            name = name,
                            nearest = other
                        ),
                        None => tr!("no colour {name}; docs/settings.md lists them", name = name),
                    }));
                }
            }
        }
        Ok(theme)
    }

    /// What a file starts from: nothing, if it is our own theme for its background.
    fn base(
        entries: &[(Spanned<toml::de::DeString<'_>>, Spanned<DeValue<'_>>)],
    ) -> Result<Self, (Option<usize>, String)> {
        let of = |key: &str| {
            let mut found = entries.iter().filter(|(name, _)| name.as_ref() == key);
            found.next().map(|(_, value)| value)
        };
        let has_all = SWATCHES.iter().all(|(name, _)| of(name).is_some());
        let name = match (
            of("inherits"),
            of("kind").map(|kind| background(kind.as_ref())),
        ) {
            (Some(name), _) => {
                let at = name.span().start;
                let name = name.as_ref().as_str().unwrap_or_default();
                let file = shipped_file(name).ok_or_else(|| {
                    let shown = clean_short(name);
                    let message = match nearest(name, SHIPPED.iter().map(|(name, _)| *name)) {
                        Some(nearest) => tr!(
                            "no theme {name}; did you mean {nearest}?",
                            name = shown,
                            nearest = nearest
                        ),
                        None => tr!("no theme {name}; docs/settings.md lists them", name = shown),
                    };
                    (Some(at), message)
                })?;
                return Self::read(file);
            }
            (None, Some(Some(Background::Light))) => "light",
            (None, _) => "dark",
        };
        match shipped_file(name) {
            Some(file) if !has_all => Self::read(file),
            _ => Ok(Self {
                background: Background::Dark,
                paints: false,
                given: [[None; 3]; SWATCHES.len()],
            }),
        }
    }
}

fn shipped_file(name: &str) -> Option<&'static str> {
    let found = SHIPPED.iter().find(|(other, _)| *other == name);
    found.map(|(_, file)| *file)
}

fn background(value: &DeValue<'_>) -> Option<Background> {
    match value.as_str()? {
        "dark" => Some(Background::Dark),
        "light" => Some(Background::Light),
        _ => None,
    }
}

/// A colour, or several for different depths.
fn colours(value: &DeValue<'_>) -> Option<AtDepths<Option<Color>>> {
    let mut levels = [None; 3];
    let several = value
        .as_array()
        .map(|array| array.iter().map(Spanned::as_ref).collect());
    for one in several.unwrap_or_else(|| vec![value]) {
        let colour = Color::from_str(one.as_str()?).ok()?;
        let level = match colour {
            Color::Rgb(..) => 2,
            Color::Indexed(_) => 1,
            _ => 0,
        };
        levels[level] = Some(colour);
    }
    levels.iter().any(Option::is_some).then_some(levels)
}

#[cfg(test)]
#[path = "theme_file_tests.rs"]
mod tests;
