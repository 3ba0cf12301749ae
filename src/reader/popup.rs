//! Popups over the panes: help, menu, outline, problems, a link.

use super::keymap::{self, Action, Contexts};
use super::layout::ScreenRect;
use super::message::Area;
use super::page::Page;
use super::viewport::{Motion, SingleRows, Viewport};
use crate::markdown::{Block, BlockKind, Document, Leaf, LeafKind};
use crate::typeset::{self, Ambiguous, LayoutSettings};

const MOST_COLUMNS: u16 = 76;
/// The least screen with a frame.
const FRAMED: Area = Area {
    columns: 24,
    rows: 8,
};

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

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    None,
    /// Goes to a block of the side shown.
    Block(u32),
    Action(Action),
}

/// A line of a popup.
#[derive(Clone, Debug)]
pub(crate) struct PopupLine {
    pub(crate) kind: PopupLineKind,
    /// The columns to leave free before its text.
    pub(crate) indent: u16,
    /// Its keys, in [`Popup::keys_columns`] at the left.
    pub(crate) keys: String,
    /// Its text; the view cuts it to its room.
    pub(crate) text: String,
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
    /// The columns of the keys at the left of its lines, with the space after them; 0 if no line
    /// has keys.
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
        let ScreenRect {
            x,
            y,
            columns,
            rows,
        } = self.body;
        ScreenRect {
            x: x - 2,
            y: y - 1,
            columns: columns + 4,
            rows: rows + 2,
        }
    }

    /// The lines on the screen, each with whether it is selected.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&PopupLine, bool)> {
        let Viewport {
            top,
            rows,
            selected,
        } = self.viewport;
        let lines = self.lines.iter().enumerate().skip(top.item).take(rows);
        lines.map(move |(index, line)| (line, self.has_choices && index == selected))
    }

    /// The shares of its lines, 0 to 1, at the upper and the lower edge of the body, for a
    /// scrollbar.
    pub(crate) fn bar(&self) -> (f32, f32) {
        self.viewport.bar(&SingleRows(self.lines.len()))
    }

    /// Moves the selection, or scrolls if nothing can be selected.
    pub(super) fn go(&mut self, motion: Motion) {
        let items = SingleRows(self.lines.len());
        self.viewport = if self.has_choices {
            self.viewport.go(motion, &items)
        } else {
            self.viewport.scroll_by(motion, &items)
        };
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, &SingleRows(self.lines.len()));
    }

    /// Selects the line on a row of the screen; `false` if it cannot be chosen.
    pub(super) fn select_row(&mut self, row: u16) -> bool {
        let index = self.viewport.top.item + usize::from(row.saturating_sub(self.body.y));
        let can_choose = self
            .lines
            .get(index)
            .is_some_and(|line| line.choice != Choice::None);
        if can_choose {
            self.viewport.selected = index;
        }
        can_choose
    }

    pub(super) fn choice(&self) -> Choice {
        let selected = self
            .lines
            .get(self.viewport.selected)
            .filter(|_| self.has_choices);
        selected.map_or(Choice::None, |line| line.choice.clone())
    }

    /// The cell at which the selected line begins; the nearest if it was scrolled off the screen.
    pub(super) fn cursor(&self) -> (u16, u16) {
        let Viewport { selected, top, .. } = self.viewport;
        let row = if self.has_choices {
            selected.saturating_sub(top.item)
        } else {
            0
        };
        (
            self.body.x,
            self.body.y + (row as u16).min(self.body.rows.saturating_sub(1)),
        )
    }
}

/// The contents of each kind, and its place on the screen.
impl Popup {
    fn new(kind: PopupKind, lines: Vec<PopupLine>, subject: String) -> Self {
        let first = lines.iter().position(|line| line.choice != Choice::None);
        let viewport = Viewport {
            selected: first.unwrap_or(0),
            ..Viewport::default()
        };
        Self {
            kind,
            body: ScreenRect::default(),
            is_framed: false,
            lines,
            keys_columns: 0,
            has_choices: first.is_some(),
            viewport,
            subject,
        }
    }

