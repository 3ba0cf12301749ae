//! The header of a file: YAML, TOML, JSON, LCTT, or what can be salvaged of it.
