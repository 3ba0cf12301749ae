//! The bound on a line's depth.

use super::{LINE_DEPTH, bounds};
use crate::markdown::source::Edit;

fn seams(source: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    bounds(source, &mut edits);
    edits
}

#[test]
fn only_lines_beyond_the_bound_are_changed() {
    assert_eq!(seams(&"> ".repeat(LINE_DEPTH)), []);
    assert_eq!(seams(&("x\n".to_owned() + &"> ".repeat(LINE_DEPTH + 1))), [Edit::seam(2 + 2 * LINE_DEPTH)]);
    assert_eq!(seams(&"- ".repeat(500)), [], "a thematic break");
    assert_eq!(seams(&"1) ".repeat(LINE_DEPTH + 9)), [Edit::seam(3 * LINE_DEPTH)]);
    assert_eq!(seams(&(" ".repeat(90) + "- a\n- b")), [Edit::seam(90)]);
    assert_eq!(seams(&(" ".repeat(53) + "- a")), []);
    assert_eq!(seams(&">".repeat(90)).len(), 1);
    assert_eq!(seams(&"-a".repeat(90)), []);
}
