//! Where settings come from: what is built in, the file, the environment, the command line. Each
//! wins over those before it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::keys::{KeySetting, key_settings};
use super::libraries::{LibrarySetting, library_settings};
use super::problem::{SettingOrigin, SettingProblem};
use super::table::Settings;
use crate::locale::translated;
use crate::text::clean_short;

/// What begins the name of a variable of the environment that is a setting.
const PREFIX: &str = "JIANBAO_";

/// All that is said of settings besides what is built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingSources {
    /// The text of the settings file.
    pub file: Option<String>,
    /// Variables of the environment; those that are no settings are ignored.
    pub environment: Vec<(String, String)>,
    /// `NAME=VALUE` of the command line.
    pub command_line: Vec<String>,
}

/// Effective settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Their values.
    pub settings: Settings,
    /// The keys of the file.
    pub keys: Vec<KeySetting>,
    /// The libraries with a name, of the file.
    pub libraries: Vec<LibrarySetting>,
    /// What is wrong in their sources.
    pub problems: Vec<SettingProblem>,
    /// The settings that are not the default, in the order in which they were set, each with its
    /// line of the file.
    set: Vec<(&'static str, SettingOrigin, Option<usize>)>,
}

impl SettingSources {
    /// The effective settings. Instead of a value that is wrong in the file that of `last` is used;
    /// if the file is no TOML at all, all of them.
    pub fn load(&self, last: &Loaded) -> Loaded {
        let mut loaded = Loaded::default();
        if let Some(file) = &self.file {
            loaded.apply_file(file, last);
        }
        for (variable, value) in &self.environment {
            let name = variable.strip_prefix(PREFIX).unwrap_or_default();
            let name = name.to_ascii_lowercase();
            if Settings::row(&name).is_some() {
                loaded.apply_text(&name, value, SettingOrigin::Environment, variable);
            }
        }
        for setting in &self.command_line {
            match setting.split_once('=') {
                Some((name, value)) => {
                    let name = name.trim();
                    loaded.apply_text(name, value.trim(), SettingOrigin::CommandLine, name);
                }
                None => loaded.problems.push(SettingProblem {
                    origin: SettingOrigin::CommandLine,
                    line: None,
                    message: tr!(
                        "-o {setting}: write -o NAME=VALUE",
                        setting = clean_short(setting)
                    ),
                }),
            }
        }
        loaded
    }
}

impl Loaded {
    /// Where the value of a setting comes from.
    pub fn origin(&self, name: &str) -> SettingOrigin {
        self.place(name).0
    }

    /// Where the value of a setting comes from, and its line of the file.
    pub fn place(&self, name: &str) -> (SettingOrigin, Option<usize>) {
        let set = self.set.iter().rev().find(|(set, ..)| *set == name);
        set.map_or((SettingOrigin::BuiltIn, None), |(_, origin, line)| {
            (*origin, *line)
        })
    }

    /// A mistake on the command line, in words.
    pub fn command_line_problem(&self) -> Option<&str> {
        let mut problems = self.problems.iter();
        let problem = problems.find(|problem| problem.origin == SettingOrigin::CommandLine)?;
        Some(&problem.message)
    }

