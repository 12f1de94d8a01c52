//! A clerk does anything in any order, and what comes of it is held against what
//! should.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::Folder;

mod clerk;
mod expected;

/// Names are words of two of these. No character comes twice, so that no two
/// names resemble each other by accident.
const CHARACTERS: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾\
    致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始\
    制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道垂拱平章爱育黎首臣伏戎羌遐迩一体率宾归王";

/// Group and award, and what their numbers begin with.
const SERIES: [(&str, &str, &str); 2] =
    [("企业组", "一等奖", "JZCK2026-QY-1-"), ("创业组", "二等奖", "JZCK2026-CY-2-")];

/// Header words for each column of [`crate::support::HEADER`], one as good as the other.
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
