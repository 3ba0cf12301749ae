//! `state import`: all lines or none, and what is exported is imported as it was.
#![no_main]

use std::fs;
use std::path::{Path, PathBuf};

use jianbao::catalog::ChangedFields;
use jianbao::library::{StateStore, export, import, known_folders};
use jianbao_fuzz::assert_clean;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

fuzz_target!(|bytes: &[u8]| {
    let folder = TempDir::new().unwrap();
    let [first, second] = ["first", "second"].map(|name| subfolder(&folder, name));
    match import(&first, bytes) {
        Err(reason) => {
            assert!(!reason.is_empty());
            assert_clean(&reason, &[]);
            assert_eq!(export(&first, None).unwrap(), [""; 0]);
        }
        Ok(imported) => {
            let lines = bytes.split(|byte| *byte == b'\n');
            let count = lines.filter(|line| !line.trim_ascii().is_empty()).count();
            assert_eq!(imported.taken + imported.kept, count as u64);
            let exported = export(&first, None).unwrap();
            let again = import(&second, exported.join("\n").as_bytes()).unwrap();
            assert_eq!((again.taken, again.kept), (exported.len() as u64, 0));
            assert_eq!(export(&second, None).unwrap(), exported);
            // A second time, everything is known.
            let known = import(&first, exported.join("\n").as_bytes()).unwrap();
            assert_eq!((known.taken, known.kept), (0, exported.len() as u64));
            visit(&first);
        }
    }
});

fn subfolder(folder: &TempDir, name: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir(&path).unwrap();
    path
}

/// Opens what was imported as the reader does, and writes it again.
fn visit(data: &Path) {
    for library in known_folders(data).take(3) {
        let (store, saved) = StateStore::open(Some(data), &library, |line| panic!("{line}"));
        let state = saved.recv().unwrap().state;
        store.save_library(&state);
        for path in ["a.md", "b/c.md"].map(Path::new) {
            if let Some(remembered) = store.article(path) {
                store.save_article(path, [0, 0], &remembered, ChangedFields::ALL);
            }
        }
        drop(store);
        let (_store, saved) = StateStore::open(Some(data), &library, |line| panic!("{line}"));
        assert_eq!(saved.recv().unwrap().state, state);
    }
}
