//! Genuine and current: everybody who holds a certificate can show it, and no
//! forgery passes.

use std::fs;
use std::path::PathBuf;

use accolade::attest::{Attestation, Key, code};

use crate::support::{Folder, Package};

const NUMBER: &str = "JZCK2026-QY-1-001";

fn issued() -> Folder {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"],
        ["企业组", "一等奖", "乙项目", "日月有限公司", "赵敏", ""],
    ]);
    folder.package(&["--only", "荣誉证书"]);
    folder
}

/// The first certificate's PDF, taken out of the package.
fn pdf(folder: &Folder) -> PathBuf {
    let mut package = Package::open(&folder.zip());
    let name = package.names().into_iter().find(|name| name.contains(NUMBER)).unwrap();
    let path = folder.path("certificate.pdf");
    fs::write(&path, package.read(&name)).unwrap();
    path
}

fn statement(folder: &Folder) -> String {
    let manifest = Package::open(&folder.zip()).manifest();
    manifest["documents"][0]["statement"].as_str().unwrap().to_owned()
}

fn key(folder: &Folder) -> String {
    Package::open(&folder.zip()).manifest()["key"].as_str().unwrap().to_owned()
}

/// Exit status, verdict, and the names of the facts that differ.
fn verify(folder: &Folder, arguments: &[&str]) -> (i32, String, Vec<String>) {
    let mut all = vec!["verify", "--format", "json"];
    all.extend(arguments);
    let ran = folder.raw(&all);
    let json = ran.json();
    let verdict = json["verdict"].as_str().unwrap_or_else(|| panic!("{json}")).to_owned();
    let altered = json["altered"].as_array().into_iter().flatten();
    (ran.status, verdict, altered.map(|it| it["fact"].as_str().unwrap().to_owned()).collect())
}

fn is(status: i32, verdict: &str) -> (i32, String, Vec<String>) {
    (status, verdict.to_owned(), Vec::new())
}

