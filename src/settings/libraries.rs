//! The libraries that have a name.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::problem::{SettingOrigin, SettingProblem};

/// A folder with a name, so that `jianbao @news` opens it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LibrarySetting {
    /// Its name, without the @.
    pub name: String,
    /// Its folder; ~ is the home folder.
    path: PathBuf,
}

impl LibrarySetting {
    /// Its folder.
    pub fn folder(&self, home: Option<&Path>) -> PathBuf {
        match (self.path.strip_prefix("~"), home) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => self.path.clone(),
        }
    }
}

/// The libraries of the value of `library`, and what is wrong with them. `line` gives the line of
/// an offset.
pub(super) fn library_settings(
    value: Spanned<DeValue<'_>>,
    line: &dyn Fn(usize) -> Option<usize>,
) -> (Vec<LibrarySetting>, Vec<SettingProblem>) {
    let (mut libraries, mut problems) = (Vec::new(), Vec::new());
    let at = value.span().start;
    let mut wrong = |at| {
        problems.push(SettingProblem {
            origin: SettingOrigin::File,
            line: line(at),
            message: tr!("library: expected [[library]] with a name and a path").into(),
        });
    };
    match value.into_inner() {
        DeValue::Array(items) => {
            for item in items {
                let at = item.span().start;
                match LibrarySetting::deserialize(ValueDeserializer::from(item)) {
                    Ok(library) if !library.name.is_empty() => libraries.push(library),
                    _ => wrong(at),
                }
            }
        }
        _ => wrong(at),
    }
    (libraries, problems)
}
