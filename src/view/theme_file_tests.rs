use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;

use super::super::palette::{CONTRASTS, ColourDepth, Swatch, channels, contrast};
use super::*;
use crate::text::clean_line;

fn mistake(file: &str) -> (Option<usize>, String) {
    let mistake = Palette::parse(file).unwrap_err();
    (mistake.line, mistake.message)
}

#[test]
fn every_shipped_theme_can_be_read_and_every_file_is_shipped() {
    let mut names = BTreeSet::new();
    for (name, background) in Palette::shipped_themes() {
        let (_, file) = SHIPPED.iter().find(|(other, _)| *other == name).unwrap();
        let palette = Palette::parse(file).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        assert_eq!(palette.background(), background, "{name}");
        assert!(file.starts_with("# "), "{name} names its author");
        names.insert(format!("{name}.toml"));
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes");
    let files = fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(files.collect::<BTreeSet<_>>(), names);
}

/// 4.5 to 1 for text and 3 to 1 for signs, after WCAG 2, against the background that the theme
/// paints or assumes.
#[test]
fn text_and_signs_stand_out_in_every_shipped_theme_in_256_colours_too() {
    for (name, _) in Palette::shipped_themes().filter(|(name, _)| *name != "terminal") {
        let palette = Palette::shipped(name).unwrap();
        for depth in [ColourDepth::Ansi256, ColourDepth::True] {
            let of = |swatch: Swatch| channels(palette.at(depth)[swatch as usize]).unwrap();
            for (front, ground, least) in CONTRASTS {
                let found = contrast(of(front), of(ground));
                assert!(
                    found >= least,
                    "{name} at {depth:?}: {front:?} on {ground:?} {found:.2}"
                );
            }
            let ground = of(Swatch::Background);
            for lit in [Swatch::Selection, Swatch::SelectionElsewhere, Swatch::Match] {
                assert_ne!(of(lit), ground, "{name} at {depth:?}: {lit:?}");
            }
        }
    }
}

#[test]
fn the_theme_of_the_terminal_has_only_its_own_sixteen_colours() {
    let palette = Palette::shipped("terminal").unwrap();
    assert!(!palette.paints);
    for (name, swatch) in SWATCHES {
        for depth in [ColourDepth::Ansi16, ColourDepth::Ansi256, ColourDepth::True] {
            let colour = palette.at(depth)[swatch as usize];
            assert!(
                !matches!(colour, Color::Rgb(..) | Color::Indexed(_)),
                "{name} is {colour}"
            );
        }
    }
}

#[test]
fn what_a_file_leaves_out_is_inherited() {
    let own =
        Palette::parse("kind = \"light\"\naccent = [\"#00ff00\", \"20\", \"green\"]").unwrap();
    let light = Palette::own(Background::Light);
    let accent = [ColourDepth::Ansi16, ColourDepth::Ansi256, ColourDepth::True]
        .map(|depth| own.at(depth)[Swatch::Accent as usize]);
    assert_eq!(
        accent,
        [Color::Green, Color::Indexed(20), Color::Rgb(0, 255, 0)]
    );
    let quiet = |palette: &Palette| palette.at(ColourDepth::True)[Swatch::Quiet as usize];
    assert_eq!(
        (own.background(), quiet(&own)),
        (Background::Light, quiet(&light))
    );
    let nord = Palette::parse("inherits = \"nord\"\npaint = false\n").unwrap();
    assert_eq!(quiet(&nord), quiet(&Palette::shipped("nord").unwrap()));
    assert!(!nord.paints);
}

#[test]
fn a_mistake_is_told_with_its_line_and_what_is_right() {
    let expected = "accent: expected a colour: \"#rrggbb\", \"0\" to \"255\", a name such as \"light-red\", \"reset\", or a list of these";
    for wrong in ["\"#12345g\"", "\"reddish\"", "1", "[]", "[1]", "\"256\""] {
        let file = format!("kind = \"dark\"\n\naccent = {wrong}\n");
        assert_eq!(mistake(&file), (Some(3), expected.into()), "{wrong}");
    }
    let of = |line, message: &str| (Some(line), message.to_owned());
    assert_eq!(
        mistake("acent = \"red\""),
        of(1, "no colour acent; did you mean accent?")
    );
    assert_eq!(
        mistake("\"\\u001b[2J\" = 1").1,
        "no colour ␛[2J; docs/settings.md lists them"
    );
    assert_eq!(
        mistake("kind = \"drak\""),
        of(1, "kind: expected \"dark\" or \"light\"")
    );
    assert_eq!(
        mistake("\ninherits = \"nrod\""),
        of(2, "no theme nrod; did you mean nord?")
    );
    assert_eq!(mistake("a = = 1").0, Some(1));
}

proptest! {
    #[test]
    fn any_file_gives_a_theme_or_a_harmless_message(text in "\\PC{0,20}(\n(accent|text|kind|paint|inherits|[a-z\u{1b}]{1,6}) ?= ?(\"#?[a-f0-9\u{202e}]{0,7}\"|[0-9]{1,4}|\\[.{0,9}\\]))*") {
        if let Err(mistake) = Palette::parse(&text) {
            prop_assert_eq!(clean_line(&mistake.message), mistake.message.as_str());
            prop_assert!(mistake.message.chars().count() < 200);
        }
    }
}
