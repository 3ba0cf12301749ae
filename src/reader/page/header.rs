//! The header of an article: a small document of its own, which is laid out and scrolled like the
//! text.

use std::ops::Range;

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::bilingual::Text;
use crate::digest::{Date, Moment, Sections};
use crate::markdown::{BlockKind, Document, Inline, LeafKind, Link, StyleRun};
use crate::reader::number::many;
use crate::text::Language;
use crate::typeset::{LayoutSettings, columns};

/// The parts of the header, each a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderPart {
    Title,
    /// Date, source, tags, the numbers of notes and problems, and the host of the link, in one line.
    Facts,
}

/// What the header says beside what the file does.
pub(super) struct HeaderExtras<'a> {
    /// How many notes of a check there are.
    pub(super) notes: usize,
    /// The reader's own tags.
    pub(super) own_tags: &'a [String],
    /// How many items are ticked off, of how many.
    pub(super) ticked: Option<(usize, usize)>,
}

impl HeaderExtras<'_> {
    /// The counts of items, once one is ticked off or if there are many, and of notes.
    fn counts(&self) -> [Option<String>; 2] {
        let ticked = self
            .ticked
            .filter(|(ticked, all)| *ticked > 0 || *all > MANY_ITEMS)
            .map(|(ticked, all)| tr!("{ticked}/{all} items", ticked = ticked, all = all));
        let notes = (self.notes > 0).then(|| many(self.notes, "note"));
        [ticked, notes]
    }
}

/// More items than these are counted before one is ticked off.
const MANY_ITEMS: usize = 8;

/// The header of an article in one language.
#[derive(Clone, Debug, Default)]
pub(super) struct PageHeader {
    pub(super) document: Document,
    /// The part that each block is.
    pub(super) kinds: Vec<HeaderPart>,
}

impl PageHeader {
    /// The header of a text in a language, with dates in a time zone.
    pub(super) fn new(
        text: &Text,
        added: &HeaderExtras<'_>,
        side: Language,
        zone: &TimeZone,
        settings: LayoutSettings,
    ) -> Self {
        let mut header = Self::default();
        let title = text.article.titles.in_language(side);
        header
            .document
            .push(BlockKind::Heading(1), LeafKind::Heading(1), title);
        header.kinds.push(HeaderPart::Title);
        header.push_facts(text, added, zone, settings);
        header
    }

    /// Adds the line of facts: as many tags as fit, and on a narrow page no time, then no source.
    /// The host leads to the link, the number of problems is strong.
    fn push_facts(
        &mut self,
        text: &Text,
        added: &HeaderExtras<'_>,
        zone: &TimeZone,
        settings: LayoutSettings,
    ) {
        let article = &text.article;
        let host = article
            .link
            .as_deref()
            .map(|link| format!("{} ↗", host(link)));
        let problems = problems(text);
        let [ticked, notes] = added.counts();
        let is_host = |source: &String| {
            host.as_deref()
                .is_some_and(|host| host.trim_end_matches(" ↗").eq_ignore_ascii_case(source))
        };
        let source = article.source.clone().filter(|source| !is_host(source));
        let date = date_and_time(&article.date, zone);
        // The reader's own tags come first.
        let own = added.own_tags.iter().map(|tag| format!("#{tag}"));
        let all_tags: Vec<String> = own.chain(article.tags.iter().cloned()).collect();
        let line = |(tags, has_time, has_source): (usize, bool, bool)| {
            let mut shown = all_tags[..tags].join(", ");
            if tags < all_tags.len() && tags > 0 {
                shown.push_str(", …");
            }
            let is_known = matches!(
                &article.sections,
                Sections::Whole {
                    mixed: false,
                    language: Some(_),
                    ..
                }
            );
            let state = Some(language_state(text, Language::Chinese))
                .filter(|_| !is_known && !text.is_bilingual());
            let day = date.split(' ').next();
            let day = day.filter(|_| !has_time && article.date.moment.is_some());
            let mut facts = vec![
                Some(day.unwrap_or(&date).to_owned()),
                source.clone().filter(|_| has_source),
            ];
            facts.extend([
                Some(shown),
                state.map(str::to_owned),
                ticked.clone(),
                notes.clone(),
            ]);
            facts.push(host.clone());
            facts.push(problems.clone());
            let facts = facts.into_iter().flatten().filter(|fact| !fact.is_empty());
            facts.collect::<Vec<_>>().join(" · ")
        };
        let fits =
            |line: &String| columns(line, settings.ambiguous) <= usize::from(settings.columns);
        let narrow = [(0, false, true), (0, false, false)];
        // A tag takes a column at least: an article may have thousands.
        let most = all_tags.len().min(settings.columns.into());
        let all = (0..=most).rev();
        let mut lines = all.map(|tags| (tags, true, true)).chain(narrow).map(line);
        let facts = lines.find(fits).unwrap_or_else(|| line(narrow[1]));
        if facts.is_empty() {
            return;
        }
        let range = self
            .document
            .push(BlockKind::Paragraph, LeafKind::Paragraph, &facts);
        self.kinds.push(HeaderPart::Facts);
        // What is at the end of the line: the host, then the problems.
        let problems_at = range.end - problems.as_ref().map_or(0, String::len) as u32;
        if let (Some(host), Some(target)) = (&host, &article.link) {
            let gap = if problems.is_some() { " · ".len() } else { 0 };
            let end = problems_at - gap as u32;
            self.document.links.push(Link {
                target: target.clone(),
                image: false,
                footnote: None,
            });
            self.push_run(end - host.len() as u32..end, Inline::LINK, Some(0));
        }
        if problems.is_some() {
            self.push_run(problems_at..range.end, Inline::STRONG, None);
        }
    }

