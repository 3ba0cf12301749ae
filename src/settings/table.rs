//! The table of all settings. Parsing, `jianbao config`, the commented file, `docs/settings.md` and
//! the schema for editors are made from it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use toml::Value;
use toml::de::ValueDeserializer;

use super::value::{
    AmbiguousSetting, BoundedNumber, ClipboardSetting, Density, HangingSetting, KeyPreset,
    LanguageCode, LocaleSetting, OrLast, PictureSetting, ScriptSetting, SignSetting,
    SpacingSetting, ThemeSetting, TraditionalSetting, WhenSetting,
};
use crate::locale::{Locale, translated};
use crate::text::{Script, nearest};

/// The end of the commented file: how libraries are named and keys bound.
const EXAMPLES: [&str; 10] = [
    message!("Libraries with a name: jianbao @news opens one, and L lists them."),
    "[[library]]",
    "name = \"news\"",
    "path = \"~/digests\"\n",
    message!(
        "Keys, for one part of the reader or, in [keys], for all: a command, a list of commands, or \"unbind\"."
    ),
    message!(
        "The parts are list, article, popup, input, results, facets and help; docs/keys.md lists the commands."
    ),
    "[keys.list]",
    "\"ctrl-s\" = \"star\"",
    "\"g r\" = [\"mark-read\", \"down\"]",
    "\"A\" = \"unbind\"",
];

/// A row of the table: what is known of a setting without its value.
#[derive(Clone, Copy, Debug)]
pub struct SettingRow {
    /// Its name in the file.
    pub name: &'static str,
    /// What it can be, in words.
    pub values: &'static str,
    /// What it does, in English, simplified and traditional Chinese.
    pub help: [&'static str; 3],
}

impl SettingRow {
    /// What it does, in the language of the program.
    pub fn help(&self) -> &'static str {
        self.help[Locale::current() as usize]
    }
}

/// Makes the settings and their table from rows `name: Type = default, "values", [help; 3]`.
macro_rules! settings {
    ($($name:ident: $type:ty = $default:expr, $values:literal, [$en:literal, $cn:literal, $tw:literal];)*) => {
        /// The effective settings.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub struct Settings {
            $(#[doc = $en] pub $name: $type,)*
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl Settings {
            /// All settings, in the order of the documentation.
            pub const ROWS: &'static [SettingRow] = &[$(SettingRow {
                name: stringify!($name), values: message!($values), help: [$en, $cn, $tw],
            },)*];

            /// Copies one setting, if there is one of that name.
            pub(super) fn copy(&mut self, name: &str, from: &Self) {
                match name {
                    $(stringify!($name) => self.$name = from.$name.clone(),)*
                    _ => {}
                }
            }

            /// Sets one setting; `false` if the value does not fit or none has that name.
            pub(super) fn set(&mut self, name: &str, value: ValueDeserializer<'_>) -> bool {
                match name {
                    $(stringify!($name) => {
                        let parsed = Deserialize::deserialize(value);
                        parsed.map(|value| self.$name = value).is_ok()
                    })*
                    _ => false,
                }
            }
        }
    };
}

