//! Other programs: links go to the browser, texts to the terminal's clipboard.

use std::path::Path;

use crossterm::clipboard::CopyToClipboard;

use crate::markdown::can_open;
use crate::text::clean_line;

/// The longest text that is copied, in bytes: about 100 KB in base64, the most that common
/// terminals take.
const MOST_COPIED: usize = 74_000;

/// Opens a link in another program, and reports the result in one line. Only `http`, `https` and
/// `mailto` links are opened. The link is one argument, and no shell is involved. The other program
/// runs detached from the terminal.
pub(super) fn open_link(link: &str, on_done: impl FnOnce(String) + Send + 'static) {
    if !can_open(link) {
        return on_done(tr!(
            "only http, https and mailto links can be opened, not {link}",
            link = clean_line(link)
        ));
    }
    let link = link.to_owned();
    // Starting a program takes a moment, and the thread that draws must not wait.
    let open = move || {
        let shown = clean_line(&link);
        on_done(match open::that_detached(&link) {
            Ok(()) => tr!("opened {link}", link = shown),
            Err(_) => tr!(
                "no program here can open links; the link is {link}",
                link = shown
            ),
        });
    };
    // If the system starts no thread, the link is not opened.
    let _ = std::thread::Builder::new().name("open".into()).spawn(open);
}

/// Opens a folder in another program, and reports the result in one line.
pub(super) fn open_folder(folder: &Path, on_done: impl FnOnce(String) + Send + 'static) {
    let folder = folder.to_owned();
    let open = move || {
        let shown = clean_line(&folder.to_string_lossy()).into_owned();
        on_done(match open::that_detached(&folder) {
            Ok(()) => tr!("Opened {path}", path = shown),
            Err(_) => tr!(
                "No program here can open folders; it is {path}",
                path = shown
            ),
        });
    };
    // If the system starts no thread, the folder is not opened.
    let _ = std::thread::Builder::new().name("open".into()).spawn(open);
}

/// The command that copies a text to the terminal's clipboard (OSC 52), also over ssh. None if the
/// text is too long.
pub(super) fn copy(text: &str) -> Option<CopyToClipboard<&str>> {
    (text.len() <= MOST_COPIED).then(|| CopyToClipboard::to_clipboard_from(text))
}

#[cfg(test)]
mod tests {
    use crossterm::Command as _;

    use super::*;

    #[test]
    fn only_harmless_links_are_opened() {
        for link in [
            "http://a.example/x?y=z",
            "HTTPS://例子.example/中",
            "mailto:a@b.example",
        ] {
            assert!(can_open(link), "{link}");
        }
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https",
            "https:",
            "-rf",
            "ssh://x",
            "https://a b",
            "http://\u{1b}[m",
        ] {
            assert!(!can_open(link), "{link}");
        }
    }

    #[test]
    fn a_refused_link_is_reported() {
        let (sender, receiver) = std::sync::mpsc::channel();
        open_link("file:///etc/passwd", move |line| sender.send(line).unwrap());
        assert_eq!(
            receiver.recv().unwrap(),
            "only http, https and mailto links can be opened, not file:///etc/passwd"
        );
    }

    #[test]
    fn copies_are_bounded() {
        let mut sequence = String::new();
        copy("简报").unwrap().write_ansi(&mut sequence).unwrap();
        assert_eq!(sequence, "\x1b]52;c;566A5oql\x1b\\");
        assert!(copy(&"x".repeat(MOST_COPIED + 1)).is_none());
    }
}
