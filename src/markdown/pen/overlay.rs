//! Links laid over the runs that are there.

use std::ops::Range;

use crate::markdown::document::{Inline, Run};

/// Lays links over runs: the styles stay, the linked parts get their link.
pub(super) fn overlay(old: Vec<Run>, links: &[(Range<u32>, u32)], out: &mut Vec<Run>) {
    let mut rest = old.into_iter();
    let mut next = rest.next();
    for (range, link) in links {
        let linked = |range, inline: Inline| Run { range, inline: inline.and(Inline::LINK), link: Some(*link) };
        while let Some(mut run) = next.take_if(|run| run.range.start < range.start) {
            if run.range.end <= range.start {
                out.push(run);
                next = rest.next();
            } else {
                out.push(Run { range: run.range.start..range.start, ..run.clone() });
                run.range.start = range.start;
                next = Some(run);
            }
        }
        let mut at = range.start;
        while let Some(mut run) = next.take_if(|run| run.range.start < range.end) {
            if at < run.range.start {
                out.push(linked(at..run.range.start, Inline::PLAIN));
            }
            at = run.range.end.min(range.end);
            out.push(linked(run.range.start..at, run.inline));
            run.range.start = at;
            next = if run.range.is_empty() { rest.next() } else { Some(run) };
        }
        if at < range.end {
            out.push(linked(at..range.end, Inline::PLAIN));
        }
    }
    out.extend(next);
    out.extend(rest);
}
