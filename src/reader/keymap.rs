//! The keymap: one table of keys, from which the help and `docs/keys.md` are made too.

use std::fmt::{self, Write};

use super::viewport::Motion::{self, End, HalfPages, Lines, Pages, Start};
use super::viewport::TextUnit::{self, Line, Paragraph, Word};
use Action::{
    AcceptMismatch, Alone, ApplySearch, Article, AskForWord, Back, Block, Bookmark, ChooseTheme,
    Commands, CopyArticle, CopyBlock, CopyLink, CopyPair, CopySelection, Day, DeleteSearch,
    Density, Divider, Edit, Enter, Extend, Facets, Find, Folder, GoToBookmark, Heading, Help, Jump,
    Left, Libraries, Links, LookUp, Match, MergePairs, Mismatch, Mouse, Move, Narrower, OpenLink,
    OtherDay, Outline, Parallel, Peek, Pinyin, Pipe, Problems, Quit, QuitNow, ReadAll, Refresh,
    RenameSearch, ResetPairs, Right, SaveSearch, Scroll, Search, Select, SelectBy, SelectWord,
    Sentence, Share, Sort, SplitPair, Star, Statistics, Suspend, SwitchLanguage, SwitchSearchFocus,
    Tick, ToggleRead, Undo, Wider,
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
    /// Lights a sentence.
    Sentence(isize),
    /// A figure on which the languages disagree.
    Mismatch(isize),
    /// Such figures are right.
    AcceptMismatch,
    /// Reads aloud, or stops that; or accepts the figures just gone to.
    ReadAloud,
    /// Pauses reading aloud, or goes on.
    Pause,
    /// Starts a selection, or ends it.
    Select,
    SelectBy(TextUnit, isize),
    /// Selects another word alone.
    SelectWord(isize),
    CopySelection,
    Heading(isize),
    /// Ticks an item of an article of many off, or no longer.
    TickItem,
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
    /// The page of a day, or back to all articles.
    Day,
    /// The page of another day.
    OtherDay(isize),
    Find,
    Outline,
    Links,
    OpenLink,
    CopyLink,
    CopyBlock,
    Narrower,
    Wider,
    /// Opens the file in the editor.
    Edit,
    /// Opens the folder of the file.
    Folder,
    /// Gives a text to a command.
    Pipe,
    /// Opens the look-up box, or asks the command of the settings for the word in it.
    LookUp,
    /// Asks for a word to look up with the command of the settings.
    AskForWord,
    Share,
    /// Highlights a passage, or changes its colour.
    Highlight,
    /// Opens the box for a note.
    Note,
    /// Lists all highlights and notes.
    Hub,
    /// Removes a highlight with its note.
    DeleteAnnotation,
    /// Keeps a word in the vocabulary book.
    KeepWord,
    /// Marks a word as known, or no longer.
    KnowWord,
    /// Lists the words of the vocabulary book.
    Words,
    /// Changes the meaning of a word of the vocabulary book.
    EditWord,
    /// Removes a word from the vocabulary book.
    DeleteWord,
    /// Sets a bookmark, or removes it.
    Bookmark,
    GoToBookmark,
    /// Whether the list is dense or roomy.
    Density,
    /// Moves the divider between list and article.
    Divider(isize),
    Pinyin,
    /// Shows Chinese in the other script, or as it is written.
    Script,
    /// A list of the themes, each shown while it is selected.
    ChooseTheme,
    Problems,
    ToggleRead,
    Star,
    /// Asks for the reader's own tags.
    Tag,
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
    /// Articles by day, tag and source.
    Statistics,
    /// The libraries that were read before.
    Libraries,
    /// The command line.
    Commands,
    Help,
    Suspend,
}

/// A set of the parts of the reader in which a key is bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Contexts(u16);

/// The names of the contexts, by their bits.
const NAMES: [&str; 11] = [
    "list",
    "article",
    "popup",
    "input",
    "results",
    "facets",
    "help",
    "selection",
    "notes",
    "words",
    "aloud",
];

