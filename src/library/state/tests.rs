use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Instant;

use notify::{RecursiveMode, Watcher as _};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::super::article_files::path_hash;
use super::super::tests::PATIENCE;
use super::database::{Database, DatabaseError, MIGRATIONS};
use super::{
    Imported, SavedMark, SavedState, SeenState, StateStore, export, import, opened_times, rows,
    saved_annotations, saved_marks,
};
use crate::bilingual::{Alignment, Bead, Place};
use crate::catalog::{
    Annotation, Attention, Bookmark, ChangedFields, HighlightColour, LibraryState, LibraryView,
    Mark, Order, Reading, Remembered, SavedSearch, search_changes,
};
use crate::text::Language;

const LIBRARY: &str = "/digests";

fn open(folder: &TempDir) -> (StateStore, SavedState) {
    let (store, saved) = StateStore::open(Some(folder.path()), Path::new(LIBRARY), |line| {
        panic!("unexpected notice: {line}")
    });
    (store, saved.recv().unwrap())
}

fn marks(folder: &TempDir) -> Vec<SavedMark> {
    saved_marks(folder.path(), Path::new(LIBRARY)).0
}

fn open_with_notices(folder: &Path) -> (StateStore, SavedState, mpsc::Receiver<String>) {
    let (sender, notices) = mpsc::channel();
    let (store, saved) = StateStore::open(Some(folder), Path::new(LIBRARY), move |line| {
        drop(sender.send(line));
    });
    (store, saved.recv().unwrap(), notices)
}

fn read() -> Remembered {
    Remembered {
        mark: Mark {
            attention: Attention::Read,
            is_starred: false,
        },
        ..Remembered::default()
    }
}

fn everything() -> Remembered {
    let place = Place {
        side: Language::English,
        block: 7,
        offset: 12,
        fingerprint: u64::MAX - 3,
    };
    let group = Bead {
        chinese: 0..2,
        english: 0..1,
        confidence: 0.125,
    };
    Remembered {
        mark: Mark {
            attention: Attention::Finished,
            is_starred: true,
        },
        reading: Some(Reading { place, row: 9 }),
        edited: Some(Arc::new(Alignment { beads: vec![group] })),
        accepted: vec![0, u64::MAX - 1],
        tags: vec!["茶".into(), "two words".into()],
        ticked: vec![u64::MAX, 7],
    }
}

fn state() -> LibraryState {
    let view = LibraryView {
        language: Language::English,
        is_parallel: true,
        is_in_article: false,
        is_alone: true,
        has_pinyin: false,
        has_gloss: true,
        measure: 72,
        is_roomy: Some(true),
        list_columns: Some(37),
    };
    let search = |name: &str| SavedSearch {
        name: name.into(),
        query: format!("tag:{name}"),
    };
    LibraryState {
        order: Order::Source,
        filter: Some("英伟达 is:unread".into()),
        selected: Some(odd_path()),
        view: Some(view),
        searches: vec![search("茶"), search("rice")],
    }
}

#[test]
fn reading_what_others_saved_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(&folder).0);
    let other = Connection::open(folder.path().join("state.db")).unwrap();
    let forgotten = other.execute("UPDATE libraries SET last_visit = NULL", []);
    assert_eq!(forgotten, Ok(1));
    let (store, _) = open(&folder);
    // The visit is written after the state was loaded.
    let visit = "SELECT last_visit IS NULL FROM libraries";
    let is_unwritten = || other.query_row(visit, [], |row| row.get(0)).unwrap();
    while is_unwritten() {
        std::thread::yield_now();
    }
    let mut seen = SeenState::default();
    assert!(store.news(&mut seen).is_some());
    let (sender, events) = mpsc::channel::<notify::Result<notify::Event>>();
    let mut watcher = notify::recommended_watcher(sender).unwrap();
    watcher
        .watch(folder.path(), RecursiveMode::NonRecursive)
        .unwrap();
    for _ in 0..3 {
        assert!(store.news(&mut seen).is_some());
    }
    fs::write(folder.path().join("end"), "").unwrap();
    let is_end = |path: &PathBuf| path.ends_with("end");
    let written = std::iter::from_fn(|| events.recv_timeout(PATIENCE).unwrap().ok())
        .filter(|event| !event.kind.is_access())
        .flat_map(|event| event.paths)
        .take_while(|path| !is_end(path));
    assert_eq!(written.collect::<Vec<_>>(), [] as [PathBuf; 0]);
}

