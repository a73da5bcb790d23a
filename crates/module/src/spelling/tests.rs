use super::*;
use crate::parse;

fn told(text: &str) -> String {
    parse(text).unwrap_err().message
}

#[test]
fn every_instruction_that_is_offered_is_one() {
    let count = instructions().count();
    assert!(count > 400, "{count}");
    for name in instructions() {
        if let Err(error) = parse(&format!("(module (func {name} end))")) {
            assert!(!error.message.contains("is not an instruction"), "{}", error.message);
        }
    }
}

#[test]
fn a_name_of_before_is_told_with_todays() {
    for (old, new) in [
        ("get_local", "local.get"),
        ("set_local", "local.set"),
        ("tee_local", "local.tee"),
        ("get_global", "global.get"),
        ("set_global", "global.set"),
        ("current_memory", "memory.size"),
        ("grow_memory", "memory.grow"),
        ("i32.wrap/i64", "i32.wrap_i64"),
        ("i32.trunc_s/f32", "i32.trunc_f32_s"),
        ("i32.trunc_u/f64", "i32.trunc_f64_u"),
        ("i64.trunc_s:sat/f32", "i64.trunc_sat_f32_s"),
        ("i64.extend_s/i32", "i64.extend_i32_s"),
        ("i64.extend_u/i32", "i64.extend_i32_u"),
        ("f32.convert_s/i32", "f32.convert_i32_s"),
        ("f64.convert_u/i64", "f64.convert_i64_u"),
        ("f32.demote/f64", "f32.demote_f64"),
        ("f64.promote/f32", "f64.promote_f32"),
        ("i32.reinterpret/f32", "i32.reinterpret_f32"),
        ("f64.reinterpret/i64", "f64.reinterpret_i64"),
        ("i32.atomic.wait", "memory.atomic.wait32"),
        ("i64.atomic.wait", "memory.atomic.wait64"),
        ("atomic.notify", "memory.atomic.notify"),
        ("i32.atomic.rmw8_u.add", "i32.atomic.rmw8.add_u"),
        ("i64.atomic.rmw32_u.cmpxchg", "i64.atomic.rmw32.cmpxchg_u"),
        ("i8x16.add_saturate_s", "i8x16.add_sat_s"),
        ("i16x8.widen_low_i8x16_s", "i16x8.extend_low_i8x16_s"),
        ("i32x4.trunc_s/f32x4:sat", "i32x4.trunc_sat_f32x4_s"),
        ("f32x4.convert_u/i32x4", "f32x4.convert_i32x4_u"),
        ("i16x8.load8x8_s", "v128.load8x8_s"),
        ("v8x16.shuffle", "i8x16.shuffle"),
    ] {
        assert_eq!(
            told(&format!("(module (func {old}))")),
            format!("`{old}` is called `{new}` today.")
        );
        assert_eq!(
            told(&format!("(module (func ({old})))")),
            format!("`{old}` is called `{new}` today.")
        );
    }
    assert_eq!(told("(module (table 1 anyfunc))"), "`anyfunc` is called `funcref` today.");
    assert_eq!(told("(module (table anyfunc (elem)))"), "`anyfunc` is called `funcref` today.");
    assert_eq!(today("i32.nonsense/f32"), None);
}

#[test]
fn a_misspelt_word_is_told_with_the_nearest() {
    for (text, meant) in [
        ("(module (func (reslt i32) i32.const 1))", "`result`"),
        ("(module (func (pram i32)))", "`param`"),
        ("(module (func i32.ad))", "`i32.add` or `i32.and`"),
        ("(module (func i32.cosnt 1 drop))", "`i32.const`"),
        ("(module (func local.gte 0))", "`local.get`"),
        ("(module (func I32.ADD))", "`i32.add`"),
        (
            "(module (func i32.atomic.rmw8.ad_u))",
            "`i32.atomic.rmw8.add_u` or `i32.atomic.rmw8.and_u`",
        ),
        ("(module (func add))", "`i32.add`, `i64.add`, `f32.add` or `f64.add`"),
        ("(module (fnuc))", "`func`"),
        ("(module (exprot \"a\" (func 0)))", "`export`"),
        ("(modul (func))", "`module`"),
        ("(module (func (param i23)))", "`i32`"),
        ("(module (func (export \"a\") (result f46)))", "`f64`"),
        ("(module (export \"a\" (fucn 0)))", "`func`"),
        ("(module (import \"a\" \"b\" (memry 1)))", "`memory`"),
    ] {
        assert!(
            told(text).contains(&format!(" Perhaps {meant} is meant.")),
            "{text}: {}",
            told(text)
        );
    }
    let type_list = "`nothing` cannot stand here; expected: a type, one of `i32`, `i64`,";
    assert!(told("(module (func (param nothing)))").starts_with(type_list));
    for text in
        ["(module (func nonsense))", "(module (whatever))", "(module (func (param nothing)))"]
    {
        assert!(!told(text).contains("Perhaps"), "{}", told(text));
    }
}

#[test]
fn a_comment_of_another_language_is_told_with_ours() {
    for (text, ours) in [
        ("(module // adds\n (func))", "`;;`, not with `//`"),
        ("// adds\n(module)", "`;;`, not with `//`"),
        ("(module (func //it's \"that\n nop))", "`;;`, not with `//`"),
        ("(module (func\n nop # adds\n))", "`;;`, not with `#`"),
        ("(module (func nop -- adds\n))", "`;;`, not with `--`"),
        ("(module /* adds */ (func))", "`(;` and `;)`"),
        ("(module (func (param i32 /* left */)))", "`(;` and `;)`"),
        ("(module ; adds\n (func))", "`;;`"),
    ] {
        assert!(told(text).contains(ours), "{text}: {}", told(text));
    }
}
