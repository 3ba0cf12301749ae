//! The tables of `ARCHITECTURE.md`, which are the rules.

/// A layer: a folder of `src` (or a file, where it has but one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layer {
    pub(crate) name: String,
    /// Whether it may know of disks, clocks, threads and processes.
    pub(crate) pure: bool,
    /// The layers that it may import.
    pub(crate) imports: Vec<String>,
}

/// A library that only some layers may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Door {
    pub(crate) library: String,
    pub(crate) layers: Vec<String>,
}

/// All that the tables say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) layers: Vec<Layer>,
    pub(crate) doors: Vec<Door>,
}

impl Table {
    /// Reads the tables between `<!-- layers -->` and `<!-- doors -->` and their closing marks.
    pub(crate) fn read(text: &str) -> Self {
        let layers = rows(text, "layers").map(|cells| Layer {
            name: names(&cells[0])[0].clone(),
            pure: cells[2] == "yes",
            imports: names(&cells[3]),
        });
        let doors = rows(text, "doors").map(|cells| Door {
            library: names(&cells[0])[0].clone(),
            layers: names(&cells[1]),
        });
        Self {
            layers: layers.collect(),
            doors: doors.collect(),
        }
    }

    pub(crate) fn layer(&self, name: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.name == name)
    }
}

/// The text between a mark and its closing one.
pub(crate) fn marked<'a>(text: &'a str, mark: &str) -> &'a str {
    let after = text
        .split_once(&format!("<!-- {mark} -->"))
        .unwrap_or_else(|| panic!("<!-- {mark} --> is missing"))
        .1;
    after
        .split_once(&format!("<!-- /{mark} -->"))
        .unwrap_or_else(|| panic!("<!-- /{mark} --> is missing"))
        .0
}

fn rows<'a>(text: &'a str, mark: &str) -> impl Iterator<Item = Vec<String>> + 'a {
    let lines = marked(text, mark)
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2);
    lines.map(|line| {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    })
}

/// The names in backticks, without a slash or an ending.
fn names(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(|name| {
            name.trim_end_matches('/')
                .trim_end_matches(".rs")
                .to_owned()
        })
        .collect()
}
