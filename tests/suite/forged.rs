//! Pages of every example that carry a genuine code and say something else: what
//! a forger makes who has the program, but not the key.

use std::fs;

use accolade::attest::{Attestation, code};
use jiff::civil::{Date, date};

use crate::examples::{EXAMPLES, certificates};
use crate::support::{Folder, repacked};

/// A letter or a digit changed where a reader sees it.
fn changed(value: &str) -> String {
    let at = value.char_indices().rev().find(|(_, c)| c.is_alphanumeric());
    let (at, last) = at.expect("a value has a letter");
    let other = match last {
        '7' => '8',
        '0'..='9' => '7',
        'a'..='z' | 'A'..='Z' if last.eq_ignore_ascii_case(&'e') => 'o',
        'a'..='z' | 'A'..='Z' => 'e',
        '丁' => '乙',
        _ => '丁',
    };
    format!("{}{other}{}", &value[..at], &value[at + last.len_utf8()..])
}

/// The number by which a spreadsheet has a day.
fn serial(day: &str) -> Option<i32> {
    let day = Date::strptime("%d %B %Y", day).ok()?;
    Some(day.since(date(1899, 12, 30)).unwrap().get_days())
}

/// Issues what the example issues, with `from` changed to `to` in its sheet and
/// its contest, and the genuine code of `statement` on its pages. Returns the
/// pages of the certificate that stands at `place` in the package.
fn forged(name: &str, statement: &str, place: usize, from: &str, to: &str) -> Option<Vec<u8>> {
    let forger = Folder::of(name);
    let text = fs::read_to_string(forger.path("contest.toml")).unwrap();
    let sheet = fs::read(forger.path("awards.xlsx")).unwrap();
    let mut found = text.contains(from);
    let altered = text.replace(from, to).replace("\nnumber  ", "\ncode = false\nnumber  ");
    forger.write("contest.toml", altered);
    let escaped = |text: &str| text.replace('&', "&amp;");
    let in_sheet = repacked(&sheet, |_, bytes| {
        Some(match String::from_utf8(bytes) {
            Ok(text) => text.replace(&escaped(from), &escaped(to)).into_bytes(),
            Err(error) => error.into_bytes(),
        })
    });
    let plain = repacked(&sheet, |_, bytes| Some(bytes));
    found |= in_sheet != plain;
    if !found {
        return None;
    }
    forger.write("awards.xlsx", in_sheet);
    let drawn = code::draw(statement).unwrap();
    forger.own_template("certificate.typ");
    forger.write("templates/code.svg", drawn.svg);
    let file = "\"code.svg\"";
    let bytes = "bytes(job.code.svg),\n    format: \"svg\"";
    forger.edit("templates/certificate.typ", bytes, file);
    let head = "#let (contest, document: job) = entry";
    let modules = drawn.modules;
    let with_code = format!("{head}\n#let job = (..job, code: (modules: {modules}, link: none))");
    forger.edit("templates/certificate.typ", head, &with_code);
    let mut package = forger.package(&[]);
    let (path, _) = certificates(&mut package).swap_remove(place);
    Some(package.read(&path))
}

#[test]
fn every_fact_of_every_example_that_was_altered_on_its_page_is_caught() {
    let mut tried = 0;
    for name in EXAMPLES {
        let folder = Folder::of(name);
        let mut package = folder.package(&[]);
        let mut kinds = Vec::new();
        for (place, (path, statement)) in certificates(&mut package).into_iter().enumerate() {
            let kind = statement.lines().next().unwrap().to_owned();
            if kinds.contains(&kind) {
                continue;
            }
            kinds.push(kind);
            // The very page, typeset by a forger who changes nothing else.
            let facts = Attestation::parse(&statement).unwrap().statement;
            for (fact, value) in facts.facts() {
                // Of several names the first; of a number what stands before it counts.
                let one = value.split(['、', ';', ',']).next().unwrap();
                let one = match fact.name() {
                    "revision" => continue,
                    "number" => one.split('-').next().unwrap(),
                    _ => one,
                };
                let to = changed(one);
                let page = forged(name, &statement, place, one, &to).or_else(|| {
                    // A day that the sheet has as the number of its day.
                    let day = serial(one)?;
                    let [from, to] = [day, day + 1].map(|day| format!("<v>{day}</v>"));
                    forged(name, &statement, place, &from, &to)
                });
                let page = page.unwrap_or_else(|| panic!("{name}, {path}: {one} stands nowhere"));
                folder.write("forged.pdf", page);
                let ran =
                    folder.raw(&["verify", "forged.pdf", "--register", ".", "--format", "json"]);
                let verdict = ran.json()["verdict"].clone();
                assert_eq!(
                    (ran.status, verdict.as_str()),
                    (1, Some("altered")),
                    "{name}, {path}: {one} → {to}: {}",
                    ran.stdout
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 60, "{tried}");
}
