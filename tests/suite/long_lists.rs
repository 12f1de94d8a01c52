//! A document with a long list is laid out a stretch of rows at a time, and nothing but
//! the memory it takes is another: it is held against the same laid out at once.

use accolade::attest::OnPage;
use accolade::plan::{Document, Plan};
use accolade::press::Press;

use crate::support::{Folder, each_document};

/// Rows in each stretch: not many, so that there are many stretches.
const ROWS: usize = 40;

const HEADER: [&str; 7] =
    ["组别", "奖项", "项目名称", "参赛单位", "核心成员", "推荐省赛", "县（区、市）"];

/// The example contest with so many projects in each of two groups, in rows of one to
/// four lines.
fn contest(in_groups: [usize; 2]) -> Folder {
    of_rows(&rows(in_groups))
}

fn rows(in_groups: [usize; 2]) -> Vec<[String; 7]> {
    let mut rows = vec![HEADER.map(str::to_owned)];
    for (group, count) in ["企业组", "创客组"].into_iter().zip(in_groups) {
        for index in 0..count {
            let county = ["榆次区", "太谷区"][index / 150];
            let award = ["一等奖", "二等奖"][index % 2];
            let name = numeral(index);
            let members = (0..=index % 6).map(|it| format!("王{name}{}", numeral(it)));
            rows.push([
                group.into(),
                award.into(),
                format!("{group}{name}号{}", "智能制造生产线".repeat(index % 4)),
                format!("晋中{group}{name}有限公司"),
                members.collect::<Vec<_>>().join("、"),
                if award == "一等奖" { "是" } else { "" }.into(),
                county.into(),
            ]);
        }
    }
    rows
}

fn of_rows(rows: &[[String; 7]]) -> Folder {
    let folder = Folder::example();
    let rows: Vec<[&str; 7]> =
        rows.iter().map(|row| std::array::from_fn(|at| row[at].as_str())).collect();
    folder.sheet(&rows.iter().map(|row| &row[..]).collect::<Vec<_>>());
    folder
}

/// A number in characters that a name may have.
fn numeral(number: usize) -> String {
    let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
    number.to_string().bytes().map(|digit| digits[usize::from(digit - b'0')]).collect()
}

/// Has each document about many with this in its path, with its PDF laid out at once and
/// that of stretches.
fn each(folder: &Folder, kind: &str, hold: impl FnMut(&str, Vec<u8>, Option<Vec<u8>>)) {
    each_in(folder, kind, ROWS, hold);
}

/// The same in stretches of so many rows.
fn each_in(
    folder: &Folder,
    kind: &str,
    rows: usize,
    mut hold: impl FnMut(&str, Vec<u8>, Option<Vec<u8>>),
) {
    each_document(folder, |press: &Press, plan: &Plan<'_>, document: &Document| {
        let code = press.code(plan, document, &OnPage::default()).unwrap();
        if code.is_none() && document.path.contains(kind) {
            let pdf = |pages| press.exported(plan, document, &pages).unwrap();
            let at_once = press.compiled(plan, document, None).unwrap();
            let stretched = press.compiled_in_stretches(plan, document, rows);
            hold(&document.path, pdf(at_once), stretched.map(pdf));
        }
    });
}

/// Holds every document about many of a folder.
fn hold_all(folder: &Folder) {
    let mut held = Vec::new();
    each(folder, "", |path, at_once, stretched| {
        let stretched = stretched.unwrap_or_else(|| panic!("{path} is laid out at once"));
        assert!(at_once == stretched, "{path} is another");
        held.push(path.to_owned());
    });
    for kind in ["推荐函", "公示", "通知", "分发清单", "签收表"] {
        assert!(held.iter().any(|path| path.contains(kind)), "no {kind} in {held:?}");
    }
}

