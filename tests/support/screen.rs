//! A reader over articles, for the tests of whole screens: keys go in, what would be drawn comes
//! out, and what is asked is answered at once.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jianbao as house;
use jianbao::bilingual::Text;
use jianbao::catalog::{Changes, Entry, Remembered, Request, Update};
use jianbao::digest::{self, Article};
use jianbao::reader::{Area, Code, Effect, Key, Message, Model, ReaderSettings, update};
use jianbao::typeset::{Ambiguous, columns};
use jianbao::view::{Background, ColourDepth, Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use self::fake_library::answers;

#[path = "../../src/reader/tests/fake_library.rs"]
mod fake_library;

/// The samples of the project, with the names of their files.
pub(crate) fn samples() -> Vec<(String, Article)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/digests");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.file_name().unwrap().to_str().unwrap();
        (
            name.to_owned(),
            digest::read(&fs::read(file).unwrap(), name),
        )
    };
    files.iter().map(read).collect()
}

/// A reader over some articles.
pub(crate) struct Reader {
    model: Model,
    texts: Vec<Arc<Text>>,
}

impl Reader {
    /// A reader that got a message before there were articles.
    pub(crate) fn over(
        articles: Vec<(String, Article)>,
        settings: ReaderSettings,
        before: Option<Message>,
    ) -> Self {
        let entries: Vec<Entry> = articles
            .iter()
            .map(|(name, article)| Entry::new(name.into(), article))
            .collect();
        let texts = articles
            .into_iter()
            .map(|(_, article)| Arc::new(Text::new(article)))
            .collect();
        let mut reader = Self {
            model: Model::new(settings),
            texts,
        };
        if let Some(message) = before {
            reader.tell(message);
        }
        reader.tell(Message::Library(Update::Changed(Changes::added(entries))));
        reader
    }

    pub(crate) fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            let Effect::Library(request) = effect else {
                continue;
            };
            if let Request::Load(id) = request {
                let text = Arc::clone(&self.texts[id.0 as usize]);
                self.tell(Message::Library(Update::Loaded {
                    id,
                    text,
                    remembered: Remembered::default(),
                }));
            }
            let list = self.model.list();
            for answer in answers(&request, list.entries(), list.marks(), &self.texts) {
                self.tell(Message::Library(answer));
            }
        }
    }

    /// Presses keys: characters are themselves, `^F` is Control and F, `⇥` `⏎` `⎋` `↓` are keys,
    /// and `⇓` is Shift and `↓`.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        let mut chars = keys.chars();
        while let Some(c) = chars.next() {
            let key = match c {
                '⏎' => Key::plain(Code::Enter),
                '⇥' => Key::plain(Code::Tab),
                '⎋' => Key::plain(Code::Esc),
                '↓' => Key::plain(Code::Down),
                '⇓' => Key::plain(Code::ShiftDown),
                '^' => Key::ctrl(chars.next().unwrap().to_ascii_lowercase()),
                _ => Key::char(c),
            };
            self.tell(Message::Key(key));
        }
        self
    }

    pub(crate) fn buffer(&self) -> Buffer {
        self.buffer_on(Background::Dark)
    }

    pub(crate) fn buffer_on(&self, background: Background) -> Buffer {
        let Area { columns, rows } = self.model.area();
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let theme = Theme::new(background, ColourDepth::True);
        terminal
            .draw(|frame| draw(&self.model, &theme, frame))
            .unwrap();
        terminal.backend().buffer().clone()
    }

    /// The characters as a terminal shows them, without what trails.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += columns(symbol, Ambiguous::Narrow).max(1) as u16;
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
