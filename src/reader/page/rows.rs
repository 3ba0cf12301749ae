//! Counting rows: exactly around a spot, roughly over the whole page.

use super::{Page, Spot};
use crate::reader::band::Band;
use crate::text::Language;

impl Page {
    /// The rows from a spot to the end, counted to a limit.
    pub(super) fn rows_from(&mut self, spot: Spot, limit: u32) -> u32 {
        let (mut rows, mut above) = (0, spot.row);
        for item in spot.item..self.flow.len() {
            if rows >= limit {
                break;
            }
            rows += self.total(item).saturating_sub(above);
            above = 0;
        }
        rows.min(limit)
    }

    /// The spot so many rows below, at most the last.
    pub(super) fn below(&mut self, spot: Spot, rows: u32) -> Spot {
        let Spot { mut item, mut row } = spot;
        let mut rest = rows;
        loop {
            let total = self.total(item);
            if row + rest < total {
                return Spot { item, row: row + rest };
            }
            if item + 1 >= self.flow.len() {
                return Spot { item, row: total.saturating_sub(1) };
            }
            rest = rest.saturating_sub(total.saturating_sub(row));
            (item, row) = (item + 1, 0);
        }
    }

    /// The spot so many rows above, at most the first.
    pub(super) fn above(&mut self, spot: Spot, rows: u32) -> Spot {
        let Spot { mut item, mut row } = spot;
        let mut rest = rows;
        while rest > row {
            let Some(before) = item.checked_sub(1) else { return Spot::default() };
            rest -= row;
            // One past its last row: at least one of `rest` is left.
            (item, row) = (before, self.total(before));
        }
        Spot { item, row: row - rest }
    }

    /// The rows before a spot and so many of its band's rows more, roughly.
    pub(super) fn share(&self, spot: Spot, more: u32) -> f64 {
        let total = self.window.get(spot.item).map_or(1, Band::total).max(1);
        self.rows_before(spot.item, f64::from(spot.row + more) / f64::from(total))
    }

    /// The rows before an item and a share of its own, roughly.
    pub(super) fn rows_before(&self, item: usize, share: f64) -> f64 {
        let header = self.flow.first_text();
        let sides = if self.is_parallel { Language::BOTH.to_vec() } else { vec![self.side] };
        let before = |item: usize| {
            if item < header {
                return item as f64;
            }
            let rows = sides.iter().filter_map(|&side| {
                let weights = self.weights[side as usize].as_ref()?;
                Some(weights.rows_before(self.flow.blocks_of(side, item).start as usize, self.settings.columns))
            });
            header as f64 + rows.sum::<f64>()
        };
        before(item) + share * (before(item + 1) - before(item)).max(0.0)
    }
}
