//! What the indexer sends, visit after visit.

use std::fs;

use super::*;
use crate::catalog::LibraryState;

#[test]
fn a_second_run_opens_with_everything_and_reads_only_what_changed() {
    let place = Place::new(&[
        ("a.md", "# A\n"),
        ("b/b.md", "# B\n"),
        ("c.md", "# C\n"),
        ("d.md", "# D\n"),
    ]);
    let mut first = place.visit();
    assert_eq!((first.opened, first.read), (0, 4));
    first.until(|visit| visit.rebased == 1);
    first.end();
    let second = place.visit();
    assert_eq!(
        (second.opened, second.read, second.paths().len()),
        (4, 0, 4)
    );
    assert_eq!(second.changes.len(), 0);
    second.end();
    place.write("a.md", "# A is another\n");
    place.write("b/e.md", "# E\n");
    fs::remove_file(place.path("c.md")).unwrap();
    let third = place.visit();
    assert_eq!((third.opened, third.read), (4, 2));
    assert_eq!(third.paths(), ["a.md", "b/b.md", "b/e.md", "d.md"]);
    assert_eq!(third.title("a.md"), "A is another");
    third.end();
}

#[test]
fn a_renamed_file_keeps_its_id_and_its_marks() {
    let place = Place::new(&[
        ("a.md", &article("A", "a")),
        ("b.md", "# B\n\nThe text of B.\n"),
        ("c.md", "# C\n"),
    ]);
    let first = place.visit();
    first.ask(Request::Remember(
        first.id("a.md"),
        read(),
        ChangedFields::ALL,
    ));
    first.ask(Request::Remember(
        first.id("b.md"),
        read(),
        ChangedFields::ALL,
    ));
    let ids = [first.id("a.md"), first.id("b.md")];
    first.end();
    place.rename("a.md", "deep/renamed.md");
    place.write("deep/renamed.md", &article("A, edited", "a"));
    place.rename("b.md", "moved/b.md");
    let mut second = place.visit();
    assert_eq!(second.paths(), ["c.md", "deep/renamed.md", "moved/b.md"]);
    for (path, title) in [("deep/renamed.md", "A, edited"), ("moved/b.md", "B")] {
        assert!(ids.contains(&second.id(path)), "{path}");
        assert!(second.marks.contains(&(second.id(path), READ)), "{path}");
        assert_eq!(second.title(path), title);
        assert_eq!(second.load(second.id(path)).1, read(), "{path}");
    }
    second.end();
}

#[test]
fn saved_marks_follow_a_renamed_file_without_an_index() {
    let place = Place::new(&[("a.md", &article("A", "a")), ("twin.md", "# Twin\n")]);
    let first = place.visit();
    first.ask(Request::Remember(
        first.id("a.md"),
        read(),
        ChangedFields::ALL,
    ));
    first.ask(Request::Remember(
        first.id("twin.md"),
        read(),
        ChangedFields::ALL,
    ));
    first.end();
    fs::remove_dir_all(place.storage_dir.path().join("cache")).unwrap();
    place.rename("a.md", "elsewhere.md");
    place.rename("twin.md", "one.md");
    place.write("two.md", "# Twin\n");
    let mut second = place.visit();
    assert_eq!(second.opened, 0);
    second.until(|visit| !visit.marks.is_empty());
    assert_eq!(second.marks, [(second.id("elsewhere.md"), READ)]);
    assert_eq!(second.load(second.id("elsewhere.md")).1, read());
    assert_eq!(
        second.load(second.id("one.md")).1,
        Remembered::default(),
        "it may be either"
    );
    second.end();
}

