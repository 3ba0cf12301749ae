//! The rules and their codes. The meaning of a code never changes: a new rule gets a new code.

use crate::text::ProblemKind;

/// What a check looks for, in the order of the codes; [`RULES`] says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the table below documents them")]
pub enum Rule {
    MissingSection,
    Untranslated,
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
    ModelChatter,
    RepeatedParagraph,
    CutEnd,
    UnpairedBracket,
    WrongLanguage,
    TwoStories,
    TwoRenderings,
    OtherWeekday,
}

/// A row of the table of rules.
#[derive(Debug)]
pub struct RuleInfo {
    /// The rule.
    pub rule: Rule,
    /// The stable code: `JB003`.
    pub code: &'static str,
    /// The stable name, in words with hyphens: `figures-disagree`.
    pub name: &'static str,
    /// Whether breaking it is an error by default, and not a note.
    pub is_error: bool,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// What to do about it, in one sentence.
    pub help: &'static str,
    /// What it means and how it is found, in a paragraph.
    pub explanation: &'static str,
}

impl Rule {
    /// The rule with a code, in any case, or with a name.
    pub fn of(code: &str) -> Option<Self> {
        let code = code.trim();
        RULES
            .iter()
            .find(|info| info.code.eq_ignore_ascii_case(code) || info.name == code)
            .map(|info| info.rule)
    }

    /// The rule that a problem of reading breaks.
    pub const fn of_problem(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Unreadable => Self::UnreadableFile,
            ProblemKind::Cut => Self::CutFile,
            ProblemKind::Encoding => Self::BrokenEncoding,
            ProblemKind::FrontMatter => Self::BrokenFrontMatter,
            ProblemKind::Date => Self::UnreadableDate,
            ProblemKind::Structure => Self::DamagedStructure,
            ProblemKind::Hostile => Self::HiddenCharacters,
        }
    }

    /// Whether it is one of [`Self::of_problem`].
    pub const fn is_of_problem(self) -> bool {
        matches!(
            self,
            Self::UnreadableFile
                | Self::CutFile
                | Self::BrokenEncoding
                | Self::BrokenFrontMatter
                | Self::UnreadableDate
                | Self::DamagedStructure
                | Self::HiddenCharacters
        )
    }

    /// Its row of [`RULES`].
    pub fn info(self) -> &'static RuleInfo {
        &RULES[self as usize]
    }
}

