//! The state of the reader.

use jiff::tz::TimeZone;

use super::list::List;
use super::message::{Area, Effect, Message};
use super::overlay::{Label, Overlay};
use super::page::Page;
use super::panes::{Focus, Panes};
use super::prompt::Prompt;
use crate::catalog::Entries;
use crate::text::Language;
use crate::typeset::Ambiguous;

/// What a reader starts with. Stable.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The size of the screen.
    pub area: Area,
    /// The time zone of days and dates.
    pub zone: TimeZone,
    /// The language to show first.
    pub language: Language,
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
    /// The most columns of a line of text.
    pub measure: u16,
    /// The pane the keys go to: the article for a single file.
    pub focus: Focus,
    /// Whether the mouse is taken at the start.
    pub mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            area: Area { columns: 80, rows: 24 },
            zone: TimeZone::UTC,
            language: Language::Chinese,
            ambiguous: Ambiguous::default(),
            measure: 88,
            focus: Focus::List,
            mouse: true,
        }
    }
}

/// How far the walk is. Stable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Articles read.
    pub read: u32,
    /// Articles found so far.
    pub found: u32,
    /// Whether the walk has ended.
    pub is_finished: bool,
}

/// The state of the reader. The view draws it; only [`update`](super::update) changes it.
#[derive(Debug)]
pub struct Model {
    settings: Settings,
    panes: Panes,
    list: List,
    page: Option<Page>,
    overlay: Option<Overlay>,
    labels: Vec<Label>,
    prompt: Option<Prompt>,
    notice: Option<String>,
    progress: Progress,
}

impl Model {
    /// A reader that knows of no article yet.
    pub fn new(settings: Settings) -> Self {
        let panes = Panes::arrange(settings.area, settings.focus, false);
        let list = List::new(Entries::new(settings.zone.clone()), settings.language);
        Self {
            settings,
            panes,
            list,
            page: None,
            overlay: None,
            labels: Vec::new(),
            prompt: None,
            notice: None,
            progress: Progress::default(),
        }
    }

    /// The settings as they are now: language, measure, focus and the mouse change while the program runs.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The size of the screen.
    pub const fn area(&self) -> Area {
        self.settings.area
    }

    /// Where the panes lie.
    pub const fn panes(&self) -> Panes {
        self.panes
    }

    /// The pane the keys go to.
    pub const fn focus(&self) -> Focus {
        self.settings.focus
    }

    /// The language that the reader prefers.
    pub const fn language(&self) -> Language {
        self.settings.language
    }

    /// The list.
    pub const fn list(&self) -> &List {
        &self.list
    }

    /// The article on the screen; while the selected one is being read, still the one before.
    pub const fn page(&self) -> Option<&Page> {
        self.page.as_ref()
    }

    /// Whether the selected article is still being read.
    pub fn is_loading(&self) -> bool {
        self.list.selected() != self.page.as_ref().map(Page::id)
    }

    /// What lies over the panes.
    pub const fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// The labels on the links of the page, while they are shown.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The input line, while it is open.
    pub const fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// What to tell in the status line until the next key.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// How far the walk is.
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// The keys typed of something unfinished, such as `12` or `g`; often empty.
    pub fn pending(&self) -> String {
        String::new()
    }

    /// The cell of the hardware cursor, where it belongs somewhere: in the input line, at the selected line of an overlay, at the current block, or at the selected row of the list.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        None
    }
}

/// Tells the model something; returns what is to be done.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let _ = (model, message);
    Vec::new()
}
