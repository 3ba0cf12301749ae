//! How the terminal shows pictures, by its answers and the environment.
//!
//! Sources: the documentation of kitty's graphics protocol, of iTerm2's inline images, and of tmux; for what terminals
//! claim and cannot, the table of `ratatui-image`.

use std::env;
use std::sync::Arc;

use crate::reader::CellSize;
use crate::settings::PictureSetting;
use crate::view::{Background, ColourDepth, PictureCells};

/// The cells of half blocks, whose real size does not matter: twice as high as wide.
const HALF_BLOCK_CELL: CellSize = CellSize {
    width: 10,
    height: 20,
};

/// How a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GraphicsProtocol {
    /// Kitty's, with Unicode placeholders.
    Kitty {
        /// Whether the terminal unpacks zlib.
        compressed: bool,
    },
    /// iTerm2's inline images.
    Iterm2,
    /// DEC's sixel.
    Sixel,
    /// Characters of half a cell in two colours.
    HalfBlocks,
}

/// An answer of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GraphicsAnswer {
    /// It speaks kitty's protocol.
    Kitty,
    /// It unpacks zlib there.
    KittyZlib,
    /// The size of its cells.
    Cell(CellSize),
    /// Its name and version, not cleaned.
    Name(String),
}

/// How pictures are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Encoding {
    pub(super) protocol: GraphicsProtocol,
    pub(super) cell: CellSize,
    pub(super) is_tmux: bool,
    /// What shows through where a picture is transparent.
    pub(super) background: Background,
}

/// A picture that can be drawn.
#[derive(Clone, Debug)]
pub(super) struct EncodedPicture {
    pub(super) cells: PictureCells,
    /// What has still to be sent before its cells, the last piece first.
    pub(super) pieces: Vec<String>,
    /// Whether a piece was sent.
    pub(super) is_begun: bool,
    /// The strips with their numbers.
    pub(super) strips: Vec<(u32, Arc<str>)>,
    /// Its number in the terminal, by which it is forgotten there.
    pub(super) number: Option<u32>,
}

/// What the terminal answered about pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GraphicsAnswers {
    /// Whether it speaks kitty's protocol.
    pub(super) kitty: bool,
    /// Whether it unpacks zlib there.
    pub(super) kitty_compressed: bool,
    /// Whether its attributes name sixel.
    pub(super) sixel: bool,
    /// The size of its cells.
    pub(super) cell: Option<CellSize>,
    /// Its name and version (XTVERSION).
    pub(super) name: String,
}

impl GraphicsAnswers {
    /// Takes up an answer.
    pub(super) fn take(&mut self, answer: GraphicsAnswer) {
        match answer {
            GraphicsAnswer::Kitty => self.kitty = true,
            GraphicsAnswer::KittyZlib => self.kitty_compressed = true,
            GraphicsAnswer::Cell(cell) => self.cell = Some(cell),
            GraphicsAnswer::Name(name) => self.name = name,
        }
    }
}

/// What the environment says about the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GraphicsEnvironment {
    /// Whether this runs inside tmux, which passes on what is wrapped, if it is allowed to.
    pub(super) is_tmux: bool,
    /// Whether this runs inside another multiplexer, which passes on nothing.
    is_screen: bool,
    /// The names of the terminal, in lower case; inside a multiplexer they may be of another one.
    names: String,
    depth: ColourDepth,
}

impl GraphicsEnvironment {
    /// That of the process.
    pub(super) fn new(depth: ColourDepth) -> Self {
        Self::of(|name| env::var(name).unwrap_or_default(), depth)
    }

    fn of(value: impl Fn(&str) -> String, depth: ColourDepth) -> Self {
        let term = value("TERM");
        let is_tmux = !value("TMUX").is_empty() || term.starts_with("tmux");
        let mut names = format!("{} {}", value("TERM_PROGRAM"), value("LC_TERMINAL"));
        for (variable, name) in [
            ("KONSOLE_VERSION", " konsole"),
            ("WEZTERM_EXECUTABLE", " wezterm"),
        ] {
            if !value(variable).is_empty() {
                names += name;
            }
        }
        Self {
            is_tmux,
            is_screen: !is_tmux && term.starts_with("screen"),
            names: names.to_lowercase(),
            depth,
        }
    }

    /// Whether the terminal can be asked. Apple's prints the question of kitty's protocol.
    pub(super) fn can_ask(&self) -> bool {
        !self.is_screen && !self.names.contains("apple_terminal")
    }

    /// How pictures are shown and how large a cell is; None if they are not shown.
    pub(super) fn choose(
        &self,
        setting: PictureSetting,
        answers: &GraphicsAnswers,
    ) -> Option<(GraphicsProtocol, CellSize)> {
        if cfg!(not(feature = "pictures")) {
            return None;
        }
        let half_blocks = (GraphicsProtocol::HalfBlocks, HALF_BLOCK_CELL);
        let kitty = GraphicsProtocol::Kitty {
            compressed: answers.kitty_compressed,
        };
        let protocol = match setting {
            PictureSetting::Halfblocks if self.depth == ColourDepth::True => {
                return Some(half_blocks);
            }
            PictureSetting::Off | PictureSetting::Halfblocks => None,
            PictureSetting::Kitty => Some(kitty),
            PictureSetting::Iterm2 => Some(GraphicsProtocol::Iterm2),
            PictureSetting::Sixel => Some(GraphicsProtocol::Sixel),
            PictureSetting::Auto => self.best(answers, kitty),
        };
        let cell = answers
            .cell
            .or((setting != PictureSetting::Auto).then_some(HALF_BLOCK_CELL));
        protocol.zip(cell)
    }

