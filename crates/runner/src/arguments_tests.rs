use super::*;

fn wanted(line: &[&str]) -> RunnerCommand {
    read(line.iter().map(OsString::from)).unwrap_or_else(|why| panic!("{line:?}: {why}"))
}

fn run(line: &[&str]) -> ArtifactRun {
    match wanted(line) {
        RunnerCommand::Run(run) => *run,
        other => panic!("{line:?}: {other:?}"),
    }
}

#[test]
fn options_may_stand_before_between_and_after_arguments() {
    let read =
        run(&["--json", "f.wshop", "--invoke", "f", "1", "--call-ms=5", "-2", "--stack-kib", "64"]);
    assert_eq!(read.file, PathBuf::from("f.wshop"));
    assert_eq!(read.invoke.as_deref(), Some("f"));
    assert_eq!(read.arguments, ["1", "-2"]);
    assert!(read.json);
    assert_eq!((read.limits.call_ms, read.limits.stack_kib), (5, 64));
}

#[test]
fn what_follows_two_dashes_is_the_programs() {
    let read = run(&["qjs.wshop", "--", "-e", "1", "--json", "--", "-0x1", "--help"]);
    assert_eq!(read.arguments, ["-e", "1", "--json", "--", "-0x1", "--help"]);
    assert!(!read.json);
}

#[test]
fn what_people_write_for_negative_numbers_is_a_value() {
    for text in
        ["-1", "-1.5e3", "-inf", "-nan", "-nan:0x1", "-0x10", "-0b1", "-1_000", "-0x1.8p3", "-0"]
    {
        assert_eq!(run(&["f.wshop", "--invoke", "f", text, text]).arguments, [text, text]);
    }
}

#[test]
fn without_options_the_limits_are_the_default_ones() {
    assert_eq!(run(&["f"]), ArtifactRun { file: "f".into(), ..ArtifactRun::default() });
}

#[test]
fn a_variable_has_a_name_and_any_value() {
    let environment = run(&["f", "--env", "A=", "--env=B=x=y"]).wasi.environment;
    let pairs: Vec<_> = environment.iter().map(|v| (v.name.as_str(), v.value.as_str())).collect();
    assert_eq!(pairs, [("A", ""), ("B", "x=y")]);
}

#[test]
fn without_a_file_it_is_a_workbench_that_asks() {
    let plan = |readable: &[&str], dies_with_parent| {
        let readable = readable.iter().map(PathBuf::from).collect();
        RunnerCommand::Serve(SandboxPlan {
            readable,
            own_group: true,
            dies_with_parent,
            ..SandboxPlan::default()
        })
    };
    assert_eq!(wanted(&[]), plan(&[], false));
    assert_eq!(
        wanted(&["--artifacts", "/a", "--die-with-parent", "--artifacts=/b"]),
        plan(&["/a", "/b"], true)
    );
}

#[test]
fn a_workbench_names_folders_of_any_spelling() {
    let RunnerCommand::Serve(plan) = wanted(&["--folder", "write", "-a::b", "/c"]) else {
        panic!()
    };
    let folder = folders::Wanted {
        host: "-a::b".into(),
        guest: "/c".into(),
        access: FolderAccess::Write,
        bounded: false,
    };
    assert_eq!(plan.folders, [folder]);
    let why = read(["--folder", "all", "a", "b"].map(OsString::from)).unwrap_err();
    assert!(why.contains("`create`"), "{why}");
}

#[test]
fn what_is_printed_without_running_anything() {
    assert_eq!(wanted(&["--version", "--nonsense"]), RunnerCommand::Version);
    assert_eq!(wanted(&["f", "-h"]), RunnerCommand::Help);
    assert_eq!(wanted(&["--sandbox", "--json"]), RunnerCommand::Sandbox { json: true });
    assert_eq!(
        wanted(&["--inspect", "f"]),
        RunnerCommand::Inspect { file: "f".into(), json: false }
    );
}

#[test]
fn wrong_usage_says_what_is_wrong() {
    let cases: [(&[&str], &str); 14] = [
        (&["--fly"], "--fly"),
        (&["f", "-x"], "-x"),
        (&["f", "--invoke"], "--invoke"),
        (&["--invoke", "f"], "wants a file"),
        (&["--inspect"], "wants a file"),
        (&["f", "--env", "x"], "NAME=VALUE"),
        (&["f", "--call-ms", "soon"], "soon"),
        (&["f", "--stack-kib", "1"], "64 to 65536"),
        (&["f", "--store-mib", "-1"], "0 to 1048576"),
        (&["f", "--memory-pages", "0"], "1 to 65536"),
        (&["f", "--table-elements", "10000001"], "1 to 10000000"),
        (&["f", "--call-ms", "86400001"], "0 to 86400000"),
        (&["f", "--unknown-imports", "ignore"], "`trap`"),
        (&["f", "--artifacts", "d"], "--artifacts"),
    ];
    for (line, word) in cases {
        let said = read(line.iter().map(OsString::from)).unwrap_err();
        assert!(said.contains(word), "{line:?}: {said}");
    }
}

#[test]
fn a_folder_has_a_name_for_the_program_or_keeps_its_own() {
    let line = ["f", "--dir", "a/b", "--dir=c::/", "--dir-read-only", "d::e::f", "--dir", "g:h:ro"];
    let folders = run(&line).folders;
    let told: Vec<_> = folders
        .iter()
        .map(|folder| (folder.host.to_str().unwrap(), folder.guest.as_str(), folder.access))
        .collect();
    assert_eq!(
        told,
        [
            ("a/b", "a/b", FolderAccess::Create),
            ("c", "/", FolderAccess::Create),
            ("d", "e::f", FolderAccess::Read),
            ("g", "h", FolderAccess::Read)
        ]
    );
    for line in ["--dir=", "--dir=::x", "--dir=x::"] {
        let why = read(["f", line].map(OsString::from)).unwrap_err();
        assert!(why.contains("HOST::GUEST"), "{why}");
    }
}
