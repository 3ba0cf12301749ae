//! The program that reads aloud.

use super::environment::has_program;
use crate::reader::Program;
use crate::text::{Language, clean_line};

/// The programs that are looked for, each with what it needs to read Chinese or English from its standard input.
const KNOWN: [[&[&str]; 2]; 3] = [
    [&["say", "-v", "Tingting", "-f", "-"], &["say", "-f", "-"]],
    [
        &["espeak-ng", "--stdin", "-v", "cmn"],
        &["espeak-ng", "--stdin", "-v", "en"],
    ],
    [
        &["spd-say", "--pipe-mode", "--wait", "-l", "zh"],
        &["spd-say", "--pipe-mode", "--wait", "-l", "en"],
    ],
];

/// The program that reads a text: that of a command of the settings, else the first one that is there. No shell reads
/// the command, and the text is never one of its words.
///
/// # Errors
/// Why there is none, in words.
pub(super) fn voice(command: &str, language: Language, text: &str) -> Result<Program, String> {
    let words = if command.trim().is_empty() {
        found(language, has_program)?
    } else {
        let words = shell_words::split(command).unwrap_or_default();
        if words.is_empty() {
            return Err(tr!(
                "Not a command: {command}",
                command = clean_line(command)
            ));
        }
        words
    };
    Ok(Program {
        words,
        // Between double brackets `say` has commands of its own.
        input: text.replace("[[", "[ [") + "\n",
        file: None,
    })
}

fn found(language: Language, is_there: impl Fn(&str) -> bool) -> Result<Vec<String>, String> {
    let known = KNOWN.iter().map(|known| known[language as usize]);
    if let Some(words) = known.into_iter().find(|words| is_there(words[0])) {
        return Ok(words.iter().map(|&word| word.to_owned()).collect());
    }
    let setting = format!("aloud_command_{}", language.code());
    Err(if is_there("piper") {
        tr!(
            "piper needs a voice and a player; name a command in the setting {setting}",
            setting = setting
        )
    } else {
        tr!(
            "No program here reads aloud: install espeak-ng, or name a command in the setting {setting}",
            setting = setting
        )
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use super::*;
    use crate::shell::program::RunningProgram;

    fn say(command: &str, text: &str) -> (RunningProgram, Receiver<Result<(), String>>) {
        let program = voice(command, Language::English, text).unwrap();
        let (sender, receiver) = channel();
        let running = RunningProgram::start_silently(program, move |ended| {
            let _ = sender.send(ended);
        });
        (running.unwrap(), receiver)
    }

    fn said(command: &str, text: &str) -> Result<(), String> {
        let (_running, receiver) = say(command, text);
        receiver.recv_timeout(Duration::from_mins(1)).unwrap()
    }

    #[test]
    fn the_program_is_one_that_is_there() {
        let first = |there: &[&str], language| {
            found(language, |name| there.contains(&name)).map(|words| words.join(" "))
        };
        let (zh, en) = (Language::Chinese, Language::English);
        let both = ["espeak-ng", "spd-say"];
        assert_eq!(first(&both, zh).unwrap(), "espeak-ng --stdin -v cmn");
        assert_eq!(
            first(&["spd-say"], en).unwrap(),
            "spd-say --pipe-mode --wait -l en"
        );
        assert_eq!(first(&["say", "espeak-ng"], en).unwrap(), "say -f -");
        assert!(
            first(&["piper"], zh)
                .unwrap_err()
                .contains("aloud_command_zh")
        );
        assert!(first(&[], en).unwrap_err().contains("aloud_command_en"));
        assert!(voice("\"", en, "").is_err());
    }

    #[test]
    fn the_text_goes_by_standard_input_and_through_no_shell() {
        let folder = tempfile::tempdir().unwrap();
        let (script, file) = (folder.path().join("a voice"), folder.path().join("said"));
        fs::write(&script, "#!/bin/sh\ncat > \"$1\"\n").unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        let command = format!("'{}' '{}'", script.display(), file.display());
        let text = "-x $(touch evil); `id` [[volm 1]] 茶";
        assert_eq!(said(&command, text), Ok(()));
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            "-x $(touch evil); `id` [ [volm 1]] 茶\n"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_command_that_is_absent_dies_or_never_ends_is_no_trouble() {
        let program = voice("/no/such", Language::English, "text").unwrap();
        let error = RunningProgram::start_silently(program, |_| {}).unwrap_err();
        assert_eq!(error, "No program /no/such");
        assert_eq!(said("true", &"x".repeat(300_000)), Ok(()));
        assert_eq!(
            said("sh -c 'echo no voice >&2; exit 3'", "text"),
            Err("sh ended with exit code 3: no voice".into())
        );
        assert_eq!(
            said("sh -c 'kill -9 $$'", "text"),
            Err("sh was ended by a signal".into())
        );
        let (running, receiver) = say("sh -c 'sleep 300'", "text");
        drop(running);
        // Its thread ends without a word.
        assert!(receiver.recv_timeout(Duration::from_mins(1)).is_err());
    }

    #[test]
    fn espeak_reads_both_languages() {
        if !has_program("espeak-ng") {
            eprintln!("skipped: espeak-ng is not installed");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        for (language, text) in [(Language::Chinese, "潮汐能"), (Language::English, "Tides")] {
            let mut program = voice("", language, text).unwrap();
            if program.words[0] != "espeak-ng" {
                program.words = KNOWN[1][language as usize]
                    .iter()
                    .map(|&it| it.into())
                    .collect();
            }
            let file = folder.path().join(language.code());
            program
                .words
                .extend(["-w".into(), file.display().to_string()]);
            let (sender, receiver) = channel();
            let _running = RunningProgram::start_silently(program, move |ended| {
                sender.send(ended).unwrap();
            });
            assert_eq!(
                receiver.recv_timeout(Duration::from_mins(1)).unwrap(),
                Ok(())
            );
            assert!(fs::metadata(file).unwrap().len() > 1000);
        }
    }
}
