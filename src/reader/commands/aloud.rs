//! Reading aloud, sentence by sentence.

use std::time::Duration;

use crate::reader::aloud::AloudSentence;
use crate::reader::message::{Effect, Timer};
use crate::reader::model::Model;
use crate::reader::page::Page;
use crate::text::Language;

/// How long a command may take: for a start, and for each character, at a very slow pace.
const START: Duration = Duration::from_secs(20);
const CHARACTER: Duration = Duration::from_secs(1);

impl Model {
    /// Reads aloud from the current sentence on, or stops. Right after a figure was gone to, its sentences are
    /// accepted.
    pub(super) fn toggle_aloud(&mut self) {
        if self.end_aloud() {
            return;
        }
        let Some(page) = self.page.as_mut().filter(|_| self.loading.is_none()) else {
            return self.set_status(tr!("No article is open"));
        };
        if page.is_at_mismatch() {
            return self.accept_figures();
        }
        let article = page.id();
        if page.lit().is_none() && !page.step_sentences(1) {
            return self.set_status(tr!("No text here to read aloud"));
        }
        self.aloud.reading = Some(AloudSentence {
            article,
            translation: None,
            is_paused: false,
        });
        self.say_sentence();
        let hints = messages!["{pause} pauses", "{back} stops"];
        self.set_status_with(tr!("Reading aloud"), &hints);
    }

    /// Says the sentence that is lit.
    fn say_sentence(&mut self) {
        let both = self.settings.set.aloud_both;
        let said = self.page.as_mut().and_then(|page| page.said(both));
        let (Some((side, text, translation)), Some(reading)) = (said, &mut self.aloud.reading)
        else {
            self.end_aloud();
            return;
        };
        reading.translation = translation;
        reading.is_paused = false;
        self.speak(side, text);
    }

    fn speak(&mut self, language: Language, text: String) {
        self.aloud.number = self.aloud.number.wrapping_add(1);
        let number = self.aloud.number;
        let after = START + CHARACTER * text.chars().count() as u32;
        self.emit(Effect::Speak {
            number,
            language,
            text,
        });
        self.emit(Effect::StartTimer {
            timer: Timer::Aloud(number),
            after,
        });
    }

    /// Goes on after something was said: to its translation, or to the next sentence.
    pub(in crate::reader) fn go_on_aloud(&mut self, number: u32, ended: Result<(), String>) {
        let Some(reading) = &mut self.aloud.reading else {
            return;
        };
        if number != self.aloud.number || reading.is_paused {
            return;
        }
        if let Err(why) = ended {
            self.aloud.reading = None;
            return self.set_long_status(why);
        }
        let page = self.page.as_mut().filter(|_| self.loading.is_none());
        let Some(page) = page.filter(|page| page.id() == reading.article) else {
            self.aloud.reading = None;
            return;
        };
        let side = page.side();
        if let Some(text) = reading.translation.take() {
            self.speak(side.other(), text);
        } else if page.step_sentences(1) {
            self.say_sentence();
        } else {
            self.aloud.reading = None;
            self.set_status(tr!("Read to the end"));
        }
    }

    /// Says the sentence that was gone to meanwhile, unless reading is paused.
    pub(super) fn follow_aloud(&mut self) {
        if self.aloud.reading.as_ref().is_some_and(|it| !it.is_paused) {
            self.say_sentence();
        }
    }

    /// Pauses, or says the sentence again and goes on.
    pub(super) fn pause_aloud(&mut self) {
        let Some(reading) = &mut self.aloud.reading else {
            return;
        };
        if reading.is_paused {
            if self.page.as_ref().and_then(Page::lit).is_none()
                && let Some(page) = &mut self.page
            {
                page.step_sentences(1);
            }
            self.say_sentence();
            self.set_status(tr!("Reading aloud"));
        } else {
            reading.is_paused = true;
            self.emit(Effect::EndSpeech);
            let hints = messages!["{pause} goes on", "{back} stops"];
            self.set_status_with(tr!("Paused"), &hints);
        }
    }

    /// Stops reading aloud; `false` if nothing was read.
    pub(super) fn end_aloud(&mut self) -> bool {
        let is_on = self.aloud.reading.take().is_some();
        if is_on {
            self.emit(Effect::EndSpeech);
            self.set_status(tr!("Stopped reading aloud"));
        }
        is_on
    }

    /// Stops reading aloud if another article was opened.
    pub(in crate::reader) fn leave_aloud(&mut self) {
        let article = self.aloud.reading.as_ref().map(|it| it.article);
        if article.is_some() && article != self.page.as_ref().map(Page::id) {
            self.end_aloud();
        }
    }

    /// Stops a command that should have said what has this number long ago.
    pub(in crate::reader) fn end_endless_speech(&mut self, number: u32) {
        let is_paused = self.aloud.reading.as_ref().is_none_or(|it| it.is_paused);
        if number == self.aloud.number && !is_paused && self.end_aloud() {
            self.set_long_status(
                tr!("The command that reads aloud does not end, so it was stopped").into(),
            );
        }
    }
}
