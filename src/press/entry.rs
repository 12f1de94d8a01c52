//! A document → what its template reads at `/entry.json`, and the code it shows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::engine::Press;
use crate::attest::{self, Attestation, OnPage};
use crate::contest::pattern::{Piece, Placeholder};
use crate::contest::{FieldKind, ListColumn, Recipient};
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::plan::{Document, Issued, Plan, Volume};
use crate::roster::Entrant;

#[derive(Serialize)]
struct Entry<'a> {
    contest: &'a Json,
    document: About<'a>,
    member: Option<&'a str>,
    entrants: Vec<Addressed<'a>>,
    volume: Option<VolumeEntry<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    kind: &'a str,
    number: Option<&'a str>,
    /// What a revision after the first prints beside its number.
    revision: Option<String>,
    draft: bool,
    code: Option<&'a Code>,
    /// Stands for every certificate of the contest, for lists to print.
    root: Option<&'a str>,
    facts: &'a Json,
    /// The columns of its list.
    columns: &'a [ListColumn],
    /// What it says, word by word, in pieces.
    words: BTreeMap<String, Vec<Piece>>,
}

/// The code on a certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Code {
    /// How it is drawn.
    #[serde(flatten)]
    pub(crate) drawing: attest::code::Symbol,
    /// The address it holds, if it holds one.
    pub(crate) link: Option<String>,
    /// What it says.
    #[serde(skip)]
    pub(crate) attestation: Attestation,
}

/// An entrant as a template sees it.
#[derive(Serialize)]
struct Addressed<'a> {
    #[serde(flatten)]
    entrant: Visible<'a>,
    recipient: Recipient,
    /// Empty but in lists: a certificate must not change with another.
    certificates: &'a [Issued],
    /// The days in a list's columns, as the language writes them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    days: BTreeMap<Field, String>,
}

/// What a template sees of an entrant. Of a certificate it is what the register
/// knows, so that nothing else can be printed.
#[derive(Serialize)]
#[serde(untagged)]
enum Visible<'a> {
    All(&'a Entrant),
    Public(Box<Entrant>),
    Stated(Map<String, Json>),
}

/// The part of a volume whose sheets a template lays out.
#[derive(Serialize)]
struct VolumeEntry<'a> {
    part: usize,
    parts: usize,
    /// Of the pages that the sheets show, in points.
    width: f64,
    height: f64,
    /// One for each page: the document's number and whom it is for.
    pages: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    number: Option<&'a str>,
    recipient: Option<Cow<'a, str>>,
}

impl Press {
    /// The code on a document that is a certificate whose pages show its facts
    /// like this, with the text it holds signed.
    ///
    /// # Errors
    /// Its text is longer than any code can hold.
    pub fn code(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        printed: &OnPage,
    ) -> Result<Option<Code>, Diagnostics> {
        let (Some(statement), Some(key)) = (plan.statement(document), plan.key) else {
            return Ok(None);
        };
        let statement = statement.into_owned();
        let attestation = Attestation::sign_as_printed(statement, printed.clone(), key);
        let text = &attestation.text;
        let link = plan.contest.check.as_ref().map(|page| attest::link::write(page, text));
        let drawn = attest::code::draw(link.as_ref().unwrap_or(text));
        let Some(drawing) = drawn else {
            let fault =
                Diagnostic::new(fault::Documents::CodeTooLong { document: plan.title(document) });
            return Err(match plan.only(document) {
                Some(entrant) => fault.at_cell(&entrant.source).for_row(&entrant.source),
                None => fault.at(plan.kind(document).place.clone()),
            }
            .into());
        };
        Ok(Some(Code { drawing, link, attestation }))
    }

