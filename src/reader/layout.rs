//! The rectangles of the panes on the screen.

use super::message::Area;
use crate::text::Language;

/// The columns of a screen from which on it shows two panes.
pub(super) const TWO_PANES: u16 = 70;
/// The rows from which on panes have a title.
const TITLED: u16 = 9;
/// The columns of a pane from which on it shows both languages side by side.
pub(super) const SIDE_BY_SIDE: u16 = 84;
/// The columns that the list keeps beside two languages.
const LIST_BESIDE_BOTH: u16 = 30;
/// The least columns of the list and of the article beside it.
const LEAST_LIST: u16 = 16;
const LEAST_ARTICLE: u16 = 30;

/// A rectangle of the screen, in cells counted from 0. It may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct ScreenRect {
    pub(crate) x: u16,
    pub(crate) y: u16,
    pub(crate) columns: u16,
    pub(crate) rows: u16,
}

impl ScreenRect {
    /// What is left below some rows.
    pub(super) const fn below(self, rows: u16) -> Self {
        Self {
            y: self.y + rows,
            rows: self.rows.saturating_sub(rows),
            ..self
        }
    }

    pub(crate) const fn contains(self, column: u16, row: u16) -> bool {
        column >= self.x
            && column - self.x < self.columns
            && row >= self.y
            && row - self.y < self.rows
    }
}

/// A pane, and the row above it for its title if there is room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct TitledRect {
    pub(crate) title: Option<ScreenRect>,
    pub(crate) body: ScreenRect,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Layout {
    pub(crate) list: Option<TitledRect>,
    /// The column of the divider, if both panes are shown.
    pub(crate) rule: Option<u16>,
    pub(crate) article: Option<TitledRect>,
    /// The status bar at the bottom, which is also the input line; none on a screen of one row.
    pub(crate) status: Option<ScreenRect>,
}

/// The pane that has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The list.
    #[default]
    List,
    /// The article.
    Article,
}

impl Layout {
    /// The layout for one language or both. If both do not fit beside the list, it is narrower while
    /// they are read, or hidden.
    pub(super) fn of(
        area: Area,
        focus: Focus,
        alone: bool,
        is_parallel: bool,
        list_columns: u16,
    ) -> Self {
        let room = area.columns.saturating_sub(SIDE_BY_SIDE + 1);
        if !is_parallel || room >= list_columns {
            Self::arrange(area, focus, alone, list_columns)
        } else if room >= LIST_BESIDE_BOTH {
            Self::arrange(area, focus, alone, room)
        } else {
            let hides_list = focus == Focus::Article && area.columns >= SIDE_BY_SIDE;
            Self::arrange(area, focus, alone || hides_list, list_columns)
        }
    }

    /// The layout for one language. `alone` shows only the article.
    fn arrange(area: Area, focus: Focus, alone: bool, list_columns: u16) -> Self {
        let status_rows = u16::from(area.rows > 1);
        let rows = area.rows - status_rows;
        let status = (status_rows > 0).then_some(ScreenRect {
            x: 0,
            y: rows,
            columns: area.columns,
            rows: 1,
        });
        let whole = titled(0, area.columns, rows);
        if alone || (area.columns < TWO_PANES && focus == Focus::Article) {
            return Self {
                article: Some(whole),
                status,
                ..Self::default()
            };
        }
        if area.columns < TWO_PANES {
            return Self {
                list: Some(whole),
                status,
                ..Self::default()
            };
        }
        let list = list_columns;
        Self {
            list: Some(titled(0, list, rows)),
            rule: Some(list),
            article: Some(titled(list + 1, area.columns - list - 1, rows)),
            status,
        }
    }
}

/// The columns of the list beside an article: as many as were chosen, or else a third of the screen,
/// and on a wide screen what lines of the measure leave.
pub(super) fn list_columns(area: Area, measure: u16, chosen: Option<u16>) -> u16 {
    let left_over = area.columns.saturating_sub(measure + 7).min(60);
    let usual = (area.columns / 3).clamp(32, 52).max(left_over);
    let most = area.columns.saturating_sub(LEAST_ARTICLE + 1);
    chosen
        .unwrap_or(usual)
        .clamp(LEAST_LIST, most.max(LEAST_LIST))
}

fn titled(x: u16, columns: u16, rows: u16) -> TitledRect {
    let pane = ScreenRect {
        x,
        y: 0,
        columns,
        rows,
    };
    let title_rows = u16::from(rows >= TITLED);
    TitledRect {
        title: (title_rows > 0).then_some(ScreenRect { rows: 1, ..pane }),
        body: pane.below(title_rows),
    }
}

/// Where the sign of a language is in the row over the article: before the position, which takes up
/// to four columns. None if the row is too short.
pub(crate) fn sign_rect(title: ScreenRect, side: Language) -> Option<ScreenRect> {
    let from_right = match side {
        Language::Chinese => 11,
        Language::English => 8,
    };
    Some(ScreenRect {
        x: title.x + title.columns.checked_sub(from_right)?,
        columns: 2,
        ..title
    })
}

/// The first column and the width of the text in a pane: the measure, or all between the margins.
///
/// The left margin is for the mark of the current block, the right one for the scrollbar.
pub(super) fn text_columns(pane: ScreenRect, measure: u16) -> (u16, u16) {
    let margin = match pane.columns {
        0..=3 => 0,
        4..=29 => 1,
        _ => 3,
    };
    let room = pane.columns - 2 * margin;
    let columns = measure.min(room).max(1);
    (margin + room.saturating_sub(columns) / 2, columns)
}
