//! The settings file: read at start, and again when it changes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::environment;
use super::text_file::read_text;
use super::theme_files::ThemeFiles;
use crate::locale::Locale;
use crate::reader::BoundKeys;
use crate::settings::{Loaded, SettingProblem, SettingSources, Settings, WhenSetting};
use crate::text::clean_line;
use crate::view::{Background, ColourDepth, Palette, Theme};

/// The settings, and where they come from.
#[derive(Debug)]
pub struct SettingsFile {
    path: Option<PathBuf>,
    sources: SettingSources,
    loaded: Loaded,
    pub(super) themes: ThemeFiles,
    /// The theme for a dark and a light background; None before one could be read.
    theme: Option<[Palette; 2]>,
    keys: BoundKeys,
    /// What is wrong with the keys.
    key_problems: Vec<SettingProblem>,
    /// Why the file could not be read.
    failure: Option<String>,
}

impl SettingsFile {
    /// Reads the settings. `command_line` has `NAME=VALUE` of the command line, which wins over the
    /// environment, which wins over the file.
    pub fn read(command_line: Vec<String>) -> Self {
        let variable = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        environment::locale().make_current();
        let path = path();
        let folder = path.as_ref().map(|path| path.with_file_name("themes"));
        let mut settings = Self {
            path,
            themes: ThemeFiles { folder },
            theme: None,
            sources: SettingSources {
                file: None,
                environment: env::vars_os().filter_map(variable).collect(),
                command_line,
            },
            loaded: Loaded::default(),
            keys: BoundKeys::default(),
            key_problems: Vec::new(),
            failure: None,
        };
        settings.read_again();
        settings
    }

    /// The settings with other ones of the command line; the file is not read again.
    pub fn with_command_line(mut self, settings: Vec<String>) -> Self {
        if self.sources.command_line != settings {
            self.sources.command_line = settings;
            self.load(self.failure.clone());
        }
        self
    }

    /// Reads the file again; whether anything changed. What is wrong in it stays as it was.
    pub(super) fn read_again(&mut self) -> bool {
        let read = self.path.as_deref().map_or(Ok(None), read_text);
        let failure = match read {
            Ok(file) => {
                self.sources.file = file;
                None
            }
            // The last text that could be read stays.
            Err(why) => Some(why),
        };
        self.load(failure)
    }

    /// Loads the settings from their sources; whether anything changed.
    fn load(&mut self, failure: Option<String>) -> bool {
        let mut loaded = self.sources.load(&self.loaded);
        let locale = loaded.settings.language.locale(environment::locale());
        if locale != Locale::current() {
            locale.make_current();
            // What is wrong is said in the new language.
            loaded = self.sources.load(&self.loaded);
        }
        let old = self.theme;
        match self.themes.pair(&loaded.settings.theme) {
            Ok(theme) => self.theme = Some(theme),
            Err(why) => {
                let (origin, line) = loaded.place("theme");
                loaded.problems.push(SettingProblem {
                    origin,
                    line: line.filter(|_| !why.is_in_file),
                    message: why.message,
                });
            }
        }
        (self.keys, self.key_problems) = BoundKeys::new(loaded.settings.key_preset, &loaded.keys);
        let is_changed = (&loaded, &failure, old) != (&self.loaded, &self.failure, self.theme);
        (self.loaded, self.failure) = (loaded, failure);
        is_changed
    }

    /// A theme on this terminal; `has_answered` is whether it said that it has underlines in styles.
    pub fn theme(&self, palette: Palette, depth: ColourDepth, has_answered: bool) -> Theme {
        let settings = self.settings();
        let has_styles = match settings.underline_styles {
            WhenSetting::Auto => environment::underline_styles().unwrap_or(has_answered),
            WhenSetting::Always => true,
            WhenSetting::Never => false,
        };
        Theme::of(palette, depth).with_underlines(has_styles, settings.title_underlines)
    }

    /// Changes a setting for this run, given as `NAME=VALUE`.
    ///
    /// # Errors
    /// What is wrong with it, in words; then nothing changes.
    pub(super) fn set(&mut self, setting: String) -> Result<(), String> {
        let problem = |file: &Self| file.loaded.command_line_problem().map(str::to_owned);
        let before = problem(self);
        self.sources.command_line.push(setting);
        self.read_again();
        let problem = problem(self).filter(|_| problem(self) != before);
        if problem.is_some() {
            self.sources.command_line.pop();
            self.read_again();
        }
        problem.map_or(Ok(()), Err)
    }

    /// The path of the file, whether there is one or not; None if the platform names no home
    /// folder.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The effective settings.
    pub const fn settings(&self) -> &Settings {
        &self.loaded.settings
    }

    /// The effective theme for a background.
    pub fn palette(&self, background: Background) -> Palette {
        let theme = self.theme.map(|theme| theme[background as usize]);
        theme.unwrap_or_else(|| Palette::own(background))
    }

    /// The effective keys.
    pub(super) const fn keys(&self) -> &BoundKeys {
        &self.keys
    }

    /// The effective settings, with where each comes from.
    pub const fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// What is wrong with the settings, a line each, with the file and line.
    pub fn problems(&self) -> impl Iterator<Item = String> {
        let path = self.path.as_deref().unwrap_or_else(|| Path::new(""));
        let file = clean_line(&path.to_string_lossy()).into_owned();
        let failure = self.failure.iter().map({
            let file = file.clone();
            move |why| format!("{file}: {why}")
        });
        let problems = self.loaded.problems.iter().chain(&self.key_problems);
        failure.chain(problems.map(move |problem| match problem.line {
            Some(line) => format!("{file}:{line}: {}", problem.message),
            None => problem.message.clone(),
        }))
    }

    /// Watches the file; `on_change` is called for each change, on a thread of its own. A folder that
    /// is made later is watched by the next call. None if nothing can be watched.
    pub(super) fn watch(
        &self,
        on_change: impl Fn() + Send + 'static,
    ) -> Option<RecommendedWatcher> {
        let path = self.path.as_deref()?;
        // Editors replace the file, and it may be a link to one elsewhere.
        let target = fs::canonicalize(path).ok();
        let watched = [Some(path.to_owned()), target];
        let names: Vec<PathBuf> = watched.into_iter().flatten().collect();
        let themes = self.themes.folder.clone();
        let folders: Vec<PathBuf> = names
            .iter()
            .filter_map(|name| name.parent().map(Path::to_owned))
            .chain(themes.clone())
            .collect();
        let awaited = folders.clone();
        let on_event = move |event: notify::Result<Event>| {
            let is_ours = |event: Event| {
                let is_named = |path: &PathBuf| {
                    path.parent() == themes.as_deref()
                        || awaited.iter().any(|folder| folder.starts_with(path))
                        || names
                            .iter()
                            .any(|name| name.file_name() == path.file_name())
                };
                !event.kind.is_access() && event.paths.iter().any(is_named)
            };
            if event.is_ok_and(is_ours) {
                on_change();
            }
        };
        let mut watcher = notify::recommended_watcher(on_event).ok()?;
        let mut is_watched = false;
        for folder in &folders {
            // Above it first, so that it is not missed if it is made just now.
            let above = folder.ancestors().skip(1).find(|above| above.is_dir());
            for folder in above.into_iter().chain([&**folder]) {
                is_watched |= watcher.watch(folder, RecursiveMode::NonRecursive).is_ok();
            }
        }
        is_watched.then_some(watcher)
    }
}

fn path() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("jianbao").join("config.toml"))
}
