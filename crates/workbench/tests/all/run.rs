//! Tests of Run and Call, from text to result.

use std::cell::{Cell, RefCell};

use watshop_protocol::instance::{Address, PageRequest as _, ReadExports, ReadMemory};
use watshop_protocol::page::{
    CacheUse, Compiler, Engine, ErrorCode, Event, Outcome, Phase, RecordKind, RunState, Settings,
    TrapKind, UnknownImports,
};
use watshop_protocol::registry::{
    ClearHistory, ConfigureTab, DownloadKind, DownloadTab, OpenBytes, OpenLesson, RunTab,
};

use crate::fixture::{ADD_ONE, Fixture, SPIN, failure};

#[tokio::test]
async fn every_compiler_and_engine_gives_the_same_result() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    for compiler in Compiler::ALL {
        for engine in Engine::ALL {
            fixture.configure(tab, |s| (s.compiler, s.engine) = (compiler, engine)).await;
            let report = fixture.run_well(tab).await;
            assert_eq!(report.outcome, Outcome::Ready);
            let record = report.record;
            assert_eq!(
                (record.compiler, record.engine, record.cache),
                (Some(compiler), engine, Some(CacheUse::Miss))
            );
            assert_eq!(
                fixture.results(tab, "add_one", &["41"]).await,
                ["42"],
                "{compiler:?} {engine:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_run_tells_its_phases_and_a_repeated_one_finds_the_artifact() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    let first = fixture.run_well(tab).await.record;
    let mut timings = first.timings;
    for phase in
        [Phase::Parse, Phase::Start, Phase::Compile, Phase::Seal, Phase::Load, Phase::Instantiate]
    {
        assert!(timings.of(phase).is_some_and(|ns| ns > 0), "{phase:?}: {timings:?}");
    }
    assert_eq!(timings.call, None, "nothing was called");
    let sum: u64 = Phase::ALL.into_iter().filter_map(|phase| *timings.of(phase)).sum();
    assert!(timings.total.unwrap() >= sum, "{timings:?}");

    let second = fixture.run_well(tab).await.record;
    assert_eq!((first.cache, second.cache), (Some(CacheUse::Miss), Some(CacheUse::Hit)));
    assert_eq!(
        (second.timings.start, second.timings.compile, second.timings.seal),
        (None, None, None)
    );
    assert!(second.id > first.id);

    let started = |event: &Event| match event {
        Event::State { state: RunState::Running { phase, .. }, .. } => Some(*phase),
        _ => None,
    };
    assert_eq!(fixture.event("a run begins", started).await, Phase::Parse);
    // The idle state is either the last event, or was the last state before. If a second run is
    // over within a sixtieth of a second, no state is sent at all.
    let (finished, rests) = (RefCell::new(Vec::new()), Cell::new(false));
    let over = |event: &Event| {
        match event {
            Event::Finished { report, .. } => finished.borrow_mut().push(report.record.id),
            Event::State { state, .. } => rests.set(*state == RunState::Idle),
            _ => {}
        }
        (finished.borrow().len() == 2 && rests.get()).then_some(())
    };
    fixture.event("both end and it rests", over).await;
    assert_eq!(*finished.borrow(), [first.id, second.id]);
}

#[tokio::test]
async fn calls_are_exact_and_recorded() {
    let fixture = Fixture::new();
    let tab = fixture
        .tab(
            "(module (func (export \"swap\") (param i64 f32) (result f32 i64) local.get 1 local.get 0)
             (global (export \"count\") (mut i32) (i32.const 7))
             (func (export \"count_up\") (global.set 0 (i32.add (global.get 0) (i32.const 1)))))",
        )
        .await;
    fixture.run_well(tab).await;
    assert_eq!(
        fixture.results(tab, "swap", &["9007199254740993", "nan:0x200001"]).await,
        ["nan:0x200001", "9007199254740993"]
    );
    assert_eq!(fixture.results(tab, "count_up", &[]).await, [""; 0]);
    let count = |view: &watshop_protocol::page::InstanceView| {
        let export = view.exports.exports.iter().find(|e| e.name == "count").unwrap();
        export.value.as_ref().unwrap().value.clone()
    };
    assert_eq!(count(&fixture.ask(ReadExports {}.in_tab(tab)).await.unwrap()), "8");
    let view = fixture.view(tab).await;
    assert_eq!(count(view.instance.as_ref().unwrap()), "8");
    let kinds: Vec<_> = view.history.iter().map(|r| (r.kind, r.export.as_deref())).collect();
    assert_eq!(
        kinds,
        [
            (RecordKind::Run, None),
            (RecordKind::Call, Some("swap")),
            (RecordKind::Call, Some("count_up"))
        ]
    );
    fixture.ask(ClearHistory { tab }).await.unwrap();
    assert!(fixture.view(tab).await.history.is_empty());
}

#[tokio::test]
async fn an_instance_tells_what_stands_between_it_and_the_machine() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(tab).await;
    let sandbox = fixture.view(tab).await.instance.unwrap().sandbox;
    assert_eq!(fixture.ask(ReadExports {}.in_tab(tab)).await.unwrap().sandbox, sandbox);
    for layer in sandbox.iter().filter(|layer| !layer.active) {
        eprintln!(
            "the layer {} is missing here: {}",
            layer.name,
            layer.why_not.as_deref().unwrap()
        );
    }
    // Any Linux has these layers. The runner's own tests know the others.
    for name in
        ["process_group", "death_signal", "no_core_dumps", "resource_limits", "no_new_privs"]
    {
        assert!(
            sandbox.iter().any(|layer| layer.name == name && layer.active),
            "{name}: {sandbox:?}"
        );
    }
}

#[tokio::test]
async fn a_wasi_program_runs_to_its_end_with_its_settings() {
    let mut fixture = Fixture::new();
    let tab = fixture.ask(OpenLesson { lesson: "hello".into() }).await.unwrap().summary.id;
    for (engine, cache) in [
        (Engine::Jit, CacheUse::Miss),
        (Engine::Native, CacheUse::Miss),
        (Engine::Jit, CacheUse::Hit),
    ] {
        fixture.configure(tab, |s| s.engine = engine).await;
        let report = fixture.run_well(tab).await;
        assert_eq!(
            (&report.outcome, report.record.cache),
            (&Outcome::Exited { status: 0 }, Some(cache))
        );
        assert!(report.record.timings.call.is_some_and(|ns| ns > 0));
    }
    let console = fixture.view(tab).await.console;
    let text: String = console.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(text.lines().count(), 3, "{text}");
    // The output comes before the event about the end.
    let mut seen = String::new();
    loop {
        let next = fixture
            .event("output, then the end", |event| match event {
                Event::Console { chunks, .. } => {
                    Some(Some(chunks.iter().map(|c| c.text.clone()).collect::<String>()))
                }
                Event::Finished { .. } => Some(None),
                _ => None,
            })
            .await;
        match next {
            Some(text) => seen += &text,
            None => break,
        }
    }
    assert_eq!(seen.lines().count(), 1, "the first run's output: {seen}");
}

#[tokio::test]
async fn errors_point_at_the_line() {
    let fixture = Fixture::new();
    let malformed = fixture.run_badly(fixture.tab("(module\n  (func\n    i32.ad))").await).await;
    assert_eq!(malformed.code, ErrorCode::MalformedText);
    let at = malformed.at.unwrap();
    assert_eq!((at.line, at.column), (Some(3), Some(5)));

    for compiler in Compiler::ALL {
        let tab = fixture.tab("(module\n  (func (result i32)\n    i64.const 1))").await;
        fixture.configure(tab, |s| s.compiler = compiler).await;
        let invalid = fixture.run_badly(tab).await;
        assert_eq!(invalid.code, ErrorCode::InvalidModule, "{invalid:?}");
        let at = invalid.at.unwrap();
        assert!(at.line.is_some() && at.offset.is_some(), "{compiler:?}: {invalid:?}");
    }

    let tab = fixture
        .tab("(module\n  (func $inner\n    unreachable)\n  (func (export \"outer\")\n    call $inner))")
        .await;
    for engine in Engine::ALL {
        fixture.configure(tab, |s| s.engine = engine).await;
        fixture.run_well(tab).await;
        let trap = failure(fixture.call(tab, "outer", &[]).await.unwrap());
        assert_eq!((trap.code, trap.trap), (ErrorCode::Trap, Some(TrapKind::Unreachable)));
        let frames: Vec<_> = trap.frames.iter().map(|f| (f.function, f.at.line)).collect();
        assert_eq!(frames, [(0, Some(3)), (1, Some(5))], "{engine:?}");
        assert_eq!(trap.at.unwrap().line, Some(3));
    }
}

#[tokio::test]
async fn a_trap_points_at_the_text_that_ran_not_at_the_one_that_was_typed_since() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module\n  (func (export \"f\")\n    unreachable))").await;
    fixture.run_well(tab).await;
    let text = "(module\n\n\n\n  (func (export \"f\")))".to_owned();
    fixture
        .ask(watshop_protocol::registry::EditTab { tab, text, after: None, client: "me".into() })
        .await
        .unwrap();
    let trap = failure(fixture.call(tab, "f", &[]).await.unwrap());
    assert_eq!(trap.at.unwrap().line, Some(3));
}

#[tokio::test]
async fn a_binary_runs_and_its_traps_point_into_its_printed_text() {
    let fixture = Fixture::new();
    let binary = watshop_module::parse("(module (func (export \"f\") unreachable))").unwrap();
    let (view, _) = fixture.ask_with(OpenBytes { name: "f.wasm".into() }, binary).await.unwrap();
    let tab = view.summary.id;
    fixture.run_well(tab).await;
    let trap = failure(fixture.call(tab, "f", &[]).await.unwrap());
    let line = trap.at.unwrap().line.unwrap() as usize;
    assert_eq!(view.text.unwrap().lines().nth(line - 1).unwrap().trim(), "unreachable");
}

#[tokio::test]
async fn what_is_wrong_with_a_call_is_an_error_of_the_request_and_no_record() {
    let fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    let call = |export: &'static str, arguments: &'static [&'static str]| {
        fixture.call(tab, export, arguments)
    };
    assert_eq!(call("answer", &[]).await.unwrap_err().code, ErrorCode::NoInstance);
    fixture.run_well(tab).await;
    assert_eq!(call("nobody", &[]).await.unwrap_err().code, ErrorCode::UnknownExport);
    assert_eq!(call("turns", &[]).await.unwrap_err().code, ErrorCode::NotAFunction);
    assert_eq!(call("answer", &["1"]).await.unwrap_err().code, ErrorCode::ArgumentCount);
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(tab).await;
    assert_eq!(
        fixture.call(tab, "add_one", &["one"]).await.unwrap_err().code,
        ErrorCode::ArgumentType
    );
    let view = fixture.view(tab).await;
    assert_eq!((view.history.len(), view.state), (1, RunState::Idle));
    assert_eq!(fixture.results(tab, "add_one", &["1"]).await, ["2"]);
}

#[tokio::test]
async fn missing_imports_are_listed_or_trap_as_the_settings_say() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module (import \"env\" \"log\" (func (param i32))) (func (export \"f\") (call 0 (i32.const 1))))").await;
    let error = fixture.run_badly(tab).await;
    assert_eq!(error.code, ErrorCode::MissingImports);
    assert_eq!((error.imports[0].module.as_str(), error.imports[0].name.as_str()), ("env", "log"));
    fixture.configure(tab, |s| s.unknown_imports = UnknownImports::Trap).await;
    fixture.run_well(tab).await;
    let trap = failure(fixture.call(tab, "f", &[]).await.unwrap());
    assert_eq!((trap.code, trap.trap), (ErrorCode::Trap, Some(TrapKind::HostFunction)));
}

#[tokio::test]
async fn a_run_that_fails_early_leaves_the_instance_that_was_there() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(tab).await;
    let text = "(module".to_owned();
    fixture
        .ask(watshop_protocol::registry::EditTab { tab, text, after: None, client: "me".into() })
        .await
        .unwrap();
    assert_eq!(fixture.run_badly(tab).await.code, ErrorCode::MalformedText);
    assert_eq!(fixture.results(tab, "add_one", &["1"]).await, ["2"]);
}

#[tokio::test]
async fn a_sealed_artifact_runs_in_another_tab_without_a_compiler() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    for engine in Engine::ALL {
        fixture.configure(tab, |s| s.engine = engine).await;
        fixture.run_well(tab).await;
        let what = DownloadTab { tab, what: DownloadKind::Sealed, strip: false, validate: None };
        let (download, sealed) = fixture.ask_with(what, Vec::new()).await.unwrap();
        assert_eq!(download.name, "untitled.wshop");
        let (view, _) =
            fixture.ask_with(OpenBytes { name: download.name }, sealed.clone()).await.unwrap();
        assert_eq!((view.passport.unwrap().engine, view.text), (engine, None));
        let sealed_tab = view.summary.id;
        let record = fixture.run_well(sealed_tab).await.record;
        assert_eq!((record.cache, record.engine), (Some(CacheUse::Sealed), engine));
        assert_eq!((record.timings.parse, record.timings.compile), (None, None));
        assert_eq!(fixture.results(sealed_tab, "add_one", &["41"]).await, ["42"]);

        let mut damaged = sealed;
        damaged[100] ^= 1;
        let (view, _) =
            fixture.ask_with(OpenBytes { name: "damaged.wshop".into() }, damaged).await.unwrap();
        assert_eq!(fixture.run_badly(view.summary.id).await.code, ErrorCode::ArtifactDamaged);
    }
}

#[tokio::test]
async fn memory_is_read_in_pieces() {
    let fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    let read = |offset, length| {
        ReadMemory { memory: "memory".into(), offset: Address(offset), length }.in_tab(tab)
    };
    let (piece, bytes) = fixture.ask_with(read(16, 7), Vec::new()).await.unwrap();
    assert_eq!(
        (piece.answer.pages, piece.generation, bytes.as_slice()),
        (1, 1, b"watshop".as_slice())
    );
    assert_eq!(fixture.ask(read(65_530, 7)).await.unwrap_err().code, ErrorCode::OutOfBounds);
    assert_eq!(fixture.ask(read(0, (1 << 20) + 1)).await.unwrap_err().code, ErrorCode::BadRequest);
}

#[tokio::test]
async fn tabs_run_side_by_side_and_one_tab_once() {
    let fixture = Fixture::new();
    let (a, b) = (fixture.tab(ADD_ONE).await, fixture.tab(SPIN).await);
    let (first, second, third) = tokio::join!(
        fixture.ask(RunTab { tab: a }),
        fixture.ask(RunTab { tab: b }),
        fixture.ask(RunTab { tab: a })
    );
    assert_eq!(first.unwrap().outcome, Outcome::Ready);
    assert_eq!(second.unwrap().outcome, Outcome::Ready);
    assert_eq!(third.unwrap_err().code, ErrorCode::Busy);
}

#[tokio::test]
async fn a_compiler_that_is_not_there_says_how_to_get_it() {
    let fixture = Fixture::new();
    std::fs::remove_file(fixture.program("watshop-compiler-llvm")).unwrap();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.configure(tab, |s| s.compiler = Compiler::Llvm).await;
    let error = fixture.run_badly(tab).await;
    assert_eq!(error.code, ErrorCode::CompilerUnavailable);
    assert!(error.help.unwrap().contains("npm run setup"));
    let welcome = fixture.ask(watshop_protocol::registry::Hello {}).await.unwrap();
    let missing: Vec<_> = welcome.compilers.iter().map(|c| c.missing.is_some()).collect();
    assert_eq!(missing, [false, false, true]);
}

#[tokio::test]
async fn settings_out_of_bounds_change_nothing() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    let mut settings = Settings::default();
    settings.limits.stack_kib = 1;
    let error = fixture.ask(ConfigureTab { tab, settings }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::BadRequest);
    assert_eq!(fixture.view(tab).await.settings, Settings::default());
}

#[tokio::test]
async fn the_start_of_a_compiler_is_a_phase_of_the_first_compilation_and_of_no_other() {
    let fixture = Fixture::new();
    let first = fixture.tab(ADD_ONE).await;
    let started = fixture.run_well(first).await.record.timings;
    assert!(started.start.is_some_and(|ns| ns > 0), "{started:?}");
    let second = fixture.tab("(module (func (export \"other\")))").await;
    let warm = fixture.run_well(second).await.record;
    assert_eq!((warm.cache, warm.timings.start), (Some(CacheUse::Miss), None));
}
