//! Files that cannot be read, names that are no text, and folders of odd shapes.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

use super::*;
use crate::text::ProblemKind;

#[test]
fn unreadable_files_are_listed_once_and_not_reported_again() {
    let place = Place::new(&[]);
    for number in 0..200 {
        symlink("nowhere", place.path(&format!("dangling-{number}.md"))).unwrap();
        symlink(
            format!("circle-{number}.md"),
            place.path(&format!("circle-{number}.md")),
        )
        .unwrap();
    }
    fs::create_dir_all(place.path("folder.md/deeper.md")).unwrap();
    symlink("..", place.path("folder.md/up.md")).unwrap();
    symlink("loop-b.md", place.path("folder.md/loop-a.md")).unwrap();
    symlink("loop-a.md", place.path("folder.md/loop-b.md")).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(place.path("fifo.md"))
            .status()
            .unwrap()
            .success()
    );
    let _socket = UnixListener::bind(place.path("socket.md")).unwrap();
    let mut first = place.visit();
    assert_eq!(first.entries.len(), 404);
    assert_eq!(first.filter("has:problem").len(), 404);
    assert_eq!(first.search("nowhere"), [""; 0]);
    for path in [
        "dangling-7.md",
        "circle-7.md",
        "fifo.md",
        "socket.md",
        "folder.md/loop-a.md",
    ] {
        let (text, _) = first.load(first.id(path));
        assert_eq!(
            text.problems().next().unwrap().kind,
            ProblemKind::Unreadable,
            "{path}"
        );
    }
    first.ask(Request::Refresh);
    first.until(|visit| visit.finished == 2);
    assert_eq!(
        (first.read, first.entries.len()),
        (404, 404),
        "nothing is new about them"
    );
    first.end();
    let mut second = place.visit();
    assert_eq!(
        (second.opened, second.changes.len(), second.notices.len()),
        (404, 0, 0)
    );
    // One of them comes to life.
    fs::remove_file(place.path("dangling-7.md")).unwrap();
    place.write("dangling-7.md", "# Alive\n");
    second.until_titled("dangling-7.md", "Alive");
    assert_eq!(second.filter("has:problem").len(), 403);
    second.end();
}

#[test]
fn names_of_any_bytes_are_followed_searched_and_remembered() {
    let place = Place::new(&[("a.md", "# A\n")]);
    let long = [&[b'x'; 252][..], b".md"].concat();
    let names: [&[u8]; 4] = [
        b"\xff\xfe.md",
        b"a\nb\x1b[31m.md",
        &long,
        "\u{202e}dm.\u{200b}长.md".as_bytes(),
    ];
    let path = |name: &[u8]| place.folder.path().join(OsStr::from_bytes(name));
    if fs::write(path(names[0]), "").is_err() {
        return println!("skipped: this file system takes no such names");
    }
    fs::remove_file(path(names[0])).unwrap();
    let mut visit = place.visit();
    for (name, number) in names.iter().zip(0..) {
        fs::write(
            path(name),
            format!("# Wild {number}\n\nOf the wild, number {number}.\n"),
        )
        .unwrap();
        age(&path(name), 100);
    }
    visit.until(|visit| visit.entries.len() == 5);
    visit.until_found(4, |visit| visit.search("of the wild"));
    let id = |visit: &Visit, name: &[u8]| visit.id(&OsStr::from_bytes(name).to_string_lossy());
    let ids = names.map(|name| id(&visit, name));
    for id in ids {
        visit.ask(Request::Remember(id, read(), ChangedFields::ALL));
        assert_eq!(visit.load(id).0.problems().count(), 0);
    }
    // Each moves into a folder of its own name; there the long one is as long as before.
    for name in &names[..2] {
        fs::rename(path(name), path(b"aside")).unwrap();
        fs::create_dir(path(name)).unwrap();
        fs::rename(path(b"aside"), path(name).join(OsStr::from_bytes(name))).unwrap();
    }
    let moved = names[..2]
        .iter()
        .map(|name| [*name, *name].join(&b'/'))
        .collect::<Vec<_>>();
    visit.until(|visit| {
        let paths = visit.paths();
        moved
            .iter()
            .all(|path| paths.contains(&String::from_utf8_lossy(path).into_owned()))
            && paths.len() == 5
    });
    assert_eq!([id(&visit, &moved[0]), id(&visit, &moved[1])], ids[..2]);
    visit.end();
    // All of them come back from the index.
    fs::remove_dir_all(place.storage_dir.path().join("cache")).unwrap();
    place.visit().end();
    let mut next = place.visit();
    assert_eq!((next.opened, next.read), (5, 0));
    assert_eq!(next.search("of the wild").len(), 4);
    assert_eq!(next.filter("is:starred").len(), 4);
    for path in [&moved[0], &moved[1], names[2], names[3]] {
        assert_eq!(
            next.load(id(&next, path)).1,
            read(),
            "{}",
            String::from_utf8_lossy(path)
        );
    }
    next.end();
}

#[test]
fn wide_and_deep_libraries_are_followed() {
    const MANY: usize = 2_000;
    let wide = Place::new(&[]);
    let deep = Place::new(&[]);
    for number in 0..MANY {
        wide.write(&format!("{number}.md"), &format!("# Number {number}\n"));
        deep.write(&format!("{number}/a.md"), &format!("# Number {number}\n"));
    }
    for (place, path, new) in [
        (&wide, "1234.md", "new.md"),
        (&deep, "1234/a.md", "1234/new.md"),
    ] {
        let first = place.visit();
        assert_eq!(first.entries.len(), MANY);
        first.end();
        let mut second = place.visit();
        assert_eq!((second.opened, second.read), (MANY, 0));
        fs::write(place.path(path), "# Another\n").unwrap();
        second.until_titled(path, "Another");
        place.write(new, "# New\n");
        second.until(|visit| visit.entries.len() == MANY + 1);
        fs::remove_file(place.path(path)).unwrap();
        second.until(|visit| visit.entries.len() == MANY);
        second.end();
    }
}

#[test]
fn everything_but_the_index_works_without_a_cache_folder() {
    let place = Place::new(&[("a.md", "# A\n\nThe text of A.\n"), ("b.md", "# B\n")]);
    fs::write(
        place.storage_dir.path().join("cache"),
        "a file where the folder should be",
    )
    .unwrap();
    for _ in 0..2 {
        let mut visit = place.visit();
        assert_eq!((visit.opened, visit.read), (0, 2));
        assert_eq!(visit.search("text of a"), ["a.md"]);
        assert_eq!(visit.filter("b"), ["b.md"]);
        visit.ask(Request::Remember(
            visit.id("a.md"),
            read(),
            ChangedFields::ALL,
        ));
        assert_eq!(visit.load(visit.id("a.md")).1, read());
        fs::write(place.path("b.md"), "# B is another\n").unwrap();
        visit.until_titled("b.md", "B is another");
        place.write("b.md", "# B\n");
        visit.until_titled("b.md", "B");
        assert_eq!(visit.notices, [""; 0], "a derived index is no news");
        visit.end();
    }
    assert_eq!(
        fs::read(place.storage_dir.path().join("cache")).unwrap(),
        b"a file where the folder should be"
    );
}
