//! What a user would see, one module per capability.

mod bad_input;
mod check;
mod commands;
mod contest;
mod documents;
mod hold;
mod layering;
mod package;
mod support;
mod templates;