/// A path that is not UTF-8.
fn odd_path() -> PathBuf {
    OsStr::from_bytes(b"2024/\xff\xfe.md").into()
}

#[test]
fn everything_saved_is_loaded_again() {
    let folder = tempfile::tempdir().unwrap();
    let (store, before) = open(&folder);
    assert_eq!((before.last_visit, marks(&folder).len()), (None, 0));
    store.save_article(
        &odd_path(),
        [u64::MAX, 2],
        &everything(),
        ChangedFields::ALL,
    );
    store.save_library(&state());
    store.save_searches(search_changes(&[], &state().searches));
    assert_eq!(
        store.article(&odd_path()),
        Some(everything()),
        "as it waits"
    );
    drop(store);
    let (store, after) = open(&folder);
    assert_eq!(after.state, state());
    assert!(after.last_visit.unwrap() <= rows::now());
    let mark = everything().mark;
    assert_eq!(
        marks(&folder),
        [SavedMark {
            path: path_hash(&odd_path()),
            link: u64::MAX,
            content: 2,
            mark
        }]
    );
    assert_eq!(store.article(&odd_path()), Some(everything()));
    assert_eq!(store.article(Path::new("other.md")), None);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("state.db")), 0o600);
}

#[test]
fn without_a_folder_it_is_remembered_for_this_run() {
    let (store, _) = StateStore::open(None, Path::new(LIBRARY), |_| ());
    store.save_article(Path::new("a.md"), [0, 0], &read(), ChangedFields::ALL);
    assert_eq!(store.article(Path::new("a.md")), Some(read()));
}

#[test]
fn a_moved_article_is_remembered_under_its_new_path() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    store.save_article(
        Path::new("old.md"),
        [1, 2],
        &everything(),
        ChangedFields::ALL,
    );
    store.save_article(Path::new("waits.md"), [0, 0], &read(), ChangedFields::ALL);
    drop(store);
    let (store, _) = open(&folder);
    store.move_article(path_hash(Path::new("old.md")), Path::new("new.md"));
    store.move_article(path_hash(Path::new("new.md")), Path::new("newer.md"));
    store.save_article(
        Path::new("waits.md"),
        [0, 0],
        &everything(),
        ChangedFields::ALL,
    );
    store.move_article(path_hash(Path::new("waits.md")), Path::new("waited.md"));
    let check = |store: &StateStore| {
        assert_eq!(store.article(Path::new("newer.md")), Some(everything()));
        assert_eq!(store.article(Path::new("waited.md")), Some(everything()));
    };
    check(&store);
    drop(store);
    let (store, _) = open(&folder);
    check(&store);
    assert_eq!(marks(&folder).len(), 2);
    assert_eq!(store.article(Path::new("old.md")), None);
}

#[test]
fn two_programs_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &'static str| {
        let data = folder.path().to_owned();
        std::thread::spawn(move || {
            for round in 0..5 {
                let (store, _) =
                    StateStore::open(Some(&data), Path::new(LIBRARY), |line| panic!("{line}"));
                for number in 0..20 {
                    store.save_article(
                        Path::new(&format!("{name}{}.md", round * 20 + number)),
                        [0, 0],
                        &read(),
                        ChangedFields::ALL,
                    );
                }
            }
        })
    };
    let both = [write("a"), write("b")];
    for thread in both {
        thread.join().unwrap();
    }
    assert_eq!(marks(&folder).len(), 200);
}

