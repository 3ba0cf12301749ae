//! The command line: commands and settings by what is typed, each with its explanation and keys.

use std::iter;

use super::keymap::{self, ARTICLE, Binding, Contexts, LIST};
use super::layout::Focus;
use super::message::Effect;
use super::model::Model;
use super::popup::{Choice, Popup, PopupLine};
use super::prompt::{Prompt, PromptKind};
use crate::catalog::{Request, Tier, tiers_of_names};
use crate::locale::translated;
use crate::settings::Settings;
use crate::text::is_han;

impl Model {
    pub(super) fn open_palette(&mut self) {
        self.open_prompt(PromptKind::Command);
        self.list_commands("");
    }

    /// Lists the commands and settings that match what is typed, the best match first.
    pub(super) fn list_commands(&mut self, typed: &str) {
        let typed = typed.trim_start();
        let lines = match assignment(typed) {
            Some((name, value)) => self.assignment_lines(name, value),
            None => self.matching(typed.trim_end()),
        };
        self.open_popup(Popup::commands(lines));
    }

    fn matching(&self, typed: &str) -> Vec<PopupLine> {
        let context = self.pane_context();
        let recent = |row: &Binding| {
            let at = self
                .recent_commands
                .iter()
                .rposition(|name| *name == row.name);
            at.map_or(usize::MAX, |at| self.recent_commands.len() - at)
        };
        let commands = keymap::bindings_in(context).filter_map(|row| {
            let help = translated(row.help).replace('`', "");
            let keys = self.settings.keys.keys_of(row, context).join(" ");
            let rank = rank(row.name, &help, typed)?;
            let text = if keys.is_empty() {
                help
            } else {
                format!("{help} · {keys}")
            };
            let line = PopupLine::command(row.name, text, Choice::Command(row));
            Some(((rank, recent(row)), line))
        });
        let settings = Settings::ROWS.iter().filter_map(|row| {
            let rank = rank(row.name, row.help(), typed)?;
            let text = tr!("setting: {help}", help = row.help());
            let line = PopupLine::command(row.name, text, Choice::Setting(row.name));
            Some(((rank, usize::MAX), line))
        });
        let mut found: Vec<_> = commands.chain(settings).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, line)| line).collect()
    }

    /// The values of a setting that begin as typed, and the setting itself unless one of them is
    /// meant.
    fn assignment_lines(&self, name: &'static str, value: &str) -> Vec<PopupLine> {
        let values = self.values_of(name).into_iter();
        let mut lines: Vec<_> = values
            .filter(|(known, _)| known.starts_with(value))
            .map(|(known, about)| {
                PopupLine::command(&known, about, Choice::Set(format!("{name}={known}")))
            })
            .collect();
        if value.is_empty() || lines.is_empty() {
            lines.insert(0, self.assignment_line(name, value));
        }
        lines
    }

    /// The values of a setting that have a name, each with what it is.
    fn values_of(&self, name: &str) -> Vec<(String, String)> {
        if name == "theme" {
            let themes = self.themes.iter();
            return themes
                .map(|theme| (theme.name.clone(), theme.about.clone()))
                .collect();
        }
        let values = Settings::row(name).map_or("", |row| row.values);
        let words = values
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|word| !word.is_empty());
        let switches = ["true", "false"]
            .into_iter()
            .filter(|_| values.contains("true or false"));
        words
            .chain(switches)
            .map(|word| (word.to_owned(), String::new()))
            .collect()
    }

    fn assignment_line(&self, name: &'static str, value: &str) -> PopupLine {
        let values = Settings::row(name).map_or("", |row| translated(row.values));
        let text = match self.settings.set.value(name) {
            Some(now) => tr!("{values} · now {now}", values = values, now = now),
            None => values.to_owned(),
        };
        let choice = if value.is_empty() {
            Choice::Setting(name)
        } else {
            Choice::Set(format!("{name}={value}"))
        };
        PopupLine::command(name, text, choice)
    }

    fn pane_context(&self) -> Contexts {
        match self.focus() {
            Focus::List => LIST,
            Focus::Article => ARTICLE,
        }
    }

    /// Writes the name of the selected command or setting into the line.
    pub(super) fn complete_command(&mut self) {
        let choice = self.popup.as_ref().and_then(Popup::choice);
        let text = match choice {
            Some(Choice::Command(row)) => row.name.to_owned(),
            Some(Choice::Setting(name)) => format!("{name} "),
            Some(Choice::Set(setting)) => setting.replacen('=', " ", 1),
            _ => return,
        };
        self.prompt = Some(Prompt::new(PromptKind::Command, &text));
        self.list_commands(&text);
    }

    /// Executes the selected command, or changes a setting.
    pub(super) fn accept_command(&mut self) {
        match self.popup.take().and_then(|popup| popup.choice()) {
            Some(Choice::Command(row)) => {
                self.recent_commands.retain(|name| name != row.name);
                self.recent_commands.push(row.name.to_owned());
                self.request(Request::RememberCommand(row.name.to_owned()));
                self.execute(row.action, None);
            }
            Some(Choice::Setting(name)) => {
                let text = format!("{name} ");
                self.prompt = Some(Prompt::new(PromptKind::Command, &text));
                self.list_commands(&text);
            }
            Some(Choice::Set(setting)) => self.emit(Effect::Set(setting)),
            _ => self.set_status(tr!("No such command")),
        }
    }
}

