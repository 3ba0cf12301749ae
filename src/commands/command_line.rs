//! The command line in the language of the program. clap speaks English, so its help is translated line by line, and
//! its errors are written again from their parts. English is as clap writes it.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, Resettable, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, Parser};
use unicode_width::UnicodeWidthStr;

use super::output::wrapped;
use crate::cli::Cli;
use crate::locale::{Locale, translated, translation};
use crate::shell::{colour_depth, columns};
use crate::text::clean_line;
use crate::view::ColourDepth;

/// The words that clap itself writes into help and manual pages.
const CLAP_WORDS: [&str; 19] = [
    message!("Usage:"),
    message!("Commands:"),
    message!("Arguments:"),
    message!("Options:"),
    message!("Possible values:"),
    message!("[possible values:"),
    message!("[default:"),
    message!("[OPTIONS]"),
    message!(".SH NAME"),
    message!(".SH SYNOPSIS"),
    message!(".SH DESCRIPTION"),
    message!(".SH OPTIONS"),
    message!(".SH SUBCOMMANDS"),
    message!(".SH EXTRA"),
    message!(".SH VERSION"),
    message!("Print help (see more with '--help')"),
    message!("Print help (see a summary with '-h')"),
    message!("Print help"),
    message!("Print version"),
];

/// The settings that an argument gives the language with, before the arguments are parsed: help and errors have it.
pub(super) fn language_settings(arguments: &[OsString]) -> Vec<String> {
    let texts = arguments.iter().filter_map(|argument| argument.to_str());
    let settings = texts.map(|text| {
        let text = text.strip_prefix("--set=").unwrap_or(text);
        text.strip_prefix("-o").unwrap_or(text)
    });
    settings
        .filter(|setting| setting.starts_with("language="))
        .map(str::to_owned)
        .collect()
}

