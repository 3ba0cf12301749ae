//! Files and folders.

use std::ffi::OsStr;
use std::fs::{DirBuilder, File, FileType, Metadata, OpenOptions};
use std::io::{self, PipeReader};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{OFlags, statfs};
use rustix::io::Errno;

/// The numbers of file systems that other machines or processes change without an event here: NFS,
/// SMB, CIFS, SMB 2, Ceph, AFS, Coda, 9P, FUSE.
const REMOTE: [u64; 9] = [
    0x6969,
    0x517B,
    0xFF53_4D42,
    0xFE53_4D42,
    0x00C3_6400,
    0x5346_414F,
    0x7375_7245,
    0x0102_1997,
    0x6573_5546,
];

/// The path whose bytes these are.
pub fn path_of_bytes(bytes: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(bytes))
}

/// The device and the number of a file or folder, which two names of it share.
pub fn file_identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

/// Whether it is a named pipe.
pub fn is_fifo(kind: FileType) -> bool {
    kind.is_fifo()
}

/// Whether it is a socket.
pub fn is_socket(kind: FileType) -> bool {
    kind.is_socket()
}

/// Has a file opened without waiting for anything, since it may be none.
pub fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    let flags = OFlags::NONBLOCK.union(OFlags::NOCTTY);
    options.custom_flags(flags.bits().cast_signed())
}

/// Has a file created that only the user may read and write.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}

/// Creates folders that only the user may enter, those around them too.
pub fn folder_options() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
}

/// Whether an error says that symbolic links lead in a circle.
pub fn is_link_circle(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// Whether a folder is on another machine, so that no event says what changes in it.
pub fn is_remote(folder: &Path) -> bool {
    statfs(folder).is_ok_and(|system| REMOTE.contains(&((system.f_type as u64) & 0xFFFF_FFFF)))
}

/// Waits until the table of mounts changes; false once the other end of the pipe is closed.
pub fn wait_for_mounts(table: &File, end: &PipeReader) -> bool {
    let mut polled = [
        PollFd::new(table, PollFlags::PRI),
        PollFd::new(end, PollFlags::IN),
    ];
    match poll(&mut polled, None) {
        Ok(_) | Err(Errno::INTR) => polled[1].revents().is_empty(),
        Err(_) => false,
    }
}

/// When a file was last written, in nanoseconds since 1970.
pub fn modified(metadata: &Metadata) -> i64 {
    let seconds = metadata.mtime().saturating_mul(1_000_000_000);
    seconds.saturating_add(metadata.mtime_nsec())
}

/// When the system noted the last change of a file, in nanoseconds since 1970.
pub fn changed(metadata: &Metadata) -> i64 {
    let seconds = metadata.ctime().saturating_mul(1_000_000_000);
    seconds.saturating_add(metadata.ctime_nsec())
}

/// Whether a file or the output of a program is standard input, as in `curl … | jianbao`.
pub fn is_input_piped() -> bool {
    let Ok(input) = io::stdin().as_fd().try_clone_to_owned() else {
        return false;
    };
    File::from(input).metadata().is_ok_and(|metadata| {
        let kind = metadata.file_type();
        metadata.is_file() || is_fifo(kind) || is_socket(kind)
    })
}
