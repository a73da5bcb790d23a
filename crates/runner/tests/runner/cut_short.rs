//! Tests of a stack that ends within the runtime: the trap is reported, the process ends, and no
//! thread waits.

use std::time::{Duration, Instant};

use serde_json::json;
use watshop_protocol::instance::{CallMany, Instantiate, InstantiateAnswer};
use watshop_protocol::page::{
    Compiler, Engine, Error, ErrorCode, ImportObject, Limits, Proposals, Provision, Result,
    TrapKind,
};
use watshop_protocol::process::runner::{CallEnd, HostSetup};

use crate::process::{Runner, compile, compilers};

/// A recursion that makes the runtime work in each call, and a function that needs the same work
/// once.
struct Case {
    name: &'static str,
    /// The rest of the module.
    head: &'static str,
    work: &'static str,
    /// The provider of `env.host`.
    host: Option<serde_json::Value>,
}

fn cases() -> Vec<Case> {
    let case = |name, head, work| Case { name, head, work, host: None };
    let hosted = |name, host| Case {
        name,
        head: r#"(import "env" "host" (func $host (param i32) (result i32)))"#,
        work: "(drop (call $host (i32.const 1)))",
        host: Some(host),
    };
    vec![
        case("throw", "(tag $e)", "(block $h (try_table (catch $e $h) (throw $e)))"),
        case(
            "throw with a value",
            "(tag $e (param i64))",
            "(drop (block $h (result i64) (try_table (catch $e $h) (throw $e (i64.const 1))) unreachable))",
        ),
        case(
            "throw again",
            "(tag $e)",
            "(block $out (try_table (catch $e $out)
               (throw_ref (block $h (result exnref) (try_table (catch_all_ref $h) (throw $e)) unreachable))))",
        ),
        case("grow a memory", "(memory 1 100)", "(drop (memory.grow (i32.const 0)))"),
        case("fill a memory", "(memory 1)", "(memory.fill (i32.const 0) (i32.const 1) (i32.const 9))"),
        case("grow a table", "(table $t 1 funcref)", "(drop (table.grow $t (ref.null func) (i32.const 0)))"),
        case(
            "a function of WASI",
            r#"(import "wasi_snapshot_preview1" "clock_time_get" (func $now (param i32 i64 i32) (result i32)))
               (memory (export "memory") 1)"#,
            "(drop (call $now (i32.const 1) (i64.const 0) (i32.const 0)))",
        ),
        hosted("a value of the host", json!({ "provide": "value", "results": ["4"] })),
        hosted(
            "a log",
            json!({ "provide": "log", "template": "{0}\n", "stream": "stdout", "results": ["1"] }),
        ),
        hosted("JavaScript", json!({ "provide": "javascript", "source": "(x) => [x].map((y) => y + 1)[0]" })),
    ]
}

/// Loads a module with a stack of this size and this provider of `env.host`.
fn open(
    (by, engine): (Compiler, Engine),
    text: &str,
    stack_kib: u32,
    host: Option<&serde_json::Value>,
) -> (Runner, Result<InstantiateAnswer>) {
    let mut runner = Runner::start();
    let sealed = runner.folder().join("deep.wshop");
    let proposals = Proposals { exceptions: text.contains("(tag"), ..Proposals::default() };
    compile(by, engine, proposals, &wat::parse_str(text).unwrap(), &sealed);
    runner.load(&sealed).unwrap();
    let provision = |provider: &serde_json::Value| Provision {
        module: "env".into(),
        name: "host".into(),
        provider: serde_json::from_value(provider.clone()).unwrap(),
    };
    let imports = ImportObject { provisions: host.iter().copied().map(provision).collect() };
    let request = Instantiate {
        limits: Limits { stack_kib, ..Limits::default() },
        wasi: Default::default(),
        unknown_imports: Default::default(),
        host: HostSetup { imports, ..HostSetup::default() },
    };
    let answer = runner.ask(request);
    (runner, answer)
}

