//! The space around a leaf's text: on the left the bars of quotations, the markers of list items
//! and the blank under them; above, blank rows.

use std::ops::Range;

use super::rows::{LayoutSettings, Origin, PLACEHOLDER, Piece, Role, RoleKind, Rows};
use super::width::{cluster, columns};
use crate::markdown::{Container, ContainerKind, Document, Leaf, LeafKind, Marker};

/// The columns that are left for text, however deep it is nested (or all there are).
const MIN_TEXT_COLUMNS: u16 = 10;
/// The widest blank under a footnote's mark.
const FOOTNOTE_INDENT: u16 = 6;

/// The left margin of one leaf.
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
    /// Its byte range in the rows' own text.
    text: Range<u32>,
    kind: RoleKind,
    container: u32,
}

impl Margin {
    /// The margin of a leaf. The texts of its signs are appended to the rows' own; markers that
    /// have no room beside the text get rows.
    pub(super) fn new(
        document: &Document,
        leaf: usize,
        settings: LayoutSettings,
        rows: &mut Rows,
    ) -> Self {
        let width = settings.columns.max(1);
        let mut margin = Self {
            budget: width.saturating_sub(MIN_TEXT_COLUMNS),
            ..Self::default()
        };
        let mut path: Vec<_> = document.containers_of(&document.leaves[leaf]).collect();
        path.reverse();
        let mut lists = 0;
        let mut last_number = None;
        for (index, container) in path {
            let is_first = container.first_leaf as usize == leaf;
            match &container.kind {
                ContainerKind::Quote => margin.add_bar(index, settings, rows),
                ContainerKind::List { last, .. } => {
                    lists += 1;
                    last_number = *last;
                }
                ContainerKind::Item(marker) => {
                    let marker = item_marker(*marker, lists);
                    let widest = last_number.map_or(0, |last| digits(last) + 1);
                    let level = marker_columns(&marker, settings).max(widest) + 1;
                    margin.add_level(
                        level,
                        is_first.then_some(marker.as_str()),
                        index,
                        settings,
                        rows,
                    );
                }
                ContainerKind::Footnote(label) => {
                    let marker = format!("[{label}]");
                    let level = (marker_columns(&marker, settings) + 1).min(FOOTNOTE_INDENT);
                    margin.add_level(
                        level,
                        is_first.then_some(marker.as_str()),
                        index,
                        settings,
                        rows,
                    );
                }
            }
        }
        if margin.first + width.min(2) > width && margin.first > margin.rest {
            margin.put_marker_rows(document.leaves[leaf].range.start, width, settings, rows);
        }
        margin
    }

    /// Takes a number of columns for one more container, within the budget; returns the column
    /// where they start.
    fn indent(&mut self, columns: u16) -> u16 {
        let start = self.rest.min(self.budget.saturating_sub(columns));
        self.rest = self.rest.max((start + columns).min(self.budget));
        start
    }

    /// Adds a quotation's bar.
    fn add_bar(&mut self, container: u32, settings: LayoutSettings, rows: &mut Rows) {
        let columns = columns("│", settings.ambiguous) as u16;
        let column = self.indent(columns + 1);
        if column + columns <= self.budget && column >= self.signs_end() {
            let text = rows.add_own("│");
            self.signs.push(Sign {
                column,
                columns,
                text,
                kind: RoleKind::QuoteBar,
                container,
            });
        }
        self.first = self.first.max(self.rest);
    }

    /// Indents by a level of a number of columns, with a marker in it on the first row if there is
    /// one to show.
    fn add_level(
        &mut self,
        level: u16,
        marker: Option<&str>,
        container: u32,
        settings: LayoutSettings,
        rows: &mut Rows,
    ) {
        let column = self.indent(level).max(self.signs_end());
        if let Some(marker) = marker {
            let columns = marker_columns(marker, settings);
            // Numbers are at the right of their level, if it has its whole width.
            let fits = self.rest == column + level && columns < level;
            let column = if fits {
                column + level - 1 - columns
            } else {
                column
            };
            let text = rows.add_own(marker);
            self.signs.push(Sign {
                column,
                columns,
                text,
                kind: RoleKind::Marker,
                container,
            });
            self.first = self.first.max(column.saturating_add(columns + 1));
        }
        self.first = self.first.max(self.rest);
    }

    /// The first column after the signs so far.
    fn signs_end(&self) -> u16 {
        self.signs.last().map_or(0, |sign| {
            let gap = u16::from(sign.kind == RoleKind::Marker);
            sign.column.saturating_add(sign.columns + gap)
        })
    }

    /// Puts markers on rows of their own, if the text would have no room beside them.
    fn put_marker_rows(&mut self, at: u32, width: u16, settings: LayoutSettings, rows: &mut Rows) {
        let markers: Vec<Sign> = self
            .signs
            .extract_if(.., |sign| sign.kind == RoleKind::Marker)
            .collect();
        self.first = self.rest;
        for marker in markers {
            let mut start = marker.text.start as usize;
            while start < marker.text.end as usize {
                let mut end = start;
                let mut columns = 0;
                while end < marker.text.end as usize {
                    let next = cluster(&rows.own, end, settings.ambiguous);
                    if end > start && columns + u16::from(next.columns) > width {
                        break;
                    }
                    columns += u16::from(next.columns);
                    end = next.end;
                }
                rows.open();
                // A bullet of two columns on a row of one.
                let shown = if columns > width {
                    rows.add_own(PLACEHOLDER)
                } else {
                    start as u32..end as u32
                };
                let role = Role::of(RoleKind::Marker);
                let origin = Origin::Own(shown);
                rows.pieces.push(Piece {
                    origin,
                    shown: None,
                    column: 0,
                    columns: columns.min(width),
                    role,
                    link: None,
                });
                rows.close(at..at);
                start = end;
            }
        }
    }

