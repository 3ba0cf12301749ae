//! The program in a terminal of its own, for the stories: keys go in, the screen comes out, and
//! everything waits for what it is about, with a deadline, and never for a while.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before a story fails: far beyond what it takes, on any machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the program's terminal shows, fed by a thread that reads what the program writes.
struct Glass {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    closed: bool,
}

/// A program in a pseudoterminal.
pub(crate) struct Story {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    glass: Arc<(Mutex<Glass>, Condvar)>,
    /// The folders of the index and the memory, unless the story has its own.
    _homes: tempfile::TempDir,
}

impl Story {
    /// Starts `jianbao` with arguments and environment variables in a terminal of a size.
    pub(crate) fn begin(
        arguments: &[&str],
        environment: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jianbao"));
        command.args(arguments);
        Self::run(command, environment, (columns, rows))
    }

    /// Starts a shell that runs a script in which `$JIANBAO` is the program.
    pub(crate) fn script(script: &str, environment: &[(&str, &str)], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script]);
        command.env("JIANBAO", env!("CARGO_BIN_EXE_jianbao"));
        Self::run(command, environment, size)
    }

    fn run(
        mut command: CommandBuilder,
        environment: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let pty = native_pty_system().openpty(size(columns, rows)).unwrap();
        command.cwd(Path::new(env!("CARGO_MANIFEST_DIR")));
        for name in [
            "NO_COLOR",
            "COLORTERM",
            "COLORFGBG",
            "TERM_PROGRAM",
            "JIANBAO_PANIC",
        ] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C");
        let homes = tempfile::tempdir().unwrap();
        command.env("XDG_CACHE_HOME", homes.path().join("cache"));
        command.env("XDG_DATA_HOME", homes.path().join("data"));
        command.env("XDG_CONFIG_HOME", homes.path().join("config"));
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        let parser = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        let glass = Arc::new((
            Mutex::new(Glass {
                parser,
                bytes: Vec::new(),
                closed: false,
            }),
            Condvar::new(),
        ));
        let (output, own_glass) = (pty.master.try_clone_reader().unwrap(), Arc::clone(&glass));
        thread::spawn(move || watch(output, &own_glass));
        let keys = pty.master.take_writer().unwrap();
        Self {
            child,
            master: pty.master,
            keys,
            glass,
            _homes: homes,
        }
    }

    /// Types keys.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.glass
            .0
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
        self.master.resize(size(columns, rows)).unwrap();
        self
    }

    /// Waits until the screen is as wanted, and fails with a picture of it otherwise.
    pub(crate) fn wait(
        &mut self,
        what: &str,
        wanted: impl Fn(&vt100::Screen) -> bool,
    ) -> &mut Self {
        self.wait_for(what, |glass| wanted(glass.parser.screen()));
        self
    }

    /// Waits until a text is on the screen.
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("{text:?} on the screen"), |screen| {
            screen.contents().contains(text)
        })
    }

    /// Waits until a text is no longer on the screen.
    pub(crate) fn misses(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("{text:?} gone from the screen"), |screen| {
            !screen.contents().contains(text)
        })
    }

    /// Waits until the program has written some bytes.
    pub(crate) fn has_written(&mut self, bytes: &[u8]) -> &mut Self {
        let what = format!("{:?} written", String::from_utf8_lossy(bytes));
        self.wait_for(&what, |glass| {
            memchr::memmem::find(&glass.bytes, bytes).is_some()
        });
        self
    }

    /// Waits until the terminal is as it was: no alternate screen, cursor shown, no mouse, no
    /// bracketed paste.
    pub(crate) fn is_restored(&mut self) -> &mut Self {
        self.wait("the terminal given back", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        })
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&mut self, name: &str) -> &mut Self {
        let id = self
            .child
            .process_id()
            .expect("the program runs")
            .to_string();
        assert!(
            std::process::Command::new("kill")
                .args([&format!("-{name}"), &id])
                .status()
                .unwrap()
                .success()
        );
        self
    }

    /// Makes the terminal take no more output, as one that nothing reads.
    pub(crate) fn stop_output(&mut self) -> &mut Self {
        let name = self.master.tty_name().unwrap();
        let terminal = std::fs::File::open(name).unwrap();
        rustix::termios::tcflow(terminal, rustix::termios::Action::OOff).unwrap();
        self
    }

    /// The names of the program's threads.
    #[cfg(target_os = "linux")]
    pub(crate) fn threads(&self) -> Vec<String> {
        let id = self.child.process_id().expect("the program runs");
        let threads = std::fs::read_dir(format!("/proc/{id}/task")).unwrap();
        // A thread may end meanwhile.
        let name = |thread: std::fs::DirEntry| {
            let name = std::fs::read_to_string(thread.path().join("comm")).ok()?;
            Some(name.trim_end().to_owned())
        };
        threads.flatten().filter_map(name).collect()
    }

    /// Whether the program has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for the program to end, and returns its exit code and signal.
    pub(crate) fn end(&mut self) -> (u32, Option<String>) {
        let deadline = Instant::now() + PATIENCE;
        // The program's output ends when it does; then it can be waited for without waiting.
        while !self
            .glass
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .closed
        {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.exit_code(), status.signal().map(str::to_owned));
            }
            assert!(
                Instant::now() < deadline,
                "the program does not end:\n{}",
                self.picture()
            );
            let (glass, changed) = &*self.glass;
            drop(
                changed
                    .wait_timeout(
                        glass.lock().unwrap_or_else(PoisonError::into_inner),
                        Duration::from_millis(20),
                    )
                    .unwrap(),
            );
        }
        let status = self.child.wait().unwrap();
        (status.exit_code(), status.signal().map(str::to_owned))
    }

    /// What the terminal shows now, as text.
    pub(crate) fn picture(&self) -> String {
        self.glass
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .parser
            .screen()
            .contents()
    }

    /// Whether the program has written some bytes so far.
    pub(crate) fn has_ever_written(&self, bytes: &[u8]) -> bool {
        let glass = self.glass.0.lock().unwrap_or_else(PoisonError::into_inner);
        memchr::memmem::find(&glass.bytes, bytes).is_some()
    }

    /// How many bytes the program has written so far.
    pub(crate) fn written(&self) -> usize {
        self.glass
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .bytes
            .len()
    }

    fn wait_for(&self, what: &str, wanted: impl Fn(&Glass) -> bool) {
        let (glass, changed) = &*self.glass;
        let guard = glass.lock().unwrap_or_else(PoisonError::into_inner);
        let not_yet = |glass: &mut Glass| !wanted(glass) && !glass.closed;
        let (guard, timeout) = changed
            .wait_timeout_while(guard, PATIENCE, not_yet)
            .unwrap();
        let (is_so, picture) = (wanted(&guard), guard.parser.screen().contents());
        drop(guard);
        let why = if timeout.timed_out() {
            "in time"
        } else {
            "before the program ended"
        };
        assert!(is_so, "{what} did not come {why}:\n{picture}");
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn watch(mut output: Box<dyn Read + Send>, glass: &(Mutex<Glass>, Condvar)) {
    let mut bytes = [0; 8192];
    loop {
        let length = output.read(&mut bytes).unwrap_or(0);
        let mut glass_now = glass.0.lock().unwrap_or_else(PoisonError::into_inner);
        if length == 0 {
            glass_now.closed = true;
        }
        glass_now.parser.process(&bytes[..length]);
        glass_now.bytes.extend_from_slice(&bytes[..length]);
        drop(glass_now);
        glass.1.notify_all();
        if length == 0 {
            return;
        }
    }
}

const fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}
