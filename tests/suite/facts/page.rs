//! `docs/facts.md`, which is made from what the templates declare.

use std::path::Path;
use std::{env, fs};

use accolade::contest::{Declared, FromContest};
use accolade::form::Form;
use serde_json::Value as Json;

use super::declarations;

const HEAD: &str = "\
# 事实 Facts

每个模板要在 `contest.toml` 里写哪些事实，由模板旁边的声明写明；本页据此生成。`contest.facts` 写在 `[facts]`，`document.facts` 写在这种文件的 `[documents.facts]`，册与之不同的写在 `[[volumes]]` 的 `facts`。
Which facts each template wants in `contest.toml` is declared beside it; this page is made from that. `contest.facts` go into `[facts]`, `document.facts` into the kind's `[documents.facts]`, and where a volume differs, into the `facts` of `[[volumes]]`.

| kind | 写法 | as it is written |
|---|---|---|
| `text`, `texts` | 文字；文字的列表 | `\"…\"`; `[\"…\", \"…\"]` |
| `date` | 日期 | `2030-12-31` |
| `number`, `whole-number` | 数；不小于 0 的整数 | `1.5`; `12` |
| `yes-no` | 是、否 | `true`, `false` |
| `length` | 长度 | `\"30mm\"`, `\"3cm\"`, `\"12pt\"` |
| `paper` | 纸张；或毫米数“宽x高” | `\"a4 landscape\"`, `\"letter portrait\"` (`a3`, `a4`, `b5`, `jis-b5`, `letter`, `legal`); `\"260x184\"` |
| `choice` | 几项之一 | `\"formal\"` |
| `table`, `tables` | 表；表的列表 | `{ code = \"…\", year = 2030 }`; `[{ … }, { … }]` |
";

/// The rows of a table for facts and the facts within them.
fn rows(facts: &[Declared], prefix: &str, text: &mut String) {
    for fact in facts {
        let name = format!("{prefix}{}", fact.name);
        let default = match (&fact.default, fact.needed) {
            (Json::Null, _) if fact.default_from == Some(FromContest::Date) => {
                "大赛的日期 the contest's date".to_owned()
            }
            (Json::Null, _) if fact.default_from == Some(FromContest::Year) => {
                "大赛的年份 its year".to_owned()
            }
            (Json::Null, true) => "必须写 needed".to_owned(),
            (Json::Null, false) => "—".to_owned(),
            (default, _) => format!("`{default}`"),
        };
        let (mut zh, mut en) = (fact.meaning.zh.clone(), fact.meaning.en.clone());
        if let Form::Choice(choices) = &fact.form {
            for choice in choices {
                zh += &format!("<br>`{}` {}", choice.name, choice.meaning.zh);
                en += &format!("<br>`{}` {}", choice.name, choice.meaning.en);
            }
        }
        *text += &format!("| `{name}` | `{}` | {default} | {zh} | {en} |\n", fact.form.name());
        rows(&fact.fields, &format!("{name}."), text);
    }
}

/// `INSTA_UPDATE=always` writes it anew.
#[test]
fn the_page_about_facts_is_what_the_templates_declare() {
    let mut text = HEAD.to_owned();
    for (template, declaration) in declarations() {
        if declaration.contest.is_empty() && declaration.document.is_empty() {
            continue;
        }
        text += &format!(
            "\n## {template}\n\n| 事实 fact | kind | 不写时 if left out | 含义 | meaning |\n|---|---|---|---|---|\n"
        );
        rows(&declaration.contest, "contest.facts.", &mut text);
        rows(&declaration.document, "document.facts.", &mut text);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/facts.md");
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "docs/facts.md is not what the templates declare");
}
