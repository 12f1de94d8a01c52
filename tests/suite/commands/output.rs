//! What a command prints, on which stream and with which status, and what it says
//! when it breaks off.

use std::fs;

use crate::support::{Folder, program};

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
            .args(["-c", script, program()])
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
            .args(["-qec", &format!("'{}' {command}", program()), "/dev/null"])
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

#[cfg(target_os = "linux")]
#[test]
fn a_panic_is_told_in_words_and_as_one_value() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = Folder::example();
    // Where no thread can be begun, rayon panics and signals cannot be waited
    // for. Root is not bound by the limit, and may give its rights away.
    let binary = folder.path("accolade");
    fs::copy(program(), &binary).unwrap();
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
