//! The watch over the system's table of mounts: a disk mounted over a folder, or taken away, raises no event in it.

use std::fs::File;
use std::io::{self, PipeWriter, Read, Seek};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::super::librarian::spawn;

/// Where Linux tells what is mounted. Whoever polls it is woken when that changes; other systems have no such file.
const TABLE: &str = "/proc/self/mountinfo";

/// A handle to the watching thread, which ends when it is dropped.
#[derive(Debug)]
pub(in crate::library) struct Mounts {
    /// Nothing is ever written: closing it wakes the thread.
    _end: PipeWriter,
}

impl Mounts {
    /// Calls `tell`, from a thread of its own, when something was mounted or unmounted below a folder or on the way to it; none where the
    /// system does not say.
    pub(in crate::library) fn watch(root: &Path, tell: impl Fn() + Send + 'static) -> Option<Self> {
        let mut table = File::open(TABLE).ok()?;
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let mut last = look(&mut table, &root)?;
        let (end, keep) = io::pipe().ok()?;
        let work = move || loop {
            let mut asked = [PollFd::new(&table, PollFlags::PRI), PollFd::new(&end, PollFlags::IN)];
            match poll(&mut asked, None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return,
            }
            if !asked[1].revents().is_empty() {
                return;
            }
            let Some(now) = look(&mut table, &root) else { return };
            if now != last {
                last = now;
                tell();
            }
        };
        spawn("mounts", work).ok()?;
        Some(Self { _end: keep })
    }
}

/// What is mounted below a folder or on the way to it: the number and the place of each mount.
fn look(table: &mut File, root: &Path) -> Option<Vec<(u64, PathBuf)>> {
    let mut lines = Vec::new();
    table.rewind().ok()?;
    table.read_to_end(&mut lines).ok()?;
    Some(concerning(&lines, root))
}

fn concerning(table: &[u8], root: &Path) -> Vec<(u64, PathBuf)> {
    let mount = |line: &[u8]| {
        let mut fields = line.split(|byte| *byte == b' ');
        let number = str::from_utf8(fields.next()?).ok()?.parse().ok()?;
        let place = unescaped(fields.nth(3)?);
        (root.starts_with(&place) || place.starts_with(root)).then_some((number, place))
    };
    table.split(|byte| *byte == b'\n').filter_map(mount).collect()
}

/// A path of the table, in which spaces, line breaks and backslashes are written as three octal digits.
fn unescaped(field: &[u8]) -> PathBuf {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.first_chunk::<3>().filter(|digits| byte == b'\\' && digits.iter().all(u8::is_ascii_digit));
        rest = after;
        bytes.push(digits.map_or(byte, |digits| {
            rest = &after[3..];
            digits.iter().fold(0_u8, |number, digit| number.wrapping_mul(8).wrapping_add(digit - b'0'))
        }));
    }
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mounts_on_the_way_to_a_folder_or_in_it_concern_it() {
        let table = b"21 1 0:19 / / rw - ext4 /dev/a rw\n\
            35 21 0:3 / /media/my\\040disk rw shared:1 - vfat /dev/b rw\n\
            36 21 0:4 / /media/my\\040disk/digests/old rw - tmpfs none rw\n\
            37 21 0:5 / /media/other rw - tmpfs none rw\n\
            torn";
        let found = concerning(table, Path::new("/media/my disk/digests"));
        let expected = [(21, "/"), (35, "/media/my disk"), (36, "/media/my disk/digests/old")];
        assert_eq!(found, expected.map(|(number, place)| (number, PathBuf::from(place))));
        assert_eq!(unescaped(b"\\134\\0"), Path::new("\\\\0"));
    }
}
