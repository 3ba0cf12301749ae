//! How the marks of a body stand to each other: siblings, and the runs of them that make up a boundary.

use super::outline::{Mark, MarkKind, Outline};

pub(super) const fn is_label(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Label(_))
}

/// Says whether two marks are of one form: labels, or headings of a level.
pub(super) fn are_siblings(one: &Mark, other: &Mark) -> bool {
    one.kind == other.kind || (is_label(one) && is_label(other))
}

/// The next mark of the form of a mark, or heading above it.
pub(super) fn next_sibling(outline: &Outline<'_>, at: usize) -> Option<usize> {
    let mark = &outline.marks[at];
    let ends = |other: &Mark| match (&mark.kind, &other.kind) {
        (MarkKind::Heading(level), MarkKind::Heading(rank)) => rank <= level,
        (MarkKind::Label(_), kind) => {
            matches!(kind, MarkKind::Label(_) | MarkKind::Heading(_) | MarkKind::Rule | MarkKind::Field)
        }
        _ => false,
    };
    (at + 1..outline.marks.len()).find(|&next| ends(&outline.marks[next]))
}

/// The first of the rules and anchors that stand directly before a mark, or the mark itself.
pub(super) fn boundary_start(outline: &Outline<'_>, at: usize) -> usize {
    let mut first = at;
    while first > 0
        && matches!(outline.marks[first - 1].kind, MarkKind::Rule | MarkKind::Anchor)
        && touches(outline, first - 1)
    {
        first -= 1;
    }
    first
}

/// The last of the marks that make up the boundary beginning at one: rules, anchors, and the name that follows them.
pub(super) fn last_of_boundary(outline: &Outline<'_>, at: usize) -> usize {
    let mut last = at;
    while matches!(outline.marks[last].kind, MarkKind::Rule | MarkKind::Anchor)
        && last + 1 < outline.marks.len()
        && touches(outline, last)
        && (outline.marks[last + 1].name.is_some() || outline.marks[last + 1].kind == MarkKind::Rule)
    {
        last += 1;
    }
    last
}

/// Says whether nothing stands between a mark and the next.
fn touches(outline: &Outline<'_>, at: usize) -> bool {
    outline.marks[at + 1].before.blocks == outline.marks[at].before.blocks + 1
}
