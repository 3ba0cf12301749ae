//! What the environment variables say about the terminal and the language.

use std::env;

use crate::locale::Locale;
use crate::view::{Background, ColourDepth};

/// How many colours the terminal shows, by `NO_COLOR`, `COLORTERM` and `TERM`.
///
/// Sources: no-color.org; the truecolor list at gist.github.com/kurahaupo; what terminals set.
pub fn colour_depth() -> ColourDepth {
    depth_from(|name| env::var(name).ok())
}

fn depth_from(variable: impl Fn(&str) -> Option<String>) -> ColourDepth {
    let value = |name: &str| variable(name).unwrap_or_default();
    if !value("NO_COLOR").is_empty() {
        return ColourDepth::None;
    }
    let (term, program) = (value("TERM"), value("TERM_PROGRAM"));
    let true_colour_terms = [
        "kitty",
        "alacritty",
        "ghostty",
        "foot",
        "wezterm",
        "contour",
        "rio",
        "direct",
        "truecolor",
    ];
    if term.is_empty() || term == "dumb" {
        ColourDepth::None
    } else if program == "Apple_Terminal" {
        ColourDepth::Ansi256
    } else if matches!(value("COLORTERM").as_str(), "truecolor" | "24bit")
        || matches!(
            program.as_str(),
            "iTerm.app" | "WezTerm" | "ghostty" | "vscode"
        )
        || true_colour_terms.iter().any(|name| term.contains(name))
    {
        ColourDepth::True
    } else if term.contains("256") {
        ColourDepth::Ansi256
    } else if term.starts_with("vt") {
        ColourDepth::None
    } else {
        ColourDepth::Ansi16
    }
}

/// Whether the terminal draws dotted and curly underlines (`4:4`, `4:3`), by its name; None if it has to be asked.
/// Others take them for a colour, and a multiplexer passes them on only if it is set to.
pub fn underline_styles() -> Option<bool> {
    underline_styles_from(|name| env::var(name).ok())
}

fn underline_styles_from(variable: impl Fn(&str) -> Option<String>) -> Option<bool> {
    let value = |name: &str| variable(name).unwrap_or_default().to_lowercase();
    let (term, program) = (value("TERM"), value("TERM_PROGRAM"));
    let is_other = |name: &&str| term.starts_with(*name) || program == *name;
    let known = [
        "kitty",
        "wezterm",
        "ghostty",
        "foot",
        "alacritty",
        "contour",
        "rio",
        "iterm.app",
        "mintty",
        "vscode",
    ];
    if ["tmux", "screen", "linux", "vt", "dumb", "apple_terminal"]
        .iter()
        .any(is_other)
    {
        return Some(false);
    }
    // VTE has dots since 0.76.
    let vte = value("VTE_VERSION").parse::<u32>();
    let is_known = |name: &&str| term.contains(name) || program == *name;
    (known.iter().any(is_known) || vte.is_ok_and(|version| version >= 7600)).then_some(true)
}

/// The background of the terminal by `COLORFGBG`, which rxvt, Konsole and others set: its last number
/// is the background's colour, and 7 and 15 are light.
pub fn background() -> Option<Background> {
    background_from(&env::var("COLORFGBG").ok()?)
}

fn background_from(value: &str) -> Option<Background> {
    let number: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(if matches!(number, 7 | 15) {
        Background::Light
    } else {
        Background::Dark
    })
}

/// The language of the system's messages, by `LC_ALL`, `LC_MESSAGES` and `LANG`: the first that is not empty, as
/// POSIX has it.
pub(super) fn locale() -> Locale {
    let value = |name: &&str| env::var(name).ok().filter(|value| !value.is_empty());
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(value);
    name.map_or_else(Locale::default, |name| Locale::named(&name))
}

/// Whether the terminal ignores the strings (OSC) that it does not know. The consoles of the kernel
/// and the oldest terminals print them.
pub(super) fn takes_strings() -> bool {
    let term = env::var("TERM").unwrap_or_default();
    !is_dumb() && term != "linux" && !term.starts_with("vt")
}

/// True if the terminal cannot move its cursor.
pub fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether a program is on the path.
pub(super) fn has_program(name: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths).any(|folder| folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        move |name| {
            let found = pairs.iter().find(|(other, _)| *other == name);
            found.map(|(_, value)| (*value).into())
        }
    }

    fn depth(pairs: &[(&str, &str)]) -> ColourDepth {
        depth_from(variables(pairs))
    }

    #[test]
    fn the_depth_of_colour_follows_the_environment() {
        assert_eq!(depth(&[("TERM", "xterm-256color")]), ColourDepth::Ansi256);
        assert_eq!(
            depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]),
            ColourDepth::True
        );
        assert_eq!(depth(&[("TERM", "xterm-kitty")]), ColourDepth::True);
        assert_eq!(depth(&[("TERM", "linux")]), ColourDepth::Ansi16);
        assert_eq!(depth(&[("TERM", "vt220")]), ColourDepth::None);
        assert_eq!(depth(&[("TERM", "dumb")]), ColourDepth::None);
        assert_eq!(depth(&[]), ColourDepth::None);
        let apple = [
            ("TERM", "xterm-256color"),
            ("TERM_PROGRAM", "Apple_Terminal"),
            ("COLORTERM", "truecolor"),
        ];
        assert_eq!(depth(&apple), ColourDepth::Ansi256);
        assert_eq!(
            depth(&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")]),
            ColourDepth::None
        );
        assert_eq!(
            depth(&[("TERM", "xterm-kitty"), ("NO_COLOR", "")]),
            ColourDepth::True
        );
    }

    #[test]
    fn underlines_in_styles_follow_the_name_of_the_terminal() {
        let styles = |pairs: &[(&str, &str)]| underline_styles_from(variables(pairs));
        for known in ["xterm-kitty", "foot-extra", "alacritty"] {
            assert_eq!(styles(&[("TERM", known)]), Some(true), "{known}");
        }
        let xterm = ("TERM", "xterm-256color");
        assert_eq!(styles(&[xterm]), None);
        assert_eq!(styles(&[xterm, ("TERM_PROGRAM", "iTerm.app")]), Some(true));
        assert_eq!(styles(&[xterm, ("VTE_VERSION", "7600")]), Some(true));
        assert_eq!(styles(&[xterm, ("VTE_VERSION", "7402")]), None);
        assert_eq!(
            styles(&[xterm, ("TERM_PROGRAM", "Apple_Terminal")]),
            Some(false)
        );
        // What the terminal around it set is still there.
        let tmux = [("TERM", "tmux-256color"), ("VTE_VERSION", "7600")];
        assert_eq!(styles(&tmux), Some(false));
    }

    #[test]
    fn the_background_follows_colorfgbg() {
        assert_eq!(background_from("15;0"), Some(Background::Dark));
        assert_eq!(background_from("0;default;15"), Some(Background::Light));
        assert_eq!(background_from("default;default"), None);
        assert_eq!(background_from(""), None);
    }
}
