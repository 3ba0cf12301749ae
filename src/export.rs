//! Articles as files of other programs: HTML, EPUB, Atom and Markdown; notes as Markdown, Org, HTML and CSV; words as
//! cards; statistics as a picture.
//!
//! Articles are written from the parsed [`Document`](crate::markdown::Document), never from the Markdown
//! or HTML of an article: its text is escaped, and only links that can be opened stay links.

mod article;
mod atom;
mod cards;
mod epub;
mod fragment;
mod markdown;
mod notes;
mod page;
mod picture;
mod xml;

pub use article::{ExportedArticle, article_body};
pub use atom::{Feed, atom_entry};
pub use cards::{CARD_FIELDS, Card, DECK_ATTRIBUTION, DECK_NAME, card_line, cards_head};
pub use epub::{Book, chapter_path, xhtml};
pub use markdown::article_markdown;
pub use notes::{NoteTemplate, NotedArticle, NotedPassage, notes_csv};
pub use page::{PAGE_END, page_start};
pub use picture::statistics_picture;
pub use xml::xml;
