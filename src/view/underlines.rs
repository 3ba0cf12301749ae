//! Underlines of Chinese: it has no italics. Dots stand under emphasised characters (着重号), a wave
//! under a title in 《》 if the reader wants it.

use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::theme::{CURLY, DOTTED, Theme};
use crate::markdown::{Document, Inline};
use crate::text::{is_han, is_kana};
use crate::typeset::{Origin, Piece, RoleKind};

/// How far back in the text the beginning of a title is looked for, in bytes.
const LONGEST_TITLE: usize = 300;

impl Theme {
    /// The parts of a piece of a document that differ in style: the style of its role, by the script of
    /// the characters.
    pub fn parts<'a>(
        &self,
        document: &Document,
        piece: &Piece,
        text: &'a str,
        style: Style,
    ) -> Vec<(&'a str, Style)> {
        let inline = piece.role.inline;
        let is_code =
            piece.role.kind == RoleKind::Code || inline.intersects(Inline::CODE | Inline::MATH);
        let title_start = match &piece.origin {
            Origin::Document(range) if self.marks_titles && !is_code => {
                Some(&document.text[..range.start as usize])
            }
            _ => None,
        };
        let is_emphasis = inline.contains(Inline::EMPHASIS);
        if !is_emphasis && title_start.is_none() {
            return vec![(text, style)];
        }
        let mut is_in_title = title_start.is_some_and(is_title_open);
        let mut is_chinese = text
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(is_chinese);
        let mut parts: Vec<(&str, Style)> = Vec::new();
        let mut start = 0;
        for (at, symbol) in text.grapheme_indices(true) {
            let c = symbol.chars().next().unwrap_or_default();
            if c.is_alphabetic() {
                is_chinese = self::is_chinese(c);
            }
            is_in_title &= c != '》';
            let mut own = style;
            if is_in_title {
                own = own.add_modifier(CURLY);
            }
            if is_emphasis && is_chinese {
                own.add_modifier -= Modifier::ITALIC;
                if c.is_alphanumeric() {
                    own = own.add_modifier(self.dots(style));
                }
            }
            is_in_title |= title_start.is_some() && c == '《';
            match parts.last_mut() {
                Some((part, last)) if *last == own => *part = &text[start..at + symbol.len()],
                _ => {
                    start = at;
                    parts.push((symbol, own));
                }
            }
        }
        parts
    }

    /// What stands for dots under characters of a style.
    fn dots(&self, style: Style) -> Modifier {
        let has = |modifier| style.add_modifier.contains(modifier);
        if self.has_underline_styles && !has(Modifier::UNDERLINED) {
            DOTTED
        } else if has(Modifier::BOLD) {
            Modifier::UNDERLINED
        } else {
            Modifier::BOLD
        }
    }
}

/// The modifiers with one underline at most.
pub(crate) fn with_one_underline(modifiers: Modifier) -> Modifier {
    match modifiers {
        _ if modifiers.contains(Modifier::UNDERLINED) => modifiers - DOTTED - CURLY,
        _ if modifiers.contains(DOTTED) => modifiers - CURLY,
        _ => modifiers,
    }
}

const fn is_chinese(c: char) -> bool {
    is_han(c) || is_kana(c)
}

/// Whether a title has begun in a text and not ended, in its last line.
fn is_title_open(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(LONGEST_TITLE))..];
    let last = near.rfind(['《', '》', '\n', '\t']);
    last.is_some_and(|last| near[last..].starts_with('《'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;
    use crate::text::{SourceKind, SourcePart};
    use crate::typeset::{LayoutSettings, set};
    use crate::view::{Background, ColourDepth};

    fn plain() -> Theme {
        Theme::new(Background::Dark, ColourDepth::None)
    }

    /// The pieces of a source on a width, each followed by the letters of its modifiers.
    fn marked(source: &str, columns: u16, theme: Theme) -> String {
        let part = SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 1,
        };
        let document = markdown::parse(&[part], "");
        let settings = LayoutSettings::new(columns);
        let rows = set(&document, &settings);
        let letters = |style: Style| -> String {
            let letters = [
                (Modifier::BOLD, 'b'),
                (Modifier::ITALIC, 'i'),
                (Modifier::UNDERLINED, 'u'),
                (DOTTED, 'd'),
                (CURLY, 'c'),
            ];
            let has = |modifier| style.add_modifier.contains(modifier);
            let held = letters.into_iter().filter(|(modifier, _)| has(*modifier));
            held.map(|(_, letter)| letter).collect()
        };
        let pieces = rows.pieces.iter().flat_map(|piece| {
            let (text, style) = (rows.text(piece, &document), theme.style(piece.role));
            theme.parts(&document, piece, text, style)
        });
        pieces
            .map(|(part, style)| match letters(style) {
                letters if letters.is_empty() => part.to_owned(),
                letters => format!("[{part}]{letters}"),
            })
            .collect()
    }

    #[test]
    fn emphasised_chinese_has_dots_and_latin_is_italic() {
        let theme = plain().with_underlines(true, false);
        for (source, expected) in [
            ("前*强调*后", "前[强调]d后"),
            ("*强调，用 emphasis 说*", "[强调]d，[用]d [emphasis ]i[说]d"),
            ("*第3章*", "[第3章]d"),
            ("*3 of 4*", "[3 of 4]i"),
            ("***粗斜***", "[粗斜]bd"),
            ("[*链接*](http://a.b)", "[链接]bu"),
            ("<u>专名</u> <ins>new</ins>", "[专名]u [new]u"),
            ("《书名》", "《书名》"),
        ] {
            assert_eq!(marked(source, 40, theme), expected, "{source}");
        }
    }

    #[test]
    fn without_styles_emphasised_chinese_is_bold_or_underlined() {
        assert_eq!(marked("*强调*与 *word*", 40, plain()), "[强调]b与 [word]i");
        assert_eq!(marked("**粗*斜***", 40, plain()), "[粗]b[斜]bu");
        let theme = plain().with_underlines(false, true);
        assert_eq!(marked("《书名》", 40, theme), "《书名》");
    }

    #[test]
    fn a_title_has_its_wave_over_the_end_of_a_row_and_not_in_code() {
        let theme = plain().with_underlines(true, true);
        assert_eq!(
            marked("他读《红楼梦》与《史记》", 10, theme),
            "他读《[红]c[楼梦]c》与《[史记]c》"
        );
        assert_eq!(
            marked("`《代码》`和《*重点*》", 40, theme),
            "《代码》和《[重点]dc》"
        );
        assert_eq!(marked("开《头\n\n新段》", 40, theme), "开《[头]c新段》");
    }
}
