//! The time that a compilation spends on each step and each function.

use watshop_protocol::page::{CompileStep, Compiler, Engine, ErrorCode, Settings};
use watshop_protocol::registry::{ConfigureTab, MeasureCompilation};

use crate::fixture::Fixture;

const MODULE: &str = "(module
  (import \"env\" \"log\" (func (param i32)))
  (func $large (export \"large\") (param i32) (result i32)
    (i32.add (local.get 0) (i32.mul (local.get 0) (i32.const 7))))
  (func (export \"small\"))
  (func))";

#[tokio::test]
async fn each_function_has_its_time_and_its_sizes_with_every_compiler_and_engine() {
    let fixture = Fixture::new();
    let tab = fixture.tab(MODULE).await;
    for compiler in [Compiler::Singlepass, Compiler::Cranelift] {
        for engine in Engine::ALL {
            let settings = Settings { compiler, engine, ..Settings::default() };
            fixture.ask(ConfigureTab { tab, settings }).await.unwrap();
            let profile = fixture.ask(MeasureCompilation { tab }).await.unwrap();
            assert_eq!((profile.contender.compiler, profile.contender.engine), (compiler, engine));
            let times = profile.times;
            let what = format!("{compiler:?} {engine:?}: {times:?}");
            let steps: Vec<_> = times.steps.iter().map(|step| step.step).collect();
            use CompileStep as S;
            assert_eq!(steps, [S::Validate, S::Read, S::Functions, S::Trampolines, S::Finish]);
            let sum: u64 = times.steps.iter().map(|step| step.ns).sum();
            // The clock is read once more at the end.
            assert!(sum <= times.compile_ns + 1_000_000 && sum > 0, "{what}");
            assert_eq!((times.count, times.functions.len()), (3, 3), "{what}");
            assert!(times.functions.iter().all(|one| one.ns > 0), "{what}");
            assert!(times.functions.is_sorted_by_key(|one| std::cmp::Reverse(one.ns)), "{what}");
            assert_eq!(times.functions_ns, times.functions.iter().map(|one| one.ns).sum::<u64>());
            let of = |index| times.functions.iter().find(|one| one.index == index).unwrap();
            let names = [1, 2, 3].map(|index| of(index).name.as_deref());
            assert_eq!(names, [Some("large"), Some("\"small\""), None], "{what}");
            assert!(of(1).wasm_bytes > of(2).wasm_bytes, "{what}");
            match engine {
                Engine::Jit => assert!(of(1).code_bytes > of(2).code_bytes, "{what}"),
                Engine::Native => assert_eq!(of(1).code_bytes, None, "{what}"),
            }
        }
    }
    assert!(fixture.view(tab).await.instance.is_none(), "the tab's own instance is not touched");
}

#[tokio::test]
async fn a_module_that_is_not_valid_has_no_times() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module (func (result i32)))").await;
    let error = fixture.ask(MeasureCompilation { tab }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidModule);
}
