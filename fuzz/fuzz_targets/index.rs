//! A damaged index: entries, filters, searches and snippets are the same as without an index.
//!
//! An input is a list of damages of six bytes: which file, where in it (two bytes), what (a bit
//! flipped, cut, filled with zeroes, reversed, removed, emptied, doubled), and two bytes for how
//! much.
#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jianbao::catalog::{EntryId, Hits, Order, Query, Snippet};
use jianbao::library::{BatchLibrary, Library, SAMPLES};
use jianbao::text::Language;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

const SEARCHES: [&str; 6] = [
    "the",
    "水",
    "海港 or port",
    "\"per cent\"",
    "一 -潮",
    "nowhere",
];
const FILTERS: [&str; 6] = [
    "",
    "tag:energy",
    "text:tide",
    "-text:the",
    "lang:both 的",
    "chaoxi",
];

/// The library, its index as it was written, and what is found without one.
struct Place {
    folder: TempDir,
    index: Vec<(PathBuf, Vec<u8>)>,
    fresh: Answers,
}

#[derive(Debug, PartialEq)]
struct Answers {
    entries: Vec<String>,
    filtered: Vec<Vec<PathBuf>>,
    found: Vec<(u64, Vec<(PathBuf, u32)>, Vec<String>)>,
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let articles = folder.path().join("digests");
    fs::create_dir(&articles).unwrap();
    for (name, bytes) in SAMPLES {
        fs::write(articles.join(name), bytes).unwrap();
    }
    for (variable, name) in [("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data")] {
        // SAFETY: no other thread runs before the first input.
        unsafe { std::env::set_var(variable, folder.path().join(name)) };
    }
    let library = Library::Folder(articles.into());
    let fresh = answers(&library.batch_without_index(&mut |line| panic!("{line}")));
    assert!(fresh.entries.len() > 10 && fresh.found[0].0 > 100);
    assert_eq!(fresh, answers(&library.batch(&mut |line| panic!("{line}"))));
    let mut index = Vec::new();
    collect(&folder.path().join("cache"), &mut index);
    assert!(index.len() >= 2);
    Place {
        folder,
        index,
        fresh,
    }
});

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = fs::read(&path).unwrap();
            files.push((path, bytes));
        }
    }
    files.sort();
}

fuzz_target!(init: { LazyLock::force(&PLACE); }, |bytes: &[u8]| {
    let cache = PLACE.folder.path().join("cache");
    fs::remove_dir_all(&cache).unwrap();
    let mut index = PLACE.index.clone();
    for damage in bytes.chunks_exact(6).take(8) {
        if let [which, high, low, how, many, more] = *damage {
            let which = usize::from(which) % index.len();
            let at = usize::from(high) << 8 | usize::from(low);
            let many = usize::from(many) << 4 | usize::from(more);
            if how % 8 == 7 {
                index.remove(which);
                if index.is_empty() {
                    break;
                }
            } else {
                spoil(&mut index[which].1, at, how, many);
            }
        }
    }
    for (path, bytes) in index {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let library = Library::Folder(PLACE.folder.path().join("digests").into());
    // The first run repairs the index, so that the second has nothing to repair.
    for _ in 0..2 {
        let batch = library.batch(&mut |line| panic!("{line}"));
        assert_eq!(answers(&batch), PLACE.fresh);
    }
});

/// Places are spread over the whole file.
fn spoil(bytes: &mut Vec<u8>, at: usize, how: u8, many: usize) {
    let at = at * bytes.len() / 0x1_0000;
    let end = (at + many).min(bytes.len());
    match how % 8 {
        0 | 1 if at < bytes.len() => bytes[at] ^= 1 << (many % 8),
        2 => bytes.truncate(at),
        3 => bytes[at..end].fill(0),
        4 => bytes[at..end].reverse(),
        5 => drop(bytes.drain(at..end)),
        6 => bytes.extend_from_within(at..end),
        _ => {}
    }
}

fn answers(batch: &BatchLibrary) -> Answers {
    let query = |text: &str| Query::parse(text).unwrap();
    let path = |id: EntryId| batch.entries.get(id).unwrap().path;
    let sorted = batch.entries.sorted(Order::Title, Language::English);
    let entry = |id: &EntryId| format!("{:?}", batch.entries.get(*id).unwrap());
    let filtered = |text: &&str| {
        let found = batch.matching(&query(text));
        found.into_iter().map(path).collect()
    };
    let found = |text: &&str| {
        let Hits {
            articles, total, ..
        } = batch.search(&query(text), &mut |_| ());
        let snippets = batch.snippets(0, articles.len() as u32, 3);
        // Ids may differ from one run to the next.
        let snippet = |one: &Snippet| {
            let path = path(one.id);
            format!("{path:?} {:?} {:?} {}", one.place, one.lit, one.text)
        };
        let articles = articles.iter().map(|&(id, count)| (path(id), count));
        let snippets = snippets.iter().map(snippet);
        (total, articles.collect(), snippets.collect())
    };
    Answers {
        entries: sorted.iter().map(entry).collect(),
        filtered: FILTERS.iter().map(filtered).collect(),
        found: SEARCHES.iter().map(found).collect(),
    }
}
