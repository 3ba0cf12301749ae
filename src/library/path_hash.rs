//! The hash by which a path is known: in the index, in what is remembered, and while the program runs.

use std::path::Path;

use twox_hash::XxHash3_64;

/// The hash of a path's bytes (xxh3). It stays as it is for ever: what is remembered lies under it.
pub(super) fn path_hash(path: &Path) -> u64 {
    XxHash3_64::oneshot(path.as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_it_always_was() {
        assert_eq!(path_hash(Path::new("2024/06/茶.md")), 0x4bbb_4554_e989_7956);
    }
}
