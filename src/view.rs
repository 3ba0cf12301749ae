//! Draws the model: a theme applied to finished rows. Lays nothing out.

mod theme;

pub use theme::{Background, ColourDepth, Theme, Tone};
