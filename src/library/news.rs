//! The thread that reads what other programs save of the library while it is open.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use tracing::debug;

use super::search::SearchUpdate;
use super::shared::{NewsJob, Shared};
use super::state::{News, make_folder};
use crate::catalog::{EntryId, OwnTags, Remembered, Update};

/// How long a change of the database waits for others.
const PAUSE: Duration = Duration::from_millis(100);

/// Follows the database until the library is closed.
pub(super) fn run(shared: &Arc<Shared>, on_update: &impl Fn(Update)) {
    let Some(folder) = shared.store.folder() else {
        return;
    };
    let Some(_watcher) = watch(shared, folder) else {
        debug!("the saved state cannot be watched");
        return;
    };
    let first = |job: &mut NewsJob| job.seen.take();
    let Some(mut seen) = shared.news.take(first) else {
        return;
    };
    loop {
        if let Some(News {
            articles,
            searches,
            annotations,
            words,
        }) = shared.store.news(&mut seen)
        {
            searches
                .map(Update::SavedSearches)
                .into_iter()
                .for_each(on_update);
            if !annotations.is_empty() {
                shared.update_search(SearchUpdate::Annotated(annotations.clone()));
                on_update(Update::Annotated(annotations));
            }
            if !words.is_empty() {
                on_update(Update::Vocabulary(words));
            }
            let table = shared.entry_table.read();
            let known = |(hash, what)| Some((EntryId(table.find_hash(hash)?), what));
            let articles: Vec<_> = articles.into_iter().filter_map(known).collect();
            drop(table);
            if !articles.is_empty() {
                let marks = articles.iter().map(|(id, what)| (*id, what.mark));
                shared.update_search(SearchUpdate::Marked(marks.collect()));
                let own = |(id, what): &(EntryId, Remembered)| {
                    Some(Arc::new(OwnTags {
                        path: shared.files(*id)?.path,
                        tags: what.tags.clone(),
                    }))
                };
                let tags = articles.iter().filter_map(own).collect();
                shared.update_search(SearchUpdate::Tagged(tags));
                on_update(Update::Remembered(articles));
            }
        }
        let due = |job: &mut NewsJob| std::mem::take(&mut job.is_due).then_some(());
        if shared.news.take(due).is_none() {
            return;
        }
        shared.news.wait_until(PAUSE, |_| false);
    }
}

/// Watches the files of the database.
fn watch(shared: &Arc<Shared>, folder: &Path) -> Option<RecommendedWatcher> {
    make_folder(folder).ok()?;
    let mailbox = Arc::clone(shared);
    let on_event = move |event: notify::Result<Event>| {
        let is_database = |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| matches!(name, "state.db" | "state.db-wal"))
        };
        let is_written = |event: Event| {
            !event.kind.is_access() && event.paths.iter().any(|path| is_database(path))
        };
        if event.is_ok_and(is_written) {
            mailbox.news.put(|job| job.is_due = true);
        }
    };
    let mut watcher = notify::recommended_watcher(on_event).ok()?;
    watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}
