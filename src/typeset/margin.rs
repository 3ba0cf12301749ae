//! What stands to the left of a leaf's text: the bars of quotations, the markers of list items, and the blank under them.

use std::ops::Range;

use super::layout::{STAND_IN, Settings};
use super::role::{Kind, Role};
use super::row::{Origin, Piece, Rows};
use super::width::{cluster, columns};
use crate::markdown::{Container, ContainerKind, Document, Marker};

/// The columns that are left for text, however deep it is nested (or all there are).
const LEAST: u16 = 10;
/// The containers around a leaf that are looked at, from the innermost: more could not be shown on any terminal.
const DEEPEST: usize = 128;
/// The widest blank under a footnote's mark.
const NOTE: u16 = 6;
/// The blank before a definition.
const DEFINITION: u16 = 4;

/// The margin of one leaf. Its vector is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Margin {
    /// The bars and markers, from left to right.
    signs: Vec<Sign>,
    /// The column at which the text of the first row starts.
    pub(super) first: u16,
    /// The column at which the text of the others starts.
    pub(super) rest: u16,
    /// The columns that may be taken from the text.
    budget: u16,
}

/// A bar or a marker.
#[derive(Debug)]
struct Sign {
    column: u16,
    columns: u16,
    text: Range<u32>,
    kind: Kind,
    container: u32,
}

impl Margin {
    /// Works out the margin of a leaf; the texts of its signs are appended to the rows' own.
    pub(super) fn of(&mut self, document: &Document, leaf: usize, settings: Settings, rows: &mut Rows) {
        self.signs.clear();
        (self.first, self.rest) = (0, 0);
        let mut path = [0; DEEPEST];
        let depth = path_of(document, document.leaves[leaf].container, &mut path);
        let width = settings.columns.max(1);
        self.budget = width - LEAST.min(width);
        let (mut lists, mut number) = (0, None);
        for &index in &path[DEEPEST - depth..] {
            let container = &document.containers[index as usize];
            let opens = container.first_leaf as usize == leaf;
            match &container.kind {
                ContainerKind::Quote => self.bar(index, settings, rows),
                ContainerKind::List { last, .. } => {
                    lists += 1;
                    number = *last;
                }
                ContainerKind::Item(marker) => {
                    let sign = item_sign(*marker, lists);
                    let widest = number.map_or(0, |last| digits(last) + 1);
                    let level = level(&sign, widest, settings);
                    self.marker(opens.then_some(sign.as_str()), level, index, settings, rows);
                }
                ContainerKind::Footnote(label) => {
                    let sign = format!("[{label}]");
                    let level = level(&sign, 0, settings).min(NOTE);
                    self.marker(opens.then_some(sign.as_str()), level, index, settings, rows);
                }
                ContainerKind::Definition => {
                    self.indent(DEFINITION);
                    self.first = self.first.max(self.rest);
                }
            }
        }
        if self.first + columns_needed(width) > width && self.first > self.rest {
            self.marker_rows(document.leaves[leaf].range.start, width, settings, rows);
        }
    }

    /// Takes so many columns for one more container, as far as the budget goes; gives the column where they start.
    fn indent(&mut self, columns: u16) -> u16 {
        let start = self.rest.min(self.budget.saturating_sub(columns));
        self.rest = self.rest.max((start + columns).min(self.budget));
        start
    }

    fn bar(&mut self, container: u32, settings: Settings, rows: &mut Rows) {
        let bar = columns("│", settings.ambiguous) as u16;
        let column = self.indent(bar + 1);
        if column + bar <= self.budget && column >= self.signs_end() {
            let text = own(rows, "│");
            self.signs.push(Sign { column, columns: bar, text, kind: Kind::QuoteBar, container });
        }
        self.first = self.first.max(self.rest);
    }

    /// Indents by a level of so many columns, with a marker in it on the first row if there is one to show.
    fn marker(&mut self, sign: Option<&str>, level: u16, container: u32, settings: Settings, rows: &mut Rows) {
        let column = self.indent(level).max(self.signs_end());
        if let Some(sign) = sign {
            let columns = marker_columns(sign, settings);
            // Numbers stand at the right of their level, if it has its whole width.
            let fits = self.rest == column + level && columns < level;
            let column = if fits { column + level - 1 - columns } else { column };
            let text = own(rows, sign);
            self.signs.push(Sign { column, columns, text, kind: Kind::Marker, container });
            self.first = self.first.max(column.saturating_add(columns + 1));
        }
        self.first = self.first.max(self.rest);
    }

