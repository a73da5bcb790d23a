//! Tests of import objects: seen, filled, linked, recorded, replayed and saved.

use watshop_protocol::instance::{Address, PageRequest as _, ReadMemory};
use watshop_protocol::page::{
    Compiler, Engine, ErrorCode, HostCallEnd, HostPath, ImportObject, ModuleRef, Outcome, Provider,
    Provision, TabId,
};
use watshop_protocol::registry::{
    ClearCalls, CloseTab, EditTab, ListImports, OfferImport, OpenImports, OpenImportsPath,
    OpenPath, PauseCalls, ProvideAll, ReadCalls, ReplayCalls, SaveImports, SavePath,
};

use crate::fixture::{Fixture, failure};

const ASKS: &str = r#"(module
  (import "env" "print" (func $print (param i32)))
  (import "env" "pick" (func $pick (param i32) (result i64)))
  (import "env" "memory" (memory 1 2))
  (import "env" "limit" (global i64))
  (func (export "f") (param i32) (result i64) (call $print (local.get 0)) (call $pick (local.get 0))))"#;

fn provision(name: &str, json: serde_json::Value) -> Provision {
    Provision {
        module: "env".into(),
        name: name.into(),
        provider: serde_json::from_value(json).unwrap(),
    }
}

async fn give(fixture: &Fixture, tab: TabId, provisions: Vec<Provision>) {
    fixture.configure(tab, |settings| settings.imports = ImportObject { provisions }).await;
}

#[tokio::test]
async fn what_is_missing_is_listed_and_provide_all_fills_it_so_that_it_runs() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ASKS).await;
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    assert_eq!((view.imports.len(), view.missing, view.wrong), (4, 4, 0));
    assert_eq!(view.imports[1].text, "function (i32) -> i64");
    assert_eq!(fixture.run_badly(tab).await.code, ErrorCode::MissingImports);

    let choices = fixture.ask(ProvideAll { tab }).await.unwrap().choices;
    let sentences: Vec<_> = choices.iter().map(|choice| &*choice.sentence).collect();
    assert_eq!(sentences[0], "`env.print` (function (i32)): logs the call.");
    assert_eq!(sentences[1], "`env.pick` (function (i32) -> i64): returns 0.");
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    assert_eq!((view.missing, view.wrong), (0, 0));
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "f", &["7"]).await, ["0"]);
    let console = fixture.view(tab).await.console;
    assert_eq!((console[0].logged, console[0].text.as_str()), (true, "print(7)\n"));
}

#[tokio::test]
async fn what_wasi_does_not_have_is_missing_and_told_why() {
    let fixture = Fixture::new();
    let tab = fixture
        .tab(
            r#"(module
          (import "wasi_snapshot_preview1" "proc_exit" (func (param i64)))
          (import "wasi_snapshot_preview1" "fd_wirte" (func (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32))))"#,
        )
        .await;
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    assert_eq!((view.missing, view.wrong), (2, 0));
    let told: Vec<_> =
        view.imports.iter().map(|import| (import.wasi, import.problem.as_deref())).collect();
    assert_eq!(
        told,
        [
            (
                false,
                Some(
                    "`proc_exit` of WASI is a function (i32), and the module asks for a function (i64)."
                )
            ),
            (
                false,
                Some(
                    "WASI (`wasi_snapshot_preview1`) has no `fd_wirte`; the nearest name is `fd_write`."
                )
            ),
            (true, None),
        ]
    );
}

#[tokio::test]
async fn a_program_that_exits_in_its_start_function_has_ended_and_left_no_instance() {
    let fixture = Fixture::new();
    let tab = fixture
        .tab(
            r#"(module (import "wasi_unstable" "proc_exit" (func $exit (param i32)))
          (func $main (call $exit (i32.const 7))) (start $main))"#,
        )
        .await;
    assert_eq!(fixture.run_well(tab).await.outcome, Outcome::Exited { status: 7 });
    assert!(fixture.view(tab).await.instance.is_none());
}

