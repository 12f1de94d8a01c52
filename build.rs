//! What a build needs to know beside the code: when templates come or go, from
//! which commit it is, and what Windows shows of the program's file.

use std::env;
use std::fs;

fn main() {
    // The library that embeds the templates notices changed files only.
    println!("cargo::rerun-if-changed=templates");
    commit();
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        resources();
    }
}

/// The commit: as whoever builds says, or as cargo noted it in what it published.
fn commit() {
    const NOTED: &str = ".cargo_vcs_info.json";
    println!("cargo::rerun-if-env-changed=ACCOLADE_COMMIT");
    if env::var_os("ACCOLADE_COMMIT").is_some() {
        return;
    }
    // Only what is published has it. Cargo takes a file that is missing for one that
    // has changed: to name it here would build everything anew each time.
    let Ok(noted) = fs::read_to_string(NOTED) else { return };
    println!("cargo::rerun-if-changed={NOTED}");
    let commit = noted.split("\"sha1\"").nth(1).and_then(|after| after.split('"').nth(1));
    if let Some(commit) = commit.and_then(|commit| commit.get(..10)) {
        println!("cargo::rustc-env=ACCOLADE_COMMIT={commit}");
    }
}

/// Icon, version and manifest. They belong to the program alone: whoever builds
/// another one with the library has their own.
fn resources() {
    println!("cargo::rerun-if-changed=dist/accolade.ico");
    println!("cargo::rerun-if-changed=dist/windows.manifest");
    if env::var_os("CARGO_FEATURE_COMMAND").is_none() {
        return;
    }
    winresource::WindowsResource::new()
        .set_icon("dist/accolade.ico")
        .set_manifest_file("dist/windows.manifest")
        .set("FileDescription", "accolade 证书制作")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set_language(0x0804)
        .compile_for("accolade")
        .expect("windres of mingw-w64, or rc of the Windows SDK, makes the resources");
}
