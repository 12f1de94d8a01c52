//! The table of findings as a person reads it.

use super::{OFFICIAL, set};

#[test]
fn the_table_is_markdown_and_counts_its_verdicts() {
    let folder = set([("公文", OFFICIAL.replacen("mark-top = 72mm", "mark-top = 74mm", 1))]);
    let ran = folder.raw(&["inspect", "公文.pdf"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    let mark = ran.stdout.lines().find(|line| line.contains("35 mm")).unwrap();
    let cells: Vec<&str> = mark.split('|').map(str::trim).collect();
    let row =
        ["", "7.2.4", "发文机关标志", "上边缘至版心上边缘 35 mm", "第1页 37.0 mm", "不合格", ""];
    assert_eq!(cells, row);
    assert!(ran.stdout.lines().last().unwrap().contains("不合格 1 项"), "{}", ran.stdout);
    let ran = folder.raw(&["inspect", "公文.pdf", "--lang", "en"]);
    assert!(ran.stdout.contains("| clause | element "), "{}", ran.stdout);
    assert!(ran.stdout.ends_with("1 fail, 8 for a person to judge.\n"), "{}", ran.stdout);
}
