//! The linear view in the loop: typed lines come in, printed lines go out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::event::Event;
use super::terminal::Stdout;
use crate::platform::Handle;
use crate::reader::{Area, Effect, Message, Model};
use crate::text::clean_line;
use crate::view::LinearView;

/// The screen that the model is laid out for: too narrow for two panes.
pub(super) const AREA: Area = Area {
    columns: 60,
    rows: 24,
};
/// How long the first line waits for the first scan; in a script, until its end.
const SCAN_TIMEOUT: Duration = Duration::from_millis(500);
const LONGEST_LINE: u64 = 4_000;

/// What is printed in place of frames.
#[derive(Debug, Default)]
pub(super) struct LinePrinter {
    view: LinearView,
    /// Asks for the next line; None until the loop runs.
    wanted: Option<Sender<()>>,
    began: Option<Instant>,
    /// Whether the last line has been answered.
    is_answered: bool,
    /// Whether another program, or a look at other folders, is awaited.
    awaits_notice: bool,
    /// What goes elsewhere from a screen, to be printed.
    effects: Vec<String>,
}

impl LinePrinter {
    /// Starts the thread that reads a line whenever the one before is answered, so that nothing is
    /// taken from an editor, and a script may be as fast as it likes.
    pub(super) fn start(
        &mut self,
        input: Handle,
        send: impl Fn(Event) + Send + 'static,
    ) -> io::Result<()> {
        let (wanted, requests) = channel();
        self.wanted = Some(wanted);
        let thread = std::thread::Builder::new().name("input".into());
        let read = move || read_lines(BufReader::new(File::from(input)), &requests, send);
        thread.spawn(read).map(drop)
    }

    /// Begins again with another library.
    pub(super) fn reset(&mut self) {
        let wanted = self.wanted.take();
        *self = Self {
            wanted,
            ..Self::default()
        };
    }

    pub(super) fn begin_answer(&mut self) {
        self.view.begin_answer();
        self.is_answered = false;
    }

    /// Takes note of an effect.
    pub(super) fn note(&mut self, effect: &Effect) {
        match effect {
            Effect::Copy(text) | Effect::Set(text) => {
                self.effects.extend(text.lines().map(str::to_owned));
            }
            Effect::ListLibraries | Effect::OpenLibrary(_) | Effect::Open(_) | Effect::Run(_) => {
                self.awaits_notice = true;
            }
            _ => {}
        }
    }

    /// Takes note of what was awaited.
    pub(super) fn hear(&mut self, message: &Message) {
        let is_notice = matches!(
            message,
            Message::Notice(_) | Message::Libraries(_) | Message::Output(_)
        );
        self.awaits_notice &= !is_notice;
    }

    /// Prints what is new, and at the end of an answer where the reader is.
    pub(super) fn speak(&mut self, model: &Model) -> io::Result<()> {
        // During a scan there are events all the time, so that no timer is needed.
        let began = *self.began.get_or_insert_with(Instant::now);
        let is_script = !io::stdin().is_terminal();
        let is_ready = model.is_ready(is_script || began.elapsed() < SCAN_TIMEOUT);
        let mut lines = std::mem::take(&mut self.effects);
        if !lines.is_empty() {
            self.view.skip_notice(model);
        }
        if is_ready || self.view.is_started() {
            lines.extend(self.view.news(model));
        }
        if is_ready && !self.awaits_notice && !std::mem::replace(&mut self.is_answered, true) {
            lines.extend(self.view.answer(model));
            if let Some(wanted) = &self.wanted {
                // If the thread has ended, so has the input.
                let _ = wanted.send(());
            }
        }
        let lines = lines.iter().map(|line| clean_line(line) + "\n");
        Stdout.write_all(lines.collect::<String>().as_bytes())
    }
}

fn read_lines(mut input: impl BufRead, requests: &Receiver<()>, send: impl Fn(Event)) {
    let mut bytes = Vec::new();
    while requests.recv().is_ok() {
        bytes.clear();
        let mut line = input.by_ref().take(LONGEST_LINE);
        match line.read_until(b'\n', &mut bytes) {
            Ok(1..) => send(Event::Line(String::from_utf8_lossy(&bytes).into_owned())),
            Ok(0) | Err(_) => return send(Event::Closed),
        }
    }
}
