//! Spreading characters under their pinyin, so that no syllable touches the next.

use super::super::class::{Class, class_of};
use super::Scan;

/// Where the syllables above the line are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    /// The offset from which there is something to look at; beyond every text where there is no pinyin.
    pub(super) next: usize,
    /// The index of the next syllable.
    index: usize,
    /// The columns of the syllable above the character that is taken next; 0 for none.
    pub(super) syllable: u32,
    /// The columns of all text before the end of the last syllable of this line; 0 where there is none.
    pub(super) end: u32,
}

impl Default for Spread {
    fn default() -> Self {
        Self { next: usize::MAX, index: 0, syllable: 0, end: 0 }
    }
}

impl Scan<'_> {
    /// Gets ready for the syllables of the text; those that are wider than a line are left out.
    pub(super) fn begin_spread(&mut self) {
        let widest = self.measure.first.min(self.measure.rest);
        self.filler.syllables.retain(|syllable| syllable.columns <= widest);
        if let Some(first) = self.filler.syllables.first() {
            self.spread.next = first.at as usize;
        }
    }

    /// Before a cluster is taken: leaves a gap where it stands too near to the last syllable for its own syllable, or
    /// where that would stand above it. Punctuation and blanks may lie under the end of a syllable.
    #[cold]
    pub(super) fn spread(&mut self) {
        let at = self.here.at;
        let syllables = &mut self.filler.syllables;
        // A character inside a cluster has no place of its own.
        self.spread.index +=
            syllables[self.spread.index..].iter().take_while(|syllable| (syllable.at as usize) < at).count();
        let end = self.spread.end;
        let mut gap = 0;
        if let Some(syllable) = syllables.get_mut(self.spread.index).filter(|syllable| syllable.at as usize == at) {
            gap = if end > 0 { (end + 1).saturating_sub(self.here.before) } else { 0 };
            let before = self.here.before + gap;
            syllable.before = Some(before);
            self.spread.syllable = syllable.columns.into();
            self.spread.end = before + u32::from(syllable.columns);
            self.spread.index += 1;
        } else if end > self.here.before && self.stands_out() {
            gap = end - self.here.before;
        }
        if gap > 0 {
            self.here.before += gap;
            self.mark(gap);
        }
        let next = self.filler.syllables.get(self.spread.index).map_or(usize::MAX, |syllable| syllable.at as usize);
        self.spread.next = if self.spread.end > self.here.before { at + 1 } else { next };
    }

    /// Whether what is taken next should not stand under another character's syllable.
    fn stands_out(&self) -> bool {
        let class = self.text[self.here.at..].chars().next().map_or(Class::Space, class_of);
        class.is_word() || matches!(class, Class::Ideograph | Class::Prefix)
    }
}
