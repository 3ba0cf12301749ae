//! Work over many articles on several threads, with the results in order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

/// How many results are in memory at once.
const CHUNK: usize = 256;

/// Works on all items and passes the results on in the order of the items. The result is None if the work panics.
///
/// # Errors
/// The first error of `on_result`, which ends the work.
pub(super) fn parallel_map<I: Sync, R: Send, E>(
    items: &[I],
    work: impl Fn(&I) -> R + Sync,
    mut on_result: impl FnMut(&I, Option<R>) -> Result<(), E>,
) -> Result<(), E> {
    let work = |item: &I| catch_unwind(AssertUnwindSafe(|| work(item))).ok();
    for chunk in items.chunks(CHUNK) {
        let results: Vec<Option<R>> = chunk.par_iter().map(work).collect();
        for (item, result) in chunk.iter().zip(results) {
            on_result(item, result)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_a_panic_costs_one_result() {
        let items: Vec<u32> = (0..1000).collect();
        let mut taken = Vec::new();
        let work = |item: &u32| {
            assert!(*item != 500, "a flaw, planted");
            item * 2
        };
        let outcome: Result<(), ()> = parallel_map(&items, work, |item, result| {
            assert_eq!(result, (*item != 500).then_some(item * 2));
            taken.push(*item);
            Ok(())
        });
        assert_eq!((outcome, taken), (Ok(()), items.clone()));
        let mut count = 0;
        let stopped = parallel_map(
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
