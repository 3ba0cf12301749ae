//! The server for assistants.

use std::path::PathBuf;

use clap::Args;

use super::choices::PairingArgs;

/// What `mcp` serves.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The Model Context Protocol over standard input and output: an assistant starts this
command and asks. It can list and search the articles, read them in either
language or in pairs, see the page of a day and your notes, and look words up.
Nothing is changed without --write-notes, and nothing outside of the folder
is read. docs/mcp.md says how assistants are set up.

Example of a configuration:
  {\"command\": \"jianbao\", \"args\": [\"mcp\", \"/home/me/digests\"]}")]
pub struct McpArgs {
    /// The folder.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Let the assistant add highlights and notes.
    #[arg(long)]
    pub write_notes: bool,
    /// Whether two files are one article.
    #[command(flatten)]
    pub pairing: PairingArgs,
}
