//! Draws the model: a theme applied to finished rows. Computes no layout.

mod canvas;
mod facets;
mod list;
mod page;
mod popup;
mod prompt;
mod screen;
mod search;
mod status;
mod theme;

pub use screen::draw;
pub use theme::{Background, ColourDepth, Theme, Tone};
