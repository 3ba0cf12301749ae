//! Chooses the opportunities at which the lines end.
//!
//! First each line takes as much as fits (first fit). If a line comes out short, or the last one
//! is a single character or word, the paragraph is filled as a whole: the least sum of the squares of
//! what lines are short by, and of the prices of their ends (after Knuth and Plass, “Breaking
//! Paragraphs into Lines”, Software: Practice and Experience 11, 1981; without stretching, since a
//! terminal's columns cannot be stretched).

use std::ops::Range;

use super::super::line_break::{BreakClass, class_of};
use super::measure::{FillKind, Measure};
use super::price;
use super::scanner::Opportunity;

/// A line that is short by no more columns needs no mending.
const SHORT: u32 = 3;
/// How many lines are filled again above one that needs it, and below.
const LINES_ABOVE: usize = 8;
const LINES_BELOW: usize = 3;
/// What a last line of one character or one short word costs: as much as a very loose line.
const LONE_END: u64 = 400;
/// What a line of Chinese costs besides that is short though what follows would fit.
const NOT_FULL: u64 = 300;
/// What each line costs besides, so that there are no more of them than need be.
const LINE: u64 = 100;
/// The same for a heading.
const HEADING_LINE: u64 = 10_000;

/// The lines since the last that were handed out.
pub(super) struct Filling {
    measure: Measure,
    /// The indices of their ends among the opportunities.
    ends: Vec<u32>,
    nodes: Vec<Node>,
    /// Where the next line may start, in order.
    starts: Vec<LineStart>,
}

/// The best way to end a line at an opportunity.
#[derive(Clone, Copy)]
struct Node {
    cost: u64,
    /// Where this line starts: an opportunity, or [`START`].
    start: u32,
}

impl Node {
    /// No line ends there.
    const NONE: Self = Self {
        cost: u64::MAX,
        start: START,
    };
}

/// Where a line may start, and what the lines above it cost.
struct LineStart {
    /// An opportunity, or [`START`].
    index: u32,
    cost: u64,
    /// The columns of all text before it.
    before: u32,
    /// The columns of the line.
    width: u32,
}

/// Where a line may end.
struct LineEnd {
    index: u32,
    /// See [`Opportunity::reach`].
    reach: u32,
    /// The columns of all text up to there, with what could hang out.
    shown: u32,
    price: u32,
    /// How far the next good opportunity reaches, if a line of Chinese that ends here is short.
    next_reach: u32,
}

impl LineEnd {
    #[inline]
    fn fits(&self, start: &LineStart) -> bool {
        self.reach.saturating_sub(start.before) <= start.width
    }

    /// The columns that a line is short by.
    #[inline]
    fn short(&self, start: &LineStart) -> u32 {
        // What could hang out is within the line if there is room.
        let columns = self.shown.saturating_sub(start.before);
        start.width.saturating_sub(columns)
    }

    /// The square of what a line is short by, and the price of its end.
    #[inline]
    fn shortness(&self, start: &LineStart, short: u32) -> u64 {
        let could_go_on = self.next_reach.saturating_sub(start.before) <= start.width;
        let not_full = if short > SHORT && could_go_on {
            NOT_FULL
        } else {
            0
        };
        u64::from(short).pow(2) + u64::from(self.price) + not_full
    }
}

/// The start of the first line.
const START: u32 = u32::MAX;

