//! TOML, between `+++` lines.

use std::borrow::Cow;

use toml::{Table, Value as Toml};

use super::region::line_breaks;
use super::value::{Entries, Value};
use super::{Failure, LONGEST};
use crate::text::clean_line;

/// Reads TOML.
pub(super) fn read(inner: &str) -> Result<Entries<'static>, Failure> {
    if inner.len() > LONGEST {
        return Err(Failure { line: None, reason: "it is longer than 64 KB".to_owned() });
    }
    match inner.parse::<Table>() {
        Ok(table) => Ok(table.into_iter().map(entry).collect()),
        Err(error) => {
            let line = error.span().and_then(|span| inner.get(..span.start)).map(line_breaks);
            Err(Failure { line, reason: clean_line(error.message()).into_owned() })
        }
    }
}

/// Turns a TOML entry into ours.
fn entry((key, value): (String, Toml)) -> (Cow<'static, str>, Value<'static>) {
    (Cow::Owned(key), from_toml(value))
}

/// Turns a TOML value into ours. The parser bounds the depth.
fn from_toml(value: Toml) -> Value<'static> {
    match value {
        Toml::String(text) => Value::from(text),
        Toml::Integer(number) => Value::from(number.to_string()),
        Toml::Float(number) => Value::from(number.to_string()),
        Toml::Boolean(value) => Value::from(value.to_string()),
        Toml::Datetime(datetime) => Value::from(datetime.to_string()),
        Toml::Array(items) => Value::List(items.into_iter().map(from_toml).collect()),
        Toml::Table(table) => Value::Map(table.into_iter().map(entry).collect()),
    }
}
