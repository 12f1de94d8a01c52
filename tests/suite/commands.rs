//! `init`, `preview`, `--help` and what every command shares.

mod init;
mod output;
mod places;
mod preview;
mod usage;
