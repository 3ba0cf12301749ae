//! The blank rows between leaves.

use super::layout::Settings;
use super::margin::containers;
use crate::markdown::{Container, ContainerKind, Document, Leaf, LeafKind};

/// The blank rows between a leaf and the one before it.
pub(super) fn gap(document: &Document, before: usize, leaf: usize, settings: Settings) -> u16 {
    let (above, below) = (&document.leaves[before], &document.leaves[leaf]);
    if let LeafKind::Heading(1 | 2) | LeafKind::Label = below.kind {
        let title = matches!(above.kind, LeafKind::Heading(_) | LeafKind::Label);
        return if title || below.container.is_some() { 1 } else { 2 };
    }
    match below.container.map(|index| &document.containers[index as usize]) {
        Some(Container { kind: ContainerKind::Definition, first_leaf, .. }) if *first_leaf as usize == leaf => 0,
        Some(Container { kind: ContainerKind::Footnote(_), .. }) if is_note(document, above) => 0,
        // The marker of an item that begins with code, a table or a list stands right above it.
        Some(_)
            if above.range.is_empty() && opens_item(document, above, before) && inside_item(document, above, below) =>
        {
            0
        }
        Some(_) if opens_item(document, below, leaf) => between_items(document, above, before, below, settings),
        _ => 1,
    }
}

fn is_note(document: &Document, leaf: &Leaf) -> bool {
    containers(document, leaf.container).any(|(_, container)| matches!(container.kind, ContainerKind::Footnote(_)))
}

fn opens_item(document: &Document, leaf: &Leaf, index: usize) -> bool {
    containers(document, leaf.container).any(|(_, container)| {
        matches!(container.kind, ContainerKind::Item(_)) && container.first_leaf as usize == index
    })
}

/// Whether a leaf lies in the item that another one opens.
fn inside_item(document: &Document, opener: &Leaf, leaf: &Leaf) -> bool {
    containers(document, leaf.container).any(|(index, _)| Some(index) == opener.container)
}

/// Nothing between the items of a list, or a nested list and the item above it; one row where one of the lists that end,
/// begin or go on here has long items, or where the item above is of more than one paragraph.
fn between_items(document: &Document, above: &Leaf, before: usize, below: &Leaf, settings: Settings) -> u16 {
    let plain = matches!(above.kind, LeafKind::Paragraph) && opens_item(document, above, before);
    if !plain {
        return 1;
    }
    let is_list = |container: &Container| matches!(container.kind, ContainerKind::List { .. });
    let inside = |index: u32, leaf: &Leaf| containers(document, leaf.container).any(|(other, _)| other == index);
    let common = containers(document, below.container).find(|(index, list)| is_list(list) && inside(*index, above));
    let Some((common, list)) = common else { return 1 };
    let spaced = is_long(list, settings)
        || [above, below].iter().any(|leaf| {
            let inner = containers(document, leaf.container).take_while(|(index, _)| *index != common);
            inner.into_iter().any(|(_, container)| is_long(container, settings))
        });
    u16::from(spaced)
}

/// Whether a list has an item of more than about a row and a half.
fn is_long(container: &Container, settings: Settings) -> bool {
    matches!(container.kind, ContainerKind::List { longest, .. } if longest > u32::from(settings.columns) * 3 / 2)
}
