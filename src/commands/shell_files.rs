//! `jianbao completions` and `jianbao man`: what a shell and `man` know of the program.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Generator;
use clap_complete::aot::Shell;
use clap_complete_nushell::Nushell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::command_line::{translated_command, with_words};
use super::output;
use crate::cli::{Cli, ManArgs, ShellChoice};
use crate::error::Error;
use crate::locale::translated;
use crate::reader::key_table;
use crate::settings::Settings;

/// Prints the completions of a shell.
pub(super) fn completions(shell: ShellChoice) -> Result<(), Error> {
    let cli = translated_command(Cli::command(), None);
    let generate = |generator: &dyn Fn(&Command, &mut dyn io::Write) -> io::Result<()>| {
        output::print(|out| generator(&cli, out))
    };
    let by = |shell: Shell| generate(&|cli, out| shell.try_generate(cli, out));
    match shell {
        ShellChoice::Bash => by(Shell::Bash),
        ShellChoice::Zsh => by(Shell::Zsh),
        ShellChoice::Fish => by(Shell::Fish),
        ShellChoice::Elvish => by(Shell::Elvish),
        ShellChoice::Powershell => by(Shell::PowerShell),
        ShellChoice::Nushell => generate(&|cli, out| Nushell.try_generate(cli, out)),
    }
}

/// Prints the manual page of the program, with its keys and settings, or of a command.
pub(super) fn man(arguments: &ManArgs) -> Result<(), Error> {
    let cli = translated_command(Cli::command(), None);
    let mut page = Vec::new();
    match &arguments.name {
        None => {
            let written = Man::new(cli).render(&mut page);
            written.and_then(|()| keys_and_settings().to_writer(&mut page))
        }
        Some(name) => {
            let command = cli.find_subcommand(name).cloned().ok_or_else(|| {
                Error::Usage(tr!(
                    "no command {name}; `jianbao --help` lists them",
                    name = name
                ))
            })?;
            Man::new(command.display_name(format!("jianbao-{name}"))).render(&mut page)
        }
    }
    .map_err(Error::Output)?;
    let page = with_words(&String::from_utf8_lossy(&page));
    output::print(|out| out.write_all(page.as_bytes()))
}

fn keys_and_settings() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [tr!("KEYS")]);
    for (keys, place, help) in key_table() {
        roff.control("TP", []);
        roff.text([bold(keys)]);
        roff.text([roman(format!("{help} ({place})"))]);
    }
    roff.control("SH", [tr!("SETTINGS")]);
    roff.text([roman(tr!(
        "In config.toml (`jianbao config --path` prints where), in the environment as JIANBAO_NAME, or as -o name=value."
    ))]);
    for row in Settings::ROWS {
        roff.control("TP", []);
        roff.text([
            bold(row.name),
            roman(format!(": {}", translated(row.values))),
        ]);
        roff.text([roman(row.help())]);
    }
    roff
}
