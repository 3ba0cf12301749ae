//! A query over the list: `cargo bench --bench filter [-- N]`. Times are wall times of one thread, medians of 15 rounds.

use std::time::{Duration, Instant};

use jianbao::catalog::{Changes, Entries, Entry, Query, evaluate};
use jianbao::digest;
use jiff::civil::date;
use jiff::tz::TimeZone;

const SUBJECTS: [&str; 8] = ["英伟达", "重庆", "图书馆", "茶叶", "湿地", "大桥", "港口", "银行"];
const DEEDS: [&str; 7] =
    ["发布新芯片", "价格上涨两成", "延长开放时间", "明年扩建", "公布季度业绩", "迎来鹤群", "与 OpenAI 合作"];

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let mut entries = Entries::new(TimeZone::UTC);
    entries.apply(Changes::added((0..count).map(entry).collect::<Vec<_>>()));
    println!("{count} entries");
    for query in
        ["英伟达", "銀行", "a", "openai 季度", "tag:tag7", "date:2024-06", "ywd", "chongqing", "yhgbjdyj", "-茶 or ywd"]
    {
        let parsed = Query::parse(query).expect("a query");
        let [quick, whole] = [false, true].map(|with_pinyin| {
            let times = (0..15).map(|_| {
                let begun = Instant::now();
                let tiers = evaluate(&parsed, &mut entries, date(2026, 11, 25), with_pinyin);
                std::hint::black_box(tiers);
                begun.elapsed()
            });
            let mut times: Vec<Duration> = times.collect();
            times.sort_unstable();
            times[times.len() / 2].as_secs_f64() * 1e3
        });
        println!("{query:<16} {quick:6.1} ms, with pinyin {whole:6.1} ms");
    }
}

fn entry(number: usize) -> Entry {
    let title = format!("{}{}（{number}）", SUBJECTS[number % 8], DEEDS[number / 8 % 7]);
    let (year, month, day) = (2016 + number % 10, number % 12 + 1, number % 28 + 1);
    let text = format!(
        "---\ntitle: {title}\ndate: {year}-{month:02}-{day:02}\ndescription: A story of {number}, told in a line as digests have it\ntags:\n- tag{}\nauthor: gazette\n---\n\n正文在此。\n",
        number % 50
    );
    Entry::new(format!("{number}.md").into(), &digest::read(text.as_bytes(), "story.md"))
}
