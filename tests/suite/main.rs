//! What a user would see, one module per capability.

mod archive;
mod bad_input;
mod certificates;
mod check;
mod commands;
mod contest;
mod continuity;
mod crash;
mod documents;
mod files;
mod hold;
mod inspect;
mod layering;
mod official;
mod package;
mod proof;
mod register;
mod reissue;
mod report;
mod rules;
mod structure;
mod support;
mod tables;
mod templates;
mod verify;
mod volumes;
