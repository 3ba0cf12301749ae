//! Filtering and sorting 100,000 entries, one keystroke: `cargo bench --bench filter`.

mod made;

use std::ops::Range;
use std::sync::Arc;
use std::thread;

use divan::{Bencher, black_box};
use jianbao::catalog::{
    Annotations, Changes, Entries, EntryId, FilterContext, Marks, Order, Query, evaluate, facets,
};
use jianbao::text::Language;
use jiff::civil;
use jiff::tz::TimeZone;
use made::{Made, entry};

const COUNT: u32 = 100_000;
fn main() {
    divan::main();
}

fn library() -> Entries {
    let mut entries = Entries::new(TimeZone::UTC);
    entries.rebase(Arc::new(Made::new(COUNT)));
    entries
}

fn judge(bencher: Bencher, query: &str, with_pinyin: bool) {
    let entries = library();
    let marks = Marks::default();
    let query = Query::parse(query).expect("a query");
    let context = FilterContext {
        marks: &marks,
        annotations: &Annotations::default(),
        today: civil::date(2026, 1, 1),
        last_visit: None,
        is_thorough: with_pinyin,
    };
    // As in the program, on two threads.
    let judge =
        |numbers: Range<u32>| evaluate(black_box(&query), &entries, numbers, &context, &|_| &[]);
    bencher.bench_local(|| {
        thread::scope(|scope| {
            let other = scope.spawn(|| judge(COUNT / 2..COUNT));
            (judge(0..COUNT / 2), other.join())
        })
    });
}

const WORDS: [&str; 8] = [
    "e",
    "英伟达",
    "nvdia",
    "energy",
    "ywd",
    "yingwd",
    "chongqing",
    "tob",
];

#[divan::bench(args = WORDS)]
fn literal_and_loose(bencher: Bencher, query: &str) {
    judge(bencher, query, false);
}

#[divan::bench(args = WORDS)]
fn with_pinyin(bencher: Bencher, query: &str) {
    judge(bencher, query, true);
}

#[divan::bench(args = ["tag:business", "author:3", "date:2024", "is:unread", "lang:both -has:problem"])]
fn fields(bencher: Bencher, query: &str) {
    judge(bencher, query, false);
}

#[divan::bench]
fn facets_of_all(bencher: Bencher) {
    let entries = library();
    bencher.bench_local(|| {
        facets(
            black_box(&entries),
            &Annotations::default(),
            (0..COUNT).map(|id| (EntryId(id), [true; 3])),
        )
    });
}

/// As they come while a library is walked for the first time, in the order that is asked for when a
/// key changes it.
#[divan::bench(args = [Order::Date, Order::Title, Order::Source], sample_count = 10)]
fn sort_parts(bencher: Bencher, order: Order) {
    let parts = || {
        let mut entries = Entries::new(TimeZone::UTC);
        for part in 0..100 {
            entries.apply(Changes::added(
                (part * 1_000..(part + 1) * 1_000)
                    .map(entry)
                    .collect::<Vec<_>>(),
            ));
        }
        entries
    };
    bencher
        .with_inputs(parts)
        .bench_local_refs(|entries| entries.sorted(order, Language::Chinese));
}

/// A further part that comes to all others.
#[divan::bench(args = [Order::Date, Order::Title, Order::Source], sample_count = 10)]
fn merge_a_part(bencher: Bencher, order: Order) {
    let mut entries = library();
    let sorted = entries.sorted(order, Language::Chinese);
    let added = entries
        .apply(Changes::added(
            (COUNT..COUNT + 1_000).map(entry).collect::<Vec<_>>(),
        ))
        .placed;
    let merge = |sorted: &mut Vec<EntryId>| {
        entries.merge(black_box(sorted), &added, order, Language::Chinese);
    };
    bencher
        .with_inputs(|| sorted.clone())
        .bench_local_refs(merge);
}
