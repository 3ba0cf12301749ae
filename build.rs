//! Lists the sample digests of `assets/digests`, so that a file put there is embedded without a line
//! of code; and hashes the code that reads articles, so that an index made by other code is known.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=assets/digests");
    println!("cargo::rerun-if-changed=build.rs");
    let root =
        env::var_os("CARGO_MANIFEST_DIR").expect("invariant: cargo names the package's folder");
    let out = env::var_os("OUT_DIR").expect("invariant: cargo names the output folder");
    let folder = Path::new(&root).join("assets/digests");
    let mut names = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                names.push(path);
            }
        }
    }
    names.sort();
    let line = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        format!(
            "    ({name:?}, include_bytes!({:?})),\n",
            path.display().to_string()
        )
    };
    let code = format!("&[\n{}]\n", names.iter().map(line).collect::<String>());
    fs::write(Path::new(&out).join("samples.rs"), code)?;
    let mut hasher = DefaultHasher::new();
    for layer in ["text", "digest", "markdown", "bilingual", "catalog"] {
        println!("cargo::rerun-if-changed=src/{layer}");
        hash(&Path::new(&root).join("src").join(layer), &mut hasher)?;
    }
    // Markdown and YAML are read by libraries: their versions count too.
    let lock = Path::new(&root).join("Cargo.lock");
    if lock.is_file() {
        println!("cargo::rerun-if-changed=Cargo.lock");
        hash(&lock, &mut hasher)?;
    }
    println!(
        "cargo::rustc-env=READING_FINGERPRINT={:016x}",
        hasher.finish()
    );
    Ok(())
}

/// Hashes a file, or all files below a folder.
fn hash(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_file() {
        hasher.write(&fs::read(path)?);
        return Ok(());
    }
    let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    paths.sort();
    paths.iter().try_for_each(|path| hash(path, hasher))
}
