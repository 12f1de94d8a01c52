//! A certificate's PDF that is verified.

use std::fs;

use accolade::verify::{Trust, Verdict};
use proptest::prelude::*;

use super::damage::damage;
use super::{Issued, holds, issued, verdict};

#[test]
fn a_changed_pdf_is_never_the_original() {
    let Issued { folder, pdf, .. } = issued();
    let trust = Trust::new(Some(&folder.path("")), None).unwrap();
    let changed = folder.path("changed.pdf");
    let look = |bytes: &[u8]| {
        fs::write(&changed, bytes).unwrap();
        let _ = accolade::inspect::file(&changed);
        verdict(&changed, &trust)
    };
    assert_eq!(look(&pdf), Some(Verdict::Genuine));
    // What the streams say is changed, too, and not only how they are packed.
    let mut open = lopdf::Document::load_mem(&pdf).unwrap();
    open.decompress();
    let mut unpacked = Vec::new();
    open.save_to(&mut unpacked).unwrap();
    assert_eq!(look(&unpacked), Some(Verdict::Copy));
    holds(150, (damage(), any::<bool>()), |(damage, packed)| {
        let before = if packed { &pdf } else { &unpacked };
        let after = damage.done_to(before);
        assert!(look(&after) != Some(Verdict::Genuine) || after == pdf, "{damage:?}");
    });
}
