//! Keys of our own, so that no terminal library is known here; and their names, as they are shown
//! and as they are written in the settings.

use std::fmt::{self, Write};

/// One key press, as the shell reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say all")]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

/// Which key was pressed. Shift is part of the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of the keys")]
pub enum Code {
    /// A character, as the terminal sent it.
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    ShiftUp,
    ShiftDown,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
}

impl Key {
    /// A plain key.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// A character.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Control.
    pub const fn ctrl(c: char) -> Self {
        Self {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
        }
    }

    /// The character of a key without Control and Alt.
    pub(super) const fn letter(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The key that was meant: characters of a Chinese input method count as the key that gives
    /// them.
    ///
    /// Full-width forms are their ASCII characters, Chinese punctuation is the ASCII character of
    /// the same key. `、` is on the key of the backslash. Not for text that is typed into an
    /// input line.
    #[must_use]
    pub fn meant(self) -> Self {
        let Code::Char(c) = self.code else {
            return self;
        };
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from((c as u32 - 0xff01 + 0x21) as u8),
            '\u{3000}' => ' ',
            '、' => '\\',
            '。' => '.',
            '·' => '`',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '《' | '〈' => '<',
            '》' | '〉' => '>',
            '【' | '〔' => '[',
            '】' | '〕' => ']',
            '「' | '『' => '{',
            '」' | '』' => '}',
            '￥' => '$',
            '…' => '^',
            '—' => '_',
            c => c,
        };
        Self {
            code: Code::Char(c),
            ..self
        }
    }
}

/// Keys that are no characters, with their names; the first is shown.
const NAMED: [(Code, &[&str]); 19] = [
    (Code::Char(' '), &["Space"]),
    (Code::Enter, &["Enter", "Return"]),
    (Code::Esc, &["Esc", "Escape"]),
    (Code::Tab, &["Tab"]),
    (Code::BackTab, &["Shift-Tab"]),
    (Code::Backspace, &["Backspace"]),
    (Code::Delete, &["Delete", "Del"]),
    (Code::Up, &["↑", "Up"]),
    (Code::Down, &["↓", "Down"]),
    (Code::ShiftUp, &["Shift-↑", "Shift-Up"]),
    (Code::ShiftDown, &["Shift-↓", "Shift-Down"]),
    (Code::Left, &["←", "Left"]),
    (Code::Right, &["→", "Right"]),
    (Code::PageUp, &["PgUp", "PageUp"]),
    (Code::PageDown, &["PgDn", "PageDown"]),
    (Code::Home, &["Home"]),
    (Code::End, &["End"]),
    (Code::Char('-'), &["-", "Minus"]),
    (Code::Char('+'), &["+", "Plus"]),
];

/// A text with the names of arrow keys in place of arrows.
pub(crate) fn without_arrows(text: &str) -> String {
    let arrows = [("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")];
    let replace = |text: String, (arrow, name)| text.replace(arrow, name);
    arrows.into_iter().fold(text.to_owned(), replace)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        let named = NAMED.iter().find(|(code, _)| *code == self.code);
        match (named, self.code) {
            (Some((_, names)), _) => f.write_str(names[0]),
            (None, Code::Char(c)) => f.write_char(c),
            (None, _) => Ok(()),
        }
    }
}

/// The key of a name, such as `Ctrl-d`, `alt-1`, `PgDn` or `G`. Case matters only in single letters.
pub(super) fn key(name: &str) -> Option<Key> {
    let mut key = Key::plain(Code::Esc);
    let mut rest = name;
    loop {
        let lower = rest.to_lowercase();
        if let Some(after) = lower.strip_prefix("ctrl-").filter(|it| !it.is_empty()) {
            (key.ctrl, rest) = (true, &rest[rest.len() - after.len()..]);
        } else if let Some(after) = lower.strip_prefix("alt-").filter(|it| !it.is_empty()) {
            (key.alt, rest) = (true, &rest[rest.len() - after.len()..]);
        } else {
            break;
        }
    }
    let is_named = |name: &&str| name.to_lowercase() == rest.to_lowercase();
    let named = NAMED.iter().find(|(_, names)| names.iter().any(is_named));
    let mut chars = rest.chars();
    key.code = match (named, chars.next(), chars.next()) {
        (Some((code, _)), _, _) => *code,
        (None, Some(c), None) if key.ctrl => Code::Char(c.to_ascii_lowercase()),
        (None, Some(c), None) if !c.is_control() => Code::Char(c),
        _ => return None,
    };
    Some(key)
}

/// The name of a key, or of two that are pressed one after the other, as it is shown; given as it
/// may be written.
///
/// # Errors
/// Why no such key can arrive, in words.
pub(super) fn chord(written: &str) -> Result<String, String> {
    let mut names = Vec::new();
    for name in written.split_whitespace() {
        let key = key(name).ok_or(tr!(
            "no such key; keys are written as d, G, Ctrl-d, Alt-1, PgDn"
        ))?;
        if let Some(other) = same_in_terminals(key) {
            return Err(tr!("terminals send {key} for it", key = other));
        }
        if key.letter().is_some_and(|c| c.is_ascii_digit()) && names.is_empty() {
            return Err(tr!("digits are counts").into());
        }
        if key.meant() != key {
            return Err(tr!("it counts as {key}", key = key.meant()));
        }
        names.push(key.to_string());
    }
    match names.len() {
        1 | 2 => Ok(names.join(" ")),
        _ => Err(tr!("one key, or two with a space between them").into()),
    }
}

/// The key that terminals send instead of one with Control.
fn same_in_terminals(key: Key) -> Option<&'static str> {
    match key.code {
        Code::Char('i') if key.ctrl => Some("Tab"),
        Code::Char('m' | 'j') if key.ctrl => Some("Enter"),
        Code::Char('h') if key.ctrl => Some("Backspace"),
        Code::Char('[') if key.ctrl => Some("Esc"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_and_their_names_are_read() {
        for (code, names) in NAMED {
            for name in names {
                assert_eq!(key(name), Some(Key::plain(code)), "{name}");
            }
            let alt = Key {
                alt: true,
                ..Key::plain(code)
            };
            assert_eq!(key(&alt.to_string()), Some(alt));
        }
        for key in [Key::ctrl('d'), Key::char('G'), Key::char('}')] {
            assert_eq!(super::key(&key.to_string()), Some(key));
        }
    }

    #[test]
    fn names_may_be_written_in_several_ways() {
        for (written, shown) in [
            ("ctrl-D", "Ctrl-d"),
            ("CTRL-left", "Ctrl-←"),
            ("alt-ctrl-x", "Ctrl-Alt-x"),
            ("g  g", "g g"),
            ("ctrl-x ctrl-c", "Ctrl-x Ctrl-c"),
            ("pagedown", "PgDn"),
            ("alt--", "Alt--"),
        ] {
            assert_eq!(chord(written).as_deref(), Ok(shown), "{written}");
        }
    }

    #[test]
    fn keys_that_cannot_arrive_are_refused() {
        for (written, why) in [
            ("ctrl-i", "terminals send Tab for it"),
            ("3", "digits are counts"),
            ("。", "it counts as ."),
            ("a b c", "one key, or two with a space between them"),
            ("", "one key, or two with a space between them"),
            (
                "hyper-x",
                "no such key; keys are written as d, G, Ctrl-d, Alt-1, PgDn",
            ),
        ] {
            assert_eq!(chord(written), Err(why.to_owned()), "{written}");
        }
    }
}