#[test]
fn a_damaged_database_is_set_aside_as_it_was() {
    for bytes in [
        b"this is no database, but what was it?".repeat(300),
        b"SQLite format 3\0".repeat(9),
        {
            let folder = tempfile::tempdir().unwrap();
            drop(open(&folder));
            let mut bytes = fs::read(folder.path().join("state.db")).unwrap();
            bytes[100..].fill(0x5a);
            bytes
        },
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("state.db"), &bytes).unwrap();
        let (store, _, notices) = open_with_notices(folder.path());
        assert!(notices.recv().unwrap().contains("state.db.unreadable-1"));
        assert_eq!(
            fs::read(folder.path().join("state.db.unreadable-1")).unwrap(),
            bytes
        );
        store.save_article(Path::new("a.md"), [0, 0], &read(), ChangedFields::ALL);
        drop(store);
        assert_eq!(marks(&folder).len(), 1);
    }
}

#[test]
fn a_newer_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(&folder));
    let path = folder.path().join("state.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .pragma_update(None, "user_version", MIGRATIONS.len() as i64 + 1)
        .unwrap();
    drop(connection);
    let names = || fs::read_dir(folder.path()).unwrap().count();
    let before = (fs::read(&path).unwrap(), names());
    let (store, _, notices) = open_with_notices(folder.path());
    assert!(notices.recv().unwrap().contains("newer jianbao"));
    store.save_article(Path::new("a.md"), [0, 0], &read(), ChangedFields::ALL);
    assert_eq!(
        store.article(Path::new("a.md")),
        Some(read()),
        "for this run"
    );
    drop(store);
    assert!((fs::read(&path).unwrap(), names()) == before);
}

#[test]
fn what_cannot_be_saved_is_held_and_saved_when_it_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("jianbao");
    fs::write(&data, "a file where the folder should be").unwrap();
    let (store, _, notices) = open_with_notices(&data);
    store.save_article(Path::new("a.md"), [0, 0], &read(), ChangedFields::ALL);
    assert!(notices.recv().unwrap().contains("nothing is being saved"));
    fs::remove_file(&data).unwrap();
    drop(store);
    assert!(
        notices.iter().all(|line| !line.contains("nothing")),
        "it is reported once"
    );
    assert_eq!(saved_marks(&data, Path::new(LIBRARY)).0.len(), 1);
}

#[test]
fn every_older_version_is_brought_up_to_date() {
    // Each step leaves a mark; the first ones are those of the program.
    let mut steps = MIGRATIONS.to_vec();
    steps.extend([
        "ALTER TABLE articles ADD COLUMN note TEXT",
        "UPDATE articles SET note = 'kept'",
    ]);
    for from in 1..=steps.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        fs::write(&path, "").unwrap();
        let old = Database::open_with(&path, &steps[..from]).unwrap();
        old.execute("INSERT INTO libraries (id, path) VALUES (1, x'2f')", [])
            .unwrap();
        let sql =
            "INSERT INTO articles (library, path_hash, path, link_hash, content_hash, attention, starred, changed)
            VALUES (1, 5, x'61', 0, 0, 'read', 1, 0)";
        old.execute(sql, []).unwrap();
        drop(old);
        let new = Database::open_with(&path, &steps).unwrap();
        let note: Option<String> = new
            .query_row("SELECT note FROM articles", [], |row| row.get(0))
            .unwrap();
        assert_eq!(note.is_some(), from < steps.len());
        drop(new);
        let again = Database::open_with(&path, &steps[..steps.len() - 1]);
        assert!(
            matches!(again, Err(DatabaseError::Newer(version)) if version == steps.len() as i64)
        );
    }
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    fs::write(&path, "").unwrap();
    let first = "CREATE TABLE one (a)";
    drop(Database::open_with(&path, &[first]).unwrap());
    assert!(Database::open_with(&path, &[first, "CREATE TABLE two (a)", "no SQL"]).is_err());
    let old = Database::open_with(&path, &[first]).unwrap();
    let tables: i64 = old
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 1);
}

