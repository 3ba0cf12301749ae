//! A picture of an article as the shell is asked for it, and the cells it is measured in.

use std::sync::Arc;

use crate::bilingual::{Picture, Text};
use crate::text::Language;

/// How large a cell of the terminal is, in pixels; never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say all")]
pub struct CellSize {
    pub width: u16,
    pub height: u16,
}

impl CellSize {
    /// The columns and rows of a picture that fills as much of some columns and rows as its shape allows, but is never
    /// larger than its pixels.
    pub(super) fn fit(self, pixels: [u32; 2], most: [u16; 2]) -> [u16; 2] {
        let cell = [self.width, self.height].map(f64::from);
        let natural = [0, 1].map(|it| f64::from(pixels[it]) / cell[it]);
        let shrunk = [0, 1].map(|it| f64::from(most[it]) / natural[it]);
        let by = shrunk[0].min(shrunk[1]).min(1.0);
        [0, 1].map(|it| ((natural[it] * by).ceil() as u16).clamp(1, most[it].max(1)))
    }
}

/// A picture of an article at a size in cells.
#[derive(Clone, Debug)]
pub struct PictureBox {
    /// The article as it was read: another reading of it has other pictures.
    pub(super) text: Arc<Text>,
    pub(super) side: Language,
    pub(super) link: u32,
    /// Its columns and rows.
    pub size: [u16; 2],
}

impl PictureBox {
    /// Its file.
    pub fn picture(&self) -> Option<&Picture> {
        self.text.picture(self.side, self.link)
    }

    /// Whether it is a picture of this text.
    pub fn is_of(&self, text: &Arc<Text>) -> bool {
        Arc::ptr_eq(&self.text, text)
    }

    /// What stands for it in the text.
    pub(super) fn caption(&self) -> String {
        let document = self.text.shown(self.side);
        document.text_of_link(self.link)
    }
}

impl PartialEq for PictureBox {
    fn eq(&self, other: &Self) -> bool {
        self.is_of(&other.text)
            && (self.side, self.link, self.size) == (other.side, other.link, other.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: CellSize = CellSize {
        width: 10,
        height: 20,
    };

    #[test]
    fn a_picture_keeps_its_shape_and_its_room() {
        for (pixels, most, expected) in [
            ([100, 100], [80, 20], [10, 5]),
            ([1200, 800], [80, 20], [60, 20]),
            ([1200, 800], [30, 20], [30, 10]),
            ([3, 3], [80, 20], [1, 1]),
            ([u32::MAX, 1], [80, 20], [80, 1]),
            ([1, u32::MAX], [80, 20], [1, 20]),
        ] {
            assert_eq!(CELL.fit(pixels, most), expected, "{pixels:?} in {most:?}");
        }
    }
}
