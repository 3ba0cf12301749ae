//! Labels on the links of the screen.

use super::page::PageSource;
use super::page::{Page, VisibleLink};

/// Letters of labels, the nearest to the resting fingers first.
const LETTERS: &[u8] = b"asdfghjklweruiopcvnmxtyqbz";

/// A label laid over a link on the page. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkHint {
    /// The letters to type.
    pub letters: String,
    /// How many of them have been typed.
    pub typed: usize,
    /// The column of the article's pane at which the link begins.
    pub x: u16,
    /// The row of the article's pane.
    pub y: u16,
    /// Whether it is selected by the arrows.
    pub is_selected: bool,
    pub(super) link: (PageSource, u32),
}

/// The labels of all links on the screen; empty where there are none.
pub(super) fn of_page(page: &Page) -> Vec<LinkHint> {
    let spots = page.links();
    let is_short = spots.len() <= LETTERS.len();
    let letter = |index: usize| char::from(LETTERS[index % LETTERS.len()]);
    let label = |(index, spot): (usize, VisibleLink)| LinkHint {
        letters: if is_short {
            letter(index).to_string()
        } else {
            [letter(index / LETTERS.len()), letter(index)].iter().collect()
        },
        typed: 0,
        x: spot.x,
        y: spot.y,
        is_selected: index == 0,
        link: (spot.source, spot.link),
    };
    // Two letters are enough for 676 links; no screen shows more that could be told apart.
    spots.into_iter().enumerate().take(LETTERS.len() * LETTERS.len()).map(label).collect()
}

/// What typing a letter came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HintInput {
    /// No label begins so.
    Nothing,
    /// Some labels are left.
    Some,
    /// A label is complete: the link it stands for.
    Link((PageSource, u32)),
}

/// Types a letter: labels that do not begin so go away.
pub(super) fn type_letter(labels: &mut Vec<LinkHint>, letter: char) -> HintInput {
    let letter = letter.to_ascii_lowercase();
    let is_next = |label: &LinkHint| label.letters.chars().nth(label.typed) == Some(letter);
    if !labels.iter().any(is_next) {
        return HintInput::Nothing;
    }
    labels.retain(is_next);
    for (index, label) in labels.iter_mut().enumerate() {
        label.typed += 1;
        label.is_selected = index == 0;
    }
    match &labels[..] {
        [only] if only.typed == only.letters.len() => HintInput::Link(only.link),
        _ => HintInput::Some,
    }
}

/// Moves the selection among labels.
pub(super) fn step(labels: &mut [LinkHint], by: isize) {
    let selected = labels.iter().position(|label| label.is_selected).unwrap_or(0);
    let wanted = selected.saturating_add_signed(by).min(labels.len().saturating_sub(1));
    for (index, label) in labels.iter_mut().enumerate() {
        label.is_selected = index == wanted;
    }
}

/// The link whose label is selected.
pub(super) fn selected(labels: &[LinkHint]) -> Option<(PageSource, u32)> {
    labels.iter().find(|label| label.is_selected).map(|label| label.link)
}
