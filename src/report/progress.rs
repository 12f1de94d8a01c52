//! How far the work is, and how fast it goes on.

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::press::Made;
use crate::step::Step;

/// What lies so many seconds back counts for a third of what is made now.
const MEMORY: f64 = 15.0;

/// How often an event tells how much is made.
const INTERVAL: Duration = Duration::from_millis(100);

/// How fast documents are made of late: the rest of the work goes on so.
#[derive(Debug, Default)]
pub struct Pace {
    /// When the first step was told, which is when the work began, and what was
    /// made by the last one.
    begun: Option<(Instant, Made)>,
    /// Of the last step, in seconds since the first.
    seconds: f64,
    /// Documents, work and seconds of late; what is older counts for less.
    documents: f64,
    work: f64,
    lately: f64,
}

impl Pace {
    /// Takes in how much is made by now.
    pub fn add(&mut self, made: Made) {
        let (start, before) = *self.begun.get_or_insert_with(|| (Instant::now(), made));
        let seconds = start.elapsed().as_secs_f64();
        let passed = seconds - self.seconds;
        let kept = (-passed / MEMORY).exp();
        self.documents = self.documents * kept + (made.done - before.done) as f64;
        self.work = self.work * kept + (made.work - before.work) as f64;
        self.lately = self.lately * kept + passed;
        self.seconds = seconds;
        self.begun = Some((start, made));
    }

    /// Documents a second.
    pub fn rate(&self) -> f64 {
        if self.lately > 0.0 { self.documents / self.lately } else { 0.0 }
    }

    /// Seconds that the rest will take; `None` while nothing is made.
    pub fn left(&self) -> Option<f64> {
        let (_, made) = self.begun?;
        let rest = (made.work_in_all - made.work) as f64;
        (self.work > 0.0).then(|| rest * self.lately / self.work)
    }
}

/// What is told of the work while it goes on.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// So much is made.
    Made {
        /// Documents that are made.
        done: usize,
        /// Documents in all.
        count: usize,
        /// Documents a second of late.
        rate: f64,
        /// How long it has taken.
        seconds: f64,
        /// How long the rest will take, once that can be told.
        seconds_left: Option<f64>,
    },
    /// Everything is in the package, which has no name yet.
    Packed,
    /// The numbers are reserved.
    Reserved,
    /// The package has its name.
    Named,
    /// The numbers are issued.
    Issued,
    /// Something a person may want to know.
    Note {
        /// What.
        message: String,
    },
}

/// Steps as events: each one, but not more often than anybody could follow.
#[derive(Debug, Default)]
pub struct Events {
    pace: Pace,
    told: Option<Instant>,
}

impl Events {
    /// What is to be told at this step; `None` while it is too soon.
    pub fn at(&mut self, step: Step) -> Option<Event> {
        let made = match step {
            Step::Made(made) | Step::Making(made) => made,
            Step::Packed => return Some(Event::Packed),
            Step::Reserved => return Some(Event::Reserved),
            Step::Named => return Some(Event::Named),
            Step::Issued => return Some(Event::Issued),
        };
        self.pace.add(made);
        let due = self.told.is_none_or(|told| told.elapsed() >= INTERVAL);
        let last = matches!(step, Step::Made(_)) && made.done == made.count;
        if !due && !last {
            return None;
        }
        self.told = Some(Instant::now());
        Some(Event::Made {
            done: made.done,
            count: made.count,
            rate: rounded(self.pace.rate(), 10.0),
            seconds: rounded(self.pace.seconds, 1000.0),
            seconds_left: self.pace.left().map(|left| rounded(left, 1000.0)),
        })
    }
}

fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts
}
