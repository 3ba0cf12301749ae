//! `jianbao pairs`: exports aligned text for flash cards, translation memories and scripts.

mod aligned;
mod format;
mod tmx;

use super::open;
use super::output::{self, Outcome, shown, warn};
use super::parallel_map::parallel_map;
use crate::cli::{PairsArgs, PairsFormat};
use crate::error::Error;
use crate::library::Files;
use aligned::ArticlePairs;
use format::PairFormat;

/// Exports the pairs of an article, or of all articles of a folder in the order of their paths.
pub(super) fn run(arguments: &PairsArgs) -> Result<Outcome, Error> {
    let library = open::library(Some(&arguments.path))?;
    let files = library.files(&mut |line| warn(line));
    let mut format: Box<dyn PairFormat> = match arguments.format {
        PairsFormat::Tsv => Box::new(format::Tsv),
        PairsFormat::Json => Box::new(format::Json),
        PairsFormat::Tmx => Box::new(tmx::Tmx { sentences: arguments.sentences }),
    };
    let pairs = |files: &Files| ArticlePairs::new(&files.path, &library.text(files), arguments.sentences);
    let mut is_any = false;
    output::print(|out| {
        format.begin(out)?;
        for (files, article) in parallel_map(&files, pairs) {
            match article {
                Some(article) => {
                    is_any |= !article.pairs.is_empty();
                    format.article(&article, out)?;
                }
                None => warn(format_args!("the program failed on {}: please report it", shown(&files.path))),
            }
        }
        format.end(out)
    })?;
    if !is_any {
        warn(format_args!("nothing bilingual in {}", shown(&arguments.path)));
    }
    Ok(if is_any { Outcome::Yes } else { Outcome::No })
}
