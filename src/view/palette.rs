//! The colours of a theme by what they are for, at three depths. What its file does not give for 256
//! and 16 colours is computed, so that text and signs stay legible.

use ratatui::style::Color;

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

/// What a colour is for. Each is computed after those that it must stand out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Swatch {
    Background,
    Text,
    Selection,
    SelectionElsewhere,
    Match,
    Accent,
    Quiet,
    Faint,
    Code,
    Warning,
    OnAccent,
    CodeKeyword,
    CodeString,
    CodeConstant,
    CodeName,
    HighlightYellow,
    HighlightGreen,
    HighlightBlue,
    HighlightRed,
    HighlightPurple,
}

use Swatch::{
    Accent, Background as Ground, Code, CodeConstant, CodeKeyword, CodeName, CodeString, Faint,
    HighlightBlue, HighlightGreen, HighlightPurple, HighlightRed, HighlightYellow, Match, OnAccent,
    Quiet, Selection, SelectionElsewhere, Text, Warning,
};

/// Their names in a theme file.
pub(super) const SWATCHES: [(&str, Swatch); 20] = [
    ("background", Ground),
    ("text", Text),
    ("selection", Selection),
    ("selection_elsewhere", SelectionElsewhere),
    ("match", Match),
    ("accent", Accent),
    ("quiet", Quiet),
    ("faint", Faint),
    ("code", Code),
    ("warning", Warning),
    ("on_accent", OnAccent),
    ("code_keyword", CodeKeyword),
    ("code_string", CodeString),
    ("code_constant", CodeConstant),
    ("code_name", CodeName),
    ("highlight_yellow", HighlightYellow),
    ("highlight_green", HighlightGreen),
    ("highlight_blue", HighlightBlue),
    ("highlight_red", HighlightRed),
    ("highlight_purple", HighlightPurple),
];

/// The contrast of text and of signs with what is behind them, after WCAG 2.
const OF_TEXT: f64 = 4.5;
const OF_SIGNS: f64 = 3.0;

/// Which colour stands on which, and the least contrast of the two.
pub(super) const CONTRASTS: [(Swatch, Swatch, f64); 26] = [
    (Text, Ground, OF_TEXT),
    (Accent, Ground, OF_TEXT),
    (Quiet, Ground, OF_TEXT),
    (Code, Ground, OF_TEXT),
    (Warning, Ground, OF_TEXT),
    (Faint, Ground, OF_SIGNS),
    (Text, Selection, OF_TEXT),
    (Text, SelectionElsewhere, OF_TEXT),
    (Text, Match, OF_TEXT),
    (Quiet, Selection, OF_TEXT),
    (Quiet, SelectionElsewhere, OF_TEXT),
    (Accent, Selection, OF_SIGNS),
    (Accent, SelectionElsewhere, OF_SIGNS),
    (Warning, Selection, OF_SIGNS),
    (Warning, SelectionElsewhere, OF_SIGNS),
    (OnAccent, Accent, OF_TEXT),
    (OnAccent, Warning, OF_TEXT),
    (CodeKeyword, Ground, OF_TEXT),
    (CodeString, Ground, OF_TEXT),
    (CodeConstant, Ground, OF_TEXT),
    (CodeName, Ground, OF_TEXT),
    (Text, HighlightYellow, OF_TEXT),
    (Text, HighlightGreen, OF_TEXT),
    (Text, HighlightBlue, OF_TEXT),
    (Text, HighlightRed, OF_TEXT),
    (Text, HighlightPurple, OF_TEXT),
];

/// A colour at each depth that has any: 16, 256, all.
pub(super) type AtDepths<T> = [T; 3];

/// The colours of a theme, as its file gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    pub(super) background: Background,
    /// Whether the whole screen is in its colours, not in the terminal's own.
    pub(super) paints: bool,
    pub(super) given: [AtDepths<Option<Color>>; SWATCHES.len()],
}

impl Palette {
    /// Whether it is for a dark or a light background.
    pub const fn background(&self) -> Background {
        self.background
    }

