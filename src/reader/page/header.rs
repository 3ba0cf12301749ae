//! The header of an article: a small document of its own, which is laid out and scrolled like the
//! text.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::bilingual::Text;
use crate::digest::{Date, Moment, Sections};
use crate::markdown::{BlockKind, Document, Inline, LeafKind, Link, StyleRun};
use crate::text::Language;

/// The parts of the header, each a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderPart {
    Title,
    /// Date, source, tags and languages.
    Facts,
    Link,
    Problem,
    Rule,
}

/// The header lists up to this many problems; of more, only their number.
const MOST_PROBLEMS: usize = 3;

/// The header of an article in one language.
#[derive(Clone, Debug, Default)]
pub(super) struct PageHeader {
    pub(super) document: Document,
    /// The part that each block is.
    pub(super) kinds: Vec<HeaderPart>,
}

impl PageHeader {
    /// The header of a text in a language, with dates in a time zone.
    pub(super) fn new(text: &Text, side: Language, zone: &TimeZone) -> Self {
        let mut header = Self::default();
        let article = &text.article;
        header.push(HeaderPart::Title, article.titles.in_language(side));
        header.push(HeaderPart::Facts, &header_facts(text, side, zone));
        if let Some(link) = &article.link {
            header.push(HeaderPart::Link, link);
        }
        header.push_problems(text);
        header.push(HeaderPart::Rule, "");
        header
    }

    fn push_problems(&mut self, text: &Text) {
        let count = text.problems().count();
        if count > MOST_PROBLEMS {
            self.push(
                HeaderPart::Problem,
                &format!("{count} problems; the menu (Enter) lists them"),
            );
            return;
        }
        for problem in text.problems() {
            self.push(HeaderPart::Problem, &problem.to_string());
        }
    }

    fn push(&mut self, kind: HeaderPart, text: &str) {
        let (block, leaf) = match kind {
            HeaderPart::Title => (BlockKind::Heading(1), LeafKind::Heading(1)),
            HeaderPart::Rule => (BlockKind::Break, LeafKind::Break),
            _ => (BlockKind::Paragraph, LeafKind::Paragraph),
        };
        let range = self.document.push(block, leaf, text);
        if let (HeaderPart::Link, Some(leaf)) = (kind, self.document.leaves.last_mut()) {
            leaf.runs.end += 1;
            self.document.runs.push(StyleRun {
                range,
                inline: Inline::LINK,
                link: Some(self.document.links.len() as u32),
            });
            self.document.links.push(Link {
                target: text.to_owned(),
                image: false,
                footnote: None,
            });
        }
        self.kinds.push(kind);
    }
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
        Sections::Whole { mixed: true, .. } => "mixed Chinese and English",
        Sections::Whole {
            language: Some(Language::Chinese),
            ..
        } => "Chinese only",
        Sections::Whole {
            language: Some(Language::English),
            ..
        } => "English only",
        Sections::Whole { language: None, .. } | Sections::Pair { .. } => "language unknown",
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