    fn push_run(&mut self, range: Range<u32>, inline: Inline, link: Option<u32>) {
        if let Some(leaf) = self.document.leaves.last_mut() {
            leaf.runs.end += 1;
        }
        self.document.runs.push(StyleRun {
            range,
            inline,
            link,
        });
    }
}

/// The number of problems, or the only one if nothing else is there to read.
fn problems(text: &Text) -> Option<String> {
    let mut documents = Language::BOTH
        .into_iter()
        .filter_map(|side| text.document(side));
    let is_empty = documents.all(|document| document.blocks.is_empty());
    match text.problems().count() {
        0 => None,
        1 if is_empty => text.problems().next().map(|problem| format!("! {problem}")),
        count => Some(format!("! {}", many(count, "problem"))),
    }
}

/// The host of a link to the web; of any other, all behind its scheme.
fn host(link: &str) -> &str {
    let Some((_, rest)) = link.split_once("://") else {
        return link.split_once(':').map_or(link, |(_, rest)| rest);
    };
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Date, source, tags and languages of an article, in one line.
pub(crate) fn header_facts(text: &Text, side: Language, zone: &TimeZone) -> String {
    let article = &text.article;
    let mut facts = vec![date_and_time(&article.date, zone)];
    facts.extend(article.source.clone());
    facts.push(article.tags.join(", "));
    facts.push(language_state(text, side).to_owned());
    facts.retain(|fact| !fact.is_empty());
    facts.join(" · ")
}

/// The languages of an article; of two, the one that is shown comes first.
fn language_state(text: &Text, side: Language) -> &'static str {
    match &text.article.sections {
        _ if text.is_bilingual() && side == Language::Chinese => "中 / EN",
        _ if text.is_bilingual() => "EN / 中",
        Sections::Whole { mixed: true, .. } => tr!("mixed Chinese and English"),
        Sections::Whole {
            language: Some(Language::Chinese),
            ..
        } => tr!("Chinese only"),
        Sections::Whole {
            language: Some(Language::English),
            ..
        } => tr!("English only"),
        Sections::Whole { language: None, .. } | Sections::Pair { .. } => {
            tr!("language unknown")
        }
    }
}

/// A date for display: day and time in a zone, the day alone if no time is known, the original text
/// if it is not a date.
pub(crate) fn date_and_time(date: &Date, zone: &TimeZone) -> String {
    let Some(civil) = date.civil(zone) else {
        return date.written.clone();
    };
    let is_day = matches!(date.moment, Some(Moment::Day(_))) || civil.time() == Time::midnight();
    if is_day {
        civil.date().to_string()
    } else {
        civil.strftime("%Y-%m-%d %H:%M").to_string()
    }
}
