//! The keymap: one table of keys, from which the help and `docs/keys.md` are made too.

use std::fmt::{self, Write};

use super::message::{Code, Key};

/// What a key can do. The table below says it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Top,
    End,
    Left,
    Right,
    Enter,
    Back,
    Quit,
    QuitNow,
    NextArticle,
    PreviousArticle,
    NextBlock,
    PreviousBlock,
    NextHeading,
    PreviousHeading,
    SwitchLanguage,
    Parallel,
    Peek,
    SplitPair,
    MergePairs,
    ResetPairs,
    CopyPair,
    Alone,
    Sort,
    Find,
    NextMatch,
    PreviousMatch,
    Outline,
    Links,
    OpenLink,
    CopyLink,
    CopyBlock,
    Narrower,
    Wider,
    Pinyin,
    Problems,
    ToggleRead,
    Star,
    Undo,
    ReadAll,
    Refresh,
    Mouse,
    Search,
    SwitchSearchFocus,
    Facets,
    SaveSearch,
    ApplySearch,
    RenameSearch,
    DeleteSearch,
    Help,
    Suspend,
}

/// A set of the parts of the reader in which a key is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Contexts(u8);

impl Contexts {
    pub(super) const LIST: Self = Self(1);
    pub(super) const ARTICLE: Self = Self(2);
    /// Popups and link hints.
    pub(super) const POPUP: Self = Self(4);
    pub(super) const PROMPT: Self = Self(8);
    /// The results of a search; the keys of popups are bound there too.
    pub(super) const SEARCH: Self = Self(16);
    /// The facets; the keys of popups are bound there too.
    pub(super) const FACETS: Self = Self(32);

