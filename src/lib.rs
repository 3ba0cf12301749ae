//! jianbao 简报 reads bilingual digests in a terminal.
//!
//! A folder of this crate is a layer, and imports point one way: from the shell down to the text.
//! `ARCHITECTURE.md` draws the layers, and `tests/architecture.rs` holds the code to the drawing.

// First, since its macros are known to the modules after it.
#[macro_use]
pub mod locale;

pub mod bilingual;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod commands;
pub mod dictionary;
pub mod digest;
pub mod error;
pub mod export;
pub mod library;
pub mod markdown;
pub mod platform;
pub mod reader;
pub mod settings;
pub mod shell;
pub mod text;
pub mod typeset;
pub mod view;
