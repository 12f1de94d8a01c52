//! `init`, `preview`, `--help` and what every command shares.

mod extras;
mod init;
mod output;
mod places;
mod preview;
mod usage;
