//! What the boxes hold, and where they lie.

use super::{Choice, Line, LineKind, Overlay, OverlayKind};
use crate::markdown::{Block, BlockKind, Document, Leaf, LeafKind};
use crate::reader::keymap::{self, Action, Contexts};
use crate::reader::message::Area;
use crate::reader::page::Page;
use crate::reader::panes::Pane;
use crate::typeset::{self, Ambiguous, Settings};

/// Boxes have at most so many columns of text.
const MOST_COLUMNS: u16 = 76;
/// Screens smaller than this have no room for a frame.
const FRAMED: Area = Area { columns: 24, rows: 8 };

impl Overlay {
    fn new(kind: OverlayKind, lines: Vec<Line>, subject: String) -> Self {
        let selected = lines.iter().position(|line| line.choice != Choice::None);
        let body = Pane::default();
        Self { kind, body, is_framed: false, lines, keys_columns: 0, selected, top: 0, subject }
    }

    /// All keys, by group.
    pub(in crate::reader) fn help() -> Self {
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
                    Contexts::HITS => "hits: ",
                    Contexts::FACETS => "facets: ",
                    _ => "",
                };
                let text = format!("{elsewhere}{}", binding.help);
                Line { kind: LineKind::Item, indent: 0, keys: keys.join(" "), text, choice: Choice::None }
            }));
        }
        Self::new(OverlayKind::Help, lines, String::new())
    }

    /// What can be done with an article, so that everything is reached without letters.
    pub(in crate::reader) fn menu() -> Self {
        const ACTIONS: [(Action, &str); 18] = [
            (Action::Toggle, "Other language"),
            (Action::Find, "Find in the article"),
            (Action::Outline, "Outline"),
            (Action::OpenLink, "Open the article's link"),
            (Action::Links, "Links on the screen"),
            (Action::Parallel, "Both languages at once, or one"),
            (Action::Peek, "Unfold the answer of the current block"),
            (Action::CopyBlock, "Copy the current block as a quotation"),
            (Action::CopyPair, "Copy the current block in both languages"),
            (Action::CopyLink, "Copy the article's link"),
            (Action::NextArticle, "Next article"),
            (Action::PreviousArticle, "Previous article"),
            (Action::Alone, "Only the article, or both panes"),
            (Action::Problems, "Figures that disagree, and problems"),
            (Action::Search, "Search the texts of all articles"),
            (Action::Facets, "Tags, sources, months and saved searches"),
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
    pub(in crate::reader) fn outline(page: &Page) -> Option<Self> {
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

    /// What is wrong with an article: figures that disagree, each leading to where it stands, and problems; none where nothing is.
    pub(in crate::reader) fn problems(page: &Page) -> Option<Self> {
        let mut lines = Vec::new();
        for doubt in page.doubts() {
            if lines.is_empty() {
                lines.push(Line::plain(LineKind::Group, "Figures that disagree"));
            }
            let choice = Choice::Block(doubt.block);
            let line =
                |indent, text| Line { kind: LineKind::Item, indent, keys: String::new(), text, choice: choice.clone() };
            lines.push(line(0, doubt.figures));
            lines.extend(doubt.contexts.map(|context| line(2, context)));
        }
        let problems: Vec<String> = page.text().problems().map(|problem| format!("• {problem}")).collect();
        let is_any = !lines.is_empty() || !problems.is_empty();
        if !lines.is_empty() && !problems.is_empty() {
            lines.push(Line::plain(LineKind::Group, "Problems"));
        }
        is_any.then(|| Self::new(OverlayKind::Problems, lines, problems.join("\n")))
    }

    /// A link's card: its true target, to be opened or copied.
    pub(in crate::reader) fn link(target: &str) -> Self {
        Self::new(OverlayKind::Link, Vec::new(), target.to_owned())
    }

    /// Whether it speaks of the article on the screen, and so goes with it.
    pub(in crate::reader) fn is_about_article(&self) -> bool {
        matches!(self.kind, OverlayKind::Outline | OverlayKind::Problems)
    }

    /// The target of a link's card.
    pub(in crate::reader) fn target(&self) -> Option<&str> {
        (self.kind == OverlayKind::Link).then_some(self.subject.as_str())
    }

    /// Places the box in the middle of the screen, its running text broken into lines.
    pub(in crate::reader) fn place(&mut self, area: Area, ambiguous: Ambiguous) {
        self.is_framed = area.columns >= FRAMED.columns && area.rows >= FRAMED.rows;
        let (across, down) = if self.is_framed { (4, 2) } else { (0, 0) };
        let most = area.columns.saturating_sub(across).min(MOST_COLUMNS);
        if !self.subject.is_empty() {
            self.lines.retain(|line| line.kind != LineKind::Text);
            self.lines.extend(wrapped(&self.subject, most, ambiguous));
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
