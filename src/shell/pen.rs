//! The pen: writes the fewest SGR codes that change one look into the next.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

/// How characters look: colours and attributes, each settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    fore: Color,
    back: Color,
    underline: Color,
    attributes: Modifier,
}

impl Look {
    /// The terminal's own look.
    pub const PLAIN: Self =
        Self { fore: Color::Reset, back: Color::Reset, underline: Color::Reset, attributes: Modifier::empty() };

    pub(super) const fn of(cell: &Cell) -> Self {
        Self { fore: cell.fg, back: cell.bg, underline: cell.underline_color, attributes: cell.modifier }
    }
}

impl From<Style> for Look {
    fn from(style: Style) -> Self {
        let colour = |colour: Option<Color>| colour.unwrap_or(Color::Reset);
        Self {
            fore: colour(style.fg),
            back: colour(style.bg),
            underline: colour(style.underline_color),
            attributes: style.add_modifier - style.sub_modifier,
        }
    }
}

/// What the terminal's attributes are known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pen {
    look: Look,
}

/// Attributes with the SGR codes that set and unset them. Bold and dim share the one that unsets.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Default for Pen {
    fn default() -> Self {
        Self { look: Look::PLAIN }
    }
}

impl Pen {
    /// Writes what changes the look to another; nothing when it is that already.
    ///
    /// # Errors
    /// Those of the output.
    pub fn change(&mut self, look: Look, out: &mut impl Write) -> io::Result<()> {
        if self.look == look {
            return Ok(());
        }
        let mut codes = Codes::new(out);
        if look == Look::PLAIN {
            codes.put(format_args!("0"))?;
        } else {
            self.attributes(look.attributes, &mut codes)?;
            if look.fore != self.look.fore {
                colour(look.fore, 30, &mut codes)?;
            }
            if look.back != self.look.back {
                colour(look.back, 40, &mut codes)?;
            }
            if look.underline != self.look.underline {
                colour(look.underline, 50, &mut codes)?;
            }
        }
        codes.end()?;
        self.look = look;
        Ok(())
    }

    fn attributes(&self, new: Modifier, codes: &mut Codes<impl Write>) -> io::Result<()> {
        let old = self.look.attributes;
        let mut lost = Modifier::empty();
        let mut unset_before = 0;
        for (attribute, _, unset) in ATTRIBUTES {
            if old.contains(attribute) && !new.contains(attribute) && unset != unset_before {
                codes.put(format_args!("{unset}"))?;
                unset_before = unset;
            }
        }
        for (attribute, _, unset) in ATTRIBUTES {
            if unset == unset_before {
                lost |= attribute;
            }
        }
        // Unsetting dim takes bold along, so what shares a code with what was unset is set again.
        if (old - new).intersects(Modifier::BOLD | Modifier::DIM) {
            lost |= Modifier::BOLD | Modifier::DIM;
        }
        for (attribute, set, _) in ATTRIBUTES {
            if new.contains(attribute) && (!old.contains(attribute) || lost.contains(attribute)) {
                codes.put(format_args!("{set}"))?;
            }
        }
        Ok(())
    }
}

/// Writes the codes of a colour; `base` is 30 for the foreground, 40 for the background, 50 for the underline.
fn colour(colour: Color, base: u8, codes: &mut Codes<impl Write>) -> io::Result<()> {
    let named = |index: u8, codes: &mut Codes<_>| match (base, index) {
        (50, _) => codes.put(format_args!("58;5;{index}")),
        (_, 0..8) => codes.put(format_args!("{}", base + index)),
        _ => codes.put(format_args!("{}", base + 52 + index)),
    };
    match colour {
        Color::Reset => codes.put(format_args!("{}", base + 9)),
        Color::Indexed(index) => codes.put(format_args!("{};5;{index}", base + 8)),
        Color::Rgb(red, green, blue) => codes.put(format_args!("{};2;{red};{green};{blue}", base + 8)),
        Color::Black => named(0, codes),
        Color::Red => named(1, codes),
        Color::Green => named(2, codes),
        Color::Yellow => named(3, codes),
        Color::Blue => named(4, codes),
        Color::Magenta => named(5, codes),
        Color::Cyan => named(6, codes),
        Color::Gray => named(7, codes),
        Color::DarkGray => named(8, codes),
        Color::LightRed => named(9, codes),
        Color::LightGreen => named(10, codes),
        Color::LightYellow => named(11, codes),
        Color::LightBlue => named(12, codes),
        Color::LightMagenta => named(13, codes),
        Color::LightCyan => named(14, codes),
        Color::White => named(15, codes),
    }
}

