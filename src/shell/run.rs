//! The event loop: waits for an event, drains the channel, updates the model, performs effects,
//! draws once.

mod pictures;
mod programs;

use std::io::{self, Write};
use std::mem::discriminant;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use crossterm::event::DisableMouseCapture;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use notify::RecommendedWatcher;

use super::backend::Screen;
use super::event::Event;
use super::frame_throttle::FrameThrottle;
#[cfg(feature = "highlight")]
use super::highlight::Highlighter;
use super::input::InputThread;
use super::large_text::LargeText;
use super::linear::{self, LinePrinter};
use super::pictures::Pictures;
use super::program::RunningProgram;
use super::settings_file::SettingsFile;
use super::signals::{self, Signal};
use super::terminal::{
    self, AskLargeText, AskTerminal, EnableClicks, ReportColourScheme, Stdout, Terminal,
    WindowTitle,
};
use super::theme_files::ThemeFailure;
use super::{environment, external};
use crate::catalog::Update;
use crate::error::Error;
use crate::library::{Library, LibraryService, known_libraries, open_folder};
use crate::platform;
use crate::reader::{self, Effect, Focus, Message, Model, PictureBox, ReaderSettings, Timer};
use crate::settings::ThemeSetting;
use crate::text::clean_line;
use crate::view::{self, Background, Palette, Theme};

/// How long the program waits at its end for the terminal's answer, which would otherwise be typed
/// into the shell.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(100);
/// How long the first frame waits for the library's initial state.
const INITIAL_STATE_TIMEOUT: Duration = Duration::from_millis(30);
/// How long the end of the program waits for a library that is being left.
const CLOSING_TIMEOUT: Duration = Duration::from_millis(1_500);
/// The most events between two frames, so that the screen is drawn during a flood of events too.
const MOST_EVENTS: usize = 4_096;

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitReason {
    Quit,
    Signal(i32),
    Closed,
}

/// Runs the reader on a library until the reader quits, on a screen or line by line. It opens at the
/// highlight with a key, if one is given.
///
/// # Errors
/// If there is no terminal, or it fails.
pub fn run(
    library: Library,
    settings_file: SettingsFile,
    is_linear: bool,
    annotation: Option<u64>,
) -> Result<(), Error> {
    let is_samples = matches!(library, Library::Samples);
    let is_input_read = matches!(library, Library::Input { .. });
    terminal::restore_on_panic();
    let (sender, receiver) = mpsc::channel();
    let send = sending(&sender);
    signals::start(move |signal| send(Event::Signal(signal))).map_err(Error::Terminal)?;
    let terminal = if is_linear {
        Terminal::plain(is_input_read).map_err(Error::Terminal)?
    } else {
        Terminal::set_up(settings_file.settings().mouse)?
    };
    let settings = ReaderSettings {
        annotation,
        ..reader_settings(&library, &settings_file, is_linear)
    };
    let library_service = LibraryService::start(library, sending_updates(&sender, 0));
    let mut session = Session::new(terminal, library_service, sender, settings, settings_file)
        .map_err(Error::Terminal)?;
    if is_samples {
        session.update(Message::Notice(
            tr!("These are samples; to read your own, run: jianbao FOLDER").into(),
        ));
    }
    session.report_settings();
    let exit = session.run(&receiver);
    session.forget_pictures();
    for effect in reader::flush_on_exit(&mut session.model) {
        session.perform(effect);
    }
    terminal::restore();
    let saved = session.close(&receiver).map_err(Error::Unsaved);
    match exit {
        Ok(ExitReason::Signal(signal)) => {
            if let Err(error) = &saved {
                // The parent is to see the signal, so it is sent here, if anything listens.
                let _ = writeln!(io::stderr(), "jianbao: {error}");
            }
            signals::end_by(signal);
        }
        Ok(ExitReason::Quit | ExitReason::Closed) => {}
        // The window was closed: nobody is left to read an error.
        Err(error) if platform::is_terminal_gone(&error) => {}
        Err(error) => return Err(Error::Terminal(error)),
    }
    saved
}

/// A function that sends events to the loop, unless that has ended.
fn sending(sender: &Sender<Event>) -> impl Fn(Event) + Send + Clone + use<> {
    let sender = sender.clone();
    move |event| {
        let _ = sender.send(event);
    }
}

/// A function that sends the updates of a library with its number.
fn sending_updates(sender: &Sender<Event>, library: u32) -> impl Fn(Update) + Send + Clone + use<> {
    let send = sending(sender);
    move |update| send(Event::Update { library, update })
}