#[test]
fn an_export_comes_back_and_merges_by_newest() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = open(&from);
    store.save_article(
        &odd_path(),
        [u64::MAX, 2],
        &everything(),
        ChangedFields::ALL,
    );
    store.save_article(Path::new("茶.md"), [0, 0], &read(), ChangedFields::ALL);
    store.save_library(&state());
    store.save_searches(search_changes(&[], &state().searches));
    drop(store);
    let exported = |folder: &TempDir| export(folder.path(), None).unwrap().join("\n") + "\n";
    let lines = exported(&from);
    assert_eq!(lines.lines().count(), 3);
    assert_eq!(
        import(to.path(), lines.as_bytes()),
        Ok(Imported { taken: 3, kept: 0 })
    );
    assert_eq!(exported(&to), lines);
    assert_eq!(open(&to).1.state, state());
    assert_eq!(
        import(to.path(), lines.as_bytes()),
        Ok(Imported { taken: 0, kept: 3 })
    );
    let (store, _) = open(&to);
    store.save_article(
        Path::new("茶.md"),
        [0, 0],
        &everything(),
        ChangedFields::ALL,
    );
    drop(store);
    assert_eq!(
        import(from.path(), exported(&to).as_bytes()),
        Ok(Imported { taken: 1, kept: 2 })
    );
    assert_eq!(
        open(&from).0.article(Path::new("茶.md")),
        Some(everything())
    );
}

#[test]
fn a_wrong_line_is_named_and_nothing_is_taken() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = open(&from);
    store.save_article(Path::new("a.md"), [0, 0], &read(), ChangedFields::ALL);
    drop(store);
    let lines = [
        export(from.path(), None).unwrap(),
        vec!["{\"kind\":\"article\"}".to_owned()],
    ]
    .concat()
    .join("\n");
    assert!(
        import(to.path(), lines.as_bytes())
            .unwrap_err()
            .starts_with("line 3: ")
    );
    let wrong = lines.replace("\"read\"", "\"seen\"");
    assert_eq!(
        import(to.path(), wrong.as_bytes()),
        Err("line 2: unknown variant `seen`, expected one of `unread`, `read`, `finished`".into())
    );
    assert_eq!(marks(&to).len(), 0);
}

fn starred() -> Remembered {
    Remembered {
        mark: Mark {
            attention: Attention::Unread,
            is_starred: true,
        },
        ..Remembered::default()
    }
}

const STARRED: ChangedFields = ChangedFields {
    attention: false,
    starred: true,
    reading: false,
    edited: false,
    accepted: false,
    tags: false,
    ticked: false,
    opened: false,
};
const ATTENTION: ChangedFields = ChangedFields {
    attention: true,
    starred: false,
    ..STARRED
};

#[test]
fn two_programs_keep_each_others_fields_of_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let path = Path::new("a.md");
    let (one, two) = (open(&folder).0, open(&folder).0);
    one.save_article(path, [0, 0], &everything(), ChangedFields::ALL);
    drop(one);
    // It knew nothing of the article when it began.
    two.save_article(path, [0, 0], &read(), ATTENTION);
    let mut both = everything();
    both.mark.attention = Attention::Read;
    assert_eq!(two.article(path), Some(both.clone()), "as it waits");
    drop(two);
    assert_eq!(open(&folder).0.article(path), Some(both));
}

#[test]
fn the_newest_of_each_field_wins_and_an_import_under_an_open_reader_stands() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = Path::new("a.md");
    let (reader, _) = open(&to);
    let (store, _) = open(&from);
    store.save_article(path, [0, 0], &everything(), ChangedFields::ALL);
    drop(store);
    let lines = export(from.path(), None).unwrap().join("\n");
    assert_eq!(import(to.path(), lines.as_bytes()).unwrap().taken, 1);
    reader.save_article(path, [0, 0], &read(), ATTENTION);
    drop(reader);
    let mut both = everything();
    both.mark.attention = Attention::Read;
    assert_eq!(open(&to).0.article(path), Some(both.clone()));
    // The attention there is newer, all else is the same.
    assert_eq!(import(to.path(), lines.as_bytes()).unwrap().taken, 0);
    let newer = export(to.path(), None).unwrap().join("\n");
    assert_eq!(import(from.path(), newer.as_bytes()).unwrap().taken, 1);
    assert_eq!(open(&from).0.article(path), Some(both));
    // A clock that was wrong does not lock a field.
    let future = newer.replace("\"state\":1", "\"state\":9");
    assert_eq!(import(to.path(), future.as_bytes()).unwrap().taken, 1);
    let (reader, _) = open(&to);
    reader.save_article(path, [0, 0], &starred(), ChangedFields::ALL);
    drop(reader);
    assert_eq!(open(&to).0.article(path), Some(starred()));
}

