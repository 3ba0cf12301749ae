//! What the user can set: one table, and what the file, the environment and the command line say.

mod sources;
mod table;
mod value;

pub use sources::{Loaded, SettingOrigin, SettingProblem, SettingSources};
pub use table::{SettingRow, Settings};
pub use value::{
    AmbiguousSetting, ColourSetting, ColumnCount, Density, LanguageCode, LastVisit, OrLast,
    ThemeSetting,
};
