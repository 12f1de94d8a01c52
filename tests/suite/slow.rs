//! What makes a template slow is told by `check`, with what it costs.

use std::fmt::Write;
use std::io::Cursor;

use serde_json::Value as Json;

use crate::support::{Folder, Ran};

/// A certificate that shows what it must, and then `more`.
fn certificate(more: &str) -> Folder {
    let folder = Folder::example();
    folder.edit("contest.toml", "# code   = false", "code   = false");
    folder.write(
        "templates/certificate.typ",
        format!(
            "#let entry = json(\"/entry.json\")\n#let e = entry.entrants.first()\n\
             #set document(title: \"x\")\n#set page(flipped: true)\n\
             #set text(font: \"Noto Serif SC\", lang: \"zh\")\n\
             #(e.group, e.award, e.organization).join()\n\n#e.project\n\n#e.members.join()\n\n\
             #entry.document.number\n{more}"
        ),
    );
    folder
}

/// The line of `more` in [`certificate`].
const LINE: u64 = 13;

/// What `check` says of slow templates.
fn slow(ran: &Ran) -> Vec<Json> {
    let json = ran.json();
    let all = json["diagnostics"].as_array().unwrap().iter();
    all.filter(|diagnostic| diagnostic["code"] == "slow-template").cloned().collect()
}

fn check(folder: &Folder) -> Vec<Json> {
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    slow(&ran)
}

/// The one thing that makes the certificate slow.
fn told(folder: &Folder) -> Json {
    let mut found = check(folder);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

fn says(diagnostic: &Json, words: &[&str]) {
    let text = format!("{} {}", diagnostic["message"], diagnostic["help"]);
    for word in words {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
}

/// A border of a hundred waves.
const WAVES: &str = "#for i in range(100) {\n  \
    place(top, dx: calc.rem(i, 20) * 10mm, dy: calc.quo(i, 20) * 10mm, \
    curve(stroke: red, curve.cubic((3pt, 8pt), (6pt, -8pt), (10pt, 0pt)), \
    curve.cubic((13pt, 8pt), (16pt, -8pt), (20pt, 0pt)), \
    curve.cubic((23pt, 8pt), (26pt, -8pt), (30pt, 0pt))))\n}";

fn waves_as_svg() -> String {
    let mut waves = String::new();
    for i in 0..100 {
        let (x, y) = (i % 20 * 28, i / 20 * 28);
        let wave = "c3 8 6 -8 10 0 c3 8 6 -8 10 0 c3 8 6 -8 10 0";
        write!(waves, "<path d='M{x} {y} {wave}' fill='none' stroke='red'/>").unwrap();
    }
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='600' height='200'>{waves}</svg>")
}

/// A bitmap that no encoder makes small.
fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut state = 1_u32;
    let bytes = (0..width * height * 3).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let mut png = Cursor::new(Vec::new());
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&bytes.collect::<Vec<_>>()).unwrap();
    writer.finish().unwrap();
    png.into_inner()
}

#[test]
fn stroked_curves_are_told_at_their_line_with_their_cost() {
    let folder = certificate(WAVES);
    let found = told(&folder);
    assert_eq!(
        (&found["severity"], &found["file"]),
        (&"warning".into(), &"templates/certificate.typ".into())
    );
    assert_eq!(found["line"], LINE + 1, "{found}");
    says(&found, &["“荣誉证书”", "100 个", "毫秒", "45 份", "image(\\\"边框.svg\\\")"]);
    let ran = folder.accolade("check", &["--lang", "en"]);
    assert_eq!(ran.status, 0, "a warning and no more");
    for words in ["100 stroked curves", " ms for each document", "all 45", "border.svg"] {
        assert!(ran.stdout.contains(words), "{words:?} is not in {}", ran.stdout);
    }
    assert!(folder.out().is_empty(), "{:?}", folder.out());
}

#[test]
fn the_same_border_as_svg_is_not_told() {
    let folder = certificate("#place(top, image(\"border.svg\"))");
    folder.write("templates/border.svg", waves_as_svg());
    assert_eq!(check(&folder), [] as [Json; 0]);
}

#[test]
fn a_bitmap_is_told_with_its_size_and_what_paper_shows_of_it() {
    let folder = certificate("#place(top, image(\"photo.png\", width: 100mm))");
    folder.write("templates/photo.png", noise(2400, 1800));
    let found = told(&folder);
    assert_eq!(
        (&found["file"], &found["line"]),
        (&"templates/certificate.typ".into(), &LINE.into())
    );
    // 100 mm at 300 dpi.
    says(&found, &["2400 × 1800", "大 13.0 MB", "1182 × 886", "300 dpi"]);
    // One that is as fine as paper can show is still large.
    folder.edit("templates/certificate.typ", "width: 100mm", "width: 230mm");
    let found = told(&folder);
    says(&found, &["JPEG"]);
    folder.write("templates/photo.png", noise(240, 180));
    assert_eq!(check(&folder), [] as [Json; 0]);
}

#[test]
fn a_filter_in_an_svg_is_told() {
    let folder = certificate("#place(top, image(\"seal.svg\", width: 60mm))");
    folder.write(
        "templates/seal.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>\
         <filter id='f'><feGaussianBlur stdDeviation='5'/></filter>\
         <circle cx='50' cy='50' r='40' fill='red' filter='url(#f)'/></svg>",
    );
    says(&told(&folder), &["滤镜"]);
}

