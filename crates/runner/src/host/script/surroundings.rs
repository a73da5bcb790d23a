//! What JavaScript finds around it: the module's memories, tables, globals and exports.

use std::sync::{Arc, Weak};

use rquickjs::function::Rest;
use rquickjs::{ArrayBuffer, Ctx, Exception, Function as Script, Object, Result, TypedArray, Value};
use send_wrapper::SendWrapper;
use wasmer::{Memory, Pages, StoreMut, Value as WasmerValue};
use watshop_protocol::page::Stream;

use super::super::functions::write;
use super::super::text::{READ, WROTE, touched};
use super::{Engine, Shared, lent, values};
use crate::types;

/// What JavaScript sees is made of the few functions below by this.
const PRELUDE: &str = include_str!("surroundings.js");

/// Most bytes that are read or written at once.
const MOST: f64 = (16 << 20) as f64;

/// Puts all of it into the context.
pub fn build<'js>(ctx: &Ctx<'js>, engine: &Shared) -> Result<()> {
    let host = Object::new(ctx.clone())?;
    let weak = || Arc::downgrade(engine);
    host.set("names", function(ctx, weak(), names)?)?;
    host.set("pages", function(ctx, weak(), pages)?)?;
    let of = weak();
    let read = move |ctx: Ctx<'js>, name: String, at: f64, length: f64| read(&ctx, &of, &name, at, length);
    host.set("read", Script::new(ctx.clone(), read)?)?;
    let of = weak();
    let put = move |ctx: Ctx<'js>, name: String, at: f64, bytes: TypedArray<'js, u8>| {
        put(&ctx, &of, &name, at, &bytes)
    };
    host.set("write", Script::new(ctx.clone(), put)?)?;
    let of = weak();
    let grow = move |ctx: Ctx<'js>, name: String, pages: u32| grow(&ctx, &of, &name, pages);
    host.set("grow", Script::new(ctx.clone(), grow)?)?;
    let of = weak();
    let get = move |ctx: Ctx<'js>, name: String| get_global(&ctx, &of, &name);
    host.set("get", Script::new(ctx.clone(), get)?)?;
    let of = weak();
    let set = move |ctx: Ctx<'js>, name: String, value: Value<'js>| set_global(&ctx, &of, &name, &value);
    host.set("set", Script::new(ctx.clone(), set)?)?;
    let of = weak();
    let size = move |ctx: Ctx<'js>, name: String| table_size(&ctx, &of, &name);
    host.set("size", Script::new(ctx.clone(), size)?)?;
    let of = weak();
    let at = move |ctx: Ctx<'js>, name: String, at: u32, arguments: Vec<Value<'js>>| {
        call_element(&ctx, &of, &name, at, &arguments)
    };
    host.set("callElement", Script::new(ctx.clone(), at)?)?;
    let of = weak();
    let call = move |ctx: Ctx<'js>, name: String, arguments: Rest<Value<'js>>| {
        call_export(&ctx, &of, &name, &arguments.0)
    };
    host.set("call", Script::new(ctx.clone(), call)?)?;
    let of = weak();
    let print = move |ctx: Ctx<'js>, text: String| print(&ctx, &of, &text);
    host.set("print", Script::new(ctx.clone(), print)?)?;
    let prelude: Script<'js> = ctx.eval(PRELUDE)?;
    prelude.call((host,))
}

type Held = Weak<SendWrapper<Engine>>;

