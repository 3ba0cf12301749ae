//! The rules and their codes, which never change their meaning: a new rule gets a new code.

use crate::text::ProblemKind;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// JB001: one of the two languages is missing.
    MissingSection,
    /// JB002: a block that nothing in the other language answers.
    NoAnswer,
    /// JB003: figures of blocks that answer each other say different values.
    FiguresDisagree,
    /// JB004: front matter that other programs cannot read.
    BrokenFrontMatter,
    /// JB005: a date that cannot be read.
    UnreadableDate,
    /// JB006: bytes that are damaged, or not of UTF-8.
    BrokenEncoding,
    /// JB007: a relative link whose file is not there.
    DeadLink,
    /// JB008: a relative image whose file is not there.
    DeadImage,
    /// JB009: the title of another article.
    DuplicateTitle,
    /// JB010: the link of another article.
    DuplicateLink,
    /// JB011: a file that cannot be read, or is empty.
    UnreadableFile,
    /// JB012: a file that is too long.
    CutFile,
    /// JB013: Markdown that is damaged.
    DamagedStructure,
    /// JB014: control, bidirectional or invisible characters.
    HiddenCharacters,
}

use Rule::{
    BrokenEncoding, BrokenFrontMatter, CutFile, DamagedStructure, DeadImage, DeadLink, DuplicateLink, DuplicateTitle,
    FiguresDisagree, HiddenCharacters, MissingSection, NoAnswer, UnreadableDate, UnreadableFile,
};

/// What is said of a rule.
struct Words {
    code: &'static str,
    name: &'static str,
    title: &'static str,
    help: &'static str,
    why: &'static str,
}

impl Rule {
    /// All rules in the order of their codes.
    pub const ALL: [Self; 14] = [
        MissingSection,
        NoAnswer,
        FiguresDisagree,
        BrokenFrontMatter,
        UnreadableDate,
        BrokenEncoding,
        DeadLink,
        DeadImage,
        DuplicateTitle,
        DuplicateLink,
        UnreadableFile,
        CutFile,
        DamagedStructure,
        HiddenCharacters,
    ];

    /// The rule of a code, in any case, or of a name.
    pub fn of(code: &str) -> Option<Self> {
        let code = code.trim();
        Self::ALL.into_iter().find(|rule| rule.code().eq_ignore_ascii_case(code) || rule.name() == code)
    }

    /// The rule that a problem of reading breaks.
    pub const fn of_problem(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Unreadable => UnreadableFile,
            ProblemKind::Cut => CutFile,
            ProblemKind::Encoding => BrokenEncoding,
            ProblemKind::FrontMatter => BrokenFrontMatter,
            ProblemKind::Date => UnreadableDate,
            ProblemKind::Structure => DamagedStructure,
            ProblemKind::Hostile => HiddenCharacters,
        }
    }

    /// Whether finding it fails a check that was not told otherwise.
    pub const fn is_denied(self) -> bool {
        matches!(self, MissingSection | FiguresDisagree | BrokenFrontMatter | BrokenEncoding)
    }

    /// The stable code: `JB003`.
    pub const fn code(self) -> &'static str {
        self.words().code
    }

    /// The name, in words with hyphens: `figures-disagree`.
    pub const fn name(self) -> &'static str {
        self.words().name
    }

    /// What it is, in a few words.
    pub const fn title(self) -> &'static str {
        self.words().title
    }

    /// What to do about it, in one sentence.
    pub const fn help(self) -> &'static str {
        self.words().help
    }

    /// What it means and how it is found, in a paragraph.
    pub const fn explanation(self) -> &'static str {
        self.words().why
    }

    const fn words(self) -> &'static Words {
        &WORDS[self as usize]
    }
}

