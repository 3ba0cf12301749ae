//! Bytes to [`Article`]: encodings, front matter of every kind met in the wild, dates, and the two
//! language sections.
//!
//! Pure, and total: every sequence of bytes gives an article, with its
//! [`Problem`](crate::text::Problem)s. The only door to `serde_yaml`.

mod article;
mod date;
mod decode;
mod front_matter;
mod markup;
mod sections;
mod titles;
mod words;

pub use article::{Article, join, read};
pub use date::{Date, Moment};
pub use decode::decode;
pub use sections::{Part, Section, Sections, names_structure};
pub use titles::Titles;
