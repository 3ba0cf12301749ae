//! Key scripts against the model: keys in, state out.

use crate as house;

mod aloud;
mod annotations;
mod article;
mod bookmarks;
mod code;
mod facets;
mod fake_library;
mod filtering;
mod finding;
mod list;
mod live;
mod look_up;
mod mouse;
mod parallel;
mod pictures;
mod popups;
mod programs;
mod properties;
mod read_tracking;
mod scripts;
mod searching;
mod sentences;
mod support;
mod tags;
mod ticks;
mod type_ahead;
mod words;
