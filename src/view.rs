//! Draws the model: a theme applied to finished rows. Lays nothing out.

mod canvas;
mod facets;
mod hits;
mod input;
mod list;
mod page;
mod panel;
mod screen;
mod status;
mod theme;

pub use screen::draw;
pub use theme::{Background, ColourDepth, Theme, Tone};
