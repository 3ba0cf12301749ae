//! What each kind of popup holds.

use super::line::plain;
use super::{Choice, MOST_COLUMNS, Popup, PopupKind, PopupLine};
use crate::catalog::{KnownLibrary, Statistics};
use crate::locale::translated;
use crate::markdown::BlockKind;
use crate::reader::bound_keys::BoundKeys;
use crate::reader::help::{help_groups, help_title};
use crate::reader::keymap::{self, Contexts};
use crate::reader::message::{Area, ThemeEntry};
use crate::reader::number::thousands;
use crate::reader::page::{Page, PageSource};
use crate::reader::picture_box::PictureBox;
use crate::reader::statistics::{StatisticsLine, in_ascii, statistics_lines};
use crate::text::clean_line;
use crate::typeset::{self, Ambiguous};

/// The most bars of tags, and of sources.
const MOST_BARS: usize = 10;

impl Popup {
    /// The bookmarks with the titles of their articles; none if there are none.
    pub(in crate::reader) fn bookmarks(titles: Vec<(char, String)>) -> Option<Self> {
        let line = |(letter, title): (char, String)| {
            PopupLine::command(&letter.to_string(), title, Choice::Bookmark(letter))
        };
        let lines: Vec<_> = titles.into_iter().map(line).collect();
        (!lines.is_empty()).then(|| Self::new(PopupKind::Bookmarks, lines, String::new()))
    }

    /// The names of the commands to share an article with; none if there are none.
    pub(in crate::reader) fn share<'a>(names: impl Iterator<Item = &'a String>) -> Option<Self> {
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
    pub(in crate::reader) fn output(title: &str, text: &str) -> Self {
        Self {
            own_title: title.to_owned(),
            ..Self::new(PopupKind::Output, Vec::new(), text.trim_end().to_owned())
        }
    }

    /// A list of highlights or of words, which a text filters; with what is said if none matches.
    pub(in crate::reader) fn listing(
        kind: PopupKind,
        title: String,
        query: &str,
        lines: Vec<PopupLine>,
        nothing: &str,
    ) -> Self {
        let nothing = if lines.is_empty() { nothing } else { "" };
        let own_title = if query.is_empty() {
            title
        } else {
            format!("{title} · /{query}")
        };
        Self {
            own_title,
            ..Self::new(kind, lines, nothing.to_owned())
        }
    }

    /// Selects the first line of an item of a list.
    pub(in crate::reader) fn select_listed(&mut self, number: usize) {
        let is_it = |line: &PopupLine| {
            !line.is_title && matches!(line.choice, Some(Choice::Listed(n)) if n == number)
        };
        if let Some(at) = self.lines.iter().position(is_it) {
            self.viewport.selected = at;
            self.viewport = self.viewport.reveal(&self.items());
        }
    }

    /// The box of a note.
    pub(in crate::reader) fn note(title: String, lines: Vec<String>) -> Self {
        let lines = lines.into_iter().map(PopupLine::text).collect();
        Self {
            own_title: title,
            ..Self::new(PopupKind::Note, lines, String::new())
        }
    }

    /// Shows other lines in the box of a note.
    pub(in crate::reader) fn set_note(&mut self, title: String, lines: Vec<String>) {
        self.own_title = title;
        self.lines = lines.into_iter().map(PopupLine::text).collect();
        self.fixed = self.lines.len();
    }

    /// A picture over the whole screen.
    pub(in crate::reader) fn enlarged(picture: PictureBox) -> Self {
        Self {
            own_title: picture.caption(),
            picture: Some(picture),
            ..Self::new(PopupKind::Picture, Vec::new(), String::new())
        }
    }

    /// What the dictionary says of a word, with the translation of its sentence.
    pub(in crate::reader) fn look_up(
        title: String,
        lines: Vec<PopupLine>,
        translation: String,
    ) -> Self {
        Self {
            own_title: title,
            ..Self::new(PopupKind::LookUp, lines, translation)
        }
    }

    /// The statistics of some articles, under a title; none if there are no articles.
    pub(in crate::reader) fn statistics(
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
    pub(in crate::reader) fn add_lines(&mut self, lines: Vec<String>, nothing: &str) {
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
    pub(in crate::reader) fn name_look_up_keys(&mut self, keys: &BoundKeys, has_command: bool) {
        let mut hints = self.hints();
        if has_command {
            hints.insert(2, message!("{look-up} command"));
        }
        self.hint = keys.with_hints("", &hints, keymap::ARTICLE.and(keymap::SELECTION));
    }

    /// The keys that can follow the first one of a chord, each with what it does.
    pub(in crate::reader) fn chords(title: String, keys: Vec<(String, String)>) -> Self {
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
    pub(in crate::reader) fn help(context: Contexts, keys: &BoundKeys) -> Self {
        Self {
            groups: help_groups(context, keys),
            own_title: help_title(context).to_owned(),
            ..Self::new(PopupKind::Help, Vec::new(), String::new())
        }
    }

    /// The commands for an article, so that all can be reached without letters.
    pub(in crate::reader) fn menu(keys: &BoundKeys) -> Self {
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
    pub(in crate::reader) fn outline(page: &Page) -> Option<Self> {
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
                let is_ticked = page.is_ticked(PageSource::Text(page.side()), index as u32);
                let text = if is_ticked {
                    format!("✓ {text}")
                } else {
                    text
                };
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
    pub(in crate::reader) fn problems(page: &Page) -> Option<Self> {
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

    pub(in crate::reader) fn link(target: &str) -> Self {
        Self::new(PopupKind::Link, Vec::new(), target.to_owned())
    }

    /// The libraries that were read before; in the open one a number of articles is unread. None if
    /// there is no other.
    pub(in crate::reader) fn libraries(libraries: &[KnownLibrary], unread: usize) -> Option<Self> {
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
    pub(in crate::reader) fn themes(themes: &[ThemeEntry], now: &str) -> Self {
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
}
