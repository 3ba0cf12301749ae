//! Makes a library of bilingual digests to measure with, always the same from the same seed.
//!
//! ```sh
//! cargo run --release --example make_library -- 100000 /tmp/digests
//! cargo run --release --example make_library -- --flat 100000 /tmp/one-folder
//! cargo run --release --example make_library -- --scatter 100000 /tmp/folders-of-one
//! cargo run --release --example make_library -- --big 5000000 /tmp/big.md
//! ```
//!
//! Everything in the digests is invented.

mod quirk;
mod random;
mod shelf;
mod story;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use clap::Parser;

use crate::shelf::{Layout, Shelf};
use crate::story::Story;

/// Make a library of bilingual digests, always the same from the same seed.
#[derive(Parser)]
#[command(name = "make_library")]
struct Arguments {
    /// How many digests to make.
    #[arg(value_name = "N", required_unless_present = "big", requires = "folder")]
    count: Option<u64>,
    /// The folder to make: new, empty, or made by this program before (then it is replaced).
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// What the digests depend on, besides their number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Put all digests into one folder, instead of one a month.
    #[arg(long)]
    flat: bool,
    /// Put every digest into a folder of its own, instead of one a month.
    #[arg(long, conflicts_with = "flat")]
    scatter: bool,
    /// How many in a thousand are damaged, in ways met in real folders.
    #[arg(long, value_name = "PERMILLE", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=1000))]
    quirks: u64,
    /// Make one article of about so many bytes instead.
    #[arg(long, num_args = 2, value_names = ["BYTES", "FILE"], conflicts_with_all = ["count", "folder", "flat", "scatter", "quirks"])]
    big: Option<Vec<String>>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("make_library: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<String> {
    if let Some([bytes, file]) = arguments.big.as_deref() {
        let bytes = bytes
            .parse()
            .map_err(|_| io::Error::other(format!("not a number of bytes: {bytes}")))?;
        let text = big(arguments.seed, bytes);
        fs::write(file, &text)?;
        return Ok(format!("{file}: {} bytes", text.len()));
    }
    let (Some(count), Some(folder)) = (arguments.count, &arguments.folder) else {
        return Err(io::Error::other("N and DIR are needed"));
    };
    let layout = match (arguments.flat, arguments.scatter) {
        (true, _) => Layout::Flat,
        (_, true) => Layout::Scattered,
        _ => Layout::Months,
    };
    let shelf = Shelf {
        count,
        seed: arguments.seed,
        layout,
        quirks: arguments.quirks,
    };
    let bytes = shelf.make(folder)?;
    let mean = bytes.checked_div(count).unwrap_or(0);
    Ok(format!(
        "{}: {count} digests, {bytes} bytes, {mean} on average",
        folder.display()
    ))
}

/// One article of about so many bytes: a digest whose sections go on, chapter after chapter.
fn big(seed: u64, bytes: usize) -> String {
    let mut story = Story::new(seed, 0);
    let mut length = story.text().len();
    let mut number = 0;
    while length < bytes {
        let (chinese, english) = Story::chapter(seed, number);
        length += chinese.len() + english.len();
        story.chinese.push_str(&chinese);
        story.english.push_str(&english);
        number += 1;
    }
    story.text()
}

#[cfg(test)]
mod tests;
