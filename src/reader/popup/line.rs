//! The lines of a popup: what they show, and what choosing one does.

use std::path::PathBuf;

use crate::catalog::HighlightColour;
use crate::locale::{translated, translation};
use crate::markdown::{BlockKind, Document, LeafKind};
use crate::reader::help::HelpGroup;
use crate::reader::keymap::{Action, Binding};
use crate::typeset::{self, Ambiguous, LayoutSettings};

/// What choosing a line does.
#[derive(Clone, Debug)]
pub(in crate::reader) enum Choice {
    /// Goes to a block of the side shown.
    Block(u32),
    /// Goes to the figure at a byte of the side shown.
    Figure(u32),
    Action(Action),
    /// Opens the library of a folder.
    Library(PathBuf),
    /// Takes a theme.
    Theme(String),
    Bookmark(char),
    /// The number of a highlight, or of a word, in their list.
    Listed(usize),
    /// Runs the command of this name.
    Share(String),
    Command(&'static Binding),
    /// Waits for the value of a setting.
    Setting(&'static str),
    /// Changes a setting: `NAME=VALUE`.
    Set(String),
    /// Filters the list by this query, beside the filter that there is.
    Filter(String),
}

/// A line of a popup.
#[derive(Clone, Debug, Default)]
pub(crate) struct PopupLine {
    /// Whether it is the title of the lines below it.
    pub(crate) is_title: bool,
    /// The columns to leave free before its text.
    pub(crate) indent: u16,
    /// Its keys, in [`Popup::keys_columns`] at the left.
    pub(crate) keys: String,
    /// Its text; the view cuts it to its room.
    pub(crate) text: String,
    /// The colour of the highlight that it is about.
    pub(crate) colour: Option<HighlightColour>,
    /// The lines at its right, in columns of [`Popup::column_step`].
    pub(crate) beside: Vec<PopupLine>,
    pub(super) choice: Option<Choice>,
}
impl PopupLine {
    /// A line of the command line: a name and its explanation.
    pub(in crate::reader) fn command(name: &str, text: String, choice: Choice) -> Self {
        Self {
            keys: name.to_owned(),
            ..Self::item(0, text, choice)
        }
    }

    pub(super) fn item(indent: u16, text: String, choice: Choice) -> Self {
        Self {
            indent,
            text,
            choice: Some(choice),
            ..Self::default()
        }
    }

    /// The title of a group of highlights.
    pub(in crate::reader) fn group(text: &str, choice: Choice) -> Self {
        Self {
            choice: Some(choice),
            ..Self::title(text)
        }
    }

    /// A highlight with the name of its colour.
    pub(in crate::reader) fn annotation(
        colour: HighlightColour,
        text: String,
        choice: Choice,
    ) -> Self {
        Self {
            colour: Some(colour),
            ..Self::command(translated(colour.name()), text, choice)
        }
    }

    /// The note of a highlight.
    pub(in crate::reader) fn of_note(text: String, choice: Choice) -> Self {
        Self::item(0, text, choice)
    }

    pub(super) fn title(text: &str) -> Self {
        Self {
            is_title: true,
            ..Self::text(text.to_owned())
        }
    }

    pub(in crate::reader) fn text(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

/// A text of the tables in the language of the program.
pub(super) fn in_words(english: &str) -> &str {
    translation(english).unwrap_or(english)
}

/// A text of the tables as it is shown, without the marks of code.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// The lines of the help that hold what is searched for.
pub(super) fn help_lines(
    groups: &[HelpGroup],
    query: &str,
    columns: u16,
    ambiguous: Ambiguous,
) -> Vec<PopupLine> {
    let query = query.trim().to_lowercase();
    let is_found = |(keys, text): &(String, String)| {
        keys.to_lowercase().contains(&query) || text.to_lowercase().contains(&query)
    };
    let mut groups = groups.to_vec();
    for (title, items) in &mut groups {
        *title = in_words(title).to_owned();
        for (keys, text) in &mut *items {
            (*keys, *text) = (in_words(keys).to_owned(), plain(in_words(text)));
        }
        items.retain(is_found);
    }
    groups.retain(|(_, items)| !items.is_empty());
    let width = |text: &str| typeset::columns(text, ambiguous) as u16;
    let items = groups.iter().flat_map(|(_, items)| items);
    let keys = items.map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let room = columns.saturating_sub(keys + 2);
    let mut lines = Vec::new();
    for (name, items) in groups {
        if !lines.is_empty() {
            lines.push(PopupLine::default());
        }
        lines.push(PopupLine::title(&name));
        for (mut keys, text) in items {
            for line in wrapped(&text, room, ambiguous) {
                lines.push(PopupLine {
                    keys: std::mem::take(&mut keys),
                    ..PopupLine::text(line)
                });
            }
        }
    }
    lines
}

/// Sets lines in columns of about the same height, one beside the other.
pub(super) fn beside(lines: Vec<PopupLine>, across: usize) -> Vec<PopupLine> {
    let height = lines.len().div_ceil(across.max(1));
    let mut columns: Vec<Vec<PopupLine>> = vec![Vec::new()];
    for line in lines {
        let count = columns.len();
        let Some(column) = columns.last_mut() else {
            continue;
        };
        let is_full = column.len() >= height && count < across;
        let is_blank = line.text.is_empty() && line.keys.is_empty();
        if is_full && !is_blank {
            // A title stands above its first line.
            let title = column.pop_if(|last| last.is_title);
            columns.push(title.into_iter().chain([line]).collect());
        } else if !is_full {
            column.push(line);
        }
    }
    let mut columns = columns.into_iter().map(Vec::into_iter);
    let mut rest: Vec<_> = columns.by_ref().collect();
    let rows = rest.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
    (0..rows)
        .map(|_| {
            let mut row = rest.iter_mut().map(|it| it.next().unwrap_or_default());
            let first = row.next().unwrap_or_default();
            let beside = row.collect();
            PopupLine { beside, ..first }
        })
        .collect()
}

/// Wraps text like the paragraphs of an article.
pub(crate) fn wrapped(text: &str, columns: u16, ambiguous: Ambiguous) -> Vec<String> {
    let mut document = Document::default();
    for paragraph in text.lines() {
        document.push(BlockKind::Paragraph, LeafKind::Paragraph, paragraph);
    }
    let settings = LayoutSettings {
        ambiguous,
        ..LayoutSettings::new(columns.max(1))
    };
    let mut rows = typeset::Rows::default();
    for block in 0..document.blocks.len() {
        typeset::set_block(&document, block, &settings, &mut rows);
    }
    (0..rows.rows.len())
        .map(|row| rows.plain(row, &document))
        .collect()
}
#[cfg(test)]
mod tests {
    use super::help_lines;
    use crate::reader::help::help_groups;
    use crate::reader::{BoundKeys, keymap};
    use crate::typeset::{Ambiguous, columns};

    #[test]
    fn no_line_of_the_help_is_cut() {
        let groups = help_groups(keymap::LIST, &BoundKeys::default());
        for room in [20, 40, 56, 76] {
            let lines = help_lines(&groups, "", room, Ambiguous::Narrow);
            let keys = lines
                .iter()
                .map(|line| columns(&line.keys, Ambiguous::Narrow))
                .max()
                .unwrap()
                + 2;
            let text = lines.iter().filter(|line| !line.is_title);
            let widest = text
                .map(|line| columns(&line.text, Ambiguous::Narrow))
                .max()
                .unwrap();
            assert!(
                keys + widest <= room.into() || room == 20,
                "{keys} + {widest} in {room}"
            );
        }
    }
}
