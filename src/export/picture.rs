//! Statistics as a picture (SVG), light or dark as the page or viewer that shows it.

use std::fmt::Write;

use super::xml::xml;
use crate::catalog::{Statistics, StatisticsBar, heat};

/// The side of a day in the calendar, and from one to the next.
const DAY: usize = 11;
const STEP: usize = 14;
/// The space around all, the width of all, and the height of a row of bars.
const EDGE: usize = 24;
const WIDTH: usize = 2 * EDGE + 53 * STEP + 36;
const ROW: usize = 20;
/// The width of the label of a bar, and of the longest bar.
const LABEL: usize = 120;
const BAR: usize = 180;
/// Where the second column of bars begins.
const SECOND: usize = EDGE + LABEL + BAR + 76;

const STYLE: &str = "
text { font: 12px system-ui, 'Noto Sans CJK SC', sans-serif; fill: #1f2328; }
.title { font-size: 16px; font-weight: 600; } .group { font-weight: 600; } .quiet { fill: #656d76; }
.ground { fill: #ffffff; } .bar, .h4 { fill: #1a5c96; }
.h0 { fill: #ebedf0; } .h1 { fill: #b9d3ea; } .h2 { fill: #7fb0d9; } .h3 { fill: #4887bb; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .quiet { fill: #9198a1; } .ground { fill: #16181c; } .bar, .h4 { fill: #9ccbf2; }
.h0 { fill: #25282d; } .h1 { fill: #1d3f5c; } .h2 { fill: #2d6594; } .h3 { fill: #5b9bcf; }
}
";

/// The calendar and the bars under a title; of tags and sources `most` each.
pub fn statistics_picture(all: &Statistics, title: &str, most: usize) -> String {
    let mut body = String::new();
    let mut y = EDGE + 16;
    let _ = writeln!(
        body,
        r#"<text class="title" x="{EDGE}" y="{y}">{}</text>"#,
        xml(title)
    );
    y += 40;
    calendar(all, y, &mut body);
    y += 7 * STEP + 32;
    let mut groups = all.groups(most);
    let second = groups.split_off(groups.len().min(2));
    let bottom = [(EDGE, groups), (SECOND, second)].map(|(x, groups)| {
        let mut y = y;
        for group in groups {
            let _ = writeln!(
                body,
                r#"<text class="group" x="{x}" y="{y}">{}</text>"#,
                xml(group.title)
            );
            let greatest = group.bars.iter().map(|bar| bar.count).max().unwrap_or(1);
            for bar in &group.bars {
                y += ROW;
                row(bar, greatest, (x, y), &mut body);
            }
            y += 2 * ROW;
        }
        y
    });
    let height = bottom.into_iter().max().unwrap_or(y) - ROW;
    let title = xml(title);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img">
<title>{title}</title>
<style>{STYLE}</style>
<rect class="ground" width="100%" height="100%" rx="8"/>
{body}</svg>
"#
    )
}

/// Writes the days as squares, a column a week, with the months above them.
fn calendar(all: &Statistics, top: usize, out: &mut String) {
    let (weeks, most) = (all.calendar(), all.most_a_day());
    let left = EDGE + 36;
    for (row, label) in [(0, tr!("Mon")), (2, tr!("Wed")), (4, tr!("Fri"))] {
        let y = top + row * STEP + 10;
        let _ = writeln!(
            out,
            r#"<text class="quiet" x="{EDGE}" y="{y}">{label}</text>"#
        );
    }
    let mut month = 0;
    for (column, (monday, days)) in weeks.iter().enumerate() {
        let x = left + column * STEP;
        // A month stands above its first whole week, if there is room.
        if monday.month() != month && monday.day() <= 7 && column + 4 <= weeks.len() {
            let name = monday.strftime("%Y-%m");
            let _ = writeln!(
                out,
                r#"<text class="quiet" x="{x}" y="{}">{name}</text>"#,
                top - 8
            );
        }
        month = monday.month();
        for (row, &count) in days.iter().enumerate() {
            let (y, step) = (top + row * STEP, heat(count, most));
            let _ = writeln!(
                out,
                r#"<rect class="h{step}" x="{x}" y="{y}" width="{DAY}" height="{DAY}" rx="2"/>"#
            );
        }
    }
}

/// Writes a bar with its label and number.
fn row(bar: &StatisticsBar, greatest: u32, (x, y): (usize, usize), out: &mut String) {
    let width = (bar.count as usize * BAR / greatest.max(1) as usize).max(2);
    // In a font of 12 pixels a Han character takes 12, others about 7.
    let mut room = LABEL - 12;
    let fits = |c: &char| {
        let columns = if c.is_ascii() { 7 } else { 12 };
        room = room.saturating_sub(columns);
        room > 0
    };
    let kept: String = bar.label.chars().take_while(fits).collect();
    let dots = if kept.len() < bar.label.len() {
        "…"
    } else {
        ""
    };
    let _ = writeln!(
        out,
        r#"<text x="{x}" y="{y}">{}{dots}</text><rect class="bar" x="{}" y="{}" width="{width}" height="11" rx="2"/><text class="quiet" x="{}" y="{y}">{}</text>"#,
        xml(&kept),
        x + LABEL,
        y - 10,
        x + LABEL + width + 6,
        bar.count
    );
}
