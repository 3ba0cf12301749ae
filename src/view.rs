//! Draws the model: a theme applied to finished rows. Lays nothing out.
