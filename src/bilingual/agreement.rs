//! Whether the figures of two texts agree.
use super::figure::{Figure, Rational};
/// What.
pub enum Finding {
    /// a
    Agree {
        /// x
        chinese: Figure,
        /// x
        english: Figure,
        /// x
        factor: Rational,
    },
}
/// Compares.
pub fn compare(_chinese: &str, _english: &str) -> Vec<Finding> {
    Vec::new()
}
