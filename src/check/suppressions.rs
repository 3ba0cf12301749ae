//! Comments in a file that silence rules: `<!-- jianbao: allow JB003 -->`.

use super::finding::Finding;
use super::rule::Rule;
use crate::text::Language;

const BEGIN: &str = "<!-- jianbao:";

/// What the comments of an article's file, or of its Chinese and its English file, silence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressions(Vec<FileComments>);

impl Suppressions {
    /// Reads the comments of the files. `allow` and codes silence what is on the line, and in the paragraph below;
    /// `allow-file` silences the codes in the whole file. Unknown codes change nothing.
    pub fn new(sources: impl IntoIterator<Item = String>) -> Self {
        let comments = sources.into_iter().map(|source| FileComments::new(&source));
        Self(comments.collect())
    }

    /// Whether a finding is silenced, by its own line or by that in the other language.
    pub fn cover(&self, finding: &Finding) -> bool {
        let covers = |side: Option<Language>, line: Option<u32>| {
            let second = self.0.get(1).filter(|_| side == Some(Language::English));
            let file = second.or_else(|| self.0.first());
            file.zip(line)
                .is_some_and(|(file, line)| file.cover(finding.rule, line))
        };
        covers(finding.side, Some(finding.line))
            || covers(finding.side.map(Language::other), finding.related_line)
    }
}

/// What the comments of a file silence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct FileComments {
    /// In the whole file.
    everywhere: Vec<Rule>,
    /// On a line: that of the comment, and the first line with text below it.
    on_lines: Vec<(u32, Rule)>,
}

impl FileComments {
    fn new(source: &str) -> Self {
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

    fn cover(&self, rule: Rule, line: u32) -> bool {
        self.everywhere.contains(&rule) || self.on_lines.contains(&(line, rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_silences_its_line_and_the_paragraph_below() {
        let source = "<!-- jianbao: allow-file JB007, hidden-characters -->\n\n\
            <!-- jianbao: allow JB003 JB999 -->\n\n86 亿\n\n87 亿\n88 亿 <!-- jianbao: allow JB003 -->\n";
        let comments = FileComments::new(source);
        let covers = |rule, line| comments.cover(rule, line);
        assert!(covers(Rule::FiguresDisagree, 5) && covers(Rule::FiguresDisagree, 8));
        assert!(!covers(Rule::FiguresDisagree, 7) && !covers(Rule::Untranslated, 5));
        assert!(covers(Rule::DeadLink, 1) && covers(Rule::HiddenCharacters, 99));
        let open = FileComments::new("<!-- jianbao: allow");
        assert_eq!(open, FileComments::default());
    }

    #[test]
    fn a_finding_is_silenced_in_its_own_file_or_beside_its_translation() {
        let finding = |side, line, related_line| Finding {
            side,
            related_line,
            ..Finding::new(Rule::FiguresDisagree, line, String::new())
        };
        let comment = "<!-- jianbao: allow JB003 -->\n86\n";
        let one = Suppressions::new([comment.to_owned()]);
        assert!(one.cover(&finding(Some(Language::Chinese), 40, Some(2))));
        assert!(one.cover(&finding(Some(Language::English), 2, None)));
        let two = Suppressions::new([String::new(), comment.to_owned()]);
        assert!(two.cover(&finding(Some(Language::Chinese), 40, Some(2))));
        assert!(two.cover(&finding(Some(Language::English), 2, None)));
        assert!(!two.cover(&finding(Some(Language::Chinese), 2, Some(40))));
        assert!(!two.cover(&finding(None, 2, None)));
    }
}
