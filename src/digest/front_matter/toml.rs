//! TOML, between `+++` lines.

use toml::{Table, Value as Toml};

use super::region::line_breaks;
use super::value::{Entries, Value};
use super::{Failure, LONGEST};
use crate::text::clean_line;

/// Reads TOML.
pub(super) fn read(inner: &str) -> Result<Entries, Failure> {
    if inner.len() > LONGEST {
        return Err(Failure { line: None, reason: "it is longer than 64 KB".to_owned() });
    }
    match inner.parse::<Table>() {
        Ok(table) => Ok(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()),
        Err(error) => {
            let line = error.span().and_then(|span| inner.get(..span.start)).map(line_breaks);
            Err(Failure { line, reason: clean_line(error.message()).into_owned() })
        }
    }
}

/// Turns a TOML value into ours. The parser bounds the depth.
fn from_toml(value: Toml) -> Value {
    match value {
        Toml::String(text) => Value::Text(text),
        Toml::Integer(number) => Value::Text(number.to_string()),
        Toml::Float(number) => Value::Text(number.to_string()),
        Toml::Boolean(value) => Value::Text(value.to_string()),
        Toml::Datetime(datetime) => Value::Text(datetime.to_string()),
        Toml::Array(items) => Value::List(items.into_iter().map(from_toml).collect()),
        Toml::Table(table) => Value::Map(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()),
    }
}
