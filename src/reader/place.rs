//! From a place in one language to the place that answers it in the other.

use crate::bilingual::{Place, Text};
use crate::markdown::{BlockKind, Document};

/// The place on the other side that answers a place; the place itself where there is no other side.
///
/// The block is the one of the same kind and number: the third list item answers the third list item. Where the sides
/// have different numbers of a kind, the number is scaled; where a kind is missing, the share of the text before the
/// block decides. Within the block the share of its text before the offset is kept.
pub(super) fn answer(text: &Text, place: &Place) -> Place {
    let side = place.side.other();
    let (Some(from), Some(to)) = (text.document(place.side), text.document(side)) else { return place.clone() };
    let from_block = place.block as usize;
    if from_block >= from.blocks.len() || to.blocks.is_empty() {
        return text.place(side, 0, 0);
    }
    let block = by_kind(from, to, from_block).unwrap_or_else(|| by_share(from, to, from_block));
    let (length, answer_length) = (from.block_text(from_block).len(), to.block_text(block).len());
    let offset = (place.offset as usize).min(length) * answer_length / length.max(1);
    let answer = to.block_text(block);
    let offset = (0..=offset).rev().find(|&offset| answer.is_char_boundary(offset)).unwrap_or(0);
    text.place(side, block as u32, offset as u32)
}

/// Kinds that answer each other: a heading in one language is a label in the other.
fn class(kind: BlockKind) -> BlockKind {
    match kind {
        BlockKind::Heading(_) => BlockKind::Label,
        kind => kind,
    }
}

fn by_kind(from: &Document, to: &Document, block: usize) -> Option<usize> {
    let kind = class(from.blocks[block].kind);
    let is_kin = |other: BlockKind| class(other) == kind;
    let number = from.blocks[..block].iter().filter(|block| is_kin(block.kind)).count();
    let all = from.blocks.iter().filter(|block| is_kin(block.kind)).count();
    let answers = to.blocks.iter().filter(|block| is_kin(block.kind)).count();
    let number = number * answers / all.max(1);
    to.blocks.iter().enumerate().filter(|(_, block)| is_kin(block.kind)).nth(number).map(|(index, _)| index)
}

fn by_share(from: &Document, to: &Document, block: usize) -> usize {
    let share = u64::from(from.blocks[block].range.start) * to.text.len() as u64 / (from.text.len() as u64).max(1);
    to.block_at(share as u32).unwrap_or(0)
}