#[test]
fn the_state_and_the_selection_come_back() {
    let place = Place::new(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let first = place.visit();
    assert_eq!(first.initial.last_visit, None);
    let state = LibraryState {
        selected: Some("b.md".into()),
        ..LibraryState::default()
    };
    first.ask(Request::RememberLibrary(state.clone()));
    let id = first.id("b.md");
    first.end();
    let second = place.begin();
    assert_eq!(
        (&second.initial.state, second.initial.selected),
        (&state, Some(id))
    );
    assert!(second.initial.last_visit.is_some());
    second.end();
}

#[test]
fn changes_of_files_are_followed() {
    let place = Place::new(&[("a.md", "# A\n"), ("b.md", &article("B", "b"))]);
    let mut visit = place.visit();
    let (a, b) = (visit.id("a.md"), visit.id("b.md"));
    place.write("c.md", "# C\n");
    visit.until_paths(&["a.md", "b.md", "c.md"]);
    fs::write(place.path("a.md"), "# A is another\n").unwrap();
    visit.until_titled("a.md", "A is another");
    assert_eq!(visit.id("a.md"), a);
    place.rename("b.md", "renamed.md");
    visit.until_paths(&["a.md", "c.md", "renamed.md"]);
    assert_eq!(visit.id("renamed.md"), b);
    fs::remove_file(place.path("a.md")).unwrap();
    visit.until_paths(&["c.md", "renamed.md"]);
    place.write("a.md", "# A is back\n");
    visit.until_paths(&["a.md", "c.md", "renamed.md"]);
    assert_eq!(visit.id("a.md"), a);
    visit.end();
}

#[test]
fn changes_of_folders_are_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir_all(outside.path().join("in/deep")).unwrap();
    fs::write(outside.path().join("in/x.md"), "# X\n").unwrap();
    fs::write(outside.path().join("in/deep/y.md"), "# Y\n").unwrap();
    let place = Place::new(&[("a.md", "# A\n")]);
    let mut visit = place.visit();
    fs::rename(outside.path().join("in"), place.path("came")).unwrap();
    visit.until_paths(&["a.md", "came/deep/y.md", "came/x.md"]);
    let ids = [visit.id("came/x.md"), visit.id("came/deep/y.md")];
    place.write("came/deep/z.md", "# Z\n");
    visit.until_paths(&["a.md", "came/deep/y.md", "came/deep/z.md", "came/x.md"]);
    place.rename("came", "other/name");
    visit.until_paths(&[
        "a.md",
        "other/name/deep/y.md",
        "other/name/deep/z.md",
        "other/name/x.md",
    ]);
    assert_eq!(
        [
            visit.id("other/name/x.md"),
            visit.id("other/name/deep/y.md")
        ],
        ids
    );
    place.write("other/name/deep/w.md", "# W\n");
    visit.until(|visit| visit.paths().len() == 5);
    fs::remove_dir_all(place.path("other")).unwrap();
    visit.until_paths(&["a.md"]);
    visit.end();
}

#[test]
fn a_library_folder_that_is_removed_and_made_again_is_followed_on() {
    let place = Place::new(&[("a.md", "# A\n"), ("b/b.md", "# B\n")]);
    let mut visit = place.visit();
    let id = visit.id("a.md");
    fs::remove_dir_all(place.path("")).unwrap();
    visit.until_paths(&[]);
    place.write("a.md", "# A is back\n");
    visit.until_paths(&["a.md"]);
    assert_eq!(visit.id("a.md"), id);
    place.write("b/c.md", "# C\n");
    visit.until_paths(&["a.md", "b/c.md"]);
    fs::write(place.path("b/c.md"), "# C is another\n").unwrap();
    visit.until_titled("b/c.md", "C is another");
    visit.end();
}

const TEA: &str =
    "# 茶叶涨价\n\n春天少雨，茶园减产，茶商说今年绿茶的价格比去年高出两成，明年还会更高。\n";
const TEA_EN: &str = "# Tea prices rise\n\nA dry spring has cut the harvest, and traders say that green tea costs more.\n";

#[test]
fn pairs_are_made_and_broken_as_their_files_come_and_go() {
    let place = Place::new(&[("a.md", TEA), ("zh/b.md", TEA), ("en/c.md", TEA_EN)]);
    let mut visit = place.visit();
    assert_eq!(visit.paths(), ["a.md", "en/c.md", "zh/b.md"]);
    place.write("a-en.md", TEA_EN);
    visit.until_paths(&["a.md+a-en.md", "en/c.md", "zh/b.md"]);
    place.write("en/b.md", TEA_EN);
    visit.until_paths(&["a.md+a-en.md", "en/c.md", "zh/b.md+en/b.md"]);
    // Not in English any more: no pair, whatever the names promise.
    fs::write(place.path("a-en.md"), TEA).unwrap();
    visit.until_paths(&["a-en.md", "a.md", "en/c.md", "zh/b.md+en/b.md"]);
    fs::write(place.path("a-en.md"), TEA_EN).unwrap();
    visit.until_paths(&["a.md+a-en.md", "en/c.md", "zh/b.md+en/b.md"]);
    fs::remove_dir_all(place.path("zh")).unwrap();
    visit.until_paths(&["a.md+a-en.md", "en/b.md", "en/c.md"]);
    place.write("zh/c.md", TEA);
    visit.until_paths(&["a.md+a-en.md", "en/b.md", "zh/c.md+en/c.md"]);
    visit.end();
    fs::remove_file(place.path("a.md")).unwrap();
    assert_eq!(
        place.visit().paths(),
        ["a-en.md", "en/b.md", "zh/c.md+en/c.md"]
    );
}

