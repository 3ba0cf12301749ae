//! A file of sections whose bytes are held against checksums before they are first used.
//!
//! Head: magic, version, kind, section count, chunk size, length of the data, a checksum of head and tail, and an offset and a length for
//! each section. Then the data, and as the tail a checksum for each chunk of them: so a sheet can be written before all of it is known.
//! All numbers are little-endian.

use std::fs::File;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use bytemuck::Pod;
use memmap2::Mmap;
use twox_hash::XxHash3_64;

use super::mapping::map;

/// Raised with every change of what the sections hold.
pub(super) const VERSION: u32 = 3;
pub(super) const MAGIC: [u8; 8] = *b"jianbao\x1a";
const HEAD: usize = 40;
/// Where sections begin within the data: a multiple of this, so that numbers in them are aligned.
pub(super) const ALIGNMENT: usize = 16;

/// A sheet that is read, mapped or in memory.
#[derive(Debug)]
pub(super) struct SectionFile {
    bytes: Bytes,
    chunk: usize,
    sections: Vec<Range<usize>>,
    /// Where the data begin, and the checksums of its chunks.
    data: usize,
    checksums: Vec<u64>,
    /// A bit for each chunk that was found right.
    verified: Vec<AtomicU64>,
    /// Of each section, whether all of it was found right.
    whole: Vec<AtomicBool>,
    is_damaged: AtomicBool,
    /// The checksum of head and tail, which stands for all.
    pub(super) name: u64,
}

#[derive(Debug)]
enum Bytes {
    Mapped(Mmap),
    /// In words, for the alignment.
    Owned(Vec<u64>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(words) => bytemuck::cast_slice(words),
        }
    }
}

impl SectionFile {
    /// Maps a file; none if it is of another version or kind, or its head is not right.
    pub(super) fn open(file: &File, kind: u32) -> Option<Self> {
        Self::read(Bytes::Mapped(map(file).ok()?), kind)
    }

    /// A sheet in memory, of the pieces that would be written.
    pub(super) fn in_memory(pieces: &[&[u8]], kind: u32) -> Option<Self> {
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        let mut words = vec![0_u64; length.div_ceil(8)];
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
        let mut at = 0;
        for piece in pieces {
            bytes[at..at + piece.len()].copy_from_slice(piece);
            at += piece.len();
        }
        Self::read(Bytes::Owned(words), kind)
    }

