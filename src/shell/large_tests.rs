//! Large headings, as a terminal that has OSC 66 shows them: a small model of one, after the rules of kitty's protocol.

use std::sync::Arc;

use proptest::prelude::*;
use ratatui::Terminal;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::bilingual::Text;
use crate::catalog::{Changes, Entry, EntryId, Remembered, Update};
use crate::digest;
use crate::reader::{Code, Focus, Key, Message, Model, ReaderSettings, update};
use crate::settings::Settings;
use crate::typeset::{Ambiguous, grapheme_columns};
use crate::view::{self, Background, ColourDepth, Theme};

const ARTICLE: &[u8] = "---\ntitle: 茶园减产\n---\n\n春天少雨，茶园减产。\n\n## 价格上涨 up\n\n茶商说绿茶的价格比去年高出两成。\n\n## 今后几年的气候与茶叶产量的长期预测以及各地茶农的应对办法与保险公司的考虑和政府的补贴\n\n天气会变。\n\n### 小节\n\n- 一\n- 二\n\n## 要点\n\n完。\n\n---\n\n**Summary:**\n\nA dry spring has cut the harvest.\n\n## Prices rise\n\nTraders say that green tea costs more.\n\n## The end\n\nThe weather changes.\n".as_bytes();

/// A cell: what it shows, and the block of the character that it belongs to.
type ShownCell = (String, Option<Rect>);

/// A terminal that knows what the backend writes, and blocks of several cells.
struct Emulator {
    size: Area,
    cells: Vec<ShownCell>,
    x: u16,
    y: u16,
}

impl Emulator {
    fn new(size: Area) -> Self {
        let blank = (" ".to_owned(), None);
        Self {
            size,
            cells: vec![blank; usize::from(size.columns) * usize::from(size.rows)],
            x: 0,
            y: 0,
        }
    }

    fn at(&mut self, x: u16, y: u16) -> &mut ShownCell {
        &mut self.cells[usize::from(y) * usize::from(self.size.columns) + usize::from(x)]
    }

    /// Draws a character into a block at the cursor: it passes over the lower rows of others, and erases those whose first
    /// row it touches.
    fn draw(&mut self, symbol: &str, columns: u16, rows: u16) {
        loop {
            let mut ahead = (self.x..self.x + columns).filter_map(|x| {
                let y = self.y;
                self.cells
                    .get(usize::from(y) * usize::from(self.size.columns) + usize::from(x))?
                    .1
            });
            let Some(below) = ahead.find(|block| block.y < self.y) else {
                break;
            };
            self.x = below.right();
        }
        let block = Rect::new(self.x, self.y, columns, rows);
        if block.right() > self.size.columns || block.bottom() > self.size.rows {
            return;
        }
        for at in block.positions() {
            if let Some(old) = self.at(at.x, at.y).1 {
                assert!(rows == 1 || old.height == 1, "blocks overlap");
                old.positions()
                    .for_each(|at| *self.at(at.x, at.y) = (" ".to_owned(), None));
            }
        }
        for at in block.positions() {
            *self.at(at.x, at.y) = (String::new(), Some(block));
        }
        let is_one = columns == 1 && rows == 1;
        *self.at(block.x, block.y) = (symbol.to_owned(), Some(block).filter(|_| !is_one));
        self.x = block.right();
    }

    fn process(&mut self, bytes: &[u8]) {
        let mut rest = std::str::from_utf8(bytes).unwrap();
        while let Some(c) = rest.chars().next() {
            if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let length = sequence.find(|c| ('@'..='~').contains(&c)).unwrap();
                let (parameters, after) = sequence.split_at(length);
                let mut numbers = parameters.split(';').map(|it| it.parse().unwrap_or(1));
                let first: u16 = numbers.next().unwrap();
                match after.as_bytes()[0] {
                    b'H' => (self.y, self.x) = (first - 1, numbers.next().unwrap() - 1),
                    b'C' => self.x += first,
                    b'G' => self.x = first - 1,
                    b'J' => {
                        *self = Self {
                            x: self.x,
                            y: self.y,
                            ..Self::new(self.size)
                        }
                    }
                    b'h' | b'l' | b'm' => {}
                    other => panic!("{}", char::from(other)),
                }
                rest = &after[1..];
            } else if let Some(string) = rest.strip_prefix("\x1b]") {
                let (string, after) = string.split_once("\x1b\\").unwrap();
                if let Some(large) = string.strip_prefix("66;s=2:w=") {
                    let (columns, symbol) = large.split_once(';').unwrap();
                    self.draw(symbol, 2 * columns.parse::<u16>().unwrap(), 2);
                }
                rest = after;
            } else if c == '\r' || c == '\n' {
                (self.x, self.y) = if c == '\r' {
                    (0, self.y)
                } else {
                    (self.x, self.y + 1)
                };
                rest = &rest[1..];
            } else {
                let end = rest.find(['\x1b', '\r', '\n']).unwrap_or(rest.len());
                for symbol in rest[..end].graphemes(true) {
                    self.draw(
                        symbol,
                        grapheme_columns(symbol, Ambiguous::Narrow) as u16,
                        1,
                    );
                }
                rest = &rest[end..];
            }
        }
    }

    /// The large characters, row by row.
    fn large(&self) -> String {
        let cells = self.cells.iter();
        let heads = cells.filter(|(text, block)| {
            !text.is_empty() && block.is_some_and(|block| block.height == 2)
        });
        heads.map(|(text, _)| text.as_str()).collect()
    }
}

