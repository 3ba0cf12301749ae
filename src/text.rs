//! The lowest layer: languages, the cleaning of hostile characters, [`Problem`]s, and a line
//! scanner that knows code fences and HTML. Pure: it uses no disk, clock or terminal.

mod char_class;
mod clean;
mod fences;
mod fold;
mod html;
mod language;
mod line_syntax;
mod lines;
mod nearest;
mod problem;
mod script;
mod script_counts;
mod simplified;
mod source_part;

pub use clean::{clean, clean_line, clean_short, first_hostile, is_harmless};
pub use fold::{fold, fold_into, folded};
pub use html::html_attribute;
pub use language::{Language, is_han, is_kana};
pub use line_syntax::{
    RawLine, atx_heading, is_thematic_break, line_breaks, list_marker, raw_lines,
};
pub use lines::{Line, LineContext, Lines, lines};
pub use nearest::nearest;
pub use problem::{Problem, ProblemKind};
pub use script::{ConvertedText, Script, script_of};
pub use script_counts::ScriptCounts;
pub use simplified::simplified_form;
pub use source_part::{SourceKind, SourcePart};
