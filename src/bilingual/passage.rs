//! Places and passages in a text that may have been edited since they were noted.

use std::ops::Range;

use memchr::memmem;

use super::text::{Place, Text, fingerprint};
use crate::text::Language;

/// The most bytes of a passage that are kept of its beginning and of its end, if it has more than both.
const KEPT: usize = 8 << 10;
/// Stands between both.
const GAP: &str = "\n…\n";
/// How many characters at either end of a passage find it again after its middle was edited.
const END_CHARS: usize = 24;
/// Of a passage of so few that the end is shorter than this nothing is found once it was edited.
const LEAST_END_CHARS: usize = 3;
/// A passage, or an end of one, of fewer characters may stand anywhere, so it is looked for near its place only.
const SHORT_CHARS: usize = 8;
/// In how many blocks before and after.
const NEAR_BLOCKS: usize = 2;

/// A place in a text that may have been edited since: the nearest block with its fingerprint, else
/// the block that has its number now, or the last.
pub fn relocate(text: &Text, place: &Place) -> Place {
    let Some(document) = text.document(place.side) else {
        return text.place(place.side.other(), 0, 0);
    };
    let Some(last) = document.blocks.len().checked_sub(1) else {
        return text.place(place.side, 0, 0);
    };
    let number = (place.block as usize).min(last);
    let is_it = |&block: &usize| fingerprint(document.block_text(block)) == place.fingerprint;
    let found = (0..=last)
        .flat_map(|distance| [number.checked_sub(distance), Some(number + distance)])
        .flatten()
        .filter(|&block| block <= last)
        .find(is_it);
    let block = found.unwrap_or(number);
    let offset = if found.is_some() {
        place.offset as usize
    } else {
        0
    };
    let offset = document.block_text(block).floor_char_boundary(offset);
    text.place(place.side, block as u32, offset as u32)
}

/// What is kept of the text of a passage: all of it, or of a long one the beginning and the end.
pub fn kept_text(text: &str) -> String {
    if text.len() <= 2 * KEPT {
        return text.to_owned();
    }
    let head = text.floor_char_boundary(KEPT);
    let tail = text.ceil_char_boundary(text.len() - KEPT);
    format!("{}{GAP}{}", &text[..head], &text[tail..])
}

/// The places of a range of a side's text, without blanks at its ends, and what is kept of it; `None` if nothing is left.
pub fn passage_places(
    text: &Text,
    side: Language,
    range: Range<u32>,
) -> Option<([Place; 2], String)> {
    let document = text.document(side)?;
    let said = document
        .text
        .get(range.start as usize..range.end as usize)?;
    let start = range.start + (said.len() - said.trim_start().len()) as u32;
    let said = said.trim();
    let end = start + said.len() as u32;
    let place = |at: u32| {
        let block = document.block_at(at)?;
        let offset = at - document.blocks[block].range.start;
        Some(text.place(side, block as u32, offset))
    };
    let last = place(end.checked_sub(1)?)?;
    let offset = last.offset + 1;
    (!said.is_empty()).then_some(([place(start)?, Place { offset, ..last }], kept_text(said)))
}

/// Where a passage is now, as bytes of its side's text: at its places, or else where its text is, as a whole or at
/// both ends. `None` if it cannot be found any more.
pub fn find_passage(text: &Text, places: &[Place; 2], kept: &str) -> Option<Range<u32>> {
    let side = places[0].side;
    let document = text.document(side)?;
    let places = places.each_ref().map(|place| {
        let place = relocate(text, place);
        let block = document.blocks.get(place.block as usize)?;
        Some((place.block as usize, block.range.start + place.offset))
    });
    let [Some((first, start)), Some((last, end))] = places else {
        return None;
    };
    let whole = &document.text;
    let is_kept = |range: &Range<u32>| {
        let found = whole.get(range.start as usize..range.end as usize);
        found.is_some_and(|found| !found.is_empty() && kept_text(found) == kept)
    };
    let at_places = start..end;
    if start < end && is_kept(&at_places) {
        return Some(at_places);
    }
    let is_cut = kept.len() > 2 * KEPT;
    let chars = kept.chars().count();
    let to = (last + NEAR_BLOCKS).min(document.blocks.len() - 1);
    let from = first.saturating_sub(NEAR_BLOCKS).min(to);
    let near = document.blocks[from].range.start as usize..document.blocks[to].range.end as usize;
    let room_for = |chars: usize| {
        if chars < SHORT_CHARS {
            near.clone()
        } else {
            0..whole.len()
        }
    };
    let room = room_for(chars);
    if !is_cut && let Some(at) = nearest(whole, room, kept, start as usize) {
        return Some(at as u32..(at + kept.len()) as u32);
    }
    let ends = |chars: usize| {
        let head = kept.char_indices().nth(chars)?.0;
        let tail = kept.char_indices().rev().nth(chars - 1)?.0;
        (head <= tail).then(|| (&kept[..head], &kept[tail..]))
    };
    let (head, tail) = ends(END_CHARS).or_else(|| ends(chars / 3))?;
    let room = room_for(head.chars().count());
    if head.chars().count() < LEAST_END_CHARS {
        return None;
    }
    let last_byte = room.end;
    let from = nearest(whole, room, head, start as usize)?;
    let (wanted, to) = if is_cut {
        (end as usize, whole.len())
    } else {
        let wanted = from + kept.len() - tail.len();
        (wanted, last_byte.min(from + 2 * kept.len() + KEPT / 8))
    };
    let to = whole.floor_char_boundary(to);
    let tail_at = nearest(whole, from + head.len()..to, tail, wanted)?;
    Some(from as u32..(tail_at + tail.len()) as u32)
}