/// Starts a thread for what may wait for a disk. Returns false if the system starts none.
fn in_background(work: impl FnOnce() + Send + 'static) -> bool {
    let thread = std::thread::Builder::new().name("libraries".into());
    thread.spawn(work).is_ok()
}

/// The settings of the reader: a single article is opened at once.
fn reader_settings(library: &Library, file: &SettingsFile, is_linear: bool) -> ReaderSettings {
    let is_single = matches!(library, Library::File(_) | Library::Input { .. });
    ReaderSettings {
        area: if is_linear {
            linear::AREA
        } else {
            terminal::size()
        },
        is_linear,
        zone: TimeZone::system(),
        alone: is_single,
        focus: if is_single {
            Focus::Article
        } else {
            Focus::List
        },
        library: name(library),
        keys: file.keys().clone(),
        ..ReaderSettings::new(file.settings().clone())
    }
}

/// What the head of the list calls a library: a folder by its name. None for the samples.
fn name(library: &Library) -> Option<String> {
    let folder = match library {
        Library::Samples => return None,
        Library::Folder(folder) => folder.path.canonicalize().ok(),
        Library::File(_) | Library::Input { .. } => None,
    };
    let name = folder.as_deref().and_then(Path::file_name);
    let name = name.map(|name| clean_line(&name.to_string_lossy()).into_owned());
    Some(name.unwrap_or_else(|| tr!("digests").to_owned()))
}

/// The state of the loop. Fields are dropped in order: the terminal is restored first, then the
/// threads end.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
struct Session {
    terminal: Terminal,
    screen: ratatui::Terminal<Screen<Stdout>>,
    /// What is printed in place of frames, in the linear view; the screen is never drawn then.
    lines: Option<LinePrinter>,
    /// None while another library is being opened.
    library_service: Option<LibraryService>,
    /// The number of the library; updates of an earlier one may still arrive.
    library: u32,
    /// Whether the library has sent nothing yet.
    is_new: bool,
    /// What could not be saved of the libraries before.
    unsaved: Vec<String>,
    sender: Sender<Event>,
    model: Model,
    /// Whether the terminal ignores the strings that it does not know, as links.
    takes_strings: bool,
    /// The title of the window, if it was set.
    window_title: Option<String>,
    /// The background of the terminal, as far as it is known.
    background: Background,
    /// Whether the terminal said what its background is.
    has_answered: bool,
    /// Whether the terminal said that it has underlines in styles.
    has_underline_styles: bool,
    /// The theme that the chooser shows.
    preview: Option<[Palette; 2]>,
    theme: Theme,
    settings_file: SettingsFile,
    /// What watches the settings file, if it can be watched.
    watcher: Option<RecommendedWatcher>,
    /// When the terminal was asked; None after its answer.
    asked_at: Option<Instant>,
    /// When the reader's timers fire.
    timers: Vec<(Instant, Timer)>,
    /// None until the loop runs.
    input: Option<InputThread>,
    /// The program that was started last; dropping it ends it.
    program: Option<RunningProgram>,
    /// What reads aloud; dropping it ends it.
    voice: Option<RunningProgram>,
    #[cfg(feature = "highlight")]
    highlighter: Highlighter,
    pictures: Pictures,
    large_text: LargeText,
    exit: Option<ExitReason>,
    throttle: FrameThrottle,
    /// True while the program is stopped and the terminal restored.
    is_suspended: bool,
}

impl Session {
    fn new(
        terminal: Terminal,
        library_service: LibraryService,
        sender: Sender<Event>,
        settings: ReaderSettings,
        settings_file: SettingsFile,
    ) -> io::Result<Self> {
        let screen = ratatui::Terminal::new(Screen::new(Stdout, settings.area))?;
        let background = environment::background().unwrap_or_default();
        let palette = settings_file.palette(background);
        let mut session = Self {
            lines: settings.is_linear.then(LinePrinter::default),
            terminal,
            screen,
            library_service: Some(library_service),
            library: 0,
            is_new: true,
            unsaved: Vec::new(),
            sender,
            model: Model::new(settings),
            takes_strings: environment::takes_strings(),
            window_title: None,
            background,
            has_answered: false,
            preview: None,
            has_underline_styles: false,
            theme: settings_file.theme(palette, environment::colour_depth(), false),
            settings_file,
            watcher: None,
            asked_at: None,
            timers: Vec::new(),
            input: None,
            program: None,
            voice: None,
            #[cfg(feature = "highlight")]
            highlighter: Highlighter::default(),
            pictures: Pictures::new(environment::colour_depth()),
            large_text: LargeText::default(),
            exit: None,
            throttle: FrameThrottle::default(),
            is_suspended: false,
        };
        session.ask_terminal();
        session.take_cell_size();
        Ok(session)
    }

