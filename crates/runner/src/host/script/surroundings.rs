//! The globals of the JavaScript: the module's memories, tables, globals and exports.

use std::sync::Arc;
use watshop_protocol::Sentence;

use rquickjs::{ArrayBuffer, Ctx, Function as Script, Object, Result, TypedArray, Value};
use wasmer::{Memory, Pages};
use watshop_protocol::page::Stream;

use super::super::frame::write;
use super::access::{WeakEngine, engine_of, refuse, with};
use super::{ScriptEngine, SharedEngine, calls, text, values};
use crate::types;

/// The code that makes these globals from the few functions below.
const PRELUDE: &str = include_str!("surroundings.js");

/// The bytes of the longest message of the console. Its own bound in characters is always lower.
const LONGEST_MESSAGE: usize = 512 << 10;

/// The code of `console.log`.
const CONSOLE: &str = include_str!("console.js");

/// The most bytes that are read or written at once.
const MOST: f64 = (16 << 20) as f64;

/// Puts the globals into the context, and gives the functions of the JavaScript side.
pub fn build<'js>(ctx: &Ctx<'js>, engine: &SharedEngine) -> Result<Object<'js>> {
    type Many<'js> = Vec<Value<'js>>;
    let host = Object::new(ctx.clone())?;
    let of = || Arc::downgrade(engine);
    let add = |name: &str, work: Script<'js>| host.set(name, work);
    let e = of();
    add("names", Script::new(ctx.clone(), move |kind: String| names(&e, &kind))?)?;
    let e = of();
    add(
        "pages",
        Script::new(ctx.clone(), move |ctx: Ctx<'js>, name: String| pages(&ctx, &e, &name))?,
    )?;
    let e = of();
    let work =
        move |ctx: Ctx<'js>, name: String, at: f64, length: f64| read(&ctx, &e, &name, at, length);
    add("read", Script::new(ctx.clone(), work)?)?;
    let e = of();
    let work = move |ctx: Ctx<'js>, name: String, at: f64, bytes: TypedArray<'js, u8>| {
        put(&ctx, &e, &name, at, &bytes)
    };
    add("write", Script::new(ctx.clone(), work)?)?;
    let e = of();
    let work = move |ctx: Ctx<'js>, name: String, pages: u32| grow(&ctx, &e, &name, pages);
    add("grow", Script::new(ctx.clone(), work)?)?;
    let e = of();
    let work = move |ctx: Ctx<'js>, name: String| buffer(&ctx, &e, &name);
    add("buffer", Script::new(ctx.clone(), work)?)?;
    let e = of();
    add(
        "get",
        Script::new(ctx.clone(), move |ctx: Ctx<'js>, name: String| get_global(&ctx, &e, &name))?,
    )?;
    let e = of();
    let work =
        move |ctx: Ctx<'js>, name: String, value: Value<'js>| set_global(&ctx, &e, &name, &value);
    add("set", Script::new(ctx.clone(), work)?)?;
    let e = of();
    add(
        "size",
        Script::new(ctx.clone(), move |ctx: Ctx<'js>, name: String| calls::size(&ctx, &e, &name))?,
    )?;
    let e = of();
    let work = move |ctx: Ctx<'js>, name: String, at: u32| calls::element(&ctx, &e, &name, at);
    add("element", Script::new(ctx.clone(), work)?)?;
    let e = of();
    let work = move |ctx: Ctx<'js>, name: String, at: u32, value: Value<'js>| {
        calls::set_element(&ctx, &e, &name, at, &value)
    };
    add("setElement", Script::new(ctx.clone(), work)?)?;
    let e = of();
    let work = move |ctx: Ctx<'js>, name: String, by: u32, value: Value<'js>| {
        calls::grow_table(&ctx, &e, &name, by, &value)
    };
    add("growTable", Script::new(ctx.clone(), work)?)?;
    let e = of();
    let work = move |ctx: Ctx<'js>, name: String| calls::exported(&ctx, &e, &name);
    add("exported", Script::new(ctx.clone(), work)?)?;
    let e = of();
    let work =
        move |ctx: Ctx<'js>, number: u32, given: Many<'js>| calls::call(&ctx, &e, number, &given);
    add("call", Script::new(ctx.clone(), work)?)?;
    add("decode", Script::new(ctx.clone(), text::decode)?)?;
    add("encode", Script::new(ctx.clone(), text::encode)?)?;
    let e = of();
    add(
        "print",
        Script::new(ctx.clone(), move |ctx: Ctx<'js>, text: String| print(&ctx, &e, &text))?,
    )?;
    let e = of();
    add("whyNone", Script::new(ctx.clone(), move || why_none(&e).map(String::from))?)?;
    let (prelude, shown): (Script<'js>, Script<'js>) = (ctx.eval(PRELUDE)?, ctx.eval(CONSOLE)?);
    prelude.call((host, shown))
}

/// The names of all externals of a kind.
fn names(engine: &WeakEngine, kind: &str) -> Vec<String> {
    let Some(scope) = engine.upgrade().and_then(|engine| engine.scope().ok()) else {
        return Vec::new();
    };
    scope
        .seen()
        .flat_map(|seen| -> Vec<String> {
            match kind {
                "memory" => seen.memories.iter().map(|(name, _)| name.to_string()).collect(),
                "table" => seen.tables.iter().map(|(name, _)| name.clone()).collect(),
                "global" => seen.globals.iter().map(|(name, _)| name.clone()).collect(),
                _ => seen.functions.iter().map(|(name, _)| name.clone()).collect(),
            }
        })
        .collect()
}

/// The reason why there may be none of a kind yet.
fn why_none(engine: &WeakEngine) -> Option<Sentence> {
    let scope = engine.upgrade()?.scope().ok()?;
    (!scope.is_ready()).then(super::super::exports_later)
}

fn memory(engine: &ScriptEngine, name: &str) -> std::result::Result<(Arc<str>, Memory), String> {
    engine.scope()?.memory(Some(name)).cloned().map_err(String::from)
}

fn pages(ctx: &Ctx<'_>, engine: &WeakEngine, name: &str) -> Result<u32> {
    with(ctx, engine, |engine, store| Ok(memory(engine, name)?.1.size(store).0))
}

/// An address or a length, from a number of JavaScript.
fn whole(number: f64, most: f64, what: &str) -> std::result::Result<u64, String> {
    if number.fract() == 0.0 && (0.0..=most).contains(&number) {
        Ok(number as u64)
    } else {
        Err(format!("{number} is not a valid {what}"))
    }
}

fn read<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    name: &str,
    at: f64,
    length: f64,
) -> Result<ArrayBuffer<'js>> {
    let bytes = with(ctx, engine, |engine, store| {
        let (start, length) =
            (whole(at, 2_f64.powi(53), "address")?, whole(length, MOST, "length")?);
        let (name, memory) = memory(engine, name)?;
        let view = memory.view(store);
        if start.checked_add(length).is_none_or(|end| end > view.data_size()) {
            return Err(past_the_end(start, length, view.data_size()));
        }
        let mut bytes = vec![0_u8; length as usize];
        view.read(start, &mut bytes).map_err(|error| error.to_string())?;
        engine.touch(|touches| touches.read(&name, start, &bytes));
        Ok(bytes)
    })?;
    ArrayBuffer::new(ctx.clone(), bytes)
}

fn put<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    name: &str,
    at: f64,
    bytes: &TypedArray<'js, u8>,
) -> Result<()> {
    #[expect(unsafe_code, reason = "JavaScript could change the bytes while they are borrowed")]
    // SAFETY: no JavaScript runs until the bytes are copied, which happens at once.
    let bytes = unsafe { bytes.as_bytes() }.map(<[u8]>::to_vec);
    with(ctx, engine, |engine, store| {
        let bytes = bytes.ok_or("the bytes are gone")?;
        let start = whole(at, 2_f64.powi(53), "address")?;
        let (name, memory) = memory(engine, name)?;
        let view = memory.view(store);
        let length = bytes.len() as u64;
        if start.checked_add(length).is_none_or(|end| end > view.data_size()) {
            return Err(past_the_end(start, length, view.data_size()));
        }
        view.write(start, &bytes).map_err(|error| error.to_string())?;
        engine.touch(|touches| touches.wrote(&name, start, &bytes));
        Ok(())
    })
}

