//! What is read when a library is opened; and the commands that were executed last, which belong to no library.

use rusqlite::{Connection, Result, params};

use super::bookmarks::{self, BookmarkRow};
use super::rows;
use crate::catalog::{Bookmark, LibraryState};

/// How many commands are remembered.
const MOST_COMMANDS: i64 = 50;

/// The saved state of a library when it is opened.
#[derive(Clone, Debug, Default)]
pub struct SavedState {
    /// The state of the list.
    pub state: LibraryState,
    /// The bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// The commands that were executed last in any library, the last one at the end.
    pub commands: Vec<String>,
    /// The end of the last visit, in milliseconds since 1970; `None` on the first visit.
    pub last_visit: Option<i64>,
}

pub(super) fn saved_state(database: &Connection, library: i64) -> Result<SavedState> {
    let row = rows::library_row(database, library)?;
    let bookmarks = bookmarks::bookmarks(database, library, &row.library)?;
    Ok(SavedState {
        // After a clock was set back, a visit in the future would make every article old.
        last_visit: row.last_visit.map(|visit| visit.min(rows::now())),
        state: row.into_state(),
        bookmarks: bookmarks
            .into_iter()
            .filter_map(BookmarkRow::bookmark)
            .collect(),
        commands: commands(database)?,
    })
}

/// Saves that a command was executed, and forgets the oldest ones.
pub(super) fn put_command(database: &Connection, command: &str, time: i64) -> Result<()> {
    // Of two in the same millisecond the later one counts.
    let sql = "INSERT OR REPLACE INTO commands (command, used)
         VALUES (?1, max(?2, (SELECT coalesce(max(used), 0) + 1 FROM commands)))";
    database.execute(sql, params![command, time])?;
    let sql = "DELETE FROM commands WHERE command NOT IN (SELECT command FROM commands ORDER BY used DESC LIMIT ?1)";
    database.execute(sql, [MOST_COMMANDS])?;
    Ok(())
}

/// The commands that were executed last, the last one at the end.
fn commands(database: &Connection) -> Result<Vec<String>> {
    let mut select = database.prepare("SELECT command FROM commands ORDER BY used")?;
    select.query_map([], |row| row.get(0))?.collect()
}