    /// The best protocol that the terminal has.
    fn best(&self, answers: &GraphicsAnswers, kitty: GraphicsProtocol) -> Option<GraphicsProtocol> {
        if self.is_screen {
            return None;
        }
        if self.is_tmux {
            // What it answers itself about sixel says nothing of the terminal around it, nor do names.
            return Some(kitty).filter(|_| answers.kitty);
        }
        let names = answers.name.to_lowercase() + " " + &self.names;
        let is_any = |list: &[&str]| list.iter().any(|name| names.contains(name));
        // Konsole has no placeholders, and its sixel is not clean.
        if is_any(&["konsole"]) {
            return None;
        }
        // WezTerm answers for kitty’s protocol, but has no placeholders.
        let iterm2 = ["iterm", "wezterm", "mintty", "vscode", "tabby", "rio"];
        if is_any(&iterm2) {
            return Some(GraphicsProtocol::Iterm2);
        }
        let sixel = Some(GraphicsProtocol::Sixel).filter(|_| answers.sixel);
        Some(kitty).filter(|_| answers.kitty).or(sixel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KITTY: GraphicsProtocol = GraphicsProtocol::Kitty { compressed: false };

    fn chosen(
        variables: &[(&str, &str)],
        setting: PictureSetting,
        change: impl Fn(&mut GraphicsAnswers),
    ) -> Option<GraphicsProtocol> {
        let value = |name: &str| {
            let found = variables.iter().find(|(other, _)| *other == name);
            found.map_or_else(String::new, |(_, value)| (*value).into())
        };
        let mut answers = GraphicsAnswers {
            cell: Some(HALF_BLOCK_CELL),
            ..GraphicsAnswers::default()
        };
        change(&mut answers);
        let environment = GraphicsEnvironment::of(value, ColourDepth::True);
        let chosen = environment.choose(setting, &answers);
        chosen.map(|(protocol, _)| protocol)
    }

    #[test]
    fn the_protocol_is_that_which_the_terminal_has() {
        let auto = PictureSetting::Auto;
        let nothing = |_: &mut GraphicsAnswers| {};
        let kitty = |it: &mut GraphicsAnswers| it.kitty = true;
        let sixel = |it: &mut GraphicsAnswers| it.sixel = true;
        assert_eq!(chosen(&[], auto, nothing), None);
        assert_eq!(chosen(&[], auto, kitty), Some(KITTY));
        assert_eq!(chosen(&[], auto, sixel), Some(GraphicsProtocol::Sixel));
        let wezterm = [("TERM_PROGRAM", "WezTerm")];
        assert_eq!(
            chosen(&wezterm, auto, kitty),
            Some(GraphicsProtocol::Iterm2)
        );
        let over_ssh = |it: &mut GraphicsAnswers| {
            it.kitty = true;
            it.name = "WezTerm 20240203".into();
        };
        assert_eq!(chosen(&[], auto, over_ssh), Some(GraphicsProtocol::Iterm2));
        let konsole = [("KONSOLE_VERSION", "230804")];
        assert_eq!(chosen(&konsole, auto, sixel), None);
        let sizeless = |it: &mut GraphicsAnswers| {
            it.kitty = true;
            it.cell = None;
        };
        assert_eq!(chosen(&[], auto, sizeless), None);
        assert_eq!(chosen(&[], PictureSetting::Kitty, sizeless), Some(KITTY));
    }

    #[test]
    fn inside_a_multiplexer_only_an_answer_from_outside_counts() {
        let auto = PictureSetting::Auto;
        let tmux = [
            ("TMUX", "/tmp/tmux-0/default"),
            ("TERM_PROGRAM", "tmux"),
            ("LC_TERMINAL", "iTerm2"),
        ];
        assert_eq!(chosen(&tmux, auto, |it| it.sixel = true), None);
        assert_eq!(chosen(&tmux, auto, |it| it.kitty = true), Some(KITTY));
        let screen = [("TERM", "screen-256color")];
        assert_eq!(chosen(&screen, auto, |it| it.kitty = true), None);
    }

    #[test]
    fn half_blocks_are_for_those_who_ask_for_them_and_have_the_colours() {
        let half = PictureSetting::Halfblocks;
        assert_eq!(
            chosen(&[], half, |_| {}),
            Some(GraphicsProtocol::HalfBlocks)
        );
        let few = GraphicsEnvironment::of(|_| String::new(), ColourDepth::Ansi256);
        assert_eq!(few.choose(half, &GraphicsAnswers::default()), None);
        assert_eq!(chosen(&[], PictureSetting::Off, |it| it.kitty = true), None);
    }
}
