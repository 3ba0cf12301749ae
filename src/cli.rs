//! The command line.

mod choices;
mod export;
mod mcp;
mod notes;
mod stats;
mod words;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::settings::{AmbiguousSetting, LanguageCode, WhenSetting};

use choices::setting;

pub use choices::{LanguagesChoice, PairingArgs};
pub use export::{ExportArgs, ExportFormat, PairsArgs, PairsFormat};
pub use mcp::McpArgs;
pub use notes::{NotesArgs, NotesFormat, OpenArgs};
pub use stats::{StatsArgs, StatsFormat};
pub use words::{WordsArgs, WordsFormat, WordsOrder};

const USAGE: &str = "jianbao [OPTIONS] [FOLDER|FILE|-]\n       jianbao [--debug FILE] <COMMAND> …";

const EXAMPLES: &str = "\
Examples:
  jianbao ~/digests               read a folder of digests
  jianbao                         read the same folder again; at first, the samples
  jianbao --lang en today.md      read one file, starting in English
  curl -s URL | jianbao           read the output of a program
  jianbao show today.md | less    print one article
  jianbao list --json ~/digests   list a folder as JSON Lines
  jianbao search 英伟达 ~/digests  search titles and texts in both languages
  jianbao check                   in the current folder, find missing sections, figures that disagree, dead links …
  jianbao --debug log ~/digests   write a log to attach to a bug report

Articles are files that end in .md, .markdown, .mdown or .txt. \
Hidden files and folders are skipped.

In the reader, ? shows the keys and q quits.

Exit codes: 0 for success; 1 for a negative answer (search, list --query, check, lookup, align, pairs, doctor); \
2 for a failure, with one line on standard error.

Environment: NO_COLOR turns colours off; COLORTERM, TERM and COLORFGBG describe the terminal.";

/// 简报 — read bilingual Chinese and English digests in the terminal.
#[derive(Debug, Parser)]
#[command(name = "jianbao", version, about, after_long_help = EXAMPLES, max_term_width = 100)]
#[command(override_usage = USAGE, disable_help_subcommand = true)]
pub struct Cli {
    /// The command; without one, the reader opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How the reader opens.
    #[command(flatten)]
    pub read: ReadArgs,
    /// Write a log to a new file.
    ///
    /// The log says what the program does; the file must be outside the folder of articles.
    #[arg(long, global = true, value_name = "FILE")]
    pub debug: Option<PathBuf>,
    /// Change a setting for this run, such as -o theme=dark.
    ///
    /// `jianbao config` lists the settings.
    #[arg(short = 'o', long = "set", global = true, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
}

impl Cli {
    /// The settings given on the command line, as `NAME=VALUE`; those given by name come last, so
    /// that they win.
    pub fn settings(&self) -> Vec<String> {
        let named = match &self.command {
            None => self.read.settings(),
            Some(Command::Show(arguments)) => arguments.settings(),
            Some(
                Command::List(ListArgs { color, pairing, .. })
                | Command::Search(SearchArgs { color, pairing, .. }),
            ) => {
                vec![setting("color", *color), pairing.setting()]
            }
            Some(
                Command::Export(ExportArgs { pairing, .. })
                | Command::Notes(NotesArgs { pairing, .. })
                | Command::Mcp(McpArgs { pairing, .. })
                | Command::Stats(StatsArgs { pairing, .. })
                | Command::Words(WordsArgs { pairing, .. }),
            ) => vec![pairing.setting()],
            Some(Command::Check(CheckArgs { color, .. })) => vec![setting("color", *color)],
            Some(_) => Vec::new(),
        };
        let named = named.into_iter().flatten();
        self.set.iter().cloned().chain(named).collect()
    }
}

