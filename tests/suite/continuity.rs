//! A sheet that changes after its certificates went out: whoever has a number
//! keeps it, whoever is new gets the next, and exactly what changed is made
//! anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use accolade::fact::Fact;
use accolade::fault::{self, Diagnostics, Kind, Severity};
use accolade::field::Field;
use accolade::folder::{Account, Correction, Facts, Order, Reissued, Step, Target};
use accolade::office;
use accolade::package::Entry;
use accolade::register::Register;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{self, Folder, HEADER, Package, codes, go};

/// Names are words of two of these. No character comes twice, so that no two
/// names resemble each other by accident.
const CHARACTERS: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾\
    致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始\
    制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道垂拱平章爱育黎首臣伏戎羌遐迩一体率宾归王";

/// Group and award, and what their numbers begin with.
const SERIES: [(&str, &str, &str); 2] =
    [("企业组", "一等奖", "JZCK2026-QY-1-"), ("创业组", "二等奖", "JZCK2026-CY-2-")];

/// Header words for each column of [`HEADER`], one as good as the other.
const WORDS: [&[&str]; 6] = [
    &["组别", "赛道"],
    &["奖项", "获奖等级"],
    &["项目名称", "作品名称", "获奖项目"],
    &["参赛单位", "团队名称", "获奖单位"],
    &["核心成员", "团队成员"],
    &["推荐省赛", "是否推荐"],
];

/// A fact that may turn out to be wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Project,
    Organization,
    Members,
}

/// One thing that happens after the first run.
#[derive(Debug, Clone)]
enum Act {
    Run,
    /// Ctrl-C after so many certificates.
    Interrupted(Index),
    /// The process ends when the numbers are reserved, or when the package has
    /// its name.
    Died {
        named: bool,
    },
    Add {
        at: Index,
        series: usize,
    },
    /// The sheet is sorted otherwise.
    Reorder(Vec<Index>),
    Remove(Index),
    /// A row that was removed comes back.
    Restore(Index),
    Column(Index),
    Rename {
        column: Index,
        word: Index,
    },
    /// Rows are corrected in the sheet alone.
    Correct(Vec<(Index, Part)>),
    /// A correction is typed, and made in the sheet as well or forgotten there.
    Reissue {
        who: Index,
        part: Part,
        forgotten: bool,
    },
    Revoke(Index),
    Undo(Index),
}

