//! The titles over the panes and the line at the bottom, which is also the input line.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::input::{self, Side};
use super::theme::{Theme, Tone};
use crate::reader::{FacetGroup, Focus, Model, Page, PromptKind};
use crate::text::Language;
use crate::typeset::{columns, cut};

/// The columns of the bar that shows how far the walk is.
const BAR: usize = 12;

/// Draws the title over the list: its name, the order, how many there are and which is selected.
pub(super) fn draw_list_title(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let list = model.list();
    let tone = if model.focus() == Focus::List { Tone::Accent } else { Tone::Quiet };
    let x = canvas.put(area.x + 1, area.y, area.right(), "简报", theme.tone(tone));
    let what = list.query().map_or_else(|| format!("by {}", list.order().name()), |query| format!("/{query}"));
    let mut count = if list.is_empty() { "0".to_owned() } else { format!("{}/{}", list.position() + 1, list.len()) };
    if list.new_count() > 0 && area.width >= 30 {
        count = format!("{} new · {count}", thousands(list.new_count() as u32));
    }
    let room = area.right().saturating_sub(x + 4 + columns(&count, canvas.ambiguous) as u16);
    let what = cut(&what, room.into(), canvas.ambiguous);
    canvas.put(x + 1, area.y, area.right(), &what, theme.tone(Tone::Quiet));
    right(canvas, area, &count, theme.tone(Tone::Quiet));
}

/// Draws the title over the article: its title once the text has left it behind, the language, and the position.
pub(super) fn draw_article_title(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let Some(page) = model.page() else { return };
    let focused = model.focus() == Focus::Article;
    let position = format!("{}%", page.percentage());
    let x = right(canvas, area, &position, theme.tone(Tone::Quiet));
    let x = draw_languages(canvas, Rect { width: x.saturating_sub(area.x), ..area }, page, theme);
    if page.is_title_hidden() {
        let tone = if focused { Tone::Accent } else { Tone::Quiet };
        let room = x.saturating_sub(area.x + 4);
        let title = cut(page.text().article.titles.in_language(page.side()), room.into(), canvas.ambiguous);
        canvas.put(area.x + 3, area.y, x, &title, theme.tone(tone));
    }
}

/// Draws the languages of the article at the right end of an area: the one shown stands out.
fn draw_languages(canvas: &mut Canvas<'_>, area: Rect, page: &Page, theme: &Theme) -> u16 {
    let text = page.text();
    let shown: Vec<Language> = Language::BOTH.into_iter().filter(|&side| text.document(side).is_some()).collect();
    let width = shown.len() as u16 * 3;
    let start = area.right().saturating_sub(width + 1);
    let mut x = start;
    for side in shown {
        let tone = if side == page.side() { Tone::Key } else { Tone::Quiet };
        x = canvas.put(x, area.y, area.right(), side.sign(), theme.tone(tone)) + 1;
    }
    start.saturating_sub(1)
}