settings! {
    language: LocaleSetting = LocaleSetting::Auto,
        "\"auto\", \"en\", \"zh-CN\" or \"zh-TW\"",
        ["The language of the program's own words; auto is that of the system",
         "程序界面的语言；auto 随系统",
         "程式介面的語言；auto 隨系統"];
    reading_language: OrLast<LanguageCode> = OrLast::default(),
        "\"last\", \"zh\" or \"en\"",
        ["The language of the articles at the start; last is that of the last visit, at first Chinese",
         "启动时文章显示的语言；last 为上次阅读时的语言，首次为中文",
         "啟動時文章顯示的語言；last 為上次閱讀時的語言，首次為中文"];
    theme: ThemeSetting = ThemeSetting::default(),
        "\"auto\", a theme, or { light = \"…\", dark = \"…\" }",
        ["The theme; auto is light or dark by the background of the terminal, and follows it",
         "主题；auto 按终端背景选用 light 或 dark，并随之切换",
         "佈景主題；auto 依終端機背景選用 light 或 dark，並隨之切換"];
    signs: SignSetting = SignSetting::Unicode,
        "\"unicode\" or \"ascii\"",
        ["The signs that the reader draws itself: borders, marks, arrows; ascii for terminals and fonts that lack the others",
         "界面符号（边框、标记、箭头）；终端或字体缺少这些符号时用 ascii",
         "介面符號（邊框、標記、箭頭）；終端機或字型缺少這些符號時用 ascii"];
    color: WhenSetting = WhenSetting::Auto,
        "\"auto\", \"always\" or \"never\"",
        ["When commands print in colour; auto does on a terminal",
         "命令何时输出颜色；auto 只在终端里输出",
         "指令何時輸出色彩；auto 只在終端機裡輸出"];
    underline_styles: WhenSetting = WhenSetting::Auto,
        "\"auto\", \"always\" or \"never\"",
        ["Whether emphasised Chinese has dots below it (a dotted underline) or, without them, is bold; auto goes by the terminal",
         "中文的强调用着重号（点状下划线）还是粗体；auto 按终端决定",
         "中文的強調用著重號（點狀底線）還是粗體；auto 依終端機決定"];
    title_underlines: bool = false,
        "true or false",
        ["Underline the titles in 《》 with a wave, where the terminal can",
         "终端支持时，《》里的书名加波浪线",
         "終端機支援時，《》裡的書名加波浪線"];
    large_headings: bool = false,
        "true or false",
        ["Show the title and short headings of the second level at twice their size, where the terminal can (OSC 66)",
         "终端支持时（OSC 66），标题和较短的二级标题放大一倍",
         "終端機支援時（OSC 66），標題和較短的二級標題放大一倍"];
    ambiguous: AmbiguousSetting = AmbiguousSetting::Narrow,
        "\"narrow\" or \"wide\"",
        ["The width of “ ” … — and similar characters; many terminals set up for Chinese draw them two columns wide",
         "“ ” … — 等字符的宽度；许多中文终端把它们画成两列宽",
         "“ ” … — 等字元的寬度；許多中文終端機把它們畫成兩欄寬"];
    hanging_marks: HangingSetting = HangingSetting::Half,
        "\"none\", \"half\" or \"whole\"",
        ["How far ，。、 and the like stand out into the margin at the end of a line, so that the text has a straight edge: not, with their blank half, or whole",
         "行末的，。、等标点伸出版心多少，让右边缘整齐：不伸出、伸出空白的半边、整个伸出",
         "行末的，。、等標點伸出版心多少，讓右邊緣整齊：不伸出、伸出空白的半邊、整個伸出"];
    han_spacing: SpacingSetting = SpacingSetting::Keep,
        "\"keep\", \"thin\" or \"none\"",
        ["The space between Chinese and Latin letters or figures: as written, one column, or none; copies are as written",
         "汉字与西文、数字之间的空隙：原样、一列、不留；复制时仍为原文",
         "漢字與西文、數字之間的空隙：原樣、一欄、不留；複製時仍為原文"];
    hyphenation: bool = false,
        "true or false",
        ["Hyphenate English words at the ends of lines",
         "英文单词可在行末断开并加连字符",
         "英文單字可在行末斷開並加連字號"];
    measure: OrLast<BoundedNumber<20, 200>> = OrLast::default(),
        "\"last\" or a number from 20 to 200",
        ["The most columns of a line of text; last is as < and > left it, at first 88",
         "正文行宽的上限（列）；last 沿用 < 和 > 调整后的值，首次为 88",
         "內文行寬的上限（欄）；last 沿用 < 和 > 調整後的值，首次為 88"];
    list_density: OrLast<Density> = OrLast::default(),
        "\"last\", \"auto\", \"dense\" or \"roomy\"",
        ["One or two rows for an article in the list; auto goes by the height of the screen, last is as V left it",
         "列表里一篇文章占一行还是两行；auto 按屏幕高度决定，last 沿用 V 的选择",
         "清單裡一篇文章佔一列還是兩列；auto 依螢幕高度決定，last 沿用 V 的選擇"];
    list_width: OrLast<BoundedNumber<12, 200>> = OrLast::default(),
        "\"last\" or a number from 12 to 200",
        ["The columns of the list beside an article; last is as the divider was left, at first by the width of the screen",
         "正文旁边列表的宽度（列）；last 沿用分隔线的位置，首次按屏幕宽度决定",
         "內文旁邊清單的寬度（欄）；last 沿用分隔線的位置，首次依螢幕寬度決定"];
    pinyin: OrLast<bool> = OrLast::default(),
        "\"last\", true or false",
        ["Show pinyin above Chinese; last is as P left it",
         "在汉字上方显示拼音；last 沿用 P 的选择",
         "在漢字上方顯示拼音；last 沿用 P 的選擇"];
    gloss: OrLast<bool> = OrLast::default(),
        "\"last\", true or false",
        ["Show a short meaning above words that are harder than your level; last is as P left it",
         "在高于自己等级的词上方显示简短释义；last 沿用 P 的选择",
         "在高於自己等級的詞上方顯示簡短釋義；last 沿用 P 的選擇"];
    chinese_level: BoundedNumber<0, 8> = BoundedNumber::new(4),
        "a number from 0 to 8",
        ["Your level of Chinese: words above this level of HSK 2025 have a gloss; 7 stands for 7 to 9, with 8 none has",
         "自己的中文等级：高于此 HSK 2025 等级的词显示释义；7 表示 7 至 9 级，8 则都不显示",
         "自己的中文等級：高於此 HSK 2025 等級的詞顯示釋義；7 表示 7 至 9 級，8 則都不顯示"];
    english_level: BoundedNumber<0, 8> = BoundedNumber::new(4),
        "a number from 0 to 8",
        ["Your level of English: words beyond this band of frequency have a gloss; 1 is the commonest 1,000 words, each band twice as large, with 8 none has",
         "自己的英文等级：超出此词频档的词显示释义；1 为最常用的 1,000 词，每档加倍，8 则都不显示",
         "自己的英文等級：超出此詞頻檔的詞顯示釋義；1 為最常用的 1,000 詞，每檔加倍，8 則都不顯示"];
    word_underlines: bool = false,
        "true or false",
        ["Underline the words of your vocabulary book in the text: kept ones with a wave, known ones with dots, where the terminal can",
         "在正文中用下划线标出生词本里的词：生词用波浪线，已会的用点，需终端支持",
         "在內文中用底線標出生字簿裡的詞：生字用波浪線，已會的用點，需終端機支援"];
    joined_pinyin: bool = false,
        "true or false",
        ["Write the syllables of a word of pinyin together: yínháng",
         "拼音按词连写：yínháng",
         "拼音按詞連寫：yínháng"];
    script: ScriptSetting = ScriptSetting::AsWritten,
        "\"as-written\", \"simplified\" or \"traditional\"",
        ["The characters in which the Chinese of articles is shown; T switches",
         "中文文章显示为简体还是繁体；as-written 为原样，T 键切换",
         "中文文章顯示為簡體還是繁體；as-written 為原樣，T 鍵切換"];
    traditional: TraditionalSetting = TraditionalSetting::Standard,
        "\"standard\", \"taiwan\" or \"hongkong\"",
        ["Which traditional Chinese a simplified text is shown in: only its characters, or also the words of Taiwan or Hong Kong",
         "简体文章转成哪种繁体：只转字（standard），或连用词也转成台湾、香港的",
         "簡體文章轉成哪種繁體：只轉字（standard），或連用詞也轉成台灣、香港的"];
    highlight_code: bool = true,
        "true or false",
        ["Show keywords, strings, comments and the like of code blocks in colours of their own",
         "代码块按关键字、字符串、注释等分别着色",
         "程式碼區塊依關鍵字、字串、註解等分別上色"];
    pictures: PictureSetting = PictureSetting::Auto,
        "\"auto\", \"off\", \"kitty\", \"iterm2\", \"sixel\" or \"halfblocks\"",
        ["How the pictures of an article are shown; auto is by the best protocol that the terminal has, and without one as text",
         "文章图片的显示方式；auto 用终端支持的最佳协议，没有则只显示文字",
         "文章圖片的顯示方式；auto 用終端機支援的最佳協定，沒有則只顯示文字"];
    key_preset: KeyPreset = KeyPreset::Vi,
        "\"vi\", \"emacs\" or \"less\"",
        ["The keys to start from; the table keys, and keys.list, keys.article …, add to them",
         "按键的基础方案，再由 keys、keys.list、keys.article 等表补充",
         "按鍵的基礎方案，再由 keys、keys.list、keys.article 等表補充"];
    mouse: bool = true,
        "true or false",
        ["Capture the mouse; if not, the terminal selects text",
         "由程序接管鼠标；否则由终端选取文字",
         "由程式接管滑鼠；否則由終端機選取文字"];
    hyperlinks: bool = true,
        "true or false",
        ["Let the terminal open the links of an article with its own click (OSC 8)",
         "可用终端自带的点击方式打开正文里的链接（OSC 8）",
         "可用終端機內建的點按方式開啟內文裡的連結（OSC 8）"];
    window_title: bool = true,
        "true or false",
        ["Show the title of the article in the title of the window",
         "在窗口标题里显示文章标题",
         "在視窗標題裡顯示文章標題"];
    cursor: bool = false,
        "true or false",
        ["Let the cursor of the terminal follow the selection, for screen readers and magnifiers",
         "让终端光标跟随所选位置，便于读屏和放大软件",
         "讓終端機游標跟隨所選位置，便於螢幕報讀和放大軟體"];
    editor: String = String::new(),
        "a command, or \"\"",
        ["The editor of e, with its arguments; if empty, that of the environment (VISUAL, EDITOR), else vi",
         "e 键使用的编辑器及其参数；留空则用环境变量 VISUAL、EDITOR，再无则用 vi",
         "e 鍵使用的編輯器及其參數；留空則用環境變數 VISUAL、EDITOR，再無則用 vi"];
    clipboard: ClipboardSetting = ClipboardSetting::Auto,
        "\"auto\", \"terminal\", \"system\" or \"both\"",
        ["Where copies go: to the terminal (OSC 52), to the program of the system (wl-copy, xclip …), or both; auto is both, but over SSH the terminal",
         "复制到哪里：终端（OSC 52）、系统的剪贴板程序（wl-copy、xclip 等），或两者；auto 为两者，通过 SSH 时只用终端",
         "複製到哪裡：終端機（OSC 52）、系統的剪貼簿程式（wl-copy、xclip 等），或兩者；auto 為兩者，透過 SSH 時只用終端機"];
    lookup_command: String = String::new(),
        "a command, or \"\"",
        ["The command that w looks a word up with; {word} stands for the word, else it is the last argument",
         "w 键查词所用的命令；{word} 代表所查的词，没有则作为最后一个参数",
         "w 鍵查詞所用的指令；{word} 代表所查的詞，沒有則作為最後一個參數"];
    aloud_command_zh: String = String::new(),
        "a command, or \"\"",
        ["The command that a reads Chinese aloud with; it gets each sentence on its standard input; if empty, say, espeak-ng or spd-say, whichever is there",
         "a 键朗读中文所用的命令，从标准输入得到每一句；留空则用 say、espeak-ng 或 spd-say，有哪个用哪个",
         "a 鍵朗讀中文所用的指令，從標準輸入得到每一句；留空則用 say、espeak-ng 或 spd-say，有哪個用哪個"];
    aloud_command_en: String = String::new(),
        "a command, or \"\"",
        ["The same for English",
         "朗读英文所用的命令，同上",
         "朗讀英文所用的指令，同上"];
    aloud_both: bool = false,
        "true or false",
        ["Read each sentence aloud in both languages, as far as its translation is certain",
         "每一句都用两种语言朗读（译文确定时）",
         "每一句都用兩種語言朗讀（譯文確定時）"];
    share: BTreeMap<String, String> = BTreeMap::new(),
        "a table of names and commands",
        ["The commands that @ shares an article with, by name; {title}, {link}, {source}, {text} and {file} stand for its parts",
         "@ 键分享文章所用的命令，按名称列出；{title}、{link}、{source}、{text}、{file} 代表文章的各部分",
         "@ 鍵分享文章所用的指令，依名稱列出；{title}、{link}、{source}、{text}、{file} 代表文章的各部分"];
    check_deny: Vec<String> = Vec::new(),
        "a list of codes",
        ["The codes that `jianbao check` takes for errors, as --deny",
         "`jianbao check` 视为错误的代码，同 --deny",
         "`jianbao check` 視為錯誤的代碼，同 --deny"];
    check_allow: Vec<String> = Vec::new(),
        "a list of codes",
        ["The codes that `jianbao check` does not report, as --allow",
         "`jianbao check` 不报告的代码，同 --allow",
         "`jianbao check` 不回報的代碼，同 --allow"];
    pairing: bool = true,
        "true or false",
        ["Join two files such as tea.md and tea-en.md, or zh/tea.md and en/tea.md, into one bilingual article",
         "把 tea.md 和 tea-en.md、zh/tea.md 和 en/tea.md 这样的两个文件合成一篇双语文章",
         "把 tea.md 和 tea-en.md、zh/tea.md 和 en/tea.md 這樣的兩個檔案合成一篇雙語文章"];
}

