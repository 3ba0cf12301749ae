//! A sheet on its way into a file, written a little at a time, while the processor still has it at hand.

use std::io::{self, Write};
use std::os::unix::fs::FileExt;

use super::cache::{Cache, Making};
use super::pieces::Pieces;
use super::sheet::{Sheet, data_start};
use super::sheet_maker::SheetMaker;

/// How much is written at a time. What is written in one piece of many MiB takes the system three times as long.
pub(super) const AT_ONCE: usize = 256 << 10;

/// A sheet that is being written.
pub(super) struct SheetWriter {
    making: Making,
    maker: SheetMaker,
    kind: u32,
    /// Where its data begin in the file.
    start: usize,
}

impl SheetWriter {
    /// A file for a sheet of so many sections, in chunks of `1 << bits` bytes, that belongs into a cache.
    pub(super) fn begin(cache: &Cache, kind: u32, bits: u32, sections: usize) -> io::Result<Self> {
        let mut making = cache.begin()?;
        let start = data_start(sections);
        // The head is written over it at the end.
        making.file.write_all(&vec![0; start])?;
        Ok(Self { making, maker: SheetMaker::new(kind, bits), kind, start })
    }

    /// Begins a section.
    pub(super) fn section(&mut self) -> io::Result<()> {
        self.making.file.write_all(self.maker.begin())
    }

    /// Writes further bytes of the section.
    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        bytes.chunks(AT_ONCE).try_for_each(|piece| {
            self.maker.add(piece);
            self.making.file.write_all(piece)
        })
    }

    /// Writes further bytes of the section that lie in pieces: small ones together.
    pub(super) fn add_all(&mut self, pieces: &Pieces<'_>) -> io::Result<()> {
        let mut together = Vec::new();
        for piece in pieces.iter() {
            if together.len() + piece.len() <= AT_ONCE / 2 {
                together.extend_from_slice(piece);
                continue;
            }
            self.add(&together)?;
            together.clear();
            self.add(piece)?;
        }
        self.add(&together)
    }

    /// Writes what stands around the sections, and maps all; gives the name that its content has.
    pub(super) fn end(&mut self) -> io::Result<(Sheet, u64)> {
        let frame = self.maker.finish();
        self.making.file.write_all(&frame.tail)?;
        self.making.file.write_all_at(&frame.head, 0)?;
        Ok((Sheet::written(&self.making.file, self.kind).ok_or(io::ErrorKind::InvalidData)?, frame.name))
    }

    /// Gives the file its name; see [`Making::finish`].
    pub(super) fn publish(self, name: &str) -> io::Result<()> {
        self.making.finish(name).map(drop)
    }

    /// So many of the first bytes that were written, read again; none where that fails.
    pub(super) fn written(&self, length: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.making.file.read_exact_at(&mut bytes, self.start as u64).ok()?;
        Some(bytes)
    }
}
