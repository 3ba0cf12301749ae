//! Where a body divides into the same story told twice, if it does.
//!
//! A wrong split hides text from the reader of either language, a missed one only costs the toggle, so every rule asks for proof:
//! each side must be dominated by its language and hold enough of it, and something must say that the sides tell the same story.
//! What says so, from the strongest to the weakest: elements with `lang`; headings, labels or anchors that name the languages; headings
//! or labels that name a telling (`原始摘要` and `AI 摘要`, `**Summary:**` after a rule); and for a bare rule the likeness of the
//! sides (see [`likeness`](super::likeness)). A story is told once a side: where the languages alternate item by item no single
//! boundary leaves both sides pure, and the body stays whole.

use super::ending::{End, end_of_second};
use super::evidence::Evidence;
use super::likeness;
use super::marks::{are_siblings, boundary_start, last_of_boundary, next_sibling};
use super::name::Name;
use super::outline::{Mark, MarkKind, Outline, Spot};
use crate::text::Language;

/// To whom a stretch of the body belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Both sections: a shared head or tail.
    Both,
    /// One language's section.
    One(Language),
    /// None: the boundary itself.
    Nobody,
}

/// A stretch of the body, up to where the next begins, and its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub start: Spot,
    /// How many blocks of the body come before.
    pub blocks: u32,
    pub owner: Owner,
}

impl Stretch {
    /// One that begins with the body.
    pub(super) fn from_top(owner: Owner) -> Self {
        Self { start: Spot::default(), blocks: 0, owner }
    }

    /// One that begins with a mark.
    fn from(mark: &Mark, owner: Owner) -> Self {
        Self { start: mark.start, blocks: mark.before.blocks, owner }
    }

    /// One that begins after a mark.
    fn after(mark: &Mark, owner: Owner) -> Self {
        Self { start: mark.end, blocks: mark.before.blocks + 1, owner }
    }
}

/// The least share of a side that must be in its language, in percent. Real sides have 80 and more (English headings, quotations and
/// lists of names stand in Chinese texts); sides of unrelated mixtures lie around 50.
const PURE: usize = 75;
/// The same where an element names the language.
const NAMED_PURE: usize = 60;
/// The least text of a side: one short sentence where words or elements name the languages, three where nothing does.
const NAMED_LEAST: [usize; 2] = [8, 5];
const LEAST: [usize; 2] = [30, 18];
/// How many times longer one side of a told story may be: a summary of a long article is accepted where words say that it is one.
const TOLD_RATIO: usize = 12;
/// The same where only likeness speaks.
const BARE_RATIO: usize = 3;

/// Finds how a body divides; `None` where it stays whole.
pub(super) fn divide(outline: &Outline<'_>, body: &str) -> Option<Vec<Stretch>> {
    let total = outline.evidence;
    if Language::BOTH.iter().any(|&language| total.amount(language) < NAMED_LEAST[index(language)]) {
        return None;
    }
    elements(outline).or_else(|| named(outline)).or_else(|| told(outline)).or_else(|| ruled(outline, body))
}

const fn index(language: Language) -> usize {
    match language {
        Language::Chinese => 0,
        Language::English => 1,
    }
}

/// Says whether the evidence proves a language.
fn proves(evidence: Evidence, language: Language, share: usize, least: [usize; 2]) -> bool {
    evidence.has_share(language, share) && evidence.amount(language) >= least[index(language)]
}

/// The language that the evidence proves, with little text.
pub(super) fn proved(evidence: Evidence) -> Option<Language> {
    evidence.main_language().filter(|&language| proves(evidence, language, PURE, NAMED_LEAST))
}

/// Says whether neither side is more than so many times the other.
fn is_balanced(one: usize, other: usize, ratio: usize) -> bool {
    one <= other * ratio && other <= one * ratio
}

