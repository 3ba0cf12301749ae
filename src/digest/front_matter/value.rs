//! The values of a header in any language: text, lists and maps.

/// The longest header that a parser reads, in bytes; longer ones are read line by line. The longest of the corpus has 43 KB.
pub(super) const MAX_PARSED: usize = 64 * 1024;

/// The keys and values of a header, in file order.
pub(super) type HeaderEntries = Vec<(String, Value)>;

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
    Map(HeaderEntries),
}

impl Value {
    /// The texts in the value, nested lists flattened. Of a map in a list its name or title counts.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        self.collect_texts(&mut texts);
        texts
    }

    fn collect_texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => texts.push(text),
            Self::List(items) => items.iter().for_each(|item| item.collect_texts(texts)),
            Self::Map(entries) => {
                let named = |name: &str| entries.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
                if let Some((_, value)) = named("name").or_else(|| named("title")) {
                    value.collect_texts(texts);
                }
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Why a parser could not read a header.
#[derive(Debug)]
pub(super) struct ParseFailure {
    /// The line within the header, counted from 0.
    pub(super) line: Option<u32>,
    /// What the parser says.
    pub(super) reason: String,
}

impl ParseFailure {
    /// The failure of a header over [`MAX_PARSED`].
    pub(super) fn too_long() -> Self {
        Self { line: None, reason: "it is longer than 64 KB".to_owned() }
    }
}