#[test]
fn an_export_of_an_older_program_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let lines = r#"{"kind":"library","library":"/digests","sort":"date","filter":null,"selected":null,"language":null,"parallel":null,"in_article":null,"alone":null,"pinyin":null,"measure":null,"searches":[{"name":"tea","query":"tag:tea"}],"last_visit":5,"changed":7}
{"kind":"article","library":"/digests","path":"a.md","state":"read","starred":false,"position":null,"alignment":null,"link_hash":0,"content_hash":0,"opened":7,"changed":7}"#;
    for taken in [2, 0] {
        assert_eq!(
            import(folder.path(), lines.as_bytes()),
            Ok(Imported {
                taken,
                kept: 2 - taken
            })
        );
    }
    let (store, saved) = open(&folder);
    assert_eq!(saved.state.searches[0].query, "tag:tea");
    assert_eq!(store.article(Path::new("a.md")), Some(read()));
}

#[test]
fn saved_searches_are_kept_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (open(&folder).0, open(&folder).0);
    let search = |name: &str, query: &str| SavedSearch {
        name: name.into(),
        query: query.into(),
    };
    let first = [search("tea", "tea"), search("rice", "rice")];
    one.save_searches(search_changes(&[], &first));
    one.save_library(&state());
    drop(one);
    // It knows none of them, and saves only where it stands.
    two.save_library(&LibraryState::default());
    drop(two);
    let (store, saved) = open(&folder);
    assert_eq!(saved.state.searches, first);
    let renamed = [search("茶", "tea"), search("rice", "rice")];
    store.save_searches(search_changes(&first, &renamed));
    store.save_searches(search_changes(&renamed, &renamed[..1]));
    store.save_searches(search_changes(&renamed[..1], &[search("茶", "tag:tea")]));
    drop(store);
    assert_eq!(open(&folder).1.state.searches, [search("茶", "tag:tea")]);
    let (store, _) = open(&folder);
    store.save_searches(search_changes(
        &[search("茶", "tag:tea")],
        &[search("tea", "tag:tea"), search("rice", "again")],
    ));
    drop(store);
    assert_eq!(
        open(&folder).1.state.searches,
        [search("tea", "tag:tea"), search("rice", "again")]
    );
}

#[test]
fn searches_of_the_first_version_are_kept_also_if_two_have_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    fs::write(&path, "").unwrap();
    let old = Database::open_with(&path, &MIGRATIONS[..1]).unwrap();
    old.execute_batch(
        "INSERT INTO libraries (id, path, changed) VALUES (1, x'2f64696765737473', 5);
         INSERT INTO searches VALUES (1, 0, 'a', 'one'), (1, 1, 'b', 'two'), (1, 2, 'a', 'three');
         INSERT INTO articles (library, path_hash, path, link_hash, content_hash, attention, starred, changed)
         VALUES (1, 5, x'61', 0, 0, 'read', 1, 7);",
    )
    .unwrap();
    drop(old);
    let searches = open(&folder).1.state.searches;
    let shown: Vec<_> = searches
        .iter()
        .map(|search| (search.name.as_str(), search.query.as_str()))
        .collect();
    assert_eq!(shown, [("a", "one"), ("b", "two"), ("a 3", "three")]);
    let line = &export(folder.path(), None).unwrap()[1];
    let times = r#""times":{"state":7,"starred":7,"position":7,"alignment":7,"accepted":0,"tags":0,"ticked":0}"#;
    assert!(line.contains(times), "{line}");
}