pub(crate) const LIST: Contexts = Contexts(1);
pub(crate) const ARTICLE: Contexts = Contexts(2);
/// Popups and link hints.
pub(crate) const POPUP: Contexts = Contexts(4);
pub(crate) const PROMPT: Contexts = Contexts(8);
/// The results of a search; the keys of popups are bound there too.
pub(crate) const SEARCH: Contexts = Contexts(16);
/// The facets, where letters are typed.
pub(crate) const FACETS: Contexts = Contexts(32);
/// The help; the keys of popups are bound there too.
pub(crate) const HELP: Contexts = Contexts(64);
const BOTH: Contexts = Contexts(3);
const LISTED: Contexts = Contexts(7);
/// A selection in the article, whose keys go before those of the article.
pub(crate) const SELECTION: Contexts = Contexts(128);
/// The list of highlights and notes; the keys of popups are bound there too.
pub(crate) const NOTES: Contexts = Contexts(256);
/// The vocabulary book; the keys of popups are bound there too.
pub(crate) const WORDS: Contexts = Contexts(512);
/// An article that is read aloud, whose keys go before those of the article.
pub(crate) const ALOUD: Contexts = Contexts(1024);
pub(super) const ALL: Contexts = Contexts(2047);

impl Contexts {
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// One by one.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        (0..NAMES.len())
            .map(|bit| Self(1 << bit))
            .filter(move |one| self.overlaps(*one))
    }

    /// That of a name in the settings.
    pub(super) fn named(name: &str) -> Option<Self> {
        let bit = NAMES.iter().position(|other| *other == name)?;
        Some(Self(1 << bit))
    }

    /// Their names with commas.
    pub(super) fn names(self) -> String {
        let names = NAMES
            .iter()
            .enumerate()
            .filter(|(bit, _)| self.0 >> bit & 1 == 1);
        let names: Vec<&str> = names.map(|(_, name)| *name).collect();
        names.join(", ")
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding {
    /// The name of the command. In no context do two commands have the same.
    pub(super) name: &'static str,
    pub(super) action: Action,
    pub(super) contexts: Contexts,
    /// Its keys by default, as they are shown; one may be two keys one after the other, as `g g`.
    pub(super) keys: &'static [&'static str],
    pub(super) help: &'static str,
}

const fn bind(
    name: &'static str,
    action: Action,
    contexts: Contexts,
    keys: &'static [&'static str],
    help: &'static str,
) -> Binding {
    Binding {
        name,
        action,
        contexts,
        keys,
        help,
    }
}

/// The table, by the groups of the help. An action that is worded differently in two contexts has a
/// row for each.
pub(super) static GROUPS: [(&str, &[Binding]); 6] = [
    (message!("Moving"), MOVING),
    (message!("Reading"), READING),
    (message!("Selecting"), SELECTING),
    (message!("Finding"), FINDING),
    (message!("Links and copying"), LINKS),
    (message!("Program"), PROGRAM),
];

