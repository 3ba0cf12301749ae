use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::*;
use crate::bilingual::Text;
use crate::catalog::{ChangedFields, Changes, Entry, EntryId, Query, Remembered, Request, Update};
use crate::library::tests::Place;

use crate::text::ProblemKind;

const PATIENCE: Duration = Duration::from_mins(1);

fn start(library: Library) -> (LibraryService, Receiver<Update>) {
    let (sender, receiver) = channel();
    let service = LibraryService::start_in(library, StoragePaths::default(), true, move |update| {
        drop(sender.send(update));
    });
    (service, receiver)
}

/// The entries that were added.
fn added(changes: &Changes) -> Vec<Entry> {
    let store = changes.added.as_ref().expect("entries");
    (0..store.len()).filter_map(|at| store.entry(at)).collect()
}

/// Collects entries and notices until the scan has ended.
fn gather(receiver: &Receiver<Update>) -> (Vec<Entry>, Vec<String>) {
    let (mut entries, mut notices) = (Vec::new(), Vec::new());
    loop {
        match receiver.recv_timeout(PATIENCE).expect("update in time") {
            Update::Changed(changes) => entries.extend(added(&changes)),
            Update::Notice(line) => notices.push(line),
            Update::Progress {
                read,
                found,
                finished,
                ..
            } => {
                assert_eq!(read as usize, entries.len());
                assert!(read <= found);
                if finished {
                    assert_eq!(read, found);
                    return (entries, notices);
                }
            }
            Update::Initial(_)
            | Update::Rebased(_)
            | Update::Unwatched(_)
            | Update::Marked(_)
            | Update::Annotated(_)
            | Update::Tagged(_)
            | Update::Moved(_) => {}
            _ => panic!("nothing was asked for"),
        }
    }
}

fn load(service: &LibraryService, receiver: &Receiver<Update>, id: EntryId) -> Arc<Text> {
    service.ask(Request::Load(id));
    loop {
        if let Update::Loaded {
            id: loaded, text, ..
        } = receiver.recv_timeout(PATIENCE).expect("an answer in time")
        {
            assert_eq!(loaded, id);
            return text;
        }
    }
}

#[test]
fn all_articles_of_a_folder_are_listed_and_ids_name_the_right_files() {
    let root = tempfile::tempdir().unwrap();
    for index in 0..3_000 {
        let folder = root.path().join(format!("{}", index % 7));
        fs::create_dir_all(&folder).unwrap();
        fs::write(
            folder.join(format!("{index}.md")),
            format!("# Number {index}\n"),
        )
        .unwrap();
    }
    let (service, receiver) = start(Library::Folder(root.path().into()));
    let (entries, notices) = gather(&receiver);
    assert_eq!((entries.len(), notices.len()), (3_000, 0));
    let mut paths: Vec<_> = entries.iter().map(|entry| entry.path.clone()).collect();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 3_000);
    for index in [0, 1_234, 2_999] {
        let text = load(&service, &receiver, EntryId(index));
        assert_eq!(
            text.article.titles.given,
            entries[index as usize].titles.given
        );
    }
}

#[test]
fn unreadable_files_are_entries_with_a_problem() {
    let root = tempfile::tempdir().unwrap();
    let fifo = root.path().join("fifo.md");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    fs::write(root.path().join("empty.md"), "").unwrap();
    let (service, receiver) = start(Library::Folder(root.path().into()));
    let (entries, _) = gather(&receiver);
    assert_eq!(entries.len(), 2);
    let at = entries
        .iter()
        .position(|entry| entry.path == Path::new("fifo.md"))
        .unwrap();
    assert!(entries.iter().all(|entry| entry.problems > 0));
    let text = load(&service, &receiver, EntryId(at as u32));
    assert_eq!(
        text.problems().next().unwrap().kind,
        ProblemKind::Unreadable
    );
    let empty = load(&service, &receiver, EntryId(1 - at as u32));
    assert_eq!(empty.problems().next().unwrap().reason, "the file is empty");
}

