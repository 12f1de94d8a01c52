//! Help in the language of who types. The comments on arguments are the English
//! one; here is the Chinese, by command and argument.

use accolade::Lang;
use clap::{Arg, ArgAction, Command};

/// A command's words: what it is for, and what follows its options.
const COMMANDS: [(&str, &str, &str); 14] = [
    (
        "accolade",
        "把大赛的最终获奖名单变成证书、推荐函和公文：排版、核对，装进一个压缩包",
        "\
例：
  accolade                      在浏览器里打开办事页面
  accolade init 我的大赛        新建大赛文件夹，改好 contest.toml，放入名单
  accolade check 我的大赛       只核对，什么也不写
  accolade preview 我的大赛     先看最容易出问题的几页
  accolade run 我的大赛         全部制作，得到一个压缩包
  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 项目=新名称 --reason 更正
  accolade verify 证书.pdf --register 我的大赛

退出状态：0 完成；1 数据或模板有问题（什么也没有写）；2 用法或环境有问题；75 被中断、磁盘满、登记簿正被使用等，稍后原样再运行即可",
    ),
    (
        "init",
        "新建一个大赛文件夹，内有可改的示例；不写 DIR 时列出示例",
        "\
例：
  accolade init                        列出示例
  accolade init 我的大赛
  accolade init 我的大赛 --example least
  accolade init 明年 --from 今年        从今年的大赛开始
  accolade init 我的大赛 --templates   连同内置模板，以便修改",
    ),
    (
        "desk",
        "在浏览器里打开办事页面，只限本机",
        "\
例：
  accolade desk 我的大赛
  accolade desk 我的大赛 --no-open    只给出地址，不打开浏览器",
    ),
    (
        "extras",
        "写出手册页、命令行补全和带图的使用手册",
        "\
例：
  accolade extras ~/.local/share       给当前用户，放在各种 shell 和 man 会找的地方",
    ),
    (
        "check",
        "读名单、核对、报告；不改动名单",
        "\
例：
  accolade check 我的大赛
  accolade check 我的大赛 --sheet 终稿.xlsx --format json
  accolade check 我的大赛 --annotate 待改.xlsx    在名单的副本上标出问题",
    ),
    (
        "run",
        "制作全部文件，装进一个压缩包",
        "\
例：
  accolade run 我的大赛
  accolade run 我的大赛 --only 荣誉证书 --out D:\\印刷
  accolade run 我的大赛 --hold    有错的行扣下，其余照做",
    ),
    (
        "plan",
        "冻结方案：读名单、排定全部编号，供多台机器分段制作",
        "\
例：
  accolade plan 我的大赛 --parts 40
  accolade run 我的大赛 --shard 7/40    每台机器做一段
  accolade assemble 我的大赛           各段合成一个压缩包，登记编号",
    ),
    ("assemble", "把各段合成压缩包，与一台机器做出来的一字不差，并登记编号", ""),
    (
        "preview",
        "把一份文件画成 PNG；不指明时画最容易出问题的几份",
        "\
例：
  accolade preview 我的大赛                       名称最长、用字最生僻的几份
  accolade preview 我的大赛 JZCK2026-QY-1-001     这个编号
  accolade preview 我的大赛 '企业组!D5'           这一行
  accolade preview 我的大赛 推荐函                 这一种

有问题的页也画出来，用红框标明，退出状态 1",
    ),
    (
        "reissue",
        "重发改正了的证书：编号不变，版次加一，别的都不动",
        "\
例：
  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 项目=新名称 --reason 名称有误
  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 成员=甲、乙 --reason 漏了一人 --also 获奖名单通知
  accolade reissue 我的大赛 --from 更正后.xlsx --reason 更正    先列出改动，确认后才做",
    ),
    (
        "revoke",
        "撤销一份证书",
        "\
例：
  accolade revoke 我的大赛 JZCK2026-QY-1-001 --reason 取消获奖资格
  accolade revoke 我的大赛 JZCK2026-QY-1-001 --undo --reason 撤销有误",
    ),
    (
        "register",
        "登记簿：发出过什么",
        "\
例：
  accolade register 我的大赛 --status superseded
  accolade register 我的大赛 --text 某某有限公司
  accolade register 我的大赛 --export 登记簿.xlsx
  accolade register 我的大赛 --publish 网站    核验网页 check.html 和状态清单 status.js
  accolade register 我的大赛 --check           是否被改动过",
    ),
    (
        "verify",
        "核验证书或压缩包：是否真实、是否有效",
        "\
例：
  accolade verify 证书.pdf --register 我的大赛
  accolade verify 证书.pdf --register status.js
  accolade verify 获奖文件.zip --register 我的大赛
  accolade verify 'https://…/check.html#…' --key 公钥

退出状态：0 真实（给出登记簿或状态清单时，并且有效）；1 不是；2 无法核验",
    ),
    (
        "inspect",
        "逐条检查公文 PDF 是否符合 GB/T 9704-2012，不论由谁制作",
        "\
例：
  accolade inspect 通知.pdf
  accolade inspect 通知.pdf > 通知.md
  accolade inspect 通知.pdf --format json

输出是一张 Markdown 表：条款、要素、规定、实测、结论（合格、不合格、人工判断）。

退出状态：0 没有不合格；1 有不合格；2 读不了",
    ),
];