    /// Draws the margin's part of a row.
    pub(super) fn draw(&self, is_first: bool, rows: &mut Rows) {
        let signs = self
            .signs
            .iter()
            .filter(|sign| is_first || sign.kind == RoleKind::QuoteBar);
        rows.pieces.extend(signs.map(Sign::piece));
    }

    /// Draws the bars of the quotations that contain another leaf too: those that continue between
    /// the two.
    pub(super) fn draw_shared(&self, document: &Document, other: &Leaf, rows: &mut Rows) {
        let bars = self
            .signs
            .iter()
            .filter(|sign| sign.kind == RoleKind::QuoteBar);
        let shared = bars.filter(|bar| is_inside(document, other, bar.container));
        rows.pieces.extend(shared.map(Sign::piece));
    }
}

impl Sign {
    fn piece(&self) -> Piece {
        let origin = Origin::Own(self.text.clone());
        Piece {
            origin,
            shown: None,
            column: self.column,
            columns: self.columns,
            role: Role::of(self.kind),
            link: None,
        }
    }
}

fn is_inside(document: &Document, leaf: &Leaf, container: u32) -> bool {
    document
        .containers_of(leaf)
        .any(|(index, _)| index == container)
}

fn marker_columns(marker: &str, settings: LayoutSettings) -> u16 {
    columns(marker, settings.ambiguous).min(usize::from(u16::MAX / 4)) as u16
}

fn digits(number: u64) -> u16 {
    number.checked_ilog10().map_or(1, |log| log as u16 + 1)
}

fn item_marker(marker: Marker, depth: usize) -> String {
    match marker {
        Marker::Bullet => ["•", "◦", "‣"][depth.saturating_sub(1) % 3].to_owned(),
        Marker::Number(number, mark) => format!("{number}{mark}"),
        Marker::Task(false) => "☐".to_owned(),
        Marker::Task(true) => "☑".to_owned(),
    }
}

/// The blank rows between a leaf and the one before it.
pub(super) fn blank_rows(
    document: &Document,
    before: usize,
    leaf: usize,
    settings: LayoutSettings,
) -> u16 {
    let above = &document.leaves[before];
    let below = &document.leaves[leaf];
    if let LeafKind::Heading(1 | 2) | LeafKind::Label = below.kind {
        let follows_title = matches!(above.kind, LeafKind::Heading(_) | LeafKind::Label);
        return if follows_title || below.container.is_some() {
            1
        } else {
            2
        };
    }
    let Some(index) = below.container else {
        return 1;
    };
    let container = &document.containers[index as usize];
    let is_footnote =
        |(_, container): (u32, &Container)| matches!(container.kind, ContainerKind::Footnote(_));
    match container.kind {
        ContainerKind::Footnote(_) if document.containers_of(above).any(is_footnote) => 0,
        // The marker of an item that begins with code, a table or a list is right above it.
        _ if above.range.is_empty()
            && opens_item(document, before)
            && above
                .container
                .is_some_and(|item| is_inside(document, below, item)) =>
        {
            0
        }
        _ if opens_item(document, leaf) => {
            blank_rows_between_items(document, before, below, settings)
        }
        _ => 1,
    }
}

/// Whether a leaf is the first of an item.
fn opens_item(document: &Document, leaf: usize) -> bool {
    document
        .containers_of(&document.leaves[leaf])
        .any(|(_, container)| {
            matches!(container.kind, ContainerKind::Item(_))
                && container.first_leaf as usize == leaf
        })
}

/// None between the items of a list, or a nested list and the item above it; one if one of the
/// lists that end, begin or continue here has long items, or if the item above has more than one
/// paragraph.
fn blank_rows_between_items(
    document: &Document,
    before: usize,
    below: &Leaf,
    settings: LayoutSettings,
) -> u16 {
    let above = &document.leaves[before];
    if !(matches!(above.kind, LeafKind::Paragraph) && opens_item(document, before)) {
        return 1;
    }
    let is_list = |container: &Container| matches!(container.kind, ContainerKind::List { .. });
    let common = document
        .containers_of(below)
        .find(|(index, list)| is_list(list) && is_inside(document, above, *index));
    let Some((common, list)) = common else {
        return 1;
    };
    let has_long_list = |leaf: &Leaf| {
        let mut inner = document
            .containers_of(leaf)
            .take_while(|(index, _)| *index != common);
        inner.any(|(_, container)| is_long(container, settings))
    };
    u16::from(is_long(list, settings) || has_long_list(above) || has_long_list(below))
}

/// Whether a list has an item of more than about a row and a half.
fn is_long(container: &Container, settings: LayoutSettings) -> bool {
    matches!(container.kind, ContainerKind::List { longest, .. } if longest > u32::from(settings.columns) * 3 / 2)
}
