//! Key scripts against the model: keys in, state out.

mod article;
mod boxes;
mod finding;
mod list;
mod mouse;
mod parallel;
mod properties;
mod remembering;
mod support;
