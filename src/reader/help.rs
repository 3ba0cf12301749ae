//! What the help says: keys by what they are for and where, marks of the list, the syntax of queries.

use super::bound_keys::BoundKeys;
use super::keymap::{self, Contexts};

/// The syntax of queries.
const QUERIES: [(&str, &str); 9] = [
    (
        message!("words"),
        message!(
            "in title, description, source and tags, also by pinyin or initials; or in the texts"
        ),
    ),
    (
        message!("\"a phrase\""),
        message!("exactly these whole words; `text:word` only in the texts"),
    ),
    (message!("*word*"), message!("inside other words too")),
    ("tag: author:", "`tag:energy`, `author:observer`"),
    (
        "lang: has:",
        "`lang:en`, `lang:both`, `lang:mixed`, `has:problem`",
    ),
    (
        "note: colour:",
        "`has:highlight`, `has:note`, `note:energy`, `colour:green`",
    ),
    (
        "is:",
        "`is:unread`, `is:read`, `is:finished`, `is:starred`, `is:new`",
    ),
    (
        "date:",
        message!(
            "`date:2024-06`, `date:2024-06-01..2024-06-30`, `date:7d` for the last seven days"
        ),
    ),
    (
        "- or ( )",
        message!("`-tag:sport` excludes; `tag:ai or tag:energy` matches either; parentheses group"),
    ),
];

/// The marks before titles in the list.
const MARKS: [(&str, &str); 7] = [
    ("+", message!("new since the last visit")),
    ("-", message!("read")),
    ("✓", message!("finished: read to its end")),
    ("*", message!("starred")),
    (
        "≠",
        message!("figures of the two languages disagree (! in terminals that draw ≠ wide)"),
    ),
    ("!", message!("a problem in the file; the key ! shows it")),
    (
        message!("grey"),
        message!("a title that was read; none of these marks: unread"),
    ),
];

/// The parts of the reader, each with the title of its help and of its keys in that of another.
#[rustfmt::skip]
const PLACES: [(Contexts, &str, &str); 7] = [
    (keymap::LIST, message!("Keys in the list"), message!("Also in the list")),
    (keymap::ARTICLE, message!("Keys in the article"), message!("Also in the article")),
    (keymap::PROMPT, message!("Keys in an input line"), message!("Also in an input line")),
    (keymap::POPUP, message!("Keys in boxes and over links"), message!("Also in boxes and over links")),
    (keymap::SEARCH, message!("Keys in the results of a search"), message!("Also in the results of a search")),
    (keymap::FACETS, message!("Keys in the facets"), message!("Also in the facets")),
    (keymap::HELP, message!("Keys in the help"), message!("Also in the help")),
];

/// A group of the help in English: its title, and keys or the like, each with its meaning.
pub(super) type HelpGroup = (String, Vec<(String, String)>);

/// The title of the help on a context, in English.
pub(super) fn help_title(context: Contexts) -> &'static str {
    let place = PLACES.iter().rfind(|(place, ..)| place.overlaps(context));
    place.map_or("", |(_, title, _)| title)
}

/// Each key once: first those of a context by what they are for, then those of other places.
pub(super) fn help_groups(context: Contexts, keys: &BoundKeys) -> Vec<HelpGroup> {
    let table = |title: &str, rows: &[(&str, &str)]| {
        let rows = rows
            .iter()
            .map(|(what, help)| ((*what).to_owned(), (*help).to_owned()));
        (title.to_owned(), rows.collect::<Vec<_>>())
    };
    // Commands without a key are in the menu.
    let describe = |binding: &keymap::Binding, context| {
        let keys = keys.keys_of(binding, context);
        (!keys.is_empty()).then(|| (keys.join(" "), binding.help.to_owned()))
    };
    let mut groups = Vec::new();
    for (name, bindings) in keymap::GROUPS {
        let here = bindings.iter().filter(|it| it.contexts.overlaps(context));
        let here = here.filter_map(|it| describe(it, context));
        groups.push((name.to_owned(), here.collect()));
    }
    let sequences = keys.sequences(context);
    let sequences = sequences.map(|(keys, names)| (keys.to_owned(), names));
    groups.push((message!("Several commands").to_owned(), sequences.collect()));
    groups.push(table(message!("Marks in the list"), &MARKS));
    let mut covered = context;
    for (place, _, title) in PLACES {
        let there = keymap::GROUPS
            .into_iter()
            .flat_map(|(_, bindings)| bindings);
        let there =
            there.filter(|it| it.contexts.overlaps(place) && !it.contexts.overlaps(covered));
        let there = there.filter_map(|it| describe(it, place));
        groups.push((title.to_owned(), there.collect()));
        covered = covered.and(place);
    }
    groups.push(table(message!("Queries of filters and searches"), &QUERIES));
    groups
}

#[cfg(test)]
mod tests {
    use super::QUERIES;
    use crate::catalog::Query;

    #[test]
    fn the_examples_of_the_help_can_be_parsed() {
        let examples = QUERIES
            .iter()
            .flat_map(|(_, help)| help.split('`').skip(1).step_by(2));
        let mut count = 0;
        for example in examples {
            assert!(
                example == "or" || Query::parse(example).is_ok(),
                "{example}"
            );
            count += 1;
        }
        assert!(count > 10);
    }
}
