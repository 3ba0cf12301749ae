//! Key scripts against the model: keys in, state out.

use crate as house;

mod article;
mod boxes;
mod facets;
mod filtering;
mod finding;
mod librarian;
mod list;
mod live;
mod mouse;
mod parallel;
mod properties;
mod remembering;
mod searching;
mod support;
