//! A segment in the making.

use super::cache::Cache;
use super::fold::fold_onto;
use super::segment::{CHUNK_BITS, KIND, LONG_PATCH, Segment, Start};
use super::sheet::{self, Sheet};
use super::varint::{push_varint, zigzag};
use crate::markdown::Document;

/// A segment in the making.
#[derive(Debug)]
pub struct SegmentWriter {
    text: Vec<u8>,
    starts: Vec<Start>,
    patches: Vec<u8>,
    lines: Vec<u8>,
}

impl Default for SegmentWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl SegmentWriter {
    /// A segment of no articles yet.
    pub fn new() -> Self {
        Self { text: Vec::new(), starts: Vec::new(), patches: Vec::new(), lines: Vec::new() }
    }

    /// Appends the text of an article, its Chinese and its English document; gives its number in the segment.
    pub fn push(&mut self, documents: [Option<&Document>; 2]) -> u32 {
        let mut start = self.end();
        let (mut last_patch, mut last_line) = (0, 0);
        for (side, document) in documents.into_iter().enumerate() {
            let Some(document) = document else { continue };
            for block in &document.blocks {
                let (range, patches) = (block.range.start as usize..block.range.end as usize, &mut self.patches);
                let base = self.text.len() - start.text as usize;
                fold_onto(&document.text[range], &mut self.text, |at, bytes| {
                    patch(patches, base + at - last_patch, bytes);
                    last_patch = base + at;
                });
                self.text.push(b'\n');
                let line = i64::from(block.line);
                push_varint(zigzag(line - last_line), &mut self.lines);
                last_line = line;
            }
            if side == 0 {
                start.chinese = (self.text.len() - start.text as usize) as u32;
                start.chinese_blocks = document.blocks.len() as u32;
            }
        }
        self.starts.push(start);
        self.starts.len() as u32 - 1
    }

    /// How many bytes it takes so far.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.patches.len() + self.lines.len() + self.starts.len() * size_of::<Start>()
    }

    /// Ends it: written to a file and mapped where the cache can be written, else kept in memory.
    pub fn seal(mut self, cache: &Cache) -> Segment {
        self.starts.push(self.end());
        let sections =
            [&self.text, bytemuck::cast_slice(&self.starts), &self.patches, &self.lines].map(|section: &[u8]| section);
        let head = sheet::head(KIND, CHUNK_BITS, &sections);
        let pieces = sheet::pieces(&head, &sections);
        let checksum = u64::from_le_bytes(head[32..40].try_into().expect("invariant: eight bytes"));
        let written = cache.write(&format!("{checksum:016x}.text"), &pieces).ok();
        let mapped = written.and_then(|file| Sheet::open(&file, KIND));
        let sheet = mapped.or_else(|| Sheet::in_memory(&pieces, KIND));
        Segment::of(sheet.expect("invariant: what was just made is right"))
    }

    fn end(&self) -> Start {
        let [text, patches, lines] = [&self.text, &self.patches, &self.lines].map(|section| section.len() as u64);
        Start { text, patches, lines, ..Start::default() }
    }
}

fn patch(patches: &mut Vec<u8>, gap: usize, bytes: &[u8]) {
    match (u8::try_from(gap), bytes) {
        (Ok(gap), [b'A'..=b'Z']) if gap != LONG_PATCH => patches.push(gap),
        _ => {
            patches.push(LONG_PATCH);
            push_varint(gap as u64, patches);
            patches.push(bytes.len() as u8);
            patches.extend_from_slice(bytes);
        }
    }
}
