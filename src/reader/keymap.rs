//! The keymap: one table of keys, from which the help and `docs/keys.md` are made too.

use std::fmt::{self, Write};

use super::message::{Code, Key};
use super::viewport::Motion::{self, End, HalfPages, Lines, Pages, Start};
use Action::{
    Alone, ApplySearch, Article, Back, Block, CopyArticle, CopyBlock, CopyLink, CopyPair,
    DeleteSearch, Density, Divider, Enter, Extend, Facets, Find, Heading, Help, Jump, Left,
    Libraries, Links, Match, MergePairs, Mouse, Move, Narrower, OpenLink, Outline, Parallel, Peek,
    Pinyin, Problems, Quit, QuitNow, ReadAll, Refresh, RenameSearch, ResetPairs, Right, SaveSearch,
    Scroll, Search, Sort, SplitPair, Star, Suspend, SwitchLanguage, SwitchSearchFocus, Tick,
    ToggleRead, Undo, Wider,
};

/// What a key can do. The table below says it in words. Those with a number go back if it is
/// negative; a count multiplies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Move(Motion),
    /// Scrolls by rows; the selection stays.
    Scroll(isize),
    /// Selects several articles.
    Extend(isize),
    Article(isize),
    Block(isize),
    Heading(isize),
    /// Back to where a link, the outline, a find or a match was followed, or forward.
    Jump(isize),
    /// The next match, or the next unread article.
    Match(isize),
    Left,
    Right,
    Enter,
    Back,
    Quit,
    QuitNow,
    SwitchLanguage,
    Parallel,
    Peek,
    SplitPair,
    MergePairs,
    ResetPairs,
    CopyPair,
    CopyArticle,
    Alone,
    Sort,
    Find,
    Outline,
    Links,
    OpenLink,
    CopyLink,
    CopyBlock,
    Narrower,
    Wider,
    /// Whether the list is dense or roomy.
    Density,
    /// Moves the divider between list and article.
    Divider(isize),
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
    /// Ticks a value of the facets.
    Tick,
    SaveSearch,
    ApplySearch,
    RenameSearch,
    DeleteSearch,
    /// The libraries that were read before.
    Libraries,
    Help,
    Suspend,
}

/// A set of the parts of the reader in which a key is bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Contexts(u8);

pub(super) const LIST: Contexts = Contexts(1);
pub(super) const ARTICLE: Contexts = Contexts(2);
/// Popups and link hints.
pub(super) const POPUP: Contexts = Contexts(4);
pub(super) const PROMPT: Contexts = Contexts(8);
/// The results of a search; the keys of popups are bound there too.
pub(super) const SEARCH: Contexts = Contexts(16);
/// The facets, where letters are typed.
pub(super) const FACETS: Contexts = Contexts(32);
/// The help; the keys of popups are bound there too.
pub(super) const HELP: Contexts = Contexts(64);
const BOTH: Contexts = Contexts(3);
const LISTED: Contexts = Contexts(7);
const ALL: Contexts = Contexts(127);

impl Contexts {
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding {
    pub(super) action: Action,
    pub(super) contexts: Contexts,
    /// Its keys as they are shown; one may be two keys one after the other, as `g g`.
    pub(super) keys: &'static [&'static str],
    pub(super) help: &'static str,
}

const fn bind(
    action: Action,
    contexts: Contexts,
    keys: &'static [&'static str],
    help: &'static str,
) -> Binding {
    Binding {
        action,
        contexts,
        keys,
        help,
    }
}

/// The table, by the groups of the help. An action that is worded differently in two contexts has a
/// row for each.
pub(super) const GROUPS: [(&str, &[Binding]); 5] = [
    ("Moving", MOVING),
    ("Reading", READING),
    ("Finding", FINDING),
    ("Links and copying", LINKS),
    ("Program", PROGRAM),
];

#[rustfmt::skip]
const MOVING: &[Binding] = &[
    bind(Move(Lines(1)), LISTED, &["j", "↓"], "down"),
    bind(Move(Lines(-1)), LISTED, &["k", "↑"], "up"),
    bind(Move(HalfPages(1)), LISTED, &["Ctrl-d"], "half a page down"),
    bind(Move(HalfPages(-1)), LISTED, &["Ctrl-u"], "half a page up"),
    bind(Move(Pages(1)), LISTED, &["Space", "Ctrl-f", "PgDn"], "a page down; at the end of an article: finish it, go to the next unread one"),
    bind(Move(Pages(-1)), LISTED, &["b", "Ctrl-b", "PgUp"], "a page up"),
    bind(Scroll(1), LISTED, &["Ctrl-e"], "scroll a row down"),
    bind(Scroll(-1), LISTED, &["Ctrl-y"], "scroll a row up"),
    bind(Move(Start), LISTED, &["g g", "Home"], "go to the top"),
    bind(Move(End), LISTED, &["G", "End"], "go to the end; in the list `12G` goes to article 12"),
    bind(Left, BOTH, &["h", "←"], "focus the list"),
    bind(Right, BOTH, &["l", "→"], "focus the article"),
    bind(Article(1), BOTH, &["J"], "next article, also from the text"),
    bind(Article(-1), BOTH, &["K"], "previous article, also from the text"),
    bind(Block(1), ARTICLE, &["}"], "next paragraph"),
    bind(Block(-1), ARTICLE, &["{"], "previous paragraph"),
    bind(Heading(1), ARTICLE, &[")"], "next heading"),
    bind(Heading(-1), ARTICLE, &["("], "previous heading"),
    bind(Jump(-1), ARTICLE, &["Ctrl-o", "Backspace"], "back to where a footnote, the outline, a find or a match was followed"),
    bind(Jump(1), ARTICLE, &["Alt-o"], "forward again"),
];

