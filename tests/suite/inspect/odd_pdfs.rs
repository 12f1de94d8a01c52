//! PDFs that are damaged, locked or scanned, and fonts as other programs embed,
//! name or leave out.

use std::fs;

use super::{OFFICIAL, inspect, passes, rules, set};

#[test]
fn what_cannot_be_read_is_said_clearly() {
    let folder = set([("公文", OFFICIAL.to_owned())]);
    let whole = fs::read(folder.path("公文.pdf")).unwrap();
    folder.write("空.pdf", "");
    folder.write("文字.pdf", "某某市教育局文件");
    folder.write("截断.pdf", &whole[..whole.len() / 9]);
    let drawn = "#set page(paper: \"a4\")\n#rect(width: 100mm, height: 100mm, fill: gray)";
    let scan = unpacked_one(drawn);
    folder.write("扫描.pdf", scan);
    folder.write("加密.pdf", locked(&whole));
    folder.write("无编码.pdf", without(&whole, &[b"ToUnicode"]));
    for (file, code) in [
        ("空.pdf", "not-a-pdf"),
        ("文字.pdf", "not-a-pdf"),
        ("截断.pdf", "not-a-pdf"),
        ("扫描.pdf", "pdf-without-text"),
        ("加密.pdf", "pdf-locked"),
        ("无编码.pdf", "pdf-without-text"),
        ("没有.pdf", "cannot-read"),
    ] {
        let ran = inspect(&folder, file);
        assert_eq!(ran.status, 2, "{file}");
        assert_eq!(ran.json()["diagnostics"][0]["code"], code, "{file}");
        let said = folder.raw(&["inspect", file]).stderr;
        assert!(said.contains(file) && !said.contains("panic"), "{said}");
    }
}

#[test]
fn fonts_that_are_not_embedded_are_named_and_their_text_is_still_measured() {
    let folder = set([("公文", OFFICIAL.to_owned())]);
    let whole = fs::read(folder.path("公文.pdf")).unwrap();
    folder.write("公文.pdf", without(&whole, &[b"FontFile2", b"FontFile3"]));
    let ran = inspect(&folder, "公文.pdf");
    let json = ran.json();
    let failed = rules(&json, "fail");
    assert!(failed.contains(&"fonts-embedded".to_owned()), "{failed:?}");
    let passed = rules(&json, "pass");
    for rule in ["text-face", "text-size", "title-centred", "date-place", "imprint-indent"] {
        assert!(passed.iter().any(|it| it == rule), "{rule} is not in {passed:?}");
    }
    assert!(ran.stdout.contains("ZhuqueFangsong"), "{}", ran.stdout);
}

#[test]
fn names_of_fonts_in_gbk_are_read() {
    let folder = set([("公文", OFFICIAL.to_owned())]);
    let mut document = lopdf::Document::load(folder.path("公文.pdf")).unwrap();
    for object in document.objects.values_mut() {
        let Ok(dictionary) = object.as_dict_mut() else { continue };
        let name = dictionary.get(b"BaseFont").and_then(lopdf::Object::as_name);
        if name.is_ok_and(|name| name.windows(6).any(|part| part == b"Zhuque")) {
            // 仿宋 as Windows programs write it.
            let name = b"ABCDEF+\xB7\xC2\xCB\xCE_GB2312".to_vec();
            dictionary.set("BaseFont", lopdf::Object::Name(name));
        }
    }
    document.save(folder.path("公文.pdf")).unwrap();
    passes(&folder, "公文.pdf");
    assert!(inspect(&folder, "公文.pdf").stdout.contains("\"仿宋_GB2312\""));
}

/// The same PDF without these entries of its fonts.
fn without(pdf: &[u8], keys: &[&[u8]]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(pdf).unwrap();
    for object in document.objects.values_mut() {
        if let Ok(dictionary) = object.as_dict_mut() {
            for key in keys {
                dictionary.remove(key);
            }
        }
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn unpacked_one(source: &str) -> Vec<u8> {
    let folder = set([("单", source.to_owned())]);
    fs::read(folder.path("单.pdf")).unwrap()
}

/// The same PDF behind a password that nobody knows.
fn locked(pdf: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(pdf).unwrap();
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "secret",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
