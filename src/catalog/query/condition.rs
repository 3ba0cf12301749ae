//! What a query requires of an article.

use std::fmt::{self, Display, Formatter};
use std::ops::Range;

use jiff::civil::{Date, date};

use super::lex::quoted;
use crate::catalog::annotations::{Annotation, AnnotationCondition};
use crate::text::{Language, folded};

/// What a query requires of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of these: terms side by side.
    All(Vec<Condition>),
    /// One of these: terms separated by `or`.
    Any(Vec<Condition>),
    /// Not this: a term after `-`.
    Not(Box<Condition>),
    /// A bare word: in the title, description, source or tags literally, as pinyin or initials, or
    /// loosely; or in the text.
    Word(Term),
    /// A quoted phrase, exactly as it is, in the same fields or in the text.
    Phrase(Term),
    /// A term in the text alone, in either language, within one block: `text:…`.
    Text(Term),
    /// A value of a field.
    Field(FieldCondition),
}

/// A word or phrase to find, as it was typed; case, width and script of the characters do not
/// matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// What to find.
    pub text: String,
    /// Where it has to begin and end.
    pub bounds: WordBounds,
}

/// Where a term in an alphabet has to begin and end. Chinese characters are found anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordBounds {
    /// It begins where a word begins: `ai` is found in *AI* and *aid*, not in *failure*.
    Start,
    /// It begins and ends with whole words: `"ai"`.
    Whole,
    /// It is found inside words too: `*ai*`.
    Anywhere,
}

impl Term {
    /// The term of a bare word; `*` at its beginning means anywhere.
    pub(super) fn of_word(word: &str) -> Self {
        let text = word.trim_matches('*');
        let bounds = if text.is_empty() || word.starts_with('*') {
            WordBounds::Anywhere
        } else {
            WordBounds::Start
        };
        Self {
            text: if text.is_empty() { word } else { text }.to_owned(),
            bounds,
        }
    }

    /// The term of a quoted phrase.
    pub(super) fn of_phrase(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            bounds: WordBounds::Whole,
        }
    }
}

impl WordBounds {
    /// Whether a term may be at a place in a folded text in UTF-8.
    ///
    /// Letters beyond ASCII count if they take two bytes: Latin, Greek, Cyrillic and their
    /// neighbours. Those of three bytes are Chinese, or of scripts without spaces.
    pub fn allow(self, text: &[u8], found: &Range<usize>) -> bool {
        let is_letter = |at: usize| match text.get(at) {
            Some(0x80..=0xBF) => at > 0 && matches!(text[at - 1], 0xC3..=0xDF),
            Some(byte) => byte.is_ascii_alphanumeric() || matches!(byte, 0xC3..=0xDF),
            None => false,
        };
        let is_inside = |at: usize| at > 0 && is_letter(at - 1) && is_letter(at);
        match self {
            Self::Anywhere => true,
            Self::Start => !is_inside(found.start),
            Self::Whole => !is_inside(found.start) && !is_inside(found.end),
        }
    }
}

/// As it can be typed: a whole phrase in quotation marks.
impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.bounds {
            // Not the operator.
            WordBounds::Start if folded(&self.text) == "or" => write!(f, "{}*", self.text),
            WordBounds::Start => f.write_str(&self.text),
            WordBounds::Whole => f.write_str(&quoted(&self.text)),
            WordBounds::Anywhere if self.text.trim_matches('*').is_empty() => {
                f.write_str(&self.text)
            }
            WordBounds::Anywhere => write!(f, "*{}*", self.text),
        }
    }
}

/// A required value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldCondition {
    /// A tag that begins with this name, or is this name.
    Tag(FieldName),
    /// A source that contains this name, or is this name: `author:` or `source:`.
    Author(FieldName),
    /// A language that the article has.
    Language(Language),
    /// A section for each language: `lang:both`.
    BothLanguages,
    /// Both languages, mixed: `lang:mixed`.
    MixedLanguages,
    /// Any problem in its file: `has:problem`.
    HasProblem,
    /// A highlight or a note: `has:highlight`, `has:note`, `note:…`, `colour:…`.
    Annotated(AnnotationCondition),
    /// Whether it was read: `is:unread`, `is:read`, `is:finished`, `is:starred`, `is:new`.
    Is(ReadState),
    /// The days of its date.
    Date(Days),
}

/// The name of a tag or a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// The name, folded.
    pub text: String,
    /// Whether it is quoted, and must match as a whole.
    pub is_whole: bool,
}

