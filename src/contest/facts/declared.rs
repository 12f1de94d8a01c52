//! What one template declares of the facts it reads.

use serde_json::Value as Json;

use crate::field::Field;
use crate::form::{Form, Meaning};

/// A fact that a template reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// Its name in `contest.toml`.
    pub name: String,
    /// What it may be.
    pub form: Form,
    /// The facts of a [`Form::Table`] or of each of [`Form::Tables`].
    pub fields: Vec<Declared>,
    /// Whether the template cannot do without it.
    pub needed: bool,
    /// What it is where `contest.toml` does not say; `null` for nothing.
    pub default: Json,
    /// What of the contest it is where neither says.
    pub default_from: Option<FromContest>,
    /// What it means.
    pub meaning: Meaning,
    /// The template that reads it.
    pub(crate) template: String,
    /// Whether that is the contest's own and this the declaration of the
    /// built-in one in whose place it stands.
    pub(crate) inherited: bool,
}

/// What of the contest a fact may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FromContest {
    /// Its date.
    Date,
    /// The year of its date.
    Year,
}

/// The facts that one template reads, in the order a form asks for them.
#[derive(Debug, Clone, Default)]
pub struct Declaration {
    /// Of `[facts]`, those of the contest.
    pub contest: Vec<Declared>,
    /// Of `[documents.facts]`.
    pub document: Vec<Declared>,
    /// What it says, of `[documents.words]`.
    pub words: Vec<Word>,
    /// The columns of its list, where `contest.toml` names none.
    pub(crate) columns: Vec<Field>,
}

/// A text that a template prints.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its name in `contest.toml`.
    pub name: String,
    /// What it is.
    pub meaning: Meaning,
    /// What it is where neither `contest.toml` nor the language says.
    pub(crate) default: Option<String>,
    /// The holes in it that the template itself fills.
    pub(crate) holes: Vec<String>,
}

impl Declared {
    /// As words need it that speak of these facts, named by their paths.
    pub(super) fn spoken_of(self, paths: &[&str]) -> Self {
        let inner =
            paths.iter().filter_map(|path| path.strip_prefix(&self.name)?.strip_prefix('.'));
        let inner: Vec<&str> = inner.collect();
        let spoken = !inner.is_empty() || paths.contains(&self.name.as_str());
        let needed = self.needed || spoken && self.default_from.is_none();
        let fields = self.fields.into_iter().map(|field| field.spoken_of(&inner)).collect();
        Self { needed, fields, ..self }
    }

    /// As nobody needs it.
    pub(in super::super) fn idle(self) -> Self {
        let fields = self.fields.into_iter().map(Self::idle).collect();
        Self { needed: false, default: Json::Null, fields, ..self }
    }
}

/// Adds what a template declares to what others do.
///
/// # Errors
/// One of them declares it otherwise, here is which.
pub(in super::super) fn join(all: &mut Vec<Declared>, fact: Declared) -> Result<(), String> {
    let Some(known) = all.iter_mut().find(|known| known.name == fact.name) else {
        all.push(fact);
        return Ok(());
    };
    if known.form != fact.form {
        return Err(known.template.clone());
    }
    if fact.needed && !known.needed {
        (known.needed, known.template, known.inherited) = (true, fact.template, fact.inherited);
    }
    if known.default.is_null() {
        known.default = fact.default;
    }
    fact.fields.into_iter().try_for_each(|field| join(&mut known.fields, field))
}
