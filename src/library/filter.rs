//! The worker that says which entries satisfy a query, so that no key waits for it.

use std::sync::mpsc::{self, Receiver, Sender};

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

use super::librarian::{News, spawn};
use crate::catalog::{Changes, Entries, Query, evaluate};

/// What the worker is told and asked.
pub(super) enum Asked {
    /// What changed in the library.
    Changed(Changes),
    /// A query, and the number that its answers bear.
    Filter(u32, Query),
}

/// Starts the worker; it ends when the sender is dropped. Without a thread to spare nothing is answered, and that is told.
pub(super) fn start(tell: impl Fn(News) + Send + 'static) -> Sender<Asked> {
    let (sender, receiver) = mpsc::channel();
    let (failed, started) = mpsc::channel();
    let work = move || {
        if let Ok(tell) = started.recv() {
            Worker { entries: Entries::new(TimeZone::system()), receiver, question: None, tell }.work();
        }
    };
    if spawn("filter", work).is_err() {
        tell(News::Notice("the system gives no thread to filter the list with".into()));
    } else {
        // Handed over afterwards, since what a thread was given is lost if it cannot be started.
        let _ = failed.send(tell);
    }
    sender
}

struct Worker<T> {
    entries: Entries,
    receiver: Receiver<Asked>,
    /// The last question, until it is answered.
    question: Option<(u32, Query)>,
    tell: T,
}

impl<T: Fn(News)> Worker<T> {
    fn work(mut self) {
        loop {
            // A question that came while another was answered is waiting already.
            if self.question.is_none() {
                let Ok(asked) = self.receiver.recv() else { return };
                self.take(asked);
            }
            self.take_all();
            if let Some((number, query)) = self.question.take() {
                self.answer(number, &query);
            }
        }
    }

    /// Answers quickly what can be said quickly, and then all of it, unless something newer was asked meanwhile.
    fn answer(&mut self, number: u32, query: &Query) {
        let today = ZonedDateTime::now().date();
        let tiers = evaluate(query, &mut self.entries, today, false);
        (self.tell)(News::Filtered { number, tiers: tiers.into(), is_final: false });
        self.take_all();
        if self.question.is_none() {
            let tiers = evaluate(query, &mut self.entries, today, true);
            (self.tell)(News::Filtered { number, tiers: tiers.into(), is_final: true });
        }
    }

    fn take_all(&mut self) {
        while let Ok(asked) = self.receiver.try_recv() {
            self.take(asked);
        }
    }

    fn take(&mut self, asked: Asked) {
        match asked {
            Asked::Changed(changes) => drop(self.entries.apply(changes)),
            Asked::Filter(number, query) => self.question = Some((number, query)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::{Entry, Tier};
    use crate::digest;

    #[test]
    fn what_is_asked_late_is_answered_and_what_is_stale_is_dropped() {
        let (tell, news) = mpsc::channel();
        let asked = start(move |piece| drop(tell.send(piece)));
        let entry = Entry::new("tea.md".into(), &digest::read("---\ntitle: 茶叶\n---\n".as_bytes(), "tea.md"));
        asked.send(Asked::Changed(Changes::added(vec![entry]))).unwrap();
        for (number, query) in (1..=50).map(|number| (number, "湿地")).chain([(51, "chaye")]) {
            asked.send(Asked::Filter(number, Query::parse(query).unwrap())).unwrap();
        }
        let (mut last, mut answers) = (0, 0);
        loop {
            match news.recv_timeout(Duration::from_secs(30)).expect("an answer") {
                News::Filtered { number, tiers, is_final } => {
                    assert!(number >= last, "an answer to an older question");
                    (last, answers) = (number, answers + 1);
                    if number == 51 && is_final {
                        assert_eq!(*tiers, [Tier::Pinyin]);
                        break;
                    }
                }
                _ => panic!("nothing else was asked"),
            }
        }
        assert!(answers <= 102);
    }

    #[test]
    fn a_question_asked_while_another_is_answered_is_not_forgotten() {
        let (tell, news) = mpsc::channel();
        let (own, owned) = mpsc::channel::<Sender<Asked>>();
        let asked = start(move |piece| {
            // Asked from within the first answer, so that it surely comes between the first and the second.
            if let News::Filtered { number: 1, is_final: false, .. } = &piece {
                let asked = owned.recv().unwrap();
                asked.send(Asked::Filter(2, Query::parse("b").unwrap())).unwrap();
            }
            drop(tell.send(piece));
        });
        own.send(asked.clone()).unwrap();
        asked.send(Asked::Filter(1, Query::parse("a").unwrap())).unwrap();
        let is_last = |piece: News| matches!(piece, News::Filtered { number: 2, is_final: true, .. });
        while !is_last(news.recv_timeout(Duration::from_secs(30)).expect("an answer")) {}
    }
}
