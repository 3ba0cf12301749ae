//! Checks the document's invariants, for unit tests and for the tests over the corpus.

use std::ops::Range;

use super::{BlockKind, Document, LeafKind, Table};

/// Checks every invariant of a document and its parts; the first broken one is the error.
pub(super) fn check(document: &Document) -> Result<(), String> {
    Checked(document).check()
}

struct Checked<'a>(&'a Document);

impl Checked<'_> {
    fn check(&self) -> Result<(), String> {
        self.check_blocks()?;
        self.check_leaves()?;
        self.check_containers()?;
        self.check_runs()?;
        self.0
            .tables
            .iter()
            .try_for_each(|table| self.check_table(table))
    }

    fn check_blocks(&self) -> Result<(), String> {
        let (mut end, mut leaf) = (None, 0);
        for (index, block) in self.0.blocks.iter().enumerate() {
            self.check_range(&block.range, "block")?;
            let expected = end.map_or(0, |end| end + 1);
            ensure(block.range.start == expected, || {
                format!(
                    "block {index} begins at {}, not at {expected}",
                    block.range.start
                )
            })?;
            if let Some(end) = end {
                ensure(self.0.text.as_bytes()[end as usize] == b'\n', || {
                    format!("no line feed before block {index}")
                })?;
            }
            ensure(
                block.leaves.start == leaf && block.leaves.end > leaf,
                || format!("leaves of block {index} do not follow"),
            )?;
            let one = block.kind == BlockKind::Quote || block.leaves.len() == 1;
            ensure(one, || {
                format!(
                    "block {index} is no quotation but has {} leaves",
                    block.leaves.len()
                )
            })?;
            ensure(block.line >= 1, || format!("block {index} has no line"))?;
            let leaves = self
                .0
                .leaves
                .get(block.leaves.start as usize..block.leaves.end as usize);
            let leaves =
                leaves.ok_or_else(|| format!("block {index} has leaves that are not there"))?;
            let mut at = block.range.start;
            for leaf in leaves {
                ensure(leaf.range.start == at, || {
                    format!(
                        "a leaf of block {index} begins at {}, not at {at}",
                        leaf.range.start
                    )
                })?;
                at = leaf.range.end + 1;
            }
            ensure(at == block.range.end + 1, || {
                format!("block {index} does not end with its last leaf")
            })?;
            (end, leaf) = (Some(block.range.end), block.leaves.end);
        }
        ensure(leaf as usize == self.0.leaves.len(), || {
            "a leaf lies in no block".to_owned()
        })?;
        ensure(end.unwrap_or(0) as usize == self.0.text.len(), || {
            "the text does not end with the last block".to_owned()
        })
    }

    fn check_leaves(&self) -> Result<(), String> {
        let mut run = 0;
        for (index, leaf) in self.0.leaves.iter().enumerate() {
            self.check_range(&leaf.range, "leaf")?;
            ensure(leaf.runs.start == run && leaf.runs.end >= run, || {
                format!("runs of leaf {index} do not follow")
            })?;
            run = leaf.runs.end;
            let runs = self
                .0
                .runs
                .get(leaf.runs.start as usize..leaf.runs.end as usize);
            let runs = runs.ok_or_else(|| format!("leaf {index} has runs that are not there"))?;
            let inside = runs
                .iter()
                .all(|run| run.range.start >= leaf.range.start && run.range.end <= leaf.range.end);
            ensure(inside, || {
                format!("a run of leaf {index} reaches out of it")
            })?;
            let text = &self.0.text[leaf.range.start as usize..leaf.range.end as usize];
            ensure(leaf.kind != LeafKind::Break || text.is_empty(), || {
                format!("break {index} has text")
            })?;
            let tab = text.contains('\t') && !matches!(leaf.kind, LeafKind::Table(_));
            ensure(!tab && !text.contains('\r'), || {
                format!("leaf {index} holds a tab or a carriage return")
            })?;
        }
        ensure(run as usize == self.0.runs.len(), || {
            "a run lies in no leaf".to_owned()
        })
    }

    fn check_containers(&self) -> Result<(), String> {
        for (index, container) in self.0.containers.iter().enumerate() {
            ensure(
                container
                    .parent
                    .is_none_or(|parent| (parent as usize) < index),
                || format!("container {index} lies in a later one"),
            )?;
            let first = self.0.leaves.get(container.first_leaf as usize);
            let first = first.ok_or_else(|| format!("container {index} has no leaf"))?;
            ensure(
                self.0
                    .containers_of(first)
                    .any(|(around, _)| around as usize == index),
                || format!("container {index} is not around its first leaf"),
            )?;
        }
        let known = |container: Option<u32>| {
            container.is_none_or(|index| (index as usize) < self.0.containers.len())
        };
        ensure(
            self.0.leaves.iter().all(|leaf| known(leaf.container)),
            || "a leaf lies in a container that is not there".to_owned(),
        )
    }

    fn check_runs(&self) -> Result<(), String> {
        let mut end = 0;
        for (index, run) in self.0.runs.iter().enumerate() {
            self.check_range(&run.range, "run")?;
            ensure(!run.range.is_empty() && run.range.start >= end, || {
                format!("run {index} is empty or out of order")
            })?;
            end = run.range.end;
            ensure(!run.inline.is_empty(), || format!("run {index} is plain"))?;
            ensure(
                run.link
                    .is_none_or(|link| (link as usize) < self.0.links.len()),
                || format!("run {index} has no such link"),
            )?;
        }
        let known =
            |block: Option<u32>| block.is_none_or(|block| (block as usize) < self.0.blocks.len());
        ensure(self.0.links.iter().all(|link| known(link.footnote)), || {
            "a link leads to a block that is not there".to_owned()
        })
    }

    fn check_table(&self, table: &Table) -> Result<(), String> {
        let columns = table.alignments.len();
        ensure(
            columns > 0 && table.cells.len().is_multiple_of(columns),
            || format!("{} cells do not fill {columns} columns", table.cells.len()),
        )?;
        for (index, pair) in table.cells.windows(2).enumerate() {
            let between = self
                .0
                .text
                .get(pair[0].end as usize..pair[1].start as usize);
            let expected = if (index + 1) % columns == 0 {
                "\n"
            } else {
                "\t"
            };
            ensure(between == Some(expected), || {
                format!("between cells {index} and {}: {between:?}", index + 1)
            })?;
        }
        table.cells.iter().try_for_each(|cell| {
            self.check_range(cell, "cell")?;
            ensure(
                !self.0.text[cell.start as usize..cell.end as usize].contains('\t'),
                || "a tab in a cell".to_owned(),
            )
        })
    }

    fn check_range(&self, range: &Range<u32>, what: &str) -> Result<(), String> {
        let whole = self
            .0
            .text
            .get(range.start as usize..range.end as usize)
            .is_some();
        ensure(whole, || format!("a {what} has no text at {range:?}"))
    }
}

fn ensure(holds: bool, broken: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(broken()) }
}