/// A reader, the terminal it draws on, and what that shows.
struct Reader {
    model: Model,
    terminal: Terminal<Screen<Vec<u8>>>,
    shown: Emulator,
}

impl Reader {
    fn new(size: Area) -> Self {
        let article = digest::read(ARTICLE, "a.md");
        let entry = Entry::new("a.md".into(), &article);
        let set = Settings {
            large_headings: true,
            ..Settings::default()
        };
        let mut model = Model::new(ReaderSettings {
            area: size,
            focus: Focus::Article,
            has_large_text: true,
            ..ReaderSettings::new(set)
        });
        let loaded = Update::Loaded {
            id: EntryId(0),
            text: Arc::new(Text::new(article)),
            remembered: Remembered::default(),
        };
        for message in [Update::Changed(Changes::added(vec![entry])), loaded] {
            drop(update(&mut model, Message::Library(message)));
        }
        let terminal = Terminal::new(Screen::new(Vec::new(), size)).unwrap();
        let shown = Emulator::new(size);
        let mut reader = Self {
            model,
            terminal,
            shown,
        };
        reader.draw();
        reader
    }

    fn draw(&mut self) {
        let bytes = draw(&self.model, &mut self.terminal);
        self.shown.process(&bytes);
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            let key = match c {
                '⏎' => Key::plain(Code::Enter),
                '⎋' => Key::plain(Code::Esc),
                '⇥' => Key::plain(Code::Tab),
                c => Key::char(c),
            };
            drop(update(&mut self.model, Message::Key(key)));
            self.draw();
        }
        self
    }

    fn resize(&mut self, size: Area) {
        drop(update(&mut self.model, Message::Resized(size)));
        self.terminal.backend_mut().resize(size);
        self.shown = Emulator::new(size);
        self.draw();
    }

    /// What a terminal shows on which only this frame was drawn.
    fn repainted(&self) -> Emulator {
        let mut terminal = Terminal::new(Screen::new(Vec::new(), self.shown.size)).unwrap();
        let mut fresh = Emulator::new(self.shown.size);
        fresh.process(&draw(&self.model, &mut terminal));
        fresh
    }
}

fn draw(model: &Model, terminal: &mut Terminal<Screen<Vec<u8>>>) -> Vec<u8> {
    let theme = Theme::new(Background::Dark, ColourDepth::True);
    terminal
        .draw(|frame| view::draw(model, &theme, frame))
        .unwrap();
    std::mem::take(&mut terminal.backend_mut().output)
}

const PLAIN: Area = Area {
    columns: 80,
    rows: 24,
};

#[test]
fn the_title_and_short_headings_of_the_second_level_are_large() {
    let mut reader = Reader::new(PLAIN);
    assert_eq!(reader.shown.large(), "茶园减产价格上涨 up");
    reader.press("⇥");
    assert_eq!(
        reader.shown.large(),
        "A dry spring hascut the harvest.Prices riseThe end"
    );
}

#[test]
fn what_is_half_covered_or_half_on_the_screen_is_of_the_usual_size() {
    let mut reader = Reader::new(PLAIN);
    let whole = reader.shown.large();
    // The help covers the middle of the screen.
    let covered = reader.press("?").shown.large();
    assert!(covered.chars().count() < whole.chars().count(), "{covered}");
    assert_eq!(reader.press("⎋").shown.large(), whole);
    let mut rows = 24;
    while rows > 6 {
        rows -= 1;
        reader.resize(Area { rows, ..PLAIN });
        let large = reader.shown.large();
        assert!(whole.starts_with(&large), "{large} of {whole}");
    }
}

fn any_step() -> impl Strategy<Value = Result<&'static str, Area>> {
    let keys = prop::sample::select(vec![
        "j", "k", "}", "{", " ", "b", "g", "G", "x", "X", "⇥", "?", "⎋", "t", "f", "d", "w", ".",
        "v", "H", "P", "p", "<", ">", "/价⏎", "/tea⏎", "n", "⏎", "q⎋", "o", "l", "h",
    ]);
    let size = (20_u16..120, 5_u16..40).prop_map(|(columns, rows)| Area { columns, rows });
    prop_oneof![9 => keys.prop_map(Ok), 1 => size.prop_map(Err)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is scrolled, opened, switched or resized, the terminal shows what it would if the frame was drawn alone.
    #[test]
    fn frames_with_large_headings_add_up(steps in proptest::collection::vec(any_step(), 1..24)) {
        let mut reader = Reader::new(PLAIN);
        for step in steps {
            match step {
                Ok(keys) => drop(reader.press(keys)),
                Err(size) => reader.resize(size),
            }
            let fresh = reader.repainted();
            let rows = |it: &Emulator| -> Vec<String> {
                let rows = it.cells.chunks(it.size.columns.into());
                rows.map(|row| row.iter().map(|(text, _)| text.as_str()).collect()).collect()
            };
            prop_assert_eq!(rows(&reader.shown), rows(&fresh));
            let is_same = reader.shown.cells == fresh.cells;
            prop_assert!(is_same);
        }
    }
}
