//! The reader itself.

use super::open;
use crate::cli::ReadArgs;
use crate::error::Error;
use crate::shell::{self, Options};

/// Opens the reader.
///
/// # Errors
/// Where there is no terminal, or nothing to read.
pub(super) fn run(arguments: &ReadArgs) -> Result<(), Error> {
    // First, since waiting for standard input without a terminal to show it on would be waiting for nothing.
    shell::check()?;
    let library = open::library(arguments.path.as_deref())?.with_pairing(!arguments.pairing.no_pairing);
    let options = Options {
        language: arguments.lang.map(Into::into),
        background: arguments.theme.background(),
        ambiguous: arguments.ambiguous.into(),
        mouse: !arguments.no_mouse,
    };
    shell::run(library, options)
}
