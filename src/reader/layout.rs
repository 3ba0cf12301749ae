//! Where the panes lie on the screen.

use super::message::Area;

/// Screens narrower than this many columns show one pane at a time.
pub const TWO_PANES: u16 = 70;
/// Screens of fewer rows than this spend none on titles of panes.
const TITLED: u16 = 9;
/// The columns of the list beside an article: a third of the screen, within these bounds.
const LIST_COLUMNS: (u16, u16) = (28, 52);

/// A rectangle of the screen, in cells counted from 0. It may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ScreenRect {
    /// Its leftmost column.
    pub x: u16,
    /// Its top row.
    pub y: u16,
    /// Its width in columns.
    pub columns: u16,
    /// Its height in rows.
    pub rows: u16,
}

impl ScreenRect {
    /// Whether a cell lies in it.
    pub const fn contains(&self, column: u16, row: u16) -> bool {
        column >= self.x && column - self.x < self.columns && row >= self.y && row - self.y < self.rows
    }
}

/// A pane with the row above it that carries its title, where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TitledRect {
    /// The row for the title.
    pub title: Option<ScreenRect>,
    /// What the list or the article is drawn in.
    pub body: ScreenRect,
}

/// Where everything lies. Stable: the view draws by it, and the mouse is read by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The list, where it is shown.
    pub list: Option<TitledRect>,
    /// The column of the line between list and article, where both are shown.
    pub rule: Option<u16>,
    /// The article, where it is shown.
    pub article: Option<TitledRect>,
    /// The status line at the bottom, which is also the input line; none on a screen of one row.
    pub status: Option<ScreenRect>,
}

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The list.
    #[default]
    List,
    /// The article.
    Article,
}

impl Layout {
    /// Arranges the panes for one language or both: where the list would leave too little room for two side by side, it makes way
    /// while they are read.
    pub(super) fn arrange_for(area: Area, focus: Focus, alone: bool, is_parallel: bool) -> Self {
        let panes = Self::arrange(area, focus, alone);
        let is_tight = panes.article.is_some_and(|article| article.body.columns < BESIDE);
        let makes_way = is_parallel && focus == Focus::Article && is_tight && area.columns >= BESIDE;
        if makes_way { Self::arrange(area, focus, true) } else { panes }
    }

    /// Arranges the panes; `alone` shows only the article, whatever the room.
    pub fn arrange(area: Area, focus: Focus, alone: bool) -> Self {
        let status_rows = u16::from(area.rows > 1);
        let rows = area.rows - status_rows;
        let status = (status_rows > 0).then_some(ScreenRect { x: 0, y: rows, columns: area.columns, rows: 1 });
        let whole = framed(0, area.columns, rows);
        if alone || (area.columns < TWO_PANES && focus == Focus::Article) {
            return Self { article: Some(whole), status, ..Self::default() };
        }
        if area.columns < TWO_PANES {
            return Self { list: Some(whole), status, ..Self::default() };
        }
        let list = (area.columns / 3).clamp(LIST_COLUMNS.0, LIST_COLUMNS.1);
        Self {
            list: Some(framed(0, list, rows)),
            rule: Some(list),
            article: Some(framed(list + 1, area.columns - list - 1, rows)),
            status,
        }
    }
}

/// Layout of at least so many columns show both languages side by side.
pub(super) const BESIDE: u16 = 100;

fn framed(x: u16, columns: u16, rows: u16) -> TitledRect {
    let title_rows = u16::from(rows >= TITLED);
    let title = (title_rows > 0).then_some(ScreenRect { x, y: 0, columns, rows: 1 });
    TitledRect { title, body: ScreenRect { x, y: title_rows, columns, rows: rows - title_rows } }
}

/// The columns of text in a pane: the measure, or what the pane has between its margins; and where they begin in the pane.
///
/// The left margin carries the mark of the current block, the right one the scrollbar.
pub(super) fn text_columns(pane: ScreenRect, measure: u16) -> (u16, u16) {
    let (left, right) = match pane.columns {
        0..=3 => (0, 0),
        4..=29 => (1, 1),
        _ => (3, 3),
    };
    let room = pane.columns - left - right;
    let columns = measure.min(room).max(1);
    (left + (room.saturating_sub(columns)) / 2, columns)
}
