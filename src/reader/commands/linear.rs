//! What a line does that was typed in the linear view.

use crate::catalog::QueryError;
use crate::reader::key::{self, Key};
use crate::reader::keymap::{self, Action, Binding};
use crate::reader::layout::Focus;
use crate::reader::message::Effect;
use crate::reader::model::{Mode, Model};
use crate::reader::page::{Page, PageSource, VisibleLink};
use crate::reader::palette::assignment;
use crate::reader::prompt::{Prompt, PromptKind};
use crate::reader::viewport::Motion;
use crate::text::clean_line;

/// The titles or matches that are listed at a time.
pub(crate) const LISTED_AT_ONCE: usize = 10;

/// The letters that run a command; other keys do what they do on the screen.
const LETTERS: [(&str, &str); 9] = [
    ("t", "translation"),
    ("x", "switch-language"),
    ("n", "next-match"),
    ("r", "mark-read"),
    ("s", "star"),
    ("o", "outline"),
    ("y", "copy-link"),
    ("!", "problems"),
    ("q", "quit"),
];

#[rustfmt::skip]
static HELP: [&str; 15] = [
    message!("Enter: the next paragraph; in the list, reads the selected article"),
    message!("A number: opens what was listed with it; in an article, follows the link"),
    message!("b: the paragraph before · t: its translation · x: the other language"),
    message!(". ,: the next sentence and its translation, the one before"),
    message!("w: where you are"),
    message!("n: the next match, or the next unread article"),
    message!("l: the list · m: ten more · b: ten before"),
    message!("/words: filters the list · / alone: shows all"),
    message!("\\words: searches all texts · find words: finds in the article"),
    message!("o: outline · links: all links · y: prints the link of the article"),
    message!("r: read or unread · s: star · u: undoes"),
    message!("!: problems, and figures that disagree"),
    message!("Commands also by name, such as both-languages, sort, copy-pair or edit"),
    message!("Settings by name and value, such as language zh-CN"),
    message!("q: back; in the list, quits"),
];

