//! Figures, numbers with their units, in either language: reading them, and finding those that
//! disagree.

mod agreement;
mod arabic;
mod char_buffer;
mod compare;
mod figure;
mod identifiers;
mod money;
mod number;
mod read;
mod scanner;
mod unit_error;
mod units;

mod chinese {
    pub(super) mod grammar;
    mod numeral;
    mod share;
}

mod english {
    mod fraction;
    pub(super) mod grammar;
    mod numeral;
}

pub use compare::{Comparison, compare};
pub use figure::{Figure, FigureKind, Unit};
pub use number::Rational;
pub use read::figures;

#[cfg(test)]
mod tests;
