//! Which rules report errors, which report notes, and which report nothing.

use crate::check::Rule;
use crate::error::Error;
use crate::text::clean_line;

/// What breaking a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Not reported.
    Off,
    Note,
    /// Makes the check fail.
    Error,
}

impl Level {
    fn by_default(rule: Rule) -> Self {
        if rule.is_error() { Self::Error } else { Self::Note }
    }
}

/// The level of every rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Levels([Level; Rule::ALL.len()]);

impl Levels {
    /// The default levels, with some codes denied and some allowed. A code named by itself wins over `all`.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such code, or one is both denied and allowed.
    pub(super) fn new(deny: &[String], allow: &[String]) -> Result<Self, Error> {
        let mut levels = Self(Rule::ALL.map(Level::by_default));
        let (deny_all, deny) = split_all(deny)?;
        let (allow_all, allow) = split_all(allow)?;
        if (deny_all && allow_all) || deny.iter().any(|rule| allow.contains(rule)) {
            return Err(Error::Usage("a code cannot be both denied and allowed".into()));
        }
        if deny_all {
            levels.0.fill(Level::Error);
        }
        if allow_all {
            levels.0.fill(Level::Off);
        }
        for rule in deny {
            levels.0[rule as usize] = Level::Error;
        }
        for rule in allow {
            levels.0[rule as usize] = Level::Off;
        }
        Ok(levels)
    }

    pub(super) const fn of(&self, rule: Rule) -> Level {
        self.0[rule as usize]
    }

    pub(super) fn is_on(&self, rule: Rule) -> bool {
        self.of(rule) != Level::Off
    }
}

/// Whether `all` is among the codes, and the rules named by themselves.
fn split_all(codes: &[String]) -> Result<(bool, Vec<Rule>), Error> {
    let (all, codes): (Vec<&String>, Vec<&String>) =
        codes.iter().partition(|code| code.trim().eq_ignore_ascii_case("all"));
    Ok((!all.is_empty(), codes.into_iter().map(|code| rule(code)).collect::<Result<_, _>>()?))
}

/// The rule with a code from the command line.
///
/// # Errors
/// [`Error::Usage`] if there is none.
pub(super) fn rule(code: &str) -> Result<Rule, Error> {
    Rule::of(code).ok_or_else(|| {
        let last = Rule::ALL[Rule::ALL.len() - 1].code();
        Error::Usage(format!(
            "unknown code {}: the codes are JB001 to {last}; see `jianbao check --help`",
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
        assert_eq!((default.of(Rule::FiguresDisagree), default.of(Rule::Untranslated)), (Level::Error, Level::Note));
        let strict = levels(&["jb003"], &["all"]).unwrap();
        assert_eq!((strict.of(Rule::FiguresDisagree), strict.of(Rule::MissingSection)), (Level::Error, Level::Off));
        let all = levels(&["ALL"], &["JB002"]).unwrap();
        assert_eq!((all.of(Rule::Untranslated), all.of(Rule::DeadLink)), (Level::Off, Level::Error));
        assert!(!all.is_on(Rule::Untranslated));
        assert!(levels(&["JB002"], &["no-answer"]).is_err() && levels(&["JB999"], &[]).is_err());
    }
}
