//! The thread that finds the articles whose languages disagree on a figure, among those on the
//! screen.

use std::time::{Duration, Instant};

use super::shared::Shared;
use super::threads::Latest;
use crate::catalog::{EntryId, Update};

/// Articles are checked once the request has not changed for this long, so that scrolling past them
/// costs nothing.
const QUIET: Duration = Duration::from_millis(150);
/// While a library grows, requests may never stop. After this time the last one is checked to its
/// end.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often results are sent.
const BATCH: Duration = Duration::from_millis(100);

/// The last request: the articles on the screen.
pub(super) type FigureRequests = Latest<Option<Vec<EntryId>>>;

/// Checks the requested articles until the mailbox is closed. Long texts are not checked and count
/// as agreeing.
pub(super) fn run(shared: &Shared, requests: &FigureRequests, on_update: &impl Fn(Update)) {
    while let Some(ids) = requests.take(Option::take) {
        let request = settle(ids, requests);
        let mut results = Vec::new();
        let mut sent_at = Instant::now();
        for id in request.ids {
            let is_replaced = requests.with(|newer| newer.is_some()) && !request.is_late;
            if is_replaced || requests.is_closed() {
                break;
            }
            if let Some(text) = shared.text(id) {
                results.push((id, text.is_quick() && !text.disagreements().is_empty()));
            }
            if sent_at.elapsed() >= BATCH {
                on_update(Update::FiguresChecked(std::mem::take(&mut results)));
                sent_at = Instant::now();
            }
        }
        if !results.is_empty() {
            on_update(Update::FiguresChecked(results));
        }
    }
}

/// A request that is to be checked.
#[derive(Debug, PartialEq, Eq)]
struct Settled {
    ids: Vec<EntryId>,
    /// Whether requests changed all the time, so that no newer one replaces it.
    is_late: bool,
}

/// Waits until the request has not changed for a while, or for too long.
fn settle(mut ids: Vec<EntryId>, requests: &FigureRequests) -> Settled {
    let began = Instant::now();
    loop {
        requests.wait_until(QUIET, Option::is_some);
        match requests.with(Option::take) {
            None => {
                return Settled {
                    ids,
                    is_late: false,
                };
            }
            Some(newer) => ids = newer,
        }
        if began.elapsed() >= PATIENCE {
            return Settled { ids, is_late: true };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_request_settles_or_is_checked_late() {
        let requests = FigureRequests::default();
        let ids = |id| vec![EntryId(id)];
        assert_eq!(
            settle(ids(7), &requests),
            Settled {
                ids: ids(7),
                is_late: false
            }
        );
        thread::scope(|scope| {
            scope.spawn(|| {
                while requests.put(|slot| *slot = Some(ids(8))) {
                    thread::sleep(Duration::from_millis(10));
                }
            });
            assert_eq!(
                settle(ids(7), &requests),
                Settled {
                    ids: ids(8),
                    is_late: true
                }
            );
            requests.close(|slot| *slot = None);
        });
        assert_eq!(
            settle(ids(9), &requests),
            Settled {
                ids: ids(9),
                is_late: false
            }
        );
    }
}