/// One SGR sequence in the making.
struct Codes<'a, W> {
    out: &'a mut W,
    begun: bool,
}

impl<'a, W: Write> Codes<'a, W> {
    const fn new(out: &'a mut W) -> Self {
        Self { out, begun: false }
    }

    fn put(&mut self, code: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.out.write_all(if self.begun { b";" } else { b"\x1b[" })?;
        self.begun = true;
        self.out.write_fmt(code)
    }

    fn end(self) -> io::Result<()> {
        if self.begun { self.out.write_all(b"m") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn write(pen: &mut Pen, style: Style) -> String {
        let mut out = Vec::new();
        pen.change(style.into(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_what_changes_is_written() {
        let mut pen = Pen::default();
        let bold_red = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
        assert_eq!(write(&mut pen, Style::new()), "");
        assert_eq!(write(&mut pen, bold_red), "\x1b[1;31m");
        assert_eq!(write(&mut pen, bold_red), "");
        assert_eq!(write(&mut pen, bold_red.fg(Color::Indexed(173))), "\x1b[38;5;173m");
        assert_eq!(write(&mut pen, Style::new().fg(Color::Indexed(173))), "\x1b[22m");
        assert_eq!(write(&mut pen, Style::new().bg(Color::Rgb(1, 2, 3))), "\x1b[39;48;2;1;2;3m");
        assert_eq!(write(&mut pen, Style::new()), "\x1b[0m");
        assert_eq!(write(&mut pen, Style::new().fg(Color::White).bg(Color::DarkGray)), "\x1b[97;100m");
        assert_eq!(write(&mut pen, Style::new().underline_color(Color::LightRed)), "\x1b[39;49;58;5;9m");
    }

    #[test]
    fn bold_and_dim_share_the_code_that_unsets_them() {
        let mut pen = Pen::default();
        let (bold, dim) = (Modifier::BOLD, Modifier::DIM);
        assert_eq!(write(&mut pen, Style::new().add_modifier(bold | dim)), "\x1b[1;2m");
        assert_eq!(write(&mut pen, Style::new().add_modifier(bold)), "\x1b[22;1m");
        assert_eq!(write(&mut pen, Style::new().add_modifier(dim)), "\x1b[22;2m");
    }

    fn any_style() -> impl Strategy<Value = Style> {
        let colour = || prop_oneof![Just(Color::Reset), Just(Color::LightBlue), any::<u8>().prop_map(Color::Indexed)];
        let attributes = prop_oneof![Just(1_u16), Just(2), Just(4), Just(8), Just(64), Just(256), Just(0)];
        (colour(), colour(), attributes).prop_map(|(fore, back, bits)| {
            Style::new().fg(fore).bg(back).add_modifier(Modifier::from_bits_truncate(bits))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A terminal that follows the codes one after the other ends with each look as if it were set afresh.
        /// (Bold and dim at once are left out: the terminal of this test takes them for one or the other.)
        #[test]
        fn changes_add_up(styles in proptest::collection::vec(any_style(), 1..12)) {
            let mut pen = Pen::default();
            let mut running = vt100::Parser::new(2_u16.try_into().unwrap(), 80_u16.try_into().unwrap(), 0);
            for style in styles {
                let mut fresh = vt100::Parser::new(2_u16.try_into().unwrap(), 80_u16.try_into().unwrap(), 0);
                fresh.process(write(&mut Pen::default(), style).as_bytes());
                running.process(write(&mut pen, style).as_bytes());
                prop_assert_eq!(attributes(&running), attributes(&fresh), "{:?}", style);
            }
        }
    }

    fn attributes(parser: &vt100::Parser) -> impl PartialEq + std::fmt::Debug {
        let screen = parser.screen();
        (
            screen.fgcolor(),
            screen.bgcolor(),
            screen.bold(),
            screen.dim(),
            screen.italic(),
            screen.underline(),
            screen.inverse(),
        )
    }
}
