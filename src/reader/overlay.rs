//! What lies over the panes: help, menu, outline, problems, a link's card, labels on links.

use std::borrow::Cow;

use super::panes::Pane;

/// What an overlay is. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverlayKind {
    /// All keys.
    Help,
    /// The actions for an article.
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
    /// Something that can be chosen or is just told.
    Item,
    /// Running text.
    Text,
}

/// A line of an overlay on the screen. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayLine<'a> {
    /// How it is to be read.
    pub kind: LineKind,
    /// Columns to leave free before it.
    pub indent: u16,
    /// Keys, at the left in `keys_columns` columns of [`Overlay`]; empty where there are none.
    pub keys: Cow<'a, str>,
    /// Its text; the view cuts it to its room.
    pub text: Cow<'a, str>,
    /// Whether it is selected.
    pub is_selected: bool,
}

/// A box over the panes with a title and lines, of which some can be selected. Stable.
#[derive(Clone, Debug)]
pub struct Overlay {
    kind: OverlayKind,
    pane: Pane,
}

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

    /// The pane its lines are drawn in. Around it is a border of one cell where [`Self::is_framed`].
    pub const fn body(&self) -> Pane {
        self.pane
    }

    /// Whether there is room for a border around [`Self::body`].
    pub const fn is_framed(&self) -> bool {
        true
    }

    /// What can be done, for the lower border: `Enter open · y copy · Esc back`.
    pub const fn hint(&self) -> &'static str {
        ""
    }

    /// The columns that keys take at the left of its lines, the space after them included; 0 where no line has any.
    pub const fn keys_columns(&self) -> u16 {
        0
    }

    /// The lines on the screen, from the top of the body downwards.
    pub fn lines(&self) -> impl Iterator<Item = OverlayLine<'_>> {
        std::iter::empty()
    }

    /// The part of the lines above the screen and the part down to its end, each from 0 to 1. (0, 1) when all show.
    pub fn bar(&self) -> (f32, f32) {
        (0.0, 1.0)
    }
}

/// A label laid over a link on the page. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The letters to type.
    pub letters: String,
    /// The column of the article's pane of the first cell of the link.
    pub x: u16,
    /// The row of the article's pane.
    pub y: u16,
    /// The true target.
    pub target: String,
    /// Whether it is selected by the arrows.
    pub is_selected: bool,
}
