//! A segment in the making: its text goes to its file a little at a time, while the processor still has it at hand.

use std::io;

use super::cache::Cache;
use super::fold::fold_onto;
use super::segment::{CHUNK_BITS, KIND, LONG_PATCH, Segment, Start};
use super::sheet::Sheet;
use super::sheet_maker::Frame;
use super::sheet_writer::{AT_ONCE, SheetWriter};
use super::varint::{push_varint, zigzag};
use crate::markdown::Document;

/// The bytes of text from which a segment gets a file. What is smaller stays in memory, and is written with the index, if ever: most of it
/// is only a few changes.
const LARGE: usize = 512 << 10;
const SECTIONS: usize = 4;

/// A segment in the making.
#[derive(Debug)]
pub(in crate::library) struct SegmentWriter {
    cache: Cache,
    /// The text that was not written yet.
    text: Vec<u8>,
    /// The text that was.
    written: Option<Written>,
    starts: Vec<Start>,
    patches: Vec<u8>,
    lines: Vec<u8>,
    /// Whether there is no writing: it failed.
    is_in_memory: bool,
}

/// A file with the text of a segment as far as it was written.
struct Written {
    sheet: SheetWriter,
    /// How many bytes of text it holds.
    bytes: usize,
}

impl std::fmt::Debug for Written {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Written").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl Written {
    fn begin(cache: &Cache) -> io::Result<Self> {
        let mut sheet = SheetWriter::begin(cache, KIND, CHUNK_BITS, SECTIONS)?;
        sheet.section()?;
        Ok(Self { sheet, bytes: 0 })
    }

    fn add(&mut self, text: &[u8]) -> io::Result<()> {
        self.sheet.add(text)?;
        self.bytes += text.len();
        Ok(())
    }

    /// Writes the rest of the text and the sections behind it, and maps all.
    fn end(&mut self, text: &[u8], rest: [&[u8]; SECTIONS - 1]) -> io::Result<(Sheet, u64)> {
        self.sheet.add(text)?;
        for section in rest {
            self.sheet.section()?;
            self.sheet.add(section)?;
        }
        self.sheet.end()
    }
}

impl SegmentWriter {
    /// A segment of no articles yet, whose file belongs into a cache.
    pub(in crate::library) fn new(cache: &Cache) -> Self {
        let (text, starts, patches, lines) = Default::default();
        Self { cache: cache.clone(), text, written: None, starts, patches, lines, is_in_memory: cache.is_nowhere() }
    }

    /// Appends the text of an article, its Chinese and its English document; gives its number in the segment.
    pub(in crate::library) fn push(&mut self, documents: [Option<&Document>; 2]) -> u32 {
        let mut start = self.end();
        let first = self.text.len();
        let (mut last_patch, mut last_line) = (0, 0);
        for (side, document) in documents.into_iter().enumerate() {
            let Some(document) = document else { continue };
            for block in &document.blocks {
                let (range, patches) = (block.range.start as usize..block.range.end as usize, &mut self.patches);
                let base = self.text.len() - first;
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
                start.chinese = (self.text.len() - first) as u32;
                start.chinese_blocks = document.blocks.len() as u32;
            }
        }
        self.starts.push(start);
        self.write_on();
        self.starts.len() as u32 - 1
    }

    /// How many bytes it takes so far.
    pub(in crate::library) fn bytes(&self) -> usize {
        self.end().text as usize + self.patches.len() + self.lines.len() + self.starts.len() * size_of::<Start>()
    }

    /// Ends it: in a file and mapped where it is large and the cache can be written, else in memory.
    pub(in crate::library) fn seal(mut self) -> Segment {
        self.starts.push(self.end());
        let Some(mut written) = self.written.take() else { return Segment::of(self.in_memory(&[])) };
        if !self.is_in_memory
            && let Ok((sheet, name)) = written.end(&self.text, self.rest())
        {
            // Without its name it is as good, and is written again with the index.
            drop(written.sheet.publish(&format!("{name:016x}.text")));
            return Segment::of(sheet);
        }
        let text = written.sheet.written(written.bytes);
        let sheet = self.in_memory(text.as_deref().unwrap_or_default());
        if text.is_none() {
            // Neither written nor to be read again: the index with it is made anew.
            sheet.condemn();
        }
        Segment::of(sheet)
    }

    /// The segment in memory; `before` is the text that stands before what is there.
    fn in_memory(&self, before: &[u8]) -> Sheet {
        let text = [before, &self.text].concat();
        let [starts, patches, lines] = self.rest();
        let sections = [&text, starts, patches, lines];
        let sheet = Sheet::in_memory(&Frame::of(KIND, CHUNK_BITS, &sections).around(&sections), KIND);
        sheet.expect("invariant: what was just made is right")
    }

    /// The sections behind the text.
    fn rest(&self) -> [&[u8]; SECTIONS - 1] {
        [bytemuck::cast_slice(&self.starts), &self.patches, &self.lines]
    }

    /// Writes the whole chunks of what is there of the text, if that is enough. Once it fails the rest stays in memory.
    fn write_on(&mut self) {
        if self.is_in_memory || self.text.len() < if self.written.is_some() { AT_ONCE } else { LARGE } {
            return;
        }
        let whole = self.text.len() >> CHUNK_BITS << CHUNK_BITS;
        let mut attempt = || -> io::Result<()> {
            let written = match &mut self.written {
                Some(written) => written,
                none => none.insert(Written::begin(&self.cache)?),
            };
            written.add(&self.text[..whole])
        };
        match attempt() {
            Ok(()) => drop(self.text.drain(..whole)),
            Err(_) => self.is_in_memory = true,
        }
    }

    fn end(&self) -> Start {
        let written = self.written.as_ref().map_or(0, |written| written.bytes);
        let [text, patches, lines] = [self.text.len() + written, self.patches.len(), self.lines.len()];
        Start { text: text as u64, patches: patches as u64, lines: lines as u64, ..Start::default() }
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
