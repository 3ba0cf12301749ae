//! The model as lines, for those who listen and for terminals that only print: what has happened,
//! and then where the reader is, if that has changed.

use std::ops::Range;
use std::sync::Arc;

use super::canvas::ascii;
use super::search::totals_text;
use crate::bilingual::Text;
use crate::catalog::{Annotation, Attention, EntryId};
use crate::locale::translated;
use crate::markdown::{ContainerKind, Document, Leaf, LeafKind, Marker};
use crate::reader::{
    Focus, HitRow, LISTED_AT_ONCE, Mode, Model, Page, PageSource, Popup, date_and_time,
    header_facts, many, thousands,
};
use crate::text::{Language, clean_line};

/// The most characters of a highlight and of a note that are said.
const MOST_NOTE: usize = 1_000;

/// What the linear view has said, so that it says only what is new.
#[derive(Debug, Default)]
pub struct LinearView {
    /// Whether files were being read, and how many articles there were.
    library: Option<(bool, usize)>,
    notice: Option<String>,
    /// Where the reader was; it is compared only.
    place: String,
    /// The article whose title was said, its text, and what was said of it.
    opened: Option<(EntryId, Arc<Text>)>,
    parts: Vec<(PageSource, Range<u32>)>,
    sentence: Option<(String, Option<String>)>,
    matched: Option<(usize, usize)>,
    /// Whether the answer to the last line has begun.
    has_spoken: bool,
}

impl LinearView {
    /// Whether anything was said.
    pub const fn is_started(&self) -> bool {
        self.library.is_some()
    }

    /// Begins the answer to a typed line.
    pub fn begin_answer(&mut self) {
        self.notice = None;
        self.has_spoken = false;
    }

    /// Takes what was said in place of the notice.
    pub fn skip_notice(&mut self, model: &Model) {
        self.notice = model.notice().map(str::to_owned);
        self.has_spoken = true;
    }

    /// What has happened since the last call.
    pub fn news(&mut self, model: &Model) -> Vec<String> {
        let mut lines: Vec<String> = self.news_of_library(model).into_iter().collect();
        if let (Some(page), Some((id, text))) = (model.page(), &mut self.opened)
            && page.id() == *id
            && !Arc::ptr_eq(page.text(), text)
        {
            *text = Arc::clone(page.text());
            lines.push(tr!("The article was changed · w: where you are").to_owned());
        }
        let notice = model.notice().map(str::to_owned);
        if notice != self.notice {
            lines.extend(notice.iter().flat_map(|it| it.lines()).map(str::to_owned));
            self.notice = notice;
        }
        self.has_spoken |= !lines.is_empty();
        lines
    }

    /// How many articles there are: at the start, after files were read, and when that changes.
    fn news_of_library(&mut self, model: &Model) -> Option<String> {
        let (list, is_finished) = (model.list(), model.progress.is_finished);
        let entries = list.entries().len();
        let now = (!is_finished, entries);
        let before = self.library.get_or_insert((false, usize::MAX));
        let is_start = before.1 == usize::MAX;
        if !is_start && (!is_finished || *before == now) {
            before.0 |= !is_finished;
            return None;
        }
        *before = now;
        Some(tr!(
            "{library}: {articles}, {unread} unread · h lists the commands",
            library = model.settings.library.as_deref().unwrap_or(tr!("samples")),
            articles = many(entries, "article"),
            unread = thousands(list.unread_count() as u64)
        ))
    }

    /// Where the reader is now, if that has changed or nothing else was answered.
    pub fn answer(&mut self, model: &Model) -> Vec<String> {
        let place = place(model);
        let is_same = place == self.place;
        self.place = place;
        if is_same && std::mem::replace(&mut self.has_spoken, true) {
            return Vec::new();
        }
        match (model.mode(), &model.popup, &model.prompt, model.page()) {
            (Mode::Prompt, _, Some(prompt), _) => {
                vec![format!("{} {}", prompt.label(), prompt.text())]
            }
            (Mode::Popup, Some(popup), ..) => popup_lines(popup),
            (Mode::Article, ..) if let Some(look_up) = model.look_up_box() => popup_lines(look_up),
            (Mode::List, ..) => {
                self.opened = None;
                titles(model)
            }
            (Mode::Article, .., Some(page)) => {
                if is_same {
                    self.parts.clear();
                }
                self.paragraph(page, model)
            }
            _ => matches(model),
        }
    }

