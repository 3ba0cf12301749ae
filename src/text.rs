//! The ground floor: languages, the cleaning of hostile characters, [`Problem`]s, and a line scanner that knows code
//! fences and HTML. Pure: nothing here touches a disk, a clock or a terminal.

mod clean;
mod fold;
mod lanes;
mod language;
mod line_ends;
mod problem;
mod scan;

pub use clean::{MARKS_PER_BASE, clean, clean_line, first_hostile, is_plain};
pub use fold::{fold, fold_into, folded, variants};
pub use lanes::{Kind, LANES, Lanes, Look, Looks, Place, Positions, Simd, each_look, looks, places, positions};
pub use language::{Language, ScriptCounts, is_han, is_kana};
pub use line_ends::LineEnds;
pub use problem::{Problem, ProblemKind};
pub use scan::{Line, LineContext, Lines, is_thematic_break, lines};
