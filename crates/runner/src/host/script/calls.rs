//! Lets JavaScript call the functions of the module and change its tables.

use rquickjs::{Ctx, Result, Value};
use wasmer::{Table, Value as WasmerValue};
use watshop_protocol::page::ValueType;

use super::access::{WeakEngine, engine_of, refuse, with};
use super::{ScriptEngine, values};
use crate::types;

/// An exported function of the module.
pub fn exported<'js>(ctx: &Ctx<'js>, engine: &WeakEngine, name: &str) -> Result<Value<'js>> {
    let engine = engine_of(ctx, engine)?;
    let find = || {
        let scope = engine.scope()?;
        let mut all = scope.seen().flat_map(|seen| &seen.functions);
        let found = all.find(|(known, _)| known == name).map(|(_, function)| function.clone());
        found.ok_or_else(|| format!("the module exports no function {name}"))
    };
    let function = find().map_err(|why| refuse(ctx, &why))?;
    engine.callable(ctx, &function).map_err(|why| refuse(ctx, &why))
}

/// Calls a function by its number.
pub fn call<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    number: u32,
    arguments: &[Value<'js>],
) -> Result<Value<'js>> {
    let here = engine_of(ctx, engine)?;
    let function = here.function(number).ok_or_else(|| refuse(ctx, "the function is gone"))?;
    let params = with(ctx, engine, |_, store| Ok(types::value_types(function.ty(store).params())))?;
    let given = convert(ctx, &here, &params, arguments).map_err(|why| refuse(ctx, &why))?;
    let results = with(ctx, engine, |engine, store| {
        engine.host.stop.note_call_back();
        function.call(store, &given).map_err(|error| {
            let message = error.message();
            // JavaScript must not catch this error, because the guest must end.
            let is_ending = engine.host.stop.wanted()
                || error.downcast_ref::<crate::ending::ProgramExit>().is_some()
                || error.downcast_ref::<crate::ending::HostStopped>().is_some();
            let place = if is_ending { &engine.ending } else { &engine.trapped };
            *place.borrow_mut() = Some(error);
            message
        })
    });
    // The call may have grown a memory, whatever its end.
    let looked = here.buffers.refresh(ctx, &here);
    let results = results?;
    looked.map_err(|why| refuse(ctx, &why))?;
    let shown = results.iter().map(|value| values::to_script(ctx, &here, value));
    let shown: Vec<_> =
        shown.collect::<std::result::Result<_, _>>().map_err(|why| refuse(ctx, &why))?;
    match <[Value<'js>; 1]>::try_from(shown) {
        Ok([one]) => Ok(one),
        Err(none) if none.is_empty() => Ok(Value::new_undefined(ctx.clone())),
        Err(many) => rquickjs::IntoJs::into_js(many, ctx),
    }
}

fn convert<'js>(
    ctx: &Ctx<'js>,
    engine: &ScriptEngine,
    params: &[ValueType],
    arguments: &[Value<'js>],
) -> std::result::Result<Vec<WasmerValue>, String> {
    if params.len() != arguments.len() {
        return Err(format!(
            "{} arguments are wanted, and {} are given",
            params.len(),
            arguments.len()
        ));
    }
    let given = params.iter().zip(arguments);
    given.map(|(kind, value)| values::from_script(ctx, engine, *kind, value)).collect()
}

fn table(engine: &ScriptEngine, name: &str) -> std::result::Result<Table, String> {
    let scope = engine.scope()?;
    let mut all = scope.seen().flat_map(|seen| &seen.tables);
    let found = all.find(|(known, _)| known == name).map(|(_, table)| table.clone());
    found.ok_or_else(|| format!("there is no table {name}"))
}

/// The number of elements of a table.
pub fn size(ctx: &Ctx<'_>, engine: &WeakEngine, name: &str) -> Result<u32> {
    with(ctx, engine, |engine, store| Ok(table(engine, name)?.size(store)))
}

/// An element of a table: a function, null, or the value that it refers to.
pub fn element<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    name: &str,
    at: u32,
) -> Result<Value<'js>> {
    let value = with(ctx, engine, |engine, store| {
        let table = table(engine, name)?;
        table.get(store, at).ok_or_else(|| format!("the table has no element {at}"))
    })?;
    let engine = engine_of(ctx, engine)?;
    values::to_script(ctx, &engine, &value).map_err(|why| refuse(ctx, &why))
}

/// Sets an element of a table.
pub fn set_element<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    name: &str,
    at: u32,
    value: &Value<'js>,
) -> Result<()> {
    let value = fitting(ctx, engine, name, value)?;
    with(ctx, engine, |engine, store| {
        table(engine, name)?.set(store, at, value).map_err(|error| error.message())
    })
}

/// Adds elements to a table, and gives its size before.
pub fn grow_table<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    name: &str,
    by: u32,
    value: &Value<'js>,
) -> Result<u32> {
    let value = fitting(ctx, engine, name, value)?;
    with(ctx, engine, |engine, store| {
        table(engine, name)?.grow(store, by, value).map_err(|error| error.message())
    })
}

/// The value as an element of the table's type.
fn fitting<'js>(
    ctx: &Ctx<'js>,
    engine: &WeakEngine,
    name: &str,
    value: &Value<'js>,
) -> Result<WasmerValue> {
    let kind = with(ctx, engine, |engine, store| Ok(table(engine, name)?.ty(store).ty))?;
    let engine = engine_of(ctx, engine)?;
    let wrong = |gave: String| refuse(ctx, &format!("the table cannot have {gave}"));
    values::from_script(ctx, &engine, types::value_type(kind), value).map_err(wrong)
}
