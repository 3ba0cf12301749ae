//! What a session gives to other programs: files to the editor, texts to the clipboard, to commands and to voices.

use std::io::Write;
use std::path::Path;

use super::{ExitReason, Session, sending};
use crate::library::reason;
use crate::reader::{Message, Program};
use crate::shell::clipboard::{clipboard_ways, copy_by_tool};
use crate::shell::editor::Editor;
use crate::shell::event::Event;
use crate::shell::program::RunningProgram;
use crate::shell::voice::voice;
use crate::shell::{external, signals, terminal};
use crate::text::Language;

impl Session {
    /// Opens a file of the library in the editor.
    pub(super) fn edit(&mut self, path: &Path, line: u32) {
        let service = self.library_service.as_ref();
        let Some(file) = service.and_then(|service| service.library().on_disk(path)) else {
            return self.update(Message::Notice(
                tr!("There is no file to edit: it is part of the program, or was piped in").into(),
            ));
        };
        self.run_editor(&file, line);
    }

    /// Opens a text in the editor, in a file that only the user may read, and sends what it is then.
    pub(super) fn edit_text(&mut self, text: &str) {
        let file = tempfile::Builder::new()
            .prefix("jianbao-note-")
            .suffix(".md")
            .tempfile()
            .and_then(|mut file| file.write_all(text.as_bytes()).map(|()| file));
        let file = match file {
            Ok(file) => file,
            Err(error) => return self.update(Message::Notice(reason(&error))),
        };
        if !self.run_editor(file.path(), 1) {
            return;
        }
        match std::fs::read(file.path()) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.update(Message::Edited(text));
            }
            Err(error) => self.update(Message::Notice(reason(&error))),
        }
    }

    /// Runs the editor, and takes the terminal back when that has ended; whether it ended well.
    pub(super) fn run_editor(&mut self, file: &Path, line: u32) -> bool {
        let editor = Editor::new(&self.settings_file.settings().editor);
        let terminal = self.terminal.input().map_err(|error| reason(&error));
        let (editor, terminal) = match (editor, terminal) {
            (Ok(editor), Ok(terminal)) => (editor, terminal),
            (Err(why), _) | (_, Err(why)) => {
                self.update(Message::Notice(why));
                return false;
            }
        };
        terminal::restore();
        let run = || signals::while_handed_over(|| editor.run(file, line, terminal));
        let ended = match &mut self.input {
            Some(input) => input.while_paused(run),
            // A typed line is answered first.
            None => run(),
        };
        if self.resume().is_err() {
            self.exit = Some(ExitReason::Closed);
        }
        let is_well = ended.is_ok();
        if let Err(why) = ended {
            self.update(Message::Notice(why));
        }
        is_well
    }

    /// Opens the folder of a file in another program.
    pub(super) fn open_folder(&mut self, path: &Path) {
        let service = self.library_service.as_ref();
        let file = service.and_then(|service| service.library().on_disk(path));
        let Some(folder) = file.as_deref().and_then(Path::parent) else {
            return self.update(Message::Notice(
                tr!("There is no folder to open: the article is part of the program, or was piped in")
                    .into(),
            ));
        };
        let send = sending(&self.sender);
        external::open_folder(folder, move |line| {
            send(Event::Message(Message::Notice(line)));
        });
    }

    /// Copies to the terminal's clipboard, and to that of the system.
    pub(super) fn copy(&mut self, text: String) {
        let [by_terminal, by_tool] = clipboard_ways(self.settings_file.settings().clipboard);
        let command = external::copy(&text).filter(|_| by_terminal);
        let needs_tool = command.is_none();
        if let Some(command) = command {
            self.screen.backend_mut().queue(command);
        }
        if by_tool {
            let send = sending(&self.sender);
            copy_by_tool(text, needs_tool, move |line| {
                send(Event::Message(Message::Notice(line)));
            });
        } else if needs_tool {
            self.update(Message::Notice(
                tr!("Not copied: the text is too long for the terminal's clipboard").into(),
            ));
        }
    }

    pub(super) fn run_program(&mut self, program: Program) {
        let service = self.library_service.as_ref();
        let file = program.file.as_deref().zip(service);
        let file = file.and_then(|(path, service)| service.library().on_disk(path));
        let send = sending(&self.sender);
        let started = RunningProgram::start(program, file.as_deref(), move |output| {
            send(Event::Message(Message::Output(output)));
        });
        match started {
            Ok(program) => self.program = Some(program),
            Err(why) => self.update(Message::Output(Err(why))),
        }
    }

    /// Reads a text aloud, in place of what is being read.
    pub(super) fn speak(&mut self, number: u32, language: Language, text: &str) {
        self.voice = None;
        let settings = self.settings_file.settings();
        let command = match language {
            Language::Chinese => &settings.aloud_command_zh,
            Language::English => &settings.aloud_command_en,
        };
        let send = sending(&self.sender);
        let started = voice(command, language, text).and_then(|program| {
            RunningProgram::start_silently(program, move |ended| {
                send(Event::Message(Message::Spoken(number, ended)));
            })
        });
        match started {
            Ok(program) => self.voice = Some(program),
            Err(why) => self.update(Message::Spoken(number, Err(why))),
        }
    }
}
