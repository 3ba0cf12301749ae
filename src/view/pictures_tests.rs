use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::bilingual::{Picture, Text};
use crate::catalog::{Changes, Entry, EntryId, Remembered, Update};
use crate::digest;
use crate::reader::{Area, CellSize, Code, Focus, Key, Message, ReaderSettings, update};
use crate::text::Language;
use crate::view::{Background, ColourDepth, Theme, draw_with_pictures};

const ARTICLE: &[u8] =
    b"---\ntitle: A hill\n---\n\nWords before it.\n\n![a hill](hill.png)\n\nWords after it.\n\nMore.\n\nMore.\n\nMore.\n\nMore.\n";

/// A reader of the article, which has a picture of 60 by 60 pixels, in cells of 10 by 20.
fn reader() -> Model {
    let article = digest::read(ARTICLE, "a.md");
    let entry = Entry::new("a.md".into(), &article);
    let text = Text::new(article);
    let mut pictures = [Vec::new(), Vec::new()];
    pictures[text.side(Language::English) as usize].push(Picture {
        link: 0,
        file: "/library/hill.png".into(),
        pixels: Some([60, 60]),
        problem: None,
    });
    let text = Arc::new(text.with_pictures(pictures));
    let mut model = Model::new(ReaderSettings {
        area: Area {
            columns: 30,
            rows: 14,
        },
        focus: Focus::Article,
        alone: true,
        cell: Some(CellSize {
            width: 10,
            height: 20,
        }),
        ..ReaderSettings::default()
    });
    let loaded = Update::Loaded {
        id: EntryId(0),
        text,
        remembered: Remembered::default(),
    };
    for message in [Update::Changed(Changes::added(vec![entry])), loaded] {
        drop(update(&mut model, Message::Library(message)));
    }
    model
}

/// A picture whose cells are letters by their rows, or one of strips.
fn cells(strip_rows: u16) -> PictureCells {
    if strip_rows > 0 {
        return PictureCells::of_strips([6, 3], strip_rows, 1..);
    }
    let letters = ["a", "b", "c"].into_iter();
    let row = |letter| vec![Cell::new(letter); 6];
    PictureCells {
        size: [6, 3],
        cells: letters.flat_map(row).collect(),
        strip_rows: 1,
    }
}

/// The rows of the screen that have something of a picture: `S` begins a strip, `-` is one of its other cells.
fn drawn(model: &Model, cells: &PictureCells) -> String {
    let mut terminal = Terminal::new(TestBackend::new(30, 14)).unwrap();
    let theme = Theme::new(Background::Dark, ColourDepth::True);
    let source = |it: &PictureBox| Some(cells).filter(|cells| cells.size == it.size);
    let draw = |frame: &mut ratatui::Frame<'_>| draw_with_pictures(model, &theme, &source, frame);
    // The terminal gets no cell of a strip but the first, so what is drawn counts.
    let buffer = terminal.draw(draw).unwrap().buffer.clone();
    let sign = |cell: &Cell| match (cell.diff_option, strip_of(cell)) {
        (CellDiffOption::Skip, _) => "-".to_owned(),
        (_, Some(_)) => "S".to_owned(),
        _ => cell.symbol().to_owned(),
    };
    let row = |row: &[Cell]| row.iter().map(sign).collect::<String>().trim().to_owned();
    let rows: Vec<String> = buffer.content.chunks(30).map(row).collect();
    let is_of_picture = |row: &&String| {
        let row = row.trim_matches(['▏', '│', '┃', ' ']);
        !row.is_empty() && row.chars().all(|c| "abcS-?│ ".contains(c))
    };
    let rows = rows.iter().filter(is_of_picture);
    let rows = rows.map(|row| row.trim_matches(['▏', '│', '┃', ' ']));
    rows.collect::<Vec<_>>().join("\n")
}

fn press(model: &mut Model, key: Key) {
    drop(update(model, Message::Key(key)));
}

#[test]
fn a_picture_stands_in_the_rows_that_are_kept_free() {
    let model = reader();
    assert_eq!(drawn(&model, &cells(0)), "aaaaaa\nbbbbbb\ncccccc");
    assert_eq!(drawn(&model, &cells(1)), "S-----\nS-----\nS-----");
    assert_eq!(drawn(&model, &cells(2)), "S-----\n------\nS-----");
    let wanted = pictures_on_screen(&model);
    assert_eq!((wanted.len(), wanted[0].picture.size), (1, [6, 3]));
}

#[test]
fn of_a_picture_that_is_scrolled_out_of_the_screen_the_rest_is_shown_and_no_torn_strip() {
    let mut model = reader();
    let low = Area {
        columns: 30,
        rows: 8,
    };
    drop(update(&mut model, Message::Resized(low)));
    let visible = drawn(&model, &cells(0));
    assert!(
        visible.starts_with('a') && !visible.contains('c'),
        "{visible:?}"
    );
    let strips = drawn(&model, &cells(3));
    assert_eq!(strips, "", "its end is below the screen");
    for _ in 0..9 {
        press(&mut model, Key::ctrl('e'));
    }
    let rest = drawn(&model, &cells(0));
    assert!(!rest.contains('a'), "{rest:?}");
}

#[test]
fn what_is_drawn_over_a_picture_covers_it_and_the_enlarged_one_is_in_front() {
    let mut model = reader();
    press(&mut model, Key::char('?'));
    let over = drawn(&model, &cells(1));
    assert!(!over.contains('S'), "the help covers it: {over:?}");
    press(&mut model, Key::plain(Code::Esc));
    press(&mut model, Key::char('}'));
    press(&mut model, Key::plain(Code::Enter));
    let wanted = pictures_on_screen(&model);
    assert_eq!(wanted.len(), 2);
    let [columns, rows] = wanted[1].picture.size;
    assert!(
        columns > 6 && rows > 3,
        "it is enlarged: {columns} by {rows}"
    );
    press(&mut model, Key::plain(Code::Enter));
    assert_eq!(pictures_on_screen(&model).len(), 1);
}
