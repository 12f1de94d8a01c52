//! Roster + contest → [`Plan`]: which documents there are, for whom, under
//! which number and path, in which order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::cell::CellRef;
use crate::contest::pattern::{Pattern, Placeholder};
use crate::contest::{Contest, DocumentKind, Each};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::field::Field;
use crate::intake::{Entrant, Roster};

mod filename;

/// All documents of a run, in the order they stand in the package.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The contest.
    pub contest: &'a Contest,
    /// Who is in it.
    pub roster: &'a Roster,
    /// What is to be made.
    pub documents: Vec<Document>,
    about: Json,
}

/// One document to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Index of its kind in [`Contest::documents`].
    pub kind: usize,
    /// Its number, if its kind has one.
    pub number: Option<String>,
    /// Its path in the package.
    pub path: String,
    /// Indices of the entrants it is about in [`Roster::entrants`].
    pub entrants: Vec<usize>,
    /// The member it is about.
    pub member: Option<String>,
}

/// How a document addresses an entrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Recipient {
    /// 你单位.
    Enterprise,
    /// 你团队.
    Team,
    /// 你.
    Person,
}

impl<'a> Plan<'a> {
    /// Plans every document of `contest` for `roster`.
    ///
    /// While rows are held, no document that lists many entrants is planned: a
    /// list that leaves out a winner is worse than none.
    pub fn new(contest: &'a Contest, roster: &'a Roster) -> (Self, Diagnostics) {
        let mut faults = Diagnostics::default();
        let mut numbering = Numbering::default();
        let mut taken = filename::Taken::default();
        let mut documents = Vec::new();
        let mut lists_held = Vec::new();
        for (kind, definition) in contest.documents.iter().enumerate() {
            if lists_many(definition.each) && !roster.held.is_empty() {
                lists_held.push(definition.name.clone());
                continue;
            }
            for subject in subjects(definition, roster) {
                let filler = Filler { contest, roster, subject: &subject };
                let number =
                    definition.number.as_ref().map(|pattern| numbering.next(pattern, &filler));
                let path = definition.path.fill(|placeholder| match placeholder {
                    Placeholder::Number => filename::value(number.as_deref().unwrap_or_default()),
                    other => filename::value(&filler.text(other)),
                });
                let path = taken.unique(&filename::path(&path));
                let Subject { entrants, member } = subject;
                documents.push(Document { kind, number, path, entrants, member });
            }
        }
        refuse_number_twice(contest, &documents, &mut faults);
        let plan = Self { contest, roster, documents, about: about(contest) };
        plan.warn_of_empty_hands(&mut faults);
        if !lists_held.is_empty() {
            faults.push(Diagnostic::new(Kind::ListsHeld { kinds: lists_held }));
        }
        (plan, faults)
    }

    /// Keeps only documents of the kinds named; all if none is. Numbers and
    /// paths stay what they are in the whole run.
    ///
    /// Errors: a name that `contest.toml` does not define.
    pub fn retain_kinds(&mut self, only: &[String]) -> Result<(), Diagnostics> {
        let known: Vec<&str> =
            self.contest.documents.iter().map(|kind| kind.name.as_str()).collect();
        let mut faults = Diagnostics::default();
        for name in only.iter().filter(|name| !known.contains(&name.as_str())) {
            let known = known.iter().map(|&name| name.to_owned()).collect();
            faults.push(Diagnostic::new(Kind::UnknownDocumentKind { name: name.clone(), known }));
        }
        if faults.has_errors() {
            return Err(faults);
        }
        let wanted = |document: &Document| only.iter().any(|name| name == known[document.kind]);
        self.documents.retain(|document| only.is_empty() || wanted(document));
        Ok(())
    }

    /// The package's file name.
    pub fn package_name(&self) -> String {
        filename::path(&format!("{}.zip", filename::value(&self.contest.package)))
    }

