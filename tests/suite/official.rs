//! Official documents: the elements of GB/T 9704, and the lists that go out
//! with the certificates.

use std::fs;
use std::path::Path;

use crate::support::{Folder, Package};

/// All specimens, made by the command as documents of the example contest.
fn specimens() -> (Vec<String>, Package) {
    let folder = Folder::example();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specimens");
    let mut contest = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let mut names = Vec::new();
    for file in fs::read_dir(source).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        folder.write(&format!("templates/specimens/{name}.typ"), fs::read(&path).unwrap());
        contest += &format!(
            "\n[[documents]]\nname = \"{name}\"\ntemplate = \"specimens/{name}.typ\"\neach = \"contest\"\npath = \"样本/{name}.pdf\"\n"
        );
        names.push(name);
    }
    folder.write("contest.toml", contest);
    let only = names.iter().flat_map(|name| ["--only", name]).collect::<Vec<_>>();
    let package = folder.package(&only);
    (names, package)
}

/// A contest with rows of group, award, project, organization, members and
/// county.
fn contest(rows: &[[&str; 6]]) -> Folder {
    let folder = Folder::example();
    let header = ["组别", "奖项", "项目名称", "参赛单位", "核心成员", "推荐单位"];
    let rows: Vec<&[&str]> = std::iter::once(&header).chain(rows).map(|row| &row[..]).collect();
    folder.sheet(&rows);
    folder
}

#[test]
fn every_element_of_the_standard_can_be_set() {
    let (names, mut package) = specimens();
    assert!(names.len() >= 10, "{names:?}");
    for (name, text) in [
        ("document", "000012机密★1年特急某市某局文件某局发〔2026〕8号"),
        ("document", "附件：1.某市青少年科技创新大赛实施方案2.某市青少年"),
        ("document", "（二）严肃纪律。不得弄虚作假"),
        ("upward", "签发人：张某某李某欧阳某某"),
        ("joint", "某市某某局某市某委某市某某中心2026年12月1日"),
        ("letter", "秘密★6个月加急"),
        ("order", "主送：各县（区、市）人民政府，市人民政府各部门。抄送：市委办公室"),
        ("minutes", "市人力资源和社会保障局周某请假：市总工会吴某"),
    ] {
        package.pdf(&format!("样本/{name}")).shows(text);
    }
    assert!(!package.pdf("样本/letter").text().contains("印发"), "a letter says no 印发机关");
}

#[test]
fn twenty_two_lines_of_twenty_eight_characters_are_one_page() {
    let (_, mut package) = specimens();
    let grid = package.pdf("样本/grid");
    assert_eq!(grid.pages(), 1, "27 in a line would need a second page");
    assert_eq!(grid.text().matches("天地玄黄").count(), 22);
}

#[test]
fn every_certificate_has_a_row_to_be_signed_and_a_place_in_the_list() {
    let folder = Folder::example();
    let mut package = folder.package(&[]);
    let manifest = package.manifest();
    let documents = manifest["documents"].as_array().unwrap();
    let lists: Vec<_> = package.names().into_iter().filter(|it| it.contains("签收表")).collect();
    let receipts: String = lists.iter().map(|name| package.pdf(name).text()).collect();
    let certificates = documents.iter().filter(|it| it["kind"] == "荣誉证书").collect::<Vec<_>>();
    assert_eq!(certificates.len(), 45);
    for certificate in certificates {
        let number = certificate["number"].as_str().unwrap();
        assert_eq!(receipts.matches(number).count(), 1, "{number}");
    }
}

#[test]
fn members_certificates_are_counted_and_signed_for_by_name() {
    let folder = contest(&[
        ["企业组", "一等奖", "甲", "某某有限公司", "王伟、李强", "祁县"],
        ["创业组", "二等奖", "乙", "某某创客团队", "赵敏", "祁县"],
    ]);
    let contest = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let personal = "\n[[documents]]\nname = \"荣誉证书（成员）\"\ntemplate = \"certificate.typ\"\neach = \"member\"\nnumber = \"R-{seq:03}\"\npath = \"成员/{number}.pdf\"\nprove = [\"number\"]\n";
    folder.write("contest.toml", contest + personal);
    let mut package = folder.package(&[]);
    let receipt = package.pdf("分发/祁县/证书签收表");
    receipt.shows("R-001某某有限公司王伟");
    receipt.shows("R-003某某创客团队赵敏");
    receipt.shows("以上证书共5本");
    let list = package.pdf("分发/祁县/分发清单");
    list.shows("项目2个，证书5本");
    list.shows("荣誉证书（成员）企业组一等奖2");
    list.shows("R-001（王伟）、R-002（李强）");
}

#[test]
fn entrants_without_a_county_share_lists_that_say_so() {
    let folder = contest(&[
        ["企业组", "一等奖", "甲", "某某有限公司", "王伟", "祁县"],
        ["企业组", "二等奖", "乙", "另一有限公司", "李强", ""],
    ]);
    let mut package = folder.package(&[]);
    let name = package
        .names()
        .into_iter()
        .find(|name| name.ends_with("证书签收表.pdf") && !name.contains("祁县"))
        .expect("a list for those without a county");
    package.pdf(&name).shows("推荐单位：未填推荐单位");
    package.pdf(&name).shows("另一有限公司");
}

#[test]
fn a_word_too_long_for_its_cell_stops_no_list_but_the_form_names_it() {
    let word = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(3);
    let folder = contest(&[["企业组", "一等奖", &word, "某某有限公司", "王伟", "祁县"]]);
    for (kind, part) in [
        ("公示", "公示"),
        ("获奖名单通知", "通知"),
        ("证书签收表", "签收表"),
        ("分发清单", "清单.pdf"),
    ] {
        folder.package(&["--only", kind, "--draft"]).pdf(part).shows(&word);
    }

    let header = ["组别", "奖项", "项目名称", "参赛单位", "核心成员", "推荐省赛"];
    folder.sheet(&[&header, &["企业组", "一等奖", &word, "某某有限公司", "王伟", "是"]]);
    let ran = folder.accolade("run", &["--only", "推荐书", "--draft"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("项目名称“{word}”")), "{}", ran.stderr);
    assert!(ran.stderr.contains("9pt 下宽度仍超出"), "{}", ran.stderr);
}
