//! A program in a terminal of its own, with the time at which it wrote what.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::process;

const SIZE: PtySize = PtySize {
    rows: 45,
    cols: 160,
    pixel_width: 0,
    pixel_height: 0,
};
/// A column right of the line between list and article.
const ARTICLE: u16 = 60;
/// A program that has written nothing for so long has settled.
const SETTLED: Duration = Duration::from_millis(400);
const SETTLED_BRIEFLY: Duration = Duration::from_millis(25);
/// No answer takes longer.
const ANSWERED: Duration = Duration::from_millis(150);
/// Nothing takes as long.
const PATIENCE: Duration = Duration::from_mins(2);

/// Folders of their own for the index and the memory.
pub(crate) struct Homes(tempfile::TempDir);

impl Homes {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// The program with these folders, to be given arguments.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(crate::program());
        command
            .env("XDG_CACHE_HOME", self.0.path().join("cache"))
            .env("XDG_DATA_HOME", self.0.path().join("data"));
        command
    }
}

/// A program that runs.
pub(crate) struct Program {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    parser: vt100::Parser,
    since: Instant,
}

impl Program {
    pub(crate) fn jianbao(folder: &Path, homes: &Homes) -> Self {
        let mut command = CommandBuilder::new(crate::program());
        command.arg(folder);
        command.env("XDG_CACHE_HOME", homes.0.path().join("cache"));
        command.env("XDG_DATA_HOME", homes.0.path().join("data"));
        Self::start(command)
    }

    pub(crate) fn less(file: &Path) -> Self {
        let mut command = CommandBuilder::new("less");
        command.arg(file);
        Self::start(command)
    }

    fn start(mut command: CommandBuilder) -> Self {
        command.env("TERM", "xterm-256color");
        let pty = native_pty_system().openpty(SIZE).expect("a pty");
        let mut reader = pty.master.try_clone_reader().expect("its output");
        let keys = pty.master.take_writer().expect("its input");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(length @ 1..) = reader.read(&mut bytes) {
                if sender
                    .send((Instant::now(), bytes[..length].to_vec()))
                    .is_err()
                {
                    break;
                }
            }
        });
        let since = Instant::now();
        let child = pty.slave.spawn_command(command).expect("the program");
        let [rows, columns] = [SIZE.rows, SIZE.cols].map(|side| side.try_into().expect("a screen"));
        let parser = vt100::Parser::new(rows, columns, 0);
        Self {
            child,
            _master: pty.master,
            keys,
            output,
            parser,
            since,
        }
    }

    /// Times are counted from here on, instead of from the start.
    pub(crate) fn mark(&mut self) {
        self.since = Instant::now();
    }

    pub(crate) fn keys(&mut self, keys: &[u8]) -> &mut Self {
        self.keys
            .write_all(keys)
            .and_then(|()| self.keys.flush())
            .expect("keys are taken");
        self
    }

    /// Waits until the screen is as wanted, and gives the time since the start or the mark.
    pub(crate) fn wait(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        while let Ok((at, bytes)) = self.output.recv_timeout(PATIENCE) {
            self.parser.process(&bytes);
            if wanted(self.parser.screen()) {
                return at - self.since;
            }
        }
        panic!("it did not come:\n{}", self.parser.screen().contents());
    }

    /// Waits until nothing is written any more.
    pub(crate) fn settle(&mut self) -> &mut Self {
        self.settle_for(SETTLED)
    }

    pub(crate) fn settle_briefly(&mut self) -> &mut Self {
        self.settle_for(SETTLED_BRIEFLY)
    }

    fn settle_for(&mut self, time: Duration) -> &mut Self {
        while let Ok((_, bytes)) = self.output.recv_timeout(time) {
            self.parser.process(&bytes);
        }
        self
    }

    /// The rows of the screen, without the status line.
    pub(crate) fn rows(&self) -> Vec<String> {
        rows_of(self.parser.screen())
    }

    /// When what is shown of the article changed for the last time before nothing is written any
    /// more, since the start or the mark.
    pub(crate) fn article_changes(&mut self) -> Option<Duration> {
        self.changes(article_of, SETTLED_BRIEFLY).pop()
    }

    /// When the rows of the list first changed before nothing is written any more, since the start
    /// or the mark.
    pub(crate) fn list_changes(&mut self) -> Option<Duration> {
        self.changes(list_of, ANSWERED).into_iter().next()
    }

    fn changes(
        &mut self,
        part: fn(&vt100::Screen) -> Vec<String>,
        settled: Duration,
    ) -> Vec<Duration> {
        let mut shown = part(self.parser.screen());
        let mut changes = Vec::new();
        while let Ok((at, bytes)) = self.output.recv_timeout(settled) {
            self.parser.process(&bytes);
            let now = part(self.parser.screen());
            if now != shown {
                shown = now;
                changes.push(at - self.since);
            }
        }
        changes
    }

    pub(crate) fn private_bytes(&self) -> u64 {
        self.child.process_id().map_or(0, process::private_bytes)
    }

    pub(crate) fn cpu(&self) -> Duration {
        self.child
            .process_id()
            .map(process::cpu)
            .unwrap_or_default()
    }

    pub(crate) fn quit(&mut self) {
        let _ = self.keys.write_all(b"q").and_then(|()| self.keys.flush());
        let _ = self.child.wait();
    }
}

/// What a screen shows of the article, without the status line: it stands to the right of the list.
fn article_of(screen: &vt100::Screen) -> Vec<String> {
    let mut rows: Vec<String> = screen.rows(ARTICLE, SIZE.cols - ARTICLE).collect();
    rows.pop();
    rows
}

/// The rows of the list on a screen, without its title and the status line.
fn list_of(screen: &vt100::Screen) -> Vec<String> {
    let mut rows: Vec<String> = screen.rows(0, ARTICLE - 2).skip(1).collect();
    rows.pop();
    rows
}

/// The rows of a screen, without the status line.
pub(crate) fn rows_of(screen: &vt100::Screen) -> Vec<String> {
    let mut rows: Vec<String> = screen.rows(0, SIZE.cols).collect();
    rows.pop();
    rows
}
