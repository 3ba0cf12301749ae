//! Popups over the panes: help, menu, outline, problems, a link, libraries.

use std::path::PathBuf;

use super::bound_keys::BoundKeys;
use super::help::{HelpGroup, help_groups, help_title};
use super::key::without_arrows;
use super::keymap::{self, Action, Binding, Contexts};
use super::layout::ScreenRect;
use super::message::{Area, ThemeEntry};
use super::number::thousands;
use super::page::Page;
use super::statistics::{StatisticsLine, in_ascii, statistics_lines};
use super::viewport::{Motion, ScrollOffset, SingleRows, Viewport};
use crate::catalog::{HighlightColour, KnownLibrary, Statistics};
use crate::locale::{translated, translation};
use crate::markdown::{BlockKind, Document, LeafKind, can_open};
use crate::text::clean_line;
use crate::typeset::{self, Ambiguous, LayoutSettings};

const MOST_COLUMNS: u16 = 76;
/// The most columns of the list of highlights.
const HUB_COLUMNS: u16 = 120;
/// The columns of the box of a note.
pub(super) const NOTE_COLUMNS: u16 = 64;
/// The most columns of a box beside a word.
const BOX_COLUMNS: u16 = 56;
/// The least columns of a column of the help, and those between two.
const HELP_COLUMNS: u16 = 54;
const HELP_GAP: u16 = 3;
/// The most bars of tags, and of sources.
const MOST_BARS: usize = 10;
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
    /// The libraries that were read before.
    Libraries,
    /// The commands and settings that match the command line.
    Commands,
    Themes,
    Bookmarks,
    /// All highlights and notes.
    Hub,
    /// The box in which a note is written.
    Note,
    /// The commands to share an article with.
    Share,
    /// What a command printed.
    Output,
    /// The keys that can follow the first one of a chord.
    Chords,
    /// What the dictionary says of a word, beside it.
    LookUp,
    /// Articles by day, tag and source.
    Statistics,
}

/// What choosing a line does.
#[derive(Clone, Debug)]
pub(super) enum Choice {
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
    /// The number of a highlight in their list.
    Annotation(usize),
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
    /// The columns from one line to the one beside it.
    pub(crate) column_step: u16,
    /// What the help shows, and what is searched for in it.
    groups: Vec<HelpGroup>,
    query: String,
    viewport: Viewport,
    /// The target of a link, or the text of problems or output.
    subject: String,
    /// Its title, if it is not always the same.
    own_title: String,
    /// What it stands beside: the word that it is about.
    pub(super) anchor: Option<ScreenRect>,
    /// The keys that are useful in it, and what is said if the search of the help finds nothing.
    hint: String,
    no_match: String,
}

impl Popup {
    pub(crate) fn title(&self) -> &str {
        match self.kind {
            PopupKind::Help => in_words(&self.own_title),
            PopupKind::Output
            | PopupKind::Chords
            | PopupKind::LookUp
            | PopupKind::Statistics
            | PopupKind::Hub
            | PopupKind::Note => &self.own_title,
            PopupKind::Menu => tr!("Menu"),
            PopupKind::Outline => tr!("Outline"),
            PopupKind::Problems => tr!("Problems"),
            PopupKind::Link => tr!("Open this link?"),
            PopupKind::Libraries => tr!("Libraries"),
            PopupKind::Commands => tr!("Commands"),
            PopupKind::Themes => tr!("Themes"),
            PopupKind::Bookmarks => tr!("Bookmarks"),
            PopupKind::Share => tr!("Share with"),
        }
    }

    /// Names the keys that are useful in it, for its lower border.
    pub(super) fn name_keys(&mut self, keys: &BoundKeys) {
        let context = match self.kind {
            PopupKind::Help => keymap::POPUP.and(keymap::HELP),
            PopupKind::Commands => keymap::PROMPT,
            PopupKind::Hub => keymap::POPUP.and(keymap::NOTES),
            _ => keymap::POPUP,
        };
        self.hint = keys.with_hints("", &self.hints(), context);
        let no_match = tr!("No key or mark matches");
        self.no_match = keys.with_hints(no_match, &[message!("{back} clears")], keymap::PROMPT);
    }

