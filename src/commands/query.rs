//! Queries on the command line.

use crate::catalog::{DefaultField, Query};
use crate::error::Error;
use crate::text::clean_line;

/// Parses a query.
///
/// # Errors
/// [`Error::Usage`] with the query, and carets under the error in it.
pub(super) fn parse(query: &str, default_field: DefaultField) -> Result<Query, Error> {
    Query::parse(query, default_field).map_err(|error| {
        let columns = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let before = columns(query.get(..error.at.start).unwrap_or(query));
        let carets = "^".repeat(columns(query.get(error.at).unwrap_or_default()).max(1));
        Error::Usage(format!("{}\n  {}\n  {:before$}{carets}", clean_line(&error.reason), clean_line(query), ""))
    })
}