    /// The kind of a document.
    pub fn kind(&self, document: &Document) -> &'a DocumentKind {
        &self.contest.documents[document.kind]
    }

    /// The entrants a document is about.
    pub fn entrants<'p>(
        &'p self,
        document: &'p Document,
    ) -> impl Iterator<Item = &'a Entrant> + 'p {
        document.entrants.iter().map(|&index| &self.roster.entrants[index])
    }

    /// The one entrant a document is about; `None` if it lists many.
    pub fn only(&self, document: &Document) -> Option<&'a Entrant> {
        let index = document.entrants.first().filter(|_| !lists_many(self.kind(document).each))?;
        Some(&self.roster.entrants[*index])
    }

    /// The rows a document was made from.
    pub fn rows(&self, document: &Document) -> Vec<CellRef> {
        self.entrants(document).map(|entrant| entrant.source.clone()).collect()
    }

    /// Who gets the document: a member, an organization, or `None` for one
    /// that is about many.
    pub fn recipient<'p>(&'p self, document: &'p Document) -> Option<&'p str> {
        let organization = || self.only(document).map(|entrant| entrant.organization.as_str());
        document.member.as_deref().or_else(organization)
    }

    /// What a person would call the document: its number, else kind and
    /// recipient.
    pub fn title(&self, document: &Document) -> String {
        let kind = &self.kind(document).name;
        match (&document.number, self.recipient(document)) {
            (Some(number), _) => number.clone(),
            (None, Some(recipient)) => format!("{kind} {recipient}"),
            (None, None) => kind.clone(),
        }
    }

    /// The bytes of the document's `/entry.json`.
    pub fn entry(&self, document: &Document) -> Vec<u8> {
        let kind = self.kind(document);
        let entry = Entry {
            contest: &self.about,
            document: About {
                kind: &kind.name,
                number: document.number.as_deref(),
                facts: &kind.facts,
            },
            member: document.member.as_deref(),
            entrants: self
                .entrants(document)
                .map(|entrant| Addressed { recipient: address(entrant, self.contest), entrant })
                .collect(),
        };
        serde_json::to_vec(&entry).expect("an entry has no key that is not text")
    }

    /// A winner without any document of its own is the failure that matters.
    fn warn_of_empty_hands(&self, faults: &mut Diagnostics) {
        let served: BTreeSet<usize> = self
            .documents
            .iter()
            .filter(|document| !lists_many(self.kind(document).each))
            .flat_map(|document| document.entrants.iter().copied())
            .collect();
        for (index, entrant) in self.roster.entrants.iter().enumerate() {
            if !served.contains(&index) {
                let kind = Kind::NoDocument { project: entrant.project.clone() };
                faults
                    .push(Diagnostic::new(kind).at_cell(&entrant.source).for_row(&entrant.source));
            }
        }
    }
}

/// What a template reads.
#[derive(Serialize)]
struct Entry<'a> {
    contest: &'a Json,
    document: About<'a>,
    member: Option<&'a str>,
    entrants: Vec<Addressed<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    kind: &'a str,
    number: Option<&'a str>,
    facts: &'a Json,
}

#[derive(Serialize)]
struct Addressed<'a> {
    #[serde(flatten)]
    entrant: &'a Entrant,
    recipient: Recipient,
}

fn about(contest: &Contest) -> Json {
    json!({
        "name": contest.name,
        "organizers": contest.organizers,
        "date": contest.date.to_string(),
        "groups": contest.groups,
        "awards": contest.awards,
        "facts": contest.facts,
    })
}

fn address(entrant: &Entrant, contest: &Contest) -> Recipient {
    let ends_like_one =
        |ending: &String| entrant.organization.trim_end_matches(['）', ')']).ends_with(ending);
    if entrant.members.as_slice() == std::slice::from_ref(&entrant.organization) {
        Recipient::Person
    } else if entrant.registered_on.is_some() || contest.rules.enterprises.iter().any(ends_like_one)
    {
        Recipient::Enterprise
    } else {
        Recipient::Team
    }
}

fn lists_many(each: Each) -> bool {
    matches!(each, Each::Contest | Each::Field(_))
}

/// What one document is about.
struct Subject {
    entrants: Vec<usize>,
    member: Option<String>,
}