/// What an argument is for, in the command named, or in every command (`*`) that
/// says nothing else.
const ARGUMENTS: [(&str, &str, &str); 48] = [
    ("*", "help", "显示帮助"),
    ("*", "version", "显示版本"),
    ("*", "format", "结果的格式：text（默认）；json 在标准输出给出一个 JSON 值"),
    ("*", "lang", "语言：zh 或 en；默认依 LC_ALL、LC_MESSAGES、LANG，再默认中文"),
    ("*", "dir", "大赛文件夹；默认当前文件夹"),
    ("*", "sheet", "用这份名单，不用 contest.toml 所写的"),
    ("*", "out", "压缩包放在哪个文件夹；默认大赛文件夹里的 out"),
    ("*", "only", "只做这一种文件；可以重复"),
    ("*", "hold", "扣下有错的行，其余照做；名单类文件此时不做"),
    ("*", "draft", "做样张：不登记编号，证书上印“样张”，不能核验"),
    ("*", "new", "这一行是新的获奖者，不是谁的更正；可以重复"),
    ("*", "replace", "原来的压缩包里文件更多，也替换它；不加就不替换"),
    ("*", "threads", "同时排版几份；默认用满处理器，结果都一样"),
    (
        "*",
        "progress",
        "进度写到标准错误：auto（默认）在终端上显示进度条，json 每行一个 JSON 事件（结果则为 --format json），none 不显示",
    ),
    ("*", "number", "证书编号"),
    ("*", "reason", "原因，记入登记簿"),
    ("init", "dir", "新的大赛文件夹"),
    ("init", "example", "用这个示例；默认 full，英文时 science-fair"),
    (
        "init",
        "from",
        "从这个文件夹里的大赛（例如去年的）开始：带上配置、模板、字体、图片和密钥，不带名单和登记簿；要重新定的都标出来",
    ),
    ("init", "templates", "把内置模板也写进 templates/，改过的优先"),
    ("desk", "port", "监听的端口；不写时用惯常的一个，被占用就另找"),
    ("desk", "no_open", "只给出地址，不打开浏览器"),
    ("desk", "idle", "多少分钟没有人打开页面就退出；0 为不退出"),
    ("check", "annotate", "另写一份名单，有问题的单元格涂色并加批注；不覆盖已有的文件"),
    (
        "check",
        "assume_mapping",
        "缺一列而恰有一列的列名与它相近时，就当作它，并记在 contest.toml 的 [columns]",
    ),
    (
        "run",
        "shard",
        "只做 accolade plan 冻结的方案的第 I 段，共 N 段；auto：由 Slurm、Kubernetes 或 Nomad 的环境变量决定",
    ),
    ("extras", "dir", "放进哪个文件夹；其中的位置与 Linux 的 /usr/share 相同"),
    ("plan", "parts", "分成几段"),
    ("plan", "out", "方案放在哪个文件夹；默认大赛文件夹里的 out"),
    ("assemble", "out", "方案和各段所在的文件夹；默认大赛文件夹里的 out"),
    ("preview", "which", "编号、行、文件种类，或单位、项目名称的一部分"),
    ("preview", "out", "图片放在哪个文件夹；默认大赛文件夹里的 out/preview"),
    ("reissue", "set", "某个字段改正后的内容；可以重复"),
    ("reissue", "from", "按这份改正了的名单，有改动的都重发"),
    ("reissue", "also", "印着改动内容的这一种文件也重做；可以重复"),
    ("reissue", "yes", "不询问，直接重发"),
    ("revoke", "undo", "使撤销了的重新有效"),
    ("register", "kind", "只列这一种"),
    ("register", "status", "只列有效（valid）、已被取代（superseded）或已撤销（revoked）的"),
    ("register", "text", "只列含有这些字的"),
    ("register", "check", "检查登记簿是否完好、有没有被改动"),
    ("register", "export", "导出为 xlsx、csv 或 json"),
    ("register", "publish", "把核验网页和签名的状态清单写进这个文件夹"),
    ("register", "new_key", "此后用 signing.key 里的新密钥签名，没有就新做一把"),
    ("verify", "what", "PDF、压缩包，或二维码里的文字或链接；- 从标准输入读"),
    ("verify", "register", "大赛文件夹，或状态清单 status.js"),
    ("verify", "key", "主办单位的公钥"),
    ("inspect", "file", "公文的 PDF"),
];

