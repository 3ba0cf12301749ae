//! `jianbao config`: prints the settings.

use std::io::Write;

use super::output::{self, Outcome, shown};
use crate::cli::ConfigArgs;
use crate::error::Error;
use crate::settings::Settings;
use crate::shell::SettingsFile;

const SCHEMA: &str = include_str!("../../assets/config.schema.json");

/// Prints what the options ask for, or all settings.
pub(super) fn run(arguments: ConfigArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let problems: Vec<String> = file.problems().collect();
    let path = || {
        let none =
            || Error::Usage(tr!("the platform names no home folder, so there is no file").into());
        file.path().map(shown).ok_or_else(none)
    };
    if arguments.path {
        let path = path()?;
        output::print(|out| writeln!(out, "{path}"))?;
    } else if arguments.default {
        output::print(|out| write!(out, "{}", Settings::default_file()))?;
    } else if arguments.schema {
        output::print(|out| write!(out, "{SCHEMA}"))?;
    } else if arguments.check {
        output::print(|out| problems.iter().try_for_each(|line| writeln!(out, "{line}")))?;
        if !problems.is_empty() {
            return Err(Error::Usage(
                tr!("there are mistakes in the settings").into(),
            ));
        }
    } else {
        problems.iter().for_each(output::warn);
        output::print(|out| {
            Settings::ROWS.iter().try_for_each(|row| {
                let value = file.settings().value(row.name);
                let value = value.map(|value| value.to_string()).unwrap_or_default();
                let origin = file.loaded().origin(row.name);
                let setting = format!("{} = {value}", row.name);
                writeln!(out, "{setting:<28}# {origin}")
            })
        })?;
    }
    Ok(Outcome::Yes)
}
