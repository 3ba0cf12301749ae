//! A theme: the style of each role and tone, in the colours of a palette. Styles are quiet, with one
//! accent, so that the text is in front.

use ratatui::style::{Color, Modifier, Style};

use super::palette::{Background, ColourDepth, Palette, SWATCHES, Swatch};
use crate::catalog::HighlightColour;
use crate::markdown::Inline;
use crate::reader::CodeRole;
use crate::typeset::{Role, RoleKind};

/// A dotted and a curly underline, for which ratatui has no modifiers. Nothing blinks, so its two
/// modifiers of blinking stand for them; [`Modifier::UNDERLINED`] wins. `shell/terminal.rs` writes them.
pub(crate) const DOTTED: Modifier = Modifier::SLOW_BLINK;
pub(crate) const CURLY: Modifier = Modifier::RAPID_BLINK;

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
    /// Every other sentence of the current pair, side by side: hardly seen.
    Apart,
    /// What translates a highlight of the other language.
    Answers,
    /// What the reader highlighted.
    Highlight(HighlightColour),
    /// A word of the vocabulary book, and one that is known.
    Kept,
    /// See `Kept`.
    Known,
    /// A sentence that was walked to, and its translation.
    Lit,
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
    /// A part of code.
    Code(CodeRole),
}

/// A theme: the style of every role and tone on one background at one colour depth.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    colours: [Color; SWATCHES.len()],
    /// Whether text and background are not in the terminal's own colours.
    paints: bool,
    /// Whether underlines can be dotted and curly.
    pub(super) has_underline_styles: bool,
    /// Whether titles in 《》 are underlined.
    pub(super) marks_titles: bool,
}

impl Theme {
    /// Our own theme for a background.
    pub fn new(background: Background, depth: ColourDepth) -> Self {
        Self::of(Palette::own(background), depth)
    }

    /// A palette at a colour depth.
    pub fn of(palette: Palette, depth: ColourDepth) -> Self {
        Self {
            colours: palette.at(depth),
            paints: palette.paints && depth >= ColourDepth::Ansi256,
            has_underline_styles: false,
            marks_titles: false,
        }
    }

    /// The theme on a terminal that has dotted and curly underlines or not, with titles in 《》 underlined
    /// or not.
    #[must_use]
    pub const fn with_underlines(self, has_underline_styles: bool, marks_titles: bool) -> Self {
        Self {
            has_underline_styles,
            marks_titles: marks_titles && has_underline_styles,
            ..self
        }
    }

    /// The colours of text and background, if they are not the terminal's own.
    pub(super) fn paint(&self) -> Option<(Color, Color)> {
        self.paints
            .then(|| (self.colour(Swatch::Text), self.colour(Swatch::Background)))
    }

    /// The style of a piece of article text.
    pub fn style(&self, role: Role) -> Style {
        let base = match role.kind {
            RoleKind::Text | RoleKind::Footnote => Style::new(),
            // Underlines belong to links, and in Chinese to proper names.
            RoleKind::Heading(1) if self.colour(Swatch::Accent) == Color::Reset => {
                Style::new().add_modifier(Modifier::BOLD)
            }
            RoleKind::Heading(1) => self.fore(Swatch::Accent),
            RoleKind::Heading(2) | RoleKind::TableHead => Style::new().add_modifier(Modifier::BOLD),
            RoleKind::Heading(3) => self.fore(Swatch::Quiet).add_modifier(Modifier::BOLD),
            RoleKind::Heading(_)
            | RoleKind::Label
            | RoleKind::Quote
            | RoleKind::Html
            | RoleKind::Pinyin
            | RoleKind::Gloss
            | RoleKind::QuoteBar
            | RoleKind::Marker => self.fore(Swatch::Quiet),
            RoleKind::Code => self.fore(Swatch::Code),
            RoleKind::TableRule | RoleKind::Rule => self.faint(),
        };
        self.inline(base, role.inline)
    }

