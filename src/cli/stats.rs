//! What is counted, and how it is printed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::choices::PairingArgs;

/// What `stats` prints.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The calendar has the year that ends with the newest article: a column a week, a row a
day. Days of reading are those on which an article was opened last in the reader; how
long it was read is not saved.

Fields of --json, one object:
  articles, unread, read, finished, starred, undated    numbers of articles
  languages   both, zh, en, mixed, unknown
  days        for each day with articles, how many
  tags        a list of name and articles, most first; sources alike
  opened      for each day, how many articles were opened last on it
  streak      days of reading in a row until now; longest_streak

Exit codes: 0; 1 if no article matches; 2 for a failure or an error in the query.

Examples:
  jianbao stats ~/digests --query date:30d
  jianbao stats ~/digests --format svg > digests.svg")]
pub struct StatsArgs {
    /// The folder, one file, or - for standard input.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Count only the articles that match a query.
    ///
    /// docs/queries.md describes queries.
    #[arg(short, long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Print one JSON object; the same as --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Output format.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = StatsFormat::Text, hide_default_value = true)]
    pub format: StatsFormat,
    /// Tags and sources to show as bars.
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub top: usize,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// The output format of `stats`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// For people; the default.
    Text,
    /// One object.
    Json,
    /// A picture, light or dark as the page around it.
    Svg,
}
