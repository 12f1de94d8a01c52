//! Sheets with columns of their own, in which several people have certificates,
//! corrected in any way: held against who everybody really is.

use std::collections::BTreeMap;

use accolade::fact::Fact;
use accolade::fault::{Candidate, Diagnostics, Issued, Kind};
use accolade::folder::{Correction, Facts, Order, Reissued, Target};
use accolade::package::ManifestEntry;
use accolade::register::Register;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{self, Folder, codes, go};

/// Names are words of three of these; one that is misspelt shares two of them.
const CHARACTERS: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾\
    致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始\
    制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道垂拱平章爱育黎首臣伏戎羌遐迩一体率宾归王";

/// What each kind is about, the field of its people, and what it may say.
const KINDS: [(&str, Option<Part>); 3] =
    [("entrant", None), ("member", Some(Part::Members)), ("指导教师", Some(Part::Coaches))];
const SAID: [&str; 4] = ["", "{队名}", "{organization}", "{organization}{队名}{members}"];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    School,
    Team,
    Members,
    Coaches,
}

/// A row of the sheet. Who is meant stands at the same place in [`Sheet::truth`].
#[derive(Debug, Clone, PartialEq)]
struct Row {
    who: usize,
    school: String,
    team: String,
    /// The members and the coaches, each with the place that was first theirs.
    people: [Vec<(usize, String)>; 2],
}

impl Row {
    fn people(&self, part: Part) -> &[(usize, String)] {
        &self.people[usize::from(part == Part::Coaches)]
    }
}

#[derive(Debug, Clone)]
struct Team {
    school: usize,
    members: usize,
    coaches: Vec<usize>,
}

#[derive(Debug, Clone)]
enum Change {
    /// A name, wherever in the sheet it stands in that column or there alone, to
    /// one that is alike or another.
    Rename {
        row: Index,
        part: Part,
        slot: Index,
        everywhere: bool,
        alike: bool,
    },
    /// Two people of a cell stand the other way round.
    Turn {
        row: Index,
        part: Part,
    },
    Reorder(Vec<Index>),
}

fn team() -> impl Strategy<Value = Team> {
    let coaches = prop::collection::vec(0..3usize, 0..=2);
    (0..2usize, 0..=2usize, coaches).prop_map(|(school, members, coaches)| Team {
        school,
        members,
        coaches,
    })
}

fn change() -> impl Strategy<Value = Change> {
    let part =
        prop_oneof![Just(Part::School), Just(Part::Team), Just(Part::Members), Just(Part::Coaches)];
    let people = prop_oneof![Just(Part::Members), Just(Part::Coaches)];
    let index = any::<Index>;
    prop_oneof![
        6 => (index(), part, index(), any::<bool>(), any::<bool>()).prop_map(
            |(row, part, slot, everywhere, alike)| {
                Change::Rename { row, part, slot, everywhere, alike }
            }
        ),
        1 => (index(), people).prop_map(|(row, part)| Change::Turn { row, part }),
        1 => prop::collection::vec(index(), 4).prop_map(Change::Reorder),
    ]
}

struct Sheet {
    rows: Vec<Row>,
    words: Vec<String>,
    spare: Vec<char>,
    /// What has changed of whom: never so much that nobody would know them.
    changed: BTreeMap<usize, Vec<Part>>,
    /// Whose people stand the other way round: they keep names that are alike.
    turned: Vec<(usize, Part)>,
}

