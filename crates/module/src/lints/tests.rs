use super::*;

fn messages(text: &str) -> Vec<String> {
    lints(text).unwrap().into_iter().map(|lint| lint.message.text).collect()
}

#[test]
fn code_behind_a_way_out_is_never_reached_and_named_once_a_block() {
    let found = lints(
        "(module (func (export \"f\") (param i32) (result i32)
  (if (local.get 0) (then
    (return (i32.const 1))
    (drop (i32.const 2))
    (block (nop)))
    (else
      (unreachable)
      (nop)))
  (loop (br 0))
  unreachable))",
    )
    .unwrap();
    let lines: Vec<_> = found.iter().map(|lint| lint.at.unwrap().line.unwrap()).collect();
    assert_eq!(lines, [4, 8]);
}

#[test]
fn an_end_of_a_block_or_an_arm_may_be_a_way_out() {
    let text = "(module (func (export \"f\") (param i32) (result i32)
      (block $b (br_if $b (local.get 0)) (return (i32.const 1)))
      (if (result i32) (local.get 0) (then (unreachable)) (else (i32.const 2)))))";
    assert_eq!(messages(text), [""; 0]);
}

#[test]
fn locals_globals_and_functions_without_a_use_are_named() {
    let text = "(module
      (import \"e\" \"f\" (func $imported))
      (global $kept (mut i32) (i32.const 1))
      (global $set (mut i32) (i32.const 1))
      (global $open (export \"open\") (mut i32) (i32.const 1))
      (global i32 (i32.const 1))
      (func $left)
      (func $listed) (func $started) (func $called)
      (table funcref (elem $listed)) (start $started)
      (func (export \"f\") (param $unread i32) (result i32)
        (local $a i32) (local $b i32) (local $c i32)
        (call $called) (global.set $set (i32.const 1))
        (drop (local.tee $a (i32.const 1))) (local.set $c (global.get $kept)) (local.get $c)))";
    assert_eq!(
        messages(text),
        [
            "The local `$a` is written and never read.",
            "The local `$b` is not used.",
            "The function `$left` is neither exported nor used.",
            "The global `$kept` never changes, so it needs no `mut`.",
            "The global `$set` is written and never read.",
            "The global `3` is not used.",
        ]
    );
}

#[test]
fn constants_of_segments_and_globals_are_uses() {
    let text = "(module (memory 1) (table 4 funcref)
      (global $at i32 (i32.const 1)) (global $one i32 (i32.const 0)) (global $two funcref (ref.func $h))
      (data (offset (global.get $at)) \"x\") (elem (offset (global.get $one)) func $f)
      (elem (table 0) (i32.const 1) funcref (ref.func $g))
      (func $f) (func $g) (func $h) (func (export \"two\") (result funcref) (global.get $two)))";
    assert_eq!(messages(text), [""; 0]);
    assert!(lints("(module").is_err());
}
