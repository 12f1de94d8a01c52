//! `accolade extras` and `--version`: what a system has of a program beside it.

use std::fs;

use crate::support::Folder;

#[test]
fn every_command_has_its_page_in_the_manual_in_both_languages() {
    let folder = Folder::example();
    let ran = folder.raw(&["extras", "share", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let listed = ran.json()["files"].as_array().unwrap().len();
    let help = folder.raw(&["--help", "--lang", "en"]).stdout;
    let (_, after) = help.split_once("Commands:\n").unwrap();
    let commands: Vec<_> = after
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|it| !it.is_empty()))
        .collect();
    assert!(commands.len() > 10, "{commands:?}");
    for command in commands {
        let read = |of: &str| {
            let path = folder.path(&format!("share/man/{of}man1/accolade-{command}.1"));
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {}", path.display()))
        };
        let (english, chinese) = (read(""), read("zh_CN/"));
        let is_chinese = |text: &str| text.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(!is_chinese(english.split("EXTRA").next().unwrap()), "{command}: {english}");
        assert!(is_chinese(&chinese), "{command}: {chinese}");
    }
    for completion in [
        "bash-completion/completions/accolade",
        "zsh/site-functions/_accolade",
        "fish/vendor_completions.d/accolade.fish",
        "powershell/_accolade.ps1",
    ] {
        let script = fs::read_to_string(folder.path(&format!("share/{completion}"))).unwrap();
        assert!(script.contains("reissue") && script.contains("undo"), "{completion}");
    }
    // The guide stands alone: its pictures are there, and nothing is asked of a desk.
    let mut pictures = 0;
    for guide in ["手册.html", "guide.html"] {
        let page = fs::read_to_string(folder.path(&format!("share/doc/accolade/{guide}"))).unwrap();
        assert!(!page.contains("\"/page/") && !page.contains("<script"), "{guide}");
        for picture in page.split("src=\"").skip(1).map(|after| after.split('"').next().unwrap()) {
            assert!(folder.path(&format!("share/doc/accolade/{picture}")).is_file(), "{picture}");
            pictures += 1;
        }
    }
    assert_eq!(pictures, 22);
    assert!(listed > 4 + pictures, "{listed}");
}

#[test]
fn the_version_names_the_typesetting_too() {
    let said = Folder::example().raw(&["--version"]).stdout;
    let typst = include_str!("../../../Cargo.lock")
        .split("name = \"typst\"\nversion = \"")
        .nth(1)
        .and_then(|after| after.split('"').next())
        .unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(said.starts_with(&format!("accolade {version} (")), "{said}");
    assert!(said.trim_end().ends_with(&format!("typst {typst})")), "{said}");
}