    fn read(bytes: Bytes, kind: u32) -> Option<Self> {
        // Numbers are used as they lie.
        if cfg!(target_endian = "big") {
            return None;
        }
        let all = bytes.get();
        let number = |at: usize| Some(u32::from_le_bytes(all.get(at..at + 4)?.try_into().ok()?));
        let long = |at: usize| Some(u64::from_le_bytes(all.get(at..at + 8)?.try_into().ok()?));
        let place = |at: usize| usize::try_from(long(at)?).ok();
        if all.get(..8)? != MAGIC || number(8)? != VERSION || number(12)? != kind {
            return None;
        }
        let (count, bits, length, name) = (number(16)? as usize, number(20)?, place(24)?, long(32)?);
        if !(10..=24).contains(&bits) || count > 64 || length > all.len() {
            return None;
        }
        let chunk = 1_usize << bits;
        let data = data_start(count);
        let table = data.checked_add(length)?.next_multiple_of(size_of::<u64>());
        let end = table + length.div_ceil(chunk) * size_of::<u64>();
        // In memory the last word may be padded.
        let is_whole = if matches!(bytes, Bytes::Mapped(_)) { all.len() == end } else { all.len() >= end };
        if !is_whole || head_checksum(&all[..data], &all[table..end]) != name {
            return None;
        }
        let section = |at: usize| {
            let start = place(HEAD + at * 16)?;
            let end = start.checked_add(place(HEAD + at * 16 + 8)?)?;
            (end <= length && start.is_multiple_of(ALIGNMENT)).then_some(start..end)
        };
        let sections: Vec<_> = (0..count).map(section).collect::<Option<_>>()?;
        let checksums: Vec<u64> = (table..end).step_by(8).map(long).collect::<Option<_>>()?;
        let verified = (0..checksums.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        let whole = sections.iter().map(|_| AtomicBool::new(false)).collect();
        Some(Self {
            bytes,
            chunk,
            sections,
            data,
            checksums,
            verified,
            whole,
            is_damaged: AtomicBool::new(false),
            name,
        })
    }

    /// A file that was just written, of what is right: mapped, and not held against its checksums again.
    pub(super) fn written(file: &File, kind: u32) -> Option<Self> {
        let sheet = Self::open(file, kind)?;
        sheet.verified.iter().for_each(|word| word.store(u64::MAX, Ordering::Release));
        Some(sheet)
    }

    /// Whether nothing wrong was found so far.
    pub(super) fn is_valid(&self) -> bool {
        !self.is_damaged.load(Ordering::Relaxed)
    }

    /// Says that something cannot be as it was written.
    pub(super) fn mark_corrupt(&self) {
        self.is_damaged.store(true, Ordering::Relaxed);
    }

    /// The length of a section in bytes.
    pub(super) fn length(&self, section: usize) -> usize {
        self.sections.get(section).map_or(0, Range::len)
    }

    /// Bytes of a section; none where they are not there or not what was written.
    pub(super) fn bytes(&self, section: usize, range: Range<usize>) -> Option<&[u8]> {
        let within = self.sections.get(section)?;
        if range.start > range.end || range.end > within.len() {
            self.mark_corrupt();
            return None;
        }
        let range = within.start + range.start..within.start + range.end;
        if !self.whole[section].load(Ordering::Acquire) && !self.verify(range.clone()) {
            return None;
        }
        self.bytes.get().get(self.data + range.start..self.data + range.end)
    }

    /// All bytes of a section.
    pub(super) fn whole(&self, section: usize) -> Option<&[u8]> {
        let bytes = self.bytes(section, 0..self.length(section))?;
        self.whole[section].store(true, Ordering::Release);
        Some(bytes)
    }

    /// All of a section as values.
    pub(super) fn values<T: Pod>(&self, section: usize) -> Option<&[T]> {
        bytemuck::try_cast_slice(self.whole(section)?).inspect_err(|_| self.mark_corrupt()).ok()
    }

    /// One value of a section.
    pub(super) fn value<T: Pod>(&self, section: usize, at: usize) -> Option<T> {
        let start = at.checked_mul(size_of::<T>())?;
        bytemuck::try_pod_read_unaligned(self.bytes(section, start..start.checked_add(size_of::<T>())?)?).ok()
    }

    /// Verifies everything; whether all is right.
    pub(super) fn verify_all(&self) -> bool {
        (0..self.sections.len()).all(|section| self.whole(section).is_some()) && self.is_valid()
    }

    fn verify(&self, range: Range<usize>) -> bool {
        if range.is_empty() {
            return true;
        }
        (range.start / self.chunk..=(range.end - 1) / self.chunk).all(|chunk| {
            let (word, bit) = (&self.verified[chunk / 64], 1 << (chunk % 64));
            if word.load(Ordering::Acquire) & bit != 0 {
                return true;
            }
            let all = &self.bytes.get()[self.data..];
            // The last chunk ends with the last section.
            let last = self.sections.iter().map(|section| section.end).max().unwrap_or(0);
            let is_right = XxHash3_64::oneshot(&all[chunk * self.chunk..last.min((chunk + 1) * self.chunk)])
                == self.checksums[chunk];
            if is_right {
                word.fetch_or(bit, Ordering::Release);
            } else {
                self.mark_corrupt();
            }
            is_right
        })
    }
}

/// Where the data of a sheet begin that has so many sections.
pub(super) const fn data_start(sections: usize) -> usize {
    (HEAD + sections * 16).next_multiple_of(ALIGNMENT)
}

/// The checksum of a head, but for the place where it stands itself, and of the checksums in the tail.
pub(super) fn head_checksum(head: &[u8], table: &[u8]) -> u64 {
    let mut hasher = XxHash3_64::new();
    for bytes in [&head[..32], &head[40..], table] {
        hasher.write(bytes);
    }
    hasher.finish()
}