/// Parses the command line.
///
/// # Errors
/// The exit code, after help, the version or an error was printed.
pub(super) fn parse(arguments: &[OsString]) -> Result<Cli, ExitCode> {
    let error = match Cli::try_parse_from(arguments) {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    let code = ExitCode::from(error.exit_code() as u8);
    let width = columns().unwrap_or(100).min(100);
    let command = translated_command(Cli::command(), Some(width.into()));
    // The translated command fails in the same way: only its words differ.
    let again = command.try_get_matches_from(arguments).err();
    let printed = match again.filter(|_| Locale::current() != Locale::English) {
        None => error.print(),
        Some(error) => match said(&error) {
            Some(text) => write!(io::stderr(), "{text}"),
            None if error.use_stderr() => write!(
                io::stderr(),
                "{}",
                rendered(&error, io::stderr().is_terminal())
            ),
            None => write!(
                io::stdout(),
                "{}",
                rendered(&error, io::stdout().is_terminal())
            ),
        },
    };
    // If the output is closed, nothing can be done.
    let _ = printed;
    Err(code)
}

/// The help that clap made, in colour on a terminal.
fn rendered(error: &clap::Error, is_terminal: bool) -> String {
    let text = error.render();
    if is_terminal && colour_depth() != ColourDepth::None {
        with_words(&text.ansi().to_string())
    } else {
        with_words(&text.to_string())
    }
}

/// A text of clap with its own words in the language of the program.
pub(super) fn with_words(text: &str) -> String {
    if Locale::current() == Locale::English {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    for words in CLAP_WORDS {
        let said = translated(words);
        // A full-width mark has its space within.
        if words.starts_with('[') && said.ends_with('：') {
            text = text.replace(&format!("{words} "), said);
        }
        text = text.replace(words, said);
    }
    text
}

/// A command with its help in the language of the program, broken into lines of a width if one is given.
pub(super) fn translated_command(command: Command, width: Option<usize>) -> Command {
    let mut command = command.bin_name("jianbao");
    command.build();
    if Locale::current() == Locale::English {
        return command;
    }
    translate(command, width)
}

fn translate(mut command: Command, width: Option<usize>) -> Command {
    if let Some(usage) = command.get_overridden_usage() {
        let usage = lines(usage, None);
        command = command.override_usage(usage);
    }
    let about = command.get_about().map(|text| lines(text, None));
    let long_about = command.get_long_about().map(|text| lines(text, width));
    let after = command.get_after_long_help().map(|text| lines(text, width));
    if command.has_subcommands() {
        command = command.subcommand_value_name(tr!("COMMAND"));
    }
    // Help stands ten columns from the left.
    let width_of_help = width.map(|width| width.saturating_sub(10).max(20));
    command
        .about(Resettable::from(about))
        .long_about(Resettable::from(long_about))
        .after_long_help(Resettable::from(after))
        .mut_args(|argument| translate_argument(argument, width_of_help))
        .mut_subcommands(|command| translate(command, width))
}

fn translate_argument(mut argument: Arg, width: Option<usize>) -> Arg {
    let names = argument.get_value_names().unwrap_or_default();
    let names: Vec<&str> = names.iter().filter_map(|name| translation(name)).collect();
    if argument.get_action().takes_values() && !names.is_empty() {
        argument = argument.value_names(names);
    }
    let values = argument.get_possible_values().into_iter().map(|value| {
        let help = value.get_help().map(|text| lines(text, None));
        value.help(Resettable::from(help))
    });
    let values: Vec<PossibleValue> = values.collect();
    if !values.is_empty() && argument.get_action().takes_values() {
        argument = argument.value_parser(PossibleValuesParser::new(values));
    }
    let help = argument.get_help().map(|text| lines(text, None));
    let long_help = argument.get_long_help().map(|text| lines(text, width));
    argument
        .help(Resettable::from(help))
        .long_help(Resettable::from(long_help))
}

/// A text in the language of the program, line by line. A line and its sentence are one message.
fn lines(text: &StyledStr, width: Option<usize>) -> StyledStr {
    let text = text.to_string();
    let line = |line: &str| {
        let words = line.trim_start();
        let sentence = || Some(format!("{}。", translation(words.strip_suffix('.')?)?));
        let said = translation(words).map(str::to_owned).or_else(sentence);
        let said = said.unwrap_or_else(|| words.to_owned());
        match width {
            // The rows of tables are made to fit.
            Some(width) if words == line && said.width() > width => {
                wrapped(&said, width).join("\n")
            }
            _ => format!("{}{said}", &line[..line.len() - words.len()]),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n").into()
}

/// An error of the command line in the language of the program; None for help, which is no error.
fn said(error: &clap::Error) -> Option<String> {
    let mut text = reason(error)?;
    let context = |kind| context(error, kind);
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(nearest) = suggested.into_iter().find_map(context) {
        text += &tr!("; did you mean {nearest}?", nearest = nearest);
    } else if error.kind() == ErrorKind::UnknownArgument
        && context(ContextKind::Suggested).is_some()
    {
        let argument = context(ContextKind::InvalidArg).unwrap_or_default();
        text += &tr!(
            "; to give it as a value, write -- {argument}",
            argument = argument
        );
    }
    if let Some(values) = context(ContextKind::ValidValue) {
        text += "\n  ";
        text += &tr!("[possible values: {values}]", values = values);
    }
    if let Some(usage) = context(ContextKind::Usage) {
        text += "\n\n";
        text += &with_words(&usage);
    }
    Some(format!("jianbao: {text}\n\n{}\n", tr!("More: --help")))
}

/// A part of an error, cleaned.
fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(clean_line(text).into_owned()),
        ContextValue::Strings(texts) => Some(clean_line(&texts.join(", ")).into_owned()),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What is wrong.
fn reason(error: &clap::Error) -> Option<String> {
    let context = |kind| context(error, kind);
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            Some(other) if other != argument => {
                tr!(
                    "{argument} cannot be used with {other}",
                    argument = argument,
                    other = other
                )
            }
            _ => tr!("{argument} can be used only once", argument = argument),
        },
        ErrorKind::InvalidValue if value.is_empty() => {
            tr!("{argument} needs a value", argument = argument)
        }
        ErrorKind::InvalidValue => tr!(
            "“{value}” is no value of {argument}",
            value = value,
            argument = argument
        ),
        ErrorKind::ValueValidation => {
            let reason = error.source().map(ToString::to_string).unwrap_or_default();
            match reason.split_once(" is not in ") {
                Some((_, range)) => tr!(
                    "“{value}” is no value of {argument}: it must be in {range}",
                    value = value,
                    argument = argument,
                    range = range
                ),
                None => tr!(
                    "“{value}” is no value of {argument}: write a whole number",
                    value = value,
                    argument = argument
                ),
            }
        }
        ErrorKind::MissingRequiredArgument => tr!("{argument} is missing", argument = argument),
        ErrorKind::TooManyValues => tr!(
            "{argument} takes no value “{value}”",
            argument = argument,
            value = value
        ),
        ErrorKind::InvalidUtf8 => tr!("an argument is not UTF-8").into(),
        ErrorKind::UnknownArgument => tr!("no argument {argument} is known", argument = argument),
        _ => return None,
    })
}