    /// The keys that are useful in it.
    pub(crate) fn hint(&self) -> &str {
        &self.hint
    }

    /// The hints for these keys.
    pub(crate) fn hints(&self) -> Vec<&'static str> {
        let mut hints = match self.kind {
            PopupKind::Outline | PopupKind::Problems | PopupKind::Hub if !self.has_choices() => {
                Vec::new()
            }
            PopupKind::Outline | PopupKind::Problems | PopupKind::Bookmarks => {
                messages!["{choose} go there"]
            }
            PopupKind::Hub => messages![
                "{choose} go there",
                "{filter} filter",
                "{note} note",
                "{delete-note} remove",
                "{sort} group",
            ],
            // Its keys are those of an input line.
            PopupKind::Note => return messages!["Esc keep", "Ctrl-e editor"],
            // Esc always ends a chord.
            PopupKind::Chords => return messages!["Esc back"],
            PopupKind::LookUp => messages![
                "{narrower} {wider} shorter, longer",
                "{previous-word} {next-word} word",
            ],
            PopupKind::Help => messages!["{search-help} search"],
            PopupKind::Menu => messages!["{choose} choose"],
            PopupKind::Libraries => messages!["{choose} open"],
            PopupKind::Themes => messages!["{choose} take it"],
            PopupKind::Share => messages!["{choose} share"],
            PopupKind::Output => messages!["{copy-link} copy"],
            PopupKind::Statistics => messages!["{choose} show these"],
            PopupKind::Commands => {
                messages!["{up} {down} move", "{results} complete", "{accept} run"]
            }
            PopupKind::Link if can_open(&self.subject) => {
                messages!["{choose} open", "{copy-link} copy"]
            }
            PopupKind::Link => {
                messages!["only http, https and mailto are opened", "{copy-link} copy"]
            }
        };
        hints.push(message!("{back} back"));
        hints
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