/// Where a text is in a part of another one, as near to a byte as possible.
fn nearest(text: &str, part: Range<usize>, wanted: &str, near: usize) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    let start = part.start;
    let found = memmem::find_iter(text.get(part)?.as_bytes(), wanted.as_bytes());
    found
        .map(|at| start + at)
        .min_by_key(|at| at.abs_diff(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;

    fn text(body: &str) -> Text {
        Text::new(digest::read(body.as_bytes(), "sample.md"))
    }

    fn passage(text: &Text, wanted: &str) -> ([Place; 2], String) {
        let side = text.side(Language::English);
        let document = text.shown(side);
        let start = document.text.find(wanted).unwrap() as u32;
        let end = start + wanted.len() as u32;
        let place = |at: u32| {
            let block = document.block_at(at).unwrap();
            text.place(side, block as u32, at - document.blocks[block].range.start)
        };
        let last = place(end - 1);
        let end = Place {
            offset: last.offset + 1,
            ..last
        };
        ([place(start), end], kept_text(wanted))
    }

    fn found(before: &str, wanted: &str, after: &str) -> Option<String> {
        let (places, kept) = passage(&text(before), wanted);
        let after = text(after);
        let range = find_passage(&after, &places, &kept)?;
        let document = after.shown(places[0].side);
        Some(document.text[range.start as usize..range.end as usize].to_owned())
    }

    const STORY: &str = "The port opened again on Monday.\n\n\
        Prices of electricity fell by a third in the north, and the council said so in March.\n\n\
        Nobody knows why the old bridge was closed.\n";

    #[test]
    fn a_passage_follows_its_block() {
        let moved = format!("A new paragraph begins.\n\nAnother one.\n\n{STORY}");
        let wanted = "fell by a third";
        assert_eq!(found(STORY, wanted, &moved).as_deref(), Some(wanted));
    }

    #[test]
    fn a_passage_is_found_by_its_words_after_its_block_was_edited() {
        let edited = STORY
            .replace("The port", "The old port")
            .replace("said so", "wrote it");
        let wanted = "Prices of electricity fell";
        assert_eq!(found(STORY, wanted, &edited).as_deref(), Some(wanted));
    }

    #[test]
    fn a_passage_that_was_edited_inside_is_found_by_its_ends() {
        let edited = STORY.replace("by a third", "by a half");
        let wanted =
            "Prices of electricity fell by a third in the north, and the council said so in March.";
        let expected = wanted.replace("by a third", "by a half");
        assert_eq!(found(STORY, wanted, &edited), Some(expected));
    }

    #[test]
    fn a_short_sentence_that_was_edited_inside_is_found_near_its_place() {
        let before = "港口重新开放。\n\n渡轮从周一起恢复运行。\n";
        let after = "港口重新开放。\n\n另一段。\n\n渡轮从下周一起恢复运行。\n";
        let wanted = "渡轮从周一起恢复运行。";
        let expected = Some("渡轮从下周一起恢复运行。".to_owned());
        assert_eq!(found(before, wanted, after), expected);
        let far = format!("{}{after}", "无关的一段，说别的事。\n\n".repeat(9));
        assert_eq!(found(before, wanted, &far), None);
        assert_eq!(found(before, "渡轮从周一", after), None, "too short");
    }

    #[test]
    fn a_passage_over_paragraphs_is_found() {
        let moved = format!("First.\n\n{STORY}");
        let document = text(STORY);
        let wanted = document.shown(Language::English).text.clone();
        let wanted = wanted.trim_end();
        assert_eq!(found(STORY, wanted, &moved).as_deref(), Some(wanted));
    }

    #[test]
    fn what_is_gone_is_not_found() {
        assert_eq!(
            found(STORY, "the old bridge", "Nothing is left of it.\n"),
            None
        );
        assert_eq!(found(STORY, "by a third", ""), None);
    }

    #[test]
    fn a_short_word_is_looked_for_nearby_only() {
        let far = format!("{}third\n", "Filler without the word.\n\n".repeat(9));
        assert_eq!(found(STORY, "third", &far), None);
    }

    #[test]
    fn of_a_whole_book_both_ends_are_kept() {
        let lines = (0..4000).map(|n| format!("Line number {n} of the book.\n\n"));
        let book = lines.collect::<Vec<_>>().concat();
        let before = text(&book);
        let wanted = before.shown(Language::English).text.clone();
        let wanted = wanted.trim_end();
        assert!(wanted.len() > 4 * KEPT && kept_text(wanted).len() < 3 * KEPT);
        let after = book.replace("number 2000 of", "number two thousand of");
        let all = found(&book, wanted, &after).unwrap();
        assert!(all.starts_with("Line number 0") && all.ends_with("3999 of the book."));
    }
}