impl Sheet {
    fn new(teams: &[Team]) -> Self {
        let mut characters: Vec<char> = CHARACTERS.chars().collect();
        let spare = characters.split_off(111);
        let mut words: Vec<String> =
            characters.chunks_exact(3).map(|word| word.iter().collect()).collect();
        let mut word = || words.pop().unwrap();
        let schools = [word(), word()];
        let coaches = [word(), word(), word()];
        let rows = teams.iter().enumerate().map(|(who, team)| Row {
            who,
            school: schools[team.school].clone(),
            team: word(),
            people: [
                (0..team.members).map(|slot| (slot, word())).collect(),
                team.coaches.iter().map(|&it| coaches[it].clone()).enumerate().collect(),
            ],
        });
        let rows = rows.collect();
        Self { rows, words, spare, changed: BTreeMap::new(), turned: Vec::new() }
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Reorder(keys) => {
                let mut rows: Vec<_> = self.rows.drain(..).zip(keys.iter().cycle()).collect();
                rows.sort_by_key(|(_, key)| key.index(1000));
                self.rows = rows.into_iter().map(|(row, _)| row).collect();
            }
            Change::Turn { row, part } => {
                let at = row.index(self.rows.len());
                let mut names: Vec<&String> =
                    self.rows[at].people(*part).iter().map(|(_, name)| name).collect();
                names.dedup();
                // Namesakes may stand either way.
                if names.len() == 2 && self.may_change(at, *part) && !self.has_changed(at, *part) {
                    self.note(at, *part);
                    self.turned.push((self.rows[at].who, *part));
                    self.rows[at].people[usize::from(*part == Part::Coaches)].reverse();
                }
            }
            Change::Rename { row, part, slot, everywhere, alike } => {
                self.rename(row.index(self.rows.len()), *part, slot, *everywhere, *alike);
            }
        }
    }

    fn rename(&mut self, at: usize, part: Part, slot: &Index, everywhere: bool, alike: bool) {
        let row = &self.rows[at];
        let mut slot_of_one = None;
        let name = match part {
            Part::School => row.school.clone(),
            Part::Team => row.team.clone(),
            _ if row.people(part).is_empty() => return,
            _ => {
                let (slot, name) = slot.get(row.people(part));
                slot_of_one = Some(*slot);
                name.clone()
            }
        };
        let now = match alike {
            true => {
                let mut kept: String = name.chars().take(2).collect();
                kept.push(self.spare.pop().unwrap());
                kept
            }
            false => self.words.pop().unwrap(),
        };
        for other in 0..self.rows.len() {
            if other == at || everywhere && self.may_change(other, part) {
                let turned = self.turned.contains(&(self.rows[other].who, part));
                if other == at && !self.may_change(at, part) || turned && !alike {
                    continue;
                }
                let row = &mut self.rows[other];
                let cells: Vec<&mut String> = match part {
                    Part::School => vec![&mut row.school],
                    Part::Team => vec![&mut row.team],
                    _ => {
                        let people = &mut row.people[usize::from(part == Part::Coaches)];
                        let meant = people
                            .iter_mut()
                            .filter(|(slot, _)| everywhere || slot_of_one == Some(*slot));
                        meant.map(|(_, name)| name).collect()
                    }
                };
                let mut changes = false;
                for cell in cells.into_iter().filter(|cell| **cell == name) {
                    cell.clone_from(&now);
                    changes = true;
                }
                if changes {
                    self.note(other, part);
                }
            }
        }
    }

    fn has_changed(&self, at: usize, part: Part) -> bool {
        self.changed.get(&self.rows[at].who).is_some_and(|parts| parts.contains(&part))
    }

    /// Whether something that its team goes by would be left as it was.
    fn may_change(&self, at: usize, part: Part) -> bool {
        let row = &self.rows[at];
        let left = [Part::School, Part::Team, Part::Members].into_iter().any(|it| {
            it != part
                && !self.has_changed(at, it)
                && (it != Part::Members || !row.people(it).is_empty())
        });
        left || self.has_changed(at, part) || part == Part::Coaches
    }

    fn note(&mut self, at: usize, part: Part) {
        if !self.has_changed(at, part) {
            self.changed.entry(self.rows[at].who).or_default().push(part);
        }
    }

    fn save(&self, folder: &Folder) {
        let rows: Vec<[String; 5]> = self
            .rows
            .iter()
            .map(|row| {
                let [members, coaches] = [&row.people[0], &row.people[1]].map(|people| {
                    people.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("、")
                });
                [row.team.clone(), row.school.clone(), members, coaches, "一等奖".into()]
            })
            .collect();
        let mut all = vec![vec!["队名", "参赛单位", "核心成员", "指导教师", "奖项"]];
        all.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
        folder.sheet(&all.iter().map(|row| &row[..]).collect::<Vec<_>>());
    }

    /// Kind, row and place of everybody who gets a certificate, with the name, in
    /// the order of the documents.
    fn people(&self) -> Vec<(Who, String)> {
        let kinds = KINDS.iter().enumerate();
        let all = kinds.flat_map(|(kind, (_, part))| {
            self.rows.iter().flat_map(move |row| match part {
                None => vec![((kind, row.who, 0), String::new())],
                Some(part) => {
                    let people = row.people(*part).iter();
                    people.map(|(slot, name)| ((kind, row.who, *slot), name.clone())).collect()
                }
            })
        });
        all.collect()
    }
}