#[rustfmt::skip]
static MOVING: &[Binding] = &[
    bind("down", Move(Lines(1)), LISTED, &["j", "↓"], "down"),
    bind("up", Move(Lines(-1)), LISTED, &["k", "↑"], "up"),
    bind("half-page-down", Move(HalfPages(1)), LISTED, &["Ctrl-d"], "half a page down"),
    bind("half-page-up", Move(HalfPages(-1)), LISTED, &["Ctrl-u"], "half a page up"),
    bind("page-down", Move(Pages(1)), LISTED, &["Space", "Ctrl-f", "PgDn"], "a page down; at the end of an article: finish it, go to the next unread one"),
    bind("page-up", Move(Pages(-1)), LISTED, &["b", "Ctrl-b", "PgUp"], "a page up"),
    bind("scroll-down", Scroll(1), LISTED, &["Ctrl-e"], "scroll a row down"),
    bind("scroll-up", Scroll(-1), LISTED, &["Ctrl-y"], "scroll a row up"),
    bind("top", Move(Start), LISTED, &["g g", "Home"], "go to the top"),
    bind("bottom", Move(End), LISTED, &["G", "End"], "go to the end; in the list `12G` goes to article 12"),
    bind("focus-list", Left, BOTH, &["h", "←"], "focus the list"),
    bind("focus-article", Right, BOTH, &["l", "→"], "focus the article"),
    bind("next-article", Article(1), BOTH, &["J"], "next article, also from the text"),
    bind("previous-article", Article(-1), BOTH, &["K"], "previous article, also from the text"),
    bind("next-paragraph", Block(1), ARTICLE, &["}"], "next paragraph"),
    bind("previous-paragraph", Block(-1), ARTICLE, &["{"], "previous paragraph"),
    bind("next-sentence", Sentence(1), ARTICLE, &["."], "next sentence: it is lit, and its translation where both languages are shown"),
    bind("previous-sentence", Sentence(-1), ARTICLE, &[","], "previous sentence"),
    bind("next-heading", Heading(1), ARTICLE, &[")"], "next heading"),
    bind("previous-heading", Heading(-1), ARTICLE, &["("], "previous heading"),
    bind("jump-back", Jump(-1), ARTICLE, &["Ctrl-o", "Backspace"], "back to where a footnote, the outline, a find or a match was followed"),
    bind("jump-forward", Jump(1), ARTICLE, &["Alt-o"], "forward again"),
    bind("bookmark", Bookmark, BOTH, &["m a"], "set bookmark `a` at this paragraph, or remove it; any other letter too"),
    bind("go-to-bookmark", GoToBookmark, BOTH, &["' a"], "go to bookmark `a`; any other letter too"),
];

#[rustfmt::skip]
static READING: &[Binding] = &[
    bind("read", Enter, LIST, &["Enter"], "read the article"),
    bind("menu", Enter, ARTICLE, &["Enter"], "menu of all commands"),
    bind("choose", Enter, POPUP, &["Enter"], "choose"),
    bind("switch-language", SwitchLanguage, BOTH, &["Tab", "Shift-Tab", "x"], "switch language, at the same place"),
    bind("both-languages", Parallel, BOTH, &["X"], "both languages at once: side by side, or one after the other"),
    bind("translation", Peek, BOTH, &["p"], "show the translation of the lit sentence, then of the paragraph, or hide it"),
    bind("split-pair", SplitPair, ARTICLE, &["["], "both languages: move the last paragraph out of this pair"),
    bind("merge-pairs", MergePairs, ARTICLE, &["]"], "both languages: merge the next pair into this one"),
    bind("reset-pairs", ResetPairs, ARTICLE, &["="], "both languages: reset all pairs"),
    bind("article-only", Alone, BOTH, &["z"], "show only the article, or both panes"),
    bind("shorter-lines", Narrower, BOTH, &["<"], "shorter lines"),
    bind("longer-lines", Wider, BOTH, &[">"], "longer lines"),
    bind("list-density", Density, BOTH, &["V"], "list: dense or roomy"),
    bind("narrower-list", Divider(-1), BOTH, &["Ctrl-←"], "narrower list"),
    bind("wider-list", Divider(1), BOTH, &["Ctrl-→"], "wider list"),
    bind("pinyin", Pinyin, BOTH, &["P"], "pinyin above Chinese, glosses above hard words, both or neither"),
    bind("other-script", Action::Script, ARTICLE, &["T"], "Chinese in the other script, traditional or simplified, and back"),
    bind("day", Day, BOTH, &["D"], "the page of the day of the article: what came, by source, unread first; again: all articles"),
    bind("previous-day", OtherDay(-1), LIST, &["("], "the page of the day before"),
    bind("next-day", OtherDay(1), LIST, &[")"], "the page of the day after"),
    bind("sort", Sort, BOTH, &["s"], "sort by date, title or source"),
    bind("mark-read", ToggleRead, BOTH, &["r"], "mark as read or unread"),
    bind("star", Star, BOTH, &["*"], "star / unstar"),
    bind("tag", Action::Tag, BOTH, &["#"], "tags of your own: those of the article, or of several that are selected; `Tab` completes one"),
    bind("tick-item", Action::TickItem, ARTICLE, &["i"], "an article of many items: tick the item off and go to the next one that is not; again: no longer"),
    bind("select-down", Extend(1), LIST, &["Shift-↓"], "select several articles, downwards; `r` and `*` mark all of them"),
    bind("select-up", Extend(-1), LIST, &["Shift-↑"], "select several articles, upwards"),
    bind("undo", Undo, BOTH, &["u"], "undo the last mark"),
    bind("mark-all-read", ReadAll, BOTH, &["A"], "mark all as read (asks first)"),
    bind("problems", Problems, LIST, &["!"], "figures that disagree, and problems of the article"),
    bind("next-mismatch", Mismatch(1), ARTICLE, &["!"], "next figure on which the languages disagree; without one, the problems of the article"),
    bind("read-aloud", Action::ReadAloud, ARTICLE, &["a"], "read aloud from the current sentence on, or stop; after `!`: the figures that disagree here are right"),
    bind("pause", Action::Pause, ALOUD, &["Space"], "while it is read aloud: pause, or go on; `,` and `.` go to another sentence"),
    bind("accept-figures", AcceptMismatch, ARTICLE, &[], "the figures that disagree here are right: mark them no more until the text changes"),
    bind("problems", Problems, ARTICLE, &[], "figures that disagree, and problems of the article"),
];

