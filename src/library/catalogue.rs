//! A library at once, for commands: what its index says, mended by a walk, and what is found in it.

use std::sync::mpsc::{Receiver, channel};

use jiff::tz::TimeZone;

use super::librarian::{Librarian, Library};
use super::rooms::Homes;
use super::search::{SearchJob, SnippetRange};
use crate::catalog::{Entries, EntryId, Hits, Order, Query, Snippet, Tier, Update};
use crate::text::Language;

/// All entries of a library, as they are now, and what can be found among them. What was read for it is kept for the next time; dropping it
/// waits for that.
#[derive(Debug)]
pub struct Catalogue {
    /// The entries.
    pub entries: Entries,
    news: Receiver<Update>,
    /// None only while it is dropped.
    librarian: Option<Librarian>,
}

impl Library {
    /// The entries of a library: those of its index, where nothing tells that their files changed, and the rest read. What could not be
    /// looked into is told in one cleaned line each. Of what the reader remembers nothing is changed.
    pub fn catalogue(&self, tell: &mut dyn FnMut(String)) -> Catalogue {
        self.catalogue_in(Homes::platform(), tell)
    }

    /// The same with everything read anew: no index is used or made, and nothing that is remembered is looked at.
    pub fn catalogue_afresh(&self, tell: &mut dyn FnMut(String)) -> Catalogue {
        self.catalogue_in(Homes::default(), tell)
    }

    pub(super) fn catalogue_in(&self, homes: Homes, tell: &mut dyn FnMut(String)) -> Catalogue {
        let (sender, news) = channel();
        let librarian = Librarian::start_in(self.clone(), homes, false, move |news| drop(sender.send(news)));
        let mut entries = Entries::new(TimeZone::system());
        for news in &news {
            match news {
                Update::Initial(opening) => opening.shelf.into_iter().for_each(|shelf| entries.rebase(shelf)),
                Update::Changed(changes) => drop(entries.apply(changes)),
                Update::Notice(line) => tell(line),
                Update::Progress { finished: true, .. } => break,
                _ => {}
            }
        }
        Catalogue { entries, news, librarian: Some(librarian) }
    }
}

impl Catalogue {
    /// The entries that satisfy a query, newest first.
    pub fn matching(&self, query: &Query) -> Vec<EntryId> {
        let job = SearchJob::Filter { number: 1, query: query.clone() };
        let tiers = self.ask(job, |news| match news {
            Update::Filtered { tiers, is_final: true, .. } => Some(tiers),
            _ => None,
        });
        let tier = |id: &EntryId| tiers.as_ref()?.get(id.0 as usize).copied();
        let mut order = self.entries.sorted(Order::Date, Language::Chinese);
        order.retain(|id| tier(id).is_some_and(|tier| tier != Tier::None));
        order
    }

    /// Searches the texts: the articles that satisfy a query, newest first, with the number of hits in each. `tell_first` is called with what is
    /// found before the end, if anything is, and at the end.
    pub fn search(&self, query: &Query, tell_first: &mut dyn FnMut(&Hits)) -> Hits {
        let job = SearchJob::Search { number: 1, query: query.clone() };
        let hits = self.ask(job, |news| match news {
            Update::Hits { hits, .. } => {
                tell_first(&hits);
                Some(hits).filter(|hits| hits.is_final)
            }
            _ => None,
        });
        // The first snippets come unasked.
        let _ = hits.is_some() && self.next(|news| matches!(news, Update::Snippets { .. }).then_some(())).is_some();
        hits.unwrap_or_default()
    }

    /// The hits of the last search in so many articles, from one on, with the words around them: of each article at most so many.
    pub fn snippets(&self, from: u32, count: u32, most: u32) -> Vec<Snippet> {
        let job = SearchJob::Snippets(SnippetRange { number: 1, from, count, most });
        let snippets = self.ask(job, |news| match news {
            Update::Snippets { snippets, .. } => Some(snippets),
            _ => None,
        });
        snippets.unwrap_or_default()
    }

    /// Asks, and waits for the answer; none where nobody answers.
    fn ask<R>(&self, job: SearchJob, answer: impl FnMut(Update) -> Option<R>) -> Option<R> {
        let is_heard = self.librarian.as_ref().is_some_and(|librarian| librarian.search(job));
        is_heard.then(|| self.next(answer)).flatten()
    }

    fn next<R>(&self, answer: impl FnMut(Update) -> Option<R>) -> Option<R> {
        self.news.iter().find_map(answer)
    }
}

impl Drop for Catalogue {
    fn drop(&mut self) {
        if let Some(librarian) = self.librarian.take() {
            librarian.finish();
        }
    }
}
