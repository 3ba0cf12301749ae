//! Mapping a file of the index into memory: the one place in the program that is `unsafe`.
#![expect(unsafe_code, reason = "mapping a file is unsafe by nature; why it is sound here is argued below")]

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Maps a whole file, to be read only.
///
/// Sound as long as nobody shortens or overwrites the file while it is mapped. The files of the index are our own, in a folder
/// that only the user may enter: each is written under a name of its own, mapped after the last byte, and from then on
/// replaced or removed by name only, never truncated or written in place; the system keeps what is mapped until it is unmapped.
/// Bytes that are wrong all the same are caught by checksums before they are used, and no value is made of them for which
/// some bits are forbidden.
pub(super) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: see above.
    unsafe { Mmap::map(file) }
}
