//! Where the second of two sections ends: with the body, or before a tail that belongs to both.

use super::boundary::proved;
use super::marks::{boundary_start, is_label};
use super::name::Name;
use super::outline::{MarkKind, Outline};
use crate::text::Language;

/// Where the second section ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// With the body.
    Body,
    /// At a mark, where a tail begins that belongs to both.
    Tail(usize),
    /// At a mark, where the first section goes on.
    Resumed(usize),
}

impl End {
    pub(super) const fn mark(self) -> Option<usize> {
        match self {
            Self::Body => None,
            Self::Tail(at) | Self::Resumed(at) => Some(at),
        }
    }
}

/// Finds the end of the second section: at a heading of metadata that the first section does not have too, at fields with no prose
/// after them, if the sections are labelled siblings; or, under a heading, where a heading of the same rank begins text in the first language.
pub(super) fn end_of_second(outline: &Outline<'_>, from: Option<usize>, to: usize, second: Language) -> End {
    let level = match outline.marks[to].kind {
        MarkKind::Heading(level) => Some(level),
        _ => None,
    };
    let has_metadata = outline.marks[..to].iter().any(|mark| mark.name == Some(Name::Metadata));
    // From here on there are only fields.
    let fields = outline.marks.iter().rposition(|mark| mark.kind != MarkKind::Field).map_or(0, |last| last + 1);
    for at in to + 1..outline.marks.len() {
        let mark = &outline.marks[at];
        let rest = outline.between(Some(at), None);
        match mark.kind {
            MarkKind::Heading(rank) if level.is_none_or(|level| rank <= level) => {
                let is_metadata = mark.name == Some(Name::Metadata);
                let other_tongue = rest.main_language() == Some(second.other());
                if is_metadata && !has_metadata && (level.is_some() || other_tongue) {
                    return End::Tail(boundary_start(outline, at));
                }
                let so_far = outline.between(Some(to), Some(at));
                if level.is_some()
                    && mark.name.is_none()
                    && proved(rest) == Some(second.other())
                    && proved(so_far) == Some(second)
                {
                    return End::Resumed(boundary_start(outline, at));
                }
            }
            MarkKind::Field
                if from.is_some() && is_label(&outline.marks[to]) && rest.prose == [0, 0] && at >= fields =>
            {
                return End::Tail(at);
            }
            _ => {}
        }
    }
    End::Body
}
