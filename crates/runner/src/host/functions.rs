//! Makes host functions, with one maker for each kind of provider.

use std::sync::Arc;
use watshop_protocol::{Sentence, say};

use wasmer::{Function, FunctionType, Store, Value as WasmerValue};
use watshop_protocol::page::Provider;
use watshop_protocol::template::Template;

use super::frame::{HostEnding, HostFrame, simple, write};
use super::record::Signature;
use super::{ImportResolver, cells, numbers, replay, script, text};
use crate::types;

/// Makes a function for an import of this type. The provider was found to fit it.
///
/// # Errors
///
/// A sentence if it does not fit.
pub fn make(
    store: &mut Store,
    resolver: &ImportResolver<'_>,
    (module, name): (&str, &str),
    kind: &FunctionType,
    provider: &Provider,
) -> Result<Function, Sentence> {
    let (params, results) = (types::value_types(kind.params()), types::value_types(kind.results()));
    let host = Arc::clone(resolver.host);
    let number = host.recorder.add(Signature {
        module: module.to_owned(),
        name: name.to_owned(),
        params: params.clone(),
        results: results.clone(),
    });
    let title = format!("{module}.{name}");
    let frame =
        HostFrame { host, scope: Arc::clone(resolver.scope), number, title, params, results };
    if frame.host.replay.is_some() {
        return Ok(replay::function(store, frame, kind, (module, name)));
    }
    Ok(match provider {
        Provider::Value { results } => {
            let values = cells::results(&frame.results, results)?;
            simple(store, frame, kind, move |_, _, _| Ok(values.clone()))
        }
        Provider::Log { template, stream, results } => {
            let template = Template::parse(template, &frame.params)?;
            let values = cells::results(&frame.results, results)?;
            let (host, stream) = (Arc::clone(&frame.host), *stream);
            simple(store, frame, kind, move |store, arguments, _| {
                write(&host, stream, text::fill(&template, store, arguments).as_bytes())?;
                Ok(values.clone())
            })
        }
        Provider::ReadString { pointer, length, memory, newline, stream, results } => {
            let string = text::Pointer {
                address: *pointer as usize,
                length: length.map(|at| at as usize),
                memory: memory.clone(),
            };
            let values = cells::results(&frame.results, results)?;
            let (host, scope) = (Arc::clone(&frame.host), Arc::clone(&frame.scope));
            let (stream, newline) = (*stream, *newline);
            simple(store, frame, kind, move |store, arguments, touches| {
                let mut bytes = string.read(store, &scope, arguments, touches)?;
                if newline {
                    bytes.push(b'\n');
                }
                write(&host, stream, &bytes)?;
                Ok(values.clone())
            })
        }
        Provider::Counter { start, step } => {
            let next = numbers::counter(&frame.results, start, step)?;
            simple(store, frame, kind, move |_, _, _| Ok(next()))
        }
        Provider::Clock { unit, origin } => {
            let next = numbers::clock(&frame.results, *unit, *origin, frame.host.began);
            simple(store, frame, kind, move |_, _, _| Ok(next()))
        }
        Provider::Random { seed } => {
            let next = numbers::random(&frame.results, seed)?;
            simple(store, frame, kind, move |_, _, _| Ok(next()))
        }
        Provider::Exit { code, parameter } => {
            let (code, parameter) = (*code, parameter.map(|at| at as usize));
            simple(store, frame, kind, move |_, arguments, _| {
                Err(HostEnding::Exit(match parameter.and_then(|at| arguments.get(at)) {
                    Some(WasmerValue::I32(code)) => *code,
                    Some(WasmerValue::I64(code)) => *code as i32,
                    _ => code,
                }))
            })
        }
        Provider::Trap { message } => {
            let template = Template::parse(message, &frame.params)?;
            simple(store, frame, kind, move |store, arguments, _| {
                Err(HostEnding::Trap(say!("{}", text::fill(&template, store, arguments))))
            })
        }
        Provider::JavaScript { source } => {
            script::function(store, frame, kind, source).map_err(|words| say!("{words}"))?
        }
        Provider::ExportOf { .. }
        | Provider::Memory { .. }
        | Provider::Table { .. }
        | Provider::Global { .. }
        | Provider::Tag {} => return Err(say!("It does not provide a function.")),
    })
}

#[cfg(test)]
#[path = "functions_tests.rs"]
mod tests;