/// Kind, row and place.
type Who = (usize, usize, usize);

struct Clerk {
    folder: Folder,
    now: Timestamp,
}

impl Clerk {
    fn new(said: &[usize]) -> Self {
        let mut contest = "
[contest]
name = \"某大赛\"
organizers = [\"某局\"]
date = 2026-08-10
[fields]
\"队名\" = { identifies = true }
"
        .to_owned();
        for (at, ((each, _), said)) in KINDS.iter().zip(said).enumerate() {
            let said = SAID[*said];
            contest += &format!(
                "[[documents]]\nname = \"证书{at}\"\ntemplate = \"certificate.typ\"\neach = \"{each}\"\nnumber = \"{at}-{{seq:03}}\"\npath = \"{at}/{{number}}.pdf\"\n[documents.words]\nrecipient = \"{{name}}：\"\nbody = \"参赛{said}\"\nmembers = \"\"\n"
            );
        }
        let folder = Folder::example();
        folder.write("contest.toml", contest);
        Self { folder, now: Timestamp::from_second(1_800_000_000).unwrap() }
    }

    fn order(&mut self) -> Order {
        self.now += SignedDuration::from_mins(1);
        let order = support::order(&self.folder.path(""), &[], self.now);
        Order { target: Target { replace: true, ..order.target }, ..order }
    }

    fn run(&mut self) -> Result<Vec<ManifestEntry>, Diagnostics> {
        let order = self.order();
        let account = support::run(&self.folder.path(""), &order, |_| go())?;
        Ok(support::entries(account.documents))
    }

    fn correct(&mut self, facts: &Facts) -> Result<Reissued, Diagnostics> {
        let Order { target, threads, now, .. } = self.order();
        let correction = Correction { reason: "更正".to_owned(), target, threads, now };
        support::correct(&self.folder.path(""), facts, &correction, |_| go())
    }

    /// Number → revision and facts.
    fn registered(&self) -> BTreeMap<String, (u32, Vec<(Fact, String)>)> {
        let register = Register::open(&self.folder.path("")).unwrap();
        register.prove().unwrap();
        let certificates = register.ledger().certificates().iter();
        certificates
            .map(|it| {
                let mut facts = it.statement().facts().to_vec();
                facts.retain(|(fact, _)| *fact != Fact::Revision);
                (it.number.clone(), (it.current().revision, facts))
            })
            .collect()
    }

    fn entries(&self) -> i64 {
        Register::open(&self.folder.path("")).unwrap().len()
    }
}

/// Everything that may be somebody, with the row of each whom it asks about.
fn asked(faults: &Diagnostics) -> Vec<(usize, Candidate)> {
    let unclear = faults.iter().filter_map(|fault| match &fault.kind {
        Kind::Issued(Issued::UnclearHolder { those, row: Some(row), .. }) => {
            Some(those.iter().map(|it| (row.row as usize - 1, it.clone())))
        }
        _ => None,
    });
    unclear.flatten().collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 40,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_corrected_everybody_keeps_the_own_number(
        teams in prop::collection::vec(team(), 2..=4),
        said in prop::collection::vec(0..SAID.len(), KINDS.len()),
        changes in prop::collection::vec(change(), 1..=5),
    ) {
        let mut clerk = Clerk::new(&said);
        let mut sheet = Sheet::new(&teams);
        sheet.save(&clerk.folder);
        let made = clerk.run().unwrap();
        let issued: BTreeMap<Who, String> = sheet.people().into_iter().map(|(who, _)| who)
            .zip(made.into_iter().map(|it| it.number.unwrap())).collect();
        let first = clerk.registered();
        prop_assert_eq!(first.len(), issued.len());

        for change in &changes {
            sheet.apply(change);
        }
        sheet.save(&clerk.folder);
        let people = sheet.people();
        let names: BTreeMap<&str, &str> =
            people.iter().map(|(who, name)| (issued[who].as_str(), name.as_str())).collect();
        let mut times = BTreeMap::new();
        loop {
            let before = clerk.entries();
            let source = Facts::Sheet(clerk.folder.path("awards.xlsx"));
            let result = clerk.correct(&source);
            let faults = match result {
                Ok(made) => {
                    for change in made.changes.iter().filter(|change| change.printed) {
                        *times.entry(change.number.clone()).or_insert(0) += 1;
                    }
                    break;
                }
                Err(faults) => faults,
            };
            prop_assert_eq!(clerk.entries(), before, "a refusal has recorded something");
            if codes(&faults) == ["nothing-changed"] {
                break;
            }
            prop_assert!(codes(&faults).iter().all(|it| *it == "unclear-holder"), "{:?}", faults);
            // Somebody who is asked about can be told, by what the message says.
            let is_right = |(row, it): &&(usize, Candidate)| {
                let own = people.iter().find(|(who, _)| issued[who] == it.number);
                let ((_, who, _), name) = own.unwrap();
                let facts = &first[&it.number].1;
                let was = facts.iter().find(|(fact, _)| *fact == Fact::Member);
                let now = it.changed.iter().find(|(fact, _)| *fact == Fact::Member.name());
                let now = now.map(|(_, name)| name).or(was.map(|(_, name)| name));
                *who == sheet.rows[*row].who && now.is_none_or(|now| now == name)
            };
            let asked = asked(&faults);
            let Some((_, Candidate { number, changed, .. })) = asked.iter().find(is_right) else {
                panic!("nobody could be told: {faults:?}");
            };
            let values =
                changed.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
            let made = clerk.correct(&Facts::Typed { number: number.clone(), values }).unwrap();
            for change in made.changes.iter().filter(|change| change.printed) {
                *times.entry(change.number.clone()).or_insert(0) += 1;
            }
        }

        let made = clerk.run();
        prop_assert!(made.is_ok(), "{:?}", made.unwrap_err());
        let numbers: Vec<String> =
            made.unwrap().into_iter().map(|it| it.number.unwrap()).collect();
        let own: Vec<String> = people.iter().map(|(who, _)| issued[who].clone()).collect();
        prop_assert_eq!(numbers, own, "a number has moved");
        let after = clerk.registered();
        prop_assert_eq!(after.len(), first.len(), "somebody has two");
        for (number, (revision, facts)) in &after {
            let (_, before) = &first[number];
            let made_anew = times.get(number).copied().unwrap_or(0);
            prop_assert_eq!(*revision, 1 + made_anew, "{}", number);
            prop_assert!(facts == before || made_anew > 0, "{number} is not corrected");
            prop_assert!(facts != before || made_anew == 0, "{number} is made anew for nothing");
            let member = facts.iter().find(|(fact, _)| *fact == Fact::Member);
            prop_assert_eq!(member.map_or("", |(_, name)| name.as_str()), names[number.as_str()]);
        }
        let entries = clerk.entries();
        clerk.run().unwrap();
        prop_assert_eq!(clerk.entries(), entries, "the same sheet has changed something");
        let source = Facts::Sheet(clerk.folder.path("awards.xlsx"));
        let again = clerk.correct(&source).map(drop).unwrap_err();
        prop_assert_eq!(codes(&again), ["nothing-changed"]);
    }
}
