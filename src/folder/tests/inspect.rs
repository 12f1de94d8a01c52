//! Where on its pages a document is told to be wrong, and those pages as
//! pictures.

use std::fs;

use super::super::Purpose;
use super::{Issued, folder};
use crate::inspect::{self, Finding, Judgement, Report};
use crate::package::{self, Opened};
use crate::pdf::Pdf;
use crate::picture;

/// The PDF of a document that is this template.
fn pdf(source: &str) -> Vec<u8> {
    let dir = folder("least");
    let contest = fs::read_to_string(dir.path().join("contest.toml")).unwrap();
    let contest = contest.split("[[documents]]").next().unwrap().to_owned()
        + "[[documents]]\nname = \"公文\"\ntemplate = \"own.typ\"\neach = \"contest\"\npath = \"公文.pdf\"\nprove = []\n";
    fs::write(dir.path().join("contest.toml"), contest).unwrap();
    fs::create_dir(dir.path().join("templates")).unwrap();
    fs::write(dir.path().join("templates/own.typ"), source).unwrap();
    fs::write(dir.path().join("templates/own.toml"), "").unwrap();
    let issued = Issued::new(dir, Purpose::Draft);
    let packed = package::packages(&issued.out()).unwrap().remove(0);
    Opened::open(&issued.out().join(packed.file)).unwrap().file("公文.pdf").unwrap()
}

fn found<'a>(report: &'a Report, code: &str) -> &'a Finding {
    report.findings.iter().find(|finding| finding.rule.code() == code).expect(code)
}

/// What stands in the area of a finding.
fn words(pdf: &[u8], finding: &Finding) -> String {
    let page = Pdf::open(pdf.to_vec()).unwrap().page(finding.page.unwrap() - 1);
    let [left, top, right, bottom] = finding.area.unwrap();
    assert!(left >= 0.0 && top >= 0.0 && right <= page.width && bottom <= page.height);
    let glyphs = page.glyphs.iter().filter(|glyph| {
        let [a, b, c, d] = glyph.extent();
        (left..=right).contains(&f64::midpoint(a, c))
            && (top..=bottom).contains(&f64::midpoint(b, d))
    });
    let text: String = glyphs.filter_map(|glyph| glyph.text.as_deref()).collect();
    text.split_whitespace().collect()
}

#[test]
fn what_is_wrong_is_framed_where_it_stands() {
    let source = include_str!("../../../tests/files/official.typ");
    let source = source.replacen("mark-top = 72mm", "mark-top = 74mm", 1);
    let pdf = pdf(&source);
    let report = inspect::bytes("公文.pdf", pdf.clone()).unwrap();
    let mark = found(&report, "mark-top");
    assert_eq!((mark.verdict, words(&pdf, mark).as_str()), (Judgement::Fail, "某某市教育局文件"));
    for (code, text) in [
        ("title-size", "关于公布“某某杯”创新大赛获奖名单的通知"),
        ("number-form", "某教发〔2026〕12号"),
        ("addressee-colon", "各县（区、市）教育局："),
    ] {
        assert_eq!(words(&pdf, found(&report, code)), text, "{code}");
    }

    // The picture shows the same place: the mark's ink is red, above it is none.
    let page = picture::of_page(&pdf, 1, 96.0).unwrap().unwrap();
    assert!((page.width - 210.0).abs() < 0.1 && (page.height - 297.0).abs() < 0.1);
    let decoder = png::Decoder::new(std::io::Cursor::new(&page.png));
    let mut reader = decoder.read_info().unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let about = reader.next_frame(&mut rgb).unwrap();
    let inked = |[left, top, right, bottom]: [f64; 4]| {
        let at = |length: f64| (length / 25.4 * 96.0) as u32;
        let pixels = (at(top)..at(bottom)).flat_map(|y| (at(left)..at(right)).map(move |x| (x, y)));
        let red = |(x, y): (u32, u32)| {
            let at = ((y * about.width + x) * 3) as usize;
            rgb[at] > 180 && rgb[at + 1] < 80
        };
        pixels.filter(|pixel| red(*pixel)).count()
    };
    let [left, top, right, bottom] = mark.area.unwrap();
    assert!(inked([left, top, right, bottom]) > 1000);
    assert_eq!(inked([left, top - 20.0, right, top - 1.0]), 0);
    assert!(picture::of_page(&pdf, page.pages + 1, 96.0).unwrap().is_none());
    assert!(picture::of_page(&pdf, 0, 96.0).unwrap().is_none());
    assert!(picture::of_page(b"nothing", 1, 96.0).is_err());
}

#[test]
fn places_are_those_of_the_page_as_it_is_shown_however_it_is_turned() {
    for (source, title) in [
        (include_str!("../../../tests/specimens/landscape.typ"), "设备清单"),
        (include_str!("../../../tests/specimens/duplex.typ"), "横排表格"),
    ] {
        let pdf = pdf(source);
        let report = inspect::bytes("公文.pdf", pdf.clone()).unwrap();
        assert_eq!(words(&pdf, found(&report, "annex-mark")), "附件");
        assert_eq!(words(&pdf, found(&report, "annex-title")), title);
        for code in ["folio-form", "folio-text", "folio-below", "folio-side", "turned-head"] {
            let finding = found(&report, code);
            let number = format!("—{}—", finding.page.unwrap());
            assert_eq!(words(&pdf, finding), number, "{code}");
        }
    }
}
