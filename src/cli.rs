//! The command line.

mod scripts;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use scripts::{AlignArgs, CheckArgs, CheckFormat, FiguresArgs, PairsArgs, PairsFormat};

use crate::text::Language;
use crate::typeset::Ambiguous;
use crate::view::Background;

const EXAMPLES: &str = "\
Examples:
  jianbao                         read the samples
  jianbao ~/digests               read a folder of digests
  jianbao --lang en today.md      read one file, in English where it has English
  curl -s URL | jianbao -         read what a program prints
  jianbao show today.md | less    print one article
  jianbao list --json ~/digests   tell what a folder holds, one JSON object a line
  jianbao search 英伟达 ~/digests  find a text in either language
  jianbao check ~/digests         look for missing sections, figures that disagree, dead links …

Files ending in .md, .markdown, .mdown and .txt are articles; hidden files and folders are left out.
In the reader, ? shows the keys and q quits.

Exit codes: 0; 1 for a negative answer (search, list --query, check, align, pairs); 2 for a failure, with one line on standard error.
Environment: NO_COLOR turns colours off; COLORTERM, TERM and COLORFGBG say what the terminal can show.";

/// 简报 — read bilingual Chinese and English digests in the terminal.
#[derive(Debug, Parser)]
#[command(name = "jianbao", version, about, after_help = EXAMPLES, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do; without a command, the reader opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How the reader opens.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// A command that prints.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print an article.
    Show(ShowArgs),
    /// List the articles of a folder, newest first.
    List(ListArgs),
    /// Search the texts of a folder, in both languages.
    Search(SearchArgs),
    /// Look for what is wrong in digests: missing sections, figures that disagree, dead links …
    Check(CheckArgs),
    /// Tell which block of an article answers which, by their lines.
    Align(AlignArgs),
    /// Export aligned text: flash cards, a translation memory, JSON Lines.
    Pairs(PairsArgs),
    /// Print the figures of an article with their values.
    Figures(FiguresArgs),
    /// Export or import what is remembered: what was read, starred, and where one stopped.
    State(StateArgs),
}

/// What to do with what is remembered.
#[derive(Debug, Args)]
pub struct StateArgs {
    /// Out or in.
    #[command(subcommand)]
    pub action: StateAction,
}

/// Out or in.
#[derive(Debug, Subcommand)]
pub enum StateAction {
    /// Print it as JSON Lines: one object for each library, then one for each of its articles.
    Export {
        /// Only of this library; without it, of all.
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    /// Take in what `export` printed; of each library and article the newer is kept.
    Import {
        /// The file, or - for standard input.
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
}

/// How the reader opens.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// A folder of digests, one file, or - for standard input; without it, the samples. (For a folder named like a command, write ./show.)
    #[arg(value_name = "FOLDER|FILE|-")]
    pub path: Option<PathBuf>,
    /// The language shown first; without it, the one of the last visit, at first Chinese.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Side>,
    /// Colours for a dark or a light background; auto asks the terminal.
    #[arg(long, value_enum, value_name = "THEME", default_value_t = ThemeChoice::Auto)]
    pub theme: ThemeChoice,
    /// How wide the terminal draws “ ” … — and the like: many set up for Chinese draw them two columns wide.
    #[arg(long, value_enum, value_name = "WIDTH", default_value_t = AmbiguousChoice::Narrow)]
    pub ambiguous: AmbiguousChoice,
    /// Leave the mouse to the terminal's own selection (M in the reader changes it).
    #[arg(long)]
    pub no_mouse: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// Whether two files that tell one story, each in its language, are one article.
#[derive(Clone, Copy, Debug, Args)]
pub struct PairingArgs {
    /// Take two files such as tea.md and tea-en.md, or zh/tea.md and en/tea.md, for two articles, not for one in two languages.
    #[arg(long)]
    pub no_pairing: bool,
}

/// What `show` prints.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The article, or - for standard input.
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// The language to print: zh, en, or both one after the other. An article that lacks one is printed in the other.
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = Sides::Zh)]
    pub lang: Sides,
    /// The width of the text in columns [default: the terminal's, at most 88; 80 in a pipe].
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(10..=1000))]
    pub width: Option<u16>,
    /// When to colour: auto colours for a terminal only.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub color: ColourChoice,
    /// Colours for a dark or a light background.
    #[arg(long, value_enum, value_name = "THEME", default_value_t = ThemeChoice::Auto)]
    pub theme: ThemeChoice,
    /// How wide the terminal draws “ ” … — and the like.
    #[arg(long, value_enum, value_name = "WIDTH", default_value_t = AmbiguousChoice::Narrow)]
    pub ambiguous: AmbiguousChoice,
    /// A line of pinyin above each line of Chinese.
    #[arg(long)]
    pub pinyin: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// What `list` prints.
