//! The pager: which program it is, and how a text is shown in it.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::{Command, Stdio};

use super::terminal::size;
use crate::library::reason;
use crate::platform::Interrupts;
use crate::text::clean_line;

/// The pager if `PAGER` names none.
const DEFAULT: &str = "less -R";

/// Shows a text that has more lines than the terminal in the pager of `PAGER`, and waits until that
/// ends. False if the text is to be printed: it is short, standard output is no terminal, or `PAGER`
/// is empty or `cat`.
///
/// The pager is run without a shell. `LESS`, if it is not set, is `FRX` as git has it, so that colours
/// are shown whatever the arguments are.
///
/// # Errors
/// In words, if the pager cannot be started; nothing was printed then.
pub fn page(text: &[u8]) -> Result<bool, String> {
    let lines = memchr::memchr_iter(b'\n', text).count();
    if !io::stdout().is_terminal() || lines < usize::from(size().rows) {
        return Ok(false);
    }
    let pager = env::var("PAGER").unwrap_or_else(|_| DEFAULT.into());
    let words = shell_words::split(&pager).map_err(|_| not_started(&pager, "…"))?;
    let Some((name, arguments)) = words.split_first().filter(|(name, _)| *name != "cat") else {
        return Ok(false);
    };
    // Ctrl-c is for the pager. Registered before it starts, so that none is missed; the pager itself
    // starts without it.
    let ignored = Interrupts::ignore();
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::piped());
    for (variable, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if env::var_os(variable).is_none() {
            command.env(variable, value);
        }
    }
    let ended = command.spawn().and_then(|mut child| {
        let written = child
            .stdin
            .take()
            .map_or(Ok(()), |mut input| input.write_all(text));
        child.wait()?;
        // A pager may end before it has read everything.
        written.or_else(|error| match error.kind() {
            ErrorKind::BrokenPipe => Ok(()),
            _ => Err(error),
        })
    });
    drop(ignored);
    match ended {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(tr!(
            "no pager {name} here; PAGER names one, --no-pager needs none",
            name = clean_line(name)
        )),
        Err(error) => Err(not_started(name, &reason(&error))),
    }
}

fn not_started(name: &str, why: &str) -> String {
    let name = clean_line(name);
    tr!(
        "the pager {name} cannot be started: {reason}",
        name = name,
        reason = why
    )
}
