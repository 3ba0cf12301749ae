//! The clipboard of the system, by the program that it has for that.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::environment::has_program;
use crate::library::reason;
use crate::platform;
use crate::settings::ClipboardSetting;

/// How long the program may take.
const DEADLINE: Duration = Duration::from_secs(3);

/// A program with its arguments, which reads the text from its standard input.
type Tool = &'static [&'static str];

/// The program for the clipboard of the system. None if there is none, or no screen that it belongs to.
pub fn clipboard_tool() -> Option<Tool> {
    tool(
        |name| env::var_os(name).is_some_and(|value| !value.is_empty()),
        has_program,
    )
}

fn tool(is_set: impl Fn(&str) -> bool, is_there: impl Fn(&str) -> bool) -> Option<Tool> {
    let tools: [(bool, Tool); 5] = [
        (cfg!(target_os = "macos"), &["pbcopy"]),
        (is_set("WSL_DISTRO_NAME"), &["clip.exe"]),
        (is_set("WAYLAND_DISPLAY"), &["wl-copy"]),
        (is_set("DISPLAY"), &["xclip", "-selection", "clipboard"]),
        (is_set("DISPLAY"), &["xsel", "--input", "--clipboard"]),
    ];
    let mut tools = tools.into_iter();
    let (_, tool) = tools.find(|(is_possible, tool)| *is_possible && is_there(tool[0]))?;
    Some(tool)
}

/// Whether a copy goes to the terminal, and whether to the program of the system if there is one.
pub fn clipboard_ways(setting: ClipboardSetting) -> [bool; 2] {
    let is_remote = || {
        ["SSH_CONNECTION", "SSH_TTY"]
            .iter()
            .any(|name| env::var_os(name).is_some())
    };
    match setting {
        ClipboardSetting::Auto => [true, !is_remote()],
        ClipboardSetting::Terminal => [true, false],
        ClipboardSetting::System => [false, true],
        ClipboardSetting::Both => [true, true],
    }
}

/// Copies a text by the program of the system, on a thread of its own. A failure is reported in one line; that there
/// is no program only if the copy `needs` it.
pub(super) fn copy_by_tool(
    text: String,
    needs: bool,
    on_failure: impl FnOnce(String) + Send + 'static,
) {
    let copy = move || match clipboard_tool() {
        Some(tool) => {
            if let Err(error) = feed(tool, text) {
                on_failure(tr!(
                    "Not copied: {tool}: {reason}",
                    tool = tool[0],
                    reason = reason(&error)
                ));
            }
        }
        None if needs => on_failure(
            tr!("Not copied: no program for the clipboard is here, such as wl-copy or xclip")
                .into(),
        ),
        None => {}
    };
    // If the system starts no thread, nothing is copied.
    let _ = thread::Builder::new().name("clipboard".into()).spawn(copy);
}

fn feed(tool: Tool, text: String) -> io::Result<()> {
    let mut command = Command::new(Path::new(tool[0]));
    command
        .args(&tool[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = platform::in_own_group(&mut command).spawn()?;
    let bytes = if tool[0] == "clip.exe" {
        // Windows takes bytes without this mark for another encoding.
        "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    } else {
        text.into_bytes()
    };
    let input = child.stdin.take();
    // A program that does not read would keep the writer waiting.
    let writer = thread::spawn(move || input.map_or(Ok(()), |mut input| input.write_all(&bytes)));
    let end = Instant::now() + DEADLINE;
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if Instant::now() > end => {
                child.kill()?;
                break child.wait()?;
            }
            None => thread::sleep(Duration::from_millis(20)),
        }
    };
    let written = writer.join().unwrap_or(Ok(()));
    if status.success() {
        written
    } else {
        Err(io::Error::other(tr!("it failed")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_is_that_of_the_screen() {
        let found = |variable: &str, there: &[&str]| {
            tool(|name| name == variable, |name| there.contains(&name)).map(|tool| tool[0])
        };
        if !cfg!(target_os = "macos") {
            assert_eq!(
                found("WAYLAND_DISPLAY", &["xclip", "wl-copy"]),
                Some("wl-copy")
            );
            assert_eq!(found("DISPLAY", &["xsel"]), Some("xsel"));
            assert_eq!(found("DISPLAY", &["wl-copy"]), None);
            assert_eq!(found("WSL_DISTRO_NAME", &["clip.exe"]), Some("clip.exe"));
            assert_eq!(found("", &["xclip", "wl-copy", "clip.exe"]), None);
        }
    }

    #[test]
    fn a_tool_that_fails_is_an_error_and_one_that_reads_nothing_too() {
        assert!(feed(&["cat"], "简报".into()).is_ok());
        assert!(feed(&["false"], String::new()).is_err());
        assert!(feed(&["no-such-tool-of-ours"], String::new()).is_err());
    }
}
