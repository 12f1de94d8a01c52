//! `init`, `preview`, `--help` and what every command shares.

use std::fs;

use crate::support::Folder;

#[test]
fn init_makes_a_folder_that_runs() {
    let folder = Folder::example();
    let ran = folder.raw(&["init", "新大赛"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("accolade run 新大赛"), "{}", ran.stderr);
    let files: Vec<&str> = ran.stdout.lines().collect();
    let made = ["contest.toml", "awards.xlsx", ".gitignore", "signing.key"];
    assert_eq!(files, made.map(|name| format!("新大赛/{name}")));
    let ran = folder.raw(&["run", "新大赛"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(folder.path("新大赛/out").read_dir().unwrap().next().is_some());
    assert!(folder.out().is_empty(), "the working directory is left alone");
}

#[test]
fn init_never_overwrites() {
    let folder = Folder::example();
    folder.write("mine/awards.xlsx", "mine");
    let ran = folder.raw(&["init", "mine"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("awards.xlsx"), "{}", ran.stderr);
    assert_eq!(fs::read(folder.path("mine/awards.xlsx")).unwrap(), b"mine");
    assert!(!folder.path("mine/contest.toml").exists(), "all or nothing");
}

#[test]
fn the_built_in_templates_can_be_taken_out_and_changed() {
    let folder = Folder::example();
    let ran = folder.raw(&["init", "mine", "--templates", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(folder.path("mine/templates/lib/gongwen.typ").exists());
    folder.edit("mine/templates/certificate.toml", "特发此证", "谨发此证");
    let ran = folder.raw(&["run", "mine", "--only", "荣誉证书"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let zip = folder.path("mine/out").read_dir().unwrap().next().unwrap().unwrap().path();
    crate::support::Package::open(&zip).pdf("QY-1-001").shows("谨发此证");
}

#[test]
fn preview_draws_the_worst_cases_and_every_list() {
    let folder = Folder::example();
    let ran = folder.accolade("preview", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let json = ran.json();
    let files: Vec<_> =
        json["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap()).collect();
    for part in ["JZCK2026-QY-4-004", "古丽娜尔", "获奖名单公示 1.png", "推荐函"] {
        // The longest project, the most letters of members, the lists.
        let expected = if part == "古丽娜尔" { "QY-2-002" } else { part };
        assert!(files.iter().any(|file| file.contains(expected)), "{expected}: {files:?}");
    }
    for file in files {
        assert!(fs::read(folder.path(file)).unwrap().starts_with(b"\x89PNG"), "{file}");
    }
}

#[test]
fn preview_draws_what_is_named() {
    let folder = Folder::example();
    for (which, expected) in
        [("JZCK2026-CY-1-001", 1), ("企业组!B3", 2), ("聚晟创客团队", 2), ("推荐函", 4)]
    {
        let ran = folder.accolade("preview", &[which, "--format", "json"]);
        let files = ran.json()["files"].as_array().map_or(0, Vec::len);
        assert_eq!((ran.status, files), (0, expected), "{which}");
    }
    let ran = folder.accolade("preview", &["不存在"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("没有与“不存在”相符"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_laid_out_is_named_and_the_rest_is_drawn() {
    let folder = Folder::example();
    folder.write("templates/results.typ", "#panic(\"模板坏了\")");
    let ran = folder.accolade("preview", &[]);
    assert_eq!(ran.status, 1);
    for said in ["模板坏了", "排不出来，没有图：获奖名单通知"] {
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(folder.path("out/preview/公文/获奖名单公示 1.png").exists(), "{}", ran.stderr);
    // Where nothing can be drawn, nothing is written.
    let folder = Folder::example();
    folder.write("templates/results.typ", "#panic(\"模板坏了\")");
    let ran = folder.accolade("preview", &["获奖名单通知"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("什么也没有写"), "{}", ran.stderr);
    assert!(folder.out().is_empty(), "{:?}", folder.out());
}

#[test]
fn preview_and_run_manage_the_longest_names() {
    let (project, organization) = ("长".repeat(60), "位".repeat(40));
    let folder = Folder::with_rows(&[["企业组", "一等奖", &project, &organization, "王伟", "√"]]);
    let ran = folder.accolade("preview", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(folder.accolade("run", &[]).status, 0);
}

#[test]
fn run_ends_with_an_account() {
    let folder = Folder::example();
    let ran = folder.accolade("run", &[]);
    for text in [
        "awards.xlsx：47 行 = 制作 45 + 扣下 0 + 略过 2",
        "荣誉证书 45 份，45 页",
        "推荐书 14 份，14 页",
        "压缩包：out",
    ] {
        assert!(ran.stdout.contains(text), "{text:?} is not in {}", ran.stdout);
    }
    let json = folder.accolade("run", &["--format", "json"]).json();
    assert_eq!(json["rows"], serde_json::json!({"in": 47, "issued": 45, "held": 0, "skipped": 2}));
    assert_eq!(
        json["documents"][0],
        serde_json::json!({"kind": "荣誉证书", "documents": 45, "pages": 45})
    );
    assert!(folder.path(json["package"].as_str().unwrap()).exists());
    assert!(json["seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn what_was_asked_for_goes_to_standard_output_and_nothing_else_does() {
    let folder = Folder::example();
    let faulty = Folder::with_rows(&[["企业组", "三等将", "甲", "某某有限公司", "", ""]]);
    let number = "JZCK2026-QY-1-001";
    let set = ["reissue", ".", number, "--set", "项目=风筝", "--reason", "有误", "--out", "again"];
    let notice = "notice.pdf";
    for (folder, arguments, status, result, hint) in [
        (&folder, &["run", ".", "--only", "荣誉证书"][..], 0, "压缩包：out", ""),
        (&folder, &["plan", ".", "--parts", "2"], 0, "分 2 段制作：out", ""),
        (&folder, &["run", ".", "--shard", "1/2"], 0, "第 1/2 段", "合并以前不要打印"),
        (&folder, &["register", "."], 0, "JZCK2026-QY-1-001 第1版 有效", "共 45 份"),
        (&folder, &["check", "."], 0, "47 行 = 可制作 45", ""),
        (&folder, &["preview", ".", "JZCK2026-QY-1-002"], 0, "out/preview", ""),
        (&folder, &["register", ".", "--check"], 0, "登记簿完好", ""),
        (&folder, &["register", ".", "--export", "a.csv"], 0, "a.csv\n", ""),
        (&folder, &set, 0, "→ “风筝”", "这些文件也印着改动的内容"),
        (&folder, &["revoke", ".", number, "--reason", "取消"], 0, "已撤销", ""),
        (&folder, &["verify", "again"], 2, "", "这是文件夹，不是文件"),
        (&folder, &["inspect", notice], 2, "", "没有这个文件或文件夹"),
        (&folder, &["init", "."], 2, "", "已经存在"),
        (&faulty, &["check", "."], 1, "没有名为“三等将”的奖项", ""),
        (&faulty, &["run", "."], 1, "", "没有名为“三等将”的奖项"),
        (&faulty, &["check", "none"], 2, "", "没有这个文件或文件夹"),
    ] {
        let ran = folder.raw(arguments);
        let what = format!("{arguments:?}: {} / {}", ran.stdout, ran.stderr);
        assert_eq!(ran.status, status, "{what}");
        assert_eq!(ran.stdout.is_empty(), result.is_empty(), "{what}");
        assert_eq!(ran.stderr.is_empty(), hint.is_empty(), "{what}");
        assert!(ran.stdout.contains(result) && ran.stderr.contains(hint), "{what}");
    }
}

#[test]
fn a_contest_that_cannot_be_read_is_in_the_report_of_check() {
    let folder = Folder::example();
    folder.edit("contest.toml", "organizers =", "organisers =");
    let ran = folder.accolade("check", &[]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    assert!(ran.stdout.contains("“organizers”"), "{}", ran.stdout);
    let ran = folder.accolade("run", &[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("“organizers”"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_reader_that_hangs_up_ends_nothing_and_a_full_disk_is_told() {
    let folder = Folder::example();
    folder.done("run", &["--only", "荣誉证书"]);
    let shell = |script: &str| {
        let output = std::process::Command::new("bash")
            .args(["-c", script, env!("CARGO_BIN_EXE_accolade")])
            .env("LC_ALL", "zh_CN.UTF-8")
            .current_dir(folder.path(""))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    for command in ["register .", "register . --format json", "check .", "run . --help", "--hlp"] {
        let (_, said) = shell(&format!("\"$0\" {command} | true; echo ${{PIPESTATUS[0]}} >&2"));
        let status = if command == "--hlp" { "2" } else { "0" };
        assert_eq!(said.lines().last(), Some(status), "{command}: {said}");
        assert!(!said.contains("panic") && !said.contains("Broken"), "{command}: {said}");
    }
    if std::path::Path::new("/dev/full").exists() {
        for format in ["text", "json"] {
            let (status, said) =
                shell(&format!("\"$0\" register . --format {format} >/dev/full; echo $?"));
            assert_eq!(status, "75\n", "{said}");
            assert!(said.contains("错误 标准输出：磁盘满了"), "{said}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn colours_are_for_a_terminal_only_and_each_stream_is_asked() {
    let folder = Folder::with_rows(&[["企业组", "三等将", "甲", "某某有限公司", "", ""]]);
    // On a terminal made by `script`; `cat` makes a pipe of one stream.
    let seen = |command: &str, variables: &[(&str, &str)]| {
        let mut script = std::process::Command::new("script");
        // What also decides about colours, wherever the test runs.
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
            script.env_remove(variable);
        }
        let output = script
            .args(["-qec", &format!("'{}' {command}", env!("CARGO_BIN_EXE_accolade")), "/dev/null"])
            .envs([("LC_ALL", "zh_CN.UTF-8"), ("TERM", "xterm")])
            .envs(variables.iter().copied())
            .current_dir(folder.path(""))
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("错误"), "{text}");
        text.contains("\x1b[")
    };
    assert!(seen("check .", &[]));
    assert!(seen("run . --progress none", &[]));
    assert!(!seen("check . | cat", &[]));
    assert!(seen("run . --progress none | cat", &[]), "standard error is still the terminal");
    assert!(!seen("run . --progress none 2>&1 >/dev/null | cat", &[]));
    assert!(!seen("check .", &[("NO_COLOR", "1")]));
    assert!(!seen("check .", &[("TERM", "dumb")]));
}

#[test]
fn packages_parts_and_pictures_go_into_the_contest_folder() {
    let folder = Folder::example();
    folder.raw(&["init", "mine"]);
    let only = ["--only", "荣誉证书"];
    let done = |arguments: &[&str]| {
        let ran = folder.raw(arguments);
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.stderr);
        ran.stdout
    };
    let said = done(&[&["plan", "mine", "--parts", "1"][..], &only].concat());
    assert!(said.contains("mine/out/"), "{said}");
    let said = done(&["run", "mine", "--shard", "1/1"]);
    assert!(said.contains("mine/out/"), "{said}");
    let said = done(&["assemble", "mine"]);
    assert!(said.contains("压缩包：mine/out/"), "{said}");
    let number = "JZCK2026-QY-1-001";
    // What is typed is seen from where it is typed.
    let said = done(&[&["run", "mine", "--draft", "--out", "here"][..], &only].concat());
    assert!(said.contains("压缩包：here/") && folder.path("here").exists(), "{said}");
    let said = done(&["reissue", "mine", number, "--set", "项目=风筝", "--reason", "有误"]);
    assert!(said.contains("压缩包：mine/out/"), "{said}");
    let said = done(&["preview", "mine", number]);
    assert!(said.starts_with("mine/out/preview/"), "{said}");
    assert!(!folder.path("out").exists());
}

#[test]
fn a_file_or_folder_that_is_wrong_is_named() {
    const KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    let folder = Folder::example();
    folder.write("plain", "text");
    fs::create_dir_all(folder.path("empty")).unwrap();
    let gbk = b"name = \"\xd6\xd0\"";
    folder.write("ansi/contest.toml", gbk);
    for (arguments, status, code, name) in [
        (&["check", "none"][..], 2, "cannot-read", "none"),
        (&["run", "none"], 2, "cannot-read", "none"),
        (&["check", "plain"], 2, "not-a-folder", "plain"),
        (&["check", "empty"], 2, "no-contest", "empty"),
        (&["check", "ansi"], 2, "cannot-read", "ansi/contest.toml"),
        (&["check", ".", "--sheet", "none.xlsx"], 2, "cannot-read", "none.xlsx"),
        (&["check", ".", "--sheet", "empty"], 2, "cannot-read", "empty"),
        (&["check", ".", "--sheet", "plain/awards.xlsx"], 2, "cannot-read", "plain/awards.xlsx"),
        (&["run", ".", "--out", "plain"], 2, "not-a-folder", "plain"),
        (&["run", ".", "--out", "plain/out"], 2, "cannot-write", "plain/out"),
        (&["plan", ".", "--parts", "2", "--out", "plain/out"], 2, "cannot-write", "plain/out"),
        (&["preview", ".", "--out", "plain/out"], 2, "cannot-write", "plain/out"),
        (&["run", ".", "--shard", "1/2"], 2, "plan-missing", "out/"),
        (&["assemble", "."], 2, "plan-missing", "out/"),
        (&["register", ".", "--export", "plain/a.csv"], 2, "cannot-write", "plain/a.csv"),
        (&["register", ".", "--publish", "plain"], 2, "cannot-write", "plain"),
        (&["verify", "none.pdf", "--key", KEY], 2, "cannot-read", "none.pdf"),
        (&["verify", "out/none.zip", "--key", KEY], 2, "cannot-read", "out/none.zip"),
        (&["verify", "empty", "--key", KEY], 2, "cannot-read", "empty"),
        (&["inspect", "none.pdf"], 2, "cannot-read", "none.pdf"),
        (&["inspect", "empty"], 2, "cannot-read", "empty"),
        (&["init", "plain"], 2, "not-a-folder", "plain"),
        (&["reissue", "none", "1", "--set", "项目=甲", "--reason", "x"], 2, "cannot-read", "none"),
        (&["revoke", "none", "1", "--reason", "x"], 2, "cannot-read", "none"),
    ] {
        let json = folder.raw(&[arguments, &["--format", "json"]].concat());
        assert_eq!(json.status, status, "{arguments:?}: {}", json.stdout);
        let diagnostic = &json.json()["diagnostics"][0];
        assert_eq!(diagnostic["code"], code, "{arguments:?}: {diagnostic}");
        assert!(diagnostic["file"].as_str().unwrap().contains(name), "{arguments:?}: {diagnostic}");
        let text = folder.raw(arguments);
        assert_eq!((text.status, text.stdout.as_str()), (status, ""), "{arguments:?}");
        assert!(text.stderr.contains(name), "{arguments:?}: {}", text.stderr);
        assert!(!text.stderr.contains("os error"), "{arguments:?}: {}", text.stderr);
    }
}

#[test]
fn help_has_examples_in_both_languages() {
    let folder = Folder::example();
    for command in [
        "init", "check", "run", "plan", "assemble", "preview", "reissue", "revoke", "register",
        "verify", "inspect", "--help",
    ] {
        let zh = folder.raw(&[command, "--help"]);
        let en = folder.raw(&[command, "--help", "--lang", "en"]);
        assert_eq!((zh.status, en.status), (0, 0));
        assert!(zh.stdout.contains("用法：accolade"), "{}", zh.stdout);
        assert!(en.stdout.contains("Usage: accolade"), "{}", en.stdout);
        if command != "assemble" {
            assert!(zh.stdout.contains("例：") && en.stdout.contains("Examples:"), "{command}");
        }
        for english in ["Usage", "OPTIONS", "Options", "Commands", "possible values", "default:"] {
            assert!(!zh.stdout.contains(english), "{english}: {}", zh.stdout);
        }
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let headings =
            en.stdout.lines().filter(|line| line.ends_with(':') || line.contains("Usage"));
        assert!(headings.clone().count() >= 2 && !headings.collect::<String>().contains(chinese));
    }
}

#[test]
fn a_slip_on_the_command_line_is_told_in_the_readers_language() {
    let folder = Folder::example();
    for (arguments, zh, en) in [
        (&["rnu"][..], ["没有命令“rnu”", "是否应为“run”？"], ["no command “rnu”", "mean “run”?"]),
        (
            &["run", ".", "--hlod"],
            ["没有选项“--hlod”", "是否应为“--hold”？"],
            ["no option “--hlod”", "did you mean “--hold”?"],
        ),
        (
            &["run", ".", "extra"],
            ["多了“extra”", "用法：accolade run [选项] [DIR]"],
            ["“extra” is one argument too many", "usage: accolade run [OPTIONS] [DIR]"],
        ),
        (
            &["run", ".", "--threads", "0"],
            ["“--threads”不能是“0”", "大于 0 的整数"],
            ["“--threads” cannot be “0”", "a whole number above 0"],
        ),
        (
            &["run", ".", "--shard", "5/4"],
            ["“--shard”不能是“5/4”", "1/4"],
            ["“--shard” cannot be “5/4”", "1/4"],
        ),
        (
            &["run", ".", "--new", "D5"],
            ["“--new”不能是“D5”", "企业组!D5"],
            ["“--new” cannot be “D5”", "企业组!D5"],
        ),
        (&["run", ".", "--out"], ["“--out”后面缺少值", ""], ["“--out” needs a value", ""]),
        (&["run", ".", "--out="], ["“--out”后面缺少值", ""], ["“--out” needs a value", ""]),
        (
            &["run", ".", "--format", "xml"],
            ["“--format”不能是“xml”", "可以是：text、json"],
            ["“--format” cannot be “xml”", "choose from: text, json"],
        ),
        (
            &["run", ".", "--hold", "--hold"],
            ["“--hold”只能写一次", "用法"],
            ["“--hold” may be given only once", "usage"],
        ),
        (
            &["run", ".", "--shard", "1/2", "--hold"],
            ["“--shard”不能与“--hold”同用", "用法"],
            ["“--shard” cannot go with “--hold”", "usage"],
        ),
        (&["plan", "."], ["缺少 --parts", "用法"], ["--parts is missing", "usage"]),
        (&["verify"], ["缺少 <WHAT>", "用法"], ["<WHAT> is missing", "usage"]),
        (
            &["verify", "a", "--key", "short"],
            ["“--key”不能是“short”", "43 个字符"],
            ["“--key” cannot be “short”", "43 characters"],
        ),
        (
            &["reissue", ".", "1", "--set", "项目", "--reason", "x"],
            ["不能是“项目”", "例如 项目=新名称"],
            ["“--set” cannot be “项目”", "project=NEW"],
        ),
        (
            &["revoke", ".", "1", "--reason", ""],
            ["“--reason”后面缺少值", ""],
            ["“--reason” needs a value", ""],
        ),
        (&["check", ""], ["[DIR] 是空的", ""], ["[DIR] is empty", ""]),
        (
            &["revoke", ".", "--reason", "x"],
            ["缺少证书编号", "先写文件夹"],
            ["number is missing", "give the folder, then"],
        ),
        (
            &["reissue", ".", "--set", "项目=甲", "--reason", "x"],
            ["缺少证书编号", "先写文件夹"],
            ["number is missing", "give the folder, then"],
        ),
        (
            &["register", ".", "--status", "valld"],
            ["“--status”不能是“valld”", "是否应为“valid”？"],
            ["“--status” cannot be “valld”", "did you mean “valid”?"],
        ),
    ] {
        let langs: [(&[&str], _); 2] = [(&[], zh), (&["--lang", "en"], en)];
        for (lang, parts) in langs {
            let arguments = [lang, arguments].concat();
            let ran = folder.raw(&arguments);
            assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
            for part in parts {
                assert!(ran.stderr.contains(part), "{arguments:?}: no {part} in {}", ran.stderr);
            }
            assert!(ran.stderr.contains("[usage]"), "{}", ran.stderr);
        }
    }
    // Nothing at all is answered with the help.
    let ran = folder.raw(&[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("用法：accolade [选项] <命令>"), "{}", ran.stderr);
}

#[test]
fn a_language_that_is_not_there_is_refused_in_the_readers_own() {
    let folder = Folder::example();
    let ran = folder.raw(&["check", ".", "--lang", "fr"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("“--lang”不能是“fr”"), "{}", ran.stderr);
    let english = [("LC_ALL", ""), ("LC_MESSAGES", "en_GB.UTF-8"), ("LANG", "zh_CN.UTF-8")];
    let ran = folder.within(&english, &["check", ".", "--lang", "fr"]);
    assert!(ran.stderr.contains("“--lang” cannot be “fr”"), "{}", ran.stderr);
    let ran = folder.within(&english, &["check", "."]);
    assert!(ran.stdout.contains("47 rows"), "{}", ran.stdout);
}

#[test]
fn programs_get_one_value_for_a_slip_too() {
    let folder = Folder::example();
    for arguments in [
        &["run", "--hlod", "--format", "json"][..],
        &["run", "--format=json", "--hlod"],
        &["--format", "json", "rnu"],
        &["--format", "json"],
        &["verify", "--format", "json"],
        &["run", ".", "--threads", "0", "--progress=json"],
        &["run", ".", "--format", "json", "--format", "json"],
    ] {
        let ran = folder.raw(arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (2, ""), "{arguments:?}");
        let json = ran.json();
        let [diagnostic] = json["diagnostics"].as_array().unwrap().as_slice() else {
            panic!("{arguments:?}: {json}")
        };
        assert_eq!(
            (&diagnostic["code"], &diagnostic["severity"]),
            (&"usage".into(), &"error".into())
        );
        assert!(!diagnostic["message"].as_str().unwrap().is_empty(), "{json}");
        assert!(!diagnostic["help"].as_str().unwrap().is_empty(), "{arguments:?}: {json}");
    }
    for plain in ["--help", "--version"] {
        let ran = folder.raw(&[plain, "--format", "json"]);
        assert_eq!(ran.status, 0);
        assert!(!ran.stdout.starts_with('{') && !ran.stdout.is_empty(), "{}", ran.stdout);
    }
    // After two dashes nothing is an option.
    let ran = folder.raw(&["verify", "a", "--", "--format=json"]);
    assert!(ran.status == 2 && ran.stdout.is_empty(), "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn arguments_need_be_text_only_where_they_are_no_paths() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::example();
    let odd = OsStr::from_bytes(b"\xd6\xd0");
    fs::create_dir(folder.path("").join(odd)).unwrap();
    for file in ["contest.toml", "awards.xlsx"] {
        fs::copy(folder.path(file), folder.path("").join(odd).join(file)).unwrap();
    }
    let ran = |arguments: &[&OsStr]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_accolade"))
            .args(arguments)
            .arg("--lang=zh")
            .current_dir(folder.path(""))
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(ran(&["check".as_ref(), odd]).0, Some(0));
    let (status, said) = ran(&["run".as_ref(), ".".as_ref(), "--only".as_ref(), odd]);
    assert_eq!(status, Some(2));
    assert!(said.contains("不是 UTF-8 文字") && said.contains("[usage]"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_panic_is_told_in_words_and_as_one_value() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = Folder::example();
    // Where no thread can be begun, rayon panics and signals cannot be waited
    // for. Root is not bound by the limit, and may give its rights away.
    let binary = folder.path("accolade");
    fs::copy(env!("CARGO_BIN_EXE_accolade"), &binary).unwrap();
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o777)).unwrap();
    let root = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0;
    for format in ["text", "json"] {
        let mut command = std::process::Command::new("bash");
        command
            .args(["-c", "ulimit -u 1; exec ./accolade run . --lang zh --format \"$0\"", format])
            .env_remove("RUST_BACKTRACE")
            .current_dir(folder.path(""));
        if root {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(101), "{stdout}{stderr}");
        assert_eq!(stderr.matches("系统不让程序等候 Ctrl-C").count(), 1, "{stderr}");
        if format == "json" {
            let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
            assert_eq!(json["diagnostics"][0]["code"], "internal-error");
        } else {
            assert!(stdout.is_empty() && stderr.contains("程序意外中止"), "{stdout}{stderr}");
        }
        assert!(folder.out().is_empty(), "{:?}", folder.out());
    }
}
