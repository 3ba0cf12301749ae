//! A screen as an SVG picture.

use std::fmt::Write as _;

use jianbao::typeset::{Ambiguous, columns};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The size of a cell and of the type in it, in pixels.
const CELL: (f64, f64) = (8.0, 19.0);
const TYPE: f64 = 15.0;

/// The colours of a terminal where the program leaves them alone.
#[derive(Clone, Copy)]
pub(crate) struct TerminalColours {
    paper: &'static str,
    ink: &'static str,
}

pub(crate) const DARK: TerminalColours = TerminalColours {
    paper: "#15181e",
    ink: "#c9ccd3",
};
pub(crate) const LIGHT: TerminalColours = TerminalColours {
    paper: "#fbfaf7",
    ink: "#2b2e36",
};

/// Draws a screen: a rectangle for each background, a text for each run of cells that look alike.
pub(crate) fn svg(buffer: &Buffer, terminal: TerminalColours) -> String {
    let (width, height) = (
        f64::from(buffer.area.width) * CELL.0 + 24.0,
        f64::from(buffer.area.height) * CELL.1 + 24.0,
    );
    let paper = terminal.paper;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-size=\"{TYPE}\" \
         font-family=\"'Sarasa Term SC','Noto Sans Mono CJK SC','Source Han Mono SC',ui-monospace,Menlo,Consolas,monospace\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{paper}\"/>\n<g transform=\"translate(12 12)\">\n"
    );
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let first = &buffer[(x, y)];
            let cells = cells_of(first);
            let (start, mut text) = (x, String::new());
            while x < buffer.area.width {
                let cell = &buffer[(x, y)];
                if style(cell) != style(first) || cells_of(cell) != cells {
                    break;
                }
                text.push_str(cell.symbol());
                x += cells;
            }
            draw_run(&mut svg, (start, y), x - start, &text, first, terminal);
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn draw_run(
    svg: &mut String,
    (x, y): (u16, u16),
    columns: u16,
    text: &str,
    cell: &Cell,
    terminal: TerminalColours,
) {
    let (left, top) = (f64::from(x) * CELL.0, f64::from(y) * CELL.1);
    let width = f64::from(columns) * CELL.0;
    let (mut ink, mut paper) = (
        colour(cell.fg).unwrap_or(terminal.ink.into()),
        colour(cell.bg),
    );
    if cell.modifier.contains(Modifier::REVERSED) {
        (ink, paper) = (paper.unwrap_or(terminal.paper.into()), Some(ink));
    }
    if let Some(paper) = paper {
        let height = CELL.1;
        writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>")
            .unwrap();
    }
    if text.trim().is_empty() {
        return;
    }
    let mut look = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.7\""),
    ] {
        if cell.modifier.contains(modifier) {
            look.push_str(attribute);
        }
    }
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace(' ', "\u{a0}");
    let base = top + CELL.1 * 0.76;
    let fit = format!("textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"");
    writeln!(
        svg,
        "<text x=\"{left}\" y=\"{base:.1}\" {fit} fill=\"{ink}\"{look}>{text}</text>"
    )
    .unwrap();
}

fn style(cell: &Cell) -> (Color, Color, Modifier) {
    (cell.fg, cell.bg, cell.modifier)
}

fn cells_of(cell: &Cell) -> u16 {
    columns(cell.symbol(), Ambiguous::Narrow).max(1) as u16
}

fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}
