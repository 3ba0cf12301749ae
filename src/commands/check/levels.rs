//! Which rules report errors, which report notes, and which report nothing.

use crate::check::{RULES, Rule};
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

/// The level of each rule.
#[derive(Debug)]
pub(super) struct Levels([Level; RULES.len()]);

impl Levels {
    /// Those of the rules themselves.
    pub(super) fn new() -> Self {
        Self(RULES.each_ref().map(|info| {
            if info.is_error {
                Level::Error
            } else {
                Level::Note
            }
        }))
    }

    /// Denies and allows codes. A code named by itself wins over `all`.
    pub(super) fn with(self, deny: &[String], allow: &[String]) -> Result<Self, Error> {
        let (denies_all, deny) = named(deny)?;
        let (allows_all, allow) = named(allow)?;
        if (denies_all && allows_all) || deny.iter().any(|rule| allow.contains(rule)) {
            return Err(Error::Usage(
                tr!("a code cannot be both denied and allowed").into(),
            ));
        }
        Ok(Self(RULES.each_ref().map(|info| match info.rule {
            rule if deny.contains(&rule) => Level::Error,
            rule if allow.contains(&rule) => Level::Off,
            _ if denies_all => Level::Error,
            _ if allows_all => Level::Off,
            rule => self.of(rule),
        })))
    }

    pub(super) const fn of(&self, rule: Rule) -> Level {
        self.0[rule as usize]
    }

    pub(super) fn is_on(&self, rule: Rule) -> bool {
        self.of(rule) != Level::Off
    }
}

/// Whether `all` is among some codes, and the rules of the others.
fn named(codes: &[String]) -> Result<(bool, Vec<Rule>), Error> {
    let (all, codes): (Vec<&String>, Vec<&String>) = codes
        .iter()
        .partition(|code| code.trim().eq_ignore_ascii_case("all"));
    let rules = codes.into_iter().map(|code| rule(code));
    Ok((!all.is_empty(), rules.collect::<Result<_, _>>()?))
}

/// The rule with a code from the command line.
pub(super) fn rule(code: &str) -> Result<Rule, Error> {
    Rule::of(code).ok_or_else(|| {
        let last = RULES[RULES.len() - 1].code;
        Error::Usage(tr!(
            "unknown code {code}: the codes are JB001 to {last}; see `jianbao check --help`",
            code = clean_line(code),
            last = last
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(deny: &[&str], allow: &[&str]) -> Result<Levels, Error> {
        let owned = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        Levels::new().with(&owned(deny), &owned(allow))
    }

    #[test]
    fn a_code_by_itself_wins_over_all() {
        let default = levels(&[], &[]).unwrap();
        assert_eq!(
            (
                default.of(Rule::FiguresDisagree),
                default.of(Rule::Untranslated)
            ),
            (Level::Error, Level::Note)
        );
        let strict = levels(&["jb003"], &["all"]).unwrap();
        assert_eq!(
            (
                strict.of(Rule::FiguresDisagree),
                strict.of(Rule::MissingSection)
            ),
            (Level::Error, Level::Off)
        );
        let all = levels(&["ALL"], &["JB002"]).unwrap();
        assert_eq!(
            (all.of(Rule::Untranslated), all.of(Rule::DeadLink)),
            (Level::Off, Level::Error)
        );
        assert!(!all.is_on(Rule::Untranslated));
        assert!(levels(&["JB002"], &["no-answer"]).is_err() && levels(&["JB999"], &[]).is_err());
    }
}
