//! A contest folder of the program as it was when certificates had a fixed
//! wording: its file is read or refused with the lines to paste, its register
//! goes on with its numbers, and its certificates verify.

use crate::support::{Folder, Package};

const CONTEST: &str = include_str!("../former/contest.toml");

/// The folder as it was left, register and key included.
fn former() -> Folder {
    let folder = Folder::example();
    folder.write("contest.toml", CONTEST);
    folder.write("awards.csv", include_str!("../former/awards.csv"));
    folder.write("register.db", include_bytes!("../former/register.sqlite"));
    folder.write("signing.key", include_str!("../former/key.pem"));
    folder
}

/// What the messages say is done: the facts that are words now are written so.
fn mended() -> Folder {
    let folder = former();
    folder.edit("contest.toml", "heading = \"荣誉证书\"\nclosing = \"特发此证。\"\n", "");
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let words = "[documents.words]\nheading = \"荣誉证书\"\nclosing = \"特发此证。\"\n";
    folder.write("contest.toml", text + words);
    folder
}

#[test]
fn what_was_a_fact_is_refused_with_the_line_to_paste() {
    let ran = former().accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let found: Vec<_> = ran.json()["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["code"].to_string(), fault["help"].to_string()))
        .collect();
    assert_eq!(found.len(), 2, "prove and [columns] are read as before: {found:?}");
    for line in [r#"heading = \"荣誉证书\""#, r#"closing = \"特发此证。\""#] {
        let told = found.iter().any(|(code, help)| {
            code == "\"now-a-word\"" && help.contains("[documents.words]") && help.contains(line)
        });
        assert!(told, "{line}: {found:?}");
    }
}

#[test]
fn its_numbers_go_on_and_its_certificates_verify() {
    let folder = mended();
    let certificate = include_str!("../former/certificate.txt");
    let verified = folder.raw(&["verify", certificate, "--register", "."]);
    assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
    let numbers = |package: &mut Package| -> Vec<String> {
        let manifest = package.manifest();
        let documents = manifest["documents"].as_array().unwrap();
        documents.iter().map(|it| it["number"].as_str().unwrap().to_owned()).collect()
    };
    let issued = [
        "MS2026-QY-1-001",
        "MS2026-CY-2-001",
        "MS2026-CY-2-002",
        "MS2026-R001",
        "MS2026-R002",
        "MS2026-R003",
        "MS2026-R004",
    ];
    assert_eq!(numbers(&mut folder.package(&[])), issued);
    // Who is new gets the next number; who was issued keeps the own one.
    let sheet = std::fs::read_to_string(folder.path("awards.csv")).unwrap();
    folder.write("awards.csv", sheet + "企业组,二等奖,井下通信,云岭有限公司,孙晓,东区\n");
    let all = numbers(&mut folder.package(&["--new", "awards!C5"]));
    assert!(issued.iter().all(|number| all.contains(&(*number).to_owned())), "{all:?}");
    assert!(all.contains(&"MS2026-QY-2-001".to_owned()), "{all:?}");
    let verified = folder.raw(&["verify", certificate, "--register", "."]);
    assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn a_fact_that_was_corrected_is_found_in_it() {
    let folder = mended();
    folder.edit("awards.csv", "王伟、李强", "王伟、李墙");
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("MS2026-QY-1-001"), "{}", ran.stdout);
}
