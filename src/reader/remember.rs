//! What is kept of how the library is looked at.

use super::message::Effect;
use super::model::Model;
use crate::catalog::LibraryState;

/// Keeps how the library is looked at now.
pub(super) fn remember_library(model: &Model, effects: &mut Vec<Effect>) {
    effects.push(Effect::RememberLibrary(LibraryState {
        order: model.list.order(),
        filter: model.list.query().map(str::to_owned),
        searches: model.searches.clone(),
        ..LibraryState::default()
    }));
}
