//! Import objects with every kind of provider and of external, and modules that check their
//! imports.

use serde_json::{Value, json};

/// One import, its provider, and the module's check that it got that.
pub struct Piece {
    pub name: &'static str,
    /// The module's declaration; the check calls it by `$` and its name.
    kind: &'static str,
    pub provider: Value,
    /// The body of a function that returns 1 if the import is right.
    check: &'static str,
    /// The languages that cannot express it: it is left out there, and a note says so.
    pub left_out: &'static str,
    /// The languages in which it gives zeros, so that the program compiles, and a note says so.
    pub zeros: &'static str,
}

const BODY: &str = "rust python c";

pub fn pieces(other_tab: u64) -> Vec<Piece> {
    let piece = |name, kind, provider, check| Piece {
        name,
        kind,
        provider,
        check,
        left_out: "",
        zeros: "",
    };
    let zeros = |piece| Piece { zeros: BODY, ..piece };
    let left_out = |piece, left_out| Piece { left_out, ..piece };
    vec![
        piece(
            "memory",
            "(memory $memory 1 2)",
            json!({ "provide": "memory", "minimum": 1, "maximum": 2, "init": [
                { "at": 3, "content": { "text": "grüße" } }, { "at": 40, "content": { "hex": "ff 01" } }] }),
            "(i32.and (i32.eq (i32.load8_u (i32.const 3)) (i32.const 103)) (i32.eq (i32.load16_u (i32.const 40)) (i32.const 511)))",
        ),
        piece(
            "value",
            "(func $value (param i32) (result i32 i64 f32 f64))",
            json!({ "provide": "value", "results": ["-1", "-9007199254740993", "1.5", "-inf"] }),
            "(local $b i64) (local $c f32) (local $d f64)
             (call $value (i32.const 0)) (local.set $d) (local.set $c) (local.set $b)
             (i32.eq (i32.const -1)) (i64.eq (local.get $b) (i64.const -9007199254740993)) i32.and
             (f32.eq (local.get $c) (f32.const 1.5)) i32.and (f64.eq (local.get $d) (f64.const -inf)) i32.and",
        ),
        piece("nothing", "(func $nothing)", json!({ "provide": "value" }), "(call $nothing) (i32.const 1)"),
        piece(
            "log",
            "(func $log (param i32 i64 f32 f64))",
            json!({ "provide": "log", "template":
                "{0:x} {0:b} {0:u} {0:?} {0} {1:x} {1:u} {1:?} {2} {2:x} {3} {3:x} \"{{}}\" 100% `$ ??/ \\\\ ü\\n" }),
            "(call $log (i32.const -2) (i64.const -9007199254740993) (f32.const 1.5) (f64.const -0.25)) (i32.const 1)",
        ),
        piece(
            "letters",
            "(func $letters (param i32 i64 i32) (result i64))",
            json!({ "provide": "log", "template": "{0:c}{1:c}{2:c}\\n", "results": ["7"] }),
            "(i64.eq (call $letters (i32.const 0x20ac) (i64.const 0x1f980) (i32.const -1)) (i64.const 7))",
        ),
        piece(
            "warn",
            "(func $warn (param f64))",
            json!({ "provide": "log", "template": "{}\\t{0:?}\\n", "stream": "stderr" }),
            "(call $warn (f64.const 0.5)) (i32.const 1)",
        ),
        zeros(piece(
            "text",
            "(func $text (param i32 i32) (result i32))",
            json!({ "provide": "read_string", "pointer": 0, "length": 1, "memory": "env.memory", "results": ["9"] }),
            "(i32.eq (call $text (i32.const 3) (i32.const 7)) (i32.const 9))",
        )),
        zeros(piece(
            "text_to_nul",
            "(func $text_to_nul (param i32))",
            json!({ "provide": "read_string", "pointer": 0 }),
            "(call $text_to_nul (i32.const 3)) (i32.const 1)",
        )),
        piece(
            "count",
            "(func $count (result i64))",
            json!({ "provide": "counter", "start": "5", "step": "-2" }),
            "(drop (call $count)) (i64.eq (call $count) (i64.const 3))",
        ),
        piece(
            "time",
            "(func $time (result f64))",
            json!({ "provide": "clock", "unit": "seconds", "origin": "unix" }),
            "(f64.gt (call $time) (f64.const 1.6e9))",
        ),
        piece(
            "ticks",
            "(func $ticks (result i64 i32))",
            json!({ "provide": "clock", "unit": "nanoseconds", "origin": "instance" }),
            "(local $rest i32) (call $ticks) (local.set $rest) (i64.gt_s (i64.const 0)) (i32.eqz (local.get $rest)) i32.and",
        ),
        piece(
            "random",
            "(func $random (result i32 i64 f32 f64))",
            json!({ "provide": "random", "seed": "1" }),
            "(local $d f64) (local $c f32) (local $b i64)
             (call $random) (local.set $d) (local.set $c) (local.set $b)
             (i32.eq (i32.const -1861603860)) (i64.eq (local.get $b) (i64.const -4689498862643123097)) i32.and
             (f32.eq (local.get $c) (f32.const 0.9710026979446411)) i32.and
             (f64.eq (local.get $d) (f64.const 0.4443592170557721)) i32.and",
        ),
        zeros(piece(
            "sum",
            "(func $sum (param i32 i32) (result i32))",
            json!({ "provide": "javascript", "source": "(x, y) => x + y // numbers" }),
            "(i32.eq (call $sum (i32.const 40) (i32.const 2)) (i32.const 42))",
        )),
        piece(
            "leave",
            "(func $leave (param i32 i64))",
            json!({ "provide": "exit", "code": 0, "parameter": 1 }),
            "(i32.const 1)",
        ),
        piece("stop", "(func $stop)", json!({ "provide": "exit", "code": 3 }), "(i32.const 1)"),
        piece(
            "fail",
            "(func $fail (param i32) (result f32))",
            json!({ "provide": "trap", "message": "no \"{0}\" today" }),
            "(i32.const 1)",
        ),
        left_out(
            piece(
                "twice",
                "(func $twice (param i32) (result i32))",
                json!({ "provide": "export_of", "of": { "tab": other_tab }, "export": "twice" }),
                "(i32.eq (call $twice (i32.const 21)) (i32.const 42))",
            ),
            BODY,
        ),
        left_out(
            piece(
                "functions",
                "(table $functions 3 5 funcref)",
                json!({ "provide": "table", "minimum": 4, "maximum": 5 }),
                "(i32.and (i32.eq (table.size $functions) (i32.const 4)) (ref.is_null (table.get $functions (i32.const 1))))",
            ),
            "python",
        ),
        left_out(
            piece(
                "objects",
                "(table $objects 1 externref)",
                json!({ "provide": "table", "minimum": 1 }),
                "(i32.eq (table.size $objects) (i32.const 1))",
            ),
            "python",
        ),
        piece(
            "limit",
            "(global $limit i32)",
            json!({ "provide": "global", "value": "0x80000000" }),
            "(i32.eq (global.get $limit) (i32.const 0x80000000))",
        ),
        piece(
            "wide",
            "(global $wide (mut i64))",
            json!({ "provide": "global", "value": "9007199254740993" }),
            "(i64.eq (global.get $wide) (i64.const 9007199254740993)) (global.set $wide (i64.const 9007199254740993))",
        ),
        piece(
            "none",
            "(global $none f32)",
            json!({ "provide": "global", "value": "nan" }),
            "(f32.ne (global.get $none) (global.get $none))",
        ),
        piece(
            "least",
            "(global $least (mut f64))",
            json!({ "provide": "global", "value": "-0" }),
            "(f64.eq (f64.div (f64.const 1) (global.get $least)) (f64.const -inf))",
        ),
        left_out(
            piece(
                "lanes",
                "(global $lanes v128)",
                json!({ "provide": "global", "value": "i32x4 1 2 3 4" }),
                "(i32.eq (i32x4.extract_lane 2 (global.get $lanes)) (i32.const 3))",
            ),
            "javascript c",
        ),
        left_out(
            piece(
                "object",
                "(global $object externref)",
                json!({ "provide": "global", "value": "null" }),
                "(ref.is_null (global.get $object))",
            ),
            "python",
        ),
        left_out(
            piece(
                "function",
                "(global $function (mut funcref))",
                json!({ "provide": "global", "value": "null" }),
                "(ref.is_null (global.get $function))",
            ),
            "python",
        ),
        left_out(
            piece("oops", "(tag $oops (param i32 i64))", json!({ "provide": "tag" }), "(i32.const 1)"),
            "python c",
        ),
    ]
}

/// Returns a module that imports these, and checks all that the language provides: when it starts,
/// or when `check` is called.
pub fn module(pieces: &[&Piece], language: &str, starts: bool) -> String {
    let mut imports = String::new();
    let mut functions = String::new();
    let mut calls = String::new();
    for Piece { name, kind, check, zeros, .. } in pieces {
        imports += &format!("  (import \"env\" \"{name}\" {kind})\n");
        if !zeros.split(' ').any(|zeros| zeros == language) {
            functions += &format!("  (func $check_{name} (result i32) {check})\n");
            calls += &format!("    (if (i32.eqz (call $check_{name})) (then unreachable))\n");
        }
    }
    let exports = ["leave", "stop", "fail"]
        .map(|name| format!("  (export \"{name}\" (func ${name}))\n"))
        .concat();
    let start = if starts { "  (start $check)\n" } else { "" };
    format!(
        "(module\n{imports}{exports}{functions}  (func $check (export \"check\")\n{calls}  )\n{start})\n"
    )
}
