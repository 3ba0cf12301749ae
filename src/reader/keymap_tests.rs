use std::collections::HashSet;

use super::*;

#[test]
fn no_chord_means_two_things_in_one_place() {
    let (boxes, hits, facets) = (Contexts::POPUP, Contexts::SEARCH, Contexts::FACETS);
    for context in [
        Contexts::LIST,
        Contexts::ARTICLE,
        boxes,
        Contexts::PROMPT,
        boxes.and(hits),
        boxes.and(facets),
    ] {
        let mut seen = HashSet::new();
        for binding in bindings().filter(|binding| binding.contexts.overlaps(context)) {
            for chord in binding.chords {
                assert!(seen.insert(*chord), "{chord} twice in {context}");
                assert!(
                    chord.prefix.is_some() || !is_prefix(context, chord.key),
                    "{chord} begins another in {context}"
                );
            }
        }
    }
}

#[test]
fn keys_of_the_table_are_as_keys_arrive() {
    for chord in bindings().flat_map(|binding| binding.chords) {
        assert_eq!(chord.key.meant(), chord.key, "{chord}");
        let is_digit = !chord.key.alt && matches!(chord.key.code, Code::Char('0'..='9'));
        assert!(!is_digit, "{chord} is a count");
    }
}

#[test]
fn the_essential_needs_no_letters() {
    let letters = |chord: &Chord| matches!(chord.key.code, Code::Char(_));
    for action in [
        Action::Down,
        Action::Up,
        Action::PageDown,
        Action::PageUp,
        Action::Top,
        Action::End,
        Action::Left,
        Action::Right,
        Action::Enter,
        Action::Back,
        Action::SwitchLanguage,
    ] {
        let binding = bindings().find(|binding| binding.action == action).unwrap();
        assert!(!binding.chords.iter().all(letters), "{action:?}");
    }
}

#[test]
fn keys_are_named() {
    assert_eq!(Key::ctrl('d').to_string(), "Ctrl-d");
    assert_eq!(twice('g').to_string(), "g g");
    assert_eq!(k(Code::PageDown).to_string(), "PgDn");
    assert!(
        markdown_table().contains("| `g g` `Home` | list, article, popups | go to the top |\n")
    );
}