impl Filling {
    pub(super) const fn new(measure: Measure) -> Self {
        Self {
            measure,
            ends: Vec::new(),
            nodes: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// The ends of the lines from `line` on, as indices. All lines if the opportunities reach to the end of
    /// a line of the source (`is_whole`), otherwise about the first half of them: none if they are few.
    pub(super) fn fill(
        &mut self,
        text: &str,
        opportunities: &[Opportunity],
        line: Opportunity,
        is_first: bool,
        is_whole: bool,
    ) -> &[u32] {
        let paragraph = Paragraph {
            opportunities,
            line,
            first: self.measure.width(is_first),
            rest: self.measure.width(false),
            kind: self.measure.kind,
            lone: if is_whole {
                lone_end(text, opportunities, self.measure.width(false) / 2)
            } else {
                START
            },
            is_whole,
        };
        paragraph.first_fit(&mut self.ends);
        if !is_whole {
            self.cut(&paragraph);
        }
        if self.measure.kind != FillKind::Code {
            self.mend(&paragraph);
        }
        &self.ends
    }

    /// Keeps about the first half of the lines, up to one that is as full as it can be; none if they
    /// are few.
    fn cut(&mut self, paragraph: &Paragraph<'_>) {
        const FEWEST: usize = 8;
        let half = self.ends.len() / 2;
        let shortness = |line: &usize| paragraph.shortness(self.start(*line), self.ends[*line]);
        let fullest = (half..self.ends.len().saturating_sub(1)).min_by_key(shortness);
        let kept = fullest.filter(|_| self.ends.len() >= FEWEST);
        self.ends.truncate(kept.map_or(0, |line| line + 1));
    }

    /// Where a line starts.
    fn start(&self, line: usize) -> u32 {
        line.checked_sub(1).map_or(START, |above| self.ends[above])
    }

    /// Fills the lines around those that are not good once more, as a whole.
    fn mend(&mut self, paragraph: &Paragraph<'_>) {
        let mut line = 0;
        while line < self.ends.len() {
            if paragraph.is_good(self.start(line), self.ends[line]) {
                line += 1;
                continue;
            }
            let first = match paragraph.kind {
                FillKind::Heading => 0,
                _ => line.saturating_sub(LINES_ABOVE),
            };
            let mut last = line;
            let mut next = line + 1;
            while next < self.ends.len() && next <= last + LINES_BELOW {
                if !paragraph.is_good(self.start(next), self.ends[next]) {
                    last = next;
                }
                next += 1;
            }
            let number = self.fill_as_a_whole(paragraph, first..next);
            line = first + number;
        }
    }

    /// Fills some lines again, if this comes out better. Returns how many they are then.
    fn fill_as_a_whole(&mut self, paragraph: &Paragraph<'_>, lines: Range<usize>) -> usize {
        let from = self.start(lines.start);
        let first = match from {
            START => 0,
            from => from + 1,
        };
        let last = self.ends[lines.end - 1];
        let bound: u64 = lines
            .clone()
            .map(|line| paragraph.cost(self.start(line), self.ends[line]))
            .sum();
        let mut lines_left = LeastLines::new(paragraph, last);
        // No line of a better filling is short by more.
        let most = bound.saturating_sub(lines_left.cost(paragraph.before(from)));
        let most_short = most.isqrt().min(u64::from(u16::MAX)) as u32;
        self.nodes.clear();
        self.starts.clear();
        self.starts.push(paragraph.line_start(from, 0));
        let mut oldest = 0;
        let mut end = first;
        while end <= last {
            let line_end = paragraph.line_end(end);
            oldest += self.starts[oldest..]
                .iter()
                .take_while(|start| !line_end.fits(start))
                .count();
            if let Some(start) = self.starts.get(oldest)
                && line_end.short(start) > most_short
                && end < last
            {
                // No line is that short: on to the first end that is far enough.
                let near = start.before + start.width - most_short;
                let ends = &paragraph.opportunities[end as usize..last as usize];
                let skipped =
                    ends.partition_point(|point| point.shown_before.max(point.reach) < near);
                end += skipped.max(1) as u32;
                self.nodes.resize((end - first) as usize, Node::NONE);
                continue;
            }
            let mut best = Node::NONE;
            for start in &self.starts[oldest..] {
                let short = line_end.short(start);
                if short > most_short && end != last {
                    break;
                }
                let cost = start.cost + paragraph.cost_between(start, &line_end, short);
                if cost < best.cost {
                    best = Node {
                        cost,
                        start: start.index,
                    };
                }
            }
            self.nodes.push(best);
            let start = paragraph.line_start(end, best.cost);
            if best.cost < bound.saturating_sub(lines_left.cost(start.before)) {
                self.starts.push(start);
            }
            end += 1;
        }
        if self.nodes[(last - first) as usize].cost >= bound {
            return lines.len();
        }
        let mut better = Vec::new();
        let mut end = last;
        while end != from {
            better.push(end);
            end = self.nodes[(end - first) as usize].start;
        }
        better.reverse();
        let number = better.len();
        self.ends.splice(lines, better);
        number
    }
}

/// What is filled, from the start of a line on.
struct Paragraph<'a> {
    opportunities: &'a [Opportunity],
    line: Opportunity,
    /// The columns of the first line.
    first: u32,
    /// The columns of the others.
    rest: u32,
    kind: FillKind,
    /// From which opportunity on the rest is a single character or word.
    lone: u32,
    /// Whether the last opportunity is the end.
    is_whole: bool,
}

impl Paragraph<'_> {
    /// Ends each line where it is fullest, or where that costs less than the columns it is short by.
    fn first_fit(&self, ends: &mut Vec<u32>) {
        ends.clear();
        let all = self.opportunities;
        let mut start = START;
        let mut next = 0;
        while next < all.len() {
            // Each opportunity is a column further than the one before, but for what hangs out.
            let line = self.line_start(start, 0);
            let most = all.len().min(next + line.width as usize + 4);
            let fitting = all[next..most]
                .partition_point(|end| end.reach.saturating_sub(line.before) <= line.width);
            if fitting == all.len() - next {
                if self.is_whole {
                    ends.push(all.len() as u32 - 1);
                }
                break;
            }
            let mut best = (next + fitting.saturating_sub(1)) as u32;
            let mut least = self.shortness(start, best);
            for end in (next as u32..best).rev() {
                let line_end = self.line_end(end);
                let short = line_end.short(&line);
                if u64::from(short).pow(2) >= least {
                    break;
                }
                let cost = line_end.shortness(&line, short);
                if cost < least {
                    (best, least) = (end, cost);
                }
            }
            ends.push(best);
            start = best;
            next = best as usize + 1;
        }
    }

