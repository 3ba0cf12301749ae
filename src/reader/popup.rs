//! Boxes over the panes: help, menu, outline, problems, a link's card.

mod contents;

use super::keymap::Action;
use super::layout::ScreenRect;

/// What an overlay is. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PopupKind {
    /// All keys.
    Help,
    /// What can be done with an article.
    Menu,
    /// The headings of the article.
    Outline,
    /// The problems of the article, and its figures that disagree.
    Problems,
    /// A link's true target, before it is opened.
    Link,
}

/// How a line of an overlay is to be read. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PopupLineKind {
    /// A heading over lines.
    Group,
    /// Something that can be chosen, or that stands beside its keys.
    Item,
    /// Running text.
    Text,
}

/// A line of an overlay on the screen. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopupRow<'a> {
    /// How it is to be read.
    pub kind: PopupLineKind,
    /// Columns to leave free before its text.
    pub indent: u16,
    /// Its keys, at the left, in [`Popup::keys_columns`]; empty where there are none.
    pub keys: &'a str,
    /// Its text; the view cuts it to its room.
    pub text: &'a str,
    /// Whether it is selected.
    pub is_selected: bool,
}

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Nothing: the line only tells.
    None,
    /// Goes to a block of the side shown.
    Block(u32),
    /// Does what a key would do.
    Action(Action),
}

#[derive(Clone, Debug)]
struct Line {
    kind: PopupLineKind,
    indent: u16,
    keys: String,
    text: String,
    choice: Choice,
}

/// A box over the panes with a title and lines, of which some can be selected. Stable.
#[derive(Clone, Debug)]
pub struct Popup {
    kind: PopupKind,
    body: ScreenRect,
    is_framed: bool,
    lines: Vec<Line>,
    keys_columns: u16,
    /// The line that is selected, where lines can be.
    selected: Option<usize>,
    top: usize,
    /// What the box is about: a link's target, the problems' text.
    subject: String,
}

impl Popup {
    /// What it is.
    pub const fn kind(&self) -> PopupKind {
        self.kind
    }

    /// Its title.
    pub const fn title(&self) -> &'static str {
        match self.kind {
            PopupKind::Help => "Keys",
            PopupKind::Menu => "Menu",
            PopupKind::Outline => "Outline",
            PopupKind::Problems => "Problems",
            PopupKind::Link => "Open this link?",
        }
    }

    /// What can be done with it, for its lower border or the status line.
    pub fn hint(&self) -> &'static str {
        match self.kind {
            PopupKind::Problems if self.selected.is_some() => "Enter go there · Esc back",
            PopupKind::Help | PopupKind::Problems => "Esc back",
            PopupKind::Menu => "Enter choose · Esc back",
            PopupKind::Outline => "Enter go there · Esc back",
            PopupKind::Link if can_open(&self.subject) => "Enter open · y copy · Esc back",
            PopupKind::Link => "only http, https and mailto are opened · y copy · Esc back",
        }
    }

    /// The pane its lines are drawn in.
    pub const fn body(&self) -> ScreenRect {
        self.body
    }

    /// The pane it covers: its body, and around it a border with a free column at both sides where there is room for them.
    pub const fn frame(&self) -> ScreenRect {
        if !self.is_framed {
            return self.body;
        }
        let ScreenRect { x, y, columns, rows } = self.body;
        ScreenRect { x: x - 2, y: y - 1, columns: columns + 4, rows: rows + 2 }
    }

    /// Whether it has a border.
    pub const fn is_framed(&self) -> bool {
        self.is_framed
    }

    /// The columns that keys take at the left of its lines, the space after them included; 0 where no line has any.
    pub const fn keys_columns(&self) -> u16 {
        self.keys_columns
    }

    /// The lines on the screen, from the top of the body downwards.
    pub fn lines(&self) -> impl Iterator<Item = PopupRow<'_>> {
        let on_screen = self.lines.iter().enumerate().skip(self.top).take(self.body.rows.into());
        on_screen.map(|(index, line)| PopupRow {
            kind: line.kind,
            indent: line.indent,
            keys: &line.keys,
            text: &line.text,
            is_selected: self.selected == Some(index),
        })
    }

    /// The shares of its lines, 0 to 1, at the upper and lower edge of the body. (0, 1) when all show.
    pub fn bar(&self) -> (f32, f32) {
        let all = self.lines.len().max(1) as f32;
        let end = (self.top + usize::from(self.body.rows)).min(self.lines.len());
        (self.top as f32 / all, if self.lines.is_empty() { 1.0 } else { end as f32 / all })
    }
}

/// What the reader does with it.
impl Popup {
    /// Moves the selection, or scrolls where nothing can be selected.
    pub(super) fn step(&mut self, by: isize) {
        let Some(selected) = self.selected else {
            return self.scroll(by);
        };
        let last = self.lines.len().saturating_sub(1);
        self.selected = Some(selected.saturating_add_signed(by).min(last));
        self.reveal();
    }

    /// Moves by screens, or by halves for a `part` of 2.
    pub(super) fn screen(&mut self, times: isize, part: u16) {
        let step = isize::from((self.body.rows / part).saturating_sub(1).max(1) as i16);
        self.step(times.saturating_mul(step));
    }

    /// Scrolls without moving the selection.
    pub(super) fn scroll(&mut self, by: isize) {
        let most = self.lines.len().saturating_sub(self.body.rows.into());
        self.top = self.top.saturating_add_signed(by).min(most);
    }

    /// Selects the line on a row of the screen; `false` where there is none to be chosen.
    pub(super) fn point(&mut self, row: u16) -> bool {
        let index = self.top + usize::from(row.saturating_sub(self.body.y));
        let can_choose = self.lines.get(index).is_some_and(|line| line.choice != Choice::None);
        if can_choose {
            self.selected = Some(index);
        }
        can_choose
    }

    /// What the selected line does.
    pub(super) fn choice(&self) -> Choice {
        self.selected.and_then(|selected| self.lines.get(selected)).map_or(Choice::None, |line| line.choice.clone())
    }

    /// The cell at which its selected line begins.
    pub(super) fn cursor(&self) -> (u16, u16) {
        let row = self.selected.map_or(0, |selected| selected.saturating_sub(self.top));
        // The wheel may have left it behind.
        (self.body.x, self.body.y + (row as u16).min(self.body.rows.saturating_sub(1)))
    }

    fn reveal(&mut self) {
        let rows = usize::from(self.body.rows).max(1);
        if let Some(selected) = self.selected {
            self.top = self.top.clamp((selected + 1).saturating_sub(rows), selected);
        }
        self.scroll(0);
    }
}

/// Whether a link may be opened: `http`, `https` and `mailto` only.
pub(super) fn can_open(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}
