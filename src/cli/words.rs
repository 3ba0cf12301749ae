//! The command that lists words.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::choices::PairingArgs;
use crate::settings::LanguageCode;

/// What `words` writes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Words that the dictionary has are listed once, with the sentence in which they come first,
and its translation. Names and numbers are left out.

Levels: of Chinese HSK 2025, 7 for 7-9; of English bands of frequency, from 1 (the 1,000
commonest words of the dictionary) to 6 (32,000), each twice as large as the one before. A
word without a level is above all of them.

tsv   nine columns with the head that Anki reads: Word, Reading, Gloss, Sentence (HTML),
      Translation, Article, Source, Level, Key
json  JSON Lines: language, word, traditional, reading, senses, level, level_name, state
      (kept, known or null), count, sentence, form, translation, title, path, source, date, link
apkg  a package for Anki; a second import changes its notes instead of adding them

Exit codes: 0; 1 if there is no word; 2 if it cannot be written, and then nothing is.

Examples:
  jianbao words today.md --level 4                 words above HSK 4, the hardest first
  jianbao words --query date:7d --new ~/digests    of a week, and not in the book yet
  jianbao words --kept --output book.apkg          the vocabulary book for Anki")]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag")]
pub struct WordsArgs {
    /// Files and folders, or - for standard input.
    #[arg(value_name = "FOLDER|FILE|-", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Only the articles that match a query.
    ///
    /// docs/queries.md describes queries.
    #[arg(short, long, value_name = "QUERY")]
    pub query: Option<String>,
    /// The words of the vocabulary book.
    ///
    /// Those of all libraries, with the sentences that were kept.
    #[arg(long, conflicts_with_all = ["paths", "query", "new", "no_pairing"])]
    pub kept: bool,
    /// Only words above this level.
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=7))]
    pub level: Option<u8>,
    /// Only words that are not in the vocabulary book.
    #[arg(long)]
    pub new: bool,
    /// Language of the words.
    ///
    /// By default both for the book; of articles the one that is not the program's own.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<LanguageCode>,
    /// Order: hardest, newest or text.
    ///
    /// By default the hardest first, in the book the newest.
    #[arg(long, value_enum, value_name = "ORDER")]
    pub sort: Option<WordsOrder>,
    /// Format; by default that of the file's name, else tsv.
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<WordsFormat>,
    /// Add cards that ask for the word (apkg).
    ///
    /// They are notes of another kind to Anki: choose once.
    #[arg(long)]
    pub both_ways: bool,
    /// Write to this file.
    ///
    /// It appears once it is complete. Without it, standard output is written to.
    #[arg(short = 'O', long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// The order of `words`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WordsOrder {
    /// The hardest first.
    Hardest,
    /// Those of the newest articles first, or those kept last.
    Newest,
    /// As they are met.
    Text,
}

/// The format of `words`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WordsFormat {
    /// Columns with tabs, for Anki.
    Tsv,
    /// JSON Lines.
    Json,
    /// A package for Anki.
    Apkg,
}

impl WordsFormat {
    /// The format that the ending of a file's name names.
    pub fn of(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "tsv" | "txt" => Self::Tsv,
            "json" | "jsonl" => Self::Json,
            "apkg" => Self::Apkg,
            _ => return None,
        })
    }
}
