use std::collections::HashSet;

use super::*;
use crate::reader::Key;

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
fn no_two_commands_of_a_context_have_the_same_name() {
    for context in ALL.each() {
        let mut seen = HashSet::new();
        for row in bindings_in(context) {
            assert!(seen.insert(row.name), "{} twice in {context}", row.name);
        }
    }
}

#[test]
fn the_table_names_the_keys_and_the_command() {
    let row = "| `g g` `Home` | list, article, popup | go to the top | `top` |\n";
    assert!(markdown_table().contains(row));
}
