//! A few documents of every kind, tried before anything is made: those that
//! strain their template most. What passes here can still fail in a run, but
//! only by something that none of these documents shows.

use std::collections::HashSet;
use std::convert::Infallible;
use std::num::NonZeroUsize;

use serde::Serialize;

use super::costly::Laid;
use super::engine::Press;
use super::job::Job;
use super::render;
use crate::contest::{Each, Edition};
use crate::fault::{self, Diagnostics, Kind};
use crate::field::Field;
use crate::noted::Noted;
use crate::plan::{Document, Plan, Volume};

/// How many documents of each kind about single entrants are laid out besides
/// the worst cases.
const FIRST: usize = 1;

/// In a contest of no more entrants than this, lists are tried as they are.
const WHOLE: usize = 100;

/// With how many entrants a list is tried otherwise: a template puts them into
/// rows of a table, and what is wrong with a row hardly depends on how many
/// others there are.
const LISTED: usize = 12;

/// And with how many those that are tried for the field they share.
const SHARED: usize = 3;

/// How many documents a volume is tried with.
const BOUND: usize = 2;

/// What of a kind of document or a volume was tried.
#[derive(Debug, Clone, Serialize)]
pub struct Tried {
    /// Its name.
    pub kind: String,
    /// How many documents were tried.
    pub documents: usize,
    /// How many there are.
    pub of: usize,
    /// With how many entrants at most, where they are about many, and how many
    /// the largest of them has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrants: Option<(usize, usize)>,
}

/// What is tried of a kind.
struct Sample {
    documents: Vec<Document>,
    tried: Tried,
}

impl Press {
    /// Typesets a few documents of every kind, and a few pages of every volume
    /// that has a form of its own, and exports them. Nothing is kept.
    ///
    /// Returns what was tried, everything that is wrong with it, and what makes
    /// templates slow.
    pub(crate) fn rehearse(&self, plan: &Plan<'_>) -> Noted<Vec<Tried>> {
        let (singles, lists) = self.samples(plan);
        let volumes = volumes(plan, &singles);
        let all: Vec<&Document> =
            singles.iter().chain(&lists).flat_map(|sample| &sample.documents).collect();
        let mut trials = side_by_side(all.len(), |nth| self.try_one(plan, all[nth]));
        let sound: Vec<usize> = (0..all.len()).filter(|&nth| !trials[nth].1.has_errors()).collect();
        let mut exports = side_by_side(1 + volumes.len(), |nth| match nth.checked_sub(1) {
            None => {
                let laid =
                    sound.iter().filter_map(|&nth| trials[nth].0.as_ref()).collect::<Vec<_>>();
                self.unexportable(plan, &laid)
            }
            Some(nth) => vec![self.bind(plan, &volumes[nth], &Job::trial(plan, &volumes[nth])).1],
        });
        let of_volumes = exports.split_off(1);
        for (nth, faults) in sound.into_iter().zip(exports.into_iter().flatten()) {
            trials[nth].1.extend(faults);
        }
        let mut found = Diagnostics::default();
        let mut suspect: Vec<&Sample> = Vec::new();
        let mut left = trials.into_iter();
        for sample in singles.iter().chain(&lists) {
            let of_sample = left.by_ref().take(sample.documents.len());
            let (laid, faults): (Vec<_>, Vec<_>) = of_sample.unzip();
            // What fails is not measured, and a list is tried with a part of it.
            let sound =
                sample.tried.entrants.is_none() && !faults.iter().any(Diagnostics::has_errors);
            if sound && laid.iter().flatten().any(Laid::may_be_slow) {
                suspect.push(sample);
            }
            faults.into_iter().for_each(|faults| found.extend(faults));
        }
        of_volumes.into_iter().flatten().for_each(|faults| found.extend(faults));
        // In one worker: it has the stack for it, and what is measured waits
        // for nobody else.
        let measure = |nth: usize| self.measure(plan, &suspect[nth].documents);
        let slow = on_workers(NonZeroUsize::MIN, suspect.len(), measure);
        slow.into_iter().for_each(|slow| found.extend(slow));
        let bound = volumes.iter().map(|volume| {
            let definition = plan.definition(volume);
            let of_kind = plan.documents.iter().filter(|it| it.kind == definition.of);
            let (kind, documents) = (definition.name.clone(), volume.documents.len());
            Tried { kind, documents, of: of_kind.count(), entrants: None }
        });
        let mut tried: Vec<Tried> = Vec::new();
        for kind in &plan.contest.documents {
            let samples = singles.iter().chain(&lists).map(|sample| &sample.tried);
            tried.extend(samples.filter(|it| it.kind == kind.name).cloned());
        }
        tried.extend(bound);
        Noted { value: tried, noted: found.merged().by_script() }
    }

