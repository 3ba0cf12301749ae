//! An alignment mended by hand, as text: for each group `chinese:english:confidence`, the blocks counted, parted by spaces.

use std::fmt::Write;

use crate::bilingual::{Alignment, Bead};

/// The alignment as text.
pub(super) fn written(alignment: &Alignment) -> String {
    let mut text = String::new();
    for group in &alignment.beads {
        let gap = if text.is_empty() { "" } else { " " };
        // Writing to a string does not fail.
        let _ = write!(text, "{gap}{}:{}:{}", group.chinese.len(), group.english.len(), group.confidence);
    }
    text
}

/// The alignment that a text tells; none where it is not one.
pub(super) fn read(text: &str) -> Option<Alignment> {
    let (mut chinese, mut english) = (0_u32, 0_u32);
    let mut groups = Vec::new();
    for word in text.split_whitespace() {
        let mut parts = word.split(':');
        let (left, right) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
        let confidence: f32 = parts.next()?.parse().ok()?;
        if parts.next().is_some() || left.checked_add(right)? == 0 || !(0.0..=1.0).contains(&confidence) {
            return None;
        }
        let ends = (chinese.checked_add(left)?, english.checked_add(right)?);
        groups.push(Bead { chinese: chinese..ends.0, english: english..ends.1, confidence });
        (chinese, english) = ends;
    }
    Some(Alignment { beads: groups })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alignment_is_read_as_it_was_written() {
        let text = "2:1:0.25 0:3:1 1:0:0.5";
        let alignment = read(text).unwrap();
        assert_eq!((alignment.beads[1].chinese.clone(), alignment.beads[1].english.clone()), (2..2, 1..4));
        assert_eq!(written(&alignment), text);
        for wrong in ["0:0:1", "1:1", "1:1:2", "1:1:NaN", "4294967295:0:1 1:0:1", "1:1:1:1", "a:1:1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
