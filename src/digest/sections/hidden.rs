//! Which paragraphs are metadata and not shown with the text: the source link, and the repetition of the title.

use super::boundary::Stretch;
use super::outline::{Loner, Outline};

/// What is not shown.
#[derive(Debug, Default)]
pub(super) struct Hidden<'a> {
    /// The target of the source link.
    pub link: Option<String>,
    /// The paragraphs, in the order of the body.
    pub loners: Vec<&'a Loner>,
}

/// How many blocks from the head of its section a source link may stand.
const HEAD: usize = 3;
/// How many blocks from its foot.
const FOOT: usize = 2;

/// Chooses among the paragraphs: a title counts before all other text of its stretch, a link at its head or foot.
///
/// The first link is the article's, and only paragraphs with the same target are hidden. Where a stretch has source links with
/// different targets, each belongs to an item of a list, and none is the article's.
pub(super) fn choose<'a>(outline: &'a Outline, stretches: &[Stretch]) -> Hidden<'a> {
    let mut hidden = Hidden::default();
    for (at, stretch) in stretches.iter().enumerate() {
        let next = stretches.get(at + 1);
        let end = next.map_or(outline.end.offset, |next| next.start.offset);
        let blocks = next.map_or(outline.evidence.blocks, |next| next.blocks);
        let index = |offset: usize| outline.loners.partition_point(|loner| loner.start.offset < offset);
        let loners = &outline.loners[index(stretch.start.offset)..index(end)];
        let mut links = loners.iter().filter_map(|loner| loner.link.as_deref());
        let target = links.next();
        let is_list = links.any(|link| Some(link) != target);
        let (mut count, mut title_seen) = (0, false);
        for loner in loners {
            let from_head = loner.before.blocks.saturating_sub(stretch.blocks);
            let to_foot = blocks.saturating_sub(loner.before.blocks + 1);
            let hide = match &loner.link {
                None => from_head == count && !std::mem::replace(&mut title_seen, true),
                Some(link) => {
                    let is_of_article = hidden.link.as_ref().is_none_or(|known| known == link);
                    !is_list && is_of_article && (from_head < HEAD || to_foot < FOOT)
                }
            };
            if hide {
                hidden.link = hidden.link.or_else(|| loner.link.clone());
                hidden.loners.push(loner);
                count += 1;
            }
        }
    }
    hidden
}
