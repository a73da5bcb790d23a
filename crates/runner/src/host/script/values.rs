//! Converts values between WebAssembly and JavaScript.

use rquickjs::{Array, BigInt, Ctx, Function as Script, Value};
use wasmer::Value as WasmerValue;
use watshop_protocol::page::ValueType;

use super::super::cells;
use super::ScriptEngine;

/// The value for JavaScript: a Number for i32, f32 and f64, a BigInt for i64 and v128, a function
/// for a function reference. A reference of the host becomes the original value if JavaScript made
/// it.
///
/// # Errors
///
/// A sentence if JavaScript cannot have the value.
pub fn to_script<'js>(
    ctx: &Ctx<'js>,
    engine: &ScriptEngine,
    value: &WasmerValue,
) -> Result<Value<'js>, String> {
    let failed = |error: rquickjs::Error| error.to_string();
    Ok(match value {
        WasmerValue::I32(v) => Value::new_int(ctx.clone(), *v),
        WasmerValue::I64(v) => BigInt::from_i64(ctx.clone(), *v).map_err(failed)?.into_value(),
        WasmerValue::F32(v) => Value::new_float(ctx.clone(), f64::from(*v)),
        WasmerValue::F64(v) => Value::new_float(ctx.clone(), *v),
        WasmerValue::V128(v) => {
            let make: Script<'_> = ctx.globals().get("BigInt").map_err(failed)?;
            make.call((format!("0x{v:x}"),)).map_err(failed)?
        }
        WasmerValue::FuncRef(None)
        | WasmerValue::ExternRef(None)
        | WasmerValue::ExceptionRef(None) => Value::new_null(ctx.clone()),
        WasmerValue::FuncRef(Some(function)) => engine.callable(ctx, function)?,
        WasmerValue::ExternRef(Some(reference)) => engine.shown(ctx, reference)?,
        WasmerValue::ExceptionRef(Some(_)) => {
            return Err("JavaScript cannot be given an exnref that is not null".to_owned());
        }
    })
}

/// The results of a function, from the value that its JavaScript returned.
///
/// # Errors
///
/// The returned value in words, if it does not fit.
pub fn results<'js>(
    ctx: &Ctx<'js>,
    engine: &ScriptEngine,
    kinds: &[ValueType],
    value: Value<'js>,
) -> Result<Vec<WasmerValue>, String> {
    match kinds {
        [] => Ok(Vec::new()),
        [one] => from_script(ctx, engine, *one, &value).map(|value| vec![value]),
        many => {
            let array: Array<'js> = value.clone().into_array().ok_or_else(|| describe(&value))?;
            if array.len() != many.len() {
                return Err(format!("an array of {}", array.len()));
            }
            let one = |(index, kind): (usize, &ValueType)| {
                let item: Value<'js> = array.get(index).map_err(|error| error.to_string())?;
                from_script(ctx, engine, *kind, &item)
                    .map_err(|gave| format!("{gave} as result {}", index + 1))
            };
            many.iter().enumerate().map(one).collect()
        }
    }
}

/// A value of this type, or else the given value in words.
pub fn from_script<'js>(
    ctx: &Ctx<'js>,
    engine: &ScriptEngine,
    kind: ValueType,
    value: &Value<'js>,
) -> Result<WasmerValue, String> {
    let wrong = || format!("{}, which is not {}", describe(value), kind.sentence());
    Ok(match kind {
        ValueType::I32 if value.is_int() => WasmerValue::I32(value.as_int().unwrap_or_default()),
        ValueType::I32 => {
            let number =
                value.as_bool().map(f64::from).or_else(|| value.as_number()).ok_or_else(wrong)?;
            let fits =
                number.fract() == 0.0 && (-2_147_483_648.0..=4_294_967_295.0).contains(&number);
            if !fits {
                return Err(wrong());
            }
            WasmerValue::I32(number as i64 as i32)
        }
        // The conversion is modulo 2^64, as in the JavaScript interface of the specification.
        ValueType::I64 => {
            let number = value.clone().into_big_int().ok_or_else(wrong)?;
            WasmerValue::I64(number.to_i64().map_err(|_| wrong())?)
        }
        ValueType::F32 => WasmerValue::F32(value.as_number().ok_or_else(wrong)? as f32),
        ValueType::F64 => WasmerValue::F64(value.as_number().ok_or_else(wrong)?),
        ValueType::V128 => {
            if !value.is_big_int() {
                return Err(wrong());
            }
            let print: Script<'js> =
                ctx.globals().get("String").map_err(|error| error.to_string())?;
            let text: String = print.call((value.clone(),)).map_err(|error| error.to_string())?;
            WasmerValue::V128(text.parse().map_err(|_| wrong())?)
        }
        ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef if value.is_null() => {
            cells::zero(kind)
        }
        ValueType::FuncRef => engine.function_reference(ctx, value)?.ok_or_else(wrong)?,
        ValueType::ExternRef => WasmerValue::ExternRef(Some(engine.reference(ctx, value)?)),
        ValueType::ExnRef => return Err(wrong()),
    })
}

/// A value in words, for messages.
pub fn describe(value: &Value<'_>) -> String {
    const LONGEST: usize = 80;
    if value.is_undefined() || value.is_null() {
        return value.type_name().to_owned();
    }
    if let Some(flag) = value.as_bool() {
        return flag.to_string();
    }
    if let Some(number) = value.as_number() {
        return number.to_string();
    }
    if let Some(text) = value.as_string().and_then(|text| text.to_string().ok()) {
        let short: String = text.chars().take(LONGEST).collect();
        return format!("the string \"{short}\"");
    }
    format!("a value of type {}", value.type_name())
}

/// A list of types, written like the results of a function.
pub fn names(kinds: &[ValueType]) -> String {
    match kinds {
        [] => "nothing".to_owned(),
        [one] => one.sentence().into(),
        many => format!("({})", many.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")),
    }
}
