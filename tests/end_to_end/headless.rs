//! A runner is headless: the test looks at the executable, not at a manifest.

use std::fs;

/// Names in the panic messages and paths of an executable that contains the compiler. They have the
/// version, because our own texts may name a package.
const COMPILERS: [&str; 4] = [
    "wasmer-compiler-cranelift-7",
    "wasmer-compiler-singlepass-7",
    "cranelift-codegen",
    "LLVM ERROR",
];

fn holds(program: &str, word: &str) -> bool {
    let bytes = fs::read(watshop_tests::programs().join(program)).unwrap();
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// A name in the paths of an executable that has WASIX.
const WASIX: &str = "wasmer-wasix-0";

#[test]
fn the_runners_hold_no_compiler() {
    for program in ["watshop-runner", "watshop-runner-wasix"] {
        for word in COMPILERS {
            assert!(!holds(program, word), "{program} holds {word}");
        }
    }
}

#[test]
fn only_the_runner_for_it_holds_wasix() {
    assert!(holds("watshop-runner-wasix", WASIX), "the word would prove nothing");
    for program in ["watshop-runner", "watshop", "watshop-window"] {
        assert!(!holds(program, WASIX), "{program} holds WASIX");
    }
}

#[test]
fn the_shells_hold_no_runtime_at_all() {
    for program in ["watshop", "watshop-window"] {
        for word in COMPILERS.into_iter().chain(["wasmer-vm-7", "wasmer-compiler-7"]) {
            assert!(!holds(program, word), "{program} holds {word}");
        }
    }
}

#[test]
fn each_compiler_process_holds_its_own_compiler_only() {
    assert!(
        holds("watshop-compiler-cranelift", "cranelift-codegen"),
        "the words above would prove nothing"
    );
    assert!(holds("watshop-runner", "wasmer-vm-7"), "nor would these");
    assert!(!holds("watshop-compiler-cranelift", "wasmer-compiler-singlepass-7"));
    assert!(!holds("watshop-compiler-singlepass", "cranelift-codegen"));
}
