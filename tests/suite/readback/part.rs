//! A part of a package that is read back.

use std::fs;
use std::num::NonZeroUsize;

use accolade::package::{Part, PartFile};
use accolade::plan::Frozen;
use proptest::prelude::*;
use proptest::sample::Index;

use super::damage::damage;
use super::{contents, frozen, holds, only_file, winners};
use crate::support::repacked;

#[test]
fn a_part_is_what_was_made_or_nothing() {
    let (folder, plan, key) = frozen(&["--only", "荣誉证书"]);
    let public = key.unwrap().public();
    folder.done("run", &["--shard", "1/2"]);
    let place = only_file(&folder, ".1-of-2.part");
    let bytes = fs::read(&place).unwrap();
    let (one, two) = (NonZeroUsize::MIN, NonZeroUsize::new(2).unwrap());
    let part = Part { plan: Frozen::identity(&plan), part: one, parts: two };
    let all = contents(&bytes).unwrap();
    let paths: Vec<String> =
        all.iter().map(|(name, _)| name.clone()).filter(|name| name.ends_with(".pdf")).collect();
    let changed = folder.path("changed.part");
    let read = |bytes: &[u8]| {
        fs::write(&changed, bytes).unwrap();
        let paths = paths.iter().map(String::as_str);
        let file = PartFile::open(&changed, &part, Some(&public), paths).ok()?;
        let mut given = Vec::new();
        file.each(|entry, pdf| {
            given.push((entry.path.clone(), pdf.to_vec()));
            Ok(())
        })
        .ok()?;
        Some(given)
    };
    let whole = read(&bytes).expect("it is sound");
    assert_eq!(whole.len(), paths.len());
    holds(400, damage(), |damage| {
        if let Some(given) = read(&damage.done_to(&bytes)) {
            assert!(given == whole, "another PDF came out of it");
        }
    });
    // With new checksums throughout.
    holds(60, (damage(), any::<Index>()), |(damage, which)| {
        let which = &all[which.index(all.len())].0;
        let packed = repacked(&bytes, |name, content| {
            Some(if name == which { damage.done_to(&content) } else { content })
        });
        if let Some(given) = read(&packed) {
            assert!(given == whole, "another PDF came out of it");
        }
    });
}

#[test]
fn a_part_changed_where_it_lies_is_not_assembled() {
    let folder = winners();
    folder.done("plan", &["--parts", "1", "--only", "荣誉证书"]);
    folder.done("run", &["--shard", "1/1"]);
    let place = only_file(&folder, ".part");
    let bytes = fs::read(&place).unwrap();
    let refused = |packed: Vec<u8>| {
        fs::write(&place, packed).unwrap();
        let ran = folder.accolade("assemble", &["--format", "json"]);
        let codes = ran.codes("error");
        assert_eq!((ran.status, codes), (2, vec!["part-changed".into()]), "{}", ran.stdout);
        assert!(!folder.path("register.db").exists());
    };
    // A PDF and its hash, and what is registered of it.
    let other = b"%PDF-1.7 forged".to_vec();
    let hash = |bytes: &[u8]| {
        use sha2::{Digest, Sha256};
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let pdf = contents(&bytes).unwrap().remove(0);
    refused(repacked(&bytes, |name, content| match name {
        name if name == pdf.0 => Some(other.clone()),
        "part.json" => {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(&hash(&pdf.1)));
            Some(text.replace(&hash(&pdf.1), &hash(&other)).into_bytes())
        }
        _ => Some(content),
    }));
    refused(repacked(&bytes, |name, content| match name {
        "part.json" => Some(String::from_utf8(content).unwrap().replace("王伟", "王五").into()),
        _ => Some(content),
    }));
    refused(repacked(&bytes, |name, content| (name != "part.sig").then_some(content)));
    fs::write(&place, bytes).unwrap();
    folder.done("assemble", &[]);
}
