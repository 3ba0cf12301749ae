//! The bar on standard error that tells how far a long check is.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// What is sooner done shows no bar.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often it is drawn.
const PERIOD: Duration = Duration::from_millis(100);
/// Its width in columns.
const WIDTH: usize = 24;

/// A bar, where standard error is a terminal; nothing elsewhere. It is wiped when dropped.
#[derive(Debug)]
pub(super) struct Progress {
    total: usize,
    next: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    pub(super) fn new(total: usize) -> Self {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let next = (io::stderr().is_terminal() && !is_dumb).then(|| Instant::now() + PATIENCE);
        Self { total, next, is_shown: false }
    }

    /// Draws the bar, if it is time.
    pub(super) fn show(&mut self, done: usize) {
        let Some(next) = self.next else { return };
        let now = Instant::now();
        if now >= next {
            self.next = Some(now + PERIOD);
            self.is_shown = true;
            // A bar that cannot be drawn is not worth a word.
            let _ = write!(io::stderr(), "\r{}\x1b[K", bar(done, self.total));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn bar(done: usize, total: usize) -> String {
    let full = (done * WIDTH).checked_div(total).unwrap_or(0).min(WIDTH);
    format!("checking {}{} {done} of {total} articles", "━".repeat(full), "─".repeat(WIDTH - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills() {
        assert_eq!(bar(1, 2), format!("checking {}{} 1 of 2 articles", "━".repeat(12), "─".repeat(12)));
        assert!(bar(0, 0).contains(&"─".repeat(24)) && bar(9, 9).contains(&"━".repeat(24)));
    }
}