#[test]
fn a_pdf_a_text_and_a_package_are_genuine_and_current() {
    let folder = issued();
    let (pdf, zip, text) = (pdf(&folder), folder.zip(), statement(&folder));
    let (pdf, zip) = (pdf.to_str().unwrap(), zip.to_str().unwrap());
    for what in [pdf, zip, &text] {
        assert_eq!(verify(&folder, &[what, "--register", "."]), is(0, "genuine"), "{what}");
        assert_eq!(verify(&folder, &[what, "--key", &key(&folder)]), is(0, "genuine"), "{what}");
    }
    let ran = folder.raw(&["verify", pdf, "--register", ".", "--lang", "en"]);
    assert!(ran.stdout.starts_with("genuine and current\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("project 甲项目"), "{}", ran.stdout);
    let ran = folder.raw(&["verify", pdf, "--key", &key(&folder), "--lang", "en"]);
    assert!(ran.stdout.contains("nobody can tell"), "{}", ran.stdout);
}

#[test]
fn what_was_replaced_or_revoked_no_longer_counts() {
    let folder = issued();
    let (pdf, zip, text) = (pdf(&folder), folder.zip(), statement(&folder));
    let (pdf, zip) = (pdf.to_str().unwrap(), zip.to_str().unwrap());
    folder.done("reissue", &[NUMBER, "--set", "project=新名", "--reason", "更正"]);
    folder.done("register", &["--publish", "site"]);
    for register in [".", "site/status.js"] {
        for what in [pdf, zip, &text] {
            assert_eq!(verify(&folder, &[what, "--register", register]), is(1, "superseded"));
        }
    }
    folder.done("revoke", &[NUMBER, "--reason", "取消资格"]);
    assert_eq!(verify(&folder, &[&text, "--register", "."]), is(1, "revoked"));
    // The list that was published before does not know yet.
    assert_eq!(verify(&folder, &[&text, "--register", "site/status.js"]), is(1, "superseded"));
    folder.done("register", &["--publish", "site"]);
    assert_eq!(verify(&folder, &[&text, "--register", "site/status.js"]), is(1, "revoked"));
    let status = fs::read_to_string(folder.path("site/status.js")).unwrap();
    assert!(!status.contains("取消资格"), "a reason is nobody else's business");
    fs::write(folder.path("forged.js"), status.replace("revoked", "renewed")).unwrap();
    let ran = folder.raw(&["verify", &text, "--register", "forged.js"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("[bad-status-list]"), "{}", ran.stderr);
}

#[test]
fn every_single_fact_altered_in_the_text_is_caught() {
    let folder = issued();
    let text = statement(&folder);
    let key = key(&folder);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 12, "{text}");
    for at in 0..lines.len() {
        let mut forged: Vec<String> = lines.iter().map(ToString::to_string).collect();
        // Of the signature, one digit.
        match at == lines.len() - 1 {
            true => forged[at] = forged[at].replacen('1', "2", 1),
            false => forged[at].push('冒'),
        }
        let forged = forged.join("\n");
        let (status, verdict, _) = verify(&folder, &[&forged, "--key", &key]);
        assert_eq!((status, verdict.as_str()), (1, "altered"), "{forged}");
        let (status, verdict, altered) = verify(&folder, &[&forged, "--register", "."]);
        assert_eq!(status, 1);
        match at {
            1 => assert_eq!(verdict, "unknown", "no such number"),
            2 => {
                assert_eq!((verdict.as_str(), &altered[..]), ("altered", &["revision".into()][..]));
            }
            11 => assert_eq!((verdict.as_str(), altered.len()), ("altered", 0)),
            _ => assert_eq!((verdict.as_str(), altered.len()), ("altered", 1), "{forged}"),
        }
    }
    // A line left out, and one more.
    for forged in [
        lines.iter().filter(|line| !line.starts_with("成员")).copied().collect::<Vec<_>>(),
        [&lines[..4], &["得分 100"], &lines[4..]].concat(),
    ] {
        let (status, verdict, altered) = verify(&folder, &[&forged.join("\n"), "--register", "."]);
        assert_eq!((status, verdict.as_str(), altered.len()), (1, "altered", 1));
    }
}

/// What the first certificate says, word by word.
const SAYS: &str = r#"{
    "heading": ["荣誉证书"], "lead": [], "recipient": ["山河有限公司："],
    "body": ["你单位的“甲项目”在2026年“创客中国”晋中市中小企业创新创业大赛中荣获"],
    "prize": ["企业组一等奖"], "members": ["核心成员：", {"name": "王伟"}, "、", {"name": "李强"}],
    "closing": ["特发此证，以资鼓励。"], "date": ["二〇二六年八月十日"], "code": ["扫码核验真伪"],
    "number": ["证书编号：JZCK2026-QY-1-001"], "revision": [], "draft": ["样　张"]
}"#;

/// A page that carries the genuine code of the first certificate and says
/// something else: what a forger with an image editor makes.
fn forged_page(folder: &Folder, from: &str, to: &str) -> PathBuf {
    let forger =
        Folder::with_rows(&[["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"]]);
    let drawn = code::draw(&statement(folder)).unwrap();
    forger.own_template("certificate.typ");
    forger.write("templates/code.svg", drawn.svg);
    forger.edit(
        "templates/certificate.typ",
        "bytes(job.code.svg),\n    format: \"svg\"",
        "\"code.svg\"",
    );
    let head = "#let (contest, document: job) = entry";
    let change = format!(
        "#let entry = json(bytes(read(\"/entry.json\").replace(\"{from}\", \"{to}\")))\n{head}\n\
         #let job = (..job, code: (modules: {}, link: none))",
        drawn.modules
    );
    forger.edit("templates/certificate.typ", head, &change);
    // A template that names no words has nothing to be held against.
    let (facts, _) =
        include_str!("../../templates/certificate.toml").split_once("[words.").unwrap();
    forger.write("templates/certificate.toml", facts);
    let says = SAYS.replace(from, to);
    forger.edit(
        "templates/certificate.typ",
        "= job.words",
        &format!("= json(bytes(`{says}`.text))"),
    );
    forger.edit("contest.toml", "# code   = false", "code   = false");
    let mut package = forger.package(&["--only", "荣誉证书"]);
    let name = package.names().into_iter().find(|name| name.ends_with(".pdf")).unwrap();
    let path = folder.path("forged.pdf");
    fs::write(&path, package.read(&name)).unwrap();
    path
}

#[test]
fn every_single_fact_altered_on_the_page_is_caught() {
    let folder = issued();
    for (from, to, fact) in [
        ("荣誉证书", "特等证书", "kind"),
        ("JZCK2026-QY-1-001", "JZCK2026-QY-1-777", "number"),
        ("企业组", "创客组", "group"),
        ("一等奖", "特等奖", "award"),
        ("甲项目", "丁项目", "project"),
        ("山河有限公司", "江河有限公司", "organization"),
        ("李强", "李墙", "members"),
        ("晋中市中小企业", "全国中小企业", "contest"),
        ("转型综改促进中心", "科学技术促进中心", "issuer"),
        ("八月十日", "八月十一日", "date"),
    ] {
        let forged = forged_page(&folder, from, to);
        let forged = forged.to_str().unwrap();
        for trust in [["--register", "."], ["--key", &key(&folder)]] {
            let (status, verdict, altered) = verify(&folder, &[forged, trust[0], trust[1]]);
            assert_eq!((status, verdict.as_str()), (1, "altered"), "{from} → {to}");
            assert!(altered.iter().any(|it| it == fact), "{from} → {to}: {altered:?}");
        }
    }
    // Every fact is there and something beside it: it is not the file that was
    // issued, and what was added there nobody can tell.
    for (from, to) in [("甲项目", "甲项目（国家级）"), ("山河有限公司", "山河有限公司北京分公司")]
    {
        let forged = forged_page(&folder, from, to);
        let (status, verdict, _) =
            verify(&folder, &[forged.to_str().unwrap(), "--key", &key(&folder)]);
        assert_eq!((status, verdict.as_str()), (1, "copy"), "{from} → {to}");
    }
}

#[test]
fn a_stranger_can_sign_nothing() {
    let folder = issued();
    let claim = Attestation::parse(&statement(&folder)).unwrap();
    let forged = Attestation::sign(claim.statement, &Key::generate()).text;
    assert_eq!(verify(&folder, &[&forged, "--key", &key(&folder)]), is(1, "altered"));
    let other = issued();
    assert_eq!(verify(&folder, &[&statement(&other), "--register", "."]).0, 1);
    let elsewhere = other.zip();
    assert_eq!(verify(&folder, &[elsewhere.to_str().unwrap(), "--register", "."]).0, 1);
}

#[test]
fn a_key_may_begin_with_a_hyphen() {
    let folder = issued();
    let keys = std::iter::repeat_with(Key::generate);
    let key = keys.take(10_000).find(|key| key.public().to_string().starts_with('-')).unwrap();
    let statement = Attestation::parse(&statement(&folder)).unwrap().statement;
    let text = Attestation::sign(statement, &key).text;
    let public = key.public().to_string();
    assert_eq!(verify(&folder, &[&text, "--key", &public]), is(0, "genuine"));
}

#[test]
fn a_package_that_was_changed_is_caught_with_the_file() {
    let folder = issued();
    type Change<'a> = &'a dyn Fn(&str, Vec<u8>) -> Option<Vec<u8>>;
    let changed = |change: Change<'_>| {
        let mut package = Package::open(&folder.zip());
        let mut zip = zip::ZipWriter::new(fs::File::create(folder.path("changed.zip")).unwrap());
        for name in package.names() {
            let Some(bytes) = change(&name, package.read(&name)) else { continue };
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, &bytes).unwrap();
        }
        zip.finish().unwrap();
        let ran = folder.raw(&["verify", "changed.zip", "--register", ".", "--format", "json"]);
        assert_eq!((ran.status, &ran.json()["verdict"]), (1, &"altered".into()), "{}", ran.stdout);
        ran.json()["files"].as_array().unwrap().clone()
    };
    let swap = |name: &'static str, from: &'static str, to: &'static str| {
        changed(&move |file, bytes| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let text = if file == name { text.replace(from, to).into_bytes() } else { bytes };
            Some(text)
        })
    };
    assert_eq!(swap("manifest.json", "甲项目", "丁项目"), ["manifest.json"]);
    assert_eq!(swap("清单.csv", "山河", "江河"), ["清单.csv"]);
    let pdf = changed(&|name, mut bytes| {
        if name.contains(NUMBER) {
            bytes.push(b' ');
        }
        Some(bytes)
    });
    assert!(pdf[0].as_str().unwrap().contains(NUMBER), "{pdf:?}");
    assert_eq!(changed(&|name, bytes| (name != "清单.csv").then_some(bytes)), ["清单.csv"]);
    changed(&|name, bytes| (name != "manifest.sig").then_some(bytes));
}

