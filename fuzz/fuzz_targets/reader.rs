//! The reader in process: keys, mouse, pastes, resizes, changes of the library and restarts, with
//! every screen drawn. Nothing panics, and no cell, copy or opened link holds anything hostile.
//!
//! An input is a script, and after each zero byte an article. In the script a byte below 0x80 is a
//! key, from 0xa0 on a Chinese key, and between them one of the actions in [`Session::act`], which
//! may take further bytes.
#![no_main]

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jianbao as house;
use jianbao::bilingual::{Alignment, Bead, Text};
use jianbao::catalog::{
    Changes, Entry, EntryId, InitialState, LibraryState, Reading, Remembered, Request, SavedSearch,
    SearchChange, Update,
};
use jianbao::digest;
use jianbao::reader::{
    Area, Code, Effect, Key, Message, Model, Mouse, MouseKind, ReaderSettings, Timer, update,
};
use jianbao::text::Language;
use jianbao::view::{Background, ColourDepth, Theme, draw};
use jianbao_fuzz::{assert_clean, entry};
use libfuzzer_sys::fuzz_target;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

#[path = "../../src/reader/tests/fake_library.rs"]
mod fake_library;

const MOST_ARTICLES: usize = 8;
const MOST_ACTIONS: usize = 200;
/// What is typed with a Chinese input method.
const CHINESE: [char; 16] = [
    '，', '。', '？', '！', '：', '；', '、', '（', '）', '《', '》', '“', '”', '水', '的', '１',
];

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|byte| *byte == 0);
    let script = parts.next().unwrap_or_default();
    let articles: Vec<(Entry, Arc<Text>)> =
        parts.take(MOST_ARTICLES).enumerate().map(read).collect();
    let mut session = Session::new(articles);
    let mut script = script.iter().copied();
    for _ in 0..MOST_ACTIONS {
        let Some(byte) = script.next() else {
            break;
        };
        session.act(byte, &mut script);
        session.draw();
    }
    session.deliver();
    session.restart();
});

fn read((at, bytes): (usize, &[u8])) -> (Entry, Arc<Text>) {
    let name = format!("2026-01-{:02}-story.md", at + 1);
    let article = digest::read(bytes, &name);
    (entry(&name, &article), Arc::new(Text::new(article)))
}

struct Session {
    model: Model,
    /// What may be added to the articles.
    articles: Vec<(Entry, Arc<Text>)>,
    /// The texts by id.
    texts: Vec<Arc<Text>>,
    remembered: HashMap<EntryId, Remembered>,
    state: LibraryState,
    /// The number of the last timer.
    timer: u32,
    /// Answers that have not arrived, while the library is slow.
    late: Vec<Update>,
    is_slow: bool,
}

impl Session {
    fn new(articles: Vec<(Entry, Arc<Text>)>) -> Self {
        let mut session = Self {
            model: Model::new(ReaderSettings::default()),
            texts: Vec::new(),
            articles,
            remembered: HashMap::new(),
            state: LibraryState::default(),
            timer: 0,
            late: Vec::new(),
            is_slow: false,
        };
        session.start();
        session
    }

    /// Sends the reader all articles, as if they were found.
    fn start(&mut self) {
        let initial = InitialState {
            state: self.state.clone(),
            last_visit: Some(0),
            ..InitialState::default()
        };
        self.tell(Message::Library(Update::Initial(Box::new(initial))));
        self.texts.clear();
        let articles = 0..self.articles.len();
        self.add(articles.collect());
        self.progress(true);
    }

    /// A new visit, with what was remembered.
    fn restart(&mut self) {
        let area = self.model.area();
        self.late.clear();
        self.model = Model::new(ReaderSettings {
            area,
            ..ReaderSettings::default()
        });
        self.start();
        self.draw();
    }

