//! The part of the alignment table that is searched.
//!
//! For a short text, that is the whole table. In a long one, cues that occur once on each side are
//! anchors, as in patience diffing (Cohen, 2003) and in Melamed's *Bitext Maps and Alignment via
//! Pattern Recognition* (1999): the longest run of anchors in the same order on both sides guides
//! the search, which covers everything between two anchors.

use std::ops::Range;

/// Tables of at most this many cells, some 128 units a side, are searched whole.
const WHOLE: usize = 16 * 1024;
/// How far around the anchors the search goes, in units, because an anchor may be wrong by a few.
const MARGIN: usize = 6;
/// The most columns of a row, so that the time stays linear if anchors are rare.
const WIDEST: usize = 128;
/// About how many cells a table may have, 10 bytes and some 400 nanoseconds each: in texts of very
/// many blocks the rows are narrower.
const MOST_CELLS: usize = 1 << 19;

/// The columns of each row that are searched.
pub(super) struct SearchBand {
    windows: Vec<Range<usize>>,
    /// The number of the first cell of each row, and the number of all cells.
    starts: Vec<usize>,
}

impl SearchBand {
    /// The band of a table between pairs of units, in any order, that share a cue found nowhere else.
    pub(super) fn new(
        anchors: impl Iterator<Item = (usize, usize)>,
        rows: usize,
        columns: usize,
    ) -> Self {
        let windows = if (rows + 1).saturating_mul(columns + 1) <= WHOLE {
            vec![0..columns + 1; rows + 1]
        } else {
            let mut anchors: Vec<_> = anchors.collect();
            anchors.sort_unstable();
            anchors.dedup();
            windows(&longest_rising(&anchors), rows, columns)
        };
        let mut starts = vec![0];
        starts.extend(windows.iter().scan(0, |cells, window| {
            *cells += window.len();
            Some(*cells)
        }));
        Self { windows, starts }
    }

    pub(super) fn window(&self, row: usize) -> Range<usize> {
        self.windows[row].clone()
    }

    pub(super) fn cells(&self) -> usize {
        self.starts[self.windows.len()]
    }

    /// The number of a cell; `None` outside of the band.
    pub(super) fn slot(&self, row: usize, column: usize) -> Option<usize> {
        let window = &self.windows[row];
        window
            .contains(&column)
            .then(|| self.starts[row] + column - window.start)
    }
}

/// The longest subsequence of sorted pairs whose second numbers rise (patience sorting).
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (index, pair) in pairs.iter().enumerate() {
        let pile = tails.partition_point(|&tail| pairs[tail].1 < pair.1);
        before[index] = pile.checked_sub(1).map(|pile| tails[pile]);
        if pile == tails.len() {
            tails.push(index);
        } else {
            tails[pile] = index;
        }
    }
    let mut chain = Vec::new();
    let mut next = tails.last().copied();
    while let Some(index) = next {
        chain.push(pairs[index]);
        next = before[index];
    }
    chain.reverse();
    chain
}

/// The columns of each row between the anchors before and after it, with a margin.
fn windows(anchors: &[(usize, usize)], rows: usize, columns: usize) -> Vec<Range<usize>> {
    let widest = (MOST_CELLS / (rows + 1)).clamp(2 * MARGIN, WIDEST);
    let mut windows = Vec::with_capacity(rows + 1);
    let mut next = 0;
    for row in 0..=rows {
        while anchors
            .get(next)
            .is_some_and(|anchor| anchor.0 + MARGIN < row)
        {
            next += 1;
        }
        // The margin is one of rows, too: anchors that are closer than that are passed over.
        let (before_row, before) = next.checked_sub(1).map_or((0, 0), |before| anchors[before]);
        let ahead = anchors[next..]
            .iter()
            .find(|anchor| anchor.0 >= row + MARGIN);
        let (after_row, after) = ahead.copied().unwrap_or((rows, columns));
        let first = before.saturating_sub(MARGIN);
        let last = (after + MARGIN).min(columns);
        windows.push(bounded(
            first..last + 1,
            (row, before_row, after_row),
            columns,
            widest,
        ));
    }
    stitch(&mut windows);
    windows
}

/// Widens rows that do not touch the row above, because a bounded window may jump and there must be
/// a path through the table.
fn stitch(windows: &mut [Range<usize>]) {
    for row in 1..windows.len() {
        let above = windows[row - 1].clone();
        let here = &mut windows[row];
        here.start = here.start.min(above.end - 1);
        here.end = here.end.max(above.start + 1);
    }
}

/// A window of limited width, around the straight line between its two anchors.
fn bounded(
    window: Range<usize>,
    (row, before_row, after_row): (usize, usize, usize),
    columns: usize,
    widest: usize,
) -> Range<usize> {
    if window.len() <= widest {
        return window;
    }
    let share = (row - before_row.min(row)) as f64 / (after_row - before_row).max(1) as f64;
    let centre = window.start + (window.len() as f64 * share) as usize;
    let first = centre.saturating_sub(widest / 2).max(window.start);
    first.min((columns + 1).saturating_sub(widest))..(first + widest).min(window.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_way_forward_leaves_out_what_crosses_it() {
        let pairs = [(0, 0), (1, 9), (2, 1), (3, 2), (4, 8), (5, 3)];
        assert_eq!(longest_rising(&pairs), [(0, 0), (2, 1), (3, 2), (5, 3)]);
        assert!(longest_rising(&[]).is_empty());
    }

    #[test]
    fn a_band_begins_and_ends_in_the_corners_and_never_breaks() {
        let same: Vec<_> = (0..2000).map(|nth| (nth, nth)).collect();
        let inside: Vec<_> = (900..1000).map(|nth| (nth, nth - 900)).collect();
        let crossed: Vec<_> = (0..900).map(|nth| (nth, 899 - nth)).collect();
        for (anchors, rows, columns) in [
            (same, 2000, 2000),
            (inside, 3000, 100),
            (Vec::new(), 5000, 300),
            (crossed, 900, 900),
        ] {
            let band = SearchBand::new(anchors.into_iter(), rows, columns);
            assert_eq!(band.window(0).start, 0);
            assert_eq!(band.window(rows).end, columns + 1);
            assert!(band.cells() <= (rows + 1) * (WIDEST + 1) + 2 * (columns + 1));
            for row in 1..=rows {
                let (above, here) = (band.window(row - 1), band.window(row));
                assert!(
                    here.start < above.end && above.start < here.end,
                    "row {row}: {above:?} {here:?}"
                );
            }
        }
    }

    #[test]
    fn very_many_blocks_make_the_band_narrow() {
        let band = SearchBand::new(std::iter::empty(), 200_000, 200_000);
        assert!(
            band.cells() <= (2 * MARGIN + 4) * 200_001,
            "{} cells",
            band.cells()
        );
        assert_eq!(band.window(200_000).end, 200_001);
    }

    #[test]
    fn anchors_make_the_band_narrow() {
        let band = SearchBand::new((0..2000).map(|nth| (nth, nth)), 2000, 2000);
        assert!(band.cells() < 2001 * 6 * MARGIN, "{} cells", band.cells());
    }
}
