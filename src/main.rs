//! jianbao 简报: read bilingual digests in a terminal.

use std::env;
use std::io::Write;
use std::process::ExitCode;

use jianbao::commands;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().collect();
    match commands::run(&arguments) {
        Ok(code) => code,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed too, nothing can be done.
            let _ = writeln!(std::io::stderr(), "jianbao: {error}");
            ExitCode::from(2)
        }
    }
}
