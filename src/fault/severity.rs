//! How much a fault matters, and what it lies in.

/// How much a diagnostic matters; the most serious sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written while it stands.
    Error,
    /// The clerk should look; the work goes on.
    Warning,
    /// What the program did that the clerk may want to know.
    Info,
}

impl Severity {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// What a fault lies in; the exit status follows from it. Whatever decides for
/// many faults sorts last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The user's data, the contest or a template: exit status 1.
    Data,
    /// The environment, but it may pass by itself, so that the same command may
    /// succeed later: exit status 75.
    Transient,
    /// What was asked for: exit status 2.
    Usage,
    /// Files, the register, the key: exit status 2.
    Environment,
}
