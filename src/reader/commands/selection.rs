//! Sentences and selections: walking, selecting, copying.

use std::sync::Arc;

use crate::bilingual::{SentenceJob, Sentences};
use crate::reader::keymap::Action;
use crate::reader::model::{Model, UndoStep};
use crate::reader::page::{Page, PairEdit};

impl Model {
    /// The page, unless another article is about to come.
    fn marked_page(&mut self) -> Option<&mut Page> {
        self.page.as_mut().filter(|_| self.loading.is_none())
    }

    pub(super) fn execute_on_text(&mut self, action: Action, times: isize) {
        match action {
            Action::SplitPair => self.edit_pairs(PairEdit::Split),
            Action::MergePairs => self.edit_pairs(PairEdit::Merge),
            Action::ResetPairs => self.edit_pairs(PairEdit::Reset),
            Action::Sentence(by) => self.step_sentences(by * times),
            Action::Highlight => self.highlight(),
            Action::Note => self.write_note(),
            Action::Hub => self.open_hub(),
            Action::KeepWord => self.keep_word(),
            Action::KnowWord => self.know_word(),
            Action::Words => self.open_words(),
            Action::Mismatch(by) => self.step_mismatches(by * times),
            Action::AcceptMismatch => self.accept_figures(),
            Action::ReadAloud => self.toggle_aloud(),
            Action::Pause => self.pause_aloud(),
            Action::TickItem => self.tick_item(),
            Action::Tag => self.ask_for_tags(),
            Action::Select if self.is_selecting() => {
                self.page.as_mut().map(Page::end_selection);
            }
            Action::Select => self.start_selection(),
            Action::SelectBy(unit, by) => {
                if let Some(page) = self.marked_page() {
                    page.extend_selection(unit, by * times);
                }
            }
            Action::SelectWord(by) => {
                if let Some(page) = self.marked_page() {
                    page.step_words(by * times);
                }
            }
            Action::CopySelection => self.copy_selection(),
            _ => {}
        }
    }

    /// Lights a sentence some sentences on or back.
    fn step_sentences(&mut self, by: isize) {
        let Some(page) = self.marked_page() else {
            return;
        };
        let is_found = page.step_sentences(by);
        if is_found && self.aloud.is_on() {
            return self.follow_aloud();
        }
        let Some(page) = self.marked_page() else {
            return;
        };
        let is_uncertain = page.is_parallel() && page.is_uncertain();
        if !is_found {
            self.set_status(if by > 0 {
                tr!("No sentence below")
            } else {
                tr!("No sentence above")
            });
        } else if is_uncertain {
            self.say_uncertain();
        }
    }

    pub(super) fn say_uncertain(&mut self) {
        let is_awaited = self.page.as_ref().is_some_and(Page::awaits_sentences);
        self.set_status(if is_awaited {
            tr!("This long text is still being aligned; try again in a moment")
        } else {
            tr!("No certain translation for this sentence")
        });
    }

    /// Takes up the sentences of the article, and lights and unfolds what waited for them.
    pub(in crate::reader) fn take_sentences(
        &mut self,
        job: &SentenceJob,
        sentences: Arc<Sentences>,
    ) {
        let Some(page) = &mut self.page else { return };
        if !page.take_sentences(job, sentences) {
            return;
        }
        if let Some(look_up) = &mut self.look_up {
            look_up.word = None;
        }
        let is_uncertain = page.shows_translation() && page.is_uncertain();
        self.translate_kept_word();
        if is_uncertain {
            self.say_uncertain();
        }
    }

    /// Goes to another figure on which the languages disagree; if there is none, shows the problems of
    /// the article.
    fn step_mismatches(&mut self, by: isize) {
        let is_any = self
            .marked_page()
            .is_some_and(|page| page.step_mismatches(by));
        if !is_any {
            self.open_problems();
        }
    }

    /// Remembers that the figures that disagree here are right, until the text around them changes.
    pub(super) fn accept_figures(&mut self) {
        let Some(page) = self.marked_page() else {
            return;
        };
        let (id, keys) = (page.id(), page.mismatch_keys());
        if keys.is_empty() {
            let hints = [message!("{next-mismatch} next")];
            return self.set_status_with(tr!("No figures disagree here"), &hints);
        }
        // What was accepted of an older text is forgotten.
        let all = page.text().disagreements().iter();
        let all: Vec<u64> = all.map(|one| page.text().disagreement_key(one)).collect();
        let before = self.text_cache.remembered(id).accepted;
        let kept = before.iter().filter(|key| all.contains(key));
        let accepted = kept.chain(&keys).copied().collect();
        self.push_undo(UndoStep::Figures(id, before));
        self.set_accepted(id, accepted);
        let hints = [message!("{undo} undoes it")];
        self.set_status_with(tr!("These figures are right"), &hints);
    }

    /// Starts a selection.
    fn start_selection(&mut self) {
        let is_started = self.marked_page().map(Page::start_selection);
        if is_started == Some(false) {
            self.set_status(tr!("No word here"));
        }
    }

    fn copy_selection(&mut self) {
        let text = self.page.as_ref().and_then(Page::selected_text);
        if let Some(text) = text {
            self.page.as_mut().map(Page::end_selection);
            self.copy_text(text);
        }
    }

    /// Copies a part of the text, and says how much.
    pub(in crate::reader) fn copy_text(&mut self, text: String) {
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        self.copy(text, tr!("Copied {count} characters", count = count));
    }
}
