//! A block of an article as a quotation.

use jiff::tz::TimeZone;

use super::page::Page;
use super::page::date_and_time;

/// The current block as a quotation in Markdown, with title, source, date and link; none in an empty text.
pub(super) fn quotation(page: &Page, zone: &TimeZone) -> Option<String> {
    let block = page.current_block()?;
    let article = &page.text().article;
    let mut quotation = String::new();
    for line in page.document().block_text(block as usize).lines() {
        quotation.push_str(if line.is_empty() { ">" } else { "> " });
        quotation.push_str(line);
        quotation.push('\n');
    }
    let date = Some(date_and_time(&article.date, zone)).filter(|date| !date.is_empty());
    let title = Some(article.titles.in_language(page.side()).to_owned());
    let facts: Vec<String> = [title, article.source.clone(), date].into_iter().flatten().collect();
    quotation.push_str(">\n> — ");
    quotation.push_str(&facts.join(" · "));
    if let Some(link) = &article.link {
        quotation.push_str("\n> ");
        quotation.push_str(link);
    }
    quotation.push('\n');
    Some(quotation)
}

/// The current pair as two lines, Chinese first; none where nothing answers the current block.
pub(super) fn pair(page: &Page) -> Option<String> {
    let [chinese, english] = page.current_pair()?;
    let line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("{}\n{}\n", line(chinese), line(english)))
}
