//! TOML, between `+++` lines.

use toml::{Table, Value as Toml};

use super::value::{HeaderEntries, MAX_PARSED, ParseFailure, Value};
use crate::text::{clean_line, line_breaks};

/// Reads TOML.
pub(super) fn read(inner: &str) -> Result<HeaderEntries, ParseFailure> {
    if inner.len() > MAX_PARSED {
        return Err(ParseFailure::too_long());
    }
    match inner.parse::<Table>() {
        Ok(table) => Ok(entries(table)),
        Err(error) => {
            let line = error.span().and_then(|span| inner.get(..span.start)).map(line_breaks);
            Err(ParseFailure { line, reason: clean_line(error.message()).into_owned() })
        }
    }
}

fn entries(table: Table) -> HeaderEntries {
    table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()
}

/// Converts a TOML value. The parser bounds the depth.
fn from_toml(value: Toml) -> Value {
    match value {
        Toml::String(text) => Value::from(text),
        Toml::Integer(number) => Value::from(number.to_string()),
        Toml::Float(number) => Value::from(number.to_string()),
        Toml::Boolean(value) => Value::from(value.to_string()),
        Toml::Datetime(datetime) => Value::from(datetime.to_string()),
        Toml::Array(items) => Value::List(items.into_iter().map(from_toml).collect()),
        Toml::Table(table) => Value::Map(entries(table)),
    }
}