#[test]
fn with_a_check_page_the_code_is_a_link_that_carries_all() {
    let folder = Folder::example();
    folder.edit("contest.toml", "# check    =", "check    =");
    folder.package(&["--only", "荣誉证书"]);
    let path = pdf(&folder);
    let codes = codes(&path, 200.0);
    let [link] = &codes[..] else { panic!("{codes:?}") };
    let (page, digits) = link.split_once('#').unwrap();
    assert_eq!(page, "https://www.example.gov.cn/check.html");
    assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
    for what in [link, digits, path.to_str().unwrap()] {
        assert_eq!(verify(&folder, &[what, "--register", "."]), is(0, "genuine"));
    }
    // The link can be clicked in the PDF, too.
    let bytes = fs::read(path).unwrap();
    assert!(bytes.windows(page.len()).any(|window| window == page.as_bytes()));
}

#[test]
fn every_code_of_the_example_is_read_from_a_scan_of_200_dpi() {
    let folder = Folder::example();
    let mut package = folder.package(&["--only", "荣誉证书"]);
    let documents = package.manifest()["documents"].as_array().unwrap().clone();
    for document in documents {
        let path = folder.path("one.pdf");
        fs::write(&path, package.read(document["path"].as_str().unwrap())).unwrap();
        assert_eq!(codes(&path, 200.0), [document["statement"].as_str().unwrap()]);
    }
}

