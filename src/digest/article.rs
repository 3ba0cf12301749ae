//! One article: what its header says, its sections, and what was wrong with it. It is read from one
//! file, or joined from two.

use super::date::{Date, in_path};
use super::decode::decode;
use super::front_matter::{self, Fields};
use super::markup::web_link;
use super::sections::{self, Section, Sections};
use super::titles::{self, Titles};
use crate::text::{Language, Problem, ProblemKind, ScriptCounts, first_hostile, line_breaks};

/// One article, read from the bytes of one file. All strings but the sections' bodies are cleaned
/// and of one line.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its titles.
    pub titles: Titles,
    /// Its date.
    pub date: Date,
    /// The standfirst: one sentence.
    pub description: Option<String>,
    /// Its tags, in the order written, without repetitions.
    pub tags: Vec<String>,
    /// The source it was taken from (`author:` in the front matter).
    pub source: Option<String>,
    /// The link to the original, `http`, `https` or `mailto` only.
    pub link: Option<String>,
    /// The text, split by language where both are proved.
    pub sections: Sections,
    /// What had to be repaired or left out, in file order.
    pub problems: Vec<Problem>,
}

/// Reads an article from the bytes of a file; `name` is the file's name or path, from which title
/// and date are taken if nothing else gives them.
///
/// Never fails: what cannot be read becomes a [`Problem`].
pub fn read(bytes: &[u8], name: &str) -> Article {
    let (text, damage) = decode(bytes);
    let header = front_matter::read(&text);
    let body = &text[header.body..];
    let mut fields = header.fields;
    let given = fields
        .title
        .take()
        .unwrap_or_else(|| titles::fallback(body, name));

    let known = [
        Some(given.as_str()),
        fields.chinese.as_deref(),
        fields.english.as_deref(),
    ]
    .map(Option::unwrap_or_default);
    let split = sections::split(body, header.first_line, &known);

    let mut problems: Vec<Problem> = damage
        .into_iter()
        .chain(header.problems)
        .chain(split.problems)
        .collect();
    problems.extend(hostile_characters(&text));
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

/// The date of the header, else the one in the file's path, else none.
fn date(fields: &mut Fields, name: &str, problems: &mut Vec<Problem>) -> Date {
    let Some(date) = fields.date.take() else {
        return in_path(titles::stem(name)).unwrap_or_default();
    };
    if date.moment.is_none() {
        let reason = tr!(
            "the date “{date}” could not be read; it is kept as text and sorts last",
            date = date.written
        );
        problems.push(Problem::new(ProblemKind::Date, fields.date_line, reason));
    }
    date
}

/// The problem of characters that only an attack or an accident puts into a text.
fn hostile_characters(text: &str) -> Option<Problem> {
    let at = first_hostile(text)?;
    let line = line_breaks(&text[..at]) + 1;
    let reason = tr!("control, bidirectional or invisible characters were found and made harmless");
    Some(Problem::new(ProblemKind::Hostile, Some(line), reason))
}

/// Joins the Chinese and the English file of one article; `names` are shown with their problems,
/// Chinese first, cleaned.
///
/// The header's fields come from whichever file has them, first the Chinese one; each title from
/// the file of its language.
///
/// # Errors
/// Both articles, unchanged, unless each is whole, one is in the language expected of it, and the
/// other is too, or has a share of it: beside its English twin an article that quotes much English
/// is the Chinese one. An article that is itself bilingual, or of no language, is no half of another.
pub fn join(
    chinese: Article,
    english: Article,
    names: [&str; 2],
) -> Result<Article, Box<[Article; 2]>> {
    let sections = [
        section_in(&chinese, Language::Chinese),
        section_in(&english, Language::English),
    ];
    let [
        Some((chinese_section, is_chinese)),
        Some((english_section, is_english)),
    ] = sections
    else {
        return Err(Box::new([chinese, english]));
    };
    if !is_chinese && !is_english {
        return Err(Box::new([chinese, english]));
    }
    let sections = Sections::Pair {
        chinese: chinese_section.clone(),
        english: english_section.clone(),
        interleaved: false,
    };
    let problems = in_file(chinese.problems, names[0], Language::Chinese).chain(in_file(
        english.problems,
        names[1],
        Language::English,
    ));
    // `max_by_key` takes the last of equals.
    let dates = [english.date, chinese.date].into_iter();
    let date = dates
        .max_by_key(|date| (date.moment.is_some(), !date.written.is_empty()))
        .unwrap_or_default();
    Ok(Article {
        titles: Titles {
            given: chinese.titles.given,
            chinese: chinese.titles.chinese.or(english.titles.chinese),
            english: english.titles.english.or(chinese.titles.english),
        },
        date,
        description: chinese.description.or(english.description),
        tags: if chinese.tags.is_empty() {
            english.tags
        } else {
            chinese.tags
        },
        source: chinese.source.or(english.source),
        link: chinese.link.or(english.link),
        sections,
        problems: problems.collect(),
    })
}

/// The text of an article that is whole and has a share of a language, and whether it is clearly in
/// that language.
fn section_in(article: &Article, wanted: Language) -> Option<(&Section, bool)> {
    let Sections::Whole {
        section,
        language,
        mixed,
    } = &article.sections
    else {
        return None;
    };
    let is_clear = !mixed && *language == Some(wanted);
    let has_share = is_clear || *mixed || wanted == Language::Chinese && has_chinese(section);
    has_share.then_some((section, is_clear))
}

/// Whether a text has some sentences in Chinese: a tenth of it.
fn has_chinese(section: &Section) -> bool {
    let counts = ScriptCounts::of_markdown(&section.body);
    counts.han >= 60 && counts.han * 6 >= counts.latin
}

fn in_file(problems: Vec<Problem>, name: &str, side: Language) -> impl Iterator<Item = Problem> {
    problems.into_iter().map(move |problem| Problem {
        reason: tr!("in {file}: {reason}", file = name, reason = problem.reason),
        side: Some(side),
        ..problem
    })
}

#[cfg(test)]
#[path = "article_tests.rs"]
mod tests;
