//! What the clerk does: each act, and what the messages say until a run goes
//! through.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use accolade::fault::Diagnostics;
use accolade::folder::{Correction, Facts, Order, Reissued, Step, Target};
use accolade::office;
use accolade::register::Register;
use jiff::{SignedDuration, Timestamp};
use proptest::sample::Index;

use super::expected::{lost, made, refused};
use super::{Act, CHARACTERS, Clerk, Part, Row, SERIES, WORDS};
use crate::support::{self, Folder, HEADER, codes, go};

impl Clerk {
    pub(super) fn new(yielding: bool) -> Self {
        let characters: Vec<char> = CHARACTERS.chars().collect();
        let words = characters.chunks_exact(2).rev().map(|pair| pair.iter().collect()).collect();
        let mut clerk = Self {
            folder: Folder::example(),
            yielding,
            sheet: Vec::new(),
            removed: Vec::new(),
            columns: (0..).zip(HEADER).map(|(n, word)| (word.to_owned(), Some(n))).collect(),
            held: BTreeMap::new(),
            given: [0; 2],
            pdfs: BTreeMap::new(),
            people: 0,
            words,
            now: Timestamp::from_second(1_800_000_000).unwrap(),
        };
        for (at, series) in [0, 1, 0].into_iter().enumerate() {
            clerk.add(at, series);
        }
        clerk
    }

    fn word(&mut self) -> String {
        self.words.pop().expect("words for every act")
    }

    fn add(&mut self, at: usize, series: usize) {
        let (project, organization, members) = (self.word(), self.word(), self.word());
        let who = self.people;
        self.people += 1;
        self.sheet.insert(at, Row { who, series, project, organization, members });
    }

    pub(super) fn act(&mut self, act: Act) {
        match act {
            Act::Run => self.run(),
            Act::Interrupted(after) => {
                self.until_it_goes_through(|clerk| clerk.interrupted(&after));
            }
            Act::Died { named } => self.until_it_goes_through(|clerk| clerk.died(named)),
            Act::Add { at, series } if self.sheet.len() < 6 => {
                self.add(at.index(self.sheet.len() + 1), series);
            }
            Act::Reorder(keys) => {
                let mut rows: Vec<_> = self.sheet.drain(..).zip(keys.iter().cycle()).collect();
                rows.sort_by_key(|(_, key)| key.index(1000));
                self.sheet = rows.into_iter().map(|(row, _)| row).collect();
            }
            Act::Remove(at) if self.sheet.len() > 1 => {
                let at = at.index(self.sheet.len());
                let row = self.sheet.remove(at);
                // Who never had a number is forgotten.
                if self.held.contains_key(&row.who) {
                    self.removed.push(row);
                }
            }
            Act::Restore(at) if !self.removed.is_empty() => {
                let row = self.removed.remove(at.index(self.removed.len()));
                self.sheet.push(row);
            }
            Act::Column(at) => {
                let word = format!("备用{}", self.columns.len());
                self.columns.insert(at.index(self.columns.len() + 1), (word, None));
            }
            Act::Rename { column, word } => {
                let column = column.index(HEADER.len());
                let word = WORDS[column][word.index(WORDS[column].len())];
                let renamed = self.columns.iter_mut().find(|(_, field)| *field == Some(column));
                renamed.unwrap().0 = word.to_owned();
            }
            Act::Correct(rows) => {
                for (row, part) in rows {
                    let row = row.index(self.sheet.len());
                    self.correct_in_sheet(row, part);
                }
            }
            Act::Reissue { who, part, forgotten } => self.reissue(&who, part, forgotten),
            Act::Revoke(who) => self.judge(&who, false),
            Act::Undo(who) => self.judge(&who, true),
            Act::Add { .. } | Act::Remove(_) | Act::Restore(_) => {}
        }
    }

    /// Corrects a row, but never so that its owner would not know it again.
    fn correct_in_sheet(&mut self, at: usize, part: Part) {
        let word = self.word();
        let mut row = self.sheet[at].clone();
        *row.part(part) = word;
        if self.is_recognizable(&row) {
            self.sheet[at] = row;
        }
    }

