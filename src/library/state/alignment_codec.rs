//! A corrected alignment as text: `chinese:english:confidence` for each group, with counts of blocks, separated by spaces.

use crate::bilingual::{Alignment, Bead};

/// Writes an alignment as text.
pub(super) fn encode(alignment: &Alignment) -> String {
    let group = |group: &Bead| format!("{}:{}:{}", group.chinese.len(), group.english.len(), group.confidence);
    alignment.beads.iter().map(group).collect::<Vec<_>>().join(" ")
}

/// Reads an alignment; `None` if the text is not one.
pub(super) fn decode(text: &str) -> Option<Alignment> {
    let (mut chinese, mut english) = (0_u32, 0_u32);
    let mut beads = Vec::new();
    for group in text.split_whitespace() {
        let mut parts = group.split(':');
        let chinese_count: u32 = parts.next()?.parse().ok()?;
        let english_count: u32 = parts.next()?.parse().ok()?;
        let confidence: f32 = parts.next()?.parse().ok()?;
        let is_empty = chinese_count == 0 && english_count == 0;
        if parts.next().is_some() || is_empty || !(0.0..=1.0).contains(&confidence) {
            return None;
        }
        let chinese_end = chinese.checked_add(chinese_count)?;
        let english_end = english.checked_add(english_count)?;
        beads.push(Bead { chinese: chinese..chinese_end, english: english..english_end, confidence });
        chinese = chinese_end;
        english = english_end;
    }
    Some(Alignment { beads })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alignment_is_read_as_it_was_written() {
        let text = "2:1:0.25 0:3:1 1:0:0.5";
        let alignment = decode(text).unwrap();
        assert_eq!((alignment.beads[1].chinese.clone(), alignment.beads[1].english.clone()), (2..2, 1..4));
        assert_eq!(encode(&alignment), text);
        for wrong in ["0:0:1", "1:1", "1:1:2", "1:1:NaN", "4294967295:0:1 1:0:1", "1:1:1:1", "a:1:1"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
