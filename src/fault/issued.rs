//! What was issued, compared with what is to be.

use super::domain::{Domain, Pair, faults};
use super::remedy::Remedy;
use crate::cell::CellRef;
use crate::fact::Difference;
use crate::lang::Lang;

/// Somebody in the register who is not in the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// The certificate's number.
    pub number: String,
    /// Whose it is.
    pub was: String,
    /// Each fact that would change, by its name, and what it would become.
    pub changed: Vec<(&'static str, String)>,
}

faults! {
    /// What was issued, compared with what is to be.
    Issued {
        NumberRevoked { number: String, reason: String } => "number-revoked", Error, Data;
        NumberValid { number: String } => "number-valid", Error, Data;
        OtherSeries { number: String, now: String } => "other-series", Error, Data;
        FactChanged { number: String, difference: Difference } => "fact-changed", Error, Data;
        Resembles {
            number: String,
            was: String,
            now: String,
            changed: Vec<(&'static str, String)>,
            row: Option<CellRef>,
        } => "resembles", Error, Data;
        /// Somebody who may be one of several, or of one and nobody known.
        UnclearHolder {
            now: String,
            those: Vec<Candidate>,
            row: Option<CellRef>,
        } => "unclear-holder", Error, Data;
        /// Documents of one kind that the register could not tell apart.
        SameMember {
            name: String,
            /// Where it stands among the members, from 1.
            positions: Vec<usize>,
        } => "same-member", Warning, Data;
        /// A name that a certificate of somebody else had before.
        SameCertificate {
            number: String,
            name: String,
            other: CellRef,
        } => "same-certificate", Error, Data;
        IdentifiersMoved { rows: usize } => "identifiers-moved", Info, Data;
        ContestChanged {
            /// How many certificates say otherwise.
            numbers: usize,
            differences: Vec<Difference>,
            /// It looks like another contest.
            another: bool,
        } => "contest-changed", Error, Data;
        NumbersChanged {
            /// The documents' kind.
            kind: String,
            /// One of its numbers.
            number: String,
            /// What this would begin with now.
            series: String,
            numbers: usize,
        } => "numbers-changed", Error, Data;
        WinnersMissing {
            lost: Vec<(String, String)>,
            /// How many rows of the sheet are held.
            held: usize,
        } => "winners-missing", Warning, Data;
        OtherRoster { missing: usize, unknown: usize } => "other-roster", Error, Data;
        NothingChanged => "nothing-changed", Error, Data;
        NotOneEntrant { number: String } => "not-one-entrant", Error, Data;
        NotInPackages { number: String } => "not-in-packages", Error, Usage;
        AlsoPrinted { documents: Vec<String> } => "also-printed", Warning, Data;
        NotLookedUp => "not-looked-up", Warning, Data;
    }
}

impl Domain for Issued {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Issued::NumberRevoked { number, reason } => lang.pick(
                (
                    format!("{number} 已经撤销：{reason}"),
                    "请从名单中删去这一行；若撤销有误，".into(),
                ),
                (
                    format!("{number} was revoked: {reason}"),
                    "remove the row; or, if that was wrong: ".into(),
                ),
            ),
            Issued::NumberValid { number } => lang.pick(
                (format!("{number} 没有被撤销"), String::new()),
                (format!("{number} is not revoked"), String::new()),
            ),
            Issued::OtherSeries { number, now } => lang.pick(
                (
                    format!("已经发出的 {number} 不是{now}的编号"),
                    "名单写错了，就改名单；组别或奖项确实变了的，编号不能跟着改：".into(),
                ),
                (
                    format!("{number}, which was issued, is no number of {now}"),
                    "if the sheet is wrong, correct it; if group or award did change, the number cannot move: ".into(),
                ),
            ),
            Issued::FactChanged { number, difference: Difference { fact, was, now } } => {
                let label = lang.fact(*fact);
                lang.pick(
                    (
                        format!("{number} 发出的是{label}“{was}”，名单上却是“{now}”"),
                        "登记的对，就改名单；名单的对，就重发：".into(),
                    ),
                    (
                        format!("{number} was issued with {label} “{was}”, but the sheet says “{now}”"),
                        "if the register is right, correct the sheet; if the sheet is: ".into(),
                    ),
                )
            }
            Issued::Resembles { number, was, now, changed, .. } => {
                let message = lang.pick(
                    format!("“{now}”不在登记簿上，而已发 {number} 的“{was}”不在名单上"),
                    format!("“{now}” is not in the register, while “{was}”, who has {number}, is not in the sheet"),
                );
                let help = if changed.is_empty() {
                    lang.pick(
                        format!("若是同一个，请让名单仍写作“{was}”，或重发："),
                        format!("if they are the same, let the sheet say “{was}” as before, or reissue it: "),
                    )
                } else {
                    String::new()
                };
                (message, help)
            }
            Issued::UnclearHolder { now, those, .. } => {
                let said = |divider: &str, write: &dyn Fn(&Candidate) -> String| {
                    those.iter().map(write).collect::<Vec<_>>().join(divider)
                };
                let zh = said("、", &|it| format!("{} 的“{}”", it.number, it.was));
                let en = said(" or ", &|it| format!("“{}”, who has {}", it.was, it.number));
                lang.pick(
                    (
                        format!("“{now}”不在登记簿上，而不在名单上的有已发 {zh}：看不出是不是同一个、是哪一个"),
                        "请逐个说明，编号才不会给错人；".into(),
                    ),
                    (
                        format!("“{now}” is not in the register; it may be {en}, not in the sheet: nothing tells for certain"),
                        "say of each who it is, so that no number goes to somebody else; ".into(),
                    ),
                )
            }
            Issued::SameMember { name, positions } => {
                let places = |divider: &str| {
                    positions.iter().map(ToString::to_string).collect::<Vec<_>>().join(divider)
                };
                lang.pick(
                    (
                        format!("有 {} 个“{name}”（第 {} 人），各有一份证书，按先后区分", positions.len(), places("、")),
                        "若是重复填写，请删去一个；若是两个人，不必处理".into(),
                    ),
                    (
                        format!("“{name}” stands there {} times (as no. {}): each has a certificate, told apart by their places", positions.len(), places(", ")),
                        "take out a name that was typed twice; if they are two people, there is nothing to do".into(),
                    ),
                )
            }
            Issued::SameCertificate { number, name, other } => lang.pick(
                (
                    format!("“{name}”是（或曾经是）{number} 上的名称，这个编号属于 {other}"),
                    "编号发出之后不会给别人：若这是另一个获奖者，请让名称有所区别；若是同一个，请删去这一行".into(),
                ),
                (
                    format!("“{name}” is what {number} says, or said before it was corrected; that number belongs to {other}"),
                    "a number that was issued goes to nobody else: if this is another winner, write the name differently; if it is the same, remove the row".into(),
                ),
            ),
            Issued::IdentifiersMoved { rows } => lang.pick(
                (
                    format!("项目编号重新编过：有 {rows} 行的编号以前是别人的；已按组别、单位和项目名称认出各行，证书编号不变"),
                    String::new(),
                ),
                (
                    format!("identifiers were numbered anew: those of {rows} rows were other people's; everybody was known by group, organization and project, and keeps the number"),
                    String::new(),
                ),
            ),
            Issued::ContestChanged { numbers, differences, another } => {
                let said = |divider: &str, write: &dyn Fn(&Difference) -> String| {
                    differences.iter().map(write).collect::<Vec<_>>().join(divider)
                };
                let zh = said("，", &|Difference { fact, was, now }| {
                    format!("{}是“{was}”，contest.toml 现在写的是“{now}”", lang.fact(*fact))
                });
                let en = said("; ", &|Difference { fact, was, now }| {
                    format!("{fact} “{was}” where contest.toml now has “{now}”")
                });
                let message = (
                    format!("登记簿里已发的 {numbers} 份证书，{zh}"),
                    format!("{numbers} certificates in the register have {en}"),
                );
                let help = match another {
                    true => (
                        "若是新的一次大赛（或登记簿只是试做留下的）：请另建文件夹，把 contest.toml、名单、templates、fonts 复制过去，在那里制作；这里的登记簿和已发的证书都不要动，也不要撤销。若是同一次大赛写错了：contest.toml 写错的改回去，证书印错的重发：",
                        "if this is a new contest (or the register is left from a trial): make a folder of its own, copy contest.toml, the sheet, templates and fonts into it, and run there; leave this register as it is and revoke nothing. If it is the same contest: change contest.toml back, or, if the certificates are wrong: ",
                    ),
                    false => (
                        "contest.toml 写错了，就改回去；证书印错了，就重发：",
                        "if contest.toml is wrong, change it back; if the certificates are: ",
                    ),
                };
                lang.pick((message.0, help.0.into()), (message.1, help.1.into()))
            }
            Issued::NumbersChanged { kind, number, series, numbers } => lang.pick(
                (
                    format!("“{kind}”的编号规则改过了：已发的 {numbers} 份如 {number}，照现在的写法应是 {series}"),
                    "编号发出之后不能改：请把 contest.toml 中的 number、组别的 code、奖项的次序改回发证时的样子；不必撤销证书。若是另一次大赛，请另建文件夹".into(),
                ),
                (
                    format!("“{kind}” is numbered otherwise now: {numbers} were issued such as {number}, which would be {series}"),
                    "numbers cannot change once they are issued: restore number, the groups' code and the order of awards in contest.toml as they were; nothing need be revoked. Use a folder of its own for another contest".into(),
                ),
            ),
            Issued::WinnersMissing { lost, held } => {
                let shown: Vec<String> =
                    lost.iter().take(5).map(|(number, who)| format!("{number} {who}")).collect();
                let more = if lost.len() > shown.len() { "……" } else { "" };
                let help = match held {
                    0 => (
                        "若是漏了，请补回名单；只有确实取消了获奖资格的，才撤销。以前大赛的证书不要撤销：新的大赛请另建文件夹".to_owned(),
                        "put back a row that was left out; revoke only where the award was withdrawn. Do not revoke an earlier contest's: use a folder of its own for a new one".to_owned(),
                    ),
                    held => (
                        format!("他们可能就在扣下的 {held} 行里：先改好那些行，再看还有谁不在"),
                        format!("they may stand in the {held} rows that are held: mend those first, then see who is still missing"),
                    ),
                };
                lang.pick(
                    (
                        format!("已经发出证书的 {} 个不在名单上：{}{more}", lost.len(), shown.join("；")),
                        help.0,
                    ),
                    (
                        format!("{} who have a certificate are not in the sheet: {}{more}", lost.len(), shown.join("; ")),
                        help.1,
                    ),
                )
            }
            Issued::OtherRoster { missing, unknown } => lang.pick(
                (
                    format!("这好像是另一份名单：登记簿上的 {missing} 个不在名单里，名单里的 {unknown} 个不在登记簿上"),
                    "请核对是不是这份名单、这个文件夹。补充的获奖者，请加进原来的名单；另一次大赛，或这里只是试做过，请另建文件夹，把 contest.toml 和名单复制过去。这里的登记簿请留着：没有它，编号会重复。名称改过的，就重发：".into(),
                ),
                (
                    format!("this looks like another sheet: {missing} of the register are not in it, and {unknown} in it are not in the register"),
                    "check that sheet and folder belong together. Add further winners to the former sheet; for another contest, or if this folder was only tried out, make a new folder and copy contest.toml and the sheet into it. Keep this register: without it numbers would be given twice. For names that were corrected: ".into(),
                ),
            ),
            Issued::NothingChanged => lang.pick(
                ("没有任何改动，不必重发".into(), "登记簿上已经是这样".into()),
                ("nothing has changed, so nothing was made anew".into(), "the register says the same already".into()),
            ),
            Issued::NotOneEntrant { number } => lang.pick(
                (format!("{number} 不是某一个获奖者的证书"), "改好名单，再重发：".into()),
                (
                    format!("{number} is not one entrant's certificate"),
                    "correct the sheet, then: ".into(),
                ),
            ),
            Issued::NotInPackages { number } => lang.pick(
                (
                    format!("没有一个压缩包里有 {number}，登记簿上的内容也不够把它画出来"),
                    "请把当初做它的压缩包放回原来的文件夹".into(),
                ),
                (
                    format!("{number} is in no package, and the register does not hold enough to draw it"),
                    "put the package that it was made in back into its folder".into(),
                ),
            ),
            Issued::AlsoPrinted { documents } => lang.pick(
                (
                    format!("这些文件也印着改动的内容：{}", documents.join("、")),
                    String::new(),
                ),
                (
                    format!("these documents carry what has changed, too: {}", documents.join(", ")),
                    String::new(),
                ),
            ),
            Issued::NotLookedUp => lang.pick(
                (
                    "名单有错或读不了，没有查出还有哪些文件印着改动的内容".into(),
                    String::new(),
                ),
                (
                    "the sheet has errors or cannot be read, so other documents that carry the change were not looked up".into(),
                    String::new(),
                ),
            ),
        }
    }

    fn remedies(&self) -> Vec<Remedy> {
        match self {
            Issued::NumberRevoked { number, .. } => {
                vec![Remedy::Reinstate { number: number.clone() }]
            }
            Issued::OtherSeries { number, .. } => vec![Remedy::Renumber { number: number.clone() }],
            Issued::Resembles { number, changed, row, .. } => {
                let (number, set) = (number.clone(), changed.clone());
                let reissue = match set.is_empty() {
                    true => Remedy::ReissueFromSheet,
                    false => Remedy::Reissue { number, set },
                };
                let new = row.clone().map(|row| Remedy::DeclareNew { row });
                [reissue].into_iter().chain(new).collect()
            }
            Issued::UnclearHolder { those, row, .. } => {
                let typed = those.iter().filter(|it| !it.changed.is_empty());
                let reissue = typed.map(|it| Remedy::Reissue {
                    number: it.number.clone(),
                    set: it.changed.clone(),
                });
                let new = row.clone().map(|row| Remedy::DeclareNew { row });
                reissue.chain(new).collect()
            }
            Issued::ContestChanged { .. }
            | Issued::FactChanged { .. }
            | Issued::OtherRoster { .. }
            | Issued::NotOneEntrant { .. } => vec![Remedy::ReissueFromSheet],
            Issued::AlsoPrinted { documents } => {
                vec![Remedy::RemakeAlso { documents: documents.clone() }]
            }
            Issued::NotLookedUp => vec![Remedy::CheckSheet],
            Issued::NumberValid { .. }
            | Issued::NotInPackages { .. }
            | Issued::SameMember { .. }
            | Issued::SameCertificate { .. }
            | Issued::IdentifiersMoved { .. }
            | Issued::NumbersChanged { .. }
            | Issued::WinnersMissing { .. }
            | Issued::NothingChanged => Vec::new(),
        }
    }

    fn others(&self) -> &[CellRef] {
        match self {
            Issued::SameCertificate { other, .. } => std::slice::from_ref(other),
            _ => &[],
        }
    }
}