    fn save(&self) {
        let header: Vec<&str> = self.columns.iter().map(|(word, _)| word.as_str()).collect();
        let rows = self.sheet.iter().map(|row| {
            let (group, award, _) = SERIES[row.series];
            let cells = [group, award, &row.project, &row.organization, &row.members, ""];
            let columns = self.columns.iter();
            columns.map(|(_, field)| field.map_or("无关", |field| cells[field])).collect()
        });
        let all: Vec<Vec<&str>> = std::iter::once(header).chain(rows).collect();
        self.folder.sheet(&all.iter().map(|row| &row[..]).collect::<Vec<_>>());
    }

    fn order(&mut self) -> Order {
        self.now += SignedDuration::from_mins(1);
        let folder = self.folder.path("");
        let order = support::order(&folder, &["荣誉证书"], self.now);
        Order { target: Target { replace: true, ..order.target }, ..order }
    }

    /// Runs, and does what the messages say until nothing is refused.
    pub(super) fn run(&mut self) {
        self.until_it_goes_through(Self::undisturbed);
        self.assert_the_register_agrees();
    }

    fn until_it_goes_through(&mut self, run: impl Fn(&mut Self) -> Result<(), Diagnostics>) {
        loop {
            if !self.sheet.iter().any(|row| self.knows(row)) {
                // So much may not change at once that nobody is known.
                self.change_back();
            }
            self.save();
            let expected = self.refusals();
            let entries = Register::open(&self.folder.path("")).unwrap().len();
            match run(self) {
                Ok(()) => return assert_eq!(expected, BTreeSet::new()),
                Err(faults) => assert_eq!(refused(&faults), expected),
            }
            let now = Register::open(&self.folder.path("")).unwrap().len();
            assert_eq!(now, entries, "a refused run has recorded something");
            self.resolve(&expected);
        }
    }

    fn undisturbed(&mut self) -> Result<(), Diagnostics> {
        let order = self.order();
        let account = support::run(&self.folder.path(""), &order, |_| go())?;
        let lost = lost(&account);
        assert_eq!(lost.iter().map(String::as_str).collect::<BTreeSet<_>>(), self.missing());
        self.give_numbers();
        let numbers = self.sheet.iter().map(|row| &self.held[&row.who]);
        let numbers: Vec<_> = numbers.map(|held| (held.number.clone(), held.revision)).collect();
        let documents = support::entries(account.documents);
        assert_eq!(made(&documents), numbers);
        self.assert_bytes(&account.package, &documents);
        Ok(())
    }

    fn interrupted(&mut self, after: &Index) -> Result<(), Diagnostics> {
        let order = self.order();
        let after = after.index(self.sheet.len()) + 1;
        let result = support::run(&self.folder.path(""), &order, |step| match step {
            Step::Made(made) if made.done >= after => ControlFlow::Break(()),
            _ => go(),
        });
        let faults = result.map(drop).unwrap_err();
        // Nothing was written: nobody has a number who had none.
        if codes(&faults) == ["interrupted"] { Ok(()) } else { Err(faults) }
    }

    fn died(&mut self, named: bool) -> Result<(), Diagnostics> {
        let order = self.order();
        let last = if named { Step::Named } else { Step::Reserved };
        let folder = self.folder.path("");
        let died = catch_unwind(AssertUnwindSafe(|| {
            support::run(&folder, &order, |step| {
                if step == last { resume_unwind(Box::new(())) } else { go() }
            })
        }));
        match died {
            Ok(result) => Err(result.map(drop).unwrap_err()),
            Err(_) => {
                self.give_numbers();
                Ok(())
            }
        }
    }

