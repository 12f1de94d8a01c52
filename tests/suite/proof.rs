//! What a finished page is held against: no words over others, none too small,
//! nobody's telephone where everybody reads it.

use crate::support::Folder;

/// A contest of one row whose certificate shows what it must and then `more`.
fn certificate(more: &str) -> Folder {
    let folder = Folder::with_rows(&[["企业组", "一等奖", "甲项目", "山河有限公司", "王伟", ""]]);
    folder.write(
        "templates/certificate.typ",
        format!(
            "#let entry = json(\"/entry.json\")\n#set text(font: \"Noto Serif SC\")\n\
             #let e = entry.entrants.first()\n#(e.group, e.award, e.organization).join()\n\n\
             #e.members.join()\n\n#entry.document.number\n\n\
             #image(bytes(entry.document.code.svg), format: \"svg\", width: 40mm)\n\n#e.project {more}"
        ),
    );
    folder
}

fn refused(folder: &Folder, code: &str, cell: &str) -> String {
    let ran = folder.accolade("run", &["--only", "荣誉证书", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert_eq!(ran.found("error"), [(code.to_owned(), cell.to_owned())], "{}", ran.stdout);
    assert!(folder.out().is_empty());
    ran.stdout
}

#[test]
fn words_over_others_are_refused_at_the_row() {
    let told = refused(&certificate("#place(dy: -8pt, dx: 8pt)[盖住]"), "overlap", "名单!C2");
    assert!(
        told.contains("“甲项目”与“盖住”重叠") || told.contains("“盖住”与“甲项目”重叠"),
        "{told}"
    );
}

#[test]
fn a_watermark_may_lie_under_words() {
    certificate("#place(dy: -8pt, text(fill: luma(85%))[底纹])").package(&["--only", "荣誉证书"]);
}

#[test]
fn type_that_cannot_be_read_is_refused() {
    let told = refused(&certificate("#text(size: 6pt)[小字]"), "type-too-small", "名单!C2");
    assert!(told.contains("只有 6.0 pt"), "{told}");
    // Scaled down it is no larger than it looks.
    let scaled = "#v(1cm) #scale(50%)[缩小]";
    assert!(refused(&certificate(scaled), "type-too-small", "名单!C2").contains("只有 5.5 pt"));
}

#[test]
fn a_public_document_gets_nobodys_telephone() {
    let folder = Folder::example();
    folder.write(
        "templates/publicity.typ",
        "#set text(font: \"Noto Serif SC\", size: 9pt)\n#let entry = json(\"/entry.json\")\n\
         #for e in entry.entrants {\n  assert.eq((e.phone, e.contact, e.extra), (none, none, (:)))\n\
         [#e.organization #e.project #e.award #e.county]\n}",
    );
    folder.package(&["--only", "公示"]);
}

#[test]
fn a_public_document_that_shows_a_telephone_is_refused() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "参赛单位", "联系电话", "推荐单位"],
        &["企业组", "一等奖", "甲", "山河有限公司 13800001234", "0354-5550000", "榆次区"],
        &["企业组", "一等奖", "乙 0354-5550000", "山川有限公司", "0354-5550000", "榆次区"],
    ]);
    let ran = folder.accolade("run", &["--only", "公示", "--format", "json"]);
    let found = ran.found("error");
    assert!(found.iter().all(|(code, _)| code == "not-public"), "{}", ran.stdout);
    assert!(found.iter().any(|(_, cell)| cell == "名单!D2"), "{}", ran.stdout);
    assert!(found.iter().any(|(_, cell)| cell == "名单!C3"), "{}", ran.stdout);
    assert!(ran.stdout.contains("13800001234") && ran.stdout.contains("0354-5550000"));
    // The letter goes to the authority alone.
    folder.package(&["--only", "荣誉证书"]);
}

#[test]
fn a_public_document_may_not_ask_for_what_it_does_not_get() {
    let folder = Folder::example();
    folder.edit(
        "contest.toml",
        "path     = \"公文/获奖名单公示.pdf\"\npublic   = true                  # 通知四（三）：严格项目信息公开审查\nprove    = [",
        "path     = \"公文/获奖名单公示.pdf\"\npublic   = true\nprove    = [\"phone\", ",
    );
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error").len(), 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("documents.prove"), "{}", ran.stdout);
}
