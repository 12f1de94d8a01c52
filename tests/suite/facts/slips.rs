//! What a clerk gets wrong in the facts of `contest.toml`: each slip is told at
//! its line, with the word that was meant.

use std::fs;

use super::{found, line, said};
use crate::support::Folder;

#[test]
fn a_slip_in_any_table_of_facts_is_refused_with_the_word_that_was_meant() {
    let folder = Folder::example();
    let slips = [
        ("co_organizers =", "co_organisers =", "facts.co_organisers", "co_organizers"),
        ("title  = \"关于举办2026", "tite  = \"关于举办2026", "facts.notice.tite", "title"),
        ("phone  = \"0354-2639511\"", "phon  = \"0354-2639511\"", "facts.contacts.phon", "phone"),
        ("design = \"formal\"", "desing = \"formal\"", "documents.facts.desing", "design"),
        ("year = 2026 }                          #", "yaer = 2026 } #", "number.yaer", "year"),
        ("issuer   = \"晋中市", "isuer   = \"晋中市", "documents.facts.isuer", "issuer"),
    ];
    for (from, to, ..) in slips {
        folder.edit("contest.toml", from, to);
    }
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let volume = "\n[[volumes]]\nname = \"套打册\"\nof = \"荣誉证书\"\npath = \"套打册.pdf\"\nfacts = { desgin = \"preprinted\" }\n";
    folder.write("contest.toml", text + volume);
    let all = said(&folder, "zh");
    let en = said(&folder, "en");
    assert_eq!(all.len(), slips.len() + 1, "each told once, all at once: {all:#?}");
    let of_volume = ("", "desgin", "volumes.facts.desgin", "design");
    for (_, to, key, meant) in slips.into_iter().chain([of_volume]) {
        let at = line(&folder, "contest.toml", to);
        let told = |said: &[(String, String, usize, String, String)], question: &str| {
            let of_line = said.iter().find(|(.., line, _, _)| *line == at);
            let (code, file, _, message, help) =
                of_line.unwrap_or_else(|| panic!("{to}: {said:#?}"));
            assert_eq!((code.as_str(), file.as_str()), ("undeclared-fact", "contest.toml"));
            assert!(message.contains(key), "{key}: {message}");
            assert_eq!(help, question);
        };
        told(&all, &format!("是否应为“{meant}”？"));
        told(&en, &format!("did you mean “{meant}”?"));
    }
}

#[test]
fn a_fact_that_nobody_could_have_meant_is_told_with_those_there_are() {
    let folder = Folder::example();
    folder.edit("contest.toml", "design = \"formal\"", "colour = \"red\"");
    let (code, _, _, message, help) = said(&folder, "zh").remove(0);
    assert_eq!(code, "undeclared-fact");
    assert!(message.contains("certificate.typ 没有声明它"), "{message}");
    for part in ["design、paper", "templates/certificate.toml"] {
        assert!(help.contains(part), "{help}");
    }
    // What is there already may be what was meant all the same.
    folder.edit("contest.toml", "colour = \"red\"", "");
    folder.edit("contest.toml", "[facts.province]", "[facts.contact]\n[facts.province]");
    let (code, .., help) = said(&folder, "zh").remove(0);
    assert_eq!((code.as_str(), help.as_str()), ("undeclared-fact", "是否应为“contacts”？"));
}

#[test]
fn a_missing_fact_is_told_at_its_table() {
    let folder = Folder::example();
    for gone in [
        "authority = \"山西省工业和信息化厅\"\n",
        "co_organizers = \"各县（区、市）工信局、中小企业主管部门\"                  # 通知三\n",
        "issuer     = \"晋中市工业和信息化局\"\n",
        ", person = \"周杰\"",
    ] {
        folder.edit("contest.toml", gone, "");
    }
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let more = "\n[[documents]]\nname = \"又一份\"\ntemplate = \"recommendation.typ\"\neach = \"entrant\"\npath = \"又/{project}.pdf\"\n";
    folder.write("contest.toml", text + more);
    let last = line(&folder, "contest.toml", "又一份") - 1;
    let expected = [
        line(&folder, "contest.toml", "[facts]"),
        line(&folder, "contest.toml", "[facts.province]"),
        line(&folder, "contest.toml", "contact  = {"),
        line(&folder, "contest.toml", "recipients = ") - 3,
        last,
    ];
    let expected: Vec<_> = expected.map(|line| ("missing-fact".to_owned(), line)).into();
    assert_eq!(found(&folder), expected);

    let said_of = |lang, place: usize| {
        let all = said(&folder, lang).into_iter().filter(move |(.., line, _, _)| *line == place);
        all.map(|(.., message, help)| format!("{message} → {help}")).collect::<Vec<_>>()
    };
    assert_eq!(
        said_of("zh", last),
        [
            "缺少“issuer”（推荐单位，在意见栏盖章），recommendation.typ 要用 → 请在 [documents.facts] 中写上：issuer = \"…\"",
        ]
    );
    assert_eq!(
        said_of("en", line(&folder, "contest.toml", "contact  = {")),
        [
            "“person” (whom to ask for) is missing, which publicity.typ needs → write into documents.facts.contact: person = \"…\""
        ]
    );
}

