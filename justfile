# `just` lists these recipes.
_default:
    @just --list

# What CI runs: format, lints, tests, docs, benches compile.
ci:
    .ci/run

# All tests, with those that need a panic.
test *ARGS:
    cargo test --all-features {{ARGS}}

# Format and lints, as CI checks them.
lint:
    cargo fmt --check
    cargo clippy --all-targets --all-features -- -D warnings

# The stories: the program in a real terminal.
stories *ARGS:
    cargo test --all-features --test stories {{ARGS}}

# Accept changed snapshots after a look at each (needs cargo-insta).
snapshots:
    cargo insta review

# One bench: align, filter, layout, parse, program, reader or search. program and search take folders.
bench NAME *ARGS:
    cargo bench --bench {{NAME}} -- {{ARGS}}

# A sample library of COUNT articles in FOLDER.
library COUNT FOLDER:
    cargo run --release --example make_library -- {{COUNT}} {{FOLDER}}

# Each fuzz target for a minute; or for SECONDS, only some TARGETS (needs nightly Rust and cargo-fuzz).
fuzz SECONDS="60" *TARGETS:
    scripts/fuzz {{SECONDS}} {{TARGETS}}

# Licences, advisories and duplicates of all libraries (needs cargo-deny).
deny:
    cargo deny check

# The reader on a folder, with a log to jianbao.log.
debug FOLDER:
    cargo run -- --debug jianbao.log {{FOLDER}}

# Lines and files of production code by layer.
size:
    scripts/size

# Write the generated parts of the docs.
update:
    UPDATE_DOCS=1 cargo test --test docs --test screens
    UPDATE_DOCS=1 cargo test --lib the_schema_for_editors