fn past_the_end(at: u64, length: u64, size: u64) -> String {
    format!("{length} bytes at {at} reach past the end of the memory, which has {size} bytes")
}

fn grow(ctx: &Ctx<'_>, engine: &WeakEngine, name: &str, pages: u32) -> Result<u32> {
    let before = with(ctx, engine, |engine, store| {
        let grown = memory(engine, name)?.1.grow(store, Pages(pages));
        grown.map(|before| before.0).map_err(|error| error.to_string())
    })?;
    let engine = engine_of(ctx, engine)?;
    engine.buffers.refresh(ctx, &engine).map_err(|why| refuse(ctx, &why))?;
    Ok(before)
}

fn buffer<'js>(ctx: &Ctx<'js>, engine: &WeakEngine, name: &str) -> Result<ArrayBuffer<'js>> {
    let engine = engine_of(ctx, engine)?;
    engine.buffers.give(ctx, &engine, name).map_err(|why| refuse(ctx, &why))
}

fn global(engine: &ScriptEngine, name: &str) -> std::result::Result<wasmer::Global, String> {
    let scope = engine.scope()?;
    let mut all = scope.seen().flat_map(|seen| &seen.globals);
    let found = all.find(|(known, _)| known == name).map(|(_, global)| global.clone());
    found.ok_or_else(|| format!("there is no global {name}"))
}

fn get_global<'js>(ctx: &Ctx<'js>, engine: &WeakEngine, name: &str) -> Result<Value<'js>> {
    let value = with(ctx, engine, |engine, store| Ok(global(engine, name)?.get(store)))?;
    let engine = engine_of(ctx, engine)?;
    values::to_script(ctx, &engine, &value).map_err(|why| refuse(ctx, &why))
}

fn set_global<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    name: &str,
    value: &Value<'js>,
) -> Result<()> {
    let kind = with(ctx, engine, |engine, store| Ok(global(engine, name)?.ty(store).ty))?;
    let here = engine_of(ctx, engine)?;
    let wrong = |gave: String| refuse(ctx, &format!("the global cannot have {gave}"));
    let value = values::from_script(ctx, &here, types::value_type(kind), value).map_err(wrong)?;
    with(ctx, engine, |engine, store| {
        global(engine, name)?.set(store, value).map_err(|error| error.message())
    })
}

fn print(ctx: &Ctx<'_>, engine: &WeakEngine, text: &str) -> Result<()> {
    let engine = engine_of(ctx, engine)?;
    // The console cuts a message by functions that a script can replace.
    let text = &text[..text.floor_char_boundary(LONGEST_MESSAGE)];
    // If the console does not take it, the guest must end. QuickJS learns that at its next step.
    let _ = write(&engine.host, Stream::Stdout, text.as_bytes());
    Ok(())
}