    /// All keys by group, and the syntax of queries. The lines are made when it is placed.
    pub(super) fn help() -> Self {
        Self::new(PopupKind::Help, Vec::new(), String::new())
    }

    /// The commands for an article, so that all can be reached without letters.
    pub(super) fn menu() -> Self {
        const ACTIONS: [(Action, &str); 18] = [
            (Action::SwitchLanguage, "Switch language"),
            (Action::Find, "Find in the article"),
            (Action::Outline, "Outline"),
            (Action::OpenLink, "Open the article's link"),
            (Action::Links, "Links on the screen"),
            (Action::Parallel, "Both languages at once, or one"),
            (Action::Peek, "Show or hide the translation"),
            (Action::CopyBlock, "Copy the paragraph as a quotation"),
            (Action::CopyPair, "Copy the paragraph in both languages"),
            (Action::CopyLink, "Copy the article's link"),
            (Action::NextArticle, "Next article"),
            (Action::PreviousArticle, "Previous article"),
            (Action::Alone, "Show only the article, or both panes"),
            (Action::Problems, "Figures that disagree, and problems"),
            (Action::Search, "Search the texts of all articles"),
            (Action::Facets, "Tags, sources, months and saved searches"),
            (Action::Help, "All keys"),
            (Action::QuitNow, "Quit"),
        ];
        let lines = ACTIONS.map(|(action, name)| {
            let keys = keymap::key_for(Contexts::ARTICLE, action)
                .map(|chord| chord.to_string())
                .unwrap_or_default();
            PopupLine {
                keys,
                ..PopupLine::item(0, name.to_owned(), Choice::Action(action))
            }
        });
        Self::new(PopupKind::Menu, lines.into(), String::new())
    }

