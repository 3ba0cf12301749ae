//! The reader's own keys, so that no terminal library is known here.

/// One key press, as the shell reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// Which key was pressed. Shift is part of the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character, as the terminal sent it.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
}

impl Key {
    /// A plain key.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A character.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Control.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false }
    }
}

impl Key {
    /// The key that was meant: characters of a Chinese input method count as the key that gives them.
    ///
    /// Full-width forms are their ASCII characters, Chinese punctuation is the ASCII character of the same key. `、` is the slash on
    /// most Chinese layouts. Not for text that is typed into an input line.
    #[must_use]
    pub fn meant(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from((c as u32 - 0xff01 + 0x21) as u8),
            '\u{3000}' => ' ',
            '、' => '/',
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
        Self { code: Code::Char(c), ..self }
    }
}
