//! Work over many articles on two threads, with the results in order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many threads work; the disk has little use for more, and the reader's machine should stay quick.
const THREADS: usize = 2;

/// How many results at most wait for their turn.
const CHUNK: usize = 256;

/// Works on every item on two threads, and takes the results in the order of the items, in chunks, so that few wait in memory.
///
/// Should a flaw make the work panic on an item, its result is none and the rest goes on.
///
/// # Errors
/// The first of `take`; the work ends with it.
pub(super) fn each<I: Sync, R: Send, E>(
    items: &[I],
    work: impl Fn(&I) -> R + Sync,
    mut take: impl FnMut(&I, Option<R>) -> Result<(), E>,
) -> Result<(), E> {
    let work = |item: &I| catch_unwind(AssertUnwindSafe(|| work(item))).ok();
    for chunk in items.chunks(CHUNK) {
        for (item, result) in chunk.iter().zip(results(chunk, &work)) {
            take(item, result)?;
        }
    }
    Ok(())
}

/// The results for a few items, in their order.
fn results<I: Sync, R: Send>(items: &[I], work: &(impl Fn(&I) -> Option<R> + Sync)) -> Vec<Option<R>> {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let labour = || {
        while let Some((item, place)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| items.get(at).zip(done.get(at)))
        {
            let result = work(item);
            *place.lock().unwrap_or_else(PoisonError::into_inner) = result;
        }
    };
    thread::scope(|scope| {
        for _ in 1..THREADS.min(items.len()) {
            // Without a second thread the first does it all.
            let _ = thread::Builder::new().name("work".into()).spawn_scoped(scope, labour);
        }
        labour();
    });
    done.into_iter().map(|place| place.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_a_panic_costs_one_of_them() {
        let items: Vec<u32> = (0..1000).collect();
        let mut taken = Vec::new();
        let work = |item: &u32| {
            assert!(*item != 500, "a flaw, planted");
            item * 2
        };
        let outcome: Result<(), ()> = each(&items, work, |item, result| {
            assert_eq!(result, (*item != 500).then_some(item * 2));
            taken.push(*item);
            Ok(())
        });
        assert_eq!((outcome, taken), (Ok(()), items.clone()));
        let mut count = 0;
        let stopped = each(
            &items,
            |item| *item,
            |item, _| {
                count += 1;
                if *item == 3 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!((stopped, count), (Err("enough"), 4));
    }
}
