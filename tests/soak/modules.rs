//! The modules of the attacks.

use watshop_tests::random::Random;

/// The names that an attack calls. Each module has some of them.
pub const EXPORTS: [&str; 8] = ["answer", "add", "grow", "deep", "spin", "trap", "work", "_start"];

/// A module whose export `spin` never returns.
pub const SPIN: &str =
    r#"(module (memory (export "m") 1) (func (export "spin") (loop $l (br $l))))"#;

/// A module that imports functions and a memory.
pub const IMPORTING: &str = r#"(module
  (import "env" "log" (func $log (param i32))) (import "env" "work" (func $work (param i32) (result i32)))
  (import "env" "count" (func $count (result i32))) (import "env" "memory" (memory 1))
  (func (export "work") (param i32) (result i32) (call $log (call $count)) (call $work (local.get 0))))"#;

/// Small modules, each with a work of its own.
const MODULES: [&str; 9] = [
    r#"(module (func (export "answer") (result i32) (i32.const 42)))"#,
    r#"(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))"#,
    r#"(module (func (export "spin") (loop $l (br $l))) (func (export "answer") (result i32) (i32.const 1)))"#,
    r#"(module (memory (export "m") 1)
      (func (export "grow") (result i32) (memory.grow (i32.const 1)))
      (func (export "work") (param i32) (i32.store (i32.const 8) (local.get 0))))"#,
    r#"(module (func $d (export "deep") (call $d)) (func (export "trap") unreachable))"#,
    r#"(module (table (export "t") 4 100 funcref) (elem (i32.const 0) $f) (func $f (export "answer") (result i32)
      (i32.const 5)) (func (export "grow") (result i32) (table.grow (ref.null func) (i32.const 2))))"#,
    r#"(module (import "env" "log" (func $log (param i32))) (global (export "g") (mut i32) (i32.const 0))
      (func (export "work") (param i32) (call $log (local.get 0))))"#,
    r#"(module (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1) (data (i32.const 32) "typed\n")
      (func (export "_start") (i32.store (i32.const 0) (i32.const 32)) (i32.store (i32.const 4) (i32.const 6))
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#,
    r#"(module (memory (export "m") 16 32) (func (export "work") (param i32) (local $i i32)
      (loop $l (i32.store8 (local.get $i) (local.get 0))
        (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000000))))))"#,
];

/// One of the small modules.
pub fn any(random: &mut Random) -> &'static str {
    random.one_of(&MODULES)
}

/// A module that no cache has, and that takes some time to compile.
pub fn large(random: &mut Random, functions: usize) -> String {
    let mut text = String::from("(module (memory (export \"m\") 1)");
    let own = random.next() as u32;
    for number in 0..functions {
        let body =
            "(local.set 0 (i32.rem_u (i32.mul (local.get 0) (i32.const 31)) (i32.const 1009)))"
                .repeat(12);
        text += &format!(
            "(func (param i32) (result i32) {body} (i32.add (local.get 0) (i32.const {})))\n",
            own.wrapping_add(number as u32)
        );
    }
    text + r#"(func (export "answer") (result i32) (call 0 (i32.const 7))))"#
}