    /// Asks the terminal for its background, if the colours follow it, for its underlines, if its name
    /// does not say, and for pictures.
    fn ask_terminal(&mut self) {
        if self.lines.is_some() {
            return;
        }
        let setting = self.settings_file.settings().pictures;
        let pictures = self
            .pictures
            .question(setting)
            .filter(|_| self.takes_strings);
        let background = self.settings_file.settings().theme.follows_terminal();
        let underlines = self.takes_strings && environment::underline_styles().is_none();
        if background || underlines || pictures.is_some() {
            let question = AskTerminal {
                background,
                underlines,
                pictures,
            };
            self.screen.backend_mut().queue(question);
            self.asked_at = Some(Instant::now());
        }
    }

    /// Watches the settings file, and applies what was changed in it.
    fn follow_settings(&mut self) {
        let send = sending(&self.sender);
        // Again after a change, since a folder may be new.
        self.watcher = self
            .settings_file
            .watch(move || send(Event::SettingsChanged));
        let followed = self.settings_file.settings().theme.follows_terminal();
        if self.settings_file.read_again() {
            self.apply_settings(followed);
            self.report_settings();
        }
        self.update(Message::Themes(self.settings_file.themes.list()));
    }

    /// Changes a setting for this run.
    fn set(&mut self, setting: String) {
        let followed = self.settings_file.settings().theme.follows_terminal();
        match self.settings_file.set(setting) {
            Ok(()) => self.apply_settings(followed),
            Err(why) => self.update(Message::Notice(why)),
        }
    }

    /// Applies the settings; `followed` is whether the theme followed the terminal before.
    fn apply_settings(&mut self, followed: bool) {
        let settings = self.settings_file.settings().clone();
        if settings.theme.follows_terminal() && !followed {
            self.ask_terminal();
        }
        self.choose_theme();
        if self.pictures.question(settings.pictures).is_some() && self.pictures.cell().is_none() {
            self.ask_terminal();
        }
        self.choose_pictures();
        let keys = self.settings_file.keys().clone();
        self.update(Message::Settings(settings));
        self.update(Message::Keys(keys));
    }

    /// Takes the theme for the background: the one that is shown before it is chosen, or that of the
    /// settings.
    fn choose_theme(&mut self) {
        let palette = match self.preview {
            Some(theme) => theme[self.background as usize],
            None => self.settings_file.palette(self.background),
        };
        let (depth, styles) = (environment::colour_depth(), self.has_underline_styles);
        self.theme = self.settings_file.theme(palette, depth, styles);
    }

    /// Shows a theme without choosing it, or again that of the settings.
    fn show_theme(&mut self, name: Option<String>) {
        let theme = name.map(ThemeSetting::named);
        let theme = theme.map(|theme| self.settings_file.themes.pair(&theme));
        self.preview = theme.and_then(|theme| {
            let report = |why: ThemeFailure| self.update(Message::Notice(why.message));
            theme.map_err(report).ok()
        });
        self.choose_theme();
    }

    /// Takes the background that the terminal says it has.
    fn take_background(&mut self, background: Background) {
        self.background = background;
        self.choose_theme();
        self.choose_pictures();
    }

    /// Shows the first mistake in the settings.
    fn report_settings(&mut self) {
        let problem = self.settings_file.problems().next();
        if let Some(problem) = problem {
            self.update(Message::Notice(problem));
        }
    }

    fn run(&mut self, receiver: &Receiver<Event>) -> io::Result<ExitReason> {
        self.start_input()?;
        let mut is_followed = false;
        loop {
            if std::mem::take(&mut self.is_new) {
                self.await_initial_state(receiver)?;
            }
            self.follow_day();
            self.draw()?;
            if let Some(exit) = self.exit {
                self.await_answer(receiver);
                return Ok(exit);
            }
            if !std::mem::replace(&mut is_followed, true) {
                // After the first frame, which need not wait for it.
                self.screen.backend_mut().queue(ReportColourScheme(true));
                self.follow_settings();
                continue;
            }
            match self.next(receiver) {
                Ok(event) => self.handle_all(event, receiver)?,
                Err(RecvTimeoutError::Timeout) => self.fire_timers(),
                // Cannot happen while the session holds a sender.
                Err(RecvTimeoutError::Disconnected) => return Ok(ExitReason::Closed),
            }
        }
    }

