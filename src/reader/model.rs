//! The state of the reader, and the changes of it that many commands share.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil;
use jiff::tz::TimeZone;

use super::aloud::Aloud;
use super::bound_keys::BoundKeys;
use super::code::KnownCode;
use super::facets::FacetsPane;
use super::hub::{HubItem, HubWalk};
use super::jumps::Jumps;
use super::key::{Key, without_arrows};
use super::keymap;
use super::layout::{self, Focus, Layout};
use super::link_hints::LinkHints;
use super::list::{List, ListStyle};
use super::listing::Listing;
use super::look_up::LookUpBox;
use super::message::{Area, Effect, ThemeEntry, Timer};
use super::note_box::NoteBox;
use super::page::{Page, PageSettings, PageSnapshot, ScrollState, TextRange};
use super::picture_box::CellSize;
use super::popup::{Popup, PopupKind};
use super::prompt::{Prompt, PromptKind, PromptLine};
use super::search_screen::SearchScreen;
use super::text_cache::TextCache;
use super::type_ahead::TypeAhead;
use super::word_book::WordItem;
use crate::bilingual::Place;
use crate::catalog::{
    Annotation, Annotations, BookWord, Bookmark, Entries, EntryId, HighlightColour, LibraryState,
    Mark, Reading, Request, SavedSearch, Snippet, VocabularyBook,
};
use crate::settings::{BoundedNumber, Density, Settings, SignSetting};
use crate::text::{Language, Script};
use crate::typeset::{Ambiguous, LayoutSettings, MEASURE};

/// The rows of the screen from which on the list is roomy unless chosen otherwise.
const ROOMY_ROWS: u16 = 40;
/// The last level of headings that may be shown at twice their size.
const LARGE_LEVELS: u8 = 2;
/// How long a message stays in the status bar.
const STATUS_TIMEOUT: Duration = Duration::from_secs(6);

/// The settings of the reader. Some change while the program runs.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug)]
pub struct ReaderSettings {
    /// The size of the screen.
    pub area: Area,
    /// The time zone of days and dates.
    pub zone: TimeZone,
    /// The preferred language.
    pub language: Language,
    /// The width of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// The most columns of a line of text.
    pub measure: u16,
    /// Whether pinyin is shown above Chinese.
    pub pinyin: bool,
    /// Whether glosses are shown above hard words.
    pub gloss: bool,
    /// The script in which Chinese is shown, if not as it is written.
    pub script: Option<Script>,
    /// Whether an article has two rows in the list; by the height of the screen if not chosen.
    pub is_roomy: Option<bool>,
    /// The columns of the list beside an article; by the width of the screen if not chosen.
    pub list_columns: Option<u16>,
    /// The pane that has the keys.
    pub focus: Focus,
    /// Whether only the article is shown at first: for a single file, which needs no list.
    pub alone: bool,
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// Whether the cursor of the terminal follows the selection, for screen readers and magnifiers.
    pub cursor: bool,
    /// Whether the linear view is used: a row is shown at a time, so that no text counts as seen
    /// before it was said.
    pub is_linear: bool,
    /// How large a cell is, if the terminal shows pictures.
    pub cell: Option<CellSize>,
    /// Whether the terminal shows text at twice its size.
    pub has_large_text: bool,
    /// What the head of the list calls the library, cleaned; None for the samples.
    pub library: Option<String>,
    /// The day, if it is known.
    pub today: Option<civil::Date>,
    /// The effective keys.
    pub keys: BoundKeys,
    /// The key of the highlight to go to at first.
    pub annotation: Option<u64>,
    /// What was set, which wins over what was saved at the last visit.
    pub set: Settings,
}

