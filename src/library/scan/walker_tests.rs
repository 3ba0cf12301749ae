use std::fs::{create_dir, create_dir_all, write};
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

/// Walks a folder to the end. Returns the articles, sorted, and the notices.
fn walk(root: &Path) -> (Vec<String>, Vec<String>) {
    let walker = Walker::new(root);
    let (mut folders, mut articles, mut notices) = (vec![PathBuf::new()], Vec::new(), Vec::new());
    while let Some(folder) = folders.pop() {
        let contents = walker.read_folder(&folder, true);
        folders.extend(contents.folders);
        articles.extend(
            contents
                .articles
                .into_iter()
                .map(|(path, _)| path.to_string_lossy().into_owned()),
        );
        notices.extend(contents.error.map(|error| error.line));
        assert!(folders.len() < 100, "the walk goes in circles");
    }
    articles.sort();
    (articles, notices)
}

#[test]
fn articles_are_found_at_every_depth_and_hidden_ones_left_out() {
    let root = tempfile::tempdir().unwrap();
    create_dir_all(root.path().join("2024/05")).unwrap();
    create_dir(root.path().join(".git")).unwrap();
    for name in [
        "a.md",
        "2024/b.txt",
        "2024/05/c.MD",
        ".hidden.md",
        ".git/d.md",
        "program.rs",
        "2024/05/.e.md",
    ] {
        write(root.path().join(name), "").unwrap();
    }
    assert_eq!(
        walk(root.path()),
        (
            vec!["2024/05/c.MD".into(), "2024/b.txt".into(), "a.md".into()],
            vec![]
        )
    );
}

#[test]
fn circular_links_end_and_nothing_is_listed_twice() {
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    create_dir_all(root.path().join("in/deep")).unwrap();
    write(root.path().join("in/a.md"), "").unwrap();
    write(outside.path().join("b.md"), "").unwrap();
    symlink(root.path(), root.path().join("in/deep/up")).unwrap();
    symlink(root.path().join("in"), root.path().join("again")).unwrap();
    symlink(outside.path(), root.path().join("out")).unwrap();
    symlink(outside.path(), root.path().join("out-again")).unwrap();
    symlink(outside.path(), outside.path().join("self")).unwrap();
    symlink(root.path(), outside.path().join("back")).unwrap();
    symlink("nowhere", root.path().join("broken")).unwrap();
    let (articles, notices) = walk(root.path());
    assert_eq!(articles.len(), 2, "{articles:?}");
    assert!(articles.contains(&"in/a.md".into()));
    assert!(articles.iter().any(|path| path.ends_with("b.md")));
    assert_eq!(notices, Vec::<String>::new());
}

#[test]
fn a_link_into_a_hidden_folder_is_followed() {
    let root = tempfile::tempdir().unwrap();
    create_dir_all(root.path().join(".versions/3")).unwrap();
    write(root.path().join(".versions/3/a.md"), "").unwrap();
    symlink(".versions/3", root.path().join("current")).unwrap();
    assert_eq!(walk(root.path()).0, ["current/a.md"]);
}

#[test]
fn what_is_not_a_file_is_listed_as_an_article() {
    let root = tempfile::tempdir().unwrap();
    symlink("nowhere.md", root.path().join("broken.md")).unwrap();
    symlink("circle.md", root.path().join("circle.md")).unwrap();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(root.path().join("fifo.md"))
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(walk(root.path()).0, ["broken.md", "circle.md", "fifo.md"]);
}

#[test]
fn a_missing_or_unreadable_folder_gives_one_clean_line() {
    let root = tempfile::tempdir().unwrap();
    let notice = |folder: &str| {
        let contents = Walker::new(root.path()).read_folder(Path::new(folder), true);
        assert!(contents.folders.is_empty() && contents.articles.is_empty());
        contents.error.map(|error| (error.line, error.is_gone))
    };
    let gone = "cannot read the folder gone: no such file or folder";
    assert_eq!(notice("gone"), Some((gone.to_owned(), true)));
    let closed = root.path().join("closed");
    create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&closed).is_err() {
        let line = "cannot read the folder closed: permission denied";
        assert_eq!(notice("closed"), Some((line.to_owned(), false)));
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn only_regular_files_have_stamps() {
    let root = tempfile::tempdir().unwrap();
    write(root.path().join("a.md"), "text").unwrap();
    symlink("a.md", root.path().join("b.md")).unwrap();
    symlink("nowhere", root.path().join("c.md")).unwrap();
    let stamps = |stamps| {
        let mut found = Walker::new(root.path())
            .read_folder(Path::new(""), stamps)
            .articles;
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        found
            .into_iter()
            .map(|(_, stamp)| stamp)
            .collect::<Vec<_>>()
    };
    let stamp = Some(FileStamp::of(
        &fs::metadata(root.path().join("a.md")).unwrap(),
    ));
    assert_eq!(stamps(true), [stamp, stamp, None]);
    assert_eq!(stamps(false), [None; 3]);
}