#[rustfmt::skip]
const READING: &[Binding] = &[
    bind(Enter, LIST, &["Enter"], "read the article"),
    bind(Enter, ARTICLE, &["Enter"], "menu of all commands"),
    bind(Enter, POPUP, &["Enter"], "choose"),
    bind(SwitchLanguage, BOTH, &["Tab", "Shift-Tab", "x"], "switch language, at the same place"),
    bind(Parallel, BOTH, &["X"], "both languages at once: side by side, or one after the other"),
    bind(Peek, BOTH, &["p"], "show or hide the translation of the current paragraph"),
    bind(SplitPair, ARTICLE, &["["], "both languages: move the last paragraph out of this pair"),
    bind(MergePairs, ARTICLE, &["]"], "both languages: merge the next pair into this one"),
    bind(ResetPairs, ARTICLE, &["="], "both languages: reset all pairs"),
    bind(Alone, BOTH, &["z"], "show only the article, or both panes"),
    bind(Narrower, BOTH, &["<"], "shorter lines"),
    bind(Wider, BOTH, &[">"], "longer lines"),
    bind(Density, BOTH, &["V"], "list: dense or roomy"),
    bind(Divider(-1), BOTH, &["Ctrl-←"], "narrower list"),
    bind(Divider(1), BOTH, &["Ctrl-→"], "wider list"),
    bind(Pinyin, BOTH, &["P"], "show or hide pinyin above Chinese"),
    bind(Sort, BOTH, &["s"], "sort by date, title or source"),
    bind(ToggleRead, BOTH, &["r"], "mark as read or unread"),
    bind(Star, BOTH, &["*"], "star / unstar"),
    bind(Extend(1), LIST, &["Shift-↓"], "select several articles, downwards; `r` and `*` mark all of them"),
    bind(Extend(-1), LIST, &["Shift-↑"], "select several articles, upwards"),
    bind(Undo, BOTH, &["u"], "undo the last mark"),
    bind(ReadAll, BOTH, &["A"], "mark all as read (asks first)"),
    bind(Problems, BOTH, &["!"], "figures that disagree, and problems of the article"),
];

#[rustfmt::skip]
const FINDING: &[Binding] = &[
    bind(Find, LIST.and(FACETS), &["/"], "filter the list as you type"),
    bind(Find, ARTICLE, &["/"], "find in the article"),
    bind(Search, BOTH.and(FACETS), &["\\"], "search the texts of all articles"),
    bind(SwitchSearchFocus, SEARCH, &["Tab", "Shift-Tab", "/"], "back to the search box"),
    bind(SwitchSearchFocus, PROMPT, &["Tab", "Shift-Tab"], "search box: go to the results"),
    bind(Facets, BOTH, &["F"], "tags, sources, months and saved searches"),
    bind(Tick, FACETS, &["Space"], "tick a value, or end that; ticked values of a group are joined by or"),
    bind(Enter, FACETS, &["Enter"], "go to the list; if nothing was ticked, tick the selected value first"),
    bind(Left, FACETS, &["←", "Shift-Tab"], "the group on the left"),
    bind(Right, FACETS, &["→", "Tab"], "the group on the right"),
    bind(Move(Start), FACETS, &["Home"], "the first value"),
    bind(Move(End), FACETS, &["End"], "the last value"),
    bind(SaveSearch, LIST, &["S"], "save the filter under a name"),
    bind(SaveSearch, FACETS, &["Ctrl-s"], "save the filter under a name"),
    bind(ApplySearch, BOTH.and(FACETS), &["Alt-1"], "the first saved search; `Alt-2` to `Alt-9` are the others"),
    bind(RenameSearch, FACETS, &["Ctrl-r"], "rename a saved search"),
    bind(DeleteSearch, FACETS, &["Delete", "Ctrl-d"], "delete a saved search"),
    bind(Undo, FACETS, &["Ctrl-y"], "bring a deleted search back"),
    bind(Match(1), BOTH, &["n"], "next match, or the next unread article"),
    bind(Match(-1), BOTH, &["N"], "previous match, or the unread article before"),
    bind(Move(Lines(1)), PROMPT.and(FACETS), &["↓", "Ctrl-n"], "next match, article or value"),
    bind(Move(Lines(-1)), PROMPT.and(FACETS), &["↑", "Ctrl-p"], "previous match, article or value"),
    bind(Move(Pages(1)), PROMPT.and(FACETS), &["PgDn"], "a page of articles, matches or values down"),
    bind(Move(Pages(-1)), PROMPT.and(FACETS), &["PgUp"], "a page of articles, matches or values up"),
    bind(Enter, PROMPT, &["Enter"], "keep the matches; in a search, open the selected one"),
    bind(Find, HELP, &["/"], "search the help"),
    bind(Outline, BOTH, &["t"], "outline of the headings"),
];