#[rustfmt::skip]
static SELECTING: &[Binding] = &[
    bind("select", Select, ARTICLE, &["v"], "select text, from the lit sentence, the match or the paragraph on"),
    bind("wider", SelectBy(Word, 1), SELECTION, &["→"], "a longer word, or one word more"),
    bind("narrower", SelectBy(Word, -1), SELECTION, &["←"], "one word less, or a shorter word"),
    bind("next-word", SelectWord(1), SELECTION, &["w", "l"], "only the next word"),
    bind("previous-word", SelectWord(-1), SELECTION, &["b", "h"], "only the word before"),
    bind("next-sentence", SelectBy(TextUnit::Sentence, 1), SELECTION, &["."], "on to the end of a sentence"),
    bind("previous-sentence", SelectBy(TextUnit::Sentence, -1), SELECTION, &[","], "back by a sentence"),
    bind("down", SelectBy(Line, 1), SELECTION, &["j", "↓"], "on to the end of a row"),
    bind("up", SelectBy(Line, -1), SELECTION, &["k", "↑"], "back by a row"),
    bind("next-paragraph", SelectBy(Paragraph, 1), SELECTION, &["}"], "on to the end of a paragraph"),
    bind("previous-paragraph", SelectBy(Paragraph, -1), SELECTION, &["{"], "back by a paragraph"),
    bind("copy-selection", CopySelection, SELECTION, &["y", "c"], "copy what is selected"),
    bind("look-up", LookUp, ARTICLE, &["d"], "look up the word at the selection, the lit sentence or the paragraph; again: with the command of the setting `lookup_command`"),
    bind("highlight", Action::Highlight, ARTICLE, &["H"], "highlight what is selected, or the current sentence; again: the next colour, after the last one none"),
    bind("note", Action::Note, ARTICLE, &["I"], "write a note on what is selected, or on the current sentence; `Ctrl-e` there: in your editor"),
    bind("notes", Action::Hub, BOTH, &["g h"], "all highlights and notes of the library"),
    bind("note", Action::Note, NOTES, &["e", "I"], "change the note"),
    bind("highlight", Action::Highlight, NOTES, &["H"], "the next colour"),
    bind("delete-note", Action::DeleteAnnotation, NOTES, &["d", "Delete"], "remove the highlight with its note"),
    bind("undo", Undo, NOTES, &["u"], "undo the last change"),
    bind("sort", Sort, NOTES, &["s"], "group by article, day, colour or tag"),
    bind("filter", Find, NOTES, &["/"], "filter the highlights and notes as you type"),
    bind("keep-word", Action::KeepWord, ARTICLE, &["W"], "keep the selected word with its sentence in the vocabulary book; without a selection, look a word up first"),
    bind("know-word", Action::KnowWord, SELECTION, &["K"], "mark the selected word as known, or no longer"),
    bind("words", Action::Words, BOTH, &["g w"], "the vocabulary book: all words that were kept"),
    bind("edit-word", Action::EditWord, WORDS, &["e"], "change the meaning of the word"),
    bind("know-word", Action::KnowWord, WORDS, &["K"], "mark the word as known, or no longer"),
    bind("delete-word", Action::DeleteWord, WORDS, &["d", "Delete"], "remove the word"),
    bind("search", Search, WORDS, &["\\"], "search the texts of all articles for the word"),
    bind("undo", Undo, WORDS, &["u"], "undo the last change"),
    bind("sort", Sort, WORDS, &["s"], "group by day, level, article or frequency"),
    bind("filter", Find, WORDS, &["/"], "filter the words as you type"),
    bind("end-selection", Select, SELECTION, &["v"], "end the selection"),
];