/// A command that prints.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print an article.
    Show(ShowArgs),
    /// List the articles of a folder, newest first.
    List(ListArgs),
    /// Search the texts of a folder in both languages.
    Search(SearchArgs),
    /// Find errors: missing sections, wrong figures, dead links …
    Check(CheckArgs),
    /// Show which paragraphs correspond, by their lines.
    Align(AlignArgs),
    /// Export aligned text as flash cards, a translation memory or JSON.
    Pairs(PairsArgs),
    /// Write articles as HTML, EPUB, Atom, Markdown or text.
    Export(ExportArgs),
    /// Write highlights and notes as Markdown, Org, HTML, CSV or JSON.
    Notes(NotesArgs),
    /// Answer assistants (Model Context Protocol) over standard input.
    Mcp(McpArgs),
    /// Open the reader at a highlight.
    Open(OpenArgs),
    /// List words to learn, of articles or of the vocabulary book.
    Words(WordsArgs),
    /// Count articles: by day, tag and source, and what was read.
    Stats(StatsArgs),
    /// Print the figures of an article with their values.
    Figures(FiguresArgs),
    /// Look words up in the dictionary.
    Lookup(LookupArgs),
    /// Add, list or remove dictionaries.
    Dict(DictArgs),
    /// Export or import what was read and starred, and reading positions.
    State(StateArgs),
    /// Print the settings with where each comes from.
    Config(ConfigArgs),
    /// Print what a bug report needs: terminal, settings, files.
    Doctor(DoctorArgs),
    /// Print the completions of a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: ShellChoice,
    },
    /// Print the manual page, to be read with man -l -.
    Man(ManArgs),
    /// Print the licences of the program and of its data.
    Licences,
}

/// A shell that completes command lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say all")]
pub enum ShellChoice {
    Bash,
    Zsh,
    Fish,
    Elvish,
    Powershell,
    Nushell,
}

/// What `man` prints.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// A command; without it, the page of the program, with its keys and settings.
    #[arg(value_name = "COMMAND")]
    pub name: Option<String>,
}

impl Command {
    /// The folders that may be named as `@name`.
    pub fn folders_mut(&mut self) -> Vec<&mut PathBuf> {
        match self {
            Self::List(ListArgs { folder, .. })
            | Self::Search(SearchArgs { folder, .. })
            | Self::Stats(StatsArgs { folder, .. })
            | Self::Notes(NotesArgs { folder, .. })
            | Self::Mcp(McpArgs { folder, .. })
            | Self::Pairs(PairsArgs { path: folder, .. }) => vec![folder],
            Self::Check(CheckArgs { paths, .. })
            | Self::Export(ExportArgs { paths, .. })
            | Self::Words(WordsArgs { paths, .. }) => paths.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// The files and folders that it reads.
    pub fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Show(ShowArgs { file, .. })
            | Self::Align(AlignArgs { file, .. })
            | Self::Figures(FiguresArgs { file, .. }) => vec![file.clone()],
            Self::List(ListArgs { folder, .. })
            | Self::Search(SearchArgs { folder, .. })
            | Self::Stats(StatsArgs { folder, .. })
            | Self::Notes(NotesArgs { folder, .. })
            | Self::Mcp(McpArgs { folder, .. })
            | Self::Pairs(PairsArgs { path: folder, .. }) => vec![folder.clone()],
            Self::Check(CheckArgs { paths, .. })
            | Self::Export(ExportArgs { paths, .. })
            | Self::Words(WordsArgs { paths, .. }) => paths.clone(),
            Self::Lookup(_)
            | Self::Open(_)
            | Self::Dict(_)
            | Self::State(_)
            | Self::Config(_)
            | Self::Doctor(_)
            | Self::Completions { .. }
            | Self::Man(_)
            | Self::Licences => Vec::new(),
        }
    }
}

/// What `config` prints.
#[derive(Clone, Copy, Debug, Args)]
#[command(after_long_help = "\
Each line is NAME = VALUE  # where it comes from. The command line (-o) wins over the \
environment (JIANBAO_NAME), which wins over the file, which wins over the default.

Exit codes: 0; 2 if --check finds mistakes.

Examples:
  jianbao config --path                      where the settings file is
  jianbao config --default > config.toml     a file to start from
  jianbao -o theme=light ~/digests           a setting for one run
  JIANBAO_LANGUAGE=en jianbao                the same, for a session")]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag")]
pub struct ConfigArgs {
    /// Print a settings file with all defaults, commented.
    #[arg(long)]
    pub default: bool,
    /// Print only the mistakes in the settings.
    #[arg(long)]
    pub check: bool,
    /// Print the path of the settings file.
    #[arg(long)]
    pub path: bool,
    /// Print the JSON schema of the file, for editors.
    #[arg(long)]
    pub schema: bool,
}

/// What `doctor` prints.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The terminal is asked if standard input and output are one; what it does not answer
within 0.3 seconds is no answer. ! stands before what is wrong.

Fields of --json: docs/commands.md lists them.

