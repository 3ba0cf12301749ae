//! The articles that have highlights and notes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::catalog::{Annotation, Entry, EntryId, Query};
use crate::export::{NotedArticle, NotedPassage};
use crate::library::BatchLibrary;
use crate::text::Language;

/// An article with its highlights and notes.
pub(in crate::commands) struct ArticleNotes {
    pub(in crate::commands) path: PathBuf,
    /// None if it is gone.
    pub(in crate::commands) entry: Option<Entry>,
    pub(in crate::commands) noted: NotedArticle,
    /// In the order of the text.
    pub(in crate::commands) annotations: Vec<Arc<Annotation>>,
}

/// The articles that have highlights which a query asks for, the newest first; those that are gone come last.
pub(in crate::commands) fn articles(
    batch: &BatchLibrary,
    query: Option<&Query>,
    language: Language,
) -> Vec<ArticleNotes> {
    let matching: Option<HashSet<EntryId>> =
        query.map(|query| batch.matching(query).into_iter().collect());
    let ids: HashMap<&Path, EntryId> = batch
        .entries
        .find_paths(batch.annotations.all().map(|it| it.path.as_path()));
    let mut by_path: BTreeMap<&Path, Vec<Arc<Annotation>>> = BTreeMap::new();
    for annotation in batch.annotations.all() {
        let id = ids.get(annotation.path.as_path());
        let is_matching = matching
            .as_ref()
            .is_none_or(|matching| id.is_some_and(|id| matching.contains(id)));
        if is_matching && query.is_none_or(|query| query.may_ask_for(annotation)) {
            let article = by_path.entry(&annotation.path).or_default();
            article.push(Arc::clone(annotation));
        }
    }
    let zone = TimeZone::system();
    let mut articles: Vec<_> = by_path
        .into_iter()
        .map(|(path, mut annotations)| {
            annotations.sort_by_key(|it| {
                let [start, end] = &it.places;
                let start = (start.side as usize, start.block, start.offset);
                (start, end.block, end.offset, it.key)
            });
            let id = ids.get(path).copied();
            let entry = id.and_then(|id| batch.entries.get(id));
            let day = id.and_then(|id| batch.entries.day(id));
            let noted = noted(path, entry.as_ref(), &annotations, language, &zone);
            let date = day.map(|day| day.to_string());
            let article = ArticleNotes {
                path: path.to_owned(),
                entry,
                noted: NotedArticle { date, ..noted }.cleaned(),
                annotations,
            };
            (day, article)
        })
        .collect();
    articles.sort_by_key(|(day, it)| (it.entry.is_none(), Reverse(*day)));
    articles.into_iter().map(|(_, article)| article).collect()
}

/// The id of a highlight, and the command that opens it.
pub(in crate::commands) fn id_of(annotation: &Annotation) -> String {
    format!("{:016x}", annotation.key)
}

fn noted(
    path: &Path,
    entry: Option<&Entry>,
    annotations: &[Arc<Annotation>],
    language: Language,
    zone: &TimeZone,
) -> NotedArticle {
    let path = path.to_string_lossy().into_owned();
    let passage = |it: &Arc<Annotation>| {
        let [created, changed] = [it.created, it.changed].map(time);
        let id = id_of(it);
        NotedPassage {
            open: format!("jianbao open {id}"),
            id,
            colour: it.colour.unwrap_or_default().name(),
            lang: it.places[0].side.code(),
            text: it.text.clone(),
            note: it.note.clone(),
            tags: it.tags().map(str::to_owned).collect(),
            day: zone.to_datetime(created).date().to_string(),
            created: created.to_string(),
            changed: changed.to_string(),
        }
    };
    let notes = annotations.iter().map(passage).collect();
    let Some(entry) = entry else {
        return NotedArticle {
            title: path.clone(),
            path,
            notes,
            ..NotedArticle::default()
        };
    };
    NotedArticle {
        title: entry.titles.in_language(language).to_owned(),
        title_zh: entry.titles.chinese.clone(),
        title_en: entry.titles.english.clone(),
        path,
        date: None,
        source: entry.source.clone(),
        link: entry.link.clone(),
        tags: entry.tags.clone(),
        notes,
    }
}

/// A time in milliseconds since 1970.
pub(super) fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}
