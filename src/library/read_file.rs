//! Reads one file: never blocks on what is not a regular file, and never reads more than a bound.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tracing::debug;

use super::article_files::FileStamp;
use crate::platform;
use crate::text::{Problem, ProblemKind};

/// The most that is read of one article, in bytes: 16 MiB, some five million Chinese characters.
pub(super) const MOST_BYTES: u64 = 16 << 20;

const EXTENSIONS: [&str; 4] = ["md", "markdown", "mdown", "txt"];

/// A file written this shortly before its stamp was taken may be written again within the same tick
/// of the clock: the stamp proves nothing.
const RACY: Duration = Duration::from_millis(100);

/// Whether a file of this name counts as an article: by its extension, in any case.
pub fn is_article_name(name: &Path) -> bool {
    let extension = name.extension().unwrap_or_default();
    EXTENSIONS
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// What was read of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct RawFile {
    /// Its bytes; none if it could not be read.
    pub(super) bytes: Vec<u8>,
    /// Why it could not be read, or was cut.
    pub(super) problem: Option<Problem>,
    /// The stamp it had when it was opened. None if the stamp would not show a later change, or
    /// there is no file.
    pub(super) stamp: Option<FileStamp>,
    /// When it was last written, in milliseconds since 1970.
    pub(super) modified: Option<i64>,
}

/// Reads a file up to [`MOST_BYTES`]. One that cannot be read gives no bytes and a problem.
///
/// What is not a regular file (a FIFO, a socket, a device) is not opened. If it becomes one between
/// the check and the opening, the opening does not block.
pub(super) fn read_file(path: &Path) -> RawFile {
    read_regular(path).unwrap_or_else(|reason| {
        debug!(?path, reason, "a file could not be read");
        let problem = Problem::new(
            ProblemKind::Unreadable,
            None,
            tr!("the file could not be read: {reason}", reason = reason),
        );
        let metadata = fs::metadata(path).ok().filter(Metadata::is_file);
        let modified = metadata.map(|metadata| modified(&metadata, now()));
        RawFile {
            problem: Some(problem),
            modified,
            ..RawFile::default()
        }
    })
}

fn read_regular(path: &Path) -> Result<RawFile, String> {
    let (file, metadata) = open_regular(path)?;
    let now = now();
    let length = Some(metadata.len());
    let (bytes, problem) = read_bounded(file, length).map_err(|error| reason(&error))?;
    let stamp = Some(FileStamp::of(&metadata)).filter(|stamp| !is_racy(stamp, now));
    Ok(RawFile {
        bytes,
        problem,
        stamp,
        modified: Some(modified(&metadata, now)),
    })
}

/// Opens a regular file for reading, or says why it cannot be opened; never blocks on anything else.
pub(super) fn open_regular(path: &Path) -> Result<(File, Metadata), String> {
    let plain = |error: io::Error| reason(&error);
    check_regular(fs::metadata(path).map_err(plain)?.file_type())?;
    let mut options = OpenOptions::new();
    let options = platform::without_waiting(options.read(true));
    let file = options.open(path).map_err(plain)?;
    let metadata = file.metadata().map_err(plain)?;
    check_regular(metadata.file_type())?;
    Ok((file, metadata))
}

/// The time now, in nanoseconds since 1970.
pub(super) fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos() as i64)
}

const fn is_racy(stamp: &FileStamp, taken_at: i64) -> bool {
    stamp.modified.abs_diff(taken_at) < RACY.as_nanos() as u64
}

/// When a file was last written, in milliseconds since 1970. A time in the future would make the
/// file new on every visit; instead of it the time counts at which the system noted the last
/// change.
fn modified(metadata: &Metadata, now: i64) -> i64 {
    let stamp = FileStamp::of(metadata);
    let time = if stamp.modified > now {
        platform::changed(metadata).min(now)
    } else {
        stamp.modified
    };
    time.div_euclid(1_000_000)
}

/// Reads a stream up to 16 MiB, with a problem if it was cut; `length` is its length in
/// bytes if that is known.
///
/// # Errors
/// If the reading fails.
pub fn read_bounded(
    stream: impl Read,
    length: Option<u64>,
) -> io::Result<(Vec<u8>, Option<Problem>)> {
    let mut bytes = Vec::with_capacity(length.unwrap_or(0).min(MOST_BYTES) as usize + 1);
    stream.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= MOST_BYTES {
        return Ok((bytes, None));
    }
    bytes.truncate(whole_characters(&bytes, MOST_BYTES as usize));
    let most = MOST_BYTES >> 20;
    let reason = match length {
        Some(length) => tr!(
            "the file is too long: only the first {most} MiB of its {all} MiB were read",
            most = most,
            all = length >> 20
        ),
        None => tr!(
            "the file is too long: only the first {most} MiB were read",
            most = most
        ),
    };
    Ok((bytes, Some(Problem::new(ProblemKind::Cut, None, reason))))
}

/// Where to cut at or before a bound, so that no UTF-8 sequence is torn; at the bound itself if
/// there is no UTF-8.
fn whole_characters(bytes: &[u8], bound: usize) -> usize {
    let is_start = |at: &usize| bytes.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
    (bound.saturating_sub(3)..=bound)
        .rev()
        .find(is_start)
        .unwrap_or(bound)
}

/// Opens a path of the command line that is not a regular file: the pipe of a process substitution
/// (`/dev/fd/63`) or standard input by name. Anything else is refused.
///
/// # Errors
/// A plain reason, for the error message.
pub fn open_stream(path: &Path) -> Result<File, String> {
    let is_descriptor = ["/dev/fd", "/proc/self/fd"]
        .iter()
        .any(|folder| path.starts_with(folder));
    if is_descriptor || path == Path::new("/dev/stdin") {
        return File::open(path).map_err(|error| reason(&error));
    }
    let kind = fs::metadata(path)
        .map_err(|error| reason(&error))?
        .file_type();
    Err(check_regular(kind)
        .err()
        .unwrap_or_else(|| tr!("it is not a stream").into()))
}

/// Fails with a plain reason for what is not a regular file.
fn check_regular(kind: FileType) -> Result<(), String> {
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        tr!("it is a folder, not a file")
    } else if platform::is_fifo(kind) {
        tr!("it is a FIFO, not a file")
    } else if platform::is_socket(kind) {
        tr!("it is a socket, not a file")
    } else {
        tr!("it is a device, not a file")
    };
    Err(what.into())
}

/// An error of the disk in plain words.
pub fn reason(error: &io::Error) -> String {
    if platform::is_link_circle(error) {
        return tr!("its symbolic links lead in a circle").into();
    }
    match error.kind() {
        io::ErrorKind::NotFound => tr!("no such file or folder").into(),
        io::ErrorKind::PermissionDenied => tr!("permission denied").into(),
        io::ErrorKind::NotADirectory => tr!("it is not a folder").into(),
        io::ErrorKind::IsADirectory => tr!("it is a folder, not a file").into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

#[cfg(test)]
#[path = "read_file_tests.rs"]
mod tests;
