use std::fs::{create_dir_all, write};
use std::path::Path;

use proptest::prelude::*;

use super::*;

fn shown(files: &Files) -> String {
    let paths: Vec<String> = files
        .paths()
        .map(|path| path.display().to_string())
        .collect();
    paths.join(" + ")
}

/// The pairs among some names as `chinese + english`, sorted, and how many names stay alone.
fn pairs(names: &[&str]) -> (Vec<String>, usize) {
    let articles = pair(names.iter().map(|name| (name.into(), None)).collect());
    let (pairs, alone): (Vec<_>, Vec<_>) = articles
        .iter()
        .partition(|article| article.files.mate.is_some());
    assert_eq!(pairs.len() * 2 + alone.len(), names.len());
    let mut pairs: Vec<String> = pairs.iter().map(|pair| shown(&pair.files)).collect();
    pairs.sort();
    (pairs, alone.len())
}

#[track_caller]
fn assert_mates(chinese: &str, english: &str) {
    for names in [[chinese, english], [english, chinese]] {
        assert_eq!(pairs(&names).0, [format!("{chinese} + {english}")]);
    }
}

#[test]
fn every_marker_is_known_in_any_case() {
    for (known, _) in MARKERS {
        for known in [
            known.to_owned(),
            known.to_uppercase(),
            known.replace('-', "_"),
        ] {
            assert!(marker(known.as_bytes()).is_some(), "{known}");
            for path in [
                format!("{known}/a.md"),
                format!("a/{known}/b.md"),
                format!("a/b-{known}.md"),
                format!("b.{known}.md"),
            ] {
                assert!(Claim::of(Path::new(&path), true).marker.is_some(), "{path}");
            }
        }
    }
    for path in [
        "a.md",
        "2024/06/a.md",
        "men.md",
        "a/zhe/b.md",
        ".md",
        "en.md",
        "a-en.b.md",
        "i18n/a.md",
        "a/docusaurus-plugin-content-docs/b.md",
    ] {
        assert!(Claim::of(Path::new(path), true).marker.is_none(), "{path}");
    }
}

#[test]
fn every_pattern_of_the_wild_is_known() {
    assert_mates("tea.md", "tea-en.md");
    assert_mates("tea-zh.md", "tea-en.md");
    assert_mates("tea-zh.md", "tea.md");
    assert_mates("tea.zh-cn.md", "tea.en.md");
    assert_mates("tea_zh_CN.md", "tea_EN.md");
    assert_mates("README.md", "README.en-US.md");
    assert_mates("README_cn.md", "README.md");
    assert_mates("zh/tea.md", "en/tea.md");
    assert_mates("docs/zh-cn/a/tea.md", "docs/en/a/tea.md");
    assert_mates("tea.md", "en/tea.md");
    assert_mates("a/b/tea.md", "a/en/b/tea.md");
    assert_mates("zh/tea.md", "tea.md");
    assert_mates("zh/tea-zh.md", "en/tea-en.md");
    assert_mates("茶-中文.md", "茶-english.MD");
    assert_mates("tea-zh-Hans.txt", "tea-en.txt");
}

/// The Chinese and the English file of every layout that is known.
const LAYOUTS: [[&str; 2]; 26] = [
    // Hugo, MkDocs, Nextra.
    ["content/zh-cn/docs/tea.md", "content/en/docs/tea.md"],
    ["content.zh/docs/tea.md", "content.en/docs/tea.md"],
    ["content/tea/index.zh-cn.md", "content/tea/index.md"],
    ["docs/tea.zh.md", "docs/tea.md"],
    ["README.zh-Hans.md", "README.md"],
    ["zh_CN/tea.md", "en_US/tea.md"],
    // Docusaurus.
    [
        "i18n/zh-Hans/docusaurus-plugin-content-docs/current/a/tea.md",
        "docs/a/tea.md",
    ],
    [
        "i18n/zh-CN/docusaurus-plugin-content-docs/version-2.x/tea.md",
        "versioned_docs/version-2.x/tea.md",
    ],
    [
        "i18n/zh/docusaurus-plugin-content-docs-community/current/tea.md",
        "community/tea.md",
    ],
    [
        "i18n/zh/docusaurus-plugin-content-docs-community/version-1/tea.md",
        "community_versioned_docs/version-1/tea.md",
    ],
    [
        "i18n/zh-Hans/docusaurus-plugin-content-blog/2024/tea.md",
        "blog/2024/tea.md",
    ],
    [
        "i18n/zh-Hans/docusaurus-plugin-content-blog-news/tea.md",
        "news/tea.md",
    ],
    [
        "i18n/zh-Hans/docusaurus-plugin-content-pages/tea.md",
        "src/pages/tea.md",
    ],
    [
        "site/i18n/zh/docusaurus-plugin-content-docs/current/tea.md",
        "site/docs/tea.md",
    ],
    [
        "docs/tea.md",
        "i18n/en/docusaurus-plugin-content-docs/current/tea.md",
    ],
    // A folder of translations, or one for each language.
    ["translations/zh/README.md", "README.md"],
    ["i18n/zh-cn/docs/tea.md", "i18n/en/docs/tea.md"],
    ["site/zh-cn/guide/tea.md", "site/en-snapshot/guide/tea.md"],
    ["docs-zh/a/tea.md", "docs/a/tea.md"],
    ["docs_zh_CN/tea.md", "docs_en/tea.md"],
    ["zh-hans.example/content/tea.md", "example/content/tea.md"],
    ["cn.example.org/tea.md", "en.example.org/tea.md"],
    ["zh/guide/tea.md", "guide/tea.md"],
    // Endings that are no marks of the language.
    ["zh/bsd_ja_en.md", "en/bsd_ja_en.md"],
    [
        "i18n/zh/docusaurus-plugin-content-docs/current/api-en.md",
        "i18n/en/docusaurus-plugin-content-docs/current/api-en.md",
    ],
    [
        "content/zh/tea/made_in_cn.md",
        "content/en/tea/made_in_cn.md",
    ],
];