/// The rules in the order of their codes.
pub static RULES: [RuleInfo; 22] = [
    RuleInfo {
        rule: Rule::MissingSection,
        code: "JB001",
        name: "missing-section",
        is_error: true,
        title: "a language is missing",
        help: "Add the missing section below a rule (---), a heading (## English) or a label (**Summary:**).",
        explanation: "A digest has the same story in Chinese and in English. A rule, a heading, a label or a <div lang> \
            separates the sections, and each section must be clearly in its language; a text that mixes both counts \
            as one section. A common cause: the script that asked for the translation got nothing, or an error \
            message, and continued.",
    },
    RuleInfo {
        rule: Rule::Untranslated,
        code: "JB002",
        name: "no-answer",
        is_error: false,
        title: "paragraph without a translation",
        help: "Translate the paragraph, or remove it if it does not belong here.",
        explanation: "The paragraphs of both sections (with headings, list items and tables) are paired by length, form, \
            names, figures and links. Nothing in the other language pairs with this one: it was left out of the \
            translation, or is in one language only. Rules, labels, the headline, and headings that every digest has \
            are not reported. Digests often shorten, so this is a note.",
    },
    RuleInfo {
        rule: Rule::FiguresDisagree,
        code: "JB003",
        name: "figures-disagree",
        is_error: true,
        title: "figures that disagree",
        help: "Compare both figures with the original and correct the wrong one.",
        explanation: "Figures in paragraphs that translate each other are compared by value: 86 亿 is 8.6 billion, 两成 is 20 per \
            cent. Rounding, years, ordinals and figures in one language only are not reported. Reported are figures \
            of the same thing with different values, above all by a power of ten: 亿 (a hundred million) translated \
            as billion is the classic mistake of machine translation. Tables are compared cell against cell; of dates \
            the month, the day, the weekday and the quarter.",
    },
    RuleInfo {
        rule: Rule::BrokenFrontMatter,
        code: "JB004",
        name: "broken-front-matter",
        is_error: true,
        title: "broken front matter",
        help: "Repair the header: close it with ---, indent with spaces, and quote values that contain a colon or begin \
            with [ or @.",
        explanation: "The header claims to be YAML or TOML but is not valid. jianbao read what it could line by line, but \
            other programs reject the file or lose fields. Common causes are tabs, titles with an unquoted colon, \
            and a missing ---.",
    },
    RuleInfo {
        rule: Rule::UnreadableDate,
        code: "JB005",
        name: "unreadable-date",
        is_error: false,
        title: "unreadable date",
        help: "Write the date as 2024-06-05T04:00:27Z or 2024-06-05.",
        explanation: "The date is unrecognised or impossible. The article is listed last, without a date.",
    },
    RuleInfo {
        rule: Rule::BrokenEncoding,
        code: "JB006",
        name: "broken-encoding",
        is_error: true,
        title: "damaged, or not UTF-8",
        help: "Write the file again as UTF-8 from its source; if only the encoding is wrong, iconv -t UTF-8 converts \
            it.",
        explanation: "The bytes are not UTF-8. Either some characters are damaged (a text cut in the middle of a character, or \
            two encodings in one file) and shown as �, or the whole file is in another encoding, such as GB18030, \
            which jianbao had to guess. Programs that guess differently show nonsense.",
    },
    RuleInfo {
        rule: Rule::DeadLink,
        code: "JB007",
        name: "dead-link",
        is_error: false,
        title: "dead relative link",
        help: "Correct the path, which is relative to the article's own folder, or add the file.",
        explanation: "A link without a scheme and without a leading slash leads to a file in the article's own folder. There \
            is no such file. jianbao only looks whether the file exists and does not open it. Links to the web are \
            not checked.",
    },
    RuleInfo {
        rule: Rule::DeadImage,
        code: "JB008",
        name: "dead-image",
        is_error: false,
        title: "dead relative image",
        help: "Correct the path, which is relative to the article's own folder, or add the image.",
        explanation: "An image without a scheme and without a leading slash is a file in the article's own folder. There is no \
            such file. jianbao only looks whether the file exists and does not open it.",
    },
    RuleInfo {
        rule: Rule::DuplicateTitle,
        code: "JB009",
        name: "duplicate-title",
        is_error: false,
        title: "title of another article",
        help: "Delete one of the two if they are the same story, or give them different titles.",
        explanation: "Two of the articles checked have the same title, apart from case and width. The first by path counts as \
            the original. Titles taken from file names do not count.",
    },
    RuleInfo {
        rule: Rule::DuplicateLink,
        code: "JB010",
        name: "duplicate-link",
        is_error: false,
        title: "link of another article",
        help: "Delete one of the two: both were made from the same original.",
        explanation: "Two of the articles checked have the same link to their original. The first by path counts as the \
            original digest.",
    },
    RuleInfo {
        rule: Rule::UnreadableFile,
        code: "JB011",
        name: "unreadable-file",
        is_error: false,
        title: "unreadable or empty file",
        help: "Add content, fix the permissions, or remove the file.",
        explanation: "The file is empty, is not a regular file (a FIFO, a device), or the system refuses to open it.",
    },
    RuleInfo {
        rule: Rule::CutFile,
        code: "JB012",
        name: "cut-file",
        is_error: false,
        title: "file over 16 MiB, cut",
        help: "Split the file: jianbao reads up to 16 MiB of a file.",
        explanation: "The text after the first 16 MiB was neither read nor checked.",
    },
    RuleInfo {
        rule: Rule::DamagedStructure,
        code: "JB013",
        name: "damaged-structure",
        is_error: false,
        title: "damaged Markdown",
        help: "Close the code fence, or reduce the nesting.",
        explanation: "A code fence is never closed, so that all text below it would be code, or something is nested too deep \
            for any reader.",
    },
    RuleInfo {
        rule: Rule::HiddenCharacters,
        code: "JB014",
        name: "hidden-characters",
        is_error: false,
        title: "hidden characters",
        help: "Remove the control, bidirectional and invisible characters.",
        explanation: "The text has invisible characters that change how a terminal or an editor shows the text around them: \
            escape sequences, bidirectional overrides, runs of zero-width characters. Usually they were copied from \
            a web page; at worst they are an attack.",
    },
    RuleInfo {
        rule: Rule::ModelChatter,
        code: "JB015",
        name: "model-chatter",
        is_error: false,
        title: "words of a language model",
        help: "Remove what the model says about its task.",
        explanation: "A paragraph begins as a language model begins to speak of its task: “Here is the translation”, “As an AI”, “Let me know if you”, 以下是译文, 作为一个语言模型. A script should take the text out of the answer.",
    },
    RuleInfo {
        rule: Rule::RepeatedParagraph,
        code: "JB016",
        name: "repeated-paragraph",
        is_error: false,
        title: "paragraph that is there twice",
        help: "Remove one of the two.",
        explanation: "A long paragraph or list item has the same words as one of the six before it. Language models repeat themselves, and scripts add a part twice.",
    },
    RuleInfo {
        rule: Rule::CutEnd,
        code: "JB017",
        name: "cut-end",
        is_error: false,
        title: "section without an end",
        help: "Ask for the rest of the text.",
        explanation: "The last paragraph of a section ends in the middle of a sentence, though nearly all paragraphs before it end with one. A cause is the limit of a model's answer. Articles in one language are left out.",
    },
    RuleInfo {
        rule: Rule::UnpairedBracket,
        code: "JB018",
        name: "unpaired-bracket",
        is_error: false,
        title: "bracket without a partner",
        help: "Add the missing one, or remove the other.",
        explanation: "A bracket or a quotation mark in a paragraph has no partner. The brackets of numbers, 1), and of smileys have none; a quotation may go on in the next paragraph; titles cut with … and code are left out.",
    },
    RuleInfo {
        rule: Rule::WrongLanguage,
        code: "JB019",
        name: "wrong-language",
        is_error: false,
        title: "paragraph in the other language",
        help: "Translate it, or move it to its section.",
        explanation: "A paragraph of the Chinese section has no Chinese, or one of the English section no English. Short ones, names, code and articles in one language are left out.",
    },
    RuleInfo {
        rule: Rule::TwoStories,
        code: "JB020",
        name: "two-stories",
        is_error: false,
        title: "sections with different stories",
        help: "Compare both with the original: one may belong to another article.",
        explanation: "Hardly any words of the English section translate those of the Chinese paragraphs that they would pair with, and the sections share few names, figures and links. A cause is a script that joins the wrong two texts.",
    },
    RuleInfo {
        rule: Rule::TwoRenderings,
        code: "JB021",
        name: "two-renderings",
        is_error: false,
        title: "name or term rendered in two ways",
        help: "Write it in one way, or add both ways to the glossary.",
        explanation: "A foreign name is written with other characters than elsewhere in the article, or than in at least twice as many other articles: 泽连斯基 and 泽伦斯基. Names are learnt from paragraphs that translate each other. With --glossary FILE also terms none of whose renderings are in the Chinese section; a line of the file has a term, a tab, and its renderings with | between them. Renderings of one line are not reported.",
    },
    RuleInfo {
        rule: Rule::OtherWeekday,
        code: "JB022",
        name: "other-weekday",
        is_error: false,
        title: "weekday of another date",
        help: "Look up which of the two is right.",
        explanation: "Beside a date stands a weekday that it does not have: 2026 年 6 月 5 日（周四） is a Friday. A date without a year is in the year that brings it nearest to the article's own date, and is left out if it is more than 60 days from it; so are ranges and lists of days.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_lead_back() {
        for (index, info) in RULES.iter().enumerate() {
            assert_eq!(info.rule as usize, index);
            assert_eq!(info.code, format!("JB{:03}", index + 1));
            assert_eq!(Rule::of(&info.code.to_lowercase()), Some(info.rule));
            assert_eq!(Rule::of(info.name), Some(info.rule));
            assert!(info.help.ends_with('.') && info.explanation.ends_with('.'));
        }
        assert_eq!(Rule::of("JB000"), None);
    }
}
