//! The pictures of a page: what is said of them, and the rows that are kept free for them. Their pixels are the shell's.

use std::path::Path;
use std::sync::Arc;

use super::layout::{KeptRows, PageSource};
use super::state::Page;
use crate::bilingual::{Picture, PictureProblem};
use crate::markdown::{Document, Inline, LeafKind, PICTURE};
use crate::reader::picture_box::PictureBox;
use crate::text::Language;
use crate::typeset::{LayoutSettings, Rows, keep_rows};

/// The least rows of a pane in which pictures are shown.
const LEAST_ROWS: u16 = 6;

/// A picture on the screen, whose first row may be above the pane, and the last one below it.
#[derive(Clone, Debug, PartialEq)]
pub struct VisiblePicture {
    /// Its first column, counted from the left edge of the pane.
    pub x: u16,
    /// Its first row, counted from the top of the pane.
    pub y: i32,
    /// What it is.
    pub picture: PictureBox,
}

/// The pictures of a column of text.
pub(super) struct ColumnPictures<'a> {
    page: &'a Page,
    /// The files of those that were shown in this item, which are not shown twice.
    shown: Vec<&'a Path>,
}

impl<'a> ColumnPictures<'a> {
    pub(super) const fn new(page: &'a Page) -> Self {
        Self {
            page,
            shown: Vec::new(),
        }
    }

    /// Says what is known of the pictures of a block that was set last, and keeps rows free for those that are shown.
    pub(super) fn keep_rows(
        &mut self,
        source: PageSource,
        block: u32,
        settings: &LayoutSettings,
        rows: &mut Rows,
    ) -> Vec<KeptRows> {
        let PageSource::Text(side) = source else {
            return Vec::new();
        };
        let page = self.page;
        let mut kept = Vec::new();
        for link in links_of(page.document_of(source), block) {
            let Some(picture) = page.text.picture(side, link) else {
                continue;
            };
            let first = rows.pieces.iter().find(|piece| piece.link == Some(link));
            let x = first.map_or(0, |piece| piece.column);
            let most = [settings.columns.saturating_sub(x).max(1), page.most_rows()];
            let size = page
                .picture_size(side, picture, most)
                .filter(|_| !self.shown.contains(&&*picture.file));
            let note = page.picture_note(side, picture);
            let note = note.filter(|_| size.is_none());
            let height = size.map_or(0, |[_, height]| height);
            let row = keep_rows(rows, settings, (link, x), note.as_deref(), height);
            if let Some(size) = size {
                self.shown.push(&picture.file);
                kept.push(KeptRows { link, x, row, size });
            }
        }
        kept
    }
}

/// The images of a block with which a paragraph begins or ends; those in the midst of words stay text.
fn links_of(document: &Document, block: u32) -> Vec<u32> {
    let leaves = document.blocks[block as usize].leaves.clone();
    let leaves = &document.leaves[leaves.start as usize..leaves.end as usize];
    let mut links = Vec::new();
    for leaf in leaves {
        if !matches!(leaf.kind, LeafKind::Paragraph | LeafKind::Html) {
            continue;
        }
        let runs = &document.runs[leaf.runs.start as usize..leaf.runs.end as usize];
        for run in runs {
            let [before, after] = [
                leaf.range.start..run.range.start,
                run.range.end..leaf.range.end,
            ];
            // Others may stand before or behind it.
            let is_at_edge = [before, after].iter().any(|range| {
                let words = document.text_of(range).split_whitespace();
                { words }.all(|word| word == PICTURE.trim_end())
            });
            let is_picture = document.text_of(&run.range).starts_with(PICTURE.trim_end());
            if is_at_edge && is_picture && run.inline.contains(Inline::IMAGE) {
                links.extend(run.link);
            }
        }
    }
    links.dedup();
    links
}

impl Page {
    /// The most rows of a picture: some text stays beside it on the screen.
    fn most_rows(&self) -> u16 {
        (self.rows * 2 / 3).max(1) as u16
    }

    /// The columns and rows of a picture in a room; None if it is not shown.
    fn picture_size(&self, side: Language, picture: &Picture, most: [u16; 2]) -> Option<[u16; 2]> {
        let cell = self.cell.filter(|_| self.rows >= LEAST_ROWS.into())?;
        let pixels = picture.pixels?;
        let is_shown = self.picture_problem(side, picture).is_none();
        is_shown.then(|| cell.fit(pixels, most))
    }

    fn picture_problem(&self, side: Language, picture: &Picture) -> Option<PictureProblem> {
        let mut refused = self.refused.iter();
        let refused = refused.find(|(of, link, _)| (*of, *link) == (side, picture.link));
        picture.problem.or(refused.map(|(_, _, problem)| *problem))
    }