#[test]
fn a_file_with_a_wild_name_opens_by_its_true_path() {
    let root = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"\x1b[31m\xff\nx.md");
    if fs::write(root.path().join(name), "# Found\n").is_err() {
        return println!("skipped: this file system takes no such names");
    }
    let (service, receiver) = start(Library::Folder(root.path().into()));
    let (entries, _) = gather(&receiver);
    assert_eq!(entries[0].path, Path::new(name));
    let text = load(&service, &receiver, EntryId(0));
    assert!(
        text.problems()
            .all(|problem| problem.kind != ProblemKind::Unreadable)
    );
}

#[test]
fn a_missing_folder_gives_a_notice() {
    let root = tempfile::tempdir().unwrap();
    let (_service, receiver) = start(Library::Folder(root.path().join("gone").into()));
    let (entries, notices) = gather(&receiver);
    assert_eq!(entries.len(), 0);
    assert_eq!(
        notices,
        ["cannot read the folder of the library: no such file or folder"]
    );
}

#[test]
fn one_file_standard_input_and_the_samples_are_libraries_too() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("one.dat");
    fs::write(&file, "# One\n").unwrap();
    let (_service, receiver) = start(Library::File(file.clone().into()));
    assert_eq!(gather(&receiver).0[0].path, file);
    let bytes: Arc<[u8]> = (*b"# Piped\n").into();
    let (service, receiver) = start(Library::Input {
        bytes,
        problem: None,
    });
    assert_eq!(gather(&receiver).0.len(), 1);
    assert_eq!(load(&service, &receiver, EntryId(0)).problems().count(), 0);
    let (_service, receiver) = start(Library::Samples);
    assert_eq!(gather(&receiver).0.len(), crate::library::SAMPLES.len());
}

#[test]
fn a_request_for_an_unknown_id_is_ignored() {
    let (service, receiver) = start(Library::Input {
        bytes: Arc::from([]),
        problem: None,
    });
    gather(&receiver);
    service.ask(Request::Load(EntryId(99)));
    load(&service, &receiver, EntryId(0));
}

#[test]
fn threads_end_when_the_handle_is_dropped() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a.md"), "").unwrap();
    let (service, receiver) = start(Library::Folder(root.path().into()));
    drop(service);
    // The senders live in the threads: the channel closes when the last thread has ended.
    while receiver.recv_timeout(PATIENCE).is_ok() {}
    assert_eq!(
        receiver.recv_timeout(PATIENCE).unwrap_err(),
        std::sync::mpsc::RecvTimeoutError::Disconnected
    );
}

const TEA: &str =
    "# 茶叶涨价\n\n春天少雨，茶园减产，茶商说今年绿茶的价格比去年高出两成，明年还会更高。\n";
const TEA_EN: &str = "# Tea prices rise\n\nA dry spring has cut the harvest, and traders say that green tea costs more.\n";

/// A folder with pairs of each kind, one of names that promise too much, and files that are alone.
fn paired_folder() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let files = [
        ("a.md", TEA),
        ("a-en.md", TEA_EN),
        ("b.zh-cn.md", TEA),
        ("b.en.md", TEA_EN),
        ("false.md", TEA_EN),
        ("false-en.md", TEA_EN),
        ("deep/zh/x/c.md", TEA),
        ("deep/en/x/c.md", TEA_EN),
        ("deep/y/d.md", TEA_EN),
        ("deep/zh/y/d.md", TEA),
        ("deep/alone.md", TEA),
        ("alone-en.md", TEA_EN),
    ];
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// The paths of entries, sorted, those of a pair joined by `+`.
fn paths(entries: &[Entry]) -> Vec<String> {
    let path = |entry: &Entry| {
        entry
            .paths()
            .map(|path| path.to_str().unwrap())
            .collect::<Vec<_>>()
            .join("+")
    };
    let mut paths: Vec<String> = entries.iter().map(path).collect();
    paths.sort();
    paths
}

