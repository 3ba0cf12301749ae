//! A digest of many items that is worked through.

use std::fs;

use crate::support::Story;

#[test]
fn items_are_ticked_off_and_stay_so_when_the_file_is_edited_and_renamed() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let before = "---\ntitle: 早报\nlink: https://example.org/morning\n---\n这里是今天早上的几条新闻。\n\n\
        ## 茶\n\n今年春天少雨，茶叶的价格上涨了。\n\n## 米\n\n南方的大米又获得了丰收。\n\n## 桥\n\n关闭了三年的老桥重新开放了。\n\n---\n\nThe news of today.\n\n\
        ## Tea\n\nThe price of tea rises.\n\n## Rice\n\nA rich harvest of rice.\n\n## Bridge\n\nThe old bridge is open again.\n";
    fs::write(folder.path().join("one.md"), before).unwrap();
    let environment = [("XDG_DATA_HOME", data.path().to_str().unwrap())];
    let arguments = ["--theme", "dark", folder.path().to_str().unwrap()];
    let mut story = Story::begin(&arguments, &environment, (100, 30));
    story
        .sees("茶叶的价格")
        .keys("\r)i")
        .sees("1/3 items · u undoes it");
    story.sees("✓茶").keys("x").sees("✓Tea").keys("\x03");
    story.is_restored();
    assert_eq!(story.end(), (0, None));
    // The Chinese heading is another, and so is the name of the file.
    let after = before.replace("## 茶\n", "## 绿茶\n");
    fs::write(folder.path().join("two.md"), after).unwrap();
    fs::remove_file(folder.path().join("one.md")).unwrap();
    let mut story = Story::begin(&arguments, &environment, (100, 30));
    story.sees("The price of tea rises").sees("1/3 items");
    story.keys("x").sees("✓绿茶").keys("t").sees("✓ 绿茶");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}