    /// The current paragraph, after what is new about the article.
    fn paragraph(&mut self, page: &Page, model: &Model) -> Vec<String> {
        let mut lines = Vec::new();
        let sentence = page.lit_sentence();
        if sentence != self.sentence {
            self.sentence.clone_from(&sentence);
            if let Some((sentence, translation)) = sentence {
                self.parts = page.current_parts();
                let uncertain = || tr!("No certain translation for this sentence").to_owned();
                let is_bilingual = page.text().is_bilingual();
                let translation = translation.or_else(|| is_bilingual.then(uncertain));
                lines.extend([sentence].into_iter().chain(translation));
                return lines
                    .iter()
                    .map(|line| in_script(page, line.replace(['\n', '\t'], " ")))
                    .collect();
            }
        }
        let parts = page.current_parts();
        let before = std::mem::replace(&mut self.parts, parts);
        let matched = page.matches().filter(|(at, _)| *at > 0);
        let is_other_match = std::mem::replace(&mut self.matched, matched) != matched;
        let is_opened = self.opened.as_ref().is_none_or(|(id, _)| *id != page.id());
        if is_opened {
            self.opened = Some((page.id(), Arc::clone(page.text())));
            lines.extend(head(page, model));
        } else if let ([(now, _), ..], [(old, _), ..]) = (&self.parts[..], &before[..])
            && now != old
        {
            lines.push(match page.side() {
                Language::Chinese => tr!("In Chinese:").to_owned(),
                Language::English => tr!("In English:").to_owned(),
            });
        }
        if let Some((at, all)) = matched.filter(|_| is_other_match) {
            lines.push(tr!("Match {at} of {all}", at = at, all = all));
        }
        let is_whole = !lines.is_empty();
        for (source, blocks) in &self.parts {
            if is_whole || !before.contains(&(*source, blocks.clone())) {
                let has_numbers = *source == PageSource::Text(page.side());
                let document = page.document_of(*source);
                let is_ascii = model.settings.is_ascii();
                let said = |block| block_lines(document, block, has_numbers, is_ascii);
                let said = blocks.clone().flat_map(said);
                lines.extend(said.map(|line| in_script(page, line)));
            }
        }
        if !lines.is_empty() {
            lines.extend(
                page.annotations_here()
                    .into_iter()
                    .flat_map(annotation_lines),
            );
        }
        let hint = [message!("{next-mismatch} next")];
        let notice = page.mismatch_notice().into_iter();
        lines.extend(notice.map(|[full, _]| model.with_hints(Focus::Article, &full, &hint)));
        lines
    }
}

/// A highlight of the current paragraph, and the beginning of its note.
fn annotation_lines(annotation: &Annotation) -> Vec<String> {
    let cut = |text: &str| {
        let shown: String = text.chars().take(MOST_NOTE).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        format!("{}{more}", clean_line(&shown))
    };
    let colour = translated(annotation.colour.unwrap_or_default().name());
    let highlight = tr!(
        "Highlighted in {colour}: {text}",
        colour = colour,
        text = cut(&annotation.text)
    );
    let note = &annotation.note;
    let note = (!note.is_empty()).then(|| tr!("Note: {note}", note = cut(note)));
    [Some(highlight), note].into_iter().flatten().collect()
}

/// A line in the script in which the page is shown.
fn in_script(page: &Page, line: String) -> String {
    let script = page.shown_script();
    let converted = script.and_then(|script| script.convert(&line, true));
    converted.map_or(line, |converted| converted.text)
}

