//! A file of numbered sections, mapped into memory, with checksums that are checked before bytes
//! are first used.
//!
//! The head. The sections, each aligned. The footer: where each section begins and how long it is, a
//! checksum for each chunk before the footer, where the footer begins, the number of sections, and
//! a checksum of the head and the footer, which identifies the content. All is little-endian.
#![expect(
    unsafe_code,
    reason = "mapping a file is unsafe by nature; why it is sound here is argued at `map`"
)]

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use bytemuck::{Pod, pod_collect_to_vec};
use memmap2::{Mmap, MmapMut};
use tempfile::NamedTempFile;
use tracing::debug;
use twox_hash::XxHash3_64;

/// How a file begins. The number is raised with every change of what the sections hold.
const HEAD: [u8; 16] = *b"jianbao index 06";
/// The last three numbers: where the footer begins, the number of sections, the checksum.
const TRAILER: usize = 24;
/// What is checked at once: small, since the first screen needs only a little here and there.
const CHUNK: usize = 16 << 10;
/// Sections begin at a multiple of this, so that numbers in them are aligned.
const ALIGNMENT: usize = 16;
/// How much is written at once; whole chunks.
const BUFFER: usize = 16 * CHUNK;

/// A file of sections, mapped or in memory. Damaged bytes are never given out.
#[derive(Debug)]
pub(super) struct SectionFile {
    bytes: Mmap,
    /// Whether it is a mapped file; else it is in memory.
    pub(super) is_mapped: bool,
    sections: Vec<Range<usize>>,
    checksums: Vec<u64>,
    /// Where the footer begins and the last chunk ends.
    data_end: usize,
    /// By chunk, whether its checksum was found right.
    checked: Vec<AtomicBool>,
    is_corrupt: AtomicBool,
    /// The checksum of head and footer, which identifies the content.
    pub(super) checksum: u64,
}

/// Maps a whole file, to be read only.
///
/// Sound as long as no program shortens or overwrites the file while it is mapped. The files of the
/// index and the added dictionaries are our own, in a folder that only the user may enter. Each is written under a name of its
/// own and mapped after the last byte was written. From then on it is replaced or removed by name
/// only, never truncated or written in place, and the system keeps what is mapped. If bytes of the
/// index are wrong all the same, checksums catch them before they are used, and only types are made of them
/// for which all bits are valid.
pub(in crate::library) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: see above.
    unsafe { Mmap::map(file) }
}

impl SectionFile {
    /// Maps a file. None if it is of another version, or its footer is not right.
    pub(super) fn open(file: &File) -> Option<Self> {
        Self::read(map(file).ok()?, true)
    }

    fn read(bytes: Mmap, is_mapped: bool) -> Option<Self> {
        // Numbers are used as they are in the file, which is little-endian.
        if cfg!(target_endian = "big") {
            return None;
        }
        let all: &[u8] = &bytes;
        let (body, trailer) = all.split_at_checked(all.len().checked_sub(TRAILER)?)?;
        let [data_end, section_count, checksum] = pod_collect_to_vec(trailer)[..] else {
            return None;
        };
        let data_end = data_end as usize;
        let footer = all.get(data_end..all.len() - size_of::<u64>())?;
        if !all.starts_with(&HEAD) || content_checksum(footer) != checksum {
            return None;
        }
        let footer: Vec<u64> = pod_collect_to_vec(body.get(data_end..)?);
        let (places, checksums) =
            footer.split_at_checked((section_count as usize).checked_mul(2)?)?;
        let section = |place: &[u64]| {
            let (start, end) = (place[0] as usize, place[0].checked_add(place[1])? as usize);
            (start <= end && end <= data_end && start.is_multiple_of(ALIGNMENT))
                .then_some(start..end)
        };
        let sections = places.chunks(2).map(section).collect::<Option<Vec<_>>>()?;
        if checksums.len() != data_end.div_ceil(CHUNK) {
            return None;
        }
        let checksums = checksums.to_vec();
        let checked = checksums.iter().map(|_| AtomicBool::new(false)).collect();
        Some(Self {
            bytes,
            is_mapped,
            sections,
            checksums,
            data_end,
            checked,
            is_corrupt: AtomicBool::new(false),
            checksum,
        })
    }

    /// Whether no damage was found so far.
    pub(super) fn is_valid(&self) -> bool {
        !self.is_corrupt.load(Ordering::Relaxed)
    }

    /// Notes that something cannot be as it was written.
    pub(super) fn mark_corrupt(&self) {
        self.is_corrupt.store(true, Ordering::Relaxed);
    }

    pub(super) fn length(&self, section: usize) -> usize {
        self.sections.get(section).map_or(0, Range::len)
    }

    /// Bytes of a section. None if they are not there, or damaged.
    pub(super) fn bytes(&self, section: usize, range: Range<usize>) -> Option<&[u8]> {
        let within = self.sections.get(section)?;
        if range.start > range.end || range.end > within.len() {
            self.mark_corrupt();
            return None;
        }
        let range = within.start + range.start..within.start + range.end;
        let is_right =
            (range.start / CHUNK..range.end.div_ceil(CHUNK)).all(|chunk| self.check(chunk));
        if is_right {
            self.bytes.get(range)
        } else {
            None
        }
    }