/// Gives whether the error says that the process ends. Then it must end well and soon.
fn has_ended(runner: &mut Runner, error: &Error, what: &str) -> bool {
    assert_eq!(error.code, ErrorCode::Trap, "{what}: {error:?}");
    assert_eq!(error.trap, Some(TrapKind::StackOverflow), "{what}: {error:?}");
    assert_eq!(
        error.message.contains("so this instance was ended"),
        runner.ending,
        "{what}: {error:?}"
    );
    if runner.ending {
        assert!(runner.wait_end().success(), "{what}");
    }
    runner.ending
}

#[test]
fn a_stack_that_ends_in_the_runtimes_work_ends_the_process_and_no_later_call_waits() {
    for Case { name, head, work, host } in cases() {
        // The depth differs a little each time, and so does the place within the runtime.
        let text = format!(
            r#"(module {head}
              (func $f (export "recurse") (param i64) (result i64)
                {work} (i64.add (call $f (i64.add (local.get 0) (i64.const 1))) (i64.const 1)))
              (func (export "again") (result i32) {work} (i32.const 7)))"#
        );
        let mut ended = 0;
        let throws = head.contains("tag");
        for by in compilers().filter(|by| !throws || *by != Compiler::Singlepass) {
            for (engine, stack_kib) in
                [(Engine::Jit, 64), (Engine::Jit, 1024), (Engine::Native, 65)]
            {
                let what = format!("{name}, {by:?} {engine:?} {stack_kib}");
                let (mut runner, made) = open((by, engine), &text, stack_kib, host.as_ref());
                made.unwrap();
                let error = runner.fail("recurse", &["0"]);
                if has_ended(&mut runner, &error, &what) {
                    ended += 1;
                    continue;
                }
                let begun = Instant::now();
                assert_eq!(runner.call("again", &[]), ["7"], "{what}");
                assert!(begun.elapsed() < Duration::from_secs(5), "{what}: {:?}", begun.elapsed());
            }
        }
        assert!(
            !throws || ended > 0,
            "{name}: no stack ever ended in the unwinder, so nothing was tried"
        );
    }
}

#[test]
fn a_start_function_whose_stack_ends_in_the_runtimes_work_ends_the_process_too() {
    let text = r#"(module (tag $e) (start $f)
      (func $f (block $h (try_table (catch $e $h) (throw $e))) (call $f)))"#;
    for by in compilers().filter(|by| *by != Compiler::Singlepass) {
        let (mut runner, made) = open((by, Engine::Jit), text, 64, None);
        let ended = has_ended(&mut runner, &made.unwrap_err(), by.as_str());
        assert!(ended, "{by:?}: the stack did not end in the unwinder, so nothing was tried");
    }
}

#[test]
fn javascript_cannot_catch_a_trap_that_left_the_runtime_half_done() {
    let text = r#"(module (tag $e)
      (import "env" "host" (func $host (result i32)))
      (func $work (block $h (try_table (catch $e $h) (throw $e))))
      (func $f (export "recurse") (param i32) (result i32)
        (call $work) (i32.add (call $f (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
      (func (export "outer") (result i32) (drop (call $host)) (call $work) (i32.const 7)))"#;
    let source = "() => { try { return exports.recurse(0) } catch (error) { return 1 } }";
    let host = json!({ "provide": "javascript", "source": source });
    for by in compilers().filter(|by| *by != Compiler::Singlepass) {
        let (mut runner, made) = open((by, Engine::Jit), text, 64, Some(&host));
        made.unwrap();
        let begun = Instant::now();
        let error = runner.fail("outer", &[]);
        assert!(begun.elapsed() < Duration::from_secs(10), "{by:?}: {:?}", begun.elapsed());
        assert!(has_ended(&mut runner, &error, by.as_str()));
    }
}

#[test]
fn many_calls_end_with_the_first_that_leaves_the_runtime_half_done() {
    let text = r#"(module (tag $e)
      (func $f (export "recurse") (block $h (try_table (catch $e $h) (throw $e))) (call $f)))"#;
    let (mut runner, made) = open((Compiler::Cranelift, Engine::Jit), text, 64, None);
    made.unwrap();
    let request = CallMany { export: "recurse".into(), arguments: vec![], times: 5, limit_ms: 0 };
    let ended = runner.ask(request).unwrap().ended;
    let CallEnd::Failed(error) = &ended else { panic!("{ended:?}") };
    assert!(has_ended(&mut runner, error, "many"));
}
