//! `jianbao completions` and `jianbao man`: what a shell and `man` know of the program.

use std::io;

use clap::{Command, CommandFactory};
use clap_complete::Generator;
use clap_complete::aot::Shell;
use clap_complete_nushell::Nushell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::output;
use crate::cli::{Cli, ManArgs, ShellChoice};
use crate::error::Error;
use crate::reader::key_table;
use crate::settings::Settings;

/// Prints the completions of a shell.
pub(super) fn completions(shell: ShellChoice) -> Result<(), Error> {
    // The generators want a name.
    let mut cli = Cli::command().bin_name("jianbao");
    cli.build();
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
    let mut cli = Cli::command();
    cli.build();
    let Some(name) = &arguments.name else {
        return output::print(|out| {
            Man::new(cli).render(out)?;
            keys_and_settings().to_writer(out)
        });
    };
    let command = cli
        .find_subcommand(name)
        .cloned()
        .ok_or_else(|| Error::Usage(format!("no command {name}; `jianbao --help` lists them")))?;
    let command = command.display_name(format!("jianbao-{name}"));
    output::print(|out| Man::new(command).render(out))
}

fn keys_and_settings() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    for (keys, place, help) in key_table() {
        roff.control("TP", []);
        roff.text([bold(keys)]);
        roff.text([roman(format!("{help} ({place})"))]);
    }
    roff.control("SH", ["SETTINGS"]);
    roff.text([roman(
        "In config.toml (`jianbao config --path` prints where), in the environment as JIANBAO_NAME, or as -o name=value.",
    )]);
    for row in Settings::ROWS {
        roff.control("TP", []);
        roff.text([bold(row.name), roman(format!(": {}", row.values))]);
        roff.text([roman(row.help[0])]);
    }
    roff
}
