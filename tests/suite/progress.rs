//! How far a run is: events for programs, and an end at once when it is asked
//! for.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value as Json;

use crate::support::{Folder, Ran, program};

fn events(stderr: &str) -> Vec<Json> {
    let event = |line: &str| {
        let event: Json =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(event["event"].is_string(), "{line}");
        event
    };
    stderr.lines().map(event).collect()
}

fn names(events: &[Json]) -> Vec<&str> {
    let mut names: Vec<&str> =
        events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    names.dedup();
    names
}

fn number(event: &Json, key: &str) -> f64 {
    event[key].as_f64().unwrap_or_else(|| panic!("{key} of {event}"))
}

/// A folder of many winners and one volume of all their certificates, laid out
/// anew for process ink.
fn many(rows: usize) -> Folder {
    let names: Vec<String> = (1..=rows).map(|n| format!("项目{n}")).collect();
    let row = |name| ["企业组", "优胜奖", name, "某某有限公司", "王伟", ""];
    let rows: Vec<[&str; 6]> = names.iter().map(|name| row(name.as_str())).collect();
    let folder = Folder::with_rows(&rows);
    folder.edit(
        "contest.toml",
        "path     = \"印制/荣誉证书打印册 {part}.pdf\"",
        "path     = \"印制/荣誉证书打印册 {part}.pdf\"\npages    = 1000\nink      = \"process\"",
    );
    folder
}

#[test]
fn events_tell_what_is_made_how_fast_and_how_long_the_rest_takes() {
    let folder = Folder::example();
    let Ran { status, stdout, stderr } = folder.accolade("run", &["--progress", "json"]);
    assert_eq!(status, 0, "{stdout}");
    let result: Json = serde_json::from_str(&stdout).expect("the result is one JSON value");
    let events = events(&stderr);
    assert_eq!(names(&events), ["made", "packed", "reserved", "named", "issued"]);
    let made: Vec<&Json> = events.iter().filter(|event| event["event"] == "made").collect();

    // Certificates, letter, forms, lists, and each certificate again in both
    // volumes.
    let files: u64 = result["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|kind| {
            !["荣誉证书打印册", "荣誉证书总览"].contains(&kind["kind"].as_str().unwrap())
        })
        .map(|kind| kind["documents"].as_u64().unwrap())
        .sum();
    let count = files + 2 * 45;
    let (first, last) = (made[0], made[made.len() - 1]);
    assert_eq!((&first["done"], &first["seconds_left"]), (&0.into(), &Json::Null));
    assert_eq!((&last["done"], number(last, "seconds_left")), (&count.into(), 0.0));
    for pair in made.windows(2) {
        assert_eq!(pair[0]["count"], count);
        assert!(number(pair[0], "done") <= number(pair[1], "done"), "{stderr}");
        // One in a tenth of a second; the last is always told.
        let apart = number(pair[1], "seconds") - number(pair[0], "seconds");
        assert!(apart > 0.09 || number(pair[1], "done") == count as f64, "{stderr}");
    }
    // While a run is short, nothing is forgotten: the rate is the average.
    let average = number(last, "done") / number(last, "seconds");
    assert!((number(last, "rate") / average - 1.0).abs() < 0.2, "{last}");
}

#[test]
fn specimens_are_packed_and_named_only() {
    let ran = Folder::example().done("run", &["--draft", "--progress", "json"]);
    assert_eq!(names(&events(&ran.stderr)), ["made", "packed", "named"]);
}

