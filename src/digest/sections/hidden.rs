//! Which paragraphs are metadata and not shown with the text: the source link, and the repetition of the title.

use super::boundary::{Owner, Stretch};
use super::evidence::Evidence;
use super::outline::{Loner, Outline};

/// What is not shown.
#[derive(Debug, Default)]
pub(super) struct Hidden<'a> {
    /// The target of the source link.
    pub link: Option<String>,
    /// The paragraphs, in the order of the body.
    pub loners: Vec<&'a Loner>,
}

/// How many blocks from the head of its section such a paragraph may stand.
const HEAD: usize = 3;

/// Chooses among the paragraphs: a title counts before all other text of its section, a link at its head or foot.
///
/// The first link is the article's, and only paragraphs with the same target are hidden. Where a stretch has several source links with
/// different targets each belongs to an item of a list, and none is the article's.
pub(super) fn choose<'a>(outline: &'a Outline, stretches: Option<&[Stretch]>) -> Hidden<'a> {
    let mut hidden = Hidden::default();
    let whole = [Stretch { start: outline_start(), owner: Owner::Both }];
    let stretches = stretches.unwrap_or(&whole);
    for (at, stretch) in stretches.iter().enumerate() {
        let end = stretches.get(at + 1).map_or(outline.end.offset, |next| next.start.offset);
        let inside = |loner: &&Loner| (stretch.start.offset..end).contains(&loner.start.offset);
        let loners: Vec<&Loner> = outline.loners.iter().filter(inside).collect();
        let Some(first) = loners.first() else { continue };
        let (before, after) = (evidence_at(outline, stretch.start.offset, first), evidence_at_end(outline, end));
        let mut links = loners.iter().filter_map(|loner| loner.link.as_deref());
        let target = links.next();
        let is_items = links.any(|link| Some(link) != target);
        for loner in loners {
            let from_head = loner.before.blocks.saturating_sub(before.blocks);
            let to_foot = after.blocks.saturating_sub(loner.before.blocks + 1);
            match loner.link.as_deref() {
                Some(link)
                    if !is_items
                        && (from_head < HEAD || to_foot < 2)
                        && hidden.link.as_deref().is_none_or(|known| known == link) =>
                {
                    hidden.link = Some(link.to_owned());
                    hidden.loners.push(loner);
                }
                None if is_first_text(&hidden, from_head, loner) => hidden.loners.push(loner),
                _ => {}
            }
        }
    }
    hidden
}

fn outline_start() -> super::outline::Spot {
    super::outline::Spot::default()
}

/// Says whether a repeated title comes before all other text: only what is hidden already stands before it.
fn is_first_text(hidden: &Hidden<'_>, from_head: usize, loner: &Loner) -> bool {
    let hidden_before = hidden
        .loners
        .iter()
        .rev()
        .take(HEAD)
        .filter(|other| other.before.blocks + from_head >= loner.before.blocks)
        .count();
    let titles = hidden
        .loners
        .iter()
        .rev()
        .take(from_head)
        .any(|other| other.link.is_none() && other.before.blocks + from_head >= loner.before.blocks);
    from_head <= hidden_before && !titles
}

/// The evidence before the block in which a stretch begins: of the last mark up to there, or, where none is, of the start.
fn evidence_at(outline: &Outline, offset: usize, first: &Loner) -> Evidence {
    // Marks that end where the stretch begins were counted as a block of their own.
    let index = outline.marks.partition_point(|mark| mark.end.offset <= offset);
    let Some(mark) = index.checked_sub(1).map(|index| &outline.marks[index]) else { return Evidence::default() };
    if offset == 0 {
        return Evidence::default();
    }
    if mark.end.offset == offset {
        let mut evidence = mark.before;
        evidence.blocks += 1;
        return evidence;
    }
    outline.marks.get(index).map_or(first.before, |mark| mark.before)
}

/// The evidence before the mark that ends a stretch, or in all.
fn evidence_at_end(outline: &Outline, end: usize) -> Evidence {
    let index = outline.marks.partition_point(|mark| mark.start.offset < end);
    outline.marks.get(index).map_or(outline.evidence, |mark| mark.before)
}