/// The query, or the command and what follows it, of a line.
fn parsed(line: &str) -> (&str, &str) {
    let line = line.trim();
    let rest = line.trim_start_matches([':', '：']);
    let (word, rest) = match line.chars().next() {
        Some('/' | '／') => ("filter", line.trim_start_matches(['/', '／'])),
        Some('\\' | '＼' | '、') => ("search", line.trim_start_matches(['\\', '＼', '、'])),
        _ => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    (word, rest.trim())
}

impl Model {
    /// Whether nothing is awaited: the saved state, a text, its sentences, the answer to a query, and if wanted the
    /// first scan.
    pub fn is_ready(&self, awaits_scan: bool) -> bool {
        let is_searching = self.search.is_open && self.search.is_waiting();
        let is_scanned = self.progress.is_finished;
        let is_started = is_scanned || !awaits_scan && !self.list.entries().is_empty();
        let awaits_sentences = self.page.as_ref().is_some_and(Page::awaits_sentences);
        let is_pending =
            self.is_loading() || self.list.is_filtering() || is_searching || awaits_sentences;
        self.tracker.is_restored && is_started && !is_pending
    }

    pub(in crate::reader) fn execute_line(&mut self, line: &str) {
        if self.prompt.is_some() || self.is_confirming {
            return self.answer(line.trim());
        }
        match parsed(line) {
            ("", _) if self.mode() == Mode::Article => self.step_paragraphs(1),
            ("", _) => self.execute(Action::Enter, None),
            ("filter", query) => {
                self.show_only_list();
                self.type_query(Action::Find, PromptKind::Filter, query);
            }
            ("search", query) => self.type_query(Action::Search, PromptKind::Search, query),
            ("find", text) if self.focus() == Focus::Article => {
                self.type_query(Action::Find, PromptKind::Find, text);
            }
            ("find", _) => self.ask_to_open(),
            ("m" | "more", "") => self.turn(1),
            ("b", "") => self.turn(-1),
            ("l" | "list", "") => self.show_only_list(),
            ("h" | "help" | "?" | "？", "") => {
                let lines: Vec<_> = HELP.into_iter().map(crate::locale::translated).collect();
                self.set_long_status(lines.join("\n"));
            }
            ("links", "") => self.say_links(),
            ("w" | "where", "") => self.say_place(),
            (word, "") => match word.parse() {
                Ok(number) => self.choose_number(number),
                Err(_) => self.execute_named(word, word),
            },
            (word, rest) => self.execute_named(word, &format!("{word} {rest}")),
        }
    }

    /// Answers a question, or an input line; an empty line takes what is proposed.
    fn answer(&mut self, text: &str) {
        if self.is_confirming {
            return self.confirm_read_all(text.starts_with(['y', 'Y', '是']));
        }
        if let Some(prompt) = self.prompt.as_mut().filter(|_| !text.is_empty()) {
            *prompt = Prompt::new(prompt.kind(), &clean_line(text));
        }
        self.accept_prompt();
    }

    /// Opens an input line, types a query into it, and accepts it unless that has a mistake.
    fn type_query(&mut self, action: Action, kind: PromptKind, query: &str) {
        (self.popup, self.search.is_typing) = (None, true);
        self.execute(action, None);
        let Some(prompt) = self.typed_prompt() else {
            return;
        };
        *prompt = Prompt::new(kind, &clean_line(query));
        self.prompt_changed();
        let prompt = self.typed_prompt();
        let mistake = prompt.and_then(|it| Some(explained(it.text(), it.mistake()?)));
        self.search.is_typing = false;
        if let Some(mistake) = mistake {
            (self.prompt, self.search.is_open) = (None, false);
            self.set_status(mistake);
        } else if self.prompt.is_some() {
            self.accept_prompt();
        }
    }

    fn show_only_list(&mut self) {
        while self.close_top() {}
        self.show_list();
    }

    /// Goes some paragraphs on or back. Beyond the end the article counts as finished.
    fn step_paragraphs(&mut self, by: isize) {
        self.popup = None;
        let Some(page) = &mut self.page else { return };
        let (at, all) = page.paragraph();
        page.step_blocks(by);
        if by > 0 && at >= all {
            self.finish_article();
            self.set_status(tr!("End of the article · n: next unread · l: list"));
        }
    }

    /// Goes to the next ten of what is listed, or those before; in an article, to another paragraph.
    fn turn(&mut self, by: isize) {
        let position = match self.mode() {
            Mode::SearchResults => self.search.selected(),
            Mode::List => self.list.position(),
            _ => return self.step_paragraphs(by),
        };
        let tens = (position / LISTED_AT_ONCE).checked_add_signed(by);
        if !tens.is_some_and(|tens| self.select_listed(tens * LISTED_AT_ONCE)) {
            self.set_status(tr!("There are no more"));
        }
    }

    /// Selects what is at a position of the last list; `false` if there is nothing.
    fn select_listed(&mut self, index: usize) -> bool {
        match self.mode() {
            Mode::Popup => {
                let popup = self.popup.as_mut();
                popup.is_some_and(|popup| popup.select_number(index + 1))
            }
            Mode::SearchResults if self.search.items_from(index).next().is_some() => {
                self.search.select(index);
                self.send_queries();
                true
            }
            Mode::List if index < self.list.len() => {
                self.list.select(index);
                self.open_selected();
                true
            }
            _ => false,
        }
    }

    fn choose_number(&mut self, number: usize) {
        let index = number.wrapping_sub(1);
        let page = self.page.as_ref().filter(|_| self.mode() == Mode::Article);
        if let Some(page) = page.filter(|page| index < page.document().links.len()) {
            let (source, link) = (PageSource::Text(page.side()), index as u32);
            let (x, y) = (0, 0);
            self.follow_link(VisibleLink { x, y, source, link });
        } else if number > 0 && self.select_listed(index) {
            self.execute(Action::Enter, None);
        } else {
            self.set_status(tr!("Nothing here has the number {number}", number = number));
        }
    }

    fn ask_to_open(&mut self) {
        self.set_status(tr!("Open an article first · /words filters the list"));
    }

    fn say_links(&mut self) {
        let Some(page) = &self.page else { return };
        let document = page.document();
        let line = |link: u32| {
            let target = &document.links[link as usize].target;
            format!("{}. {} {target}", link + 1, document.text_of_link(link))
        };
        let lines: Vec<String> = (0..document.links.len() as u32).map(line).collect();
        if lines.is_empty() {
            return self.set_status(tr!("The article has no links"));
        }
        self.set_long_status(lines.join("\n"));
    }

    fn say_place(&mut self) {
        let Some(page) = self
            .page
            .as_ref()
            .filter(|_| self.focus() == Focus::Article)
        else {
            return;
        };
        let (at, all) = page.paragraph();
        let title = page.text().article.titles.in_language(page.side());
        let place = tr!(
            "{title}, paragraph {at} of {all}",
            title = title,
            at = at,
            all = all
        );
        self.set_status(place);
    }

    /// Runs a command by its name or letter, changes a setting, or presses a key.
    fn execute_named(&mut self, word: &str, line: &str) {
        let letter = LETTERS.iter().find(|(letter, _)| *letter == word);
        let name = letter.map_or(line, |(_, name)| name);
        let named = |context| keymap::bindings_in(context).find(|row| row.name == name);
        if self.mode() == Mode::Popup && named(self.key_context()).is_none() {
            // What was listed need not be closed first.
            self.popup = None;
        }
        let context = self.key_context();
        let key = key::key(line).map(Key::meant);
        let by_key = || {
            self.settings
                .keys
                .rows(context, None, key?)
                .first()
                .copied()
        };
        if let Some(row) = named(context).or_else(by_key) {
            self.execute_spoken(row);
        } else if let Some((setting, value)) = assignment(line) {
            self.emit(Effect::Set(format!("{setting}={value}")));
        } else {
            let name = clean_line(name);
            self.set_status(tr!(
                "{name} does nothing here · h lists the commands",
                name = name
            ));
        }
    }

    /// Executes a command, with paragraphs in place of rows.
    fn execute_spoken(&mut self, row: &Binding) {
        use Motion::{HalfPages, Lines, Pages};
        match (row.action, self.mode()) {
            (Action::Peek | Action::Block(_) | Action::Sentence(_), Mode::List) => {
                self.ask_to_open();
            }
            (
                Action::Block(by) | Action::Move(Lines(by) | HalfPages(by) | Pages(by)),
                Mode::Article,
            ) => self.step_paragraphs(by),
            // It is said once more.
            (Action::Peek, _) if self.page.as_ref().is_some_and(Page::is_unfolded) => {}
            (Action::Links, _) => self.say_links(),
            (Action::Facets | Action::Commands | Action::Select, _) => {
                self.set_status(tr!("Only on the screen · h lists the commands"));
            }
            (action, _) => self.execute(action, None),
        }
    }
}

/// What is wrong with a query, and where.
fn explained(text: &str, mistake: &QueryError) -> String {
    let before = text.get(..mistake.at.start).unwrap_or(text);
    let (at, reason) = (before.chars().count() + 1, clean_line(&mistake.reason));
    tr!(
        "Mistake at character {at}: {reason}",
        at = at,
        reason = reason
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_query_or_a_word_with_what_follows_it() {
        for (line, expected) in [
            ("", ("", "")),
            (" : ", ("", "")),
            (" 12 ", ("12", "")),
            ("/tag:ai 英伟达", ("filter", "tag:ai 英伟达")),
            ("／", ("filter", "")),
            ("filter is:unread", ("filter", "is:unread")),
            ("\\tea", ("search", "tea")),
            ("、茶", ("search", "茶")),
            ("search green  tea", ("search", "green  tea")),
            (":star", ("star", "")),
            ("set theme dark", ("set", "theme dark")),
        ] {
            assert_eq!(parsed(line), expected, "{line}");
        }
    }

    #[test]
    fn every_letter_runs_a_command() {
        for (letter, name) in LETTERS {
            let is_known = keymap::bindings_in(keymap::ARTICLE).any(|row| row.name == name);
            assert!(is_known, "{letter}: {name}");
        }
    }

    #[test]
    fn a_mistake_is_counted_in_characters() {
        let mistake = QueryError {
            at: "茶叶 ".len().."茶叶 (".len(),
            reason: "why".into(),
        };
        let explained = explained("茶叶 (", &mistake);
        assert_eq!(explained, "Mistake at character 4: why");
    }
}