fn act() -> impl Strategy<Value = Act> {
    use prop::collection::vec;
    let index = any::<Index>;
    let part = || prop_oneof![Just(Part::Project), Just(Part::Organization), Just(Part::Members)];
    prop_oneof![
        2 => Just(Act::Run),
        1 => index().prop_map(Act::Interrupted),
        1 => any::<bool>().prop_map(|named| Act::Died { named }),
        3 => (index(), 0..SERIES.len()).prop_map(|(at, series)| Act::Add { at, series }),
        1 => vec(index(), 6).prop_map(Act::Reorder),
        1 => index().prop_map(Act::Remove),
        1 => index().prop_map(Act::Restore),
        1 => index().prop_map(Act::Column),
        1 => (index(), index()).prop_map(|(column, word)| Act::Rename { column, word }),
        3 => vec((index(), part()), 1..=2).prop_map(Act::Correct),
        3 => (index(), part(), any::<bool>())
            .prop_map(|(who, part, forgotten)| Act::Reissue { who, part, forgotten }),
        1 => index().prop_map(Act::Revoke),
        1 => index().prop_map(Act::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn numbers_never_move_and_only_what_changed_is_made_anew(
        acts in prop::collection::vec(act(), 4..=8),
        yielding in any::<bool>(),
    ) {
        let mut clerk = Clerk::new(yielding);
        clerk.run();
        for act in acts {
            clerk.act(act);
        }
        clerk.run();
    }
}

/// A row of the sheet.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    /// Who it really is, whatever it says.
    who: usize,
    series: usize,
    project: String,
    organization: String,
    members: String,
}

impl Row {
    fn part(&mut self, part: Part) -> &mut String {
        match part {
            Part::Project => &mut self.project,
            Part::Organization => &mut self.organization,
            Part::Members => &mut self.members,
        }
    }

    fn identity(&self) -> (String, String) {
        (self.organization.clone(), self.project.clone())
    }
}

/// What the register should hold of somebody.
#[derive(Debug)]
struct Held {
    number: String,
    revision: u32,
    revoked: bool,
    /// What the current copy says.
    printed: Row,
    /// Organization and project of every copy.
    identities: BTreeSet<(String, String)>,
}

/// A clerk who does what the messages say, and what should come of it.
struct Clerk {
    folder: Folder,
    /// Whether the clerk changes the sheet back where a reissue would do, too.
    yielding: bool,
    sheet: Vec<Row>,
    removed: Vec<Row>,
    columns: Vec<(String, Option<usize>)>,
    held: BTreeMap<usize, Held>,
    /// How many numbers each series has given.
    given: [u32; 2],
    /// The certificates by number and revision.
    pdfs: BTreeMap<(String, u32), Vec<u8>>,
    people: usize,
    words: Vec<String>,
    now: Timestamp,
}

impl Clerk {
    fn new(yielding: bool) -> Self {
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

    fn act(&mut self, act: Act) {
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

    fn is_recognizable(&self, row: &Row) -> bool {
        self.held.get(&row.who).is_none_or(|held| {
            let alike = row.project == held.printed.project
                || row.organization == held.printed.organization;
            held.identities.contains(&row.identity()) || alike && !held.revoked
        })
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
    fn run(&mut self) {
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

    /// Whether the register knows whom a row is about.
    fn knows(&self, row: &Row) -> bool {
        self.held.get(&row.who).is_some_and(|held| held.identities.contains(&row.identity()))
    }

    /// Whose certificates in the sheet's series are valid and whom no row is
    /// about.
    fn missing(&self) -> BTreeSet<&str> {
        let touched: BTreeSet<usize> = self.sheet.iter().map(|row| row.series).collect();
        let met: BTreeSet<usize> =
            self.sheet.iter().filter(|row| self.knows(row)).map(|row| row.who).collect();
        let held = self.held.iter().filter(|(who, held)| {
            !held.revoked && !met.contains(who) && touched.contains(&held.printed.series)
        });
        held.map(|(_, held)| held.number.as_str()).collect()
    }

    /// Code and number of everything that should stop a run.
    fn refusals(&self) -> BTreeSet<(&'static str, String)> {
        let unknown = self.sheet.iter().any(|row| !self.knows(row));
        let nobody_known = !self.sheet.iter().any(|row| self.knows(row));
        if unknown && nobody_known && !self.missing().is_empty() {
            return BTreeSet::from([("other-roster", String::new())]);
        }
        let rows = self.sheet.iter().filter_map(|row| {
            let held = self.held.get(&row.who)?;
            let code = match self.knows(row) {
                true if held.revoked => "number-revoked",
                true if *row != held.printed => "fact-changed",
                false if !held.revoked => "resembles",
                _ => return None,
            };
            Some((code, held.number.clone()))
        });
        rows.collect()
    }

    fn undisturbed(&mut self) -> Result<(), Diagnostics> {
        let order = self.order();
        let account = support::run(&self.folder.path(""), &order, |_| go())?;
        let lost = lost(&account);
        assert_eq!(lost.iter().map(String::as_str).collect::<BTreeSet<_>>(), self.missing());
        self.give_numbers();
        let numbers = self.sheet.iter().map(|row| &self.held[&row.who]);
        let numbers: Vec<_> = numbers.map(|held| (held.number.clone(), held.revision)).collect();
        assert_eq!(made(&account.documents), numbers);
        self.assert_bytes(&account.package, &account.documents);
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

    /// The next number of its series for everybody in the sheet who has none.
    fn give_numbers(&mut self) {
        for row in &self.sheet {
            self.held.entry(row.who).or_insert_with(|| {
                let given = &mut self.given[row.series];
                *given += 1;
                Held {
                    number: format!("{}{given:03}", SERIES[row.series].2),
                    revision: 1,
                    revoked: false,
                    printed: row.clone(),
                    identities: BTreeSet::from([row.identity()]),
                }
            });
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

    /// A reissue makes the next revision of these numbers and nothing else.
    fn assert_reissued(&mut self, made_anew: &Reissued, numbers: &BTreeSet<String>) {
        let made: BTreeSet<_> = made(&made_anew.documents).into_iter().collect();
        let held = self.held.values().filter(|held| numbers.contains(&held.number));
        assert_eq!(made, held.map(|held| (held.number.clone(), held.revision)).collect());
        self.assert_bytes(&made_anew.package, &made_anew.documents);
        self.assert_the_register_agrees();
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

    /// A certificate that is made again is the very same file; a revision is
    /// another.
    fn assert_bytes(&mut self, package: &Path, documents: &[Entry]) {
        let mut package = Package::open(package);
        for document in documents {
            let (number, revision) = (document.number.clone().unwrap(), document.revision.unwrap());
            let bytes = package.read(&document.path);
            let before = self.pdfs.get(&(number.clone(), revision - 1));
            assert!(before != Some(&bytes), "{number} revision {revision} is the one before");
            let known = self.pdfs.entry((number.clone(), revision)).or_insert(bytes.clone());
            assert!(*known == bytes, "{number} revision {revision} has other bytes than it had");
        }
    }

    /// The register holds everybody's one number, revision and facts, and is
    /// sound.
    fn assert_the_register_agrees(&self) {
        let register = Register::open(&self.folder.path("")).unwrap();
        register.prove().unwrap();
        let registered: BTreeMap<_, _> = register
            .ledger()
            .certificates()
            .iter()
            .map(|certificate| {
                let copies = certificate.copies.iter().map(|copy| copy.revision);
                assert!(copies.is_sorted(), "{}", certificate.number);
                let fact = |field| {
                    certificate.statement().get(Fact::Field(field)).unwrap_or_default().to_owned()
                };
                let facts = [Field::Project, Field::Organization, Field::Members].map(fact);
                let revoked = certificate.revoked.is_some();
                (certificate.number.clone(), (certificate.current().revision, revoked, facts))
            })
            .collect();
        let expected: BTreeMap<_, _> = self
            .held
            .values()
            .map(|Held { number, revision, revoked, printed, .. }| {
                let Row { project, organization, members, .. } = printed.clone();
                (number.clone(), (*revision, *revoked, [project, organization, members]))
            })
            .collect();
        assert_eq!(expected.len(), self.held.len(), "two have the same number");
        assert_eq!(registered, expected);
    }
}

/// Code and number of every error.
fn refused(faults: &Diagnostics) -> BTreeSet<(&'static str, String)> {
    let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error);
    errors
        .map(|fault| {
            let number = match &fault.kind {
                Kind::Issued(fault::Issued::FactChanged { number, .. })
                | Kind::Issued(fault::Issued::Resembles { number, .. })
                | Kind::Issued(fault::Issued::NumberRevoked { number, .. }) => number.clone(),
                _ => String::new(),
            };
            (fault.kind.code(), number)
        })
        .collect()
}

/// The numbers of those who a run noticed are not in the sheet any more.
fn lost(account: &Account) -> Vec<String> {
    let lost = account.diagnostics.iter().filter_map(|noticed| match &noticed.kind {
        Kind::Issued(fault::Issued::WinnersMissing { lost, .. }) => {
            Some(lost.iter().map(|(number, _)| number.clone()))
        }
        _ => None,
    });
    lost.flatten().collect()
}

fn made(documents: &[Entry]) -> Vec<(String, u32)> {
    let made = documents.iter();
    made.map(|entry| (entry.number.clone().unwrap(), entry.revision.unwrap())).collect()
}

const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等奖", "风铃", "北斗", "王伟", ""],
    ["企业组", "一等奖", "竹马", "昆仑", "李强", ""],
    ["创业组", "二等奖", "青瓷", "鲸落", "赵敏、钱进", ""],
];
const NEW: [&str; 6] = ["企业组", "一等奖", "琥珀", "星河", "周明", ""];
const CERTIFICATES: [&str; 2] = ["--only", "荣誉证书"];

/// Everybody's number and certificate, by whom it is for.
fn certificates(folder: &Folder) -> BTreeMap<String, (String, Vec<u8>)> {
    let mut package = folder.package(&CERTIFICATES);
    let manifest = package.manifest();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let documents = manifest["documents"].as_array().unwrap().iter();
    documents
        .map(|it| {
            let bytes = package.read(&text(&it["path"]));
            (text(&it["recipient"]), (text(&it["number"]), bytes))
        })
        .collect()
}

#[test]
fn new_rows_between_old_ones_get_the_next_numbers() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    folder.save(&[NEW, ROWS[0], ROWS[1], ROWS[2]]);
    let mut after = certificates(&folder);
    assert_eq!(after.remove("星河").unwrap().0, "JZCK2026-QY-1-003");
    assert!(after == before, "somebody's certificate has moved");
}

#[test]
fn a_sheet_sorted_or_laid_out_otherwise_makes_the_same_certificates() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    folder.save(&[ROWS[2], ROWS[1], ROWS[0]]);
    assert!(certificates(&folder) == before);
    let sorted = ROWS.map(|[group, award, project, organization, members, _]| {
        ["2026", members, organization, group, award, project]
    });
    let header = ["年度", "团队成员", "获奖单位", "赛道", "获奖等级", "作品名称"];
    let all: Vec<&[&str]> = std::iter::once(&header).chain(&sorted).map(|row| &row[..]).collect();
    folder.sheet(&all);
    assert!(certificates(&folder) == before);
}

#[test]
fn identifiers_may_come_later_and_go_again() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    let with_ids = |rows: &[[&str; 6]]| {
        let mut all = vec![[&HEADER[..], &["项目编号"]].concat()];
        all.extend(rows.iter().zip(["P3", "P1", "P2"]).map(|(row, id)| [&row[..], &[id]].concat()));
        folder.sheet(&all.iter().map(|row| &row[..]).collect::<Vec<_>>());
    };
    with_ids(&ROWS);
    assert!(certificates(&folder) == before);
    // What is corrected together with them keeps its number, too.
    let mut corrected = ROWS;
    corrected[0][2] = "风筝";
    with_ids(&corrected);
    folder.done("reissue", &["--from", "awards.xlsx", "--reason", "更正", "--yes"]);
    fs::remove_dir_all(folder.path("out")).unwrap();
    let after = certificates(&folder);
    assert_eq!(after["北斗"].0, "JZCK2026-QY-1-001");
    assert!(after["北斗"].1 != before["北斗"].1);
    // From here on its identifier is enough to know it by.
    let mut renamed = corrected;
    renamed[0][2..4].copy_from_slice(&["纸鸢", "南斗"]);
    with_ids(&renamed);
    let ran = folder.accolade("check", &["--format", "json"]);
    let cells = ["名单!C2", "名单!D2"].map(|cell| ("fact-changed".into(), cell.into()));
    assert_eq!(ran.found("error"), cells);
    folder.save(&corrected);
    assert!(certificates(&folder) == after);
}

#[test]
fn a_held_row_gets_the_next_number_once_it_is_mended() {
    let mut faulty = ROWS;
    faulty[0][0] = "企业主";
    let folder = Folder::with_rows(&faulty);
    folder.done("run", &["--hold", "--only", "荣誉证书"]);
    // What says that a row is held in it is none of the packages below.
    fs::remove_file(folder.zip()).unwrap();
    folder.save(&[ROWS[1], ROWS[2]]);
    let before = certificates(&folder);
    assert_eq!(before["昆仑"].0, "JZCK2026-QY-1-001");
    folder.save(&ROWS);
    let mut after = certificates(&folder);
    assert_eq!(after.remove("北斗").unwrap().0, "JZCK2026-QY-1-002");
    assert!(after == before, "somebody's certificate has moved");
}

#[test]
fn who_may_be_a_known_winner_is_asked_about() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    let mut renamed = ROWS;
    renamed[1][2] = "竹蜻蜓";
    folder.save(&renamed);
    let ran = folder.accolade("run", &CERTIFICATES);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for part in [
        "昆仑 竹马",
        "昆仑 竹蜻蜓",
        "accolade reissue 文件夹 JZCK2026-QY-1-002 --set project=\"竹蜻蜓\"",
        "accolade run 文件夹 --new '名单!C3'",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    // It is a new project of the same team.
    let new = [&CERTIFICATES[..], &["--new", "名单!C3"]].concat();
    let ran = folder.accolade("run", &new);
    assert!(ran.stderr.contains("[smaller-package]"), "who is gone was in it: {}", ran.stderr);
    let ran = folder.done("run", &[&new[..], &["--replace"]].concat());
    assert!(ran.stderr.contains("JZCK2026-QY-1-002 昆仑 竹马"), "who is gone: {}", ran.stderr);
    let after = certificates(&folder);
    assert_eq!(after["昆仑"].0, "JZCK2026-QY-1-003");
    assert!(after["北斗"] == before["北斗"] && after["鲸落"] == before["鲸落"]);
    // Whoever was declared new is known from now on, and so is who was gone.
    folder.save(&[ROWS[0], ROWS[1], renamed[1], ROWS[2]]);
    let manifest = folder.package(&CERTIFICATES).manifest();
    let numbers: Vec<_> =
        manifest["documents"].as_array().unwrap().iter().map(|it| it["number"].clone()).collect();
    let expected =
        ["JZCK2026-QY-1-001", "JZCK2026-QY-1-002", "JZCK2026-QY-1-003", "JZCK2026-CY-2-001"];
    assert_eq!(numbers, expected);
}

#[test]
fn a_sheet_of_strangers_is_another_contests() {
    let folder = Folder::with_rows(&ROWS);
    folder.package(&CERTIFICATES);
    folder.save(&[NEW]);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.found("error"), [("other-roster".into(), String::new())]);
}

#[test]
fn a_correction_finds_its_row_wherever_it_has_gone() {
    let folder = Folder::with_rows(&ROWS);
    folder.package(&CERTIFICATES);
    // Sorted otherwise, and not run since: somebody else stands in each row.
    folder.save(&[ROWS[2], ROWS[0], ROWS[1]]);
    let correct = |number: &str, members: &str| {
        let out = format!("out/{members}");
        let set = format!("members={members}");
        folder.done("reissue", &[number, "--set", &set, "--reason", "更正", "--out", &out]);
        let file = fs::read_dir(folder.path(&out)).unwrap().next().unwrap().unwrap().path();
        let manifest = Package::open(&file).manifest();
        assert_eq!(manifest["documents"].as_array().unwrap().len(), 1, "{manifest}");
        assert_eq!(manifest["documents"][0]["number"], number);
    };
    correct("JZCK2026-QY-1-001", "王玮");
    // Somebody else's fault in the row where this one stood is none of it.
    folder.done("revoke", &["JZCK2026-QY-1-001", "--reason", "取消资格"]);
    folder.save(&[ROWS[2], ROWS[0]]);
    correct("JZCK2026-QY-1-002", "李墙");
}