/// In the order of the rules.
const WORDS: [Words; 14] = [
    Words {
        code: "JB001",
        name: "missing-section",
        title: "a language is missing",
        help: "Add the section that is missing, under a rule (---), a heading (## English) or a label (**Summary:**).",
        why: "A digest tells its story in Chinese and in English. Sections are told apart by a rule, a heading, a label or a \
              <div lang>, and only where both sides prove their language; text that mixes both in one section counts as one \
              section. Often the script that asked for the translation got nothing, or an error message, and went on.",
    },
    Words {
        code: "JB002",
        name: "no-answer",
        title: "a block without an answer",
        help: "Translate the block, or take it out if it is not meant to be there.",
        why: "The blocks of both sections (paragraphs, headings, list items, tables …) are aligned by length, shape, names, figures \
              and links. This one is answered by none of the other language: it was dropped in translation, or is told in \
              one language only. A section's headline, labels, rules, and headings that every digest has are left out. Digests often shorten, so this is a note.",
    },
    Words {
        code: "JB003",
        name: "figures-disagree",
        title: "figures that disagree",
        help: "Compare both with the original and correct the wrong one.",
        why: "In blocks that answer each other, figures are compared by value: 86 亿 is 8.6 billion, 两成 is 20 per cent. Rounding, \
              years, ordinals and figures that only one side gives raise no alarm. What is told are figures of one thing whose \
              values differ, above all by a power of ten: the slip of 亿 (a hundred million) against billion is the classic one \
              of machine translation.",
    },
    Words {
        code: "JB004",
        name: "broken-front-matter",
        title: "broken front matter",
        help: "Mend the header: close it with ---, indent with spaces, and quote values that hold a colon or begin with [ or @.",
        why: "The header is not the YAML or TOML that it claims to be. jianbao read what it could line by line, but other programs \
              will refuse the file or lose fields. Typical are tabs, titles with an unquoted colon, and a missing ---.",
    },
    Words {
        code: "JB005",
        name: "unreadable-date",
        title: "a date that cannot be read",
        help: "Write the date as 2024-06-05T04:00:27Z or 2024-06-05.",
        why: "The date is of no pattern known, or of no calendar: the article is listed last, as undated.",
    },
    Words {
        code: "JB006",
        name: "broken-encoding",
        title: "bytes that are damaged or not UTF-8",
        help: "Write the file again in UTF-8 from its source; where it is only of another encoding, iconv -t UTF-8 will do.",
        why: "The bytes are no UTF-8. Either characters are damaged (a text cut in the middle of a character, two encodings in one \
              file) and shown as �, or the whole is of another encoding, such as GB18030, that could only be guessed. \
              Programs that guess otherwise will show nonsense.",
    },
    Words {
        code: "JB007",
        name: "dead-link",
        title: "a link to a file that is not there",
        help: "Correct the path, which is taken from the article's own folder, or add the file.",
        why: "A link without a scheme and without a leading slash leads to a file beside the article. There is none of this name. \
              Only whether it is there is looked at; it is not opened. Links to the web are not followed.",
    },
    Words {
        code: "JB008",
        name: "dead-image",
        title: "an image that is not there",
        help: "Correct the path, which is taken from the article's own folder, or add the image.",
        why: "An image without a scheme and without a leading slash lies beside the article. There is none of this name. Only \
              whether it is there is looked at; it is not opened.",
    },
    Words {
        code: "JB009",
        name: "duplicate-title",
        title: "the title of another article",
        help: "Delete one of the two if they are the same story, or give them titles that tell them apart.",
        why: "Two articles among those checked have the same title, but for case and width. The first by path is taken for the \
              original. Titles taken from file names do not count.",
    },
    Words {
        code: "JB010",
        name: "duplicate-link",
        title: "the link of another article",
        help: "Delete one of the two: they were made from the same original.",
        why: "Two articles among those checked have the same link to their original. The first by path is taken for the first telling.",
    },
    Words {
        code: "JB011",
        name: "unreadable-file",
        title: "a file that cannot be read",
        help: "Give the file its text and the right to be read, or take it out of the folder.",
        why: "The file is empty, is no regular file (a FIFO, a device), or the system refuses to open it.",
    },
    Words {
        code: "JB012",
        name: "cut-file",
        title: "a file that is too long",
        help: "Split the file: jianbao reads up to 16 MiB of one.",
        why: "What lies beyond the bound was neither read nor checked.",
    },
    Words {
        code: "JB013",
        name: "damaged-structure",
        title: "damaged Markdown",
        help: "Close the code fence, or undo the nesting.",
        why: "A code fence is never closed, so that what follows would be code, or something is nested too deep for any reader.",
    },
    Words {
        code: "JB014",
        name: "hidden-characters",
        title: "hidden characters",
        help: "Take out the control, bidirectional and invisible characters.",
        why: "The text holds characters that cannot be seen and that change how a terminal or an editor shows what stands around them: \
              escape sequences, bidirectional overrides, runs of zero-width characters. Copied from a web page as a rule; an attack at worst.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_lead_back() {
        for (index, rule) in Rule::ALL.into_iter().enumerate() {
            assert_eq!(rule as usize, index);
            assert_eq!(rule.code(), format!("JB{:03}", index + 1));
            assert_eq!(Rule::of(&rule.code().to_lowercase()), Some(rule));
            assert_eq!(Rule::of(rule.name()), Some(rule));
            assert!(rule.help().ends_with('.') && rule.explanation().ends_with('.'));
        }
        assert_eq!(Rule::of("JB000"), None);
    }
}
