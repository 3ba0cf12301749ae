//! What happens to the folder while it is looked at.

use std::fs;
use std::process::{Command, Stdio};

use super::*;
use crate::bilingual::Place as TextPlace;
use crate::catalog::Reading;
use crate::catalog::SearchChange;
use crate::text::Language;

#[test]
fn a_burst_of_changed_files_is_few_updates() {
    const MANY: usize = 2_000;
    let place = Place::new(&[]);
    for number in 0..MANY {
        place.write(
            &format!("{}/{number}.md", number % 10),
            &format!("# Number {number}\n"),
        );
    }
    let mut visit = place.visit();
    let before = visit.changes.len();
    for number in 0..MANY {
        fs::write(
            place.path(&format!("{}/{number}.md", number % 10)),
            format!("# Again {number}\n"),
        )
        .unwrap();
    }
    visit.until_found(MANY, |visit| visit.filter("again"));
    let updates = visit.changes.len() - before;
    assert!(updates < 20, "{updates} updates");
    visit.end();
}

#[test]
fn a_folder_moved_out_and_back_keeps_its_marks_and_places() {
    let place = Place::new(&[("a.md", "# A\n")]);
    for number in 0..20 {
        place.write(
            &format!("box/deep/{number}.md"),
            &article(&format!("Number {number}"), &number.to_string()),
        );
    }
    let past = |number: u32| {
        let at = TextPlace {
            side: Language::English,
            block: number,
            offset: 2,
            fingerprint: 7,
        };
        Remembered {
            reading: Some(Reading { place: at, row: 3 }),
            tags: vec!["kept".into(), number.to_string()],
            ..read()
        }
    };
    let outside = tempfile::tempdir().unwrap();
    let mut visit = place.visit();
    let id = |visit: &Visit, folder: &str, number: u32| visit.id(&format!("{folder}/{number}.md"));
    for number in 0..20 {
        visit.ask(Request::Remember(
            id(&visit, "box/deep", number),
            past(number),
            ChangedFields::ALL,
        ));
    }
    let is_kept = |visit: &mut Visit, folder: &str| {
        visit.until(|visit| visit.paths().len() == 21);
        visit.until_found(20, |visit| visit.filter("is:starred"));
        visit.until_found(20, |visit| visit.filter("tag:kept"));
        for number in 0..20 {
            assert_eq!(
                visit.load(id(visit, folder, number)).1,
                past(number),
                "{folder}"
            );
        }
    };
    // Out and in at the same place, then at another, while the program runs.
    for to in ["box", "other"] {
        fs::rename(place.path("box"), outside.path().join("box")).unwrap();
        visit.until_paths(&["a.md"]);
        fs::rename(outside.path().join("box"), place.path(to)).unwrap();
        is_kept(&mut visit, &format!("{to}/deep"));
        if to == "other" {
            break;
        }
    }
    // And from one run to the next.
    fs::rename(place.path("other"), outside.path().join("other")).unwrap();
    visit.until_paths(&["a.md"]);
    visit.end();
    let visit = place.visit();
    assert_eq!(visit.paths(), ["a.md"]);
    visit.end();
    fs::create_dir(place.path("new")).unwrap();
    fs::rename(outside.path().join("other"), place.path("new/name")).unwrap();
    let mut visit = place.visit();
    is_kept(&mut visit, "new/name/deep");
    visit.end();
}

#[test]
fn the_folder_may_be_replaced_while_it_is_searched() {
    let place = Place::new(&[]);
    for number in 0..300 {
        place.write(
            &format!("{}/{number}.md", number % 7),
            &format!("# Number {number}\n\nOf tea.\n"),
        );
    }
    let aside = place.folder.path().with_extension("aside");
    let mut visit = place.visit();
    let id = visit.id("3/73.md");
    assert_eq!(visit.search("of tea").len(), 300);
    fs::rename(place.path(""), &aside).unwrap();
    // Whatever comes first, answers come, and none is wrong.
    visit.ask(Request::Load(id));
    assert!(visit.search("of tea").len() <= 300);
    visit.until_paths(&[]);
    assert_eq!(visit.search("of tea"), [""; 0]);
    // Another in its place: of the same paths with other texts, and one more.
    place.write("3/73.md", "# Another\n\nOf coffee.\n");
    place.write("new.md", "# New\n\nOf coffee.\n");
    visit.until_paths(&["3/73.md", "new.md"]);
    visit.until_titled("3/73.md", "Another");
    assert_eq!(
        (visit.id("3/73.md"), visit.search("of coffee").len()),
        (id, 2)
    );
    // One for the other at once.
    let other = place.folder.path().with_extension("other");
    fs::rename(place.path(""), &other).unwrap();
    fs::rename(&aside, place.path("")).unwrap();
    visit.until(|visit| visit.paths().len() == 300);
    visit.until_found(300, |visit| visit.search("of tea"));
    assert_eq!(
        (visit.id("3/73.md"), visit.title("3/73.md").as_str()),
        (id, "Number 73")
    );
    assert_eq!(visit.load(id).0.article.titles.given, "Number 73");
    place.write("live.md", "# Live\n");
    visit.until(|visit| visit.entries.len() == 301);
    visit.end();
    fs::remove_dir_all(other).unwrap();
}

