//! Popups over the panes: help, menu, outline, problems, a link.

use super::keymap::{self, Action};
use super::layout::ScreenRect;
use super::message::Area;
use super::page::Page;
use super::viewport::{Motion, SingleRows, Viewport};
use crate::markdown::{BlockKind, Document, LeafKind};
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

/// What choosing a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Goes to a block of the side shown.
    Block(u32),
    Action(Action),
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
    choice: Option<Choice>,
}

/// A popup with a title and lines, of which some can be selected. If none can, motions scroll.
#[derive(Clone, Debug)]
pub(crate) struct Popup {
    pub(super) kind: PopupKind,
    /// The rectangle of its lines.
    pub(crate) body: ScreenRect,
    /// Whether it has a border.
    pub(crate) is_framed: bool,
    lines: Vec<PopupLine>,
    /// The number of lines above the wrapped ones.
    fixed: usize,
    /// The columns of the keys at the left of its lines, with the space after them; 0 if no line
    /// has keys.
    pub(crate) keys_columns: u16,
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
            PopupKind::Outline | PopupKind::Problems if self.has_choices() => {
                "Enter go there · Esc back"
            }
            PopupKind::Help | PopupKind::Outline | PopupKind::Problems => "Esc back",
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

    fn has_choices(&self) -> bool {
        self.lines.iter().any(|line| line.choice.is_some())
    }

    const fn items(&self) -> SingleRows {
        SingleRows(self.lines.len())
    }

    /// The lines on the screen, each with whether it is selected.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&PopupLine, bool)> {
        let selected = Some(self.viewport.selected).filter(|_| self.has_choices());
        let Viewport { top, rows, .. } = self.viewport;
        let lines = self.lines.iter().enumerate().skip(top.item).take(rows);
        lines.map(move |(index, line)| (line, Some(index) == selected))
    }

    /// The shares of its lines, 0 to 1, at the upper and the lower edge of the body, for a
    /// scrollbar.
    pub(crate) fn bar(&self) -> (f32, f32) {
        self.viewport.bar(&self.items())
    }

    /// Moves the selection, or scrolls if nothing can be selected.
    pub(super) fn go(&mut self, motion: Motion) {
        self.viewport = if self.has_choices() {
            self.viewport.go(motion, &self.items())
        } else {
            self.viewport.scroll_by(motion, &self.items())
        };
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, &self.items());
    }

    /// Selects the line on a row of the screen; `false` if it cannot be chosen.
    pub(super) fn select_row(&mut self, row: u16) -> bool {
        let index = self.viewport.top.item + usize::from(row.saturating_sub(self.body.y));
        let line = self.lines.get(index);
        let can_choose = line.is_some_and(|line| line.choice.is_some());
        if can_choose {
            self.viewport.selected = index;
        }
        can_choose
    }

    pub(super) fn choice(&self) -> Option<Choice> {
        self.lines.get(self.viewport.selected)?.choice
    }

    /// The cell at which the selected line begins; the nearest if it was scrolled off the screen.
    pub(super) fn cursor(&self) -> (u16, u16) {
        let Viewport { selected, top, .. } = self.viewport;
        let row = if self.has_choices() {
            selected.saturating_sub(top.item) as u16
        } else {
            0
        };
        let row = row.min(self.body.rows.saturating_sub(1));
        (self.body.x, self.body.y + row)
    }
}

