//! Letters before the links on the screen: typing them follows the link.

use super::page::{Page, VisibleLink};
use super::viewport::{Motion, SingleRows, Viewport};

/// The letters, easiest to reach first.
const LETTERS: &[u8] = b"asdfghjklweruiopcvnmxtyqbz";

/// A hint before a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkHint {
    pub(crate) letters: String,
    pub(crate) link: VisibleLink,
}

/// What typing a letter led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HintInput {
    /// No hint continues with the letter.
    NoMatch,
    /// The hint is not complete yet.
    Incomplete,
    /// A hint is complete.
    Link(VisibleLink),
}

/// The hints on the screen; empty unless they were asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkHints {
    hints: Vec<LinkHint>,
    typed: usize,
    viewport: Viewport,
}

impl LinkHints {
    /// A hint for every link on the screen.
    pub(super) fn new(page: &Page) -> Self {
        let links = page.links();
        let is_short = links.len() <= LETTERS.len();
        let letter = |index: usize| char::from(LETTERS[index % LETTERS.len()]);
        let hint = |(index, link): (usize, VisibleLink)| LinkHint {
            letters: if is_short {
                letter(index).to_string()
            } else {
                [letter(index / LETTERS.len()), letter(index)]
                    .iter()
                    .collect()
            },
            link,
        };
        // Two letters are enough for 676 links, more than any screen shows.
        let hints: Vec<LinkHint> = links
            .into_iter()
            .enumerate()
            .take(LETTERS.len() * LETTERS.len())
            .map(hint)
            .collect();
        let viewport = Viewport {
            rows: hints.len(),
            ..Viewport::default()
        };
        Self {
            hints,
            typed: 0,
            viewport,
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.hints.is_empty()
    }

    /// The hints, each with whether it is selected.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&LinkHint, bool)> {
        self.hints
            .iter()
            .enumerate()
            .map(|(index, hint)| (hint, index == self.viewport.selected))
    }

    /// The letters for the link that begins at a cell of the pane, and whether it is selected.
    pub(crate) fn at(&self, x: u16, y: u16) -> Option<(&str, bool)> {
        self.iter()
            .find(|(hint, _)| (hint.link.x, hint.link.y) == (x, y))
            .map(|(hint, is_selected)| (hint.letters.as_str(), is_selected))
    }

    pub(super) fn selected(&self) -> Option<&LinkHint> {
        self.hints.get(self.viewport.selected)
    }

    /// Types a letter. Hints that do not continue with it are removed.
    pub(super) fn type_letter(&mut self, letter: char) -> HintInput {
        let letter = letter.to_ascii_lowercase();
        let is_next = |hint: &LinkHint| hint.letters.chars().nth(self.typed) == Some(letter);
        if !self.hints.iter().any(is_next) {
            return HintInput::NoMatch;
        }
        self.hints.retain(is_next);
        self.typed += 1;
        self.viewport.selected = 0;
        match &self.hints[..] {
            [only] if only.letters.len() == self.typed => HintInput::Link(only.link),
            _ => HintInput::Incomplete,
        }
    }

    pub(super) fn go(&mut self, motion: Motion) {
        self.viewport = self.viewport.go(motion, &SingleRows(self.hints.len()));
    }
}
