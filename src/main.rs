//! The `accolade` command.

use std::process::ExitCode;

mod cli;
mod desk;

/// A batch allocates and frees the same sizes for hours: the system's own
/// allocator fragments until a long run needs several times the memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
