//! Dictionaries that the user added: files in the data folder, in our format.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use memmap2::Mmap;
use tempfile::NamedTempFile;

use super::index::map;
use super::read_file::{open_regular, reason};
use super::state::data_folder;
use crate::dictionary::{LARGEST_SOURCE, WordTable, look_up, read_stardict, read_text, unpacked};
use crate::text::clean_line;

/// How many senses a line names.
const FEW: usize = 3;
/// What the names of the files end in, and those of the sources.
const EXTENSION: &str = "words";
const SOURCES: [&str; 7] = [".gz", ".u8", ".txt", ".csv", ".ifo", ".dict", ".words"];

/// A dictionary that the user added. Only what is looked up is read from the disk.
#[derive(Debug)]
pub struct UserDictionary {
    /// Its name, that of the file that was added.
    pub name: String,
    /// Its headwords with their entries.
    pub table: WordTable<Mmap>,
}

fn folder() -> Option<PathBuf> {
    data_folder().map(|data| data.join("dictionaries"))
}

/// The dictionaries that were added, by their names. Those that cannot be read are left out.
pub fn user_dictionaries() -> Vec<UserDictionary> {
    let files = folder().and_then(|folder| fs::read_dir(folder).ok());
    let paths = files
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let open = |path: PathBuf| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let is_ours = path
            .extension()
            .is_some_and(|extension| extension == EXTENSION);
        let (file, _) = open_regular(&path).ok().filter(|_| is_ours)?;
        let table = WordTable::read(map(&file).ok()?)?;
        Some(UserDictionary { name, table })
    };
    let mut found: Vec<UserDictionary> = paths.filter_map(open).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// What the added dictionaries say of a word in short: a cleaned line for each that has it.
pub(super) fn lines_on(word: &str) -> Vec<String> {
    let line = |dictionary: UserDictionary| {
        let entries = look_up(&dictionary.table, word, 0..word.len());
        let senses = entries.iter().flat_map(|entry| &entry.senses);
        let senses: Vec<&str> = senses.take(FEW).map(String::as_str).collect();
        let line = format!("{}: {}", dictionary.name, senses.join("; "));
        (!senses.is_empty()).then(|| clean_line(&line).into_owned())
    };
    user_dictionaries().into_iter().filter_map(line).collect()
}

/// Adds a dictionary: an export of CC-CEDICT, ECDICT's CSV, both also packed by gzip, or the `.ifo` file of one of
/// `StarDict`. One of the same name is replaced. Its name and the number of its headwords.
///
/// # Errors
/// Why it cannot be added, in one line.
pub fn add_dictionary(path: &Path) -> Result<(String, usize), String> {
    let name = name(path);
    let folder = folder().ok_or(tr!(
        "there is no folder for saved state: set HOME or XDG_DATA_HOME"
    ))?;
    let table = if path.extension().is_some_and(|extension| extension == "ifo") {
        let part = |endings: &[&str]| {
            let paths = endings.iter().map(|ending| path.with_extension(ending));
            let found = { paths }.find(|path| path.exists());
            let path = found.unwrap_or_else(|| path.with_extension(endings[0]));
            source(&path).map_err(|why| format!("{}: {why}", path.to_string_lossy()))
        };
        let (index, data) = (part(&["idx", "idx.gz"])?, part(&["dict", "dict.dz"])?);
        read_stardict(&source(path)?, &index, &data)?
    } else {
        read_text(&source(path)?)?
    };
    let count = table.len();
    let plain = |error: std::io::Error| reason(&error);
    let bytes = table.finish().map_err(plain)?;
    fs::create_dir_all(&folder).map_err(plain)?;
    // The old file stays whole for who has it mapped.
    let mut file = NamedTempFile::new_in(&folder).map_err(plain)?;
    file.write_all(&bytes).map_err(plain)?;
    let target = folder.join(format!("{name}.{EXTENSION}"));
    file.persist(target).map_err(|error| reason(&error.error))?;
    Ok((name, count))
}

/// Removes a dictionary; `false` if there is none of that name.
///
/// # Errors
/// Why it cannot be removed, in one line.
pub fn remove_dictionary(name: &str) -> Result<bool, String> {
    // Only a name of the list becomes a path.
    let is_known = user_dictionaries()
        .iter()
        .any(|dictionary| dictionary.name == name);
    let Some(folder) = folder().filter(|_| is_known) else {
        return Ok(false);
    };
    let removed = fs::remove_file(folder.join(format!("{name}.{EXTENSION}")));
    removed.map(|()| true).map_err(|error| reason(&error))
}

/// The bytes of a file of a dictionary.
fn source(path: &Path) -> Result<Vec<u8>, String> {
    let (file, metadata) = open_regular(path)?;
    if metadata.len() > LARGEST_SOURCE {
        return Err(tr!("the file is too large").to_owned());
    }
    let mut bytes = Vec::new();
    let read = file.take(LARGEST_SOURCE).read_to_end(&mut bytes);
    read.map_err(|error| reason(&error))?;
    Ok(unpacked(bytes)?)
}

/// The name of a dictionary: that of its file without what it ends in, with nothing that a path or a terminal takes for
/// more than a name.
fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut name = &*name;
    while let Some(short) = SOURCES.iter().find_map(|end| name.strip_suffix(end)) {
        name = short;
    }
    let plain = |c: char| {
        if c.is_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '-'
        }
    };
    let name: String = name.trim_start_matches('.').chars().map(plain).collect();
    if name.is_empty() {
        "dictionary".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        for (path, expected) in [
            ("/tmp/cedict_ts.u8.gz", "cedict_ts"),
            ("ecdict.csv", "ecdict"),
            ("..", "dictionary"),
            (".txt", "dictionary"),
            ("a b\u{1b}[0m.ifo", "a-b--0m"),
        ] {
            assert_eq!(name(Path::new(path)), expected, "{path}");
        }
    }
}