impl ReaderSettings {
    /// The state that the settings ask for; the rest is the default.
    pub fn new(set: Settings) -> Self {
        let language = set
            .reading_language
            .set()
            .map_or(Language::Chinese, Language::from);
        Self {
            language,
            ambiguous: set.ambiguous.into(),
            measure: set.measure.set().map_or(MEASURE, BoundedNumber::get),
            pinyin: set.pinyin.set().unwrap_or_default(),
            gloss: set.gloss.set().unwrap_or_default(),
            script: set.script(),
            is_roomy: set.list_density.set().and_then(Density::is_roomy),
            list_columns: set.list_width.set().map(BoundedNumber::get),
            mouse: set.mouse,
            cursor: set.cursor,
            set,
            ..Self::default()
        }
    }
}

impl ReaderSettings {
    /// What the library is called.
    pub(crate) fn library_name(&self) -> &str {
        self.library.as_deref().unwrap_or(tr!("samples"))
    }

    /// Whether the reader draws its own signs in ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        self.set.signs == SignSetting::Ascii
    }
}

impl Default for ReaderSettings {
    fn default() -> Self {
        Self {
            area: Area {
                columns: 80,
                rows: 24,
            },
            zone: TimeZone::UTC,
            language: Language::Chinese,
            ambiguous: Ambiguous::default(),
            measure: MEASURE,
            pinyin: false,
            gloss: false,
            script: None,
            is_roomy: None,
            list_columns: None,
            focus: Focus::List,
            alone: false,
            mouse: true,
            cursor: false,
            is_linear: false,
            cell: None,
            has_large_text: false,
            library: Some("简报".into()),
            today: None,
            keys: BoundKeys::default(),
            annotation: None,
            set: Settings::default(),
        }
    }
}

/// The progress of the scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ScanProgress {
    pub(crate) read: u32,
    pub(crate) found: u32,
    pub(crate) is_finished: bool,
    pub(crate) elapsed: Duration,
}

/// The part of the reader that has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The input line in the status bar.
    Prompt,
    /// The box of a note.
    NoteBox,
    /// The letters over links.
    LinkHints,
    Popup,
    /// The input line of the search screen.
    SearchPrompt,
    /// The matches of the search screen.
    SearchResults,
    Facets,
    List,
    Article,
}

/// A message in the status bar, until the next key or [`STATUS_TIMEOUT`].
#[derive(Clone, Debug)]
pub(super) struct Status {
    text: String,
    /// Whether it may take more than one row: a message of the library or the shell, which may
    /// name a path. It reports problems, so it stays until the next key.
    is_long: bool,
    has_timer: bool,
}

/// What an article is opened for.
#[derive(Clone, Debug)]
pub(super) enum Destination {
    /// A match of a search.
    Snippet(Snippet),
    /// A text that was searched for, wherever it is.
    Needle(String),
    /// A place.
    Place(Reading),
    /// The highlight with a key.
    Annotation(u64),
    /// A place, and the word there.
    Word(Place, String),
}

/// The state of read tracking; see `read_tracking.rs`.
#[derive(Debug, Default)]
pub(super) struct ReadTracker {
    pub(super) is_restored: bool,
    /// The number of the last timer.
    pub(super) timer: u32,
    pub(super) is_timer_running: bool,
    /// The article that was opened last, until the list has the focus.
    pub(super) opened: Option<EntryId>,
    /// The article whose text has the focus, and whether its end is on the screen.
    pub(super) focused: Option<(EntryId, bool)>,
    pub(super) ticks: u8,
    /// The article on the screen after the last message, and its rows.
    pub(super) scroll_position: Option<(EntryId, ScrollState)>,
    pub(super) unsaved_article: Option<EntryId>,
    /// What was saved of the library last.
    pub(super) library: LibraryState,
    /// What was before each change made by hand.
    pub(super) undo: Vec<UndoStep>,
}

/// What was before a change made by hand.
#[derive(Debug)]
pub(super) enum UndoStep {
    Marks(Vec<(EntryId, Mark)>),
    /// The keys of the figures of an article that were accepted.
    Figures(EntryId, Vec<u64>),
    /// The keys of the items of an article that were ticked off.
    Items(EntryId, Vec<u64>),
    /// The reader's own tags of articles.
    Tags(Vec<(EntryId, Vec<String>)>),
    /// A highlight, and its article if that is there; without a colour if it was not there.
    Annotation(Option<EntryId>, Arc<Annotation>),
    /// A word of the vocabulary book; removed if it was not there.
    Word(Arc<BookWord>),
}

