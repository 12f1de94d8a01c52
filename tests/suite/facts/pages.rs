//! The pages that are made from what the templates declare and the program reads.

use std::path::Path;
use std::{env, fs};

use accolade::contest::{Declared, FromContest};
use accolade::field::Field;
use accolade::form::Form;
use accolade::intake::header_words;
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
| `picture` | `images/` 里的一幅图片 | `\"logo.svg\"` |
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
    keep("docs/facts.md", &text);
}

/// The templates whose texts a contest may replace, and those texts.
#[test]
fn the_page_about_words_is_what_the_templates_declare() {
    let mut text = "\
# 文字 Words

每个模板印的文字，大赛可在 `[documents.words]` 里换掉任何一句；本页据模板的声明和 `templates/words/` 生成。花括号、方括号的写法见 README。
What each template says. A contest replaces any of it in `[documents.words]`. This page is made from the templates' declarations and `templates/words/`; the README tells what stands in braces and brackets.
"
    .to_owned();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = |tag: &str| -> toml::Table {
        let path = folder.join(format!("templates/words/{tag}.toml"));
        fs::read_to_string(path).unwrap().parse().unwrap()
    };
    let (zh, en) = (said("zh-CN"), said("en"));
    let shown = |said: &toml::Table, template: &str, word: &str| {
        let one = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        match said.get(template).and_then(|it| it.get(word)) {
            Some(toml::Value::String(text)) if text.is_empty() => "—".to_owned(),
            Some(toml::Value::String(text)) => one(text),
            Some(toml::Value::Table(texts)) => {
                let texts = texts.iter().filter_map(|(whom, text)| Some((whom, text.as_str()?)));
                let texts = texts.filter(|(_, text)| !text.is_empty());
                texts
                    .map(|(whom, text)| format!("{whom} {}", one(text)))
                    .collect::<Vec<_>>()
                    .join("<br>")
            }
            _ => "—".to_owned(),
        }
    };
    for (template, declaration) in declarations() {
        if declaration.words.is_empty() {
            continue;
        }
        text += &format!(
            "\n## {template}\n\n| 文字 word | 含义 | meaning | 中文 | English |\n|---|---|---|---|---|\n"
        );
        for word in &declaration.words {
            text += &format!(
                "| `{}` | {} | {} | {} | {} |\n",
                word.name,
                word.meaning.zh,
                word.meaning.en,
                shown(&zh, &template, &word.name),
                shown(&en, &template, &word.name)
            );
        }
    }
    keep("docs/words.md", &text);
}

/// What the header of each field's column may be called.
#[test]
fn the_page_about_headers_is_what_is_read() {
    let mut text = "\
# 列名 Headers

内置字段认得的列名；别的列名写进 `contest.toml` 的 `[columns]`。大小写和空格不论。本页据程序生成。
The headers that built-in fields are known by; others go into `[columns]` of `contest.toml`. Case and blanks do not matter. This page is made from the program.

| 字段 field | 中文 | English |
|---|---|---|
"
    .to_owned();
    for field in Field::BUILT_IN {
        let [zh, en] = header_words(field);
        text += &format!("| `{}` | {} | {} |\n", field.name(), zh.join("、"), en.join(", "));
    }
    keep("docs/headers.md", &text);
}

/// The README's tables name words that are read.
#[test]
fn the_readmes_tables_of_fields_are_made_of_what_is_read() {
    let notes = |lang: &str, field: Field| -> &str {
        let zh = lang == "zh";
        match field {
            Field::Group if zh => "`contest.toml` 写了组别时必需",
            Field::Group => "required if `contest.toml` names groups",
            Field::Award if zh => "必需；`[fields.award] needed = false` 时可以没有",
            Field::Award => "required, unless `[fields.award]` says `needed = false`",
            Field::Project if zh => "`contest.toml` 用到时必需",
            Field::Project => "required if `contest.toml` uses it",
            Field::Organization if zh => "必需；有成员而 `contest.toml` 没有用到它时可以没有",
            Field::Organization => {
                "required, unless there are members and `contest.toml` does not use it"
            }
            Field::Members if zh => {
                "负责人排在最前。写在同一格里，用 、，；/、换行或空格分开；或分作 队长、队员1、队员2…… 几列；或每人一行，其余各列合并；姓和名也可以各占一列"
            }
            Field::Members => {
                "the leader first. In one cell, separated by 、，；/, line breaks or spaces; or in columns 队长, 队员1, 队员2 …; or one row for each member, with the other columns merged; a first and a last name may have a column each"
            }
            Field::Recommended if zh => "√、是 或 1；否、× 或空",
            Field::Recommended => "√, 是, yes or 1; 否, ×, no or empty",
            Field::Id if zh => "用来区分参赛项目",
            Field::Id => "tells entrants apart",
            _ => "",
        }
    };
    for (lang, path, head) in [
        ("zh", "README.zh-CN.md", "| 字段 | 列名，例如 | |\n|---|---|---|\n"),
        ("en", "README.md", "| field | header words, for example | |\n|---|---|---|\n"),
    ] {
        let between = if lang == "zh" { "、" } else { ", " };
        let rows = Field::BUILT_IN.map(|field| {
            let [zh, en] = header_words(field);
            let english = en.first().map(|word| {
                let (first, rest) = word.split_at(1);
                first.to_uppercase() + rest
            });
            let words = zh.iter().take(3).map(|&word| word.to_owned()).chain(english);
            let words: Vec<String> = words.collect();
            format!("| `{}` | {} | {} |\n", field.name(), words.join(between), notes(lang, field))
        });
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let readme = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let (before, rest) = readme.split_once(head).expect("the table of fields");
        let (_, after) = rest.split_once("\n\n").expect("what follows it");
        let made = format!("{before}{head}{}\n{after}", rows.concat());
        if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            fs::write(&path, &made).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap().replace("\r\n", "\n") == made,
            "{}",
            path.display()
        );
    }
}

/// Holds a page against what it is made from; `INSTA_UPDATE=always` writes it anew.
fn keep(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "{} is not what it is made from", path.display());
}