/// Whether an article was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadState {
    /// Neither read nor finished.
    Unread,
    /// Read or finished.
    Read,
    /// Finished.
    Finished,
    /// Starred.
    Starred,
    /// Unread, and modified since the last visit.
    New,
}

impl ReadState {
    const ALL: [Self; 5] = [
        Self::Unread,
        Self::Read,
        Self::Finished,
        Self::Starred,
        Self::New,
    ];

    /// The state with a name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Finished => "finished",
            Self::Starred => "starred",
            Self::New => "new",
        }
    }
}

impl Condition {
    /// The conditions that contain no others, and whether each is required (true) or forbidden
    /// (false).
    pub(super) fn leaves(&self) -> Vec<(&Self, bool)> {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::leaves).collect(),
            Self::Not(one) => one
                .leaves()
                .into_iter()
                .map(|(leaf, is_required)| (leaf, !is_required))
                .collect(),
            leaf => vec![(leaf, true)],
        }
    }

    /// Whether it is met by a highlight; `None` if it does not depend on highlights alone.
    pub(super) fn verdict(&self, annotation: &Annotation) -> Option<bool> {
        let all = |all: &[Self], decisive: bool| {
            let mut verdict = Some(!decisive);
            for one in all {
                match one.verdict(annotation) {
                    Some(one) if one == decisive => return Some(decisive),
                    None => verdict = None,
                    Some(_) => {}
                }
            }
            verdict
        };
        match self {
            Self::All(conditions) => all(conditions, false),
            Self::Any(conditions) => all(conditions, true),
            Self::Not(one) => one.verdict(annotation).map(|is_met| !is_met),
            Self::Field(FieldCondition::Annotated(condition)) => {
                Some(condition.is_met_by(annotation))
            }
            _ => None,
        }
    }

    pub(super) fn match_whole_words(&mut self) {
        match self {
            Self::All(all) | Self::Any(all) => all.iter_mut().for_each(Self::match_whole_words),
            Self::Not(one) => one.match_whole_words(),
            Self::Word(term) | Self::Text(term) => term.bounds = WordBounds::Whole,
            Self::Phrase(_) | Self::Field(_) => {}
        }
    }

    pub(super) const fn term(&self) -> Option<&Term> {
        match self {
            Self::Word(term) | Self::Phrase(term) | Self::Text(term) => Some(term),
            _ => None,
        }
    }

    /// Writes conditions with a separator between them, and parentheses where they are needed.
    fn write_list(f: &mut Formatter<'_>, conditions: &[Self], separator: &str) -> fmt::Result {
        for (at, condition) in conditions.iter().enumerate() {
            if at > 0 {
                f.write_str(separator)?;
            }
            match condition {
                Self::All(_) if separator == " or " => write!(f, "{condition}")?,
                Self::Any(_) | Self::All(_) => write!(f, "({condition})")?,
                _ => write!(f, "{condition}")?,
            }
        }
        Ok(())
    }
}

/// As it can be typed: it is read back as the same condition if words without a field are
/// [`Condition::Word`]s.
impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(all) => Self::write_list(f, all, " "),
            Self::Any(any) => Self::write_list(f, any, " or "),
            Self::Not(one) if matches!(**one, Self::All(_) | Self::Any(_)) => write!(f, "-({one})"),
            Self::Not(one) => write!(f, "-{one}"),
            Self::Word(term) | Self::Phrase(term) => term.fmt(f),
            Self::Text(term) => write!(f, "text:{term}"),
            Self::Field(field) => field.fmt(f),
        }
    }
}

impl Display for FieldCondition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            Self::Author(author) => write!(f, "author:{author}"),
            Self::Language(Language::Chinese) => f.write_str("lang:zh"),
            Self::Language(Language::English) => f.write_str("lang:en"),
            Self::BothLanguages => f.write_str("lang:both"),
            Self::MixedLanguages => f.write_str("lang:mixed"),
            Self::HasProblem => f.write_str("has:problem"),
            Self::Annotated(AnnotationCondition::Highlight) => f.write_str("has:highlight"),
            Self::Annotated(AnnotationCondition::Note) => f.write_str("has:note"),
            Self::Annotated(AnnotationCondition::Text(text)) => write!(f, "note:{}", quoted(text)),
            Self::Annotated(AnnotationCondition::Colour(colour)) => {
                write!(f, "colour:{}", colour.name())
            }
            Self::Is(state) => write!(f, "is:{}", state.name()),
            Self::Date(days) => write!(f, "date:{days}"),
        }
    }
}

impl Display for FieldName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&if self.is_whole {
            quoted(&self.text)
        } else {
            self.text.clone()
        })
    }
}