#[test]
fn faults_stand_in_the_result_and_not_between_the_events() {
    let folder = Folder::with_rows(&[["企业组", "三等将", "甲", "某某有限公司", "", ""]]);
    let ran = folder.accolade("run", &["--progress", "json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    assert_eq!(ran.found("error"), [("unknown-award".into(), "名单!B2".into())]);
    // One that is found while documents are made.
    let folder = Folder::example();
    folder.write("templates/results.typ", "#panic(\"模板坏了\")");
    let ran = folder.accolade("run", &["--progress", "json"]);
    assert_eq!((ran.status, names(&events(&ran.stderr))), (1, vec!["made"]));
    assert!(ran.stdout.contains("模板坏了"), "{}", ran.stdout);
}

#[test]
fn a_reissue_tells_its_events_and_asks_nobody() {
    let folder = Folder::example();
    folder.done("run", &["--only", "荣誉证书"]);
    let ran = folder.raw(&[
        "reissue",
        ".",
        "JZCK2026-QY-1-001",
        "--set",
        "项目=风筝",
        "--reason",
        "有误",
        "--progress",
        "json",
    ]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(names(&events(&ran.stderr)), ["made", "packed", "reserved", "named", "issued"]);
    assert_eq!(ran.json()["changes"][0]["number"], "JZCK2026-QY-1-001");

    let ran = folder.raw(&[
        "reissue",
        ".",
        "--from",
        "awards.xlsx",
        "--reason",
        "改回",
        "--progress",
        "json",
    ]);
    assert_eq!((ran.status, ran.stderr.as_str()), (2, ""), "{}", ran.stdout);
    assert_eq!(ran.found("error")[0].0, "not-confirmed");
}

#[test]
fn people_see_no_bar_where_there_is_no_terminal() {
    for progress in ["auto", "none"] {
        let ran = Folder::example().done("run", &["--only", "荣誉证书", "--progress", progress]);
        assert!(ran.stdout.starts_with("awards.xlsx："), "{}", ran.stdout);
        assert_eq!(ran.stderr, "", "no bar");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_broken_off_within_a_volume_ends_at_once_and_leaves_nothing() {
    let rows = 500;
    let folder = many(rows);
    for signal in ["-INT", "-TERM"] {
        let mut run = Command::new(program())
            .args(["run", ".", "--only", "荣誉证书打印册", "--threads", "1", "--progress", "json"])
            .current_dir(folder.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(run.stderr.take().unwrap()).lines();
        // All certificates are made, and some are in the volume.
        let within = lines.find_map(|line| {
            let event = events(&line.unwrap()).remove(0);
            (number(&event, "done") > rows as f64 + 10.0).then_some(event)
        });
        let left = number(&within.expect("it comes to the volume"), "seconds_left");
        let start = Instant::now();
        let pid = run.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let mut stdout = String::new();
        run.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        assert!(!run.wait().unwrap().success());
        assert!(stdout.contains("\"interrupted\""), "{stdout}");
        let took = start.elapsed().as_secs_f64();
        assert!(took < left / 2.0, "{signal}: {took} s, where the rest takes {left} s");
        assert!(folder.out().is_empty(), "{:?}", folder.out());
    }
    // Where to go on: the same command, with the numbers that it would have given.
    let names = folder.package(&["--only", "荣誉证书", "--threads", "2"]).names();
    assert!(names[0].contains("JZCK2026-QY-4-001"), "{}", names[0]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_bar_on_a_terminal_keeps_out_of_the_result_and_ctrl_c_answers_a_question() {
    let folder = Folder::example();
    let terminal = |command: &str| {
        // What runs in the background of a script ignores Ctrl-C, and so would this.
        Command::new("env")
            .args(["--default-signal=INT", "script", "-qec"])
            .args([&format!("'{}' {command}", program()), "/dev/null"])
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("TERM", "xterm")
            .current_dir(folder.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let seen = terminal("run . > result.txt").wait_with_output().unwrap();
    let (seen, result) = (
        String::from_utf8(seen.stdout).unwrap(),
        std::fs::read_to_string(folder.path("result.txt")).unwrap(),
    );
    assert!(seen.contains("每秒") && !seen.contains("压缩包"), "{seen}");
    assert!(result.contains("压缩包：out/") && !result.contains(['\x1b', '\r']), "{result}");

    // The question of a reissue is on the terminal, whatever becomes of the
    // result, and Ctrl-C is an answer to it.
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "参赛单位", "核心成员"],
        &["企业组", "一等奖", "光伏清洗", "某某有限公司", "王伟"],
    ]);
    std::fs::remove_dir_all(folder.path("out")).unwrap();
    for file in ["register.db", "signing.key"] {
        std::fs::remove_file(folder.path(file)).unwrap();
    }
    folder.done("run", &["--only", "荣誉证书"]);
    let before = folder.done("register", &["--check"]).stdout;
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "参赛单位", "核心成员"],
        &["企业组", "一等奖", "光伏清洗", "某某有限公司", "王伟、李强"],
    ]);
    for (answer, issued) in [("\x03", false), ("n\n", false), ("y\n", true)] {
        let mut asked = terminal("reissue . --from awards.xlsx --reason 更正 > result.txt");
        let mut seen = String::new();
        let mut output = asked.stdout.take().unwrap();
        while !seen.contains("[y/N]") {
            let mut byte = [0; 256];
            let read = output.read(&mut byte).unwrap();
            assert_ne!(read, 0, "it ends without a question: {seen}");
            seen += &String::from_utf8_lossy(&byte[..read]);
        }
        let mut input = asked.stdin.take().unwrap();
        std::io::Write::write_all(&mut input, answer.as_bytes()).unwrap();
        let status = asked.wait().unwrap();
        drop(input);
        assert_eq!(status.success(), issued, "{answer:?}: {status}");
        let result = std::fs::read_to_string(folder.path("result.txt")).unwrap();
        assert_eq!(result.contains("“王伟” → “王伟、李强”"), issued, "{answer:?}: {result}");
        let unchanged = folder.done("register", &["--check"]).stdout == before;
        assert_eq!(unchanged, !issued, "{answer:?}");
    }
}