#[test]
fn facts_of_a_whole_table_can_be_missing() {
    let folder = Folder::example();
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (before, rest) = text.split_once("[facts]").unwrap();
    let (_, documents) = rest.split_once("# 要制作的文件").unwrap();
    folder.write("contest.toml", format!("{before}# {documents}"));
    let all = said(&folder, "zh");
    let messages: Vec<_> = all.iter().map(|(.., message, _)| message.as_str()).collect();
    // What no sentence speaks of may be left out: the contacts, the disclosure.
    for name in ["basis", "province", "notice", "co_organizers"] {
        let told = messages.iter().filter(|it| it.contains(&format!("缺少“{name}”"))).count();
        assert_eq!(told, 1, "{name}: {messages:#?}");
    }
    assert_eq!(all.len(), 4);
    assert!(all[0].4.contains("basis = { title = \"…\", number = \"…\" }"), "{}", all[0].4);
}

#[test]
fn an_empty_text_is_no_fact_where_one_is_needed() {
    let folder = Folder::example();
    folder.edit("contest.toml", "people = [\"周杰\"]", "people = [\"\"]");
    folder.edit("contest.toml", "issuer     = \"晋中市工业和信息化局\"", "issuer     = \" \"");
    // What may be left out is left out so, too.
    folder.edit("contest.toml", "printed_by = \"晋中市工信局办公室\"", "printed_by = \"\"");
    // Here it has a meaning.
    folder.edit(
        "contest.toml",
        "# [documents.words]\n# heading   =",
        "[documents.words]\nclosing = \"\"\n# heading =",
    );
    let expected = ["people = [\"\"]", "issuer     = \" \""];
    let expected: Vec<_> =
        expected.map(|text| ("wrong-fact".to_owned(), line(&folder, "contest.toml", text))).into();
    assert_eq!(found(&folder), expected);
}

#[test]
fn a_wrong_choice_lists_the_choices_and_what_they_mean() {
    let folder = Folder::example();
    folder.edit("contest.toml", "design = \"formal\"", "design = \"moden\"");
    let (code, _, at, message, help) = said(&folder, "zh").remove(0);
    assert_eq!(
        (code.as_str(), at),
        ("wrong-fact", line(&folder, "contest.toml", "design = \"moden\""))
    );
    assert_eq!(message, "“documents.facts.design”（式样）不能是 \"moden\"");
    assert!(help.starts_with("是否应为 \"modern\"？可以是：\"formal\"（红金边框）、"), "{help}");
    let (.., message, help) = said(&folder, "en").remove(0);
    assert_eq!(message, "“documents.facts.design” (the design) cannot be \"moden\"");
    assert!(help.contains("\"preprinted\" (text alone, for stock that has"), "{help}");
}

#[test]
fn an_empty_choice_is_no_choice() {
    let folder = Folder::example();
    folder.edit("contest.toml", "design = \"formal\"", "design = \"\"");
    let expected = ("wrong-fact".to_owned(), line(&folder, "contest.toml", "design = \"\""));
    assert_eq!(found(&folder), [expected]);
}

#[test]
fn copies_are_printed_without_an_office_that_prints() {
    let folder = Folder::example();
    let printed_by = "printed_by = \"晋中市工信局办公室\"";
    folder.edit("contest.toml", printed_by, "copies = \"市政府办公室\"");
    let pdf = folder.package(&["--only", "获奖名单通知"]).pdf("通知");
    pdf.shows("抄送：市政府办公室。");
    assert!(!pdf.text().contains("印发"));
}