Exit codes: 0; 1 if something is wrong.")]
pub struct DoctorArgs {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// What `lookup` prints.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Our dictionary is CC-CEDICT; added ones come after it. An English word is looked up as it
stands, then by its lemma. A phrase is one WORD in quotation marks.

Fields of --json, one object a word:
  word       the word
  entries    what it means: dictionary (the name of an added one, or null), word,
             traditional (or null), reading (or null), senses (a list)
  related    the headwords in it and longer ones, in the same way

Exit codes: 0; 1 if no word was found.

Examples:
  jianbao lookup 发电站 turbines
  jianbao lookup 'interest rate' --json")]
pub struct LookupArgs {
    /// The words, Chinese (either script) or English.
    #[arg(value_name = "WORD", required = true)]
    pub words: Vec<String>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
}

/// Dictionaries that the user added.
#[derive(Debug, Args)]
pub struct DictArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: DictAction,
}

/// Add, list or remove.
#[derive(Debug, Subcommand)]
#[expect(clippy::doc_markdown, reason = "the help has no backticks")]
pub enum DictAction {
    /// Add a dictionary: CC-CEDICT, ECDICT or StarDict.
    ///
    /// An export of CC-CEDICT (.u8, .txt, .gz), ECDICT's CSV, or the .ifo file of a dictionary of
    /// StarDict, whose .idx and .dict(.dz) lie beside it. It is copied into the data folder; one of
    /// the same name is replaced.
    Add {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List the dictionaries that were added.
    List,
    /// Remove a dictionary.
    Remove {
        /// Its name, as it is listed.
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// Export or import of the saved state.
#[derive(Debug, Args)]
pub struct StateArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: StateAction,
}

/// Export or import.
#[derive(Debug, Subcommand)]
pub enum StateAction {
    /// Print the saved state as JSON Lines.
    ///
    /// One object for each library is followed by one for each of its articles.
    Export {
        /// Only this library; without it, all libraries.
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    /// Read what `export` printed.
    ///
    /// For each library and article, the newer state is kept.
    Import {
        /// The file, or - for standard input.
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
}

/// How the reader opens.
#[derive(Debug, Default, PartialEq, Args)]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag")]
pub struct ReadArgs {
    /// A folder of digests, one file, or - for standard input.
    ///
    /// Without it, what is piped in is read, else the folder read last, at first the samples. For a
    /// folder named like a command, write ./show.
    #[arg(value_name = "FOLDER|FILE|-")]
    pub paths: Vec<PathBuf>,
    /// Read the samples.
    #[arg(long, conflicts_with = "paths")]
    pub samples: bool,
    /// Language to start in.
    ///
    /// Without it, that of the last visit, at first Chinese.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<LanguageCode>,
    /// Theme: auto, dark, light, nord …
    ///
    /// The colours; auto, the default, is dark or light by the background of the terminal.
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    /// Width of “ ” … —
    ///
    /// The width of these and similar characters, by default narrow; many terminals set up for
    /// Chinese draw them two columns wide.
    #[arg(long, value_enum, value_name = "WIDTH")]
    pub ambiguous: Option<AmbiguousSetting>,
    /// Leave the mouse to the terminal.
    ///
    /// The terminal selects text then. M in the reader toggles it.
    #[arg(long)]
    pub no_mouse: bool,
    /// Show the cursor of the terminal at the selection.
    ///
    /// It is for screen readers and magnifiers.
    #[arg(long)]
    pub cursor: bool,
    /// Print lines and read commands, for screen readers.
    ///
    /// Nothing is drawn: each change is a line, and choices have numbers. It is the default where
    /// TERM is dumb.
    #[arg(long)]
    pub linear: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

impl ReadArgs {
    fn settings(&self) -> Vec<Option<String>> {
        vec![
            setting("reading_language", self.lang),
            setting("theme", self.theme.as_deref()),
            setting("ambiguous", self.ambiguous),
            setting("mouse", self.no_mouse.then_some(false)),
            setting("cursor", self.cursor.then_some(true)),
            self.pairing.setting(),
        ]
    }
}

/// What `show` prints.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The article, or - for standard input.
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// Language to print.
    ///
    /// An article without it is printed in its other language. With both, one language comes after
    /// the other.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<LanguagesChoice>,
    /// Width of the text in columns.
    ///
    /// By default that of the terminal, at most 88; 80 in a pipe.
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(10..=1000))]
    pub width: Option<u16>,
    /// Use colours.
    ///
    /// With auto, the default, colours are used on a terminal only.
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<WhenSetting>,
    /// Theme: auto, dark, light, nord …
    ///
    /// The colours; auto, the default, is dark or light by COLORFGBG.
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    /// Width of “ ” … —
    ///
    /// The width of these and similar characters, by default narrow.
    #[arg(long, value_enum, value_name = "WIDTH")]
    pub ambiguous: Option<AmbiguousSetting>,
    /// Print pinyin above each line of Chinese.
    #[arg(long)]
    pub pinyin: bool,
    /// Marks at line ends stand out.
    ///
    /// How far is a setting, `hanging_marks`: by default with their blank half.
    #[arg(long)]
    pub hang: bool,
    /// Print long texts too, without a pager.
    ///
    /// Otherwise a text with more lines than the terminal is shown in the program that PAGER names.
    #[arg(long)]
    pub no_pager: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

impl ShowArgs {
    fn settings(&self) -> Vec<Option<String>> {
        vec![
            setting("theme", self.theme.as_deref()),
            setting("color", self.color),
            setting("ambiguous", self.ambiguous),
            setting("pinyin", self.pinyin.then_some(true)),
            self.pairing.setting(),
        ]
    }
}

/// What `list` prints.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Fields of --json, one object a line:
  path       the name that opens the file; of two files, the Chinese one
  path_bytes only if the name is not UTF-8: its bytes in hexadecimal
  path_en    the English file of two, or null
  title      the title as the article gives it
  title_zh   the Chinese title, or null
  title_en   the English title, or null
  date       the date as written, or null
  moment     the date in ISO 8601 as far as it is known: an instant in UTC,
             a local time, a day; or null
  date_from  path if the date is the day in the name of the file or of a
             folder, or null
  source     the source, or null
  tags       a list of strings
  own_tags   the tags that you gave it in the reader
  languages  [\"zh\"], [\"en\"], both or none
  mixed      true if it mixes both, instead of a section for each
  problems   the number of problems in the file
  read, finished, starred
             true or false: what you did with it in the reader
  opened     when you opened it last in the reader, in UTC (RFC 3339), or null

Characters that can confuse a terminal are escaped in JSON, and made visible elsewhere.")]
pub struct ListArgs {
    /// The folder, one file, or - for standard input.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// List only the articles that match a query.
    ///
    /// For instance: 英伟达 tag:ai date:7d -has:problem. The exit code is 1 if none does.
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
    /// Language of the titles.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<LanguageCode>,
    /// Use colours.
    ///
    /// With auto, the default, colours are used on a terminal only.
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<WhenSetting>,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// What `search` looks for.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Matches are printed as path:line: language: the words around them. \
Matches in a title, the lead, the source or a tag come first, with that name in place of the language. \
The line is that on which the paragraph begins. Matches that are close together share a line. \
Cells of a table are separated by │, its rows by ¶.

English words match where a word begins; *word* also inside words. Upper and lower case are alike, \
unless the query has upper case. \
An article must contain all of them. Quote whole words within the argument: '\"New York\" or 纽约'. \
Articles with the words in the title come first, then by the number of matches, the newest first among equals. \
The terms tag: author: lang: has:problem date: - or ( ) narrow the search.

Fields of --json, one object a line:
  path       the name that opens the file; of two files, the one that matches
  line       the line on which the paragraph begins, counted from 1
  lang       zh or en
  in         title, lead, source, tag or text
  snippet    the words around the match, in one line
  hits       the matches in the snippet: pairs of the first byte and the byte
             after the last
  title      the title in that language
  date       the date as written, or null

Exit codes: 0; 1 if nothing matches; 2 for a failure or an error in the query.")]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag")]
pub struct SearchArgs {
    /// What to look for.
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// The folder, one file, or - for standard input.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Match upper and lower case alike.
    ///
    /// Without this and -s, case matters if the query has upper case.
    #[arg(short, long, conflicts_with = "case_sensitive")]
    pub ignore_case: bool,
    /// Match upper and lower case exactly.
    #[arg(short = 's', long)]
    pub case_sensitive: bool,
    /// Match whole words only.
    #[arg(short, long)]
    pub word_regexp: bool,
    /// Print only the names of the files with matches.
    #[arg(short = 'l', long, conflicts_with_all = ["count", "json", "context"])]
    pub files_with_matches: bool,
    /// Print only how many matches each file has.
    #[arg(short, long, conflicts_with_all = ["json", "context"])]
    pub count: bool,
    /// Print at most this many lines of each article.
    #[arg(short, long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_count: Option<u32>,
    /// Paragraphs to print around each match.
    #[arg(
        short = 'C',
        long,
        value_name = "NUMBER",
        default_value_t = 0,
        conflicts_with = "json"
    )]
    pub context: u32,
    /// Use colours.
    ///
    /// With auto, the default, colours are used on a terminal only.
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<WhenSetting>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// What `check` checks, and how it prints what is wrong.
#[derive(Debug, Args)]
#[command(after_long_help = "\
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
  JB015  words of a language model        note
  JB016  paragraph that is there twice    note
  JB017  section without an end           note
  JB018  bracket without a partner        note
  JB019  paragraph in the other language  note
  JB020  sections with different stories  note
  JB021  name or term rendered in two ways  note
  JB022  weekday of another date          note
--deny turns notes into errors, --allow turns findings off. Both take codes
with commas between them, or all; a code named by itself wins over all.

Fields of --json, one object a line: path, line (from 1), code, rule, level
(denied for an error, or note), message, help, and related_line, the line of
the paragraph in the other language, or null; if that is in another file,
related_path names it.

Exit codes: 0; 1 if there are errors; 2 if the check cannot run.

Examples:
  jianbao check digests                          check a folder
  jianbao check today.md --deny JB002            be strict with one file
  jianbao check --allow all --deny JB003 ~/news  only figures that disagree
  jianbao check --format sarif . > log.sarif     for a code host
  jianbao check --diff news | git apply          mend what is mechanical
  jianbao check --explain JB003                  explain a code")]
pub struct CheckArgs {
    /// Folders and files; the current folder if none.
    #[arg(value_name = "FOLDER|FILE")]
    pub paths: Vec<PathBuf>,
    /// Print JSON Lines; the same as --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Output format.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = CheckFormat::Text, hide_default_value = true)]
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
    /// Don't report what this file knows.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found to that file, report nothing.
    #[arg(long, requires = "baseline")]
    pub write_baseline: bool,
    /// Terms and their renderings: term, tab, a|b.
    #[arg(long, value_name = "FILE")]
    pub glossary: Option<PathBuf>,
    /// Print a patch of what is mechanical, for git apply.
    ///
    /// Hidden characters, paragraphs that are there twice, and words of a language model on a line of their own go. No file is changed.
    #[arg(long, conflicts_with_all = ["json", "format", "write_baseline"])]
    pub diff: bool,
    /// Use colours.
    ///
    /// With auto, the default, colours are used on a terminal only.
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<WhenSetting>,
}

/// The output formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people; the default.
    Text,
    /// JSON Lines.
    Json,
    /// SARIF 2.1.0, which code hosts show next to the text.
    Sarif,
}

/// What `align` prints.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each line is zh_line<TAB>en_line: the lines of the file, counted from 1, on which
two corresponding paragraphs start; - means that there is no translation. If
several paragraphs correspond, each pair has its own line. Labels (**Summary:**)
and rules are left out.

Fields of --json, one object a line: zh_lines and en_lines, lists of lines, and
confidence, from 0 to 1.

With --sentences a line is zh_line:offset<TAB>en_line:offset: the line on which
the paragraph starts, and the characters of its text before the sentence; in
JSON zh and en, lists of such places, and confidence.

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
    /// Print pairs of sentences instead of paragraphs.
    #[arg(long)]
    pub sentences: bool,
}