    pub(super) fn whole(&self, section: usize) -> Option<&[u8]> {
        self.bytes(section, 0..self.length(section))
    }

    pub(super) fn values<T: Pod>(&self, section: usize) -> Option<&[T]> {
        bytemuck::try_cast_slice(self.whole(section)?)
            .inspect_err(|_| self.mark_corrupt())
            .ok()
    }

    pub(super) fn value<T: Pod>(&self, section: usize, at: usize) -> Option<&T> {
        let start = at.checked_mul(size_of::<T>())?;
        bytemuck::try_from_bytes(self.bytes(section, start..start.checked_add(size_of::<T>())?)?)
            .ok()
    }

    pub(super) fn verify_all(&self) -> bool {
        (0..self.sections.len()).all(|section| self.whole(section).is_some()) && self.is_valid()
    }

    /// Checks a chunk, if that was not done before.
    fn check(&self, chunk: usize) -> bool {
        if self.checked[chunk].load(Ordering::Acquire) {
            return true;
        }
        let bytes = &self.bytes[chunk * CHUNK..self.data_end.min((chunk + 1) * CHUNK)];
        let is_right = XxHash3_64::oneshot(bytes) == self.checksums[chunk];
        if is_right {
            self.checked[chunk].store(true, Ordering::Release);
        } else {
            debug!(chunk, "a file of the index is damaged");
            self.mark_corrupt();
        }
        is_right
    }
}

/// Writes a file of sections, one after the other; or makes it in memory.
pub(super) struct SectionWriter {
    /// None to keep everything in memory.
    file: Option<NamedTempFile>,
    /// Not written yet, from a multiple of [`BUFFER`] on.
    buffer: Vec<u8>,
    written: usize,
    /// Where each section begins, and its length.
    sections: Vec<[usize; 2]>,
    checksums: Vec<u64>,
}

impl SectionWriter {
    pub(super) fn new(file: Option<NamedTempFile>) -> Self {
        let buffer = HEAD.to_vec();
        Self {
            file,
            buffer,
            written: 0,
            sections: Vec::new(),
            checksums: Vec::new(),
        }
    }

    pub(super) fn section<'a>(
        &mut self,
        parts: impl IntoIterator<Item = &'a [u8]>,
    ) -> io::Result<()> {
        self.align()?;
        let start = self.length();
        for part in parts {
            self.append(part)?;
        }
        self.sections.push([start, self.length() - start]);
        Ok(())
    }

    /// Writes the footer, and opens what was written. The file, if there is one, still has to be
    /// published.
    pub(super) fn finish(mut self) -> io::Result<(SectionFile, Option<NamedTempFile>)> {
        self.align()?;
        let data_end = self.length();
        self.checksums
            .extend(self.buffer.chunks(CHUNK).map(XxHash3_64::oneshot));
        let places = self.sections.iter().flatten().map(|&number| number as u64);
        let checksums = self.checksums.iter().copied();
        let ends = [data_end as u64, self.sections.len() as u64];
        let mut footer: Vec<u64> = places.chain(checksums).chain(ends).collect();
        footer.push(content_checksum(bytemuck::cast_slice(&footer)));
        self.buffer.extend_from_slice(bytemuck::cast_slice(&footer));
        let file = match &mut self.file {
            None => {
                let mut bytes = MmapMut::map_anon(self.buffer.len())?;
                bytes.copy_from_slice(&self.buffer);
                SectionFile::read(bytes.make_read_only()?, false)
            }
            Some(file) => {
                file.write_all(&self.buffer)?;
                SectionFile::open(file.as_file())
            }
        };
        let file = file.ok_or(io::ErrorKind::InvalidData)?;
        // What was just written is not checked again.
        file.checked
            .iter()
            .for_each(|chunk| chunk.store(true, Ordering::Release));
        Ok((file, self.file))
    }

    fn length(&self) -> usize {
        self.written + self.buffer.len()
    }

    fn align(&mut self) -> io::Result<()> {
        let length = self.length();
        self.append(&[0; ALIGNMENT][..length.next_multiple_of(ALIGNMENT) - length])
    }

    fn append(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            self.buffer.extend_from_slice(bytes);
            return Ok(());
        };
        while !bytes.is_empty() {
            let (now, rest) = bytes.split_at(bytes.len().min(BUFFER - self.buffer.len()));
            self.buffer.extend_from_slice(now);
            bytes = rest;
            if self.buffer.len() == BUFFER {
                self.checksums
                    .extend(self.buffer.chunks(CHUNK).map(XxHash3_64::oneshot));
                file.write_all(&self.buffer)?;
                self.written += self.buffer.len();
                self.buffer.clear();
            }
        }
        Ok(())
    }
}

/// The checksum of the head, and of a footer without the checksum at its end.
fn content_checksum(footer: &[u8]) -> u64 {
    XxHash3_64::oneshot(&[&HEAD, footer].concat())
}
