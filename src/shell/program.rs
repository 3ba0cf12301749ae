//! Programs that run beside the reader, without the terminal: what they read and what they print.

use std::ffi::OsString;
use std::io::{self, PipeReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use parking_lot::Mutex;

use crate::library::reason;
use crate::platform;
use crate::reader::Program;
use crate::text::clean_line;

/// The most bytes of output that are kept; a program that prints more is ended.
const MOST_OUTPUT: usize = 1 << 20;
/// How often the thread looks whether a program has ended that keeps its output open, or closed it before.
const INTERVAL: Duration = Duration::from_millis(50);

/// A program that runs. Dropping it ends the program.
#[derive(Debug)]
pub(super) struct RunningProgram(Arc<Mutex<Running>>);

#[derive(Debug)]
struct Running {
    child: Child,
    /// Whether the reader ended it; then its output is dropped.
    is_cancelled: bool,
}

impl RunningProgram {
    /// Starts a program on a thread of its own; `file` is the path of the article. `on_end` receives what it
    /// printed, standard output and errors as they came; or why it failed, in words.
    ///
    /// # Errors
    /// Why it cannot be started, in words.
    pub(super) fn start(
        program: Program,
        file: Option<&Path>,
        on_end: impl FnOnce(Result<String, String>) + Send + 'static,
    ) -> Result<Self, String> {
        Self::launch(program, file, |name, ended| on_end(result(name, ended)))
    }

    /// Starts a program whose output does not matter, unless it fails.
    ///
    /// # Errors
    /// Why it cannot be started, in words.
    pub(super) fn start_silently(
        program: Program,
        on_end: impl FnOnce(Result<(), String>) + Send + 'static,
    ) -> Result<Self, String> {
        Self::launch(program, None, |name, ended| {
            on_end(silent_result(name, ended));
        })
    }

    fn launch(
        program: Program,
        file: Option<&Path>,
        on_end: impl FnOnce(&str, io::Result<(ExitStatus, Vec<u8>)>) + Send + 'static,
    ) -> Result<Self, String> {
        let name = clean_line(&program.words[0]).into_owned();
        let words = words(&program.words, file)
            .ok_or_else(|| tr!("The article has no file for this command").to_owned())?;
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => tr!("No program {name}", name = name),
            _ => format!("{name}: {}", reason(&error)),
        };
        let (output, writer) = io::pipe().map_err(failed)?;
        let errors = writer.try_clone().map_err(failed)?;
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .env("TERM", "dumb")
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(writer)
            .stderr(errors);
        let mut child = platform::in_own_group(&mut command)
            .spawn()
            .map_err(failed)?;
        // Its ends of the pipe are closed here, so that the output ends with the program.
        drop(command);
        let input = child.stdin.take();
        let running = Arc::new(Mutex::new(Running {
            child,
            is_cancelled: false,
        }));
        let shared = Arc::clone(&running);
        let run = move || {
            let feed = input.map(|mut input| {
                // A program need not read all of its input.
                thread::spawn(move || drop(input.write_all(program.input.as_bytes())))
            });
            let ended = wait(&shared, output);
            drop(feed);
            if !shared.lock().is_cancelled {
                on_end(&name, ended);
            }
        };
        let started = thread::Builder::new().name("program".into()).spawn(run);
        started.map_err(|error| reason(&error))?;
        Ok(Self(running))
    }
}

impl Drop for RunningProgram {
    fn drop(&mut self) {
        let mut running = self.0.lock();
        running.is_cancelled = true;
        running.end();
    }
}

impl Running {
    /// How it ended; None while it runs.
    fn status(&mut self) -> Option<io::Result<ExitStatus>> {
        self.child.try_wait().transpose()
    }

    /// Ends it, and what it started.
    fn end(&mut self) {
        // Once it was waited for, another process may have its number.
        if self.status().is_none() {
            platform::end_group(&self.child);
        }
    }
}

/// The words, with the path of the file for `{file}`; None if there is none.
fn words(words: &[String], file: Option<&Path>) -> Option<Vec<OsString>> {
    let absolute = file.and_then(|file| std::path::absolute(file).ok());
    let fill = |word: &String| {
        let mut parts = word.split("{file}");
        let mut filled = OsString::from(parts.next().unwrap_or_default());
        for part in parts {
            filled.push(absolute.as_deref()?);
            filled.push(part);
        }
        Some(filled)
    };
    words.iter().map(fill).collect()
}

