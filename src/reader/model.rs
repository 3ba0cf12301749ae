//! The state of the reader.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::facets::FacetsPane;
use super::key::Key;
use super::layout::{Focus, Layout};
use super::link_hints::LinkHint;
use super::list::List;
use super::message::Area;
use super::page::{Page, PageSettings, PageSnapshot};
use super::popup::Popup;
use super::prompt::{Prompt, PromptLine};
use super::read_tracking::ReadTracker;
use super::search_screen::SearchScreen;
use super::text_cache::TextCache;
use crate::catalog::{Entries, EntryId, SavedSearch, Snippet};
use crate::text::Language;
use crate::typeset::Ambiguous;

/// What a reader starts with. Stable.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug)]
pub struct ReaderSettings {
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
    /// Whether pinyin stands above Chinese.
    pub pinyin: bool,
    /// The pane the keys go to: the article for a single file.
    pub focus: Focus,
    /// Whether only the article is shown at first: for a single file, whose list says nothing.
    pub alone: bool,
    /// Whether the mouse is taken at the start.
    pub mouse: bool,
    /// Whether the language was asked for, so that the one remembered gives way.
    pub is_language_chosen: bool,
}

impl Default for ReaderSettings {
    fn default() -> Self {
        Self {
            area: Area { columns: 80, rows: 24 },
            zone: TimeZone::UTC,
            language: Language::Chinese,
            ambiguous: Ambiguous::default(),
            measure: 88,
            pinyin: false,
            focus: Focus::List,
            alone: false,
            mouse: true,
            is_language_chosen: false,
        }
    }
}

/// How far the walk is. Stable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanProgress {
    /// Articles read.
    pub read: u32,
    /// Articles found so far.
    pub found: u32,
    /// Whether the walk has ended.
    pub is_finished: bool,
    /// How long it has taken.
    pub elapsed: Duration,
}

/// The state of the reader. The view draws it; only [`update`](super::update) changes it.
#[derive(Debug)]
pub struct Model {
    pub(super) settings: ReaderSettings,
    /// Whether only the article is shown.
    pub(super) alone: bool,
    /// Whether both languages are shown at once, where an article has both.
    pub(super) is_parallel: bool,
    pub(super) layout: Layout,
    pub(super) list: List,
    pub(super) page: Option<Page>,
    /// The article that was asked for and is not there yet.
    pub(super) loading: Option<EntryId>,
    pub(super) text_cache: TextCache,
    pub(super) popup: Option<Popup>,
    pub(super) search: SearchScreen,
    /// The hit to go to in an article that was asked for: the snippet, or the text where there is none.
    pub(super) hit: Option<(EntryId, Result<Snippet, String>)>,
    pub(super) facets: Option<FacetsPane>,
    /// The number of the last question about the library.
    pub(super) number: u32,
    pub(super) link_hints: Vec<LinkHint>,
    pub(super) prompt: Option<Prompt>,
    /// Where the page was when the input line was opened: incremental search starts there, Esc goes back.
    pub(super) origin: Option<PageSnapshot>,
    pub(super) notice: Option<String>,
    /// Whether the notice is from outside, and so to be read whole.
    pub(super) is_notice_long: bool,
    pub(super) progress: ScanProgress,
    /// How many folders cannot be watched.
    pub(super) unwatched: u32,
    pub(super) tracker: ReadTracker,
    /// The searches saved for this library.
    pub(super) saved_searches: Vec<SavedSearch>,
    /// A count typed so far.
    pub(super) count: Option<u32>,
    /// The first key of a chord of two.
    pub(super) prefix: Option<Key>,
}

impl Model {
    /// A reader that knows of no article yet.
    pub fn new(settings: ReaderSettings) -> Self {
        let list = List::new(Entries::new(settings.zone.clone()), settings.language);
        let mut model = Self {
            alone: settings.alone,
            settings,
            is_parallel: false,
            layout: Layout::default(),
            list,
            page: None,
            loading: None,
            text_cache: TextCache::default(),
            popup: None,
            search: SearchScreen::new(),
            hit: None,
            facets: None,
            number: 0,
            link_hints: Vec::new(),
            prompt: None,
            origin: None,
            notice: None,
            is_notice_long: false,
            progress: ScanProgress::default(),
            unwatched: 0,
            tracker: ReadTracker::default(),
            saved_searches: Vec::new(),
            count: None,
            prefix: None,
        };
        model.arrange();
        model
    }

    /// The settings as they are now: size, language, measure, pinyin, focus and the mouse change while the program runs.
    pub const fn settings(&self) -> &ReaderSettings {
        &self.settings
    }

