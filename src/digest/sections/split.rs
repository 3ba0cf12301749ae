//! Where a body divides into one section for each language, if it does.
//!
//! A wrong split hides text from the reader of either language, a missed one only costs the toggle,
//! so every rule asks for proof: each side must be dominated by its language and hold enough of it,
//! and something must say that both sides are the same story. From the strongest to the weakest:
//! elements with `lang`; headings, labels or anchors that name the languages; headings or labels
//! that name a version of the story (`原始摘要` and `AI 摘要`, `**Summary:**` after a rule); and
//! for a bare rule the similarity of the sides (see [`are_similar`]). Each side comes once: if the
//! languages alternate item by item, no single boundary leaves both sides pure, and the body stays
//! whole.

use super::names::HeadingName;
use super::outline::{BodyPosition, MarkerKind, Outline, StructureMarker};
use super::weights::{LanguageWeights, are_similar};
use crate::text::Language;

/// The section that a span of the body belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Both sections: a shared head or tail.
    Both,
    /// One language's section.
    One(Language),
    /// No section: the boundary itself.
    Nobody,
}

/// A span of the body, up to the start of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BodySpan {
    pub start: BodyPosition,
    /// How many blocks of the body come before.
    pub blocks: u32,
    pub owner: Owner,
}

impl BodySpan {
    pub(super) fn from_top(owner: Owner) -> Self {
        Self {
            start: BodyPosition::default(),
            blocks: 0,
            owner,
        }
    }

    fn starting_at(marker: &StructureMarker, owner: Owner) -> Self {
        Self {
            start: marker.start,
            blocks: marker.before.blocks,
            owner,
        }
    }

    fn after(marker: &StructureMarker, owner: Owner) -> Self {
        Self {
            start: marker.end,
            blocks: marker.before.blocks + 1,
            owner,
        }
    }
}

/// The least share of a side that must be in its language, in percent. Real sides have 80 and more
/// (Chinese texts hold English headings, quotations and lists of names); sides of unrelated
/// mixtures have around 50.
const PURE: usize = 75;
/// The same if an element names the language.
const NAMED_PURE: usize = 60;
/// The least text of a side, in Han characters and in words: one short sentence if words or
/// elements name the languages, three if nothing does.
const NAMED_LEAST: [usize; 2] = [8, 5];
pub(super) const LEAST: [usize; 2] = [30, 18];
/// How many times longer one side may be if words say that it is a version of the story: it may be
/// a summary of a long article.
const NAMED_RATIO: usize = 12;
/// The same if only similarity speaks for the split.
const BARE_RATIO: usize = 3;

/// Finds how a body divides. None if it stays whole.
pub(super) fn divide(outline: &Outline<'_>, body: &str) -> Option<Vec<BodySpan>> {
    if !has_both(outline, NAMED_LEAST) {
        return None;
    }
    by_elements(outline)
        .or_else(|| by_language_names(outline))
        .or_else(|| by_section_names(outline))
        .or_else(|| by_rule(outline, body))
}

/// Whether a body has so much text in both languages.
pub(super) fn has_both(outline: &Outline<'_>, least: [usize; 2]) -> bool {
    let mut languages = Language::BOTH.into_iter();
    languages.all(|language| outline.weights.amount(language) >= least[language as usize])
}

fn proves(text: LanguageWeights, language: Language, share: usize, least: [usize; 2]) -> bool {
    text.has_share(language, share) && text.amount(language) >= least[language as usize]
}

fn both_prove(sides: [LanguageWeights; 2], first: Language, least: [usize; 2]) -> bool {
    proves(sides[0], first, PURE, least) && proves(sides[1], first.other(), PURE, least)
}

/// The language that a little text proves.
fn proved(text: LanguageWeights) -> Option<Language> {
    text.main_language()
        .filter(|&language| proves(text, language, PURE, NAMED_LEAST))
}

/// Whether neither side has more than `ratio` times the weight of the other, with or without what is
/// no sentence: one may have a table that the other lacks.
fn are_balanced(sides: [LanguageWeights; 2], first: Language, ratio: usize) -> bool {
    let ways = [LanguageWeights::weight, LanguageWeights::sentence_weight];
    ways.into_iter().any(|weight| {
        let one = weight(sides[0], first);
        let other = weight(sides[1], first.other());
        one > 0 && one <= other * ratio && other <= one * ratio
    })
}

