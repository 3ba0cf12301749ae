//! Which file imports which, and the circles among them.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Named, Source};

/// The files of a crate by module path; the crate's root is the empty path.
pub(crate) struct Modules<'a> {
    files: BTreeMap<Vec<String>, (&'a str, &'a Source)>,
}

impl<'a> Modules<'a> {
    /// Takes the files of `src` (paths relative to it, with slashes) that hold production code.
    pub(crate) fn new(files: impl Iterator<Item = (&'a str, &'a Source)>) -> Self {
        Self {
            files: files
                .map(|(path, source)| (module_of(path), (path, source)))
                .collect(),
        }
    }

    /// By file, the files that it imports from. A name that a module only re-exports counts for the
    /// file that defines it.
    pub(crate) fn imports(&self) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
        let imports_of = |(module, (path, source)): (&Vec<String>, &(&'a str, &'a Source))| {
            let named = source.paths.iter().filter(|named| !named.is_test);
            let files = named
                .filter_map(|named| self.definer(&self.absolute(module, named)?))
                .filter(|file| file != path);
            (*path, files.collect())
        };
        self.files.iter().map(imports_of).collect()
    }

    /// A path from the crate's root; None where it leads out of the crate, or names something of
    /// its own file.
    fn absolute(&self, module: &[String], named: &Named) -> Option<Vec<String>> {
        let here = || [module, &named.inner].concat();
        let first = named.segments.first()?.as_str();
        let supers = named
            .segments
            .iter()
            .take_while(|segment| *segment == "super")
            .count();
        match first {
            "crate" => Some(named.segments[1..].to_vec()),
            "self" => Some([&here(), &named.segments[1..]].concat()),
            "super" => {
                let here = here();
                let kept = here.len().checked_sub(supers)?;
                Some([&here[..kept], &named.segments[supers..]].concat())
            }
            _ => {
                let child = [&here(), &named.segments[..1]].concat();
                if self.files.contains_key(&child) {
                    return Some([&here(), &named.segments[..]].concat());
                }
                // A module that the file imports by name: `use super::figures;` and then
                // `figures::read`.
                let target = self
                    .files
                    .get(module)?
                    .1
                    .imports
                    .get(first)
                    .filter(|target| target[0] != first)?;
                let target = Named {
                    segments: target.clone(),
                    inner: Vec::new(),
                    ..*named
                };
                Some([&self.absolute(module, &target)?, &named.segments[1..]].concat())
            }
        }
    }

    /// The file that defines what an absolute path names. A path that ends at a module is a mere
    /// name of it: None.
    fn definer(&self, path: &[String]) -> Option<&'a str> {
        // A module without a file of its own, declared inline for the files in its folder.
        if self.files.keys().any(|module| module.starts_with(path)) {
            return None;
        }
        let depth = (0..=path.len())
            .rev()
            .find(|&depth| self.files.contains_key(&path[..depth]))?;
        let name = path.get(depth)?;
        let (file, source) = self.files[&path[..depth]];
        if source.defines.contains(name) {
            return Some(file);
        }
        if let Some(target) = source.imports.get(name) {
            let named = Named {
                line: 0,
                inner: Vec::new(),
                segments: target.clone(),
                is_test: false,
            };
            return self
                .absolute(&path[..depth], &named)
                .and_then(|target| self.definer(&target));
        }
        Some(file)
    }
}

/// The groups of files that import each other in a circle, each sorted.
pub(crate) fn circles<'a>(imports: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<Vec<&'a str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|file| (*file, reachable(imports, file)))
        .collect();
    let mut circles = BTreeSet::new();
    for (file, reached) in &reach {
        if reached.contains(file) {
            let members = reached
                .iter()
                .filter(|other| reach[*other].contains(file))
                .copied();
            circles.insert(members.collect::<Vec<_>>());
        }
    }
    circles.into_iter().collect()
}

fn reachable<'a>(imports: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = imports[from].iter().copied().collect();
    while let Some(file) = waiting.pop() {
        if reached.insert(file) {
            waiting.extend(&imports[file]);
        }
    }
    reached
}

/// The module that a file is: `reader/list.rs` is `reader::list`, `lib.rs` the root.
fn module_of(path: &str) -> Vec<String> {
    let parts = path.trim_end_matches(".rs").split('/');
    parts
        .filter(|part| !matches!(*part, "lib" | "mod"))
        .map(str::to_owned)
        .collect()
}
