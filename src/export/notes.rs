//! Highlights and notes as Markdown, Org, HTML and CSV. The first three are templates, and the reader may bring one.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, context,
    escape_formatter,
};
use serde::Serialize;

use super::markdown::{escaped, is_autolink};
use super::page::ARTICLE_STYLE;
use crate::text::{clean, clean_line};

/// What a template may do for each note and each 64 bytes of them: far more than the built-in ones need.
const FUEL_PER_NOTE: u64 = 2_000;
/// What it may do at least.
const LEAST_FUEL: u64 = 1_000_000;

/// A format of notes that has a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteTemplate {
    /// Markdown.
    Markdown,
    /// Org, for Emacs.
    Org,
    /// A page of HTML.
    Html,
}

/// An article with its highlights and notes, as templates know it. All texts are cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotedArticle {
    /// The title in the language of the reader; without an article the path.
    pub title: String,
    /// The Chinese title.
    pub title_zh: Option<String>,
    /// The English title.
    pub title_en: Option<String>,
    /// The path, relative to the folder of the library.
    pub path: String,
    /// The day of the article, as `2026-01-19`.
    pub date: Option<String>,
    /// The source.
    pub source: Option<String>,
    /// The link, if it can be opened.
    pub link: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// In the order of the text.
    pub notes: Vec<NotedPassage>,
}

/// A highlight, with its note or without, as templates know it. All texts are cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotedPassage {
    /// What it is known by: 16 hexadecimal digits.
    pub id: String,
    /// The command that opens it.
    pub open: String,
    /// The name of the colour.
    pub colour: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// What is highlighted.
    pub text: String,
    /// The note; empty without one.
    pub note: String,
    /// The tags in the note.
    pub tags: Vec<String>,
    /// When it was made: RFC 3339.
    pub created: String,
    /// When it was changed last.
    pub changed: String,
    /// The day on which it was made.
    pub day: String,
}

impl NotedArticle {
    /// Cleans all texts, and leaves a link out that cannot be opened.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let line = |text: String| clean_line(&text).into_owned();
        let passage = |it: NotedPassage| NotedPassage {
            text: clean(&it.text).into_owned(),
            note: clean(&it.note).into_owned(),
            tags: it.tags.into_iter().map(line).collect(),
            ..it
        };
        Self {
            title: line(self.title),
            title_zh: self.title_zh.map(line),
            title_en: self.title_en.map(line),
            path: line(self.path),
            date: self.date.map(line),
            source: self.source.map(line),
            link: self
                .link
                .map(line)
                .filter(|it| is_autolink(it) && !it.contains(char::is_whitespace)),
            tags: self.tags.into_iter().map(line).collect(),
            notes: self.notes.into_iter().map(passage).collect(),
        }
    }

    fn bytes(&self) -> usize {
        let notes = self.notes.iter().map(|it| it.text.len() + it.note.len());
        notes.sum()
    }
}

impl NoteTemplate {
    /// The template of the program itself.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Markdown => include_str!("../../assets/export/notes.md.jinja"),
            Self::Org => include_str!("../../assets/export/notes.org.jinja"),
            Self::Html => include_str!("../../assets/export/notes.html.jinja"),
        }
    }

    /// How a template that does not say `safe` writes values.
    fn escape(self) -> AutoEscape {
        match self {
            Self::Markdown => AutoEscape::Custom("md".into()),
            Self::Org => AutoEscape::Custom("org".into()),
            Self::Html => AutoEscape::Html,
        }
    }

    /// Fills a template, the program's own or another one, with articles.
    ///
    /// # Errors
    /// What is wrong in the template with its line, or that it does too much: a loop that does not end.
    pub fn fill(self, source: &str, articles: &[NotedArticle]) -> Result<String, String> {
        let mut environment = Environment::new();
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .keep_trailing_newline(true)
                .build()
                .expect("invariant: the delimiters are the usual ones"),
        );
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(move |_| self.escape());
        environment.set_formatter(format_value);
        environment.add_filter("quoted", quoted);
        let notes = articles.iter().map(|it| it.notes.len()).sum::<usize>();
        let bytes = articles.iter().map(NotedArticle::bytes).sum::<usize>();
        let units = (notes + articles.len() + bytes / 64) as u64;
        environment.set_fuel(Some(LEAST_FUEL + FUEL_PER_NOTE * units));
        let values = context! { articles => Value::from(Serde(articles)), style => ARTICLE_STYLE };
        let filled = environment.render_named_str("template", source, values);
        filled.map_err(|error| said(&error))
    }
}

/// An error of a template in one line.
fn said(error: &Error) -> String {
    let line = error.line().unwrap_or_default();
    let reason = match error.kind() {
        ErrorKind::OutOfFuel => {
            tr!("it does too much: does a loop never end, or is a text made longer and longer?")
                .to_owned()
        }
        kind => error.detail().map_or(kind.to_string(), str::to_owned),
    };
    tr!(
        "line {line}: {reason}",
        line = line,
        reason = clean_line(&reason)
    )
}

/// Writes a value as the format needs it.
fn format_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    let AutoEscape::Custom(kind) = state.auto_escape() else {
        return escape_formatter(out, state, value);
    };
    let text = match &**kind {
        _ if value.is_safe() => value.to_string(),
        "md" => escaped(&value.to_string(), false),
        _ => org(&value.to_string()),
    };
    out.write_str(&text).map_err(Error::from)
}

/// A text as a quotation in Markdown.
fn quoted(text: &str) -> Value {
    let lines = escaped(text, false);
    let lines = lines.split('\n').map(|line| format!("> {line}"));
    Value::from_safe_string(lines.collect::<Vec<_>>().join("\n"))
}

