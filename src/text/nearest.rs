//! The name that was meant by a misspelt one.

/// The least likeness of a name that may be meant.
const LEAST: f64 = 0.8;

/// The name that is most like a misspelt one, if one is like it.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |other: &str| strsim::jaro_winkler(name, other);
    let nearest = names
        .into_iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))?;
    (likeness(nearest) > LEAST).then_some(nearest)
}
