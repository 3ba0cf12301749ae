//! A sheet in the making: its checksums as its bytes come by, and at the end what stands before and behind them.

use std::hash::Hasher;

use twox_hash::XxHash3_64;

use super::container::{ALIGNMENT, MAGIC, VERSION, data_start, head_checksum};

/// A sheet in the making. It keeps none of the bytes: whoever makes it puts them where they belong.
pub(super) struct SheetMaker {
    kind: u32,
    bits: u32,
    /// An offset and a length for each section so far.
    directory: Vec<[u64; 2]>,
    /// How many bytes the data have so far.
    length: usize,
    checksums: Vec<u64>,
    /// What came of the chunk that is not whole yet.
    hasher: XxHash3_64,
}

impl SheetMaker {
    /// A sheet of no sections yet, in chunks of `1 << bits` bytes.
    pub(super) fn new(kind: u32, bits: u32) -> Self {
        Self { kind, bits, directory: Vec::new(), length: 0, checksums: Vec::new(), hasher: XxHash3_64::new() }
    }

    /// Begins a section; gives the padding that stands before it.
    pub(super) fn begin(&mut self) -> &'static [u8] {
        let padding = padding(self.length, ALIGNMENT);
        self.count(padding);
        self.directory.push([self.length as u64, 0]);
        padding
    }

    /// Notes further bytes of the section.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.count(bytes);
        if let Some([_, length]) = self.directory.last_mut() {
            *length += bytes.len() as u64;
        }
    }

    fn count(&mut self, mut bytes: &[u8]) {
        let chunk = 1_usize << self.bits;
        while !bytes.is_empty() {
            let (now, rest) = bytes.split_at(bytes.len().min(chunk - self.length % chunk));
            self.length += now.len();
            bytes = rest;
            if now.len() == chunk {
                // The same, in half the time.
                self.checksums.push(XxHash3_64::oneshot(now));
                continue;
            }
            self.hasher.write(now);
            if self.length.is_multiple_of(chunk) {
                self.end_chunk();
            }
        }
    }

    fn end_chunk(&mut self) {
        self.checksums.push(self.hasher.finish());
        self.hasher = XxHash3_64::new();
    }

    /// What stands before the data and behind them, and the name of it all: the checksum of both. Nothing is added after it.
    pub(super) fn finish(&mut self) -> Frame {
        if !self.length.is_multiple_of(1 << self.bits) {
            self.end_chunk();
        }
        let mut head = MAGIC.to_vec();
        for number in [VERSION, self.kind, self.directory.len() as u32, self.bits] {
            head.extend(number.to_le_bytes());
        }
        let directory = self.directory.iter().flatten();
        for number in [self.length as u64, 0].iter().chain(directory) {
            head.extend(number.to_le_bytes());
        }
        head.resize(data_start(self.directory.len()), 0);
        let table: Vec<u8> = self.checksums.iter().flat_map(|checksum| checksum.to_le_bytes()).collect();
        let name = head_checksum(&head, &table);
        head[32..40].copy_from_slice(&name.to_le_bytes());
        let tail = [padding(self.length, size_of::<u64>()), &table].concat();
        Frame { head, tail, name }
    }
}

/// What stands around the data of a sheet.
pub(super) struct Frame {
    /// Before them.
    pub(super) head: Vec<u8>,
    /// Behind them.
    pub(super) tail: Vec<u8>,
    /// The checksum of both, which stands for all.
    pub(super) name: u64,
}

impl Frame {
    /// The frame of a sheet of sections.
    pub(super) fn of(kind: u32, bits: u32, sections: &[&[u8]]) -> Self {
        let mut maker = SheetMaker::new(kind, bits);
        for section in sections {
            maker.begin();
            maker.add(section);
        }
        maker.finish()
    }

    /// The pieces of a file: the head, the sections with what pads them, and the tail.
    pub(super) fn around<'a>(&'a self, sections: &[&'a [u8]]) -> Vec<&'a [u8]> {
        let mut length = 0;
        let padded = sections.iter().flat_map(|section| {
            let padding = padding(length, ALIGNMENT);
            length += padding.len() + section.len();
            [padding, section]
        });
        std::iter::once(&self.head[..]).chain(padded).chain([&self.tail[..]]).collect()
    }
}

fn padding(length: usize, alignment: usize) -> &'static [u8] {
    &[0; ALIGNMENT][..length.next_multiple_of(alignment) - length]
}
