//! `jianbao state`: exports and imports the saved state as JSON Lines.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::Path;

use super::output;
use crate::cli::{StateAction, StateArgs};
use crate::error::Error;
use crate::library::{data_folder, export, import, reason};

pub(super) fn run(arguments: &StateArgs) -> Result<(), Error> {
    let no_folder = || {
        Error::Usage(tr!("there is no folder for saved state: set HOME or XDG_DATA_HOME").into())
    };
    let data = data_folder().ok_or_else(no_folder)?;
    match &arguments.action {
        StateAction::Export { folder } => print(&data, folder.as_deref()),
        StateAction::Import { file } => import_file(&data, file),
    }
}

fn print(data: &Path, folder: Option<&Path>) -> Result<(), Error> {
    // A library whose folder is gone is known by the path that it had.
    let resolve = |path: &Path| {
        let resolved = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
        resolved.map_err(|error| Error::path(path, reason(&error)))
    };
    let library = folder.map(resolve).transpose()?;
    let lines = export(data, library.as_deref())
        .map_err(|reason| Error::path(data.join("state.db"), reason))?;
    output::print(|out| {
        lines
            .iter()
            .try_for_each(|line| output::write_json_line(line, out))
    })
}

fn import_file(data: &Path, file: &Path) -> Result<(), Error> {
    let imported = if file == "-" {
        import(data, io::stdin().lock())
    } else {
        let opened = File::open(file).map_err(|error| Error::path(file, reason(&error)))?;
        import(data, BufReader::new(opened))
    };
    output::print_imported(imported)
}
