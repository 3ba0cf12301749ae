//! Popups over the panes: help, menu, outline, problems, a link.

mod contents;

use super::keymap::Action;
use super::layout::ScreenRect;
use super::viewport::{Motion, SingleRows, Viewport};

/// What a popup shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PopupKind {
    Help,
    Menu,
    Outline,
    /// The problems of the article, and its figures that disagree.
    Problems,
    /// The target of a link, before it is opened.
    Link,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PopupLineKind {
    Group,
    /// A line that can be chosen, or that has keys beside it.
    Item,
    Text,
}

/// A line on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PopupRow<'a> {
    pub(crate) kind: PopupLineKind,
    /// The columns to leave free before its text.
    pub(crate) indent: u16,
    /// Its keys, in [`Popup::keys_columns`] at the left.
    pub(crate) keys: &'a str,
    /// Its text; the view cuts it to its room.
    pub(crate) text: &'a str,
    pub(crate) is_selected: bool,
}

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    None,
    /// Goes to a block of the side shown.
    Block(u32),
    Action(Action),
}

#[derive(Clone, Debug)]
struct PopupLine {
    kind: PopupLineKind,
    indent: u16,
    keys: String,
    text: String,
    choice: Choice,
}

/// A popup with a title and lines, of which some can be selected.
#[derive(Clone, Debug)]
pub(crate) struct Popup {
    pub(super) kind: PopupKind,
    /// The rectangle of its lines.
    pub(crate) body: ScreenRect,
    /// Whether it has a border.
    pub(crate) is_framed: bool,
    lines: Vec<PopupLine>,
    /// The columns of the keys at the left of its lines, with the space after them; 0 if no line has keys.
    pub(crate) keys_columns: u16,
    /// Whether any line can be chosen. Otherwise motions scroll.
    has_choices: bool,
    viewport: Viewport,
    /// The target of a link, or the text of the problems.
    subject: String,
}

impl Popup {
    pub(crate) const fn title(&self) -> &'static str {
        match self.kind {
            PopupKind::Help => "Keys",
            PopupKind::Menu => "Menu",
            PopupKind::Outline => "Outline",
            PopupKind::Problems => "Problems",
            PopupKind::Link => "Open this link?",
        }
    }

    /// The keys that are useful in it, for its lower border or the status line.
    pub(crate) fn hint(&self) -> &'static str {
        match self.kind {
            PopupKind::Outline => "Enter go there · Esc back",
            PopupKind::Problems if self.has_choices => "Enter go there · Esc back",
            PopupKind::Help | PopupKind::Problems => "Esc back",
            PopupKind::Menu => "Enter choose · Esc back",
            PopupKind::Link if can_open(&self.subject) => "Enter open · y copy · Esc back",
            PopupKind::Link => "only http, https and mailto are opened · y copy · Esc back",
        }
    }

    /// The rectangle it covers: its body, and a border around it if there is room.
    pub(crate) const fn frame(&self) -> ScreenRect {
        if !self.is_framed {
            return self.body;
        }
        let ScreenRect { x, y, columns, rows } = self.body;
        ScreenRect { x: x - 2, y: y - 1, columns: columns + 4, rows: rows + 2 }
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = PopupRow<'_>> {
        let Viewport { top, rows, selected } = self.viewport;
        self.lines.iter().enumerate().skip(top.item).take(rows).map(move |(index, line)| {
            let PopupLine { kind, indent, keys, text, .. } = line;
            let is_selected = self.has_choices && index == selected;
            PopupRow { kind: *kind, indent: *indent, keys, text, is_selected }
        })
    }

    /// The shares of its lines, 0 to 1, at the upper and the lower edge of the body, for a scrollbar.
    pub(crate) fn bar(&self) -> (f32, f32) {
        self.viewport.bar(&SingleRows(self.lines.len()))
    }

    /// Moves the selection, or scrolls if nothing can be selected.
    pub(super) fn go(&mut self, motion: Motion) {
        let items = SingleRows(self.lines.len());
        self.viewport =
            if self.has_choices { self.viewport.go(motion, &items) } else { self.viewport.scroll_by(motion, &items) };
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, &SingleRows(self.lines.len()));
    }

    /// Selects the line on a row of the screen; `false` if it cannot be chosen.
    pub(super) fn select_row(&mut self, row: u16) -> bool {
        let index = self.viewport.top.item + usize::from(row.saturating_sub(self.body.y));
        let can_choose = self.lines.get(index).is_some_and(|line| line.choice != Choice::None);
        if can_choose {
            self.viewport.selected = index;
        }
        can_choose
    }

    pub(super) fn choice(&self) -> Choice {
        let selected = self.lines.get(self.viewport.selected).filter(|_| self.has_choices);
        selected.map_or(Choice::None, |line| line.choice.clone())
    }

    /// The cell at which the selected line begins; the nearest if it was scrolled off the screen.
    pub(super) fn cursor(&self) -> (u16, u16) {
        let Viewport { selected, top, .. } = self.viewport;
        let row = if self.has_choices { selected.saturating_sub(top.item) } else { 0 };
        (self.body.x, self.body.y + (row as u16).min(self.body.rows.saturating_sub(1)))
    }
}

pub(super) fn can_open(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}
