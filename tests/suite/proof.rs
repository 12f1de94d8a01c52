//! What a finished page is held against: no words over others, none too small,
//! nobody's telephone where everybody reads it. And the pictures that show it.

use std::fs;
use std::io::BufReader;

use crate::support::{Folder, Ran};

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
        "path     = \"公文/获奖名单公示.pdf\"\npublic   = true                  # 通知四（三）：严格项目信息公开审查\ncolumns  = [",
        "path     = \"公文/获奖名单公示.pdf\"\npublic   = true\ncolumns  = [\"phone\", ",
    );
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error").len(), 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("documents.columns"), "{}", ran.stdout);
}

/// A picture of a page, as `preview` draws it.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

impl Picture {
    fn read(folder: &Folder, file: &str) -> Self {
        let decoder = png::Decoder::new(BufReader::new(fs::File::open(folder.path(file)).unwrap()));
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        let channels = info.color_type.samples();
        let pixels = bytes.chunks(channels).map(|it| [it[0], it[1], it[2]]).collect();
        Self { width: info.width as usize, height: info.height as usize, pixels }
    }

    fn is_red(&self, x: usize, y: usize) -> bool {
        let [red, green, blue] = self.pixels[y * self.width + x];
        red > 230 && green < 60 && blue < 60
    }

    /// The box around everything red above a line, and how many pixels of its
    /// edge are red, in all and at most.
    fn frame(&self, above: usize) -> ([usize; 4], usize, usize) {
        let red: Vec<(usize, usize)> = (0..above)
            .flat_map(|y| (0..self.width).map(move |x| (x, y)))
            .filter(|&(x, y)| self.is_red(x, y))
            .collect();
        assert!(!red.is_empty(), "nothing is red");
        let (x, y) = (red.iter().map(|it| it.0), red.iter().map(|it| it.1));
        let corners =
            [x.clone().min(), y.clone().min(), x.max(), y.max()].map(Option::unwrap_or_default);
        let [left, top, right, bottom] = corners;
        let across = (left..=right).flat_map(|x| [(x, top), (x, bottom)]);
        let down = (top..=bottom).flat_map(|y| [(left, y), (right, y)]);
        let edge: Vec<_> = across.chain(down).collect();
        let found = edge.iter().filter(|&&(x, y)| self.is_red(x, y)).count();
        (corners, found, edge.len())
    }
}

/// Points as pixels of a picture.
fn pixels(points: f64) -> usize {
    (points * 110.0 / 72.0).round() as usize
}