#[test]
fn every_layout_is_known() {
    for [chinese, english] in LAYOUTS {
        assert_mates(chinese, english);
    }
}

#[test]
fn the_layouts_of_one_folder_do_not_disturb_each_other() {
    let below = |at: usize, path: &str| format!("{at}/{path}");
    let names: Vec<String> = LAYOUTS
        .iter()
        .enumerate()
        .flat_map(|(at, layout)| layout.map(|path| below(at, path)))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (found, alone) = pairs(&names);
    let mut expected: Vec<String> = LAYOUTS
        .iter()
        .enumerate()
        .map(|(at, [zh, en])| format!("{} + {}", below(at, zh), below(at, en)))
        .collect();
    expected.sort();
    assert_eq!((found, alone), (expected, 0));
}

#[test]
fn the_mate_of_one_file_is_found_in_every_layout() {
    for layout in LAYOUTS {
        let root = tempfile::tempdir().unwrap();
        for path in layout {
            let path = root.path().join(path);
            create_dir_all(path.parent().unwrap()).unwrap();
            write(path, "").unwrap();
        }
        // An original without a mark does not say where its translations are, unless they are in
        // `i18n` or beside it.
        let [chinese, english] = layout;
        let is_marked = |path: &str| Claim::of(Path::new(path), true).marker.is_some();
        for path in layout
            .into_iter()
            .filter(|path| is_marked(path) || chinese.starts_with("i18n"))
        {
            let files = find_beside(&root.path().join(path));
            let files = files.unwrap_or_else(|| panic!("{path} is alone"));
            let found: Vec<&Path> = files.paths().collect();
            assert_eq!(
                found,
                [chinese, english].map(|path| root.path().join(path)),
                "{path}"
            );
        }
    }
}

#[test]
fn other_names_are_alone() {
    for names in [
        ["tea.md", "coffee-en.md"],
        ["tea-zh.md", "tea-cn.md"],
        ["tea.md", "tea.txt"],
        ["a/tea.md", "b/tea-en.md"],
        ["taken.md", "tak.md"],
        ["-en.md", "-zh.md"],
        ["tea.md", "tea-fr.md"],
        ["zh.md", "tea.md"],
        ["en/a/tea.md", "zh/b/tea.md"],
        ["teaen.md", "tea.md"],
        ["a/tea.md", "b/tea.md"],
        ["zh/a/tea.md", "b/tea.md"],
        [
            "i18n/zh/docusaurus-plugin-content-docs/current/tea.md",
            "blog/tea.md",
        ],
        [
            "i18n/zh/docusaurus-plugin-content-docs/version-1/tea.md",
            "docs/tea.md",
        ],
        ["i18n/zh/tea.md", "docs/tea.md"],
        ["translations/tea.md", "tea.md"],
        ["docs-zh/tea.md", "news/tea.md"],
        ["docs-zh/tea.md", "docs-cn/tea.md"],
        ["zh-hans.example/tea.md", "other/tea.md"],
        ["zh/bsd_ja_en.md", "zh/bsd_ja_cn/x.md"],
        ["en/bsd_ja_en.md", "en-us/bsd_ja_en.md"],
        ["zh/made_in_cn.md", "zh-tw/made_in_cn.md"],
    ] {
        assert_eq!(pairs(&names), (vec![], 2), "{names:?}");
    }
}

#[test]
fn of_several_claims_the_best_one_wins() {
    assert_eq!(
        pairs(&["t.md", "t.zh-tw.md", "t.en.md", "t.zh-cn.md", "u.md"]),
        (vec!["t.zh-cn.md + t.en.md".into()], 3)
    );
    assert_eq!(
        pairs(&["t_en.md", "t-en.md", "t.md"]),
        (vec!["t.md + t-en.md".into()], 1)
    );
    // The ending of a name says more than the folder that it lies in.
    assert_eq!(
        pairs(&["zh/t.md", "zh/t-en.md"]).0,
        ["zh/t.md + zh/t-en.md"]
    );
}