/// Draws the line at the bottom: the input line, or a notice, or what can be done and how far the walk is.
pub(super) fn draw_status(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    if let (Some(prompt), Some(line)) = (model.prompt(), model.prompt_line()) {
        input::draw(canvas, area, &line, theme);
        let note = match prompt.kind() {
            PromptKind::Find => model.page().and_then(Page::matches).map(|(at, all)| format!("{at}/{all}")),
            PromptKind::Filter => {
                let more = if model.list().is_filtering() { " …" } else { "" };
                Some(thousands(model.list().len() as u64) + more)
            }
            _ => None,
        };
        let room = Rect { x: area.x + line.end, width: area.width.saturating_sub(line.end), ..area };
        if let Some(note) = note.filter(|_| !line.text.is_empty()) {
            right(canvas, room, &note, theme.tone(Tone::Quiet));
        }
        if let (Some(wrong), Some(y)) = (&line.wrong, area.y.checked_sub(1)) {
            input::draw_mistake(canvas, Rect { y, ..area }, wrong, Side::Above, theme);
        }
        return;
    }
    let mut end = area.right();
    if let Some(text) = progress(model) {
        end = right(canvas, area, &text, theme.tone(Tone::Quiet));
    }
    let is_reading = model.focus() == Focus::Article && !model.hits().is_open();
    if let Some((at, all)) = model.page().and_then(Page::matches).filter(|_| is_reading) {
        let area = Rect { width: end.saturating_sub(area.x), ..area };
        end = right(canvas, area, &format!("{at}/{all}"), theme.tone(Tone::Accent));
    }
    let pending = model.pending();
    if !pending.is_empty() {
        let area = Rect { width: end.saturating_sub(area.x), ..area };
        end = right(canvas, area, &pending, theme.tone(Tone::Key));
    }
    let doubt = model.page().filter(|_| is_reading && !model.is_loading()).and_then(Page::doubt);
    let (text, tone) = match (model.notice(), &doubt) {
        (Some(notice), _) => (notice, Tone::Accent),
        (None, Some(doubt)) => (doubt.as_str(), Tone::Warning),
        (None, None) => (hint(model), Tone::Status),
    };
    let room = end.saturating_sub(area.x + 2);
    let text = cut(text, room.into(), canvas.ambiguous);
    canvas.put(area.x + 1, area.y, end, &text, theme.tone(tone));
}

/// What the walk has done so far, while it runs.
fn progress(model: &Model) -> Option<String> {
    let progress = model.progress();
    if progress.is_finished || progress.found == 0 {
        let unwatched = model.unwatched();
        return (unwatched > 0).then(|| format!("{} folders are looked at every 5 s", thousands(unwatched)));
    }
    let (read, found) = (progress.read.min(progress.found), progress.found);
    let text = format!("reading {} of {}", thousands(progress.read), thousands(found));
    let seconds = progress.elapsed.as_secs_f64();
    if model.area().columns < 80 || read == 0 || seconds < 0.2 {
        return Some(text);
    }
    let done = (read as usize * BAR) / found as usize;
    let rate = f64::from(read) / seconds;
    let left = (f64::from(found - read) / rate).ceil();
    Some(format!(
        "{}{} {text} · {}/s · {left} s left",
        "#".repeat(done),
        "-".repeat(BAR - done),
        thousands(rate as u32)
    ))
}

/// A number with its thousands apart: `100,000`.
pub(super) fn thousands(number: impl Into<u64>) -> String {
    let digits = number.into().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn hint(model: &Model) -> &'static str {
    if model.hits().is_open() {
        return if model.hits().is_typing() {
            "↑ ↓ move · Enter open · Tab to the hits · Esc back"
        } else {
            "j k move · Enter open · Tab to the line · Esc back"
        };
    }
    if let Some(facets) = model.facets() {
        return match facets.current() {
            FacetGroup::Saved => "Enter apply · h l groups · S save · r rename · d delete · Esc back",
            _ => "Enter narrow · h l groups · S save the filter · / filter · Esc back",
        };
    }
    match model.focus() {
        Focus::Article if model.page().is_some_and(Page::is_parallel) => {
            "Tab swap · X one language · Y copy pair · [ ] part, join · Enter menu · ? help"
        }
        Focus::List => "Enter read · Tab 中/EN · / filter · s sort · ? help · q quit",
        Focus::Article => "Tab 中/EN · X both · p peek · / find · Enter menu · ? help · q back",
    }
}

/// Writes a text at the right end of an area, and gives the column where what stands before it has to end.
pub(super) fn right(canvas: &mut Canvas<'_>, area: Rect, text: &str, style: ratatui::style::Style) -> u16 {
    let width = columns(text, canvas.ambiguous) as u16;
    if width + 2 > area.width {
        return area.right();
    }
    let x = area.right() - width - 1;
    canvas.put(x, area.y, area.right(), text, style);
    x.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in
            [(0_u32, "0"), (999, "999"), (1_000, "1,000"), (100_000, "100,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(number), text);
        }
    }
}
