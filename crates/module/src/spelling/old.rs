//! Names that the text format or a proposal had before.

use super::instructions;

/// Names that were replaced as a whole. Variables, memories and `anyfunc` were renamed in 2018
/// together with the conversions, the others with the last changes of their proposals.
const REPLACED: &[(&str, &str)] = &[
    ("get_local", "local.get"),
    ("set_local", "local.set"),
    ("tee_local", "local.tee"),
    ("get_global", "global.get"),
    ("set_global", "global.set"),
    ("current_memory", "memory.size"),
    ("grow_memory", "memory.grow"),
    ("anyfunc", "funcref"),
    ("anyref", "externref"),
    ("memory.drop", "data.drop"),
    ("table.drop", "elem.drop"),
    ("i32.atomic.wait", "memory.atomic.wait32"),
    ("i64.atomic.wait", "memory.atomic.wait64"),
    ("i32.wait", "memory.atomic.wait32"),
    ("i64.wait", "memory.atomic.wait64"),
    ("atomic.notify", "memory.atomic.notify"),
    ("atomic.wake", "memory.atomic.notify"),
    ("wake", "memory.atomic.notify"),
    ("fence", "atomic.fence"),
    ("v8x16.shuffle", "i8x16.shuffle"),
    ("v8x16.swizzle", "i8x16.swizzle"),
    ("i8x16.any_true", "v128.any_true"),
    ("i16x8.any_true", "v128.any_true"),
    ("i32x4.any_true", "v128.any_true"),
    ("v8x16.load_splat", "v128.load8_splat"),
    ("v16x8.load_splat", "v128.load16_splat"),
    ("v32x4.load_splat", "v128.load32_splat"),
    ("v64x2.load_splat", "v128.load64_splat"),
    ("i32x4.dot_i8x16_s", "i32x4.dot_i16x8_s"),
];

/// The present name for an old one.
pub(crate) fn today(old: &str) -> Option<String> {
    if let Some((_, new)) = REPLACED.iter().find(|(name, _)| *name == old) {
        return Some((*new).to_owned());
    }
    let new = conversion(old)
        .or_else(|| read_modify_write(old))
        .or_else(|| old.contains("_saturate_").then(|| old.replace("_saturate_", "_sat_")))
        .or_else(|| old.contains(".widen_").then(|| old.replace(".widen_", ".extend_")))
        .or_else(|| extending_load(old))?;
    instructions().find(|name| *name == new)
}

/// `i32.trunc_s:sat/f32` → `i32.trunc_sat_f32_s`, `i32.wrap/i64` → `i32.wrap_i64`.
fn conversion(old: &str) -> Option<String> {
    let (operation, from) = old.split_once('/')?;
    let saturating = operation.ends_with(":sat") || from.ends_with(":sat");
    let (operation, from) = (operation.trim_end_matches(":sat"), from.trim_end_matches(":sat"));
    let sign = [("_s", "_s"), ("_u", "_u"), ("", "")];
    let (operation, sign) = sign
        .iter()
        .find_map(|(end, sign)| operation.strip_suffix(end).map(|operation| (operation, sign)))?;
    let saturating = if saturating { "_sat" } else { "" };
    Some(format!("{operation}{saturating}_{from}{sign}"))
}

/// `i32.atomic.rmw8_u.add` → `i32.atomic.rmw8.add_u`.
fn read_modify_write(old: &str) -> Option<String> {
    let (kind, rest) = old.split_once(".atomic.rmw")?;
    let (width, operation) = rest.split_once("_u.")?;
    Some(format!("{kind}.atomic.rmw{width}.{operation}_u"))
}

/// `i16x8.load8x8_s` → `v128.load8x8_s`.
fn extending_load(old: &str) -> Option<String> {
    let (_, load) = old.split_once(".load")?;
    load.contains('x').then(|| format!("v128.load{load}"))
}
