//! The event loop: waits for an event, drains the channel, updates the model, performs effects,
//! draws once.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crossterm::event::DisableMouseCapture;
use jiff::tz::TimeZone;

use super::backend::Screen;
use super::event::Event;
use super::frame_throttle::FrameThrottle;
use super::settings_file::SettingsFile;
use super::signals::{self, Signal};
use super::terminal::{self, AskBackground, EnableClicks, Stdout, Terminal};
use super::{environment, external, input};
use crate::error::Error;
use crate::library::{Library, LibraryService};
use crate::reader::{self, Effect, Focus, Message, Model, ReaderSettings};
use crate::settings::{Settings, ThemeSetting};
use crate::view::{self, Background, Theme};

/// How long the program waits at its end for the terminal's answer, which would otherwise be typed
/// into the shell.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(100);
/// How long the first frame waits for the library's initial state.
const INITIAL_STATE_TIMEOUT: Duration = Duration::from_millis(30);
/// The most events between two frames, so that the screen is drawn during a flood of events too.
const MOST_EVENTS: usize = 4_096;

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitReason {
    Quit,
    Signal(i32),
    Closed,
}

/// Runs the reader on a library until the reader quits.
///
/// # Errors
/// If there is no terminal, or it fails.
pub fn run(library: Library, settings_file: SettingsFile) -> Result<(), Error> {
    let is_samples = matches!(library, Library::Samples);
    terminal::restore_on_panic();
    let (sender, receiver) = mpsc::channel();
    let send = sending(&sender);
    signals::start(move |signal| send(Event::Signal(signal))).map_err(Error::Terminal)?;
    let terminal = Terminal::set_up(settings_file.settings().mouse)?;
    let settings = reader_settings(&library, settings_file.settings());
    let send = sending(&sender);
    let library_service = LibraryService::start(library, move |update| {
        send(Event::Message(Message::Library(update)));
    });
    let send = sending(&sender);
    let _watcher = settings_file.watch(move || send(Event::SettingsChanged));
    let mut session = Session::new(terminal, library_service, sender, settings, settings_file)
        .map_err(Error::Terminal)?;
    if is_samples {
        session.update(Message::Notice(
            "These are samples; to read your own, run: jianbao FOLDER".into(),
        ));
    }
    session.report_settings();
    let exit = session.run(&receiver);
    for effect in reader::flush_on_exit(&mut session.model) {
        session.perform(effect);
    }
    drop(session.terminal);
    let saved = session.library_service.close().map_err(Error::Unsaved);
    match exit {
        Ok(ExitReason::Signal(signal)) => {
            if let Err(error) = &saved {
                // The parent is to see the signal, so it is told here, if anybody listens.
                let _ = writeln!(io::stderr(), "jianbao: {error}");
            }
            signals::end_by(signal);
        }
        Ok(ExitReason::Quit | ExitReason::Closed) => {}
        // The window was closed: nobody is left to read an error.
        Err(error) if terminal::is_gone(&error) => {}
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

/// The settings of the reader: a single article is opened at once.
fn reader_settings(library: &Library, settings: &Settings) -> ReaderSettings {
    let is_single = matches!(library, Library::File(_) | Library::Input { .. });
    ReaderSettings {
        area: terminal::size(),
        zone: TimeZone::system(),
        alone: is_single,
        focus: if is_single {
            Focus::Article
        } else {
            Focus::List
        },
        ..ReaderSettings::new(settings.clone())
    }
}

fn theme_for(background: Option<Background>) -> Theme {
    Theme::new(background.unwrap_or_default(), environment::colour_depth())
}

/// The state of the loop. Fields are dropped in order: the terminal is restored first, then the
/// threads end.
struct Session {
    terminal: Terminal,
    screen: ratatui::Terminal<Screen<Stdout>>,
    library_service: LibraryService,
    sender: Sender<Event>,
    model: Model,
    theme: Theme,
    settings_file: SettingsFile,
    /// When the terminal was asked for its background; None after its answer.
    asked_at: Option<Instant>,
    /// When the reader's timer fires, and its number.
    timer: Option<(Instant, u32)>,
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
        let theme = settings_file.settings().theme;
        let mut session = Self {
            terminal,
            screen,
            library_service,
            sender,
            model: Model::new(settings),
            theme: theme_for(environment::background(theme)),
            settings_file,
            asked_at: None,
            timer: None,
            exit: None,
            throttle: FrameThrottle::default(),
            is_suspended: false,
        };
        session.ask_background();
        Ok(session)
    }

    /// Asks the terminal for its background, if the colours follow it.
    fn ask_background(&mut self) {
        if self.settings_file.settings().theme == ThemeSetting::Auto {
            self.screen.backend_mut().queue(AskBackground);
            self.asked_at = Some(Instant::now());
        }
    }

    /// Applies the settings file again, after it was changed.
    fn change_settings(&mut self) {
        let theme = self.settings_file.settings().theme;
        if !self.settings_file.read_again() {
            return;
        }
        let settings = self.settings_file.settings().clone();
        if settings.theme != theme {
            self.theme = theme_for(environment::background(settings.theme));
            self.ask_background();
        }
        self.update(Message::Settings(settings));
        self.report_settings();
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
        self.await_initial_state(receiver)?;
        loop {
            self.draw()?;
            if let Some(exit) = self.exit {
                self.await_answer(receiver);
                return Ok(exit);
            }
            match self.next(receiver) {
                Ok(event) => self.handle_all(event, receiver)?,
                Err(RecvTimeoutError::Timeout) => self.fire_timer(),
                // Cannot happen while the session holds a sender.
                Err(RecvTimeoutError::Disconnected) => return Ok(ExitReason::Closed),
            }
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
            let is_update = matches!(event, Event::Message(Message::Library(_)));
            self.handle(event)?;
            if is_update || self.exit.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Waits for an event, or for the timer.
    fn next(&self, receiver: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
        match self.timer {
            Some((at, _)) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Tells the reader that its timer is over.
    fn fire_timer(&mut self) {
        if let Some((_, number)) = self.timer.take_if(|(at, _)| *at <= Instant::now()) {
            self.update(Message::Timer(number));
        }
    }

    fn start_input(&self) -> io::Result<()> {
        let on_closed = sending(&self.sender);
        input::read_input(self.terminal.input()?, sending(&self.sender), move || {
            on_closed(Event::Closed);
        })
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.is_suspended {
            return Ok(());
        }
        let (model, theme) = (&self.model, &self.theme);
        self.screen.draw(|frame| view::draw(model, theme, frame))?;
        self.throttle.last_frame = Some(Instant::now());
        Ok(())
    }

    fn handle(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Message(message) => self.message(message),
            // The answer may come after the theme was set.
            Event::Background(background) => {
                if self.settings_file.settings().theme == ThemeSetting::Auto {
                    self.theme = theme_for(Some(background));
                }
            }
            Event::SettingsChanged => self.change_settings(),
            Event::Attributes => self.asked_at = None,
            Event::Closed => self.exit = Some(ExitReason::Closed),
            Event::Signal(Signal::End(signal)) => self.exit = Some(ExitReason::Signal(signal)),
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
        for effect in reader::update(&mut self.model, message) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Library(request) => {
                self.library_service.ask(request);
            }
            Effect::StartTimer { number, after } => {
                self.timer = Some((Instant::now() + after, number));
            }
            Effect::Open(link) => {
                let send = sending(&self.sender);
                external::open_link(&link, move |line| {
                    send(Event::Message(Message::Notice(line)));
                });
            }
            Effect::Copy(text) => match external::copy(&text) {
                Some(command) => self.screen.backend_mut().queue(command),
                None => {
                    self.update(Message::Notice(
                        "Not copied: the text is too long for the terminal's clipboard".into(),
                    ));
                }
            },
            Effect::CaptureMouse(capture) => {
                self.terminal.mouse = capture;
                let screen = self.screen.backend_mut();
                if capture {
                    screen.queue(EnableClicks);
                } else {
                    screen.queue(DisableMouseCapture);
                }
            }
            Effect::Suspend => self.suspend(),
            Effect::Quit => self.exit = Some(ExitReason::Quit),
        }
    }

    fn resize(&mut self) {
        let area = terminal::size();
        self.screen.backend_mut().resize(area);
        self.update(Message::Resized(area));
    }

    /// Restores the terminal and stops the program until SIGCONT.
    fn suspend(&mut self) {
        if !signals::can_stop() {
            return self.update(Message::Notice("No shell to return to".into()));
        }
        self.is_suspended = true;
        terminal::restore();
        signals::stop();
    }

    /// Sets the terminal up again after a stop, and redraws everything: its size may have changed,
    /// and others wrote on it.
    fn resume(&mut self) -> io::Result<()> {
        self.terminal.enter()?;
        self.is_suspended = false;
        self.screen.backend_mut().invalidate();
        self.resize();
        self.screen.clear()
    }

    /// Waits a moment for the terminal's answer, if it was asked a moment ago.
    fn await_answer(&mut self, receiver: &Receiver<Event>) {
        while let Some(left) = self
            .asked_at
            .and_then(|asked| ANSWER_TIMEOUT.checked_sub(asked.elapsed()))
        {
            match receiver.recv_timeout(left) {
                Ok(Event::Attributes | Event::Closed) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}