/// What `figures` prints.
#[derive(Debug, Args)]
#[command(after_long_help = "\
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
    /// Language of the whole file.
    ///
    /// The file is read as it is, in this language. Without it, each section is read in its own
    /// language.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<LanguageCode>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_path_opens_the_reader_and_a_command_prints() {
        let cli = Cli::parse_from(["jianbao", "--lang", "en", "folder"]);
        assert!(cli.command.is_none());
        assert_eq!(
            (cli.read.paths, cli.read.lang),
            (vec!["folder".into()], Some(LanguageCode::En))
        );
        assert_eq!(
            Cli::parse_from(["jianbao", "-"]).read.paths,
            [PathBuf::from("-")]
        );
        assert!(matches!(
            Cli::parse_from(["jianbao", "show", "-"]).command,
            Some(Command::Show(_))
        ));
        assert_eq!(
            Cli::parse_from(["jianbao", "show", "-"]).read,
            ReadArgs::default()
        );
        assert!(Cli::try_parse_from(["jianbao", "show"]).is_err());
        assert!(Cli::try_parse_from(["jianbao", "show", "--width", "0", "x"]).is_err());
    }

    #[test]
    fn a_log_can_be_asked_for_before_and_after_a_command() {
        for arguments in [
            ["jianbao", "--debug", "log", "list"],
            ["jianbao", "list", "--debug", "log"],
        ] {
            let cli = Cli::parse_from(arguments);
            assert_eq!(cli.debug, Some("log".into()));
            assert!(matches!(cli.command, Some(Command::List(_))));
        }
    }
}
