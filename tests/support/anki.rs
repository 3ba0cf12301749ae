//! Imports packages with Anki's own Python package, where that is installed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python with Anki's own package, if there is one; says so if not: that of `JIANBAO_ANKI_PYTHON`, or the system's.
pub(crate) fn python() -> Option<PathBuf> {
    let named = std::env::var_os("JIANBAO_ANKI_PYTHON").map(PathBuf::from);
    let python = named.unwrap_or_else(|| "python3".into());
    let output = Command::new(&python)
        .args(["-c", "import anki"])
        .output()
        .ok()?;
    if !output.status.success() {
        eprintln!("skipped: no Python with the package anki; JIANBAO_ANKI_PYTHON names one");
        return None;
    }
    Some(python)
}

/// Imports packages one after the other; prints what came of each.
const IMPORT: &str = r"
import sys
from anki.collection import Collection, ImportAnkiPackageRequest, ImportAnkiPackageOptions
col = Collection(sys.argv[1])
for path in sys.argv[2:]:
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions())).log
    notes = [col.get_note(id) for id in col.find_notes('')]
    print(len(log.new), len(log.updated), len(log.duplicate), len(notes), len(col.find_cards('')))
note = col.get_note(col.find_notes('Word:茶')[0])
print('|'.join(note.fields))
card = note.cards()[0]
print(col.decks.name(card.did), note.note_type()['name'], len(col.decks.get(card.did)['desc']) > 50)
print(card.question().count('茶') >= 2, 'example.org' in card.answer())
print(col.fix_integrity()[1])
";

/// Imports packages into a new collection, one after the other. What Anki says of each: new, updated and duplicate notes,
/// all notes, all cards; then of the note 茶.
pub(crate) fn import(python: &Path, collection: &Path, packages: &[String]) -> Vec<String> {
    let mut command = Command::new(python);
    command.args(["-c", IMPORT]).arg(collection).args(packages);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(str::to_owned).collect()
}
