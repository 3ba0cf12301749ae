//! Figures that disagree, over a whole text.

use std::ops::Range;

use super::alignment::Alignment;
use super::figures::{Figure, Finding, Rational, compare};
use super::prose::prose;
use crate::markdown::{BlockKind, Document};

/// Two figures of blocks that answer each other, of one thing and of different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The bead of the alignment in which they stand.
    pub bead: usize,
    /// What the Chinese says; its range lies in [`Document::text`].
    pub chinese: Figure,
    /// What the English says; likewise.
    pub english: Figure,
    /// The Chinese value over the English one.
    pub factor: Rational,
}

/// Compares the figures of every pair of blocks; in reading order. Nothing for a text of one language.
///
/// Tables are left alone: their units stand in their heads (万箱 here, millions there), so that equal cells differ.
pub fn disagreements(chinese: &Document, english: &Document, alignment: &Alignment) -> Vec<Disagreement> {
    let mut all = Vec::new();
    let has_table = |document: &Document, blocks: &Range<u32>| {
        let inside = &document.blocks[blocks.start as usize..blocks.end as usize];
        inside.iter().any(|block| block.kind == BlockKind::Table)
    };
    for (index, bead) in alignment.beads.iter().enumerate().filter(|(_, bead)| bead.is_pair()) {
        if has_table(chinese, &bead.chinese) || has_table(english, &bead.english) {
            continue;
        }
        let [left, right] = [prose(chinese, &bead.chinese), prose(english, &bead.english)];
        if !has_figures(&left) || !has_figures(&right) {
            continue;
        }
        let placed = |mut figure: Figure, document: &Document, block: u32| {
            let start = document.blocks[block as usize].range.start as usize;
            figure.range = figure.range.start + start..figure.range.end + start;
            figure
        };
        all.extend(compare(&left, &right).into_iter().filter_map(|finding| match finding {
            Finding::Disagree { chinese: a, english: b, factor } => Some(Disagreement {
                bead: index,
                chinese: placed(a, chinese, bead.chinese.start),
                english: placed(b, english, bead.english.start),
                factor,
            }),
            Finding::Agree { .. } | Finding::OnlyHere { .. } => None,
        }));
    }
    all
}

/// Whether a text may hold a figure that can disagree with another: it has a character beyond spaces. Blanked blocks have none.
fn has_figures(text: &str) -> bool {
    text.bytes().any(|byte| !byte.is_ascii_whitespace())
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