/// The state of the reader. The view draws it; only [`update`](super::update) changes it.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
#[derive(Debug, Default)]
pub struct Model {
    pub(crate) settings: ReaderSettings,
    pub(super) is_alone: bool,
    pub(super) is_parallel: bool,
    pub(crate) layout: Layout,
    pub(super) list: List,
    pub(super) page: Option<Page>,
    pub(super) loading: Option<EntryId>,
    pub(super) text_cache: TextCache,
    pub(crate) popup: Option<Popup>,
    pub(crate) link_hints: LinkHints,
    pub(crate) search: SearchScreen,
    /// What the article that is being opened is opened for.
    pub(super) destination: Option<(EntryId, Destination)>,
    pub(crate) facets: Option<FacetsPane>,
    pub(super) jumps: Jumps,
    /// By their letters.
    pub(super) bookmarks: BTreeMap<char, Bookmark>,
    pub(super) annotations: Annotations,
    /// The keys of those that are not in their articles any more, as far as it is known.
    pub(super) adrift: HashSet<u64>,
    /// The colour of the next highlight.
    pub(super) highlight_colour: HighlightColour,
    /// The key of the highlight that was changed or visited last.
    pub(super) last_annotation: Option<u64>,
    pub(super) hub: Listing<HubItem>,
    pub(super) walk: Option<HubWalk>,
    /// The vocabulary book, which the page has too.
    pub(super) book: Arc<VocabularyBook>,
    pub(super) words: Listing<WordItem>,
    /// The key of the word that was kept last, and where it is, until its sentence has a translation.
    pub(super) untranslated: Option<(u64, TextRange)>,
    /// The number of the word in the list out of which the article was opened.
    pub(super) word_returns: Option<usize>,
    /// The box in which a note is written.
    pub(crate) note_box: Option<NoteBox>,
    pub(super) saved_searches: Vec<SavedSearch>,
    /// Those that were deleted, each with its place.
    pub(super) deleted_searches: Vec<(usize, SavedSearch)>,
    pub(super) query_number: u32,
    pub(crate) prompt: Option<Prompt>,
    /// The articles whose tags are being typed, and the tags that all of them had.
    pub(super) tagging: (Vec<EntryId>, Vec<String>),
    /// The filter before the one that is being typed.
    pub(super) confirmed_filter: Option<String>,
    /// Whether the filter is one of the last visit that nobody has seen yet.
    pub(super) is_filter_restored: bool,
    /// Whether the mouse holds the line between list and article.
    pub(super) is_dragging_divider: bool,
    /// The state of the page when a find began.
    pub(super) find_origin: Option<PageSnapshot>,
    status: Option<Status>,
    pub(super) is_confirming: bool,
    pub(crate) progress: ScanProgress,
    /// The number of folders that cannot be watched and are polled instead.
    pub(crate) unwatched: u32,
    pub(super) tracker: ReadTracker,
    /// The themes that can be chosen.
    pub(super) themes: Vec<ThemeEntry>,
    /// The theme that is shown before it is chosen.
    pub(super) theme_preview: Option<String>,
    /// The commands that were executed last, the last one at the end.
    pub(super) recent_commands: Vec<String>,
    /// The command that was run last, as it was typed.
    pub(super) last_program: String,
    /// What runs now, if anything.
    pub(super) running: Option<String>,
    pub(super) count: Option<u32>,
    /// The first key of a chord of two.
    pub(super) prefix: Option<Key>,
    /// The keys that can follow the first one of a chord, once it is clear that help is needed.
    pub(crate) chords: Option<Popup>,
    /// What was typed before the article was there.
    pub(super) typed_ahead: TypeAhead,
    /// What is read aloud.
    pub(super) aloud: Aloud,
    /// The look-up box beside what is selected.
    pub(super) look_up: Option<LookUpBox>,
    /// The effects of the message that is being applied.
    effects: Vec<Effect>,
}