    pub(crate) fn has_choices(&self) -> bool {
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
        if !self.has_choices() {
            self.viewport = self.viewport.scroll_by(motion, &self.items());
            return;
        }
        let before = self.viewport.selected;
        self.viewport = self.viewport.go(motion, &self.items());
        if self.kind != PopupKind::Statistics {
            return;
        }
        // Titles and the calendar are stepped over.
        let at = self.viewport.selected;
        let can_choose = |index: &usize| self.lines[*index].choice.is_some();
        let next = if at > before {
            (at..self.lines.len()).find(can_choose)
        } else {
            (0..=at).rev().find(can_choose)
        };
        self.viewport.selected = next.unwrap_or(before);
        self.viewport = self.viewport.reveal(&self.items());
        if next.is_none() && at < before {
            // What stands above the first choice.
            self.viewport.top = ScrollOffset::default();
        }
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, &self.items());
    }

    /// All lines but the wrapped ones, each with the number of its choice, from 1.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (Option<usize>, &PopupLine)> {
        let mut number = 0;
        self.lines[..self.fixed].iter().map(move |line| {
            number += usize::from(line.choice.is_some());
            (line.choice.as_ref().map(|_| number), line)
        })
    }

    /// Selects the choice of a number; `false` if there is none.
    pub(super) fn select_number(&mut self, number: usize) -> bool {
        let index = self.numbered().position(|(it, _)| it == Some(number));
        self.viewport.selected = index.unwrap_or(self.viewport.selected);
        index.is_some()
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

    /// The commands of a command line.
    pub(super) fn commands(lines: Vec<PopupLine>) -> Self {
        let subject = if lines.is_empty() {
            tr!("No command matches")
        } else {
            ""
        };
        Self::new(PopupKind::Commands, lines, subject.to_owned())
    }

    pub(super) fn choice(&self) -> Option<Choice> {
        self.lines.get(self.viewport.selected)?.choice.clone()
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
            column_step: 0,
            groups: Vec::new(),
            query: String::new(),
            viewport,
            subject,
            own_title: String::new(),
            anchor: None,
            hint: String::new(),
            no_match: String::new(),
        }
    }

    /// The bookmarks with the titles of their articles; none if there are none.
    pub(super) fn bookmarks(titles: Vec<(char, String)>) -> Option<Self> {
        let line = |(letter, title): (char, String)| {
            PopupLine::command(&letter.to_string(), title, Choice::Bookmark(letter))
        };
        let lines: Vec<_> = titles.into_iter().map(line).collect();
        (!lines.is_empty()).then(|| Self::new(PopupKind::Bookmarks, lines, String::new()))
    }

    /// The names of the commands to share an article with; none if there are none.
    pub(super) fn share<'a>(names: impl Iterator<Item = &'a String>) -> Option<Self> {
        let line = |name: &String| {
            PopupLine::item(
                0,
                clean_line(name).into_owned(),
                Choice::Share(name.clone()),
            )
        };
        let lines: Vec<_> = names.map(line).collect();
        (!lines.is_empty()).then(|| Self::new(PopupKind::Share, lines, String::new()))
    }

    /// What a command printed, cleaned.
    pub(super) fn output(title: &str, text: &str) -> Self {
        Self {
            own_title: title.to_owned(),
            ..Self::new(PopupKind::Output, Vec::new(), text.trim_end().to_owned())
        }
    }

    /// All highlights and notes.
    pub(super) fn hub(title: String, lines: Vec<PopupLine>) -> Self {
        let nothing = if lines.is_empty() {
            tr!("No highlight matches")
        } else {
            ""
        };
        Self {
            own_title: title,
            ..Self::new(PopupKind::Hub, lines, nothing.to_owned())
        }
    }

    /// Selects the first line of a highlight.
    pub(super) fn select_annotation(&mut self, number: usize) {
        let is_it = |line: &PopupLine| {
            !line.is_title && matches!(line.choice, Some(Choice::Annotation(n)) if n == number)
        };
        if let Some(at) = self.lines.iter().position(is_it) {
            self.viewport.selected = at;
            self.viewport = self.viewport.reveal(&self.items());
        }
    }

    /// The box of a note.
    pub(super) fn note(title: String, lines: Vec<String>) -> Self {
        let lines = lines.into_iter().map(PopupLine::text).collect();
        Self {
            own_title: title,
            ..Self::new(PopupKind::Note, lines, String::new())
        }
    }

    /// Shows other lines in the box of a note.
    pub(super) fn set_note(&mut self, title: String, lines: Vec<String>) {
        self.own_title = title;
        self.lines = lines.into_iter().map(PopupLine::text).collect();
        self.fixed = self.lines.len();
    }

    /// What the dictionary says of a word, with the translation of its sentence.
    pub(super) fn look_up(title: String, lines: Vec<PopupLine>, translation: String) -> Self {
        Self {
            own_title: title,
            ..Self::new(PopupKind::LookUp, lines, translation)
        }
    }

    /// The statistics of some articles, under a title; none if there are no articles.
    pub(super) fn statistics(
        all: &Statistics,
        title: String,
        screen: Area,
        ambiguous: Ambiguous,
        is_ascii: bool,
    ) -> Option<Self> {
        let room = screen.columns.saturating_sub(4).min(MOST_COLUMNS);
        let line = |line: StatisticsLine| PopupLine {
            is_title: line.is_title,
            keys: line.label,
            choice: line.query.map(Choice::Filter),
            ..PopupLine::text(if is_ascii && !line.is_title {
                in_ascii(&line.text)
            } else {
                line.text
            })
        };
        let lines = statistics_lines(all, None, MOST_BARS, room.into(), ambiguous);
        let lines = lines.into_iter().map(line).collect();
        let popup = Self {
            own_title: title,
            ..Self::new(PopupKind::Statistics, lines, String::new())
        };
        Some(popup).filter(Self::has_choices)
    }

    /// Adds lines below its own, or in place of the one that says that there is nothing.
    pub(super) fn add_lines(&mut self, lines: Vec<String>, nothing: &str) {
        self.lines.truncate(self.fixed);
        let is_nothing = |line: &PopupLine| !lines.is_empty() && line.text == nothing;
        let end = self.lines.len()..self.lines.len();
        let found = self.lines.iter().position(is_nothing);
        let at = found.map_or(end, |at| at..at + 1);
        self.lines
            .splice(at, lines.into_iter().map(PopupLine::text));
        self.fixed = self.lines.len();
    }

    /// Names the keys of a look-up box, and that of the command of the settings if there is one.
    pub(super) fn name_look_up_keys(&mut self, keys: &BoundKeys, has_command: bool) {
        let mut hints = self.hints();
        if has_command {
            hints.insert(2, message!("{look-up} command"));
        }
        self.hint = keys.with_hints("", &hints, keymap::ARTICLE.and(keymap::SELECTION));
    }

    /// The keys that can follow the first one of a chord, each with what it does.
    pub(super) fn chords(title: String, keys: Vec<(String, String)>) -> Self {
        let line = |(keys, text)| PopupLine {
            keys,
            text,
            ..PopupLine::default()
        };
        let lines = keys.into_iter().map(line).collect();
        Self {
            own_title: title,
            ..Self::new(PopupKind::Chords, lines, String::new())
        }
    }

    /// All keys, those of a context first, the syntax of queries and the marks of the list. The
    /// lines are made when it is placed.
    pub(super) fn help(context: Contexts, keys: &BoundKeys) -> Self {
        Self {
            groups: help_groups(context, keys),
            own_title: help_title(context).to_owned(),
            ..Self::new(PopupKind::Help, Vec::new(), String::new())
        }
    }

    /// Names the arrow keys by words, for terminals without arrows.
    pub(super) fn spell_arrows(&mut self) {
        if self.is_about_article() {
            return;
        }
        let groups = self.groups.iter_mut().flat_map(|(_, items)| items);
        let lines = self.lines.iter_mut();
        let texts = lines.flat_map(|line| [&mut line.keys, &mut line.text]);
        for text in groups.map(|(keys, _)| keys).chain(texts) {
            *text = without_arrows(text);
        }
    }

    /// What is searched for in the help.
    pub(super) fn query(&self) -> &str {
        &self.query
    }

    pub(super) fn search(&mut self, query: &str) {
        query.clone_into(&mut self.query);
        self.viewport.top = ScrollOffset::default();
    }

    /// The commands for an article, so that all can be reached without letters.
    pub(super) fn menu(keys: &BoundKeys) -> Self {
        let item = |binding: &keymap::Binding| {
            let key = keys.keys_of(binding, keymap::ARTICLE).first().copied();
            let text = plain(translated(binding.help));
            let mut rest = text.chars();
            let first = rest.next().map(|c| c.to_ascii_uppercase());
            let text = first.into_iter().chain(rest).collect();
            PopupLine {
                keys: key.unwrap_or_default().to_owned(),
                ..PopupLine::item(0, text, Choice::Action(binding.action))
            }
        };
        let lines = keymap::menu().map(item).collect();
        Self::new(PopupKind::Menu, lines, String::new())
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
            let line = |indent, text| PopupLine::item(indent, text, Choice::Figure(mismatch.at));
            lines.push(line(0, mismatch.figures));
            lines.extend(mismatch.contexts.map(|context| line(2, context)));
        }
        let problems = page.text().problems().map(|problem| format!("• {problem}"));
        let notes = page.notes().iter().map(|note| format!("• {note}"));
        let problems: Vec<String> = problems.chain(notes).collect();
        if !lines.is_empty() {
            lines.insert(0, PopupLine::title(tr!("Figures that disagree")));
            if !problems.is_empty() {
                lines.push(PopupLine::title(tr!("Problems and notes")));
            }
        }
        let is_any = !lines.is_empty() || !problems.is_empty();
        is_any.then(|| Self::new(PopupKind::Problems, lines, problems.join("\n")))
    }

    pub(super) fn link(target: &str) -> Self {
        Self::new(PopupKind::Link, Vec::new(), target.to_owned())
    }

    /// The libraries that were read before; in the open one a number of articles is unread. None if
    /// there is no other.
    pub(super) fn libraries(libraries: &[KnownLibrary], unread: usize) -> Option<Self> {
        let count = |library: &KnownLibrary| match library.unread {
            _ if library.is_open => tr!("{count} unread", count = thousands(unread as u64)),
            Ok(Some(unread)) => tr!("{count} unread", count = thousands(unread)),
            _ => String::new(),
        };
        let counts: Vec<String> = libraries.iter().map(count).collect();
        let columns = |text: &str| typeset::columns(text, Ambiguous::Narrow);
        let width = counts.iter().map(|count| columns(count)).max().unwrap_or(0);
        let line = |(library, count): (&KnownLibrary, String)| {
            let text = match &library.unread {
                _ if library.is_open => tr!("{library} (open)", library = library.name),
                Ok(_) => library.name.clone(),
                Err(reason) => format!("{}: {reason}", library.name),
            };
            let choice = Choice::Library(library.path.clone());
            PopupLine {
                keys: " ".repeat(width - columns(&count)) + &count,
                text,
                choice: (!library.is_open).then_some(choice),
                ..PopupLine::default()
            }
        };
        let lines = libraries.iter().zip(counts).map(line).collect();
        Some(Self::new(PopupKind::Libraries, lines, String::new())).filter(Self::has_choices)
    }

    /// The themes to choose from; the one of a name is selected.
    pub(super) fn themes(themes: &[ThemeEntry], now: &str) -> Self {
        let line = |theme: &ThemeEntry| {
            let choice = Choice::Theme(theme.name.clone());
            PopupLine::command(&theme.name, theme.about.clone(), choice)
        };
        let mut popup = Self::new(
            PopupKind::Themes,
            themes.iter().map(line).collect(),
            String::new(),
        );
        let selected = themes.iter().position(|theme| theme.name == now);
        popup.viewport.selected = selected.unwrap_or(0);
        popup
    }

    /// Whether of a line that is too long the end is shown, as that of a path.
    pub(crate) fn shows_ends(&self) -> bool {
        self.kind == PopupKind::Libraries
    }

    pub(crate) fn is_hub(&self) -> bool {
        self.kind == PopupKind::Hub
    }

    pub(crate) fn is_help(&self) -> bool {
        self.kind == PopupKind::Help
    }

    pub(crate) fn is_link(&self) -> bool {
        self.kind == PopupKind::Link
    }

    /// Whether it is about the article on the screen, and so is closed with it.
    pub(super) fn is_about_article(&self) -> bool {
        matches!(self.kind, PopupKind::Outline | PopupKind::Problems)
    }

    pub(crate) fn target(&self) -> &str {
        &self.subject
    }

    /// Places the popup in the middle of the screen, and wraps its running text.
    pub(super) fn place(&mut self, area: Area, ambiguous: Ambiguous) {
        self.is_framed = area.columns >= FRAMED.columns && area.rows >= FRAMED.rows;
        let (across, down) = if self.is_framed { (4, 2) } else { (0, 0) };
        let room = area.columns.saturating_sub(across);
        let is_hub = self.kind == PopupKind::Hub;
        let mut most = room.min(match self.kind {
            PopupKind::LookUp => BOX_COLUMNS,
            PopupKind::Hub => HUB_COLUMNS,
            _ => MOST_COLUMNS,
        });
        let mut least = 0;
        self.lines.truncate(self.fixed);
        if self.kind == PopupKind::Help {
            let across = ((room + HELP_GAP) / (HELP_COLUMNS + HELP_GAP)).clamp(1, 3);
            self.column_step = (room + HELP_GAP) / across;
            let columns = most.min(self.column_step - HELP_GAP.min(self.column_step));
            self.column_step = columns + HELP_GAP;
            let mut lines = help_lines(&self.groups, &self.query, columns, ambiguous);
            if lines.is_empty() {
                let wrapped = wrapped(&self.no_match, columns, ambiguous);
                lines.extend(wrapped.into_iter().map(PopupLine::text));
            }
            self.lines = beside(lines, across.into());
            if across > 1 {
                most = self.column_step * across - HELP_GAP;
                least = most;
            }
        } else {
            let lines = wrapped(&self.subject, most, ambiguous);
            self.lines.extend(lines.into_iter().map(PopupLine::text));
        }
        let width = |text: &str| typeset::columns(text, ambiguous) as u16;
        // The list of highlights is as wide as it can be, and too long to be measured.
        let lines = self.lines.iter().take(if is_hub { 0 } else { usize::MAX });
        let all = lines
            .clone()
            .flat_map(|line| line.beside.iter().chain([line]));
        let keys = all.map(|line| width(&line.keys)).max();
        self.keys_columns = keys.filter(|&keys| keys > 0).map_or(0, |keys| keys + 2);
        if is_hub {
            let names = HighlightColour::ALL.map(|colour| width(translated(colour.name())));
            self.keys_columns = names.into_iter().max().unwrap_or(0) + 2;
            least = most;
        } else if self.kind == PopupKind::Note {
            least = most.min(NOTE_COLUMNS);
        }
        let text = lines.map(|line| line.indent.saturating_add(width(&line.text)));
        let wanted = self
            .keys_columns
            .saturating_add(text.max().unwrap_or(0))
            .max(width(self.hint()) + 2)
            .max(width(self.title()) + 2);
        let columns = wanted.max(least).min(most);
        // The status line stays free.
        let rows = (self.lines.len().max(1) as u16)
            .min(area.rows.saturating_sub(down + u16::from(area.rows > 1)));
        let (x, y) = self.anchor.map_or_else(
            || ((area.columns - columns) / 2, (area.rows - rows) / 2),
            |anchor| beside_anchor(area, anchor, (columns, rows), (across, down)),
        );
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
    /// A line of the command line: a name and its explanation.
    pub(super) fn command(name: &str, text: String, choice: Choice) -> Self {
        Self {
            keys: name.to_owned(),
            ..Self::item(0, text, choice)
        }
    }

    fn item(indent: u16, text: String, choice: Choice) -> Self {
        Self {
            indent,
            text,
            choice: Some(choice),
            ..Self::default()
        }
    }

    /// The title of a group of highlights.
    pub(super) fn group(text: &str, choice: Choice) -> Self {
        Self {
            choice: Some(choice),
            ..Self::title(text)
        }
    }

    /// A highlight with the name of its colour.
    pub(super) fn annotation(colour: HighlightColour, text: String, choice: Choice) -> Self {
        Self {
            colour: Some(colour),
            ..Self::command(translated(colour.name()), text, choice)
        }
    }

    /// The note of a highlight.
    pub(super) fn of_note(text: String, choice: Choice) -> Self {
        Self::item(0, text, choice)
    }

    fn title(text: &str) -> Self {
        Self {
            is_title: true,
            ..Self::text(text.to_owned())
        }
    }

    pub(super) fn text(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

/// Where a box with a border goes that stands beside something: below it, or above it where there is more room.
fn beside_anchor(
    area: Area,
    anchor: ScreenRect,
    (columns, rows): (u16, u16),
    (across, down): (u16, u16),
) -> (u16, u16) {
    let (left, top) = (across / 2, down / 2);
    let x = anchor
        .x
        .max(left)
        .min(area.columns.saturating_sub(columns + left));
    let below = anchor.y + anchor.rows + top;
    let last = area.rows.saturating_sub(rows + top + 1);
    let above = anchor.y.checked_sub(rows + top).filter(|&y| y >= top);
    let y = if below <= last {
        below
    } else {
        above.unwrap_or(last)
    };
    (x, y)
}

/// A text of the tables in the language of the program.
fn in_words(english: &str) -> &str {
    translation(english).unwrap_or(english)
}

/// A text of the tables as it is shown, without the marks of code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// The lines of the help that hold what is searched for.
fn help_lines(
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
fn beside(lines: Vec<PopupLine>, across: usize) -> Vec<PopupLine> {
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
    use super::{help_groups, help_lines};
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
