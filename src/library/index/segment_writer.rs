//! A segment in the making: its text goes to its file a little at a time, while the processor still has it at hand.

use std::io;

use super::container::SectionFile;
use super::directory::IndexDirectory;
use super::fold::{Changes, fold_onto};
use super::patches::Patches;
use super::sheet_maker::Frame;
use super::sheet_writer::{AT_ONCE, SheetWriter};
use super::text_store::{CHUNK_BITS, KIND, Run, SECTIONS, Segment, Side, Start, is_wide};
use super::varint::{push_varint, zigzag};
use crate::markdown::BlockTexts;

/// The bytes of text from which a segment gets a file. What is smaller stays in memory, and is written with the index, if ever: most of it
/// is only a few changes.
const LARGE: usize = 512 << 10;
/// About so many bytes of text are a run: what is written at once, and counted at once, so that it stays in the processor's cache.
const RUN: usize = AT_ONCE;
/// Added to the offset of a wide text while its run is open: it is not known yet where the wide texts of the run begin.
const WIDE: u64 = 1 << 63;

/// A segment in the making.
#[derive(Debug)]
pub(in crate::library) struct SegmentWriter {
    cache: IndexDirectory,
    /// The text that was not written yet; it ends with the narrow texts of the run that is open.
    text: Vec<u8>,
    /// The wide texts of the run that is open.
    wide: Vec<u8>,
    /// The text that was.
    written: Option<Written>,
    starts: Vec<Start>,
    /// The runs so far; the last one is open.
    runs: Vec<Run>,
    patches: Patches,
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
    fn begin(cache: &IndexDirectory) -> io::Result<Self> {
        let mut sheet = SheetWriter::begin(cache, KIND, CHUNK_BITS, SECTIONS)?;
        sheet.section()?;
        Ok(Self { sheet, bytes: 0 })
    }

    /// Writes some of a text; gives how many bytes.
    fn add(&mut self, text: &[u8]) -> io::Result<usize> {
        let some = self.sheet.add_some(text)?;
        self.bytes += some;
        Ok(some)
    }

    /// Writes the rest of the text and the sections behind it, and maps all.
    fn end(&mut self, text: &[u8], rest: [&[u8]; SECTIONS - 1]) -> io::Result<(SectionFile, u64)> {
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
    pub(in crate::library) fn new(cache: &IndexDirectory) -> Self {
        let (text, wide, written, starts, patches, lines) = Default::default();
        let (cache, is_in_memory, runs) = (cache.clone(), cache.is_nowhere(), vec![Run::default()]);
        Self { cache, text, wide, written, starts, runs, patches, lines, is_in_memory }
    }

    /// Appends the text of an article, its Chinese and its English blocks; gives its number in the segment.
    pub(in crate::library) fn push(&mut self, sides: [Option<&BlockTexts>; 2]) -> u32 {
        let mut start = self.end();
        self.patches.begin();
        let mut last_line = 0;
        for (side, blocks) in sides.into_iter().enumerate() {
            let Some(blocks) = blocks else { continue };
            let is_chinese = side == 0;
            let text = if is_chinese { &mut self.wide } else { &mut self.text };
            let first = text.len();
            let is_ascii = fold_blocks(blocks, text, &mut self.patches);
            for &(_, line) in &blocks.ends {
                let line = i64::from(line);
                push_varint(zigzag(line - last_line), &mut self.lines);
                last_line = line;
            }
            let is_wide = !is_ascii && is_wide(&text[first..]);
            start.sides[side] = Side { blocks: blocks.ends.len() as u32, ..self.settle(first, is_chinese, is_wide) };
        }
        self.starts.push(start);
        if self.run_bytes() >= RUN {
            self.end_run();
            self.write_on();
        }
        self.starts.len() as u32 - 1
    }

    /// Moves a text at the end of the wide or of the narrow ones to the others, if it belongs there, and tells where it lies.
    fn settle(&mut self, first: usize, was_wide: bool, is_wide: bool) -> Side {
        let (here, there) = if was_wide { (&mut self.wide, &mut self.text) } else { (&mut self.text, &mut self.wide) };
        let length = here.len() - first;
        if is_wide != was_wide {
            there.extend_from_slice(&here[first..]);
            here.truncate(first);
        }
        let end = if is_wide { WIDE + self.wide.len() as u64 } else { self.text_end() };
        Side { start: end - length as u64, length: length as u32, blocks: 0 }
    }

    /// Puts the wide texts of the run behind its narrow ones, and begins another.
    fn end_run(&mut self) {
        let wide = self.text_end();
        let Some(run) = self.runs.last_mut() else { return };
        run.wide = wide;
        let starts = &mut self.starts[run.article as usize..];
        for side in starts.iter_mut().flat_map(|start| &mut start.sides).filter(|side| side.start >= WIDE) {
            side.start = side.start - WIDE + wide;
        }
        self.text.append(&mut self.wide);
        self.runs.push(Run { article: self.starts.len() as u64, narrow: self.text_end(), wide: self.text_end() });
    }

    /// How many bytes it takes so far.
    pub(in crate::library) fn bytes(&self) -> usize {
        let tables = size_of_val(&self.starts[..]) + size_of_val(&self.runs[..]);
        self.text_end() as usize + self.wide.len() + self.patches.bytes.len() + self.lines.len() + tables
    }

    /// Ends it: in a file and mapped where it is large and the cache can be written, else in memory. What is pushed from now on belongs to
    /// another segment, for which the room is there that this one took.
    pub(in crate::library) fn seal(&mut self) -> Segment {
        self.end_run();
        self.starts.push(self.end());
        let segment = self.sealed();
        self.text.clear();
        self.starts.clear();
        self.runs.clear();
        self.runs.push(Run::default());
        self.patches.clear();
        self.lines.clear();
        self.is_in_memory = self.cache.is_nowhere();
        segment
    }

    /// The segment of all that is there.
    fn sealed(&mut self) -> Segment {
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
            sheet.mark_corrupt();
        }
        Segment::of(sheet)
    }

