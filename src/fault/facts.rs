//! The facts of `contest.toml` that templates declare.

use super::domain::{Domain, Pair, faults};
use crate::form::{Choice, Form, Meaning, PAPER};
use crate::lang::Lang;
use crate::nearest::nearest;

/// How much of a wrong value a message shows.
const SHOWN_VALUE: usize = 40;

faults! {
    /// The facts of `contest.toml` that templates declare.
    Facts {
        UndeclaredFact {
            key: String,
            /// Whose document's it is; none for a fact of the contest.
            template: Option<String>,
            nearest: Option<String>,
            known: Vec<String>,
        } => "undeclared-fact", Error, Data;
        /// What was a fact before words could be written.
        NowAWord { name: String, text: String } => "now-a-word", Error, Data;
        MissingFact {
            /// The table that lacks it.
            table: String,
            name: String,
            meaning: Box<Meaning>,
            /// Which template needs it.
            template: String,
            /// A value it might have.
            example: String,
            /// Whether the contest's own template may not need it at all.
            inherited: bool,
        } => "missing-fact", Error, Data;
        WrongFact {
            key: String,
            meaning: Box<Meaning>,
            /// As the file has it.
            value: String,
            form: Form,
            example: String,
        } => "wrong-fact", Error, Data;
        DeclaredOtherwise {
            key: String,
            templates: [String; 2],
        } => "declared-otherwise", Error, Data;
    }
}

impl Domain for Facts {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Facts::UndeclaredFact { key, template, nearest, known } => {
                undeclared(key, template.as_deref(), nearest.as_deref(), known, lang)
            }
            Facts::NowAWord { name, text } => {
                let quoted = |text: &str| toml::Value::from(text).to_string();
                let line = match name.as_str() {
                    "title" => {
                        let to = quoted(&format!("{{name}}{text}："));
                        format!(
                            "recipient = {{ entrant = \"{{name}}：\", person = {to}, member = {to} }}"
                        )
                    }
                    _ => format!("{name} = {}", quoted(text)),
                };
                lang.pick(
                    (
                        format!("“{name}”不再是事实，是文字"),
                        format!("删去这一行，在本类文件的末尾写：[documents.words] {line}"),
                    ),
                    (
                        format!("“{name}” is no longer a fact but words"),
                        format!("remove this line and write at the end of this kind: [documents.words] {line}"),
                    ),
                )
            }
            Facts::MissingFact { table, name, meaning, template, example, inherited } => {
                // What stands within a fact has no table head of its own.
                let table =
                    if table.ends_with("facts") { format!("[{table}]") } else { table.clone() };
                let meaning = meant(meaning, lang);
                let own = if *inherited {
                    let file = template.replace(".typ", ".toml");
                    lang.pick(
                        format!("；自己的 {template} 若不用它，请写 templates/{file}，声明要用的"),
                        format!("; where your own {template} does not read it, declare in templates/{file} what it reads"),
                    )
                } else {
                    String::new()
                };
                lang.pick(
                    (
                        format!("缺少“{name}”（{meaning}），{template} 要用"),
                        format!("请在 {table} 中写上：{name} = {example}{own}"),
                    ),
                    (
                        format!("“{name}” ({meaning}) is missing, which {template} needs"),
                        format!("write into {table}: {name} = {example}{own}"),
                    ),
                )
            }
            Facts::WrongFact { key, meaning, value, form, example } => {
                let (meaning, value) = (meant(meaning, lang), shown(value));
                let message = lang.pick(
                    format!("“{key}”（{meaning}）不能是 {value}"),
                    format!("“{key}” ({meaning}) cannot be {value}"),
                );
                (message, expected(form, key, &value, example, lang))
            }
            Facts::DeclaredOtherwise { key, templates: [one, other] } => lang.pick(
                (
                    format!("{one} 和 {other} 对“{key}”的声明不一样"),
                    "请把自己的模板旁边的声明改成一样，或另取一个名称".into(),
                ),
                (
                    format!("{one} and {other} declare “{key}” differently"),
                    "make the declaration beside your own template the same, or use another name"
                        .into(),
                ),
            ),
        }
    }
}

