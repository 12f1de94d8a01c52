//! The `accolade` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    accolade::cli::main()
}
