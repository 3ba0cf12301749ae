//! A baseline: a file of findings that are known and are not reported again.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::scan::{CheckRoot, Report};
use crate::bilingual::fingerprint;
use crate::commands::output::{shown, warn};
use crate::error::Error;
use crate::reader::many;

/// A line of the file. A finding is known by its line's text, so that it may move.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    path: PathBuf,
    code: String,
    /// The fingerprint of the line, in hexadecimal digits.
    line: String,
}

/// How often each finding is known.
#[derive(Debug, Default)]
pub(super) struct Baseline(HashMap<Known, usize>);

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, or is no baseline.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let error = |reason: String| Error::Path {
            path: path.to_owned(),
            reason,
        };
        let text = fs::read_to_string(path).map_err(|reason| match reason.kind() {
            ErrorKind::InvalidData => error(tr!("this is no baseline").into()),
            _ => error(crate::library::reason(&reason)),
        })?;
        let mut all = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let known: Known = serde_json::from_str(line)
                .map_err(|_| error(tr!("line {number} is none of a baseline", number = number)))?;
            *all.0.entry(known).or_default() += 1;
        }
        Ok(all)
    }

    /// Leaves out the findings that are known, each as often as it is. Says how many are known and were not found,
    /// for instance because the baseline is of another folder.
    pub(super) fn apply(mut self, reports: &mut Vec<Report<'_>>, roots: &[CheckRoot]) {
        let known = all_known(reports, roots);
        let mut known = known.into_iter();
        reports.retain(|_| {
            let count = known.next().and_then(|known| self.0.get_mut(&known));
            let Some(count) = count.filter(|count| **count > 0) else {
                return true;
            };
            *count -= 1;
            false
        });
        let left: usize = self.0.values().sum();
        if left > 0 {
            warn(&tr!(
                "not found, but in the baseline: {findings}",
                findings = many(left, "finding")
            ));
        }
    }
}

/// Writes a file that knows some findings. Only a baseline is written over: a wrong name must not cost an article.
///
/// # Errors
/// If it cannot be written, or is something else.
pub(super) fn write(path: &Path, reports: &[Report<'_>], roots: &[CheckRoot]) -> Result<(), Error> {
    if path.exists() {
        Baseline::read(path)?;
    }
    let lines = all_known(reports, roots).into_iter().map(|known| {
        serde_json::to_string(&known).expect("invariant: three strings are JSON") + "\n"
    });
    fs::write(path, lines.collect::<String>()).map_err(|reason| Error::Path {
        path: path.to_owned(),
        reason: crate::library::reason(&reason),
    })
}

/// What a baseline knows of each finding. The files are read again, each once: findings come in the order of files.
fn all_known(reports: &[Report<'_>], roots: &[CheckRoot]) -> Vec<Known> {
    let mut source: (Option<&Path>, String) = (None, String::new());
    let mut all = Vec::with_capacity(reports.len());
    for report in reports {
        let (file, finding) = (report.file(), &report.finding);
        if source.0 != Some(file) {
            source = (Some(file), report.source(roots));
        }
        let line = source
            .1
            .lines()
            .nth(finding.line.saturating_sub(1) as usize);
        all.push(Known {
            path: shown(file).into(),
            code: finding.rule.info().code.into(),
            line: format!("{:016x}", fingerprint(line.unwrap_or_default().trim())),
        });
    }
    all
}
