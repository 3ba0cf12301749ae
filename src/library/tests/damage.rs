//! A damaged index is rebuilt, and nothing wrong of it is ever shown.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::catalog::Order;
use crate::text::Language;

/// More than fit into one chunk of any section.
const MANY: usize = 700;

fn text(number: usize) -> String {
    format!(
        "# Number {number}\n\nA word{number}word and tea.\n\n{}\n",
        "Filler of many words. ".repeat(20)
    )
}

fn place() -> Place {
    let place = Place::new(&[]);
    for number in 0..MANY {
        place.write(&format!("{number}.md"), &text(number));
    }
    let mut visit = place.visit();
    visit.until(|visit| visit.rebased == 1);
    visit.end();
    place
}

/// The files of the index.
fn files(place: &Place) -> Vec<PathBuf> {
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
    files.retain(|file| !file.ends_with("lock"));
    files.sort();
    files
}

/// Replaces a file as another program would: what is mapped stays as it is.
fn replace(file: &Path, bytes: &[u8]) {
    fs::remove_file(file).unwrap();
    fs::write(file, bytes).unwrap();
}

/// Checks everything that a reader can see before, while and after the index is rebuilt.
fn is_never_wrong(place: &Place) {
    let mut visit = place.begin();
    // Probably answered from the damaged index: what is found is right, though not everything may
    // be found.
    let found = visit.search("tea");
    assert!(found.len() <= MANY);
    for path in visit.search("word77word") {
        assert_eq!(path, "77.md");
    }
    visit.filter("number");
    visit.facets();
    for id in (0..visit.entries.bound()).step_by(97).map(EntryId) {
        if let Some(entry) = visit.entries.get(id) {
            assert_eq!(
                entry.titles.given,
                format!(
                    "Number {}",
                    entry.path.file_stem().unwrap().to_str().unwrap()
                )
            );
        }
    }
    visit.until(|visit| visit.finished > 0);
    visit.until(|visit| visit.entries.len() == MANY);
    visit.until_found(MANY, |visit| visit.search("tea"));
    assert_eq!(visit.search("word77word"), ["77.md"]);
    assert_eq!(
        visit.entries.sorted(Order::Title, Language::Chinese).len(),
        MANY
    );
    let titles = visit
        .listed()
        .into_iter()
        .map(|(id, path)| (visit.entries.get(EntryId(id)).unwrap().titles.given, path));
    for (title, path) in titles {
        assert_eq!(format!("{}.md", title.trim_start_matches("Number ")), path);
    }
    visit.end();
    let mut next = place.visit();
    assert_eq!((next.opened, next.read), (MANY, 0), "it was rebuilt");
    assert_eq!(next.search("tea").len(), MANY);
    next.end();
}

#[test]
fn an_index_with_missing_or_empty_files_is_rebuilt() {
    let place = place();
    for at in 0..files(&place).len() {
        let file = &files(&place)[at];
        fs::remove_file(file).unwrap();
        is_never_wrong(&place);
        replace(&files(&place)[at], b"");
        is_never_wrong(&place);
    }
}

#[test]
fn an_index_of_another_version_is_rebuilt() {
    let place = place();
    for file in files(&place) {
        let mut bytes = fs::read(&file).unwrap();
        bytes[8] += 1;
        replace(&file, &bytes);
        is_never_wrong(&place);
    }
}

#[test]
fn an_index_deleted_while_in_use_is_written_again() {
    let place = place();
    let mut visit = place.visit();
    fs::remove_dir_all(place.storage_dir.path().join("cache")).unwrap();
    assert_eq!(visit.search("tea").len(), MANY);
    // Enough changes for the index to be written again.
    for number in 0..600 {
        place.write(
            &format!("{number}.md"),
            &text(number).replace("tea", "coffee"),
        );
    }
    visit.until(|visit| visit.rebased == 1);
    visit.until_found(600, |visit| visit.search("coffee"));
    visit.end();
    let mut next = place.visit();
    assert_eq!(next.opened, MANY);
    assert_eq!(
        (next.search("coffee").len(), next.search("tea").len()),
        (600, 100)
    );
    assert_eq!(next.search("word650word"), ["650.md"]);
    next.end();
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..ProptestConfig::with_cases(6) })]

    #[test]
    fn an_index_damaged_anywhere_is_rebuilt_and_never_shows_anything_wrong(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u32), 1..4),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        which in any::<prop::sample::Index>(),
    ) {
        let place = place();
        let files = files(&place);
        let file = which.get(&files);
        let mut bytes = fs::read(file).unwrap();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
        replace(file, &bytes);
        is_never_wrong(&place);
    }
}
