//! Counting lines while walking over a source.

/// Says on which line of the file a byte of a source stands; queries that move forward cost their distance.
#[derive(Debug)]
pub(super) struct LineCounter<'s> {
    bytes: &'s [u8],
    at: usize,
    line: u32,
}

impl<'s> LineCounter<'s> {
    /// Starts at the beginning of a source, on a line counted from 1. The source's lines end in LF.
    pub(super) fn new(source: &'s str, line: u32) -> Self {
        Self { bytes: source.as_bytes(), at: 0, line }
    }

    /// The line of a byte offset.
    pub(super) fn line_of(&mut self, offset: usize) -> u32 {
        let offset = offset.min(self.bytes.len());
        let count = |bytes: &[u8]| u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX);
        if offset >= self.at {
            self.line = self.line.saturating_add(count(&self.bytes[self.at..offset]));
        } else {
            self.line = self.line.saturating_sub(count(&self.bytes[offset..self.at]));
        }
        self.at = offset;
        self.line
    }
}
