//! Where a line is broken: at which point when it is full, and what depends on more than the
//! classes of two characters (quotation marks, hyphens, figures and addresses).

use super::super::line_break::{BreakClass, Chance, class_of};
use super::super::unit::unit_length;
use super::{BreakPoint, LineFiller};

impl LineFiller<'_> {
    /// Breaks the line so that the next cluster fits.
    pub(super) fn overflow(&mut self, end: usize, columns: u32) {
        while self.here.before + columns - self.line.before > self.width
            && self.here.at > self.line.at
        {
            let point = self.best_candidate();
            let is_regular = point.at == self.candidates.regular.at;
            let spare = if is_regular {
                self.candidates.earlier
            } else {
                BreakPoint::default()
            };
            self.candidates.spare = if spare.at > self.line.at {
                spare
            } else {
                BreakPoint::default()
            };
            self.push(point);
            self.continues = true;
        }
        if columns > self.width {
            // A wide character on a line of one column.
            let before = self.here.before;
            let whole = BreakPoint {
                at: end,
                before: before + columns,
                shown: end,
                shown_before: before + 1,
            };
            self.push(whole);
            self.continues = true;
            if let Some(line) = self.filled.lines.last_mut() {
                line.is_placeholder = true;
            }
        }
    }

    /// The best break point in the line, never its start.
    fn best_candidate(&self) -> BreakPoint {
        let candidates = &self.candidates;
        let filled = |point: &BreakPoint| point.shown_before.saturating_sub(self.line.before);
        let enough = if self.measure.code {
            self.width * 3 / 4
        } else {
            0
        };
        let preferences = [
            (
                candidates.regular,
                filled(&candidates.regular) >= enough && !self.is_better_full(),
            ),
            (
                candidates.point,
                filled(&candidates.point) >= enough.max(self.width / 2),
            ),
            (candidates.split, true),
            (candidates.regular, true),
            (candidates.point, true),
            (candidates.space, true),
        ];
        let best = preferences
            .into_iter()
            .find(|(point, is_good)| *is_good && point.at > self.line.at);
        best.map_or(self.here, |(point, _)| point)
    }

    /// Whether the line should contain the beginning of an address that is longer than any line,
    /// rather than be half empty.
    fn is_better_full(&self) -> bool {
        let regular = self.candidates.regular;
        let room = self
            .width
            .saturating_sub(regular.shown_before.saturating_sub(self.line.before));
        if !self.is_in_address
            || room < 12
            || self.candidates.point.at <= regular.at
            || self.candidates.point.shown_before - regular.before < 8
        {
            return false;
        }
        let widest = usize::from(self.measure.rest) + 1;
        let ahead = &self.text.as_bytes()[regular.at..];
        ahead.len() >= widest && ahead[..widest].iter().all(u8::is_ascii_graphic)
    }

    /// Moves a second character from the line above to a last line of one Chinese character and its
    /// punctuation, if the line above stays almost full.
    pub(super) fn fix_widow(&mut self) {
        let spare = std::mem::take(&mut self.candidates.spare);
        let is_first = self.filled.lines.len() == 1;
        let Some(above) = self.filled.lines.last_mut() else {
            return;
        };
        if spare.at == 0 || self.here.shown <= self.line.at {
            return;
        }
        let mut rest = self.text[self.line.at..self.here.shown].chars();
        let is_alone = rest
            .next()
            .is_some_and(|c| class_of(c) == BreakClass::Ideograph)
            && rest.all(|c| class_of(c).is_never_first());
        let full = u32::from(if is_first {
            self.measure.first
        } else {
            self.measure.rest
        });
        let columns = spare.shown_before - above.before;
        let end = self.here.shown_before.max(self.spread.end);
        if is_alone && columns + 2 >= full && end - spare.before <= u32::from(self.measure.rest) {
            above.shown = spare.shown as u32;
            above.end = spare.at as u32;
            above.columns = columns as u16;
            self.line = spare;
        }
    }
}

impl LineFiller<'_> {
    /// The class of the next character, if need be by its neighbours.
    #[inline]
    pub(super) fn class_in_context(&mut self, class: BreakClass, end: usize) -> BreakClass {
        match class {
            BreakClass::Minus => {
                let bytes = self.text.as_bytes();
                let is_long = self.here.at >= 2 && !bytes[self.here.at - 2].is_ascii_whitespace();
                let is_after_word = is_long && self.class.is_word() && !self.is_after_space;
                let is_hyphen = is_after_word
                    && self.class_at(end) == BreakClass::Letter
                    && !self.is_in_address;
                if is_hyphen {
                    BreakClass::Hyphen
                } else {
                    BreakClass::Minus
                }
            }
            BreakClass::Stop => {
                self.is_in_address |= self.text.as_bytes()[self.here.at] == b':'
                    && self.text[end..].starts_with("//");
                BreakClass::Stop
            }
            BreakClass::Quote | BreakClass::QuoteOpen | BreakClass::QuoteClose => {
                self.quote(class, self.class_at(end))
            }
            _ => class,
        }
    }

    /// The class of the character at an offset; a line feed at the end of the text.
    fn class_at(&self, at: usize) -> BreakClass {
        self.text[at..]
            .chars()
            .next()
            .map_or(BreakClass::Feed, class_of)
    }

    /// The class of a quotation mark: its direction, and whether it is in Chinese.
    fn quote(&mut self, quote: BreakClass, after: BreakClass) -> BreakClass {
        let opens = self.class == BreakClass::Start || self.is_after_space || self.class.is_open();
        let closes =
            matches!(after, BreakClass::Space | BreakClass::Feed) || after.is_never_first();
        let character = self.text[self.here.at..].chars().next().unwrap_or_default();
        let is_open = match quote {
            BreakClass::QuoteOpen => opens || !closes,
            BreakClass::QuoteClose => false,
            _ if opens != closes => opens,
            _ if character == '"' && (self.class.is_wide() || after.is_wide()) => {
                !self.is_in_quotes
            }
            _ => return BreakClass::Quote,
        };
        if character == '"' {
            self.is_in_quotes = is_open;
        }
        match (
            is_open,
            self.class.is_wide() && !self.is_after_space,
            after.is_wide(),
        ) {
            (true, _, true) => BreakClass::WideQuoteOpen,
            (true, _, false) => BreakClass::QuoteOpen,
            (false, true, _) if character != '’' => BreakClass::WideQuoteClose,
            (false, ..) => BreakClass::QuoteClose,
        }
    }

    /// Whether the line may be broken before the next character, where this depends on more than
    /// two classes.
    pub(super) fn chance_in_context(&mut self, class: BreakClass, end: usize) -> Chance {
        let held = if self.is_after_space {
            Chance::Point
        } else {
            Chance::Split
        };
        match class {
            BreakClass::Digit if self.text[..self.here.shown].ends_with('第') => held,
            BreakClass::Digit => Chance::Break,
            BreakClass::Letter | BreakClass::Ideograph => {
                let unit = unit_length(&self.text[self.here.at..]);
                self.glued_until = self.here.at + unit;
                if unit > 0 { held } else { Chance::Break }
            }
            // After a space: `.5`, `/etc`, `-5`, `--all` and a leader of dots begin something,
            // others end it.
            _ => {
                let ahead = &self.text.as_bytes()[end..];
                let next = ahead.first().copied().unwrap_or(b' ');
                let begins =
                    next.is_ascii_alphanumeric() || next == b'-' || ahead.starts_with(b"....");
                if begins { Chance::Break } else { Chance::Point }
            }
        }
    }
}
