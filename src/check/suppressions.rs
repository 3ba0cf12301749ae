//! Comments in a file that silence rules: `<!-- jianbao: allow JB003 -->`.

use super::finding::Finding;
use super::rule::Rule;

const BEGIN: &str = "<!-- jianbao:";

/// What the comments of a file silence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressions {
    /// In the whole file.
    everywhere: Vec<Rule>,
    /// On a line: that of the comment, and the first line with text below it.
    on_lines: Vec<(u32, Rule)>,
}

impl Suppressions {
    /// Reads the comments of a file. `allow` and codes silence what is on the line, and in the paragraph below;
    /// `allow-file` silences the codes in the whole file. Unknown codes change nothing.
    pub fn new(source: &str) -> Self {
        let mut all = Self::default();
        if !source.contains(BEGIN) {
            return all;
        }
        let mut waiting: Vec<Rule> = Vec::new();
        for (number, line) in (1..).zip(source.lines()) {
            let comment = line.split_once(BEGIN).and_then(|(before, rest)| {
                let (words, after) = rest.split_once("-->")?;
                let is_alone = before.trim().is_empty() && after.trim().is_empty();
                Some((words.trim(), is_alone))
            });
            let Some((words, is_alone)) = comment else {
                if !line.trim().is_empty() {
                    all.on_lines
                        .extend(waiting.drain(..).map(|rule| (number, rule)));
                }
                continue;
            };
            let (command, codes) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            let codes = codes.split(|c: char| c == ',' || c.is_whitespace());
            let rules: Vec<Rule> = codes.filter_map(Rule::of).collect();
            match command {
                "allow-file" => all.everywhere.extend(rules),
                "allow" if is_alone => waiting.extend(rules),
                "allow" => all
                    .on_lines
                    .extend(rules.into_iter().map(|rule| (number, rule))),
                _ => {}
            }
        }
        all
    }

    /// Whether a finding is silenced, by its own line or by that in the other language.
    pub fn cover(&self, finding: &Finding) -> bool {
        let lines = [Some(finding.line), finding.related_line];
        self.everywhere.contains(&finding.rule)
            || lines
                .into_iter()
                .flatten()
                .any(|line| self.on_lines.contains(&(line, finding.rule)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_silences_its_line_and_the_paragraph_below() {
        let source = "<!-- jianbao: allow-file JB007, hidden-characters -->\n\n\
            <!-- jianbao: allow JB003 JB999 -->\n\n86 亿\n\n87 亿\n88 亿 <!-- jianbao: allow JB003 -->\n";
        let suppressions = Suppressions::new(source);
        let covers = |rule, line, related_line| {
            let finding = Finding {
                related_line,
                ..Finding::new(rule, line, String::new())
            };
            suppressions.cover(&finding)
        };
        assert!(covers(Rule::FiguresDisagree, 5, None) && covers(Rule::FiguresDisagree, 8, None));
        assert!(
            covers(Rule::FiguresDisagree, 40, Some(5)),
            "by the other language"
        );
        assert!(!covers(Rule::FiguresDisagree, 7, None) && !covers(Rule::Untranslated, 5, None));
        assert!(covers(Rule::DeadLink, 1, None) && covers(Rule::HiddenCharacters, 99, None));
        assert_eq!(
            Suppressions::new("<!-- jianbao: allow"),
            Suppressions::default()
        );
    }
}
