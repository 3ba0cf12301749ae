//! The values of a header, whatever language it is written in: text, lists and maps.

use std::borrow::Cow;

/// The keys and values of a header, in file order. Most are borrowed from the file's text.
pub(super) type Entries<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// A value of a header. Numbers, booleans and dates are the text they are written as.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    /// No value: nothing written, or a null.
    Nothing,
    /// Text.
    Text(Cow<'a, str>),
    /// Text that is surely one clean line already, and holds no entity: what is made of such text is the text itself.
    Line(&'a str),
    /// A list.
    List(Vec<Value<'a>>),
    /// A map.
    Map(Entries<'a>),
}

/// A text found in a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'v, 'a> {
    /// Any text.
    Text(&'v str),
    /// A [`Value::Line`], which outlives the value.
    Line(&'a str),
}

impl<'v, 'a: 'v> Found<'v, 'a> {
    /// The text, whatever is known of it.
    pub(super) const fn text(self) -> &'v str {
        match self {
            Self::Text(text) | Self::Line(text) => text,
        }
    }
}

impl<'a> Value<'a> {
    /// What is first found in the texts of a value, lists within lists laid out flat. Of a map in a list its name or title counts.
    pub(super) fn find_text<'v, T>(&'v self, look: &mut impl FnMut(Found<'v, 'a>) -> Option<T>) -> Option<T> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => look(Found::Text(text)),
            Self::Line(text) => look(Found::Line(text)),
            Self::List(items) => items.iter().find_map(|item| item.find_text(look)),
            Self::Map(entries) => {
                let named = |name: &str| entries.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
                let (_, value) = ["name", "title"].into_iter().find_map(named)?;
                value.find_text(look)
            }
        }
    }

    /// Looks at each text in a value, as [`Self::find_text`] does.
    pub(super) fn each_text<'v>(&'v self, mut look: impl FnMut(Found<'v, 'a>)) {
        self.find_text(&mut |found| {
            look(found);
            None::<()>
        });
    }
}

/// Values are the same that say the same.
#[cfg(test)]
impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::List(items), Self::List(others)) => items == others,
            (Self::Map(entries), Self::Map(others)) => entries == others,
            (Self::Text(_) | Self::Line(_), Self::Text(_) | Self::Line(_)) => {
                let text = |value: &Self| value.find_text(&mut |found| Some(found.text().to_owned()));
                text(self) == text(other)
            }
            _ => false,
        }
    }
}

/// Turns a list of texts into a value.
#[cfg(test)]
impl<'a, const N: usize> From<[&'a str; N]> for Value<'a> {
    fn from(texts: [&'a str; N]) -> Self {
        Self::List(texts.into_iter().map(Self::from).collect())
    }
}

/// Turns a text into a value that borrows it.
impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

/// Turns a text into a value that owns it.
impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