    fn apply_file(&mut self, file: &str, last: &Self) {
        let line = |at: usize| {
            file.get(..at)
                .map(|before| 1 + before.matches('\n').count())
        };
        let table = match DeTable::parse(file) {
            Ok(table) => table,
            Err(error) => {
                self.settings = last.settings.clone();
                self.keys.clone_from(&last.keys);
                self.libraries.clone_from(&last.libraries);
                self.problems.push(SettingProblem {
                    origin: SettingOrigin::File,
                    line: error.span().and_then(|span| line(span.start)),
                    message: clean_short(error.message()),
                });
                return;
            }
        };
        let mut entries: Vec<_> = table.into_inner().into_iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            let written = file.get(value.span()).unwrap_or_default().to_owned();
            let at = line(name.span().start);
            let name = name.into_inner();
            match &*name {
                "keys" => {
                    let (keys, problems) = key_settings(value, &line);
                    self.keys = keys;
                    self.problems.extend(problems);
                    continue;
                }
                "library" => {
                    let (libraries, problems) = library_settings(value, &line);
                    self.libraries = libraries;
                    self.problems.extend(problems);
                    continue;
                }
                _ => {}
            }
            if !self.apply(&name, value.into(), (SettingOrigin::File, at)) {
                self.settings.copy(&name, &last.settings);
                let message = wrong(&name, &name, &written);
                self.problems.push(SettingProblem {
                    origin: SettingOrigin::File,
                    line: at,
                    message,
                });
            }
        }
    }

    /// Applies a value that is a TOML value, or a string without its quotes.
    fn apply_text(&mut self, name: &str, value: &str, origin: SettingOrigin, label: &str) {
        let parsed = ValueDeserializer::parse(value);
        let is_applied = parsed.is_ok_and(|parsed| self.apply(name, parsed, (origin, None)));
        let all: Range<usize> = 0..value.len();
        let string = Spanned::new(all, DeValue::String(value.into()));
        if !is_applied && !self.apply(name, string.into(), (origin, None)) {
            let message = wrong(name, label, value);
            self.problems.push(SettingProblem {
                origin,
                line: None,
                message,
            });
        }
    }

    fn apply(
        &mut self,
        name: &str,
        value: ValueDeserializer<'_>,
        (origin, line): (SettingOrigin, Option<usize>),
    ) -> bool {
        let is_set = self.settings.set(name, value);
        if let Some(row) = Settings::row(name).filter(|_| is_set) {
            self.set.push((row.name, origin, line));
        }
        is_set
    }
}