    /// The headings of the side shown, if any. The one above the current block is selected.
    pub(super) fn outline(page: &Page) -> Option<Self> {
        let document = page.document();
        let level = |kind| match kind {
            BlockKind::Heading(level) => Some(u16::from(level)),
            BlockKind::Label => Some(2),
            _ => None,
        };
        let least = document
            .blocks
            .iter()
            .filter_map(|block| level(block.kind))
            .min()?;
        let headings = document
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(index, block)| Some((index, level(block.kind)?)));
        let lines: Vec<PopupLine> = headings
            .map(|(index, level)| {
                let text = document.block_text(index).replace('\n', " ");
                PopupLine::item((level - least) * 2, text, Choice::Block(index as u32))
            })
            .collect();
        let current = page.current_block().unwrap_or(0);
        let above = lines
            .iter()
            .rposition(|line| matches!(line.choice, Choice::Block(block) if block <= current));
        let mut outline = Self::new(PopupKind::Outline, lines, String::new());
        outline.viewport.selected = above.unwrap_or(0);
        Some(outline)
    }

    /// The figures of an article that disagree, and its problems; none if there are none.
    pub(super) fn problems(page: &Page) -> Option<Self> {
        let mut lines = Vec::new();
        for mismatch in page.mismatches() {
            if lines.is_empty() {
                lines.push(PopupLine::plain(
                    PopupLineKind::Group,
                    "Figures that disagree",
                ));
            }
            let line = |indent, text| PopupLine::item(indent, text, Choice::Block(mismatch.block));
            lines.push(line(0, mismatch.figures));
            lines.extend(mismatch.contexts.map(|context| line(2, context)));
        }
        let problems: Vec<String> = page
            .text()
            .problems()
            .map(|problem| format!("• {problem}"))
            .collect();
        let is_any = !lines.is_empty() || !problems.is_empty();
        if !lines.is_empty() && !problems.is_empty() {
            lines.push(PopupLine::plain(PopupLineKind::Group, "Problems"));
        }
        is_any.then(|| Self::new(PopupKind::Problems, lines, problems.join("\n")))
    }

    pub(super) fn link(target: &str) -> Self {
        Self::new(PopupKind::Link, Vec::new(), target.to_owned())
    }

    /// Whether it is about the article on the screen, and so is closed with it.
    pub(super) fn is_about_article(&self) -> bool {
        matches!(self.kind, PopupKind::Outline | PopupKind::Problems)
    }

    pub(super) fn target(&self) -> &str {
        &self.subject
    }

    /// Places the popup in the middle of the screen, and wraps its running text.
    pub(super) fn place(&mut self, area: Area, ambiguous: Ambiguous) {
        self.is_framed = area.columns >= FRAMED.columns && area.rows >= FRAMED.rows;
        let (across, down) = if self.is_framed { (4, 2) } else { (0, 0) };
        let most = area.columns.saturating_sub(across).min(MOST_COLUMNS);
        if self.kind == PopupKind::Help {
            self.lines = help_lines(most, ambiguous);
        }
        if !self.subject.is_empty() {
            self.lines.retain(|line| line.kind != PopupLineKind::Text);
            self.lines.extend(wrapped(&self.subject, most, ambiguous));
        }
        let width = |text: &str| typeset::columns(text, ambiguous) as u16;
        let keys = self
            .lines
            .iter()
            .map(|line| width(&line.keys))
            .max()
            .unwrap_or(0);
        self.keys_columns = if keys == 0 { 0 } else { keys + 2 };
        let text = self
            .lines
            .iter()
            .map(|line| line.indent.saturating_add(width(&line.text)))
            .max()
            .unwrap_or(0);
        let wanted = self
            .keys_columns
            .saturating_add(text)
            .max(width(self.hint()) + 2)
            .max(width(self.title()) + 2);
        let columns = wanted.min(most);
        // The status line stays free.
        let rows = (self.lines.len().max(1) as u16)
            .min(area.rows.saturating_sub(down + u16::from(area.rows > 1)));
        let (x, y) = ((area.columns - columns) / 2, (area.rows - rows) / 2);
        self.body = ScreenRect {
            x,
            y: y.max(down / 2).min(area.rows - rows),
            columns,
            rows,
        };
        self.viewport.rows = rows.into();
        let items = SingleRows(self.lines.len());
        self.viewport = if self.has_choices {
            self.viewport.reveal(&items)
        } else {
            self.viewport.fill(&items)
        };
    }
}

impl PopupLine {
    fn item(indent: u16, text: String, choice: Choice) -> Self {
        Self {
            kind: PopupLineKind::Item,
            indent,
            keys: String::new(),
            text,
            choice,
        }
    }

    fn plain(kind: PopupLineKind, text: &str) -> Self {
        Self {
            kind,
            indent: 0,
            keys: String::new(),
            text: text.to_owned(),
            choice: Choice::None,
        }
    }
}

/// The syntax of queries.
const QUERIES: [(&str, &str); 7] = [
    (
        "words",
        "filter: in title, description, source and tags, also by pinyin or initials; search: in the texts",
    ),
    (
        "\"a phrase\"",
        "exactly this, in the text of either language",
    ),
    ("tag: author:", "`tag:energy`, `author:observer`"),
    ("lang: has:", "`lang:en`, `has:problem`"),
    (
        "is:",
        "`is:unread`, `is:read`, `is:finished`, `is:starred`, `is:new`",
    ),
    (
        "date:",
        "`date:2024-06`, `date:2024-06-01..2024-06-30`, `date:7d` for the last seven days",
    ),
    (
        "- or ( )",
        "`-tag:sport` excludes; `tag:ai or tag:energy` matches either; parentheses group",
    ),
];

