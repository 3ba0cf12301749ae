//! Where articles and notes are written: a file that appears once it is complete, or standard output.

use std::fs::{self, File};
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::library::{is_article_name, reason};

/// Where to write.
pub(in crate::commands) struct ExportTarget {
    output: Option<PathBuf>,
    may_replace: bool,
}

impl ExportTarget {
    /// A file, or standard output.
    ///
    /// # Errors
    /// If the file is there and may not be replaced.
    pub(super) fn new(output: Option<&Path>, may_replace: bool) -> Result<Self, Error> {
        let output = output.map(Path::to_path_buf);
        if let Some(output) = &output
            && !may_replace
            && fs::symlink_metadata(output).is_ok()
        {
            return Err(Self::exists(output));
        }
        Ok(Self {
            output,
            may_replace,
        })
    }

    /// Makes the folder of the file, if it is missing.
    pub(super) fn make_folder(&self) -> Result<(), Error> {
        let folder = self.output.as_deref().map_or(Path::new("."), folder);
        fs::create_dir_all(folder).map_err(|error| Error::path(folder, reason(&error)))
    }

    /// Checks that no article is written over.
    ///
    /// # Errors
    /// If the output is one of these files, or would be an article in one of these folders.
    pub(in crate::commands) fn spare<'a>(
        &self,
        folders: &[PathBuf],
        mut files: impl Iterator<Item = &'a Path>,
    ) -> Result<(), Error> {
        let Some(output) = &self.output else {
            return Ok(());
        };
        let inside = folder(output).canonicalize().unwrap_or_default();
        let is_inside = |folder: &PathBuf| {
            folder.is_dir()
                && folder
                    .canonicalize()
                    .is_ok_and(|folder| inside.starts_with(folder))
        };
        let is_one = output.canonicalize().is_ok_and(|output| {
            files.any(|file| file.canonicalize().is_ok_and(|file| file == output))
        });
        if is_one || is_article_name(output) && folders.iter().any(is_inside) {
            return Err(Error::path(
                output,
                tr!("the folder of articles is never written to; name a file in another folder"),
            ));
        }
        Ok(())
    }

    fn exists(output: &Path) -> Error {
        Error::path(output, tr!("the file exists; --force writes over it"))
    }

    /// Writes by a function, to a temporary file first: if it fails, nothing was written.
    pub(in crate::commands) fn write(
        self,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), Error> {
        let Some(output) = &self.output else {
            let mut file = tempfile::tempfile().map_err(Error::Output)?;
            return write(&mut file)
                .and_then(|()| file.rewind())
                .and_then(|()| io::copy(&mut file, &mut io::stdout().lock()))
                .map(drop)
                .map_err(Error::Output);
        };
        let failed = |error: io::Error| Error::path(output, reason(&error));
        let mut file = tempfile::Builder::new()
            .prefix(".jianbao-")
            .make_in(folder(output), |path| File::create_new(path))
            .map_err(failed)?;
        write(file.as_file_mut())
            .and_then(|()| file.as_file().sync_all())
            .map_err(failed)?;
        if self.may_replace {
            file.persist(output).map_err(|error| failed(error.error))?;
            return Ok(());
        }
        let persisted = file.persist_noclobber(output);
        persisted
            .map(drop)
            .map_err(|error| match error.error.kind() {
                io::ErrorKind::AlreadyExists => Self::exists(output),
                _ => failed(error.error),
            })
    }
}

/// The folder of a file.
fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}
