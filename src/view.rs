//! Draws the model: a theme applied to finished rows. Lays nothing out.

mod canvas;
mod list;
mod page;
mod panel;
mod theme;

pub use theme::{Background, ColourDepth, Theme, Tone};
