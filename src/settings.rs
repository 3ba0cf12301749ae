//! What the user can set: one table, and what the file, the environment and the command line say.

mod keys;
mod libraries;
mod problem;
mod sources;
mod table;
mod value;

pub use keys::{KeySetting, shipped_keys};
pub use libraries::LibrarySetting;
pub use problem::{SettingOrigin, SettingProblem};
pub use sources::{Loaded, SettingSources};
pub use table::{SettingRow, Settings};
pub use value::{
    AmbiguousSetting, BoundedNumber, ClipboardSetting, Density, HangingSetting, KeyPreset,
    LanguageCode, LastVisit, LocaleSetting, OrLast, PictureSetting, ScriptSetting, SignSetting,
    SpacingSetting, ThemeSetting, TraditionalSetting, WhenSetting,
};