    /// The columns of all text before a line.
    fn before(&self, start: u32) -> u32 {
        match start {
            START => self.line.before,
            start => self.opportunities[start as usize].before,
        }
    }

    fn width(&self, start: u32) -> u32 {
        if start == START {
            self.first
        } else {
            self.rest
        }
    }

    /// A start of a line below lines of a cost.
    #[inline]
    fn line_start(&self, index: u32, cost: u64) -> LineStart {
        LineStart {
            index,
            cost,
            before: self.before(index),
            width: self.width(index),
        }
    }

    /// An end of a line.
    #[inline]
    fn line_end(&self, index: u32) -> LineEnd {
        let point = &self.opportunities[index as usize];
        // The lines of a heading are short on purpose.
        let should_be_full = self.kind != FillKind::Heading && point.is_wide;
        LineEnd {
            index,
            reach: point.reach,
            shown: point.shown_before.max(point.reach),
            price: point.price,
            next_reach: if should_be_full {
                self.next_reach(index)
            } else {
                u32::MAX
            },
        }
    }

    /// How far the next good opportunity reaches.
    #[inline]
    fn next_reach(&self, end: u32) -> u32 {
        // One that is farther away does not fit either; without a bound, a hostile text would take
        // quadratic time.
        const FARTHEST: usize = 16;
        let mut ahead = self.opportunities[end as usize + 1..].iter().take(FARTHEST);
        let next = ahead.find(|point| point.price <= SHORT * SHORT);
        next.map_or(u32::MAX, |point| point.reach)
    }

    /// The square of what a line is short by, and the price of its end.
    fn shortness(&self, start: u32, end: u32) -> u64 {
        let (start, end) = (self.line_start(start, 0), self.line_end(end));
        end.shortness(&start, end.short(&start))
    }

