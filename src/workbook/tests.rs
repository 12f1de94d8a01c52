//! What every reader makes of real files, and of damaged ones.

use super::*;

mod damaged;
mod halves;
mod locked;
mod readers;
mod shown;

fn sample(name: &str) -> Vec<u8> {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    std::fs::read(files.join(name)).unwrap()
}

fn sheet(name: &str) -> Sheet {
    parse(&sample(name), "名单").unwrap().1.remove(0)
}