/// An import object that was dropped right after the last key was compared with the old module.
#[tokio::test]
async fn imports_are_those_of_the_text_as_it_is_however_long_it_takes_to_read() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module)").await;
    assert!(
        fixture
            .ask(ListImports { tab, wanted: None, from: None })
            .await
            .unwrap()
            .imports
            .is_empty()
    );
    let long = "(func (drop (i32.const 1)))".repeat(20_000);
    let asks = |name: &str| format!(r#"(module (import "env" "{name}" (func)) {long})"#);
    let edit = |text: String| fixture.ask(EditTab { tab, text, after: None, client: "me".into() });
    edit(asks("one")).await.unwrap();
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    assert_eq!(view.imports[0].name, "one");
    edit(asks("two")).await.unwrap();
    assert_eq!(fixture.ask(ProvideAll { tab }).await.unwrap().choices.len(), 1);
    edit(r#"(module (import "env" "two" (memory 1)))"#.into()).await.unwrap();
    let object = r#"{"schema":1,"provisions":[{"module":"env","name":"two","provider":{"provide":"value","results":[]}}]}"#;
    let open = OpenImports { tab, name: "m.imports.json".into() };
    let error = fixture.ask_with(open, object.into()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::ImportMismatch);
}

#[tokio::test]
async fn offers_fit_and_name_exports_of_other_tabs() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ASKS).await;
    let other = fixture
        .tab(r#"(module (func (export "wide") (param i32) (result i64) (i64.const 5)))"#)
        .await;
    fixture.ask(ListImports { tab: other, wanted: None, from: None }).await.unwrap();
    let ask = OfferImport { tab, module: "env".into(), name: "pick".into() };
    let offers = fixture.ask(ask).await.unwrap().offers;
    let export = Provider::ExportOf { of: ModuleRef::Tab(other), export: "wide".into() };
    assert!(offers.iter().any(|offer| offer.provider == export), "{offers:?}");
    for offer in &offers {
        give(
            &fixture,
            tab,
            vec![Provision {
                module: "env".into(),
                name: "pick".into(),
                provider: offer.provider.clone(),
            }],
        )
        .await;
        let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
        assert_eq!(view.imports[1].problem, None, "{offer:?}");
    }
    // The tab that provides the export is closed. The list says so, and so does a run.
    give(
        &fixture,
        tab,
        vec![Provision { module: "env".into(), name: "pick".into(), provider: export }],
    )
    .await;
    fixture.ask(CloseTab { tab: other }).await.unwrap();
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    assert!(
        view.imports[1].problem.as_ref().is_some_and(|why| why.contains("was closed")),
        "{view:?}"
    );
    assert_eq!(fixture.run_badly(tab).await.code, ErrorCode::ImportMismatch);
}

#[tokio::test]
async fn calls_are_recorded_and_answered_from_the_record() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ASKS).await;
    fixture.ask(ProvideAll { tab }).await.unwrap();
    fixture
        .configure(tab, |settings| {
            settings.imports.provisions.retain(|p| p.name != "pick");
            let random = serde_json::json!({ "provide": "javascript", "source": "x => BigInt(Math.floor(Math.random() * 1e9))" });
            settings.imports.provisions.push(provision("pick", random));
        })
        .await;
    fixture.run_well(tab).await;
    let first = fixture.results(tab, "f", &["1"]).await;
    let second = fixture.results(tab, "f", &["2"]).await;
    let read = || fixture.ask(ReadCalls { tab, after: 0, limit: 100 });
    let view = read().await.unwrap();
    assert_eq!((view.calls.len(), view.total, view.dropped, view.last), (4, 4, 0, 4));
    assert_eq!(view.calls[3].name, "pick");
    let HostCallEnd::Returned { results } = &view.calls[3].ended else { panic!("{view:?}") };
    assert_eq!(results[0].value, second[0]);

    fixture.ask(ReplayCalls { tab, replay: true }).await.unwrap();
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "f", &["1"]).await, first);
    let refused = failure(fixture.call(tab, "f", &["5"]).await.unwrap());
    assert!(refused.message.contains("the module calls it with (5)"), "{}", refused.message);
    assert!(read().await.unwrap().calls[0].replayed);

    fixture.ask(ReplayCalls { tab, replay: false }).await.unwrap();
    fixture.run_well(tab).await;
    fixture.ask(PauseCalls { tab, paused: true }).await.unwrap();
    fixture.results(tab, "f", &["5"]).await;
    let view = read().await.unwrap();
    assert_eq!((view.calls.len(), view.paused, view.replay), (0, true, None));
    fixture.ask(PauseCalls { tab, paused: false }).await.unwrap();
    fixture.results(tab, "f", &["5"]).await;
    fixture.ask(ClearCalls { tab }).await.unwrap();
    let view = read().await.unwrap();
    assert_eq!((view.calls.len(), view.total, view.dropped), (0, 2, 2));
    assert_eq!(
        fixture.ask(ReplayCalls { tab, replay: true }).await.unwrap_err().code,
        ErrorCode::BadRequest
    );
}