    fn act(&mut self, byte: u8, more: &mut impl Iterator<Item = u8>) {
        let mut next = || more.next().unwrap_or_default();
        let key = Key::plain;
        match byte {
            0x80 => self.press(key(Code::Left)),
            0x81 => self.press(key(Code::Right)),
            0x82 => self.press(key(Code::Up)),
            0x83 => self.press(key(Code::Down)),
            0x84 => self.press(key(Code::PageUp)),
            0x85 => self.press(key(Code::PageDown)),
            0x86 => self.press(key(Code::Home)),
            0x87 => self.press(key(Code::End)),
            0x88 => self.press(key(Code::BackTab)),
            0x89 => self.press(Key {
                alt: true,
                ..Key::char(char::from(next() & 0x7f))
            }),
            0x8a | 0x8b => {
                let (columns, rows) = (u16::from(next()), u16::from(next() % 100));
                let (columns, rows) = (columns.max(1), rows.max(1));
                self.tell(Message::Resized(Area { columns, rows }));
            }
            0x8c | 0x8d => {
                let kind = match next() % 6 {
                    0 => MouseKind::Press,
                    1 => MouseKind::Drag,
                    2 => MouseKind::Release,
                    3 => MouseKind::WheelUp,
                    4 => MouseKind::ShiftPress,
                    _ => MouseKind::WheelDown,
                };
                let (column, row) = (u16::from(next()), u16::from(next()));
                self.tell(Message::Mouse(Mouse { kind, column, row }));
            }
            0x8e => {
                let length = usize::from(next());
                let bytes: Vec<u8> = more.take(length).collect();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.tell(Message::Paste(text));
            }
            0x8f | 0x90 => self.change(next(), next()),
            0x91 => self.remove(next()),
            0x92 => self.add(vec![usize::from(next())]),
            0x93 => self.tell(Message::Timer(Timer::Tracking(self.timer))),
            0x94 => self.tell(Message::Timer(Timer::Status)),
            0x95 => self.remember(next(), next(), next()),
            0x9b => self.send_what_others_saved(),
            0x96 => self.tell(Message::Notice("a notice 通知".repeat(usize::from(next())))),
            0x97 => self.progress(next() % 2 == 0),
            0x98 => self.tell(Message::Library(Update::Unwatched(next().into()))),
            0x99 => {
                self.is_slow = !self.is_slow;
                self.deliver();
            }
            0x9a => self.restart(),
            0x9c => self.press(key(Code::ShiftUp)),
            0x9d => self.press(key(Code::ShiftDown)),
            0x09 => self.press(key(Code::Tab)),
            0x0a | 0x0d => self.press(key(Code::Enter)),
            0x08 => self.press(key(Code::Backspace)),
            0x1b => self.press(key(Code::Esc)),
            0x7f => self.press(key(Code::Delete)),
            0..0x20 => self.press(Key::ctrl(char::from(byte + 0x60))),
            0x20..0x7f => self.press(Key::char(char::from(byte))),
            0x9c..=0xff => {
                let c = CHINESE[usize::from(byte) % CHINESE.len()];
                self.press(Key::char(c));
            }
        }
    }

    fn press(&mut self, key: Key) {
        self.tell(Message::Key(key));
    }

    fn progress(&mut self, finished: bool) {
        let count = self.texts.len() as u32;
        self.tell(Message::Library(Update::Progress {
            read: count,
            found: count,
            elapsed: Duration::from_millis(7),
            finished,
        }));
    }

    fn add(&mut self, which: Vec<usize>) {
        let number = self.articles.len();
        if number == 0 || self.texts.len() > 3 * MOST_ARTICLES {
            return;
        }
        let chosen = which.iter().map(|at| &self.articles[at % number]);
        let (entries, texts): (Vec<Entry>, Vec<Arc<Text>>) = chosen.cloned().unzip();
        self.texts.extend(texts);
        let changes = Changes::added(entries);
        self.tell(Message::Library(Update::Changed(changes)));
    }

    /// An id that was sent.
    fn id(&self, which: u8) -> Option<EntryId> {
        let number = self.texts.len() as u32;
        u32::from(which).checked_rem(number).map(EntryId)
    }

    /// An article is edited: it becomes one of the others, or its file is back.
    fn change(&mut self, which: u8, into: u8) {
        let (Some(id), Some(at)) = (
            self.id(which),
            usize::from(into).checked_rem(self.articles.len()),
        ) else {
            return;
        };
        let (entry, text) = self.articles[at].clone();
        self.texts[id.0 as usize] = text;
        let changed = vec![(id, entry)];
        let changes = Changes {
            changed,
            ..Changes::default()
        };
        self.tell(Message::Library(Update::Changed(changes)));
    }

    fn remove(&mut self, which: u8) {
        let gone = self.id(which).into_iter().collect();
        let changes = Changes {
            gone,
            ..Changes::default()
        };
        self.tell(Message::Library(Update::Changed(changes)));
    }

