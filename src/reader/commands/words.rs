//! The vocabulary book: keeping words, and the list of them.

use std::sync::Arc;

use crate::bilingual::Place;
use crate::catalog::{BookWord, Reading, Request, VocabularyBook, WordSentence, WordState, quoted};
use crate::locale::translated;
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::look_up::{LONGEST_WORD, book_word};
use crate::reader::model::{Destination, Model, UndoStep};
use crate::reader::number::thousands;
use crate::reader::page::{Page, PageWords, TextRange};
use crate::reader::popup::{Choice, Popup, PopupKind};
use crate::reader::prompt::{Prompt, PromptKind};
use crate::reader::word_book::word_items;

/// The longest meaning that is typed, in characters.
const LONGEST_MEANING: usize = 500;

/// Keeping words.
impl Model {
    /// Keeps the selected word with its sentence; without a selection, looks a word up first.
    pub(super) fn keep_word(&mut self) {
        let Some((range, word)) = self.selected_word() else {
            return;
        };
        let key = word.key;
        let (before, word) = self.with_book(word);
        let after = BookWord {
            state: WordState::Kept,
            ..word
        };
        let sentence = self.sentence_of(&range);
        let is_aligned = !self.page.as_ref().is_some_and(Page::awaits_sentences);
        self.untranslated = (!is_aligned).then_some((key, range));
        let after = match sentence {
            Some(sentence) => after.with_sentence(sentence),
            None => after,
        };
        let name = after.word.clone();
        if after == *before {
            let hints = [message!("{words} the vocabulary book")];
            let text = tr!("{word} is kept with this sentence", word = name);
            return self.set_status_with(&text, &hints);
        }
        let count = after.sentences.len();
        let is_new = before.state == WordState::Removed;
        self.change_word(&before, after);
        let hints = messages!["{undo} undoes it", "{words} the vocabulary book"];
        let text = if is_new || count < 2 {
            tr!("Kept {word}", word = name)
        } else {
            tr!(
                "Kept {word}, now with {count} sentences",
                word = name,
                count = count
            )
        };
        self.set_status_with(&text, &hints);
    }

    /// Adds the translation to the sentence of a word that was kept before the sentences were aligned.
    pub(in crate::reader) fn translate_kept_word(&mut self) {
        let Some((key, range)) = self.untranslated.take() else {
            return;
        };
        let sentence = self.sentence_of(&range);
        if let (Some(word), Some(sentence)) = (self.book.get(key), sentence) {
            let after = word.with_sentence(sentence);
            if after != **word {
                self.put_word(Arc::new(after));
            }
        }
    }

    /// Marks the selected word as known, or no longer.
    pub(super) fn know_word(&mut self) {
        if let Some((_, word)) = self.selected_word() {
            let (before, word) = self.with_book(word);
            self.toggle_known(&before, word);
        }
    }

    fn toggle_known(&mut self, before: &Arc<BookWord>, word: BookWord) {
        let is_known = before.state == WordState::Known;
        let state = match (is_known, word.sentences.is_empty()) {
            (true, true) => WordState::Removed,
            (true, false) => WordState::Kept,
            (false, _) => WordState::Known,
        };
        let name = word.word.clone();
        let after = BookWord { state, ..word };
        self.change_word(
            before,
            if state == WordState::Removed {
                after.removed()
            } else {
                after
            },
        );
        let text = if is_known {
            tr!("{word} is not marked as known any more", word = name)
        } else {
            tr!("{word} is marked as known", word = name)
        };
        self.set_status_with(&text, &[message!("{undo} undoes it")]);
    }

    /// The selected word as it would be kept. Without a selection, opens the look-up box.
    fn selected_word(&mut self) -> Option<(TextRange, BookWord)> {
        let page = self.page.as_ref().filter(|_| self.loading.is_none());
        let Some(page) = page.filter(|page| page.is_selecting()) else {
            self.look_up_selected();
            return None;
        };
        let range = page.word()?;
        let written = page.selected_text().unwrap_or_default();
        let is_joint = |c: char| matches!(c, ' ' | '-' | '\'' | '’' | '·');
        let is_word = written.chars().all(|c| c.is_alphanumeric() || is_joint(c));
        if !is_word || range.range.len() > LONGEST_WORD {
            self.set_status(tr!("This is no word"));
            return None;
        }
        let word = book_word(page, &range);
        Some((range, word))
    }

