//! A library in a test: what is asked of it is answered at once, from the texts themselves.
//!
//! `tests/support/screen.rs` uses this file as well; `house` is this package, whatever its name is
//! there.

use std::sync::Arc;

use super::house::bilingual::Text;
use super::house::catalog::{
    Annotations, Entries, EntryId, FilterContext, Hits, Marks, Order, Query, Request, Snippet,
    SnippetPart, Term, Tier, Update, evaluate, facet_queries, facets,
};
use super::house::text::Language;

/// So many bytes of a block stand on each side of a hit.
const AROUND: usize = 180;
/// Of so many articles snippets come with what was found.
const FIRST: usize = 200;

/// What a library answers to what a reader asks, in order; nothing to what is no question.
pub(super) fn answers(
    request: &Request,
    entries: &Entries,
    marks: &Marks,
    texts: &[Arc<Text>],
) -> Vec<Update> {
    match request {
        Request::Filter { number, query } => {
            let tiers = tiers(query, entries, marks, texts);
            vec![Update::Filtered {
                number: *number,
                tiers: tiers.into(),
                is_final: true,
            }]
        }
        Request::Facets { number, query } => {
            let tiers = facet_queries(query).map(|query| tiers(&query, entries, marks, texts));
            let is_in = |id: u32| tiers.each_ref().map(|it| it[id as usize] != Tier::None);
            let facets = facets(
                entries,
                &Annotations::default(),
                (0..entries.bound()).map(|id| (EntryId(id), is_in(id))),
            );
            vec![Update::Facets {
                number: *number,
                facets,
            }]
        }
        Request::Search { number, query } => {
            let found = search(query, entries, marks, texts);
            let articles: Vec<(EntryId, u32)> = found
                .iter()
                .map(|(id, hits)| (*id, hits.len() as u32))
                .collect();
            let total = articles.iter().map(|&(_, count)| u64::from(count)).sum();
            let end = found.len().min(FIRST);
            let snippets = found[..end]
                .iter()
                .flat_map(|(_, hits)| hits.iter().take(3).cloned())
                .collect();
            vec![
                Update::Hits {
                    number: *number,
                    hits: Hits {
                        articles: articles.into(),
                        total,
                        is_final: true,
                    },
                },
                Update::Snippets {
                    number: *number,
                    articles: 0..end as u32,
                    snippets,
                },
            ]
        }
        Request::AlignSentences(job) => {
            vec![Update::SentencesAligned(job.clone(), Arc::new(job.run()))]
        }
        _ => Vec::new(),
    }
}

fn tiers(query: &Query, entries: &Entries, marks: &Marks, texts: &[Arc<Text>]) -> Vec<Tier> {
    let context = FilterContext {
        marks,
        annotations: &Annotations::default(),
        today: jiff::civil::date(2026, 6, 15),
        last_visit: None,
        is_thorough: true,
    };
    let count = |term: &Term| {
        texts
            .iter()
            .map(|of| hits(of, EntryId(0), &term.text).len() as u32)
            .collect::<Vec<_>>()
    };
    let counted: Vec<(&Term, Vec<u32>)> = query
        .all_terms(true)
        .into_iter()
        .map(|term| (term, count(term)))
        .collect();
    let counts = |term: &Term| {
        counted
            .iter()
            .find(|(other, _)| *other == term)
            .map_or(&[][..], |(_, counts)| counts)
    };
    evaluate(query, entries, 0..entries.bound(), &context, &counts)
}

/// The articles found, newest first, each with its hits.
fn search(
    query: &Query,
    entries: &Entries,
    marks: &Marks,
    texts: &[Arc<Text>],
) -> Vec<(EntryId, Vec<Snippet>)> {
    let tiers = tiers(query, entries, marks, texts);
    let all = entries.sorted(Order::Date, Language::Chinese).into_iter();
    let found = all.filter(|id| tiers[id.0 as usize] != Tier::None);
    let of = |id: EntryId| {
        query
            .terms()
            .iter()
            .flat_map(|term| hits(&texts[id.0 as usize], id, &term.text))
            .collect()
    };
    found.map(|id| (id, of(id))).collect()
}

/// All that is found of a text in an article, Chinese first.
fn hits(text: &Text, id: EntryId, wanted: &str) -> Vec<Snippet> {
    let wanted = wanted.to_ascii_lowercase();
    let mut hits = Vec::new();
    for side in Language::BOTH {
        let Some(document) = text.document(side) else {
            continue;
        };
        for block in 0..document.blocks.len() {
            let line = document.block_text(block).replace('\n', " ");
            for (at, _) in line.to_ascii_lowercase().match_indices(&wanted) {
                let (start, end) = (
                    at.saturating_sub(AROUND),
                    (at + wanted.len() + AROUND).min(line.len()),
                );
                let (start, end) = (
                    line.floor_char_boundary(start),
                    line.floor_char_boundary(end),
                );
                hits.push(Snippet {
                    id,
                    part: SnippetPart::Text,
                    place: text.place(side, block as u32, at as u32),
                    length: wanted.len() as u32,
                    line: 0,
                    text: line[start..end].to_owned(),
                    lit: at - start..at - start + wanted.len(),
                    others: Vec::new(),
                });
            }
        }
    }
    hits
}
