//! The figures of a whole text that disagree.

use std::ops::Range;

use super::alignment::{Alignment, Bead};
use super::figures::{Comparison, Figure, Rational, compare};
use super::prose::prose;
use crate::markdown::{BlockKind, Document};

/// Two figures of blocks that translate each other, about the same thing and of different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The index of the bead that has both blocks.
    pub bead: usize,
    /// The Chinese figure; its range is in [`Document::text`].
    pub chinese: Figure,
    /// The English figure, likewise.
    pub english: Figure,
    /// The Chinese value over the English one.
    pub factor: Rational,
}

/// Compares the figures of every pair of blocks, in reading order.
///
/// Tables are left out: their units are in their heads (万箱 here, millions there), so that equal cells differ.
pub fn disagreements(chinese: &Document, english: &Document, alignment: &Alignment) -> Vec<Disagreement> {
    let mut all = Vec::new();
    for (bead, Bead { chinese: left, english: right, .. }) in alignment.beads.iter().enumerate() {
        if left.is_empty() || right.is_empty() || has_table(chinese, left) || has_table(english, right) {
            continue;
        }
        for result in compare(&prose(chinese, left), &prose(english, right)) {
            if let Comparison::Disagree { chinese: one, english: other, factor } = result {
                let (one, other) = (in_document(one, chinese, left), in_document(other, english, right));
                all.push(Disagreement { bead, chinese: one, english: other, factor });
            }
        }
    }
    all
}

fn has_table(document: &Document, blocks: &Range<u32>) -> bool {
    let blocks = &document.blocks[blocks.start as usize..blocks.end as usize];
    blocks.iter().any(|block| block.kind == BlockKind::Table)
}

/// The figure with its range counted from the beginning of the document, not of the first of the blocks.
fn in_document(mut figure: Figure, document: &Document, blocks: &Range<u32>) -> Figure {
    let start = document.blocks[blocks.start as usize].range.start as usize;
    figure.range = figure.range.start + start..figure.range.end + start;
    figure
}

#[cfg(test)]
mod tests {
    use super::super::align::align;
    use super::super::text::Text;
    use super::*;
    use crate::digest;
    use crate::text::Language;

    fn found(body: &str) -> Vec<(String, String, f64)> {
        let text = Text::new(digest::read(body.as_bytes(), "a.md"));
        let (chinese, english) =
            (text.document(Language::Chinese).expect("Chinese"), text.document(Language::English).expect("English"));
        let slice = |document: &Document, figure: &Figure| document.text[figure.range.clone()].to_owned();
        disagreements(chinese, english, &align(chinese, english))
            .iter()
            .map(|one| (slice(chinese, &one.chinese), slice(english, &one.english), one.factor.to_f64()))
            .collect()
    }

    const DIGEST: &str = "公司今年发布了新的产品，市场反应很热烈，分析师也都看好。\n\n一季度收入为 86 亿美元，比去年同期增长 12%，利润也好于预期。\n\n---\n\n**Summary:**\n\nThe company launched a new product this year to a warm reception, and analysts were pleased.\n\nRevenue in the first quarter was $8.6 billion, up 12 per cent on the year, and profit beat forecasts.\n";

    #[test]
    fn a_slip_of_units_is_found_where_it_stands() {
        assert_eq!(found(DIGEST), []);
        let slipped = DIGEST.replace("86 亿", "8.6 亿");
        assert_eq!(found(&slipped), [("8.6 亿美元".to_owned(), "$8.6 billion".to_owned(), 0.1)]);
    }

    #[test]
    fn cells_whose_units_stand_in_the_head_raise_no_alarm() {
        let (chinese, english) = DIGEST.split_once("\n---\n").expect("two sections");
        let tables = (
            "\n| 年份 | 万箱 |\n|---|---|\n| 2020 | 480 |\n",
            "\n| Year | Million boxes |\n|---|---|\n| 2020 | 4.8 |\n",
        );
        assert_eq!(found(&format!("{chinese}{}\n---\n{english}{}", tables.0, tables.1)), []);
    }
}