/// Values whose names are words.
const VALUES: [(&str, &str, &str); 1] = [("reissue", "set", "字段=值")];

/// How a command is typed, where clap would not say it so.
const USAGES: [(&str, &str); 2] = [
    (
        "reissue",
        "accolade reissue [DIR] NUMBER --set 字段=值 --reason 说明
      accolade reissue [DIR] --from 名单 --reason 说明",
    ),
    ("revoke", "accolade revoke [DIR] NUMBER --reason 说明"),
];

/// A command whose help is in `lang` alone; clap's own words are English.
pub(super) fn in_words_of(command: Command, lang: Lang) -> Command {
    let name = command.get_name().to_owned();
    let mut command = command
        .help_template(lang.pick(
            "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
        ))
        .subcommand_help_heading(lang.pick("命令", "Commands"))
        .subcommand_value_name(lang.pick("命令", "COMMAND"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help())
        .mut_args(|arg| {
            let heading = match arg.is_positional() {
                true => lang.pick("参数", "Arguments"),
                false => lang.pick("选项", "Options"),
            };
            let arg = arg.help_heading(heading);
            if lang == Lang::Zh { translated(arg, &name) } else { arg }
        });
    if lang == Lang::Zh {
        if let Some((_, about, after)) = COMMANDS.iter().find(|(command, ..)| *command == name) {
            command = command.about(*about);
            if !after.is_empty() {
                command = command.after_help(*after);
            }
        }
        if let Some((_, usage)) = USAGES.iter().find(|(command, _)| *command == name) {
            command = command.override_usage(*usage);
        }
    }
    with_usage(command.mut_subcommands(|command| in_words_of(command, lang)), lang)
}

fn help() -> Arg {
    Arg::new("help")
        .long("help")
        .short('h')
        .display_order(100)
        .action(ArgAction::Help)
        .help("print help")
}

fn translated(arg: Arg, command: &str) -> Arg {
    let id = arg.get_id().clone();
    let found = |table: &'static [(&str, &str, &'static str)], command: &str| {
        table.iter().find(|it| it.0 == command && id == it.1).map(|it| it.2)
    };
    let help = found(&ARGUMENTS, command).or_else(|| found(&ARGUMENTS, "*"));
    let arg = if let Some(help) = help { arg.help(help) } else { arg };
    match found(&VALUES, command) {
        Some(value) => arg.value_name(value),
        None => arg,
    }
}

/// With its usage in words of `lang`.
fn with_usage(mut command: Command, lang: Lang) -> Command {
    if command.get_name() != "accolade" {
        let name = command.get_name().to_owned();
        command = command.bin_name(format!("accolade {name}"));
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim_start();
    command.override_usage(usage.replace("[OPTIONS]", lang.pick("[选项]", "[OPTIONS]")))
}

/// Every command that there is Chinese for, and every argument.
#[cfg(test)]
pub(super) fn known() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let commands = COMMANDS.iter().map(|it| (it.0, None));
    let usages = USAGES.iter().map(|it| (it.0, None));
    let arguments = ARGUMENTS.iter().chain(&VALUES).map(|it| (it.0, Some(it.1)));
    commands.chain(usages).chain(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_rows_are_about_the_same() {
        for (index, row) in ARGUMENTS.iter().enumerate() {
            let same = |other: &&(&str, &str, &str)| (other.0, other.1) == (row.0, row.1);
            assert_eq!(ARGUMENTS.iter().position(|other| same(&other)), Some(index), "{row:?}");
        }
    }
}
