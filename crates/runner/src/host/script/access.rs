//! Reaches the engine and the store from JavaScript, which may outlive both.

use std::sync::Weak;

use rquickjs::{Ctx, Exception, Result};
use send_wrapper::SendWrapper;
use wasmer::StoreMut;

use super::{ScriptEngine, SharedEngine, lent};

/// A reference to the engine for functions that JavaScript calls. It does not keep the engine
/// alive.
pub type WeakEngine = Weak<SendWrapper<ScriptEngine>>;

/// Throws an exception of JavaScript.
pub fn refuse(ctx: &Ctx<'_>, why: &str) -> rquickjs::Error {
    Exception::throw_range(ctx, why)
}

/// The engine, while it exists.
pub fn engine_of(ctx: &Ctx<'_>, engine: &WeakEngine) -> Result<SharedEngine> {
    engine.upgrade().ok_or_else(|| refuse(ctx, "the instance is gone"))
}

/// Works with the engine and the store that was lent to it.
pub fn with<R>(
    ctx: &Ctx<'_>,
    engine: &WeakEngine,
    work: impl FnOnce(&ScriptEngine, &mut StoreMut<'_>) -> std::result::Result<R, String>,
) -> Result<R> {
    let engine = engine_of(ctx, engine)?;
    let done =
        lent::take(|store| work(&engine, store)).unwrap_or_else(|| Err(super::NOT_NOW.to_owned()));
    done.map_err(|why| refuse(ctx, &why))
}