#[tokio::test]
async fn an_import_object_goes_to_a_file_and_back_and_one_that_differs_changes_nothing() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ASKS).await;
    fixture.ask(ProvideAll { tab }).await.unwrap();
    let before = fixture.view(tab).await.settings.imports;
    let (download, bytes) = fixture.ask_with(SaveImports { tab }, Vec::new()).await.unwrap();
    assert!(download.name.ends_with(".imports.json"), "{download:?}");
    give(&fixture, tab, Vec::new()).await;
    let open = |bytes| fixture.ask_with(OpenImports { tab, name: "m.imports.json".into() }, bytes);
    open(bytes.clone()).await.unwrap();
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    assert_eq!((view.missing, view.wrong), (0, 0));
    assert_eq!(fixture.view(tab).await.settings.imports, before);

    // The same object is opened as a file.
    give(&fixture, tab, Vec::new()).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.imports.json");
    let from =
        |path: &std::path::Path| OpenImportsPath { tab, path: path.to_str().unwrap().into() };
    assert_eq!(
        fixture.ask(from(&path)).await.unwrap_err().code,
        ErrorCode::File,
        "there is none yet"
    );
    std::fs::write(&path, &bytes).unwrap();
    fixture.ask(from(&path)).await.unwrap();
    assert_eq!(fixture.view(tab).await.settings.imports, before);

    let text = String::from_utf8(bytes).unwrap().replace("\"maximum\": 2", "\"maximum\": 9");
    let error = open(text.into_bytes()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::ImportMismatch);
    assert_eq!(error.imports.len(), 1);
    assert!(
        error.message.contains("`env.memory`") && error.message.contains("at most 2"),
        "{}",
        error.message
    );
    assert_eq!(fixture.view(tab).await.settings.imports, before);
}

#[tokio::test]
async fn an_exit_of_a_call_is_an_exit_and_no_trap() {
    let fixture = Fixture::new();
    let tab = fixture
        .tab(r#"(module (import "env" "leave" (func $leave)) (func (export "f") (call $leave)))"#)
        .await;
    give(
        &fixture,
        tab,
        vec![provision("leave", serde_json::json!({ "provide": "exit", "code": 4 }))],
    )
    .await;
    fixture.run_well(tab).await;
    let report = fixture.call(tab, "f", &[]).await.unwrap();
    assert_eq!(report.outcome, Outcome::Exited { status: 4 });
}

/// A module with everything that compilers may pass in different ways: many results, of all kinds.
const GIVES: &str = r#"(module
  (func (export "many") (param i32 i64 f32 f64) (result i32 i64 f32 f64)
    (i32.add (local.get 0) (i32.const 1)) (i64.add (local.get 1) (i64.const 1))
    (f32.add (local.get 2) (f32.const 1)) (f64.add (local.get 3) (f64.const 1)))
  (func (export "one") (param f64) (result f64) (f64.neg (local.get 0)))
  (memory (export "memory") 1)
  (data (i32.const 4) "shared"))"#;

const TAKES: &str = r#"(module
  (import "env" "many" (func $many (param i32 i64 f32 f64) (result i32 i64 f32 f64)))
  (import "env" "one" (func $one (param f64) (result f64)))
  (import "env" "memory" (memory 1))
  (func (export "many") (param i32 i64 f32 f64) (result i32 i64 f32 f64)
    (call $many (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "one") (param f64) (result f64) (call $one (local.get 0)))
  (func (export "write") (i32.store8 (i32.const 4) (i32.const 83))))"#;

/// A tab with only the artifact that this text was compiled to.
async fn sealed(fixture: &Fixture, text: &str, compiler: Compiler, engine: Engine) -> TabId {
    let tab = fixture.tab(text).await;
    fixture
        .configure(tab, |settings| (settings.compiler, settings.engine) = (compiler, engine))
        .await;
    fixture.run_well(tab).await;
    let name = format!("{}-{}.wshop", compiler.as_str(), engine.as_str());
    let path = HostPath::from(fixture.folder.path().join(name).to_str().unwrap());
    fixture.ask(SavePath { tab, path: Some(path.clone()) }).await.unwrap();
    fixture.ask(CloseTab { tab }).await.unwrap();
    fixture.ask(OpenPath { path }).await.unwrap().summary.id
}