/// A text in Org. Lines that would be headings, keywords or drawers begin with a zero-width space, as its manual says.
fn org(text: &str) -> String {
    let line = |line: &str| {
        if line.trim_start().starts_with(['*', '#', ':']) {
            format!("\u{200B}{line}")
        } else {
            line.to_owned()
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The columns of the table.
const COLUMNS: [&str; 13] = [
    "id", "colour", "text", "note", "tags", "title", "date", "source", "link", "path", "lang",
    "created", "open",
];

/// Notes as a table (RFC 4180). A cell that a spreadsheet would take for a formula begins with `'`.
pub fn notes_csv(articles: &[NotedArticle]) -> String {
    let mut table = COLUMNS.join(",") + "\r\n";
    for article in articles {
        for note in &article.notes {
            let option = |text: &Option<String>| text.clone().unwrap_or_default();
            let cells = [
                &note.id,
                note.colour,
                &note.text,
                &note.note,
                &note.tags.join(" "),
                &article.title,
                &option(&article.date),
                &option(&article.source),
                &option(&article.link),
                &article.path,
                note.lang,
                &note.created,
                &note.open,
            ];
            table.push_str(&cells.map(cell).join(","));
            table.push_str("\r\n");
        }
    }
    table
}

/// A cell: in quotation marks where it has to be, and never a formula.
fn cell(text: &str) -> String {
    // Spreadsheets pass over blanks before a formula, and take full-width signs for it too.
    let is_formula = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if is_formula || text.starts_with('\t') {
        "'"
    } else {
        ""
    };
    if text.contains(['"', ',', '\n', '\r', ';', '\t']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str, note: &str) -> NotedArticle {
        let passage = NotedPassage {
            id: "0123456789abcdef".into(),
            open: "jianbao open 0123456789abcdef".into(),
            colour: "green",
            lang: "en",
            text: text.into(),
            note: note.into(),
            tags: vec!["tea".into()],
            created: "2026-01-19T08:00:00Z".into(),
            changed: "2026-01-19T08:00:00Z".into(),
            day: "2026-01-19".into(),
        };
        let article = NotedArticle {
            title: "Tea <and> *rice*".into(),
            title_en: Some("Tea".into()),
            path: "a/tea.md".into(),
            date: Some("2026-01-18".into()),
            source: Some("=cmd".into()),
            link: Some("https://e.example/?a=1&b".into()),
            notes: vec![passage],
            ..NotedArticle::default()
        };
        article.cleaned()
    }

    fn filled(template: NoteTemplate, articles: &[NotedArticle]) -> String {
        template.fill(template.source(), articles).unwrap()
    }

    #[test]
    fn each_format_says_the_same() {
        let one = article(
            "First *line*\n# second <b>",
            "mine: **bold** #tea\n* no heading",
        );
        let two = NotedArticle {
            title: "b.md".into(),
            path: "b.md".into(),
            notes: one.notes.clone(),
            ..NotedArticle::default()
        };
        let all = [one, two];
        insta::assert_snapshot!("notes_markdown", filled(NoteTemplate::Markdown, &all));
        insta::assert_snapshot!("notes_org", filled(NoteTemplate::Org, &all));
        let html = filled(NoteTemplate::Html, &all);
        let body = html.split_once("<body>").unwrap().1;
        insta::assert_snapshot!("notes_html", body);
        insta::assert_snapshot!("notes_csv", notes_csv(&all));
    }

    #[test]
    fn a_template_that_loops_ends_with_its_line() {
        let all = [article("text", "")];
        for (template, line) in [
            (
                "{% for a in range(99999) %}\n{% for b in range(99999) %}x{% endfor %}{% endfor %}",
                2,
            ),
            (
                "{% set n = namespace(x='ab') %}\n{% for a in range(64) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
                2,
            ),
            ("{{ 'x' * 99999999999 }}", 1),
        ] {
            let error = NoteTemplate::Markdown.fill(template, &all).unwrap_err();
            assert!(
                error.starts_with(&format!("line {line}: ")),
                "{template}: {error}"
            );
        }
        let error = NoteTemplate::Html.fill("\n{{ articel.title }}", &all);
        assert!(error.unwrap_err().starts_with("line 2: "));
    }

    #[test]
    fn a_template_of_ones_own_escapes_as_its_format_does() {
        let all = [article("a < b", "")];
        let template = "{% for a in articles %}{% for n in a.notes %}{{ n.text }}|{{ n.text|safe }}{% endfor %}{% endfor %}";
        let of = |format: NoteTemplate| format.fill(template, &all).unwrap();
        assert_eq!(of(NoteTemplate::Html), "a &lt; b|a < b");
        assert_eq!(of(NoteTemplate::Markdown), "a \\< b|a < b");
        assert_eq!(of(NoteTemplate::Org), "a < b|a < b");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(1)", " \t=1", "＝1", "\t1", "\n=1", "=a,\"b\"",
        ] {
            let cell = cell(text);
            assert!(
                cell.trim_start_matches('"').starts_with('\''),
                "{text:?}: {cell}"
            );
        }
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("1 - 1 = 0"), "1 - 1 = 0");
    }

    #[test]
    fn hostile_characters_are_in_no_format() {
        let note = "\u{202E}evil\u{1b}[31m\u{200B}\u{7}".repeat(30_000);
        let one = article("\u{202E}text\u{1b}]0;x\u{7}", &note);
        for template in [
            NoteTemplate::Markdown,
            NoteTemplate::Org,
            NoteTemplate::Html,
        ] {
            let filled = filled(template, std::slice::from_ref(&one));
            assert!(filled.len() > note.len() / 3);
            assert!(!filled.contains(['\u{202E}', '\u{1b}', '\u{7}']));
        }
        assert!(!notes_csv(&[one]).contains(['\u{202E}', '\u{1b}', '\u{7}']));
    }
}