/// Where the reader is, to be compared.
fn place(model: &Model) -> String {
    let list = model.list();
    let tens = |position: usize| position / LISTED_AT_ONCE;
    match (model.mode(), &model.popup) {
        (Mode::Popup, Some(popup)) => popup_lines(popup).concat(),
        (Mode::List, _) => {
            let language = model.settings.language;
            let tens = tens(list.position());
            format!("{:?}{:?}{language:?}{tens}", list.query(), list.order())
        }
        (Mode::Article, _) => {
            let place = |page: &Page| {
                let parts = page.current_parts();
                (page.id(), parts, page.matches(), page.lit_sentence())
            };
            let word = model.look_up_box().map(Popup::title);
            format!("{:?}{word:?}", model.page().map(place))
        }
        (mode, _) => {
            let tens = tens(model.search.selected());
            format!("{mode:?}{:?}{tens}", model.search.totals())
        }
    }
}

/// The ten titles around the selection, and which they are.
fn titles(model: &Model) -> Vec<String> {
    let list = model.list();
    let (shown, all) = (list.len(), list.entries().len());
    let filter = |query| {
        tr!(
            "Filter {query}: {shown} of {all}",
            query = query,
            shown = shown,
            all = all
        )
    };
    let mut lines: Vec<String> = list.query().map(filter).into_iter().collect();
    let first = list.position() - list.position() % LISTED_AT_ONCE;
    let last = shown.min(first + LISTED_AT_ONCE);
    lines.extend((first..last).filter_map(|index| title(model, index)));
    if shown > 0 {
        lines.push(tr!(
            "{first} to {last} of {shown} · Enter reads {number}",
            first = first + 1,
            last = last,
            shown = thousands(shown as u64),
            number = list.position() + 1
        ));
    }
    lines
}

fn title(model: &Model, index: usize) -> Option<String> {
    let list = model.list();
    let id = *list.shown().get(index)?;
    let (entry, mark) = (list.entry(id)?, list.marks().get(id));
    let date = date_and_time(&entry.date, &model.settings.zone);
    let state = match mark.attention {
        Attention::Finished => tr!("finished"),
        Attention::Read => tr!("read"),
        Attention::Unread if list.is_new(id) => tr!("new"),
        Attention::Unread => "",
    };
    let title = entry.titles.in_language(model.settings.language);
    let star = if mark.is_starred { tr!("starred") } else { "" };
    let source = entry.source.as_deref().unwrap_or_default();
    let day = date.split(' ').next().unwrap_or_default();
    Some(format!(
        "{}. {}",
        index + 1,
        joined([title, state, star, source, day])
    ))
}

/// Those that are not empty, with commas.
fn joined<const N: usize>(facts: [&str; N]) -> String {
    let facts = facts.into_iter().filter(|fact| !fact.is_empty());
    facts.collect::<Vec<_>>().join(", ")
}