#[test]
fn names_of_any_bytes_are_paired() {
    let name = |bytes: &[u8]| crate::platform::path_of_bytes(bytes).to_owned();
    let names: [&[u8]; 5] = [b"\xff\x1b-en.md", b"\xff\x1b.md", b"\xfe.md", b"", b".."];
    let articles = pair(names.iter().map(|bytes| (name(bytes), None)).collect());
    let files = Files {
        path: name(b"\xff\x1b.md"),
        mate: Some(name(b"\xff\x1b-en.md").into()),
    };
    assert_eq!(articles[0].files, files);
    assert_eq!(articles.len(), 4);
}

#[test]
fn the_mate_of_one_file_is_found_on_the_disk_by_the_same_rules() {
    let root = tempfile::tempdir().unwrap();
    for path in [
        "tea.md",
        "tea-en.md",
        "a/zh/x/b.md",
        "a/en/x/b.md",
        "c.md",
        "en/c.md",
        "only-en.md",
        "d/e.md",
        "d/e-zh.md/f",
    ] {
        let path = root.path().join(path);
        create_dir_all(path.parent().unwrap()).unwrap();
        write(path, "").unwrap();
    }
    let found = |path: &str| {
        let files = find_beside(&root.path().join(path))?;
        let inside = |path: &Path| path.strip_prefix(root.path()).unwrap().to_owned();
        Some(shown(&Files {
            path: inside(&files.path),
            mate: files.mate.as_deref().map(|mate| inside(mate).into()),
        }))
    };
    assert_eq!(found("tea-en.md").unwrap(), "tea.md + tea-en.md");
    assert_eq!(found("tea.md").unwrap(), "tea.md + tea-en.md");
    assert_eq!(found("a/en/x/b.md").unwrap(), "a/zh/x/b.md + a/en/x/b.md");
    assert_eq!(found("c.md").unwrap(), "c.md + en/c.md");
    assert_eq!(found("en/c.md").unwrap(), "c.md + en/c.md");
    for path in ["only-en.md", "d/e.md", "gone.md", "gone/gone.md"] {
        assert_eq!(found(path), None, "{path}");
    }
}

#[test]
fn files_are_paired_with_their_stamps() {
    let stamp = |size| {
        Some(FileStamp {
            size,
            modified: 1,
            inode: size,
        })
    };
    let found = [("a.md", 1), ("a-en.md", 2), ("b.md", 3)]
        .map(|(path, size)| (PathBuf::from(path), stamp(size)));
    let seen = pair(found.to_vec());
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].files.mate.as_deref(), Some(Path::new("a-en.md")));
    assert_eq!(seen[0].stamps, [stamp(1), stamp(2)]);
    assert_eq!(seen[1], ArticleFiles::single("b.md".into(), stamp(3)));
    let split: Vec<ArticleFiles> = seen[0].clone().split().collect();
    assert_eq!(
        split,
        [
            ArticleFiles::single("a.md".into(), stamp(1)),
            ArticleFiles::single("a-en.md".into(), stamp(2))
        ]
    );
}

/// Paths of few names, so that many have the same key.
fn path() -> impl Strategy<Value = String> {
    let folders = vec![
        "zh/",
        "en/",
        "zh-CN/",
        "docs/",
        "docs-zh/",
        "i18n/",
        "zh.docs/",
        "current/",
        "version-1/",
        "docusaurus-plugin-content-docs/",
        "versioned_docs/",
    ];
    let names = vec![
        "a.md",
        "a-en.md",
        "a.zh.md",
        "a_zh_en.md",
        "a-cn.md",
        "b.md",
        "zh.md",
    ];
    let folders = prop::collection::vec(prop::sample::select(folders), 0..4);
    (folders, prop::sample::select(names)).prop_map(|(folders, name)| folders.concat() + name)
}

proptest! {
    #[test]
    fn pairs_do_not_depend_on_the_order_and_name_both_languages(
        names in prop::collection::btree_set(path(), 0..12),
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let reversed: Vec<&str> = names.iter().rev().copied().collect();
        prop_assert_eq!(pairs(&names), pairs(&reversed));
        for files in pair(names.iter().map(|name| (name.into(), None)).collect()) {
            let Some(mate) = files.files.mate else { continue };
            let is_pair = [true, false].into_iter().any(|with_ending| {
                let [one, other] = [&files.files.path, &*mate].map(|path| Claim::of(path, with_ending));
                one.key == other.key
                    && one.language() != Some(Language::English)
                    && other.language() != Some(Language::Chinese)
                    && one.language() != other.language()
            });
            prop_assert!(is_pair, "{:?} {:?}", files.files.path, mate);
        }
    }
}
