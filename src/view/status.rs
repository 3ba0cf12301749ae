//! The titles over the panes, and the status line at the bottom, which is also the input line.

use ratatui::layout::Rect;

use super::canvas::{Canvas, rect};
use super::prompt;
use super::theme::Tone;
use crate::catalog::Order;
use crate::locale::translated;
use crate::reader::{
    FacetsPane, Focus, List, Mode, Model, Page, PromptKind, ScreenRect, many, name_of_day,
    sign_rect, thousands,
};
use crate::text::{Language, Script};
use crate::typeset::{Ambiguous, columns, cut};

/// The columns of the scan's progress bar.
const BAR: usize = 12;

/// The columns of the list from which on its title names the key that ends a filter.
const ROOM_FOR_KEY: u16 = 40;

const NOTICE_ROWS: usize = 4;

/// Draws the title over the list: how many articles are unread, and the order unless it is by date;
/// or the filter, and how many articles it leaves.
pub(super) fn draw_list_title(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let list = model.list();
    let number = |number: usize| thousands(number as u64);
    let all = list.entries().len();
    let name = focused(model, Focus::List);
    let line = canvas.line(area, 0).skip(1);
    if let Some(day) = list.day() {
        let settings = &model.settings;
        let label = name_of_day(Some(day), settings.today, settings.language);
        // The day has priority over what is said of it.
        let room =
            usize::from(line.room()).saturating_sub(columns(&label, line.canvas.ambiguous) + 3);
        let unread = list.shown().iter().filter(|&&id| list.is_unread(id));
        let (count, minutes) = (unread_of(unread.count(), list.len()), minutes_of_day(list));
        let all = [count.clone(), minutes].join(" · ");
        let all = all.trim_end_matches(" · ").to_owned();
        let with_key = model.with_hints(Focus::List, &all, &["{back}"]);
        let mut facts = [with_key, all, count].into_iter();
        let ambiguous = line.canvas.ambiguous;
        let fits = |facts: &String| columns(facts, ambiguous) <= room;
        line.put_right(&facts.find(fits).unwrap_or_default(), Tone::Quiet)
            .reserve(1)
            .put_words(&label, name);
        return;
    }
    if let Some(query) = list.query() {
        let mut count = tr!(
            "{shown} of {all}",
            shown = number(list.len()),
            all = number(all)
        );
        if area.width >= ROOM_FOR_KEY {
            count = model.with_hints(Focus::List, &count, &["{back}"]);
        }
        let filter = model.saved_name_of(query).unwrap_or(query);
        line.put_right(&count, Tone::Quiet)
            .reserve(1)
            .put(tr!("Filter"), Tone::Quiet)
            .skip(1)
            .put_words(filter, name);
        return;
    }
    let count = unread_of(list.unread_count(), all);
    let count = if all == 0 {
        String::new()
    } else {
        format!(" · {count}")
    };
    let mut right = match list.new_count() {
        0 => String::new(),
        new => tr!("{count} new", count = number(new)),
    };
    if list.order() != Order::Date {
        let by = tr!("by {order}", order = translated(list.order().name()));
        right = if right.is_empty() {
            by
        } else {
            right + " " + &by
        };
    }
    // The numbers have priority over a long name.
    let columns = |text: &str| columns(text, line.canvas.ambiguous);
    let others = columns(&count) + columns(&right) + 1;
    let room = usize::from(line.room()).saturating_sub(others).max(4);
    let library = cut(model.settings.library_name(), room, line.canvas.ambiguous);
    line.put(&library, name)
        .reserve(1)
        .put(&count, Tone::Quiet)
        .put_right(&right, Tone::Quiet);
}

/// How many minutes the unread articles of a day take; empty if there are none, or it is not known.
fn minutes_of_day(list: &List) -> String {
    let minutes = list.minutes_unread().filter(|minutes| *minutes > 0);
    minutes.map_or_else(String::new, |minutes| {
        tr!("{count} min", count = thousands(u64::from(minutes)))
    })
}

/// How many articles of some are unread.
fn unread_of(unread: usize, all: usize) -> String {
    let number = |number: usize| thousands(number as u64);
    match unread {
        0 => tr!("{all}, all read", all = number(all)),
        unread if unread == all => tr!("{count} unread", count = number(all)),
        unread => tr!(
            "{unread} unread of {all}",
            unread = number(unread),
            all = number(all)
        ),
    }
}

