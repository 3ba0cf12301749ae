//! The inline styles along a text.

use crate::markdown::StyleRun;

/// The runs that lie ahead.
#[derive(Default)]
pub(super) struct Styles<'a> {
    pub(super) runs: &'a [StyleRun],
    pub(super) first_run: u32,
    pub(super) next: usize,
    /// The offset from which the style is another.
    pub(super) change: usize,
}

impl Styles<'_> {
    /// The run at an offset, moving `change` on to where it ends or the next one starts.
    pub(super) fn at(&mut self, at: usize) -> Option<u32> {
        let ahead = &self.runs[self.next..];
        self.next += ahead.iter().take_while(|run| run.range.end as usize <= at).count();
        let run = self.runs.get(self.next);
        let inside = run.is_some_and(|run| run.range.start as usize <= at);
        self.change = run.map_or(usize::MAX, |run| if inside { run.range.end } else { run.range.start } as usize);
        inside.then_some(self.first_run + self.next as u32)
    }
}