    const BOTH: Self = Self(3);
    const LISTED: Self = Self(7);
    const ALL: Self = Self(63);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A key, or two keys one after the other, as `g g`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Chord {
    pub(super) prefix: Option<Key>,
    pub(super) key: Key,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding {
    pub(super) action: Action,
    pub(super) contexts: Contexts,
    pub(super) chords: &'static [Chord],
    pub(super) help: &'static str,
}

const fn c(c: char) -> Chord {
    Chord {
        prefix: None,
        key: Key::char(c),
    }
}

const fn ctrl(c: char) -> Chord {
    Chord {
        prefix: None,
        key: Key::ctrl(c),
    }
}

const fn alt(c: char) -> Chord {
    Chord {
        prefix: None,
        key: Key {
            alt: true,
            ..Key::char(c)
        },
    }
}

const fn k(code: Code) -> Chord {
    Chord {
        prefix: None,
        key: Key::plain(code),
    }
}

const fn twice(c: char) -> Chord {
    Chord {
        prefix: Some(Key::char(c)),
        key: Key::char(c),
    }
}

const fn bind(
    action: Action,
    contexts: Contexts,
    chords: &'static [Chord],
    help: &'static str,
) -> Binding {
    Binding {
        action,
        contexts,
        chords,
        help,
    }
}

const LIST: Contexts = Contexts::LIST;
const ARTICLE: Contexts = Contexts::ARTICLE;
const POPUP: Contexts = Contexts::POPUP;
const BOTH: Contexts = Contexts::BOTH;
const LISTED: Contexts = Contexts::LISTED;
const PROMPT: Contexts = Contexts::PROMPT;
const FACETS: Contexts = Contexts::FACETS;

/// The table, by the groups of the help. An action that is worded differently in two contexts has a
/// row for each.
pub(super) const GROUPS: [(&str, &[Binding]); 5] = [
    ("Moving", MOVING),
    ("Reading", READING),
    (FINDING_GROUP, FINDING),
    ("Links and copying", LINKS),
    ("Program", PROGRAM),
];
/// The group after which the help shows the syntax of queries.
pub(super) const FINDING_GROUP: &str = "Finding";

const MOVING: &[Binding] = &[
    bind(Action::Down, LISTED, &[c('j'), k(Code::Down)], "down"),
    bind(Action::Up, LISTED, &[c('k'), k(Code::Up)], "up"),
    bind(Action::HalfDown, LISTED, &[ctrl('d')], "half a page down"),
    bind(Action::HalfUp, LISTED, &[ctrl('u')], "half a page up"),
    bind(
        Action::PageDown,
        LISTED,
        &[c(' '), k(Code::PageDown)],
        "a page down; at the end of an article the next unread one",
    ),
    bind(
        Action::PageUp,
        LISTED,
        &[c('b'), k(Code::PageUp)],
        "a page up",
    ),
    bind(
        Action::Top,
        LISTED,
        &[twice('g'), k(Code::Home)],
        "go to the top",
    ),
    bind(
        Action::End,
        LISTED,
        &[c('G'), k(Code::End)],
        "go to the end; in the list `12G` goes to article 12",
    ),
    bind(
        Action::Left,
        BOTH,
        &[c('h'), k(Code::Left)],
        "focus the list",
    ),
    bind(
        Action::Right,
        BOTH,
        &[c('l'), k(Code::Right)],
        "focus the article",
    ),
    bind(
        Action::NextArticle,
        BOTH,
        &[c('J')],
        "next article, also from the text",
    ),
    bind(
        Action::PreviousArticle,
        BOTH,
        &[c('K')],
        "previous article, also from the text",
    ),
    bind(Action::NextBlock, ARTICLE, &[c('}')], "next paragraph"),
    bind(
        Action::PreviousBlock,
        ARTICLE,
        &[c('{')],
        "previous paragraph",
    ),
    bind(Action::NextHeading, ARTICLE, &[c(')')], "next heading"),
    bind(
        Action::PreviousHeading,
        ARTICLE,
        &[c('(')],
        "previous heading",
    ),
];

const READING: &[Binding] = &[
    bind(Action::Enter, LIST, &[k(Code::Enter)], "read the article"),
    bind(
        Action::Enter,
        ARTICLE,
        &[k(Code::Enter)],
        "menu of commands for the article",
    ),
    bind(Action::Enter, POPUP, &[k(Code::Enter)], "choose"),
    bind(
        Action::SwitchLanguage,
        BOTH,
        &[k(Code::Tab), c('x')],
        "switch language, at the same place",
    ),
    bind(
        Action::Parallel,
        BOTH,
        &[c('X')],
        "both languages at once: side by side, or one after the other",
    ),
    bind(
        Action::Peek,
        BOTH,
        &[c('p')],
        "show or hide the translation of the current paragraph",
    ),
    bind(
        Action::SplitPair,
        ARTICLE,
        &[c('[')],
        "both languages: move the last paragraph out of this pair",
    ),
    bind(
        Action::MergePairs,
        ARTICLE,
        &[c(']')],
        "both languages: merge the next pair into this one",
    ),
    bind(
        Action::ResetPairs,
        ARTICLE,
        &[c('=')],
        "both languages: reset all pairs",
    ),
    bind(
        Action::Alone,
        BOTH,
        &[c('z')],
        "show only the article, or both panes",
    ),
    bind(Action::Narrower, BOTH, &[c('<')], "shorter lines"),
    bind(Action::Wider, BOTH, &[c('>')], "longer lines"),
    bind(
        Action::Pinyin,
        BOTH,
        &[c('P')],
        "show or hide pinyin above Chinese",
    ),
    bind(
        Action::Sort,
        BOTH,
        &[c('s')],
        "sort by date, title or source",
    ),
    bind(
        Action::ToggleRead,
        BOTH,
        &[c('r')],
        "mark as read or unread (in the list `-` is read, `✓` finished, `+` new, `*` starred)",
    ),
    bind(Action::Star, BOTH, &[c('*')], "star / unstar"),
    bind(Action::Undo, BOTH, &[c('u')], "undo the last mark"),
    bind(
        Action::ReadAll,
        BOTH,
        &[c('A')],
        "mark all as read (asks first)",
    ),
    bind(
        Action::Problems,
        BOTH,
        &[c('!')],
        "figures that disagree, and problems of the article",
    ),
];

const FINDING: &[Binding] = &[
    bind(
        Action::Find,
        LIST.and(FACETS),
        &[c('/')],
        "filter the list as you type",
    ),
    bind(Action::Find, ARTICLE, &[c('/')], "find in the article"),
    bind(
        Action::Search,
        BOTH,
        &[ctrl('f')],
        "search the texts of all articles",
    ),
    bind(
        Action::SwitchSearchFocus,
        Contexts::SEARCH,
        &[k(Code::Tab), c('/')],
        "back to the search box",
    ),
    bind(
        Action::SwitchSearchFocus,
        PROMPT,
        &[k(Code::Tab)],
        "search box: go to the results",
    ),
    bind(
        Action::Facets,
        BOTH.and(FACETS),
        &[c('F')],
        "tags, sources, months and saved searches",
    ),
    bind(
        Action::Left,
        FACETS,
        &[c('h'), k(Code::Left)],
        "the group on the left",
    ),
    bind(
        Action::Right,
        FACETS,
        &[c('l'), k(Code::Right), k(Code::Tab)],
        "the group on the right",
    ),
    bind(
        Action::SaveSearch,
        LIST.and(FACETS),
        &[c('S')],
        "save the filter under a name",
    ),
    bind(
        Action::ApplySearch,
        BOTH.and(FACETS),
        &[alt('1')],
        "the first saved search; `Alt-2` to `Alt-9` are the others",
    ),
    bind(
        Action::RenameSearch,
        FACETS,
        &[c('r')],
        "rename a saved search",
    ),
    bind(
        Action::DeleteSearch,
        FACETS,
        &[c('d'), k(Code::Delete)],
        "delete a saved search",
    ),
    bind(
        Action::NextMatch,
        BOTH,
        &[c('n')],
        "next match, or the next unread article",
    ),
    bind(
        Action::PreviousMatch,
        BOTH,
        &[c('N')],
        "previous match, or the unread article before",
    ),
    bind(
        Action::NextMatch,
        PROMPT,
        &[k(Code::Down), ctrl('n')],
        "next match or article",
    ),
    bind(
        Action::PreviousMatch,
        PROMPT,
        &[k(Code::Up), ctrl('p')],
        "previous match or article",
    ),
    bind(
        Action::PageDown,
        PROMPT,
        &[k(Code::PageDown)],
        "a page of articles or matches down",
    ),
    bind(
        Action::PageUp,
        PROMPT,
        &[k(Code::PageUp)],
        "a page of articles or matches up",
    ),
    bind(
        Action::Enter,
        PROMPT,
        &[k(Code::Enter)],
        "keep the matches; in a search, open the selected one",
    ),
    bind(Action::Outline, BOTH, &[c('t')], "outline of the headings"),
];

const LINKS: &[Binding] = &[
    bind(
        Action::OpenLink,
        LISTED,
        &[c('o')],
        "open the article's link; it is shown first",
    ),
    bind(Action::CopyLink, LISTED, &[c('y')], "copy the link"),
    bind(
        Action::Links,
        BOTH,
        &[c('f')],
        "label every link on the screen, to open or copy it",
    ),
    bind(
        Action::CopyBlock,
        BOTH,
        &[c('c')],
        "copy the current paragraph as a quotation with its source",
    ),
    bind(
        Action::CopyPair,
        BOTH,
        &[c('Y')],
        "copy the current paragraph in both languages",
    ),
    bind(Action::Mouse, BOTH, &[c('M')], "toggle mouse capture"),
];

const PROGRAM: &[Binding] = &[
    bind(Action::Help, LISTED, &[c('?')], "this help"),
    bind(Action::Refresh, BOTH, &[c('R')], "read all files again"),
    bind(Action::Back, Contexts::ALL, &[k(Code::Esc)], "back"),
    bind(Action::Quit, LISTED, &[c('q')], "back; in the list, quit"),
    bind(
        Action::Suspend,
        Contexts::ALL,
        &[ctrl('z')],
        "suspend; `fg` resumes",
    ),
    bind(Action::QuitNow, Contexts::ALL, &[ctrl('c')], "quit"),
];

fn bindings() -> impl Iterator<Item = &'static Binding> {
    GROUPS.iter().flat_map(|(_, bindings)| *bindings)
}

/// The action of a key in a context, after a prefix or without one.
pub(super) fn action(context: Contexts, prefix: Option<Key>, key: Key) -> Option<Action> {
    let chord = Chord { prefix, key };
    let mut found = bindings().filter(|binding| binding.contexts.overlaps(context));
    found
        .find(|binding| binding.chords.contains(&chord))
        .map(|binding| binding.action)
}

pub(super) fn is_prefix(context: Contexts, key: Key) -> bool {
    let mut known = bindings().filter(|binding| binding.contexts.overlaps(context));
    known.any(|binding| binding.chords.iter().any(|chord| chord.prefix == Some(key)))
}

/// The first key of an action in a context, for the menu.
pub(super) fn key_for(context: Contexts, action: Action) -> Option<Chord> {
    let mut found =
        bindings().filter(|binding| binding.action == action && binding.contexts.overlaps(context));
    found.find_map(|binding| binding.chords.first().copied())
}

/// The table as Markdown, for `docs/keys.md`.
pub fn markdown_table() -> String {
    let mut table = String::from("| Keys | Where | What |\n|---|---|---|\n");
    for binding in bindings() {
        let keys: Vec<String> = binding
            .chords
            .iter()
            .map(|chord| format!("`{chord}`"))
            .collect();
        let keys = keys.join(" ");
        // Writing to a string never fails.
        let _ = writeln!(
            table,
            "| {keys} | {} | {} |",
            binding.contexts, binding.help
        );
    }
    table
}

impl fmt::Display for Contexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ALL {
            return f.write_str("everywhere");
        }
        let names = [
            "list",
            "article",
            "popups",
            "input line",
            "results",
            "facets",
        ];
        let names: Vec<&str> = (0..6)
            .filter(|bit| self.0 >> bit & 1 == 1)
            .map(|bit| names[bit])
            .collect();
        f.write_str(&names.join(", "))
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = self.prefix {
            write!(f, "{prefix} ")?;
        }
        write!(f, "{}", self.key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        f.write_str(match self.code {
            Code::Char(' ') => "Space",
            Code::Char(c) => return f.write_char(c),
            Code::Enter => "Enter",
            Code::Esc => "Esc",
            Code::Tab => "Tab",
            Code::BackTab => "Shift-Tab",
            Code::Backspace => "Backspace",
            Code::Delete => "Delete",
            Code::Up => "↑",
            Code::Down => "↓",
            Code::Left => "←",
            Code::Right => "→",
            Code::PageUp => "PgUp",
            Code::PageDown => "PgDn",
            Code::Home => "Home",
            Code::End => "End",
        })
    }
}

#[cfg(test)]
#[path = "keymap_tests.rs"]
mod tests;
