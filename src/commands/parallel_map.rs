//! Work on many items in parallel, with the results in order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

/// How many results at most wait in memory.
const CHUNK: usize = 256;

/// Each item with the result of `work`, in the order of the items; `None` if the work panicked.
pub(super) fn parallel_map<I: Sync, R: Send>(
    items: &[I],
    work: impl Fn(&I) -> R + Sync,
) -> impl Iterator<Item = (&I, Option<R>)> {
    items.chunks(CHUNK).flat_map(move |chunk| {
        let result = |item: &I| catch_unwind(AssertUnwindSafe(|| work(item))).ok();
        let results: Vec<Option<R>> = chunk.par_iter().map(result).collect();
        chunk.iter().zip(results)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_a_panic_costs_one_of_them() {
        let items: Vec<u32> = (0..1000).collect();
        let work = |item: &u32| {
            assert!(*item != 500, "planted");
            item * 2
        };
        let expected = items
            .iter()
            .map(|item| (item, Some(item * 2).filter(|_| *item != 500)));
        assert!(parallel_map(&items, work).eq(expected));
    }
}
