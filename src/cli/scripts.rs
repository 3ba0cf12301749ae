//! Arguments of the commands for scripts and translators.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::choices::{ColourChoice, LanguageChoice};

/// What `check` checks, and how it prints what is wrong.
#[derive(Debug, Args)]
#[command(after_help = "\
Each finding has a file and line, a code, what is wrong and what to do:
  JB001  a language is missing            error
  JB002  paragraph without a translation  note
  JB003  figures that disagree            error
  JB004  broken front matter              error
  JB005  unreadable date                  note
  JB006  damaged, or not UTF-8            error
  JB007  dead relative link               note
  JB008  dead relative image              note
  JB009  title of another article         note
  JB010  link of another article          note
  JB011  unreadable or empty file         note
  JB012  file over 16 MiB, cut            note
  JB013  damaged Markdown                 note
  JB014  hidden characters                note
--deny turns notes into errors, --allow turns findings off. Both take codes
with commas between them, or all; a code named by itself wins over all.

Fields of --json, one object a line: path, line (from 1), code, rule, level
(denied for an error, or note), message, help, and related_line, the line of
the paragraph in the other language, or null.

Exit codes: 0; 1 if there are errors; 2 if the check cannot run.

Examples:
  jianbao check digests                          check a folder
  jianbao check today.md --deny JB002            be strict with one file
  jianbao check --allow all --deny JB003 ~/news  only figures that disagree
  jianbao check --format sarif . > log.sarif     for a code host
  jianbao check --explain JB003                  explain a code")]
pub struct CheckArgs {
    /// Folders and files; the current folder if none.
    #[arg(value_name = "FOLDER|FILE")]
    pub paths: Vec<PathBuf>,
    /// Print JSON Lines; the same as --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Output format.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Explain a code, and check nothing.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "json", "format", "deny", "allow"])]
    pub explain: Option<String>,
    /// Report these as errors.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub deny: Vec<String>,
    /// Don't report these.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// When to use colours; auto uses them on a terminal only.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub color: ColourChoice,
}

/// The output formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// JSON Lines.
    Json,
    /// SARIF 2.1.0, which code hosts show next to the text.
    Sarif,
}

/// What `align` prints.
#[derive(Debug, Args)]
#[command(after_help = "\
Each line is zh_line<TAB>en_line: the lines of the file, counted from 1, on which
two corresponding paragraphs start; - means that there is no translation. If
several paragraphs correspond, each pair has its own line. Labels (**Summary:**)
and rules are left out.

Fields of --json, one object a line: zh_lines and en_lines, lists of lines, and
confidence, from 0 to 1.

Exit codes: 0; 1 if the article is not bilingual; 2 if it is unreadable.")]
pub struct AlignArgs {
    /// The article, or - for standard input.
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// Print pairs of lines separated by a tab; the default.
    #[arg(long)]
    pub tsv: bool,
    /// Print JSON Lines.
    #[arg(long, conflicts_with = "tsv")]
    pub json: bool,
}

/// What `pairs` exports.
#[derive(Debug, Args)]
#[command(after_help = "\
tsv   five columns for flash cards: Chinese, English, title, path, source; a
      tab, a line break and a backslash in a text are \\t, \\n and \\\\
tmx   a translation memory (TMX 1.4b) from zh-CN to en, each unit with its
      title, article, source and link
json  JSON Lines: zh, en, zh_line, en_line, confidence (of the alignment of
      the paragraphs, from 0 to 1), title, path, source, link

Articles in one language are skipped, and so are code and the labels that every
digest has.

Exit codes: 0; 1 if nothing is bilingual; 2 if something cannot be read.

Examples:
  jianbao pairs today.md > cards.tsv
  jianbao pairs --format tmx --sentences ~/digests > memory.tmx")]
pub struct PairsArgs {
    /// A folder, a file, or - for standard input.
    #[arg(value_name = "FOLDER|FILE|-")]
    pub path: PathBuf,
    /// The output format.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = PairsFormat::Tsv)]
    pub format: PairsFormat,
    /// Export pairs of sentences instead of paragraphs.
    #[arg(long)]
    pub sentences: bool,
}

/// The output format of `pairs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PairsFormat {
    /// Columns separated by tabs, for flash cards.
    Tsv,
    /// TMX 1.4b, for translation memories.
    Tmx,
    /// JSON Lines.
    Json,
}

/// What `figures` prints.
#[derive(Debug, Args)]
#[command(after_help = "\
Fields of --json, one figure a line:
  line   the line of the file, counted from 1, of the paragraph; with --lang, of
         the figure itself
  text   the words of the figure
  value  its value with multipliers applied, in 15 significant digits; 25 for 25%
  unit   the ISO code or the name of a currency, a measure, or null
  kind   number, percentage, currency, date, year, multiple, range, ordinal,
         or label (digits that only name something)

Exit codes: 0; 2 if the article cannot be read.")]
pub struct FiguresArgs {
    /// The article, or - for standard input.
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// Read the whole file, as it is, in this language; without it, each section is read in its own language.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<LanguageChoice>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
}
