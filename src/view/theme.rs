//! The two themes: quiet, with one accent (cinnabar, the colour of a seal), so that the text is in
//! front.

use ratatui::style::{Color, Modifier, Style};

use crate::markdown::Inline;
use crate::typeset::{Role, RoleKind};

/// Whether the terminal's background is dark or light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Background {
    /// Light letters on a dark ground.
    #[default]
    Dark,
    /// Dark letters on a light ground.
    Light,
}

/// How many colours the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColourDepth {
    /// None, also if the user wants none (`NO_COLOR`): bold, dim, underline and reverse only.
    None,
    /// The 16 colours of the terminal's own palette.
    Ansi16,
    /// The 256 colours of xterm's palette.
    Ansi256,
    /// 24 bits.
    True,
}

/// The role of a part of the screen that is not article text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Ordinary text in the terminal's own colour.
    Plain,
    /// Less important: dates, sources, borders, hints.
    Quiet,
    /// Least important: rules, scrollbar tracks.
    Faint,
    /// The one accent: the focused border, the current block's mark, the language sign.
    Accent,
    /// A title.
    Title,
    /// The headline of the article.
    Headline,
    /// The selected row of the list, or of a menu, in the pane that has the focus.
    Selected,
    /// The selected row of a pane without the focus.
    SelectedElsewhere,
    /// A match of the find.
    Match,
    /// The current match.
    CurrentMatch,
    /// A key in a hint or the help, a link's label.
    Key,
    /// The letters over a link.
    Label,
    /// A warning: a problem's mark.
    Warning,
    /// A figure that disagrees with the other language's.
    Mismatch,
}

/// A colour at three depths: 24 bits, xterm's 256, the terminal's 16.
#[derive(Clone, Copy, Debug)]
struct Ink(u32, u8, Color);

/// The inks of a theme.
#[derive(Clone, Copy, Debug)]
struct Palette {
    accent: Ink,
    quiet: Ink,
    faint: Ink,
    code: Ink,
    warning: Ink,
    selection: Ink,
    elsewhere: Ink,
    found: Ink,
    on_accent: Ink,
}

const DARK: Palette = Palette {
    accent: Ink(0x00E0_8763, 173, Color::LightRed),
    quiet: Ink(0x0093_989F, 246, Color::Gray),
    faint: Ink(0x0058_5E66, 240, Color::DarkGray),
    code: Ink(0x00A9_BDC8, 152, Color::Cyan),
    warning: Ink(0x00D9_B45B, 179, Color::Yellow),
    selection: Ink(0x0038_3D45, 237, Color::Reset),
    elsewhere: Ink(0x0028_2C32, 235, Color::Reset),
    found: Ink(0x005C_4B1C, 58, Color::Reset),
    on_accent: Ink(0x0018_1A1D, 234, Color::Black),
};

const LIGHT: Palette = Palette {
    accent: Ink(0x00B0_3A24, 124, Color::Red),
    quiet: Ink(0x0065_6A71, 242, Color::DarkGray),
    faint: Ink(0x00B4_B6B9, 249, Color::Gray),
    code: Ink(0x002C_5A73, 24, Color::Blue),
    warning: Ink(0x008A_6100, 94, Color::Magenta),
    selection: Ink(0x00E2_DDD3, 253, Color::Reset),
    elsewhere: Ink(0x00EF_ECE6, 255, Color::Reset),
    found: Ink(0x00FB_E6A2, 222, Color::Reset),
    on_accent: Ink(0x00FF_FFFF, 231, Color::White),
};

/// A theme: the style of every role and tone on one background at one colour depth.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    palette: Palette,
    depth: ColourDepth,
}

impl Theme {
    /// The theme for a background and a colour depth.
    pub const fn new(background: Background, depth: ColourDepth) -> Self {
        let palette = match background {
            Background::Dark => DARK,
            Background::Light => LIGHT,
        };
        Self { palette, depth }
    }

    /// The style of a piece of article text.
    pub fn style(&self, role: Role) -> Style {
        let p = &self.palette;
        let base = match role.kind {
            RoleKind::Text | RoleKind::Footnote => Style::new(),
            // Underlines belong to links, and in Chinese to proper names.
            RoleKind::Heading(1) => self.fore(p.accent),
            RoleKind::Heading(2) | RoleKind::TableHead => Style::new().add_modifier(Modifier::BOLD),
            RoleKind::Heading(3) => self.fore(p.quiet).add_modifier(Modifier::BOLD),
            RoleKind::Heading(_)
            | RoleKind::Label
            | RoleKind::Quote
            | RoleKind::Html
            | RoleKind::Pinyin
            | RoleKind::QuoteBar
            | RoleKind::Marker => self.fore(p.quiet),
            RoleKind::Code => self.fore(p.code),
            RoleKind::TableRule | RoleKind::Rule => self.faint(),
        };
        self.inline(base, role.inline)
    }