/// Something mounted, until it is dropped.
struct Mount(PathBuf);

impl Mount {
    /// An empty file system over a folder; none where that is not allowed.
    fn over(folder: PathBuf) -> Option<Self> {
        let mut mount = Command::new("mount");
        let mounted = mount
            .args(["-t", "tmpfs", "none"])
            .arg(&folder)
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(folder))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // Lazily: whatever is open in it, it is gone from the tree.
        assert!(
            Command::new("umount")
                .arg("-l")
                .arg(&self.0)
                .status()
                .unwrap()
                .success()
        );
    }
}

#[test]
fn a_disk_that_is_mounted_or_taken_away_is_noticed() {
    let place = Place::new(&[("a.md", "# A\n\nOf tea.\n"), ("b/b.md", "# B\n")]);
    let mut visit = place.visit();
    let id = visit.id("a.md");
    let Some(disk) = Mount::over(place.path("")) else {
        return println!("skipped: nothing may be mounted here");
    };
    visit.until_paths(&[]);
    assert_eq!(visit.search("of tea"), [""; 0]);
    place.write("c.md", "# C\n");
    visit.until_paths(&["c.md"]);
    drop(disk);
    visit.until_paths(&["a.md", "b/b.md"]);
    assert_eq!((visit.id("a.md"), visit.search("of tea").len()), (id, 1));
    let inner = Mount::over(place.path("b"));
    visit.until_paths(&["a.md"]);
    drop(inner);
    visit.until_paths(&["a.md", "b/b.md"]);
    place.write("b/live.md", "# Live\n");
    visit.until_paths(&["a.md", "b/b.md", "b/live.md"]);
    visit.end();
}

#[test]
fn an_open_library_hears_what_another_program_and_an_import_save() {
    let place = Place::new(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let (mut one, mut other) = (place.visit(), place.visit());
    let data = place.storage_dir.path().join("data");
    let (a, b) = (one.id("a.md"), one.id("b.md"));
    let starred = ChangedFields {
        starred: true,
        ..ChangedFields::default()
    };
    let mut star = Remembered::default();
    star.mark.is_starred = true;
    other.ask(Request::Remember(other.id("a.md"), star.clone(), starred));
    one.until(|visit| visit.remembered.contains(&(a, star.clone())));
    assert_eq!(one.filter("is:starred"), ["a.md"]);
    // What the first one changes now leaves what it did not change.
    let fields = ChangedFields {
        starred: false,
        ..ChangedFields::ALL
    };
    one.ask(Request::Remember(a, read(), fields));
    let both = Remembered {
        mark: Mark {
            is_starred: true,
            ..read().mark
        },
        ..read()
    };
    let known = other.id("a.md");
    other.until(|visit| visit.remembered.contains(&(known, both.clone())));
    let change = SearchChange {
        name: "tea".into(),
        query: Some("tag:tea".into()),
        renamed_from: None,
    };
    other.ask(Request::RememberSearches(vec![change]));
    one.until(|visit| visit.searches.len() == 1);
    other.end();
    let export = crate::library::export(&data, None).unwrap().join("\n");
    let line = export.lines().find(|line| line.contains("a.md")).unwrap();
    let line = line.replace("a.md", "b.md");
    crate::library::import(&data, line.as_bytes()).unwrap();
    one.until(|visit| visit.remembered.contains(&(b, both.clone())));
    assert_eq!(one.load(b).1, both);
    one.end();
}

#[test]
fn a_library_behind_a_link_is_followed_where_that_is_pointed() {
    let place = Place::new(&[("v1/a.md", "# A\n"), ("v2/b.md", "# B\n")]);
    let point = |to: &str| {
        let new = place.path("new");
        std::os::unix::fs::symlink(to, &new).unwrap();
        fs::rename(new, place.path("current")).unwrap();
    };
    point("v1");
    std::os::unix::fs::symlink(place.path("current"), place.path("library")).unwrap();
    let mut visit = place.begin_in(Library::Folder(place.path("library").into()));
    visit.until_paths(&["a.md"]);
    visit.until(|visit| visit.finished > 0);
    point("v2");
    visit.until_paths(&["b.md"]);
    place.write("v2/c.md", "# C\n");
    visit.until_paths(&["b.md", "c.md"]);
    place.write("v1/d.md", "# D\n");
    point("v1");
    visit.until_paths(&["a.md", "d.md"]);
    visit.end();
}