/// Collects the output until the program has ended. What it leaves running in the background keeps nobody waiting.
fn wait(running: &Mutex<Running>, mut output: PipeReader) -> io::Result<(ExitStatus, Vec<u8>)> {
    let (mut printed, mut bytes) = (Vec::new(), [0; 1 << 14]);
    let mut is_open = true;
    loop {
        let is_ready = is_open && is_readable(&output)?;
        if is_ready {
            match output.read(&mut bytes)? {
                0 => is_open = false,
                length => printed.extend_from_slice(&bytes[..length]),
            }
            if printed.len() > MOST_OUTPUT {
                printed.truncate(MOST_OUTPUT);
                running.lock().end();
                is_open = false;
            }
            continue;
        }
        if let Some(status) = running.lock().status() {
            return Ok((status?, printed));
        }
        if !is_open {
            thread::sleep(INTERVAL);
        }
    }
}

/// Waits a moment for output.
fn is_readable(output: &PipeReader) -> io::Result<bool> {
    match platform::readable([output], Some(INTERVAL)) {
        Ok([is_ready]) => Ok(is_ready),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(false),
        Err(error) => Err(error),
    }
}

/// What is shown of a program that has ended.
fn result(name: &str, ended: io::Result<(ExitStatus, Vec<u8>)>) -> Result<String, String> {
    let (status, printed) = ended.map_err(|error| format!("{name}: {}", reason(&error)))?;
    let is_cut = printed.len() == MOST_OUTPUT;
    let mut text = String::from_utf8_lossy(&printed).into_owned();
    if is_cut {
        text += "\n\n";
        text += tr!("(The command printed more than 1 MB and was ended)");
    } else if text.trim().is_empty() && !status.success() {
        return Err(failed(name, status));
    }
    Ok(text)
}

/// How a program failed.
fn failed(name: &str, status: ExitStatus) -> String {
    match status.code() {
        Some(code) => tr!(
            "{name} ended with exit code {code}",
            name = name,
            code = code
        ),
        None => tr!("{name} was ended by a signal", name = name),
    }
}

/// Whether a program ended well; if not, with the first line that it printed.
fn silent_result(name: &str, ended: io::Result<(ExitStatus, Vec<u8>)>) -> Result<(), String> {
    let (status, printed) = ended.map_err(|error| format!("{name}: {}", reason(&error)))?;
    if status.success() {
        return Ok(());
    }
    let printed = String::from_utf8_lossy(&printed);
    let line = printed.lines().find(|line| !line.trim().is_empty());
    let why = failed(name, status);
    Err(match line {
        Some(line) => format!("{why}: {}", clean_line(line.trim())),
        None => why,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    fn start(words: &[&str], input: &str) -> (RunningProgram, Receiver<Result<String, String>>) {
        let program = Program {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            input: input.to_owned(),
            file: None,
        };
        let (sender, receiver) = channel();
        let file = Some(Path::new("/a b/c.md"));
        let running = RunningProgram::start(program, file, move |ended| {
            sender.send(ended).unwrap();
        });
        (running.unwrap(), receiver)
    }

    fn run(words: &[&str], input: &str) -> Result<String, String> {
        let (_running, receiver) = start(words, input);
        receiver.recv_timeout(Duration::from_mins(1)).unwrap()
    }

    #[test]
    fn a_program_reads_its_input_and_its_output_is_kept() {
        assert_eq!(run(&["cat"], "简报\n"), Ok("简报\n".into()));
        assert_eq!(
            run(&["echo", "{file}", "$HOME;"], ""),
            Ok("/a b/c.md $HOME;\n".into())
        );
        let long = "x".repeat(300_000);
        assert_eq!(run(&["true"], &long), Ok(String::new()), "nothing was read");
        assert_eq!(run(&["cat"], &long).map(|text| text.len()), Ok(long.len()));
    }

    #[test]
    fn failures_are_told_in_words() {
        assert_eq!(
            run(&["false"], ""),
            Err("false ended with exit code 1".into())
        );
        assert_eq!(
            run(&["sh", "-c", "echo no >&2; exit 3"], ""),
            Ok("no\n".into())
        );
        let program = Program {
            words: vec!["/no/such".into()],
            input: String::new(),
            file: None,
        };
        let error = RunningProgram::start(program, None, |_| {}).unwrap_err();
        assert_eq!(error, "No program /no/such");
    }

    #[test]
    fn a_program_that_prints_without_end_is_ended() {
        let text = run(&["yes"], "").unwrap();
        assert!(text.len() < MOST_OUTPUT + 100, "{}", text.len());
        assert!(text.ends_with("was ended)"));
    }

    #[test]
    fn what_stays_in_the_background_keeps_nobody_waiting() {
        assert_eq!(
            run(&["sh", "-c", "sleep 300 & echo done"], ""),
            Ok("done\n".into())
        );
    }

    #[test]
    fn a_program_can_be_ended() {
        let (running, receiver) = start(&["sh", "-c", "sleep 300; echo late"], "");
        drop(running);
        // Its thread ends without a word.
        assert!(receiver.recv_timeout(Duration::from_mins(1)).is_err());
    }
}
