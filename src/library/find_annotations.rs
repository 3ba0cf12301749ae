//! The thread that looks whether highlights are still in their articles.

use std::path::Path;
use std::time::{Duration, Instant};

use super::shared::Shared;
use crate::bilingual::find_passage;
use crate::catalog::{EntryId, Update};

/// How often results are sent.
const BATCH: Duration = Duration::from_millis(200);

/// Looks for the requested highlights until the mailbox is closed; a newer request replaces the last one.
pub(super) fn run(shared: &Shared, on_update: &impl Fn(Update)) {
    let requests = &shared.annotations;
    let is_replaced = || requests.is_closed() || requests.with(|newer| newer.is_some());
    while let Some(mut wanted) = requests.take(Option::take) {
        wanted.sort_by(|one, other| one.path.cmp(&other.path));
        let (mut results, mut sent_at) = (Vec::new(), Instant::now());
        for article in wanted.chunk_by(|one, other| one.path == other.path) {
            if is_replaced() {
                break;
            }
            let path: &Path = &article[0].path;
            let id = shared.entry_table.read().find(path);
            let Some(files) = id.and_then(|id| shared.files(EntryId(id))) else {
                continue;
            };
            let text = shared.library.text(&files);
            results.extend(article.iter().map(|one| {
                let found = find_passage(&text, &one.places, &one.text);
                (one.key, found.is_none())
            }));
            if sent_at.elapsed() >= BATCH {
                on_update(Update::AnnotationsFound(std::mem::take(&mut results)));
                sent_at = Instant::now();
            }
        }
        if !results.is_empty() {
            on_update(Update::AnnotationsFound(results));
        }
    }
}