/// Elements with `lang`: their content belongs to their language, the rest to both. If they name
/// one language only, the rest belongs to the other.
fn by_elements(outline: &Outline<'_>) -> Option<Vec<BodySpan>> {
    // The text outside the elements of each language.
    let mut outside = [outline.weights; 2];
    let mut spans = Vec::new();
    for (at, marker) in outline.markers.iter().enumerate() {
        if let MarkerKind::Open(language) = marker.kind {
            let is_close = |&next: &usize| outline.markers[next].kind == MarkerKind::Close;
            let content = outline.between(Some(at), (at + 1..outline.markers.len()).find(is_close));
            outside[language as usize] = outside[language as usize] - content;
            spans.push(BodySpan::starting_at(marker, Owner::Nobody));
            spans.push(BodySpan::after(marker, Owner::One(language)));
        } else if marker.kind == MarkerKind::Close {
            spans.push(BodySpan::starting_at(marker, Owner::Nobody));
            spans.push(BodySpan::after(marker, Owner::Both));
        }
    }
    if spans.first()?.start.offset > 0 {
        spans.insert(0, BodySpan::from_top(Owner::Both));
    }
    for language in Language::BOTH {
        let mut content = outline.weights - outside[language as usize];
        if content == LanguageWeights::default() {
            content = outside[language.other() as usize];
            for span in spans.iter_mut().filter(|span| span.owner == Owner::Both) {
                span.owner = Owner::One(language);
            }
        }
        if !proves(content, language, NAMED_PURE, NAMED_LEAST) {
            return None;
        }
    }
    Some(spans)
}
/// Headings, labels or anchors that name the languages: all of one before all of the other, or all
/// of one after text in the other.
fn by_language_names(outline: &Outline<'_>) -> Option<Vec<BodySpan>> {
    let language = |at: usize| match outline.markers[at].name {
        Some(HeadingName::Language { language, .. }) => Some(language),
        _ => None,
    };
    let mut names = (0..outline.markers.len()).filter(|&at| language(at).is_some());
    let opening = names.next()?;
    let first = language(opening)?;
    let turn = names
        .clone()
        .find(|&at| language(at) == Some(first.other()));
    let (from, to) = match turn {
        Some(turn) => (
            Some(last_of_boundary(outline, opening)),
            last_of_boundary(outline, turn),
        ),
        None => (None, last_of_boundary(outline, opening)),
    };
    let second = language(to)?;
    if names.any(|at| at > to && language(at) != Some(second)) {
        return None;
    }
    let end = end_of_second(outline, from, to, second);
    let sides = sides(outline, from, to, end);
    both_prove(sides, second.other(), NAMED_LEAST).then(|| spans(outline, from, to, second, end))
}

/// Sibling headings or labels that name a version of the story: those of one language, then those
/// of the other.
fn by_section_names(outline: &Outline<'_>) -> Option<Vec<BodySpan>> {
    let is_version = |marker: &StructureMarker| marker.name == Some(HeadingName::Version);
    let from = outline.markers.iter().position(is_version)?;
    let is_sibling = |&at: &usize| {
        is_version(&outline.markers[at])
            && are_siblings(&outline.markers[at], &outline.markers[from])
    };
    let versions: Vec<(usize, Option<Language>)> = (from..outline.markers.len())
        .filter(is_sibling)
        .map(|at| {
            (
                at,
                proved(outline.between(Some(at), next_sibling(outline, at))),
            )
        })
        .collect();
    let first = versions[0].1?;
    let second = first.other();
    let (to, _) = *versions
        .iter()
        .find(|(_, language)| *language == Some(second))?;
    let is_first_resumed = versions
        .iter()
        .any(|&(at, language)| at > to && language == Some(first));
    if is_first_resumed || turns_at_rule(outline, from, to, first) {
        return None;
    }
    let end = end_of_second(outline, Some(from), to, second);
    let sides = sides(outline, Some(from), to, end);
    let is_split = both_prove(sides, first, NAMED_LEAST) && are_balanced(sides, first, NAMED_RATIO);
    is_split.then(|| spans(outline, Some(from), to, second, end))
}

/// Whether a rule comes between the last text of the first language and the first version in the
/// second, but none before the first version. Then the rule separates two stories, each with its
/// own head, and not two versions under a shared head.
fn turns_at_rule(outline: &Outline<'_>, from: usize, to: usize, first: Language) -> bool {
    let is_last = |&at: &usize| outline.between(Some(at), Some(to)).amount(first) == 0;
    let rule = (from..to)
        .rev()
        .take_while(is_last)
        .find(|&at| outline.markers[at].kind == MarkerKind::Rule);
    rule.is_some_and(|rule| {
        boundary_start(outline, from) == from || boundary_start(outline, to) > rule
    })
}