fn focused(model: &Model, pane: Focus) -> Tone {
    if model.focus() == pane {
        Tone::Accent
    } else {
        Tone::Quiet
    }
}

/// Draws the title over the article: its title once that is scrolled away, the languages, and the
/// position.
pub(super) fn draw_article_title(canvas: &mut Canvas<'_>, title: ScreenRect, model: &Model) {
    let Some(page) = model.page() else { return };
    let percentage = format!("{}%", page.percentage());
    let mut end = canvas
        .line(rect(title), 0)
        .put_right(&percentage, Tone::Quiet)
        .end;
    for side in Language::BOTH {
        // The only language stands where the second of two would.
        let place = if page.text().is_bilingual() {
            side
        } else {
            Language::English
        };
        if page.text().document(side).is_some()
            && let Some(sign) = sign_rect(title, place)
        {
            let is_shown = side == page.side() || page.is_parallel();
            let tone = if is_shown { Tone::Key } else { Tone::Quiet };
            let script = page.shown_script().filter(|_| side == Language::Chinese);
            let word = script.map_or(side.sign(), Script::sign);
            canvas.line(rect(sign), 0).put(word, tone);
            end = end.min(sign.x);
        }
    }
    if page.is_title_hidden() {
        let text = page.text().article.titles.in_language(page.side());
        let mut line = canvas.line(rect(title), 0).skip(3);
        line.end = end.saturating_sub(2);
        line.put_words(text, focused(model, Focus::Article));
    }
}

/// Draws the line at the bottom: the input line, or a notice or key hints with the scan's progress.
pub(super) fn draw_status(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let (Some(prompt), Some(line)) = (model.prompt.as_ref(), model.prompt_line()) else {
        return draw_notice(canvas, area, model);
    };
    prompt::draw(canvas, area, &line);
    let note = match prompt.kind() {
        PromptKind::Find => matches(model),
        PromptKind::Filter => {
            let more = if model.list().is_filtering() {
                " …"
            } else {
                ""
            };
            Some(thousands(model.list().len() as u64) + more)
        }
        _ => None,
    };
    let note = note.filter(|_| !line.text.is_empty());
    if let Some(note) = note.or_else(|| model.hint(other_input(prompt.kind())?)) {
        let room = canvas.line(area, 0).skip(line.end);
        room.put_right(&note, Tone::Quiet);
    }
    if let Some(wrong) = line.wrong.as_ref().filter(|_| area.y > 0) {
        let height = area.y.min(prompt::ERROR_ROWS);
        let above = Rect {
            y: area.y - height,
            height,
            ..area
        };
        prompt::draw_error(canvas, above, wrong, true);
    }
}

/// What a command can get instead.
fn other_input(kind: PromptKind) -> Option<&'static str> {
    match kind {
        PromptKind::PipeArticle => Some(message!("{results} paragraph")),
        PromptKind::PipeParagraph | PromptKind::PipeSelection => {
            Some(message!("{results} article"))
        }
        _ => None,
    }
}

/// The number of the current match of a find, and of all.
fn matches(model: &Model) -> Option<String> {
    let page = model.page()?;
    let (at, all) = page.matches()?;
    Some(match page.no_match() {
        Some(none) if none.elsewhere > 0 => {
            tr!(
                "only {sign}: {count}",
                sign = none.language.other().sign(),
                count = none.elsewhere
            )
        }
        // The message says it first.
        Some(_) => String::new(),
        None => format!("{at}/{all}"),
    })
}

