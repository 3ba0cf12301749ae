//! The commands that write for other programs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::choices::{LanguagesChoice, PairingArgs};

/// What `pairs` exports.
#[derive(Debug, Args)]
#[command(after_long_help = "\
tsv   five columns for flash cards: Chinese, English, title, path, source, and
      with --sentences a sixth, the confidence; a tab, a line break and a
      backslash in a text are \\t, \\n and \\\\
tmx   a translation memory (TMX 1.4b) from zh-CN to en: units of paragraphs and
      of sentences, by their segtype, each with its title, article, source,
      link and confidence
json  JSON Lines: zh, en, zh_line, en_line, confidence (from 0 to 1), title,
      path, source, link

Articles in one language are skipped, and so are code and the labels that every
digest has.

Exit codes: 0; 1 if nothing is bilingual; 2 if something cannot be read.

Examples:
  jianbao pairs today.md > cards.tsv
  jianbao pairs --format tmx --sentences ~/digests > memory.tmx")]
pub struct PairsArgs {
    /// A folder, a file, or - for standard input.
    #[arg(value_name = "FOLDER|FILE|-", default_value = ".")]
    pub path: PathBuf,
    /// Output format.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = PairsFormat::Tsv, hide_default_value = true)]
    pub format: PairsFormat,
    /// Export pairs of sentences instead of paragraphs.
    ///
    /// A translation memory has both, and this is only its usual segtype.
    #[arg(long)]
    pub sentences: bool,
}

/// The output format of `pairs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PairsFormat {
    /// Columns separated by tabs, for flash cards; the default.
    Tsv,
    /// TMX 1.4b, for translation memories.
    Tmx,
    /// JSON Lines.
    Json,
}

/// What `export` writes.
#[derive(Debug, Args)]
#[command(after_long_help = "\
html  one page without scripts: paragraphs beside their translations, a choice
      of languages, light and dark, fit for printing
epub  a book (EPUB 3), an article a chapter, with contents
atom  a feed (RFC 4287) with whole texts
md    Markdown, one language after the other
txt   text of 80 columns, in the same way

Folders are written newest first, files in the order given. Pictures are left out, and
only http, https and mailto links stay links.

Exit codes: 0; 1 if no article matches; 2 if it cannot be written, and then nothing is.

Examples:
  jianbao export today.md --output today.html
  jianbao export --query 'tag:ai date:7d' ~/digests --output week.epub
  jianbao export ~/digests --format atom > feed.xml")]
pub struct ExportArgs {
    /// Files and folders, or - for standard input.
    #[arg(value_name = "FOLDER|FILE|-", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Only the articles that match a query.
    ///
    /// docs/queries.md describes queries.
    #[arg(short, long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Format; by default that of the file's name.
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<ExportFormat>,
    /// Write to this file.
    ///
    /// It appears once it is complete. Without it, standard output is written to. (-o sets a
    /// setting, as with all commands.)
    #[arg(short = 'O', long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Languages; by default both.
    ///
    /// An article without the language is written in its other one.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<LanguagesChoice>,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// The format of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A page that needs nothing else.
    Html,
    /// EPUB 3.
    Epub,
    /// A feed.
    Atom,
    /// Markdown.
    Md,
    /// Text of 80 columns.
    Txt,
}

impl ExportFormat {
    /// The format that the ending of a file's name names.
    pub fn of(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" => Self::Html,
            "epub" => Self::Epub,
            "atom" | "xml" => Self::Atom,
            "md" | "markdown" => Self::Md,
            "txt" => Self::Txt,
            _ => return None,
        })
    }
}