    /// The segment in memory; `before` is the text that stands before what is there.
    fn in_memory(&self, before: &[u8]) -> SectionFile {
        let text = [before, &self.text].concat();
        let [starts, runs, patches, lines] = self.rest();
        let sections = [&text, starts, runs, patches, lines];
        let sheet = SectionFile::in_memory(&Frame::of(KIND, CHUNK_BITS, &sections).around(&sections), KIND);
        sheet.expect("invariant: what was just made is right")
    }

    /// The sections behind the text.
    fn rest(&self) -> [&[u8]; SECTIONS - 1] {
        [bytemuck::cast_slice(&self.starts), bytemuck::cast_slice(&self.runs), &self.patches.bytes, &self.lines]
    }

    /// Writes the whole chunks of what is there of the text, if that is enough. Once it fails the rest stays in memory.
    fn write_on(&mut self) {
        if self.is_in_memory || self.text.len() < if self.written.is_some() { AT_ONCE } else { LARGE } {
            return;
        }
        let before = self.written.as_ref().map_or(0, |written| written.bytes);
        let whole = ((before + self.text.len()) >> CHUNK_BITS << CHUNK_BITS) - before;
        let mut attempt = || -> io::Result<usize> {
            let written = match &mut self.written {
                Some(written) => written,
                none => none.insert(Written::begin(&self.cache)?),
            };
            written.add(&self.text[..whole])
        };
        match attempt() {
            Ok(some) => drop(self.text.drain(..some)),
            Err(_) => self.is_in_memory = true,
        }
    }

    /// How many bytes of text the run has that is open.
    fn run_bytes(&self) -> usize {
        let start = self.runs.last().map_or(0, |run| run.narrow);
        (self.text_end() - start) as usize + self.wide.len()
    }

    /// Where the text ends in which narrow texts are put.
    fn text_end(&self) -> u64 {
        (self.text.len() + self.written.as_ref().map_or(0, |written| written.bytes)) as u64
    }

    /// Where what is kept of the next article begins; nothing is known of its sides.
    fn end(&self) -> Start {
        Start { patches: self.patches.bytes.len() as u64, lines: self.lines.len() as u64, ..Start::default() }
    }
}

/// Appends the folded blocks of a text, one a line; says whether all of it is ASCII. A line break within a block is folded as well.
fn fold_blocks(blocks: &BlockTexts, folded: &mut Vec<u8>, patches: &mut Patches) -> bool {
    let (mut start, mut is_ascii) = (0, true);
    for end in blocks.breaks().map(Some).chain([None]) {
        let text = &blocks.text[start..end.unwrap_or(blocks.text.len())];
        is_ascii &= fold_onto(text, folded, patches);
        patches.pass(text.len());
        if let Some(end) = end {
            folded.push(b' ');
            patches.other(0, b"\n");
            patches.pass(1);
            start = end + 1;
        }
    }
    is_ascii
}