fn subjects(kind: &DocumentKind, roster: &Roster) -> Vec<Subject> {
    let fits = |entrant: &Entrant| {
        kind.conditions.iter().all(|condition| {
            entrant.texts(condition.field).iter().any(|text| condition.values.contains(text))
        })
    };
    let fitting = roster.entrants.iter().enumerate().filter(|(_, entrant)| fits(entrant));
    match kind.each {
        Each::Entrant => {
            fitting.map(|(index, _)| Subject { entrants: vec![index], member: None }).collect()
        }
        Each::Member => fitting
            .flat_map(|(index, entrant)| {
                let members = entrant.members.iter().cloned();
                members.map(move |member| Subject { entrants: vec![index], member: Some(member) })
            })
            .collect(),
        Each::Contest => {
            let entrants: Vec<_> = fitting.map(|(index, _)| index).collect();
            if entrants.is_empty() { Vec::new() } else { vec![Subject { entrants, member: None }] }
        }
        Each::Field(field) => {
            let mut order = Vec::new();
            let mut shared: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
            for (index, entrant) in fitting {
                let key = entrant.texts(field);
                let entrants = shared.entry(key.clone()).or_default();
                if entrants.is_empty() {
                    order.push(key);
                }
                entrants.push(index);
            }
            let entrants = order.iter().filter_map(|key| shared.remove(key));
            entrants.map(|entrants| Subject { entrants, member: None }).collect()
        }
    }
}

/// Fills the placeholders of one document.
struct Filler<'a> {
    contest: &'a Contest,
    roster: &'a Roster,
    subject: &'a Subject,
}

impl Filler<'_> {
    /// The text of every placeholder but `{seq}` and `{number}`, which are not
    /// the subject's own. Where many entrants share a document, the field is
    /// one they agree in.
    fn text(&self, placeholder: Placeholder) -> String {
        let entrant = self.subject.entrants.first().map(|&index| &self.roster.entrants[index]);
        let Some(entrant) = entrant else { return String::new() };
        match placeholder {
            Placeholder::Field(field) => entrant.texts(field).join("、"),
            Placeholder::GroupCode => self.contest.group(&entrant.group).code.clone(),
            Placeholder::AwardRank => self.contest.award(&entrant.award).rank.to_string(),
            Placeholder::Member => self.subject.member.clone().unwrap_or_default(),
            Placeholder::Number | Placeholder::Seq { .. } => String::new(),
        }
    }
}

/// Gives out numbers: `{seq}` counts from 1 among numbers otherwise alike.
#[derive(Default)]
struct Numbering {
    last: HashMap<String, usize>,
}

impl Numbering {
    fn next(&mut self, pattern: &Pattern, filler: &Filler<'_>) -> String {
        let series = pattern.fill(|placeholder| match placeholder {
            Placeholder::Seq { .. } => "\0".to_owned(),
            other => filler.text(other),
        });
        let last = self.last.entry(series).or_default();
        *last += 1;
        pattern.fill(|placeholder| match placeholder {
            Placeholder::Seq { width } => format!("{last:0width$}"),
            other => filler.text(other),
        })
    }
}

fn refuse_number_twice(contest: &Contest, documents: &[Document], faults: &mut Diagnostics) {
    let mut given = BTreeSet::new();
    for document in documents {
        let Some(number) = &document.number else { continue };
        if !given.insert(number) {
            let kind = Kind::NumberTwice { number: number.clone() };
            let place = contest.documents[document.kind].place.clone();
            faults.push(Diagnostic::new(kind).at(place));
        }
    }
}

/// The entrants whose documents strain a template most: the longest project,
/// organization and list of members, and the character in the fewest fonts,
/// each once, in the roster's order.
pub fn worst_cases(roster: &Roster, rarity: impl Fn(char) -> usize) -> Vec<usize> {
    let length = |entrant: &Entrant, field| {
        entrant.texts(field).iter().map(|text| text.chars().count()).sum::<usize>()
    };
    let rarest = |entrant: &Entrant| {
        [Field::Project, Field::Organization, Field::Members]
            .iter()
            .flat_map(|&field| entrant.texts(field))
            .flat_map(|text| text.chars().map(&rarity).collect::<Vec<_>>())
            .max()
            .unwrap_or_default()
    };
    let most = |measure: &dyn Fn(&Entrant) -> usize| {
        let measured = roster.entrants.iter().enumerate().rev();
        measured.max_by_key(|(_, entrant)| measure(entrant)).map(|(index, _)| index)
    };
    let worst = [
        most(&|entrant| length(entrant, Field::Project)),
        most(&|entrant| length(entrant, Field::Organization)),
        most(&|entrant| length(entrant, Field::Members)),
        most(&rarest),
    ];
    worst.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect()
}
