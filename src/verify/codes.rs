//! The codes on a picture: a page as it is drawn, or a photo of one.
//!
//! The only module that knows rxing.

use rxing::DecodeHints;
use rxing::helpers::detect_multiple_in_luma_with_hints;

use crate::attest::{self, Attestation};
use crate::pdf::Picture;

/// A photo's longer side is made this many pixels at most, the finest last:
/// blur and the paper's grain go with what is left out, and a coarse picture
/// takes a fraction of the time.
const SIDES: [u32; 3] = [1000, 1800, 4200];

/// What each code on a picture holds.
pub(super) fn on_picture(picture: Picture) -> Vec<String> {
    let Picture { grey, width, height } = picture;
    let mut hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    hints.CharacterSet = Some("UTF-8".into());
    let found = detect_multiple_in_luma_with_hints(grey, width, height, &mut hints);
    found.into_iter().flatten().map(|code| code.getText().to_owned()).collect()
}

/// What each code on a photo holds: it is looked at in several sizes, until one
/// shows a certificate's code.
pub(super) fn on_photo(picture: &Picture) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let longest = picture.width.max(picture.height);
    let mut tried = None;
    for step in SIDES.map(|side| longest.div_ceil(side).max(1)) {
        if tried.replace(step) == Some(step) {
            continue;
        }
        for code in on_picture(smaller(picture, step)) {
            if !found.contains(&code) {
                found.push(code);
            }
        }
        if !claims(&found).is_empty() {
            break;
        }
    }
    found
}

/// The attestations among what codes hold, each once.
pub(super) fn claims(codes: &[String]) -> Vec<Attestation> {
    let mut claims = Vec::new();
    for code in codes {
        let text = attest::link::read(code);
        let claim = Attestation::parse(text.as_ref().unwrap_or(code));
        claims.extend(claim.filter(|claim| !claims.contains(claim)));
    }
    claims
}

/// A picture with one pixel, their mean, for each square of `step` by `step`.
fn smaller(picture: &Picture, step: u32) -> Picture {
    let &Picture { ref grey, width, height } = picture;
    let (across, down) = ((width / step).max(1), (height / step).max(1));
    let (wide, high) = (step.min(width), step.min(height));
    let mean = |column: u32, row: u32| {
        let rows = row * step..row * step + high;
        let sum: u64 = rows
            .flat_map(|y| {
                let from = (y as usize) * width as usize + (column * step) as usize;
                &grey[from..from + wide as usize]
            })
            .map(|&it| u64::from(it))
            .sum();
        (sum / (u64::from(wide) * u64::from(high))) as u8
    };
    let pixels = (0..down).flat_map(|row| (0..across).map(move |column| (column, row)));
    let grey = pixels.map(|(column, row)| mean(column, row)).collect();
    Picture { grey, width: across, height: down }
}