    /// What is said of a picture that is not shown: `, 1200×800, too large`.
    fn picture_note(&self, side: Language, picture: &Picture) -> Option<String> {
        let size = picture
            .pixels
            .map(|[width, height]| format!("{width}×{height}"));
        let problem = self.picture_problem(side, picture);
        let facts = [size, problem.map(|it| it.words().to_owned())];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        (!facts.is_empty()).then(|| format!(", {}", facts.join(", ")))
    }

    /// Takes up that a picture cannot be shown: it is text from now on. Nothing changes for another one.
    pub(in crate::reader) fn refuse_picture(&mut self, it: &PictureBox, problem: PictureProblem) {
        if it.is_of(&self.text) {
            self.refused.push((it.side, it.link, problem));
            self.cache.clear();
            self.restore(&self.anchor.clone());
            self.settle();
        }
    }

    /// The pictures on the screen.
    pub fn visible_pictures(&self) -> impl Iterator<Item = VisiblePicture> + '_ {
        self.visible_items().flat_map(move |(_, y, item)| {
            item.columns.iter().flat_map(move |column| {
                let first = y + i64::from(item.gap + column.row);
                column.pictures.iter().filter_map(move |kept| {
                    let PageSource::Text(side) = column.source else {
                        return None;
                    };
                    let y = first + i64::from(kept.row);
                    let is_visible = y < i64::from(self.rows) && y + i64::from(kept.size[1]) > 0;
                    is_visible.then(|| VisiblePicture {
                        x: self.x + column.x + kept.x,
                        y: y as i32,
                        picture: self.picture_box(side, kept.link, kept.size),
                    })
                })
            })
        })
    }

    fn picture_box(&self, side: Language, link: u32, size: [u16; 2]) -> PictureBox {
        PictureBox {
            text: Arc::clone(&self.text),
            side,
            link,
            size,
        }
    }

    /// The first picture of the current item.
    pub(in crate::reader) fn current_picture(&self) -> Option<(PageSource, u32)> {
        self.current_parts()
            .into_iter()
            .find_map(|(source, blocks)| {
                let PageSource::Text(side) = source else {
                    return None;
                };
                let document = self.document_of(source);
                let mut links = blocks.flat_map(|block| links_of(document, block));
                let link = links.find(|&link| self.text.picture(side, link).is_some())?;
                Some((source, link))
            })
    }

    /// Whether the current item has a picture that can be enlarged.
    pub fn is_at_picture(&self) -> bool {
        let found = self.current_picture();
        found.is_some_and(|(source, link)| self.enlarged(source, link, [1, 1]).is_ok())
    }

    /// The picture at a cell of the pane.
    pub(in crate::reader) fn picture_at(&self, x: u16, y: u16) -> Option<(PageSource, u32)> {
        let (x, y) = (i32::from(x), i32::from(y));
        let found = self.visible_pictures().find(|it| {
            let [columns, rows] = it.picture.size.map(i32::from);
            let left = i32::from(it.x);
            (left..left + columns).contains(&x) && (it.y..it.y + rows).contains(&y)
        })?;
        Some((PageSource::Text(found.picture.side), found.picture.link))
    }

    /// A picture as large as a room allows.
    ///
    /// # Errors
    /// In words, why it is not shown; None if it is no file of the library.
    pub(in crate::reader) fn enlarged(
        &self,
        source: PageSource,
        link: u32,
        most: [u16; 2],
    ) -> Result<PictureBox, Option<String>> {
        let PageSource::Text(side) = source else {
            return Err(None);
        };
        let picture = self.text.picture(side, link).ok_or(None)?;
        let pixels = match (self.picture_problem(side, picture), picture.pixels) {
            (None, Some(pixels)) => pixels,
            (problem, _) => {
                let problem = problem.unwrap_or(PictureProblem::Damaged);
                return Err(Some(tr!(
                    "This picture is not shown: {why}",
                    why = problem.words()
                )));
            }
        };
        let cell = self.cell.ok_or_else(|| {
            Some(
                tr!("This terminal shows no pictures; in coarse blocks: :pictures halfblocks")
                    .to_owned(),
            )
        })?;
        // However small it is: two, three, four times as large.
        let grown = (1..=8)
            .rev()
            .map(|by| pixels.map(|it| it.saturating_mul(by)));
        let fits = |pixels: &[u32; 2]| {
            let [width, height] = most.map(u32::from);
            pixels[0] <= width * u32::from(cell.width)
                && pixels[1] <= height * u32::from(cell.height)
        };
        let grown = { grown }.find(fits).unwrap_or(pixels);
        Ok(self.picture_box(side, link, cell.fit(grown, most)))
    }
}
