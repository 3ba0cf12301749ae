//! News of the library as messages to the reader, which knows nothing of it.

use crate::library::{News, Opening};
use crate::reader::{Message, Opened};

/// What the reader is told when the library has news.
pub(super) fn message_of(news: News) -> Message {
    match news {
        News::Opened(opening) => {
            let Opening { shelf, state, selected, last_visit } = *opening;
            Message::Opened(Box::new(Opened { shelf, state, selected, last_visit }))
        }
        News::Changed(changes) => Message::Changed(changes),
        News::Rebased(shelf) => Message::Rebased(shelf),
        News::Progress { read, found, elapsed, finished } => Message::Progress { read, found, elapsed, finished },
        News::Unwatched(folders) => Message::Unwatched(folders),
        News::Loaded { id, text, remembered } => Message::Loaded { id, text, remembered },
        News::Marked(marks) => Message::Marked(marks),
        News::Filtered { number, tiers, is_final } => Message::Filtered { number, tiers, is_final },
        News::Found { number, hits } => Message::Found { number, hits },
        News::Snippets { number, articles, snippets } => Message::Snippets { number, articles, snippets },
        News::Facets { number, facets } => Message::Facets { number, facets },
        News::Compared(ids) => Message::Compared(ids),
        News::Notice(line) => Message::Notice(line),
    }
}