    /// A few documents of each kind about single entrants, and of each about
    /// many.
    fn samples(&self, plan: &Plan<'_>) -> (Vec<Sample>, Vec<Sample>) {
        let all: Vec<usize> = (0..plan.roster.entrants.len()).collect();
        let worst_of_all = self.worst_cases(plan, &all);
        let (mut singles, mut lists) = (Vec::new(), Vec::new());
        for (index, kind) in plan.contest.documents.iter().enumerate() {
            let own: Vec<&Document> = plan.documents.iter().filter(|it| it.kind == index).collect();
            let about_many = matches!(kind.each, Each::Contest | Each::Field(_));
            if own.is_empty() {
                continue;
            }
            let mut tried =
                Tried { kind: kind.name.clone(), documents: 0, of: own.len(), entrants: None };
            let documents = if about_many {
                let chosen = largest_and_longest(plan, &own, kind.each);
                let most = std::iter::once(LISTED).chain(std::iter::repeat(SHARED));
                let chosen = chosen.into_iter().zip(most);
                let excerpts = chosen.map(|(it, most)| self.excerpt(plan, it, most, &worst_of_all));
                let excerpts: Vec<Document> = excerpts.collect();
                let most = |documents: &mut dyn Iterator<Item = &Document>| {
                    documents.map(|it| it.entrants.len()).max().unwrap_or_default()
                };
                let largest = most(&mut own.iter().copied());
                tried.entrants = Some((most(&mut excerpts.iter()), largest));
                excerpts
            } else {
                let worst = match kind.conditions.is_empty() {
                    true => worst_of_all.clone(),
                    false => {
                        let fitting: Vec<usize> =
                            own.iter().flat_map(|it| it.entrants.iter().copied()).collect();
                        self.worst_cases(plan, &fitting)
                    }
                };
                first_and_worst(&own, &worst)
            };
            tried.documents = documents.len();
            let samples = if about_many { &mut lists } else { &mut singles };
            samples.push(Sample { documents, tried });
        }
        (singles, lists)
    }

    /// The document with no more entrants than can be tried: the worst, one of
    /// each group and award, and the first.
    fn excerpt(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        most: usize,
        worst_of_all: &[usize],
    ) -> Document {
        let entrants = &document.entrants;
        if entrants.len() <= most || plan.roster.entrants.len() <= WHOLE {
            return document.clone();
        }
        let mut kept = match entrants.len() == plan.roster.entrants.len() {
            true => worst_of_all.to_vec(),
            false => self.worst_cases(plan, entrants),
        };
        let mut met = HashSet::new();
        let of_each = entrants.iter().filter(|&&index| {
            let entrant = &plan.roster.entrants[index];
            met.insert((&entrant.group, &entrant.award))
        });
        kept.extend(of_each);
        kept.extend(entrants.iter().take(most));
        let mut once = HashSet::new();
        kept.retain(|&index| once.insert(index));
        kept.truncate(most);
        kept.sort_unstable();
        Document { entrants: kept, ..document.clone() }
    }

