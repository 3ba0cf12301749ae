//! A sheet on its way into a file, written a little at a time, while the processor still has it at hand.

use std::io::{self, Write};
use std::os::unix::fs::FileExt;

use super::container::{SectionFile, data_start};
use super::directory::{IndexDirectory, Making};
use super::pieces::Pieces;
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
    /// How many bytes are in the file.
    length: usize,
    /// How many of the next bytes are noted in the checksums already.
    noted: usize,
}

impl SheetWriter {
    /// A file for a sheet of so many sections, in chunks of `1 << bits` bytes, that belongs into a cache.
    pub(super) fn begin(cache: &IndexDirectory, kind: u32, bits: u32, sections: usize) -> io::Result<Self> {
        let mut making = cache.begin()?;
        let start = data_start(sections);
        // The head is written over it at the end.
        making.file.write_all(&vec![0; start])?;
        Ok(Self { making, maker: SheetMaker::new(kind, bits), kind, start, length: start, noted: 0 })
    }

    /// Begins a section.
    pub(super) fn section(&mut self) -> io::Result<()> {
        let before = self.maker.begin();
        self.length += before.len();
        self.making.file.write_all(before)
    }

    /// Writes further bytes of the section.
    pub(super) fn add(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (piece, rest) = bytes.split_at(bytes.len().min(AT_ONCE - self.length % AT_ONCE));
            self.maker.add(&piece[self.noted.min(piece.len())..]);
            self.noted = self.noted.saturating_sub(piece.len());
            self.making.file.write_all(piece)?;
            self.length += piece.len();
            bytes = rest;
        }
        Ok(())
    }

    /// Writes of further bytes of the section as many as end at a multiple of [`AT_ONCE`] in the file, which takes the system a sixth less
    /// time. Gives how many these are; the others are to be given again.
    pub(super) fn add_some(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.maker.add(&bytes[self.noted..]);
        self.noted = bytes.len();
        let end = (self.length + bytes.len()) / AT_ONCE * AT_ONCE;
        let some = end.saturating_sub(self.length);
        self.add(&bytes[..some])?;
        Ok(some)
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
    pub(super) fn end(&mut self) -> io::Result<(SectionFile, u64)> {
        let frame = self.maker.finish();
        self.making.file.write_all(&frame.tail)?;
        self.making.file.write_all_at(&frame.head, 0)?;
        Ok((SectionFile::written(&self.making.file, self.kind).ok_or(io::ErrorKind::InvalidData)?, frame.name))
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
