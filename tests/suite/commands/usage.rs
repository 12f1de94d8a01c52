//! The command line itself: its help, its language, and slips in it.

use std::fs;

use crate::support::{Folder, program};

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
            ["“--new” cannot be “D5”", "Winners!D5"],
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
    // An option without a command is answered with the help; nothing at all opens
    // the page, which tests/suite/desk tries.
    let ran = folder.raw(&["--lang", "zh"]);
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
        let output = std::process::Command::new(program())
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
