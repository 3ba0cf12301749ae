//! The values of a header, whatever language it is written in: text, lists and maps.

/// The keys and values of a header, in file order.
pub(super) type Entries = Vec<(String, Value)>;

/// A value of a header. Numbers, booleans and dates are the text they are written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// No value: nothing written, or a null.
    Nothing,
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A map.
    Map(Entries),
}

impl Value {
    /// The texts in a value, lists within lists laid out flat. Of a map in a list its name or title counts.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        self.gather(&mut texts);
        texts
    }

    /// Gathers the texts of a value.
    fn gather<'a>(&'a self, texts: &mut Vec<&'a str>) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => texts.push(text),
            Self::List(items) => items.iter().for_each(|item| item.gather(texts)),
            Self::Map(entries) => {
                let named = |name: &str| entries.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
                if let Some((_, value)) = ["name", "title"].into_iter().find_map(named) {
                    value.gather(texts);
                }
            }
        }
    }
}

/// Turns a list of texts into a value.
#[cfg(test)]
impl<const N: usize> From<[&str; N]> for Value {
    fn from(texts: [&str; N]) -> Self {
        Self::List(texts.iter().map(|&text| Self::Text(text.to_owned())).collect())
    }
}

/// Turns a text into a value.
impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
