//! Lines that are a label and nothing else: `**Summary:**`, `**摘要**：`.

use std::ops::Range;

/// The longest label, in bytes: what is longer is a sentence in bold.
const LONGEST: usize = 120;

/// A line that opens with bold or italic words and a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// Nothing follows: the line is a label. The range covers the words between the marks in the line, without the colon.
    Label(Range<usize>),
    /// A value follows on the line: `**URL**: http…`, `**论文ID**：2507.20984`.
    Field,
}

/// Reads the opening of a line that may be indented; `None` where it is neither a label nor a field.
pub(super) fn opening(line: &str) -> Option<Opening> {
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let rest = &line[start..];
    let sign = rest.bytes().next().filter(|byte| matches!(byte, b'*' | b'_'))?;
    let marks = rest.bytes().take(4).take_while(|&byte| byte == sign).count();
    if marks > 3 {
        return None;
    }
    let inner = &rest[marks..];
    let length = inner.as_bytes().iter().take(LONGEST + 8).position(|&byte| byte == sign)?;
    let (words, after) = (&inner[..length], inner[length..].trim_start_matches(char::from(sign)));
    if inner[length..].len() - after.len() != marks {
        return None;
    }
    let bare = words.trim_end_matches([':', '：', ' ']);
    let colon_inside = bare.len() < words.trim_end().len();
    let value = after.trim_start_matches([' ', '\t']);
    let colon_outside = value.starts_with([':', '：']);
    if !(colon_inside ^ colon_outside) || !is_label_text(bare) {
        return None;
    }
    let value = if colon_outside { value.trim_start_matches([':', '：']) } else { after };
    if is_nothing(value) {
        let from = start + marks;
        Some(Opening::Label(from..from + bare.len()))
    } else {
        Some(Opening::Field)
    }
}

/// Says whether words can be a label: some, not too long, and without marks of their own that only Markdown would read.
fn is_label_text(words: &str) -> bool {
    let is_plain =
        |byte: u8| !matches!(byte, b'`' | b'[' | b']' | b'<' | b'>' | b'&' | b'*' | b'\\' | b'~' | b'|' | b'$');
    words.len() <= LONGEST
        && words.chars().any(char::is_alphanumeric)
        && !words.starts_with([' ', '\t'])
        && words.bytes().all(is_plain)
}

/// Says whether what follows the colon is nothing, or only a forced line break.
fn is_nothing(value: &str) -> bool {
    matches!(value.trim(), "" | "\\" | "<br>" | "<br/>" | "<br />")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: &str) -> Option<&str> {
        match opening(line) {
            Some(Opening::Label(range)) => Some(&line[range]),
            _ => None,
        }
    }

    #[test]
    fn labels_have_their_colon_inside_or_outside_half_or_full_width() {
        for line in [
            "**Summary:**",
            " **Summary:**",
            "   **Summary**:  ",
            "**Summary：**",
            "**Summary** ：",
            "__Summary:__",
            "*Summary:*",
            "_Summary_:",
            "***Summary:***",
            "**Summary:**\\",
            "**Summary:**<br>",
            "**Summary: **",
        ] {
            assert_eq!(label(line), Some("Summary"), "{line}");
        }
        assert_eq!(label("**英文摘要**："), Some("英文摘要"));
        assert_eq!(label("**Key Points (EN):**"), Some("Key Points (EN)"));
    }

    #[test]
    fn a_value_on_the_line_makes_a_field() {
        for line in ["**论文ID**：2507.20984", "**URL**: http://arxiv.org", "**注意：**请看", "*Note:* well"] {
            assert_eq!(opening(line), Some(Opening::Field), "{line}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for line in [
            "**Summary**",
            "Summary:",
            "**:**",
            "****",
            "**a*:**",
            "- **a:**",
            "**`x`：**",
            "**[a](b):**",
            "* a:*",
            "",
            "**a:**b**",
            "__a:**",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
        assert_eq!(label(&format!("**{}:**", "word ".repeat(40))), None);
    }
}
