//! Reading one file: never blocking on what is no file, never more than a stated bound.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;

use rustix::buffer::spare_capacity;
use rustix::fs::OFlags;
use rustix::io::{Errno, retry_on_intr};

use crate::text::{Problem, ProblemKind};

/// The most that is read of one article, in bytes: 16 MiB, some five million Chinese characters.
pub const MOST_BYTES: u64 = 16 << 20;

const EXTENSIONS: [&str; 4] = ["md", "markdown", "mdown", "txt"];

/// Whether a file of this name counts as an article: by its extension, in any case.
pub fn is_article_name(name: &Path) -> bool {
    let bytes = name.as_os_str().as_encoded_bytes();
    let Some(dot) = memchr::memrchr(b'.', bytes) else { return false };
    let extension = match &bytes[dot + 1..] {
        // It ends in what belongs to no name.
        extension if extension.contains(&b'/') || extension.is_empty() => {
            name.extension().unwrap_or_default().as_encoded_bytes()
        }
        _ if dot == 0 || bytes[dot - 1] == b'/' => return false,
        extension => extension,
    };
    EXTENSIONS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(extension))
}

/// Reads a file up to [`MOST_BYTES`], with its bytes in the place of others; one that cannot be read, or is no file, gives none and a problem.
///
/// What is no regular file (a FIFO, a socket, a device) is never opened; should it become one between the look and the
/// opening, the opening does not block. Who has just seen that it is a file says so, and spares another look. What
/// the file is before its bytes are read is told.
pub(super) fn read(
    path: &Path,
    was_seen: bool,
    bytes: &mut Vec<u8>,
    tell: &mut dyn FnMut(&Metadata),
) -> Option<Problem> {
    let mut attempt = || -> Result<Option<Problem>, String> {
        if !was_seen {
            regular(fs::metadata(path).map_err(|error| reason(&error))?.file_type())?;
        }
        let flags = OPENING.bits().cast_signed();
        let file = OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(|error| reason(&error))?;
        read_open(file, bytes, tell)
    };
    attempt().unwrap_or_else(|why| {
        bytes.clear();
        Some(Problem::new(ProblemKind::Unreadable, None, format!("the file could not be read: {why}")))
    })
}

/// With these flags what is no regular file is opened without blocking.
pub(super) const OPENING: OFlags = OFlags::NONBLOCK.union(OFlags::NOCTTY);

/// Reads an open file as [`read`] does, with the bytes in the place of others.
///
/// # Errors
/// A plain reason, also where it turns out to be no regular file.
pub(super) fn read_open(
    file: File,
    bytes: &mut Vec<u8>,
    tell: &mut dyn FnMut(&Metadata),
) -> Result<Option<Problem>, String> {
    let metadata = file.metadata().map_err(|error| reason(&error))?;
    regular(metadata.file_type())?;
    tell(&metadata);
    bytes.clear();
    read_known(file, metadata.len(), bytes).map_err(|error| reason(&error))
}

/// Reads a file that is said to have a length, at one go if that is true: then who asks for a byte more gets just its length.
fn read_known(file: File, length: u64, bytes: &mut Vec<u8>) -> io::Result<Option<Problem>> {
    bytes.reserve(length.min(MOST_BYTES) as usize + 1);
    let count = retry_on_intr(|| rustix::io::read(&file, spare_capacity(bytes)))?;
    if count as u64 == length && length <= MOST_BYTES {
        return Ok(None);
    }
    read_onto(bytes, file, Some(length))
}

/// Reads a stream up to [`MOST_BYTES`], with a problem where it was cut; `length` is its length if known, in bytes.
///
/// # Errors
/// Those of the reading.
pub fn read_bounded(stream: impl Read, length: Option<u64>) -> io::Result<(Vec<u8>, Option<Problem>)> {
    let mut bytes = Vec::with_capacity(length.unwrap_or(0).min(MOST_BYTES) as usize + 1);
    let problem = read_onto(&mut bytes, stream, length)?;
    Ok((bytes, problem))
}

/// Reads the rest of a stream whose beginning was read.
fn read_onto(bytes: &mut Vec<u8>, stream: impl Read, length: Option<u64>) -> io::Result<Option<Problem>> {
    stream.take((MOST_BYTES + 1).saturating_sub(bytes.len() as u64)).read_to_end(bytes)?;
    if bytes.len() as u64 <= MOST_BYTES {
        return Ok(None);
    }
    bytes.truncate(whole_characters(bytes, MOST_BYTES as usize));
    let of = length.map_or(String::new(), |length| format!(" of its {} MiB", length >> 20));
    let reason = format!("the file is too long: only the first {} MiB{of} were read", MOST_BYTES >> 20);
    Ok(Some(Problem::new(ProblemKind::Cut, None, reason)))
}

/// Where to cut at or before a bound, so that no UTF-8 sequence is torn; the bound itself if it is no UTF-8 there.
fn whole_characters(bytes: &[u8], bound: usize) -> usize {
    let is_start = |at: &usize| bytes.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
    (bound.saturating_sub(3)..=bound).rev().find(is_start).unwrap_or(bound)
}

/// Opens what was named on the command line but is no regular file: the pipe of a process substitution
/// (`/dev/fd/63`) or standard input by name; anything else of the kind is refused.
///
/// # Errors
/// A plain reason, for the error message.
pub fn open_stream(path: &Path) -> Result<File, String> {
    let is_descriptor = ["/dev/fd", "/proc/self/fd"].iter().any(|folder| path.starts_with(folder));
    if is_descriptor || path == Path::new("/dev/stdin") {
        return File::open(path).map_err(|error| reason(&error));
    }
    let kind = fs::metadata(path).map_err(|error| reason(&error))?.file_type();
    Err(regular(kind).err().unwrap_or_else(|| "it is no stream".into()))
}

fn regular(kind: FileType) -> Result<(), String> {
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a FIFO"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    };
    Err(format!("it is {what}, not a file"))
}

/// An error of the disk in plain words.
pub fn reason(error: &io::Error) -> String {
    if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) {
        return "its symbolic links lead in a circle".into();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

#[cfg(test)]
#[path = "read_file_tests.rs"]
mod tests;
