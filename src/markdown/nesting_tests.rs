//! The limit on a line's depth.

use super::{LINE_DEPTH, separators};
use crate::markdown::edit::Edit;

#[test]
fn only_lines_beyond_the_bound_are_changed() {
    assert_eq!(separators(&"> ".repeat(LINE_DEPTH)), []);
    assert_eq!(separators(&("x\n".to_owned() + &"> ".repeat(LINE_DEPTH + 1))), [Edit::separator(2 + 2 * LINE_DEPTH)]);
    assert_eq!(separators(&"- ".repeat(500)), [], "a thematic break");
    assert_eq!(separators(&"1) ".repeat(LINE_DEPTH + 9)), [Edit::separator(3 * LINE_DEPTH)]);
    assert_eq!(separators(&(" ".repeat(90) + "- a\n- b")), [Edit::separator(90)]);
    assert_eq!(separators(&(" ".repeat(53) + "- a")), []);
    assert_eq!(separators(&">".repeat(90)).len(), 1);
    assert_eq!(separators(&"-a".repeat(90)), []);
}