fn function<'js, A, R>(
    ctx: &Ctx<'js>,
    engine: Held,
    work: fn(&Ctx<'js>, &Held, A) -> Result<R>,
) -> Result<Script<'js>>
where
    A: rquickjs::FromJs<'js> + 'js,
    R: rquickjs::IntoJs<'js> + 'js,
{
    Script::new(ctx.clone(), move |ctx: Ctx<'js>, argument: A| work(&ctx, &engine, argument))
}

fn refuse(ctx: &Ctx<'_>, why: &str) -> rquickjs::Error {
    Exception::throw_range(ctx, why)
}

/// Asks the engine and the store that was lent to it.
fn with<R>(
    ctx: &Ctx<'_>,
    engine: &Held,
    work: impl FnOnce(&Engine, &mut StoreMut<'_>) -> std::result::Result<R, String>,
) -> Result<R> {
    let engine = engine.upgrade().ok_or_else(|| refuse(ctx, "the instance is gone"))?;
    let done = lent::take(|store| work(&engine, store));
    let done =
        done.unwrap_or_else(|| Err("the module can only be reached while it calls its host".to_owned()));
    done.map_err(|why| refuse(ctx, &why))
}

/// What there is of a kind, by name.
fn names(_: &Ctx<'_>, engine: &Held, kind: String) -> Result<Vec<String>> {
    let Some(engine) = engine.upgrade() else { return Ok(Vec::new()) };
    let Ok(scene) = engine.scene() else { return Ok(Vec::new()) };
    Ok(scene
        .seen()
        .flat_map(|seen| -> Vec<String> {
            match kind.as_str() {
                "memory" => seen.memories.iter().map(|(name, _)| name.clone()).collect(),
                "table" => seen.tables.iter().map(|(name, _)| name.clone()).collect(),
                "global" => seen.globals.iter().map(|(name, _)| name.clone()).collect(),
                _ => seen.functions.iter().map(|(name, _)| name.clone()).collect(),
            }
        })
        .collect())
}

fn memory(engine: &Engine, name: &str) -> std::result::Result<Memory, String> {
    engine.scene()?.memory(Some(name)).map(|(_, memory)| memory.clone())
}

fn pages(ctx: &Ctx<'_>, engine: &Held, name: String) -> Result<u32> {
    with(ctx, engine, |engine, store| Ok(memory(engine, &name)?.size(store).0))
}

/// An address or a length as JavaScript has it.
fn whole(number: f64, most: f64, what: &str) -> std::result::Result<u64, String> {
    if number.fract() == 0.0 && (0.0..=most).contains(&number) {
        Ok(number as u64)
    } else {
        Err(format!("{number} is no {what}"))
    }
}

fn read<'js>(ctx: &Ctx<'js>, engine: &Held, name: &str, at: f64, length: f64) -> Result<ArrayBuffer<'js>> {
    let bytes = with(ctx, engine, |engine, store| {
        let (start, length) = (whole(at, 2_f64.powi(53), "address")?, whole(length, MOST, "length")?);
        let memory = memory(engine, name)?;
        let view = memory.view(store);
        if start.checked_add(length).is_none_or(|end| end > view.data_size()) {
            return Err(past_the_end(start, length, view.data_size()));
        }
        let mut bytes = vec![0_u8; length as usize];
        view.read(start, &mut bytes).map_err(|error| error.to_string())?;
        engine.touch(|touches| touches.read.push(touched(name, start, &bytes, READ)));
        Ok(bytes)
    })?;
    ArrayBuffer::new(ctx.clone(), bytes)
}

fn put<'js>(ctx: &Ctx<'js>, engine: &Held, name: &str, at: f64, bytes: &TypedArray<'js, u8>) -> Result<()> {
    #[allow(unsafe_code)]
    // SAFETY: no JavaScript runs until the bytes are copied, which is at once.
    let bytes = unsafe { bytes.as_bytes() }.map(<[u8]>::to_vec);
    with(ctx, engine, |engine, store| {
        let bytes = bytes.ok_or("the bytes are gone")?;
        let start = whole(at, 2_f64.powi(53), "address")?;
        let memory = memory(engine, name)?;
        let view = memory.view(store);
        let length = bytes.len() as u64;
        if start.checked_add(length).is_none_or(|end| end > view.data_size()) {
            return Err(past_the_end(start, length, view.data_size()));
        }
        view.write(start, &bytes).map_err(|error| error.to_string())?;
        engine.touch(|touches| touches.wrote.push(touched(name, start, &bytes, WROTE)));
        Ok(())
    })
}

fn past_the_end(at: u64, length: u64, size: u64) -> String {
    format!("{length} bytes at {at} reach past the end of the memory, which has {size} bytes")
}

fn grow(ctx: &Ctx<'_>, engine: &Held, name: &str, pages: u32) -> Result<u32> {
    with(ctx, engine, |engine, store| {
        let grown = memory(engine, name)?.grow(store, Pages(pages));
        grown.map(|before| before.0).map_err(|error| error.to_string())
    })
}

fn global(engine: &Engine, name: &str) -> std::result::Result<wasmer::Global, String> {
    let scene = engine.scene()?;
    let mut all = scene.seen().flat_map(|seen| &seen.globals);
    let found = all.find(|(known, _)| known == name).map(|(_, global)| global.clone());
    found.ok_or_else(|| format!("there is no global {name}"))
}

