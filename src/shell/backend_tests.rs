use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::style::{Color, Modifier, Style};

use super::*;
use crate::view::{CURLY, DOTTED};

const SMALL: Area = Area {
    columns: 20,
    rows: 5,
};

fn terminal(area: Area) -> Terminal<Screen<Vec<u8>>> {
    Terminal::new(Screen::new(Vec::new(), area)).unwrap()
}

/// Draws lines from the upper left corner and returns the bytes of the frame.
fn draw(terminal: &mut Terminal<Screen<Vec<u8>>>, lines: &[&str], style: Style) -> Vec<u8> {
    terminal
        .draw(|frame| {
            for (y, line) in lines.iter().enumerate() {
                frame.buffer_mut().set_string(0, y as u16, line, style);
            }
        })
        .unwrap();
    std::mem::take(&mut terminal.backend_mut().output)
}

fn shown(area: Area, bytes: &[u8]) -> Vec<String> {
    let mut parser = vt100::Parser::new(
        area.rows.try_into().unwrap(),
        area.columns.try_into().unwrap(),
        0,
    );
    parser.process(bytes);
    parser.screen().rows(0, area.columns).collect()
}

#[test]
fn a_line_of_chinese_is_written_in_one_go() {
    let mut terminal = terminal(SMALL);
    draw(&mut terminal, &[], Style::new());
    let bytes = draw(&mut terminal, &["简报，中 and English", "二"], Style::new());
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        "\x1b[?2026h\x1b[1;1H简报，中\x1b[1Cand\x1b[1CEnglish\r\n二\x1b[?2026l"
    );
}

#[test]
fn underlines_are_written_in_their_style_and_a_plain_one_wins() {
    let mut terminal = terminal(SMALL);
    draw(&mut terminal, &[], Style::new());
    let styles = [
        DOTTED,
        DOTTED | Modifier::UNDERLINED,
        CURLY,
        DOTTED | CURLY | Modifier::BOLD,
    ];
    terminal
        .draw(|frame| {
            for (x, modifiers) in (0..).zip(styles) {
                let style = Style::new().add_modifier(modifiers);
                frame.buffer_mut().set_string(x, 0, "a", style);
            }
        })
        .unwrap();
    let text = String::from_utf8(std::mem::take(&mut terminal.backend_mut().output)).unwrap();
    let expected = "\x1b[1;1H\x1b[4:4ma\x1b[0m\x1b[4ma\x1b[0m\x1b[4:3ma\x1b[0m\x1b[1m\x1b[4:4ma";
    assert!(text.contains(expected), "{text:?}");
}

#[test]
fn a_link_is_written_around_its_text() {
    let mut terminal = terminal(SMALL);
    draw(&mut terminal, &[], Style::new());
    let number = Color::Rgb(0, 1, 0xab);
    let link = (number, "https://a.example".to_owned());
    terminal.backend_mut().hyperlinks = vec![link];
    let mut bytes = |number| {
        terminal
            .draw(|frame| {
                let style = Style::new().underline_color(number);
                frame.buffer_mut().set_string(0, 0, "a", Style::new());
                frame.buffer_mut().set_string(1, 0, "链接", style);
            })
            .unwrap();
        String::from_utf8(std::mem::take(&mut terminal.backend_mut().output)).unwrap()
    };
    let (begin, end) = ("\x1b]8;id=0001ab;https://a.example\x1b\\", "\x1b]8;;\x1b\\");
    assert_eq!(
        bytes(number),
        format!("\x1b[?2026h\x1b[1;1Ha{begin}链接{end}\x1b[?2026l")
    );
    assert_eq!(bytes(number), "");
    // The same text leads nowhere now, or to what the terminal is not told.
    assert_eq!(
        bytes(Color::Rgb(9, 9, 9)),
        "\x1b[?2026h\x1b[2G链接\x1b[?2026l"
    );
}

#[test]
fn nothing_changed_means_nothing_written() {
    let mut terminal = terminal(SMALL);
    draw(&mut terminal, &["简报"], Style::new());
    assert_eq!(draw(&mut terminal, &["简报"], Style::new()), b"");
}

