//! The program as its reader meets it: started in a terminal of 160×45, timed from outside, side by
//! side with `less`.
//!
//! `cargo bench --bench program -- SMALL LARGE [ROUNDS] [cold|warm|walk|filter|living]`, where the
//! folders are libraries made by `cargo run --release --example make_library -- N DIR`. Wall times
//! are medians of interleaved rounds in one run. The index and the memory go to a temporary folder.

mod limit;
mod process;
mod pty;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pty::{Homes, Program};

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let [small, large, rest @ ..] = &arguments[..] else {
        println!(
            "usage: cargo bench --bench program -- SMALL LARGE [ROUNDS] [PART]; see examples/make_library"
        );
        return;
    };
    let rounds = rest
        .first()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(15);
    let (small, large) = (Path::new(small), Path::new(large));
    let homes = Homes::new();
    let [few, many] = [small, large].map(limit::count);
    println!("{few} and {many} articles, {rounds} rounds\n");
    let is_wanted = |part| rest.get(1).is_none_or(|wanted| wanted == part);
    let parts: [(&str, &dyn Fn()); 5] = [
        ("cold", &|| cold(large, many, rounds.min(7))),
        ("warm", &|| warm(&homes, small, large, rounds)),
        ("walk", &|| walk(&homes, large, rounds)),
        ("filter", &|| filter(&homes, large, rounds)),
        ("living", &|| living(&homes, large)),
    ];
    parts
        .iter()
        .filter(|(part, _)| is_wanted(part))
        .for_each(|(_, measure)| measure());
}

/// From nothing to the first rows, and to the whole index; beside reading every file with two
/// threads.
fn cold(folder: &Path, count: usize, rounds: usize) {
    let (mut first, mut whole, mut limits) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        limits.push(limit::read_all(folder));
        let homes = Homes::new();
        let mut program = Program::jianbao(folder, &homes);
        first.push(program.wait(|screen| screen.contents().contains("1/")));
        whole.push(program.wait(|screen| {
            let text = screen.contents();
            text.contains(&format!("/{}", thousands(count)))
                && !text.contains("reading")
                && !text.contains(" left")
        }));
        program.quit();
    }
    let limit = median(&limits);
    println!(
        "cold: start to first rows                  {}",
        shown(&first)
    );
    println!(
        "cold: start to the whole index             {}",
        shown(&whole)
    );
    println!(
        "every file read by two threads             {}",
        shown(&limits)
    );
    println!(
        "                                           {:.1} times\n",
        ratio(median(&whole), limit)
    );
}

/// With an index there: to the list and the first article, beside `less` on one file.
fn warm(homes: &Homes, small: &Path, large: &Path, rounds: usize) {
    let file = limit::some_file(large);
    let starts: [(&str, &dyn Fn() -> Program); 3] = [
        ("less, one file", &|| Program::less(&file)),
        ("start, index there, small library", &|| {
            Program::jianbao(small, homes)
        }),
        ("start, index there, large library", &|| {
            Program::jianbao(large, homes)
        }),
    ];
    // The index is built, and what the settled screen looks like is learnt.
    let settled: Vec<Vec<String>> = starts
        .iter()
        .map(|(_, start)| {
            start().settle().quit();
            let mut program = start();
            program.settle();
            let rows = program.rows();
            program.quit();
            rows
        })
        .collect();
    let mut times = vec![Vec::new(); starts.len()];
    for _ in 0..rounds {
        for ((times, settled), (_, start)) in times.iter_mut().zip(&settled).zip(starts) {
            let mut program = start();
            times.push(program.wait(|screen| pty::rows_of(screen) == *settled));
            program.quit();
        }
    }
    for ((name, _), times) in starts.iter().zip(&times) {
        println!("{name:<42} {}", shown(times));
    }
    let [less, few, many] = [0, 1, 2].map(|at| median(&times[at]));
    println!(
        "large library: {:.1} times less, {:.2} times the small one\n",
        ratio(many, less),
        ratio(many, few)
    );
}

/// A walk where nothing changed, by a command that prints nothing; beside the names and metadata of
/// every file.
fn walk(homes: &Homes, folder: &Path, rounds: usize) {
    let (mut walks, mut limits) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        limits.push(limit::stat_all(folder));
        let begun = Instant::now();
        let mut command = homes.command();
        command.args(["list", "--query", "is:starred"]).arg(folder);
        drop(command.output());
        walks.push(begun.elapsed());
    }
    println!(
        "walk again, nothing changed (`list`)       {}",
        shown(&walks)
    );
    println!(
        "names and metadata on two threads          {}",
        shown(&limits)
    );
    println!(
        "                                           {:.1} times\n",
        ratio(median(&walks), median(&limits))
    );
}

/// A letter in the filter's line, to the frame with its first answer: the first one after a start,
/// and others. Letters that leave the rows as they were are left out.
fn filter(homes: &Homes, folder: &Path, rounds: usize) {
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let mut program = Program::jianbao(folder, homes);
        program.settle().keys(b"/").settle();
        first.extend(letter(&mut program, b'b'));
        for word in ["zhyb", "nvdia", "energy", "tob", "vietplnat"] {
            program.keys(b"\x1b").settle().keys(b"/").settle();
            later.extend(word.bytes().filter_map(|byte| letter(&mut program, byte)));
        }
        program.keys(b"\x1b").settle().quit();
    }
    println!(
        "first letter of a filter after a start     {}",
        shown(&first)
    );
    later.sort_unstable();
    let worst = later
        .get(later.len() * 99 / 100)
        .copied()
        .unwrap_or_default();
    println!(
        "letters later, to their first answer       {} (p99 {:.1} ms)\n",
        shown(&later),
        ms(worst)
    );
}

fn letter(program: &mut Program, byte: u8) -> Option<Duration> {
    program.mark();
    program.keys(&[byte]).list_changes()
}

/// Memory at rest, a key in the list, and the idle processor.
fn living(homes: &Homes, folder: &Path) {
    let mut program = Program::jianbao(folder, homes);
    program.settle();
    std::thread::sleep(Duration::from_secs(2));
    println!(
        "private memory, idle after a warm start    {:.1} MB",
        program.private_bytes() as f64 / 1e6
    );
    let before = program.cpu();
    std::thread::sleep(Duration::from_secs(5));
    println!(
        "CPU time in 5 s of idling                  {} ms",
        program.cpu().saturating_sub(before).as_millis()
    );
    let mut times = Vec::new();
    for _ in 0..200 {
        program.settle_briefly();
        program.mark();
        times.extend(program.keys(b"j").article_changes());
    }
    times.sort_unstable();
    println!(
        "j in the list to that article on screen    {} (p99 {:.1} ms)",
        shown(&times),
        ms(times[times.len() * 99 / 100])
    );
    program.quit();
}

/// A number as the program shows it.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    groups
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join(",")
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn shown(times: &[Duration]) -> String {
    let least = times.iter().min().copied().unwrap_or_default();
    let most = times.iter().max().copied().unwrap_or_default();
    format!(
        "{:8.1} ms (least {:.1}, most {:.1})",
        ms(median(times)),
        ms(least),
        ms(most)
    )
}

/// The program that is measured.
fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_jianbao"))
}
