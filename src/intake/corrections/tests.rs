use std::fs;
use std::path::Path;

use super::*;
use crate::contest::Contest;
use crate::fault::Kind;
use crate::intake::Inputs;
use crate::lang::Lang;

/// A contest folder with a sheet of text.
fn folder(sheet: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let contest = fs::read_to_string("data/examples/least/contest.toml").unwrap();
    assert!(!contest.contains("sheet"));
    let contest = format!("sheet = \"奖.csv\"\n{contest}");
    fs::write(folder.path().join("contest.toml"), contest).unwrap();
    fs::write(folder.path().join("奖.csv"), sheet).unwrap();
    folder
}

fn opened(folder: &Path) -> Inputs {
    let contest = Contest::load(folder).unwrap();
    Inputs::open(&contest.sheet, &contest).unwrap()
}

fn mends(all: &[(&str, &str, &str, &str)]) -> Vec<Mend> {
    let mend = |&(cell, was, now, reason): &(&str, &str, &str, &str)| Mend {
        cell: CellRef::parse(cell).unwrap(),
        was: was.into(),
        now: now.into(),
        reason: reason.into(),
    };
    all.iter().map(mend).collect()
}

fn text(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join(CORRECTIONS)).ok()
}

/// Mends what is there now, as somebody who sees it does.
fn mended(folder: &Path, all: &[(&str, &str, &str, &str)]) -> Result<(), Diagnostics> {
    opened(folder).mend(folder, &mends(all), Lang::Zh)
}

#[test]
fn a_cell_that_is_mended_again_keeps_what_the_sheet_said() {
    let folder = folder("姓名,奖项\n王芳,一等\n李强,二等奖\n");
    let path = folder.path();
    mended(path, &[("奖!B2", "一等", "一等奖", "奖项写全")]).unwrap();
    mended(path, &[("奖!B2", "一等奖", "二等奖", "")]).unwrap();
    assert_eq!(
        text(path).unwrap(),
        "\u{FEFF}单元格,原文,改为,原因\r\n奖!B2,一等,二等奖,奖项写全\r\n"
    );
    // Back to what the sheet says: there is nothing to correct any more.
    mended(path, &[("奖!B2", "二等奖", "一等", "")]).unwrap();
    assert_eq!(text(path), None);
}

#[test]
fn nothing_is_written_unless_every_cell_says_what_was_seen() {
    let folder = folder("姓名,奖项\n王芳,一等\n李强,二等奖\n");
    let path = folder.path();
    let faults =
        mended(path, &[("奖!B2", "一等", "一等奖", ""), ("奖!B3", "三等奖", "二等奖", "")]);
    let faults = faults.unwrap_err();
    assert!(matches!(
        &faults.iter().next().unwrap().kind,
        Kind::Corrections(fault::Corrections::Overtaken { says, .. }) if says == "二等奖"
    ));
    assert_eq!(text(path), None);
}

#[test]
fn a_file_by_hand_keeps_its_other_columns_and_its_line_breaks() {
    let folder = folder("姓名,奖项\n王芳,一等\n李强,二等奖\n");
    let path = folder.path();
    let file = "reason,cell,was,now,谁改的\n写全,奖!B2,一等,一等奖,老张\n";
    fs::write(path.join(CORRECTIONS), file).unwrap();
    mended(path, &[("奖!A3", "李强", "李强\n赵敏", "")]).unwrap();
    assert_eq!(
        text(path).unwrap(),
        "\u{FEFF}单元格,原文,改为,原因,谁改的\r\n奖!B2,一等,一等奖,写全,老张\r\n\
         奖!A3,李强,\"李强\n赵敏\",,\r\n"
    );
    let shown = crate::intake::shown(&opened(path));
    assert!(shown[0].texts.contains(&((2, 0), "李强\n赵敏".into())), "{shown:?}");
}

#[test]
fn a_line_that_no_longer_fits_is_settled_by_itself() {
    let folder = folder("姓名,奖项\n王芳,一等\n李强,二等奖\n");
    let path = folder.path();
    let file = "单元格,原文,改为\n奖!B2,一,一等奖\n奖!B3,二等奖,三等奖\n";
    fs::write(path.join(CORRECTIONS), file).unwrap();
    let gone = drop_lines(path, &[(3, "奖!B2".into())], Lang::Zh).unwrap_err();
    assert_eq!(gone.iter().next().unwrap().kind.code(), "correction-gone");
    renew_line(path, 2, "奖!B2", "一等", Lang::Zh).unwrap();
    drop_lines(path, &[(3, "奖!B3".into())], Lang::Zh).unwrap();
    assert_eq!(text(path).unwrap(), "\u{FEFF}单元格,原文,改为,原因\r\n奖!B2,一等,一等奖,\r\n");
}

#[test]
fn a_cell_is_found_by_the_name_its_sheet_has() {
    let folder = folder("姓名,奖项\n王芳,一等\n");
    let path = folder.path();
    fs::rename(path.join("奖.csv"), path.join("Ａ组 ２.csv")).unwrap();
    let contest = fs::read_to_string(path.join("contest.toml")).unwrap();
    fs::write(path.join("contest.toml"), contest.replace("奖.csv", "Ａ组 ２.csv")).unwrap();
    mended(path, &[("Ａ组 ２!B2", "一等", "一等奖", "")]).unwrap();
    mended(path, &[("Ａ组 ２!B2", "一等奖", "二等奖", "")]).unwrap();
    let file = "\u{FEFF}单元格,原文,改为,原因\r\nＡ组 ２!B2,一等,二等奖,\r\n";
    assert_eq!(text(path).unwrap(), file);
    // Whoever types it by hand types it as he likes.
    fs::write(path.join(CORRECTIONS), "cell,was,now\n A组 2!B2,一等,三等奖\n").unwrap();
    assert!(crate::intake::shown(&opened(path))[0].texts.contains(&((1, 1), "三等奖".into())));
}

#[test]
fn a_correction_that_did_not_fit_begins_from_what_is_seen() {
    let folder = folder("姓名,奖项\n王芳,一等\n");
    let path = folder.path();
    fs::write(path.join(CORRECTIONS), "cell,was,now\n奖!B2,特等,二等奖\n").unwrap();
    mended(path, &[("奖!B2", "一等", "一等奖", "")]).unwrap();
    let file = "\u{FEFF}单元格,原文,改为,原因\r\n奖!B2,一等,一等奖,\r\n";
    assert_eq!(text(path).unwrap(), file);
}

#[test]
fn a_file_that_a_power_cut_left_empty_is_none() {
    let folder = folder("姓名,奖项\n王芳,一等\n");
    fs::write(folder.path().join(CORRECTIONS), "").unwrap();
    assert!(opened(folder.path()).corrected.iter().next().is_none());
}