/// What is wrong with a setting, and what would be right.
fn wrong(name: &str, label: &str, value: &str) -> String {
    let label = clean_short(label);
    match (Settings::row(name), Settings::nearest(name)) {
        (Some(row), _) => tr!(
            "{name} = {value}: expected {values}",
            name = label,
            value = clean_short(value),
            values = translated(row.values)
        ),
        (None, Some(nearest)) => tr!(
            "no setting {name}; did you mean {nearest}?",
            name = label,
            nearest = nearest
        ),
        (None, None) => tr!(
            "no setting {name}; `jianbao config` lists them",
            name = label
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::super::value::{BoundedNumber, Density, LanguageCode, OrLast, ThemeSetting};
    use super::*;
    use crate::text::clean_line;

    fn file(text: &str) -> SettingSources {
        SettingSources {
            file: Some(text.into()),
            ..SettingSources::default()
        }
    }

    fn fixed(name: &str) -> ThemeSetting {
        ThemeSetting {
            light: name.into(),
            dark: name.into(),
        }
    }

    fn with(settings: Settings) -> Loaded {
        Loaded {
            settings,
            ..Loaded::default()
        }
    }

    fn problems(loaded: &Loaded) -> Vec<(Option<usize>, &str)> {
        loaded
            .problems
            .iter()
            .map(|problem| (problem.line, problem.message.as_str()))
            .collect()
    }

    #[test]
    fn each_source_wins_over_those_before_it() {
        let mut sources = file("theme = \"dark\"\nmouse = false\nreading_language = \"en\"\n");
        sources.environment = vec![
            ("JIANBAO_MOUSE".into(), "true".into()),
            ("JIANBAO_READING_LANGUAGE".into(), "zh".into()),
            ("JIANBAO_NOTHING".into(), "1".into()),
            ("HOME".into(), "/".into()),
        ];
        sources.command_line = vec![
            "reading_language=last".into(),
            "list_density = roomy".into(),
        ];
        let loaded = sources.load(&Loaded::default());
        assert_eq!(loaded.problems, []);
        let expected = Settings {
            theme: fixed("dark"),
            list_density: OrLast::Set(Density::Roomy),
            ..Settings::default()
        };
        assert_eq!(loaded.settings, expected);
        let origins =
            ["theme", "mouse", "reading_language", "pinyin"].map(|name| loaded.origin(name));
        let expected = [
            SettingOrigin::File,
            SettingOrigin::Environment,
            SettingOrigin::CommandLine,
            SettingOrigin::BuiltIn,
        ];
        assert_eq!(origins, expected);
    }

    #[test]
    fn a_mistake_is_reported_with_its_line_and_what_is_right_and_the_rest_counts() {
        let loaded = file("measure = 72\n\nthem = \"dark\"\ntheme = \"dr/ak\"\nmeasur = 1\nxyzzy = 1\nlist_width = 5\ncursor = true\n")
            .load(&with(Settings {
                theme: fixed("light"),
                ..Settings::default()
            }));
        let expected = [
            (Some(3), "no setting them; did you mean theme?"),
            (
                Some(4),
                "theme = \"dr/ak\": expected \"auto\", a theme, or { light = \"…\", dark = \"…\" }",
            ),
            (Some(5), "no setting measur; did you mean measure?"),
            (Some(6), "no setting xyzzy; `jianbao config` lists them"),
            (
                Some(7),
                "list_width = 5: expected \"last\" or a number from 12 to 200",
            ),
        ];
        assert_eq!(problems(&loaded), expected);
        assert!(loaded.settings.cursor);
        assert_eq!(loaded.settings.theme, fixed("light"), "the last good one");
        assert_eq!(
            loaded.settings.measure.set().map(BoundedNumber::get),
            Some(72)
        );
    }

    #[test]
    fn keys_are_read_with_their_lines_in_the_order_of_the_file() {
        let loaded = file("[keys.list]\nx = \"star\"\n\"ctrl-a\" = [\"star\", \"down\"]\n[keys]\nq = 1\ny = []\n[keys.article.more]\nz = \"up\"\n")
            .load(&Loaded::default());
        let keys: Vec<_> = loaded
            .keys
            .iter()
            .map(|key| {
                (
                    key.context.as_deref(),
                    &*key.keys,
                    key.commands.join(" "),
                    key.line,
                )
            })
            .collect();
        let list = Some("list");
        assert_eq!(
            keys,
            [
                (list, "x", "star".to_owned(), Some(2)),
                (list, "ctrl-a", "star down".to_owned(), Some(3)),
            ]
        );
        let wrong = |keys: &str| {
            format!("keys \"{keys}\": expected a command, a list of commands or \"unbind\"")
        };
        let expected = [
            (Some(5), wrong("q")),
            (Some(6), wrong("y")),
            (Some(7), wrong("more")),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(line, what)| (*line, &**what))
            .collect();
        let mut problems = problems(&loaded);
        problems.sort_unstable();
        assert_eq!(problems, expected);
    }

    #[test]
    fn libraries_have_names_and_folders() {
        let loaded = file(
            "[[library]]\nname = \"news\"\npath = \"~/digests\"\n\n[[library]]\nname = \"x\"\n",
        )
        .load(&Loaded::default());
        let folder = loaded.libraries[0].folder(Some(Path::new("/home/me")));
        assert_eq!(folder, Path::new("/home/me/digests"));
        assert_eq!(
            (loaded.libraries.len(), &*loaded.libraries[0].name),
            (1, "news")
        );
        let expected = (
            Some(5),
            "library: expected [[library]] with a name and a path",
        );
        assert_eq!(problems(&loaded), [expected]);
    }

    #[test]
    fn a_file_that_is_no_toml_keeps_the_last_settings() {
        let last = Settings {
            reading_language: OrLast::Set(LanguageCode::En),
            ..Settings::default()
        };
        let loaded = file("mouse = false\ntheme = = \"dark\"\n").load(&with(last.clone()));
        assert_eq!(loaded.settings, last);
        assert_eq!(loaded.problems.len(), 1);
        assert_eq!(loaded.problems[0].line, Some(2));
    }

    #[test]
    fn the_commented_file_sets_every_setting_to_its_default() {
        let text = Settings::default_file();
        assert!(text.starts_with("#:schema "));
        let is_setting = |line: &&str| {
            let name = line.split_once(" = ").map(|(name, _)| name);
            name.and_then(Settings::row).is_some()
        };
        let lines = text.lines().filter_map(|line| line.strip_prefix("# "));
        let settings: Vec<&str> = lines.filter(is_setting).collect();
        assert_eq!(settings.len(), Settings::ROWS.len());
        let loaded = file(&settings.join("\n")).load(&Loaded::default());
        assert_eq!(
            (loaded.problems.len(), loaded.settings),
            (0, Settings::default())
        );
    }

    proptest! {
        #[test]
        fn any_file_gives_settings_and_harmless_messages(text in "\\PC{0,40}(\n(theme|mouse|measure|[a-z\u{1b}]{1,8}) ?= ?(\"?[a-z\u{202e}]{0,6}\"?|[0-9]{1,6}|\\[.{0,3}))*") {
            let loaded = file(&text).load(&Loaded::default());
            for problem in &loaded.problems {
                prop_assert_eq!(clean_line(&problem.message), problem.message.as_str());
                prop_assert!(problem.message.chars().count() < 200);
            }
        }
    }
}