#[derive(Debug, Args)]
#[command(after_help = "\
Fields of --json, one object a line:
  path       the file, relative to the folder; where the languages lie in two files, the Chinese one
  path_en    the English file of two, or null
  title      the title as the article gives it
  title_zh   the Chinese title, or null
  title_en   the English title, or null
  date       the date as written, or null
  moment     the date in ISO 8601 as far as it is known (an instant in UTC, a local time, a day), or null
  source     where it was taken from, or null
  tags       a list of strings
  languages  [\"zh\"], [\"en\"], both or none
  problems   how many things in the file had to be mended
Characters that could play tricks on a terminal are made harmless in every field; in a path they are replaced too,
so that such a file cannot be opened by the path printed.")]
pub struct ListArgs {
    /// The folder (or one file, or - for standard input); without it, the samples.
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// List only what satisfies a query, such as: 英伟达 tag:ai date:7d -has:problem; exit code 1 where nothing does.
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
    /// The language of the titles.
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = Side::Zh)]
    pub lang: Side,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// What `search` looks for.
#[derive(Debug, Args)]
#[command(after_help = "\
Hits are printed as path:line: language: the words around them, newest article first; the line is that on which the block begins.
Hits among the same words share a line.
Words are exact texts, whatever their case; all of them have to stand in an article. A phrase takes quotation marks within the
argument: '\"New York\" or 纽约'. tag: author: lang: has:problem date: - or ( ) narrow the search.

Fields of --json, one object a line:
  path       the file, relative to the folder; of two files, the one in the language of the hit
  line       the line of the file on which the block begins, counted from 1
  lang       zh or en
  snippet    the words around the hit, in one line
  hits       where in the snippet something was found: pairs of its first byte and the one after its last
  title      the title in that language
  date       the date as written, or null
Exit codes: 0; 1 where nothing is found; 2 for a failure or a mistake in the query.")]
pub struct SearchArgs {
    /// What to look for.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,
    /// The folder (or one file, or - for standard input); without it, the samples.
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}

/// One of the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<Side> for Language {
    fn from(side: Side) -> Self {
        match side {
            Side::Zh => Self::Chinese,
            Side::En => Self::English,
        }
    }
}

/// Which languages to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sides {
    /// Chinese.
    Zh,
    /// English.
    En,
    /// One after the other, Chinese first.
    Both,
}

impl Sides {
    /// The languages in the order in which they are printed.
    pub const fn languages(self) -> &'static [Language] {
        match self {
            Self::Zh => &[Language::Chinese],
            Self::En => &[Language::English],
            Self::Both => &Language::BOTH,
        }
    }
}

/// The theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeChoice {
    /// As the terminal's background is.
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
}

impl ThemeChoice {
    /// The background chosen; none where the terminal is to be asked.
    pub const fn background(self) -> Option<Background> {
        match self {
            Self::Auto => None,
            Self::Dark => Some(Background::Dark),
            Self::Light => Some(Background::Light),
        }
    }
}

/// How wide ambiguous characters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AmbiguousChoice {
    /// One column.
    Narrow,
    /// Two columns.
    Wide,
}

impl From<AmbiguousChoice> for Ambiguous {
    fn from(choice: AmbiguousChoice) -> Self {
        match choice {
            AmbiguousChoice::Narrow => Self::Narrow,
            AmbiguousChoice::Wide => Self::Wide,
        }
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColourChoice {
    /// When standard output is a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
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
        assert_eq!((cli.read.path, cli.read.lang), (Some("folder".into()), Some(Side::En)));
        assert_eq!(Cli::parse_from(["jianbao", "-"]).read.path, Some("-".into()));
        assert!(matches!(Cli::parse_from(["jianbao", "show", "-"]).command, Some(Command::Show(_))));
        assert!(Cli::try_parse_from(["jianbao", "show"]).is_err());
        assert!(Cli::try_parse_from(["jianbao", "show", "--width", "0", "x"]).is_err());
    }
}
