//! A box over the panes: its lines, what is selected in it, and its place on the screen.

mod contents;
mod line;

use super::bound_keys::BoundKeys;
use super::help::HelpGroup;
use super::key::without_arrows;
use super::keymap;
use super::layout::ScreenRect;
use super::message::Area;
use super::page::VisiblePicture;
use super::picture_box::PictureBox;
use super::viewport::{Motion, ScrollOffset, SingleRows, Viewport};
use crate::catalog::HighlightColour;
use crate::dictionary::{HARDEST_LEVEL, level_name};
use crate::locale::translated;
use crate::markdown::can_open;
use crate::text::Language;
use crate::typeset::{self, Ambiguous};
pub(super) use line::Choice;
pub(crate) use line::{PopupLine, wrapped};
use line::{beside, help_lines, in_words};

const MOST_COLUMNS: u16 = 76;
/// The most columns of a list of highlights or words.
const LIST_COLUMNS: u16 = 120;
/// The columns of the box of a note.
pub(super) const NOTE_COLUMNS: u16 = 64;
/// The most columns of a box beside a word.
const BOX_COLUMNS: u16 = 56;
/// The least columns of a column of the help, and those between two.
const HELP_COLUMNS: u16 = 54;
const HELP_GAP: u16 = 3;
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
    /// The vocabulary book.
    Words,
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
    /// A picture over the whole screen.
    Picture,
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
    /// The picture that it shows.
    picture: Option<PictureBox>,
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
            | PopupKind::Words
            | PopupKind::Picture
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
            PopupKind::Words => keymap::POPUP.and(keymap::WORDS),
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
            PopupKind::Outline | PopupKind::Problems | PopupKind::Hub | PopupKind::Words
                if !self.has_choices() =>
            {
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
            PopupKind::Words => messages![
                "{choose} go there",
                "{filter} filter",
                "{search} search",
                "{delete-word} remove",
                "{sort} group",
            ],
            // Its keys are those of an input line.
            PopupKind::Note => return messages!["Esc keep", "Ctrl-e editor"],
            // Esc always ends a chord.
            PopupKind::Chords => return messages!["Esc back"],
            PopupKind::LookUp => messages![
                "{narrower} {wider} shorter, longer",
                "{previous-word} {next-word} word",
                "{keep-word} keep",
            ],
            PopupKind::Picture => Vec::new(),
            PopupKind::Help => messages!["{search-help} search"],
            PopupKind::Menu => messages!["{choose} choose, or press its key"],
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

/// Its making, and its place on the screen.
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
            picture: None,
            hint: String::new(),
            no_match: String::new(),
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

    /// Whether of a line that is too long the end is shown, as that of a path.
    pub(crate) fn shows_ends(&self) -> bool {
        self.kind == PopupKind::Libraries
    }

    /// The names that its lines can have at their left: colours, or levels.
    fn names_in_list(&self) -> Box<dyn Iterator<Item = String>> {
        if self.kind == PopupKind::Hub {
            let names = HighlightColour::ALL.map(|colour| translated(colour.name()).to_owned());
            return Box::new(names.into_iter());
        }
        let levels = (1..=HARDEST_LEVEL).map(Some);
        Box::new(levels.flat_map(|level| Language::BOTH.map(|side| level_name(side, level))))
    }

    /// Whether it lists highlights or words.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.kind, PopupKind::Hub | PopupKind::Words)
    }

    pub(crate) fn is_help(&self) -> bool {
        self.kind == PopupKind::Help
    }

    pub(crate) fn is_link(&self) -> bool {
        self.kind == PopupKind::Link
    }

    /// Whether it is about the article on the screen, and so is closed with it.
    pub(super) fn is_about_article(&self) -> bool {
        matches!(
            self.kind,
            PopupKind::Outline | PopupKind::Problems | PopupKind::Picture
        )
    }

    pub(crate) fn target(&self) -> &str {
        &self.subject
    }

    /// The picture that it shows, with its first cell on the screen.
    pub(crate) fn picture(&self) -> Option<VisiblePicture> {
        let picture = self.picture.clone()?;
        let ScreenRect { x, y, columns, .. } = self.body;
        Some(VisiblePicture {
            x: x + (columns.saturating_sub(picture.size[0])) / 2,
            y: y.into(),
            picture,
        })
    }

    /// The columns and rows of its picture; of none, a row.
    fn picture_size(&self) -> [u16; 2] {
        self.picture.as_ref().map_or([0, 1], |it| it.size)
    }

    /// The most columns and rows of a picture.
    pub(super) const fn room(area: Area) -> [u16; 2] {
        [area.columns.saturating_sub(4), area.rows.saturating_sub(3)]
    }

    /// Places the popup in the middle of the screen, and wraps its running text.
    pub(super) fn place(&mut self, area: Area, ambiguous: Ambiguous) {
        self.is_framed = area.columns >= FRAMED.columns && area.rows >= FRAMED.rows;
        let (across, down) = if self.is_framed { (4, 2) } else { (0, 0) };
        let room = area.columns.saturating_sub(across);
        let is_list = self.is_list();
        let mut most = room.min(match self.kind {
            PopupKind::LookUp => BOX_COLUMNS,
            PopupKind::Hub | PopupKind::Words => LIST_COLUMNS,
            PopupKind::Picture => room,
            _ => MOST_COLUMNS,
        });
        let mut least = self.picture_size()[0].min(most);
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
        // These lists are as wide as they can be, and too long to be measured.
        let lines = self.lines.iter().take(if is_list { 0 } else { usize::MAX });
        let all = lines
            .clone()
            .flat_map(|line| line.beside.iter().chain([line]));
        let keys = all.map(|line| width(&line.keys)).max();
        self.keys_columns = keys.filter(|&keys| keys > 0).map_or(0, |keys| keys + 2);
        if is_list {
            self.keys_columns = self
                .names_in_list()
                .map(|name| width(&name))
                .max()
                .unwrap_or(0)
                + 2;
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
        let rows = (self.lines.len() as u16)
            .max(self.picture_size()[1])
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