    /// A word as it was in the book, removed if it was not there; and as it is there, or as it was looked up.
    fn with_book(&self, word: BookWord) -> (Arc<BookWord>, BookWord) {
        match self.book.get(word.key) {
            Some(own) => (Arc::clone(own), (**own).clone()),
            None => (Arc::new(word.removed()), word),
        }
    }

    /// The sentence about a word, with its translation and where it is from.
    fn sentence_of(&self, word: &TextRange) -> Option<WordSentence> {
        let page = self.page.as_ref()?;
        let context = page.word_sentence(word)?;
        let ([place, _], _) = page.passage_places(word)?;
        let article = &page.text().article;
        Some(WordSentence {
            library: None,
            path: self.list.entry(page.id())?.path,
            place,
            text: context.sentence,
            word: context.word,
            translation: context.translation,
            title: article.titles.in_language(word.side).to_owned(),
            source: article.source.clone().unwrap_or_default(),
            link: article.link.clone().unwrap_or_default(),
            day: article.date.day(&self.settings.zone),
            added: 0,
        })
    }

    /// Changes a word by hand, as one step that can be undone.
    fn change_word(&mut self, before: &Arc<BookWord>, after: BookWord) {
        self.push_undo(UndoStep::Word(Arc::clone(before)));
        self.put_word(Arc::new(after));
    }

    /// Puts a word in place of what it was, or removes it, and saves that.
    pub(in crate::reader) fn put_word(&mut self, word: Arc<BookWord>) {
        let before = self.book.get(word.key);
        let dropped = before.map_or_else(Vec::new, |before| before.sentences_not_in(&word));
        self.request(Request::KeepWord(Arc::clone(&word), dropped));
        self.change_book(|book| book.put(word));
    }

    /// Takes up words that were saved, by this program or another one.
    pub(in crate::reader) fn take_vocabulary(&mut self, words: Vec<Arc<BookWord>>) {
        self.change_book(|book| words.into_iter().for_each(|word| book.put(word)));
    }

    /// What the page shows of words.
    pub(in crate::reader) fn page_words(&self) -> PageWords {
        let set = &self.settings.set;
        let levels = [set.chinese_level, set.english_level].map(|it| it.get() as u8);
        let levels = self.settings.gloss.then_some(levels);
        PageWords::new(Arc::clone(&self.book), set.word_underlines, levels)
    }

    /// Changes the book, and shows the words as they are now.
    pub(in crate::reader) fn change_book(&mut self, change: impl FnOnce(&mut VocabularyBook)) {
        if let Some(page) = &mut self.page {
            // Nobody else has the book while it is changed, so it is not copied.
            page.show_words(PageWords::default());
        }
        change(Arc::make_mut(&mut self.book));
        let words = self.page_words();
        if let Some(page) = &mut self.page {
            page.show_words(words);
        }
        if let Some(open) = &mut self.look_up {
            // It is filled again.
            open.word = None;
        }
        if self
            .popup
            .as_ref()
            .is_some_and(|it| it.kind == PopupKind::Words)
        {
            let number = self.selected_in_list();
            self.fill_words();
            self.show_words(number);
        }
    }
}

/// The list of all words.
impl Model {
    /// Lists the words of the vocabulary book.
    pub(super) fn open_words(&mut self) {
        self.words.query.clear();
        self.fill_words();
        if self.words.is_empty() {
            let hints = [message!("{keep-word} keeps a word")];
            return self.set_status_with(tr!("The vocabulary book is empty"), &hints);
        }
        self.show_words(0);
    }

    fn fill_words(&mut self) {
        let settings = &self.settings;
        let items = word_items(&self.book, (&settings.zone, settings.today));
        self.words.fill(items);
    }

    /// Shows the list with its lines as they are now, one of them selected.
    fn show_words(&mut self, number: usize) {
        let words = &self.words;
        let title = tr!(
            "Vocabulary book · {count} · by {order}",
            count = thousands(words.len() as u64),
            order = translated(words.order.name())
        );
        let nothing = tr!("No word matches");
        let mut popup = Popup::listing(
            PopupKind::Words,
            title,
            &words.query,
            words.lines(),
            nothing,
        );
        popup.select_listed(number.min(words.len().saturating_sub(1)));
        self.open_popup(popup);
    }

    /// Keeps only what matches a text.
    pub(super) fn filter_words(&mut self, text: &str) {
        text.clone_into(&mut self.words.query);
        self.words.filter();
        self.show_words(0);
    }