/// Draws the line without a prompt: at the right progress, matches and pending keys, and before
/// them a notice or else key hints.
fn draw_notice(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let is_reading = model.focus() == Focus::Article && !model.search.is_open;
    let mismatch = model
        .page()
        .filter(|_| is_reading && !model.is_loading())
        .and_then(Page::mismatch_notice)
        .map(|lines| {
            let hint = [message!("{next-mismatch} next")];
            let [full, short] = lines.map(|line| model.with_hints(Focus::Article, &line, &hint));
            let fits = canvas.columns(&full) + 2 <= area.width;
            if fits { full } else { short }
        });
    let notice = model
        .notice()
        .filter(|notice| !draw_long_notice(canvas, area, model, notice))
        .map(|notice| (notice, Tone::Accent))
        .or_else(|| Some((mismatch.as_deref()?, Tone::Warning)));
    let matches = match model.list().several().len() {
        0 => matches(model).filter(|_| is_reading).unwrap_or_default(),
        _ if model.mode() != Mode::List => String::new(),
        several => tr!("{count} selected", count = thousands(several as u64)),
    };
    let pending = model.pending();
    // The notice has priority over progress.
    let columns = |text: &str| columns(text, canvas.ambiguous);
    let others = match columns(&matches) {
        0 => columns(&pending) + 4,
        matches => matches + columns(&pending) + 6,
    };
    let room = notice.map_or(usize::MAX, |(notice, _)| {
        usize::from(area.width).saturating_sub(columns(notice) + 2 + others)
    });
    let progress = progress(model)
        .into_iter()
        .find(|text| columns(text) <= room)
        .unwrap_or_default();
    let mut line = canvas.line(area, 0);
    for (text, tone) in [
        (progress, Tone::Quiet),
        (matches, Tone::Accent),
        (pending, Tone::Key),
    ] {
        if !text.is_empty() {
            line = line.put_right(&text, tone);
        }
    }
    let line = line.skip(1).reserve(1);
    if let Some((notice, tone)) = notice {
        line.put(notice, tone);
    } else {
        let hint = hint(model).into_iter();
        let hint = hint.filter_map(|hint| model.hint(hint)).collect();
        let hint = fitted(hint, line.room().into(), line.canvas.ambiguous);
        line.put(&hint, Tone::Quiet);
    }
}

/// Draws a long notice in rows of its own above the status line; `false` if it fits into the line.
fn draw_long_notice(canvas: &mut Canvas<'_>, area: Rect, model: &Model, notice: &str) -> bool {
    let room = area.width.saturating_sub(2);
    if !model.is_notice_long() || area.y <= 1 || canvas.columns(notice) <= room {
        return false;
    }
    let most = usize::from(area.y - 1).min(NOTICE_ROWS);
    let lines = prompt::lines(notice, room, most, canvas.ambiguous);
    let height = lines.len() as u16;
    let above = Rect {
        y: area.y - height,
        height,
        ..area
    };
    prompt::fill_rows(canvas, above, 0, height);
    prompt::put_lines(canvas, above, 0, &lines, Tone::Accent);
    true
}

/// As many parts of a hint as fit. The last part, the key that leads out, is dropped last, and the
/// one beside it just before.
fn fitted(mut parts: Vec<String>, room: usize, ambiguous: Ambiguous) -> String {
    while parts.len() > 1 && columns(&parts.join(" · "), ambiguous) > room {
        parts.remove(parts.len().saturating_sub(3));
    }
    cut(&parts.join(" · "), room, ambiguous).into_owned()
}

/// The progress of a running scan: in full, and short.
fn progress(model: &Model) -> Vec<String> {
    let progress = model.progress;
    if progress.is_finished || progress.found == 0 {
        let unwatched = model.unwatched as usize;
        let folders = Some(many(unwatched, "folder")).filter(|_| unwatched > 0);
        let polled = folders.map(|folders| tr!("{folders} polled every 5 s", folders = folders));
        return polled.into_iter().collect();
    }
    let found = progress.found;
    let read = progress.read.min(found);
    let short = tr!(
        "reading {read} of {all}",
        read = thousands(progress.read),
        all = thousands(found)
    );
    let seconds = progress.elapsed.as_secs_f64();
    if model.area().columns < 80 || read == 0 || seconds < 0.2 {
        return vec![short];
    }
    let done = (read as usize * BAR) / found as usize;
    let rate = f64::from(read) / seconds;
    let left = (f64::from(found - read) / rate).ceil();
    let bar = "#".repeat(done) + &"-".repeat(BAR - done);
    vec![
        tr!(
            "{bar} {short} · {rate}/s · {left} s left",
            bar = bar,
            short = short,
            rate = thousands(rate as u32),
            left = left
        ),
        short,
    ]
}