    fn inline(&self, mut style: Style, inline: Inline) -> Style {
        if inline.is_empty() {
            return style;
        }
        let p = &self.palette;
        if inline.intersects(Inline::CODE | Inline::MATH) {
            style = style.patch(self.fore(p.code));
        }
        if inline.intersects(Inline::IMAGE | Inline::RUBY | Inline::FOOTNOTE) {
            style = style.patch(self.fore(p.quiet));
        }
        if inline.contains(Inline::LINK) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        if inline.intersects(Inline::STRONG | Inline::SUMMARY) {
            style = style.add_modifier(Modifier::BOLD);
        }
        if inline.contains(Inline::EMPHASIS) {
            style = style.add_modifier(Modifier::ITALIC);
        }
        if inline.contains(Inline::STRIKE) {
            style = style.add_modifier(Modifier::CROSSED_OUT);
        }
        style
    }

    /// The style of a part of the screen that is not article text.
    pub fn tone(&self, tone: Tone) -> Style {
        let p = &self.palette;
        match tone {
            Tone::Plain => Style::new(),
            Tone::Quiet => self.fore(p.quiet),
            Tone::Faint => self.faint(),
            Tone::Accent => self.fore(p.accent),
            Tone::Title => Style::new().add_modifier(Modifier::BOLD),
            Tone::Selected => self.ground(p.selection).add_modifier(Modifier::BOLD),
            Tone::SelectedElsewhere => match self.depth {
                ColourDepth::None | ColourDepth::Ansi16 => {
                    Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
                }
                _ => self.ground(p.elsewhere),
            },
            Tone::Match => self.ground(p.found),
            Tone::CurrentMatch => match self.depth {
                ColourDepth::None => Style::new()
                    .add_modifier(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
                _ => Style::new()
                    .fg(self.ink(p.on_accent))
                    .bg(self.ink(p.accent)),
            },
            Tone::Label => match self.depth {
                ColourDepth::None => Style::new().add_modifier(Modifier::REVERSED),
                _ => Style::new()
                    .fg(self.ink(p.on_accent))
                    .bg(self.ink(p.warning)),
            },
            Tone::Headline | Tone::Key => self.fore(p.accent).add_modifier(Modifier::BOLD),
            Tone::Warning => self.fore(p.warning),
            Tone::Mismatch => self
                .fore(p.warning)
                .add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// A foreground; without colours, a quiet one is dim.
    fn fore(&self, ink: Ink) -> Style {
        match self.depth {
            ColourDepth::None if ink.0 == self.palette.quiet.0 || ink.0 == self.palette.faint.0 => {
                Style::new().add_modifier(Modifier::DIM)
            }
            ColourDepth::None => Style::new(),
            _ => Style::new().fg(self.ink(ink)),
        }
    }

    fn faint(&self) -> Style {
        self.fore(self.palette.faint)
    }

    /// A background; if there are too few colours for a quiet one, the text is reversed.
    fn ground(&self, ink: Ink) -> Style {
        match self.depth {
            ColourDepth::None | ColourDepth::Ansi16 => {
                Style::new().add_modifier(Modifier::REVERSED)
            }
            _ => Style::new().bg(self.ink(ink)),
        }
    }

    fn ink(&self, Ink(true_colour, indexed, ansi): Ink) -> Color {
        match self.depth {
            ColourDepth::None => Color::Reset,
            ColourDepth::Ansi16 => ansi,
            ColourDepth::Ansi256 => Color::Indexed(indexed),
            ColourDepth::True => Color::from_u32(true_colour),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_TONE: [Tone; 14] = [
        Tone::Plain,
        Tone::Quiet,
        Tone::Faint,
        Tone::Accent,
        Tone::Title,
        Tone::Headline,
        Tone::Label,
        Tone::Selected,
        Tone::SelectedElsewhere,
        Tone::Match,
        Tone::CurrentMatch,
        Tone::Key,
        Tone::Warning,
        Tone::Mismatch,
    ];

    fn colours(style: Style) -> Vec<Color> {
        [style.fg, style.bg, style.underline_color]
            .into_iter()
            .flatten()
            .collect()
    }

    #[test]
    fn each_depth_uses_only_its_own_colours() {
        for background in [Background::Dark, Background::Light] {
            for depth in [
                ColourDepth::None,
                ColourDepth::Ansi16,
                ColourDepth::Ansi256,
                ColourDepth::True,
            ] {
                let theme = Theme::new(background, depth);
                for tone in EVERY_TONE {
                    for colour in colours(theme.tone(tone)) {
                        let fits = match depth {
                            ColourDepth::None => false,
                            ColourDepth::Ansi16 => {
                                !matches!(colour, Color::Rgb(..) | Color::Indexed(_))
                            }
                            ColourDepth::Ansi256 => matches!(colour, Color::Indexed(_)),
                            ColourDepth::True => matches!(colour, Color::Rgb(..)),
                        };
                        assert!(fits, "{tone:?} at {depth:?} is {colour:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_selection_differs_from_plain_text_at_every_depth() {
        for depth in [
            ColourDepth::None,
            ColourDepth::Ansi16,
            ColourDepth::Ansi256,
            ColourDepth::True,
        ] {
            let theme = Theme::new(Background::Dark, depth);
            for tone in [
                Tone::Selected,
                Tone::SelectedElsewhere,
                Tone::Match,
                Tone::CurrentMatch,
            ] {
                assert_ne!(theme.tone(tone), Style::new(), "{tone:?} at {depth:?}");
            }
            assert_ne!(theme.tone(Tone::Match), theme.tone(Tone::CurrentMatch));
        }
    }
}