/// The page of `preview 荣誉证书`, which shows faults.
fn marked(folder: &Folder) -> (Ran, Picture) {
    let ran = folder.accolade("preview", &["荣誉证书", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let json = ran.json();
    assert_eq!(json["marked"], json["files"], "{}", ran.stdout);
    let picture = Picture::read(folder, json["files"][0].as_str().unwrap());
    (ran, picture)
}

/// A certificate with everything it needs and `more`, on a page of 400 by 300 pt.
fn drawn_with(more: &str) -> Folder {
    let folder = certificate("");
    let path = "templates/certificate.typ";
    let template = fs::read_to_string(folder.path(path)).unwrap();
    let page = "#set page(width: 400pt, height: 300pt, margin: 20pt)\n";
    folder.write(path, format!("{page}{template}{more}"));
    folder
}

#[test]
fn preview_frames_what_is_wrong_on_the_page_in_red() {
    let at = |dx: f64, dy: f64, body: &str| {
        format!("#place(top + left, dx: {dx}pt - 20pt, dy: {dy}pt - 20pt, {body})")
    };
    for (code, more) in [
        ("type-too-small", at(200.0, 150.0, "text(size: 6pt)[小字小字小字小字]")),
        ("overlap", at(200.0, 150.0, "[盖住盖住]") + &at(210.0, 153.0, "[盖住盖住]")),
        ("missing-glyph", at(200.0, 150.0, "text(size: 20pt)[\u{31350}]")),
    ] {
        let folder = drawn_with(&more);
        let (ran, picture) = marked(&folder);
        assert_eq!(ran.found("error"), [(code.into(), "名单!C2".into())], "{}", ran.stdout);
        // The page is as it was, and what is said stands below it.
        assert!(picture.width.abs_diff(pixels(400.0)) <= 1, "{code}");
        let page = pixels(300.0);
        assert!(picture.height > page + 10, "{code}");
        let below = (page + 2..picture.height).filter(|&y| picture.is_red(1, y)).count();
        assert!(below + 4 > picture.height - page, "{code}: {below}");
        // Everything red on it is one frame around the words.
        let ([left, top, right, bottom], found, edge) = picture.frame(page - 2);
        let near = |at: usize, points: f64| at.abs_diff(pixels(points)) < 12;
        assert!(near(left, 197.0) && near(top, 150.0), "{code}: {left} {top}");
        assert!(right > left + 15 && right < left + pixels(100.0), "{code}: {right}");
        assert!(bottom > top + 8 && bottom < top + pixels(40.0), "{code}: {bottom}");
        if code != "overlap" {
            assert!(found * 10 > edge * 9, "{code}: {found} of {edge}");
        }
    }
}

#[test]
fn preview_frames_at_the_edge_what_is_outside_the_page() {
    let folder = drawn_with("#place(top + left, dx: 340pt, dy: 80pt)[伸到纸外的一行字]");
    let ([left, top, right, bottom], ..) = marked(&folder).1.frame(pixels(300.0) - 2);
    assert!(left.abs_diff(pixels(358.0)) < 8, "{left}");
    assert!(right + 6 > pixels(400.0), "{right}");
    assert!(top > pixels(85.0) && bottom < pixels(125.0), "{top} {bottom}");
    // What lies wholly outside cannot be seen, but where it is can.
    let folder = drawn_with("#place(top + left, dx: 500pt, dy: 80pt)[全在纸外]");
    let ([left, _, right, _], ..) = marked(&folder).1.frame(pixels(300.0) - 2);
    assert!(left > pixels(385.0) && right + 6 > pixels(400.0), "{left} {right}");
}

#[test]
fn preview_tells_below_the_page_what_is_nowhere_on_it() {
    let folder = drawn_with("");
    folder.edit("templates/certificate.typ", ", e.organization", "");
    let (ran, picture) = marked(&folder);
    assert_eq!(ran.found("error"), [("not-readable".into(), "名单!D2".into())]);
    let page = pixels(300.0);
    let red = |rows: std::ops::Range<usize>| {
        rows.flat_map(|y| (0..picture.width).map(move |x| (x, y)))
            .filter(|&(x, y)| picture.is_red(x, y))
            .count()
    };
    assert_eq!(red(0..page - 2), 0);
    assert!(red(page + 2..picture.height) * 2 > (picture.height - page) * picture.width);
}

#[test]
fn preview_tells_people_which_pictures_show_faults() {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强、赵敏", ""],
        ["企业组", "一等奖", &"长".repeat(60), "江海有限公司", "王芳", ""],
    ]);
    folder.write(
        "templates/certificate.typ",
        "#let entry = json(\"/entry.json\")\n#set text(font: \"Noto Serif SC\")\n\
         #let e = entry.entrants.first()\n#(e.group, e.award, e.organization).join()\n\n\
         #e.members.join()\n\n#entry.document.number\n\n\
         #image(bytes(entry.document.code.svg), format: \"svg\", width: 40mm)\n\n\
         #box(width: 9999mm, e.project)",
    );
    let ran = folder.accolade("preview", &["荣誉证书"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let pictures: Vec<&str> = ran.stdout.lines().collect();
    assert!(pictures[0].ends_with("JZCK2026-QY-1-001 山河有限公司 1.png"), "{pictures:?}");
    assert!(pictures[1].ends_with("JZCK2026-QY-1-002 江海有限公司 1.png"), "{pictures:?}");
    assert_eq!(pictures.len(), 2);
    assert!(ran.stderr.contains("最后 1 张图上有问题，已用红框标出"), "{}", ran.stderr);
}

#[test]
fn preview_draws_a_page_whose_text_does_not_fit() {
    let long = "长".repeat(400);
    let folder = Folder::with_rows(&[["企业组", "一等奖", &long, "山河有限公司", "王伟", ""]]);
    let (ran, picture) = marked(&folder);
    assert!(ran.stdout.contains("高度仍超出"), "{}", ran.stdout);
    assert!(picture.height > pixels(595.0) + 10);
    assert!(picture.is_red(1, picture.height - 3));
    // Nothing else is made of it.
    let ran = folder.accolade("run", &["--only", "荣誉证书", "--format", "json"]);
    assert_eq!(ran.found("error").len(), 1, "{}", ran.stdout);
}