#[test]
fn what_was_not_saved_can_be_imported_later() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let data = folder.path().join("jianbao");
    fs::write(&data, "a file where the folder should be").unwrap();
    let (store, _, _notices) = open_with_notices(&data);
    store.save_article(&odd_path(), [1, 2], &everything(), ChangedFields::ALL);
    store.save_article(Path::new("a.md"), [0, 0], &starred(), STARRED);
    store.save_library(&state());
    store.save_searches(search_changes(&[], &state().searches));
    store.close();
    let (lines, reason) = store.wait_until(Instant::now() + PATIENCE).unwrap();
    assert!(!reason.is_empty() && !reason.contains("slow"), "{reason}");
    let (known, _) = open(&other);
    known.save_article(Path::new("a.md"), [0, 0], &read(), ATTENTION);
    drop(known);
    let imported = import(other.path(), lines.join("\n").as_bytes()).unwrap();
    assert_eq!(imported.taken, 3);
    let (store, saved) = open(&other);
    assert_eq!(saved.state, state());
    assert_eq!(store.article(&odd_path()), Some(everything()));
    let both = Mark {
        attention: Attention::Read,
        is_starred: true,
    };
    assert_eq!(store.article(Path::new("a.md")).unwrap().mark, both);
    store.close();
    assert_eq!(store.wait_until(Instant::now() + PATIENCE), None);
}

#[test]
fn an_article_is_opened_only_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = Path::new("a.md");
    let opened = || {
        let times = opened_times(folder.path(), Path::new(LIBRARY));
        times.get(&path_hash(path)).copied()
    };
    let save = |fields| {
        let (store, _) = open(&folder);
        store.save_article(path, [0, 0], &starred(), fields);
    };
    save(STARRED);
    assert_eq!(opened(), None);
    let opening = ChangedFields {
        opened: true,
        ..ChangedFields::default()
    };
    save(opening);
    let first = opened().unwrap();
    save(STARRED);
    assert_eq!(opened(), Some(first));
    let lines = export(folder.path(), None).unwrap().join("\n");
    let newer = lines.replace(&format!("\"opened\":{first}"), "\"opened\":7777777777777");
    assert_eq!(import(folder.path(), newer.as_bytes()).unwrap().taken, 1);
    assert_eq!(opened(), Some(7_777_777_777_777));
    // A clock that was wrong does not lock it.
    save(opening);
    assert!(opened().unwrap() < 7_777_777_777_777);
}

#[test]
fn of_what_an_older_version_saved_only_articles_with_a_place_were_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    fs::write(&path, "").unwrap();
    let old = Database::open_with(&path, &MIGRATIONS[..3]).unwrap();
    old.execute_batch(
        "INSERT INTO libraries (id, path, changed) VALUES (1, x'2f64696765737473', 5);
         INSERT INTO articles (library, path_hash, path, link_hash, content_hash, attention, starred, opened, changed,
             side, reading_changed)
         VALUES (1, 1, x'61', 0, 0, 'read', 1, 9, 9, NULL, 0), (1, 2, x'62', 0, 0, 'read', 1, 9, 9, 'zh', 7);",
    )
    .unwrap();
    drop(old);
    drop(open(&folder));
    let times = opened_times(folder.path(), Path::new(LIBRARY));
    assert_eq!(times.into_iter().collect::<Vec<_>>(), [(2, 7)]);
}

fn bookmark(letter: char, path: Option<&str>) -> Bookmark {
    Bookmark {
        letter,
        path: path.map(PathBuf::from),
        reading: everything().reading.unwrap(),
    }
}

#[test]
fn bookmarks_and_commands_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    store.save_bookmark(&bookmark('a', Some("a.md")));
    store.save_bookmark(&bookmark('Z', Some("b.md")));
    store.save_bookmark(&bookmark('x', Some("b.md")));
    store.save_bookmark(&bookmark('x', None));
    store.move_article(path_hash(Path::new("b.md")), Path::new("c/d.md"));
    for command in ["star", "sort", "star"] {
        store.save_command(command.to_owned());
    }
    drop(store);
    let (store, saved) = open(&folder);
    let expected = [bookmark('Z', Some("c/d.md")), bookmark('a', Some("a.md"))];
    assert_eq!(saved.bookmarks, expected);
    assert_eq!(saved.commands, ["sort", "star"]);
    drop(store);
    // An export has them, also those that were removed.
    let lines = export(folder.path(), None).unwrap();
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.contains("\"bookmark\""))
            .count(),
        3
    );
    let other = tempfile::tempdir().unwrap();
    let imported = import(other.path(), lines.join("\n").as_bytes()).unwrap();
    assert_eq!(imported.kept, 0);
    assert_eq!(open(&other).1.bookmarks, expected);
}

