//! One certificate that was issued: its page as it is out there, and what of it
//! can be corrected.

use std::path::Path;

use serde::Serialize;

use super::corrected::fact_of;
use super::opened::Folder;
use super::preview::Look;
use crate::contest::{Contest, Named};
use crate::fact::Fact;
use crate::fault::{self, Diagnostics};
use crate::field::Field;
use crate::office;
use crate::package;
use crate::picture;
use crate::plan::{Continuation, Mode, Plan, person_keys};
use crate::press::Picture;
use crate::register::{Certificate, Register};
use crate::roster::{Entrant, Roster};

/// Where the picture of a certificate is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// From the very PDF that was issued.
    Package,
    /// It was drawn again from what the register holds: what `contest.toml` and
    /// the templates say may have changed since.
    Register,
}

/// A certificate's current copy as it looks.
pub struct CurrentPages {
    /// Where the pictures are from.
    pub source: Source,
    /// Its pages.
    pub pages: Vec<Picture>,
}

/// A fact of a certificate that can be typed anew.
#[derive(Debug, Clone, Serialize)]
pub struct Changeable {
    /// The fact; its name is what [`Facts::Typed`](super::Facts::Typed) takes.
    pub fact: Fact,
    /// What it says now, several names as one text.
    pub value: String,
    /// Whether it may be several names.
    pub list: bool,
    /// What it may be, where the contest says so.
    pub choices: Vec<String>,
}

impl Folder {
    /// A certificate's current copy as pictures: from its PDF, if one of the
    /// packages in `out` still holds it, else drawn again.
    ///
    /// # Errors
    /// There is no such number, the register cannot be read, or it is in no
    /// package and cannot be drawn.
    pub fn current_pages(
        &self,
        number: &str,
        out: &Path,
        look: &Look<'_>,
    ) -> Result<CurrentPages, Diagnostics> {
        let register = Register::open(&self.path)?;
        let certificate = office::find(register.ledger(), number)?.clone();
        let entrant = register.entrant(certificate.current())?;
        // Nobody is to wait while pages are drawn.
        drop(register);
        // Whatever is wrong with that folder, there is another way.
        let found = package::find_pdf(out, &certificate.current().sha256).ok().flatten();
        if let Some(pages) = found.and_then(|pdf| pages_of(&pdf, look).ok()) {
            return Ok(CurrentPages { source: Source::Package, pages });
        }
        let Some(entrant) = entrant else {
            return Err(fault::Issued::NotInPackages { number: number.to_owned() }.into());
        };
        let pages = self.drawn_again(&certificate, entrant, look)?;
        Ok(CurrentPages { source: Source::Register, pages })
    }

    /// A certificate of one entrant, made of what the register holds of it.
    fn drawn_again(
        &self,
        certificate: &Certificate,
        entrant: Entrant,
        look: &Look<'_>,
    ) -> Result<Vec<Picture>, Diagnostics> {
        let (ledger, key) = self.past()?;
        let roster = Roster::of_one(entrant);
        // What has changed since is no matter here.
        let continuation = Continuation { ledger: &ledger, mode: Mode::Correct { typed: None } };
        let mut plan = Plan::new(&self.contest, &roster, continuation, Some(&key)).value;
        let number = certificate.number.as_str();
        let Some(index) = plan.documents.iter().position(|it| it.number() == Some(number)) else {
            return Err(fault::Issued::NotInPackages { number: number.to_owned() }.into());
        };
        if let Some(planned) = &mut plan.documents[index].certificate {
            planned.revision = certificate.current().revision;
            planned.stated = Some(Box::new(certificate.statement().clone()));
        }
        let mut drawn = self.drawn(&plan, &[index], look)?.value;
        Ok(drawn.documents.pop().map(|it| it.pages).unwrap_or_default())
    }

    /// The facts of a certificate that can be typed anew, in the order in which
    /// it states them.
    ///
    /// # Errors
    /// There is no such number, it is revoked, it is not about one entrant, or
    /// the register cannot be read.
    pub fn changeable(&self, number: &str) -> Result<Vec<Changeable>, Diagnostics> {
        let register = Register::open(&self.path)?;
        let certificate = office::find(register.ledger(), number)?;
        if let Some(reason) = certificate.revoked.clone() {
            return Err(fault::Issued::NumberRevoked { number: number.to_owned(), reason }.into());
        }
        let Some(entrant) = register.entrant(certificate.current())? else {
            return Err(fault::Issued::NotOneEntrant { number: number.to_owned() }.into());
        };
        let facts = certificate.statement().facts().iter().map(|(fact, _)| *fact);
        let changeable = facts.filter(|fact| fact_of(fact.name(), &self.contest) == Some(*fact));
        let form = changeable.filter_map(|fact| {
            Some(Changeable {
                fact,
                value: self.present(certificate, &entrant, fact)?,
                list: fact.is_list(),
                choices: choices(&self.contest, fact),
            })
        });
        Ok(form.collect())
    }

    /// What a fact says now, as it would be typed.
    fn present(&self, certificate: &Certificate, entrant: &Entrant, fact: Fact) -> Option<String> {
        match fact {
            Fact::Field(field) => Some(entrant.texts(field).join("、")),
            Fact::Member => {
                let names = entrant.texts(self.people(certificate));
                let keys = person_keys(names.clone());
                let key = certificate.current().member.as_ref()?;
                let position = keys.iter().position(|it| it == key)?;
                names.get(position).cloned()
            }
            _ => None,
        }
    }
}

fn pages_of(pdf: &[u8], look: &Look<'_>) -> Result<Vec<Picture>, Diagnostics> {
    let mut pages = Vec::new();
    while let Some(page) = picture::of_page(pdf, pages.len() + 1, look.pixels_per_inch)? {
        pages.push(Picture { png: page.png, marked: false });
    }
    Ok(pages)
}

fn choices(contest: &Contest, fact: Fact) -> Vec<String> {
    fn names<T: Named>(all: &[T]) -> Vec<String> {
        all.iter().map(|it| it.name().to_owned()).collect()
    }
    match fact {
        Fact::Field(Field::Group) => names(&contest.groups),
        Fact::Field(Field::Award) => names(&contest.awards),
        Fact::Field(Field::County) => names(&contest.counties),
        _ => Vec::new(),
    }
}