/// The most useful keys first, and at the end the one that leads out.
fn hint(model: &Model) -> Vec<&'static str> {
    match model.mode() {
        Mode::Prompt | Mode::NoteBox => Vec::new(),
        Mode::Popup => match &model.popup {
            Some(popup) if !popup.is_framed || popup.is_link() || popup.picture().is_some() => {
                popup.hints()
            }
            Some(popup) if popup.is_help() => {
                messages![
                    "{down} {up} scroll",
                    "{page-down} page",
                    "{search-help} search",
                    "{back} back",
                ]
            }
            Some(popup) if !popup.has_choices() => {
                messages![
                    "{down} {up} scroll",
                    "{page-down} page",
                    "{copy-link} copy",
                    "{back} back",
                ]
            }
            _ => messages![
                "{down} {up} move",
                "{choose} choose",
                "{help} help",
                "{back} back",
            ],
        },
        Mode::LinkHints => messages!["type a label", "↑ ↓ move", "{choose} open", "{back} back"],
        Mode::SearchPrompt => messages![
            "{up} {down} move",
            "{accept} open",
            "{results} results",
            "{back} back",
        ],
        Mode::SearchResults => messages![
            "{down} {up} move",
            "{choose} open",
            "{search-box} search box",
            "{back} back",
        ],
        Mode::Facets => model
            .facets
            .as_ref()
            .map(hint_of_facets)
            .unwrap_or_default(),
        Mode::List | Mode::Article => hint_of_panes(model),
    }
}

fn hint_of_panes(model: &Model) -> Vec<&'static str> {
    match model.mode() {
        Mode::List if !model.list().several().is_empty() => {
            messages![
                "{mark-read} read/unread",
                "{star} star",
                "{undo} undo",
                "{help} help",
                "{back} deselect",
            ]
        }
        Mode::List if model.list().entries().is_empty() => {
            messages!["{libraries} libraries", "{help} help", "{quit} quit"]
        }
        Mode::List if model.list().query().is_some() => {
            messages![
                "{read} read",
                "{filter} filter",
                "{save-search} save",
                "{help} help",
                "{back} show all",
            ]
        }
        Mode::List => messages![
            "{read} read",
            "{filter} filter",
            "{search} search",
            "{switch-language} 中/EN",
            "{help} help",
            "{quit} quit",
        ],
        Mode::Article if model.is_selecting() || model.page().is_some_and(Page::has_lit) => {
            hint_of_marked(model)
        }
        Mode::Article if model.page().is_some_and(Page::is_parallel) => {
            messages![
                "{switch-language} swap",
                "{both-languages} one language",
                "{copy-pair} copy",
                "{split-pair} {merge-pairs} split, merge",
                "{menu} menu",
                "{help} help",
            ]
        }
        Mode::Article if model.page().is_some_and(Page::is_at_picture) => messages![
            "{menu} enlarge",
            "{switch-language} 中/EN",
            "{next-paragraph} next paragraph",
            "{help} help",
            "{quit} back",
        ],
        _ => {
            let out = if model.is_single() {
                message!("{quit} quit")
            } else {
                message!("{quit} back")
            };
            let mut hint = messages![
                "{switch-language} 中/EN",
                "{both-languages} both",
                "{translation} translation",
                "{find} find",
                "{menu} menu",
                "{help} help",
            ];
            hint.push(out);
            hint
        }
    }
}

fn hint_of_facets(facets: &FacetsPane) -> Vec<&'static str> {
    let mut hint = if facets.current().is_saved() {
        messages![
            "{apply-ticks} apply",
            "{previous-group} {next-group} groups",
            "{delete-search}",
            "{rename-search} rename",
        ]
    } else {
        messages![
            "{tick} tick",
            "{apply-ticks} list",
            "type to narrow",
            "{previous-group} {next-group} groups",
        ]
    };
    let is_typed = !facets.typed().is_empty();
    hint.extend([
        message!("{help} help"),
        if is_typed {
            message!("{back} clear")
        } else {
            message!("{back} back")
        },
    ]);
    hint
}

/// The keys for what is selected, or for the sentence that is lit.
fn hint_of_marked(model: &Model) -> Vec<&'static str> {
    if model.is_selecting() {
        return messages![
            "{narrower} {wider} word",
            "{next-sentence} sentence",
            "{down} row",
            "{next-paragraph} paragraph",
            "{copy-selection} copy",
            "{pipe} command",
            "{back} end",
        ];
    }
    let mut hint = messages![
        "{previous-sentence} {next-sentence} sentence",
        "{switch-language} 中/EN",
        "{copy-pair} copy",
        "{select} select",
        "{back} end",
    ];
    if model.page().is_some_and(|page| !page.is_parallel()) {
        hint.insert(1, message!("{translation} translation"));
    }
    hint
}
