//! What the scripts beside this file need from the program: sheets to read, the
//! data of documents for other programs, and the floor under any of them.

#![expect(clippy::print_stdout, reason = "a program of its own")]

use std::fs;
use std::path::Path;

use accolade::attest::{Key, OnPage};
use accolade::contest::Contest;
use accolade::fault::Diagnostics;
use accolade::intake;
use accolade::noted::Noted;
use accolade::plan::{Continuation, Mode, Plan};
use accolade::press::Press;
use accolade::register::Register;

mod floor;
mod records;

/// As in the command itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "usage:
  tool sheet FOLDER ROWS SEED   write FOLDER/awards.xlsx for FOLDER/contest.toml, and a signing key
  tool entries FOLDER KIND OUT  write what each document of a kind reads, as OUT/PATH.json
  tool floor PDFS ROUNDS        time what no program could leave out of these PDFs";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["sheet", folder, rows, seed] => sheet(Path::new(folder), number(rows), number(seed)),
        ["entries", folder, kind, out] => entries(Path::new(folder), kind, Path::new(out)),
        ["floor", folder, rounds] => floor::time(Path::new(folder), number(rounds)),
        _ => panic!("{USAGE}"),
    }
}

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number; {USAGE}"))
}

fn sheet(folder: &Path, rows: usize, seed: u64) {
    let contest = sound(Contest::load(folder));
    records::write(&contest, rows, seed, &contest.sheet).expect("the sheet can be written");
    // With a key there, every run signs alike.
    if sound(Key::load(folder)).is_none() {
        sound(Key::generate().save(folder));
    }
}

fn entries(folder: &Path, kind: &str, out: &Path) {
    let contest = sound(Contest::load(folder));
    let press = sound(Press::new(&contest));
    let key = sound(Key::load(folder)).expect("`sheet` made a key");
    let register = sound(Register::open(folder));
    let printable = |character| press.fonts().covers(character);
    let read =
        intake::read(&sound(intake::Inputs::open(&contest.sheet, &contest)), &contest, printable);
    let (roster, noticed) = (read.value.roster, read.noted);
    assert!(!noticed.has_errors(), "{noticed:?}");
    let continuation = Continuation { ledger: register.ledger(), mode: Mode::Issue { new: &[] } };
    let Noted { value: plan, noted: noticed } =
        Plan::new(&contest, &roster, continuation, Some(&key));
    assert!(!noticed.has_errors(), "{noticed:?}");
    for document in plan.documents.iter().filter(|it| plan.kind(it).name == kind) {
        let code = sound(press.code(&plan, document, &OnPage::default()));
        let entry = press.entry(&plan, document, code.as_ref(), &plan.kind(document).facts);
        let path = out.join(format!("{}.json", document.path));
        fs::create_dir_all(path.parent().expect("in `out`")).expect("a folder can be made");
        fs::write(path, entry).expect("the data can be written");
    }
}

fn sound<T>(result: Result<T, Diagnostics>) -> T {
    result.unwrap_or_else(|faults| panic!("{faults:?}"))
}
