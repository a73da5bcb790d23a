//! Every lesson gives the results in its header, with every compiler and engine.

use std::path::{Path, PathBuf};

use watshop_module::lesson::{self, Expectation, LessonCall, LessonHeader};
use watshop_protocol::instance::{self, CallAnswer, Instantiate, Load};
use watshop_protocol::page::{
    Compiler, Engine, Error, Limits, Proposals, UnknownImports, Value, WasiSettings,
};
use watshop_protocol::process::runner::{CallEnd, HostSetup};
use watshop_tests::process::{CompilerProcess, RunnerProcess};

use crate::{combinations, repository};

#[test]
fn every_lesson_gives_what_it_promises() {
    let mut checked = 0;
    for (compiler, engine) in combinations() {
        let mut process = CompilerProcess::start(compiler);
        for path in lessons(Path::new(&repository("examples"))) {
            let text = std::fs::read_to_string(&path).unwrap();
            let lesson = lesson::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let about = format!("{} ({} {})", path.display(), compiler.as_str(), engine.as_str());
            check(&mut process, &lesson, &text, compiler, engine, &about);
            checked += lesson.expect.len();
        }
    }
    assert!(checked > 100, "only {checked} expectations: were the lessons found?");
}

/// Checks everything that a lesson promises in one instance, in order, as a person who follows it
/// does.
fn check(
    process: &mut CompilerProcess,
    lesson: &LessonHeader,
    text: &str,
    compiler: Compiler,
    engine: Engine,
    about: &str,
) {
    let folder = tempfile::tempdir().unwrap();
    let sealed = folder.path().join("lesson.wshop");
    let binary = watshop_module::parse(text).unwrap();
    let compiled = process.compile(&binary, engine, Proposals::default(), &sealed);
    if !lesson.compilers.contains(&compiler) {
        assert_eq!(compiled.unwrap_err().code.as_str(), "compiler_refused", "{about}");
        return;
    }
    compiled.unwrap_or_else(|e| panic!("{about}: {e}"));
    let mut runner = RunnerProcess::start(folder.path());
    runner
        .ask(Load { sealed, payload_hash: None, own: false })
        .unwrap_or_else(|e| panic!("{about}: {e}"));
    let wasi = WasiSettings {
        program: Some("lesson".into()),
        arguments: lesson.arguments.clone(),
        environment: Vec::new(),
        ..WasiSettings::default()
    };
    let limits = Limits { call_ms: 500, ..Limits::default() };
    let made = runner.ask(Instantiate {
        limits,
        wasi,
        unknown_imports: UnknownImports::Error,
        host: HostSetup::default(),
    });
    for expectation in &lesson.expect {
        match expectation {
            Expectation::Results { call, results } => {
                let values =
                    invoke(&mut runner, call).unwrap_or_else(|e| panic!("{about}: {call:?}: {e}"));
                let texts: Vec<_> = values.into_iter().map(|value| value.value).collect();
                assert_eq!(&texts, results, "{about}: {call:?}");
            }
            Expectation::Trap { kind, call } => {
                assert_eq!(
                    invoke(&mut runner, call).unwrap_err().trap,
                    Some(*kind),
                    "{about}: {call:?}"
                );
            }
            Expectation::Error { code, call: Some(call) } => {
                assert_eq!(invoke(&mut runner, call).unwrap_err().code, *code, "{about}: {call:?}");
            }
            Expectation::Error { code, call: None } => {
                assert_eq!(made.as_ref().unwrap_err().code, *code, "{about}");
            }
            Expectation::Stdout(expected) => {
                let start = LessonCall { function: "_start".into(), arguments: Vec::new() };
                let (ended, output) = call_and_listen(&mut runner, &start).unwrap();
                assert_eq!((ended, &output), (CallEnd::Exited(0), expected), "{about}");
            }
        }
    }
}

fn invoke(runner: &mut RunnerProcess, call: &LessonCall) -> Result<Vec<Value>, Box<Error>> {
    match call_and_listen(runner, call)?.0 {
        CallEnd::Returned(values) => Ok(values),
        CallEnd::Failed(error) => Err(error),
        CallEnd::Exited(status) => panic!("{call:?} exited with {status}"),
    }
}

fn call_and_listen(
    runner: &mut RunnerProcess,
    call: &LessonCall,
) -> Result<(CallEnd, String), Box<Error>> {
    let (export, arguments) = (call.function.clone(), call.arguments.clone());
    let request = instance::Call { export, arguments, limit_ms: 500 };
    let (CallAnswer { ended, .. }, output) = runner.ask_and_listen(request)?;
    Ok((ended, String::from_utf8(output).unwrap()))
}

fn lessons(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut found: Vec<_> =
        files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "wat")).collect();
    found.extend(folders.iter().flat_map(|folder| lessons(folder)));
    found.sort();
    found
}