/// The one document of this kind, of which stretches are asked for.
fn one(folder: &Folder, kind: &str) -> (Vec<u8>, Option<Vec<u8>>) {
    let mut found = Vec::new();
    each(folder, kind, |_, at_once, stretched| found.push((at_once, stretched)));
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn every_document_with_long_lists_is_the_same_in_stretches() {
    hold_all(&contest([230, 200]));
}

#[test]
fn so_it_is_on_both_sides_of_the_paper() {
    let folder = contest([230, 130]);
    folder.edit("contest.toml", "# duplex   = true", "duplex   = true");
    hold_all(&folder);
}

#[test]
fn a_short_list_after_a_long_one_and_before_one_stays_whole() {
    hold_all(&contest([230, 60]));
    hold_all(&contest([60, 230]));
}

#[test]
fn where_the_stretches_end_does_not_matter() {
    // A row as high as half a page among others, and one that is higher than any.
    let mut rows = rows([230, 130]);
    for (row, names) in [(101, 60), (201, 150)] {
        rows[row][4] =
            (0..names).map(|it| format!("王{}", numeral(it))).collect::<Vec<_>>().join("、");
    }
    let folder = of_rows(&rows);
    for (kind, many) in [("推荐函", [1, 17, 179, 1000]), ("公示", [2, 229, 230, 231])]
        .into_iter()
        .flat_map(|(kind, many)| many.map(|many| (kind, many)))
    {
        each_in(&folder, kind, many, |path, at_once, stretched| {
            assert!(stretched.is_some_and(|it| it == at_once), "{path} of {many} rows at a time");
        });
    }
}

/// A long contest whose template of this name is changed.
fn with_template(name: &str, change: impl Fn(&str) -> String) -> Folder {
    let folder = contest([230, 200]);
    folder.own_template(name);
    let place = format!("templates/{name}");
    let text = std::fs::read_to_string(folder.path(&place)).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text);
    folder.write(&place, changed);
    folder
}

#[test]
fn pages_that_say_how_many_there_are_are_laid_out_at_once() {
    let folder = with_template("results.typ", |text| {
        let before = "#if facts.number != none";
        text.replacen(before, &format!("#context counter(page).final().first()\n{before}"), 1)
    });
    assert!(one(&folder, "公布获奖名单").1.is_none());
}

#[test]
fn so_are_those_of_which_only_the_last_list_says_it() {
    let folder = with_template("results.typ", |text| {
        let (before, lists) = text.split_once("#winners(").unwrap();
        format!(
            "{before}#let counted(..its) = {{\n  annex(..its)\n  if its.pos().first() == \
             lists.last() {{ context counter(page).final().first() }}\n}}\n#winners({}",
            lists.replacen("annex.with", "counted.with", 1)
        )
    });
    assert!(one(&folder, "公布获奖名单").1.is_none());
}

#[test]
fn a_list_within_a_block_is_laid_out_at_once() {
    let folder = with_template("letter.typ", |text| {
        format!("{})", text.trim_end().replacen("#roster(", "#block(roster(", 1))
    });
    assert!(one(&folder, "推荐函").1.is_none());
}

#[test]
fn a_list_that_stands_there_twice_is_laid_out_at_once() {
    let folder = with_template("letter.typ", |text| {
        format!("{text}\n{}", &text[text.find("#roster(").unwrap()..])
    });
    assert!(one(&folder, "推荐函").1.is_none());
}

#[test]
fn what_stands_between_two_lists_and_after_them_is_where_it_was() {
    let folder = with_template("publicity.typ", |text| {
        let (before, _) = text.split_once("#winners(").unwrap();
        let lists = "#for group in groups {\n  lorem(150)\n  roster((number-column-of(say(\"row\")), \
                     ..columns-of(job.columns)), group.entrants)\n  lorem(300)\n}\n";
        format!("{before}{lists}")
    });
    let (at_once, stretched) = one(&folder, "公示");
    assert!(stretched.is_some_and(|stretched| stretched == at_once));
}

#[test]
fn what_has_no_list_is_laid_out_once() {
    let folder =
        with_template("publicity.typ", |text| text.split_once("#winners(").unwrap().0.to_owned());
    let (at_once, stretched) = one(&folder, "公示");
    assert!(stretched == Some(at_once));
}
