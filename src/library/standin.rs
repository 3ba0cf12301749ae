//! Stand-in.
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::index::{Index, Segment};
use super::librarian::News;
use crate::catalog::{Changes, EntryId, Mark, Query};

#[derive(Debug)]
pub(super) struct Searcher;
#[allow(dead_code)]
pub(super) enum Asked {
    Opened(Arc<Index>),
    Changed { changes: Changes, texts: Vec<(EntryId, Arc<Segment>, u32)> },
    Rebased(Arc<Index>),
    Marked(Vec<(EntryId, Mark)>),
    LastVisit(Option<i64>),
    Filter { number: u32, query: Query },
    Search { number: u32, query: Query },
    Snippets { number: u32, from: u32, count: u32 },
    Facets { number: u32, query: Query },
}
impl Searcher {
    pub(super) fn start(_zone: TimeZone, _tell: impl Fn(News) + Send + Clone + 'static) -> Self {
        Self
    }
    pub(super) fn ask(&self, _asked: Asked) {}
}