#[test]
fn two_files_of_one_article_are_one_entry_and_one_text() {
    let root = paired_folder();
    let (service, receiver) = start(Library::Folder(root.path().into()));
    let (entries, _) = gather(&receiver);
    assert_eq!(
        paths(&entries),
        [
            "a.md+a-en.md",
            "alone-en.md",
            "b.zh-cn.md+b.en.md",
            "deep/alone.md",
            "deep/zh/x/c.md+deep/en/x/c.md",
            "deep/zh/y/d.md+deep/y/d.md",
            "false-en.md",
            "false.md",
        ]
    );
    for (at, entry) in entries.iter().enumerate() {
        let text = load(&service, &receiver, EntryId(at as u32));
        assert_eq!(text.is_bilingual(), entry.mate.is_some());
        assert_eq!(entry.languages == [true, true], entry.mate.is_some());
        let path = root.path().join(&entry.path);
        let library = Library::File(path.clone().into());
        let files = library.files_of(&path);
        let expected = entry.paths().map(|path| root.path().join(path));
        assert!(files.paths().eq(expected), "{:?}", entry.path);
        assert_eq!(library.text(&files).article.titles, text.article.titles);
    }
}

#[test]
fn the_files_of_a_library_are_paired_as_its_entries_are() {
    let root = paired_folder();
    let library = Library::Folder(root.path().into());
    let (_service, receiver) = start(library.clone());
    let entries = gather(&receiver).0;
    let mut expected: Vec<Vec<&Path>> = entries
        .iter()
        .map(|entry| entry.paths().collect())
        .collect();
    expected.sort();
    let files = library.files(&mut |line| panic!("{line}"));
    assert_eq!(
        files
            .iter()
            .map(|files| files.paths().collect())
            .collect::<Vec<Vec<&Path>>>(),
        expected
    );
    assert_eq!(
        library
            .with_pairing(false)
            .files(&mut |line| panic!("{line}"))
            .len(),
        12
    );
}

#[test]
fn pairing_can_be_turned_off() {
    let root = paired_folder();
    let library = Library::Folder(root.path().into()).with_pairing(false);
    let (_service, receiver) = start(library);
    let (entries, _) = gather(&receiver);
    assert_eq!(
        (
            entries.len(),
            entries.iter().filter(|entry| entry.mate.is_some()).count()
        ),
        (12, 0)
    );
    let one = Library::File(root.path().join("a.md").into()).with_pairing(false);
    assert!(gather(&start(one).1).0[0].mate.is_none());
}

#[test]
fn a_single_file_is_read_with_its_mate() {
    let root = paired_folder();
    for (name, count) in [
        ("a-en.md", 2),
        ("deep/en/x/c.md", 2),
        ("false.md", 1),
        ("false-en.md", 1),
        ("alone-en.md", 1),
    ] {
        let path = root.path().join(name);
        let library = Library::File(path.clone().into());
        let files = library.files_of(&path);
        assert_eq!(files.paths().count(), count, "{name}");
        let (service, receiver) = start(library);
        let (entries, _) = gather(&receiver);
        assert_eq!(entries.len(), 1);
        assert!(entries[0].paths().eq(files.paths()), "{name}");
        assert!(count == 2 || entries[0].path == path);
        assert_eq!(
            load(&service, &receiver, EntryId(0)).is_bilingual(),
            count == 2
        );
    }
}

#[test]
fn a_pair_that_breaks_shows_the_file_that_is_left() {
    for (gone, left) in [("a-en.md", "春天"), ("a.md", "spring")] {
        let root = paired_folder();
        let (service, receiver) = start(Library::Folder(root.path().into()));
        let (entries, _) = gather(&receiver);
        let at = entries
            .iter()
            .position(|entry| entry.path == Path::new("a.md"))
            .unwrap();
        fs::remove_file(root.path().join(gone)).unwrap();
        let text = load(&service, &receiver, EntryId(at as u32));
        let crate::digest::Sections::Whole { section, .. } = &text.article.sections else {
            panic!("a pair")
        };
        assert!(section.body.contains(left));
        let reason =
            format!("the article’s other file, {gone}, is not shown: the two are no pair any more");
        assert_eq!(text.problems().next().unwrap().reason, reason);
    }
}

