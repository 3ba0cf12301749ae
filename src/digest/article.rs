//! One article: what its header says, its sections, and what was wrong with it.

use std::borrow::Cow;
use std::sync::Arc;

use super::date::{Date, in_file_name};
use super::decode::decode;
use super::front_matter::{self, Fields};
use super::sections::{self, Room, Sections};
use super::titles::{self, Titles};
use crate::text::{Problem, ProblemKind, clean_line, first_hostile};

/// One article, read from the bytes of one file. All strings but the sections' bodies are cleaned and of one line.
#[derive(Clone, Debug)]
pub struct Article<S = String, B = Arc<str>> {
    /// Its titles.
    pub titles: Titles<S>,
    /// Its date.
    pub date: Date<S>,
    /// The standfirst: one sentence.
    pub description: Option<S>,
    /// Its tags, in the order written, none twice.
    pub tags: Vec<S>,
    /// The source it was taken from (`author:` in the front matter).
    pub source: Option<S>,
    /// The link to the original, `http`, `https` or `mailto` only.
    pub link: Option<S>,
    /// The text, split by language where both are proved.
    pub sections: Sections<B>,
    /// What had to be mended on the way, in file order.
    pub problems: Vec<Problem>,
}

/// Reads an article from the bytes of a file; `name` is the file's name, the title of last resort, and the date's too.
///
/// Never fails: what cannot be read becomes a [`Problem`].
pub fn read(bytes: &[u8], name: &str) -> Article {
    let (text, damage) = decode(bytes);
    read_text(&text, damage, name, &mut Room::default()).owned()
}

/// An article that lives no longer than the text it was read from, of which most strings and the bodies are slices.
pub type LentArticle<'a> = Article<Cow<'a, str>, &'a str>;

/// Reads an article as [`read`] does from what [`decode`] gives, for whoever soon is done with it: hardly anything is copied, and `room`
/// serves one article after the other.
pub fn read_text<'a>(text: &'a str, damage: Option<Problem>, name: &str, room: &mut Room) -> LentArticle<'a> {
    let header = front_matter::read(text);
    let body = &text[header.body..];
    let mut fields = header.fields;
    let given = fields.title.take().unwrap_or_else(|| titles::fallback(body, name).into());

    let known = [Some(&*given), fields.chinese.as_deref(), fields.english.as_deref()].map(Option::unwrap_or_default);
    let split = sections::split(body, header.first_line, &known, room);

    let mut problems = header.problems;
    if let Some(damage) = damage {
        problems.insert(0, damage);
    }
    problems.extend(split.problems);
    problems.extend(hostile(text));
    let date = date(&mut fields, name, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    Article {
        titles: titles::titles(given, &mut fields, &split.sections),
        date,
        link: fields.link.or_else(|| split.link.and_then(web_link)),
        description: fields.description,
        tags: fields.tags,
        source: fields.source,
        sections: split.sections,
        problems,
    }
}

impl LentArticle<'_> {
    /// The same with strings of its own.
    pub fn owned(self) -> Article {
        let Self { titles, date, description, tags, source, link, sections, problems } = self;
        Article {
            titles: titles.map(Cow::into_owned),
            date: date.map(Cow::into_owned),
            description: description.map(Cow::into_owned),
            tags: tags.into_iter().map(Cow::into_owned).collect(),
            source: source.map(Cow::into_owned),
            link: link.map(Cow::into_owned),
            sections: sections.owned(),
            problems,
        }
    }
}

/// The date of the header, else the one in the file's name, else none.
fn date<'a>(fields: &mut Fields<'a>, name: &str, problems: &mut Vec<Problem>) -> Date<Cow<'a, str>> {
    let Some(date) = fields.date.take() else {
        let date = in_file_name(titles::stem(name.rsplit('/').next().unwrap_or(name)));
        return date.unwrap_or_default().map(Cow::Owned);
    };
    if date.moment.is_none() {
        let reason = format!("the date “{}” could not be read; it is kept as text and sorts last", date.written);
        problems.push(Problem::new(ProblemKind::Date, fields.date_line, reason));
    }
    date
}

/// The problem of characters that only an attack or an accident puts into a text.
fn hostile(text: &str) -> Option<Problem> {
    let at = first_hostile(text)?;
    let line = front_matter::line_breaks(&text[..at]) + 1;
    let reason = "control, bidirectional or invisible characters were found and made harmless";
    Some(Problem::new(ProblemKind::Hostile, Some(line), reason))
}

/// A link that may be shown and opened: `http`, `https` or `mailto`, cleaned, without white space.
pub(super) fn web_link(written: &str) -> Option<Cow<'_, str>> {
    match clean_line(written) {
        Cow::Borrowed(link) => bare_link(link).map(Cow::Borrowed),
        Cow::Owned(link) => bare_link(&link).map(|link| Cow::Owned(link.to_owned())),
    }
}

/// The part of a clean text that is such a link, if one is.
fn bare_link(text: &str) -> Option<&str> {
    let link = text.trim().trim_start_matches('<').trim_end_matches('>');
    let is_web = ["http://", "https://", "mailto:"].iter().any(|scheme| {
        link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && link.len() > scheme.len()
    });
    let holds_space = if link.is_ascii() {
        // Looked at to the end, many at a time.
        link.bytes().fold(false, |any, byte| any | matches!(byte, b' ' | b'\t'..=b'\r'))
    } else {
        link.contains(char::is_whitespace)
    };
    (is_web && !holds_space).then_some(link)
}

#[cfg(test)]
#[path = "article_tests.rs"]
mod tests;
