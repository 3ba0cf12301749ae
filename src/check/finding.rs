//! What is found in an article.

use super::rule::Rule;

/// How much of a text is quoted, in characters.
const QUOTE: usize = 30;

/// An error or a note about an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// The line of the file, counted from 1; 1 for the file as a whole.
    pub line: u32,
    /// The line of the paragraph in the other language, if there is one.
    pub related_line: Option<u32>,
    /// What is wrong: one line without a full stop, cleaned.
    pub message: String,
}

impl Finding {
    /// A finding at a line.
    pub const fn new(rule: Rule, line: u32, message: String) -> Self {
        Self {
            rule,
            line,
            related_line: None,
            message,
        }
    }
}

/// The beginning of a text on one line.
pub(super) fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quote: String = line.chars().take(QUOTE).collect();
    if quote.len() < line.len() {
        quote.push('…');
    }
    format!("“{quote}”")
}
