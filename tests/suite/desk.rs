//! The page for clerks by its calls: who may make them, what they do to the folder,
//! and that nothing is lost whatever happens. The page itself is tried in a browser.

mod begun;
mod calls;
mod cells;
mod documented;
mod gate;
mod loss;
mod making;
mod register;
mod sheets;
mod verifying;