impl Settings {
    /// The value of a setting as TOML.
    ///
    /// # Panics
    /// Never: every setting is a TOML value.
    pub fn value(&self, name: &str) -> Option<Value> {
        let all = toml::Table::try_from(self).expect("invariant: settings are TOML");
        all.get(name).cloned()
    }

    /// The script in which Chinese is shown, if not as it is written.
    pub fn script(&self) -> Option<Script> {
        match self.script {
            ScriptSetting::AsWritten => None,
            ScriptSetting::Simplified => Some(Script::Simplified),
            ScriptSetting::Traditional => Some(self.traditional.into()),
        }
    }

    /// The row of a setting.
    pub fn row(name: &str) -> Option<&'static SettingRow> {
        Self::ROWS.iter().find(|row| row.name == name)
    }

    /// The name that is most like a misspelt one, if one is like it.
    pub(super) fn nearest(name: &str) -> Option<&'static str> {
        nearest(name, Self::ROWS.iter().map(|row| row.name))
    }

    /// A file with all settings and their defaults, commented out.
    pub fn default_file() -> String {
        let mut file = format!(
            "#:schema ./config.schema.json\n\n# {}\n",
            tr!("Settings of jianbao. Take the # away from a line to change it.")
        );
        let defaults = Self::default();
        for row in Self::ROWS {
            let SettingRow { name, values, .. } = row;
            let value = defaults
                .value(name)
                .expect("invariant: a name of the table");
            // Writing to a string never fails.
            let _ = write!(
                file,
                "\n# {}{}\n# {}\n# {name} = {value}\n",
                row.help(),
                tr!("."),
                translated(values)
            );
        }
        let lines = EXAMPLES.map(|line| format!("# {}\n", translated(line)));
        file + "\n" + &lines.concat()
    }

    /// The table as Markdown, for `docs/settings.md`.
    pub fn markdown_table() -> String {
        let mut table = String::from("| Setting | Values | Default | What |\n|---|---|---|---|\n");
        let defaults = Self::default();
        for SettingRow { name, values, help } in Self::ROWS {
            let value = defaults
                .value(name)
                .expect("invariant: a name of the table");
            let values = values.replace('"', "`");
            let _ = writeln!(table, "| `{name}` | {values} | `{value}` | {} |", help[0]);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::super::libraries::LibrarySetting;
    use super::*;

    /// The schema of the file: no setting is required, and each has its default.
    fn schema() -> String {
        let mut schema = schemars::schema_for!(Settings);
        schema.remove("required");
        schema.insert("additionalProperties".into(), false.into());
        let commands = serde_json::json!({
            "description": "A command, a list of commands, or unbind",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }],
        });
        let of_part = serde_json::json!({ "type": "object", "additionalProperties": commands });
        let parts = [
            "list", "article", "popup", "input", "results", "facets", "help",
        ];
        let parts: serde_json::Map<_, _> = parts
            .map(|part| (part.to_owned(), of_part.clone()))
            .into_iter()
            .collect();
        let keys = serde_json::json!({
            "description": "Keys with their commands, for all parts of the reader and in tables for one",
            "type": "object",
            "properties": parts,
            "additionalProperties": commands,
        });
        schema.insert("title".into(), "Settings of jianbao".into());
        let defaults = serde_json::to_value(Settings::default()).unwrap();
        let properties = schema.get_mut("properties").unwrap();
        for (name, property) in properties.as_object_mut().unwrap() {
            property["default"] = defaults[name].clone();
        }
        properties["keys"] = keys;
        properties["library"] = serde_json::json!({
            "description": "Libraries with a name: jianbao @name opens one",
            "type": "array",
            "items": schemars::schema_for!(LibrarySetting),
        });
        serde_json::to_string_pretty(&schema).unwrap() + "\n"
    }

    /// `UPDATE_DOCS=1 cargo test` writes it.
    #[test]
    fn the_schema_for_editors_is_that_of_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/config.schema.json");
        if env::var_os("UPDATE_DOCS").is_some() {
            fs::write(path, schema()).unwrap();
        }
        let is_same = fs::read_to_string(path).unwrap() == schema();
        assert!(is_same, "to write it: UPDATE_DOCS=1 cargo test the_schema");
    }

    #[test]
    fn every_setting_has_help_in_three_languages_without_a_full_stop() {
        for row in Settings::ROWS {
            let is_label = |help: &&str| !help.is_empty() && !help.ends_with(['.', '。']);
            assert!(row.help.iter().all(is_label), "{}", row.name);
        }
    }
}
