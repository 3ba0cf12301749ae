//! The reader as a pure state machine: messages in, a new model and effects out. No disk, no clock, no terminal, no thread.

mod key;
mod message;

pub use key::{Code, Key};
pub use message::{Area, Effect, Message, Mouse, MouseKind};