/// A span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Days {
    /// From one day to another, both included; `None` if a side is open.
    Between(Option<Date>, Option<Date>),
    /// This many days up to today, today included: `date:7d`.
    Last(u32),
    /// This many calendar months up to today, today included: `date:3m`, `date:1y`.
    LastMonths(u32),
    /// Articles whose date is missing or unreadable: `date:none`.
    Undated,
}

impl Days {
    /// Reads what is typed after `date:`. The error says what is wrong.
    pub(in crate::catalog) fn parse(value: &str) -> Result<Self, String> {
        if value == "none" {
            return Ok(Self::Undated);
        }
        if let Some((from, to)) = value.split_once("..") {
            return range(from, to);
        }
        let unit = value.chars().next_back();
        if let Some(unit @ ('d' | 'w' | 'm' | 'y')) = unit {
            return last(&value[..value.len() - 1], unit).ok_or_else(expected_days);
        }
        let (start, end) = span(value)?;
        Ok(Self::Between(Some(start), Some(end)))
    }

    /// The month that it is, as `2024-06`; `None` if it is another span of days.
    pub(in crate::catalog) fn month(self) -> Option<String> {
        match self {
            Self::Between(Some(from), Some(to))
                if from.first_of_month() == from && from.last_of_month() == to =>
            {
                Some(format!("{:04}-{:02}", from.year(), from.month()))
            }
            _ => None,
        }
    }
}

/// What can be typed, for errors.
fn expected_days() -> String {
    tr!("date: needs 2024, 2024-06, 2024-06-01, a range such as 2024-01..2024-06, 7d, 2w, 3m, 1y or none").into()
}

/// A range; one of its ends may be missing.
fn range(from: &str, to: &str) -> Result<Days, String> {
    let start = if from.is_empty() {
        None
    } else {
        Some(span(from)?.0)
    };
    let end = if to.is_empty() {
        None
    } else {
        Some(span(to)?.1)
    };
    match (start, end) {
        (None, None) => Err(expected_days()),
        (Some(start), Some(end)) if start > end => Err(tr!(
            "{start} is after {end}: write the earlier date first",
            start = start,
            end = end
        )),
        _ => Ok(Days::Between(start, end)),
    }
}

/// Days, weeks, months or years up to today, such as `7d`.
fn last(count: &str, unit: char) -> Option<Days> {
    // The number that is written back is one of days or of months.
    let (times, days): (u32, fn(u32) -> Days) = match unit {
        'd' => (1, Days::Last),
        'w' => (7, Days::Last),
        'm' => (1, Days::LastMonths),
        _ => (12, Days::LastMonths),
    };
    let count = count.parse::<u32>().ok()?.checked_mul(times)?;
    (1..1_200_000).contains(&count).then(|| days(count))
}

/// The first and the last day of a year, a month or a day.
fn span(value: &str) -> Result<(Date, Date), String> {
    let parts: Vec<&str> = value.split(['-', '/']).collect();
    let number = |part: &str, digits: usize| {
        let is_number =
            (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            part.parse::<i16>().ok()
        } else {
            None
        }
    };
    let impossible = || tr!("{date} is not a date in the calendar", date = value);
    let first = |year, month: i16| Date::new(year, month as i8, 1).map_err(|_| impossible());
    let year = number(parts[0], 4)
        .filter(|_| parts[0].len() == 4)
        .ok_or_else(expected_days)?;
    let rest: Option<Vec<i16>> = parts[1..].iter().map(|part| number(part, 2)).collect();
    match rest.ok_or_else(expected_days)?[..] {
        [] => Ok((first(year, 1)?, first(year, 12)?.last_of_month())),
        [month] => Ok((first(year, month)?, first(year, month)?.last_of_month())),
        [month, day] => Date::new(year, month as i8, day as i8)
            .map(|day| (day, day))
            .map_err(|_| impossible()),
        _ => Err(expected_days()),
    }
}

/// As it can be typed.
impl Display for Days {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Undated => f.write_str("none"),
            Self::Last(days) => write!(f, "{days}d"),
            Self::LastMonths(months) => write!(f, "{months}m"),
            Self::Between(Some(from), Some(to)) if from == to => write!(f, "{from}"),
            Self::Between(Some(from), Some(to))
                if from == date(from.year(), 1, 1) && to == date(from.year(), 12, 31) =>
            {
                write!(f, "{:04}", from.year())
            }
            Self::Between(from, to) => {
                if let Some(month) = self.month() {
                    return f.write_str(&month);
                }
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                write!(f, "{}..{}", day(from), day(to))
            }
        }
    }
}