    /// Does what the messages of a refused run say.
    fn resolve(&mut self, refusals: &BTreeSet<(&'static str, String)>) {
        let is_revoked = |row: &&Row| self.held.get(&row.who).is_some_and(|held| held.revoked);
        let revoked: Vec<_> = self.sheet.iter().filter(is_revoked).cloned().collect();
        if !revoked.is_empty() {
            revoked.into_iter().for_each(|row| self.resolve_revoked(row));
        } else if refusals.iter().any(|(code, _)| *code == "other-roster") {
            // It is no other contest: its rows come back.
            self.sheet.append(&mut self.removed);
        } else if self.yielding {
            self.change_back();
        } else {
            let numbers = refusals.iter().map(|(_, number)| number.clone()).collect();
            self.reissue_from_sheet(&numbers);
        }
    }

    /// Makes every row say what was printed.
    fn change_back(&mut self) {
        for row in &mut self.sheet {
            if let Some(held) = self.held.get(&row.who) {
                *row = held.printed.clone();
            }
        }
    }

    fn resolve_revoked(&mut self, row: Row) {
        if self.yielding {
            self.sheet.retain(|other| other.who != row.who);
            self.removed.push(row);
            if self.sheet.is_empty() {
                self.add(0, 0);
            }
        } else {
            let held = self.held.get_mut(&row.who).unwrap();
            held.revoked = false;
            let number = held.number.clone();
            self.revoke(&number, true).unwrap();
        }
    }

    fn reissue_from_sheet(&mut self, numbers: &BTreeSet<String>) {
        let source = Facts::Sheet(self.folder.path("awards.xlsx"));
        let made = self.correct(&source).unwrap();
        let changed: BTreeSet<_> = made.changes.iter().map(|it| it.number.clone()).collect();
        assert_eq!(&changed, numbers);
        for row in &self.sheet {
            if let Some(held) = self.held.get_mut(&row.who)
                && numbers.contains(&held.number)
            {
                held.revision += 1;
                held.printed = row.clone();
                held.identities.insert(row.identity());
            }
        }
        self.assert_reissued(&made, numbers);
    }

    /// One of those who have a number.
    fn somebody(&self, index: &Index) -> usize {
        *index.get(&self.held.keys().copied().collect::<Vec<_>>())
    }

    fn reissue(&mut self, who: &Index, part: Part, forgotten: bool) {
        let who = self.somebody(who);
        let value = self.word();
        let held = &self.held[&who];
        let mut printed = held.printed.clone();
        *printed.part(part) = value.clone();
        let rows = self.sheet.iter().chain(&self.removed);
        let mut row = rows.clone().find(|row| row.who == who).unwrap().clone();
        if !forgotten {
            *row.part(part) = value.clone();
        }
        // What the sheet says must still be somebody's known to the register.
        let known = held.identities.contains(&row.identity());
        if !known && row.project != printed.project && row.organization != printed.organization {
            return;
        }

        self.save();
        let number = held.number.clone();
        let name = match part {
            Part::Project => "project",
            Part::Organization => "organization",
            Part::Members => "members",
        };
        let values = vec![(name.to_owned(), value)];
        let result = self.correct(&Facts::Typed { number: number.clone(), values });
        let held = self.held.get_mut(&who).unwrap();
        if held.revoked {
            assert_eq!(codes(&result.unwrap_err()), ["number-revoked"]);
            return;
        }
        held.revision += 1;
        held.identities.insert(printed.identity());
        held.printed = printed;
        for old in self.sheet.iter_mut().chain(&mut self.removed).filter(|old| old.who == who) {
            *old = row.clone();
        }
        self.assert_reissued(&result.unwrap(), &BTreeSet::from([number]));
    }

    fn correct(&mut self, facts: &Facts) -> Result<Reissued, Diagnostics> {
        let Order { target, threads, now, .. } = self.order();
        let target = Target { replace: false, ..target };
        let correction = Correction { reason: "更正".to_owned(), target, threads, now };
        support::correct(&self.folder.path(""), facts, &correction, |_| go())
    }

    fn judge(&mut self, who: &Index, undo: bool) {
        let who = self.somebody(who);
        // A row that is corrected and whose number is revoked at once would be
        // somebody new.
        if self.sheet.iter().chain(&self.removed).any(|row| row.who == who && !self.knows(row)) {
            return;
        }
        let held = self.held.get_mut(&who).unwrap();
        let (was, number) = (held.revoked, held.number.clone());
        held.revoked = !undo;
        let result = self.revoke(&number, undo);
        match (was, undo) {
            (true, false) => assert_eq!(codes(&result.unwrap_err()), ["number-revoked"]),
            (false, true) => assert_eq!(codes(&result.unwrap_err()), ["number-valid"]),
            _ => result.unwrap(),
        }
        self.assert_the_register_agrees();
    }

    fn revoke(&mut self, number: &str, undo: bool) -> Result<(), Diagnostics> {
        self.now += SignedDuration::from_mins(1);
        let judge = if undo { office::reinstate } else { office::revoke };
        judge(&self.folder.path(""), number, "评审结果变更", self.now)
    }
}
