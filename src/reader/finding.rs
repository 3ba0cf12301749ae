//! The filter line: what is typed becomes a question to the library, or a mistake that is shown.

use super::message::Effect;
use super::model::Model;
use crate::catalog::Query;

/// Asks which entries satisfy what stands in the filter line. A mistake in it leaves the list as it is.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut model.prompt else { return };
    match Query::parse(prompt.text()) {
        Ok(query) => {
            prompt.set_mistake(None);
            let number = model.list.set_filter(prompt.text(), query.clone());
            effects.push(Effect::Filter { number, query });
        }
        Err(mistake) => prompt.set_mistake(Some(mistake)),
    }
}

/// Asks the filter's question again, since entries came or went.
pub(super) fn ask_again(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some((number, query)) = model.list.ask_again() {
        effects.push(Effect::Filter { number, query });
    }
}