/// Elements with `lang`: what they hold is of their language, all else of both; or, if they name one language only, of the other.
fn elements(outline: &Outline<'_>) -> Option<Vec<Stretch>> {
    let mut held = [Evidence::default(); 2];
    let mut stretches = Vec::new();
    let mut open = None;
    for (at, mark) in outline.marks.iter().enumerate() {
        match (&mark.kind, open) {
            (&MarkKind::Open(language), None) => {
                stretches.push(Stretch::from(mark, Owner::Nobody));
                stretches.push(Stretch::after(mark, Owner::One(language)));
                open = Some((language, at));
            }
            (MarkKind::Close, Some((language, from))) => {
                held[index(language)] += outline.between(Some(from), Some(at));
                stretches.push(Stretch::from(mark, Owner::Nobody));
                stretches.push(Stretch::after(mark, Owner::Both));
                open = None;
            }
            _ => {}
        }
    }
    let first = stretches.first()?.start;
    if let Some((language, from)) = open {
        held[index(language)] += outline.between(Some(from), None);
    }
    if first.offset > 0 {
        stretches.insert(0, Stretch::from_top(Owner::Both));
    }
    for language in Language::BOTH {
        if held[index(language)] == Evidence::default() {
            let outside = outline.evidence - held[index(language.other())];
            held[index(language)] = outside;
            stretches
                .iter_mut()
                .filter(|stretch| stretch.owner == Owner::Both)
                .for_each(|stretch| stretch.owner = Owner::One(language));
        }
    }
    let all_proved =
        Language::BOTH.into_iter().all(|language| proves(held[index(language)], language, NAMED_PURE, NAMED_LEAST));
    all_proved.then_some(stretches)
}

/// Headings, labels or anchors that name the languages: all of one before all of the other, or all of one after text in the other.
fn named(outline: &Outline<'_>) -> Option<Vec<Stretch>> {
    let language = |at: &usize| match outline.marks[*at].name {
        Some(Name::Language { language, .. }) => Some(language),
        _ => None,
    };
    let mut names = (0..outline.marks.len()).filter(|at| language(at).is_some());
    let opening = names.next()?;
    let first = language(&opening)?;
    let turn = names.clone().find(|at| language(at) == Some(first.other()));
    let (from, to) = match turn {
        Some(turn) => (Some(last_of_boundary(outline, opening)), last_of_boundary(outline, turn)),
        None => (None, last_of_boundary(outline, opening)),
    };
    let second = language(&to)?;
    if names.any(|at| at > to && language(&at) != Some(second)) {
        return None;
    }
    let end = end_of_second(outline, from, to, second);
    let sides = [outline.between(from, Some(to)), outline.between(Some(to), end.mark())];
    let both_proved =
        proves(sides[0], second.other(), PURE, NAMED_LEAST) && proves(sides[1], second, PURE, NAMED_LEAST);
    both_proved.then(|| stretches(outline, from, to, second, end))
}

/// Sibling headings or labels that name a telling: those of one language, then those of the other.
fn told(outline: &Outline<'_>) -> Option<Vec<Stretch>> {
    let is_telling = |mark: &Mark| mark.name == Some(Name::Telling);
    let from = outline.marks.iter().position(is_telling)?;
    let siblings = || {
        let is_sibling = |mark: &Mark| is_telling(mark) && are_siblings(mark, &outline.marks[from]);
        let siblings = (from..outline.marks.len()).filter(move |&at| is_sibling(&outline.marks[at]));
        siblings.map(|at| (at, proved(outline.between(Some(at), next_sibling(outline, at)))))
    };
    let first = siblings().next()?.1?;
    let second = first.other();
    let (to, _) = siblings().find(|&(_, language)| language == Some(second))?;
    if siblings().any(|(at, language)| at >= to && language == Some(first)) {
        return None;
    }
    if turns_at_rule(outline, from, to, first) {
        return None;
    }
    let end = end_of_second(outline, Some(from), to, second);
    let sides = [outline.between(Some(from), Some(to)), outline.between(Some(to), end.mark())];
    let both_proved = proves(sides[0], first, PURE, NAMED_LEAST) && proves(sides[1], second, PURE, NAMED_LEAST);
    let balanced = is_balanced(sides[0].weight(first), sides[1].weight(second), TOLD_RATIO);
    (both_proved && balanced).then(|| stretches(outline, Some(from), to, second, end))
}

/// Says whether a rule stands between the last text of the first language and its turn, but none before the first telling. Then the
/// rule parts two stories, each from its own top on, and not two tellings under a head that they share.
fn turns_at_rule(outline: &Outline<'_>, from: usize, to: usize, first: Language) -> bool {
    let is_last = |at: usize| outline.between(Some(at), Some(to)).amount(first) == 0;
    let rule = (from..to).rev().take_while(|&at| is_last(at)).find(|&at| outline.marks[at].kind == MarkKind::Rule);
    rule.is_some_and(|rule| boundary_start(outline, from) == from || boundary_start(outline, to) > rule)
}