    /// Lays out and proves a document. Returns it with everything that is wrong
    /// with it.
    fn try_one<'a>(
        &'a self,
        plan: &'a Plan<'_>,
        document: &'a Document,
    ) -> (Option<Laid<'a>>, Diagnostics) {
        let mut faults = Diagnostics::default();
        let laid = self.lay_out(plan, document, &mut faults);
        let whole = plan.documents.contains(document);
        let mut sound = Diagnostics::default();
        // How many pages a list has cannot be told from a part of it.
        let told = |kind: &Kind| {
            whole || !matches!(kind, Kind::Documents(fault::Documents::PageCount { .. }))
        };
        sound.extend(faults.into_iter().filter(|fault| told(&fault.kind)));
        (laid, sound)
    }
}

/// What `work` makes of every index below `count`, on all processors.
fn side_by_side<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = NonZeroUsize::new(rayon::current_num_threads());
    on_workers(threads.unwrap_or(NonZeroUsize::MIN), count, work)
}

fn on_workers<T: Send>(
    threads: NonZeroUsize,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let mut done = Vec::with_capacity(count);
    let Ok(()) = render::in_order(count, threads, count, work, |_, outcome| {
        done.push(outcome);
        Ok::<(), Infallible>(())
    });
    done
}

/// The first, one about each of the worst entrants, and the one with the longest
/// member's name.
fn first_and_worst(own: &[&Document], worst: &[usize]) -> Vec<Document> {
    let length = |document: &Document| document.member.as_ref().map(|it| it.name.chars().count());
    let longest = own.iter().rev().max_by_key(|it| length(it)).filter(|it| it.member.is_some());
    let worst = worst.iter().filter_map(|case| own.iter().find(|it| it.entrants == [*case]));
    let mut sample: Vec<&Document> = own.iter().take(FIRST).copied().collect();
    for document in worst.chain(longest) {
        if !sample.contains(document) {
            sample.push(document);
        }
    }
    sample.into_iter().cloned().collect()
}

/// The document about most entrants, and those whose shared field is the longest
/// and is not filled in.
fn largest_and_longest<'p>(plan: &Plan<'_>, own: &[&'p Document], each: Each) -> Vec<&'p Document> {
    let shared = |document: &Document| match each {
        Each::Field(field) => text(plan, document, field).chars().count(),
        Each::Entrant | Each::Name(_) | Each::Contest => 0,
    };
    let backwards = || own.iter().rev().copied();
    let chosen = [
        backwards().max_by_key(|it| it.entrants.len()),
        backwards().max_by_key(|it| shared(it)),
        own.iter().copied().find(|it| shared(it) == 0),
    ];
    let mut sample: Vec<&Document> = Vec::new();
    for document in chosen.into_iter().flatten() {
        if !sample.contains(&document) {
            sample.push(document);
        }
    }
    sample
}

fn text(plan: &Plan<'_>, document: &Document, field: Field) -> String {
    let first = plan.entrants(document).next();
    first.map(|entrant| entrant.texts(field).concat()).unwrap_or_default()
}

/// A few documents of each volume whose pages are not simply those of the
/// documents by themselves.
fn volumes(plan: &Plan<'_>, singles: &[Sample]) -> Vec<Volume> {
    let mut volumes = plan.volumes();
    volumes.retain_mut(|volume| {
        let definition = plan.definition(volume);
        let kind = &plan.contest.documents[definition.of];
        let as_they_are = definition.template.is_none()
            && definition.facts == kind.facts
            && definition.edition == Edition::default();
        let sample = singles.iter().find(|it| it.tried.kind == kind.name);
        // The worst come last.
        let worst = sample.into_iter().flat_map(|it| it.documents.iter().rev());
        let position = |document: &Document| plan.documents.iter().position(|it| it == document);
        volume.documents = match sample {
            Some(_) => worst.take(BOUND).filter_map(position).collect(),
            None => volume.documents.iter().take(1).copied().collect(),
        };
        volume.part == 1 && !as_they_are && !volume.documents.is_empty()
    });
    volumes
}
