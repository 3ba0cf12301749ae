//! `jianbao state`: what is remembered, out and in as JSON Lines.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use crate::cli::{StateAction, StateArgs};
use crate::error::Error;
use crate::library::{ExportError, data_folder, export, import, reason};

/// Exports or imports.
pub(super) fn run(arguments: &StateArgs) -> Result<(), Error> {
    let no_home =
        || Error::Usage("there is no folder where anything could be remembered: set HOME or XDG_DATA_HOME".into());
    let data = data_folder().ok_or_else(no_home)?;
    match &arguments.action {
        StateAction::Export { folder } => print(&data, folder.as_deref()),
        StateAction::Import { file } => take(&data, file),
    }
}

fn print(data: &Path, folder: Option<&Path>) -> Result<(), Error> {
    // A library that is gone is still remembered, by the path that it had.
    let known = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    let library = folder.map(|path| known(path).map_err(|error| Error::path(path, reason(&error)))).transpose()?;
    let mut out = BufWriter::new(io::stdout().lock());
    export(data, library.as_deref(), &mut out).map_err(|error| match error {
        ExportError::Database(why) => Error::path(data.join("state.db"), why),
        ExportError::Output(error) => Error::Output(error),
    })?;
    out.flush().map_err(Error::Output)
}

fn take(data: &Path, file: &Path) -> Result<(), Error> {
    let failed = |why: String| Error::Usage(format!("nothing was imported: {why}"));
    let imported = if file == "-" {
        import(data, io::stdin().lock())
    } else {
        let opened = File::open(file).map_err(|error| Error::path(file, reason(&error)))?;
        import(data, BufReader::new(opened))
    };
    let imported = imported.map_err(failed)?;
    writeln!(io::stdout(), "{} taken, {} kept as they were", imported.taken, imported.kept).map_err(Error::Output)
}
