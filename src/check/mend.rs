//! What a script can mend in a file: hidden characters, paragraphs that are there twice, words of a model on a line of
//! their own.

use super::finding::Finding;
use super::rule::Rule;
use crate::text::{first_hostile, is_harmless};

/// The longest paragraph that is taken for nothing but words of a model, in bytes.
const LONGEST_CHATTER: usize = 160;

/// The text of a file after everything mechanical is mended that its findings name.
pub fn mended(source: &str, findings: &[&Finding]) -> String {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut is_kept = vec![true; lines.len()];
    let has = |rule| findings.iter().any(|finding| finding.rule == rule);
    for finding in findings {
        let at = finding.line.saturating_sub(1) as usize;
        let Some(length) = paragraph(&lines, at) else {
            continue;
        };
        let words = &lines[at..at + length];
        let is_removed = match finding.rule {
            Rule::RepeatedParagraph => {
                let same = |start| paragraph(&lines, start) == Some(length);
                let mut earlier = (0..at).filter(|start| same(*start));
                earlier.any(|start| {
                    let pairs = lines[start..start + length].iter().zip(words);
                    pairs
                        .into_iter()
                        .all(|(one, other)| one.trim() == other.trim())
                })
            }
            Rule::ModelChatter => length == 1 && is_only_chatter(words[0].trim()),
            _ => false,
        };
        if is_removed {
            // With the blank line behind it, or at the end of a file the one before.
            let is_last = at + length == lines.len();
            let from = at - usize::from(is_last && at > 0);
            let end = (at + length + 1).min(lines.len());
            is_kept[from..end].fill(false);
        }
    }
    let kept = lines.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    let kept = kept.map(|(line, _)| *line);
    if !has(Rule::HiddenCharacters) {
        return kept.collect();
    }
    let visible = |c: &char| is_harmless(*c) || matches!(c, '\t' | '\r' | '\n');
    kept.map(|line| match first_hostile(line) {
        Some(_) => line.chars().filter(visible).collect(),
        None => line.to_owned(),
    })
    .collect()
}

/// How many lines a paragraph has that begins at a line with a blank one before it, up to a blank one.
fn paragraph(lines: &[&str], at: usize) -> Option<usize> {
    let is_blank = |line: &&str| line.trim().is_empty();
    let is_start = at == 0 || lines.get(at - 1).is_some_and(is_blank);
    let length = lines
        .get(at..)?
        .iter()
        .take_while(|line| !is_blank(line))
        .count();
    (is_start && length > 0).then_some(length)
}

/// Whether nothing follows the words of a model in their line.
fn is_only_chatter(line: &str) -> bool {
    let body = line.trim_end_matches([':', '：', '.', '。', '!', '！', '*']);
    let goes_on = |c: char| matches!(c, ':' | '：' | '。' | '！' | '!');
    line.len() <= LONGEST_CHATTER && body.len() < line.len() && !body.contains(goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_mechanical_is_mended() {
        let source = "以下是译文：\n\n春天\u{202e}少雨。\n茶园减产。\n\n农民等雨。\n\n春天\u{202e}少雨。\n茶园减产。\n\nHere is your text: tea.\n";
        let finding = |rule, line| Finding::new(rule, line, String::new());
        let mend = |findings: &[(Rule, u32)]| {
            let findings: Vec<Finding> = findings
                .iter()
                .map(|(rule, line)| finding(*rule, *line))
                .collect();
            mended(source, &findings.iter().collect::<Vec<_>>())
        };
        assert_eq!(
            mend(&[(Rule::FiguresDisagree, 3), (Rule::RepeatedParagraph, 6)]),
            source
        );
        assert_eq!(
            mend(&[(Rule::ModelChatter, 11)]),
            source,
            "more than words of a model"
        );
        assert_eq!(
            mend(&[
                (Rule::ModelChatter, 1),
                (Rule::RepeatedParagraph, 8),
                (Rule::HiddenCharacters, 3)
            ]),
            "春天少雨。\n茶园减产。\n\n农民等雨。\n\nHere is your text: tea.\n"
        );
        assert_eq!(
            mended("茶。\n\n茶。", &[&finding(Rule::RepeatedParagraph, 3)]),
            "茶。\n"
        );
        assert_eq!(mended("", &[&finding(Rule::ModelChatter, 9)]), "");
    }
}
