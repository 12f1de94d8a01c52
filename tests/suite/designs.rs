//! The certificate's designs as small pictures, so that a change of their looks
//! is seen. `INSTA_UPDATE=always` takes the new ones.

use std::path::{Path, PathBuf};
use std::{env, fs};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};

use crate::support::Folder;

/// The long side of a picture, in pixels.
const SIDE: f32 = 300.0;

/// Grey levels may differ this much on average: curves are smoothed a little
/// differently by different processors.
const TOLERANCE: f64 = 0.5;

struct Picture {
    width: u32,
    height: u32,
    grey: Vec<u8>,
}

#[test]
fn the_designs_look_as_they_did() {
    let mut faults = Vec::new();
    for design in ["formal", "modern", "preprinted"] {
        for paper in ["a4 landscape", "a4 portrait"] {
            let folder = Folder::with_rows(&[[
                "企业组",
                "一等奖",
                "基于数字孪生的煤层气提纯一体化平台",
                "某某新材料科技股份有限公司",
                "王某某、古丽娜尔·买买提、李某、欧阳某某",
                "",
            ]]);
            folder.edit("contest.toml", "design = \"formal\"", &format!("design = \"{design}\""));
            folder.edit(
                "contest.toml",
                "paper  = \"a4 landscape\"",
                &format!("paper = \"{paper}\""),
            );
            let mut package = folder.package(&["--only", "荣誉证书", "--draft"]);
            let name = package.names().into_iter().find(|name| name.ends_with(".pdf")).unwrap();
            let picture = draw(package.read(&name));
            let file = format!("{design}-{}.png", paper.replace(' ', "-"));
            faults.extend(compare(&pictures().join(file), &picture));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Most certificates are set without measuring their text first.
#[test]
fn what_is_foreseen_of_a_text_is_what_measuring_says() {
    let folder = Folder::example();
    folder.write("templates/foreseen.typ", include_str!("foreseen.typ"));
    let contest = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let kind = "\n[[documents]]\nname = \"预见\"\ntemplate = \"foreseen.typ\"\neach = \"contest\"\npath = \"预见.pdf\"\n";
    folder.write("contest.toml", contest + kind);
    let mut package = folder.package(&["--only", "预见"]);
    let text = package.pdf("预见").text();
    let (held, measured) = (text.matches("held").count(), text.matches("measured").count());
    assert_eq!(held + measured, 3 * 6 * 30 * 3);
    assert!(held > 500, "only {held} of {} are foreseen", held + measured);
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/pictures")
}

fn draw(pdf: Vec<u8>) -> Picture {
    let pdf = hayro::hayro_syntax::Pdf::new(pdf).unwrap();
    let page = &pdf.pages()[0];
    let (width, height) = page.render_dimensions();
    let scale = SIDE / width.max(height);
    let settings =
        RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..Default::default() };
    let drawn =
        hayro::render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let grey = |pixel: &hayro::vello_cpu::color::PremulRgba8| {
        ((u16::from(pixel.r) + u16::from(pixel.g) + u16::from(pixel.b)) / 3) as u8
    };
    Picture {
        width: drawn.width().into(),
        height: drawn.height().into(),
        grey: drawn.data().iter().map(grey).collect(),
    }
}

/// What differs from the picture that is kept.
fn compare(kept: &Path, picture: &Picture) -> Option<String> {
    let shown = kept.display();
    let difference = read(kept).map(|old| {
        if (old.width, old.height) != (picture.width, picture.height) {
            return 255.0;
        }
        let levels = old.grey.iter().zip(&picture.grey).map(|(a, b)| f64::from(a.abs_diff(*b)));
        levels.sum::<f64>() / picture.grey.len() as f64
    });
    if difference.is_some_and(|difference| difference <= TOLERANCE) {
        return None;
    }
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        write(kept, picture);
        return None;
    }
    let new = env::temp_dir().join(kept.file_name().unwrap());
    write(&new, picture);
    let what = difference.map_or("is missing".into(), |levels| format!("differs by {levels:.2}"));
    Some(format!("{shown} {what}; it looks like {} now", new.display()))
}

fn read(path: &Path) -> Option<Picture> {
    let decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(path).ok()?));
    let mut reader = decoder.read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut grey).unwrap();
    Some(Picture { width: info.width, height: info.height, grey })
}

fn write(path: &Path, picture: &Picture) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = std::io::BufWriter::new(fs::File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, picture.width, picture.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&picture.grey).unwrap();
}