    /// The colours at a depth, by swatch; those that are not given are computed. `Reset` is none.
    pub(super) fn at(&self, depth: ColourDepth) -> [Color; SWATCHES.len()] {
        let mut colours = [Color::Reset; SWATCHES.len()];
        for (_, swatch) in SWATCHES {
            let [few, some, all] = self.given[swatch as usize];
            let most = all.or(some).or(few).unwrap_or(Color::Reset);
            colours[swatch as usize] = match depth {
                ColourDepth::None => Color::Reset,
                ColourDepth::True => most,
                ColourDepth::Ansi256 => some.unwrap_or_else(|| match most {
                    Color::Rgb(..) => nearest(
                        swatch,
                        most,
                        depth,
                        &colours,
                        (16..=255).map(Color::Indexed),
                    ),
                    other => other,
                }),
                ColourDepth::Ansi16 => few.unwrap_or_else(|| match swatch {
                    // The background that is assumed.
                    Ground if self.background == Background::Light => Color::White,
                    Ground => Color::Black,
                    // With so few colours a selection is reversed, and code has one.
                    Text | Selection | SelectionElsewhere | Match | CodeKeyword | CodeString
                    | CodeConstant | CodeName | HighlightYellow | HighlightGreen
                    | HighlightBlue | HighlightRed | HighlightPurple => Color::Reset,
                    _ if most == Color::Reset => most,
                    _ => nearest(swatch, most, depth, &colours, SIXTEEN.into_iter()),
                }),
            };
        }
        colours
    }
}

/// The candidate that looks most like a colour, of those that stand out from the colours before it
/// as they must; of all, if none does.
fn nearest(
    swatch: Swatch,
    wanted: Color,
    depth: ColourDepth,
    before: &[Color; SWATCHES.len()],
    candidates: impl Iterator<Item = Color>,
) -> Color {
    let resolved = |other: Swatch| channels(before[other as usize]);
    let stands_out = |candidate: &Color| {
        let own = channels(*candidate);
        let is_ground = matches!(
            swatch,
            Selection
                | SelectionElsewhere
                | Match
                | HighlightYellow
                | HighlightGreen
                | HighlightBlue
                | HighlightRed
                | HighlightPurple
        );
        let differs = !is_ground || own != resolved(Ground);
        differs
            && CONTRASTS.iter().all(|&(front, ground, least)| {
                let other = match swatch {
                    _ if front == swatch => ground,
                    _ if ground == swatch => front,
                    _ => return true,
                };
                let is_later = other as usize > swatch as usize;
                // Nobody knows the sixteen colours of a terminal exactly.
                let is_vague = depth == ColourDepth::Ansi16;
                let least = if is_vague { OF_SIGNS } else { least };
                match (own, resolved(other)) {
                    (Some(own), Some(other)) if !is_later => contrast(own, other) >= least,
                    _ => true,
                }
            })
    };
    let wanted = channels(wanted).unwrap_or_default();
    let distance =
        |candidate: &Color| channels(*candidate).map_or(u32::MAX, |it| distance(it, wanted));
    // By distance first: to compute a contrast takes longer.
    let mut nearest: Vec<Color> = candidates.collect();
    nearest.sort_by_cached_key(distance);
    let fitting = nearest.iter().find(|candidate| stands_out(candidate));
    fitting.or(nearest.first()).copied().unwrap_or_default()
}

/// The colours of the terminal's own palette, in its order.
#[rustfmt::skip]
const SIXTEEN: [Color; 16] = [
    Color::Black, Color::Red, Color::Green, Color::Yellow, Color::Blue, Color::Magenta, Color::Cyan, Color::Gray,
    Color::DarkGray, Color::LightRed, Color::LightGreen, Color::LightYellow, Color::LightBlue, Color::LightMagenta, Color::LightCyan, Color::White,
];

/// What xterm shows for them.
const XTERM: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
    0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];

/// Red, green and blue; None if only the terminal knows.
pub(super) fn channels(colour: Color) -> Option<[u8; 3]> {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match colour {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(n @ 232..) => Some([8 + 10 * (n - 232); 3]),
        Color::Indexed(n @ 16..) => Some([(n - 16) / 36, (n - 16) / 6 % 6, (n - 16) % 6].map(step)),
        named => {
            let nth = match named {
                Color::Indexed(n) => usize::from(n),
                _ => SIXTEEN.iter().position(|other| *other == named)?,
            };
            let [_, channels @ ..] = XTERM[nth].to_be_bytes();
            Some(channels)
        }
    }
}

/// How different two colours look: a square distance whose weights depend on the red ("redmean").
fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    let red = u32::midpoint(one[0].into(), other[0].into());
    let square = |n: usize| u32::from(one[n].abs_diff(other[n])).pow(2);
    (512 + red) * square(0) + 1024 * square(1) + (767 - red) * square(2)
}

/// The contrast of two colours, from 1 to 21, after WCAG 2.
pub(super) fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |channels: [u8; 3]| {
        let [red, green, blue] = channels.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