#[test]
fn state_that_makes_typst_lay_out_again_and_again_is_told() {
    let settling = "#let n = state(\"n\", 0)\n\
         #context { if n.final() < 3 { n.update(n.final() + 1) } else { n.update(3) } }\n\
         #context { for i in range(4000) { let _ = (i + n.final()) * e.project.len() } }";
    let found = told(&certificate(settling));
    says(&found, &["排了 5 遍", "state"]);
    assert_eq!(found["file"], "contest.toml", "a kind of documents, where no line can be told");
}

#[test]
fn a_template_that_fails_is_told_before_anything_is_made() {
    let folder = certificate("#e.nonsense");
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    let json = ran.json();
    let fault = &json["diagnostics"][0];
    assert_eq!((&fault["code"], &fault["line"]), (&"template".into(), &LINE.into()), "{fault}");
    // So is what only the longest name is too long for.
    let project = "长".repeat(60);
    let names: Vec<String> = (1..=20).map(|n| format!("项目{n}")).collect();
    let mut rows: Vec<[&str; 6]> =
        names.iter().map(|name| ["企业组", "一等奖", name, "山河有限公司", "王伟", ""]).collect();
    rows.push(["企业组", "一等奖", &project, "山川有限公司", "李芳", ""]);
    let folder = Folder::with_rows(&rows);
    let own = certificate("#place(top, box(width: 9999mm, align(right, e.project.slice(-60))))");
    folder.edit("contest.toml", "# code   = false", "code   = false");
    let template = std::fs::read(own.path("templates/certificate.typ")).unwrap();
    folder.write(
        "templates/certificate.typ",
        String::from_utf8(template).unwrap().replace(
            "#place(top, box(width: 9999mm, align(right, e.project.slice(-60))))",
            "#if e.project.len() > 100 { place(right, dx: 200mm, e.project) }",
        ),
    );
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("outside-page".into(), "名单!C22".into())], "{}", ran.stdout);
}

/// Every template is made for each entrant here, the lists, too: whatever is
/// slow in one of them would be told.
#[test]
fn no_built_in_template_is_slow() {
    let folder = Folder::example();
    let example = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    for design in ["formal", "modern", "preprinted"] {
        for paper in ["a4 landscape", "a3 portrait"] {
            let look = format!("design = \"{design}\"\npaper = \"{paper}\"\n");
            let more = format!(
                "[[documents]]\nname = \"个人\"\ntemplate = \"certificate.typ\"\neach = \"member\"\n\
                 number = \"R-{{seq:03}}\"\npath = \"个人/{{number}}.pdf\"\npages = 1\n\
                 [documents.facts]\n{look}\n\
                 [[documents]]\nname = \"校准\"\ntemplate = \"calibration.typ\"\neach = \"entrant\"\n\
                 path = \"校准.pdf\"\npages = 1\nprove = []\n[documents.facts]\npaper = \"{paper}\"\n"
            );
            let toml = example
                .replace("each     = \"contest\"", "each     = \"entrant\"")
                .replace("each     = \"county\"", "each     = \"entrant\"")
                .replace("design = \"formal\"", &format!("design = \"{design}\""))
                .replace("paper  = \"a4 landscape\"", &format!("paper = \"{paper}\""));
            folder.write("contest.toml", toml + &more);
            assert_eq!(check(&folder), [] as [Json; 0], "{design} {paper}");
        }
    }
}

/// What `check` says, beside what a run of the same template takes longer.
#[test]
#[ignore = "prints what slow things cost on this machine"]
#[expect(clippy::print_stderr, reason = "it is there to print")]
fn what_slow_things_cost() {
    let seconds = |folder: &Folder| {
        let arguments = ["--only", "荣誉证书", "--draft", "--threads", "1", "--format", "json"];
        let run = || folder.done("run", &arguments).json()["seconds"].as_f64().unwrap();
        (0..5).map(|_| run()).fold(f64::INFINITY, f64::min)
    };
    let plain = seconds(&certificate(""));
    let image = |name: &str| format!("#place(top, image(\"{name}\", width: 100mm))");
    let data = noise(1000, 1000);
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &data);
    let holding = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         width='100' height='100'><image width='100' height='100' \
         xlink:href='data:image/png;base64,{encoded}'/></svg>"
    );
    let files: [(&str, Vec<u8>); 3] =
        [("a.png", data), ("a.svg", waves_as_svg().into()), ("b.svg", holding.into())];
    for (what, more) in [
        ("100 stroked curves of 3 segments", WAVES.to_owned()),
        ("the same as SVG", image("a.svg")),
        ("a PNG of a megapixel", image("a.png")),
        ("an SVG that holds it", image("b.svg")),
    ] {
        let folder = certificate(&more);
        for (name, bytes) in &files {
            folder.write(&format!("templates/{name}"), bytes);
        }
        let adds = (seconds(&folder) - plain) / 45.0 * 1e3;
        let said = check(&folder).into_iter().map(|it| it["message"].to_string());
        eprintln!("{what}: a run takes {adds:.1} ms more for each; {:?}", said.collect::<Vec<_>>());
    }
}