fn get_global<'js>(ctx: &Ctx<'js>, engine: &Held, name: &str) -> Result<Value<'js>> {
    with(ctx, engine, |engine, store| values::to_script(ctx, &global(engine, name)?.get(store)))
}

fn set_global<'js>(ctx: &Ctx<'js>, engine: &Held, name: &str, value: &Value<'js>) -> Result<()> {
    with(ctx, engine, |engine, store| {
        let global = global(engine, name)?;
        let kind = types::value_type(global.ty(store).ty);
        let value = values::from_script(ctx, kind, value)?;
        global.set(store, value).map_err(|error| error.message())
    })
}

fn table(engine: &Engine, name: &str) -> std::result::Result<wasmer::Table, String> {
    let scene = engine.scene()?;
    let mut all = scene.seen().flat_map(|seen| &seen.tables);
    let found = all.find(|(known, _)| known == name).map(|(_, table)| table.clone());
    found.ok_or_else(|| format!("there is no table {name}"))
}

fn table_size(ctx: &Ctx<'_>, engine: &Held, name: &str) -> Result<u32> {
    with(ctx, engine, |engine, store| Ok(table(engine, name)?.size(store)))
}

fn call_element<'js>(
    ctx: &Ctx<'js>,
    engine: &Held,
    name: &str,
    at: u32,
    arguments: &[Value<'js>],
) -> Result<Value<'js>> {
    let function = with(ctx, engine, |engine, store| match table(engine, name)?.get(store, at) {
        Some(WasmerValue::FuncRef(Some(function))) => Ok(function),
        Some(_) => Err(format!("element {at} of the table is null")),
        None => Err(format!("the table has no element {at}")),
    })?;
    call(ctx, engine, &function, arguments)
}

fn call_export<'js>(
    ctx: &Ctx<'js>,
    engine: &Held,
    name: &str,
    arguments: &[Value<'js>],
) -> Result<Value<'js>> {
    let function = with(ctx, engine, |engine, _| {
        let scene = engine.scene()?;
        let mut all = scene.seen().flat_map(|seen| &seen.functions);
        let found = all.find(|(known, _)| known == name).map(|(_, function)| function.clone());
        found.ok_or_else(|| format!("the module exports no function {name}"))
    })?;
    call(ctx, engine, &function, arguments)
}

fn call<'js>(
    ctx: &Ctx<'js>,
    engine: &Held,
    function: &wasmer::Function,
    arguments: &[Value<'js>],
) -> Result<Value<'js>> {
    let results = with(ctx, engine, |engine, store| {
        let params = types::value_types(function.ty(store).params());
        if params.len() != arguments.len() {
            return Err(format!("{} arguments are wanted, and {} are given", params.len(), arguments.len()));
        }
        let given = params.iter().zip(arguments).map(|(kind, value)| values::from_script(ctx, *kind, value));
        let given = given.collect::<std::result::Result<Vec<_>, _>>()?;
        function.call(store, &given).map_err(|error| {
            let message = error.message();
            // Not to be caught by JavaScript: the guest is to end.
            let is_ending = engine.host.stop.wanted()
                || error.downcast_ref::<crate::wasi::Exit>().is_some()
                || error.downcast_ref::<super::super::Stopped>().is_some();
            let place = if is_ending { &engine.ending } else { &engine.trapped };
            *place.borrow_mut() = Some(error);
            message
        })
    })?;
    let shown = results.iter().map(|value| values::to_script(ctx, value));
    let shown: Vec<_> = shown.collect::<std::result::Result<_, _>>().map_err(|why| refuse(ctx, &why))?;
    match <[Value<'js>; 1]>::try_from(shown) {
        Ok([one]) => Ok(one),
        Err(none) if none.is_empty() => Ok(Value::new_undefined(ctx.clone())),
        Err(many) => rquickjs::IntoJs::into_js(many, ctx),
    }
}

fn print(ctx: &Ctx<'_>, engine: &Held, text: &str) -> Result<()> {
    let engine = engine.upgrade().ok_or_else(|| refuse(ctx, "the instance is gone"))?;
    // Where the console does not take it, the guest is to end, and QuickJS is told so at its next step.
    let _ = write(&engine.host, Stream::Stdout, text.as_bytes());
    Ok(())
}
