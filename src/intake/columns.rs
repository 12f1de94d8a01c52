//! Header words → fields.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::clean;
use crate::contest::Contest;
use crate::field::Field;
use crate::nearest::nearest;

/// The header words that each field goes by in real sheets, after
/// [`clean::header`].
fn words(field: Field) -> &'static [&'static str] {
    match field {
        Field::Id => &["项目编号", "报名编号", "参赛编号", "作品编号", "报名号", "项目代码"],
        Field::Group => {
            &["组别", "赛道组别", "参赛组别", "参赛组", "所属组别", "赛道", "赛项", "类别", "分组"]
        }
        Field::Award => &[
            "奖项",
            "获奖等级",
            "获奖等次",
            "获奖结果",
            "获奖名称",
            "获奖奖项",
            "获奖情况",
            "等次",
            "奖次",
            "奖级",
            "获奖级别",
            "奖项等级",
            "奖项名称",
            "奖项等次",
            "所获奖项",
            "获得奖项",
            "拟获奖项",
            "拟获奖等次",
            "市级奖项",
            "市级获奖等次",
            "奖励等级",
            "奖励等次",
            "获奖类别",
            "获奖",
        ],
        Field::Project => &[
            "项目名称",
            "参赛项目",
            "参赛项目名称",
            "获奖项目",
            "作品名称",
            "获奖作品",
            "作品",
            "成果名称",
            "项目",
            "项目全称",
            "获奖项目名称",
            "获奖作品名称",
            "参赛作品",
            "参赛作品名称",
            "推荐项目",
            "项目题目",
        ],
        Field::Organization => &[
            "参赛单位",
            "单位名称",
            "企业名称",
            "参赛企业",
            "申报单位",
            "团队名称",
            "队伍名称",
            "参赛团队",
            "获奖学校",
            "参赛主体",
            "获奖单位",
            "单位",
            "企业",
            "参赛单位名称",
            "参赛单位/团队",
            "企业/团队名称",
            "单位/团队名称",
            "单位/团队",
            "企业/团队",
            "参赛单位或团队",
            "参赛单位或团队名称",
            "参赛企业名称",
            "参赛企业/团队",
            "参赛企业/团队名称",
            "参赛团队名称",
            "获奖单位名称",
            "获奖企业",
            "获奖团队",
            "申报单位名称",
            "申报企业",
            "申报主体",
            "主体名称",
            "所在单位",
            "单位全称",
            "企业全称",
            "公司名称",
            "团队",
            "队名",
        ],
        Field::Members => &[
            "核心成员",
            "团队成员",
            "团队核心成员",
            "获奖队员",
            "队员",
            "项目团队所有姓名",
            "成员名单",
            "成员",
            "参赛人员",
            "参赛队员",
            "获奖人",
            "获奖人员",
            "获奖人员姓名",
            "姓名",
            "核心成员姓名",
            "团队成员姓名",
            "成员姓名",
            "项目成员",
            "项目团队成员",
            "主要成员",
            "团队核心人员",
            "核心团队成员",
            "项目组成员",
            "全体成员",
            "主要完成人",
            "完成人",
            "参赛选手",
            "选手",
            "选手姓名",
            "作者",
            "作者姓名",
            "主创人员",
            "组员",
            "组员姓名",
        ],
        Field::County => &[
            "推荐单位",
            "所属县区",
            "属地",
            "县",
            "县区",
            "所在县",
            "县市区",
            "所属地区",
            "所在地",
            "推荐县",
            "地区",
            "推荐县区",
            "推荐地区",
            "所属县",
            "所属县市区",
            "所在县区",
            "所在县市区",
            "所在地区",
            "县区名称",
            "区县",
            "区域",
            "推荐单位名称",
        ],
        Field::Score => &[
            "得分",
            "成绩",
            "总分",
            "最终得分",
            "最后得分",
            "总成绩",
            "平均分",
            "总得分",
            "分数",
            "评审得分",
            "复赛得分",
            "决赛得分",
            "复赛成绩",
            "综合得分",
            "平均得分",
            "最终成绩",
        ],
        Field::Recommended => &[
            "推荐省赛",
            "是否推荐",
            "是否推荐省赛",
            "推荐",
            "拟推荐省赛",
            "是否推荐参加省赛",
            "推荐参加省赛",
            "省赛推荐",
            "推荐情况",
            "是否推荐省级",
            "入围省赛",
            "是否入围省赛",
        ],
        Field::RegisteredOn => &[
            "注册时间",
            "注册日期",
            "工商注册时间",
            "工商注册日期",
            "成立时间",
            "成立日期",
            "企业注册时间",
            "企业注册日期",
            "企业成立时间",
            "工商登记日期",
            "工商登记时间",
        ],
        Field::Contact => {
            &["联系人", "联系人姓名", "项目联系人", "联络人", "企业联系人", "团队联系人"]
        }
        Field::Phone => &[
            "联系电话",
            "联系方式",
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "联系人电话",
            "电话号码",
            "联系人手机",
            "移动电话",
            "联系人联系方式",
        ],
        // The contest says.
        Field::Own(_) => &[],
    }
}