    /// Executes an action on the list of words; `false` if it is none of the list's own.
    pub(super) fn execute_on_words(&mut self, action: Action) -> bool {
        let word = self.selected_book_word();
        match (action, word) {
            (Action::Undo, _) => self.undo(),
            (Action::Sort, word) => {
                self.words.order = self.words.order.next();
                self.words.sort();
                let at = |key| self.words.shown().position(|it| it.word.key == key);
                let number = word.and_then(|word| at(word.key));
                self.show_words(number.unwrap_or(0));
            }
            (Action::DeleteWord, Some(word)) => {
                self.change_word(&word, word.removed());
                let text = tr!("{word} removed", word = word.word);
                self.set_status_with(&text, &[message!("{undo} undoes it")]);
            }
            (Action::KnowWord, Some(word)) => self.toggle_known(&word, (*word).clone()),
            (Action::EditWord, Some(_)) => self.open_prompt(PromptKind::Meaning),
            (Action::Search, Some(word)) => {
                let written = word.sentences.last().map(|it| it.parts()[1].to_owned());
                // The form that was met is found as well as others that begin with the word.
                let is_form = |it: &String| !it.to_lowercase().starts_with(&word.word);
                let form = written.filter(is_form);
                let wanted = [Some(word.word.clone()), form].into_iter().flatten();
                let query: Vec<String> = wanted.map(|it| quoted(&it)).collect();
                self.popup = None;
                self.search.prompt = Prompt::new(PromptKind::Search, &query.join(" or "));
                self.search.is_typing = false;
                self.open_search();
                self.search_as_typed();
            }
            (Action::DeleteWord | Action::KnowWord | Action::EditWord | Action::Search, None) => {}
            _ => return false,
        }
        true
    }

    /// The meaning of the selected word, to be edited.
    pub(in crate::reader) fn meaning_to_edit(&self) -> String {
        let word = self.selected_book_word();
        word.map_or_else(String::new, |word| word.gloss())
    }

    /// Gives the selected word another meaning.
    pub(super) fn set_meaning(&mut self, text: &str) {
        let Some(word) = self.selected_book_word() else {
            return;
        };
        let text: String = text.trim().chars().take(LONGEST_MEANING).collect();
        if text != word.gloss() {
            let senses = Some(text).filter(|text| !text.is_empty());
            let senses = senses.into_iter().collect();
            self.change_word(
                &word,
                BookWord {
                    senses,
                    ..(*word).clone()
                },
            );
            let text = tr!("Meaning of {word} changed", word = word.word);
            self.set_status_with(&text, &[message!("{undo} undoes it")]);
        }
    }

    /// Goes to the last sentence of a word that is in this library.
    pub(super) fn choose_word(&mut self, number: usize) {
        let Some(word) = self.words.get(number).map(|it| Arc::clone(&it.word)) else {
            return;
        };
        let own = |it: &&WordSentence| it.library.is_none();
        let Some(sentence) = word.sentences.iter().rev().find(own) else {
            return self.set_status(match word.sentences.last() {
                Some(_) => tr!("Its sentences are in another library"),
                None => tr!("It has no sentence"),
            });
        };
        let Some(id) = self.list.entries().find_path(&sentence.path) else {
            return self.set_status(tr!("The article of this word is gone"));
        };
        let place: Place = sentence.place.clone();
        let written = sentence.parts()[1].to_owned();
        self.remember_jump();
        let reading = Reading {
            place: place.clone(),
            row: 0,
        };
        if self.open_at(id, reading) {
            self.set_focus(Focus::Article);
            self.word_returns = Some(number);
            self.set_status_with(&word.word, &[message!("{back} list")]);
            let is_loading = self.loading.is_some();
            match self.page.as_mut().filter(|_| !is_loading) {
                Some(page) => page.go_to_hit(&place, &written),
                None => self.destination = Some((id, Destination::Word(place, written))),
            }
        }
    }

    /// Shows the list again out of which an article was opened; `false` if it was not.
    pub(super) fn return_to_words(&mut self) -> bool {
        let Some(number) = self.word_returns.take() else {
            return false;
        };
        self.page.as_mut().map(Page::end_find);
        self.fill_words();
        if self.words.is_empty() {
            return false;
        }
        self.show_words(number);
        true
    }

    fn selected_book_word(&self) -> Option<Arc<BookWord>> {
        let item = self.words.get(self.selected_in_list());
        item.map(|it| Arc::clone(&it.word))
    }

    /// The number of the selected line's item in a list.
    pub(super) fn selected_in_list(&self) -> usize {
        match self.popup.as_ref().and_then(Popup::choice) {
            Some(Choice::Listed(number)) => number,
            _ => 0,
        }
    }
}