    /// The bytes of the document's `/entry.json`, with the code it shows and
    /// the facts of its kind or of the volume it is bound in.
    pub fn entry(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        code: Option<&Code>,
        facts: &Json,
    ) -> Vec<u8> {
        let kind = plan.kind(document);
        let revision = document.certificate.as_ref().filter(|it| it.revision > 1);
        let revision = revision.zip(kind.revision.as_ref()).map(|(certificate, pattern)| {
            pattern.fill(|placeholder| match placeholder {
                Placeholder::Revision => certificate.revision.to_string(),
                _ => String::new(),
            })
        });
        let lists = plan.only(document).is_none();
        let stated = document.certificate.is_some().then(|| plan.shown(document));
        bytes(&Entry {
            contest: &self.about,
            document: About {
                kind: &kind.name,
                number: document.number(),
                revision,
                draft: plan.key.is_none(),
                // What no code is wanted for is signed and registered all the same.
                code: code.filter(|_| kind.code),
                root: plan.root().filter(|_| lists),
                facts,
                columns: &kind.columns,
                words: plan.words(document).into_iter().collect(),
            },
            member: document.member.as_ref().map(|member| member.name.as_str()),
            entrants: addressed(
                plan,
                &document.entrants,
                (kind.public, lists),
                &kind.columns,
                stated.as_ref(),
            ),
            volume: None,
        })
    }

    /// The bytes of the `/entry.json` of a volume's sheets, which show these
    /// documents, one for each page of `size` in points.
    pub(super) fn sheets_entry(
        &self,
        plan: &Plan<'_>,
        volume: &Volume,
        pages: &[&Document],
        size: (f64, f64),
    ) -> Vec<u8> {
        let definition = plan.definition(volume);
        let mut entrants: Vec<usize> =
            pages.iter().flat_map(|document| document.entrants.iter().copied()).collect();
        entrants.dedup();
        bytes(&Entry {
            contest: &self.about,
            document: About {
                kind: &definition.name,
                number: None,
                revision: None,
                draft: plan.key.is_none(),
                code: None,
                root: None,
                facts: &definition.facts,
                columns: &[],
                words: plan.sheet_words(definition, &entrants).into_iter().collect(),
            },
            member: None,
            entrants: addressed(
                plan,
                &entrants,
                (plan.contest.documents[definition.of].public, true),
                &[],
                None,
            ),
            volume: Some(VolumeEntry {
                part: volume.part,
                parts: volume.parts,
                width: size.0,
                height: size.1,
                pages: pages
                    .iter()
                    .map(|document| Shown {
                        number: document.number(),
                        recipient: plan.recipient(document),
                    })
                    .collect(),
            }),
        })
    }
}

/// The entrants of a document, as it addresses them.
fn addressed<'p>(
    plan: &'p Plan<'_>,
    entrants: &[usize],
    (public, lists): (bool, bool),
    columns: &[ListColumn],
    stated: Option<&BTreeSet<Field>>,
) -> Vec<Addressed<'p>> {
    let contest = plan.contest;
    let columns: Vec<Field> = columns.iter().map(|column| column.field).collect();
    let of_days = |field: &Field| contest.fields.kind(*field) == FieldKind::Date;
    let days: Vec<Field> = columns.iter().copied().filter(of_days).collect();
    let addressed = entrants.iter().map(|&index| {
        let entrant = &plan.roster.entrants[index];
        Addressed {
            recipient: plan.contest.recipient(entrant),
            entrant: match stated {
                Some(fields) => Visible::Stated(stated_of(entrant, fields)),
                None if public => {
                    Visible::Public(Box::new(entrant.without_personal_data(&columns)))
                }
                None => Visible::All(entrant),
            },
            certificates: if lists { plan.issued_to(index) } else { &[] },
            days: days
                .iter()
                .flat_map(|&field| Some((field, contest.printed(entrant, field).pop()?)))
                .collect(),
        }
    });
    addressed.collect()
}

/// The entrant with these fields alone.
fn stated_of(entrant: &Entrant, fields: &BTreeSet<Field>) -> Map<String, Json> {
    let Ok(Json::Object(mut all)) = serde_json::to_value(entrant) else { return Map::new() };
    let has = |field: &Field| fields.contains(field);
    for field in Field::BUILT_IN.iter().filter(|field| !has(field)) {
        all.remove(field.name());
    }
    if !has(&Field::Score) {
        all.remove("score_text");
    }
    all.remove("also");
    if let Some(Json::Object(extra)) = all.get_mut("extra") {
        extra.retain(|name, _| has(&Field::column(name)));
    }
    all
}

fn bytes(entry: &Entry<'_>) -> Vec<u8> {
    serde_json::to_vec(entry).expect("an entry has no key that is not text")
}