#[test]
fn the_cursor_is_set_again_after_characters_of_doubtful_width() {
    let mut terminal = terminal(SMALL);
    draw(&mut terminal, &[], Style::new());
    let text = String::from_utf8(draw(&mut terminal, &["a“b👍🏽c"], Style::new())).unwrap();
    assert_eq!(text, "\x1b[?2026h\x1b[1;1Ha“\x1b[3Gb👍🏽\x1b[6Gc\x1b[?2026l");
}

#[test]
fn a_control_character_that_got_this_far_stops_here() {
    let mut terminal = terminal(SMALL);
    terminal
        .draw(|frame| {
            for (x, symbol) in ["\u{1b}]0;x\u{7}", "\u{9b}", "\u{200b}", "b\u{1b}"]
                .iter()
                .enumerate()
            {
                frame.buffer_mut()[(x as u16, 0)].set_symbol(symbol);
            }
        })
        .unwrap();
    let text = String::from_utf8(std::mem::take(&mut terminal.backend_mut().output)).unwrap();
    assert!(
        !text.contains(['\u{9b}', '\u{7}', '\u{200b}']) && !text.contains("\u{1b}]"),
        "{text:?}"
    );
}

#[test]
fn the_cursor_is_shown_where_the_frame_says() {
    let mut terminal = terminal(SMALL);
    draw(&mut terminal, &["简报"], Style::new());
    let mut draw_at = |x: u16| {
        terminal
            .draw(|frame| {
                frame.buffer_mut().set_string(0, 0, "简报", Style::new());
                frame.set_cursor_position((x, 1));
            })
            .unwrap();
        String::from_utf8(std::mem::take(&mut terminal.backend_mut().output)).unwrap()
    };
    assert_eq!(draw_at(3), "\x1b[?2026h\x1b[?25h\x1b[2;4H\x1b[?2026l");
    assert_eq!(draw_at(3), "");
    assert_eq!(draw_at(5), "\x1b[?2026h\x1b[2C\x1b[?2026l");
}

#[test]
fn what_was_forgotten_is_written_again() {
    let mut terminal = terminal(SMALL);
    draw(&mut terminal, &["简报"], Style::new());
    terminal.backend_mut().invalidate();
    terminal.clear().unwrap();
    let bytes = draw(&mut terminal, &["简报"], Style::new().fg(Color::Red));
    assert_eq!(shown(SMALL, &bytes)[0], "简报");
}

/// The figure that the README gives: a full screen of 160×45 in Chinese takes at most 20 KB.
#[test]
fn a_full_chinese_screen_is_small() {
    let area = Area {
        columns: 160,
        rows: 45,
    };
    let mut terminal = terminal(area);
    let line = "英伟达发布新一代芯片，“性能”提升三成；分析师认为，2026年的需求仍然强劲。".repeat(3);
    let lines = vec![line.as_str(); 45];
    let bytes = draw(
        &mut terminal,
        &lines,
        Style::new().fg(Color::Rgb(224, 135, 99)),
    );
    println!(
        "a full Chinese screen of 160×45 takes {} bytes",
        bytes.len()
    );
    assert!(bytes.len() <= 20_000, "{} bytes", bytes.len());
    let row = &shown(area, &bytes)[44];
    assert!(
        line.starts_with(row.trim_end()) && row.chars().count() > 80,
        "{row}"
    );
}

/// Lines of everything: Latin, Chinese, doubtful characters, blanks.
fn any_line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("a"),
        Just("中"),
        Just("，"),
        Just("“"),
        Just(" "),
        Just("─"),
        Just("é"),
        Just("한")
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However frames follow each other, the terminal shows the last one.
    #[test]
    fn frames_add_up(frames in proptest::collection::vec(proptest::collection::vec(any_line(), 5), 1..5)) {
        let mut terminal = terminal(SMALL);
        let mut parser = vt100::Parser::new(SMALL.rows.try_into().unwrap(), SMALL.columns.try_into().unwrap(), 0);
        for lines in frames {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            parser.process(&draw(&mut terminal, &lines, Style::new().fg(Color::Green)));
            let mut fresh = self::terminal(SMALL);
            let expected = shown(SMALL, &draw(&mut fresh, &lines, Style::new().fg(Color::Green)));
            let now: Vec<String> = parser.screen().rows(0, SMALL.columns).collect();
            let trim = |rows: Vec<String>| rows.iter().map(|row| row.trim_end().to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(trim(now), trim(expected));
        }
    }
}