#[rustfmt::skip]
static FINDING: &[Binding] = &[
    bind("filter", Find, LIST.and(FACETS), &["/"], "filter the list as you type"),
    bind("find", Find, ARTICLE, &["/"], "find in the article"),
    bind("search", Search, BOTH.and(FACETS), &["\\"], "search the texts of all articles"),
    bind("search-box", SwitchSearchFocus, SEARCH, &["Tab", "Shift-Tab", "/"], "back to the search box"),
    bind("results", SwitchSearchFocus, PROMPT, &["Tab", "Shift-Tab"], "search box: go to the results; command line, tags: complete the name"),
    bind("facets", Facets, BOTH, &["F"], "tags, sources, months and saved searches"),
    bind("tick", Tick, FACETS, &["Space"], "tick a value, or end that; ticked values of a group are joined by or"),
    bind("apply-ticks", Enter, FACETS, &["Enter"], "go to the list; if nothing was ticked, tick the selected value first"),
    bind("previous-group", Left, FACETS, &["←", "Shift-Tab"], "the group on the left"),
    bind("next-group", Right, FACETS, &["→", "Tab"], "the group on the right"),
    bind("top", Move(Start), FACETS, &["Home"], "the first value"),
    bind("bottom", Move(End), FACETS, &["End"], "the last value"),
    bind("statistics", Statistics, BOTH, &["g s"], "statistics of the list: articles by day, tag and source"),
    bind("save-search", SaveSearch, LIST, &["S"], "save the filter under a name"),
    bind("save-search", SaveSearch, FACETS, &["Ctrl-s"], "save the filter under a name"),
    bind("saved-search", ApplySearch, BOTH.and(FACETS), &["Alt-1"], "the first saved search; `Alt-2` to `Alt-9` are the others"),
    bind("rename-search", RenameSearch, FACETS, &["Ctrl-r"], "rename a saved search"),
    bind("delete-search", DeleteSearch, FACETS, &["Delete", "Ctrl-d"], "delete a saved search"),
    bind("undo", Undo, FACETS, &["Ctrl-y"], "bring a deleted search back"),
    bind("next-match", Match(1), BOTH, &["n"], "next match, the next highlight after one was chosen in their list, or the next unread article"),
    bind("previous-match", Match(-1), BOTH, &["N"], "previous match, the highlight before, or the unread article before"),
    bind("down", Move(Lines(1)), PROMPT.and(FACETS), &["↓", "Ctrl-n"], "next match, article or value"),
    bind("up", Move(Lines(-1)), PROMPT.and(FACETS), &["↑", "Ctrl-p"], "previous match, article or value"),
    bind("page-down", Move(Pages(1)), PROMPT.and(FACETS), &["PgDn"], "a page of articles, matches or values down"),
    bind("page-up", Move(Pages(-1)), PROMPT.and(FACETS), &["PgUp"], "a page of articles, matches or values up"),
    bind("accept", Enter, PROMPT, &["Enter"], "keep the matches; in a search, open the selected one"),
    bind("search-help", Find, HELP, &["/"], "search the help"),
    bind("outline", Outline, BOTH, &["t"], "outline of the headings"),
];