    /// Tells the reader which day it is, at the start and after midnight.
    fn follow_day(&mut self) {
        let now = Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
        let today = self.model.settings.zone.to_datetime(now).date();
        if self.model.settings.today != Some(today) {
            self.update(Message::Day(today));
        }
    }

    /// Handles an event, and those that come before the next frame is due.
    fn handle_all(&mut self, event: Event, receiver: &Receiver<Event>) -> io::Result<()> {
        let events = self.throttle.collect(event, receiver, &self.model);
        for event in events
            .into_iter()
            .chain(receiver.try_iter().take(MOST_EVENTS))
        {
            if self.exit.is_some() {
                break;
            }
            self.handle(event)?;
        }
        Ok(())
    }

    /// Waits a moment for the library's first update, so that the first frame is not an empty list.
    fn await_initial_state(&mut self, receiver: &Receiver<Event>) -> io::Result<()> {
        let start = Instant::now();
        while let Some(left) = INITIAL_STATE_TIMEOUT.checked_sub(start.elapsed()) {
            let Ok(event) = receiver.recv_timeout(left) else {
                break;
            };
            let is_update =
                matches!(event, Event::Update { library, .. } if library == self.library);
            self.handle(event)?;
            if is_update || self.exit.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Waits for an event, or for the first timer.
    fn next(&self, receiver: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
        match self.timers.iter().map(|(at, _)| at).min() {
            Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Sends the reader the timers that are over.
    fn fire_timers(&mut self) {
        let now = Instant::now();
        let due: Vec<_> = self.timers.extract_if(.., |(at, _)| *at <= now).collect();
        for (_, timer) in due {
            self.update(Message::Timer(timer));
        }
    }

    fn start_input(&mut self) -> io::Result<()> {
        let on_closed = sending(&self.sender);
        let terminal = self.terminal.input()?;
        if let Some(lines) = &mut self.lines {
            return lines.start(terminal, sending(&self.sender));
        }
        let thread = InputThread::start(terminal, sending(&self.sender), move || {
            on_closed(Event::Closed);
        })?;
        self.input = Some(thread);
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        // Until another library is open, the screen shows the one before.
        if self.is_suspended || self.library_service.is_none() {
            return Ok(());
        }
        if let Some(lines) = &mut self.lines {
            let is_over = self.exit.is_some();
            return if is_over {
                Ok(())
            } else {
                lines.speak(&self.model)
            };
        }
        if self.takes_strings {
            self.prepare_strings();
        }
        let wants_large = self.takes_strings && self.settings_file.settings().large_headings;
        if wants_large && self.large_text.ask() {
            let screen = self.screen.backend_mut();
            screen.invalidate();
            screen.queue(AskLargeText);
            self.screen.clear()?;
        }
        self.prepare_pictures();
        let (model, theme, pictures) = (&self.model, &self.theme, &self.pictures);
        let source = |it: &PictureBox| pictures.cells(it);
        self.screen
            .draw(|frame| view::draw_with_pictures(model, theme, &source, frame))?;
        self.throttle.last_frame = Some(Instant::now());
        Ok(())
    }

    /// Gives the next frame its links, and the title of the window if that has changed.
    fn prepare_strings(&mut self) {
        let settings = self.settings_file.settings();
        let screen = self.screen.backend_mut();
        if settings.hyperlinks {
            screen.hyperlinks = view::hyperlinks(&self.model);
        }
        let title = settings.window_title.then(|| self.model.window_title());
        if title != self.window_title.as_deref() {
            screen.queue(WindowTitle(title));
            self.window_title = title.map(str::to_owned);
        }
    }

    fn handle(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Message(message) => self.message(message),
            Event::Line(line) => {
                self.lines.iter_mut().for_each(LinePrinter::begin_answer);
                self.update(Message::Line(line));
            }
            Event::Update { library, update } if library == self.library => {
                self.update(Message::Library(update));
            }
            // What a library sends that was left changes nothing; a piece is sent with the next frame.
            Event::Update { .. } | Event::NextPiece => {}
            Event::LibraryFound(next) => self.leave_for(next),
            Event::LibraryClosed { next, saved } => self.open(next, saved),
            Event::Background(background) => {
                self.has_answered = true;
                self.take_background(background);
            }
            // The background itself says more, if the terminal tells it.
            Event::ColourScheme(_) if self.has_answered => self.ask_terminal(),
            Event::ColourScheme(background) => self.take_background(background),
            Event::UnderlineStyles => {
                self.has_underline_styles = true;
                self.choose_theme();
            }
            Event::CursorColumn(column) => {
                if let Some(is_shown) = self.large_text.answer(column) {
                    self.update(Message::LargeText(is_shown));
                }
            }
            Event::SettingsChanged => self.follow_settings(),
            Event::Attributes { is_sixel } => {
                self.asked_at = None;
                self.pictures.set_sixel(is_sixel);
                self.choose_pictures();
            }
            Event::Graphics(answer) => {
                self.pictures.answer(answer);
                // Until all are there, a lesser protocol may seem the best.
                if self.asked_at.is_none() {
                    self.choose_pictures();
                }
            }
            Event::Picture(answer) => {
                if let Some((picture, problem)) = self.pictures.take(answer) {
                    self.update(Message::PictureRefused(picture, problem));
                }
            }
            Event::Closed => self.exit = Some(ExitReason::Closed),
            Event::Signal(Signal::End(signal)) => self.exit = Some(ExitReason::Signal(signal)),
            Event::Signal(Signal::Resized) if self.lines.is_some() => {}
            Event::Signal(Signal::Resized) => self.resize(),
            Event::Signal(Signal::Stop) => self.suspend(),
            Event::Signal(Signal::Continued) => self.resume()?,
        }
        Ok(())
    }

    fn message(&mut self, message: Message) {
        if matches!(
            message,
            Message::Key(_) | Message::Paste(_) | Message::Mouse(_)
        ) {
            self.throttle.last_input = Some(Instant::now());
        }
        #[cfg(feature = "test-hooks")]
        {
            let panics =
                std::env::var_os("JIANBAO_PANIC").is_some() && matches!(message, Message::Key(_));
            assert!(!panics, "JIANBAO_PANIC is set");
        }
        self.update(message);
    }

    /// Updates the model with a message, and performs the effects.
    fn update(&mut self, message: Message) {
        self.lines.iter_mut().for_each(|it| it.hear(&message));
        for effect in reader::update(&mut self.model, message) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        self.lines.iter_mut().for_each(|it| it.note(&effect));
        match effect {
            Effect::Copy(_) if self.lines.is_some() => {}
            Effect::Library(request) => {
                if let Some(service) = &self.library_service {
                    service.ask(request);
                }
            }
            Effect::StartTimer { timer, after } => {
                let is_other =
                    |(_, other): &(_, Timer)| discriminant(other) != discriminant(&timer);
                self.timers.retain(is_other);
                self.timers.push((Instant::now() + after, timer));
            }
            Effect::ListLibraries => self.list_libraries(),
            Effect::OpenLibrary(folder) => self.look_for(folder),
            Effect::Open(link) => {
                let send = sending(&self.sender);
                external::open_link(&link, move |line| {
                    send(Event::Message(Message::Notice(line)));
                });
            }
            Effect::Copy(text) => self.copy(text),
            Effect::CaptureMouse(capture) => {
                self.terminal.mouse = capture;
                let screen = self.screen.backend_mut();
                if capture {
                    screen.queue(EnableClicks);
                } else {
                    screen.queue(DisableMouseCapture);
                }
            }
            Effect::Set(setting) => self.set(setting),
            Effect::ShowTheme(name) => self.show_theme(name),
            Effect::Edit { path, line } => self.edit(&path, line),
            Effect::EditText(text) => self.edit_text(&text),
            Effect::OpenFolder(path) => self.open_folder(&path),
            Effect::Run(program) => self.run_program(program),
            Effect::EndCommand => self.program = None,
            Effect::Speak {
                number,
                language,
                text,
            } => self.speak(number, language, &text),
            Effect::EndSpeech => self.voice = None,
            #[cfg(feature = "highlight")]
            Effect::Highlight(block) => {
                let send = sending(&self.sender);
                self.highlighter
                    .ask(block, move |it| send(Event::Message(it)));
            }
            // Code stays plain.
            #[cfg(not(feature = "highlight"))]
            Effect::Highlight(_) => {}
            Effect::Suspend => self.suspend(),
            Effect::Quit => self.exit = Some(ExitReason::Quit),
        }
    }

    fn list_libraries(&self) {
        let Some(service) = &self.library_service else {
            return;
        };
        let (open, pairing) = (
            service.library().clone(),
            self.settings_file.settings().pairing,
        );
        let home = etcetera::home_dir().ok();
        let libraries = self.settings_file.loaded().libraries.iter();
        let named: Vec<(String, PathBuf)> = libraries
            .map(|library| (library.name.clone(), library.folder(home.as_deref())))
            .collect();
        let send = sending(&self.sender);
        in_background(move || {
            let libraries = known_libraries(&open, pairing, &named);
            send(Event::Message(Message::Libraries(libraries)));
        });
    }

    /// Looks whether a folder can be read, so that its library can be opened.
    fn look_for(&self, folder: PathBuf) {
        let (send, pairing) = (sending(&self.sender), self.settings_file.settings().pairing);
        in_background(move || {
            send(match open_folder(&folder, pairing) {
                Ok(library) => Event::LibraryFound(library),
                Err(line) => Event::Message(Message::Notice(line)),
            });
        });
    }

    /// Ends the library, with everything saved, so that another one can be opened.
    fn leave_for(&mut self, next: Library) {
        for effect in reader::flush_on_exit(&mut self.model) {
            self.perform(effect);
        }
        let Some(service) = self.library_service.take() else {
            return;
        };
        // What the library sends while it ends is dropped.
        self.library += 1;
        self.timers.clear();
        self.program = None;
        self.voice = None;
        self.lines.iter_mut().for_each(LinePrinter::reset);
        let mut settings = reader_settings(&next, &self.settings_file, self.lines.is_some());
        settings.mouse = self.terminal.mouse;
        settings.cell = self.pictures.cell();
        settings.has_large_text = self.large_text.is_shown();
        self.model = Model::new(settings);
        let send = sending(&self.sender);
        let is_started = in_background(move || {
            let saved = service.close();
            send(Event::LibraryClosed { next, saved });
        });
        if !is_started {
            self.unsaved
                .push(tr!("the system starts no more threads").into());
            self.exit = Some(ExitReason::Quit);
        }
    }

    /// Opens a library as at a start, after the one before was closed.
    fn open(&mut self, library: Library, saved: Result<(), String>) {
        self.is_new = true;
        let on_update = sending_updates(&self.sender, self.library);
        self.library_service = Some(LibraryService::start(library, on_update));
        if let Err(line) = saved {
            self.update(Message::Notice(line.clone()));
            self.unsaved.push(line);
        }
    }

    fn resize(&mut self) {
        let area = terminal::size();
        self.screen.backend_mut().resize(area);
        self.update(Message::Resized(area));
        // The size of the letters may be another one.
        self.take_cell_size();
    }

    /// Restores the terminal and stops the program until SIGCONT.
    fn suspend(&mut self) {
        if !platform::can_stop() {
            return self.update(Message::Notice(tr!("No shell to return to").into()));
        }
        self.is_suspended = true;
        terminal::restore();
        platform::stop();
    }

    /// Sets the terminal up again after a stop, and redraws everything: its size may have changed,
    /// and others wrote on it.
    fn resume(&mut self) -> io::Result<()> {
        self.terminal.enter()?;
        self.is_suspended = false;
        if self.lines.is_some() {
            return Ok(());
        }
        self.window_title = None;
        self.large_text = LargeText::default();
        self.screen.backend_mut().queue(ReportColourScheme(true));
        self.pictures.forget();
        self.ask_terminal();
        self.screen.backend_mut().invalidate();
        self.resize();
        self.screen.clear()
    }

    /// Ends the library, or waits until the one that is being left has ended.
    ///
    /// # Errors
    /// What could not be saved of it and of those before.
    fn close(mut self, receiver: &Receiver<Event>) -> Result<(), String> {
        let end = Instant::now() + CLOSING_TIMEOUT;
        let mut saved = self.library_service.take().map(LibraryService::close);
        while saved.is_none()
            && let Ok(event) = receiver.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            if let Event::LibraryClosed { saved: left, .. } = event {
                saved = Some(left);
            }
        }
        self.unsaved.extend(saved.and_then(Result::err));
        match &self.unsaved[..] {
            [] => Ok(()),
            lines => Err(lines.join("\n")),
        }
    }

    /// Waits a moment for the terminal's answer, if it was asked a moment ago.
    fn await_answer(&mut self, receiver: &Receiver<Event>) {
        while let Some(left) = self
            .asked_at
            .and_then(|asked| ANSWER_TIMEOUT.checked_sub(asked.elapsed()))
        {
            match receiver.recv_timeout(left) {
                Ok(Event::Attributes { .. } | Event::Closed) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}
