use std::collections::HashSet;

use super::*;

#[test]
fn no_chord_means_two_things_in_one_place() {
    for context in [LIST, ARTICLE, POPUP, PROMPT, POPUP.and(SEARCH), FACETS] {
        let mut seen = HashSet::new();
        for keys in bindings_in(context).flat_map(|binding| binding.keys) {
            assert!(seen.insert(*keys), "{keys} twice in {context}");
        }
        for keys in &seen {
            let prefix = format!("{keys} ");
            assert!(
                !seen.iter().any(|other| other.starts_with(&prefix)),
                "{keys} begins another in {context}"
            );
        }
    }
}

#[test]
fn keys_of_the_table_are_as_keys_arrive() {
    for keys in bindings().flat_map(|binding| binding.keys) {
        let key = keys.split(' ').next_back().unwrap();
        if let (Some(c), None) = (key.chars().next(), key.chars().nth(1)) {
            assert_eq!(Key::char(c).meant(), Key::char(c), "{keys}");
            assert!(!c.is_ascii_digit(), "{keys} is a count");
        }
    }
}

#[test]
fn the_essential_needs_no_letters() {
    let is_letter = |keys: &&str| keys.chars().count() == 1 && !"←↑→↓".contains(*keys);
    for action in [
        Move(Lines(1)),
        Move(Lines(-1)),
        Move(Pages(1)),
        Move(Pages(-1)),
        Move(Start),
        Move(End),
        Left,
        Right,
        Enter,
        Back,
        SwitchLanguage,
    ] {
        let binding = bindings().find(|binding| binding.action == action).unwrap();
        assert!(!binding.keys.iter().all(is_letter), "{action:?}");
    }
}

#[test]
fn keys_are_named() {
    assert_eq!(Key::ctrl('d').to_string(), "Ctrl-d");
    assert_eq!(Key::plain(Code::PageDown).to_string(), "PgDn");
    let g = Key::char('g');
    assert_eq!(action(LIST, Some(g), g), Some(Move(Start)));
    assert!(
        markdown_table().contains("| `g g` `Home` | list, article, popups | go to the top |\n")
    );
}