    /// The size of the screen.
    pub const fn area(&self) -> Area {
        self.settings.area
    }

    /// Where the panes lie.
    pub const fn layout(&self) -> Layout {
        self.layout
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
    pub const fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// What lies over the panes.
    pub const fn popup(&self) -> Option<&Popup> {
        self.popup.as_ref()
    }

    /// The search screen, open or not.
    pub const fn search(&self) -> &SearchScreen {
        &self.search
    }

    /// The facets, while they are shown.
    pub const fn facets(&self) -> Option<&FacetsPane> {
        self.facets.as_ref()
    }

    /// The labels on the links of the page, while they are shown.
    pub fn link_hints(&self) -> &[LinkHint] {
        &self.link_hints
    }

    /// The input line, while it is open.
    pub const fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// The input line as it is drawn in the status line, while it is open.
    pub fn prompt_line(&self) -> Option<PromptLine<'_>> {
        let prompt = self.prompt.as_ref()?;
        let columns = self.layout.status.map_or(self.settings.area.columns, |status| status.columns);
        Some(prompt.line(columns, self.settings.ambiguous))
    }

    /// What to tell in the status line until the next key.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Whether the notice is to be shown whole where it is longer than the status line: what the library or the shell told, which may name a path.
    pub const fn is_notice_long(&self) -> bool {
        self.is_notice_long
    }

    /// How far the walk is.
    pub const fn progress(&self) -> ScanProgress {
        self.progress
    }

    /// How many folders cannot be watched, and are walked again every few seconds.
    pub const fn unwatched(&self) -> u32 {
        self.unwatched
    }

    /// What was typed of something unfinished, such as `12` or `g`; mostly empty.
    pub fn pending(&self) -> String {
        let count = self.count.map(|count| count.to_string()).unwrap_or_default();
        let prefix = self.prefix.map(|key| key.to_string()).unwrap_or_default();
        count + &prefix
    }

    /// The cell of the hardware cursor: in the input line, at the selected line of a box, at a label, at the current block or at the selected row of the list.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        if let Some(line) = self.prompt_line() {
            let status = self.layout.status?;
            return Some((status.x + line.cursor.min(status.columns.saturating_sub(1)), status.y));
        }
        if let Some(overlay) = &self.popup {
            return Some(overlay.cursor());
        }
        if self.search.is_open() {
            return Some(self.search.cursor(self.settings.ambiguous));
        }
        if let Some(facets) = &self.facets {
            return Some(facets.cursor());
        }
        match self.focus() {
            Focus::List => {
                let body = self.layout.list?.body;
                self.list.selected_row().map(|row| (body.x, body.y + row))
            }
            Focus::Article => {
                let body = self.layout.article?.body;
                let label = self.link_hints.iter().find(|label| label.is_selected).map(|label| (label.x, label.y));
                let (x, y) = label.or_else(|| self.page.as_ref()?.current_cell())?;
                Some((body.x + x.min(body.columns.saturating_sub(1)), body.y + y))
            }
        }
    }

    /// Whether the program shows a single article and nothing else, so that there is no list to go back to.
    pub fn is_single(&self) -> bool {
        self.progress.is_finished && self.list.entries().len() <= 1
    }

    /// Places the panes anew, after the size, the focus, the measure or the pinyin has changed.
    pub(super) fn arrange(&mut self) {
        let ReaderSettings { area, focus, ambiguous, .. } = self.settings;
        self.layout = Layout::arrange_for(area, focus, self.alone, self.is_parallel);
        if let Some(list) = self.layout.list {
            self.list.set_pane(list.body);
        }
        let shape = self.page_settings();
        if let Some(page) = &mut self.page {
            page.reshape(shape);
        }
        if let Some(overlay) = &mut self.popup {
            overlay.place(area, ambiguous);
        }
        self.search.place(area);
        if let Some(facets) = &mut self.facets {
            facets.place(self.layout.article.or(self.layout.list).unwrap_or_default());
        }
        self.link_hints.clear();
    }

    /// The shape of the page: where it is not shown, the one it will be shown in.
    pub(super) fn page_settings(&self) -> PageSettings {
        let ReaderSettings { area, measure, ambiguous, pinyin, .. } = self.settings;
        let shown = || Layout::arrange_for(area, Focus::Article, self.alone, self.is_parallel).article;
        let shown = self.layout.article.or_else(shown);
        PageSettings { pane: shown.unwrap_or_default().body, measure, ambiguous, pinyin, is_parallel: self.is_parallel }
    }
}