/// A rule, or a telling, at which the language changes for good.
fn ruled(outline: &Outline<'_>, body: &str) -> Option<Vec<Stretch>> {
    let candidates = outline.marks.iter().enumerate().filter(|(_, mark)| {
        mark.kind == MarkKind::Rule || matches!(mark.name, Some(Name::Telling | Name::Language { .. }))
    });
    // The candidate that leaves the least text on the wrong side, either order.
    let (to, first, _) = candidates
        .flat_map(|(at, _)| Language::BOTH.map(|first| (at, first)))
        .map(|(at, first)| {
            let before = outline.between(None, Some(at));
            let after = outline.between(Some(at), None);
            (at, first, before.weight(first) + after.weight(first.other()))
        })
        .max_by(|one, other| one.2.cmp(&other.2).then(other.0.cmp(&one.0)))?;
    let second = first.other();
    let named = last_of_boundary(outline, to);
    let end = end_of_second(outline, None, named, second);
    let sides = [outline.between(None, Some(to)), outline.between(Some(to), end.mark())];
    let is_told = outline.marks[named].name.is_some_and(|name| name != Name::Metadata);
    let (least, ratio) = if is_told { (NAMED_LEAST, TOLD_RATIO) } else { (LEAST, BARE_RATIO) };
    let both_proved = proves(sides[0], first, PURE, least) && proves(sides[1], second, PURE, least);
    if !both_proved || !is_balanced(sides[0].weight(first), sides[1].weight(second), ratio) {
        return None;
    }
    if alternates(outline, to, first) {
        return None;
    }
    let turn = outline.marks[to].start.offset;
    let close = end.mark().map_or(body.len(), |end| outline.marks[end].start.offset);
    let texts = [&body[..turn], &body[turn..close]];
    (is_told || likeness::are_alike(texts, sides)).then(|| stretches(outline, None, named, second, end))
}

/// Says whether between two rules on either side of a mark a passage stands in the other side's language, as where digests of both
/// languages follow each other.
fn alternates(outline: &Outline<'_>, to: usize, first: Language) -> bool {
    let is_rule = |at: &usize| *at == to || outline.marks[*at].kind == MarkKind::Rule;
    let rules = (0..outline.marks.len()).filter(is_rule).map(Some);
    let mut from = None;
    rules.chain(std::iter::once(None)).any(|until| {
        let foreign = if from.is_some_and(|from| from >= to) { first } else { first.other() };
        let passage = outline.between(std::mem::replace(&mut from, until), until);
        proves(passage, foreign, PURE, LEAST)
    })
}

/// How many stretches there are at most: a head, two boundaries of two, a tail.
const MOST_STRETCHES: usize = 6;

/// The stretches of a body whose first section begins at a mark, or at the start, and whose second begins at another.
fn stretches(outline: &Outline<'_>, from: Option<usize>, to: usize, second: Language, end: End) -> Vec<Stretch> {
    let first = second.other();
    let mut stretches = Vec::with_capacity(MOST_STRETCHES);
    if let Some(from) = from {
        let side = outline.between(Some(from), Some(to));
        let head = owner_of_head(outline.before(Some(from)), side, first);
        stretches.push(Stretch::from_top(head));
        push_boundary(&mut stretches, outline, from, first);
    } else {
        stretches.push(Stretch::from_top(Owner::One(first)));
    }
    push_boundary(&mut stretches, outline, to, second);
    match end {
        End::Body => {}
        End::Tail(at) => stretches.push(Stretch::from(&outline.marks[at], Owner::Both)),
        End::Resumed(at) => stretches.push(Stretch::from(&outline.marks[at], Owner::One(first))),
    }
    stretches
}

/// To whom the text before the first section belongs: to both, unless it holds prose of weight in one language: a paragraph, and half
/// as much as the first section itself.
fn owner_of_head(head: Evidence, side: Evidence, first: Language) -> Owner {
    const PARAGRAPH: usize = 120;
    let is_heavy = |language: Language| {
        let weight = head.prose_weight(language);
        weight >= PARAGRAPH && weight * 2 >= side.weight(first) && weight > 2 * head.prose_weight(language.other())
    };
    Language::BOTH.into_iter().find(|&language| is_heavy(language)).map_or(Owner::Both, Owner::One)
}

/// Adds a boundary that ends with a mark, and what it begins: rules, anchors and purely naming words are nobody's, a heading with words of
/// its own begins its section.
fn push_boundary(stretches: &mut Vec<Stretch>, outline: &Outline<'_>, to: usize, language: Language) {
    let mark = &outline.marks[to];
    let says_nothing = match mark.kind {
        MarkKind::Rule | MarkKind::Anchor => true,
        _ => matches!(mark.name, Some(Name::Language { is_pure: true, .. })),
    };
    let owner = Owner::One(language);
    stretches.push(Stretch::from(&outline.marks[boundary_start(outline, to)], Owner::Nobody));
    stretches.push(if says_nothing { Stretch::after(mark, owner) } else { Stretch::from(mark, owner) });
}
