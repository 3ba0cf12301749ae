//! How bad each finding is taken to be.

use crate::check::Rule;
use crate::error::Error;
use crate::text::clean_line;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// It is not told.
    Allowed,
    /// It is told.
    Note,
    /// It is told, and fails the check.
    Denied,
}

impl Level {
    /// The word for it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Note => "note",
            Self::Denied => "denied",
        }
    }
}

/// The level of every rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Levels([Level; Rule::ALL.len()]);

impl Levels {
    /// The levels by default, with some codes denied and some allowed. `all` gives way to codes named by themselves.
    ///
    /// # Errors
    /// [`Error::Usage`] where there is no such code, or one is both denied and allowed.
    pub(super) fn new(deny: &[String], allow: &[String]) -> Result<Self, Error> {
        let mut levels = Self(Rule::ALL.map(|rule| if rule.is_denied() { Level::Denied } else { Level::Note }));
        let (deny_all, deny) = split(deny)?;
        let (allow_all, allow) = split(allow)?;
        let both = || Error::Usage("the same code cannot be denied and allowed at once".into());
        if (deny_all && allow_all) || deny.iter().any(|rule| allow.contains(rule)) {
            return Err(both());
        }
        if deny_all || allow_all {
            levels.0.fill(if deny_all { Level::Denied } else { Level::Allowed });
        }
        for (rules, level) in [(deny, Level::Denied), (allow, Level::Allowed)] {
            for rule in rules {
                levels.0[rule as usize] = level;
            }
        }
        Ok(levels)
    }

    pub(super) const fn of(&self, rule: Rule) -> Level {
        self.0[rule as usize]
    }

    pub(super) fn is_told(&self, rule: Rule) -> bool {
        self.of(rule) != Level::Allowed
    }
}

/// Whether all rules are named, and those named by themselves.
fn split(codes: &[String]) -> Result<(bool, Vec<Rule>), Error> {
    let (all, codes): (Vec<&String>, Vec<&String>) =
        codes.iter().partition(|code| code.trim().eq_ignore_ascii_case("all"));
    Ok((!all.is_empty(), codes.into_iter().map(|code| rule(code)).collect::<Result<_, _>>()?))
}

/// The rule of a code given on the command line.
///
/// # Errors
/// [`Error::Usage`] where there is none.
pub(super) fn rule(code: &str) -> Result<Rule, Error> {
    Rule::of(code).ok_or_else(|| {
        let last = Rule::ALL[Rule::ALL.len() - 1].code();
        Error::Usage(format!(
            "there is no code {}: they go from JB001 to {last}; see `jianbao check --help`",
            clean_line(code)
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(deny: &[&str], allow: &[&str]) -> Result<Levels, Error> {
        let owned = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        Levels::new(&owned(deny), &owned(allow))
    }

    #[test]
    fn a_code_by_itself_wins_over_all() {
        let default = levels(&[], &[]).unwrap();
        assert_eq!((default.of(Rule::FiguresDisagree), default.of(Rule::NoAnswer)), (Level::Denied, Level::Note));
        let strict = levels(&["jb003"], &["all"]).unwrap();
        assert_eq!(
            (strict.of(Rule::FiguresDisagree), strict.of(Rule::MissingSection)),
            (Level::Denied, Level::Allowed)
        );
        let all = levels(&["ALL"], &["JB002"]).unwrap();
        assert_eq!((all.of(Rule::NoAnswer), all.of(Rule::DeadLink)), (Level::Allowed, Level::Denied));
        assert!(!all.is_told(Rule::NoAnswer));
        assert!(levels(&["JB002"], &["no-answer"]).is_err() && levels(&["JB999"], &[]).is_err());
    }
}
