use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use super::*;

fn problem_of(path: &Path) -> Problem {
    let file = read_file(path);
    assert!(file.bytes.is_empty() && file.stamp.is_none());
    file.problem.expect("a problem")
}

#[test]
fn names_count_by_extension_in_any_case() {
    for name in ["a.md", "b.MARKDOWN", "c.mdown", "d.Txt", "日报.md"] {
        assert!(is_article_name(Path::new(name)), "{name}");
    }
    for name in ["x/a.md", "a.md/", "a.md/.", "x./a.md", "/.a.md"] {
        assert!(is_article_name(Path::new(name)), "{name}");
    }
    for name in [
        "a.rs", "md", "a.md.bak", "a", ".md", "", "x/.md", "x.md/a", "a.md/..", "a.", ".",
    ] {
        assert!(!is_article_name(Path::new(name)), "{name}");
    }
}

#[test]
fn what_is_no_file_is_a_problem_and_never_a_hang() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo.md");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(
        problem_of(&fifo).reason,
        "the file could not be read: it is a FIFO, not a file"
    );
    let socket = folder.path().join("socket.md");
    let _listener = UnixListener::bind(&socket).unwrap();
    assert!(
        problem_of(&socket)
            .reason
            .ends_with("it is a socket, not a file")
    );
    assert!(
        problem_of(Path::new("/dev/null"))
            .reason
            .ends_with("it is a device, not a file")
    );
    assert!(
        problem_of(folder.path())
            .reason
            .ends_with("it is a folder, not a file")
    );
    let circle = folder.path().join("circle.md");
    symlink(&circle, &circle).unwrap();
    assert!(
        problem_of(&circle)
            .reason
            .ends_with("its symbolic links lead in a circle")
    );
    assert!(
        problem_of(&folder.path().join("gone.md"))
            .reason
            .ends_with("no such file or folder")
    );
}

#[test]
fn a_long_stream_is_cut_between_two_characters_and_says_so() {
    let long = "简".repeat(MOST_BYTES as usize / 3 + 2);
    let (bytes, problem) = read_bounded(long.as_bytes(), Some(100 << 20)).unwrap();
    assert_eq!(bytes.len() as u64, MOST_BYTES - MOST_BYTES % 3);
    assert!(std::str::from_utf8(&bytes).is_ok());
    let problem = problem.unwrap();
    assert_eq!(problem.kind, ProblemKind::Cut);
    assert_eq!(
        problem.reason,
        "the file is too long: only the first 16 MiB of its 100 MiB were read"
    );
}

#[test]
fn a_stream_of_just_the_bound_is_whole() {
    let (bytes, problem) = read_bounded(io::repeat(b'x').take(MOST_BYTES), None).unwrap();
    assert_eq!((bytes.len() as u64, problem), (MOST_BYTES, None));
}

#[test]
fn a_stream_that_never_ends_ends() {
    let (bytes, problem) = read_bounded(io::repeat(0x80), None).unwrap();
    assert_eq!(bytes.len() as u64, MOST_BYTES);
    assert_eq!(problem.unwrap().kind, ProblemKind::Cut);
}

#[test]
fn a_stamp_taken_right_after_the_writing_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "text").unwrap();
    let fresh = read_file(&path);
    assert_eq!((&fresh.bytes[..], fresh.stamp), (&b"text"[..], None));
    assert!(fresh.modified.is_some());
    super::super::tests::age(&path, 100);
    assert_eq!(
        read_file(&path).stamp,
        Some(FileStamp::of(&fs::metadata(&path).unwrap()))
    );
    let soon = 7_000_000_000 + RACY.as_nanos() as i64;
    let stamp = FileStamp {
        size: 1,
        modified: 7_000_000_000,
        inode: 1,
    };
    assert!(is_racy(&stamp, soon - 1) && !is_racy(&stamp, soon));
}
