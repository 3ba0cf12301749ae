//! The themes: those of the program, and the reader's own, in the folder `themes` beside the settings
//! file.

use std::fs;
use std::path::{Path, PathBuf};

use super::text_file::read_text;
use crate::reader::ThemeEntry;
use crate::settings::ThemeSetting;
use crate::text::{clean_line, nearest};
use crate::view::{Background, Palette};

/// The themes.
#[derive(Debug)]
pub(super) struct ThemeFiles {
    /// The folder of the reader's own themes, whether there is one or not.
    pub(super) folder: Option<PathBuf>,
}

impl ThemeFiles {
    /// The theme of a name; one of the reader's own wins over one of the program.
    ///
    /// # Errors
    /// If there is none, or its file has a mistake.
    pub(super) fn find(&self, name: &str) -> Result<Palette, ThemeFailure> {
        let path = self.path(name);
        let file = path.as_deref().map_or(Ok(None), read_text);
        let in_file = |line: Option<usize>, why: &str| {
            let shown = path
                .as_deref()
                .unwrap_or_else(|| Path::new(""))
                .to_string_lossy();
            let line = line.map_or_else(String::new, |line| format!("{line}:"));
            ThemeFailure {
                message: format!("{}:{line} {why}", clean_line(&shown)),
                is_in_file: true,
            }
        };
        match file {
            Ok(Some(text)) => Palette::parse(&text).map_err(|why| in_file(why.line, &why.message)),
            Ok(None) => Palette::shipped(name).ok_or_else(|| ThemeFailure {
                message: self.unknown(name),
                is_in_file: false,
            }),
            Err(why) => Err(in_file(None, &why)),
        }
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(
            self.folder
                .as_ref()?
                .join(name)
                .with_added_extension("toml"),
        )
    }

    fn unknown(&self, name: &str) -> String {
        let entries = self.list();
        let name = clean_line(name);
        match nearest(&name, entries.iter().map(|entry| &*entry.name)) {
            Some(nearest) => tr!(
                "no theme {name}; did you mean {nearest}?",
                name = name,
                nearest = nearest
            ),
            None => tr!("no theme {name}; docs/settings.md lists them", name = name),
        }
    }

    /// All themes by name, those of the reader first, after the one that follows the terminal.
    pub(super) fn list(&self) -> Vec<ThemeEntry> {
        let entry = |name: &str, about: &str| ThemeEntry {
            name: name.to_owned(),
            about: about.to_owned(),
        };
        let files = self
            .folder
            .as_ref()
            .and_then(|folder| fs::read_dir(folder).ok());
        let names = files.into_iter().flatten().filter_map(|file| {
            let path = file.ok()?.path();
            let is_theme = path
                .extension()
                .is_some_and(|extension| extension == "toml");
            let name = path.file_stem().and_then(|name| name.to_str())?;
            (is_theme && clean_line(name) == name).then(|| name.to_owned())
        });
        let mut own: Vec<String> = names.collect();
        own.sort();
        let shipped =
            Palette::shipped_themes().filter(|(name, _)| own.iter().all(|own| own != name));
        let shipped = shipped.map(|(name, background)| {
            let about = match background {
                _ if name == "terminal" => tr!("the 16 colours of the terminal"),
                Background::Dark => tr!("dark"),
                Background::Light => tr!("light"),
            };
            entry(name, about)
        });
        let auto = entry(ThemeSetting::AUTO, tr!("light or dark, as the terminal is"));
        let own_entries = own.iter().map(|name| entry(name, tr!("your own")));
        [auto]
            .into_iter()
            .chain(own_entries)
            .chain(shipped)
            .collect()
    }
}

/// Why a theme cannot be used, in words.
#[derive(Clone, Debug)]
pub(super) struct ThemeFailure {
    pub(super) message: String,
    /// Whether the mistake is in the theme's file, which the message names, and not in its name.
    pub(super) is_in_file: bool,
}

/// The themes in use, for a light and a dark background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ThemePair {
    light: Palette,
    dark: Palette,
}

impl Default for ThemePair {
    fn default() -> Self {
        Self {
            light: Palette::own(Background::Light),
            dark: Palette::own(Background::Dark),
        }
    }
}

impl ThemePair {
    /// Takes the themes of a setting; of one with a mistake, that before stays.
    ///
    /// # Errors
    /// The mistake.
    pub(super) fn change(
        &mut self,
        setting: &ThemeSetting,
        files: &ThemeFiles,
    ) -> Result<(), ThemeFailure> {
        let light = files
            .find(&setting.light)
            .map(|palette| self.light = palette);
        let dark = if setting.follows_terminal() {
            files.find(&setting.dark).map(|palette| self.dark = palette)
        } else {
            light.clone().map(|()| self.dark = self.light)
        };
        light.and(dark)
    }

    /// That for a background.
    pub(super) const fn for_background(&self, background: Background) -> Palette {
        match background {
            Background::Dark => self.dark,
            Background::Light => self.light,
        }
    }
}
