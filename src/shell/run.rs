//! The loop: sleeps until something happens, drains all that waits, updates, performs effects, draws once.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crossterm::event::DisableMouseCapture;
use jiff::tz::TimeZone;

use super::backend::Screen;
use super::decoder::Input;
use super::event::Event;
use super::pace::Pace;
use super::signals::{self, Signal};
use super::terminal::{self, AskBackground, EnableClicks, Output, Terminal};
use super::{environment, handoff, input};
use crate::error::Error;
use crate::library::{Librarian, Library};
use crate::reader::{self, Effect, Focus, Message, Model, ReaderSettings};
use crate::text::Language;
use crate::typeset::Ambiguous;
use crate::view::{self, Background, Theme};

/// How the reader opens.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The language shown first; none for the one of the last visit.
    pub language: Option<Language>,
    /// The background to choose the theme for; none to ask the terminal.
    pub background: Option<Background>,
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Whether to take the mouse.
    pub mouse: bool,
}

/// How long the end waits for the answer to a question that was just asked, so that it is not typed into the shell.
const LAST_ANSWER: Duration = Duration::from_millis(100);
/// How long the first frame waits for what is known of the library.
const OPENING: Duration = Duration::from_millis(30);
/// The most events between two frames, so that a flood cannot keep the screen from being drawn.
const MOST_EVENTS: usize = 4_096;

/// Why the loop ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Quit,
    Signal(i32),
    Closed,
}

/// Runs the reader on a library until it is quit.
///
/// # Errors
/// Where there is no terminal, or it fails.
pub fn run(library: Library, options: Options) -> Result<(), Error> {
    let is_samples = matches!(library, Library::Samples);
    terminal::give_back_on_panic();
    let (sender, receiver) = mpsc::channel();
    let tell = sender.clone();
    signals::start(move |signal| drop(tell.send(Event::Signal(signal)))).map_err(Error::Terminal)?;
    let terminal = Terminal::take(options.mouse)?;
    let tell = sender.clone();
    let settings = settings(&library, options);
    let librarian = Librarian::start(library, move |update| drop(tell.send(Event::Library(update))));
    let mut session =
        Session::new(terminal, librarian, sender, settings, options.background).map_err(Error::Terminal)?;
    if is_samples {
        session.tell(Message::Notice("These are samples; to read your own, run: jianbao FOLDER".into()));
    }
    let ending = session.run(&receiver);
    for effect in reader::flush_on_exit(&mut session.model) {
        session.perform(effect);
    }
    drop(session);
    match ending {
        Ok(Ending::Signal(signal)) => signals::end_of(signal),
        Ok(Ending::Quit | Ending::Closed) => {}
        // Who closes the terminal's window does not want to hear that it is closed.
        Err(error) if terminal::is_gone(&error) => {}
        Err(error) => return Err(Error::Terminal(error)),
    }
    Ok(())
}

/// What the reader starts with: a single article is opened at once.
fn settings(library: &Library, options: Options) -> ReaderSettings {
    let is_single = matches!(library, Library::File(_) | Library::Input { .. });
    ReaderSettings {
        area: terminal::size(),
        zone: TimeZone::system(),
        language: options.language.unwrap_or(Language::Chinese),
        is_language_chosen: options.language.is_some(),
        ambiguous: options.ambiguous,
        alone: is_single,
        focus: if is_single { Focus::Article } else { Focus::List },
        mouse: options.mouse,
        ..ReaderSettings::default()
    }
}

/// Everything the loop holds. Fields are dropped in order: the terminal is given back first, the threads end after it.
struct Session {
    terminal: Terminal,
    screen: ratatui::Terminal<Screen<Output>>,
    librarian: Librarian,
    sender: Sender<Event>,
    model: Model,
    theme: Theme,
    /// When the terminal was asked for its background, until it answers.
    asked: Option<Instant>,
    /// When the reader wants to be told, and with which number.
    alarm: Option<(Instant, u32)>,
    ending: Option<Ending>,
    pace: Pace,
    /// Whether the terminal is given back until the program is continued.
    away: bool,
    panics: bool,
}

impl Session {
    fn new(
        terminal: Terminal,
        librarian: Librarian,
        sender: Sender<Event>,
        settings: ReaderSettings,
        chosen: Option<Background>,
    ) -> io::Result<Self> {
        let screen = ratatui::Terminal::new(Screen::new(Output, settings.area))?;
        let background = chosen.or_else(environment::background).unwrap_or_default();
        let mut session = Self {
            terminal,
            screen,
            librarian,
            sender,
            model: Model::new(settings),
            theme: Theme::new(background, environment::colour_depth()),
            asked: None,
            alarm: None,
            ending: None,
            pace: Pace::default(),
            away: false,
            // For the story of a panic in `tests/stories.rs`, which cannot be told without one: any key panics.
            panics: cfg!(debug_assertions) && std::env::var_os("JIANBAO_PANIC").is_some(),
        };
        if chosen.is_none() {
            session.screen.backend_mut().queue(AskBackground);
            session.asked = Some(Instant::now());
        }
        Ok(session)
    }

    fn run(&mut self, receiver: &Receiver<Event>) -> io::Result<Ending> {
        self.start_input()?;
        self.await_opening(receiver)?;
        loop {
            self.draw()?;
            if let Some(ending) = self.ending {
                self.await_answer(receiver);
                return Ok(ending);
            }
            // The session holds a sender, so the channel never closes; if it did, nothing could ever happen again.
            match self.next(receiver) {
                Ok(event) => self.take_in(event, receiver)?,
                Err(RecvTimeoutError::Timeout) => self.ring(),
                Err(RecvTimeoutError::Disconnected) => return Ok(Ending::Closed),
            }
        }
    }