/// A rule, or a name, at which the language changes for good.
fn by_rule(outline: &Outline<'_>, body: &str) -> Option<Vec<BodySpan>> {
    let (turn, first) = best_turn(outline)?;
    let second = first.other();
    let to = last_of_boundary(outline, turn);
    let end = end_of_second(outline, None, to, second);
    let sides = sides(outline, None, turn, end);

    let is_named = outline.markers[to]
        .name
        .is_some_and(|name| name != HeadingName::Metadata);
    let (least, ratio) = if is_named {
        (NAMED_LEAST, NAMED_RATIO)
    } else {
        (LEAST, BARE_RATIO)
    };
    if !both_prove(sides, first, least)
        || !are_balanced(sides, first, ratio)
        || alternates(outline, turn, first)
    {
        return None;
    }
    if !is_named {
        let middle = outline.markers[turn].start.offset;
        let close = end.map_or(body.len(), |(at, _)| outline.markers[at].start.offset);
        if !are_similar([&body[..middle], &body[middle..close]], sides) {
            return None;
        }
    }
    Some(spans(outline, None, to, second, end))
}

/// The first of the rules and names with the least text on the wrong side, and the language before
/// it.
fn best_turn(outline: &Outline<'_>) -> Option<(usize, Language)> {
    let mut best = None;
    let mut best_weight = (0, 0);
    for (at, marker) in outline.markers.iter().enumerate() {
        let is_name = matches!(
            marker.name,
            Some(HeadingName::Version | HeadingName::Language { .. })
        );
        if !is_name && marker.kind != MarkerKind::Rule {
            continue;
        }
        let before = outline.between(None, Some(at));
        let after = outline.between(Some(at), None);
        let [chinese_first, english_first] = Language::BOTH.map(|first| {
            let second = first.other();
            let sentences = before.sentence_weight(first) + after.sentence_weight(second);
            (sentences, before.weight(first) + after.weight(second))
        });
        let weight = chinese_first.max(english_first);
        if best.is_none() || weight > best_weight {
            let first = if chinese_first > english_first {
                Language::Chinese
            } else {
                Language::English
            };
            best = Some((at, first));
            best_weight = weight;
        }
    }
    best
}

/// Whether either side has a passage between two rules in the other side's language, as in a series
/// of digests in both languages.
fn alternates(outline: &Outline<'_>, turn: usize, first: Language) -> bool {
    let is_limit = |&at: &usize| at == turn || outline.markers[at].kind == MarkerKind::Rule;
    let limits = (0..outline.markers.len()).filter(is_limit).map(Some);
    let mut from = None;
    for to in limits.chain([None]) {
        let is_first_side = to.is_some_and(|to| to <= turn);
        let foreign = if is_first_side { first.other() } else { first };
        let passage = outline.between(from, to);
        if proves(passage, foreign, PURE, LEAST)
            && passage.sentence_weight(foreign) * 2 >= passage.weight(foreign)
        {
            return true;
        }
        from = to;
    }
    false
}

/// The marker at which the second section ends, and the owner of the rest. None if the section ends
/// with the body.
type SectionEnd = Option<(usize, Owner)>;

fn sides(
    outline: &Outline<'_>,
    from: Option<usize>,
    to: usize,
    end: SectionEnd,
) -> [LanguageWeights; 2] {
    [
        outline.between(from, Some(to)),
        outline.between(Some(to), end.map(|(at, _)| at)),
    ]
}

/// Finds the end of the second section: at a metadata heading, unless the first section has one
/// too; at fields with no prose after them, if the sections have labels; or, under a heading, at a
/// heading of the same rank with text in the first language.
fn end_of_second(
    outline: &Outline<'_>,
    from: Option<usize>,
    to: usize,
    second: Language,
) -> SectionEnd {
    let level = match outline.markers[to].kind {
        MarkerKind::Heading(level) => Some(level),
        _ => None,
    };
    let has_labels = from.is_some() && is_label(&outline.markers[to]);
    let has_metadata = outline.markers[..to]
        .iter()
        .any(|marker| marker.name == Some(HeadingName::Metadata));
    // From here on there are only fields.
    let fields = outline
        .markers
        .iter()
        .rposition(|marker| marker.kind != MarkerKind::Field)
        .map_or(0, |last| last + 1);
    for (at, marker) in outline.markers.iter().enumerate().skip(to + 1) {
        let rest = outline.between(Some(at), None);
        match marker.kind {
            MarkerKind::Heading(rank) if level.is_none_or(|level| rank <= level) => {
                let is_metadata = marker.name == Some(HeadingName::Metadata);
                let is_rest_foreign = rest.main_language() == Some(second.other());
                if is_metadata && !has_metadata && (level.is_some() || is_rest_foreign) {
                    return Some((boundary_start(outline, at), Owner::Both));
                }
                let is_resumed = level.is_some()
                    && marker.name.is_none()
                    && proved(rest) == Some(second.other())
                    && proved(outline.between(Some(to), Some(at))) == Some(second);
                if is_resumed {
                    return Some((boundary_start(outline, at), Owner::One(second.other())));
                }
            }
            MarkerKind::Field if has_labels && at >= fields && !rest.has_prose() => {
                return Some((at, Owner::Both));
            }
            _ => {}
        }
    }
    None
}

