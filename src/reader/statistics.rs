//! Statistics as lines: a calendar of shades, then bars. The command prints them, the reader shows
//! them in a popup in which a bar leads to its articles.

use jiff::civil::Date;

use super::number::{many, thousands};
use crate::catalog::{Statistics, StatisticsBar, WEEKS, heat};
use crate::typeset::{Ambiguous, columns, cut};

/// How days with more and more articles are shown.
const SHADES: [&str; 5] = ["·", "░", "▒", "▓", "█"];
/// The most columns of a label, and those of the longest bar.
const LABEL_COLUMNS: usize = 20;
const BAR_COLUMNS: usize = 30;
/// The columns of a count with the blanks around it.
const COUNT_COLUMNS: usize = 9;

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StatisticsLine {
    /// What stands before its text, in columns of the same width.
    pub(crate) label: String,
    pub(crate) text: String,
    pub(crate) is_title: bool,
    /// The query for the articles of a bar.
    pub(crate) query: Option<String>,
}

impl StatisticsLine {
    fn new(label: &str, text: String) -> Self {
        Self {
            label: label.to_owned(),
            text,
            ..Self::default()
        }
    }

    fn title(text: String) -> Self {
        Self {
            text,
            is_title: true,
            ..Self::default()
        }
    }
}

/// The statistics in a number of columns, of tags and sources `most` each. Days of reading are left out
/// unless today is given.
pub(crate) fn statistics_lines(
    all: &Statistics,
    today: Option<Date>,
    most: usize,
    room: usize,
    ambiguous: Ambiguous,
) -> Vec<StatisticsLine> {
    let groups = all.groups(most);
    let width = |text: &str| columns(text, ambiguous);
    let bars = groups.iter().flat_map(|group| &group.bars);
    let label_columns = bars.clone().map(|bar| width(&bar.label)).max().unwrap_or(0);
    let label_columns = label_columns.clamp(4, LABEL_COLUMNS) + 2;
    let beside = room.saturating_sub(label_columns);
    let bar_columns = beside.saturating_sub(COUNT_COLUMNS).clamp(1, BAR_COLUMNS);
    let mut lines = calendar(all, beside, ambiguous);
    if let Some(today) = today.filter(|_| !all.opened.is_empty()) {
        let (now, longest) = all.streaks(today);
        let days = |days: u32| many(days as usize, "day");
        let text = tr!(
            "Days of reading in a row: {now}, at most {longest}",
            now = days(now),
            longest = days(longest)
        );
        lines.push(StatisticsLine::default());
        lines.push(StatisticsLine::title(text));
    }
    for group in &groups {
        if !lines.is_empty() {
            lines.push(StatisticsLine::default());
        }
        lines.push(StatisticsLine::title(group.title.to_owned()));
        let greatest = group.bars.iter().map(|bar| bar.count).max().unwrap_or(1);
        for bar in &group.bars {
            let StatisticsBar {
                label,
                count,
                query,
            } = bar;
            let shown = bar_text(*count, greatest, bar_columns, ambiguous);
            lines.push(StatisticsLine {
                query: Some(query.clone()),
                ..StatisticsLine::new(&cut(label, LABEL_COLUMNS, ambiguous), shown)
            });
        }
    }
    lines
}

/// A bar and its number; of anything there is, a little is seen.
fn bar_text(count: u32, greatest: u32, room: usize, ambiguous: Ambiguous) -> String {
    let eighths = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let cell = columns("█", ambiguous).max(1);
    let units = u64::from(count) * (room / cell) as u64 * 8 / u64::from(greatest.max(1));
    let units = units.max(1) as usize;
    let part = if units.is_multiple_of(8) {
        ""
    } else {
        eighths[units % 8]
    };
    format!("{}{part} {}", "█".repeat(units / 8), thousands(count))
}

/// The articles of each day of the last year, in as many weeks as there is room for: a row for each
/// day of the week.
fn calendar(all: &Statistics, room: usize, ambiguous: Ambiguous) -> Vec<StatisticsLine> {
    let weeks = all.calendar();
    let cell = SHADES
        .map(|shade| columns(shade, ambiguous))
        .into_iter()
        .max()
        .unwrap_or(1);
    let shown = weeks.len().min(room / cell).min(WEEKS);
    let weeks = &weeks[weeks.len() - shown..];
    let (Some((first, _)), Some((last, _))) = (weeks.first(), all.days.last_key_value()) else {
        return Vec::new();
    };
    let most = all.most_a_day();
    let title = tr!(
        "Articles a day, {first} to {last}; at most {most}",
        first = first,
        last = last,
        most = thousands(most)
    );
    let mut lines = vec![StatisticsLine::title(title)];
    let labels = [tr!("Mon"), "", tr!("Wed"), "", tr!("Fri"), "", tr!("Sun")];
    for (row, label) in labels.into_iter().enumerate() {
        let cells = weeks.iter().map(|(_, days)| {
            let shade = SHADES[heat(days[row], most)];
            format!("{shade}{:1$}", "", cell - columns(shade, ambiguous))
        });
        lines.push(StatisticsLine::new(label, cells.collect()));
    }
    lines
}

/// A line's text in ASCII, for terminals that have nothing else.
pub(super) fn in_ascii(text: &str) -> String {
    let sign = |c: char| match c {
        '·' => '.',
        '░' => '-',
        '▒' => '+',
        '▓' => '*',
        '█' => '#',
        '▉'..='▏' => '=',
        c => c,
    };
    text.chars().map(sign).collect()
}
