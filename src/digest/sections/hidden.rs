//! Which paragraphs are metadata and not shown with the text: the source link, and the repetition of the title.

use super::boundary::Stretch;
use super::outline::Outline;

/// How many blocks from the head of its section a source link may stand.
const HEAD: u32 = 3;
/// How many blocks from its foot.
const FOOT: u32 = 2;

/// Hides some of the paragraphs that may be hidden: a title counts before all other text of its stretch, a link at its head or foot.
/// Gives the target of the source link.
///
/// The first link is the article's, and only paragraphs with the same target are hidden. Where a stretch has source links with
/// different targets, each belongs to an item of a list, and none is the article's.
pub(super) fn hide<'a>(outline: &mut Outline<'a>, stretches: &[Stretch]) -> Option<&'a str> {
    let mut known = None;
    for (at, stretch) in stretches.iter().enumerate() {
        let next = stretches.get(at + 1);
        let end = next.map_or(outline.end.offset, |next| next.start.offset);
        let blocks = next.map_or(outline.evidence.blocks, |next| next.blocks);
        let index = |offset: usize| outline.loners.partition_point(|loner| loner.start.offset < offset);
        let among = index(stretch.start.offset)..index(end);
        let loners = &mut outline.loners[among];
        let mut links = loners.iter().filter_map(|loner| loner.link);
        let target = links.next();
        let is_list = links.any(|link| Some(link) != target);
        let (mut count, mut title_seen) = (0, false);
        for loner in loners {
            let from_head = loner.blocks.saturating_sub(stretch.blocks);
            let to_foot = blocks.saturating_sub(loner.blocks + 1);
            let hides = match loner.link {
                None => from_head == count && !std::mem::replace(&mut title_seen, true),
                Some(link) => {
                    let is_of_article = known.is_none_or(|known| known == link);
                    !is_list && is_of_article && (from_head < HEAD || to_foot < FOOT)
                }
            };
            if hides {
                loner.is_hidden = true;
                known = known.or(loner.link);
                count += 1;
            }
        }
    }
    known
}
