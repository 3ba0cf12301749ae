//! The themes: those of the program, and the reader's own, in the folder `themes` beside the settings
//! file.

use std::fs;
use std::path::PathBuf;

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
    /// The themes of a setting, for a dark and a light background.
    ///
    /// # Errors
    /// If there is none of a name, or its file has a mistake.
    pub(super) fn pair(&self, setting: &ThemeSetting) -> Result<[Palette; 2], ThemeFailure> {
        let dark = self.find(&setting.dark)?;
        let light = if setting.follows_terminal() {
            self.find(&setting.light)?
        } else {
            dark
        };
        Ok([dark, light])
    }

    /// The theme of a name; one of the reader's own wins over one of the program.
    fn find(&self, name: &str) -> Result<Palette, ThemeFailure> {
        let file_name = format!("{name}.toml");
        let path = self.folder.as_ref().map(|folder| folder.join(file_name));
        let path = path.unwrap_or_default();
        let in_file = |line: Option<usize>, why: &str| {
            let line = line.map_or_else(String::new, |line| format!("{line}:"));
            ThemeFailure {
                message: format!("{}:{line} {why}", clean_line(&path.to_string_lossy())),
                is_in_file: true,
            }
        };
        match read_text(&path) {
            Ok(Some(text)) => Palette::parse(&text).map_err(|why| in_file(why.line, &why.message)),
            Ok(None) => Palette::shipped(name).ok_or_else(|| ThemeFailure {
                message: self.unknown(name),
                is_in_file: false,
            }),
            Err(why) => Err(in_file(None, &why)),
        }
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
        let folder = self.folder.as_ref();
        let files = folder.and_then(|folder| fs::read_dir(folder).ok());
        let names = files.into_iter().flatten().filter_map(|file| {
            let name = file.ok()?.file_name().into_string().ok()?;
            let name = name.strip_suffix(".toml")?;
            ThemeSetting::is_name(name).then(|| name.to_owned())
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
        let own = own.iter().map(|name| entry(name, tr!("your own")));
        [auto].into_iter().chain(own).chain(shipped).collect()
    }
}

/// Why a theme cannot be used, in words.
#[derive(Clone, Debug)]
pub(super) struct ThemeFailure {
    pub(super) message: String,
    /// Whether the mistake is in the theme's file, which the message names, and not in its name.
    pub(super) is_in_file: bool,
}
