//! A package that is verified.

use std::fs;

use accolade::verify::{Trust, Verdict};
use proptest::prelude::*;
use proptest::sample::Index;

use super::damage::damage;
use super::{Issued, contents, holds, issued, verdict};
use crate::support::repacked;

#[test]
fn a_package_is_genuine_only_with_what_was_packed() {
    let Issued { folder, zip, .. } = issued();
    let trust = Trust::new(Some(&folder.path("")), None).unwrap();
    let changed = folder.path("changed.zip");
    let whole = contents(&zip).unwrap();
    let is_genuine = |bytes: &[u8]| {
        fs::write(&changed, bytes).unwrap();
        verdict(&changed, &trust) == Some(Verdict::Genuine)
    };
    assert!(is_genuine(&zip));
    holds(300, damage(), |damage| {
        let bytes = damage.done_to(&zip);
        if is_genuine(&bytes) {
            let mut found = contents(&bytes).expect("it can be read");
            found.sort();
            let mut whole = whole.clone();
            whole.sort();
            assert!(found == whole, "something else passes for the package: {damage:?}");
        }
    });
    holds(60, (damage(), any::<Index>()), |(damage, which)| {
        let (which, before) = &whole[which.index(whole.len())];
        let after = damage.done_to(before);
        let packed = repacked(&zip, |name, content| {
            Some(if name == which { after.clone() } else { content })
        });
        assert!(!is_genuine(&packed) || after == *before, "{which}");
    });
    // A small file that unpacks to a large one costs no memory.
    let bomb = repacked(&zip, |name, content| match name {
        "manifest.json" => Some(vec![b' '; 300 << 20]),
        _ => Some(content),
    });
    assert!(!is_genuine(&bomb));
}
