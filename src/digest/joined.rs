//! Joins the two files of one article, each in its language.

use super::article::Article;
use super::sections::{Section, Sections};
use super::titles::Titles;
use crate::text::{Language, Problem};

/// Joins the Chinese and the English file of one article; `names` are shown with their problems, Chinese first, cleaned.
///
/// The header's fields come from whichever file has them, first the Chinese one; each title from the file of its language.
///
/// # Errors
/// Both articles, unchanged, unless each is whole and in the language expected of it: an article that is itself bilingual, mixed, or of
/// no clear language is no half of another.
pub fn join(chinese: Article, english: Article, names: [&str; 2]) -> Result<Article, Box<[Article; 2]>> {
    let (Some(chinese_section), Some(english_section)) =
        (section_in(&chinese, Language::Chinese), section_in(&english, Language::English))
    else {
        return Err(Box::new([chinese, english]));
    };
    let sections = Sections::Pair { chinese: chinese_section.clone(), english: english_section.clone() };
    let problems = in_file(chinese.problems, names[0]).chain(in_file(english.problems, names[1]));
    // `max_by_key` takes the last of equals.
    let dates = [english.date, chinese.date].into_iter();
    let date = dates.max_by_key(|date| (date.moment.is_some(), !date.written.is_empty())).unwrap_or_default();
    Ok(Article {
        titles: Titles {
            given: chinese.titles.given,
            chinese: chinese.titles.chinese.or(english.titles.chinese),
            english: english.titles.english.or(chinese.titles.english),
        },
        date,
        description: chinese.description.or(english.description),
        tags: if chinese.tags.is_empty() { english.tags } else { chinese.tags },
        source: chinese.source.or(english.source),
        link: chinese.link.or(english.link),
        sections,
        problems: problems.collect(),
    })
}

/// The text of an article that is whole and in a language.
fn section_in(article: &Article, wanted: Language) -> Option<&Section> {
    match &article.sections {
        Sections::Whole { section, language, mixed: false } if *language == Some(wanted) => Some(section),
        _ => None,
    }
}

/// Problems that say which file they belong to.
fn in_file(problems: Vec<Problem>, name: &str) -> impl Iterator<Item = Problem> {
    problems.into_iter().map(move |problem| Problem { reason: format!("in {name}: {}", problem.reason), ..problem })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const ZH: &str = "---\ntitle: 茶叶涨价\ndate: someday\ntags: [农业]\n---\n\n春天少雨，茶园减产，茶商说今年绿茶的价格比去年高出两成。\n";
    const EN: &str = "---\ntitle: Tea prices rise\ndate: 2024-03-02\nauthor: gazette\n---\n\nA dry spring has cut the harvest, and traders say that green tea costs more than a year ago.\n";

    fn joined(zh: &str, en: &str) -> Result<Article, Box<[Article; 2]>> {
        join(read(zh.as_bytes(), "tea.md"), read(en.as_bytes(), "tea-en.md"), ["tea.md", "tea-en.md"])
    }

    #[test]
    fn the_fields_come_from_whichever_file_has_them() {
        let article = joined(ZH, EN).unwrap();
        assert_eq!(article.titles.in_language(Language::Chinese), "茶叶涨价");
        assert_eq!(article.titles.in_language(Language::English), "Tea prices rise");
        assert_eq!(article.date.written, "2024-03-02");
        assert_eq!((article.tags, article.source), (vec!["农业".to_owned()], Some("gazette".to_owned())));
        let Sections::Pair { chinese, english } = article.sections else { panic!("no pair") };
        assert!(chinese.body.contains("春天") && english.body.contains("spring"));
        assert_eq!((chinese.parts[0].line, english.parts[0].line), (7, 7));
        let reasons: Vec<String> = article.problems.iter().map(ToString::to_string).collect();
        assert_eq!(reasons.len(), 1);
        assert!(reasons[0].starts_with("line 3: in tea.md: the date"), "{reasons:?}");
    }

    #[test]
    fn the_date_of_the_chinese_file_comes_first() {
        let zh = ZH.replace("someday", "2024-01-01");
        assert_eq!(joined(&zh, EN).unwrap().date.written, "2024-01-01");
    }

    #[test]
    fn what_is_not_the_language_it_is_taken_for_is_not_joined() {
        let bilingual = format!("{ZH}\n---\n\n**Summary:**\n\n{}", EN.rsplit("---\n").next().unwrap());
        for (zh, en) in [(EN, ZH), (ZH, ZH), (EN, EN), (ZH, ""), ("", EN), (&bilingual, EN), (ZH, "1 + 1")] {
            assert!(joined(zh, en).is_err(), "{zh} {en}");
        }
    }
}