fn from(tab: TabId, name: &str) -> Provision {
    let provider = Provider::ExportOf { of: ModuleRef::Tab(tab), export: name.into() };
    Provision { module: "env".into(), name: name.into(), provider }
}

#[tokio::test]
async fn exports_of_a_sealed_artifact_are_offered_before_it_has_run_and_taken() {
    let fixture = Fixture::new();
    for (compiler, engine) in [
        (Compiler::Cranelift, Engine::Jit),
        (Compiler::Cranelift, Engine::Native),
        (Compiler::Llvm, Engine::Jit),
    ] {
        let given = sealed(&fixture, GIVES, compiler, engine).await;
        let tab = fixture.tab(TAKES).await;
        fixture.configure(tab, |settings| settings.compiler = compiler).await;
        for name in ["many", "one", "memory"] {
            let ask = OfferImport { tab, module: "env".into(), name: name.into() };
            let offers = fixture.ask(ask).await.unwrap().offers;
            let wanted = from(given, name).provider;
            assert!(offers.iter().any(|offer| offer.provider == wanted), "{name}: {offers:?}");
        }
        give(&fixture, tab, ["many", "one", "memory"].map(|name| from(given, name)).into()).await;
        let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
        assert_eq!((view.missing, view.wrong), (0, 0), "{view:?}");
        fixture.run_well(tab).await;
        let results = fixture.results(tab, "many", &["1", "2", "3.5", "4.5"]).await;
        assert_eq!(results, ["2", "3", "4.5", "5.5"], "{compiler:?} {engine:?}");
        assert_eq!(fixture.results(tab, "one", &["1.5"]).await, ["-1.5"]);

        // The memory of the other tab has the name of the import.
        let instance = fixture.view(tab).await.instance.unwrap();
        assert_eq!(instance.memories, ["env.memory"]);
        fixture.results(tab, "write", &[]).await;
        let read =
            ReadMemory { memory: "env.memory".into(), offset: Address(4), length: 6 }.in_tab(tab);
        assert_eq!(fixture.ask_with(read, vec![]).await.unwrap().1, b"Shared");
        fixture.ask(CloseTab { tab }).await.unwrap();
        fixture.ask(CloseTab { tab: given }).await.unwrap();
    }
}

#[tokio::test]
async fn code_of_different_compilers_is_not_put_together() {
    let fixture = Fixture::new();
    let tab = fixture.tab(TAKES).await;
    let ask = || OfferImport { tab, module: "env".into(), name: "one".into() };
    let artifact = sealed(&fixture, GIVES, Compiler::Singlepass, Engine::Jit).await;
    let wanted = from(artifact, "one").provider;
    assert!(!fixture.ask(ask()).await.unwrap().offers.iter().any(|offer| offer.provider == wanted));
    give(&fixture, tab, ["many", "one", "memory"].map(|name| from(artifact, name)).into()).await;
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    let problem = view.imports[0].problem.clone().unwrap();
    assert!(
        problem.contains("was compiled by Singlepass") && problem.contains("comes from Cranelift"),
        "{problem}"
    );
    let error = fixture.run_badly(tab).await;
    assert_eq!(error.code, ErrorCode::ImportMismatch);
    assert!(error.message.contains("Choose Singlepass for this tab"), "{}", error.message);

    // A module that can be compiled again is compiled to fit.
    let text = fixture.tab(GIVES).await;
    for compiler in [Compiler::Singlepass, Compiler::Llvm] {
        fixture.configure(text, |settings| settings.compiler = compiler).await;
        give(&fixture, tab, ["many", "one", "memory"].map(|name| from(text, name)).into()).await;
        fixture.run_well(tab).await;
        let results = fixture.results(tab, "many", &["1", "2", "3.5", "4.5"]).await;
        assert_eq!(results, ["2", "3", "4.5", "5.5"], "in a tab of {compiler:?}");
        assert_eq!(fixture.results(tab, "one", &["1.5"]).await, ["-1.5"]);
    }
}