    /// Takes in what happened, and what happens before the next frame is due.
    fn take_in(&mut self, event: Event, receiver: &Receiver<Event>) -> io::Result<()> {
        let events = self.pace.wait(event, receiver, &self.model);
        for event in events.into_iter().chain(receiver.try_iter().take(MOST_EVENTS)) {
            if self.ending.is_some() {
                break;
            }
            self.handle(event)?;
        }
        Ok(())
    }

    /// Waits a moment for the first news, so that the first frame is not an empty list; none of what comes meanwhile is lost.
    fn await_opening(&mut self, receiver: &Receiver<Event>) -> io::Result<()> {
        let start = Instant::now();
        while let Some(left) = OPENING.checked_sub(start.elapsed()) {
            let Ok(event) = receiver.recv_timeout(left) else { break };
            let is_news = matches!(event, Event::Library(_));
            self.handle(event)?;
            if is_news || self.ending.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Waits for something to happen, or for the time that the reader wants to be told of.
    fn next(&self, receiver: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
        match self.alarm {
            Some((at, _)) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Tells the reader that the time it asked for is over.
    fn ring(&mut self) {
        if let Some((_, number)) = self.alarm.take_if(|(at, _)| *at <= Instant::now()) {
            self.tell(Message::Timer(number));
        }
    }

    fn start_input(&self) -> io::Result<()> {
        let (tell, closed) = (self.sender.clone(), self.sender.clone());
        let tell = move |input| drop(tell.send(Event::Input(input)));
        input::start(self.terminal.input()?, tell, move || drop(closed.send(Event::Closed)))
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.away {
            return Ok(());
        }
        let (model, theme) = (&self.model, &self.theme);
        self.screen.draw(|frame| view::draw(model, theme, frame))?;
        self.pace.draw(Instant::now());
        Ok(())
    }

    fn handle(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Input(input) => self.input(input),
            Event::Library(update) => self.tell(Message::Library(update)),
            Event::Notice(line) => self.tell(Message::Notice(line)),
            Event::Closed => self.ending = Some(Ending::Closed),
            Event::Signal(Signal::End(signal)) => self.ending = Some(Ending::Signal(signal)),
            Event::Signal(Signal::Resized) => self.resize(),
            Event::Signal(Signal::Stop) => self.suspend(),
            Event::Signal(Signal::Continued) => self.come_back()?,
        }
        Ok(())
    }

    fn input(&mut self, input: Input) {
        self.pace.hear(Instant::now());
        match input {
            Input::Key(key) => {
                assert!(!self.panics, "JIANBAO_PANIC is set, and a key was pressed");
                self.tell(Message::Key(key));
            }
            Input::Paste(text) => self.tell(Message::Paste(text)),
            Input::Mouse(mouse) => self.tell(Message::Mouse(mouse)),
            Input::Background(background) => self.theme = Theme::new(background, environment::colour_depth()),
            Input::Attributes => self.asked = None,
        }
    }

    /// Tells the reader a message and performs the effects it asks for.
    fn tell(&mut self, message: Message) {
        for effect in reader::update(&mut self.model, message) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Library(request) => self.librarian.ask(request),
            Effect::StartTimer { number, after } => self.alarm = Some((Instant::now() + after, number)),
            Effect::Open(link) => {
                let sender = self.sender.clone();
                handoff::open_link(&link, move |line| drop(sender.send(Event::Notice(line))));
            }
            Effect::Copy(text) => match handoff::copy(&text) {
                Some(command) => self.screen.backend_mut().queue(command),
                None => self.tell(Message::Notice("Not copied: the text is too long for the terminal".into())),
            },
            Effect::CaptureMouse(capture) => {
                self.terminal.set_mouse(capture);
                let screen = self.screen.backend_mut();
                if capture { screen.queue(EnableClicks) } else { screen.queue(DisableMouseCapture) }
            }
            Effect::Suspend => self.suspend(),
            Effect::Quit => self.ending = Some(Ending::Quit),
        }
    }

    fn resize(&mut self) {
        let area = terminal::size();
        self.screen.backend_mut().resize(area);
        self.tell(Message::Resized(area));
    }

    /// Gives the terminal back and stops. What follows is told by the signal that continues the program.
    fn suspend(&mut self) {
        if !signals::can_stop() {
            return self.tell(Message::Notice("There is no shell to go back to".into()));
        }
        self.away = true;
        terminal::give_back();
        signals::stop();
    }

    /// Takes the terminal again, however the program came to be stopped, and draws all anew: its size may have changed, and others
    /// have written on it.
    fn come_back(&mut self) -> io::Result<()> {
        self.terminal.enter()?;
        self.away = false;
        self.screen.backend_mut().invalidate();
        self.resize();
        self.screen.clear()
    }

    /// Waits a moment for the answer to a question that was just asked.
    fn await_answer(&mut self, receiver: &Receiver<Event>) {
        while let Some(left) = self.asked.and_then(|asked| LAST_ANSWER.checked_sub(asked.elapsed())) {
            match receiver.recv_timeout(left) {
                Ok(Event::Input(Input::Attributes) | Event::Closed) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}