fn help_lines(columns: u16, ambiguous: Ambiguous) -> Vec<PopupLine> {
    let mut groups: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    for (name, bindings) in keymap::GROUPS {
        groups.push((name, bindings.iter().map(describe).collect()));
        if name == keymap::FINDING_GROUP {
            let queries = QUERIES.map(|(what, help)| (what.to_owned(), help.to_owned()));
            groups.push(("Queries of filters and searches", queries.into()));
        }
    }
    let width = |text: &str| typeset::columns(text, ambiguous) as u16;
    let keys = groups
        .iter()
        .flat_map(|(_, items)| items)
        .map(|(keys, _)| width(keys))
        .max()
        .unwrap_or(0);
    let room = columns.saturating_sub(keys + 2);
    let mut lines = Vec::new();
    for (name, items) in groups {
        if !lines.is_empty() {
            lines.push(PopupLine::plain(PopupLineKind::Text, ""));
        }
        lines.push(PopupLine::plain(PopupLineKind::Group, name));
        for (mut keys, text) in items {
            for line in wrapped(&text, room, ambiguous) {
                lines.push(PopupLine {
                    kind: PopupLineKind::Item,
                    keys: std::mem::take(&mut keys),
                    ..line
                });
            }
        }
    }
    lines
}

/// The keys of a binding and what they do, with the context if there is only one.
fn describe(binding: &keymap::Binding) -> (String, String) {
    let keys: Vec<String> = binding.chords.iter().map(ToString::to_string).collect();
    let place = match binding.contexts {
        Contexts::LIST => "list: ",
        Contexts::POPUP => "popup: ",
        Contexts::PROMPT => "input line: ",
        Contexts::SEARCH => "results: ",
        Contexts::FACETS => "facets: ",
        _ => "",
    };
    (keys.join(" "), format!("{place}{}", binding.help))
}

/// Wraps text like the paragraphs of an article.
fn wrapped(text: &str, columns: u16, ambiguous: Ambiguous) -> Vec<PopupLine> {
    let mut document = Document::default();
    for paragraph in text.lines() {
        if !document.blocks.is_empty() {
            document.text.push('\n');
        }
        let start = document.text.len() as u32;
        document.text.push_str(paragraph);
        let range = start..document.text.len() as u32;
        let index = document.leaves.len() as u32;
        document.leaves.push(Leaf {
            kind: LeafKind::Paragraph,
            range: range.clone(),
            container: None,
            runs: 0..0,
        });
        document.blocks.push(Block {
            kind: BlockKind::Paragraph,
            range,
            leaves: index..index + 1,
            line: 1,
        });
    }
    let settings = LayoutSettings {
        columns: columns.max(1),
        ambiguous,
        pinyin: false,
    };
    let mut lines = Vec::new();
    for block in 0..document.blocks.len() {
        let mut rows = typeset::Rows::default();
        typeset::set_block(&document, block, &settings, &mut rows);
        lines.extend(
            (0..rows.rows.len())
                .map(|row| PopupLine::plain(PopupLineKind::Text, &rows.plain(row, &document))),
        );
    }
    lines
}

pub(super) fn can_open(target: &str) -> bool {
    let scheme = target
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

#[cfg(test)]
mod tests {
    use super::{QUERIES, help_lines};
    use crate::catalog::{DefaultField, Query};
    use crate::typeset::{Ambiguous, columns};

    #[test]
    fn the_examples_of_the_help_can_be_parsed() {
        let examples = QUERIES
            .iter()
            .flat_map(|(_, help)| help.split('`').skip(1).step_by(2));
        let mut count = 0;
        for example in examples {
            assert!(
                example == "or" || Query::parse(example, DefaultField::Word).is_ok(),
                "{example}"
            );
            count += 1;
        }
        assert!(count > 10);
    }

    #[test]
    fn no_line_of_the_help_is_cut() {
        for room in [20, 40, 56, 76] {
            let lines = help_lines(room, Ambiguous::Narrow);
            let keys = lines
                .iter()
                .map(|line| columns(&line.keys, Ambiguous::Narrow))
                .max()
                .unwrap()
                + 2;
            let text = lines
                .iter()
                .filter(|line| line.kind == super::PopupLineKind::Item);
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
