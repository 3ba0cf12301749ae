//! Whole screens, as a reader sees them: the samples at the sizes people use, in both languages, and every box.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use self::librarian::answers;
use jianbao as house;
use jianbao::bilingual::Text;
use jianbao::catalog::{Changes, Entry, Remembered};
use jianbao::digest;
use jianbao::reader::{Area, Code, Effect, Key, Message, Model, Settings, update};
use jianbao::view::{Background, ColourDepth, Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

#[path = "../src/reader/tests/librarian.rs"]
mod librarian;

/// A reader over the samples, and the terminal it draws on.
struct Reader {
    model: Model,
    files: Vec<PathBuf>,
    texts: Vec<Arc<Text>>,
}

impl Reader {
    fn new(columns: u16, rows: u16) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/digests");
        let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let model = Model::new(Settings { area: Area { columns, rows }, ..Settings::default() });
        let text = |file: &PathBuf| {
            let name = file.file_name().unwrap().to_str().unwrap();
            Arc::new(Text::new(digest::read(&fs::read(file).unwrap(), name)))
        };
        let texts = files.iter().map(text).collect();
        let mut reader = Self { model, files, texts };
        let entries = reader.files.iter().map(|file| {
            let name = file.file_name().unwrap();
            Entry::new(name.into(), &digest::read(&fs::read(file).unwrap(), name.to_str().unwrap()))
        });
        let entries = entries.collect::<Vec<_>>();
        reader.tell(Message::Changed(Changes::added(entries)));
        let count = reader.files.len() as u32;
        reader.tell(Message::Progress {
            read: count,
            found: count,
            elapsed: std::time::Duration::ZERO,
            finished: true,
        });
        reader
    }

    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            if let Effect::Load(id) = effect {
                let text = Arc::clone(&self.texts[id.0 as usize]);
                self.tell(Message::Loaded { id, text, remembered: Remembered::default() });
            }
            let list = self.model.list();
            for answer in answers(&effect, list.entries(), list.marks(), &self.texts) {
                self.tell(answer);
            }
        }
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            let key = match c {
                '\n' => Key::plain(Code::Enter),
                '\t' => Key::plain(Code::Tab),
                '\u{1b}' => Key::plain(Code::Esc),
                _ => Key::char(c),
            };
            self.tell(Message::Key(key));
        }
        self
    }

    fn buffer(&self) -> Buffer {
        let Area { columns, rows } = self.model.area();
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let theme = Theme::new(Background::Dark, ColourDepth::True);
        terminal.draw(|frame| draw(&self.model, &theme, frame)).unwrap();
        terminal.backend().buffer().clone()
    }

    fn screen(&self) -> String {
        screen_text(&self.buffer())
    }
}

/// The characters of a buffer as a terminal shows them, without what trails.
fn screen_text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += jianbao::typeset::columns(symbol, jianbao::typeset::Ambiguous::Narrow).max(1) as u16;
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[test]
fn the_first_screen() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        insta::assert_snapshot!(format!("first_{columns}x{rows}"), Reader::new(columns, rows).screen());
    }
}

#[test]
fn an_article_in_both_languages() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        let mut reader = Reader::new(columns, rows);
        insta::assert_snapshot!(format!("chinese_{columns}x{rows}"), reader.press("j\n ").screen());
        insta::assert_snapshot!(format!("english_{columns}x{rows}"), reader.press("\t").screen());
    }
}

#[test]
fn boxes_over_the_panes() {
    let mut reader = Reader::new(80, 24);
    for (name, keys) in [("help", "?"), ("outline", "\u{1b}\nt"), ("menu", "\u{1b}\n"), ("link", "\u{1b}o")] {
        insta::assert_snapshot!(name, reader.press(keys).screen());
    }
}

#[test]
fn input_lines_and_labels() {
    let mut reader = Reader::new(80, 24);
    insta::assert_snapshot!("filter", reader.press("/tech").screen());
    insta::assert_snapshot!("find", reader.press("\u{1b}\n/港").screen());
    insta::assert_snapshot!("labels", reader.press("\u{1b}f").screen());
}

#[test]
fn the_smallest_screens_draw_something() {
    for (columns, rows) in [(20, 5), (1, 1), (3, 2), (10, 3)] {
        let mut reader = Reader::new(columns, rows);
        for keys in ["", "\n", "?", "\u{1b}", "t", "\u{1b}", "\n", "\u{1b}", "/a", "\n", "x", "f"] {
            reader.press(keys).buffer();
        }
    }
    insta::assert_snapshot!("first_20x5", Reader::new(20, 5).screen());
    insta::assert_snapshot!("article_20x5", Reader::new(20, 5).press("\nj").screen());
}

#[test]
fn a_match_and_a_selection_are_lit() {
    let mut reader = Reader::new(120, 40);
    let theme = Theme::new(Background::Dark, ColourDepth::True);
    let plain = reader.press("\n").buffer();
    let found = reader.press("/港\n").buffer();
    let lit = theme.tone(jianbao::view::Tone::CurrentMatch).bg;
    let count = |buffer: &Buffer| buffer.content().iter().filter(|cell| Some(cell.bg) == lit).count();
    assert_eq!(count(&plain), 0);
    // The second cell of a wide character is never sent, so the backend counts the first alone.
    assert_eq!(count(&found), 1);
}

#[test]
fn both_languages_at_once() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut reader = Reader::new(columns, rows);
        insta::assert_snapshot!(format!("both_{columns}x{rows}"), reader.press("j\nX}}").screen());
        insta::assert_snapshot!(format!("unfolded_{columns}x{rows}"), reader.press("Xp").screen());
    }
    // A third block beside nothing, once its pair is parted.
    insta::assert_snapshot!("parted_160x30", Reader::new(160, 30).press("j\nX}}}[").screen());
}

#[test]
fn figures_that_disagree() {
    let chinese = "# 港口扩建\n\n港口今年投入 8.6 亿美元，新建三个泊位，吞吐量提高 12%。\n\n工程明年春天完工，预计带来两千个岗位。\n";
    let english = "# The port grows\n\nThe port puts $8.6 billion into three new berths this year, and handles 12% more.\n\nThe work ends next spring and should bring 2,000 jobs.\n";
    let article = format!("---\ntitle: 港口扩建\n---\n\n{chinese}\n---\n\n**Summary:**\n\n{english}");
    let article = digest::read(article.as_bytes(), "port.md");
    let mut reader = Reader::new(100, 24);
    reader.model = Model::new(Settings { area: Area { columns: 100, rows: 24 }, ..Settings::default() });
    reader.model = {
        let mut model = reader.model;
        update(&mut model, Message::Changed(Changes::added(vec![Entry::new("port.md".into(), &article)])));
        let text = Arc::new(Text::new(article));
        update(
            &mut model,
            Message::Loaded { id: jianbao::catalog::EntryId(0), text, remembered: Remembered::default() },
        );
        model
    };
    insta::assert_snapshot!("doubt", reader.press("\n}").screen());
    insta::assert_snapshot!("doubts", reader.press("!").screen());
}