/// The ten matches of a search around the selected one.
fn matches(model: &Model) -> Vec<String> {
    let search = &model.search;
    let first = search.selected() - search.selected() % LISTED_AT_ONCE;
    let items = search.items_from(first).zip(first + 1..);
    let mut before = None;
    let line = |((id, row), number): ((EntryId, HitRow<'_>), usize)| {
        let entry = model.list().entry(id)?;
        let title = entry.titles.in_language(model.settings.language);
        let text = match row {
            HitRow::Snippet { snippet, .. } => snippet.map_or("", |it| &it.text),
            HitRow::Article { .. } => "",
        };
        let title = if before.replace(id) == Some(id) {
            ""
        } else {
            title
        };
        let text = if text == title { "" } else { text };
        Some(format!("{number}. {}", joined([title, text])))
    };
    let totals = search.totals().map(totals_text).into_iter();
    totals
        .chain(items.take(LISTED_AT_ONCE).filter_map(line))
        .collect()
}

fn popup_lines(popup: &Popup) -> Vec<String> {
    let mut lines = vec![popup.title().to_owned()];
    for (number, line) in popup.numbered() {
        let number = number.map_or_else(String::new, |number| format!("{number}. "));
        lines.push(number + &joined([&line.text, line.keys.trim()]));
    }
    lines.extend(popup.target().lines().map(str::to_owned));
    let has_choices = popup.numbered().any(|(number, _)| number.is_some());
    let choose = has_choices.then(|| tr!("A number chooses · q: back"));
    lines.push(choose.unwrap_or(popup.hint()).to_owned());
    lines
}

/// The title of an article, its facts, and the number of the current paragraph.
fn head(page: &Page, model: &Model) -> [String; 2] {
    let (at, all) = page.paragraph();
    let facts = header_facts(page.text(), page.side(), &model.settings.zone).replace(" · ", ", ");
    let paragraph = tr!("paragraph {at} of {all}", at = at, all = all);
    let title = page.text().article.titles.in_language(page.side());
    [title.to_owned(), joined([&facts, &paragraph])]
}

/// A block as lines: one for a paragraph, one for each row of a table and each line of code. Links
/// may have their numbers after them.
fn block_lines(document: &Document, block: u32, has_numbers: bool, is_ascii: bool) -> Vec<String> {
    let leaves = document.blocks[block as usize].leaves.clone();
    let lines = leaves.flat_map(|index| {
        let leaf = &document.leaves[index as usize];
        let text = |range: &Range<u32>| one_line(document, leaf, range, has_numbers);
        let mut lines: Vec<String> = match leaf.kind {
            LeafKind::Code => {
                let code = document.text_of(&leaf.range).lines();
                code.map(str::to_owned).collect()
            }
            LeafKind::Break => vec!["* * *".to_owned()],
            LeafKind::Table(table) => {
                let table = &document.tables[table as usize];
                let row = |row: &[Range<u32>]| row.iter().map(text).collect::<Vec<_>>().join(", ");
                let rows = table.cells.chunks(table.alignments.len().max(1));
                rows.map(row).collect()
            }
            _ => vec![text(&leaf.range)],
        };
        if let Some(first) = lines.first_mut() {
            *first = signed(document, index, std::mem::take(first), is_ascii);
        }
        lines
    });
    lines.collect()
}

/// The first line of a leaf, after what the leaf and the containers that begin with it are.
fn signed(document: &Document, index: u32, mut text: String, is_ascii: bool) -> String {
    let leaf = &document.leaves[index as usize];
    let level = match leaf.kind {
        LeafKind::Heading(level) => Some(level),
        LeafKind::Label => Some(2),
        _ => None,
    };
    if let Some(level) = level {
        text = tr!("Heading {level}: {text}", level = level, text = text);
    }
    let sign = |sign| {
        Some(sign)
            .filter(|_| is_ascii)
            .and_then(ascii)
            .unwrap_or(sign)
    };
    let around = document.containers_of(leaf).map(|(_, container)| container);
    for container in around.filter(|it| it.first_leaf == index) {
        text = match &container.kind {
            ContainerKind::Quote => tr!("Quotation: {text}", text = text),
            ContainerKind::Footnote(label) => {
                tr!("Note {label}: {text}", label = label, text = text)
            }
            ContainerKind::Item(Marker::Number(number, mark)) => format!("{number}{mark} {text}"),
            ContainerKind::Item(Marker::Bullet) => format!("{} {text}", sign("•")),
            ContainerKind::Item(Marker::Task(true)) => format!("{} {text}", sign("☑")),
            ContainerKind::Item(Marker::Task(false)) => format!("{} {text}", sign("☐")),
            ContainerKind::List { .. } => text,
        };
    }
    text
}

/// The text of a range of a leaf in one line.
fn one_line(document: &Document, leaf: &Leaf, range: &Range<u32>, has_numbers: bool) -> String {
    let runs = &document.runs[leaf.runs.start as usize..leaf.runs.end as usize];
    let is_inside = |link: &Range<u32>| link.start >= range.start && link.end <= range.end;
    let links = runs.iter().filter_map(|run| Some((run.link?, &run.range)));
    let mut links = links
        .filter(|(_, link)| has_numbers && is_inside(link))
        .peekable();
    let (mut text, mut from) = (String::new(), range.start);
    while let Some((link, Range { end, .. })) = links.next() {
        text += document.text_of(&(from..*end));
        from = *end;
        if links.peek().is_none_or(|(next, _)| *next != link) {
            text = tr!("{text} (link {number})", text = text, number = link + 1);
        }
    }
    text += document.text_of(&(from..range.end));
    text.replace('\n', " ")
}

#[cfg(test)]
#[path = "linear_tests.rs"]
mod tests;