/// How well what is typed fits a name or its help: less is better; None if it does not.
fn rank(name: &str, help: &str, typed: &str) -> Option<u8> {
    let typed = typed.to_lowercase().replace([' ', '_'], "-");
    let name = name.replace('_', "-");
    let help = help.to_lowercase();
    if name.starts_with(&typed) {
        Some(0)
    } else if name.split('-').any(|word| word.starts_with(&typed)) {
        Some(1)
    } else if name.contains(&typed) {
        Some(2)
    } else {
        typed
            .split('-')
            .all(|word| help.contains(word) || name.contains(word) || sounds_like(&help, word))
            .then_some(3)
    }
}

/// Whether a word is the pinyin of Chinese words in an explanation, or their initials.
fn sounds_like(help: &str, word: &str) -> bool {
    let is_latin = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let tiers = || tiers_of_names(word, iter::once(help));
    is_latin && help.chars().any(is_han) && tiers().contains(&Tier::Pinyin)
}

/// The setting and the value that are typed as `name value`, `name=value` or `set name value`.
pub(super) fn assignment(typed: &str) -> Option<(&'static str, &str)> {
    let typed = typed.strip_prefix("set ").unwrap_or(typed).trim_start();
    let (name, value) = typed.split_once([' ', '='])?;
    let row = Settings::row(name)?;
    Some((row.name, value.trim().trim_start_matches('=').trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_more_than_explanations() {
        let of = |typed| rank("next-heading", "next heading in the article", typed);
        assert_eq!(
            ["next", "next h", "head", "eadi", "article heading", "list"].map(of),
            [Some(0), Some(0), Some(1), Some(2), Some(3), None]
        );
    }

    #[test]
    fn chinese_explanations_are_found_by_their_sound() {
        let of = |typed| rank("star", "加星标、取消星标", typed);
        assert_eq!(
            ["xingbiao", "jxb", "星标", "star", "zuihou"].map(of),
            [Some(3), Some(3), Some(3), Some(0), None]
        );
    }

    #[test]
    fn settings_are_typed_in_several_ways() {
        for typed in [
            "theme dark",
            "theme=dark",
            "set theme dark",
            "set theme = dark",
        ] {
            assert_eq!(assignment(typed), Some(("theme", "dark")), "{typed}");
        }
        assert_eq!(assignment("theme"), None);
        assert_eq!(assignment("sort x"), None);
    }
}
