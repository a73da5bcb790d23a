//! Machine code that no compiler makes: an artifact whose functions were overwritten with system
//! calls.

use std::path::{Path, PathBuf};

use watshop_artifact::Draft;
use watshop_protocol::page::{Compiler, Engine};

use crate::process::{Runner, compile};

/// The code of `system`, which makes the system call that its first argument names, with the other
/// four as its arguments. rax = call, rdi, rsi, rdx, r10; the guest's first parameter is in rsi
/// (its own context is in rdi).
const SYSTEM: &[u8] = &[
    0x48, 0x89, 0xf0, // mov rax, rsi
    0x48, 0x89, 0xd7, // mov rdi, rdx
    0x48, 0x89, 0xce, // mov rsi, rcx
    0x4c, 0x89, 0xc2, // mov rdx, r8
    0x4d, 0x89, 0xca, // mov r10, r9
    0x45, 0x31, 0xc0, // xor r8d, r8d
    0x45, 0x31, 0xc9, // xor r9d, r9d
    0x0f, 0x05, // syscall
    0xc3, // ret
];

/// The code of `path`, which gives the address of the bytes behind its own code, plus its argument.
const PATH: &[u8] = &[
    0x48, 0x8d, 0x05, 0x04, 0x00, 0x00, 0x00, // lea rax, [rip + 4]
    0x48, 0x01, 0xf0, // add rax, rsi
    0xc3, // ret
];

/// The paths behind the code of `path`.
const PATHS: [&str; 2] = ["/etc/passwd", "/bin/true"];

/// The beginning of a function's code.
const PROLOGUE: [u8; 4] = [0x55, 0x48, 0x89, 0xe5];

const SYSTEM_MARK: u64 = 0x5ea1_ed00_c0de_0000;
const PATH_MARK: u64 = 0x0fac_ade0_c0de_0000;

/// Makes the artifact in the runner's folder. Its exports: `system`, `path`, `read_passwd`, and
/// `answer`, which is unchanged.
pub fn artifact(runner: &Runner) -> PathBuf {
    let honest = runner.folder().join("honest.wshop");
    let wasm = wat::parse_str(module()).unwrap();
    compile(Compiler::Cranelift, Engine::Jit, Default::default(), &wasm, &honest);
    let sealed = watshop_artifact::open(&honest).unwrap();
    let mut code = sealed.payload().to_vec();
    overwrite(&mut code, SYSTEM_MARK, SYSTEM);
    let paths: Vec<u8> = PATHS.iter().flat_map(|path| [path.as_bytes(), b"\0"].concat()).collect();
    overwrite(&mut code, PATH_MARK, &[PATH, &paths].concat());
    let rogue = runner.folder().join("rogue.wshop");
    reseal(&honest, &rogue, &code);
    rogue
}

/// The offset of a path behind the code of `path`.
pub fn offset(of: &str) -> usize {
    PATHS.iter().take_while(|path| **path != of).map(|path| path.len() + 1).sum()
}

/// Functions with room for other code, which no compiler makes smaller: each constant is stored.
fn module() -> String {
    let body = |mark: u64| -> String {
        let store =
            |n: u64| format!("(i64.store offset={} (i32.const 0) (i64.const {}))", 8 * n, mark + n);
        (0..8).map(store).collect()
    };
    format!(
        r#"(module
          (memory 1)
          (func $system (export "system") (param i64 i64 i64 i64 i64) (result i64) {} (local.get 0))
          (func $path (export "path") (param i64) (result i64) {} (local.get 0))
          (func (export "read_passwd") (result i64)
            (call $system (i64.const {OPENAT}) (i64.const -100) (call $path (i64.const 0)) (i64.const 0)
              (i64.const 0)))
          (func (export "answer") (result i32) (i32.const 42)))"#,
        body(SYSTEM_MARK),
        body(PATH_MARK),
    )
}

/// The number of `openat` on x86-64.
pub const OPENAT: i64 = 257;

/// Replaces the code of the function that holds a constant.
fn overwrite(code: &mut [u8], mark: u64, with: &[u8]) {
    let places = |bytes: &[u8], of: &[u8]| -> Vec<usize> {
        (0..bytes.len() - of.len()).filter(|at| bytes[*at..].starts_with(of)).collect()
    };
    let found = places(code, &mark.to_le_bytes());
    assert_eq!(found.len(), 1, "the constant stands in one place of the code");
    let last = places(code, &(mark + 7).to_le_bytes())[0];
    let start =
        *places(&code[..found[0]], &PROLOGUE).last().expect("its function begins before it");
    assert!(found[0] - start < 64, "that is the beginning of another function");
    assert!(start + with.len() < last, "the function is too small for what is to be put there");
    code[start..start + with.len()].copy_from_slice(with);
}

fn reseal(honest: &Path, to: &Path, payload: &[u8]) {
    let passport = watshop_artifact::read_passport(honest).unwrap();
    let draft = Draft {
        compiled: passport.compiled.unwrap(),
        engine: passport.engine,
        triple: passport.triple,
        cpu_features: passport.cpu_features,
        sections: Vec::new(),
        signing_key: None,
    };
    watshop_artifact::seal(to, payload, draft).unwrap();
}