/// The English ones, in lower case and without blanks.
fn english(field: Field) -> &'static [&'static str] {
    match field {
        Field::Id => &[
            "id",
            "entryid",
            "entryno",
            "entryno.",
            "entrynumber",
            "projectid",
            "registrationid",
            "registrationnumber",
        ],
        Field::Group => &["group", "groupname", "agegroup"],
        Field::Award => &["award", "awards", "awardname", "awardtitle", "awardlevel"],
        Field::Project => &[
            "project",
            "projecttitle",
            "projectname",
            "titleofproject",
            "nameofproject",
            "entrytitle",
            "papertitle",
            "worktitle",
        ],
        Field::Organization => &[
            "organization",
            "organisation",
            "organizationname",
            "organisationname",
            "team",
            "teamname",
        ],
        Field::Members => &[
            "member",
            "members",
            "teammember",
            "teammembers",
            "memberlist",
            "name",
            "names",
            "fullname",
            "fullnames",
            "student",
            "students",
            "studentname",
            "studentnames",
            "participant",
            "participants",
            "participantname",
            "winner",
            "winners",
            "recipient",
            "recipients",
            "contestant",
            "contestants",
            "author",
            "authors",
            "athlete",
            "athletes",
        ],
        Field::County => &["county", "district", "region"],
        Field::Score => {
            &["score", "totalscore", "finalscore", "averagescore", "points", "totalpoints"]
        }
        Field::Recommended => &["recommended"],
        Field::RegisteredOn => &["registeredon", "incorporatedon", "dateofincorporation"],
        Field::Contact => &["contact", "contactperson", "contactname"],
        Field::Phone => &[
            "phone",
            "phonenumber",
            "telephone",
            "telephonenumber",
            "tel",
            "tel.",
            "mobile",
            "mobilephone",
            "contactphone",
            "contactnumber",
        ],
        Field::Own(_) => &[],
    }
}

/// English words that may mean something else: a school is whom an entrant
/// belongs to where there is a team, a division may be part of a category.
fn english_or_other(field: Field) -> &'static [&'static str] {
    match field {
        Field::Group => &["category", "track", "division"],
        Field::Award => &["prize", "medal", "honor", "honour"],
        Field::Organization => {
            &["school", "schoolname", "company", "companyname", "institution", "university"]
        }
        _ => &[],
    }
}

/// How sure a header word is to mean its field: of several columns only the
/// surest count. Who has 姓名 and Name means one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// English that may mean something else.
    Perhaps,
    /// English.
    English,
    /// Chinese, or named in `contest.toml`.
    Sure,
}

/// Fields that no row may leave blank where they have a column.
pub(super) const FILLED: [Field; 4] =
    [Field::Group, Field::Award, Field::Project, Field::Organization];

/// What a column for one member only is called, with or without a number.
const ONE_MEMBER: [&str; 15] = [
    "队员",
    "成员",
    "核心成员",
    "团队成员",
    "组员",
    "参赛队员",
    "获奖队员",
    "姓名",
    "member",
    "teammember",
    "student",
    "participant",
    "contestant",
    "author",
    "name",
];

/// What the column of a team's first member is called.
const LEADER: [&str; 22] = [
    "captain",
    "teamcaptain",
    "leader",
    "teamleader",
    "projectleader",
    "firstauthor",
    "队长",
    "组长",
    "领队",
    "负责人",
    "项目负责人",
    "团队负责人",
    "队长姓名",
    "组长姓名",
    "负责人姓名",
    "项目负责人姓名",
    "团队负责人姓名",
    "团队队长",
    "第一负责人",
    "项目主持人",
    "主持人",
    "项目带头人",
];

/// What may stand below a header for members, over one of them.
const BELOW_MEMBERS: [&str; 12] = [
    "姓名",
    "名字",
    "队员",
    "成员",
    "组员",
    "学生",
    "队员姓名",
    "成员姓名",
    "学生姓名",
    "name",
    "fullname",
    "student",
];

/// Header words that no field has and that are headers all the same.
const OTHER_WORDS: [&str; 44] = [
    "序号",
    "编号",
    "备注",
    "名次",
    "排名",
    "说明",
    "指导教师",
    "指导老师",
    "辅导教师",
    "辅导老师",
    "专业",
    "班级",
    "年级",
    "学院",
    "学校",
    "院系",
    "学号",
    "性别",
    "职务",
    "职称",
    "身份证号",
    "邮箱",
    "no",
    "no.",
    "number",
    "rank",
    "place",
    "title",
    "result",
    "event",
    "advisor",
    "adviser",
    "advisors",
    "supervisor",
    "mentor",
    "coach",
    "teacher",
    "class",
    "grade",
    "email",
    "e-mail",
    "emailaddress",
    "remarks",
    "notes",
];