/// The spans of a body with its first section from a marker, or from the start, and its second from
/// another.
fn spans(
    outline: &Outline<'_>,
    from: Option<usize>,
    to: usize,
    second: Language,
    end: SectionEnd,
) -> Vec<BodySpan> {
    let first = second.other();
    let mut spans = Vec::new();
    if let Some(from) = from {
        let side = outline.between(Some(from), Some(to));
        spans.push(BodySpan::from_top(owner_of_head(
            outline.between(None, Some(from)),
            side,
            first,
        )));
        push_boundary(&mut spans, outline, from, first);
    } else {
        spans.push(BodySpan::from_top(Owner::One(first)));
    }
    push_boundary(&mut spans, outline, to, second);
    if let Some((at, owner)) = end {
        spans.push(BodySpan::starting_at(&outline.markers[at], owner));
    }
    spans
}

/// The owner of the text before the first section: both, unless its prose is a paragraph or more in
/// one language, and at least half as much as the first section.
fn owner_of_head(head: LanguageWeights, side: LanguageWeights, first: Language) -> Owner {
    const PARAGRAPH: usize = 120;
    let is_heavy = |language: Language| {
        let weight = head.prose_weight(language);
        weight >= PARAGRAPH
            && weight * 2 >= side.weight(first)
            && weight > 2 * head.prose_weight(language.other())
    };
    Language::BOTH
        .into_iter()
        .find(|&language| is_heavy(language))
        .map_or(Owner::Both, Owner::One)
}

/// Adds a boundary that ends with a marker, and the section below it. Rules, anchors and bare names
/// of languages belong to nobody, a heading with words of its own belongs to its section.
fn push_boundary(spans: &mut Vec<BodySpan>, outline: &Outline<'_>, to: usize, language: Language) {
    let marker = &outline.markers[to];
    let says_nothing = matches!(marker.kind, MarkerKind::Rule | MarkerKind::Anchor)
        || matches!(
            marker.name,
            Some(HeadingName::Language { is_pure: true, .. })
        );
    let owner = Owner::One(language);
    spans.push(BodySpan::starting_at(
        &outline.markers[boundary_start(outline, to)],
        Owner::Nobody,
    ));
    spans.push(if says_nothing {
        BodySpan::after(marker, owner)
    } else {
        BodySpan::starting_at(marker, owner)
    });
}

const fn is_label(marker: &StructureMarker) -> bool {
    matches!(marker.kind, MarkerKind::Label(_))
}

/// Whether two markers have one form: labels, or headings of a level.
fn are_siblings(one: &StructureMarker, other: &StructureMarker) -> bool {
    one.kind == other.kind || (is_label(one) && is_label(other))
}

/// The next marker that ends the text below one: of its form, or above it.
fn next_sibling(outline: &Outline<'_>, at: usize) -> Option<usize> {
    let marker = &outline.markers[at];
    let ends = |other: &StructureMarker| match (&marker.kind, &other.kind) {
        (MarkerKind::Heading(level), MarkerKind::Heading(rank)) => rank <= level,
        (MarkerKind::Label(_), kind) => {
            matches!(
                kind,
                MarkerKind::Label(_)
                    | MarkerKind::Heading(_)
                    | MarkerKind::Rule
                    | MarkerKind::Field
            )
        }
        _ => false,
    };
    (at + 1..outline.markers.len()).find(|&next| ends(&outline.markers[next]))
}

/// The first of the rules and anchors directly before a marker, or the marker itself.
fn boundary_start(outline: &Outline<'_>, at: usize) -> usize {
    let mut first = at;
    while first > 0
        && is_rule_or_anchor(&outline.markers[first - 1])
        && touches_next(outline, first - 1)
    {
        first -= 1;
    }
    first
}

/// The last marker of the boundary that begins with one: rules, anchors, and the name that follows
/// them.
fn last_of_boundary(outline: &Outline<'_>, at: usize) -> usize {
    let mut last = at;
    while is_rule_or_anchor(&outline.markers[last])
        && touches_next(outline, last)
        && (outline.markers[last + 1].name.is_some()
            || outline.markers[last + 1].kind == MarkerKind::Rule)
    {
        last += 1;
    }
    last
}

const fn is_rule_or_anchor(marker: &StructureMarker) -> bool {
    matches!(marker.kind, MarkerKind::Rule | MarkerKind::Anchor)
}

/// Whether there is a next marker, and nothing between.
fn touches_next(outline: &Outline<'_>, at: usize) -> bool {
    outline
        .markers
        .get(at + 1)
        .is_some_and(|next| next.before.blocks == outline.markers[at].before.blocks + 1)
}
