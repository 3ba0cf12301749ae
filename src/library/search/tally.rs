//! How often texts stand in each entry, with those counted last kept for the next question.

use std::sync::Arc;

use super::count::{Counts, Terms};
use super::pattern::Pattern;
use super::texts::Texts;

/// The counts of so many texts are kept.
const MOST: usize = 4;

/// All texts, and what was counted in them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The texts themselves.
    pub(super) texts: Texts,
    /// How often a text stands in each entry, by number; the latest at the end.
    counted: Vec<(String, Arc<[u32]>)>,
}

impl Tally {
    /// Forgets what was counted.
    pub(super) fn forget(&mut self) {
        self.counted.clear();
    }

    /// How often a text stands in each entry, by number; none if it was not counted.
    pub(super) fn of(&self, text: &str) -> Option<&Arc<[u32]>> {
        self.counted.iter().find(|(counted, _)| counted == text).map(|(_, counts)| counts)
    }

    /// Sees to it that texts are counted, in entries up to a number; what was counted lately is not counted again. None if that was not
    /// wanted any more. `tell_first` may be called once, with what was counted so far of the first text.
    pub(super) fn count(
        &mut self,
        texts: &[&str],
        bound: u32,
        is_wanted: &(dyn Fn() -> bool + Sync),
        tell_first: &mut dyn FnMut(&Texts, &[u32]),
    ) -> Option<()> {
        let mut missing: Vec<(&str, Pattern)> = Vec::new();
        for &text in texts {
            if let Some(at) = self.counted.iter().position(|(counted, _)| counted == text) {
                self.counted[at..].rotate_left(1);
            } else if missing.iter().all(|(other, _)| *other != text) {
                missing.extend(Pattern::new(text).map(|needle| (text, needle)));
            }
        }
        if missing.is_empty() {
            return Some(());
        }
        let needles: Vec<&Pattern> = missing.iter().map(|(_, needle)| needle).collect();
        let mut tell = |texts: &Texts, counts: &Counts| tell_first(texts, &counts.of(0));
        let counts = self.texts.count(&needles, bound, &mut Terms { is_wanted, tell_first: &mut tell })?;
        let counted = missing.iter().enumerate().map(|(at, (text, _))| ((*text).to_owned(), counts.of(at).into()));
        self.counted.extend(counted);
        // What this question asks for is kept, however much it is.
        let surplus = self.counted.len().saturating_sub(MOST.max(texts.len()));
        self.counted.drain(..surplus);
        Some(())
    }
}