#[test]
fn articles_that_disagree_on_a_figure_are_found() {
    let body = |million: &str| {
        format!(
            "---\ntitle: 港口\n---\n\n港口今年投入 86 亿美元，新建三个泊位，吞吐量也将提高。\n\n工程明年春天完工，预计带来许多岗位。\n\n---\n\n**Summary:**\n\n\
             The port puts {million} into three new berths this year, and will handle more.\n\nThe work ends next spring and should bring many jobs.\n"
        )
    };
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("good.md"), body("$8.6 billion")).unwrap();
    fs::write(root.path().join("slip.md"), body("$86 billion")).unwrap();
    let (sender, receiver) = channel();
    let library = Library::Folder(root.path().into());
    let service = LibraryService::start_in(library, StoragePaths::default(), true, move |update| {
        drop(sender.send(update));
    });
    let (mut entries, mut compared) = (Vec::new(), Vec::new());
    while compared.len() < 2 {
        match receiver.recv_timeout(PATIENCE).expect("update in time") {
            Update::Changed(changes) => entries.extend(added(&changes)),
            Update::Progress { finished: true, .. } => {
                service.ask(Request::CheckArticles(vec![EntryId(0), EntryId(1)]));
            }
            Update::ArticlesChecked(ids) => compared.extend(ids),
            _ => {}
        }
    }
    for check in compared {
        let path = &entries[check.id.0 as usize].path;
        assert_eq!(check.disagrees, path == Path::new("slip.md"));
        assert_eq!(check.minutes, [1, 1]);
    }
    // One that the reader accepted counts no more.
    let slip = entries
        .iter()
        .position(|entry| entry.path == Path::new("slip.md"));
    let slip = EntryId(slip.expect("it is listed") as u32);
    let text = load(&service, &receiver, slip);
    let keys = text.disagreements().iter();
    let remembered = Remembered {
        accepted: keys.map(|one| text.disagreement_key(one)).collect(),
        ..Remembered::default()
    };
    let changed = ChangedFields {
        accepted: true,
        ..ChangedFields::default()
    };
    service.ask(Request::Remember(slip, remembered, changed));
    load(&service, &receiver, slip);
    service.ask(Request::CheckArticles(vec![slip]));
    let answer = receiver.iter().find_map(|update| match update {
        Update::ArticlesChecked(checks) => Some(checks),
        _ => None,
    });
    let answer = answer.unwrap_or_default();
    assert_eq!((answer[0].id, answer[0].disagrees), (slip, false));
}

#[test]
fn a_check_has_the_notes_that_no_comment_silences() {
    let paragraph =
        "春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，库存也只剩下一半，许多人开始囤货。";
    let article = |comment: &str| format!("{paragraph}\n\n{comment}\n\n{paragraph}\n");
    let silent = article("<!-- jianbao: allow JB016 -->");
    let place = Place::new(&[("a.md", &article("")), ("b.md", &silent)]);
    let (service, receiver) = start(place.library());
    let (entries, _) = gather(&receiver);
    for (id, entry) in (0..).zip(entries) {
        service.ask(Request::CheckArticles(vec![EntryId(id)]));
        let checks = receiver.iter().find_map(|update| match update {
            Update::ArticlesChecked(checks) => Some(checks),
            _ => None,
        });
        let notes = &checks.expect("it is answered")[0].notes;
        let expected: &[&str] = if entry.path == Path::new("a.md") {
            &[
                "line 5: paragraph that is there twice: “春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，库存也只…” is also on line 1",
            ]
        } else {
            &[]
        };
        assert_eq!(*notes, expected);
    }
}

#[test]
fn a_thread_that_fails_is_reported_and_nothing_waits_for_it() {
    let place = Place::new(&[("a.md", "# A\n")]);
    for (follows, fails_at) in [(false, "Filtered"), (false, "Changed"), (true, "Hits")] {
        let (sender, updates) = channel();
        let on_update = move |update: Update| {
            assert!(!format!("{update:?}").starts_with(fails_at), "for the test");
            drop(sender.send(update));
        };
        let storage = StoragePaths::default();
        let service = LibraryService::start_in(place.library(), storage, follows, on_update);
        let query = || Query::parse("a").unwrap();
        service.ask(Request::Filter {
            number: 1,
            query: query(),
        });
        service.ask(Request::Search {
            number: 1,
            query: query(),
        });
        let is_failure = |update: Update| matches!(update, Update::Failed).then_some(());
        assert!(updates.iter().find_map(is_failure).is_some(), "{fails_at}");
    }
}
