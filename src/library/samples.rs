//! The sample digests embedded in the program.

/// The samples by file name, in the order of their names: every `.md` file of `assets/digests`, listed by `build.rs`.
pub const SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// The bytes of a sample.
pub(super) fn sample(name: &str) -> Option<&'static [u8]> {
    SAMPLES.iter().find(|(other, _)| *other == name).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_assets_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/digests");
        let Ok(entries) = std::fs::read_dir(folder) else {
            assert!(SAMPLES.is_empty(), "samples without a folder they come from");
            return;
        };
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| std::path::Path::new(name).extension().is_some_and(|extension| extension == "md"));
        names.sort();
        let embedded: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(embedded, names);
        for name in names {
            assert_eq!(sample(&name), Some(&*std::fs::read(format!("{folder}/{name}")).unwrap()), "{name}");
        }
    }
}
