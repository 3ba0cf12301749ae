//! How well an entry matches a query.

use jiff::civil;

use crate::catalog::remembered::Marks;

/// How well an entry matches a query; better matches come first in the filtered list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// It does not match.
    #[default]
    None,
    /// It has every word literally, in either script.
    Literal,
    /// It has a word only as pinyin or initials, in a title.
    Pinyin,
    /// It has the letters of a word only in order and close together.
    Loose,
    /// It has a word only as pinyin or initials outside the titles: a long text has nearly any initials somewhere.
    PinyinElsewhere,
}

impl Tier {
    /// The tier of a term that matches or not.
    pub(super) const fn of(matches: bool) -> Self {
        if matches { Self::Literal } else { Self::None }
    }

    /// The tier of two terms that are both required.
    pub(super) fn and(self, other: Self) -> Self {
        if self == Self::None || other == Self::None { Self::None } else { self.max(other) }
    }

    /// The tier of two terms of which one is enough.
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::None || other == Self::None { self.max(other) } else { self.min(other) }
    }
}

/// What a query depends on apart from the entries.
#[derive(Clone, Copy, Debug)]
pub struct FilterContext<'a> {
    /// The marks of the articles.
    pub marks: &'a Marks,
    /// Today, for `date:7d`.
    pub today: civil::Date,
    /// The end of the last visit in milliseconds since 1970, for `is:new`; `None` on the first visit, when nothing is new.
    pub last_visit: Option<i64>,
    /// Whether to match pinyin, which takes longest.
    pub with_pinyin: bool,
}
