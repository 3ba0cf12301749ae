//! The command that writes highlights and notes, and reads them again.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::choices::PairingArgs;

/// What `notes` writes or reads.
#[derive(Debug, Args)]
#[command(after_long_help = "\
md    Markdown: what is highlighted as a quotation, the note below it
org   Org, with links that open the place
html  one page without scripts
csv   a table (RFC 4180); a cell that begins as a formula does gets ' before it
json  JSON Lines, which --import reads

--template FILE is written in Jinja (minijinja): `articles`, each with title,
title_zh, title_en, path, date, source, link, tags and notes; each of these with
id, open, colour, lang, text, note, tags, created, changed and day. Values are
escaped as --format needs it; `|quoted` is a quotation of Markdown.

Fields of --format json, one object a line:
  id         what the highlight is known by; `jianbao open ID` opens it
  path       the article, relative to the folder; path_bytes as in list
  title, date, source, link
             of the article, or null; --import passes over them
  places     where it begins and ends
  colour     yellow, green, blue, red or purple
  text       what is highlighted; of a long text, its beginning and its end
  note       the note as it was written
  tags       the words after # in the note
  created, changed
             when it was made and changed last (RFC 3339)

With --directory each article gets a file of its own. A file that already says
the same is left as it is; one that was changed by hand is only replaced with
--force.

Exit codes: 0; 1 if there is nothing to write; 2 for a failure, and then nothing
is written or imported.

Examples:
  jianbao notes --query 'has:note tag:ai' ~/digests > notes.md
  jianbao notes --format org --directory ~/org/digests ~/digests
  jianbao notes --format json ~/digests > notes.jsonl
  jianbao notes --import notes.jsonl ~/digests")]
pub struct NotesArgs {
    /// The folder.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Only what matches a query, such as colour:red.
    ///
    /// An article must match, and what the query says of highlights (has:note, note:…, colour:…) also
    /// counts for each of them. docs/queries.md describes queries.
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// Format; by default that of the file's name, or md.
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<NotesFormat>,
    /// A template of your own, for md, org or html.
    #[arg(short, long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Write to this file.
    ///
    /// Without it, standard output is written to. (-o sets a setting, as with all commands.)
    #[arg(short = 'O', long, value_name = "FILE", conflicts_with = "directory")]
    pub output: Option<PathBuf>,
    /// Write a file for each article into this folder.
    #[arg(short, long, value_name = "FOLDER")]
    pub directory: Option<PathBuf>,
    /// Write over files that are there.
    #[arg(long)]
    pub force: bool,
    /// Read what --format json wrote, or - for standard input.
    ///
    /// All of it is taken, or nothing. What was changed or removed here since stays as it is.
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["query", "format", "template", "output", "directory", "force"])]
    pub import: Option<PathBuf>,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// The format of `notes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the help says what they are")]
pub enum NotesFormat {
    Md,
    Json,
    Csv,
    Org,
    Html,
}

impl NotesFormat {
    /// The format that the ending of a file's name names.
    pub fn of(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Self::Md,
            "json" | "jsonl" => Self::Json,
            "csv" => Self::Csv,
            "org" => Self::Org,
            "html" | "htm" => Self::Html,
            _ => return None,
        })
    }

    /// The ending of the names of files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Json => "jsonl",
            Self::Csv => "csv",
            Self::Org => "org",
            Self::Html => "html",
        }
    }
}

/// What `open` opens.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Every library that was read is looked in; the one read last comes first.

Examples:
  jianbao open 0123456789abcdef")]
pub struct OpenArgs {
    /// Its id, as jianbao notes writes it.
    #[arg(value_name = "ID")]
    pub id: String,
}
