//! Reading aloud: what is being said.

use crate::catalog::EntryId;

/// What is read aloud.
#[derive(Clone, Debug, Default)]
pub(super) struct Aloud {
    /// The number of what was said last: the end of an earlier one counts no more.
    pub(super) number: u32,
    pub(super) reading: Option<AloudSentence>,
}

/// The sentence that is lit, and is being said.
#[derive(Clone, Debug)]
pub(super) struct AloudSentence {
    pub(super) article: EntryId,
    /// What is said after it: its translation.
    pub(super) translation: Option<String>,
    pub(super) is_paused: bool,
}

impl Aloud {
    pub(super) const fn is_on(&self) -> bool {
        self.reading.is_some()
    }
}
