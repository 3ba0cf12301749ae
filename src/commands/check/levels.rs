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

/// The levels that the command line asks for.
#[derive(Debug)]
pub(super) struct Levels {
    deny: RuleSet,
    allow: RuleSet,
}

/// The rules named by `--deny` or `--allow`.
#[derive(Debug)]
struct RuleSet {
    all: bool,
    rules: Vec<Rule>,
}

impl Levels {
    /// # Errors
    /// [`Error::Usage`] if there is no such code, or one is both denied and allowed.
    pub(super) fn new(deny: &[String], allow: &[String]) -> Result<Self, Error> {
        let (deny, allow) = (RuleSet::new(deny)?, RuleSet::new(allow)?);
        if (deny.all && allow.all) || deny.rules.iter().any(|rule| allow.rules.contains(rule)) {
            return Err(Error::Usage(
                "a code cannot be both denied and allowed".into(),
            ));
        }
        Ok(Self { deny, allow })
    }

    /// The level of a rule. A code named by itself wins over `all`.
    pub(super) fn of(&self, rule: Rule) -> Level {
        if self.deny.rules.contains(&rule) {
            Level::Error
        } else if self.allow.rules.contains(&rule) {
            Level::Off
        } else if self.deny.all {
            Level::Error
        } else if self.allow.all {
            Level::Off
        } else if rule.info().is_error {
            Level::Error
        } else {
            Level::Note
        }
    }

    pub(super) fn is_on(&self, rule: Rule) -> bool {
        self.of(rule) != Level::Off
    }
}

impl RuleSet {
    fn new(codes: &[String]) -> Result<Self, Error> {
        let is_all = |code: &&String| code.trim().eq_ignore_ascii_case("all");
        let rules = codes
            .iter()
            .filter(|code| !is_all(code))
            .map(|code| rule(code))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            all: codes.iter().any(|code| is_all(&code)),
            rules,
        })
    }
}

/// The rule with a code from the command line.
///
/// # Errors
/// [`Error::Usage`] if there is none.
pub(super) fn rule(code: &str) -> Result<Rule, Error> {
    Rule::of(code).ok_or_else(|| {
        let last = RULES[RULES.len() - 1].code;
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
