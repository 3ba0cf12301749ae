//! A damaged index is rebuilt, and nothing wrong of it is ever shown.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::catalog::Order;
use crate::library::index::IndexWriter;
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

/// What commands say of a library: hits by article, and what filters find.
fn answers(place: &Place, storage: StoragePaths) -> Vec<Vec<(PathBuf, u32)>> {
    let library = place.library();
    let batch = library.batch_in(storage, &mut |line| panic!("{line}"));
    let mut found = Vec::new();
    for query in ["tea", "word7word", "茶", "nowhere"] {
        let hits = batch.search(&Query::parse(query).unwrap(), &mut |_| ());
        found.push(hits.articles.to_vec());
    }
    for query in ["", "number", "text:tea", "text:茶 lang:zh", "-text:tea"] {
        let ids = batch.matching(&Query::parse(query).unwrap());
        found.push(ids.into_iter().map(|id| (id, 0)).collect());
    }
    let named = |(id, count): (EntryId, u32)| (batch.entries.get(id).unwrap().path, count);
    let mut found: Vec<Vec<_>> = found
        .into_iter()
        .map(|ids| ids.into_iter().map(named).collect())
        .collect();
    // Equals are listed by their ids, which may differ.
    for paths in &mut found {
        paths.sort();
    }
    found
}

/// A library with an index in which both scripts take some chunks, and what is found in it.
fn indexed_place() -> (Place, Vec<Vec<(PathBuf, u32)>>) {
    let place = Place::new(&[]);
    for number in 0..40 {
        let tea = "茶的声音。".repeat(number % 3);
        let filler = "填充的文字很多。".repeat(40);
        place.write(
            &format!("{number}.md"),
            &format!("{}\n\n## 中文\n\n{filler}{tea}\n", text(number)),
        );
    }
    let fresh = answers(&place, StoragePaths::default());
    assert_eq!(
        (fresh[0].len(), fresh[2].len(), fresh[3].len()),
        (40, 26, 0)
    );
    assert_eq!(answers(&place, place.storage()), fresh);
    (place, fresh)
}

/// Whether the index can be opened and nothing of it is damaged.
fn is_sound(place: &Place) -> bool {
    let mut writer = IndexWriter::new(place.storage().index(&place.library()));
    let index = writer.open(false);
    index.is_some_and(|index| !IndexWriter::needs_rebuild(&index))
}

#[test]
fn commands_answer_from_the_files_what_the_index_lost_and_repair_it() {
    let (place, fresh) = indexed_place();
    assert!(is_sound(&place));
    for file in files(&place) {
        let sound = fs::read(&file).unwrap();
        let mut damaged = vec![
            vec![0; sound.len()],
            Vec::new(),
            sound[..sound.len() / 2].into(),
        ];
        for at in (0..sound.len()).step_by(sound.len() / 12) {
            let mut bytes = sound.clone();
            bytes[at] ^= 16;
            damaged.push(bytes);
        }
        for (at, bytes) in damaged.into_iter().enumerate() {
            replace(&file, &bytes);
            assert_eq!(answers(&place, place.storage()), fresh, "{file:?} {at}");
            assert!(is_sound(&place), "{file:?} {at}");
        }
    }
}

#[test]
fn no_file_of_the_index_that_may_be_mapped_is_ever_shortened_or_written() {
    let (place, fresh) = indexed_place();
    let old: Vec<_> = files(&place)
        .into_iter()
        .map(|file| (fs::File::open(&file).unwrap(), fs::read(&file).unwrap()))
        .collect();
    for number in 0..40 {
        place.write(&format!("{number}.md"), &text(number));
    }
    for file in files(&place) {
        replace(&file, b"damaged");
    }
    assert_ne!(answers(&place, place.storage()), fresh);
    place.visit().end();
    for (mut file, bytes) in old {
        let mut now = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut now).unwrap();
        assert!(now == bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..ProptestConfig::with_cases(6) })]

    #[test]
    fn commands_answer_the_same_with_any_bytes_of_the_index_changed(
        damages in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..5_usize, any::<u8>()),
            1..12,
        ),
    ) {
        let (place, fresh) = indexed_place();
        for (which, at, how, byte) in damages {
            let file = which.get(&files(&place)).clone();
            let mut bytes = fs::read(&file).unwrap();
            let at = at.index(bytes.len());
            let end = bytes.len().min(at + 100 * usize::from(byte));
            match how {
                0 => bytes[at] ^= byte.max(1),
                1 => bytes.truncate(at),
                2 => bytes[at..end].fill(0),
                3 => bytes[at..end].reverse(),
                _ => drop(bytes.drain(at..end)),
            }
            replace(&file, &bytes);
            prop_assert_eq!(answers(&place, place.storage()), fresh.clone());
            prop_assert!(is_sound(&place));
        }
    }

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
