//! Builds anew when a template comes or goes: the library that embeds them
//! notices changed files only.

fn main() {
    println!("cargo::rerun-if-changed=templates");
}