#[test]
fn a_burst_of_changes_is_few_updates() {
    let place = Place::new(&[("a.md", "# A\n")]);
    let mut visit = place.visit();
    for number in 0..2_000 {
        fs::write(
            place.path(&format!("{number}.md")),
            format!("# Number {number}\n"),
        )
        .unwrap();
    }
    visit.until(|visit| visit.entries.len() == 2_001);
    assert!(visit.changes.len() < 30, "{} updates", visit.changes.len());
    visit.end();
}

#[test]
fn two_programs_on_one_library_agree() {
    let place = Place::new(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let mut one = place.visit();
    let mut other = place.visit();
    assert_eq!(one.paths(), other.paths());
    place.write("c.md", "# C\n");
    one.until_paths(&["a.md", "b.md", "c.md"]);
    other.until_paths(&["a.md", "b.md", "c.md"]);
    one.end();
    place.write("d.md", "# D\n");
    other.until_paths(&["a.md", "b.md", "c.md", "d.md"]);
    other.end();
    assert_eq!(place.visit().paths(), ["a.md", "b.md", "c.md", "d.md"]);
}

#[test]
fn a_first_run_that_is_stopped_half_way_is_not_lost() {
    let place = Place::new(&[]);
    for number in 0..4_000 {
        place.write(
            &format!("{}/{number}.md", number % 20),
            &format!("# Number {number}\n"),
        );
    }
    let mut first = place.begin();
    first.until(|visit| visit.read > 0);
    first.end();
    let second = place.visit();
    assert!(second.opened > 0);
    assert_eq!(
        (second.opened + second.read, second.entries.len()),
        (4_000, 4_000)
    );
    second.end();
}

#[test]
fn a_damaged_index_is_rebuilt() {
    let place = Place::new(&[("a.md", &article("A", "a")), ("b.md", "# B\n")]);
    place.visit().end();
    let mut files = Vec::new();
    let mut folders = vec![place.storage_dir.path().join("cache")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                files.push(entry);
            }
        }
    }
    let snapshot = files
        .iter()
        .find(|file| file.ends_with("snapshot"))
        .expect("a snapshot");
    let whole = fs::read(snapshot).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 24) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        // As another program would: the file that is mapped stays as it is.
        fs::remove_file(snapshot).unwrap();
        fs::write(snapshot, &bytes).unwrap();
        let mut visit = place.visit();
        visit.until_paths(&["a.md", "b.md"]);
        assert_eq!([visit.title("a.md"), visit.title("b.md")], ["A", "B"]);
        visit.end();
    }
}

#[test]
fn a_batch_is_the_library_as_it_is_and_saves_no_state() {
    let place = Place::new(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let storage = || StoragePaths {
        data: None,
        ..place.storage()
    };
    let cold = place
        .library()
        .batch_in(storage(), &mut |line| panic!("{line}"));
    assert_eq!(cold.entries.len(), 2);
    drop(cold);
    place.write("c.md", "# C\n");
    let warm = place
        .library()
        .batch_in(storage(), &mut |line| panic!("{line}"));
    assert_eq!(warm.entries.len(), 3);
    drop(warm);
    let visit = place.visit();
    assert_eq!(
        (visit.opened, visit.read),
        (2, 1),
        "one is read sooner than an index is written"
    );
    assert_eq!(visit.initial.last_visit, None);
    visit.end();
}

#[test]
fn names_of_any_bytes_are_kept_in_the_index() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new(&[("open/a.md", "# A\n")]);
    let name = std::ffi::OsStr::from_bytes(b"\xff\n\x1b[31m.md");
    if fs::write(place.folder.path().join(name), "# Wild\n").is_err() {
        return println!("skipped: this file system takes no such names");
    }
    age(&place.folder.path().join(name), 100);
    place.visit().end();
    let visit = place.visit();
    assert_eq!((visit.opened, visit.read), (2, 0));
    visit.end();
}