fn annotation(path: &str, offset: u32, colour: HighlightColour, note: &str) -> Annotation {
    let places = [offset, offset + 3].map(|offset| Place {
        offset,
        ..everything().reading.unwrap().place
    });
    let path = PathBuf::from(path);
    Annotation {
        key: Annotation::key_of(&path, &places),
        path,
        places,
        text: "the words".into(),
        colour: Some(colour),
        note: note.into(),
        created: 0,
        changed: 0,
    }
}

fn annotations(folder: &TempDir) -> Vec<Arc<Annotation>> {
    saved_annotations(folder.path(), Path::new(LIBRARY))
}

#[test]
fn highlights_follow_their_article_and_a_removed_one_leaves_only_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(&folder);
    let secret = annotation("a.md", 1, HighlightColour::Green, "a secret");
    store.save_annotation(&secret);
    store.save_annotation(&annotation("a.md", 9, HighlightColour::Blue, "kept"));
    store.save_annotation(&secret.removed());
    store.move_article(path_hash(Path::new("a.md")), Path::new("b/c.md"));
    drop(store);
    let all = annotations(&folder);
    let one = &all[0];
    assert_eq!((all.len(), &*one.note), (1, "kept"));
    assert_eq!(one.path, Path::new("b/c.md"));
    assert!(one.created > 0 && one.changed >= one.created);
    let lines = export(folder.path(), None).unwrap().join("\n");
    assert_eq!(lines.matches("\"annotation\"").count(), 2);
    assert!(!lines.contains("secret"));
    // Undone: it is as it was, and made when it was made.
    let (store, _) = open(&folder);
    store.save_annotation(&Annotation {
        path: "b/c.md".into(),
        ..secret
    });
    drop(store);
    assert_eq!(annotations(&folder).len(), 2);
}

#[test]
fn another_program_sees_a_new_note() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (open(&folder).0, open(&folder).0);
    two.save_article(Path::new("a.md"), [0, 0], &read(), ATTENTION);
    let mut seen = SeenState::default();
    one.save_annotation(&annotation("a.md", 1, HighlightColour::Red, "here"));
    drop(one);
    let news = two.news(&mut seen).unwrap();
    assert_eq!(news.annotations[0].note, "here");
    assert!(two.news(&mut seen).unwrap().annotations.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_note_is_exported_and_imported_without_loss(
        notes in prop::collection::vec((0_u32..9, 0_usize..5, any::<String>()), 1..9),
    ) {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (store, _) = open(&from);
        for (offset, colour, note) in &notes {
            store.save_annotation(&annotation("茶.md", *offset, HighlightColour::ALL[*colour], note));
        }
        drop(store);
        let lines = export(from.path(), None).unwrap();
        import(to.path(), lines.join("\n").as_bytes()).unwrap();
        prop_assert_eq!(export(to.path(), None).unwrap(), lines);
        let mut last: Vec<_> = annotations(&from).iter().map(|it| it.note.clone()).collect();
        let mut all: Vec<_> = annotations(&to).iter().map(|it| it.note.clone()).collect();
        last.sort();
        all.sort();
        prop_assert_eq!(last, all);
    }

    #[test]
    fn any_items_ticked_off_are_exported_and_imported_without_loss(
        ticked in prop::collection::vec(any::<u64>(), 0..40),
    ) {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (store, _) = open(&from);
        let remembered = Remembered { ticked: ticked.clone(), ..Remembered::default() };
        let fields = ChangedFields { ticked: true, ..ChangedFields::default() };
        store.save_article(Path::new("茶.md"), [0, 0], &remembered, fields);
        drop(store);
        let lines = export(from.path(), None).unwrap();
        import(to.path(), lines.join("\n").as_bytes()).unwrap();
        prop_assert_eq!(export(to.path(), None).unwrap(), lines);
        let loaded = open(&to).0.article(Path::new("茶.md")).unwrap();
        prop_assert_eq!(loaded.ticked, ticked);
    }
}