/// The contents of each kind, and its place on the screen.
impl Popup {
    fn new(kind: PopupKind, lines: Vec<PopupLine>, subject: String) -> Self {
        let first = lines.iter().position(|line| line.choice.is_some());
        let viewport = Viewport {
            selected: first.unwrap_or(0),
            ..Viewport::default()
        };
        Self {
            kind,
            body: ScreenRect::default(),
            is_framed: false,
            fixed: lines.len(),
            lines,
            keys_columns: 0,
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
        const ACTIONS: [(Action, &str); 19] = [
            (Action::SwitchLanguage, "Switch language"),
            (Action::Find, "Find in the article"),
            (Action::Outline, "Outline"),
            (Action::OpenLink, "Open the article's link"),
            (Action::Links, "Links on the screen"),
            (Action::Parallel, "Both languages at once, or one"),
            (Action::Peek, "Show or hide the translation"),
            (Action::CopyBlock, "Copy the paragraph as a quotation"),
            (Action::CopyPair, "Copy the paragraph in both languages"),
            (Action::CopyArticle, "Copy the article as Markdown"),
            (Action::CopyLink, "Copy the article's link"),
            (Action::Article(1), "Next article"),
            (Action::Article(-1), "Previous article"),
            (Action::Alone, "Show only the article, or both panes"),
            (Action::Problems, "Figures that disagree, and problems"),
            (Action::Search, "Search the texts of all articles"),
            (Action::Facets, "Tags, sources, months and saved searches"),
            (Action::Help, "All keys"),
            (Action::QuitNow, "Quit"),
        ];
        let lines = ACTIONS.map(|(action, name)| PopupLine {
            keys: keymap::key_for(keymap::ARTICLE, action)
                .unwrap_or_default()
                .to_owned(),
            ..PopupLine::item(0, name.to_owned(), Choice::Action(action))
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
        let above = lines.iter().rposition(
            |line| matches!(line.choice, Some(Choice::Block(block)) if block <= current),
        );
        let mut outline = Self::new(PopupKind::Outline, lines, String::new());
        outline.viewport.selected = above.unwrap_or(0);
        Some(outline)
    }

    /// The figures of an article that disagree, and its problems; none if there are none.
    pub(super) fn problems(page: &Page) -> Option<Self> {
        let mut lines = Vec::new();
        for mismatch in page.mismatches() {
            let line = |indent, text| PopupLine::item(indent, text, Choice::Block(mismatch.block));
            lines.push(line(0, mismatch.figures));
            lines.extend(mismatch.contexts.map(|context| line(2, context)));
        }
        let problems = page.text().problems();
        let problems: Vec<String> = problems.map(|problem| format!("• {problem}")).collect();
        if !lines.is_empty() {
            lines.insert(0, PopupLine::title("Figures that disagree"));
            if !problems.is_empty() {
                lines.push(PopupLine::title("Problems"));
            }
        }
        let is_any = !lines.is_empty() || !problems.is_empty();
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
        self.lines.truncate(self.fixed);
        self.lines.extend(match self.kind {
            PopupKind::Help => help_lines(most, ambiguous),
            _ => wrapped(&self.subject, most, ambiguous),
        });
        let width = |text: &str| typeset::columns(text, ambiguous) as u16;
        let lines = self.lines.iter();
        let keys = lines.clone().map(|line| width(&line.keys)).max();
        self.keys_columns = keys.filter(|&keys| keys > 0).map_or(0, |keys| keys + 2);
        let text = lines.map(|line| line.indent.saturating_add(width(&line.text)));
        let wanted = self
            .keys_columns
            .saturating_add(text.max().unwrap_or(0))
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
        self.viewport = if self.has_choices() {
            self.viewport.reveal(&self.items())
        } else {
            self.viewport.fill(&self.items())
        };
    }
}

impl PopupLine {
    fn item(indent: u16, text: String, choice: Choice) -> Self {
        Self {
            indent,
            text,
            choice: Some(choice),
            ..Self::default()
        }
    }

    fn title(text: &str) -> Self {
        Self {
            is_title: true,
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

/// The syntax of queries.
const QUERIES: [(&str, &str); 8] = [
    (
        "words",
        "in title, description, source and tags, also by pinyin or initials; or in the texts",
    ),
    (
        "\"a phrase\"",
        "exactly these whole words; `text:word` only in the texts",
    ),
    ("*word*", "inside other words too"),
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
            lines.push(PopupLine::default());
        }
        lines.push(PopupLine::title(name));
        for (mut keys, text) in items {
            for line in wrapped(&text, room, ambiguous) {
                lines.push(PopupLine {
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
    let place = match binding.contexts {
        keymap::LIST => "list: ",
        keymap::POPUP => "popup: ",
        keymap::PROMPT => "input line: ",
        keymap::SEARCH => "results: ",
        keymap::FACETS => "facets: ",
        _ => "",
    };
    (binding.keys.join(" "), format!("{place}{}", binding.help))
}

/// Wraps text like the paragraphs of an article.
fn wrapped(text: &str, columns: u16, ambiguous: Ambiguous) -> Vec<PopupLine> {
    let mut document = Document::default();
    for paragraph in text.lines() {
        document.push(BlockKind::Paragraph, LeafKind::Paragraph, paragraph);
    }
    let settings = LayoutSettings {
        columns: columns.max(1),
        ambiguous,
        pinyin: false,
    };
    let mut rows = typeset::Rows::default();
    for block in 0..document.blocks.len() {
        typeset::set_block(&document, block, &settings, &mut rows);
    }
    let lines = (0..rows.rows.len()).map(|row| rows.plain(row, &document));
    lines
        .map(|text| PopupLine {
            text,
            ..PopupLine::default()
        })
        .collect()
}

/// Whether a link may be opened outside.
pub(crate) fn can_open(link: &str) -> bool {
    let Some((scheme, rest)) = link.split_once(':') else {
        return false;
    };
    let is_known = ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    is_known && !rest.is_empty() && !link.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{QUERIES, help_lines};
    use crate::catalog::Query;
    use crate::typeset::{Ambiguous, columns};

    #[test]
    fn the_examples_of_the_help_can_be_parsed() {
        let examples = QUERIES
            .iter()
            .flat_map(|(_, help)| help.split('`').skip(1).step_by(2));
        let mut count = 0;
        for example in examples {
            assert!(
                example == "or" || Query::parse(example).is_ok(),
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
