//! Figures, numbers with their units, in either language: reading them, and finding those that
//! disagree.

mod agreement;
mod arabic;
mod calendar;
mod char_buffer;
mod compare;
mod counted;
mod figure;
mod identifiers;
mod money;
mod number;
mod read;
mod scanner;
mod table;
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
    pub(super) mod numeral;
}

pub use compare::compare;
pub use figure::{Comparison, Figure, FigureKind, Unit};
pub use number::Rational;
pub use read::figures;
pub use table::compare_tables;

#[cfg(test)]
mod tests;
