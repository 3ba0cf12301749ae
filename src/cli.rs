//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
  jianbao check ~/digests         look for missing sections, figures that disagree, dead links …

Files ending in .md, .markdown, .mdown and .txt are articles; hidden files and folders are left out.
In the reader, ? shows the keys and q quits.

Exit codes: 0; 1 for a negative answer (check, align, pairs); 2 for a failure, with one line on standard error.
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
    /// Look for what is wrong in digests: missing sections, figures that disagree, dead links …
    Check(CheckArgs),
    /// Tell which block of an article answers which, by their lines.
    Align(AlignArgs),
    /// Export aligned text: flash cards, a translation memory, JSON Lines.
    Pairs(PairsArgs),
    /// Print the figures of an article with their values.
    Figures(FiguresArgs),
}

/// How the reader opens.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// A folder of digests, one file, or - for standard input; without it, the samples. (For a folder named like a command, write ./show.)
    #[arg(value_name = "FOLDER|FILE|-")]
    pub path: Option<PathBuf>,
    /// The language shown first.
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = Side::Zh)]
    pub lang: Side,
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

/// What `check` looks at and tells.
#[derive(Debug, Args)]
#[command(after_help = "\
Every finding has its file and line, a stable code, what is wrong, and what to do about it:
  JB001  missing section        denied    JB008  dead image
  JB002  no answer                        JB009  title used twice
  JB003  figures disagree       denied    JB010  link used twice
  JB004  broken front matter    denied    JB011  unreadable file
  JB005  unreadable date                  JB012  cut file
  JB006  broken encoding        denied    JB013  damaged structure
  JB007  dead link                        JB014  hidden characters
What is not denied is a note. --deny and --allow take a code, several with commas, or all; a code named by
itself wins over all, and what is allowed is not told of.

Fields of --json, one object a line: path, line (from 1), code, rule, level (denied or note), message, help,
and related_line, the line of the other language's block, or null.

Exit codes: 0, 1 where something denied was found, 2 where the check could not be made.

Examples:
  jianbao check digests                          look at a folder
  jianbao check today.md --deny JB002            be strict with one file
  jianbao check --allow all --deny JB003 ~/news  only what figures disagree
  jianbao check --format sarif . > jianbao.sarif for a code host to show beside the text
  jianbao check --explain JB003                  what a code means")]
pub struct CheckArgs {
    /// Folders and files; without any, the folder one is in.
    #[arg(value_name = "FOLDER|FILE")]
    pub paths: Vec<PathBuf>,
    /// Print JSON Lines; the same as --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// How to tell what is found.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Explain a code, and look at nothing.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "json", "format", "deny", "allow"])]
    pub explain: Option<String>,
    /// Fail where this is found.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub deny: Vec<String>,
    /// Do not tell of this.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// When to colour: auto colours for a terminal only.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub color: ColourChoice,
}

/// How `check` tells what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// JSON Lines.
    Json,
    /// SARIF 2.1.0, which code hosts show beside the text.
    Sarif,
}

/// What `align` prints.
#[derive(Debug, Args)]
#[command(after_help = "\
A pair is zh_line<TAB>en_line: the lines of the file, counted from 1, on which the two blocks start; - stands where
nothing answers. Each pair of a group of several blocks has a line of its own. Labels (**Summary:**) and rules are left out.

Fields of --json, one group a line: zh_lines and en_lines, lists of lines, and confidence, from 0 to 1.

Exit codes: 0, 1 where the article is not bilingual, 2 where it cannot be read.")]
pub struct AlignArgs {
    /// The article, or - for standard input.
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// Print pairs of lines, a tab between them; this is what is done without an option.
    #[arg(long)]
    pub tsv: bool,
    /// Print groups as JSON Lines.
    #[arg(long, conflicts_with = "tsv")]
    pub json: bool,
}

/// What `pairs` exports.
#[derive(Debug, Args)]
#[command(after_help = "\
tsv   five columns for flash cards: Chinese, English, title, path, source; a tab, a line break and a backslash within
      a text are written \\t, \\n and \\\\
tmx   a translation memory (TMX 1.4b) from zh-CN to en, each unit with its title, article, source and link
json  JSON Lines: zh, en, zh_line, en_line, confidence (of the blocks' alignment, 0 to 1), title, path, source, link

Articles of one language are passed over, and so are code and the labels that every digest has.
Exit codes: 0, 1 where nothing is bilingual, 2 where something cannot be read.

Examples:
  jianbao pairs today.md > cards.tsv
  jianbao pairs --format tmx --sentences ~/digests > memory.tmx")]
pub struct PairsArgs {
    /// A folder, a file, or - for standard input.
    #[arg(value_name = "FOLDER|FILE|-")]
    pub path: PathBuf,
    /// What to export to.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = PairsFormat::Tsv)]
    pub format: PairsFormat,
    /// Align sentences, not only paragraphs.
    #[arg(long)]
    pub sentences: bool,
}

/// What `pairs` exports to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PairsFormat {
    /// Columns with tabs between them, for flash cards.
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
  line   the line of the file, counted from 1: that of the block, or with --lang the figure's own
  text   the words that say it
  value  its value, multipliers applied, to 15 significant digits; 25 for 25 per cent
  unit   an ISO code or a name of a currency, a measure, or null
  kind   number, percentage, currency, date, year, multiple, range, ordinal, or label (digits that only name)

Exit codes: 0, 2 where the article cannot be read.")]
pub struct FiguresArgs {
    /// The article, or - for standard input.
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// Take the whole file, as it stands, for this language; without it each section is read in its own.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Side>,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
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
        assert_eq!((cli.read.path, cli.read.lang), (Some("folder".into()), Side::En));
        assert_eq!(Cli::parse_from(["jianbao", "-"]).read.path, Some("-".into()));
        assert!(matches!(Cli::parse_from(["jianbao", "show", "-"]).command, Some(Command::Show(_))));
        assert!(Cli::try_parse_from(["jianbao", "show"]).is_err());
        assert!(Cli::try_parse_from(["jianbao", "show", "--width", "0", "x"]).is_err());
    }
}
