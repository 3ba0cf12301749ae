//! Boxes over the panes: help, menu, outline, problems, a link's card.

use super::keymap::{self, Action, Contexts};
use super::message::Area;
use super::page::Page;
use super::panes::Pane;
use crate::markdown::{Block, BlockKind, Document, Leaf, LeafKind};
use crate::typeset::{self, Ambiguous, Settings};

/// What an overlay is. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverlayKind {
    /// All keys.
    Help,
    /// What can be done with an article.
    Menu,
    /// The headings of the article.
    Outline,
    /// The problems of the article.
    Problems,
    /// A link's true target, before it is opened.
    Link,
}

/// How a line of an overlay is to be read. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// A heading over lines.
    Group,
    /// Something that can be chosen, or that stands beside its keys.
    Item,
    /// Running text.
    Text,
}

/// A line of an overlay on the screen. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayLine<'a> {
    /// How it is to be read.
    pub kind: LineKind,
    /// Columns to leave free before its text.
    pub indent: u16,
    /// Its keys, at the left, in [`Overlay::keys_columns`]; empty where there are none.
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
    kind: LineKind,
    indent: u16,
    keys: String,
    text: String,
    choice: Choice,
}

/// A box over the panes with a title and lines, of which some can be selected. Stable.
#[derive(Clone, Debug)]
pub struct Overlay {
    kind: OverlayKind,
    body: Pane,
    is_framed: bool,
    lines: Vec<Line>,
    keys_columns: u16,
    /// The line that is selected, where lines can be.
    selected: Option<usize>,
    top: usize,
    /// What the box is about: a link's target, the problems' text.
    subject: String,
}

/// Boxes have at most so many columns of text.
const MOST_COLUMNS: u16 = 76;
/// Screens smaller than this have no room for a frame.
const FRAMED: Area = Area { columns: 24, rows: 8 };

impl Overlay {
    /// What it is.
    pub const fn kind(&self) -> OverlayKind {
        self.kind
    }