fn undeclared(
    key: &str,
    template: Option<&str>,
    nearest: Option<&str>,
    known: &[String],
    lang: Lang,
) -> Pair {
    let message = match template {
        Some(template) => lang.pick(
            format!("认不得的事实“{key}”，{template} 没有声明它"),
            format!("unknown fact “{key}”: {template} does not declare it"),
        ),
        None => lang.pick(
            format!("认不得的事实“{key}”，没有模板声明它"),
            format!("unknown fact “{key}”: no template declares it"),
        ),
    };
    if let Some(near) = nearest {
        let help = lang.pick(format!("是否应为“{near}”？"), format!("did you mean “{near}”?"));
        return (message, help);
    }
    let known = if known.is_empty() {
        lang.pick("请删去；它不用任何事实".into(), "remove it: there are no facts here".into())
    } else {
        lang.pick(
            format!("请删去或改正；可以写：{}", known.join("、")),
            format!("remove or correct it; known here: {}", known.join(", ")),
        )
    };
    let file = match template {
        Some(template) => format!("templates/{}", template.replace(".typ", ".toml")),
        None => {
            lang.pick("templates/ 里与它同名的 .toml".into(), "the .toml file of its name".into())
        }
    };
    let help = lang.pick(
        format!("{known}。自己的模板要用它，先在 {file} 中声明"),
        format!("{known}. Where a template of your own reads it, declare it in {file}"),
    );
    (message, help)
}

fn expected(form: &Form, key: &str, value: &str, example: &str, lang: Lang) -> String {
    match form {
        Form::Text => lang.pick(
            "应为文字，写在英文双引号里".into(),
            "it should be text, in double quotes".into(),
        ),
        Form::Date => lang.pick(
            format!("应为日期，不加引号，例如 {example}"),
            format!("it should be a date without quotes, such as {example}"),
        ),
        Form::Number => {
            lang.pick("应为数，不加引号".into(), "it should be a number without quotes".into())
        }
        Form::WholeNumber => lang.pick(
            "应为不小于 0 的整数，不加引号".into(),
            "it should be a whole number from 0 on, without quotes".into(),
        ),
        Form::YesNo => lang.pick(
            "应为 true（是）或 false（否），不加引号".into(),
            "it should be true or false, without quotes".into(),
        ),
        Form::Length => lang.pick(
            "应为长度，例如 \"30mm\"、\"3cm\" 或 \"12pt\"".into(),
            "it should be a length, such as \"30mm\", \"3cm\" or \"12pt\"".into(),
        ),
        Form::Paper => {
            let (least, most) = (PAPER.start(), PAPER.end());
            lang.pick(
                format!("应为 a3、a4、b5、jis-b5、letter 或 legal 加 landscape（横）或 portrait（竖），例如 \"a4 landscape\"；或毫米数“宽x高”，例如 \"260x184\"，每边 {least} 至 {most}"),
                format!("it should be a3, a4, b5, jis-b5, letter or legal with landscape or portrait, such as \"a4 landscape\", or width x height in millimetres, such as \"260x184\", each {least} to {most}"),
            )
        }
        Form::Picture => lang.pick(
            "应为 images/ 里一幅图片的文件名，例如 \"logo.svg\"".into(),
            "it should be the name of a picture in images/, such as \"logo.svg\"".into(),
        ),
        Form::Choice(choices) => choice(choices, value.trim_matches(['"', '\'']), lang),
        Form::Texts => lang.pick(
            format!("应为文字的列表，例如 {example}"),
            format!("it should be a list of texts, such as {example}"),
        ),
        Form::Table => lang.pick(
            format!("应为一张表，例如 {example}"),
            format!("it should be a table, such as {example}"),
        ),
        Form::Tables => lang.pick(
            format!("应为表的列表，例如 {example}，或者每张表一段 [[{key}]]"),
            format!("it should be a list of tables, such as {example}, or a [[{key}]] for each"),
        ),
    }
}

fn choice(choices: &[Choice], value: &str, lang: Lang) -> String {
    let near = nearest(value, choices.iter().map(|choice| choice.name.as_str()));
    let near = near.map(|near| {
        lang.pick(format!("是否应为 \"{near}\"？"), format!("did you mean \"{near}\"? "))
    });
    let choices: Vec<_> = choices
        .iter()
        .map(|Choice { name, meaning }| {
            let meaning = meant(meaning, lang);
            lang.pick(format!("\"{name}\"（{meaning}）"), format!("\"{name}\" ({meaning})"))
        })
        .collect();
    let choices = lang.pick(
        format!("可以是：{}", choices.join("、")),
        format!("choose from: {}", choices.join(", ")),
    );
    near.unwrap_or_default() + &choices
}

fn meant(meaning: &Meaning, lang: Lang) -> &str {
    lang.pick(&meaning.zh, &meaning.en)
}

/// The beginning of a value, in one line.
fn shown(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = line.chars();
    let beginning: String = characters.by_ref().take(SHOWN_VALUE).collect();
    if characters.next().is_some() { beginning + "…" } else { beginning }
}
