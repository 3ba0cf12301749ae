//! Filtering and sorting 100,000 entries, one keystroke: `cargo bench --bench filter`.

use std::ops::Range;
use std::thread;

use divan::{Bencher, black_box};
use jianbao::catalog::{Bare, Changes, Context, Entries, Entry, EntryId, Marks, Order, Query, evaluate, facets};
use jianbao::digest::{Date, Titles};
use jianbao::text::Language;
use jiff::civil;
use jiff::tz::TimeZone;

const COUNT: u32 = 100_000;
const WHO: [(&str, &str); 8] = [
    ("澜石能源", "Lanstone Energy"),
    ("海梧科技", "Haiwu Technology"),
    ("长乐银行", "Changle Bank"),
    ("微澜半导体", "Weilan Semiconductor"),
    ("英伟达", "Nvidia"),
    ("重明影业", "Chongming Pictures"),
    ("Orrin Systems", "Orrin Systems"),
    ("白塔保险", "Whitetower Insurance"),
];
const WHAT: [(&str, &str); 7] = [
    ("储能电池", "storage batteries"),
    ("海上风机", "offshore turbines"),
    ("自动驾驶巴士", "self-driving buses"),
    ("人工智能芯片", "AI chips"),
    ("低轨卫星", "low-orbit satellites"),
    ("夜行列车", "night trains"),
    ("数据中心", "data centres"),
];
const WHERE: [(&str, &str); 5] =
    [("重庆", "Chongqing"), ("上海", "Shanghai"), ("英国", "Britain"), ("墨西哥", "Mexico"), ("挪威", "Norway")];

fn main() {
    divan::main();
}

fn entry(number: u32) -> Entry {
    let pick = |of: usize, salt: u32| (number.wrapping_mul(2_654_435_761).rotate_left(salt) % of as u32) as usize;
    let (who, what, place) = (WHO[pick(8, 3)], WHAT[pick(7, 9)], WHERE[pick(5, 17)]);
    let sum = number % 977;
    let chinese = format!("{}拟在{}投资{sum}亿元，押注{}", who.0, place.0, what.0);
    let english = format!("{} to invest {sum}m yuan in {} in a bet on {}", who.1, place.1, what.1);
    Entry {
        path: format!("{number}.md").into(),
        mate: None,
        titles: Titles { given: chinese.clone(), chinese: Some(chinese), english: Some(english) },
        date: Date::parse(&format!("20{:02}-{:02}-{:02}", 10 + number % 16, 1 + number % 12, 1 + number % 28)),
        description: Some(format!("Investors wonder whether {} can withstand a price war in {}", what.1, place.1)),
        link: None,
        modified: None,
        source: Some(format!("source {}", number % 8)),
        tags: vec![format!("tag {}", number % 32), "business".into()],
        languages: [true, true],
        problems: 0,
    }
}

fn library() -> Entries {
    let mut entries = Entries::new(TimeZone::UTC);
    entries.apply(Changes::added((0..COUNT).map(entry).collect::<Vec<_>>()));
    entries.prepare_words();
    entries
}

fn judge(bencher: Bencher, query: &str, with_pinyin: bool) {
    let mut entries = library();
    let marks = Marks::default();
    let query = Query::parse(query, Bare::Word).expect("a query");
    let context = Context { marks: &marks, today: civil::date(2026, 1, 1), last_visit: None, with_pinyin };
    entries.prepare_words();
    // As in the program, on two threads.
    let judge = |numbers: Range<u32>| evaluate(black_box(&query), &entries, numbers, &context, &|_| &[]);
    bencher.bench_local(|| {
        thread::scope(|scope| {
            let other = scope.spawn(|| judge(COUNT / 2..COUNT));
            (judge(0..COUNT / 2), other.join())
        })
    });
}

const WORDS: [&str; 8] = ["e", "英伟达", "nvdia", "energy", "ywd", "yingwd", "chongqing", "tob"];

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
    bencher.bench_local(|| facets(black_box(&entries), (0..COUNT).map(EntryId), &TimeZone::UTC));
}

/// As they come while a library is walked for the first time, in the order that is asked for when a key changes it.
#[divan::bench(args = [Order::Date, Order::Title, Order::Source], sample_count = 10)]
fn sort_parts(bencher: Bencher, order: Order) {
    let parts = || {
        let mut entries = Entries::new(TimeZone::UTC);
        for part in 0..100 {
            entries.apply(Changes::added((part * 1_000..(part + 1) * 1_000).map(entry).collect::<Vec<_>>()));
        }
        entries
    };
    bencher.with_inputs(parts).bench_local_refs(|entries| entries.sorted(order, Language::Chinese));
}

/// A further part that comes to all others.
#[divan::bench(args = [Order::Date, Order::Title, Order::Source], sample_count = 10)]
fn merge_a_part(bencher: Bencher, order: Order) {
    let mut entries = library();
    let sorted = entries.sorted(order, Language::Chinese);
    let added = entries.apply(Changes::added((COUNT..COUNT + 1_000).map(entry).collect::<Vec<_>>())).placed;
    bencher.bench_local(|| entries.merge(black_box(&sorted), &added, order, Language::Chinese));
}
