//! The editor: which program it is, and how it opens a file at a line.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::library::reason;
use crate::platform::Handle;
use crate::text::clean_line;

/// The program and its arguments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Editor {
    words: Vec<String>,
}

/// How an editor is given the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineForm {
    /// `+12 FILE`.
    Plus,
    /// `FILE:12`.
    Colon,
    /// `--goto FILE:12`.
    Goto,
    /// Not at all: the file alone.
    None,
}

impl Editor {
    /// The editor of the settings, else that of `VISUAL` or `EDITOR`, else vi.
    ///
    /// # Errors
    /// In words, if its quotation marks are not closed.
    pub(super) fn new(set: &str) -> Result<Self, String> {
        let variable = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        let set = Some(set.to_owned()).filter(|set| !set.trim().is_empty());
        let command = set
            .or_else(|| variable("VISUAL"))
            .or_else(|| variable("EDITOR"));
        Self::parse(&command.unwrap_or_else(|| "vi".into()))
    }

    fn parse(command: &str) -> Result<Self, String> {
        match shell_words::split(command) {
            Ok(words) if !words.is_empty() => Ok(Self { words }),
            _ => Err(tr!(
                "The editor {command} is no command",
                command = clean_line(command)
            )),
        }
    }

    /// Its program without the folder, for messages.
    fn name(&self) -> String {
        let name = Path::new(&self.words[0]).file_name().unwrap_or_default();
        clean_line(&name.to_string_lossy()).into_owned()
    }

    fn line_form(&self) -> LineForm {
        match &*self.name() {
            "vi" | "vim" | "nvim" | "view" | "vis" | "emacs" | "emacsclient" | "nano" | "pico"
            | "micro" | "kak" | "joe" | "mg" | "ne" | "jed" | "gedit" => LineForm::Plus,
            "hx" | "helix" | "zed" | "zeditor" | "subl" => LineForm::Colon,
            "code" | "codium" | "vscodium" | "cursor" | "windsurf" => LineForm::Goto,
            _ => LineForm::None,
        }
    }

    /// The arguments that open a file at a line, counted from 1.
    fn arguments(&self, file: &Path, line: u32) -> Vec<OsString> {
        // A name that begins with + or - would be an option or a command to some editors.
        let file = &std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let mut at_line = file.as_os_str().to_owned();
        at_line.push(format!(":{line}"));
        let words = self.words[1..].iter().map(OsString::from);
        let place = match self.line_form() {
            LineForm::Plus => vec![format!("+{line}").into(), file.into()],
            LineForm::Colon => vec![at_line],
            LineForm::Goto => vec!["--goto".into(), at_line],
            LineForm::None => vec![file.into()],
        };
        words.chain(place).collect()
    }

    /// Runs the editor in the terminal until it ends.
    ///
    /// # Errors
    /// In words, if it cannot be started or fails.
    pub(super) fn run(&self, file: &Path, line: u32, terminal: Handle) -> Result<(), String> {
        let mut command = Command::new(&self.words[0]);
        command
            .args(self.arguments(file, line))
            .stdin(Stdio::from(terminal));
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(match status.code() {
                Some(code) => tr!(
                    "{editor} ended with exit code {code}",
                    editor = self.name(),
                    code = code
                ),
                None => tr!("{editor} was ended by a signal", editor = self.name()),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(tr!(
                "No program {name}; set editor in the settings, or VISUAL or EDITOR",
                name = clean_line(&self.words[0])
            )),
            Err(error) => Err(format!("{}: {}", self.name(), reason(&error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_editors_are_given_the_line() {
        let file = Path::new("/a b/c.md");
        for (command, expected) in [
            ("vim", "+7|/a b/c.md"),
            ("/usr/bin/nano -w", "-w|+7|/a b/c.md"),
            ("hx", "/a b/c.md:7"),
            ("code --wait", "--wait|--goto|/a b/c.md:7"),
            ("'my editor' \"a b\"", "a b|/a b/c.md"),
        ] {
            let arguments = Editor::parse(command).unwrap().arguments(file, 7);
            let arguments: Vec<_> = arguments.iter().map(|it| it.to_str().unwrap()).collect();
            assert_eq!(arguments.join("|"), expected, "{command}");
        }
        assert!(Editor::parse("vim '").is_err());
    }

    #[test]
    fn no_file_name_is_taken_for_an_option_or_a_command() {
        for name in ["+!ls.md", "-c.md"] {
            for command in ["vim", "hx", "code", "cat"] {
                let arguments = Editor::parse(command)
                    .unwrap()
                    .arguments(Path::new(name), 1);
                let last = arguments.last().unwrap().to_str().unwrap();
                assert!(
                    last.starts_with('/') && last.contains(name),
                    "{command}: {last}"
                );
            }
        }
    }

    #[test]
    fn a_missing_editor_is_named_as_it_was_set() {
        let nothing = std::fs::File::open("/dev/null").unwrap().into();
        let editor = Editor::parse("/no/such -w").unwrap();
        let reason = editor.run(Path::new("a.md"), 1, nothing).unwrap_err();
        assert!(reason.starts_with("No program /no/such; "), "{reason}");
    }
}
