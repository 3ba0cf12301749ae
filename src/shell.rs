//! The thin shell around the reader: terminal, input, hand-offs to other programs, and the loop.
//!
//! The reader is told messages and asks for effects; everything that touches a terminal, a signal or another program
//! is here. One channel carries all that happens, the loop sleeps on it, and nothing ticks: an idle program uses no CPU.

mod backend;
mod decoder;
mod environment;
mod event;
mod handoff;
mod input;
mod pace;
mod run;
mod signals;
mod terminal;

pub use environment::{background, colour_depth};
pub use run::{Options, run};
pub use terminal::{check, columns, styled};
