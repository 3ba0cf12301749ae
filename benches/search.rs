//! Searches all texts of a library in the running program, beside `rg` over the same folder.
//!
//! `cargo bench --bench search -- FOLDER [ROUNDS]`, where the folder is a library made by `cargo
//! run --release --example make_library -- N DIR`, for which an index is made or used in the cache
//! folder. `rg` is taken from the path; without it the program is timed alone. Wall times are
//! medians of interleaved rounds; the times of the first round, which checks the checksums, are
//! printed beside them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jianbao::catalog::Query;
use jianbao::library::{BatchLibrary, Library};

/// Queries from frequent to absent, in either language; more than the program keeps counts of, so
/// that each is counted again in every round. Those of several words, which `rg` cannot find, are
/// ranked by closeness too.
const QUERIES: [&str; 13] = [
    "\"的\"",
    "\"中\"",
    "\"energy\"",
    "\"电池\"",
    "\"the\"",
    "\"Lanstone\"",
    "\"没有这样的词\"",
    "\"quarterly profit warnings\"",
    "text:的 text:中",
    "text:the text:energy",
    "text:的 text:电池 text:中",
    "text:the text:of text:and text:a",
    "text:Lanstone text:energy",
];

/// The times of one query.
#[derive(Default)]
struct Times {
    /// In the first round.
    cold: Duration,
    first: Vec<Duration>,
    all: Vec<Duration>,
    rg: Vec<Duration>,
    hits: u64,
    articles: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let [folder, rest @ ..] = &arguments[..] else {
        println!("usage: cargo bench --bench search -- FOLDER [ROUNDS]; see examples/make_library");
        return;
    };
    let rounds = rest
        .first()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(15);
    let library = Library::Folder(Path::new(folder).into());
    let batch = library.batch(&mut |line| println!("{line}"));
    println!("{} articles, {rounds} rounds\n", batch.entries.len());
    let mut times: Vec<Times> = QUERIES.iter().map(|_| Times::default()).collect();
    for round in 0..=rounds {
        for (query, times) in QUERIES.iter().zip(&mut times) {
            search(&batch, query, times, round > 0);
            if let Some(time) = rg(query, folder).filter(|_| round > 0) {
                times.rg.push(time);
            }
        }
    }
    println!(
        "{:<34}{:>10}{:>10}{:>13}{:>10}{:>14}{:>10}{:>8}",
        "query", "articles", "hits", "first round", "first", "200 snippets", "rg", "times"
    );
    for (query, times) in QUERIES.iter().zip(&mut times) {
        let [first, all, rg] =
            [&mut times.first, &mut times.all, &mut times.rg].map(|times| median(times));
        let faster = if rg > 0.0 {
            format!("{:.1}", rg / all)
        } else {
            "-".into()
        };
        println!(
            "{query:<34}{:>10}{:>10}{:>10.1} ms{first:>7.1} ms{all:>11.1} ms{rg:>7.0} ms{faster:>8}",
            times.articles,
            times.hits,
            times.cold.as_secs_f64() * 1e3
        );
    }
}

fn search(batch: &BatchLibrary, query: &str, times: &mut Times, counts: bool) {
    let query = Query::parse(query).expect("a query");
    let begun = Instant::now();
    let mut first = None;
    let hits = batch.search(&query, &mut |_| first = first.or(Some(begun.elapsed())));
    if counts {
        times.all.push(begun.elapsed());
        times.first.extend(first);
    } else {
        times.cold = begun.elapsed();
    }
    (times.hits, times.articles) = (hits.total, hits.articles.len());
}

/// How long `rg` takes to find a phrase. None if there is no `rg`, or for several words.
fn rg(query: &str, folder: &str) -> Option<Duration> {
    let pattern = query.strip_prefix('"')?.strip_suffix('"')?;
    let mut command = Command::new("rg");
    command
        .arg("-F")
        .args(pattern.is_ascii().then_some("-i"))
        .arg("--")
        .arg(pattern)
        .arg(folder)
        .stdout(Stdio::null());
    let begun = Instant::now();
    command.status().ok()?;
    Some(begun.elapsed())
}

/// In milliseconds; 0 of none.
fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