    fn inline(&self, mut style: Style, inline: Inline) -> Style {
        if inline.is_empty() {
            return style;
        }
        if inline.intersects(Inline::CODE | Inline::MATH) {
            style = style.patch(self.fore(Swatch::Code));
        }
        if inline.intersects(Inline::IMAGE | Inline::RUBY | Inline::FOOTNOTE) {
            style = style.patch(self.fore(Swatch::Quiet));
        }
        if inline.intersects(Inline::LINK | Inline::UNDERLINE) {
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
        match tone {
            Tone::Known if self.has_underline_styles => Style::new().add_modifier(DOTTED),
            Tone::Plain | Tone::Known => Style::new(),
            Tone::Quiet => self.fore(Swatch::Quiet),
            Tone::Faint => self.faint(),
            Tone::Accent => self.fore(Swatch::Accent),
            Tone::Title => Style::new().add_modifier(Modifier::BOLD),
            Tone::Selected => self.ground(Swatch::Selection).add_modifier(Modifier::BOLD),
            Tone::SelectedElsewhere => match self.colour(Swatch::SelectionElsewhere) {
                Color::Reset => Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
                colour => Style::new().bg(colour),
            },
            // Too much without colours.
            Tone::Apart => match self.colour(Swatch::SelectionElsewhere) {
                Color::Reset => Style::new(),
                colour => Style::new().bg(colour),
            },
            Tone::Answers => match self.colour(Swatch::SelectionElsewhere) {
                Color::Reset => Style::new().add_modifier(Modifier::DIM),
                colour => Style::new().bg(colour),
            },
            Tone::Highlight(colour) => match self.colour(swatch_of(colour)) {
                Color::Reset => Style::new().add_modifier(Modifier::UNDERLINED),
                colour => Style::new().bg(colour),
            },
            Tone::Kept if !self.has_underline_styles => {
                Style::new().add_modifier(Modifier::UNDERLINED)
            }
            Tone::Kept => Style::new().add_modifier(CURLY),
            Tone::Lit => self.ground(Swatch::Selection),
            Tone::Match => match self.ground(Swatch::Match) {
                // On its own background only the colour of text is legible for sure.
                style if style.bg.is_some() => style.fg(Color::Reset),
                style => style,
            },
            Tone::CurrentMatch => match self.colour(Swatch::Accent) {
                Color::Reset => Style::new()
                    .add_modifier(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
                colour => Style::new().fg(self.colour(Swatch::OnAccent)).bg(colour),
            },
            Tone::Label => match self.colour(Swatch::Warning) {
                Color::Reset => Style::new().add_modifier(Modifier::REVERSED),
                colour => Style::new().fg(self.colour(Swatch::OnAccent)).bg(colour),
            },
            Tone::Headline | Tone::Key => self.fore(Swatch::Accent).add_modifier(Modifier::BOLD),
            Tone::Code(role) => self.fore(match role {
                CodeRole::Comment => Swatch::Quiet,
                CodeRole::String => Swatch::CodeString,
                CodeRole::Constant => Swatch::CodeConstant,
                CodeRole::Keyword => Swatch::CodeKeyword,
                CodeRole::Name => Swatch::CodeName,
            }),
            Tone::Warning => self.fore(Swatch::Warning),
            Tone::Mismatch => self
                .fore(Swatch::Warning)
                .add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// A foreground; without a colour, a quiet one is dim.
    fn fore(&self, swatch: Swatch) -> Style {
        match (self.colour(swatch), swatch) {
            (Color::Reset, Swatch::Quiet | Swatch::Faint) => {
                Style::new().add_modifier(Modifier::DIM)
            }
            (Color::Reset, _) => Style::new(),
            (colour, _) => Style::new().fg(colour),
        }
    }

    fn faint(&self) -> Style {
        self.fore(Swatch::Faint)
    }

    /// A background; without a colour, the text is reversed.
    fn ground(&self, swatch: Swatch) -> Style {
        match self.colour(swatch) {
            Color::Reset => Style::new().add_modifier(Modifier::REVERSED),
            colour => Style::new().bg(colour),
        }
    }

    /// A colour at the theme's depth; `Reset` for none.
    const fn colour(&self, swatch: Swatch) -> Color {
        self.colours[swatch as usize]
    }
}

const fn swatch_of(colour: HighlightColour) -> Swatch {
    match colour {
        HighlightColour::Yellow => Swatch::HighlightYellow,
        HighlightColour::Green => Swatch::HighlightGreen,
        HighlightColour::Blue => Swatch::HighlightBlue,
        HighlightColour::Red => Swatch::HighlightRed,
        HighlightColour::Purple => Swatch::HighlightPurple,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_TONE: [Tone; 20] = [
        Tone::Plain,
        Tone::Quiet,
        Tone::Faint,
        Tone::Accent,
        Tone::Title,
        Tone::Headline,
        Tone::Label,
        Tone::Selected,
        Tone::SelectedElsewhere,
        Tone::Apart,
        Tone::Answers,
        Tone::Highlight(HighlightColour::Red),
        Tone::Lit,
        Tone::Match,
        Tone::CurrentMatch,
        Tone::Key,
        Tone::Warning,
        Tone::Mismatch,
        Tone::Code(CodeRole::Comment),
        Tone::Code(CodeRole::Keyword),
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
                            _ if colour == Color::Reset => depth > ColourDepth::Ansi16,
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
                Tone::Lit,
                Tone::Highlight(HighlightColour::Yellow),
                Tone::Match,
                Tone::CurrentMatch,
            ] {
                assert_ne!(theme.tone(tone), Style::new(), "{tone:?} at {depth:?}");
            }
            assert_ne!(theme.tone(Tone::Match), theme.tone(Tone::CurrentMatch));
        }
    }
}