    /// Whether a line is the last one.
    fn is_last(&self, end: u32) -> bool {
        self.is_whole && end as usize + 1 == self.opportunities.len()
    }

    /// Whether what follows a start is a single character or word, on a line of its own.
    fn is_lone(&self, start: u32) -> bool {
        start != START && self.lone != START && start >= self.lone
    }

    /// Whether a line needs no mending, or there is none: in the middle of what is wider than a line.
    fn is_good(&self, start: u32, end: u32) -> bool {
        if self.opportunities[end as usize].price >= price::SPLIT {
            return true;
        }
        if !self.is_last(end) {
            return self.shortness(start, end) <= u64::from(SHORT * SHORT);
        }
        match self.kind {
            FillKind::Heading => start == START,
            _ => !self.is_lone(start),
        }
    }

    /// What a line costs. The last one may be short.
    fn cost(&self, start: u32, end: u32) -> u64 {
        let (start, end) = (self.line_start(start, 0), self.line_end(end));
        self.cost_between(&start, &end, end.short(&start))
    }

    /// The same for a line that is short by `short`.
    #[inline]
    fn cost_between(&self, start: &LineStart, end: &LineEnd, short: u32) -> u64 {
        let is_last = self.is_last(end.index);
        let lone_end = if is_last && self.is_lone(start.index) {
            LONE_END
        } else {
            0
        };
        match self.kind {
            FillKind::Heading => HEADING_LINE + lone_end + end.shortness(start, short),
            _ if is_last => LINE + lone_end,
            _ => LINE + end.shortness(start, short),
        }
    }
}

/// What the lines up to an end cost at least, for starts ever nearer to it.
struct LeastLines {
    /// The reach of the end.
    reach: u32,
    /// The columns that a line can have at most.
    widest: u32,
    lines: u32,
    line_cost: u64,
}

impl LeastLines {
    fn new(paragraph: &Paragraph<'_>, last: u32) -> Self {
        Self {
            reach: paragraph.opportunities[last as usize].reach,
            // A line has room for what hangs out, and for the blank at its end.
            widest: paragraph.rest.max(paragraph.first) + 3,
            lines: u32::MAX,
            line_cost: match paragraph.kind {
                FillKind::Heading => HEADING_LINE,
                _ => LINE,
            },
        }
    }

    /// What the lines from a start cost at least, which is not before the start that was asked for last.
    #[inline]
    fn cost(&mut self, before: u32) -> u64 {
        let columns = self.reach.saturating_sub(before);
        if self.lines == u32::MAX {
            self.lines = columns.div_ceil(self.widest);
        }
        while self.lines > 0 && (self.lines - 1) * self.widest >= columns {
            self.lines -= 1;
        }
        self.line_cost * u64::from(self.lines)
    }
}

/// The last opportunity, if a single Han character follows, or in a text without Chinese a single word of no
/// more than `most` columns, with its marks; otherwise [`START`].
fn lone_end(text: &str, opportunities: &[Opportunity], most: u32) -> u32 {
    /// How many opportunities before the end show whether the text is Chinese.
    const NEAR: usize = 40;
    let Some((end, inner)) = opportunities.split_last() else {
        return START;
    };
    let Some(last) = inner.iter().rposition(|point| point.price == 0) else {
        return START;
    };
    let point = inner[last];
    let mut rest = text[point.at as usize..end.shown as usize].chars();
    let first = rest.next().map_or(BreakClass::Start, class_of);
    let is_lone = if matches!(first, BreakClass::Ideograph) {
        rest.all(|c| class_of(c).is_never_first())
    } else {
        let near = &inner[inner.len().saturating_sub(NEAR)..];
        let wide = near.iter().filter(|point| point.is_wide).count();
        end.shown_before - point.before <= most && wide * 4 <= near.len()
    };
    if is_lone { last as u32 } else { START }
}
