//! How much of a text lies before a block, known without laying anything out.

use crate::markdown::Document;

/// The columns and hard lines before each block of a document, as counted roughly from its bytes.
///
/// Passes over the bytes alone; the share they give is close to the share of rows at any width, and never decreases.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// Before each block, and at the end.
    before: Vec<Weight>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    columns: u32,
    lines: u32,
}

/// About how many columns UTF-8 takes: ASCII one a byte, and two of the three bytes of a Han character.
///
/// Sums of a byte each over short chunks are what compilers make vector instructions of.
fn columns(bytes: &[u8]) -> u32 {
    let later = |chunk: &[u8]| chunk.iter().map(|&byte| u8::from(byte & 0xc0 == 0x80)).sum::<u8>();
    let later: u32 = bytes.chunks(255).map(|chunk| u32::from(later(chunk))).sum();
    bytes.len() as u32 - later / 2
}

impl Weights {
    /// Weighs the blocks of a document.
    pub(super) fn of(document: &Document) -> Self {
        let mut sum = Weight::default();
        let mut before = Vec::with_capacity(document.blocks.len() + 1);
        for block in &document.blocks {
            before.push(sum);
            let bytes = &document.text.as_bytes()[block.range.start as usize..block.range.end as usize];
            sum.columns = sum.columns.saturating_add(columns(bytes));
            sum.lines = sum.lines.saturating_add(memchr::memchr_iter(b'\n', bytes).count() as u32);
        }
        before.push(sum);
        Self { before }
    }

    /// The rows before a block at a width, roughly: a block costs the rows of its columns, its last row's rest and a gap.
    pub(super) fn rows_before(&self, block: usize, columns: u16) -> f64 {
        let Some(weight) = self.before.get(block).or(self.before.last()) else { return 0.0 };
        let blocks = block.min(self.before.len() - 1);
        f64::from(weight.columns) / f64::from(columns.max(1)) + f64::from(weight.lines) * 0.5 + blocks as f64 * 1.5
    }
}
