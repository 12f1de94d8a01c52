//! The documents, each with what makes it a certificate and its path.

use rayon::prelude::*;
use serde::Serialize;

use super::filename::{self, Taken};
use super::filler::{Filler, Number};
use super::subject::{Person, Subject};
use crate::attest::Statement;
use crate::contest::Contest;
use crate::contest::pattern::Placeholder;
use crate::roster::Roster;

/// One document to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Index of its kind in [`Contest::documents`].
    pub(crate) kind: usize,
    /// What makes it a certificate, if its kind is numbered.
    pub(crate) certificate: Option<PlannedCertificate>,
    /// Its path in the package.
    pub path: String,
    /// Indices of the entrants it is about in [`Roster::entrants`].
    pub(crate) entrants: Vec<usize>,
    /// The member it is about.
    pub(crate) member: Option<Person>,
}

/// A number and what is stated under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedCertificate {
    /// The number.
    pub(crate) number: String,
    /// Its revision, from 1.
    pub(crate) revision: u32,
    /// The number with its sequence left out.
    pub(crate) series: String,
    /// The sequence within the series, from 1.
    pub(crate) seq: u32,
    /// Whom it is about: the entrant's identity or the shared field.
    pub(crate) subject: String,
    /// The facts it states, where they are not what follows from its entrant.
    pub(crate) stated: Option<Box<Statement>>,
}

/// A certificate that an entrant gets.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Issued {
    /// The name of its kind.
    pub(crate) kind: String,
    /// Its number.
    pub(crate) number: String,
    /// The member it is for.
    pub(crate) member: Option<String>,
}

impl Document {
    /// What it is about.
    pub(super) fn subject(&self) -> Subject {
        Subject { entrants: self.entrants.clone(), member: self.member.clone() }
    }

    /// Its number, if its kind is numbered.
    pub(crate) fn number(&self) -> Option<&str> {
        self.certificate.as_ref().map(|certificate| certificate.number.as_str())
    }
}

/// The documents, each with its number and its path in the package, and the
/// paths that are taken so.
pub(super) fn documents(
    contest: &Contest,
    roster: &Roster,
    wanted: Vec<((usize, Subject), Option<Number>)>,
) -> (Vec<Document>, Taken) {
    let document = |((kind, subject), number): ((usize, Subject), Option<Number>)| {
        let definition = &contest.documents[kind];
        let lang = contest.language.lang;
        let filler = Filler { contest, roster, subject: &subject };
        let path = definition.path.fill(|placeholder| match placeholder {
            Placeholder::Number => {
                filename::value(number.as_ref().map_or("", |number| &number.number), lang)
            }
            other => filename::value(&filler.text(other), lang),
        });
        let path = filename::path(&path);
        let certificate = number.map(|number| PlannedCertificate {
            stated: None,
            subject: filler.identity(definition),
            number: number.number,
            revision: number.revision,
            series: number.series,
            seq: number.seq,
        });
        let Subject { entrants, member } = subject;
        Document { kind, certificate, path, entrants, member }
    };
    let mut documents: Vec<Document> = wanted.into_par_iter().map(document).collect();
    let mut taken = Taken::default();
    for document in &mut documents {
        document.path = taken.unique(&document.path);
    }
    (documents, taken)
}

/// Every entrant's certificates, in the plan's order.
pub(super) fn issued(
    contest: &Contest,
    roster: &Roster,
    documents: &[Document],
) -> Vec<Vec<Issued>> {
    let mut certificates: Vec<Vec<Issued>> = vec![Vec::new(); roster.entrants.len()];
    for document in documents {
        let kind = &contest.documents[document.kind];
        let Some(number) = document.number().filter(|_| !kind.lists_many()) else { continue };
        for &entrant in &document.entrants {
            // One is all that most get.
            certificates[entrant].reserve_exact(1);
            certificates[entrant].push(Issued {
                kind: kind.name.clone(),
                number: number.to_owned(),
                member: document.member.as_ref().map(|member| member.name.clone()),
            });
        }
    }
    certificates
}
