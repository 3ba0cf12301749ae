//! The walk over a folder.
