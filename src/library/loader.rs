//! The thread that loads articles for the reader and passes on what is to be saved. It scans
//! nothing, so it answers at once.

use std::sync::Arc;

use super::dictionaries::lines_on;
use super::shared::{LoaderJobs, Shared};
use super::threads::spawn;
use crate::catalog::{EntryId, Update};

pub(super) fn run(shared: &Shared, on_update: &(impl Fn(Update) + Clone + Send + 'static)) {
    while let Some(jobs) = shared.load.take(LoaderJobs::take) {
        for (id, what, fields) in jobs.remembered {
            if let Some((path, link, content)) = shared.identity(id) {
                let hashes = [link, content];
                shared.store.save_article(&path, hashes, &what, fields);
            }
        }
        if let Some(word) = jobs.word {
            let lines = lines_on(&word);
            on_update(Update::LookedUp { word, lines });
        }
        if let Some(id) = jobs.wanted {
            load(shared, id).into_iter().for_each(on_update);
            shared.load.put(|jobs| jobs.has_loaded = true);
        }
        if let Some(job) = jobs.sentences {
            // No article waits for them.
            let on_update = on_update.clone();
            spawn("sentences", move || {
                let sentences = Arc::new(job.run());
                on_update(Update::SentencesAligned(job, sentences));
            });
        }
    }
    shared.store.close();
}

/// The answer. None if the article is gone or no longer wanted.
fn load(shared: &Shared, id: EntryId) -> Option<Update> {
    let files = shared.files(id)?;
    let text = Arc::new(shared.library.text_with_pictures(&files));
    if shared.is_ending() || shared.load.with(|jobs| jobs.wanted.is_some()) {
        return None;
    }
    // A short text comes with its disagreements. A long one is shown first, and aligned on a
    // thread of its own.
    if text.is_quick() {
        text.disagreements();
    } else {
        let text = Arc::clone(&text);
        spawn("align", move || {
            text.alignment();
        });
    }
    let remembered = shared.store.article(&files.path).unwrap_or_default();
    Some(Update::Loaded {
        id,
        text,
        remembered,
    })
}
