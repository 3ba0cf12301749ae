//! HTML reduced to its text.