/// A header as it is compared: case does not matter.
fn word(header: &str) -> String {
    let word = clean::header(header);
    if word.contains(char::is_uppercase) { word.to_lowercase() } else { word }
}

/// How many people a column of members names in each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum People {
    /// Any number, in one list.
    List,
    /// One.
    One,
    /// One, who comes before all others.
    Leader,
}

/// How many members a header stands over: 核心成员, 队员1, 成员（三）, 队长.
pub(super) fn people_of(header: &str) -> People {
    let whole: String = clean::line(header).chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, bare) = (whole.to_lowercase(), word(header));
    if LEADER.contains(&bare.as_str()) {
        return People::Leader;
    }
    // The number may itself stand in brackets: 成员（三）, but 成员1（队长）.
    let numbered = ONE_MEMBER.iter().any(|word| {
        [&whole, &bare].into_iter().filter_map(|header| header.strip_prefix(word)).any(|number| {
            let number = number.trim_matches(['（', '）', '(', ')', '.', '#', '-']);
            is_ordinal(number)
        })
    });
    if numbered { People::One } else { People::List }
}

/// Whether a text is a small number: 1, 三, 第二.
fn is_ordinal(text: &str) -> bool {
    let number = text.strip_prefix('第').unwrap_or(text);
    let number = number.trim_end_matches(['人', '名', '位']);
    !number.is_empty()
        && number.chars().count() <= 3
        && number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// Whether a header below one for members stands over a name: 队长, 姓名, 1,
/// 第一. 电话 and 班级 do not.
pub(super) fn is_member_below(header: &str) -> bool {
    let bare = word(header);
    // A number may stand in brackets or in a circle: （1）, ①.
    let number: String = clean::line(header).nfkc().filter(|c| c.is_alphanumeric()).collect();
    is_ordinal(&number)
        || BELOW_MEMBERS.contains(&bare.as_str())
        || people_of(header) != People::List
}

/// Whether a header in whatever words stands over members' names: to miss it
/// would leave them off the certificate. 成员人数 does not.
fn names_members(header: &str) -> bool {
    let header = clean::header(header);
    let of_members = ["成员", "队员"].iter().any(|word| header.contains(word));
    of_members && ["成员", "队员", "姓名", "名单"].iter().any(|word| header.ends_with(word))
}

/// Whether a header is a slip or a variant of a field's words.
pub(super) fn resembles(field: Field, header: &str) -> bool {
    let known = [words(field), english(field), english_or_other(field)];
    nearest(&word(header), known.into_iter().flatten().copied()).is_some()
}

/// Whether a header in any words stands over members.
fn of_members(text: &str) -> bool {
    // Every word for members has one of these, and few cells of data do.
    let may_be = text.contains(['员', '名', '长', '领', '人'])
        || text.is_ascii() && text.len() <= 20 && text.contains(|c: char| c.is_ascii_alphabetic());
    may_be && (people_of(text) != People::List || names_members(text))
}

/// Tells which field a header stands for.
#[derive(Debug)]
pub(super) struct Headers {
    fields: BTreeMap<String, (Field, Sureness)>,
    /// The words of `[columns]`.
    stated: BTreeMap<String, Field>,
}

impl Headers {
    /// The built-in words and those of `[columns]`, which win.
    pub(super) fn new(contest: &Contest) -> Self {
        let built_in = |words: fn(Field) -> &'static [&'static str], sureness| {
            let of = move |field| words(field).iter().map(move |it| (word(it), (field, sureness)));
            Field::BUILT_IN.into_iter().flat_map(of)
        };
        let stated = contest.fields.headers();
        let stated: BTreeMap<String, Field> =
            stated.map(|(field, header)| (word(header), field)).collect();
        let mut fields: BTreeMap<String, (Field, Sureness)> =
            built_in(english_or_other, Sureness::Perhaps).collect();
        fields.extend(built_in(english, Sureness::English));
        fields.extend(built_in(words, Sureness::Sure));
        fields.extend(stated.iter().map(|(word, field)| (word.clone(), (*field, Sureness::Sure))));
        Self { fields, stated }
    }

    /// The field of a header cell's text.
    pub(super) fn field(&self, text: &str) -> Option<Field> {
        let known = self.fields.get(&word(text)).map(|(field, _)| *field);
        known.or_else(|| of_members(text).then_some(Field::Members))
    }

    /// How sure a header is to mean its field.
    pub(super) fn sureness(&self, text: &str) -> Sureness {
        self.fields.get(&word(text)).map_or(Sureness::Sure, |(_, sureness)| *sureness)
    }

    /// Whether `[columns]` names this header for its field.
    pub(super) fn is_stated(&self, text: &str) -> bool {
        self.stated.contains_key(&word(text))
    }

    /// Whether a text is a header's word, be it a field's or not.
    pub(super) fn is_word(&self, text: &str) -> bool {
        let header = word(text);
        self.fields.contains_key(&header)
            || OTHER_WORDS.contains(&header.as_str())
            || of_members(text)
    }
}
