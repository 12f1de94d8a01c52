//! `[rules]`: what the roster is held against, and how strictly.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::groups::Group;
use super::name::{Named, find};
use super::table::{At, Source, Table, values};
use crate::fault::{self, Place, RULES, Severity};
use crate::nearest::nearest;

/// What the roster is held against.
#[derive(Debug, Clone)]
pub struct Rules {
    /// More core members than this are reported, never cut.
    pub(crate) max_members: Option<usize>,
    /// The groups in which nobody may be in several teams.
    pub(crate) no_shared_members: Vec<String>,
    /// Names that end like this belong to enterprises (你单位), as does one
    /// with a date of registration; others to teams (你团队).
    pub(crate) enterprises: Vec<String>,
    /// Projects that may not take part.
    pub exclusions: Vec<ExclusionList>,
    /// What was looked into and found to be in order.
    pub(crate) allowed: Vec<Allowance>,
    /// By code; `None` switches the rule off.
    severities: BTreeMap<String, Option<Severity>>,
}

/// A spreadsheet of projects that may not take part.
#[derive(Debug, Clone)]
pub struct ExclusionList {
    /// What the list is called.
    pub(crate) name: String,
    /// Where it is.
    pub file: PathBuf,
}

/// A known false alarm.
#[derive(Debug, Clone)]
pub(crate) struct Allowance {
    /// The rule's code.
    pub(crate) code: String,
    /// The name that the alarm is about: a person's, a project's, an
    /// organization's, a group's.
    pub(crate) value: String,
    /// Why it is false; the report repeats it.
    pub(crate) reason: String,
    /// Where `contest.toml` says so.
    pub(crate) place: Place,
}

impl Rules {
    /// How much a rule matters to this contest, if it says so; `Some(None)`
    /// switches the rule off.
    pub(crate) fn severity(&self, code: &str) -> Option<Option<Severity>> {
        self.severities.get(code).copied()
    }
}

impl Default for Rules {
    fn default() -> Self {
        let enterprises =
            ["公司", "厂", "合作社", "企业", "中心", "大学", "学院", "研究院", "研究所"];
        Self {
            max_members: None,
            no_shared_members: Vec::new(),
            enterprises: enterprises.map(str::to_owned).to_vec(),
            exclusions: Vec::new(),
            allowed: Vec::new(),
            severities: BTreeMap::new(),
        }
    }
}

pub(super) fn read(
    source: &Source<'_>,
    table: &Table<'_>,
    folder: &Path,
    groups: &[Group],
) -> Rules {
    // Every other date was held against it already.
    let _ = table.get::<Date>("final_ends");
    let mut rules = Rules {
        max_members: table.get("max_members").map(|limit| limit.value),
        no_shared_members: read_groups(source, table, groups),
        exclusions: read_exclusions(table, folder),
        allowed: read_allowed(source, table),
        severities: table
            .table("severity")
            .map_or_else(BTreeMap::new, |severities| read_severities(source, &severities)),
        ..Rules::default()
    };
    let enterprises = table.list("enterprises");
    if !enterprises.is_empty() {
        rules.enterprises = values(enterprises);
    }
    table.finish();
    rules
}

fn read_groups(source: &Source<'_>, table: &Table<'_>, groups: &[Group]) -> Vec<String> {
    let key = "no_shared_members";
    let mut named = Vec::new();
    for name in table.list::<String>(key) {
        if let Some(group) = find(groups, &name.value) {
            named.push(group.name.clone());
        } else {
            let known = groups.iter().map(|group| group.name().to_owned()).collect();
            let kind = fault::Contest::NotAllowed { key: table.key(key), value: name.value, known };
            source.fault(kind, name.place);
        }
    }
    named
}

fn read_exclusions(table: &Table<'_>, folder: &Path) -> Vec<ExclusionList> {
    let lists = table.tables("exclusions");
    lists
        .iter()
        .filter_map(|list| {
            let file = list.need::<String>("file");
            let name = list.get::<String>("name");
            list.finish();
            let file = file?.value;
            let name = name.map_or_else(|| file.clone(), |name| name.value);
            Some(ExclusionList { name, file: folder.join(file) })
        })
        .collect()
}

fn read_allowed(source: &Source<'_>, table: &Table<'_>) -> Vec<Allowance> {
    let allowed = table.tables("allowed");
    allowed
        .iter()
        .filter_map(|one| {
            let code = one.need::<String>("code");
            let value = one.need::<String>("value");
            let reason = one.need::<String>("reason");
            one.finish();
            let code = code?;
            refuse_no_rule(source, &code);
            let (value, reason) = (value?.value, reason?.value);
            Some(Allowance { code: code.value, value, reason, place: one.place() })
        })
        .collect()
}

/// Keys are codes.
fn read_severities(source: &Source<'_>, table: &Table<'_>) -> BTreeMap<String, Option<Severity>> {
    let mut severities = BTreeMap::new();
    for key in table.keys() {
        let code = key.value.to_owned();
        let Some(level) = table.get::<String>(&code) else { continue };
        refuse_no_rule(source, &At { value: code.clone(), place: key.place });
        let severity = match level.value.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "off" => None,
            _ => {
                let known = ["error", "warning", "off"].map(str::to_owned).to_vec();
                let kind =
                    fault::Contest::NotAllowed { key: table.key(&code), value: level.value, known };
                source.fault(kind, level.place);
                continue;
            }
        };
        severities.insert(code, severity);
    }
    severities
}

fn refuse_no_rule(source: &Source<'_>, code: &At<String>) {
    if !RULES.contains(&code.value.as_str()) {
        let nearest = nearest(&code.value, RULES).map(str::to_owned);
        source.fault(
            fault::Contest::NotARule { code: code.value.clone(), nearest },
            code.place.clone(),
        );
    }
}