impl Model {
    /// A reader without articles.
    pub fn new(settings: ReaderSettings) -> Self {
        let list = List::new(Entries::new(settings.zone.clone()), settings.language);
        let mut model = Self {
            is_alone: settings.alone,
            settings,
            list,
            search: SearchScreen::new(),
            ..Self::default()
        };
        model.arrange();
        model
    }

    /// The size of the screen.
    pub const fn area(&self) -> Area {
        self.settings.area
    }

    pub(crate) const fn focus(&self) -> Focus {
        self.settings.focus
    }

    /// The list.
    pub const fn list(&self) -> &List {
        &self.list
    }

    /// The article on the screen: until the selected one is loaded, the one before.
    pub const fn page(&self) -> Option<&Page> {
        self.page.as_ref()
    }

    /// What the window is called: the title of the article that is being read, else the name of the
    /// library.
    pub fn window_title(&self) -> &str {
        match (self.focus(), &self.page) {
            (Focus::Article, Some(page)) => page.text().article.titles.in_language(page.side()),
            _ => self.settings.library_name(),
        }
    }

    pub(crate) const fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// The input line of the status bar as it is drawn.
    pub(crate) fn prompt_line(&self) -> Option<PromptLine<'_>> {
        let prompt = self.prompt.as_ref()?;
        let columns = self
            .layout
            .status
            .map_or(self.settings.area.columns, |status| status.columns);
        Some(prompt.line(columns, self.settings.ambiguous))
    }

    /// The message in the status bar.
    pub(crate) fn notice(&self) -> Option<&str> {
        self.status.as_ref().map(|status| status.text.as_str())
    }

    /// Whether the message may take more rows than the status bar.
    pub(crate) fn is_notice_long(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.is_long)
    }

    /// The keys of an unfinished command, such as `12` or `g`.
    pub(crate) fn pending(&self) -> String {
        let count = self
            .count
            .map(|count| count.to_string())
            .unwrap_or_default();
        let prefix = self.prefix.map(|key| key.to_string()).unwrap_or_default();
        count + &prefix
    }

    /// The look-up box, if it is open.
    pub(crate) fn look_up_box(&self) -> Option<&Popup> {
        self.look_up.as_ref().map(|open| &open.popup)
    }

    /// Whether keys change what is selected in the article.
    pub(crate) fn is_selecting(&self) -> bool {
        let page = self.page.as_ref().filter(|_| self.mode() == Mode::Article);
        page.is_some_and(Page::is_selecting)
    }

    /// The part that has the keys.
    pub(crate) const fn mode(&self) -> Mode {
        if self.prompt.is_some() {
            Mode::Prompt
        } else if self.note_box.is_some() {
            Mode::NoteBox
        } else if !self.link_hints.is_empty() {
            Mode::LinkHints
        } else if self.popup.is_some() {
            Mode::Popup
        } else if self.search.is_open {
            if self.search.is_typing {
                Mode::SearchPrompt
            } else {
                Mode::SearchResults
            }
        } else if self.facets.is_some() {
            Mode::Facets
        } else {
            match self.settings.focus {
                Focus::List => Mode::List,
                Focus::Article => Mode::Article,
            }
        }
    }

    /// The cell of the hardware cursor, if it is shown: where one types, elsewhere if it was asked
    /// for.
    pub(crate) fn cursor(&self) -> Option<(u16, u16)> {
        let is_typing = matches!(
            self.mode(),
            Mode::Prompt | Mode::NoteBox | Mode::SearchPrompt | Mode::Facets
        );
        if !is_typing && !self.settings.cursor {
            return None;
        }
        match self.mode() {
            Mode::Prompt => {
                let (line, status) = (self.prompt_line()?, self.layout.status?);
                Some((
                    status.x + line.cursor.min(status.columns.saturating_sub(1)),
                    status.y,
                ))
            }
            Mode::NoteBox => self.note_box.as_ref().map(NoteBox::cursor),
            Mode::Popup => self.popup.as_ref().map(Popup::cursor),
            Mode::SearchPrompt | Mode::SearchResults => {
                Some(self.search.cursor(self.settings.ambiguous))
            }
            Mode::Facets => {
                let facets = self.facets.as_ref()?;
                Some(facets.cursor(!self.settings.cursor))
            }
            Mode::List => {
                let body = self.layout.list?.body;
                self.list.selected_row().map(|row| (body.x, body.y + row))
            }
            Mode::LinkHints | Mode::Article => {
                let body = self.layout.article?.body;
                let hint = self
                    .link_hints
                    .selected()
                    .map(|hint| (hint.link.x, hint.link.y));
                let (x, y) = hint.or_else(|| self.page.as_ref()?.current_cell())?;
                Some((body.x + x.min(body.columns.saturating_sub(1)), body.y + y))
            }
        }
    }

    /// Whether there is only one article, so that there is no list to go back to.
    pub(crate) fn is_single(&self) -> bool {
        self.progress.is_finished && self.list.entries().len() <= 1
    }

    /// The name of the saved search of a query.
    pub(crate) fn saved_name_of(&self, query: &str) -> Option<&str> {
        let found = self.saved_searches.iter().find(|it| it.query == query);
        found.map(|search| search.name.as_str())
    }

    pub(super) fn shown_id(&self) -> Option<EntryId> {
        self.page.as_ref().map(Page::id)
    }

    pub(super) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn request(&mut self, request: Request) {
        self.emit(Effect::Library(request));
    }

    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub(super) fn set_status(&mut self, text: impl Into<String>) {
        self.status = Some(Status {
            text: text.into(),
            is_long: false,
            has_timer: false,
        });
    }

    /// A hint with the keys that its commands have here; None if one of them has none.
    pub(crate) fn hint(&self, hint: &'static str) -> Option<String> {
        let hint = self.settings.keys.with_keys(hint, self.key_context())?;
        let is_ascii = self.settings.is_ascii();
        Some(if is_ascii {
            without_arrows(&hint)
        } else {
            hint
        })
    }

    /// A text, and after it the hints whose commands have keys in a pane.
    pub(crate) fn with_hints(&self, pane: Focus, text: &str, hints: &[&'static str]) -> String {
        let context = match pane {
            Focus::List => keymap::LIST,
            Focus::Article => keymap::ARTICLE,
        };
        self.settings.keys.with_hints(text, hints, context)
    }

    /// Shows a message, and after it the hints whose commands have keys here.
    pub(super) fn set_status_with(&mut self, text: &str, hints: &[&'static str]) {
        let context = self.key_context();
        self.set_status(self.settings.keys.with_hints(text, hints, context));
    }

    /// Shows a message of the library or the shell.
    pub(super) fn set_long_status(&mut self, text: String) {
        self.status = Some(Status {
            text,
            is_long: true,
            has_timer: false,
        });
    }

    pub(super) fn clear_status(&mut self) {
        self.status = None;
    }

    /// The message that leaves by itself; problems and questions do not.
    fn passing_status(&mut self) -> Option<&mut Status> {
        let is_passing = |status: &&mut Status| !status.is_long && !self.is_confirming;
        self.status.as_mut().filter(is_passing)
    }

    /// Starts the timer of a new message.
    pub(super) fn start_status_timer(&mut self) {
        let status = self.passing_status();
        if status.is_some_and(|status| !std::mem::replace(&mut status.has_timer, true)) {
            self.emit(Effect::StartTimer {
                timer: Timer::Status,
                after: STATUS_TIMEOUT,
            });
        }
    }

    /// The time of the last message is over.
    pub(super) fn end_status(&mut self) {
        if self.passing_status().is_some() {
            self.clear_status();
        }
    }

    pub(super) fn set_focus(&mut self, focus: Focus) {
        if focus == Focus::Article {
            if self.page.is_none() && self.loading.is_none() {
                return;
            }
            self.list.end_several();
            // The article that is read stays selected while a filter changes.
            self.list.choose_selected();
        }
        self.settings.focus = focus;
        self.arrange();
    }

    /// Shows the list, also if only the article was shown.
    pub(super) fn show_list(&mut self) {
        self.is_alone = false;
        self.set_focus(Focus::List);
    }

    /// Applies settings that were changed while the reader runs; the others stay as the keys left
    /// them.
    pub(super) fn change_settings(&mut self, set: &Settings) {
        let old = std::mem::replace(&mut self.settings.set, set.clone());
        if let Some(measure) = set.measure.set_since(old.measure) {
            self.settings.measure = measure.get();
        }
        if let Some(pinyin) = set.pinyin.set_since(old.pinyin) {
            self.settings.pinyin = pinyin;
        }
        if let Some(gloss) = set.gloss.set_since(old.gloss) {
            self.settings.gloss = gloss;
        }
        if set.script() != old.script() {
            self.settings.script = set.script();
        }
        if let Some(density) = set.list_density.set_since(old.list_density) {
            self.settings.is_roomy = density.is_roomy();
        }
        if let Some(width) = set.list_width.set_since(old.list_width) {
            self.settings.list_columns = Some(width.get());
        }
        self.settings.ambiguous = set.ambiguous.into();
        self.settings.cursor = set.cursor;
        if set.mouse != old.mouse && set.mouse != self.settings.mouse {
            self.settings.mouse = set.mouse;
            self.emit(Effect::CaptureMouse(set.mouse));
        }
        if let Some(language) = set.reading_language.set_since(old.reading_language) {
            self.prefer_language(language.into());
            self.open_selected();
        }
        if let Some(page) = self.page.as_mut().filter(|_| !set.highlight_code) {
            page.code = KnownCode::default();
        }
        self.arrange();
        if set.language != old.language {
            self.translate_popup();
        }
    }

    pub(super) fn prefer_language(&mut self, language: Language) {
        if let Some(page) = &mut self.page {
            page.prefer(language);
        }
        if self.settings.language != language {
            self.settings.language = language;
            self.list.set_language(language);
        }
    }

    /// Copies a text, and says so.
    pub(super) fn copy(&mut self, text: String, copied: impl Into<String>) {
        self.emit(Effect::Copy(text));
        self.set_status(copied);
    }

    pub(super) fn hide_link_hints(&mut self) {
        self.link_hints = LinkHints::default();
    }

    pub(super) fn open_popup(&mut self, mut popup: Popup) {
        if self.settings.is_ascii() {
            popup.spell_arrows();
        }
        popup.name_keys(&self.settings.keys);
        popup.place(self.settings.area, self.settings.ambiguous);
        self.hide_link_hints();
        self.popup = Some(popup);
    }

    pub(super) fn open_prompt(&mut self, kind: PromptKind) {
        let text = match kind {
            PromptKind::Find | PromptKind::Search | PromptKind::Facets | PromptKind::Command => {
                String::new()
            }
            PromptKind::Help => self
                .popup
                .as_ref()
                .map_or_else(String::new, |popup| popup.query().to_owned()),
            PromptKind::Listed => match self.popup.as_ref().map(|popup| popup.kind) {
                Some(PopupKind::Words) => self.words.query.clone(),
                _ => self.hub.query.clone(),
            },
            PromptKind::Meaning => self.meaning_to_edit(),
            PromptKind::Filter => self.list.query().unwrap_or_default().to_owned(),
            PromptKind::Save => self.list.query().unwrap_or_default().trim().to_owned(),
            PromptKind::PipeArticle | PromptKind::PipeParagraph | PromptKind::PipeSelection => {
                self.last_program.clone()
            }
            // What is selected, or the text of a find, is often the word.
            PromptKind::LookUp => {
                let page = self.page.as_ref();
                let needle = page.and_then(Page::needle).map(str::to_owned);
                let selected = page.and_then(Page::selected_text);
                selected.or(needle).unwrap_or_default()
            }
            PromptKind::Tags => {
                let mut text = self.tagging.1.join(" ");
                text.push(' ');
                text.trim_start().to_owned()
            }
            PromptKind::Rename => self
                .selected_search()
                .map(|index| self.saved_searches[index].name.clone())
                .unwrap_or_default(),
        };
        self.prompt = Some(Prompt::new(kind, &text));
        if kind == PromptKind::Filter {
            self.confirmed_filter = self.list.query().map(str::to_owned);
        }
        self.find_origin = self
            .page
            .as_ref()
            .filter(|_| kind == PromptKind::Find)
            .map(Page::snapshot);
    }

    /// Computes the layout again, after the size, the focus, the measure or the pinyin has changed.
    pub(super) fn arrange(&mut self) {
        let ReaderSettings {
            area,
            focus,
            ambiguous,
            ..
        } = self.settings;
        self.layout = self.layout_for(focus);
        if let Some(list) = self.layout.list {
            let style = ListStyle {
                today: self.settings.today,
                is_roomy: self.is_list_roomy(),
                wraps_selected: self.layout.article.is_none(),
                ambiguous,
            };
            self.list.place(list.body, style);
        }
        let settings = self.page_settings();
        let words = self.page_words();
        if let Some(page) = &mut self.page {
            page.show_words(words);
            page.reshape(settings);
        }
        if let Some(popup) = &mut self.popup {
            popup.place(area, ambiguous);
        }
        self.place_note_box();
        if let Some(chords) = &mut self.chords {
            chords.place(area, ambiguous);
        }
        self.search.place(area);
        if let Some(facets) = &mut self.facets {
            facets.place(self.layout.article.or(self.layout.list).unwrap_or_default());
        }
        self.hide_link_hints();
    }

    /// Whether an article has two rows in the list, unless it has nothing for the second.
    pub(super) fn is_list_roomy(&self) -> bool {
        let is_high = self.settings.area.rows >= ROOMY_ROWS;
        self.settings.is_roomy.unwrap_or(is_high)
    }

    /// The columns of the list where an article is beside it.
    pub(super) fn list_columns(&self) -> u16 {
        let ReaderSettings {
            area,
            measure,
            list_columns,
            ..
        } = self.settings;
        layout::list_columns(area, measure, list_columns)
    }

    fn layout_for(&self, focus: Focus) -> Layout {
        let (is_alone, is_parallel) = (self.is_alone, self.is_parallel);
        let area = self.settings.area;
        Layout::of(area, focus, is_alone, is_parallel, self.list_columns())
    }

    /// The settings of the page: if it is hidden, those that it will be shown with.
    pub(super) fn page_settings(&self) -> PageSettings {
        let settings = &self.settings;
        let layout = LayoutSettings {
            ambiguous: settings.ambiguous,
            pinyin: settings.pinyin,
            joined_pinyin: settings.set.joined_pinyin,
            hang: settings.set.hanging_marks.columns(),
            spacing: settings.set.han_spacing.into(),
            hyphenation: settings.set.hyphenation,
            large_levels: if settings.set.large_headings && settings.has_large_text {
                LARGE_LEVELS
            } else {
                0
            },
            ..LayoutSettings::new(1)
        };
        let focused = || self.layout_for(Focus::Article).article;
        let article = self.layout.article.or_else(focused).unwrap_or_default();
        let mut pane = article.body;
        if self.settings.is_linear {
            pane.rows = 1;
        }
        PageSettings {
            pane,
            measure: settings.measure,
            layout,
            script: settings.script,
            is_parallel: self.is_parallel,
            cell: settings.cell,
        }
    }
}
