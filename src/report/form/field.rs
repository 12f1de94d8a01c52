//! What a form consists of, as a page reads it.

use serde::Serialize;
use serde_json::Value as Json;

use crate::contest::path::Step;
use crate::report::faults::FaultReport;

/// A contest as a form.
#[derive(Debug, Serialize)]
pub struct Form {
    /// Its parts, as one thinks of a contest.
    pub sections: Vec<Section>,
    /// What is wrong and stands at no field.
    pub faults: Vec<FaultReport>,
}

/// A part of the form.
#[derive(Debug, Serialize)]
pub struct Section {
    /// A name for programs.
    pub name: &'static str,
    /// Its name for people.
    pub label: String,
    /// Its fields in their order.
    pub fields: Vec<Field>,
}

/// A field of the form: a key of the file, whether it stands there or not.
#[derive(Debug, Serialize)]
pub struct Field {
    /// The way to it, as changes name it.
    pub path: Vec<Step>,
    /// What it is called.
    pub label: String,
    /// What more there is to say of it; perhaps nothing.
    pub meaning: String,
    /// What it may be.
    #[serde(flatten)]
    pub kind: Kind,
    /// What stands there; `null` where nothing does. Days are ISO 8601 text.
    pub value: Json,
    /// What it is where nothing stands there; `null` for nothing.
    pub default: Json,
    /// Whether the contest cannot do without it.
    pub needed: bool,
    /// What is wrong with it.
    pub faults: Vec<FaultReport>,
}

/// What a field may be.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// Any text.
    Text,
    /// A list of texts; one that stands there by itself is a list of one.
    Texts,
    /// A day.
    Date,
    /// A number.
    Number,
    /// A number from 0.
    WholeNumber,
    /// `true` or `false`.
    YesNo,
    /// A length such as `30mm`.
    Length,
    /// One of several texts.
    Choice {
        /// Which.
        choices: Vec<Choice>,
        /// Whether it may be any other text, too.
        open: bool,
    },
    /// A list of such texts.
    Choices {
        /// Which.
        choices: Vec<Choice>,
        /// Whether others may be among them.
        open: bool,
    },
    /// The columns of a list, each a field's name or a table of `field` and
    /// `title`; the list is set as a whole.
    Columns {
        /// The fields that the program knows.
        choices: Vec<Choice>,
    },
    /// Fields under their own names.
    Table {
        /// Those fields.
        fields: Vec<Field>,
    },
    /// Any number of tables.
    Tables {
        /// Those that stand there.
        entries: Vec<Entry>,
    },
}

/// One of a list of tables.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The way to it.
    pub path: Vec<Step>,
    /// What it is called: its name, if it has one.
    pub label: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What is wrong and stands at none of them.
    pub faults: Vec<FaultReport>,
}

/// One of several texts.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// As the file has it.
    pub value: String,
    /// What it means.
    pub label: String,
}
