//! What a page asks about a certificate that it was given.

use std::fs;

use super::Issued;
use crate::fault::Diagnostics;
use crate::lang::Lang;
use crate::package::Opened;
use crate::pdf::{Pdf, Picture};
use crate::report::verify::{Agreement, Told};
use crate::verify::{self, Trust, Verdict};

fn code(faults: &Diagnostics) -> &'static str {
    faults.iter().next().unwrap().kind.code()
}

/// A picture as a camera takes it that is held askew in a room's light: turned,
/// darker from the left to the right.
fn askew(page: &Picture, degrees: f64) -> Picture {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (f64::from(page.width), f64::from(page.height));
    let pixel = |column: u32, row: u32| {
        let (x, y) = (f64::from(column) - width / 2.0, f64::from(row) - height / 2.0);
        let (x, y) = (x * cos + y * sin + width / 2.0, y * cos - x * sin + height / 2.0);
        let inside = (0.0..width).contains(&x) && (0.0..height).contains(&y);
        let at = y as usize * page.width as usize + x as usize;
        let grey = if inside { f64::from(page.grey[at]) } else { 90.0 };
        (grey * (0.9 - 0.4 * f64::from(column) / width)) as u8
    };
    let pixels = (0..page.height).flat_map(|row| (0..page.width).map(move |it| (it, row)));
    let grey = pixels.map(|(column, row)| pixel(column, row)).collect();
    Picture { grey, width: page.width, height: page.height }
}

#[test]
fn bytes_a_text_and_a_photo_are_told_of_as_a_file_is() {
    let issued = Issued::of("least");
    let trust = Trust::new(Some(issued.path()), None).unwrap();
    let package = fs::read_dir(issued.out()).unwrap().next().unwrap().unwrap().path();
    let whole = verify::bytes("a.zip", fs::read(&package).unwrap(), &trust).unwrap();
    let told = Told::new(&whole, Lang::Zh);
    assert_eq!((told.verdict, told.says.as_str()), (Verdict::Genuine, "真实，现行有效"));
    assert_eq!(told.package.unwrap().certificates, 5);

    let mut opened = Opened::open(&package).unwrap();
    let statement = opened.statements().remove(0);
    let of_text = |text: String| verify::bytes("code.txt", text.into_bytes(), &trust);
    let told = Told::new(&of_text(format!("\u{feff}{statement}\n")).unwrap(), Lang::Zh);
    assert_eq!(told.verdict, Verdict::Genuine);
    let member = told.certificates[0].facts.iter().find(|it| it.label == "姓名").unwrap();
    assert_eq!((member.text.as_str(), member.shown), ("陆远帆", None));
    let forged = statement.replace("陆远帆", "陆远航");
    let told = Told::new(&of_text(forged).unwrap(), Lang::Zh);
    assert_eq!(told.verdict, Verdict::Altered);
    assert_eq!(told.certificates[0].differs, ["姓名应为“陆远帆”，却是“陆远航”"]);
    assert_eq!(code(&of_text("你好".into()).unwrap_err()), "not-verifiable");

    let entry = opened.entries().unwrap().into_iter().find(|it| it.number.is_some()).unwrap();
    let pdf = opened.file(&entry.path).unwrap();
    let told = Told::new(&verify::bytes("a.pdf", pdf.clone(), &trust).unwrap(), Lang::Zh);
    assert_eq!(told.verdict, Verdict::Genuine);

    let page = Pdf::open(pdf).unwrap().picture(0, 250.0);
    let photo = askew(&page, 11.0);
    let of_photo = |it: &Picture| verify::photo(&it.grey, it.width, it.height, &trust);
    let told = Told::new(&of_photo(&photo).unwrap(), Lang::Zh);
    let certificate = &told.certificates[0];
    assert_eq!((told.verdict, &certificate.number), (Verdict::Copy, &entry.number));
    assert!(told.says.contains("二维码真实，现行有效；纸上印的"), "{}", told.says);
    let facts = certificate.facts.iter().filter(|it| it.label != "版次");
    assert!(facts.clone().count() > 3);
    assert!(facts.clone().all(|it| it.shown == Some(Agreement::Unclear)));

    let blank = Picture { grey: vec![200; 90_000], width: 300, height: 300 };
    assert_eq!(code(&of_photo(&blank).unwrap_err()), "photo-without-code");
    let torn = Picture { grey: vec![200; 10], width: 300, height: 300 };
    assert_eq!(code(&of_photo(&torn).unwrap_err()), "photo-without-code");
}