    /// Its title.
    pub const fn title(&self) -> &'static str {
        match self.kind {
            OverlayKind::Help => "Keys",
            OverlayKind::Menu => "Menu",
            OverlayKind::Outline => "Outline",
            OverlayKind::Problems => "Problems",
            OverlayKind::Link => "Open this link?",
        }
    }

    /// What can be done with it, for its lower border or the status line.
    pub fn hint(&self) -> &'static str {
        match self.kind {
            OverlayKind::Help | OverlayKind::Problems => "Esc back",
            OverlayKind::Menu => "Enter choose · Esc back",
            OverlayKind::Outline => "Enter go there · Esc back",
            OverlayKind::Link if can_open(&self.subject) => "Enter open · y copy · Esc back",
            OverlayKind::Link => "only http, https and mailto are opened · y copy · Esc back",
        }
    }

    /// The pane its lines are drawn in.
    pub const fn body(&self) -> Pane {
        self.body
    }

    /// The pane it covers: its body, and around it a border with a free column at both sides where there is room for them.
    pub const fn frame(&self) -> Pane {
        if !self.is_framed {
            return self.body;
        }
        let Pane { x, y, columns, rows } = self.body;
        Pane { x: x - 2, y: y - 1, columns: columns + 4, rows: rows + 2 }
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
    pub fn lines(&self) -> impl Iterator<Item = OverlayLine<'_>> {
        let on_screen = self.lines.iter().enumerate().skip(self.top).take(self.body.rows.into());
        on_screen.map(|(index, line)| OverlayLine {
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

/// Making one.
impl Overlay {
    fn new(kind: OverlayKind, lines: Vec<Line>, subject: String) -> Self {
        let selected = lines.iter().position(|line| line.choice != Choice::None);
        let body = Pane::default();
        Self { kind, body, is_framed: false, lines, keys_columns: 0, selected, top: 0, subject }
    }

    /// All keys, by group.
    pub(super) fn help() -> Self {
        let mut lines = Vec::new();
        for (group, bindings) in keymap::help() {
            if !lines.is_empty() {
                lines.push(Line::plain(LineKind::Text, ""));
            }
            lines.push(Line::plain(LineKind::Group, group.name()));
            lines.extend(bindings.map(|binding| {
                let keys: Vec<String> = binding.chords.iter().map(ToString::to_string).collect();
                let elsewhere = match binding.contexts {
                    Contexts::LIST => "list: ",
                    Contexts::OVERLAY => "box: ",
                    Contexts::PROMPT => "input: ",
                    _ => "",
                };
                let text = format!("{elsewhere}{}", binding.help);
                Line { kind: LineKind::Item, indent: 0, keys: keys.join(" "), text, choice: Choice::None }
            }));
        }
        Self::new(OverlayKind::Help, lines, String::new())
    }

    /// What can be done with an article, so that everything is reached without letters.
    pub(super) fn menu() -> Self {
        const ACTIONS: [(Action, &str); 13] = [
            (Action::Toggle, "Other language"),
            (Action::Find, "Find in the article"),
            (Action::Outline, "Outline"),
            (Action::OpenLink, "Open the article's link"),
            (Action::Links, "Links on the screen"),
            (Action::CopyBlock, "Copy the current block as a quotation"),
            (Action::CopyLink, "Copy the article's link"),
            (Action::NextArticle, "Next article"),
            (Action::PreviousArticle, "Previous article"),
            (Action::Alone, "Only the article, or both panes"),
            (Action::Problems, "Problems"),
            (Action::Help, "All keys"),
            (Action::QuitNow, "Quit"),
        ];
        let lines = ACTIONS.map(|(action, name)| {
            let keys = keymap::key_for(Contexts::ARTICLE, action).map(|chord| chord.to_string()).unwrap_or_default();
            Line { kind: LineKind::Item, indent: 0, keys, text: name.to_owned(), choice: Choice::Action(action) }
        });
        Self::new(OverlayKind::Menu, lines.into(), String::new())
    }

    /// The headings of the side shown; none where it has no heading. The one above the reading line is selected.
    pub(super) fn outline(page: &Page) -> Option<Self> {
        let document = page.document();
        let level = |kind| match kind {
            BlockKind::Heading(level) => Some(u16::from(level)),
            BlockKind::Label => Some(2),
            _ => None,
        };
        let least = document.blocks.iter().filter_map(|block| level(block.kind)).min()?;
        let headings =
            document.blocks.iter().enumerate().filter_map(|(index, block)| Some((index, level(block.kind)?)));
        let lines: Vec<Line> = headings
            .map(|(index, level)| Line {
                kind: LineKind::Item,
                indent: (level - least) * 2,
                keys: String::new(),
                text: document.block_text(index).replace('\n', " "),
                choice: Choice::Block(index as u32),
            })
            .collect();
        let current = page.current_block().unwrap_or(0);
        let above = lines.iter().rposition(|line| matches!(line.choice, Choice::Block(block) if block <= current));
        let mut overlay = Self::new(OverlayKind::Outline, lines, String::new());
        overlay.selected = above.or(overlay.selected);
        Some(overlay)
    }

    /// The problems of an article; none where it has none.
    pub(super) fn problems(page: &Page) -> Option<Self> {
        let text: Vec<String> = page.text().problems().map(|problem| format!("• {problem}")).collect();
        (!text.is_empty()).then(|| Self::new(OverlayKind::Problems, Vec::new(), text.join("\n")))
    }

    /// A link's card: its true target, to be opened or copied.
    pub(super) fn link(target: &str) -> Self {
        Self::new(OverlayKind::Link, Vec::new(), target.to_owned())
    }

    /// Whether it speaks of the article on the screen, and so goes with it.
    pub(super) fn is_about_article(&self) -> bool {
        matches!(self.kind, OverlayKind::Outline | OverlayKind::Problems)
    }

    /// The target of a link's card.
    pub(super) fn target(&self) -> Option<&str> {
        (self.kind == OverlayKind::Link).then_some(self.subject.as_str())
    }

    /// Places the box in the middle of the screen, its running text broken into lines.
    pub(super) fn place(&mut self, area: Area, ambiguous: Ambiguous) {
        self.is_framed = area.columns >= FRAMED.columns && area.rows >= FRAMED.rows;
        let (across, down) = if self.is_framed { (4, 2) } else { (0, 0) };
        let most = area.columns.saturating_sub(across).min(MOST_COLUMNS);
        if !self.subject.is_empty() {
            self.lines = wrapped(&self.subject, most, ambiguous);
        }
        let width = |text: &str| typeset::columns(text, ambiguous) as u16;
        let keys = self.lines.iter().map(|line| width(&line.keys)).max().unwrap_or(0);
        self.keys_columns = if keys == 0 { 0 } else { keys + 2 };
        let text = self.lines.iter().map(|line| line.indent.saturating_add(width(&line.text))).max().unwrap_or(0);
        let wanted = self.keys_columns.saturating_add(text).max(width(self.hint()) + 2).max(width(self.title()) + 2);
        let columns = wanted.min(most);
        // The status line stays free.
        let rows = (self.lines.len().max(1) as u16).min(area.rows.saturating_sub(down + u16::from(area.rows > 1)));
        let (x, y) = ((area.columns - columns) / 2, (area.rows - rows) / 2);
        self.body = Pane { x, y: y.max(down / 2).min(area.rows - rows), columns, rows };
        self.reveal();
    }
}

/// What the reader does with it.
impl Overlay {
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
        (self.body.x, self.body.y + row as u16)
    }

    fn reveal(&mut self) {
        let rows = usize::from(self.body.rows).max(1);
        if let Some(selected) = self.selected {
            self.top = self.top.clamp((selected + 1).saturating_sub(rows), selected);
        }
        self.scroll(0);
    }
}

impl Line {
    fn plain(kind: LineKind, text: &str) -> Self {
        Self { kind, indent: 0, keys: String::new(), text: text.to_owned(), choice: Choice::None }
    }
}

/// Breaks text into lines as an article's paragraphs are.
fn wrapped(text: &str, columns: u16, ambiguous: Ambiguous) -> Vec<Line> {
    let mut document = Document::default();
    for paragraph in text.lines() {
        if !document.blocks.is_empty() {
            document.text.push('\n');
        }
        let start = document.text.len() as u32;
        document.text.push_str(paragraph);
        let range = start..document.text.len() as u32;
        let index = document.leaves.len() as u32;
        document.leaves.push(Leaf { kind: LeafKind::Paragraph, range: range.clone(), container: None, runs: 0..0 });
        document.blocks.push(Block { kind: BlockKind::Paragraph, range, leaves: index..index + 1, line: 1 });
    }
    let settings = Settings { columns: columns.max(1), ambiguous, pinyin: false };
    let mut lines = Vec::new();
    for block in 0..document.blocks.len() {
        let mut rows = typeset::Rows::default();
        typeset::set_block(&document, block, &settings, &mut rows);
        lines.extend((0..rows.rows.len()).map(|row| Line::plain(LineKind::Text, &rows.plain(row, &document))));
    }
    lines
}

/// Whether a link may be opened: `http`, `https` and `mailto` only.
pub(super) fn can_open(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}
