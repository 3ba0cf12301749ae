//! The pictures of an article: files in the folder of the library, never elsewhere, of which only the header is read
//! here.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use imagesize::ImageError;

use super::article_files::Files;
use super::read_file::open_regular;
use super::source::Library;
use crate::bilingual::{Picture, PictureProblem, Text, picture_paths};
use crate::text::Language;

/// The largest file that is decoded, in bytes.
const MOST_BYTES: u64 = 32 << 20;
/// The most pixels that are decoded: 24 megapixels, as of a camera, take 96 MB for a moment.
const MOST_PIXELS: u64 = 24_000_000;
/// How much of a file is read for its header: a JPEG may have a preview before its size.
const HEADER_BYTES: [u64; 2] = [16 << 10, 512 << 10];

impl Library {
    /// Reads the text of an article, and the headers of its pictures.
    pub fn text_with_pictures(&self, files: &Files) -> Text {
        let text = self.text(files);
        let pictures = Language::BOTH.map(|side| self.pictures(&text, files, side));
        text.with_pictures(pictures)
    }

    fn pictures(&self, text: &Text, files: &Files, side: Language) -> Vec<Picture> {
        let Some(document) = text.document(side) else {
            return Vec::new();
        };
        let of_side = files.mate.as_deref().filter(|_| side == Language::English);
        let article = self.on_disk(of_side.unwrap_or(&files.path));
        let folder = article.as_deref().and_then(Path::parent);
        let picture = |(link, path): (u32, String)| {
            let file = folder.map(|folder| self.find_picture(folder, &path));
            let file = file.unwrap_or(Err(PictureProblem::Outside));
            let opened = file.and_then(|file| Ok((open(&file)?, file)));
            let (file, (pixels, problem)) = match opened {
                Ok((opened, file)) => (file, measure(opened)),
                Err(problem) => (PathBuf::new(), (None, Some(problem))),
            };
            Picture {
                link,
                file,
                pixels,
                problem,
            }
        };
        picture_paths(document).map(picture).collect()
    }

    /// The file of a picture by its path relative to the folder of its article, if it is in the folder of the library
    /// once all links are followed.
    fn find_picture(&self, folder: &Path, path: &str) -> Result<PathBuf, PictureProblem> {
        let find = |path: &Path| path.canonicalize().map_err(|_| PictureProblem::Missing);
        let file = find(&folder.join(path))?;
        if file.starts_with(find(self.picture_root(folder))?) {
            Ok(file)
        } else {
            Err(PictureProblem::Outside)
        }
    }

    /// The folder that pictures are in: that of the library; of a single article, its own.
    fn picture_root<'a>(&'a self, folder: &'a Path) -> &'a Path {
        match self {
            Self::Folder(library) => &library.path,
            _ if folder.as_os_str().is_empty() => Path::new("."),
            _ => folder,
        }
    }
}

/// Reads the file of a picture.
///
/// # Errors
/// If it is not what it was when its header was read: another place, a large file, another kind.
pub fn read_picture(picture: &Picture) -> Result<Vec<u8>, PictureProblem> {
    // A part of its path may have become a link.
    let place = picture.file.canonicalize();
    if place.map_err(|_| PictureProblem::Missing)? != picture.file {
        return Err(PictureProblem::Outside);
    }
    let mut bytes = Vec::new();
    let read = open(&picture.file)?
        .take(MOST_BYTES)
        .read_to_end(&mut bytes);
    read.map_err(|_| PictureProblem::Missing)?;
    match measure(&*bytes) {
        (_, Some(problem)) => Err(problem),
        (pixels, None) if pixels != picture.pixels => Err(PictureProblem::Damaged),
        _ => Ok(bytes),
    }
}

/// Opens a file that is not too large.
fn open(file: &Path) -> Result<File, PictureProblem> {
    let (opened, metadata) = open_regular(file).map_err(|_| PictureProblem::Missing)?;
    if metadata.len() > MOST_BYTES {
        return Err(PictureProblem::TooLarge);
    }
    Ok(opened)
}

/// The size of a picture by its header, and why it cannot be shown.
fn measure(mut file: impl Read) -> (Option<[u32; 2]>, Option<PictureProblem>) {
    let mut bytes = Vec::new();
    let mut problem = PictureProblem::Damaged;
    for most in HEADER_BYTES {
        let more = most - bytes.len() as u64;
        if (&mut file).take(more).read_to_end(&mut bytes).is_err() {
            return (None, Some(PictureProblem::Missing));
        }
        match imagesize::reader_size(Cursor::new(&bytes)) {
            Ok(size) => {
                let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
                let pixels = [side(size.width), side(size.height)];
                return match pixels.map(u64::from).iter().product() {
                    0 => (None, Some(PictureProblem::Damaged)),
                    1..=MOST_PIXELS => (Some(pixels), None),
                    _ => (Some(pixels), Some(PictureProblem::TooLarge)),
                };
            }
            Err(ImageError::NotSupported) => problem = PictureProblem::UnknownFormat,
            Err(_) => {}
        }
        if (bytes.len() as u64) < most {
            break;
        }
    }
    (None, Some(problem))
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