#[test]
fn even_the_longest_names_make_a_code_that_paper_shows() {
    let names = ["古丽娜尔·买买提艾力"; 7].join("、");
    let folder = Folder::with_rows(&[[
        "企业组",
        "一等奖",
        &"基于数字孪生的煤层气提纯一体化平台".repeat(3),
        &format!("{}有限责任公司", "某某新材料科技".repeat(4)),
        &names,
        "",
    ]]);
    folder.package(&["--only", "荣誉证书"]);
    let path = pdf(&folder);
    assert_eq!(codes(&path, 200.0), [statement(&folder)]);
    assert_eq!(verify(&folder, &[path.to_str().unwrap(), "--register", "."]), is(0, "genuine"));
}

#[test]
fn a_template_without_its_code_or_with_a_tiny_one_is_refused() {
    let folder = issued();
    folder.own_template("certificate.typ");
    folder.edit("templates/certificate.typ", "calc.max(30mm,", "calc.min(20mm,");
    let ran = folder.accolade("run", &["--out", "x"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("[code-too-fine]"), "{}", ran.stderr);
    folder.edit(
        "templates/certificate.typ",
        "#let code = if job.code != none",
        "#let code = if false",
    );
    let ran = folder.accolade("run", &["--out", "x"]);
    assert!(ran.stderr.contains("[code-not-shown]"), "{}", ran.stderr);
}

#[test]
fn the_notice_can_vouch_for_all_certificates() {
    let folder = issued();
    folder.edit("contest.toml", "# vouch    = true", "vouch    = true");
    let mut package = folder.package(&[]);
    let manifest = package.manifest();
    let root = manifest["root"].as_str().unwrap().to_owned();
    package.pdf("关于公布").shows(&root);
    let package = "out/晋中创客中国2026获奖文件.zip";
    let ran = folder.raw(&["verify", package, "--register", "."]);
    assert!(ran.stdout.contains(&root), "{}", ran.stdout);
}

#[test]
fn what_cannot_be_verified_says_so() {
    let folder = issued();
    folder.write("letter.pdf", "%PDF-1.7 nothing");
    for what in ["awards.xlsx", "letter.pdf", "你好", "12345678"] {
        let ran = folder.raw(&["verify", what, "--register", "."]);
        assert_eq!(ran.status, 2, "{what}: {}", ran.stderr);
        assert!(ran.stderr.contains("[not-verifiable]"), "{what}: {}", ran.stderr);
    }
    let text = statement(&folder);
    fs::create_dir(folder.path("empty")).unwrap();
    let ran = folder.raw(&["verify", &text, "--register", "empty"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("[key-unknown]"), "{}", ran.stderr);
    // In the contest folder itself nothing need be named.
    assert_eq!(verify(&folder, &[&text]), is(0, "genuine"));
}

/// What the codes on a page hold, read from a picture of it by a decoder that
/// knows nothing of how they were made.
fn codes(path: &PathBuf, pixels_per_inch: f32) -> Vec<String> {
    use hayro::hayro_interpret::InterpreterSettings;
    use hayro::vello_cpu::color::palette::css::WHITE;
    let pdf = hayro::hayro_syntax::Pdf::new(fs::read(path).unwrap()).ok().unwrap();
    let scale = pixels_per_inch / 72.0;
    let settings = hayro::RenderSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
        ..Default::default()
    };
    let cache = hayro::RenderCache::new();
    let page = &pdf.pages()[0];
    let picture = hayro::render(page, &cache, &InterpreterSettings::default(), &settings);
    let grey = picture.data().iter().map(|pixel| pixel.g).collect();
    let (width, height) = (picture.width().into(), picture.height().into());
    let code =
        rxing::helpers::detect_in_luma(grey, width, height, Some(rxing::BarcodeFormat::QR_CODE));
    code.iter().map(|code| code.getText().to_owned()).collect()
}