    /// Something is remembered of an article that its text may no longer have.
    fn remember(&mut self, which: u8, block: u8, offset: u8) {
        let Some(id) = self.id(which) else {
            return;
        };
        let side = Language::BOTH[usize::from(block % 2)];
        let place = self.texts[id.0 as usize].place(side, block.into(), offset.into());
        let bead = Bead {
            chinese: 0..u32::from(block),
            english: 0..u32::from(offset),
            confidence: 0.5,
        };
        let remembered = Remembered {
            reading: Some(Reading {
                place,
                row: u16::from(offset % 64),
            }),
            edited: (block > 100).then(|| Arc::new(Alignment { beads: vec![bead] })),
            ..Remembered::default()
        };
        self.remembered.insert(id, remembered);
    }

    /// Another program saved what is remembered, and a search.
    fn send_what_others_saved(&mut self) {
        let saved = self.remembered.iter();
        let saved = saved.map(|(id, one)| (*id, one.clone())).collect();
        self.tell(Message::Library(Update::Remembered(saved)));
        self.state.searches.push(SavedSearch {
            name: "潮 tide".into(),
            query: "text:tide or 潮".into(),
        });
        let searches = self.state.searches.clone();
        self.tell(Message::Library(Update::SavedSearches(searches)));
    }

    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Library(request) => self.answer(request),
                Effect::StartTimer {
                    timer: Timer::Tracking(number),
                    ..
                } => self.timer = number,
                Effect::StartTimer { .. } => {}
                Effect::Copy(text) => assert_clean(&text, &['\n', '\t']),
                Effect::Open(link) => {
                    assert_clean(&link, &[]);
                    let link = link.to_ascii_lowercase();
                    let schemes = ["http://", "https://", "mailto:"];
                    assert!(schemes.iter().any(|scheme| link.starts_with(scheme)));
                }
                _ => {}
            }
        }
    }

    fn answer(&mut self, request: Request) {
        let list = self.model.list();
        let mut answers =
            fake_library::answers(&request, list.entries(), list.marks(), &self.texts);
        match request {
            Request::Load(id) => answers.push(Update::Loaded {
                id,
                text: Arc::clone(&self.texts[id.0 as usize]),
                remembered: self.remembered.get(&id).cloned().unwrap_or_default(),
            }),
            Request::Remember(id, remembered, _) => {
                self.remembered.insert(id, remembered);
            }
            Request::RememberLibrary(state) => {
                let searches = std::mem::take(&mut self.state.searches);
                self.state = LibraryState { searches, ..state };
            }
            Request::RememberSearches(changes) => {
                for change in changes {
                    self.save_search(change);
                }
            }
            Request::CheckFigures(ids) => {
                let checked = |id: EntryId| {
                    let text = &self.texts[id.0 as usize];
                    (id, !text.disagreements().is_empty())
                };
                answers.push(Update::FiguresChecked(
                    ids.into_iter().map(checked).collect(),
                ));
            }
            _ => {}
        }
        if self.is_slow {
            self.late.extend(answers);
        } else {
            for answer in answers {
                self.tell(Message::Library(answer));
            }
        }
    }

    fn save_search(&mut self, change: SearchChange) {
        let searches = &mut self.state.searches;
        let old = change.renamed_from.as_ref().unwrap_or(&change.name);
        let at = searches.iter().position(|one| one.name == *old);
        let new = change.query.map(|query| SavedSearch {
            name: change.name,
            query,
        });
        match (at, new) {
            (Some(at), Some(new)) => searches[at] = new,
            (None, Some(new)) => searches.push(new),
            (Some(at), None) => drop(searches.remove(at)),
            (None, None) => {}
        }
    }

    /// The answers that are late arrive.
    fn deliver(&mut self) {
        for answer in std::mem::take(&mut self.late) {
            self.tell(Message::Library(answer));
        }
    }

    fn draw(&self) {
        let Area { columns, rows } = self.model.area();
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let theme = Theme::new(Background::Dark, ColourDepth::True);
        terminal
            .draw(|frame| draw(&self.model, &theme, frame))
            .unwrap();
        for cell in terminal.backend().buffer().content() {
            if !cell.symbol().is_ascii() || cell.symbol() < " " {
                assert_clean(cell.symbol(), &[]);
            }
        }
        let cursor = terminal.get_cursor_position().unwrap();
        assert!(cursor.x < columns && cursor.y < rows, "{cursor}");
    }
}
