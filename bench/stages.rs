//! What each stage on the way from the sheet to the zip takes: `cargo bench`.
//!
//! Documents follow one another as in a run, none twice, so that typst has kept
//! of each what it keeps in a run.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use accolade::attest::{Key, OnPage};
use accolade::contest::Contest;
use accolade::fault::Diagnostics;
use accolade::intake;
use accolade::package::Package;
use accolade::plan::{Continuation, Document, Mode, Plan};
use accolade::press::{Code, Press, Pressed, Rendered};
use accolade::register::Ledger;
use accolade::roster::Roster;
use divan::Bencher;
use divan::counter::ItemsCount;
use tempfile::TempDir;

mod records;

/// As in the command itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long the sheet is.
const ROWS: usize = 10_000;
/// How many certificates a package gets.
const PACKED: usize = 300;

static CONTEST: LazyLock<Made> = LazyLock::new(Made::new);
static PLAN: LazyLock<Plan<'_>> = LazyLock::new(plan_all);
static NEXT: AtomicUsize = AtomicUsize::new(0);

fn main() {
    divan::main();
}

struct Made {
    folder: TempDir,
    contest: Contest,
    press: Press,
    ledger: Ledger,
    key: Key,
    roster: Roster,
}

impl Made {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/contest.toml");
        fs::copy(example, folder.path().join("contest.toml")).expect("the example is there");
        let contest = sound(Contest::load(folder.path()));
        records::write(&contest, ROWS, 1, &contest.sheet).expect("the sheet can be written");
        let press = sound(Press::new(&contest));
        let roster = read(&contest, &press);
        let (ledger, key) = (Ledger::default(), Key::generate());
        Self { folder, contest, press, ledger, key, roster }
    }
}

fn sound<T>(result: Result<T, Diagnostics>) -> T {
    result.unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn read(contest: &Contest, press: &Press) -> Roster {
    let printable = |character| press.fonts().covers(character);
    intake::read(&sound(intake::Inputs::open(&contest.sheet, contest)), contest, printable)
        .value
        .roster
}

fn plan_all() -> Plan<'static> {
    let Made { contest, ledger, key, roster, .. } = &*CONTEST;
    let continuation = Continuation { ledger, mode: Mode::Issue { new: &[] } };
    let mut plan = Plan::new(contest, roster, continuation, Some(key)).value;
    sound(plan.retain_kinds(&["荣誉证书".to_owned()]));
    plan
}

/// The next certificate and its code.
fn next() -> (&'static Document, Code) {
    let index = NEXT.fetch_add(1, Ordering::Relaxed);
    let document = &PLAN.documents[index % PLAN.documents.len()];
    (
        document,
        sound(CONTEST.press.code(&PLAN, document, &OnPage::default()))
            .expect("a certificate has a code"),
    )
}

/// Of the whole sheet.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn intake(bencher: Bencher<'_, '_>) {
    let Made { contest, press, .. } = &*CONTEST;
    bencher.counter(ItemsCount::new(ROWS)).bench(|| read(contest, press));
}

/// Of everything for the whole sheet.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn plan(bencher: Bencher<'_, '_>) {
    LazyLock::force(&CONTEST);
    bencher.counter(ItemsCount::new(ROWS)).bench(plan_all);
}

/// Signing and drawing the code of one certificate.
#[divan::bench(sample_count = 100, sample_size = 2)]
fn code(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| next().0)
        .bench_values(|document| CONTEST.press.code(&PLAN, document, &OnPage::default()));
}

#[divan::bench(sample_count = 100, sample_size = 2)]
fn compile(bencher: Bencher<'_, '_>) {
    let press = &CONTEST.press;
    bencher
        .with_inputs(next)
        .bench_refs(|(document, code)| press.compiled(&PLAN, document, Some(code)));
}

#[divan::bench(sample_count = 100, sample_size = 2)]
fn proof(bencher: Bencher<'_, '_>) {
    let press = &CONTEST.press;
    let typeset = || {
        let (document, code) = next();
        let pages = press.compiled(&PLAN, document, Some(&code)).expect("it compiles");
        (document, code, pages)
    };
    bencher.with_inputs(typeset).bench_refs(|(document, code, pages)| {
        assert!(press.proved(&PLAN, document, Some(code), pages));
    });
}

#[divan::bench(sample_count = 100, sample_size = 2)]
fn export(bencher: Bencher<'_, '_>) {
    let press = &CONTEST.press;
    let typeset = || {
        let (document, code) = next();
        (document, press.compiled(&PLAN, document, Some(&code)).expect("it compiles"))
    };
    bencher
        .with_inputs(typeset)
        .bench_refs(|(document, pages)| press.exported(&PLAN, document, pages).expect("a PDF"));
}

/// Of so many certificates, with the lists and onto the disk.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn zip(bencher: Bencher<'_, '_>) {
    let Made { folder, press, .. } = &*CONTEST;
    let finished: Vec<Pressed<'_>> = (0..PACKED)
        .map(|index| {
            let document = &PLAN.documents[index];
            let pages = press.compiled(&PLAN, document, None).expect("it compiles");
            let pdf = press.exported(&PLAN, document, &pages).expect("a PDF");
            let (fingerprint, statement) = (String::new(), None);
            Pressed::Document(index, Rendered { pdf, pages: 1, fingerprint, statement })
        })
        .collect();
    bencher.counter(ItemsCount::new(PACKED)).bench(|| {
        let mut package = sound(Package::create(folder.path(), "stages.zip", &PLAN));
        for finished in &finished {
            sound(package.add(&PLAN, finished));
        }
        sound(package.finish(&PLAN, &Diagnostics::default()));
    });
}
