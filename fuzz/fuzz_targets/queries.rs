//! Queries: reading, writing, ticking a facet, and the articles of the samples that match.
#![no_main]

use std::sync::LazyLock;

use jianbao::catalog::{Attention, EntryId, FilterTextBuf};
use jianbao::catalog::{
    Annotations, Changes, Entries, FacetKind, FilterContext, FilterText, Mark, Marks, Query, Term, Tier, evaluate,
    find_term, quoted, ticked, toggled,
};
use jianbao::text::folded;
use jianbao_fuzz::{assert_clean, entry, samples};
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

struct Catalog {
    entries: Entries,
    marks: Marks,
    annotations: Annotations,
    texts: Vec<String>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let samples = samples();
    let entry = |(name, article): &(&str, _)| entry(name, article);
    let mut entries = Entries::new(TimeZone::UTC);
    entries.apply(Changes::added(
        samples.iter().map(entry).collect::<Vec<_>>(),
    ));
    let mut marks = Marks::default();
    let read = Mark {
        attention: Attention::Read,
        is_starred: true,
    };
    marks.set(EntryId(2), read);
    let mut buffer = FilterTextBuf::default();
    (0..entries.bound()).for_each(|id| buffer.push(entries.get(EntryId(id)).as_ref()));
    let text: FilterText<'_> = buffer.as_text();
    let texts = (0..samples.len()).map(|at| text.all(at).to_owned());
    Catalog {
        texts: texts.collect(),
        entries,
        marks,
        annotations: Annotations::default(),
    }
});

fuzz_target!(|bytes: &[u8]| {
    let typed = String::from_utf8_lossy(bytes);
    let query = match Query::parse(&typed) {
        Ok(query) => query,
        Err(error) => {
            // The place can be shown, and the reason is one line.
            assert!(error.at.end <= typed.len() && typed.get(error.at).is_some());
            assert!(!error.reason.is_empty());
            assert_clean(&folded(&error.reason), &[]);
            return;
        }
    };
    assert_eq!(Query::parse(&query.to_string()), Ok(query.clone()));
    let phrase = Query::parse(&quoted(&typed)).unwrap();
    if let Some(term) = phrase.only_term() {
        assert_eq!(term.text, *typed);
    }
    let toggled = toggled(&query, FacetKind::Tag, "energy");
    assert_eq!(Query::parse(&toggled.to_string()), Ok(toggled.clone()));
    let is_ticked = |query| ticked(query, FacetKind::Tag).contains(&"energy".to_owned());
    assert_ne!(is_ticked(&query), is_ticked(&toggled), "{typed:?}");

    let all = tiers(&query, true);
    // A negation finds all that the query does not.
    let negation = Query::parse(&format!("-({query})"));
    if let Ok(negation) = negation {
        for (one, other) in all.iter().zip(tiers(&negation, true)) {
            assert_ne!(*one == Tier::None, other == Tier::None, "{typed:?}");
        }
    }
    let _ = tiers(&query, false);
    for term in query.all_terms(true) {
        for text in &CATALOG.texts {
            for found in find_term(text, term) {
                assert!(text.get(found).is_some_and(|found| !found.is_empty()));
            }
        }
    }
    let mut whole = query.clone();
    whole.match_whole_words();
    let _ = (query.head_terms(), query.has_marks(), query.has_words());
    assert!(Query::parse(&whole.to_string()).is_ok());
});

fn tiers(query: &Query, is_thorough: bool) -> Vec<Tier> {
    let context = FilterContext {
        marks: &CATALOG.marks,
        annotations: &CATALOG.annotations,
        today: jiff::civil::date(2026, 6, 15),
        last_visit: Some(1_750_000_000_000),
        is_thorough,
    };
    let counts = [0, 1, 0, 7];
    let count = |term: &Term| &counts[..term.text.len() % 4 + 1];
    let entries = &CATALOG.entries;
    let tiers = evaluate(query, entries, 0..entries.bound(), &context, &count);
    // A part is judged like the whole.
    let part = evaluate(query, entries, 3..6, &context, &count);
    assert_eq!(part, tiers[3..6]);
    tiers
}