    fn signs_end(&self) -> u16 {
        self.signs.last().map_or(0, |sign| {
            let gap = u16::from(sign.kind == Kind::Marker);
            sign.column.saturating_add(sign.columns + gap)
        })
    }

    /// Gives markers rows of their own, where the text would have no room beside them.
    fn marker_rows(&mut self, at: u32, width: u16, settings: Settings, rows: &mut Rows) {
        let markers: Vec<Sign> = self.signs.extract_if(.., |sign| sign.kind == Kind::Marker).collect();
        self.first = self.rest;
        for marker in markers {
            let mut from = marker.text.start as usize;
            while from < marker.text.end as usize {
                let (mut to, mut taken) = (from, 0);
                while to < marker.text.end as usize {
                    let next = cluster(&rows.own, to, settings.ambiguous);
                    if to > from && taken + u16::from(next.columns) > width {
                        break;
                    }
                    taken += u16::from(next.columns);
                    to = next.end;
                }
                rows.open();
                // A bullet of two columns on a row of one.
                let shown = if taken > width { own(rows, STAND_IN) } else { from as u32..to as u32 };
                let origin = Origin::Own(shown);
                let role = Role::of(Kind::Marker);
                rows.pieces.push(Piece { origin, column: 0, columns: taken.min(width), role, link: None });
                rows.close(at..at);
                from = to;
            }
        }
    }

    /// Draws the margin's part of a row.
    pub(super) fn draw(&self, first: bool, rows: &mut Rows) {
        for sign in self.signs.iter().filter(|sign| first || sign.kind == Kind::QuoteBar) {
            rows.pieces.push(sign.piece());
        }
    }

    /// Draws the bars of the quotations that hold another leaf too: those that go on between the two.
    pub(super) fn draw_shared(&self, document: &Document, other: usize, rows: &mut Rows) {
        let mut path = [0; DEEPEST];
        let depth = path_of(document, document.leaves[other].container, &mut path);
        let path = &path[DEEPEST - depth..];
        for sign in &self.signs {
            if sign.kind == Kind::QuoteBar && path.contains(&sign.container) {
                rows.pieces.push(sign.piece());
            }
        }
    }
}

impl Sign {
    fn piece(&self) -> Piece {
        let origin = Origin::Own(self.text.clone());
        Piece { origin, column: self.column, columns: self.columns, role: Role::of(self.kind), link: None }
    }
}

/// Fills the end of an array with the containers from the outermost to the innermost; gives their number.
fn path_of(document: &Document, innermost: Option<u32>, path: &mut [u32; DEEPEST]) -> usize {
    let mut depth = 0;
    let mut next = innermost;
    while let Some(index) = next.filter(|_| depth < DEEPEST) {
        depth += 1;
        path[DEEPEST - depth] = index;
        next = document.containers[index as usize].parent;
    }
    depth
}

/// The innermost containers around a leaf, from the inside.
pub(super) fn containers(document: &Document, innermost: Option<u32>) -> impl Iterator<Item = (u32, &Container)> {
    let container = |index: u32| (index, &document.containers[index as usize]);
    std::iter::successors(innermost.map(container), move |(_, inner)| inner.parent.map(container)).take(DEEPEST)
}

fn marker_columns(sign: &str, settings: Settings) -> u16 {
    columns(sign, settings.ambiguous).min(usize::from(u16::MAX / 4)) as u16
}

/// The columns of a marker's level: the marker, or the widest of its list, and a blank.
fn level(sign: &str, widest: u16, settings: Settings) -> u16 {
    marker_columns(sign, settings).max(widest) + 1
}

fn columns_needed(width: u16) -> u16 {
    width.min(2)
}

fn digits(number: u64) -> u16 {
    number.checked_ilog10().map_or(1, |log| log as u16 + 1)
}

fn item_sign(marker: Marker, depth: usize) -> String {
    match marker {
        Marker::Bullet => ["•", "◦", "‣"][depth.saturating_sub(1) % 3].to_owned(),
        Marker::Number(number) => format!("{number}."),
        Marker::Task(false) => "☐".to_owned(),
        Marker::Task(true) => "☑".to_owned(),
    }
}

/// Appends a text to the rows' own, unless it is the last one already.
pub(super) fn own(rows: &mut Rows, text: &str) -> Range<u32> {
    if !rows.own.ends_with(text) {
        rows.own.push_str(text);
    }
    (rows.own.len() - text.len()) as u32..rows.own.len() as u32
}