#[tokio::test]
async fn an_artifact_that_nobody_trusts_gives_nothing_and_says_why() {
    let elsewhere = Fixture::new();
    let made = sealed(&elsewhere, GIVES, Compiler::Cranelift, Engine::Jit).await;
    let path = elsewhere.view(made).await.summary.path.unwrap();
    let fixture = Fixture::new();
    let given = fixture.ask(OpenPath { path: path.into() }).await.unwrap().summary.id;
    let tab = fixture.tab(TAKES).await;
    let ask = || OfferImport { tab, module: "env".into(), name: "one".into() };
    let wanted = from(given, "one").provider;
    let offers = fixture.ask(ask()).await.unwrap().offers;
    assert!(!offers.iter().any(|offer| offer.provider == wanted), "{offers:?}");
    give(&fixture, tab, ["many", "one", "memory"].map(|name| from(given, name)).into()).await;
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    let problem = view.imports[1].problem.clone().unwrap();
    assert!(
        problem.contains("cranelift-jit.wshop") && problem.contains("have not agreed"),
        "{problem}"
    );
    assert_eq!(fixture.run_badly(tab).await.code, ErrorCode::UntrustedArtifact);

    let hash = fixture.view(given).await.passport.unwrap().payload_hash;
    fixture.configure(given, |settings| settings.trusted = Some(hash)).await;
    assert!(fixture.ask(ask()).await.unwrap().offers.iter().any(|offer| offer.provider == wanted));
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "one", &["2"]).await, ["-2"]);
}

/// The names are relative to the tab's own file, so that the folder can be moved or passed on as a
/// whole.
#[tokio::test]
async fn a_saved_import_object_names_files_of_other_folders_by_their_path_and_finds_them_again() {
    let fixture = Fixture::new();
    let lib = |number| format!(r#"(module (func (export "f") (result i32) (i32.const {number})))"#);
    let folder = fixture.folder.path().canonicalize().unwrap().join("files");
    for (name, number) in [("libs/lib.wat", 1), ("own/lib.wat", 2), ("own/deep/lib.wat", 3)] {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), lib(number)).unwrap();
    }
    let user = r#"(module
      (import "env" "a" (func $a (result i32))) (import "env" "b" (func $b (result i32)))
      (import "env" "c" (func $c (result i32))) (import "env" "d" (func $d (result i32)))
      (func (export "all") (result i32 i32 i32 i32) (call $a) (call $b) (call $c) (call $d)))"#;
    std::fs::write(folder.join("own/user.wat"), user).unwrap();
    let open = async |name: &str| {
        let path = HostPath::from(folder.join(name).to_str().unwrap());
        fixture.ask(OpenPath { path }).await.unwrap().summary.id
    };
    let user = open("own/user.wat").await;
    let taken = |of: TabId, name: &str| Provision {
        module: "env".into(),
        name: name.into(),
        provider: Provider::ExportOf { of: ModuleRef::Tab(of), export: "f".into() },
    };
    let unsaved = fixture.tab(&lib(4)).await;
    let before = vec![
        taken(open("libs/lib.wat").await, "a"),
        taken(open("own/lib.wat").await, "b"),
        taken(open("own/deep/lib.wat").await, "c"),
        taken(unsaved, "d"),
    ];
    give(&fixture, user, before.clone()).await;
    let (_, bytes) = fixture.ask_with(SaveImports { tab: user }, Vec::new()).await.unwrap();
    let written: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let provisions = written["provisions"].as_array().unwrap();
    let named: Vec<_> =
        provisions.iter().map(|one| one["provider"]["of"]["file"].as_str().unwrap()).collect();
    let title = fixture.view(unsaved).await.summary.title;
    assert_eq!(named, ["../libs/lib.wat", "lib.wat", "deep/lib.wat", &title]);

    // The object comes from the page, which sends bytes, and from a file beside the tab's own.
    give(&fixture, user, Vec::new()).await;
    fixture
        .ask_with(OpenImports { tab: user, name: "user.imports.json".into() }, bytes.clone())
        .await
        .unwrap();
    assert_eq!(fixture.view(user).await.settings.imports.provisions, before);
    give(&fixture, user, Vec::new()).await;
    let path = folder.join("own/user.imports.json");
    std::fs::write(&path, &bytes).unwrap();
    fixture.ask(OpenImportsPath { tab: user, path: path.to_str().unwrap().into() }).await.unwrap();
    assert_eq!(fixture.view(user).await.settings.imports.provisions, before);
    fixture.run_well(user).await;
    assert_eq!(fixture.results(user, "all", &[]).await, ["1", "2", "3", "4"]);
}