#[rustfmt::skip]
const LINKS: &[Binding] = &[
    bind(OpenLink, LISTED, &["o"], "open the article's link; it is shown first"),
    bind(CopyLink, LISTED, &["y"], "copy the link"),
    bind(Links, BOTH, &["f"], "label every link on the screen, to open or copy it"),
    bind(CopyBlock, BOTH, &["c"], "copy the current paragraph as a quotation with its source"),
    bind(CopyPair, BOTH, &["Y"], "copy the current paragraph in both languages"),
    bind(CopyArticle, BOTH, &["C"], "copy the article as Markdown with its source"),
    bind(Mouse, BOTH, &["M"], "toggle mouse capture"),
];

#[rustfmt::skip]
const PROGRAM: &[Binding] = &[
    bind(Help, LISTED.and(FACETS), &["?"], "help: the keys, where one is first"),
    bind(Libraries, BOTH, &["L"], "libraries read before: open another one"),
    bind(Refresh, BOTH, &["R"], "read all files again"),
    bind(Back, ALL, &["Esc"], "back"),
    bind(Quit, LISTED, &["q"], "back; in the list, quit"),
    bind(Suspend, ALL, &["Ctrl-z"], "suspend; `fg` resumes"),
    bind(QuitNow, ALL, &["Ctrl-c"], "quit"),
];

fn bindings() -> impl Iterator<Item = &'static Binding> {
    GROUPS.iter().flat_map(|(_, bindings)| *bindings)
}

fn bindings_in(context: Contexts) -> impl Iterator<Item = &'static Binding> {
    bindings().filter(move |binding| binding.contexts.overlaps(context))
}

/// The action of a key in a context, after a prefix or without one. One row is for all nine saved
/// searches.
pub(super) fn action(context: Contexts, prefix: Option<Key>, key: Key) -> Option<Action> {
    let keys = match (prefix, key.code) {
        (Some(prefix), _) => format!("{prefix} {key}"),
        (None, Code::Char('1'..='9')) if key.alt && !key.ctrl => "Alt-1".to_owned(),
        (None, _) => key.to_string(),
    };
    let mut bindings = bindings_in(context);
    let found = bindings.find(|binding| binding.keys.contains(&keys.as_str()));
    found.map(|binding| binding.action)
}

/// Whether a key is the first of two.
pub(super) fn is_prefix(context: Contexts, key: Key) -> bool {
    let prefix = format!("{key} ");
    let mut keys = bindings_in(context).flat_map(|binding| binding.keys);
    keys.any(|keys| keys.starts_with(&prefix))
}

/// The bindings of the article that can be chosen in its menu, the most useful first: all but those
/// that move, or that the menu has keys for itself.
pub(super) fn menu() -> impl Iterator<Item = &'static Binding> {
    [READING, FINDING, LINKS, MOVING, PROGRAM]
        .into_iter()
        .flatten()
        .filter(|binding| {
            let is_own = matches!(
                binding.action,
                Move(_) | Scroll(_) | Enter | Right | Back | Quit
            );
            binding.contexts.overlaps(ARTICLE) && !is_own
        })
}

/// The table as Markdown, for `docs/keys.md`.
pub fn markdown_table() -> String {
    let mut table = String::from("| Keys | Where | What |\n|---|---|---|\n");
    for binding in bindings() {
        let keys = binding.keys.join("` `");
        let (contexts, help) = (binding.contexts, binding.help);
        // Writing to a string never fails.
        let _ = writeln!(table, "| `{keys}` | {contexts} | {help} |");
    }
    table
}

impl fmt::Display for Contexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == ALL {
            return f.write_str("everywhere");
        }
        let names = [
            "list",
            "article",
            "popups",
            "input line",
            "results",
            "facets",
            "help",
        ];
        let names: Vec<&str> = (0..7)
            .filter(|bit| self.0 >> bit & 1 == 1)
            .map(|bit| names[bit])
            .collect();
        f.write_str(&names.join(", "))
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
            Code::ShiftUp => "Shift-↑",
            Code::ShiftDown => "Shift-↓",
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
