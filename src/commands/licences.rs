//! `jianbao licences`: the licences of the program and of the data in it.

use std::io::Write;

use super::output;
use crate::error::Error;

/// What is said of each part, and the texts of the licences.
const PARTS: [&str; 5] = [
    include_str!("../../LICENSE"),
    include_str!("../../assets/dictionary/README.md"),
    include_str!("../../assets/dictionary/LICENSE-CC-BY-SA-4.0"),
    include_str!("../../assets/pinyin/README.md"),
    include_str!("../../assets/scripts/README.md"),
];

/// Prints them one after the other. They are legal texts, so they are not translated.
pub(super) fn run() -> Result<(), Error> {
    let rule = format!("\n{}\n\n", "-".repeat(72));
    let parts = PARTS.map(str::to_owned).into_iter();
    #[cfg(feature = "highlight")]
    let parts = parts.chain([crate::shell::syntax_licences()]);
    let parts: Vec<String> = parts.collect();
    output::print(|out| out.write_all(parts.join(&rule).as_bytes()))
}
