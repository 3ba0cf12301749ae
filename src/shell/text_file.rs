//! Reads the files that the reader writes by hand: settings and themes.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// A larger file is none of these.
const MOST_BYTES: u64 = 1 << 20;

/// The text of a file; None if there is none.
///
/// # Errors
/// In words, if it cannot be read or is no text.
pub(super) fn read_text(path: &Path) -> Result<Option<String>, String> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(crate::library::reason(&error)),
    };
    // A pipe would wait for a writer.
    if !metadata.is_file() {
        return Err(tr!("not a file, so it is not read").into());
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| crate::library::reason(&error))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(tr!("larger than 1 MB, so it is not read").into());
    }
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| tr!("not UTF-8 text, so it is not read").into())
}