#[rustfmt::skip]
static LINKS: &[Binding] = &[
    bind("open-link", OpenLink, LISTED, &["o"], "open the article's link; it is shown first"),
    bind("copy-link", CopyLink, LISTED, &["y"], "copy the link"),
    bind("link-labels", Links, BOTH, &["f"], "label every link on the screen, to open or copy it"),
    bind("copy-paragraph", CopyBlock, BOTH, &["c"], "copy the current paragraph as a quotation with its source"),
    bind("copy-pair", CopyPair, BOTH, &["Y"], "copy the lit sentence or the current paragraph in both languages"),
    bind("copy-article", CopyArticle, BOTH, &["C"], "copy the article as Markdown with its source"),
    bind("edit", Edit, BOTH, &["e"], "open the file in your editor, at the current paragraph"),
    bind("folder", Folder, BOTH, &["O"], "open the folder of the file"),
    bind("pipe", Pipe, BOTH, &["|"], "give the article, the paragraph or what is selected to a command, and show what it says"),
    bind("look-up-command", AskForWord, BOTH, &["w"], "look a word up with the command of the setting `lookup_command`"),
    bind("share", Share, BOTH, &["@"], "share the article with one of the commands of `[share]` in the settings"),
    bind("mouse", Mouse, BOTH, &["M"], "toggle mouse capture"),
];

#[rustfmt::skip]
static PROGRAM: &[Binding] = &[
    bind("commands", Commands, BOTH, &[":", "Ctrl-p"], "command line: commands and settings by name"),
    bind("help", Help, LISTED.and(FACETS), &["?"], "help: the keys, where one is first"),
    bind("libraries", Libraries, BOTH, &["L"], "libraries read before: open another one"),
    bind("choose-theme", ChooseTheme, LIST, &["T", "Alt-t"], "themes: see and choose one"),
    bind("choose-theme", ChooseTheme, ARTICLE, &["Alt-t"], "themes: see and choose one"),
    bind("refresh", Refresh, BOTH, &["R"], "read all files again"),
    bind("back", Back, ALL, &["Esc"], "back"),
    bind("quit", Quit, LISTED, &["q"], "back; in the list, quit"),
    bind("suspend", Suspend, ALL, &["Ctrl-z"], "suspend; `fg` resumes"),
    bind("quit-now", QuitNow, ALL, &["Ctrl-c"], "quit"),
];

pub(super) fn bindings() -> impl Iterator<Item = &'static Binding> {
    GROUPS.iter().flat_map(|(_, bindings)| *bindings)
}

pub(super) fn bindings_in(context: Contexts) -> impl Iterator<Item = &'static Binding> {
    bindings().filter(move |binding| binding.contexts.overlaps(context))
}

/// The bindings of the article that can be chosen in its menu, the most useful first: all but those
/// that move, or that the menu has keys for itself.
pub(super) fn menu() -> impl Iterator<Item = &'static Binding> {
    [READING, SELECTING, FINDING, LINKS, MOVING, PROGRAM]
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

/// The table: keys, where they are bound, and what they do.
pub fn key_table() -> impl Iterator<Item = (String, String, String)> {
    bindings().map(|row| {
        let keys = row.keys.join(", ");
        (keys, row.contexts.to_string(), row.help.replace('`', ""))
    })
}

/// The table as Markdown, for `docs/keys.md`.
pub fn markdown_table() -> String {
    let mut table = String::from("| Keys | Where | What | Command |\n|---|---|---|---|\n");
    for binding in bindings() {
        let keys = binding.keys.join("` `");
        let Binding {
            name,
            contexts,
            help,
            ..
        } = binding;
        // Writing to a string never fails.
        let _ = writeln!(table, "| `{keys}` | {contexts} | {help} | `{name}` |");
    }
    table
}

impl fmt::Display for Contexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ALL => f.write_str("everywhere"),
            some => f.write_str(&some.names()),
        }
    }
}

#[cfg(test)]
#[path = "keymap_tests.rs"]
mod tests;
