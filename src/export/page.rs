//! A page of HTML that holds everything it needs.

use super::xml::xml;

/// How an article looks in a page and in a book.
pub(super) const ARTICLE_STYLE: &str = include_str!("../../assets/export/article.css");

/// What a page has beyond that: its colours, the two columns, the choice of languages.
const PAGE_STYLE: &str = include_str!("../../assets/export/page.css");

/// The end of a page.
pub const PAGE_END: &str = "</body>\n</html>\n";

/// The start of a page: its head, the choice of languages if an article has two, and the contents if
/// there are several articles. Article number N has the id `aN`.
///
/// The policy in the head forbids the browser to load or run anything, whatever a flaw might let
/// through.
pub fn page_start(title: &str, titles: &[String], is_bilingual: bool) -> String {
    let title = xml(title);
    let version = env!("CARGO_PKG_VERSION");
    let mut page = format!(
        r#"<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="jianbao {version}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{ARTICLE_STYLE}{PAGE_STYLE}</style>
</head>
<body>
"#
    );
    if is_bilingual {
        page.push_str(
            r#"<div class="languages">
<label><input type="radio" name="languages" id="both" checked> 中 + EN</label>
<label lang="zh"><input type="radio" name="languages" id="only-zh"> 中文</label>
<label lang="en"><input type="radio" name="languages" id="only-en"> English</label>
</div>
"#,
        );
    }
    if titles.len() > 1 {
        page.extend(["<nav>\n<h1>", &*title, "</h1>\n<ol>\n"]);
        for (number, title) in (1..).zip(titles) {
            page.push_str(&contents_line(&format!("#a{number}"), title));
        }
        page.push_str("</ol>\n</nav>\n");
    }
    page
}

/// A line of a list of contents.
pub(super) fn contents_line(target: &str, title: &str) -> String {
    format!("<li><a href=\"{target}\">{}</a></li>\n", xml(title))
}
