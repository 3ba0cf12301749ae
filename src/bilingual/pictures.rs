//! The pictures of a text: files in the folder of the library, as their headers describe them.

use std::path::PathBuf;

use crate::markdown::{Document, relative_path};

/// The most pictures of a side that are looked for.
const MOST_PICTURES: usize = 200;

/// A picture of a side of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The link to it, as an index into the links of its document.
    pub link: u32,
    /// Its file, with all links followed; empty if it cannot be opened.
    pub file: PathBuf,
    /// Its width and height in pixels, as far as its header tells them; never 0.
    pub pixels: Option<[u32; 2]>,
    /// Why it cannot be shown.
    pub problem: Option<PictureProblem>,
}

/// Why a picture cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureProblem {
    /// There is no such file, or it cannot be read.
    Missing,
    /// Its file is not in the folder of the library.
    Outside,
    /// It is none of PNG, JPEG, GIF and WebP.
    UnknownFormat,
    /// Its file or its pixels are too many.
    TooLarge,
    /// It cannot be decoded, or is not as large as its header says.
    Damaged,
}

impl PictureProblem {
    /// What it is, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => tr!("not found"),
            Self::Outside => tr!("outside the library"),
            Self::UnknownFormat => tr!("unknown format"),
            Self::TooLarge => tr!("too large"),
            Self::Damaged => tr!("damaged"),
        }
    }
}

/// The images of a document that may be files of the library: the index of each link, and its path, relative to the
/// folder of the article. As hostile as the text.
pub fn picture_paths(document: &Document) -> impl Iterator<Item = (u32, String)> + '_ {
    let links = (0..).zip(&document.links).filter(|(_, link)| link.image);
    let paths = links.filter_map(|(index, link)| Some((index, relative_path(&link.target)?)));
    paths.take(MOST_PICTURES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bilingual::Text;
    use crate::digest;
    use crate::text::Language;

    #[test]
    fn only_images_by_a_relative_path_are_files_of_the_library() {
        let source = "![a](b.png) ![c](https://d.org/e.png) [f](g.png) ![h](/i.png) ![j](k/%E8%8C%B6.webp?l) ![](data:image/png;base64,AA)";
        let text = Text::new(digest::read(source.as_bytes(), "a.md"));
        let paths = picture_paths(text.shown(Language::English));
        let paths: Vec<String> = paths.map(|(_, path)| path).collect();
        assert_eq!(paths, ["b.png", "k/茶.webp"]);
    }
}
