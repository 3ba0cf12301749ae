//! The keys that the reader binds, as they are written: what they mean only the reader knows.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{SettingOrigin, SettingProblem};
use crate::text::clean_line;

/// Commands of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySetting {
    /// The part of the reader in which it is bound; None for every part that has such commands.
    pub context: Option<String>,
    /// The key, or two with a space between them.
    pub keys: String,
    /// The names of the commands, at least one.
    pub commands: Vec<String>,
    /// The line of the file, counted from 1.
    pub line: Option<usize>,
}

/// The keys of a file that was shipped with the program; None if it is no TOML.
pub fn shipped_keys(file: &str) -> Option<Vec<KeySetting>> {
    let table = DeTable::parse(file).ok()?.into_inner();
    let (_, keys) = table
        .into_iter()
        .find(|(name, _)| name.as_ref() == "keys")?;
    let (keys, problems) = key_settings(keys, &|_| None);
    problems.is_empty().then_some(keys)
}

/// The keys of the value of `keys`, in the order of the file, and what is wrong with them. `line`
/// gives the line of an offset.
pub(super) fn key_settings(
    keys: Spanned<DeValue<'_>>,
    line: &dyn Fn(usize) -> Option<usize>,
) -> (Vec<KeySetting>, Vec<SettingProblem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    collect(keys, None, &mut |at, setting| match setting {
        Ok(setting) => found.push((
            at,
            KeySetting {
                line: line(at),
                ..setting
            },
        )),
        Err(what) => problems.push(SettingProblem {
            origin: SettingOrigin::File,
            line: line(at),
            message: tr!(
                "{key}: expected a command, a list of commands or \"unbind\"",
                key = clean_line(&what)
            ),
        }),
    });
    found.sort_by_key(|(at, _)| *at);
    (
        found.into_iter().map(|(_, setting)| setting).collect(),
        problems,
    )
}

fn collect(
    value: Spanned<DeValue<'_>>,
    context: Option<&str>,
    on_key: &mut dyn FnMut(usize, Result<KeySetting, String>),
) {
    let at = value.span().start;
    let DeValue::Table(table) = value.into_inner() else {
        return on_key(at, Err("keys".into()));
    };
    for (keys, value) in table {
        let at = keys.span().start;
        let keys = keys.into_inner();
        let commands: Option<Vec<String>> = match value.get_ref() {
            DeValue::String(command) => Some(vec![command.to_string()]),
            DeValue::Array(commands) => commands
                .iter()
                .map(|command| command.get_ref().as_str().map(str::to_owned))
                .collect(),
            DeValue::Table(_) if context.is_none() => {
                collect(value, Some(&keys), on_key);
                continue;
            }
            _ => None,
        };
        let setting = commands
            .filter(|it| !it.is_empty())
            .map(|commands| KeySetting {
                context: context.map(str::to_owned),
                keys: keys.to_string(),
                commands,
                line: None,
            });
        on_key(at, setting.ok_or_else(|| format!("keys {keys:?}")));
    }
}
